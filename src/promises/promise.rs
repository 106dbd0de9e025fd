//! What can be promised, over what, and for how long.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::passing::{DAY, HOUR, MINUTE};
use super::waits::{self, LONGEST_WAIT, WaitReason};

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Promise {
    /// No switch from isolated to cross, in whatever guise.
    NoSwitchToCross,
    /// No cross at all.
    NoCross,
    /// No margin added to a losing position.
    NoAddingToALoser,
    /// No increase of a losing position.
    NoIncreaseWhileLosing,
    /// No new risk for a while after a logged loss.
    PauseAfterLoss {
        /// How long, in seconds.
        secs: u64,
    },
    /// No new risk for a while after a logged liquidation.
    PauseAfterLiquidation {
        /// How long, in seconds.
        secs: u64,
    },
    /// At most so many opens in a rolling day or week.
    MaxOpens {
        /// How many.
        opens: u32,
        /// In which time.
        per: Period,
    },
    /// The highest leverage.
    MaxLeverage {
        /// In isolated mode; none where it is not bounded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        isolated: Option<Decimal>,
        /// In cross mode; none where it is not bounded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cross: Option<Decimal>,
    },
    /// Cross only by a plan that was written before.
    #[serde(rename = "cross-needs-a-plan")]
    CrossNeedsAPlan,
    /// No emergency release.
    NoEmergencyRelease,
    /// A wait before the numbers of an audit, for one reason.
    Wait {
        /// For which.
        reason: WaitReason,
        /// How long, in seconds.
        secs: u64,
    },
    /// A pause after a loss that was under way when the lines of the journal were lost.
    Paused,
    /// A promise that this version does not know: it stands against all new risk.
    #[serde(other)]
    Unknown,
}

/// A rolling time in which opens are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// 24 hours.
    Day,
    /// Seven days.
    Week,
}

impl Period {
    /// In seconds.
    pub(super) const fn secs(self) -> u64 {
        match self {
            Self::Day => DAY,
            Self::Week => 7 * DAY,
        }
    }
}

/// How long a promise holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// So many seconds of credited time.
    For(u64),
    /// While this position is open.
    WhileOpen(Uuid),
    /// Always; loosened only by the waiting way.
    Always,
}

/// What a promise is about; everything, where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// One account, and what is the same account under another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountScope>,
    /// One market, as `BASE/QUOTE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
}

/// An account that a promise is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountScope {
    /// Its id, which no renaming changes.
    pub id: Uuid,
    /// Its venue and collateral, as [`place`] spells them.
    pub place: String,
    /// Its name when the promise was made, to be shown.
    pub name: String,
}

/// Where an account is: one spelling of its venue and its collateral.
///
/// ```
/// use impulse_audit::promises::place;
///
/// assert_eq!(place("Binance ", "USDT"), place("binance", "usdt"));
/// assert_ne!(place("Binance", "USDT"), place("Bybit", "USDT"));
/// ```
pub fn place(venue: &str, collateral: &str) -> String {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    format!("{}/{}", plain(venue), plain(collateral))
}

/// The longest that a lock or a pause may last.
pub(super) const LONGEST: u64 = 30 * DAY;
/// The longest of a first lock.
pub(super) const LONGEST_FIRST: u64 = DAY;

impl Promise {
    /// Its name on the command line and in the journal.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NoSwitchToCross => "no-switch-to-cross",
            Self::NoCross => "no-cross",
            Self::NoAddingToALoser => "no-adding-to-a-loser",
            Self::NoIncreaseWhileLosing => "no-increase-while-losing",
            Self::PauseAfterLoss { .. } => "pause-after-loss",
            Self::PauseAfterLiquidation { .. } => "pause-after-liquidation",
            Self::MaxOpens { .. } => "max-opens",
            Self::MaxLeverage { .. } => "max-leverage",
            Self::CrossNeedsAPlan => "cross-needs-a-plan",
            Self::NoEmergencyRelease => "no-emergency-release",
            Self::Wait { reason, .. } => reason.kind(),
            Self::Paused => "paused",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it is a lock, which ends by itself, and not a rule that always holds.
    pub const fn is_lock(&self) -> bool {
        matches!(self, Self::NoSwitchToCross | Self::NoCross)
    }

    /// Whether it makes an audit wait; then it stands against nothing.
    pub const fn is_wait(&self) -> bool {
        matches!(self, Self::Wait { .. })
    }

    /// The locks' lengths that are offered, in seconds: 1 h, 4 h, 24 h, 72 h, 7 d.
    pub const OFFERED: [u64; 5] = [HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY];
    /// The length that is offered first.
    pub const USUAL: u64 = DAY;
    /// The pause after a loss that is offered.
    pub const USUAL_PAUSE: u64 = HOUR;
    /// The pause after a liquidation that is offered.
    pub const USUAL_LIQUIDATION_PAUSE: u64 = DAY;

    /// Why it cannot hold so, if it cannot.
    pub(super) fn problem(&self, scope: &Scope, holds: Holds) -> Option<&'static str> {
        match (self, holds) {
            (Self::Paused | Self::Unknown, _) => Some("This cannot be promised."),
            (Self::NoSwitchToCross | Self::NoCross, Holds::For(secs)) => length_problem(secs),
            (Self::NoSwitchToCross, Holds::Always) => {
                Some("Say for how long, or while which position is open: at most 30 days.")
            }
            (Self::NoCross, _) => Some("Say for how long: at most 30 days."),
            (
                Self::PauseAfterLoss { secs } | Self::PauseAfterLiquidation { secs },
                Holds::Always,
            ) => length_problem(*secs),
            (Self::MaxOpens { opens, .. }, Holds::Always) => {
                (*opens == 0).then_some("Allow at least one open.")
            }
            (Self::MaxLeverage { isolated, cross }, Holds::Always) => {
                let given = [isolated, cross].into_iter().flatten();
                if isolated.is_none() && cross.is_none() {
                    Some("Write the highest leverage, isolated or cross.")
                } else if given.clone().any(|most| *most < Decimal::ONE) {
                    Some("A leverage is at least 1.")
                } else {
                    None
                }
            }
            (Self::NoEmergencyRelease | Self::Wait { .. }, Holds::Always)
                if *scope != Scope::default() =>
            {
                Some("This one is about everything.")
            }
            (Self::Wait { secs, .. }, Holds::Always) => waits::problem(*secs),
            (Self::NoSwitchToCross, Holds::WhileOpen(_))
            | (
                Self::NoAddingToALoser
                | Self::NoIncreaseWhileLosing
                | Self::CrossNeedsAPlan
                | Self::NoEmergencyRelease,
                Holds::Always,
            ) => None,
            (_, Holds::For(_) | Holds::WhileOpen(_)) => {
                Some("This one always holds, until it is loosened by the waiting way.")
            }
        }
    }
}

impl Promise {
    /// Whether it asks for as much as another one does: the same, or a wait as long.
    pub(super) fn is_as_strict_as(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Wait { reason, secs },
                Self::Wait {
                    reason: of,
                    secs: asked,
                },
            ) => reason == of && secs >= asked,
            _ => self == other,
        }
    }

    /// The same, with no pause and no wait longer than one can last.
    pub(super) fn bounded(self) -> Self {
        match self {
            Self::PauseAfterLoss { secs } => Self::PauseAfterLoss {
                secs: secs.min(LONGEST),
            },
            Self::PauseAfterLiquidation { secs } => Self::PauseAfterLiquidation {
                secs: secs.min(LONGEST),
            },
            Self::Wait { reason, secs } => Self::Wait {
                reason,
                secs: secs.min(LONGEST_WAIT),
            },
            other => other,
        }
    }
}

fn length_problem(secs: u64) -> Option<&'static str> {
    if secs < MINUTE {
        Some("The shortest is one minute.")
    } else if secs > LONGEST {
        Some("The longest is 30 days.")
    } else {
        None
    }
}

//! What can be promised, over what, and for how long.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::credited_time::{DAY, HOUR};
use super::hours::Hours;
use crate::engine::Money;
use crate::market::{AccountId, PositionId};
use crate::waits::WaitRule;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Promise {
    /// No switch from isolated to cross, in whatever guise.
    NoSwitchToCross,
    NoCross,
    /// No margin added to a losing position.
    NoAddingToALoser,
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
        opens: u32,
        per: Period,
    },
    MaxLeverage {
        /// In isolated mode; none where it is not bounded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        isolated: Option<Decimal>,
        /// In cross mode; none where it is not bounded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cross: Option<Decimal>,
    },
    /// At most so much lost within a rolling day or week; reached, no new risk.
    MaxLoss {
        most: LossLimit,
        per: Period,
    },
    /// At most so much at stake at once: the worst cases of all that is open, together.
    MaxAtStake {
        /// How much, in this collateral.
        amount: Money,
        collateral: String,
    },
    /// No new risk after so many losses in a row, until the next day.
    #[serde(rename = "max-losses-in-a-row")]
    MaxLossesInARow {
        losses: u32,
    },
    /// New risk only within these hours.
    TradingHours(Hours),
    /// Cross only by a plan that was written before.
    #[serde(rename = "cross-needs-a-plan")]
    CrossNeedsAPlan,
    NoEmergencyRelease,
    /// A wait before the numbers of an audit, for one reason.
    Wait(WaitRule),
    /// A pause after a loss that was under way when the lines of the journal were lost.
    Paused,
    /// A promise that this version does not know: it stands against all new risk.
    #[serde(other)]
    Unknown,
}

/// The most that may be lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossLimit {
    /// So much of a collateral.
    Money { amount: Money, collateral: String },
    /// So many percent of what the account held a day or a week before.
    Percent(Decimal),
}

impl LossLimit {
    /// The number that must not be reached.
    pub(super) fn bound(&self) -> Decimal {
        match self {
            Self::Money { amount, .. } => amount.get(),
            Self::Percent(percent) => *percent,
        }
    }

    /// Whether it is money of this collateral, as a place spells it.
    pub(super) fn is_in(&self, other: &str) -> bool {
        match self {
            Self::Money { collateral, .. } => plain(collateral) == other,
            Self::Percent(_) => false,
        }
    }
}

/// A rolling time in which opens and losses are counted.
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

impl Promise {
    /// How many seconds what it counts lasts, where it counts.
    pub(super) const fn looks_back(&self) -> Option<u64> {
        match self {
            Self::MaxOpens { per, .. } | Self::MaxLoss { per, .. } => Some(per.secs()),
            Self::MaxLossesInARow { .. } => Some(DAY),
            Self::PauseAfterLoss { secs } | Self::PauseAfterLiquidation { secs } => Some(*secs),
            _ => None,
        }
    }
}

/// How long a promise holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// So many seconds of credited time.
    For(u64),
    WhileOpen(PositionId),
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
    pub id: AccountId,
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
    format!("{}/{}", plain(venue), plain(collateral))
}

/// One spelling of a name.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The longest that a lock or a pause may last.
pub(super) const LONGEST: u64 = 30 * DAY;
/// The longest of a first lock.
pub(super) const LONGEST_FIRST: u64 = DAY;

impl Promise {
    /// Whether it makes an audit wait; then it stands against nothing.
    pub const fn is_wait(&self) -> bool {
        matches!(self, Self::Wait(_))
    }

    /// The locks' lengths that are offered, in seconds: 1 h, 4 h, 24 h, 72 h, 7 d.
    pub const OFFERED: [u64; 5] = [HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY];
    /// The length that is offered first.
    pub const USUAL: u64 = DAY;
    pub const LONGER_WAIT: u64 = HOUR / 2;
    /// The pause after a loss that is offered.
    pub const USUAL_PAUSE: u64 = HOUR;
    /// The pause after a liquidation that is offered.
    pub const USUAL_LIQUIDATION_PAUSE: u64 = DAY;
}

impl Promise {
    /// Whether it asks for as much as another one does: the same, or a wait as strict.
    pub(super) fn is_as_strict_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Wait(rule), Self::Wait(asked)) => rule.is_as_strict_as(*asked),
            _ => self == other,
        }
    }

    /// Whether it can come in the place of another one by the waiting way: of what has a value
    /// that can be looser, the same with another value.
    pub(super) fn is_of_the_kind_of(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Wait(one), Self::Wait(other)) if one.reason() == other.reason())
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
            Self::Wait(rule) => Self::Wait(rule.bounded()),
            other => other,
        }
    }
}

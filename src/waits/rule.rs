//! A rule of waits: at which mark a reason begins to count, and how long is waited then.

use serde::{Deserialize, Serialize};

use super::WaitReason;

/// One minute, in seconds.
const MINUTE: u64 = 60;
/// The longest wait, in seconds: what is longer is a pause.
const LONGEST: u64 = 24 * 60 * MINUTE;
/// A loss that lies further back is not recent.
const LONGEST_WITHIN: u64 = LONGEST;
/// From no less arousal on: at 1 everyone who is not calm waits.
const LEAST_AROUSAL: u8 = 1;
/// The highest there is.
const MOST_AROUSAL: u8 = 4;
/// Who leaves the window more often than that has left it often by any measure.
const MOST_TIMES: u32 = 20;
/// And who leaves it for longer, in seconds, long.
const MOST_AWAY: u64 = 60 * MINUTE;

/// When a reason to wait counts: with its thresholds, where it has some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum WaitWhen {
    Rescue,
    SwitchToCross,
    IncreaseWhileLosing,
    /// At so much arousal or more.
    Aroused {
        /// From 1 to 4.
        from: u8,
    },
    RevengeOrChasing,
    /// Less than so long after a loss or a liquidation was logged.
    RecentLoss {
        /// In seconds.
        within: u64,
    },
    /// Once the window was left so often, or for so long in all.
    LookedAway {
        times: u32,
        /// How long, in seconds.
        away: u64,
    },
}

/// A rule: when is waited, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitRule {
    #[serde(flatten)]
    pub when: WaitWhen,
    /// How long, in seconds.
    pub secs: u64,
}

impl WaitWhen {
    /// The reason, without its thresholds.
    pub const fn reason(self) -> WaitReason {
        match self {
            Self::Rescue => WaitReason::Rescue,
            Self::SwitchToCross => WaitReason::SwitchToCross,
            Self::IncreaseWhileLosing => WaitReason::IncreaseWhileLosing,
            Self::Aroused { .. } => WaitReason::Aroused,
            Self::RevengeOrChasing => WaitReason::RevengeOrChasing,
            Self::RecentLoss { .. } => WaitReason::RecentLoss,
            Self::LookedAway { .. } => WaitReason::LookedAway,
        }
    }

    /// The thresholds that hold from the beginning.
    pub const fn from_the_beginning(reason: WaitReason) -> Self {
        match reason {
            WaitReason::Rescue => Self::Rescue,
            WaitReason::SwitchToCross => Self::SwitchToCross,
            WaitReason::IncreaseWhileLosing => Self::IncreaseWhileLosing,
            WaitReason::Aroused => Self::Aroused { from: 3 },
            WaitReason::RevengeOrChasing => Self::RevengeOrChasing,
            WaitReason::RecentLoss => Self::RecentLoss {
                within: 60 * MINUTE,
            },
            WaitReason::LookedAway => Self::LookedAway {
                times: 3,
                away: MINUTE,
            },
        }
    }

    /// Whether it counts wherever the other one does.
    fn counts_wherever(self, other: Self) -> bool {
        match (self, other) {
            (Self::Aroused { from }, Self::Aroused { from: other }) => from <= other,
            (Self::RecentLoss { within }, Self::RecentLoss { within: other }) => within >= other,
            (
                Self::LookedAway { times, away },
                Self::LookedAway {
                    times: often,
                    away: long,
                },
            ) => times <= often && away <= long,
            _ => self == other,
        }
    }

    fn problem(self) -> Option<&'static str> {
        match self {
            Self::Aroused { from } => (!(LEAST_AROUSAL..=MOST_AROUSAL).contains(&from))
                .then_some("The arousal to wait from is a number from 1 to 4."),
            Self::RecentLoss { within } => (!(MINUTE..=LONGEST_WITHIN).contains(&within))
                .then_some("A loss counts as recent for one minute at least and 24 h at most."),
            Self::LookedAway { times, away } => {
                if !(1..=MOST_TIMES).contains(&times) {
                    Some("Write how often the window may be left: from 1 to 20 times.")
                } else if !(1..=MOST_AWAY).contains(&away) {
                    Some("Write for how long it may be left: from 1 to 3,600 seconds.")
                } else {
                    None
                }
            }
            Self::Rescue
            | Self::SwitchToCross
            | Self::IncreaseWhileLosing
            | Self::RevengeOrChasing => None,
        }
    }

    /// The same, no stricter than a rule can be.
    fn bounded(self) -> Self {
        match self {
            Self::Aroused { from } => Self::Aroused {
                from: from.max(LEAST_AROUSAL),
            },
            Self::RecentLoss { within } => Self::RecentLoss {
                within: within.min(LONGEST_WITHIN),
            },
            Self::LookedAway { times, away } => Self::LookedAway {
                times: times.max(1),
                away: away.max(1),
            },
            Self::Rescue
            | Self::SwitchToCross
            | Self::IncreaseWhileLosing
            | Self::RevengeOrChasing => self,
        }
    }
}

impl WaitRule {
    /// What holds from the beginning: a quarter of an hour.
    ///
    /// ```
    /// use impulse_audit::waits::{WaitReason, WaitRule, WaitWhen};
    ///
    /// let rule = WaitRule::from_the_beginning(WaitReason::Aroused);
    /// assert_eq!(rule.secs, 900);
    /// assert_eq!(rule.when, WaitWhen::Aroused { from: 3 });
    /// ```
    pub const fn from_the_beginning(reason: WaitReason) -> Self {
        Self {
            when: WaitWhen::from_the_beginning(reason),
            secs: 15 * MINUTE,
        }
    }

    pub const fn reason(self) -> WaitReason {
        self.when.reason()
    }

    /// Whether it makes wait wherever another one does, and as long: beside it the other one
    /// changes nothing.
    ///
    /// ```
    /// use impulse_audit::waits::{WaitRule, WaitWhen};
    ///
    /// let wait = |from, secs| WaitRule { when: WaitWhen::Aroused { from }, secs };
    /// assert!(wait(2, 900).is_as_strict_as(wait(3, 600)));
    /// // Earlier, but shorter: neither is as strict as the other.
    /// assert!(!wait(2, 600).is_as_strict_as(wait(3, 900)));
    /// assert!(!wait(3, 900).is_as_strict_as(wait(2, 600)));
    /// ```
    pub fn is_as_strict_as(self, other: Self) -> bool {
        self.when.counts_wherever(other.when) && self.secs >= other.secs
    }

    /// Why there can be no such rule, if there cannot.
    pub fn problem(self) -> Option<&'static str> {
        if self.secs < MINUTE {
            Some("The shortest wait is one minute. To switch it off, ask for it to be loosened.")
        } else if self.secs > LONGEST {
            Some("The longest wait is 24 h.")
        } else {
            self.when.problem()
        }
    }

    /// The same, no stricter than a rule can be, whatever a line says.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self {
            when: self.when.bounded(),
            secs: self.secs.min(LONGEST),
        }
    }
}

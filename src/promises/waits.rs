//! Waits before the numbers: for each reason to wait a rule that holds from the beginning. It is
//! made longer at once, and made shorter or switched off by the waiting way.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ledger::Ledger;
use super::passing::{DAY, MINUTE, Seen};
use super::promise::Promise;

/// Why an audit waits before its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaitReason {
    /// Margin or funds are added to what loses.
    Rescue,
    /// An isolated position becomes a cross one.
    SwitchToCross,
    /// A losing position is made larger.
    IncreaseWhileLosing,
    /// The trader says that she is aroused: 3 or 4.
    Aroused,
    /// The ticket is tagged revenge or chasing.
    RevengeOrChasing,
    /// A loss or a liquidation was closed a short while ago.
    RecentLoss,
    /// The window was left often or long while the answers were written.
    LookedAway,
}

impl WaitReason {
    /// Every reason, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Rescue,
        Self::SwitchToCross,
        Self::IncreaseWhileLosing,
        Self::Aroused,
        Self::RevengeOrChasing,
        Self::RecentLoss,
        Self::LookedAway,
    ];

    /// The name of its rule on the command line.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Rescue => "wait-rescue",
            Self::SwitchToCross => "wait-switch-to-cross",
            Self::IncreaseWhileLosing => "wait-increase-while-losing",
            Self::Aroused => "wait-aroused",
            Self::RevengeOrChasing => "wait-revenge-or-chasing",
            Self::RecentLoss => "wait-after-a-loss",
            Self::LookedAway => "wait-looked-away",
        }
    }

    /// In two or three words.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Rescue => "A rescue",
            Self::SwitchToCross => "A switch to cross",
            Self::IncreaseWhileLosing => "An increase while losing",
            Self::Aroused => "Arousal of 3 or 4",
            Self::RevengeOrChasing => "Revenge or chasing",
            Self::RecentLoss => "Soon after a loss",
            Self::LookedAway => "Looks away",
        }
    }

    /// When it makes an audit wait, behind "A wait of 15 min".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Rescue => "before the numbers of a rescue",
            Self::SwitchToCross => "before the numbers of a switch from isolated to cross",
            Self::IncreaseWhileLosing => "before the numbers of an increase while losing",
            Self::Aroused => "before the numbers at an arousal of 3 or 4",
            Self::RevengeOrChasing => "before the numbers with the tag revenge or chasing",
            Self::RecentLoss => {
                "before the numbers within 60 minutes of a logged loss or liquidation"
            }
            Self::LookedAway => {
                "before the numbers where the window was left three times, or for a minute, while the answers were written"
            }
        }
    }
}

/// How long an audit waits, reason by reason; zero where a wait is switched off.
///
/// ```
/// use std::time::Duration;
/// use impulse_audit::promises::{Ledger, Seen, WaitReason};
///
/// let now = Seen { boot: "a".to_owned(), up: 0, wall: 0, zone: "UTC".to_owned() };
/// let lengths = Ledger::default().wait_lengths(&now);
/// assert_eq!(lengths.of(WaitReason::Rescue), Duration::from_secs(900));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaitLengths(BTreeMap<WaitReason, Duration>);

impl WaitLengths {
    /// How long it is for one reason.
    pub fn of(&self, reason: WaitReason) -> Duration {
        self.0.get(&reason).copied().unwrap_or_default()
    }
}

/// The length that holds from the beginning, in seconds.
pub(super) const USUAL_WAIT: u64 = 15 * MINUTE;
/// The longest: what is longer is a pause.
pub(super) const LONGEST_WAIT: u64 = DAY;

/// Why a wait cannot have this length, if it cannot.
pub(super) fn problem(secs: u64) -> Option<&'static str> {
    if secs < MINUTE {
        Some("The shortest wait is one minute. To switch it off, ask for it to be loosened.")
    } else if secs > LONGEST_WAIT {
        Some("The longest wait is 24 h.")
    } else {
        None
    }
}

impl Ledger {
    /// How long an audit waits, reason by reason: of the rules in force the longest.
    pub fn wait_lengths(&self, now: &Seen) -> WaitLengths {
        let at = self.at(now);
        let mut lengths = WaitLengths::default();
        for lock in self.locks.iter().filter(|lock| lock.holds_at(at)) {
            if let Promise::Wait { reason, secs } = lock.armed.promise {
                let length = lengths.0.entry(reason).or_default();
                *length = (*length).max(Duration::from_secs(secs));
            }
        }
        lengths
    }
}

//! Waits before the numbers: for each reason to wait a rule that holds from the beginning. It is
//! made longer at once, and made shorter or switched off by the waiting way.

use std::collections::BTreeMap;
use std::time::Duration;

use super::ledger::Ledger;
use super::passing::{DAY, MINUTE, Seen};
use super::promise::Promise;
use crate::waits::WaitReason;

/// How long an audit waits, reason by reason; zero where a wait is switched off.
///
/// ```
/// use std::time::Duration;
/// use impulse_audit::promises::{Ledger, Seen};
/// use impulse_audit::waits::WaitReason;
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

/// When a reason makes an audit wait, behind "A wait of 15 min".
pub const fn before_the_numbers(reason: WaitReason) -> &'static str {
    match reason {
        WaitReason::Rescue => "before the numbers of a rescue",
        WaitReason::SwitchToCross => "before the numbers of a switch from isolated to cross",
        WaitReason::IncreaseWhileLosing => "before the numbers of an increase while losing",
        WaitReason::Aroused => "before the numbers at an arousal of 3 or 4",
        WaitReason::RevengeOrChasing => "before the numbers with the tag revenge or chasing",
        WaitReason::RecentLoss => {
            "before the numbers within 60 minutes of a logged loss or liquidation"
        }
        WaitReason::LookedAway => {
            "before the numbers where the window was left three times, or for a minute, while the answers were written"
        }
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

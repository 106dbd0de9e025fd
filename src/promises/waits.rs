//! Waits before the numbers: for each reason to wait a rule that holds from the beginning. It is
//! made stricter at once, and made looser or switched off by the waiting way.

use std::cmp::Ordering;

use super::credited_time::ClockReading;
use super::duration::{duration, seconds};
use super::promise::Promise;
use super::promise_set::PromiseSet;
use crate::waits::{WaitReason, WaitRule, WaitWhen};

impl PromiseSet {
    /// The rules of waits that hold now, oldest first. Of those that apply to an audit the longest
    /// counts.
    ///
    /// ```
    /// use impulse_audit::promises::{ClockReading, PromiseSet};
    /// use impulse_audit::waits::{WaitReason, WaitRule};
    ///
    /// let now = ClockReading { boot: "a".to_owned(), up: 0, wall: 0, zone: "UTC".to_owned() };
    /// let rules = PromiseSet::default().wait_rules(&now);
    /// assert_eq!(rules, WaitReason::ALL.map(WaitRule::from_the_beginning));
    /// ```
    pub fn wait_rules(&self, now: &ClockReading) -> Vec<WaitRule> {
        self.waits(now)
            .filter_map(|lock| lock.armed.promise.wait())
            .collect()
    }

    /// The rule that holds now for a reason: of several the one that waits longest, of those the one
    /// that counts earliest.
    pub fn strictest_wait(&self, reason: WaitReason, now: &ClockReading) -> Option<WaitRule> {
        let rules = self.wait_rules(now).into_iter();
        let of_it = rules.filter(|rule| rule.reason() == reason);
        of_it.reduce(|one, other| match other.secs.cmp(&one.secs) {
            Ordering::Greater => other,
            Ordering::Equal if other.is_as_strict_as(one) => other,
            Ordering::Equal | Ordering::Less => one,
        })
    }

    /// How long ago a loss or a liquidation was logged last, in seconds, in whatever account.
    pub fn since_a_loss(&self, now: &ClockReading) -> Option<u64> {
        let at = self.at(now);
        let losses = self.recent.closes.iter().filter(|close| close.lost);
        losses.map(|close| at.saturating_sub(close.at)).min()
    }

    /// How long ago lines of the journal were lost last, in seconds: a loss may have been among
    /// them.
    pub fn since_lines_were_lost(&self, now: &ClockReading) -> Option<u64> {
        let lost = self.recent.last_lines_lost()?;
        Some(self.at(now).saturating_sub(lost))
    }
}

impl Promise {
    /// Its rule, where it makes an audit wait.
    pub const fn wait(&self) -> Option<WaitRule> {
        match self {
            Self::Wait(rule) => Some(*rule),
            _ => None,
        }
    }
}

/// When a rule makes an audit wait, behind "A wait of 15 min".
pub fn before_the_numbers(when: WaitWhen) -> String {
    let when = match when {
        WaitWhen::Rescue => "of a rescue".to_owned(),
        WaitWhen::SwitchToCross => "of a switch from isolated to cross".to_owned(),
        WaitWhen::IncreaseWhileLosing => "of an increase while losing".to_owned(),
        WaitWhen::Aroused { from: 4 } => "at an arousal of 4".to_owned(),
        WaitWhen::Aroused { from: 3 } => "at an arousal of 3 or 4".to_owned(),
        WaitWhen::Aroused { from } => format!("at an arousal of {from} or more"),
        WaitWhen::RevengeOrChasing => "with the tag revenge or chasing".to_owned(),
        WaitWhen::RecentLoss { within } => {
            format!(
                "within {} of a logged loss or liquidation",
                duration(within)
            )
        }
        WaitWhen::LookedAway { times, away } => {
            let times = match times {
                1 => "once".to_owned(),
                2 => "twice".to_owned(),
                many => format!("{many} times"),
            };
            format!(
                "where the window was left {times}, or for {} in all, while the answers were written",
                seconds(away)
            )
        }
    };
    format!("before the numbers {when}")
}

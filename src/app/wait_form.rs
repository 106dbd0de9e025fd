//! A rule of waits, as it is typed: how long, and from which thresholds on.

use super::lengths::Lengths;
use crate::audit::Arousal;
use crate::input::FormErrors;
use crate::input::count;
use crate::input::read_length;
use crate::market::LockId;
use crate::promises::{Armed, Holds, Promise, Scope, duration};
use crate::record::State;
use crate::waits::{WaitReason, WaitRule, WaitWhen};

/// From which arousal on: the name of the field as it is said, and as problems find it. So are
/// those below.
pub const AROUSAL: &str = "From which arousal on";
/// How long a loss is recent.
pub const WITHIN: &str = "For how long after a loss";
/// How often the window may be left.
pub const TIMES: &str = "Times the window is left";
/// How long it may be left.
pub const AWAY: &str = "Seconds it is left in all";

/// The promise of such a rule.
pub fn armed(rule: WaitRule, state: &State) -> Armed {
    always(Promise::Wait(rule), state)
}

/// A promise about everything that always holds.
pub fn always(promise: Promise, state: &State) -> Armed {
    Armed {
        lock: LockId::fresh(),
        promise,
        scope: Scope::default(),
        holds: Holds::Always,
        words: String::new(),
        flat: state.accounts().iter().all(|a| a.positions.is_empty()),
        audit: None,
    }
}

/// Everything that is typed and chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitForm {
    /// How long is waited.
    pub length: Lengths,
    /// From which arousal on.
    pub arousal: Option<Arousal>,
    /// How long a loss is recent.
    pub within: String,
    /// How often the window may be left.
    pub times: String,
    /// How long it may be left, in seconds.
    pub away: String,
}

impl WaitForm {
    /// With the length that is offered first, and the thresholds that hold from the beginning.
    pub fn of(length: Lengths) -> Self {
        let mut form = Self {
            length,
            arousal: None,
            within: String::new(),
            times: String::new(),
            away: String::new(),
        };
        for reason in WaitReason::ALL {
            form.fill_in(WaitWhen::from_the_beginning(reason));
        }
        form
    }

    /// As a rule says.
    pub fn from_rule(rule: WaitRule) -> Self {
        let mut form = Self::of(Lengths::typed(&duration(rule.secs)));
        form.fill_in(rule.when);
        form
    }

    fn fill_in(&mut self, when: WaitWhen) {
        match when {
            WaitWhen::Aroused { from } => self.arousal = Arousal::try_from(from).ok(),
            WaitWhen::RecentLoss { within } => self.within = duration(within),
            WaitWhen::LookedAway { times, away } => {
                self.times = times.to_string();
                self.away = away.to_string();
            }
            WaitWhen::Rescue
            | WaitWhen::SwitchToCross
            | WaitWhen::IncreaseWhileLosing
            | WaitWhen::RevengeOrChasing => {}
        }
    }

    /// The rule, once everything about it can be read.
    pub fn read(&self, reason: WaitReason, notes: &mut FormErrors) -> Option<WaitRule> {
        let secs = self.length.secs(notes);
        let when = self.when(reason, notes);
        Some(WaitRule {
            when: when?,
            secs: secs?,
        })
    }

    fn when(&self, reason: WaitReason, notes: &mut FormErrors) -> Option<WaitWhen> {
        Some(match reason {
            WaitReason::Rescue => WaitWhen::Rescue,
            WaitReason::SwitchToCross => WaitWhen::SwitchToCross,
            WaitReason::IncreaseWhileLosing => WaitWhen::IncreaseWhileLosing,
            WaitReason::RevengeOrChasing => WaitWhen::RevengeOrChasing,
            WaitReason::Aroused => WaitWhen::Aroused {
                from: self.arousal?.get(),
            },
            WaitReason::RecentLoss => match read_length(&self.within) {
                Ok(within) => WaitWhen::RecentLoss { within },
                Err(problem) => {
                    notes.wrong(WITHIN, problem.to_string());
                    return None;
                }
            },
            WaitReason::LookedAway => {
                let times = count(TIMES, &self.times, notes);
                let away = count(AWAY, &self.away, notes).map(u64::from);
                WaitWhen::LookedAway {
                    times: times?,
                    away: away?,
                }
            }
        })
    }
}

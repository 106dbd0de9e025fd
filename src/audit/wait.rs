//! How long the numbers wait, and for what: a pure rule over the ticket, the state and what was
//! seen while the answers were written.
//!
//! A wait is counted from the audit's first screen, so what is written slowly is waited for
//! already. Looks away are known only when the answers are done: the wait is fixed with the seal
//! and written down there, with its reasons.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::looks::LooksAway;
use super::{State, Tag, Ticket};
use crate::engine::{Intent, Mode};
use crate::waits::WaitReason;

/// How long is waited for each reason; nothing at all switches a reason off. A reason that is
/// not in it is waited for as [`USUAL`] says.
pub type WaitLengths = BTreeMap<WaitReason, Duration>;

/// How long is waited where nothing else is said.
pub const USUAL: Duration = Duration::from_mins(15);
/// A loss counts as recent for so long after it was logged.
pub const RECENT: Duration = Duration::from_hours(1);

/// From the first screen to the first number, where nothing asks for more.
const FLOOR: Duration = Duration::from_secs(20);
/// From so much arousal on it is waited.
const AROUSED: u8 = 3;
/// So often the window may not be left.
const LEFT_OFTEN: u32 = 3;
/// Nor for so long in all.
const LEFT_LONG: Duration = Duration::from_mins(1);

/// What a wait is decided by beside the ticket, the state and the looks away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Whether a loss or a liquidation was logged within the last hour, see [`RECENT`].
    pub lost_lately: bool,
    /// How long is waited for each reason.
    pub lengths: WaitLengths,
}

/// A wait as it was fixed with the seal: from the audit's first screen to the first number, at
/// the least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// What it is for; nothing for an ordinary one.
    pub reasons: Vec<WaitReason>,
    /// How long it is, in seconds.
    pub seconds: u64,
}

impl Wait {
    /// The wait of a ticket: the longest of those that apply, twenty seconds where none does,
    /// and none at all for what takes off risk.
    pub fn of(
        ticket: &Ticket,
        state: &State,
        looks: &LooksAway,
        circumstances: &Circumstances,
    ) -> Self {
        if ticket.lowers_risk() {
            return Self {
                reasons: Vec::new(),
                seconds: 0,
            };
        }
        let Circumstances {
            lost_lately,
            lengths,
        } = circumstances;
        let length = |reason: &WaitReason| lengths.get(reason).copied().unwrap_or(USUAL);
        let reasons: Vec<WaitReason> = WaitReason::ALL
            .into_iter()
            .filter(|reason| applies(*reason, ticket, state, looks, *lost_lately))
            .filter(|reason| !length(reason).is_zero())
            .collect();
        let longest = reasons.iter().map(length).fold(FLOOR, Duration::max);
        Self {
            reasons,
            seconds: longest.as_secs(),
        }
    }

    /// How long it is.
    pub fn length(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }

    /// Whether it is more than the twenty seconds of every ordinary audit.
    pub fn is_real(&self) -> bool {
        !self.reasons.is_empty()
    }
}

/// Whether a reason applies. What takes off risk is not asked.
fn applies(
    reason: WaitReason,
    ticket: &Ticket,
    state: &State,
    looks: &LooksAway,
    lost_lately: bool,
) -> bool {
    match reason {
        WaitReason::Rescue => {
            let funds = ticket.intent == Intent::AddFunds;
            ticket.intent == Intent::AddMargin || funds && ticket.is_losing()
        }
        WaitReason::SwitchToCross => {
            ticket.intent == Intent::SwitchMode && ticket.mode == Mode::Cross
        }
        WaitReason::IncreaseWhileLosing => {
            ticket.intent == Intent::Increase && ticket.loses_at_the_worse()
        }
        WaitReason::Aroused => state.arousal.get() >= AROUSED,
        WaitReason::RevengeOrChasing => [Tag::Revenge, Tag::Chasing]
            .iter()
            .any(|tag| state.tags.contains(tag)),
        WaitReason::RecentLoss => lost_lately,
        WaitReason::LookedAway => looks.times() >= LEFT_OFTEN || looks.away() >= LEFT_LONG,
    }
}

#[cfg(test)]
#[path = "wait_tests.rs"]
mod tests;

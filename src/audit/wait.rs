//! How long the numbers wait, and for what: a pure rule over the ticket, the state and what was
//! seen while the answers were written.
//!
//! A wait is counted from the audit's first screen, so what is written slowly is waited for
//! already. Looks away are known only when the answers are done: the wait is fixed with the seal
//! and written down there, with its reasons.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::looks::LooksAway;
use super::{Tag, Ticket, TraderState};
use crate::engine::{Intent, Mode};
use crate::waits::{WaitReason, WaitRule, WaitWhen};

/// From the first screen to the first number, where nothing asks for more.
const FLOOR: Duration = Duration::from_secs(20);
/// What a wait is decided by beside the ticket, the state and the looks away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// How long ago a loss or a liquidation was logged last.
    pub since_a_loss: Option<Duration>,
    /// How long ago lines of the journal were lost last: a loss may have been among them.
    pub since_lines_were_lost: Option<Duration>,
    /// When is waited, and how long. Of several rules for one reason each is asked by itself.
    pub rules: Vec<WaitRule>,
}

impl Default for Circumstances {
    /// Nothing was lost, and what holds from the beginning does.
    fn default() -> Self {
        Self {
            since_a_loss: None,
            since_lines_were_lost: None,
            rules: WaitReason::ALL.map(WaitRule::from_the_beginning).to_vec(),
        }
    }
}

/// A wait as it was fixed with the seal: from the audit's first screen to the first number, at
/// the least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// What it is for; nothing for an ordinary one.
    pub reasons: Vec<WaitReason>,
    /// How long it is, in seconds.
    pub seconds: u64,
    /// Within how many seconds of a loss it was sealed, where that is a reason; none where one may
    /// only have been among lines that are lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<u64>,
}

impl Wait {
    /// The wait of a ticket: the longest of those that apply, twenty seconds where none does,
    /// and none at all for what takes off risk.
    pub fn of(
        ticket: &Ticket,
        state: &TraderState,
        looks: &LooksAway,
        circumstances: &Circumstances,
    ) -> Self {
        let none = Self {
            reasons: Vec::new(),
            seconds: 0,
            within: None,
        };
        if ticket.lowers_risk() {
            return none;
        }
        let Circumstances {
            since_a_loss,
            since_lines_were_lost,
            rules,
        } = circumstances;
        let since = since_a_loss
            .iter()
            .chain(since_lines_were_lost)
            .min()
            .copied();
        let asked = rules.iter().copied();
        let asked = asked.filter(|rule| applies(rule.when, ticket, state, looks, since));
        let asked: Vec<WaitRule> = asked.collect();
        let is_one = |reason: &WaitReason| asked.iter().any(|rule| rule.reason() == *reason);
        let within = |rule: &WaitRule| match rule.when {
            WaitWhen::RecentLoss { within } => {
                applies(rule.when, ticket, state, looks, *since_a_loss).then_some(within)
            }
            _ => None,
        };
        let longest = asked.iter().map(|rule| rule.secs).max();
        Self {
            reasons: WaitReason::ALL.into_iter().filter(is_one).collect(),
            seconds: longest.unwrap_or(0).max(FLOOR.as_secs()),
            within: asked.iter().filter_map(within).min(),
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
    when: WaitWhen,
    ticket: &Ticket,
    state: &TraderState,
    looks: &LooksAway,
    since_a_loss: Option<Duration>,
) -> bool {
    match when {
        WaitWhen::Rescue => {
            let funds = ticket.intent == Intent::AddFunds;
            ticket.intent == Intent::AddMargin || funds && ticket.is_losing()
        }
        WaitWhen::SwitchToCross => {
            ticket.intent == Intent::SwitchMode && ticket.mode == Mode::Cross
        }
        WaitWhen::IncreaseWhileLosing => {
            ticket.intent == Intent::Increase && ticket.loses_at_the_worse()
        }
        WaitWhen::Aroused { from } => state.arousal.get() >= from,
        WaitWhen::RevengeOrChasing => [Tag::Revenge, Tag::Chasing]
            .iter()
            .any(|tag| state.tags.contains(tag)),
        WaitWhen::RecentLoss { within } => {
            since_a_loss.is_some_and(|since| since < Duration::from_secs(within))
        }
        WaitWhen::LookedAway { times, away } => {
            looks.times() >= times || looks.away() >= Duration::from_secs(away)
        }
    }
}

#[cfg(test)]
#[path = "wait_tests.rs"]
mod tests;

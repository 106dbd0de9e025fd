//! What stands against a ticket: promises are asked at each step of an audit, and a try is a
//! decision of its own.

use super::saving::OnSaved;
use super::{App, Blocked, Refusal, Stage, at_stake};
use crate::audit::{Draft, Step, Ticket};
use crate::market::AuditId;
use crate::promises::{PromiseEvent, ProposedAction, Tried, Violation};
use crate::record::{Event, seen};

impl App {
    /// What a ticket would do, with what it puts at stake.
    pub(super) fn proposed_action(&self, ticket: &Ticket) -> Option<ProposedAction> {
        let act = self.state.proposed_action(ticket)?;
        let at_stake = at_stake::with_ticket(&self.state, ticket);
        Some(ProposedAction { at_stake, ..act })
    }

    /// The promises that stand against a ticket now.
    pub fn violations(&self, ticket: &Ticket) -> Vec<Violation> {
        let act = self.proposed_action(ticket);
        act.map(|act| self.state.promises().violations(&act, &seen(&self.now())))
            .unwrap_or_default()
    }

    /// A ticket that a promise stands against goes no further, at whichever step: the try is
    /// written, which ends the audit. `true` where it was met.
    pub(super) fn meet(&mut self, audit: AuditId, ticket: &Ticket) -> Result<bool, Refusal> {
        let against = self.violations(ticket);
        if against.is_empty() {
            return Ok(false);
        }
        let tried = PromiseEvent::Tried(Tried {
            audit,
            locks: against.iter().map(|against| against.lock).collect(),
        });
        self.append(&Event::Promise(tried), OnSaved::Met)?;
        self.stage = Stage::Blocked(Box::new(Blocked {
            ticket: ticket.clone(),
            against,
            seq: None,
        }));
        Ok(true)
    }

    /// The same before the seal: the ticket as it was typed stays for another audit.
    pub(super) fn meet_before_the_seal(
        &mut self,
        draft: &Draft,
        ticket: &Ticket,
    ) -> Result<bool, Refusal> {
        if self.violations(ticket).is_empty() {
            return Ok(false);
        }
        self.write_started(draft, Some(ticket))?;
        self.meet(draft.audit, ticket)?;
        let mut next = self.empty_draft();
        next.ticket = draft.ticket.clone();
        next.arousal = draft.arousal;
        next.tags.clone_from(&draft.tags);
        next.step = Step::Ticket;
        next.behind_a_promise = true;
        self.writer.save_draft(&next);
        self.set_draft(next);
        Ok(true)
    }

    pub(super) fn met_is_saved(&mut self, saved: u64) {
        if let Stage::Blocked(met) = &mut self.stage {
            met.seq = Some(saved);
        }
    }

    /// Back from a promise to the ticket as it was typed.
    pub(super) fn back_to_ticket(&mut self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Blocked(_) if self.is_ending() => Err(super::protocol::BEING_SAVED),
            Stage::Blocked(_) => {
                self.stage = Stage::Idle;
                let now = self.now();
                if let Some(draft) = &mut self.draft {
                    draft.come_back(&now);
                }
                Ok(())
            }
            _ => Err(super::protocol::NO_AUDIT),
        }
    }
}

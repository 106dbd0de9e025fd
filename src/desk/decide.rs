//! The commands after the reveal, and walking away before it: how an audit ends.

use super::protocol::{BEING_SAVED, NO_AUDIT};
use super::saving::Then;
use super::{Desk, Refusal, Stage};
use crate::audit::{AuditId, Change, Choice, Decision, Draft, NotDecided, Revealed, Step, Ticket};
use crate::record::Event;

impl Desk {
    fn revealed_mut(&mut self) -> Result<&mut Revealed, Refusal> {
        if self.is_ending() {
            return Err(BEING_SAVED);
        }
        match &mut self.stage {
            Stage::Revealed(revealed) => Ok(revealed),
            _ => Err(NO_AUDIT),
        }
    }

    pub(super) fn lower(&mut self, change: Change) -> Result<(), Refusal> {
        Ok(self.revealed_mut()?.lower(change)?)
    }

    pub(super) fn as_sealed(&mut self) -> Result<(), Refusal> {
        self.revealed_mut()?.as_sealed();
        Ok(())
    }

    pub(super) fn extend(&mut self) -> Result<(), Refusal> {
        let now = self.now();
        self.revealed_mut()?.extend(&now);
        Ok(())
    }

    pub(super) fn decide(&mut self, choice: Choice, sentence: Option<&str>) -> Result<(), Refusal> {
        let now = self.now();
        let decision = match &self.stage {
            Stage::Revealed(revealed) if choice.trades() => {
                let decided = revealed.decide(choice, sentence, &now);
                if let Err(early @ (NotDecided::Asleep | NotDecided::Lapsed)) = decided {
                    return Err(early.into());
                }
                // Promises hold until the last moment.
                let audit = revealed.sealed().pause().audit();
                let ticket = revealed.ticket().clone();
                if !self.against(&ticket).is_empty() {
                    return self.end_met(audit, &ticket);
                }
                self.plan_allows(revealed)?;
                decided?
            }
            Stage::Revealed(revealed) => revealed.decide(choice, sentence, &now)?,
            Stage::Sealed(sealed) | Stage::Stuck { sealed, .. } if !choice.trades() => {
                let pause = sealed.pause();
                let ticket = Some(pause.ticket().clone());
                Decision {
                    choice,
                    ..Decision::walk_away(pause.audit(), Step::Reveal, ticket)
                }
            }
            _ => return Err(NO_AUDIT),
        };
        self.end_with(self.with_triggers(decision))
    }

    pub(super) fn walk_away(&mut self, draft: &Draft) -> Result<(), Refusal> {
        self.before_the_seal(draft)?;
        let ticket = self.read_ticket(draft).ok();
        self.write_started(draft, ticket.as_ref())?;
        self.draft = Some(draft.clone());
        self.end_with(Decision::walk_away(draft.audit, draft.step, ticket))
    }

    fn end_met(&mut self, audit: AuditId, ticket: &Ticket) -> Result<(), Refusal> {
        if self.is_ending() {
            return Err(BEING_SAVED);
        }
        self.meet(audit, ticket).map(|_| ())
    }

    fn end_with(&mut self, decision: Decision) -> Result<(), Refusal> {
        if self.is_ending() {
            return Err(BEING_SAVED);
        }
        let audit = decision.audit;
        self.append(&Event::AuditDecided(Box::new(decision)), Then::Ended(audit))
    }

    pub(super) fn leave_audit(&mut self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Ended(_) => {
                self.stage = Stage::Idle;
                Ok(())
            }
            Stage::Met(_) if self.is_ending() => Err(BEING_SAVED),
            Stage::Met(_) => {
                self.stage = Stage::Idle;
                self.forget_draft();
                Ok(())
            }
            _ => Err(NO_AUDIT),
        }
    }
}

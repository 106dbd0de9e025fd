//! The commands after the reveal, and walking away before it: how an audit ends.

use super::protocol::{BEING_SAVED, NO_AUDIT};
use super::saving::OnSaved;
use super::{App, Refusal, Stage};
use crate::audit::{Choice, Decision, Draft, NotDecided, Revealed, Step, Ticket, TicketChange};
use crate::market::AuditId;
use crate::record::{AuditExtended, AuditLowered, Event};

impl App {
    fn revealed_mut(&mut self) -> Result<&mut Revealed, Refusal> {
        if self.is_ending() {
            return Err(BEING_SAVED);
        }
        match &mut self.stage {
            Stage::Revealed(revealed) => Ok(revealed),
            _ => Err(NO_AUDIT),
        }
    }

    /// Lowers the risk. What stands now is written down, so that a restart goes on with it.
    pub(super) fn lower(&mut self, change: TicketChange) -> Result<(), Refusal> {
        let revealed = self.revealed_mut()?;
        let before = revealed.ticket().clone();
        revealed.lower(change)?;
        if *revealed.ticket() == before {
            return Ok(());
        }
        self.write_lowered(Some(change))
    }

    pub(super) fn as_sealed(&mut self) -> Result<(), Refusal> {
        let revealed = self.revealed_mut()?;
        if !revealed.is_lowered() {
            return Ok(());
        }
        revealed.as_sealed();
        self.write_lowered(None)
    }

    fn write_lowered(&mut self, to: Option<TicketChange>) -> Result<(), Refusal> {
        let audit = self.stage.audit().ok_or(NO_AUDIT)?;
        let lowered = AuditLowered { audit, to };
        self.append(&Event::AuditLowered(lowered), OnSaved::Nothing)
    }

    pub(super) fn extend(&mut self) -> Result<(), Refusal> {
        let now = self.now();
        let revealed = self.revealed_mut()?;
        if !revealed.is_extendable(&now) {
            return Ok(());
        }
        revealed.extend();
        let audit = revealed.sealed().pause().audit();
        let extended = AuditExtended { audit };
        self.append(&Event::AuditExtended(extended), OnSaved::Nothing)
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
                if !self.violations(&ticket).is_empty() {
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

    pub(super) fn walk_away(&mut self, draft: Draft) -> Result<(), Refusal> {
        let draft = self.before_the_seal(draft)?;
        let ticket = self.read_ticket(&draft).ok();
        self.write_started(&draft, ticket.as_ref())?;
        self.keep_price_now(&draft)?;
        let decision = Decision::walk_away(draft.audit, draft.step, ticket);
        self.set_draft(draft);
        self.end_with(decision)
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
        self.append(
            &Event::AuditDecided(Box::new(decision)),
            OnSaved::Ended(audit),
        )
    }

    pub(super) fn leave_audit(&mut self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Ended(_) => {
                self.stage = Stage::Idle;
                Ok(())
            }
            Stage::Blocked(_) if self.is_ending() => Err(BEING_SAVED),
            Stage::Blocked(_) => {
                self.stage = Stage::Idle;
                self.forget_draft();
                Ok(())
            }
            _ => Err(NO_AUDIT),
        }
    }
}

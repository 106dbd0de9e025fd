//! The audit's commands up to the last answer, in the order in which the protocol allows them.

use rust_decimal::Decimal;

use super::saving::OnSaved;
use super::{App, Phase, Refusal, Stage};
use crate::audit::similarity::{COMPARED, EarlierAnswer};
use crate::audit::{Answers, Draft, Elapsed, Pause, Question, Ticket, TraderState};
use crate::engine::{self, Intent, Money};
use crate::input::{Field, FieldError};
use crate::market::AuditId;
use crate::record::{AuditRewritten, AuditStarted, Event};
use crate::wording::join;
use crate::wording::ticket::unplaceable;

pub(super) const NO_AUDIT: Refusal = Refusal::NotNow("There is no audit at this point now.");
pub(super) const BEING_SAVED: Refusal = Refusal::NotNow("This decision is being saved.");

impl App {
    pub(super) fn begin_audit(&mut self) -> Result<(), Refusal> {
        if !matches!(self.phase, Phase::Ready) || self.read_only {
            return Err(Refusal::NotNow(
                "The journal is not open for writing, so no audit can begin.",
            ));
        }
        if self.draft.is_some() || !matches!(self.stage, Stage::Idle | Stage::Ended(_)) {
            return Err(Refusal::NotNow("An audit is under way already."));
        }
        self.stage = Stage::Idle;
        let mut draft = self.empty_draft();
        let last = self
            .state
            .stories()
            .iter()
            .rev()
            .find_map(|story| story.ticket.as_ref());
        draft.ticket.account = last
            .map(|ticket| ticket.account)
            .filter(|id| self.state.account(*id).is_some())
            .or_else(|| {
                self.state
                    .accounts()
                    .first()
                    .map(|account| account.set.account)
            });
        self.set_draft(draft);
        Ok(())
    }

    /// A draft with nothing in it, whose clock runs from now.
    pub(super) fn empty_draft(&self) -> Draft {
        Draft::begin(&self.now(), self.asked_before())
    }

    /// How many audits came as far as the questions.
    pub(super) fn asked_before(&self) -> u64 {
        let asked = self.state.stories().iter().filter(|s| s.was_asked());
        u64::try_from(asked.count()).unwrap_or(u64::MAX)
    }

    /// Reads the ticket of a draft against the account it is for.
    ///
    /// # Errors
    /// One problem for each field that does not stand.
    pub fn read_ticket(&self, draft: &Draft) -> Result<Ticket, Vec<FieldError>> {
        self.with_known(&draft.ticket, |known| draft.ticket.read(known))
    }

    /// What the account of a ticket holds at its marks, in collateral.
    ///
    /// # Errors
    /// A problem with the account, where its positions cannot be valued.
    pub fn equity(&self, ticket: &Ticket) -> Result<Decimal, FieldError> {
        let account = self.state.account(ticket.account).ok_or_else(|| {
            FieldError::new(Field::Account, "This account is not known any more.")
        })?;
        account.equity().map(Money::get).map_err(|error| {
            let problem = match account.pair() {
                Some((open, _)) => join::twice(account, open),
                None => format!("The account cannot be valued: {error}"),
            };
            FieldError::new(Field::Account, problem)
        })
    }

    /// The answers of the last audits to one of the two written questions, newest first.
    pub fn earlier_answers(&self, question: Question) -> Vec<EarlierAnswer> {
        self.state
            .ended()
            .filter_map(|story| {
                let answers = &story.sealed.as_ref()?.payload.answers;
                let text = match question {
                    Question::Wrong => &answers.wrong,
                    Question::Nothing => &answers.nothing,
                    Question::Invalidation | Question::AcceptedLoss => return None,
                };
                // Left empty where risk was taken off: nothing to be alike.
                if text.is_empty() {
                    return None;
                }
                let ended = story
                    .ending
                    .as_ref()
                    .map_or("not ended", |ending| ending.words());
                Some(EarlierAnswer::new(story.audit, text.as_str(), ended))
            })
            .take(COMPARED)
            .collect()
    }

    /// Reads all four answers of a draft, as they would be sealed.
    ///
    /// # Errors
    /// One problem for each answer that does not stand.
    pub fn read_answers(&self, draft: &Draft, ticket: &Ticket) -> Result<Answers, Vec<FieldError>> {
        let equity = match self.equity(ticket) {
            Ok(equity) => equity,
            // Only a percent of it could not be read then.
            Err(_) if ticket.intent.takes_off() => Decimal::ZERO,
            Err(problem) => return Err(vec![problem]),
        };
        draft.answers.read(ticket, equity)
    }

    /// Checks one answer of a draft against the ticket of the pause, and counts in the draft what
    /// it was sent back for: naming nothing that can be seen, its likeness to an earlier one.
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn check_answer(&self, draft: &mut Draft, question: Question) -> Result<(), FieldError> {
        let Stage::Pausing(pause) = &self.stage else {
            return Ok(());
        };
        if pause.ticket().intent.takes_off() {
            return Ok(());
        }
        let equity = self.equity(pause.ticket())?;
        draft.answers.check(question, pause.ticket(), equity)?;
        draft
            .judge(question, &self.earlier_answers(question))
            .map(|_| ())
    }

    pub(super) fn start(&mut self, draft: Draft) -> Result<(), Refusal> {
        let mut draft = self.before_the_seal(draft)?;
        let ticket = self.read_ticket(&draft).map_err(Refusal::Fields)?;
        self.equity(&ticket)
            .and_then(|_| self.held_already(&ticket))
            .and_then(|()| self.placeable(&ticket))
            .map_err(|problem| Refusal::Fields(vec![problem]))?;
        let state = draft.state().ok_or_else(|| {
            Refusal::Fields(vec![FieldError::new(
                Field::Arousal,
                "Say first how you are.",
            )])
        })?;
        let rewritten = self.write_ticket(&draft, &state, &ticket)?;
        self.keep_price_now(&draft)?;
        if self.meet_before_the_seal(&draft, &ticket)? {
            return Ok(());
        }
        let pause = match std::mem::take(&mut self.stage) {
            Stage::Pausing(pause) if !rewritten => pause,
            Stage::Pausing(pause) => Box::new(pause.rewritten(state, ticket)),
            _ => Box::new(self.pause_of(&draft, state, ticket)),
        };
        // Other answers may be asked for now: all of them are gone through again.
        draft.together &= !rewritten;
        self.stage = Stage::Pausing(pause);
        self.keep_draft(draft)
    }

    /// The pause of a draft whose ticket stands: how much has gone by since its first screen is
    /// counted from where the journal says, if it does.
    pub(super) fn pause_of(&self, draft: &Draft, state: TraderState, ticket: Ticket) -> Pause {
        let pause = Pause::new(draft.audit, draft.started.clone(), state, ticket);
        match self.state.story(draft.audit) {
            Some(story) => pause.counted(Elapsed::taken_up(&story.began, &self.now())),
            None => pause,
        }
    }

    /// A market, side and mode can be opened once; what is open already is increased.
    fn held_already(&self, ticket: &Ticket) -> Result<(), FieldError> {
        let held = self.state.account(ticket.account).is_some_and(|account| {
            account.positions.iter().any(|open| {
                open.position.symbol == ticket.symbol
                    && open.position.side == ticket.side
                    && open.position.backing.mode() == ticket.mode
            })
        });
        if held && ticket.intent == Intent::Open {
            let problem = "You hold this already, on this side and in this mode: to add to it is to increase it.";
            return Err(FieldError::new(Field::Symbol, problem));
        }
        Ok(())
    }

    /// What a venue would not take is refused before any question, with its figures.
    fn placeable(&self, ticket: &Ticket) -> Result<(), FieldError> {
        // Getting out is never refused here, whatever the table says of what is left.
        let Some(account) = self
            .state
            .account(ticket.account)
            .filter(|_| !ticket.intent.takes_off())
        else {
            return Ok(());
        };
        let account = account.for_engine(Some((&ticket.symbol, ticket.effective_price())));
        match engine::unplaceable(&account, &ticket.unanswered()) {
            Ok(None) => Ok(()),
            Ok(Some(why)) => Err(unplaceable(&why, ticket)),
            Err(error) => Err(FieldError::new(Field::Other, error.message)),
        }
    }

    /// Writes the ticket down: with the audit's first line, or as one that was written again.
    /// Answers whether it is another one now than it was.
    fn write_ticket(
        &mut self,
        draft: &Draft,
        state: &TraderState,
        ticket: &Ticket,
    ) -> Result<bool, Refusal> {
        if !self.is_begun(draft.audit) {
            self.write_started(draft, Some(ticket))?;
            return Ok(true);
        }
        let stands = match &self.stage {
            Stage::Pausing(pause) => Some((pause.state(), pause.ticket())),
            _ => self
                .state
                .story(draft.audit)
                .and_then(|story| Some((story.state.as_ref()?, story.ticket.as_ref()?))),
        };
        if stands == Some((state, ticket)) {
            return Ok(false);
        }
        let rewritten = AuditRewritten {
            audit: draft.audit,
            state: state.clone(),
            ticket: ticket.clone(),
        };
        self.append(
            &Event::AuditRewritten(Box::new(rewritten)),
            OnSaved::Nothing,
        )?;
        Ok(true)
    }

    /// Whether the audit's first line is in the journal or on its way.
    fn is_begun(&self, audit: AuditId) -> bool {
        self.begun == Some(audit) || self.state.story(audit).is_some()
    }

    /// Writes the audit's first line, unless it is there or on its way.
    pub(super) fn write_started(
        &mut self,
        draft: &Draft,
        ticket: Option<&Ticket>,
    ) -> Result<(), Refusal> {
        if self.is_begun(draft.audit) {
            return Ok(());
        }
        let started = AuditStarted {
            audit: draft.audit,
            opened: draft.started.clone(),
            state: draft.state(),
            ticket: ticket.cloned(),
            typed_symbol: if ticket.is_some() {
                String::new()
            } else {
                draft.ticket.value.text(Field::Symbol).trim().to_owned()
            },
        };
        self.append(&Event::AuditStarted(Box::new(started)), OnSaved::Nothing)?;
        self.begun = Some(draft.audit);
        Ok(())
    }
}

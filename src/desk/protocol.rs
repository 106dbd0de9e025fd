//! The audit's commands, in the order in which the protocol allows them.

use rust_decimal::Decimal;

use super::saving::Then;
use super::{Desk, Phase, Refusal, Stage};
use crate::audit::similarity::{COMPARED, EarlierAnswer, Verdict};
use crate::audit::{Draft, Field, FieldProblem, Manner, Pause, Question, Ticket};
use crate::engine::{Intent, Money};
use crate::journal::Receipt;
use crate::record::{AuditSealed, AuditStarted, Event};

pub(super) const NO_AUDIT: Refusal = Refusal::NotNow("There is no audit at this point now.");
pub(super) const BEING_SAVED: Refusal = Refusal::NotNow("This decision is being saved.");

impl Desk {
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
            .book
            .stories()
            .iter()
            .rev()
            .find_map(|story| story.ticket.as_ref());
        draft.ticket.account = last
            .map(|ticket| ticket.account)
            .filter(|id| self.book.account(*id).is_some())
            .or_else(|| {
                self.book
                    .accounts()
                    .first()
                    .map(|account| account.set.account)
            });
        self.draft = Some(draft);
        Ok(())
    }

    /// A draft with nothing in it, whose clock runs from now.
    pub(super) fn empty_draft(&self) -> Draft {
        let ordinal = u64::try_from(self.book.stories().len()).unwrap_or(0);
        Draft::begin(&self.now(), ordinal)
    }

    pub(super) fn keep_draft(&mut self, mut draft: Draft) -> Result<(), Refusal> {
        self.in_hand(&draft)?;
        draft.touched = self.now();
        self.writer.save_draft(&draft);
        self.draft = Some(draft);
        Ok(())
    }

    /// Only the draft in hand counts, and only before its answers are on their way.
    fn in_hand(&self, draft: &Draft) -> Result<(), Refusal> {
        let known = self
            .draft
            .as_ref()
            .is_some_and(|kept| kept.audit == draft.audit);
        if known && matches!(self.stage, Stage::Idle | Stage::Pausing(_)) {
            Ok(())
        } else {
            Err(NO_AUDIT)
        }
    }

    /// The same for a step that the journal hears of: none comes behind the audit's ending.
    pub(super) fn before_the_seal(&self, draft: &Draft) -> Result<(), Refusal> {
        self.in_hand(draft)?;
        if self.is_ending() {
            return Err(BEING_SAVED);
        }
        Ok(())
    }

    pub(super) fn forget_draft(&mut self) {
        self.draft = None;
        self.writer.remove_draft();
    }

    /// Reads the ticket of a draft against the account it is for.
    ///
    /// # Errors
    /// One problem for each field that does not stand.
    pub fn read_ticket(&self, draft: &Draft) -> Result<Ticket, Vec<FieldProblem>> {
        self.with_known(&draft.ticket, |known| draft.ticket.read(known))
    }

    /// What the account of a ticket holds at its marks, in collateral.
    ///
    /// # Errors
    /// A problem with the account, where its positions cannot be valued.
    pub fn equity(&self, ticket: &Ticket) -> Result<Decimal, FieldProblem> {
        let account = self.book.account(ticket.account).ok_or_else(|| {
            FieldProblem::new(Field::Account, "This account is not known any more.")
        })?;
        account.equity().map(Money::get).map_err(|error| {
            FieldProblem::new(
                Field::Account,
                format!("The account cannot be valued: {error}"),
            )
        })
    }

    /// The answers of the last audits to one of the two written questions, newest first.
    pub fn earlier_answers(&self, question: Question) -> Vec<EarlierAnswer> {
        self.book
            .ended()
            .filter_map(|story| {
                let answers = &story.sealed.as_ref()?.payload.answers;
                let text = match question {
                    Question::Wrong => &answers.wrong,
                    Question::Nothing => &answers.nothing,
                    Question::Invalidation | Question::AcceptedLoss => return None,
                };
                let ended = story
                    .ending
                    .as_ref()
                    .map_or("not ended", |ending| ending.words());
                Some(EarlierAnswer::new(story.audit.get(), text.as_str(), ended))
            })
            .take(COMPARED)
            .collect()
    }

    /// Checks one answer of a draft against the ticket of the pause, and counts a refusal for
    /// its likeness to an earlier one in the draft.
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn check_answer(&self, draft: &mut Draft, question: Question) -> Result<(), FieldProblem> {
        let Stage::Pausing(pause) = &self.stage else {
            return Ok(());
        };
        let equity = self.equity(pause.ticket())?;
        draft.answers.check(question, pause.ticket(), equity)?;
        draft
            .judge(question, &self.earlier_answers(question))
            .map(|_| ())
    }

    pub(super) fn start(&mut self, draft: Draft) -> Result<(), Refusal> {
        self.before_the_seal(&draft)?;
        let ticket = self.read_ticket(&draft).map_err(Refusal::Fields)?;
        self.equity(&ticket)
            .and_then(|_| self.held_already(&ticket))
            .map_err(|problem| Refusal::Fields(vec![problem]))?;
        let state = draft.state().ok_or_else(|| {
            Refusal::Fields(vec![FieldProblem::new(
                Field::Arousal,
                "Say first how you are.",
            )])
        })?;
        if self.met(&draft, ticket.clone())? {
            return Ok(());
        }
        self.write_started(&draft, Some(&ticket))?;
        let pause = Pause::new(draft.audit, draft.started.clone(), state, ticket);
        self.stage = Stage::Pausing(Box::new(pause));
        self.keep_draft(draft)
    }

    /// A market, side and mode can be opened once; what is open already is increased.
    fn held_already(&self, ticket: &Ticket) -> Result<(), FieldProblem> {
        let held = self.book.account(ticket.account).is_some_and(|account| {
            account.positions.iter().any(|open| {
                open.position.symbol == ticket.symbol
                    && open.position.side == ticket.side
                    && open.position.backing.mode() == ticket.mode
            })
        });
        if held && ticket.intent == Intent::Open {
            let problem = "You hold this already, on this side and in this mode: to add to it is to increase it.";
            return Err(FieldProblem::new(Field::Symbol, problem));
        }
        Ok(())
    }

    /// Writes the audit's first line, unless it is there or on its way.
    pub(super) fn write_started(
        &mut self,
        draft: &Draft,
        ticket: Option<&Ticket>,
    ) -> Result<(), Refusal> {
        if self.begun == Some(draft.audit) || self.book.story(draft.audit).is_some() {
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
                draft.ticket.symbol.trim().to_owned()
            },
        };
        self.append(&Event::AuditStarted(Box::new(started)), Then::Nothing)?;
        self.begun = Some(draft.audit);
        Ok(())
    }

    pub(super) fn seal_answers(&mut self, draft: Draft) -> Result<(), Refusal> {
        self.before_the_seal(&draft)?;
        let Stage::Pausing(pause) = &self.stage else {
            return Err(NO_AUDIT);
        };
        let equity = self
            .equity(pause.ticket())
            .map_err(|p| Refusal::Fields(vec![p]))?;
        let answers = draft
            .answers
            .read(pause.ticket(), equity)
            .map_err(Refusal::Fields)?;
        let mut thin = false;
        for question in [Question::Wrong, Question::Nothing] {
            let verdict = draft
                .clone()
                .judge(question, &self.earlier_answers(question));
            thin |= verdict.map_err(|p| Refusal::Fields(vec![p]))? == Verdict::PassesThin;
        }
        let manner = Manner {
            looks: draft.looks.clone(),
            pasted: draft.pasted_percent(),
            thin,
            wording: draft.ordinal,
        };
        let pause = pause.as_ref().clone();
        let payload = AuditSealed {
            audit: pause.audit(),
            opened: pause.started().clone(),
            state: pause.state().clone(),
            ticket: pause.ticket().clone(),
            answers: answers.clone(),
            manner: manner.clone(),
            seconds: self.now().since(pause.started()).as_secs(),
        };
        let sealing = pause.seal(answers, manner);
        let event = Event::AuditSealed(Box::new(payload));
        let entry = event
            .entry_with_id(sealing.event())
            .map_err(|e| Refusal::Unwritable(e.to_string()))?;
        self.append_entry(entry, Then::Sealed)?;
        self.writer.save_draft(&draft);
        self.draft = Some(draft);
        self.stage = Stage::Sealing(Box::new(sealing));
        Ok(())
    }

    pub(super) fn answers_sealed(&mut self, receipt: &Receipt) {
        match std::mem::take(&mut self.stage) {
            Stage::Sealing(sealing) => match sealing.acknowledged(receipt) {
                Ok(sealed) => {
                    self.stage = Stage::Sealed(Box::new(sealed));
                    self.forget_draft();
                }
                Err(not_this) => self.stage = Stage::Sealing(Box::new(not_this.sealing)),
            },
            other => self.stage = other,
        }
    }
}

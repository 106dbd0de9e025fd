//! The audit's commands, in the order in which the protocol allows them.

use std::time::Duration;

use rust_decimal::Decimal;

use super::saving::{Saving, Then};
use super::{Desk, Phase, Refusal, Stage};
use crate::audit::similarity::{COMPARED, EarlierAnswer, Verdict};
use crate::audit::{
    AuditId, Change, Choice, Decision, Draft, Field, FieldProblem, Manner, NotYet, Pause,
    Permission, Question, Revealed, SealedPause, Sealing, Step, Ticket,
};
use crate::engine::{ENGINE_VERSION, Intent, Money};
use crate::journal::{Moment, Receipt};
use crate::record::{AuditExpired, AuditRevealed, AuditSealed, AuditStarted, Event, Expiry, Story};

const NO_AUDIT: Refusal = Refusal::NotNow("There is no audit at this point now.");
const BEING_SAVED: Refusal = Refusal::NotNow("This decision is being saved.");

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
        let ordinal = u64::try_from(self.book.stories().len()).unwrap_or(0);
        let mut draft = Draft::begin(&self.now(), ordinal);
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
    fn before_the_seal(&self, draft: &Draft) -> Result<(), Refusal> {
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
        let account = draft.ticket.account.and_then(|id| self.book.account(id));
        let facts = account.map(crate::record::Account::facts);
        let held = draft
            .ticket
            .position
            .and_then(|id| self.book.position(id))
            .map(|(_, open)| open.facts());
        draft.ticket.read(facts.as_ref(), held.as_ref(), &|symbol| {
            account.and_then(|a| a.rules(symbol))
        })
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
    fn write_started(&mut self, draft: &Draft, ticket: Option<&Ticket>) -> Result<(), Refusal> {
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

    /// Lets time do its part: the numbers appear, permissions lapse, drafts are left lying.
    pub(super) fn let_time_pass(&mut self) {
        if self.is_ending() {
            return;
        }
        let now = self.now();
        match std::mem::take(&mut self.stage) {
            Stage::Sealed(sealed) if sealed.floor_left(&now) == Duration::ZERO => {
                self.reveal(*sealed, &now);
            }
            other => self.stage = other,
        }
        if matches!(self.saving, Saving::NotSaved(_)) {
            return;
        }
        if let Stage::Revealed(revealed) = &self.stage
            && revealed.permission(&now) == Permission::Lapsed
        {
            let audit = revealed.sealed().pause().audit();
            self.expire(audit, Expiry::PermissionLapsed, Step::Reveal);
        }
        let open = matches!(self.stage, Stage::Idle | Stage::Pausing(_));
        if let Some(draft) = self.draft.clone().filter(|d| open && d.left_lying(&now)) {
            let ticket = self.read_ticket(&draft).ok();
            if self.write_started(&draft, ticket.as_ref()).is_ok() {
                self.expire(draft.audit, Expiry::LeftLying, draft.step);
            }
        }
    }

    fn expire(&mut self, audit: AuditId, expiry: Expiry, step: Step) {
        let event = Event::AuditExpired(AuditExpired {
            audit,
            expiry,
            step,
        });
        // Refused only where nothing can be written; the next opening notices it again.
        let _ = self.append(&event, Then::Ended(audit));
    }

    fn reveal(&mut self, sealed: SealedPause, now: &Moment) {
        let ticket = sealed.pause().ticket();
        let mark = ticket.mark.unwrap_or(ticket.entry);
        let Some(account) = self
            .book
            .account(ticket.account)
            .map(|a| a.for_engine(Some((&ticket.symbol, mark))))
        else {
            let why = "The account of this ticket is not known any more.".to_owned();
            self.stage = Stage::Stuck {
                sealed: Box::new(sealed),
                why,
            };
            return;
        };
        match sealed.reveal(account, now) {
            Ok(revealed) => {
                let shown = AuditRevealed {
                    audit: revealed.sealed().pause().audit(),
                    shown: revealed.at().clone(),
                    engine: ENGINE_VERSION.to_owned(),
                    account: revealed.account().clone(),
                    assessment: revealed.assessment().clone(),
                };
                self.stage = Stage::Revealed(Box::new(revealed));
                // A failure is shown as NOT SAVED like any other; the numbers stay.
                let _ = self.append(&Event::AuditRevealed(Box::new(shown)), Then::Nothing);
            }
            Err(refused) => {
                let (sealed, not_yet) = *refused;
                self.stage = match not_yet {
                    NotYet::Floor { .. } => Stage::Sealed(Box::new(sealed)),
                    NotYet::Engine(error) => Stage::Stuck {
                        sealed: Box::new(sealed),
                        why: error.message,
                    },
                };
            }
        }
    }

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
        self.end_with(decision)
    }

    pub(super) fn walk_away(&mut self, draft: &Draft) -> Result<(), Refusal> {
        self.before_the_seal(draft)?;
        let ticket = self.read_ticket(draft).ok();
        self.write_started(draft, ticket.as_ref())?;
        self.draft = Some(draft.clone());
        self.end_with(Decision::walk_away(draft.audit, draft.step, ticket))
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
            _ => Err(NO_AUDIT),
        }
    }

    /// After a restart: takes up the audit that was in hand, or notes that it was left lying.
    pub(super) fn take_up(&mut self, draft: Option<Draft>) {
        if self.read_only {
            return;
        }
        let now = self.now();
        let draft = draft.filter(|draft| {
            self.book
                .story(draft.audit)
                .is_none_or(|story| story.sealed.is_none() && story.ending.is_none())
        });
        let in_hand = draft
            .as_ref()
            .filter(|draft| !draft.left_lying(&now))
            .map(|draft| draft.audit);
        for story in self.book.unended().cloned().collect::<Vec<_>>() {
            if Some(story.audit) != in_hand {
                self.take_up_story(&story, &now);
            }
        }
        self.draft = draft;
        if let Some(draft) = self.draft.clone().filter(|_| in_hand.is_some()) {
            let begun = self.book.story(draft.audit).is_some();
            match (begun, self.read_ticket(&draft), draft.state()) {
                (true, Ok(ticket), Some(state)) if draft.step > Step::Ticket => {
                    let pause = Pause::new(draft.audit, draft.started.clone(), state, ticket);
                    self.stage = Stage::Pausing(Box::new(pause));
                }
                _ => {
                    let step = draft.step.min(Step::Ticket);
                    self.draft = Some(Draft { step, ..draft });
                }
            }
        }
        self.let_time_pass();
    }

    fn take_up_story(&mut self, story: &Story, now: &Moment) {
        let Some(sealed) = &story.sealed else {
            self.expire(story.audit, Expiry::LeftLying, Step::Ticket);
            return;
        };
        let payload = &sealed.payload;
        let pause = Pause::new(
            payload.audit,
            payload.opened.clone(),
            payload.state.clone(),
            payload.ticket.clone(),
        );
        let sealing = Sealing::from_journal(
            sealed.event,
            pause,
            payload.answers.clone(),
            payload.manner.clone(),
        );
        let Ok(opened) = sealing.acknowledged(&sealed.receipt) else {
            return;
        };
        match &story.revealed {
            None if !opened.has_lapsed(now) => self.stage = Stage::Sealed(Box::new(opened)),
            None => self.expire(story.audit, Expiry::PermissionLapsed, Step::Reveal),
            Some(shown) => {
                let revealed = opened.reveal(shown.payload.account.clone(), &shown.payload.shown);
                match revealed {
                    Ok(revealed) if revealed.permission(now) != Permission::Lapsed => {
                        self.stage = Stage::Revealed(Box::new(revealed));
                    }
                    _ => self.expire(story.audit, Expiry::PermissionLapsed, Step::Reveal),
                }
            }
        }
    }

    /// When the desk next has something to do by itself, from now.
    pub fn next_wake(&self) -> Option<Duration> {
        // Time has nothing to do while an ending is on its way, or waits to be tried again.
        if self.is_ending() {
            return None;
        }
        let now = self.now();
        let not_saved = matches!(self.saving, Saving::NotSaved(_));
        let stage = match &self.stage {
            Stage::Sealed(sealed) => Some(sealed.floor_left(&now)),
            Stage::Revealed(revealed) => match revealed.proceed_wakes_in(&now) {
                Duration::ZERO => match revealed.permission(&now) {
                    Permission::Holds { left, .. } => Some(left),
                    Permission::Lapsed => None,
                },
                left => Some(left),
            },
            Stage::Idle | Stage::Pausing(_) if not_saved => None,
            Stage::Idle | Stage::Pausing(_) => self.draft.as_ref().map(|d| d.kept_for(&now)),
            Stage::Sealing(_) | Stage::Stuck { .. } | Stage::Ended(_) => None,
        };
        stage.map(|left| left.saturating_add(Duration::from_millis(20)))
    }
}

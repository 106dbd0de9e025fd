//! The audit of a close or a reduce that is done already: the same questions, nothing revealed,
//! nothing held up.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::form::{Form, FormHeading, HandedIn};
use super::saving::OnSaved;
use super::{App, Command, Refusal};
use crate::audit::question::QuestionVariant;
use crate::audit::{AnswersForm, Question};
use crate::engine::Money;
use crate::input::{Field, FieldError, FieldSchema, FormValue, Reads};
use crate::journal::EventId;
use crate::market::AuditId;
use crate::record::{Account, AuditAfterwards, Event, State, Unaudited};
use crate::wording::afterwards as wording;

/// For how long it is offered.
const OFFERED: TimeDelta = TimeDelta::days(7);
/// How many are offered at once.
const AT_ONCE: usize = 3;

/// What can be written about now, newest first.
pub fn offered(state: &State, now: DateTime<Utc>) -> impl Iterator<Item = &Unaudited> {
    let fresh = move |of: &&Unaudited| now.signed_duration_since(of.at) < OFFERED;
    state.unaudited().iter().rev().filter(fresh).take(AT_ONCE)
}

/// The answers as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterwardsForm {
    /// The line that logged what was done.
    pub of: EventId,
    /// Which wording of the questions is shown.
    pub wording: u64,
    /// What is typed so far.
    pub value: FormValue,
}

impl AfterwardsForm {
    /// An empty form about what was done.
    pub fn of(state: &State, of: &Unaudited) -> Self {
        Self {
            of: of.event,
            wording: u64::try_from(state.stories().len()).unwrap_or(0),
            value: FormValue::default(),
        }
    }

    /// What it is about; none where it is written already.
    pub fn about<'a>(&self, state: &'a State) -> Option<&'a Unaudited> {
        state.unaudited().iter().find(|of| of.event == self.of)
    }

    /// Reads the form. Any answer may be left out, but not all of them.
    ///
    /// # Errors
    /// Where it is written already, or nothing is.
    pub fn read(&self, state: &State) -> Result<AuditAfterwards, FieldError> {
        let problem = |words: &str| FieldError::new(Field::Wrong, words);
        let of = self
            .about(state)
            .ok_or_else(|| problem("This is written already."))?;
        let account = state.account(of.ticket.account);
        let equity = account.and_then(|account| Account::equity(account).ok());
        let equity = equity.map_or(Decimal::ZERO, Money::get);
        let written = |question: Question| self.value.text(question.field()).to_owned();
        let typed = AnswersForm {
            wrong: written(Question::Wrong),
            nothing: written(Question::Nothing),
            invalidation: written(Question::Invalidation),
            accepted: written(Question::AcceptedLoss),
        };
        let answers = typed.read(&of.ticket, equity).map_err(|problems| {
            let first = problems.into_iter().next();
            first.unwrap_or_else(|| problem("This cannot be read."))
        })?;
        let numbers = answers.invalidation.is_some() || answers.accepted.is_some();
        if answers.wrong.is_empty() && answers.nothing.is_empty() && !numbers {
            return Err(problem(
                "Nothing is written yet. Any one of the four is enough.",
            ));
        }
        Ok(AuditAfterwards {
            audit: AuditId::fresh(),
            of: of.event,
            done_at: of.at,
            ticket: of.ticket.clone(),
            answers,
            wording: self.wording,
        })
    }
}

impl Form for AfterwardsForm {
    fn heading(&self, app: &App) -> Option<FormHeading> {
        let of = self.about(app.state())?;
        let heading = FormHeading::new(wording::WRITE);
        Some(heading.about(wording::done(of)).about(wording::MARKED))
    }

    fn schema(&self, app: &App) -> Vec<FieldSchema> {
        let Some(of) = self.about(app.state()) else {
            return Vec::new();
        };
        let variant = QuestionVariant::for_audit(self.wording);
        let schema = Question::ALL.map(|question| {
            let asked = variant.words_for(of.ticket.intent, question);
            let reads = match app.number_asked(question, &of.ticket) {
                None => Reads::Text {
                    rows: 2,
                    offered: Vec::new(),
                },
                Some(number) => Reads::Number {
                    unit: number.unit,
                    suffix: number.currency.to_owned(),
                    within: number.within,
                    may_be_left_out: true,
                },
            };
            FieldSchema::new(question.field(), asked.heading, reads)
                .note(asked.help)
                .question(asked.heading)
                .told([asked.help.to_owned()])
        });
        schema.into()
    }

    fn value(&self) -> &FormValue {
        &self.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.value
    }

    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let written = self.read(app.state()).map_err(|error| vec![error])?;
        Ok(Command::WriteAfterwards(Box::new(written)).into())
    }
}

impl App {
    pub(super) fn write_afterwards(&mut self, written: AuditAfterwards) -> Result<(), Refusal> {
        let waits = self.state.unaudited().iter();
        if !waits.into_iter().any(|of| of.event == written.of) {
            return Err(Refusal::NotNow("This is written already."));
        }
        self.append(&Event::AuditAfterwards(Box::new(written)), OnSaved::Nothing)
    }
}

//! The audit of a close or a reduce that is done already: the same questions, nothing revealed,
//! nothing held up.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::saving::OnSaved;
use super::{App, Refusal};
use crate::audit::{AnswersForm, AuditId};
use crate::engine::Money;
use crate::input::{Field, FieldError};
use crate::record::{Account, AuditAfterwards, Event, State, Unaudited};

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
    pub of: Uuid,
    /// Which wording of the questions is shown.
    pub wording: u64,
    /// What is typed so far.
    pub answers: AnswersForm,
}

impl AfterwardsForm {
    /// An empty form about what was done.
    pub fn of(state: &State, of: &Unaudited) -> Self {
        Self {
            of: of.event,
            wording: u64::try_from(state.stories().len()).unwrap_or(0),
            answers: AnswersForm::default(),
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
        let answers = self.answers.read(&of.ticket, equity).map_err(|problems| {
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

impl App {
    pub(super) fn write_afterwards(&mut self, written: AuditAfterwards) -> Result<(), Refusal> {
        let waits = self.state.unaudited().iter();
        if !waits.into_iter().any(|of| of.event == written.of) {
            return Err(Refusal::NotNow("This is written already."));
        }
        self.append(&Event::AuditAfterwards(Box::new(written)), OnSaved::Nothing)
    }
}

//! The four answers: as typed, and as read.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Ticket;
use super::answer::{
    AcceptedLoss, LosingSide, check_accepted_loss, check_first, check_invalidation, check_second,
};
use super::question::Question;
use crate::engine::{Money, Price, Side};
use crate::input::number::Unit;
use crate::input::typed_with_sign;
use crate::input::{Field, FieldError, NumberBounds, typed_number};

/// The four answers, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswersForm {
    /// What would I see if I were wrong?
    pub wrong: String,
    /// At which price is the idea wrong?
    pub invalidation: String,
    /// Why am I willing to do nothing?
    pub nothing: String,
    /// The most I accept to lose.
    pub accepted: String,
}

/// The four answers, as read. Frozen by the seal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// What would be seen if the idea were wrong.
    pub wrong: String,
    /// The price at which it is wrong, in quote currency; none only where risk is taken off and
    /// none was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invalidation: Option<Price>,
    /// Why nothing could be done as well.
    pub nothing: String,
    /// The most that is accepted, in collateral; none only where risk is taken off and none was
    /// written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Money>,
    /// The percent of the account it was written as, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_percent: Option<Decimal>,
}

impl AnswersForm {
    /// Checks one answer. Where risk is taken off every answer passes, an empty one too: nothing
    /// holds that up.
    ///
    /// `equity` is what the account holds, for a percent and for the bound of the last answer.
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn check(
        &self,
        question: Question,
        ticket: &Ticket,
        equity: Decimal,
    ) -> Result<(), FieldError> {
        if ticket.intent.takes_off() {
            return Ok(());
        }
        match question {
            Question::Wrong => check_first(&self.wrong)
                .map_err(|problem| FieldError::new(Field::Wrong, problem.to_string())),
            Question::Invalidation => self.invalidation(ticket, equity).map(|_| ()),
            Question::Nothing => check_second(&self.nothing, &self.wrong)
                .map_err(|problem| FieldError::new(Field::Nothing, problem.to_string())),
            Question::AcceptedLoss => self.accepted(ticket, equity).map(|_| ()),
        }
    }

    /// Reads all four.
    ///
    /// # Errors
    /// One problem for each answer that does not stand.
    pub fn read(&self, ticket: &Ticket, equity: Decimal) -> Result<Answers, Vec<FieldError>> {
        let problems: Vec<FieldError> = Question::ALL
            .into_iter()
            .filter_map(|question| self.check(question, ticket, equity).err())
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        // Checked above but where risk is taken off: there what is no number is left out.
        let accepted = self.accepted(ticket, equity).ok();
        Ok(Answers {
            wrong: self.wrong.trim().to_owned(),
            invalidation: self.invalidation(ticket, equity).ok().map(Price::new),
            nothing: self.nothing.trim().to_owned(),
            accepted: accepted.map(|accepted| Money::new(accepted.amount)),
            accepted_percent: accepted
                .and_then(|accepted| accepted.percent)
                .map(|percent| percent.normalize()),
        })
    }

    /// What an answer that is a number is held against where it can be read in two ways.
    pub fn within(question: Question, ticket: &Ticket, equity: Option<Decimal>) -> NumberBounds {
        match question {
            Question::Invalidation => NumberBounds::ten_times(Some(ticket.entry.get())),
            Question::AcceptedLoss => NumberBounds::at_most(equity),
            Question::Wrong | Question::Nothing => NumberBounds::ANYWHERE,
        }
    }

    fn invalidation(&self, ticket: &Ticket, equity: Decimal) -> Result<Decimal, FieldError> {
        let within = Self::within(Question::Invalidation, ticket, Some(equity));
        let typed = typed_number(Field::Invalidation, &self.invalidation, Unit::Price, within)?;
        let Some(price) = typed else {
            return Err(FieldError::new(
                Field::Invalidation,
                "Write one price. Nothing is suggested here.",
            ));
        };
        // Who reduces or closes acts on it already: it may lie anywhere.
        if ticket.intent.takes_off() {
            return Ok(price);
        }
        let losing = match ticket.side {
            Side::Long => LosingSide::Below,
            Side::Short => LosingSide::Above,
        };
        // What is filled first is judged at its fill: a stop may be wrong above the price of now.
        let mark = ticket.mark.filter(|_| !ticket.intent.is_filled());
        check_invalidation(losing, ticket.entry.get(), mark.map(Price::get), price)
            .map_err(|problem| FieldError::new(Field::Invalidation, problem.to_string()))?;
        Ok(price)
    }

    /// The accepted loss, in collateral.
    fn accepted(&self, ticket: &Ticket, equity: Decimal) -> Result<AcceptedLoss, FieldError> {
        let within = Self::within(Question::AcceptedLoss, ticket, Some(equity));
        let typed = typed_with_sign(
            Field::Accepted,
            &self.accepted,
            Unit::MoneyOrPercent,
            within,
        )?;
        let Some(number) = typed else {
            return Err(FieldError::new(
                Field::Accepted,
                "Write an amount, or a percent of the account.",
            ));
        };
        check_accepted_loss(number, equity)
            .map_err(|problem| FieldError::new(Field::Accepted, problem.to_string()))
    }
}

//! A form on its way to being read: its numbers, and every problem beside its field.

use rust_decimal::Decimal;

use super::form::TicketForm;
use super::{AccountFacts, Size, TicketContext};
use crate::engine::{Basis, Money, Rate, Schedule, Tier};
use crate::input::number::format;
use crate::input::{Field, FieldError, WRITE_THE_RATE, above_zero};
use crate::market::{Rules, Terms};

/// The numbers of a form as they are read, and what was wrong with them.
pub(super) struct FormReader<'a> {
    form: &'a TicketForm,
    known: TicketContext<'a>,
    pub(super) problems: Vec<FieldError>,
}

impl<'a> FormReader<'a> {
    /// An empty sheet for a form.
    pub(super) fn of(form: &'a TicketForm, known: TicketContext<'a>) -> Self {
        Self {
            form,
            known,
            problems: Vec::new(),
        }
    }

    /// A number above zero; none where nothing is written or it was wrong, which is noted.
    pub(super) fn number(&mut self, field: Field) -> Option<Decimal> {
        let typed = self.form.typed(field, self.known);
        self.keep(typed.and_then(|value| above_zero(field, "This", value)))
            .flatten()
    }

    /// The same for a number that must be there.
    pub(super) fn needed(&mut self, field: Field, missing: &str) -> Option<Decimal> {
        let value = self.number(field);
        if value.is_none() && !self.is_wrong(field) {
            self.say(field, missing);
        }
        value
    }

    /// Notes what is wrong with a field.
    pub(super) fn say(&mut self, field: Field, problem: &str) {
        self.problems.push(FieldError::new(field, problem));
    }

    /// Keeps a value, or notes why there is none.
    pub(super) fn keep<T>(&mut self, result: Result<T, FieldError>) -> Option<T> {
        result.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn is_wrong(&self, field: Field) -> bool {
        self.problems.iter().any(|problem| problem.field == field)
    }

    /// The size that quantity, notional, margin and leverage make at a price.
    pub(super) fn size(&mut self, terms: Terms, entry: Option<Decimal>) -> Option<Size> {
        let before = self.problems.len();
        let quantity = self.number(Field::Quantity);
        let notional = self.number(Field::Notional);
        let margin = self.number(Field::Margin);
        let leverage = self.number(Field::Leverage);
        let entry = entry.filter(|_| self.problems.len() == before)?;
        let size = Size::from(terms, entry, quantity, notional, margin, leverage);
        self.keep(size)
    }

    /// A rate of her own, else the rules that are known.
    pub(super) fn rules(&mut self, rules: Option<Rules>) -> Option<Rules> {
        match (self.number(Field::Rate), rules) {
            (Some(percent), rules) => {
                let rules = flat_rules(percent, self.known.account, rules.as_ref());
                self.keep(rules)
            }
            (None, Some(rules)) => Some(rules),
            (None, None) => {
                if !self.is_wrong(Field::Rate) {
                    self.say(Field::Rate, WRITE_THE_RATE);
                }
                None
            }
        }
    }
}

/// One flat rate, in percent, valued as the account's venue does; tick and lot stay those that are
/// known.
///
/// # Errors
/// Where the rate is 100 % or more.
pub fn flat_rules(
    percent: Decimal,
    account: Option<&AccountFacts>,
    found: Option<&Rules>,
) -> Result<Rules, FieldError> {
    if percent >= Decimal::ONE_HUNDRED {
        return Err(FieldError::new(
            Field::Rate,
            "A maintenance rate is below 100 %. Venues ask between 0.3 and 50.",
        ));
    }
    let rate = percent.checked_div(Decimal::ONE_HUNDRED).unwrap_or(percent);
    Ok(Rules {
        label: format!("your own, {} % flat", format(percent)),
        schedule: Schedule {
            basis: account.map_or(Basis::AtSolvedPrice, |account| account.basis),
            close_fee: account.map_or(Rate::ZERO, |account| account.close_fee),
            tiers: vec![Tier {
                floor: Money::new(Decimal::ZERO),
                rate: Rate::new(rate),
                amount: Money::new(Decimal::ZERO),
                max_leverage: None,
            }],
        },
        tick: found.and_then(|rules| rules.tick),
        lot: found.and_then(|rules| rules.lot),
    })
}

//! The ticket as typed, and how it is read: once, at the edge.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::number::{Reading, Unit, format, read};
use super::{AccountId, PositionFacts, PositionId, Rules, Size, Symbol, Terms, Ticket};
use crate::engine::{
    Basis, Contract, Fees, Intent, Mode, Money, Price, Quantity, Rate, Schedule, Side, Tier,
};

/// A field that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The account.
    Account,
    /// The position.
    Position,
    /// The market.
    Symbol,
    /// Long or short.
    Side,
    /// Entry price.
    Entry,
    /// Price now.
    Mark,
    /// Quantity in base.
    Quantity,
    /// Notional in quote.
    Notional,
    /// Margin in collateral.
    Margin,
    /// Leverage.
    Leverage,
    /// Maintenance rate.
    Rate,
    /// Arousal.
    Arousal,
    /// The first written answer.
    Wrong,
    /// The price at which the idea is wrong.
    Invalidation,
    /// The second written answer.
    Nothing,
    /// The most that is accepted.
    Accepted,
    /// Anything else that was typed as a number.
    Other,
}

/// What is wrong with one field, in a sentence that says what to write.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldProblem {
    /// Which field.
    pub field: Field,
    /// One sentence.
    pub problem: String,
    /// Where the text can be read in two ways: both, to choose from.
    pub two_ways: Option<(Decimal, Decimal)>,
}

impl FieldProblem {
    /// A problem that is a sentence only.
    pub fn new(field: Field, problem: impl Into<String>) -> Self {
        Self {
            field,
            problem: problem.into(),
            two_ways: None,
        }
    }
}

/// Reads one typed number, or says what is wrong with it. An empty field is `Ok(None)`.
///
/// # Errors
/// The sentence to show beside the field, and both readings where there are two.
pub fn typed_number(field: Field, text: &str, unit: Unit) -> Result<Option<Decimal>, FieldProblem> {
    let reading = read(text, unit);
    match reading {
        Reading::Empty => Ok(None),
        Reading::Exact(number) => Ok(Some(number.value)),
        Reading::TwoWays(a, b) => Err(FieldProblem {
            field,
            problem: reading.question().unwrap_or_default(),
            two_ways: Some((a.value, b.value)),
        }),
        Reading::Refused(error) => Err(FieldProblem::new(field, error.to_string())),
    }
}

/// What the form needs to know of the account it is for.
#[derive(Clone, Debug)]
pub struct AccountFacts {
    /// Which account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Its venue.
    pub venue: String,
    /// What it is counted in.
    pub collateral: String,
    /// Its taker fees.
    pub fees: Fees,
    /// When its venue values a requirement, for a rate that is written by hand.
    pub basis: Basis,
    /// The fee to close that its venue counts in it; zero where it counts none.
    pub close_fee: Rate,
}

/// The ticket as typed. Empty fields are empty strings; nothing is filled in beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TicketForm {
    /// The account chosen.
    pub account: Option<AccountId>,
    /// What is to be done.
    pub intent: Intent,
    /// The position it is about, for anything but open.
    pub position: Option<PositionId>,
    /// The market as typed.
    pub symbol: String,
    /// Long or short, once chosen.
    pub side: Option<Side>,
    /// Isolated unless changed.
    pub mode: Mode,
    /// Entry price.
    pub entry: String,
    /// Price now; empty means the entry.
    pub mark: String,
    /// Quantity in base.
    pub quantity: String,
    /// Notional in quote.
    pub notional: String,
    /// Margin in collateral.
    pub margin: String,
    /// Leverage.
    pub leverage: String,
    /// A flat maintenance rate in percent, instead of the account's rules for the market.
    pub own_rate: String,
}

impl Default for TicketForm {
    fn default() -> Self {
        Self {
            account: None,
            intent: Intent::Open,
            position: None,
            symbol: String::new(),
            side: None,
            mode: Mode::Isolated,
            entry: String::new(),
            mark: String::new(),
            quantity: String::new(),
            notional: String::new(),
            margin: String::new(),
            leverage: String::new(),
            own_rate: String::new(),
        }
    }
}

/// The numbers of a form as they are read, and what was wrong with them.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) problems: Vec<FieldProblem>,
}

impl Sheet {
    /// A number above zero; none where nothing is written or it was wrong, which is noted.
    pub(super) fn number(&mut self, field: Field, text: &str, unit: Unit) -> Option<Decimal> {
        match typed_number(field, text, unit) {
            Ok(Some(value)) if value > Decimal::ZERO => Some(value),
            Ok(Some(_)) => {
                self.say(field, "This is a number above zero.");
                None
            }
            Ok(None) => None,
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    /// The same for a number that must be there.
    pub(super) fn needed(
        &mut self,
        field: Field,
        text: &str,
        unit: Unit,
        missing: &str,
    ) -> Option<Decimal> {
        let value = self.number(field, text, unit);
        if value.is_none() && !self.is_wrong(field) {
            self.say(field, missing);
        }
        value
    }

    /// Notes what is wrong with a field.
    pub(super) fn say(&mut self, field: Field, problem: &str) {
        self.problems.push(FieldProblem::new(field, problem));
    }

    /// Keeps a value, or notes why there is none.
    pub(super) fn keep<T>(&mut self, result: Result<T, FieldProblem>) -> Option<T> {
        result.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn is_wrong(&self, field: Field) -> bool {
        self.problems.iter().any(|problem| problem.field == field)
    }

    /// The size that quantity, notional, margin and leverage make at a price.
    pub(super) fn size(
        &mut self,
        form: &TicketForm,
        terms: Terms,
        entry: Option<Decimal>,
    ) -> Option<Size> {
        let before = self.problems.len();
        let quantity = self.number(Field::Quantity, &form.quantity, Unit::Quantity);
        let notional = self.number(Field::Notional, &form.notional, Unit::Money);
        let margin = self.number(Field::Margin, &form.margin, Unit::Money);
        let leverage = self.number(Field::Leverage, &form.leverage, Unit::Leverage);
        let entry = entry.filter(|_| self.problems.len() == before)?;
        let size = Size::from(terms, entry, quantity, notional, margin, leverage);
        self.keep(size)
    }

    /// A rate of her own, else the rules that are known.
    pub(super) fn rules(
        &mut self,
        own_rate: &str,
        account: Option<&AccountFacts>,
        known: Option<Rules>,
    ) -> Option<Rules> {
        match (self.number(Field::Rate, own_rate, Unit::Percent), known) {
            (Some(percent), known) => {
                let rules = flat_rules(percent, account, known.as_ref());
                self.keep(rules)
            }
            (None, Some(known)) => Some(known),
            (None, None) => {
                if !self.is_wrong(Field::Rate) {
                    self.say(
                        Field::Rate,
                        "The venue's maintenance for this market is not known here. \
                         Write its rate in percent, like 0.5.",
                    );
                }
                None
            }
        }
    }
}

impl TicketForm {
    /// Reads the form.
    ///
    /// Of notional (or quantity), margin and leverage any two give the third. `rules` answers
    /// what the account asks for a market, if it is known; `held` is the position it is about,
    /// for any intent but open.
    ///
    /// # Errors
    /// One problem for each field that is missing, unreadable or at odds with another.
    pub fn read(
        &self,
        account: Option<&AccountFacts>,
        held: Option<&PositionFacts>,
        rules: &dyn Fn(&Symbol) -> Option<Rules>,
    ) -> Result<Ticket, Vec<FieldProblem>> {
        let mut sheet = Sheet::default();
        if account.is_none() {
            sheet.say(Field::Account, "Choose the account this trade is for.");
        }
        let ticket = match self.intent {
            Intent::Open => self.read_open(&mut sheet, account, rules),
            _ => self.read_held(&mut sheet, account, held),
        };
        match ticket {
            Some(ticket) if sheet.problems.is_empty() => Ok(ticket),
            _ => Err(sheet.problems),
        }
    }

    fn read_open(
        &self,
        sheet: &mut Sheet,
        account: Option<&AccountFacts>,
        rules: &dyn Fn(&Symbol) -> Option<Rules>,
    ) -> Option<Ticket> {
        let collateral = account.map_or("", |a| a.collateral.as_str());
        let symbol = Symbol::read(&self.symbol, collateral);
        if symbol.is_none() {
            sheet.say(Field::Symbol, "Write the market, like BTC/USDT.");
        }
        if self.side.is_none() {
            sheet.say(Field::Side, "Choose long or short.");
        }
        let missing = "Write the price at which you would open.";
        let entry = sheet.needed(Field::Entry, &self.entry, Unit::Price, missing);
        let mark = sheet.number(Field::Mark, &self.mark, Unit::Price);
        let known = symbol.as_ref().and_then(rules);
        let in_the_coin = symbol.as_ref().is_some_and(|s| s.base() == collateral);
        let inverse = known
            .as_ref()
            .is_some_and(|rules| rules.terms.contract == Contract::Inverse);
        if in_the_coin && !inverse {
            sheet.say(
                Field::Symbol,
                "This market is settled in the coin. Write its rules under Account first, \
                 with the face value of a contract.",
            );
        }
        let terms = known
            .as_ref()
            .map_or_else(Terms::default, |known| known.terms);
        let size = sheet.size(self, terms, entry);
        let rules = symbol
            .as_ref()
            .and_then(|_| sheet.rules(&self.own_rate, account, known));
        let (account, size, entry) = (account?, size?, entry?);
        Some(Ticket {
            account: account.id,
            account_name: account.name.clone(),
            venue: account.venue.clone(),
            collateral: account.collateral.clone(),
            intent: Intent::Open,
            symbol: symbol?,
            contract: terms.contract,
            contract_size: terms.size,
            side: self.side?,
            mode: self.mode,
            quantity: Quantity::new(size.quantity),
            entry: Price::new(entry),
            mark: mark.map(Price::new),
            leverage: size.leverage,
            margin: Money::new(size.margin),
            fees: account.fees,
            rules: rules?,
            held: None,
        })
    }

    /// The size as far as it can be said from what is typed: for the line under the fields.
    pub fn size_so_far(&self, terms: Terms) -> Option<Size> {
        let number = |text: &str, unit| match read(text, unit) {
            Reading::Exact(number) if number.value > Decimal::ZERO => Some(number.value),
            _ => None,
        };
        Size::from(
            terms,
            number(&self.entry, Unit::Price)?,
            number(&self.quantity, Unit::Quantity),
            number(&self.notional, Unit::Money),
            number(&self.margin, Unit::Money),
            number(&self.leverage, Unit::Leverage),
        )
        .ok()
    }
}

/// One flat rate, in percent, valued as the account's venue does; tick, lot and terms stay those
/// that are known.
///
/// # Errors
/// Where the rate is 100 % or more.
pub fn flat_rules(
    percent: Decimal,
    account: Option<&AccountFacts>,
    found: Option<&Rules>,
) -> Result<Rules, FieldProblem> {
    if percent >= Decimal::ONE_HUNDRED {
        return Err(FieldProblem::new(
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
        terms: found.map_or_else(Terms::default, |rules| rules.terms),
    })
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;

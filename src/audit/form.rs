//! The ticket as typed, and how it is read: once, at the edge.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::number::{Reading, Unit, format, read};
use super::{AccountId, Rules, Symbol, Ticket};
use crate::engine::{
    Basis, Contract, Fees, Intent, Mode, Money, Price, Quantity, Rate, Schedule, Side, Tier,
};

/// A field that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The account.
    Account,
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
}

/// The ticket as typed. Empty fields are empty strings; nothing is filled in beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TicketForm {
    /// The account chosen.
    pub account: Option<AccountId>,
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

/// What no other field can stand in for, and what is asked where it is missing.
const REQUIRED: [(Field, &str); 4] = [
    (Field::Account, "Choose the account this trade is for."),
    (Field::Symbol, "Write the market, like BTC/USDT."),
    (Field::Side, "Choose long or short."),
    (Field::Entry, "Write the price at which you would open."),
];

impl TicketForm {
    /// Reads the form.
    ///
    /// Of notional (or quantity), margin and leverage any two give the third. `rules` answers
    /// what the account asks for a market, if it is known.
    ///
    /// # Errors
    /// One problem for each field that is missing, unreadable or at odds with another.
    pub fn read(
        &self,
        account: Option<&AccountFacts>,
        rules: &dyn Fn(&Symbol) -> Option<Rules>,
    ) -> Result<Ticket, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut number = |field, text: &str, unit| {
            above_zero(field, text, unit).unwrap_or_else(|problem| {
                problems.push(problem);
                None
            })
        };
        let entry = number(Field::Entry, &self.entry, Unit::Price);
        let mark = number(Field::Mark, &self.mark, Unit::Price);
        let quantity = number(Field::Quantity, &self.quantity, Unit::Quantity);
        let notional = number(Field::Notional, &self.notional, Unit::Money);
        let margin = number(Field::Margin, &self.margin, Unit::Money);
        let leverage = number(Field::Leverage, &self.leverage, Unit::Leverage);
        let own_rate = number(Field::Rate, &self.own_rate, Unit::Percent);

        let collateral = account.map_or("", |a| a.collateral.as_str());
        let symbol = Symbol::read(&self.symbol, collateral);
        let no_entry = entry.is_none() && !is_wrong(Field::Entry, &problems);
        let gaps = [
            account.is_none(),
            symbol.is_none(),
            self.side.is_none(),
            no_entry,
        ];
        problems.extend(
            REQUIRED
                .into_iter()
                .zip(gaps)
                .filter(|(_, is_missing)| *is_missing)
                .map(|((field, ask), _)| FieldProblem::new(field, ask)),
        );
        let sizes = [
            Field::Quantity,
            Field::Notional,
            Field::Margin,
            Field::Leverage,
        ];
        let amounts = match entry {
            Some(entry) if !sizes.iter().any(|f| is_wrong(*f, &problems)) => {
                match Size::from(entry, quantity, notional, margin, leverage) {
                    Ok(size) => Some(size),
                    Err(problem) => {
                        problems.push(problem);
                        None
                    }
                }
            }
            _ => None,
        };
        let found = symbol.as_ref().and_then(rules);
        let rules = match rules_of(own_rate, found, symbol.is_some()) {
            Ok(rules) => rules,
            Err(problem) => {
                // What is wrong with the rate itself is said already.
                if !is_wrong(Field::Rate, &problems) {
                    problems.push(problem);
                }
                None
            }
        };
        let (
            Some(account),
            Some(symbol),
            Some(side),
            Some(entry),
            Some(amounts),
            Some(rules),
            true,
        ) = (
            account,
            symbol,
            self.side,
            entry,
            amounts,
            rules,
            problems.is_empty(),
        )
        else {
            return Err(problems);
        };
        Ok(Ticket {
            account: account.id,
            account_name: account.name.clone(),
            venue: account.venue.clone(),
            collateral: account.collateral.clone(),
            intent: Intent::Open,
            symbol,
            contract: Contract::Linear,
            contract_size: Decimal::ONE,
            side,
            mode: self.mode,
            quantity: Quantity::new(amounts.quantity),
            entry: Price::new(entry),
            mark: mark.map(Price::new),
            leverage: amounts.leverage,
            margin: Money::new(amounts.margin),
            fees: account.fees,
            rules,
        })
    }

    /// The size as far as it can be said from what is typed: for the line under the fields.
    pub fn size_so_far(&self) -> Option<Size> {
        let number = |text: &str, unit| match read(text, unit) {
            Reading::Exact(number) if number.value > Decimal::ZERO => Some(number.value),
            _ => None,
        };
        Size::from(
            number(&self.entry, Unit::Price)?,
            number(&self.quantity, Unit::Quantity),
            number(&self.notional, Unit::Money),
            number(&self.margin, Unit::Money),
            number(&self.leverage, Unit::Leverage),
        )
        .ok()
    }
}

/// The maintenance that counts: a rate of one's own before what is known for the market. Without
/// a market nothing is asked, since the market itself is missing.
fn rules_of(
    own_percent: Option<Decimal>,
    known: Option<Rules>,
    has_market: bool,
) -> Result<Option<Rules>, FieldProblem> {
    match (own_percent, known) {
        (Some(percent), known) => flat(percent, known.as_ref()).map(Some),
        (None, Some(known)) => Ok(Some(known)),
        (None, None) if has_market => Err(FieldProblem::new(
            Field::Rate,
            "The venue's maintenance for this market is not known here. \
             Write its rate in percent, like 0.5.",
        )),
        (None, None) => Ok(None),
    }
}

fn above_zero(field: Field, text: &str, unit: Unit) -> Result<Option<Decimal>, FieldProblem> {
    match typed_number(field, text, unit)? {
        Some(value) if value <= Decimal::ZERO => {
            Err(FieldProblem::new(field, "This is a number above zero."))
        }
        read => Ok(read),
    }
}

fn is_wrong(field: Field, problems: &[FieldProblem]) -> bool {
    problems.iter().any(|p| p.field == field)
}

/// Quantity, notional, margin and leverage that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// In base.
    pub quantity: Decimal,
    /// Quantity × entry, in quote.
    pub notional: Decimal,
    /// Notional / leverage, in collateral.
    pub margin: Decimal,
    /// Notional / margin.
    pub leverage: Decimal,
}

impl Size {
    /// Any two of notional (written, or quantity × entry), margin and leverage give the third.
    fn from(
        entry: Decimal,
        quantity: Option<Decimal>,
        notional: Option<Decimal>,
        margin: Option<Decimal>,
        leverage: Option<Decimal>,
    ) -> Result<Self, FieldProblem> {
        let too_large =
            |field| FieldProblem::new(field, "These numbers are too large to multiply.");
        let by_quantity = match quantity {
            Some(q) => Some(
                q.checked_mul(entry)
                    .ok_or_else(|| too_large(Field::Quantity))?,
            ),
            None => None,
        };
        let by_margin = match (margin, leverage) {
            (Some(m), Some(l)) => Some(m.checked_mul(l).ok_or_else(|| too_large(Field::Margin))?),
            _ => None,
        };
        let given = [by_quantity, notional, by_margin];
        let Some(notional_value) = given.into_iter().flatten().next() else {
            return Err(FieldProblem::new(
                Field::Quantity,
                "Write how much: the quantity, the notional, or margin and leverage.",
            ));
        };
        for (field, other) in [(Field::Notional, notional), (Field::Margin, by_margin)] {
            if let Some(other) = other
                && !agree(notional_value, other)
            {
                return Err(FieldProblem::new(
                    field,
                    format!(
                        "This makes a notional of {}, the fields before it make {}. \
                         Leave one of them empty.",
                        format(other),
                        format(notional_value)
                    ),
                ));
            }
        }
        let quantity = match quantity {
            Some(quantity) => quantity,
            None => notional_value
                .checked_div(entry)
                .ok_or_else(|| too_large(Field::Notional))?
                .round_dp_with_strategy(12, rust_decimal::RoundingStrategy::ToZero),
        };
        let (margin, leverage) = match (margin, leverage) {
            (Some(margin), Some(leverage)) => (Some(margin), Some(leverage)),
            (Some(margin), None) => (Some(margin), notional_value.checked_div(margin)),
            (None, Some(leverage)) => (notional_value.checked_div(leverage), Some(leverage)),
            (None, None) => {
                return Err(FieldProblem::new(
                    Field::Leverage,
                    "Write the leverage, or the margin you would assign.",
                ));
            }
        };
        match (margin, leverage) {
            (Some(margin), Some(leverage)) if quantity > Decimal::ZERO => Ok(Self {
                quantity,
                notional: notional_value,
                margin,
                leverage,
            }),
            _ => Err(FieldProblem::new(
                Field::Leverage,
                "These numbers are too far apart to divide.",
            )),
        }
    }
}

/// Whether two notionals are the same but for the rounding of what was typed: within 0.1 %.
fn agree(a: Decimal, b: Decimal) -> bool {
    let thousandth = a
        .checked_div(Decimal::ONE_THOUSAND)
        .unwrap_or(Decimal::ZERO);
    a.checked_sub(b)
        .is_some_and(|difference| difference.abs() <= thousandth)
}

/// One flat rate, in percent, as a schedule; tick and lot stay those that are known.
fn flat(percent: Decimal, found: Option<&Rules>) -> Result<Rules, FieldProblem> {
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
            basis: Basis::AtSolvedPrice,
            close_fee: Rate::new(Decimal::ZERO),
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

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;

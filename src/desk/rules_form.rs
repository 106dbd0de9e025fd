//! What a venue asks for one market as typed, and how it is read: a flat rate or tiers, when they
//! are valued, tick and lot. For window and terminal alike.

use rust_decimal::Decimal;

use super::account_form::{fraction, needed, typed};
use crate::audit::number::{Unit, format_unmistakably};
use crate::audit::{
    AccountId, Field, FieldProblem, Rules, Symbol, Terms, WRITE_THE_MARKET, Within, flat_rules,
};
use crate::engine::{Basis, Contract, Money, Price, Rate, Schedule, Tier};
use crate::interchange::venues::with_continuous_amounts;
use crate::record::{Account, AccountSet, Book};

/// One market's rules as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct RulesForm {
    /// Whose rules they are.
    pub account: AccountId,
    /// The market.
    pub symbol: String,
    /// One rate in percent, or one tier a line: floor, rate in percent, amount.
    pub tiers: String,
    /// When the venue values the requirement.
    pub basis: Option<Basis>,
    /// The taker fee counted in the requirement, in percent.
    pub close_fee: String,
    /// The smallest step of a price.
    pub tick: String,
    /// The smallest step of a quantity.
    pub lot: String,
    /// Linear or inverse.
    pub contract: Option<Contract>,
    /// The face value of an inverse contract, in quote currency.
    pub face: String,
}

impl RulesForm {
    /// An empty form.
    pub fn of(account: &Account) -> Self {
        Self {
            account: account.set.account,
            symbol: String::new(),
            tiers: String::new(),
            basis: Some(account.set.requirement.basis),
            close_fee: close_fee(account),
            tick: String::new(),
            lot: String::new(),
            contract: Some(Contract::Linear),
            face: String::new(),
        }
    }

    /// What the tick is held against where it can be read in two ways: the last price.
    pub fn tick_within(&self, book: &Book) -> Within {
        let account = book.account(self.account);
        let symbol = account.and_then(|a| Symbol::read(&self.symbol, &a.set.collateral));
        let last = symbol.and_then(|symbol| book.last_price(&symbol));
        Within::at_most(last.map(Price::get))
    }

    /// Reads the form: the account with these rules.
    ///
    /// # Errors
    /// The first field that does not stand.
    pub fn read(&self, book: &Book) -> Result<AccountSet, FieldProblem> {
        let account = book
            .account(self.account)
            .ok_or_else(|| FieldProblem::new(Field::Account, "This account is not known."))?;
        let symbol = Symbol::read(&self.symbol, &account.set.collateral)
            .ok_or_else(|| FieldProblem::new(Field::Symbol, WRITE_THE_MARKET))?;
        let close_fee = typed(
            "The fee in the requirement",
            &self.close_fee,
            Unit::Percent,
            Within::PERCENT,
        )?
        .unwrap_or_default();
        let mut rules = tiers(&self.tiers, account)?;
        rules.schedule.basis = self.basis.unwrap_or(Basis::AtSolvedPrice);
        rules.schedule.close_fee = Rate::new(fraction(close_fee));
        let tick = typed("The tick", &self.tick, Unit::Price, self.tick_within(book))?;
        rules.tick = positive("The tick", tick)?;
        let lot = typed("The lot", &self.lot, Unit::Quantity, Within::ANYWHERE)?;
        rules.lot = positive("The lot", lot)?;
        rules.terms = match self.contract {
            Some(Contract::Inverse) => Terms {
                contract: Contract::Inverse,
                size: needed("The face value", &self.face, Unit::Money, Within::ANYWHERE)?,
            },
            Some(Contract::Linear) | None => Terms::default(),
        };
        let mut set = account.set.clone();
        set.rules.insert(symbol, rules);
        Ok(set)
    }
}

fn positive(what: &str, value: Option<Decimal>) -> Result<Option<Decimal>, FieldProblem> {
    match value {
        Some(value) if value <= Decimal::ZERO => Err(FieldProblem::new(
            Field::Other,
            format!("{what} is a number above zero."),
        )),
        other => Ok(other),
    }
}

/// The fee that the account's venue counts in the requirement, as it would be written.
fn close_fee(account: &Account) -> String {
    let percent = account
        .facts()
        .close_fee
        .get()
        .checked_mul(Decimal::ONE_HUNDRED)
        .unwrap_or_default();
    if percent.is_zero() {
        String::new()
    } else {
        format_unmistakably(percent)
    }
}

/// One line is a flat rate; several are tiers: floor, rate in percent, amount.
fn tiers(text: &str, account: &Account) -> Result<Rules, FieldProblem> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    match lines.as_slice() {
        [] => Err(FieldProblem::new(
            Field::Rate,
            "Write one rate, or one tier a line.",
        )),
        [one] if !one.contains(char::is_whitespace) => {
            let percent =
                typed("The rate", one, Unit::Percent, Within::PERCENT)?.unwrap_or_default();
            flat_rules(percent, Some(&account.facts()), None)
        }
        many => {
            let mut tiers: Vec<Tier> = Vec::with_capacity(many.len());
            for line in many {
                tiers.push(tier(line, &tiers)?);
            }
            Ok(Rules {
                label: format!("your own, {} tiers", tiers.len()),
                schedule: Schedule {
                    basis: Basis::AtSolvedPrice,
                    close_fee: Rate::new(Decimal::ZERO),
                    tiers,
                },
                tick: None,
                lot: None,
                terms: Terms::default(),
            })
        }
    }
}

/// One tier. Where a number can be read in two ways, its floor lies above the one before, and its
/// amount is about the one with which the requirement does not jump.
fn tier(line: &str, before: &[Tier]) -> Result<Tier, FieldProblem> {
    let parts: Vec<&str> = line
        .split(['\t', ';', ' '])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let [floor, rate, amount] = parts.as_slice() else {
        return Err(FieldProblem::new(
            Field::Rate,
            format!(
                "“{line}” is not a tier. Write floor, rate in percent and amount, like 50000 0.5 50."
            ),
        ));
    };
    let number = |what: &str, text: &str, unit, within| {
        Ok::<_, FieldProblem>(typed(what, text, unit, within)?.unwrap_or_default())
    };
    let above = Within::ANYWHERE.at_least(before.last().map(|tier| tier.floor.get()));
    let floor = number("A floor", floor, Unit::Money, above)?;
    let rate = fraction(number("A rate", rate, Unit::Percent, Within::PERCENT)?);
    let tier = |amount| Tier {
        floor: Money::new(floor),
        rate: Rate::new(rate),
        amount: Money::new(amount),
        max_leverage: None,
    };
    let until_here = [before, &[tier(Decimal::ZERO)]].concat();
    let smooth = with_continuous_amounts(&until_here)
        .and_then(|tiers| tiers.last().map(|tier| tier.amount.get()));
    let amount = number("An amount", amount, Unit::Money, Within::ten_times(smooth))?;
    Ok(tier(amount))
}

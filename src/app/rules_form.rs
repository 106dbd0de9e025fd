//! What a venue asks for one market as typed, and how it is read: published tiers, a flat rate or
//! tiers of her own, when they are valued, how contracts are counted, tick and lot. What is left
//! empty stays as it is known.

use rust_decimal::Decimal;

use super::account_form::{about, fraction, needed, typed};
use crate::audit::flat_rules;
use crate::engine::{Basis, Contract, Money, Price, Rate, Schedule, Tier};
use crate::input::number::Unit;
use crate::input::{Field, FieldError, FormValue, NumberBounds, WRITE_THE_MARKET};
use crate::interchange::venues::{venue_named, with_continuous_amounts};
use crate::market::{AccountId, Rules, Symbol, Terms};
use crate::record::{Account, AccountSet, State};
use crate::wording::account as wording;

/// One market's rules as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesForm {
    /// Whose rules they are.
    pub account: AccountId,
    /// What is written and chosen: the market, whether its published tiers are taken, else one
    /// rate in percent or one tier a line (floor, rate in percent, amount), and what else of it is
    /// not as it is known.
    pub value: FormValue,
}

impl RulesForm {
    /// An empty form.
    pub fn of(account: AccountId) -> Self {
        Self {
            account,
            value: FormValue::default(),
        }
    }

    pub fn of_market(account: AccountId, market: &str) -> Self {
        let mut form = Self::of(account);
        form.value.write(Field::Symbol, market);
        form
    }

    /// The market that is typed.
    pub fn market(&self, state: &State) -> Option<Symbol> {
        let collateral = &state.account(self.account)?.set.collateral;
        Symbol::read(self.value.text(Field::Symbol), collateral)
    }

    /// Its rules until now.
    pub fn known(&self, state: &State) -> Option<Rules> {
        state.account(self.account)?.rules(&self.market(state)?)
    }

    /// What the venue has published for it.
    pub fn example(&self, state: &State) -> Option<Rules> {
        let set = &state.account(self.account)?.set;
        let mut rules = venue_named(&set.venue)?.rules_with(set.fees);
        rules.remove(&self.market(state)?)
    }

    /// The same where it is taken: as chosen, else where no other is known and none is written.
    pub(super) fn published(&self, state: &State) -> Option<Rules> {
        let example = self.example(state)?;
        let other = || self.known(state).filter(|k| k.schedule != example.schedule);
        let usual = || self.value.is_empty(Field::Rate) && other().is_none();
        let is_taken = self.value.is_first(Field::Published);
        is_taken.unwrap_or_else(usual).then_some(example)
    }

    /// How it is settled: as chosen, as known, else in the coin, which is the account's own.
    pub(super) fn settled(&self, state: &State) -> Contract {
        let usual = || {
            let (account, symbol) = state.account(self.account).zip(self.market(state))?;
            let known = account.terms(&symbol);
            Some(known.map_or(Contract::Inverse, |terms| terms.contract))
        };
        let options = wording::SETTLED.map(|(contract, _)| contract);
        let chosen = self.value.one_of(Field::Settled, &options);
        chosen.or_else(usual).unwrap_or(Contract::Linear)
    }

    /// When its requirement is valued: as chosen, as published or known, else as the account's
    /// venue does.
    pub(super) fn valued(&self, state: &State) -> Basis {
        let chosen = self.value.one_of(Field::Basis, &wording::VALUED);
        let known = || self.published(state).or_else(|| self.known(state));
        let account = || state.account(self.account).map(|a| a.set.requirement.basis);
        chosen
            .or_else(|| Some(known()?.schedule.basis))
            .or_else(account)
            .unwrap_or(Basis::AtSolvedPrice)
    }

    /// The fee that counts in its requirement where none is written.
    pub(super) fn usual_close_fee(&self, state: &State) -> Rate {
        let known = self.published(state).or_else(|| self.known(state));
        let account = || Some(state.account(self.account)?.facts().close_fee);
        let known = known.map(|rules| rules.schedule.close_fee);
        known.or_else(account).unwrap_or(Rate::ZERO)
    }

    /// What the tick is held against where it can be read in two ways: the last price.
    pub fn tick_within(&self, state: &State) -> NumberBounds {
        let last = self
            .market(state)
            .and_then(|symbol| state.last_price(&symbol));
        NumberBounds::at_most(last.map(Price::get))
    }

    /// Reads the form: the account with these rules.
    ///
    /// # Errors
    /// The first field that does not stand.
    pub fn read(&self, state: &State) -> Result<AccountSet, FieldError> {
        let account = state
            .account(self.account)
            .ok_or_else(|| FieldError::new(Field::Account, "This account is not known."))?;
        let symbol = self
            .market(state)
            .ok_or_else(|| FieldError::new(Field::Symbol, WRITE_THE_MARKET))?;
        let known = self.known(state);
        let written = self.value.text(Field::Rate);
        let mut rules = match (self.published(state), written.trim().is_empty(), &known) {
            (Some(published), _, _) => published,
            (None, true, Some(known)) => known.clone(),
            (None, _, _) => tiers(written, account)?,
        };
        let terms = self.terms(state, account.terms(&symbol))?;
        let number = |field, what, unit, within| {
            typed(what, self.value.text(field), unit, within).map_err(about(field))
        };
        let close_fee = number(
            Field::CloseFee,
            "The fee in the requirement",
            Unit::Percent,
            NumberBounds::PERCENT,
        )?;
        let within = self.tick_within(state);
        let tick = number(Field::Tick, "The tick", Unit::Price, within)?;
        let lot = number(
            Field::Lot,
            "The lot",
            Unit::Quantity,
            NumberBounds::ANYWHERE,
        )?;
        rules.schedule.basis = self.valued(state);
        let usual = || self.usual_close_fee(state);
        rules.schedule.close_fee = close_fee.map_or_else(usual, |fee| Rate::new(fraction(fee)));
        let known = known.as_ref();
        rules.tick = tick.or(rules.tick).or(known.and_then(|rules| rules.tick));
        rules.lot = lot.or(rules.lot).or(known.and_then(|rules| rules.lot));
        let mut set = account.set.clone();
        set.contracts.insert(symbol.clone(), terms);
        set.rules.insert(symbol, rules);
        Ok(set)
    }

    fn terms(&self, state: &State, known: Option<Terms>) -> Result<Terms, FieldError> {
        let contract = self.settled(state);
        let known = known.filter(|terms| terms.contract == contract);
        let written = self.value.text(Field::ContractSize);
        let typed = |what| {
            needed(what, written, Unit::Money, NumberBounds::ANYWHERE)
                .map_err(about(Field::ContractSize))
        };
        let size = match (contract, known, written.trim().is_empty()) {
            (_, Some(known), true) => known.size,
            (Contract::Linear, None, true) => Decimal::ONE,
            (Contract::Linear, _, false) => typed("The size of a contract")?,
            (Contract::Inverse, _, _) => typed("The face value")?,
        };
        Ok(Terms { contract, size })
    }
}

/// One line is a flat rate; several are tiers: floor, rate in percent, amount.
fn tiers(text: &str, account: &Account) -> Result<Rules, FieldError> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    match lines.as_slice() {
        [] => Err(FieldError::new(
            Field::Rate,
            "Write one rate, or one tier a line.",
        )),
        [one] if !one.contains(char::is_whitespace) => {
            let percent = typed("The rate", one, Unit::Percent, NumberBounds::PERCENT)
                .map_err(about(Field::Rate))?
                .unwrap_or_default();
            flat_rules(percent, Some(&account.facts()), None)
        }
        many => {
            let mut tiers: Vec<Tier> = Vec::with_capacity(many.len());
            for line in many {
                tiers.push(tier(line, &tiers).map_err(about(Field::Rate))?);
            }
            Ok(Rules {
                label: format!("your own, {} tiers", tiers.len()),
                schedule: Schedule {
                    basis: Basis::AtSolvedPrice,
                    close_fee: Rate::ZERO,
                    tiers,
                },
                tick: None,
                lot: None,
            })
        }
    }
}

/// One tier. Where a number can be read in two ways, its floor lies above the one before, and its
/// amount is about the one with which the requirement does not jump.
fn tier(line: &str, before: &[Tier]) -> Result<Tier, FieldError> {
    let parts: Vec<&str> = line
        .split(['\t', ';', ' '])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let [floor, rate, amount] = parts.as_slice() else {
        return Err(FieldError::new(
            Field::Rate,
            format!(
                "“{line}” is not a tier. Write floor, rate in percent and amount, like 50000 0.5 50."
            ),
        ));
    };
    let number = |what: &str, text: &str, unit, within| {
        Ok::<_, FieldError>(typed(what, text, unit, within)?.unwrap_or_default())
    };
    let above = NumberBounds::ANYWHERE.at_least(before.last().map(|tier| tier.floor.get()));
    let floor = number("A floor", floor, Unit::Money, above)?;
    let rate = fraction(number(
        "A rate",
        rate,
        Unit::Percent,
        NumberBounds::PERCENT,
    )?);
    let tier = |amount| Tier {
        floor: Money::new(floor),
        rate: Rate::new(rate),
        amount: Money::new(amount),
        max_leverage: None,
    };
    let until_here = [before, &[tier(Decimal::ZERO)]].concat();
    let smooth = with_continuous_amounts(&until_here)
        .and_then(|tiers| tiers.last().map(|tier| tier.amount.get()));
    let amount = number(
        "An amount",
        amount,
        Unit::Money,
        NumberBounds::ten_times(smooth),
    )?;
    Ok(tier(amount))
}

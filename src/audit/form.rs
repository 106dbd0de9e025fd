//! The ticket as typed, and how it is read: once, at the edge.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::form_reader::FormReader;
use super::{AccountId, PositionId, Rules, Symbol, Terms, Ticket, TicketContext};
use crate::engine::{
    Basis, Contract, Fees, Intent, Mode, Money, Price, Quantity, Rate, Schedule, Side, Tier,
};
use crate::input::number::format;
use crate::input::{CHOOSE_A_SIDE, Field, FieldError, SETTLED_IN_THE_COIN, WRITE_THE_MARKET};

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
    /// Wallet and open profit at the marks, in collateral; none where it cannot be valued.
    pub equity: Option<Decimal>,
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
    /// Whether what is opened or added is an experiment.
    pub experiment: bool,
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
            experiment: false,
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

impl TicketForm {
    /// Reads the form.
    ///
    /// Of notional (or quantity), margin and leverage any two give the third. A number that can
    /// be read in two ways is taken as the one that can stand beside what is known, if only one
    /// can.
    ///
    /// # Errors
    /// One problem for each field that is missing, unreadable or at odds with another.
    pub fn read(&self, known: TicketContext<'_>) -> Result<Ticket, Vec<FieldError>> {
        let mut sheet = FormReader::of(self, known);
        if known.account.is_none() {
            sheet.say(Field::Account, "Choose the account this trade is for.");
        }
        let ticket = match self.intent {
            Intent::Open => self.read_open(&mut sheet, known),
            _ => self.read_held(&mut sheet, known),
        };
        match ticket {
            Some(ticket) if sheet.problems.is_empty() => Ok(ticket),
            _ => Err(sheet.problems),
        }
    }

    /// Whether the ticket is about an experiment. It is tagged where something is opened or added;
    /// a position that was entered as one stays one until it is closed.
    pub fn is_experiment(&self, known: TicketContext<'_>) -> bool {
        let tagged = self.experiment && self.intent.is_filled();
        tagged || self.was_entered_as_one(known)
    }

    /// Whether the position that the ticket is about was entered as an experiment.
    pub fn was_entered_as_one(&self, known: TicketContext<'_>) -> bool {
        let held = known.held.filter(|_| self.intent != Intent::Open);
        held.is_some_and(|held| held.experiment)
    }

    /// The mode that the ticket is to stand in; none where no position is chosen.
    pub fn stands_in(&self, known: TicketContext<'_>) -> Option<Mode> {
        let held = known.held.map(|held| held.backing.mode());
        match self.intent {
            Intent::Open => Some(self.mode),
            Intent::SwitchMode => held.map(Mode::other),
            _ => held,
        }
    }

    fn read_open(&self, sheet: &mut FormReader<'_>, around: TicketContext<'_>) -> Option<Ticket> {
        let collateral = around.collateral();
        let symbol = around.symbol(&self.symbol);
        if symbol.is_none() {
            sheet.say(Field::Symbol, WRITE_THE_MARKET);
        }
        if self.side.is_none() {
            sheet.say(Field::Side, CHOOSE_A_SIDE);
        }
        let missing = "Write the price at which you would open.";
        let entry = sheet.needed(Field::Entry, missing);
        let mark = sheet.number(Field::Mark);
        let known = symbol.as_ref().and_then(around.rules);
        if symbol
            .as_ref()
            .is_some_and(|symbol| lacks_terms(symbol, collateral, known.as_ref()))
        {
            sheet.say(Field::Symbol, SETTLED_IN_THE_COIN);
        }
        let terms = known
            .as_ref()
            .map_or_else(Terms::default, |known| known.terms);
        let size = sheet.size(terms, entry);
        let rules = symbol.as_ref().and_then(|_| sheet.rules(known));
        let (account, size, entry) = (around.account?, size?, entry?);
        Some(Ticket {
            account: account.id,
            account_name: account.name.clone(),
            venue: account.venue.clone(),
            collateral: account.collateral.clone(),
            intent: Intent::Open,
            experiment: self.is_experiment(around),
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
}

/// Whether a market is settled in the coin and its rules do not say how its contracts are counted:
/// no number of it could be told then.
pub fn lacks_terms(symbol: &Symbol, collateral: &str, rules: Option<&Rules>) -> bool {
    let inverse = rules.is_some_and(|rules| rules.terms.contract == Contract::Inverse);
    symbol.base() == collateral && !inverse
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
        terms: found.map_or_else(Terms::default, |rules| rules.terms),
    })
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;

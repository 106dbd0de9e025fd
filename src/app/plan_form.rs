//! A plan as typed, and how it is read: for window and terminal alike.

use rust_decimal::Decimal;
use uuid::Uuid;

use crate::audit::Ticket;
use crate::engine::{Money, Price, Side};
use crate::input::FormErrors;
use crate::input::number::Unit;
use crate::input::{
    CHOOSE_A_SIDE, Field, FieldError, HIGHEST_LEVERAGE, NumberBounds, WRITE_THE_MARKET,
    typed_number,
};
use crate::journal::new_id;
use crate::market::{AccountId, Symbol};
use crate::promises::{Leg, PlanTerms, PlanUse};
use crate::record::State;

/// Where: the name of the field as it is said, and as problems find it. So are those below.
pub const ACCOUNT: &str = "Account";
/// In which market.
pub const MARKET: &str = "Market";
/// On which side.
pub const SIDE: &str = "Side";
/// What has to happen, and what is done then.
pub const TRIGGER: &str = "If … then …";
/// How much more may be put at stake.
pub const COLLATERAL: &str = "Most extra collateral";
/// What the account may lose by it.
pub const LOSS: &str = "The account loses at most";
/// Where it is over.
pub const STOP: &str = "Stop";
/// How much of a leg must stand.
pub const QUANTITY: &str = "Quantity";

/// An example of a trigger.
pub const TRIGGER_HINT: &str = "If it closes above 105,000 on the day, then I add once";
/// What the stop is.
pub const STOP_HINT: &str = "the price at which the idea is over";
/// What a leg is there for.
pub const LEG_NOTE: &str = "At least this much must stand when the plan is used.";

/// Everything that is typed and chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanForm {
    /// What it allows.
    pub allows: Option<PlanUse>,
    /// In which account.
    pub account: Option<AccountId>,
    /// In which market.
    pub market: String,
    /// On which side.
    pub side: Option<Side>,
    /// If this, then that.
    pub trigger: String,
    /// The most extra collateral.
    pub collateral: String,
    /// The most that the account loses.
    pub loss: String,
    /// Where the idea is over.
    pub stop: String,
    /// The legs of a hedged book.
    pub legs: Vec<LegForm>,
    /// What is wrong with it, once it was to be written.
    pub notes: FormErrors,
    /// Names the plan, so that pressing twice writes one.
    id: Uuid,
}

/// A leg as it is typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LegForm {
    /// In which market.
    pub market: String,
    /// On which side.
    pub side: Option<Side>,
    /// At least so much.
    pub quantity: String,
}

/// The name of a leg's field, counted from one: "Market of leg 1".
pub fn of_leg(what: &str, at: usize) -> String {
    format!("{what} of leg {}", at.saturating_add(1))
}

impl PlanForm {
    /// With nothing chosen but the first account.
    pub fn empty(state: &State) -> Self {
        Self {
            allows: Some(PlanUse::Cross),
            account: state.accounts().first().map(|a| a.set.account),
            market: String::new(),
            side: None,
            trigger: String::new(),
            collateral: String::new(),
            loss: String::new(),
            stop: String::new(),
            legs: Vec::new(),
            notes: FormErrors::default(),
            id: new_id(),
        }
    }

    /// For what a ticket wants: account, market and side are its facts; no number is taken over.
    pub fn of(allows: PlanUse, ticket: &Ticket) -> Self {
        Self {
            allows: Some(allows),
            account: Some(ticket.account),
            market: ticket.symbol.to_string(),
            side: Some(ticket.side),
            ..Self::empty(&State::default())
        }
    }

    /// The collateral of its account.
    pub fn unit<'a>(&self, state: &'a State) -> &'a str {
        let account = self.account.and_then(|id| state.account(id));
        account.map_or("", |account| account.set.collateral.as_str())
    }

    /// What its stop is counted in.
    pub fn quote(&self, state: &State) -> String {
        let symbol = Symbol::read(&self.market, self.unit(state));
        symbol.map_or_else(String::new, |symbol| symbol.quote().to_owned())
    }

    /// What the loss of the account is held against where it can be read in two ways. What else
    /// is put at stake may come from outside the account, so there is nothing for that.
    pub fn loss_within(&self, state: &State) -> NumberBounds {
        NumberBounds::at_most(self.equity(state))
    }

    /// And the stop: the last price of its market.
    pub fn stop_within(&self, state: &State) -> NumberBounds {
        let symbol = Symbol::read(&self.market, self.unit(state));
        let last = symbol.and_then(|symbol| state.last_price(&symbol));
        NumberBounds::ten_times(last.map(Price::get))
    }

    /// And the quantity of a leg in this market: what the account can carry.
    pub fn quantity_within(&self, market: &str, state: &State) -> NumberBounds {
        let account = self.account.and_then(|id| state.account(id));
        let symbol = Symbol::read(market, self.unit(state));
        let terms = || account?.terms(symbol.as_ref()?);
        let last = symbol.as_ref().and_then(|symbol| state.last_price(symbol));
        crate::audit::carried(
            self.equity(state),
            HIGHEST_LEVERAGE,
            terms().unwrap_or_default(),
            last.map(Price::get),
        )
    }

    fn equity(&self, state: &State) -> Option<Decimal> {
        let account = state.account(self.account?)?;
        account.equity().ok().map(Money::get)
    }

    /// The plan, once everything about it can be read.
    ///
    /// # Errors
    /// What is wrong with each field that does not stand.
    pub fn read(&self, state: &State) -> Result<PlanTerms, FormErrors> {
        let mut notes = FormErrors::default();
        let account = self.account.and_then(|id| state.account(id));
        if account.is_none() {
            notes.wrong(ACCOUNT, "Set up an account first; a plan is about one.");
        }
        let symbol = Symbol::read(&self.market, self.unit(state));
        if symbol.is_none() {
            notes.wrong(MARKET, WRITE_THE_MARKET);
        }
        if self.side.is_none() {
            notes.wrong(SIDE, CHOOSE_A_SIDE);
        }
        if self.trigger.trim().is_empty() {
            notes.wrong(
                TRIGGER,
                "Write the trigger: if this happens, then you do that.",
            );
        }
        let mut number = |name, typed, unit, within, may_be_zero| {
            let read = typed_number(Field::Other, typed, unit, within);
            amount(name, read, may_be_zero, &mut notes)
        };
        let collateral = number(
            COLLATERAL,
            &self.collateral,
            Unit::Money,
            NumberBounds::ANYWHERE,
            true,
        );
        let loss = number(
            LOSS,
            &self.loss,
            Unit::Money,
            self.loss_within(state),
            false,
        );
        let stop = number(
            STOP,
            &self.stop,
            Unit::Price,
            self.stop_within(state),
            false,
        );
        let legs = self.read_legs(state, &mut notes);
        let parts = (self.allows, account, symbol, self.side);
        let (Some(allows), Some(account), Some(symbol), Some(side)) = parts else {
            return Err(notes);
        };
        let (Some(collateral), Some(loss), Some(stop)) = (collateral, loss, stop) else {
            return Err(notes);
        };
        if !notes.is_empty() {
            return Err(notes);
        }
        Ok(PlanTerms {
            plan: self.id,
            allows,
            account: account.set.account.get(),
            account_name: account.set.name.clone(),
            symbol: symbol.to_string(),
            side,
            trigger: self.trigger.trim().to_owned(),
            collateral: Money::new(collateral),
            loss_limit: Money::new(loss),
            stop: Price::new(stop),
            legs,
        })
    }

    /// The legs, each with what is wrong with it.
    fn read_legs(&self, state: &State, notes: &mut FormErrors) -> Vec<Leg> {
        let mut read = Vec::new();
        for (at, leg) in self.legs.iter().enumerate() {
            let symbol = Symbol::read(&leg.market, self.unit(state));
            if symbol.is_none() {
                notes.wrong(of_leg(MARKET, at), WRITE_THE_MARKET);
            }
            if leg.side.is_none() {
                notes.wrong(of_leg(SIDE, at), CHOOSE_A_SIDE);
            }
            let within = self.quantity_within(&leg.market, state);
            let quantity = typed_number(Field::Other, &leg.quantity, Unit::Quantity, within);
            let quantity = amount(&of_leg(QUANTITY, at), quantity, false, notes);
            if let (Some(symbol), Some(side), Some(quantity)) = (symbol, leg.side, quantity) {
                read.push(Leg {
                    symbol: symbol.to_string(),
                    side,
                    quantity,
                });
            }
        }
        read
    }
}

/// A number as it was read, or what is wrong with it.
fn amount(
    name: &str,
    read: Result<Option<Decimal>, FieldError>,
    may_be_zero: bool,
    notes: &mut FormErrors,
) -> Option<Decimal> {
    match read {
        Ok(Some(value)) if value > Decimal::ZERO => Some(value),
        Ok(Some(value)) if value == Decimal::ZERO && may_be_zero => Some(value),
        Ok(None) if may_be_zero => {
            notes.wrong(
                name,
                "Write a number; 0 where nothing more is put at stake.",
            );
            None
        }
        Ok(_) => {
            notes.wrong(name, "Write a number above zero.");
            None
        }
        Err(problem) => {
            notes.wrong(name, problem.problem);
            None
        }
    }
}

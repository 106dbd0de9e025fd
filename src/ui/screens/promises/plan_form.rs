//! A plan that is to be written, as it is typed.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::notes::Notes;
use super::plan_legs::{self, LegForm};
use crate::audit::number::Unit;
use crate::audit::{AccountId, Field, Symbol, Ticket, typed_number};
use crate::engine::{Money, Price, Side};
use crate::promises::{PlanTerms, PlanUse};
use crate::record::Book;

/// The names of the fields, as they are said and as problems find them.
pub(super) const ACCOUNT: &str = "Account";
pub(super) const MARKET: &str = "Market";
pub(super) const SIDE: &str = "Side";
pub(super) const TRIGGER: &str = "If … then …";
pub(super) const COLLATERAL: &str = "Most extra collateral";
pub(super) const LOSS: &str = "The account loses at most";
pub(super) const STOP: &str = "Stop";

/// Everything that is typed and chosen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanForm {
    pub(super) allows: Option<PlanUse>,
    pub(super) account: Option<AccountId>,
    pub(super) market: String,
    pub(super) side: Option<Side>,
    pub(super) trigger: String,
    pub(super) collateral: String,
    pub(super) loss: String,
    pub(super) stop: String,
    pub(super) legs: Vec<LegForm>,
    /// What is wrong with it, once it was to be written.
    pub(super) notes: Notes,
    /// Names the plan, so that pressing twice writes one.
    id: Uuid,
}

impl PlanForm {
    /// With nothing chosen but the first account.
    pub(super) fn empty(book: &Book) -> Self {
        Self {
            allows: Some(PlanUse::Cross),
            account: book.accounts().first().map(|a| a.set.account),
            market: String::new(),
            side: None,
            trigger: String::new(),
            collateral: String::new(),
            loss: String::new(),
            stop: String::new(),
            legs: Vec::new(),
            notes: Notes::default(),
            id: Uuid::now_v7(),
        }
    }

    /// For what a ticket wants: account, market and side are its facts; no number is taken over.
    pub(super) fn of(allows: PlanUse, ticket: &Ticket) -> Self {
        Self {
            allows: Some(allows),
            account: Some(ticket.account),
            market: ticket.symbol.to_string(),
            side: Some(ticket.side),
            ..Self::empty(&Book::default())
        }
    }

    /// The collateral of its account.
    pub(super) fn unit<'a>(&self, book: &'a Book) -> &'a str {
        let account = self.account.and_then(|id| book.account(id));
        account.map_or("", |account| account.set.collateral.as_str())
    }

    /// The plan, once everything about it can be read.
    pub(super) fn read(&self, book: &Book) -> Result<PlanTerms, Notes> {
        let mut notes = Notes::default();
        let account = self.account.and_then(|id| book.account(id));
        if account.is_none() {
            notes.wrong(ACCOUNT, "Set up an account first; a plan is about one.");
        }
        let symbol = Symbol::read(&self.market, self.unit(book));
        if symbol.is_none() {
            notes.wrong(MARKET, "Write the market, like BTC/USDT.");
        }
        if self.side.is_none() {
            notes.wrong(SIDE, "Choose long or short.");
        }
        if self.trigger.trim().is_empty() {
            notes.wrong(
                TRIGGER,
                "Write the trigger: if this happens, then you do that.",
            );
        }
        let collateral = amount(COLLATERAL, &self.collateral, Unit::Money, true, &mut notes);
        let loss = amount(LOSS, &self.loss, Unit::Money, false, &mut notes);
        let stop = amount(STOP, &self.stop, Unit::Price, false, &mut notes);
        let legs = plan_legs::read(&self.legs, self.unit(book), &mut notes);
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
}

fn amount(
    name: &str,
    typed: &str,
    unit: Unit,
    may_be_zero: bool,
    notes: &mut Notes,
) -> Option<Decimal> {
    match typed_number(Field::Other, typed, unit) {
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

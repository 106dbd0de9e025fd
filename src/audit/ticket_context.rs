//! What is known around a ticket that is typed.

use std::fmt;

use rust_decimal::Decimal;

use crate::engine::{Basis, Fees, Price, Rate};
use crate::market::{AccountId, Position, PositionId, Rules, Symbol, Terms};

/// What the form needs to know of the account it is for.
#[derive(Clone, Debug)]
pub struct AccountFacts {
    pub id: AccountId,
    pub name: String,
    pub venue: String,
    pub collateral: String,
    pub fees: Fees,
    /// When its venue values a requirement, for a rate that is written by hand.
    pub basis: Basis,
    /// The fee to close that its venue counts in it; zero where it counts none.
    pub close_fee: Rate,
    /// Wallet and open profit at the marks, in collateral; none where it cannot be valued.
    pub equity: Option<Decimal>,
}

/// What the ticket form needs to know of the position it is about.
#[derive(Clone, Debug)]
pub struct PositionFacts {
    pub id: PositionId,
    pub position: Position,
    /// Whether it was entered as an experiment.
    pub experiment: bool,
}

/// What is known around a ticket that is typed.
#[derive(Clone, Copy)]
pub struct TicketContext<'a> {
    pub account: Option<&'a AccountFacts>,
    /// The position it is about, for any intent but open.
    pub held: Option<&'a PositionFacts>,
    /// What the account asks for a market.
    pub rules: &'a dyn Fn(&Symbol) -> Option<Rules>,
    /// How the account counts the contracts of a market; none where that has to be said.
    pub terms: &'a dyn Fn(&Symbol) -> Option<Terms>,
    /// The last price that was written of a market.
    pub last_price: &'a dyn Fn(&Symbol) -> Option<Price>,
}

impl TicketContext<'_> {
    /// The market that is typed, as this account completes it.
    pub(super) fn symbol(&self, typed: &str) -> Option<Symbol> {
        Symbol::read(typed, self.collateral())
    }

    pub(super) fn collateral(&self) -> &str {
        self.account.map_or("", |a| a.collateral.as_str())
    }
}

impl fmt::Debug for TicketContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known")
            .field("account", &self.account)
            .field("held", &self.held)
            .finish_non_exhaustive()
    }
}

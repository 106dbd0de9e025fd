//! What is known around a ticket that is typed.

use std::fmt;

use super::{AccountFacts, PositionFacts, Rules, Symbol};
use crate::engine::Price;

/// What is known around a ticket that is typed.
#[derive(Clone, Copy)]
pub struct TicketContext<'a> {
    /// The account it is for.
    pub account: Option<&'a AccountFacts>,
    /// The position it is about, for any intent but open.
    pub held: Option<&'a PositionFacts>,
    /// What the account asks for a market.
    pub rules: &'a dyn Fn(&Symbol) -> Option<Rules>,
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

//! What a ticket would do, and how a promise that stands against it is told.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::from_the_beginning::is_from_the_beginning;
use super::plan_terms::{Leg, PlanUse};
use super::promise::{Promise, Scope};
use crate::engine::{Mode, Money, Side};
use crate::market::{AccountId, LockId};

/// What is done to a position, as far as a promise is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Open,
    /// A position is made larger.
    Increase,
    /// Margin is added to an isolated position.
    AddMargin,
    /// The pool that backs a cross position is made larger.
    TopUp,
    /// An isolated position becomes a cross one.
    SwitchToCross,
    /// Margin is taken off an isolated position.
    RaiseLeverage,
    /// Reduce, close, lower leverage, cross → isolated: nothing stands against it.
    Lowers,
}

/// What a ticket would do, in the account as it stands.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts about the account, each by itself"
)]
pub struct ProposedAction {
    pub deed: Action,
    /// The mode it is done in, or leads to.
    pub mode: Mode,
    pub account: AccountId,
    /// Venue and collateral of that account, as [`place`](super::place) spells them.
    pub place: String,
    /// In which market, as `BASE/QUOTE`.
    pub symbol: String,
    pub side: Side,
    /// Notional over margin.
    pub leverage: Decimal,
    /// What more of the account it puts at stake at once, in collateral.
    pub collateral: Money,
    /// Whether the position it is about is losing.
    pub losing: bool,
    /// Whether an isolated position stands open in this market beside it.
    pub isolated_beside: bool,
    /// Whether one stands open in this market in another account.
    pub isolated_elsewhere: bool,
    /// Whether a position on the same side of this market is losing.
    pub losing_beside: bool,
    /// What else the account holds.
    pub legs: Vec<Leg>,
    /// What is at stake in each account; empty where nobody has valued it.
    pub at_stake: Vec<AtStake>,
}

/// What can be lost of an account at once: the worst cases of all that is open, together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtStake {
    pub account: AccountId,
    /// Its venue and collateral, as [`place`](super::place) spells them.
    pub place: String,
    /// As it stands, in collateral; none where it cannot be valued.
    pub before: Option<Money>,
    /// With the act done.
    pub after: Option<Money>,
}

/// Until when a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndsAt {
    /// For so many seconds yet.
    In(u64),
    WhileOpen,
    Always,
}

/// A promise that stands against an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub lock: LockId,
    pub promise: Promise,
    /// Over what.
    pub scope: Scope,
    /// What she wrote when calm; may be empty.
    pub words: String,
    /// Whether nothing was open then.
    pub flat: bool,
    /// When it was armed; none for one that holds from the beginning.
    pub armed_on: Option<DateTime<Utc>>,
    /// Until when.
    pub end: EndsAt,
    /// The instant of that, where it is one.
    pub until: Option<DateTime<Utc>>,
}

impl Violation {
    /// Whether it holds from the beginning: nobody has promised it.
    pub fn is_from_the_beginning(&self) -> bool {
        is_from_the_beginning(self.lock)
    }
}

impl ProposedAction {
    pub(super) fn market(&self) -> (AccountId, &str, &str) {
        (self.account, &self.place, &self.symbol)
    }

    /// What a plan would have to allow, where one is asked for.
    pub fn needs(&self) -> Option<PlanUse> {
        match self.deed {
            Action::Open | Action::Increase if self.mode == Mode::Cross => Some(PlanUse::Cross),
            Action::SwitchToCross => Some(PlanUse::Switch),
            Action::AddMargin | Action::TopUp if self.losing => Some(PlanUse::Rescue),
            Action::Open
            | Action::Increase
            | Action::AddMargin
            | Action::TopUp
            | Action::RaiseLeverage
            | Action::Lowers => None,
        }
    }
}

//! What happened lately that a promise counts: closes, losses, opens; and since when an account
//! is known.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::passing::DAY;
use super::promise::Scope;

/// A position that was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Names the line that says so.
    pub event: Uuid,
    /// Which position.
    pub position: Uuid,
    /// Where it stood.
    pub account: Uuid,
    /// Venue and collateral of that account, as [`place`](super::place) spells them.
    pub place: String,
    /// The market, as `BASE/QUOTE`.
    pub symbol: String,
    /// Whether it was isolated.
    pub isolated: bool,
    /// Whether it lost.
    pub lost: bool,
    /// Whether the venue closed it.
    pub liquidated: bool,
}

/// An open that was decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) audit: Uuid,
    pub(super) account: Uuid,
    pub(super) place: String,
    pub(super) symbol: String,
    pub(super) at: u64,
}

/// Nothing older counts for any promise.
const KEPT: u64 = 31 * DAY;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Recent {
    pub(super) closes: Vec<(u64, Close)>,
    pub(super) opens: Vec<Open>,
    /// The order in which accounts became known.
    accounts: BTreeMap<Uuid, u64>,
    /// When an open position was last heard of.
    heard: BTreeMap<Uuid, u64>,
}

impl Recent {
    pub(super) fn account(&mut self, account: Uuid, order: u64) {
        self.accounts.entry(account).or_insert(order);
    }

    pub(super) fn heard_of(&mut self, position: Uuid, at: u64) {
        self.heard.insert(position, at);
    }

    pub(super) fn last_heard_of(&self, position: Uuid) -> Option<u64> {
        self.heard.get(&position).copied()
    }

    pub(super) fn close(&mut self, close: Close, at: u64) {
        self.heard.remove(&close.position);
        self.closes
            .retain(|(closed, _)| at.saturating_sub(*closed) <= KEPT);
        self.closes.push((at, close));
    }

    pub(super) fn open(&mut self, open: Open) {
        let now = open.at;
        self.opens
            .retain(|open| now.saturating_sub(open.at) <= KEPT);
        self.opens.push(open);
    }

    /// Nothing of it happened later than this credited second.
    pub(super) fn not_after(&mut self, at: u64) {
        let times = self.closes.iter_mut().map(|(closed, _)| closed);
        let times = times.chain(self.opens.iter_mut().map(|open| &mut open.at));
        for time in times.chain(self.heard.values_mut()) {
            *time = at.min(*time);
        }
    }

    /// A decision to open came to nothing.
    pub(super) fn not_opened(&mut self, audit: Uuid) {
        self.opens.retain(|open| open.audit != audit);
    }

    /// Whether a promise of this place in the order is about this account and market.
    ///
    /// An account of the same venue and collateral is the same account, and so is one that
    /// became known only after the promise: another name must not be a way around it.
    pub(super) fn covers(
        &self,
        scope: &Scope,
        order: u64,
        (account, place, symbol): (Uuid, &str, &str),
    ) -> bool {
        let this_account = scope.account.as_ref().is_none_or(|named| {
            named.id == account || named.place == place || self.is_later(account, order)
        });
        let this_symbol = |named: &str| letters(named).eq(letters(symbol));
        this_account && scope.symbol.as_deref().is_none_or(this_symbol)
    }

    /// Whether an account became known only behind this place in the order.
    pub(super) fn is_later(&self, account: Uuid, order: u64) -> bool {
        self.accounts
            .get(&account)
            .is_none_or(|known| *known > order)
    }
}

/// A market without what spellings differ in.
fn letters(symbol: &str) -> impl Iterator<Item = char> {
    symbol
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
}

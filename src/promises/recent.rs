//! What happened lately that a promise counts: closes and opens; and since when an account is known.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::credited_time::DAY;
use super::promise::Scope;
use crate::journal::EventId;
use crate::market::Symbol;
use crate::market::{AccountId, AuditId, PositionId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Names the line that says so.
    pub event: EventId,
    pub position: PositionId,
    /// Where it stood.
    pub account: AccountId,
    /// Venue and collateral of that account, as [`place`](super::place) spells them.
    pub place: String,
    /// The market, as `BASE/QUOTE`.
    pub symbol: String,
    pub isolated: bool,
    pub lost: bool,
    /// Whether the venue closed it.
    pub liquidated: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Open {
    /// None where a position joined by hand.
    pub(super) audit: Option<AuditId>,
    pub(super) account: AccountId,
    pub(super) place: String,
    pub(super) symbol: String,
    pub(super) at: u64,
}

/// A close, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closed {
    close: Close,
    pub(super) at: u64,
    /// The counted second at which the day after it begins.
    pub(super) next_day: u64,
}

impl Deref for Closed {
    type Target = Close;

    fn deref(&self) -> &Close {
        &self.close
    }
}

/// No open that is older counts for any promise.
const KEPT: u64 = 31 * DAY;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Recent {
    /// All of them: a row of losses may have begun at any time.
    pub(super) closes: Vec<Closed>,
    pub(super) opens: Vec<Open>,
    /// The order in which accounts became known.
    accounts: BTreeMap<AccountId, u64>,
    /// When an open position was last heard of.
    heard: BTreeMap<PositionId, u64>,
    /// When lines were lost last.
    lines_lost: Option<u64>,
}

impl Recent {
    pub(super) fn account(&mut self, account: AccountId, order: u64) {
        self.accounts.entry(account).or_insert(order);
    }

    pub(super) fn heard_of(&mut self, position: PositionId, at: u64) {
        self.heard.insert(position, at);
    }

    pub(super) fn last_heard_of(&self, position: PositionId) -> Option<u64> {
        self.heard.get(&position).copied()
    }

    pub(super) fn lines_lost(&mut self, at: u64) {
        self.lines_lost = Some(at);
    }

    pub(super) fn last_lines_lost(&self) -> Option<u64> {
        self.lines_lost
    }

    pub(super) fn close(&mut self, close: Close, at: u64, next_day: u64) {
        self.heard.remove(&close.position);
        self.closes.push(Closed {
            close,
            at,
            next_day,
        });
    }

    pub(super) fn open(&mut self, open: Open) {
        let now = open.at;
        self.opens
            .retain(|open| now.saturating_sub(open.at) <= KEPT);
        self.opens.push(open);
    }

    /// Nothing of it happened later than this credited second.
    pub(super) fn not_after(&mut self, at: u64) {
        for closed in &mut self.closes {
            // As long after it as before begins the day that follows it.
            let until_the_next_day = closed.next_day.saturating_sub(closed.at);
            closed.at = at.min(closed.at);
            closed.next_day = closed.at.saturating_add(until_the_next_day);
        }
        let times = self.opens.iter_mut().map(|open| &mut open.at);
        let times = times.chain(self.heard.values_mut());
        for time in times.chain(self.lines_lost.as_mut()) {
            *time = at.min(*time);
        }
    }

    /// A decision to open came to nothing.
    pub(super) fn not_opened(&mut self, audit: AuditId) {
        self.opens.retain(|open| open.audit != Some(audit));
    }

    /// Whether a promise of this place in the order is about this account and market.
    ///
    /// An account of the same venue and collateral is the same account, and so is one that
    /// became known only after the promise: another name must not be a way around it.
    pub(super) fn covers(
        &self,
        scope: &Scope,
        order: u64,
        (account, place, symbol): (AccountId, &str, &str),
    ) -> bool {
        let this_account = scope.account.as_ref().is_none_or(|named| {
            named.id == account || named.place == place || self.is_later(account, order)
        });
        let this_symbol = |named: &str| may_be(named, symbol);
        this_account && scope.symbol.as_deref().is_none_or(this_symbol)
    }

    /// Whether an account became known only behind this place in the order.
    pub(super) fn is_later(&self, account: AccountId, order: u64) -> bool {
        self.accounts
            .get(&account)
            .is_none_or(|known| *known > order)
    }
}

/// Whether two markets are one, or may be: what is not known as a market counts as every market
/// of its base.
pub(super) fn may_be(one: &str, other: &str) -> bool {
    one == other || Symbol::promised(one).may_be(&Symbol::promised(other))
}

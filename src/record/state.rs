//! The state of everything, as the screens read it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::story::Story;
use super::{Account, OpenPosition};
use crate::audit::Ticket;
use crate::engine::Price;
use crate::journal::EventId;
use crate::market::{AccountId, AuditId, PositionId, Symbol};
use crate::promises::PromiseSet;

/// Everything the screens read. Made by folding; thrown away and folded again at will.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    pub(super) accounts: Vec<Account>,
    pub(super) stories: Vec<Story>,
    pub(super) by_audit: HashMap<AuditId, usize>,
    pub(super) ended: Vec<usize>,
    pub(super) unended: BTreeSet<usize>,
    pub(super) unfollowed: BTreeSet<usize>,
    pub(super) unaudited: Vec<Unaudited>,
    pub(super) promises: PromiseSet,
    pub(super) notices: Vec<Notice>,
    pub(super) entries: u64,
    pub(super) newer: u64,
    pub(super) unreadable: u64,
}

/// A close or a reduce that was logged without an audit.
#[derive(Clone, Debug, PartialEq)]
pub struct Unaudited {
    /// The line that logged it.
    pub event: EventId,
    /// When that line was written.
    pub at: DateTime<Utc>,
    pub ticket: Ticket,
}

/// A line that the journal wrote about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The line's number.
    pub seq: u64,
    /// Its kind: `journal.torn`, `clock.jump`, …
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl State {
    /// All accounts, in the order in which they were first set.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| account.set.account == id)
    }

    pub fn position(&self, id: PositionId) -> Option<(&Account, &OpenPosition)> {
        self.accounts.iter().find_map(|account| {
            account
                .positions
                .iter()
                .find(|open| open.id() == id)
                .map(|open| (account, open))
        })
    }

    /// The price of a market that was written last: the mark of an open position, or where the
    /// price stood in a ticket. An hour or a month ago, it tells 100,000 from 100.
    pub fn last_price(&self, symbol: &Symbol) -> Option<Price> {
        let open = self.accounts.iter().flat_map(|account| &account.positions);
        let marked = open
            .filter(|open| open.position.symbol == *symbol)
            .map(|open| (open.mark_at, open.position.mark));
        let proposed = self.stories.iter().rev().find_map(|story| {
            let ticket = story.ticket.as_ref().filter(|t| t.symbol == *symbol)?;
            Some((story.started_at, ticket.mark.unwrap_or(ticket.entry)))
        });
        let newest = marked.chain(proposed).max_by_key(|(at, _)| *at);
        newest.map(|(_, price)| price)
    }

    pub fn story(&self, audit: AuditId) -> Option<&Story> {
        self.stories.get(*self.by_audit.get(&audit)?)
    }

    /// All audits, oldest first.
    pub fn stories(&self) -> &[Story] {
        &self.stories
    }

    /// How many audits have ended.
    pub fn ended_count(&self) -> usize {
        self.ended.len()
    }

    /// The `n`-th newest audit that has ended: constant time, for lists of any length.
    pub fn newest_ended(&self, n: usize) -> Option<&Story> {
        let at = self.ended.len().checked_sub(n)?.checked_sub(1)?;
        self.stories.get(*self.ended.get(at)?)
    }

    /// Ended audits, newest first.
    pub fn ended(&self) -> impl Iterator<Item = &Story> {
        self.ended
            .iter()
            .rev()
            .filter_map(|at| self.stories.get(*at))
    }

    /// Audits without an ending: one at most, unless the program was killed.
    pub fn unended(&self) -> impl Iterator<Item = &Story> {
        self.unended.iter().filter_map(|at| self.stories.get(*at))
    }

    /// Decisions to trade of which nobody has said yet what became of them, newest first.
    pub fn unfollowed(&self) -> impl Iterator<Item = &Story> {
        self.unfollowed
            .iter()
            .rev()
            .filter_map(|at| self.stories.get(*at))
    }

    /// Decisions that became or increased a position that is still open, and of whose stop
    /// nothing was said yet.
    pub fn unstopped(&self) -> impl Iterator<Item = &Story> {
        let positions = self.accounts.iter().flat_map(|account| &account.positions);
        positions
            .filter_map(|open| self.story(open.entered?.1))
            .filter(|story| story.stop.is_none() && story.sealed.is_some())
    }

    pub fn promises(&self) -> &PromiseSet {
        &self.promises
    }

    /// Lines about the journal itself and the clock, oldest first.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// How many lines were folded.
    pub fn entries(&self) -> u64 {
        self.entries
    }

    /// How many lines a newer version wrote.
    pub fn newer(&self) -> u64 {
        self.newer
    }

    /// How many lines have a sound envelope and a payload that cannot be read.
    pub fn unreadable(&self) -> u64 {
        self.unreadable
    }
}

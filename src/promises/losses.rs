//! What was lost lately, and what the accounts held before.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::credited_time::DAY;
use crate::engine::Money;
use crate::market::AccountId;

/// A loss that was realised: by a close, a reduce or a liquidation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub account: AccountId,
    /// Venue and collateral of that account, as [`place`](super::place) spells them.
    pub place: String,
    /// The market, as `BASE/QUOTE`.
    pub symbol: String,
    /// How much, in collateral: above zero.
    pub amount: Money,
}

/// Losses and what accounts held, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Losses {
    /// When anything was lost for the first time.
    pub(super) first: Option<u64>,
    pub(super) lost: Vec<Lost>,
    held: BTreeMap<AccountId, Vec<Held>>,
}

/// A loss, when it was logged, and its place among the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lost {
    pub(super) loss: Loss,
    pub(super) at: u64,
    pub(super) order: u64,
}

/// What an account held, and where it was, from a line on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Held {
    place: String,
    equity: Money,
    at: u64,
    order: u64,
}

/// A loss counts for a week, by what was held a week before it.
const KEPT: u64 = 15 * DAY;

impl Losses {
    pub(super) fn lose(&mut self, loss: Loss, at: u64, order: u64) {
        self.first.get_or_insert(at);
        self.lost.retain(|lost| at.saturating_sub(lost.at) <= KEPT);
        self.lost.push(Lost { loss, at, order });
    }

    /// Nothing of it happened later than this credited second.
    pub(super) fn not_after(&mut self, at: u64) {
        let lost = self.lost.iter_mut().map(|lost| &mut lost.at);
        let held = self.held.values_mut().flatten().map(|held| &mut held.at);
        for time in lost.chain(held).chain(&mut self.first) {
            *time = at.min(*time);
        }
    }

    /// From this line on an account holds so much.
    pub(super) fn hold(
        &mut self,
        account: AccountId,
        place: String,
        equity: Money,
        when: (u64, u64),
    ) {
        let (at, order) = when;
        let held = self.held.entry(account).or_default();
        let same = |last: &Held| last.equity == equity && last.place == place;
        if held.last().is_some_and(same) {
            return;
        }
        held.push(Held {
            place,
            equity,
            at,
            order,
        });
        // The newest of those that are too old still says what was held then.
        let old = held.partition_point(|held| at.saturating_sub(held.at) > KEPT);
        held.drain(..old.saturating_sub(1));
    }

    /// What these accounts held together at a second, as it was known before a line; at the first
    /// second that is known where nothing was known then.
    pub(super) fn held_at(
        &self,
        which: impl Fn(&AccountId, &str) -> bool,
        second: u64,
        order: u64,
    ) -> Option<Money> {
        let known = || {
            let all = self.held.iter();
            all.map(|(id, held)| {
                let before = held.partition_point(|held| held.order < order);
                let held = held.get(..before).unwrap_or_default();
                (id, held)
            })
        };
        let firsts = known().filter_map(|(id, held)| {
            let first = held.iter().find(|held| which(id, &held.place))?;
            Some(first.at)
        });
        let second = firsts.min()?.max(second);
        let mut then = known().filter_map(|(id, held)| {
            let then = held.iter().rev().find(|held| held.at <= second)?;
            which(id, &then.place).then_some(then.equity.get())
        });
        then.try_fold(Decimal::ZERO, Decimal::checked_add)
            .map(Money::new)
    }
}

/// The collateral in a place, as promises spell it.
pub(super) fn collateral_of(place: &str) -> &str {
    place
        .rsplit_once('/')
        .map_or("", |(_, collateral)| collateral)
}

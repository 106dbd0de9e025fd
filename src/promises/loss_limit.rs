//! How much was lost within the period of a limit, and the pause that it makes.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::credited_time::{ClockReading, DAY};
use super::lock::Lock;
use super::losses::{Lost, collateral_of};
use super::pauses::Pause;
use super::promise::{LossLimit, Promise, Scope};
use super::promise_set::PromiseSet;
use crate::engine::Money;
use crate::market::AccountId;

/// A loss that still counts: until when, and how much of what may be lost it is.
struct Counted {
    lost: u64,
    until: u64,
    weight: Decimal,
}

impl PromiseSet {
    /// Whether a limit of losses is offered: for a day behind the first loss, to who has never
    /// promised one.
    pub fn offers_a_limit(&self, now: &ClockReading) -> bool {
        let at = self.at(now);
        let is_one = |lock: &Lock| matches!(lock.armed.promise, Promise::MaxLoss { .. });
        let first = self.losses.first;
        first.is_some_and(|first| at < first.saturating_add(DAY)) && !self.locks.iter().any(is_one)
    }

    /// The pause under way where as much was lost within a period as a promise allows, or more:
    /// in each collateral by itself.
    pub(super) fn lost_too_much(
        &self,
        lock: &Lock,
        (most, period): (&LossLimit, u64),
        at: u64,
    ) -> Option<Pause> {
        let mut counted: BTreeMap<&str, Vec<Counted>> = BTreeMap::new();
        for lost in &self.losses.lost {
            let (loss, until) = (&lost.loss, lost.at.saturating_add(period));
            let until = lock.shortened(lost.at, until);
            let market = (loss.account, loss.place.as_str(), loss.symbol.as_str());
            if until <= at || !self.recent.covers(&lock.armed.scope, lock.order, market) {
                continue;
            }
            if let Some(weight) = self.weight(lost, most, &lock.armed.scope, period) {
                let of_it = counted.entry(collateral_of(&loss.place)).or_default();
                of_it.push(Counted {
                    lost: lost.at,
                    until,
                    weight,
                });
            }
        }
        let bound = most.bound();
        let pauses = counted
            .into_values()
            .filter_map(|of_it| reached(of_it, bound));
        pauses.max_by_key(|pause| pause.ends)
    }

    /// How much of what may be lost a loss is; none where it does not count. In percent of what
    /// was held a period before it: what came in since, or was written since, changes nothing.
    fn weight(&self, lost: &Lost, most: &LossLimit, scope: &Scope, period: u64) -> Option<Decimal> {
        let Lost { loss, at, order } = lost;
        let collateral = collateral_of(&loss.place);
        let percent = match most {
            LossLimit::Money { .. } => {
                return most.is_in(collateral).then_some(loss.amount.get());
            }
            LossLimit::Percent(percent) => *percent,
        };
        let of_scope = |id: &AccountId, place: &str| {
            let named = scope.account.as_ref();
            named.is_none_or(|named| named.id == *id || named.place == place)
                && collateral_of(place) == collateral
        };
        let before = at.saturating_sub(period);
        let held = self.losses.held_at(of_scope, before, *order);
        // An account that the promise does not name, as one that came later.
        let own = |id: &AccountId, _: &str| *id == loss.account;
        let held = held.or_else(|| self.losses.held_at(own, before, *order));
        let share = held
            .filter(|held| *held > Money::ZERO)
            .and_then(|held| {
                let hundredfold = loss.amount.get().checked_mul(Decimal::ONE_HUNDRED)?;
                hundredfold.checked_div(held.get())
            })
            // Thirds add up to a whole.
            .map(|share| share.round_dp_with_strategy(12, RoundingStrategy::AwayFromZero));
        // Of nothing, any loss is all of it.
        Some(share.unwrap_or(percent))
    }
}

/// The pause that losses make together: until so much of them is over that the rest is less than
/// the bound.
fn reached(mut counted: Vec<Counted>, bound: Decimal) -> Option<Pause> {
    counted.sort_by_key(|counted| std::cmp::Reverse(counted.until));
    let began = counted.iter().map(|counted| counted.lost).max()?;
    let mut sum = Decimal::ZERO;
    for Counted { until, weight, .. } in counted {
        sum = sum.saturating_add(weight);
        if sum >= bound {
            return Some(Pause { began, ends: until });
        }
    }
    None
}

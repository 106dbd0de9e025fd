//! Which promises stand against what a ticket would do, and which plan allows it.
//!
//! Promises combine by AND: each is asked by itself, in no order that matters.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::action::{Action, AtStake, EndsAt, ProposedAction, Violation};
use super::credited_time::{ClockReading, DAY};
use super::lock::Lock;
use super::losses::collateral_of;
use super::pauses::uncounted;
use super::plan::{Plan, PlanFacts, PlanState};
use super::plan_terms::PlanUse;
use super::promise::{Holds, Promise, plain};
use super::promise_set::PromiseSet;
use super::recent::{Closed, Open, may_be};
use crate::engine::{Mode, Money};

impl PromiseSet {
    /// The promises that stand against an act now; none against what lowers risk.
    pub fn violations(&self, act: &ProposedAction, now: &ClockReading) -> Vec<Violation> {
        if act.deed == Action::Lowers {
            return Vec::new();
        }
        let at = self.at(now);
        let plan = self.plan_at(act, at).is_some();
        self.locks
            .iter()
            .filter_map(|lock| {
                let end = self.stands(lock, act, plan, (at, &now.zone))?;
                let until = match end {
                    EndsAt::In(secs) => self.time_in(secs, now),
                    EndsAt::WhileOpen | EndsAt::Always => None,
                };
                Some(against(lock, end, until))
            })
            .collect()
    }

    /// The plan without which a promise would stand against an act now: of several the oldest of
    /// which no line is known not to be met.
    pub fn rests_on(
        &self,
        act: &ProposedAction,
        facts: Option<&PlanFacts>,
        now: &ClockReading,
    ) -> Option<&Plan> {
        let at = self.at(now);
        if !self.needs_a_plan(act, (at, &now.zone)) {
            return None;
        }
        let kept = self
            .plans_at(act, at)
            .find(|plan| plan.keeps_to(act, facts));
        kept.or_else(|| self.plan_at(act, at))
    }

    /// The plan that allows an act, as far as that can be told before the answers are sealed: the
    /// oldest that is about it and of which no line is known not to be met.
    pub(super) fn plan_at(&self, act: &ProposedAction, at: u64) -> Option<&Plan> {
        self.plans_at(act, at).next()
    }

    pub(super) fn plans_at(&self, act: &ProposedAction, at: u64) -> impl Iterator<Item = &Plan> {
        self.plans.iter().filter(move |plan| {
            matches!(plan.state_at(at), PlanState::Allows(_))
                && plan.is_about(act)
                && plan.keeps_to(act, None)
        })
    }

    /// Whether a promise stands against an act that a plan would allow.
    pub(super) fn needs_a_plan(&self, act: &ProposedAction, when: (u64, &str)) -> bool {
        self.locks.iter().any(|lock| {
            self.stands(lock, act, false, when).is_some()
                && self.stands(lock, act, true, when).is_none()
        })
    }

    /// Until when a promise stands against the act, if it does: the clocks say the counted second
    /// and the time zone.
    fn stands(
        &self,
        lock: &Lock,
        act: &ProposedAction,
        plan: bool,
        when: (u64, &str),
    ) -> Option<EndsAt> {
        let (at, zone) = when;
        let scope = &lock.armed.scope;
        if !lock.holds_at(at) || !self.recent.covers(scope, lock.order, act.market()) {
            return None;
        }
        let own = match lock.armed.holds {
            Holds::For(_) => EndsAt::In(lock.left_at(at)?),
            Holds::WhileOpen(_) => lock.left_at(at).map_or(EndsAt::WhileOpen, EndsAt::In),
            Holds::Always => EndsAt::Always,
        };
        // Margin that is taken off bears on the leverage alone.
        let risks = act.deed != Action::RaiseLeverage;
        let opens = matches!(act.deed, Action::Open | Action::Increase);
        match &lock.armed.promise {
            Promise::NoSwitchToCross => self.is_switch(lock, act, at).then_some(own),
            Promise::NoCross => {
                let cross = act.mode == Mode::Cross && act.deed != Action::TopUp;
                (cross && risks).then_some(own)
            }
            Promise::NoAddingToALoser => {
                let adds = matches!(act.deed, Action::AddMargin | Action::TopUp) && act.losing;
                (adds && !plan).then_some(own)
            }
            Promise::NoIncreaseWhileLosing => {
                let beside = act.deed == Action::Open && act.losing_beside;
                (act.deed == Action::Increase && act.losing || beside).then_some(own)
            }
            Promise::PauseAfterLoss { .. }
            | Promise::PauseAfterLiquidation { .. }
            | Promise::MaxLoss { .. }
            | Promise::MaxLossesInARow { .. } => {
                self.pause_left(lock, at).filter(|_| risks).map(EndsAt::In)
            }
            Promise::MaxAtStake { amount, collateral } => {
                let too_much = risks && self.is_too_much(lock, act, *amount, collateral);
                too_much.then_some(own)
            }
            Promise::TradingHours(hours) => match self.hours_at(hours, at, zone) {
                (true, turns) if risks => Some(turns.map_or(own, EndsAt::In)),
                _ => None,
            },
            Promise::MaxOpens { opens: most, per } => (act.deed == Action::Open)
                .then(|| self.full_for(lock, (*most, per.secs()), at))
                .flatten()
                .map(EndsAt::In),
            Promise::MaxLeverage { isolated, cross } => {
                let most = match act.mode {
                    Mode::Isolated => isolated,
                    Mode::Cross => cross,
                };
                let bounded =
                    opens || matches!(act.deed, Action::SwitchToCross | Action::RaiseLeverage);
                most.filter(|most| bounded && act.leverage > *most)
                    .map(|_| own)
            }
            Promise::CrossNeedsAPlan => {
                let asked = matches!(act.needs(), Some(PlanUse::Cross | PlanUse::Switch));
                (asked && !plan).then_some(own)
            }
            Promise::NoEmergencyRelease | Promise::Wait(_) => None,
            Promise::Paused | Promise::Unknown => risks.then_some(own),
        }
    }

    /// A switch is an intent, not a button: closing an isolated position and opening the same
    /// market in cross within a day, adding margin, and topping up the pool count as one. For a
    /// lock whose lines may be gone, nobody knows what was isolated: there, cross counts as one.
    fn is_switch(&self, lock: &Lock, act: &ProposedAction, at: u64) -> bool {
        // An account that became known behind the lock may be another name for the one before.
        let later = self.recent.is_later(act.account, lock.order);
        match act.deed {
            Action::SwitchToCross | Action::AddMargin => true,
            Action::TopUp => act.losing,
            Action::Open | Action::Increase => {
                let fresh = |close: &&Closed| at.saturating_sub(close.at) < DAY;
                let just_closed = |close: &Closed| {
                    let same = close.account == act.account || close.place == act.place || later;
                    close.isolated && same && may_be(&close.symbol, &act.symbol)
                };
                let from_isolated = || {
                    act.isolated_beside
                        || act.isolated_elsewhere && later
                        || self
                            .recent
                            .closes
                            .iter()
                            .rev()
                            .take_while(fresh)
                            .any(just_closed)
                };
                act.mode == Mode::Cross && (lock.handed_on || from_isolated())
            }
            Action::RaiseLeverage | Action::Lowers => false,
        }
    }

    /// Whether an act puts more at stake at once than was promised, in the accounts that the
    /// promise is about and in its collateral. What nobody can value is too much.
    fn is_too_much(
        &self,
        lock: &Lock,
        act: &ProposedAction,
        most: Money,
        collateral: &str,
    ) -> bool {
        let collateral = plain(collateral);
        let concerns = |stake: &&AtStake| {
            let market = (stake.account, stake.place.as_str(), act.symbol.as_str());
            collateral_of(&stake.place) == collateral
                && self.recent.covers(&lock.armed.scope, lock.order, market)
        };
        let stakes = || act.at_stake.iter().filter(concerns);
        let sum = |which: fn(&AtStake) -> Option<Money>| {
            let all = stakes().map(|stake| which(stake).map(Money::get));
            all.reduce(|sum, one| sum?.checked_add(one?))
                .unwrap_or(Some(Decimal::ZERO))
        };
        match (sum(|stake| stake.before), sum(|stake| stake.after)) {
            _ if collateral_of(&act.place) != collateral => false,
            (Some(before), Some(after)) if !act.at_stake.is_empty() => {
                after > most.get() && after > before
            }
            _ => true,
        }
    }

    /// Where no more opens are allowed: the seconds until one is.
    fn full_for(&self, lock: &Lock, (most, period): (u32, u64), at: u64) -> Option<u64> {
        let counts = |open: &&Open| {
            let market = (open.account, open.place.as_str(), open.symbol.as_str());
            at.saturating_sub(open.at) < period
                && self.recent.covers(&lock.armed.scope, lock.order, market)
        };
        let opens: Vec<&Open> = self.recent.opens.iter().filter(counts).collect();
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        // The open that has to leave the period before another one may come.
        let leaves = opens.len().checked_sub(most).and_then(|at| opens.get(at));
        let counted = leaves.map(|leaves| leaves.at.saturating_add(period));
        let ends = counted.max(uncounted(lock).map(|pause| pause.ends))?;
        ends.checked_sub(at).filter(|left| *left > 0)
    }
}

fn against(lock: &Lock, end: EndsAt, until: Option<DateTime<Utc>>) -> Violation {
    let armed = &lock.armed;
    Violation {
        lock: armed.lock,
        promise: armed.promise.clone(),
        scope: armed.scope.clone(),
        words: armed.words.clone(),
        flat: armed.flat,
        armed_on: lock.wall,
        end,
        until,
    }
}

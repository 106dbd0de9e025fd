//! The naive second fold: what stands against an act, and the plans.

use std::collections::BTreeMap;

use impulse_audit::engine::{Mode, Money};
use impulse_audit::promises::{
    Action, ClockReading, EndsAt, Holds, Period, PlanTerms, PlanUse, Promise, PromiseEvent,
    ProposedAction,
};
use rust_decimal::Decimal;

use crate::naive::{Fate, Made, Naive, What, end, is_over};
use crate::support::{DAY, HOUR};
use impulse_audit::market::{LockId, PlanId};

impl Naive {
    /// The promises that stand against an act, each with its end.
    pub(crate) fn against(
        &self,
        act: &ProposedAction,
        now: &ClockReading,
    ) -> BTreeMap<LockId, EndsAt> {
        let plan = self.plan(act, self.passed(now)).is_some();
        self.standing(act, now, plan)
    }

    fn standing(
        &self,
        act: &ProposedAction,
        now: &ClockReading,
        plan: bool,
    ) -> BTreeMap<LockId, EndsAt> {
        let at = self.passed(now);
        let mut standing = BTreeMap::new();
        if act.deed == Action::Lowers {
            return standing;
        }
        for made in &self.made() {
            let fate = self.fate(made);
            let market = (act.account, act.place.as_str(), act.symbol.as_str());
            if is_over(made, &fate, at) || !self.is_about(made, market, None) {
                continue;
            }
            let own = match (made.armed.holds, end(made, &fate)) {
                (Holds::Always, _) => EndsAt::Always,
                (_, Some((end, _))) => EndsAt::In(end - at),
                (_, None) => EndsAt::WhileOpen,
            };
            if let Some(end) = self.forbids(made, &fate, act, (now, plan, own)) {
                standing.insert(made.armed.lock, end);
            }
        }
        standing
    }

    fn forbids(
        &self,
        made: &Made<'_>,
        fate: &Fate,
        act: &ProposedAction,
        (now, plan, own): (&ClockReading, bool, EndsAt),
    ) -> Option<EndsAt> {
        let at = self.passed(now);
        let cross = act.mode == Mode::Cross;
        let risks = act.deed != Action::RaiseLeverage;
        let enlarges = act.deed == Action::Open || act.deed == Action::Increase;
        let adds = act.deed == Action::AddMargin || act.deed == Action::TopUp;
        let forbidden = match &made.armed.promise {
            Promise::NoSwitchToCross => match act.deed {
                Action::SwitchToCross | Action::AddMargin => true,
                Action::TopUp => act.losing,
                Action::Open | Action::Increase => cross && self.leaves_isolated(made, act, at),
                Action::RaiseLeverage | Action::Lowers => false,
            },
            Promise::NoCross => cross && act.deed != Action::TopUp && risks,
            Promise::NoAddingToALoser => adds && act.losing && !plan,
            Promise::NoIncreaseWhileLosing => {
                (act.deed == Action::Increase && act.losing)
                    || (act.deed == Action::Open && act.losing_beside)
            }
            Promise::PauseAfterLoss { .. }
            | Promise::PauseAfterLiquidation { .. }
            | Promise::MaxLoss { .. }
            | Promise::MaxLossesInARow { .. } => {
                let pause = self.pause_left(made, fate, at, None);
                return Some(EndsAt::In(pause)).filter(|_| pause > 0 && risks);
            }
            Promise::MaxOpens { opens, per } => {
                return self.full(made, act, *opens, *per, at);
            }
            Promise::MaxLeverage {
                isolated,
                cross: in_cross,
            } => {
                let most = if cross { in_cross } else { isolated };
                let bounded = enlarges || act.deed == Action::SwitchToCross || !risks;
                bounded && most.is_some_and(|most| act.leverage > most)
            }
            Promise::CrossNeedsAPlan => {
                (cross && enlarges || act.deed == Action::SwitchToCross) && !plan
            }
            Promise::NoEmergencyRelease | Promise::Wait(_) => false,
            Promise::MaxAtStake { amount, collateral } => {
                risks && self.stakes_too_much(made, act, *amount, collateral)
            }
            Promise::TradingHours(_) => {
                return match self.closed_hours(made, now) {
                    Some(secs) if risks => Some(EndsAt::In(secs)),
                    _ => None,
                };
            }
            Promise::Paused | Promise::Unknown => risks,
        };
        forbidden.then_some(own)
    }

    fn leaves_isolated(&self, made: &Made<'_>, act: &ProposedAction, at: u64) -> bool {
        let later = self.is_later(made, act.account, None);
        let closed = self.events.iter().any(|event| match &event.what {
            What::Closed(close) => {
                close.isolated
                    && close.symbol == act.symbol
                    && (close.account == act.account || close.place == act.place || later)
                    && at < event.at + DAY
            }
            _ => false,
        });
        closed || act.isolated_beside || (act.isolated_elsewhere && later)
    }

    fn full(
        &self,
        made: &Made<'_>,
        act: &ProposedAction,
        most: u32,
        per: Period,
        at: u64,
    ) -> Option<EndsAt> {
        if act.deed != Action::Open {
            return None;
        }
        let period = match per {
            Period::Day => DAY,
            Period::Week => 7 * DAY,
        };
        let mut leave: Vec<u64> = Vec::new();
        for (index, event) in self.events.iter().enumerate() {
            let What::Opens { audit, act } = &event.what else {
                continue;
            };
            let taken_back = self.events[index..]
                .iter()
                .any(|e| matches!(e.what, What::NotOpened(it) if it == *audit));
            let market = (act.account, act.place.as_str(), act.symbol.as_str());
            if !taken_back && at < event.at + period && self.is_about(made, market, None) {
                leave.push(event.at + period - at);
            }
        }
        // One more may come once so many have left that fewer than the most remain.
        leave.sort_unstable();
        let too_many = (leave.len() + 1).checked_sub(usize::try_from(most).unwrap())?;
        let last = too_many.checked_sub(1)?;
        leave.get(last).map(|secs| EndsAt::In(*secs))
    }

    /// The oldest plan that allows an act.
    fn plan(&self, act: &ProposedAction, at: u64) -> Option<PlanId> {
        let uses = match act.deed {
            Action::Open | Action::Increase if act.mode == Mode::Cross => PlanUse::Cross,
            Action::SwitchToCross => PlanUse::Switch,
            Action::AddMargin | Action::TopUp if act.losing => PlanUse::Rescue,
            _ => return None,
        };
        let mut known: Vec<PlanId> = Vec::new();
        for (index, event) in self.events.iter().enumerate() {
            let What::Turn(PromiseEvent::PlanWritten(terms)) = &event.what else {
                continue;
            };
            if known.contains(&terms.plan) {
                continue;
            }
            known.push(terms.plan);
            let about = terms.allows == uses
                && terms.account == act.account
                && terms.symbol == act.symbol
                && terms.side == act.side
                && act.collateral <= terms.collateral;
            if about && self.allows(terms, index, at) {
                return Some(terms.plan);
            }
        }
        None
    }

    /// At least an hour old, written or renewed in the last week, neither used nor taken back.
    fn allows(&self, terms: &PlanTerms, written: usize, at: u64) -> bool {
        let mut fresh = self.events[written].at;
        for event in &self.events[written + 1..] {
            match &event.what {
                What::Turn(PromiseEvent::PlanWithdrawn(of)) if of.plan == terms.plan => {
                    return false;
                }
                What::Turn(PromiseEvent::PlanRenewed(of))
                    if of.plan == terms.plan && event.at < fresh + 7 * DAY =>
                {
                    fresh = event.at;
                }
                What::Decided { .. } if event.plan == Some(terms.plan) => return false,
                _ => {}
            }
        }
        at >= self.events[written].at + HOUR && at < fresh + 7 * DAY
    }

    /// The plan without which something would stand against an act that stands with it no more.
    pub(crate) fn rests_on(&self, act: &ProposedAction, now: &ClockReading) -> Option<PlanId> {
        let plan = self.plan(act, self.passed(now))?;
        let (without, with) = (
            self.standing(act, now, false),
            self.standing(act, now, true),
        );
        let by_it = |lock: &LockId| !with.contains_key(lock);
        without.keys().any(by_it).then_some(plan)
    }

    /// What is at stake in the accounts that a promise is about.
    fn stakes_too_much(
        &self,
        made: &Made<'_>,
        act: &ProposedAction,
        most: Money,
        collateral: &str,
    ) -> bool {
        let wanted = format!("/{}", collateral.to_lowercase());
        if !act.place.ends_with(&wanted) {
            return false;
        }
        if act.at_stake.is_empty() {
            return true;
        }
        let (mut before, mut after) = (Some(Decimal::ZERO), Some(Decimal::ZERO));
        for stake in &act.at_stake {
            let market = (stake.account, stake.place.as_str(), act.symbol.as_str());
            if stake.place.ends_with(&wanted) && self.is_about(made, market, None) {
                before = before.zip(stake.before).map(|(sum, one)| sum + one.get());
                after = after.zip(stake.after).map(|(sum, one)| sum + one.get());
            }
        }
        match (before, after) {
            (Some(before), Some(after)) => after > most.get() && after > before,
            _ => true,
        }
    }
}

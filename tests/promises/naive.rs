//! The rules a second time, slow and obvious: a list of everything that happened, scanned anew for
//! every question. Written from the rules and the payloads alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use impulse_audit::engine::Money;
use impulse_audit::promises::{
    Armed, ClockReading, Close, Holds, LockEnd, LockState, LooseningRequested, Loss, Promise,
    PromiseEvent, ProposedAction,
};
use impulse_audit::waits::{WaitRule, WaitWhen};

use crate::support::{DAY, LONGEST, MINUTE};
use impulse_audit::journal::EventId;
use impulse_audit::market::{AccountId, AuditId, LockId, PlanId, PositionId};

/// A line is written a moment after it was asked for.
const WRITTEN_LATER: u64 = 15;

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Turn(PromiseEvent),
    Account(AccountId),
    Heard(PositionId),
    Closed(Close),
    Opens {
        audit: AuditId,
        act: ProposedAction,
    },
    NotOpened(AuditId),
    Lost(Loss),
    Holds {
        account: AccountId,
        place: String,
        equity: Money,
    },
    Decided {
        audit: AuditId,
        act: ProposedAction,
    },
    Unreadable(EventId),
}

/// It, when the clocks said what, and the seconds that had passed in all.
#[derive(Debug)]
pub(crate) struct Happened {
    pub(crate) seen: ClockReading,
    pub(crate) what: What,
    pub(crate) at: u64,
    /// Of a release, whether it was possible; of a decision, the plan it used.
    pub(crate) granted: bool,
    pub(crate) plan: Option<PlanId>,
    /// The journal's time, and of a close when the next day began.
    pub(crate) instant: DateTime<Utc>,
    pub(crate) next_day: u64,
}

/// Everything that happened, and the rules that hold from the beginning.
#[derive(Debug)]
pub(crate) struct Naive {
    pub(crate) events: Vec<Happened>,
    beginning: Vec<Armed>,
}

/// A promise and the event that made it; none for the rules that hold from the beginning.
pub(crate) struct Made<'a> {
    pub(crate) armed: Armed,
    pub(crate) by: Option<usize>,
    pub(crate) at: u64,
    can_be_undone: bool,
    rest: &'a [Happened],
}

/// What became of a promise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fate {
    asked: Option<(u64, u64)>,
    /// What was asked for in its place.
    to: Option<Armed>,
    /// The event that ended it, and what holds in its place since.
    became: Option<(usize, Armed)>,
    pub(crate) released: Option<u64>,
    over: Option<(u64, LockEnd)>,
}

impl Naive {
    pub(crate) fn new(beginning: Vec<Armed>) -> Self {
        Self {
            events: Vec::new(),
            beginning,
        }
    }

    /// All seconds that passed up to `now`, summed up from the first sight of a clock.
    pub(crate) fn passed(&self, now: &ClockReading) -> u64 {
        let Some(last) = self.events.last() else {
            return 0;
        };
        // The same boot was seen before: its own clock says what passed since.
        let same = self.events.iter().filter(|e| e.seen.boot == now.boot);
        if let Some(best) = same.map(|e| e.at + (now.up - e.seen.up)).max() {
            return best.max(last.at);
        }
        let by_the_wall = (now.wall - last.seen.wall).max(0);
        last.at + now.up.max(u64::try_from(by_the_wall).unwrap())
    }

    pub(crate) fn happens(&mut self, seen: ClockReading, instant: DateTime<Utc>, what: What) {
        let at = self.passed(&seen);
        let next_day = match &what {
            What::Closed(_) => self.next_day(&seen, instant),
            _ => 0,
        };
        let granted = match &what {
            What::Turn(PromiseEvent::Released(released)) => self.may_release(released.lock, at),
            _ => false,
        };
        let plan = match &what {
            What::Decided { act, .. } => self.rests_on(act, &seen),
            _ => None,
        };
        self.events.push(Happened {
            seen,
            what,
            at,
            granted,
            plan,
            instant,
            next_day,
        });
    }

    /// Every promise that was ever made.
    pub(crate) fn made(&self) -> Vec<Made<'_>> {
        let first = self.beginning.iter().map(|armed| Made {
            armed: armed.clone(),
            by: None,
            at: 0,
            can_be_undone: false,
            rest: &self.events,
        });
        let mut all: Vec<Made<'_>> = first.collect();
        for (index, event) in self.events.iter().enumerate() {
            let (armed, can_be_undone) = match &event.what {
                What::Turn(PromiseEvent::Armed(armed)) => (in_bounds(armed), true),
                What::Unreadable(line) => (unknown(*line), false),
                What::Turn(PromiseEvent::Loosened(of)) => {
                    let gave_way = all.iter().filter(|made| made.armed.lock == of.lock);
                    let mut became = gave_way.filter_map(|made| self.fate(made).became);
                    match became.find(|(by, _)| *by == index) {
                        Some((_, to)) => (in_bounds(&to), false),
                        None => continue,
                    }
                }
                _ => continue,
            };
            if all.iter().all(|made| made.armed.lock != armed.lock) {
                all.push(Made {
                    armed,
                    by: Some(index),
                    at: event.at,
                    can_be_undone,
                    rest: &self.events[index + 1..],
                });
            }
        }
        all
    }

    pub(crate) fn fate(&self, made: &Made<'_>) -> Fate {
        let mut fate = Fate::default();
        let lock = made.armed.lock;
        let first = self.events.len() - made.rest.len();
        for (index, event) in (first..).zip(made.rest) {
            let at = event.at;
            if is_over(made, &fate, at) {
                break;
            }
            let pause = self.pause_left(made, &fate, at, Some(event));
            match &event.what {
                What::Turn(PromiseEvent::Undone(of))
                    if of.lock == lock
                        && made.can_be_undone
                        && at - made.at <= MINUTE + WRITTEN_LATER =>
                {
                    fate.over = Some((at, LockEnd::Undone));
                }
                What::Turn(PromiseEvent::Loosening(of)) if of.lock == lock && fits(made, of) => {
                    let waiting = fate
                        .asked
                        .is_some_and(|(asked, wait)| at < asked + wait + DAY);
                    if !waiting {
                        let left = end(made, &fate).map_or(0, |(end, _)| end - at);
                        fate.asked = Some((at, DAY.max(left).max(pause)));
                        fate.to = of.to.as_deref().cloned();
                    }
                }
                What::Turn(PromiseEvent::LooseningCancelled(of)) if of.lock == lock => {
                    fate.asked = None;
                    fate.to = None;
                    if fate
                        .released
                        .is_some_and(|released| at < released + 15 * MINUTE)
                    {
                        fate.released = None;
                    }
                }
                What::Turn(PromiseEvent::Loosened(of)) if of.lock == lock => {
                    let ripe = fate.asked.map(|(asked, wait)| asked + wait);
                    if ripe.is_some_and(|ripe| at >= ripe && at < ripe + DAY + WRITTEN_LATER) {
                        fate.asked = None;
                        fate.over = Some((at + pause, LockEnd::Loosened));
                        fate.became = fate.to.take().map(|to| (index, to));
                    }
                }
                What::Turn(PromiseEvent::Released(of)) if of.lock == lock && event.granted => {
                    fate.released = Some(at);
                }
                What::Turn(PromiseEvent::ClosedOn(of)) if of.lock == lock => {
                    if let Holds::WhileOpen(position) = made.armed.holds
                        && at >= self.heard(position, event).max(made.at) + 7 * DAY
                    {
                        fate.over = Some((at, LockEnd::ClosedUnverified));
                    }
                }
                What::Closed(close) if made.armed.holds == Holds::WhileOpen(close.position) => {
                    fate.over = Some((at, LockEnd::Closed));
                }
                _ => {}
            }
        }
        fate
    }

    /// When this position was last heard of before an event.
    pub(crate) fn heard(&self, position: PositionId, before: &Happened) -> u64 {
        let earlier = self.events.iter().take_while(|e| !std::ptr::eq(*e, before));
        let heard = earlier.filter(|e| matches!(e.what, What::Heard(heard) if heard == position));
        heard.map(|e| e.at).max().unwrap_or(0)
    }

    /// What is left of the pause that a rule has made, by the closes before an event or all.
    pub(crate) fn pause_left(
        &self,
        made: &Made<'_>,
        fate: &Fate,
        at: u64,
        before: Option<&Happened>,
    ) -> u64 {
        let (secs, liquidations) = match &made.armed.promise {
            Promise::PauseAfterLoss { secs } => (*secs, false),
            Promise::PauseAfterLiquidation { secs } => (*secs, true),
            Promise::MaxLoss { most, per } => {
                return self.lost(made, fate, (most, *per), at, before);
            }
            Promise::MaxLossesInARow { losses } => {
                return self.row(made, fate, *losses, at, before);
            }
            _ => return 0,
        };
        let mut longest = 0;
        for event in &self.events {
            if before.is_some_and(|before| std::ptr::eq(before, event)) {
                break;
            }
            let What::Closed(close) = &event.what else {
                continue;
            };
            let counts = if liquidations {
                close.liquidated
            } else {
                close.lost
            };
            let market = (close.account, close.place.as_str(), close.symbol.as_str());
            if !counts || !self.is_about(made, market, before) {
                continue;
            }
            let mut end = event.at + secs;
            if let Some(released) = fate.released.filter(|released| *released >= event.at) {
                end = end.min(released + 15 * MINUTE);
            }
            longest = longest.max(end.saturating_sub(at));
        }
        longest
    }

    /// Whether an account became known only behind a promise.
    pub(crate) fn is_later(
        &self,
        made: &Made<'_>,
        account: AccountId,
        before: Option<&Happened>,
    ) -> bool {
        let mut known = None;
        for (index, event) in self.events.iter().enumerate() {
            if before.is_some_and(|before| std::ptr::eq(before, event)) {
                break;
            }
            if known.is_none() && matches!(event.what, What::Account(it) if it == account) {
                known = Some(index);
            }
        }
        match (known, made.by) {
            (None, _) | (Some(_), None) => true,
            (Some(known), Some(by)) => known > by,
        }
    }

    pub(crate) fn is_about(
        &self,
        made: &Made<'_>,
        (account, place, symbol): (AccountId, &str, &str),
        before: Option<&Happened>,
    ) -> bool {
        let scope = &made.armed.scope;
        let account = match &scope.account {
            None => true,
            Some(named) => {
                named.id == account || named.place == place || self.is_later(made, account, before)
            }
        };
        account && scope.symbol.as_deref().is_none_or(|named| named == symbol)
    }

    pub(crate) fn may_release(&self, lock: LockId, at: u64) -> bool {
        let all = self.made();
        let Some(made) = all.iter().find(|made| made.armed.lock == lock) else {
            return false;
        };
        let fate = self.fate(made);
        let switched_off = all.iter().any(|made| {
            made.armed.promise == Promise::NoEmergencyRelease
                && !is_over(made, &self.fate(made), at)
        });
        let pause = self.pause_left(made, &fate, at, None);
        let is_rule = made.armed.holds == Holds::Always;
        let since = if pause > 0 {
            at - self.pause_began(made, &fate, at)
        } else {
            at - made.at
        };
        let another = self.events.iter().any(|e| e.granted && at < e.at + 7 * DAY);
        let under_way = fate
            .released
            .is_some_and(|released| at < released + 15 * MINUTE);
        let is_no_lock = is_rule && pause == 0;
        let refused = is_over(made, &fate, at) || is_no_lock || switched_off || under_way;
        !refused && !another && since >= MINUTE
    }

    /// The rules of waits that hold.
    pub(crate) fn waits(&self, now: &ClockReading) -> Vec<WaitRule> {
        let at = self.passed(now);
        let all = self.made();
        let holding = all
            .iter()
            .filter(|made| !is_over(made, &self.fate(made), at));
        let wait = |made: &Made<'_>| match made.armed.promise {
            Promise::Wait(rule) => Some(rule),
            _ => None,
        };
        holding.filter_map(wait).collect()
    }

    /// The state of every promise, and the seconds until it or its pause ends by itself.
    pub(crate) fn states(&self, now: &ClockReading) -> BTreeMap<LockId, (LockState, Option<u64>)> {
        let at = self.passed(now);
        let all = self.made();
        let state = |made: &Made<'_>| {
            let fate = self.fate(made);
            let state = match (end(made, &fate), fate.asked) {
                (Some((end, how)), _) if at >= end => LockState::Ended(how),
                (_, Some((asked, wait))) if at < asked + wait + DAY => LockState::Loosening {
                    wait: (asked + wait).saturating_sub(at),
                    lapses: asked + wait + DAY - at,
                },
                _ => LockState::InForce,
            };
            let pause = self.pause_left(made, &fate, at, None);
            let left = match end(made, &fate) {
                Some((end, _)) => Some(end.saturating_sub(at)),
                None => Some(pause)
                    .filter(|pause| *pause > 0)
                    .or_else(|| self.closed_hours(made, now)),
            };
            (made.armed.lock, (state, left))
        };
        all.iter().map(state).collect()
    }
}

/// When a promise ends, where that is known, and how.
pub(crate) fn end(made: &Made<'_>, fate: &Fate) -> Option<(u64, LockEnd)> {
    let mut ends: Vec<(u64, LockEnd)> = Vec::new();
    if let Holds::For(secs) = made.armed.holds {
        ends.push((made.at + secs, LockEnd::RanOut));
    }
    if let (Some(released), true) = (fate.released, made.armed.holds != Holds::Always) {
        ends.push((released + 15 * MINUTE, LockEnd::Released));
    }
    ends.extend(fate.over);
    ends.into_iter().min_by_key(|(end, _)| *end)
}

pub(crate) fn is_over(made: &Made<'_>, fate: &Fate, at: u64) -> bool {
    end(made, fate).is_some_and(|(end, _)| at >= end)
}

/// Whether what is asked for can come in the place of a promise: a wait for the same reason that
/// always holds in the place of a wait, or nothing at all.
fn fits(made: &Made<'_>, of: &LooseningRequested) -> bool {
    match (&made.armed.promise, of.to.as_deref()) {
        (_, None) => true,
        (Promise::Wait(held), Some(to)) => match to.promise {
            Promise::Wait(rule) => rule.reason() == held.reason() && to.holds == Holds::Always,
            _ => false,
        },
        _ => false,
    }
}

/// No lock and no pause lasts longer than 30 days, whatever a line says.
fn in_bounds(armed: &Armed) -> Armed {
    let mut armed = armed.clone();
    if let Holds::For(secs) = armed.holds {
        armed.holds = Holds::For(secs.min(LONGEST));
    }
    match &mut armed.promise {
        Promise::PauseAfterLoss { secs } | Promise::PauseAfterLiquidation { secs } => {
            *secs = (*secs).min(LONGEST);
        }
        Promise::Wait(rule) => {
            rule.secs = rule.secs.min(DAY);
            match &mut rule.when {
                WaitWhen::Aroused { from } => *from = (*from).max(1),
                WaitWhen::RecentLoss { within } => *within = (*within).min(DAY),
                WaitWhen::LookedAway { times, away } => {
                    *times = (*times).max(1);
                    *away = (*away).max(1);
                }
                _ => {}
            }
            armed.scope = impulse_audit::promises::Scope::default();
        }
        Promise::Unknown => {
            armed.scope = impulse_audit::promises::Scope::default();
            if !matches!(armed.holds, Holds::For(_)) {
                armed.holds = Holds::For(LONGEST);
            }
        }
        _ => {}
    }
    armed
}

fn unknown(line: EventId) -> Armed {
    crate::support::armed(line.as_u128(), Promise::Unknown, Holds::For(LONGEST))
}

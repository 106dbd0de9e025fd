//! What each event does to the promises.
//!
//! What an event may do is checked here again, so that a line which asks for more than the
//! rules allow changes nothing, whoever wrote it.

use chrono::{DateTime, Utc};

use super::action::ProposedAction;
use super::event::{Armed, LooseningRequested, PromiseEvent};
use super::held_lock::unknown;
use super::lock::{CONFIRM, Lock, LockEnd, LockState, Loosening};
use super::losses::Loss;
use super::plan::{Plan, PlanState};
use super::plan_terms::PlanTerms;
use super::promise::{Holds, LONGEST, Promise, Scope};
use super::promise_set::{PromiseSet, RELEASE_EVERY};
use super::recent::{Close, Open};
use crate::engine::Money;
use crate::journal::EventId;
use crate::market::{AccountId, AuditId, LockId, PlanId, PositionId};

/// What is asked for at one second is written a moment later.
const ON_ITS_WAY: u64 = 15;

impl PromiseSet {
    /// An account is known.
    pub fn account_known(&mut self, account: AccountId) {
        self.recent.account(account, self.order);
    }

    /// Something was logged about an open position.
    pub fn heard_of(&mut self, position: PositionId) {
        let at = self.passing.credited();
        self.recent.heard_of(position, at);
    }

    /// A position was closed: locks that hold while it is open end.
    pub fn closed(&mut self, close: Close) {
        let at = self.passing.credited();
        for lock in &mut self.locks {
            if lock.armed.holds == Holds::WhileOpen(close.position) && lock.holds_at(at) {
                lock.over = Some((at, LockEnd::Closed));
            }
        }
        let next_day = self.next_day(at);
        self.recent.close(close, at, next_day);
    }

    /// One position is part of another now: what holds while it is open holds while that one is.
    pub fn joined(&mut self, position: PositionId, into: PositionId) {
        for lock in &mut self.locks {
            if lock.armed.holds == Holds::WhileOpen(position) {
                lock.armed.holds = Holds::WhileOpen(into);
            }
        }
    }

    /// Something was lost by a close, a reduce or a liquidation.
    pub fn lost(&mut self, loss: Loss) {
        let at = self.passing.credited();
        self.losses.lose(loss, at, self.order);
    }

    /// An account holds so much from now on, in collateral.
    pub fn account_holds(&mut self, account: AccountId, place: String, equity: Money) {
        let at = self.passing.credited();
        self.losses.hold(account, place, equity, (at, self.order));
    }

    /// An audit decided to open a position, or one joined by hand.
    pub fn opens(
        &mut self,
        audit: Option<AuditId>,
        account: AccountId,
        place: String,
        symbol: String,
    ) {
        let at = self.passing.credited();
        self.recent.open(Open {
            audit,
            account,
            place,
            symbol,
            at,
        });
    }

    /// Such a decision came to nothing.
    pub fn not_opened(&mut self, audit: AuditId) {
        self.recent.not_opened(audit);
    }

    /// An audit decided on an act that a plan allows: the plan is used up, the one whose trigger
    /// has happened where it is named.
    pub fn use_plan(&mut self, act: &ProposedAction, audit: AuditId, named: Option<PlanId>) {
        let at = self.passing.credited();
        let zone = self.last_seen().map_or("", |seen| seen.zone.as_str());
        if !self.needs_a_plan(act, (at, zone)) {
            return;
        }
        let is_named = |plan: &&Plan| Some(plan.terms.plan) == named;
        let plan = self.plans_at(act, at).find(is_named);
        let plan = plan.or_else(|| self.plan_at(act, at));
        let Some(used) = plan.map(|plan| plan.terms.plan) else {
            return;
        };
        for plan in self.plans.iter_mut().filter(|p| p.terms.plan == used) {
            plan.used = Some(audit);
        }
    }

    /// A line about a promise that cannot be read, or that a newer version wrote: it stands
    /// against all new risk, for as long as a lock can last.
    pub fn unreadable(&mut self, line: EventId) {
        self.renew(unknown(LockId::of(line.get()), LONGEST), None, None);
    }

    /// Puts a promise in force from this line on.
    fn put(&mut self, armed: Armed) {
        self.push(armed, self.order, false);
    }

    /// The same for one that was promised before, at a time that is not known any more. Its
    /// place counts where it is known: lines that were lost may have been fewer since.
    pub(super) fn renew(&mut self, armed: Armed, order: Option<u64>, on: Option<DateTime<Utc>>) {
        let order = order.unwrap_or(self.order).min(self.order);
        self.push(armed, order, true);
        if let Some(lock) = self.locks.last_mut() {
            lock.wall = on.or(lock.wall);
        }
    }

    fn push(&mut self, armed: Armed, order: u64, handed_on: bool) {
        self.locks.push(Lock {
            armed,
            wall: self.wall,
            at: self.passing.credited(),
            from: self.instants.instant(self.passing.credited()),
            order,
            handed_on,
            loosening: None,
            in_place: false,
            released: None,
            count_lost: None,
            asked: false,
            over: None,
        });
    }

    /// Folds an event in.
    pub fn apply(&mut self, turn: &PromiseEvent) {
        let at = self.passing.credited();
        match turn {
            PromiseEvent::Armed(armed) => self.arm(armed),
            PromiseEvent::Undone(of) => self.change(of.lock, |lock| {
                let late = at.saturating_sub(ON_ITS_WAY).max(lock.at);
                if lock.undo_left_at(late).is_some() {
                    lock.over = Some((at, LockEnd::Undone));
                }
            }),
            PromiseEvent::Loosening(of) => self.loosening(of),
            PromiseEvent::LooseningCancelled(of) => self.change(of.lock, |lock| {
                lock.loosening = None;
                // The release stays used up and on record.
                if lock.is_being_released_at(at) {
                    lock.released = None;
                }
            }),
            PromiseEvent::Loosened(of) => self.loosened(of.lock),
            PromiseEvent::Released(released) => self.release(released.lock, &released.sentence),
            PromiseEvent::StillOpen(of) => self.change(of.lock, |lock| lock.asked = true),
            PromiseEvent::ClosedOn(closed) => self.closed_by_word(closed.lock),
            PromiseEvent::Tried(_) => self.tries = self.tries.saturating_add(1),
            PromiseEvent::Breached(_) => self.overstepped = self.overstepped.saturating_add(1),
            PromiseEvent::Clock(_) => {}
            PromiseEvent::PlanWritten(terms) => self.write_plan(terms),
            PromiseEvent::PlanRenewed(of) => self.change_plan(of.plan, |plan| {
                if matches!(
                    plan.state_at(at),
                    PlanState::Ripens(_) | PlanState::Allows(_)
                ) {
                    plan.renewed = at;
                }
            }),
            PromiseEvent::PlanWithdrawn(of) => self.change_plan(of.plan, |plan| {
                plan.withdrawn |= plan.used.is_none();
            }),
        }
    }

    /// However long a line says, no lock lasts longer than one can; one of an unknown kind
    /// ends as well.
    fn arm(&mut self, armed: &Armed) {
        if self.lock(armed.lock).is_some() {
            return;
        }
        let holds = match armed.holds {
            Holds::For(secs) => Holds::For(secs.min(LONGEST)),
            Holds::WhileOpen(_) | Holds::Always if armed.promise == Promise::Unknown => {
                Holds::For(LONGEST)
            }
            holds => holds,
        };
        // What is not known may be about more than it seems to be.
        let scope = match armed.promise {
            Promise::Unknown | Promise::Wait(_) => Scope::default(),
            _ => armed.scope.clone(),
        };
        self.put(Armed {
            promise: armed.promise.clone().bounded(),
            scope,
            holds,
            ..armed.clone()
        });
    }

    /// What is to come in its place must be of the same kind; else the line changes nothing.
    fn loosening(&mut self, of: &LooseningRequested) {
        let at = self.passing.credited();
        let Some(held) = self.lock(of.lock) else {
            return;
        };
        let fits = |to: &Armed| to.is_for_the_place_of(&held.armed);
        if !of.to.as_deref().is_none_or(fits) {
            return;
        }
        let wait = self.wait_at(held, at);
        let to = of.to.clone();
        self.change(of.lock, |lock| {
            if lock.state_at(at) == LockState::InForce {
                lock.loosening = Some(Loosening {
                    asked: at,
                    wait,
                    to,
                });
            }
        });
    }

    /// It is over, and what was asked for holds in its place: in one line, so that there is no
    /// moment without either.
    fn loosened(&mut self, lock: LockId) {
        let at = self.passing.credited();
        // A pause that is under way goes on to its end.
        let held = self.lock(lock);
        let pause = held.and_then(|held| self.pause_left(held, at));
        let end = at.saturating_add(pause.unwrap_or(0));
        let mut to = None;
        self.change(lock, |lock| {
            if is_ripe(lock, at) {
                to = lock.loosening.take().and_then(|asked| asked.to);
                lock.over = Some((end, LockEnd::Loosened));
            }
        });
        // Where several give way to one, it is there already.
        if let Some(to) = to.filter(|to| self.lock(to.lock).is_none()) {
            self.arm(&to);
            if let Some(lock) = self.locks.last_mut() {
                lock.in_place = true;
            }
        }
    }

    fn release(&mut self, lock: LockId, sentence: &str) {
        let at = self.passing.credited();
        let held = self.lock(lock);
        // A line about one that is over must not use the week up.
        let possible =
            held.is_some_and(|held| held.holds_at(at) && self.release_problem(held, at).is_none());
        if !possible {
            return;
        }
        self.no_release_before = at.saturating_add(RELEASE_EVERY);
        self.sentences.insert(lock, sentence.to_owned());
        self.change(lock, |lock| lock.released = Some(at));
    }

    fn closed_by_word(&mut self, lock: LockId) {
        let at = self.passing.credited();
        if self.lock(lock).is_some_and(|held| self.is_silent(held, at)) {
            self.change(lock, |lock| {
                lock.over = Some((at, LockEnd::ClosedUnverified));
            });
        }
    }

    fn write_plan(&mut self, terms: &PlanTerms) {
        let known = self.plans.iter().any(|plan| plan.terms.plan == terms.plan);
        if let Some(wall) = self.wall.filter(|_| !known) {
            let at = self.passing.credited();
            self.plans.push(Plan {
                terms: terms.clone(),
                wall,
                at,
                renewed: at,
                used: None,
                withdrawn: false,
            });
        }
    }

    /// Changes a promise that is in force.
    fn change(&mut self, id: LockId, change: impl FnOnce(&mut Lock)) {
        let at = self.passing.credited();
        let held = self.locks.iter_mut().find(|lock| lock.id() == id);
        if let Some(lock) = held.filter(|lock| lock.holds_at(at)) {
            change(lock);
        }
    }

    fn change_plan(&mut self, id: PlanId, change: impl FnOnce(&mut Plan)) {
        if let Some(plan) = self.plans.iter_mut().find(|plan| plan.terms.plan == id) {
            change(plan);
        }
    }
}

/// Whether a loosening can be confirmed at this credited second, or was a moment ago.
fn is_ripe(lock: &Lock, at: u64) -> bool {
    lock.loosening.as_ref().is_some_and(|loosening| {
        let ripe = loosening.asked.saturating_add(loosening.wait);
        let lapsed = ripe.saturating_add(CONFIRM).saturating_add(ON_ITS_WAY);
        (ripe..lapsed).contains(&at)
    })
}

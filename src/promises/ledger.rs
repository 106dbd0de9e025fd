//! All promises: the fold over the events and the clock.
//!
//! What an event may do is checked here again, so that a line which asks for more than the
//! rules allow changes nothing, whoever wrote it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::carried::unknown;
use super::lock::{CONFIRM, Lock, LockState, Loosening, Over};
use super::passing::{DAY, Passing, Seen};
use super::plan::{Plan, PlanState, PlanTerms};
use super::promise::{Holds, LONGEST, Promise, Scope};
use super::recent::{Close, Open, Recent};
use super::turn::{Armed, Turn};

/// One emergency release in so many seconds.
pub(super) const RELEASE_EVERY: u64 = 7 * DAY;
/// After so long without a word about its position, a lock that holds while it is open asks.
pub(super) const SILENCE: u64 = 7 * DAY;
/// What is asked for at one second is written a moment later.
const ON_ITS_WAY: u64 = 15;

/// All promises and plans.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    pub(super) passing: Passing,
    pub(super) locks: Vec<Lock>,
    pub(super) plans: Vec<Plan>,
    pub(super) recent: Recent,
    pub(super) no_release_before: u64,
    sentences: BTreeMap<Uuid, String>,
    order: u64,
    wall: Option<DateTime<Utc>>,
    tries: u64,
    overstepped: u64,
}

/// The ids of the promises that hold from the beginning.
const FROM_THE_BEGINNING: [(u128, Promise); 3] = [
    (1, Promise::NoAddingToALoser),
    (2, Promise::NoIncreaseWhileLosing),
    (3, Promise::CrossNeedsAPlan),
];
const BEGINNING: u128 = 0x696d_7075_6c73_8065_8001_0000_0000_0000;

impl Default for Ledger {
    /// With the promises that hold from the beginning.
    fn default() -> Self {
        let locks = FROM_THE_BEGINNING.map(|(number, promise)| Lock {
            armed: Armed {
                lock: Uuid::from_u128(BEGINNING | number),
                promise,
                scope: Scope::default(),
                holds: Holds::Always,
                words: String::new(),
                flat: true,
                audit: None,
            },
            wall: None,
            at: 0,
            order: 0,
            handed_on: false,
            loosening: None,
            released: None,
            asked: false,
            over: None,
        });
        Self {
            passing: Passing::default(),
            locks: locks.to_vec(),
            plans: Vec::new(),
            recent: Recent::default(),
            no_release_before: 0,
            sentences: BTreeMap::new(),
            order: 0,
            wall: None,
            tries: 0,
            overstepped: 0,
        }
    }
}

impl Ledger {
    /// Takes in what the clocks said when the next line was written, and the journal's time.
    /// Called once for each line, before what it says is folded.
    pub fn see(&mut self, seen: Seen, wall: DateTime<Utc>) {
        self.passing.see(seen);
        // The journal's time never goes back.
        self.wall = self.wall.max(Some(wall));
        self.order = self.order.saturating_add(1);
    }

    /// Takes in what the clocks say now, between two lines.
    pub fn look(&mut self, seen: Seen, wall: DateTime<Utc>) {
        self.passing.see(seen);
        self.wall = self.wall.or(Some(wall));
    }

    /// The journal's time of the last line.
    pub fn last_line(&self) -> Option<DateTime<Utc>> {
        self.wall
    }

    /// The number of the line that comes next: lines that cannot be read have their places too.
    pub fn numbered(&mut self, seq: u64) {
        self.order = self.order.max(seq);
    }

    /// The credited second, if this is what the clocks say now.
    pub(super) fn at(&self, now: &Seen) -> u64 {
        self.passing.at(now)
    }

    /// What the clocks said at the last line.
    pub fn last_seen(&self) -> Option<&Seen> {
        self.passing.last()
    }

    /// All promises that were ever made, oldest first.
    pub fn locks(&self) -> &[Lock] {
        &self.locks
    }

    /// The promises that hold now, oldest first.
    pub fn in_force(&self, now: &Seen) -> impl Iterator<Item = &Lock> {
        let at = self.at(now);
        self.locks.iter().filter(move |lock| lock.holds_at(at))
    }

    /// One promise.
    pub fn lock(&self, id: Uuid) -> Option<&Lock> {
        self.locks.iter().find(|lock| lock.id() == id)
    }

    /// Where a promise stands now.
    pub fn state(&self, lock: &Lock, now: &Seen) -> LockState {
        lock.state_at(self.at(now))
    }

    /// Seconds until a promise ends by itself, or the pause that it has made does.
    pub fn left(&self, lock: &Lock, now: &Seen) -> Option<u64> {
        let at = self.at(now);
        lock.left_at(at).or_else(|| self.pause_left(lock, at))
    }

    /// How many seconds ago a promise ended; none while it holds.
    pub fn over_for(&self, lock: &Lock, now: &Seen) -> Option<u64> {
        let (end, _) = lock.end()?;
        self.at(now).checked_sub(end)
    }

    /// The sentence with which a promise was released.
    pub fn sentence(&self, lock: Uuid) -> Option<&str> {
        self.sentences.get(&lock).map(String::as_str)
    }

    /// All plans, oldest first.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// Where a plan stands now.
    pub fn plan_state(&self, plan: &Plan, now: &Seen) -> PlanState {
        plan.state_at(self.at(now))
    }

    /// How many tries were met by a promise.
    pub fn tries(&self) -> u64 {
        self.tries
    }

    /// How often something was recorded that a promise stood against.
    pub fn overstepped(&self) -> u64 {
        self.overstepped
    }

    /// Whether emergency releases are switched off.
    pub(super) fn releases_are_off(&self, at: u64) -> bool {
        self.locks
            .iter()
            .any(|lock| lock.armed.promise == Promise::NoEmergencyRelease && lock.holds_at(at))
    }

    /// An account is known.
    pub fn account_known(&mut self, account: Uuid) {
        self.recent.account(account, self.order);
    }

    /// Something was logged about an open position.
    pub fn heard_of(&mut self, position: Uuid) {
        let at = self.passing.credited();
        self.recent.heard_of(position, at);
    }

    /// A position was closed: locks that hold while it is open end.
    pub fn closed(&mut self, close: Close) {
        let at = self.passing.credited();
        for lock in &mut self.locks {
            if lock.armed.holds == Holds::WhileOpen(close.position) && lock.holds_at(at) {
                lock.over = Some((at, Over::Closed));
            }
        }
        self.recent.close(close, at);
    }

    /// An audit decided to open a position.
    pub fn opens(&mut self, audit: Uuid, account: Uuid, place: String, symbol: String) {
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
    pub fn not_opened(&mut self, audit: Uuid) {
        self.recent.not_opened(audit);
    }

    /// An audit decided on an act that a plan allows: the plan is used up.
    pub fn use_plan(&mut self, act: &super::Act, audit: Uuid) {
        let at = self.passing.credited();
        let Some(used) = self.rests_on_at(act, at).map(|plan| plan.terms.plan) else {
            return;
        };
        for plan in self.plans.iter_mut().filter(|p| p.terms.plan == used) {
            plan.used = Some(audit);
        }
    }

    /// A line about a promise that cannot be read, or that a newer version wrote: it stands
    /// against all new risk, for as long as a lock can last.
    pub fn unreadable(&mut self, line: Uuid) {
        self.hand_on(unknown(line, LONGEST), None, None);
    }

    /// Puts a promise in force from this line on.
    fn put(&mut self, armed: Armed) {
        self.push(armed, self.order, false);
    }

    /// The same for one that was promised before, at a time that is not known any more. Its
    /// place counts where it is known: lines that were lost may have been fewer since.
    pub(super) fn hand_on(&mut self, armed: Armed, order: Option<u64>, on: Option<DateTime<Utc>>) {
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
            order,
            handed_on,
            loosening: None,
            released: None,
            asked: false,
            over: None,
        });
    }

    /// Folds an event in.
    pub fn turn(&mut self, turn: &Turn) {
        let at = self.passing.credited();
        match turn {
            Turn::Armed(armed) => self.arm(armed),
            Turn::Undone(of) => self.change(of.lock, |lock| {
                let late = at.saturating_sub(ON_ITS_WAY).max(lock.at);
                if lock.undo_left_at(late).is_some() {
                    lock.over = Some((at, Over::Undone));
                }
            }),
            Turn::Loosening(of) => {
                let held = self.lock(of.lock);
                let wait = held.map_or(LONGEST, |held| self.wait_at(held, at));
                self.change(of.lock, |lock| {
                    if lock.state_at(at) == LockState::InForce {
                        lock.loosening = Some(Loosening { asked: at, wait });
                    }
                });
            }
            Turn::LooseningCancelled(of) => self.change(of.lock, |lock| {
                lock.loosening = None;
                // The release stays used up and on record.
                if lock.is_being_released_at(at) {
                    lock.released = None;
                }
            }),
            Turn::Loosened(of) => {
                // A pause that is under way goes on to its end.
                let held = self.lock(of.lock);
                let pause = held.and_then(|held| self.pause_left(held, at));
                let end = at.saturating_add(pause.unwrap_or(0));
                self.change(of.lock, |lock| {
                    if is_ripe(lock, at) {
                        lock.loosening = None;
                        lock.over = Some((end, Over::Loosened));
                    }
                });
            }
            Turn::Released(released) => self.release(released.lock, &released.sentence),
            Turn::StillOpen(of) => self.change(of.lock, |lock| lock.asked = true),
            Turn::ClosedOn(closed) => self.closed_by_word(closed.lock),
            Turn::Tried(_) => self.tries = self.tries.saturating_add(1),
            Turn::Overstepped(_) => self.overstepped = self.overstepped.saturating_add(1),
            Turn::Clock(_) => {}
            Turn::PlanWritten(terms) => self.write_plan(terms),
            Turn::PlanRenewed(of) => self.change_plan(of.plan, |plan| {
                if matches!(
                    plan.state_at(at),
                    PlanState::Ripens(_) | PlanState::Allows(_)
                ) {
                    plan.renewed = at;
                }
            }),
            Turn::PlanWithdrawn(of) => self.change_plan(of.plan, |plan| {
                plan.withdrawn |= plan.used.is_none();
            }),
        }
    }

    /// How long a loosening that is asked for at this credited second has to wait: what remains
    /// of the promise or of the pause that it made, and a day at least.
    pub(super) fn wait_at(&self, lock: &Lock, at: u64) -> u64 {
        let pause = self.pause_left(lock, at).unwrap_or(0);
        lock.wait_at(at).max(pause)
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
            Promise::Unknown => Scope::default(),
            _ => armed.scope.clone(),
        };
        self.put(Armed {
            promise: armed.promise.clone().bounded(),
            scope,
            holds,
            ..armed.clone()
        });
    }

    fn release(&mut self, lock: Uuid, sentence: &str) {
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

    fn closed_by_word(&mut self, lock: Uuid) {
        let at = self.passing.credited();
        if self.lock(lock).is_some_and(|held| self.is_silent(held, at)) {
            self.change(lock, |lock| {
                lock.over = Some((at, Over::ClosedUnverified));
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
    fn change(&mut self, id: Uuid, change: impl FnOnce(&mut Lock)) {
        let at = self.passing.credited();
        let held = self.locks.iter_mut().find(|lock| lock.id() == id);
        if let Some(lock) = held.filter(|lock| lock.holds_at(at)) {
            change(lock);
        }
    }

    fn change_plan(&mut self, id: Uuid, change: impl FnOnce(&mut Plan)) {
        if let Some(plan) = self.plans.iter_mut().find(|plan| plan.terms.plan == id) {
            change(plan);
        }
    }
}

/// Whether a loosening can be confirmed at this credited second, or was a moment ago.
fn is_ripe(lock: &Lock, at: u64) -> bool {
    lock.loosening.is_some_and(|Loosening { asked, wait }| {
        let ripe = asked.saturating_add(wait);
        let lapsed = ripe.saturating_add(CONFIRM).saturating_add(ON_ITS_WAY);
        (ripe..lapsed).contains(&at)
    })
}

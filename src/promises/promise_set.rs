//! All promises, and what is asked of them by the clock.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::credited_time::{ClockReading, CreditedTime, DAY};
use super::event::Armed;
use super::from_the_beginning::from_the_beginning;
use super::instants::Instants;
use super::lock::{Lock, LockState};
use super::losses::Losses;
use super::plan::{Plan, PlanState};
use super::promise::{Holds, Promise, Scope};
use super::recent::Recent;
use super::zones::Zones;
use crate::market::{AccountId, LockId};

/// One emergency release in so many seconds.
pub(super) const RELEASE_EVERY: u64 = 7 * DAY;
/// After so long without a word about its position, a lock that holds while it is open asks.
pub(super) const SILENCE: u64 = 7 * DAY;

#[derive(Clone, Debug, PartialEq)]
pub struct PromiseSet {
    pub(super) passing: CreditedTime,
    pub(super) instants: Instants,
    pub(super) locks: Vec<Lock>,
    pub(super) plans: Vec<Plan>,
    pub(super) recent: Recent,
    pub(super) losses: Losses,
    pub(super) zones: Zones,
    pub(super) no_release_before: u64,
    pub(super) sentences: BTreeMap<LockId, String>,
    pub(super) order: u64,
    /// The credited second of the last line, and what the clocks said then: what was only looked
    /// at since is written nowhere.
    pub(super) line_at: u64,
    pub(super) line_seen: Option<ClockReading>,
    pub(super) wall: Option<DateTime<Utc>>,
    pub(super) tries: u64,
    pub(super) overstepped: u64,
}

impl Default for PromiseSet {
    /// With the rules that hold from the beginning.
    fn default() -> Self {
        let locks = from_the_beginning().map(|(lock, promise)| Lock {
            armed: Armed {
                lock,
                promise,
                scope: Scope::default(),
                holds: Holds::Always,
                words: String::new(),
                flat: true,
                audit: None,
            },
            wall: None,
            at: 0,
            from: None,
            order: 0,
            handed_on: false,
            loosening: None,
            in_place: false,
            released: None,
            count_lost: None,
            asked: false,
            over: None,
        });
        Self {
            passing: CreditedTime::default(),
            instants: Instants::default(),
            locks: locks.collect(),
            plans: Vec::new(),
            recent: Recent::default(),
            losses: Losses::default(),
            zones: Zones::default(),
            no_release_before: 0,
            sentences: BTreeMap::new(),
            order: 0,
            line_at: 0,
            line_seen: None,
            wall: None,
            tries: 0,
            overstepped: 0,
        }
    }
}

impl PromiseSet {
    /// Takes in what the clocks said when the next line was written, and the journal's time.
    /// Called once for each line, before what it says is folded.
    pub fn see(&mut self, seen: ClockReading, wall: DateTime<Utc>) {
        self.look(seen.clone(), wall);
        self.line_at = self.passing.credited();
        self.zones.see(&seen.zone, self.line_at);
        self.line_seen = Some(seen);
        // The journal's time never goes back.
        self.wall = self.wall.max(Some(wall));
        self.instants.see(self.line_at, wall);
        self.order = self.order.saturating_add(1);
    }

    /// Takes in what the clocks say now, between two lines.
    pub fn look(&mut self, seen: ClockReading, wall: DateTime<Utc>) {
        self.passing.see(seen);
        if self.wall.is_none() {
            self.wall = Some(wall);
            self.instants.see(self.passing.credited(), wall);
            for lock in &mut self.locks {
                lock.from = self.wall;
            }
        }
    }

    /// The journal's time of the last line.
    pub fn last_line(&self) -> Option<DateTime<Utc>> {
        self.wall
    }

    /// The number of the line that comes next: lines that cannot be read have their places too.
    /// Answers whether there are such right before it.
    pub fn numbered(&mut self, seq: u64) -> bool {
        let are_missing = self.order < seq;
        self.order = self.order.max(seq);
        are_missing
    }

    /// The credited second, if this is what the clocks say now.
    pub(super) fn at(&self, now: &ClockReading) -> u64 {
        self.passing.at(now)
    }

    /// What the clocks said at the last line.
    pub fn last_seen(&self) -> Option<&ClockReading> {
        self.line_seen.as_ref()
    }

    /// All promises that were ever made, oldest first.
    pub fn locks(&self) -> &[Lock] {
        &self.locks
    }

    /// The promises that hold now and can stand against something, oldest first.
    pub fn in_force(&self, now: &ClockReading) -> impl Iterator<Item = &Lock> {
        self.holding(now)
            .filter(|lock| !lock.armed.promise.is_wait())
    }

    /// The waits that hold now, oldest first.
    pub fn waits(&self, now: &ClockReading) -> impl Iterator<Item = &Lock> {
        self.holding(now)
            .filter(|lock| lock.armed.promise.is_wait())
    }

    fn holding(&self, now: &ClockReading) -> impl Iterator<Item = &Lock> {
        let at = self.at(now);
        self.locks.iter().filter(move |lock| lock.holds_at(at))
    }

    pub fn lock(&self, id: LockId) -> Option<&Lock> {
        self.locks.iter().find(|lock| lock.id() == id)
    }

    /// Where a promise stands now.
    pub fn state(&self, lock: &Lock, now: &ClockReading) -> LockState {
        lock.state_at(self.at(now))
    }

    /// Whether a promise is about an account, in whatever market.
    pub fn is_about(&self, lock: &Lock, account: AccountId, place: &str) -> bool {
        let scope = Scope {
            symbol: None,
            ..lock.armed.scope.clone()
        };
        self.recent.covers(&scope, lock.order, (account, place, ""))
    }

    /// What is to hold in the place of a promise, where it was asked to be loosened to that.
    pub fn becomes<'a>(&self, lock: &'a Lock, now: &ClockReading) -> Option<&'a Armed> {
        lock.becomes_at(self.at(now))
    }

    /// Seconds until a promise ends by itself, or the pause that it has made does, or its hours
    /// begin.
    pub fn left(&self, lock: &Lock, now: &ClockReading) -> Option<u64> {
        let at = self.at(now);
        let pause = || self.pause_left(lock, at);
        let hours = || match &lock.armed.promise {
            Promise::TradingHours(hours) => match self.hours_at(hours, at, &now.zone) {
                (true, turns) => turns,
                (false, _) => None,
            },
            _ => None,
        };
        lock.left_at(at).or_else(pause).or_else(hours)
    }

    /// When a promise ended, by the journal's time; none while it holds.
    pub fn ended_on(&self, lock: &Lock, now: &ClockReading) -> Option<DateTime<Utc>> {
        lock.ended_on().filter(|_| !lock.holds_at(self.at(now)))
    }

    /// The instant so many counted seconds from now: the same whenever and wherever the end of a
    /// promise is asked for. By the wall clock where nothing was written yet.
    pub fn time_in(&self, secs: u64, now: &ClockReading) -> Option<DateTime<Utc>> {
        let wall = || {
            let secs = TimeDelta::try_seconds(i64::try_from(secs).ok()?)?;
            DateTime::from_timestamp(now.wall, 0)?.checked_add_signed(secs)
        };
        self.instants
            .instant(self.at(now).saturating_add(secs))
            .or_else(wall)
    }

    /// How long a loosening that is asked for at this credited second has to wait: what remains
    /// of the promise or of the pause that it made, and a day at least.
    pub(super) fn wait_at(&self, lock: &Lock, at: u64) -> u64 {
        let pause = self.pause_left(lock, at).unwrap_or(0);
        lock.wait_at(at).max(pause)
    }

    /// The sentence with which a promise was released.
    pub fn sentence(&self, lock: LockId) -> Option<&str> {
        self.sentences.get(&lock).map(String::as_str)
    }

    /// All plans, oldest first.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// Where a plan stands now.
    pub fn plan_state(&self, plan: &Plan, now: &ClockReading) -> PlanState {
        plan.state_at(self.at(now))
    }

    /// How many tries were met by a promise.
    pub fn tries(&self) -> u64 {
        self.tries
    }

    /// How often something was recorded that a promise stood against.
    pub fn breached(&self) -> u64 {
        self.overstepped
    }

    /// Whether emergency releases are switched off.
    pub(super) fn releases_are_off(&self, at: u64) -> bool {
        self.locks
            .iter()
            .any(|lock| lock.armed.promise == Promise::NoEmergencyRelease && lock.holds_at(at))
    }
}

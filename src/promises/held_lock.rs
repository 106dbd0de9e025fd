//! Locks as the head of the journal keeps them: each with what was left of it and when, so that
//! it holds on when the lines are gone.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::credited_time::ClockReading;
use super::event::Armed;
use super::lock::Lock;
use super::plan::PlanState;
use super::promise::{Holds, LONGEST, Promise, Scope};
use super::promise_set::{PromiseSet, RELEASE_EVERY};
use crate::market::LockId;

/// How much of her own words the head keeps, in characters: it is small.
const WORDS_KEPT: usize = 120;

/// A lock for the head: opaque to the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLock {
    pub id: LockId,
    /// Seconds until it ends; none where no time ends it.
    pub ends_in: Option<u64>,
    /// A [`Carried`] as JSON.
    pub text: String,
}

/// What the head says of a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockInHead {
    /// A promise in force.
    Lock {
        armed: Box<Armed>,
        /// Seconds left of it; none where no time ends it.
        left: Option<u64>,
        /// When that was so.
        seen: ClockReading,
        /// Its place among the lines: accounts that became known behind it are no way around it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<u64>,
        /// When it was armed, by the journal's time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<DateTime<Utc>>,
    },
    /// The emergency release was used: the next one is possible after so many seconds.
    Release {
        /// Seconds left.
        left: u64,
        /// When that was so.
        seen: ClockReading,
    },
}

/// The id under which the head keeps that the emergency release was used.
const RELEASE: LockId = LockId::from_u128(0x696d_7075_6c73_8065_8001_0000_0000_00ff);
/// The id of the strict lock that stands for locks which found no room in the head.
const UNLISTED: LockId = LockId::from_u128(0x696d_7075_6c73_8065_8001_0000_0000_00fe);

impl PromiseSet {
    /// Everything in force that the head must keep, if `now` is what the clocks say.
    pub fn locks_for_head(&self, now: &ClockReading) -> Vec<HeldLock> {
        let at = self.at(now);
        let now = &self.by_the_journal(now);
        let mut carried: Vec<HeldLock> = self
            .locks
            .iter()
            .filter(|lock| lock.holds_at(at) && lock.wall.is_some())
            // A rule that was loosened lasts as long as its pause, which is kept by itself.
            .filter(|lock| lock.armed.holds != Holds::Always || lock.over.is_none())
            .map(|lock| keep(lock.armed.clone(), lock.left_at(at), now, lock))
            .collect();
        for lock in self.locks.iter().filter(|lock| lock.holds_at(at)) {
            if let Some(left) = self.pause_left(lock, at) {
                // The same pause keeps its name, so that it is carried once.
                let id = LockId::from_u128(lock.id().as_u128() ^ 1);
                let armed = Armed {
                    lock: id,
                    promise: Promise::Paused,
                    scope: lock.armed.scope.clone(),
                    holds: Holds::For(left),
                    words: lock.armed.words.clone(),
                    flat: lock.armed.flat,
                    audit: None,
                };
                carried.push(keep(armed, Some(left), now, lock));
            }
        }
        if let Some(left) = self.release_in(at) {
            let text = LockInHead::Release {
                left,
                seen: now.clone(),
            };
            carried.push(entry(RELEASE, Some(left), &text));
        }
        carried
    }

    /// What the clocks say, with a wall clock that was set back never before the journal's time:
    /// the lines that go on from the head do not go back either.
    pub fn by_the_journal(&self, now: &ClockReading) -> ClockReading {
        let last = self.passing.last().filter(|last| last.boot == now.boot);
        let since = last.map_or(0, |last| last.passed_to(now));
        let since = i64::try_from(since).unwrap_or(i64::MAX);
        let known = self
            .last_line()
            .map_or(i64::MIN, |line| line.timestamp().saturating_add(since));
        ClockReading {
            wall: now.wall.max(known),
            ..now.clone()
        }
    }

    /// Takes up locks that the head kept, where the lines were lost or older ones were put in
    /// their place: of the fold and the head the stricter.
    pub fn restore(&mut self, locks: &[(LockId, String)], unlisted: u32) {
        let Some(now) = self.passing.last().cloned() else {
            return;
        };
        let shortest = locks
            .iter()
            .filter_map(|(id, text)| self.carry_one(*id, text, &now))
            .min();
        if unlisted > 0 {
            // Those that end soonest found no room: none of them outlasts the ones that did.
            let left = shortest.unwrap_or(LONGEST);
            if left > 0 {
                self.resume(unknown(UNLISTED, left), None, None);
            }
        }
    }

    /// Lines were lost, or older ones put in their place: each limit counts as reached for as long as
    /// it looks back, a loss may have been among them, and no plan is known to be unused. The pauses
    /// that were under way are known where the head was there: it hands them on.
    pub fn lose_count(&mut self, pauses_known: bool) {
        let at = self.passing.credited();
        let is_known = |promise: &Promise| {
            pauses_known
                && matches!(
                    promise,
                    Promise::PauseAfterLoss { .. } | Promise::PauseAfterLiquidation { .. }
                )
        };
        for lock in self.locks.iter_mut().filter(|lock| lock.holds_at(at)) {
            if !is_known(&lock.armed.promise) {
                lock.count_lost = Some(at);
            }
        }
        self.recent.lines_lost(at);
        let may_be_used = |state| matches!(state, PlanState::Ripens(_) | PlanState::Allows(_));
        self.plans.retain(|plan| !may_be_used(plan.state_at(at)));
    }

    /// The seconds left of it, where time ends it.
    fn carry_one(&mut self, id: LockId, text: &str, now: &ClockReading) -> Option<u64> {
        match serde_json::from_str(text) {
            Ok(LockInHead::Lock {
                armed,
                left,
                seen,
                order,
                on,
            }) => {
                self.zones.left(&seen.zone, self.passing.credited());
                let left = left.map(|left| left.saturating_sub(seen.passed_to(now)).min(LONGEST));
                if left == Some(0) {
                    return left;
                }
                let holds = match left {
                    Some(left) if armed.holds != Holds::Always => Holds::For(left),
                    _ => armed.holds,
                };
                self.resume(Armed { holds, ..*armed }, order, on);
                left
            }
            Ok(LockInHead::Release { left, seen }) => {
                let left = left.saturating_sub(seen.passed_to(now)).min(RELEASE_EVERY);
                let at = self.passing.credited();
                self.no_release_before = self.no_release_before.max(at.saturating_add(left));
                None
            }
            Err(_) => {
                self.resume(unknown(id, LONGEST), None, None);
                Some(LONGEST)
            }
        }
    }

    /// Puts a lock in force from now on, unless the fold holds it as long already.
    fn resume(&mut self, armed: Armed, order: Option<u64>, on: Option<DateTime<Utc>>) {
        let at = self.passing.credited();
        let as_long = |lock: &Lock| match (lock.left_at(at), armed.holds) {
            (None, _) => true,
            (Some(left), Holds::For(secs)) => left >= secs,
            (Some(_), Holds::WhileOpen(_) | Holds::Always) => false,
        };
        let held = self.locks.iter_mut().find(|lock| lock.id() == armed.lock);
        if let Some(lock) = held
            && lock.holds_at(at)
            && as_long(lock)
        {
            // Older lines may know of a request that was taken back since.
            lock.loosening = None;
            lock.handed_on = true;
            // What was logged about its position meanwhile is gone: the silence begins anew.
            if let Holds::WhileOpen(position) = lock.armed.holds {
                self.recent.heard_of(position, at);
            }
            return;
        }
        self.locks.retain(|lock| lock.id() != armed.lock);
        self.renew(armed, order, on);
    }
}

fn keep(armed: Armed, left: Option<u64>, now: &ClockReading, lock: &Lock) -> HeldLock {
    let id = armed.lock;
    let words = armed.words.chars().take(WORDS_KEPT).collect();
    let carried = LockInHead::Lock {
        armed: Box::new(Armed { words, ..armed }),
        left,
        seen: now.clone(),
        order: Some(lock.order),
        on: lock.wall,
    };
    entry(id, left, &carried)
}

fn entry(id: LockId, ends_in: Option<u64>, carried: &LockInHead) -> HeldLock {
    HeldLock {
        id,
        ends_in,
        // Plain texts and numbers always have a JSON form; without one the reader is strict.
        text: serde_json::to_string(carried).unwrap_or_default(),
    }
}

/// A lock of which nothing is known but that it is one.
pub(super) fn unknown(id: LockId, secs: u64) -> Armed {
    Armed {
        lock: id,
        promise: Promise::Unknown,
        scope: Scope::default(),
        holds: Holds::For(secs),
        words: String::new(),
        flat: false,
        audit: None,
    }
}

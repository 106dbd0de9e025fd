//! What time does next: ends, silences, waits that are over.

use super::credited_time::ClockReading;
use super::lock::{Lock, LockState};
use super::plan::PlanState;
use super::promise::{Holds, Promise};
use super::promise_set::{PromiseSet, SILENCE};

impl PromiseSet {
    /// Promises in force whose position nothing was logged about for seven days, and that were
    /// not asked about yet.
    pub fn to_ask(&self, now: &ClockReading) -> impl Iterator<Item = &Lock> {
        let at = self.at(now);
        self.locks
            .iter()
            .filter(move |lock| lock.holds_at(at) && !lock.asked && self.is_silent(lock, at))
    }

    /// Whether nothing was logged for seven days about the position a lock holds for.
    pub(super) fn is_silent(&self, lock: &Lock, at: u64) -> bool {
        self.silent_at(lock).is_some_and(|second| at >= second)
    }

    /// The credited second from which on that is so; none for what holds otherwise.
    fn silent_at(&self, lock: &Lock) -> Option<u64> {
        let Holds::WhileOpen(position) = lock.armed.holds else {
            return None;
        };
        // Where the position's lines are gone, the silence begins when the lock was handed on.
        let heard = self.recent.last_heard_of(position).unwrap_or(0);
        Some(heard.max(lock.at).saturating_add(SILENCE))
    }

    /// Whether time ends anything that is in force, so that it is worth seeing the clocks.
    pub fn counts_time(&self, now: &ClockReading) -> bool {
        let at = self.at(now);
        self.release_in(at).is_some()
            || self.locks.iter().any(|lock| {
                let waits = matches!(lock.state_at(at), LockState::Loosening { .. });
                let timed = lock.left_at(at).or_else(|| self.pause_left(lock, at));
                lock.holds_at(at) && (waits || timed.is_some())
            })
    }

    /// Whether something has ended since the last line. It is worth a line of its own: after a
    /// boot with a dead clock nobody could tell that the time had passed.
    pub fn ended_unseen(&self, now: &ClockReading) -> bool {
        let (before, at) = (self.line_at, self.at(now));
        let paused = |lock: &Lock, at| self.pause_left(lock, at).is_some();
        let ended = |lock: &Lock| {
            lock.holds_at(before) && !lock.holds_at(at) || paused(lock, before) && !paused(lock, at)
        };
        self.locks.iter().any(ended)
            || self.release_in(before).is_some() && self.release_in(at).is_none()
    }

    /// Seconds until something about promises reads otherwise: one ends or can no longer be taken
    /// back, a pause ends, a loosening can be confirmed or lapses, a release is possible again, a
    /// plan begins or ceases to count, a silence is long enough to ask about.
    pub fn next_change(&self, now: &ClockReading) -> Option<u64> {
        let at = self.at(now);
        let until = |second: u64| second.checked_sub(at);
        let held = self.locks.iter().filter(|lock| lock.holds_at(at));
        let locks = held.flat_map(|lock| {
            let (wait, lapses) = match lock.state_at(at) {
                LockState::Loosening { wait, lapses } => (Some(wait), Some(lapses)),
                LockState::InForce | LockState::Ended(_) => (None, None),
            };
            // The last second in which it can be taken back is one of them.
            let undo = lock.undo_left_at(at).map(|left| left.saturating_add(1));
            let silent = self.silent_at(lock).filter(|_| !lock.asked).and_then(until);
            let pause = self.pause_left(lock, at);
            let hours = match &lock.armed.promise {
                Promise::TradingHours(hours) => self.hours_at(hours, at, &now.zone).1,
                _ => None,
            };
            [lock.left_at(at), pause, hours, wait, lapses, undo, silent]
        });
        let plans = self.plans.iter().map(|plan| match plan.state_at(at) {
            PlanState::Ripens(left) | PlanState::Allows(left) => Some(left),
            PlanState::Used | PlanState::Lapsed | PlanState::Withdrawn => None,
        });
        locks
            .chain(plans)
            .chain([self.release_in(at)])
            .flatten()
            .filter(|left| *left > 0)
            .min()
    }

    /// Seconds until an emergency release is possible again, where one was used.
    pub(super) fn release_in(&self, at: u64) -> Option<u64> {
        self.no_release_before
            .checked_sub(at)
            .filter(|left| *left > 0)
    }
}

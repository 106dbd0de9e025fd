//! When something about promises next reads otherwise, so that nothing has to be watched.

use super::ledger::Ledger;
use super::lock::LockState;
use super::passing::Seen;
use super::plan::PlanState;

impl Ledger {
    /// Seconds until something about promises reads otherwise: one ends or can no longer be taken
    /// back, a pause ends, a loosening can be confirmed or lapses, a release is possible again, a
    /// plan begins or ceases to count, a silence is long enough to ask about.
    pub fn next_change(&self, now: &Seen) -> Option<u64> {
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
            [lock.left_at(at), pause, wait, lapses, undo, silent]
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
}

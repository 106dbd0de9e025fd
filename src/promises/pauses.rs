//! Pauses that rules make: after a loss, after a liquidation, once too much is lost, after losses in
//! a row.

use super::credited_time::DAY;
use super::lock::Lock;
use super::promise::Promise;
use super::promise_set::PromiseSet;
use super::recent::Closed;

/// No new risk for a while, in counted seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pause {
    /// When that was logged which made it, or the last of it.
    pub(super) began: u64,
    /// Until when.
    pub(super) ends: u64,
}

impl PromiseSet {
    /// The pause that a rule makes, if one is under way.
    pub(super) fn pause(&self, lock: &Lock, at: u64) -> Option<Pause> {
        let pause = match &lock.armed.promise {
            Promise::PauseAfterLoss { secs } => self.after(lock, at, *secs, |closed| closed.lost),
            Promise::PauseAfterLiquidation { secs } => {
                self.after(lock, at, *secs, |closed| closed.liquidated)
            }
            Promise::MaxLoss { most, per } => self.lost_too_much(lock, (most, per.secs()), at),
            Promise::MaxLossesInARow { losses } => self.lost_in_a_row(lock, *losses, at),
            _ => return None,
        };
        later(pause, lock).filter(|pause| pause.ends > at)
    }

    /// How long the pause of a rule still lasts, if one is under way.
    pub(super) fn pause_left(&self, lock: &Lock, at: u64) -> Option<u64> {
        self.pause(lock, at)?.ends.checked_sub(at)
    }

    /// The closes that a promise is about, newest first.
    fn closes_of<'a>(&'a self, lock: &'a Lock) -> impl Iterator<Item = &'a Closed> {
        self.recent.closes.iter().rev().filter(|closed| {
            let market = (
                closed.account,
                closed.place.as_str(),
                closed.symbol.as_str(),
            );
            self.recent.covers(&lock.armed.scope, lock.order, market)
        })
    }

    fn after(
        &self,
        lock: &Lock,
        at: u64,
        secs: u64,
        makes_one: impl Fn(&Closed) -> bool,
    ) -> Option<Pause> {
        self.closes_of(lock)
            .take_while(|closed| closed.at.saturating_add(secs) > at)
            .filter(|closed| makes_one(closed))
            .map(|closed| Pause {
                began: closed.at,
                ends: lock.shortened(closed.at, closed.at.saturating_add(secs)),
            })
            .max_by_key(|pause| pause.ends)
    }

    /// Each loss that has enough of them right before it makes a pause until the next day.
    fn lost_in_a_row(&self, lock: &Lock, losses: u32, at: u64) -> Option<Pause> {
        let many = usize::try_from(losses).unwrap_or(usize::MAX).max(1);
        // No next day is further away, in whichever time zones.
        let late = |closed: &&Closed| closed.at.saturating_add(DAY.saturating_mul(3)) > at;
        let may_pause = self.closes_of(lock).take_while(late).count();
        let newest: Vec<&Closed> = self
            .closes_of(lock)
            .take(may_pause.saturating_add(many))
            .collect();
        newest
            .windows(many)
            .take(may_pause)
            .filter(|row| row.iter().all(|closed| closed.lost))
            .filter_map(|row| row.first())
            .map(|last| Pause {
                began: last.at,
                ends: lock.shortened(last.at, last.next_day),
            })
            .max_by_key(|pause| pause.ends)
    }
}

/// The pause that was counted, or the one of a count that is lost, whichever ends later.
fn later(counted: Option<Pause>, lock: &Lock) -> Option<Pause> {
    counted
        .into_iter()
        .chain(uncounted(lock))
        .max_by_key(|pause| pause.ends)
}

/// The time for which a limit counts as reached, as nobody knows what it had counted.
pub(super) fn uncounted(lock: &Lock) -> Option<Pause> {
    let began = lock.count_lost?;
    let ends = began.saturating_add(lock.armed.promise.looks_back()?);
    Some(Pause {
        began,
        ends: lock.shortened(began, ends),
    })
}

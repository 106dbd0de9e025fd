//! One promise, from its arming to its end.

use chrono::{DateTime, TimeDelta, Utc};

use super::credited_time::{DAY, MINUTE};
use super::event::Armed;
use super::from_the_beginning::is_from_the_beginning;
use super::promise::Holds;
use crate::market::LockId;

/// How long it can be taken back, in seconds.
pub(super) const UNDO: u64 = MINUTE;
/// How long after an emergency release it is over, in seconds.
pub const RELEASE_WAIT: u64 = 15 * MINUTE;
/// The shortest wait before a promise can be loosened, in seconds.
pub(super) const LEAST_WAIT: u64 = DAY;
/// How long a loosening can be confirmed after its wait, in seconds.
pub(super) const CONFIRM: u64 = DAY;

/// A promise as the fold knows it. Times are credited seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    pub(super) armed: Armed,
    /// When; none for a promise that holds from the beginning.
    pub(super) wall: Option<DateTime<Utc>>,
    pub(super) at: u64,
    /// The instant of `at`.
    pub(super) from: Option<DateTime<Utc>>,
    /// Its place among everything that was folded.
    pub(super) order: u64,
    /// Whether it came from the head or from a line that cannot be read: `at` is then when it was
    /// taken up, not when it was promised, and what was open is not known.
    pub(super) handed_on: bool,
    pub(super) loosening: Option<Loosening>,
    /// Whether it came in the place of a stricter one, by the waiting way.
    pub(super) in_place: bool,
    pub(super) released: Option<u64>,
    /// When lines were lost that it may have counted.
    pub(super) count_lost: Option<u64>,
    /// Whether it was asked once if its position is still open.
    pub(super) asked: bool,
    pub(super) over: Option<(u64, LockEnd)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loosening {
    pub(super) asked: u64,
    pub(super) wait: u64,
    /// What comes in its place.
    pub(super) to: Option<Box<Armed>>,
}

/// How a promise ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockEnd {
    /// Its time was over.
    RanOut,
    Closed,
    /// Its position was closed, by word alone.
    ClosedUnverified,
    /// It was taken back within its first minute.
    Undone,
    /// It was loosened by the waiting way.
    Loosened,
    Released,
}

/// Where a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockState {
    InForce,
    /// It holds, and it was asked that it be loosened.
    Loosening {
        /// Seconds until it can be confirmed; 0 when it can be.
        wait: u64,
        /// Seconds until the request lapses.
        lapses: u64,
    },
    /// It is over.
    Ended(LockEnd),
}

impl Lock {
    pub fn id(&self) -> LockId {
        self.armed.lock
    }

    pub fn armed(&self) -> &Armed {
        &self.armed
    }

    /// Whether it holds from the beginning: nobody has promised it.
    pub fn is_from_the_beginning(&self) -> bool {
        is_from_the_beginning(self.id())
    }

    /// Whether it came in the place of a stricter one, by the waiting way.
    pub fn is_in_place(&self) -> bool {
        self.in_place
    }

    /// What is to come in its place, where that was asked for and the request still stands.
    pub(super) fn becomes_at(&self, at: u64) -> Option<&Armed> {
        match self.state_at(at) {
            LockState::Loosening { .. } => self.loosening.as_ref()?.to.as_deref(),
            LockState::InForce | LockState::Ended(_) => None,
        }
    }

    /// When it was armed, by the journal's time; none for one that holds from the beginning.
    pub fn armed_on(&self) -> Option<DateTime<Utc>> {
        self.wall
    }

    /// When it ended, by the journal's time: as long after it began as was credited.
    pub(super) fn ended_on(&self) -> Option<DateTime<Utc>> {
        let (end, _) = self.end()?;
        let held = i64::try_from(end.saturating_sub(self.at)).ok()?;
        self.from?.checked_add_signed(TimeDelta::try_seconds(held)?)
    }

    /// The credited second at which it ends, if one is known, and how.
    pub(super) fn end(&self) -> Option<(u64, LockEnd)> {
        let ran_out = match self.armed.holds {
            Holds::For(secs) => Some((self.at.saturating_add(secs), LockEnd::RanOut)),
            Holds::WhileOpen(_) | Holds::Always => None,
        };
        // The release of a rule ends the pause that it makes, not the rule.
        let released = self
            .released
            .filter(|_| self.armed.holds != Holds::Always)
            .map(|at| (at.saturating_add(RELEASE_WAIT), LockEnd::Released));
        [ran_out, released, self.over]
            .into_iter()
            .flatten()
            .min_by_key(|(at, _)| *at)
    }

    /// Whether it holds at this credited second.
    pub(super) fn holds_at(&self, at: u64) -> bool {
        self.end().is_none_or(|(end, _)| at < end)
    }

    /// Where it stands at this credited second.
    pub(super) fn state_at(&self, at: u64) -> LockState {
        if let Some((end, over)) = self.end()
            && at >= end
        {
            return LockState::Ended(over);
        }
        match &self.loosening {
            Some(Loosening { asked, wait, .. }) => {
                let ripe = asked.saturating_add(*wait);
                match ripe.saturating_add(CONFIRM).checked_sub(at) {
                    Some(lapses) if lapses > 0 => LockState::Loosening {
                        wait: ripe.saturating_sub(at),
                        lapses,
                    },
                    _ => LockState::InForce,
                }
            }
            None => LockState::InForce,
        }
    }

    /// Seconds until it ends by itself, where that is known.
    pub(super) fn left_at(&self, at: u64) -> Option<u64> {
        self.end().map(|(end, _)| end.saturating_sub(at))
    }

    /// Whether an emergency release is under way at this credited second.
    pub(super) fn is_being_released_at(&self, at: u64) -> bool {
        self.released
            .is_some_and(|released| released.saturating_add(RELEASE_WAIT) > at)
    }

    /// For how many seconds it can be taken back yet. The minute of one that was handed on is
    /// long over, what holds from the beginning was never armed, and one that came in the place of
    /// a stricter one would leave nothing behind.
    pub(super) fn undo_left_at(&self, at: u64) -> Option<u64> {
        let mine = self.wall.is_some() && !self.handed_on && !self.in_place && self.holds_at(at);
        UNDO.checked_sub(at.saturating_sub(self.at))
            .filter(|_| mine)
    }

    /// How long a loosening that is asked for at this credited second has to wait.
    pub(super) fn wait_at(&self, at: u64) -> u64 {
        self.left_at(at).unwrap_or(0).max(LEAST_WAIT)
    }

    /// Until when something counts that began then and would end then: a release that came behind
    /// it ends it.
    pub(super) fn shortened(&self, began: u64, ends: u64) -> u64 {
        match self.released {
            Some(released) if released >= began => ends.min(released.saturating_add(RELEASE_WAIT)),
            _ => ends,
        }
    }
}

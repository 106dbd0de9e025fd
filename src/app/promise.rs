//! The commands about promises and plans; the clocks that are written down for them, and what the
//! head keeps.

use std::borrow::Cow;
use std::time::Duration;

use super::saving::{OnSaved, Saving};
use super::{App, Phase, Refusal};
use crate::audit::answer::check_written;
use crate::engine::Money;
use crate::input::{Field, FieldError};
use crate::journal::{HeadLock, Moment};
use crate::promises::{AccountContext, Clock, PromiseCommand, PromiseEvent, PromiseSet};
use crate::record::{Event, head_locks, seen};

/// How often the clocks are written down while a promise counts time.
const CLOCK_EVERY: Duration = Duration::from_mins(30);

impl App {
    /// What would be written for something that is asked of promises now. Nothing is.
    ///
    /// # Errors
    /// Why it would be refused.
    pub fn would(&self, ask: &PromiseCommand) -> Result<PromiseEvent, Refusal> {
        let turn = self
            .ledger_ahead()
            .ask(ask, &seen(&self.now()), self.around(ask))
            .map_err(Refusal::Refused)?;
        if let PromiseEvent::Released(released) = &turn {
            check_written(&released.sentence).map_err(|problem| {
                Refusal::Fields(vec![FieldError::new(Field::Other, problem.to_string())])
            })?;
        }
        Ok(turn)
    }

    /// Whether each of these would be done now.
    ///
    /// # Errors
    /// Why the first of them that would not is refused.
    pub fn would_all(&self, asks: &[PromiseCommand]) -> Result<(), Refusal> {
        asks.iter().try_for_each(|ask| self.would(ask).map(|_| ()))
    }

    pub(super) fn ask(&mut self, ask: &PromiseCommand) -> Result<(), Refusal> {
        let turn = self.would(ask)?;
        self.append(&Event::Promise(turn), OnSaved::Nothing)
    }

    fn around(&self, ask: &PromiseCommand) -> AccountContext {
        let market = match ask {
            PromiseCommand::WritePlan(terms) => Some(terms.symbol.clone()),
            PromiseCommand::RenewPlan(plan) => self
                .state
                .promises()
                .plans()
                .iter()
                .find(|p| p.terms().plan == *plan)
                .map(|p| p.terms().symbol.clone()),
            _ => None,
        };
        let position = match ask {
            PromiseCommand::Arm(armed) => match armed.holds {
                crate::promises::Holds::WhileOpen(position) => Some(position),
                _ => None,
            },
            _ => None,
        };
        let open = || self.state.accounts().iter().flat_map(|a| &a.positions);
        let in_market =
            || open().filter(|open| Some(open.position.symbol.as_str()) == market.as_deref());
        AccountContext {
            flat: open().next().is_none(),
            flat_in_market: in_market().next().is_none(),
            losing_in_market: in_market().any(|open| {
                open.position
                    .profit()
                    .is_some_and(|profit| profit < Money::ZERO)
            }),
            position_open: open().any(|open| Some(open.id()) == position),
        }
    }

    /// The promises as they will stand once everything on its way is in the journal.
    fn ledger_ahead(&self) -> Cow<'_, PromiseSet> {
        let mut promises = Cow::Borrowed(self.state.promises());
        let now = self.now();
        for pending in &self.pending {
            if let Some(turn) = &pending.turn {
                let clocks = seen(&now);
                let wall = promises.by_the_journal(&clocks).wall;
                let wall = chrono::DateTime::from_timestamp(wall, 0).unwrap_or(now.wall);
                let ahead = promises.to_mut();
                ahead.see(clocks, wall);
                ahead.apply(turn);
            }
        }
        promises
    }

    /// What the head keeps of them.
    pub(super) fn head_locks(&self) -> Vec<HeadLock> {
        head_locks(&self.ledger_ahead(), &seen(&self.now()))
    }

    /// Brings the head's locks up to those of the lines, and to the clocks of this opening: a head
    /// that was deleted, or whose newest word was torn, knows older ones or none.
    pub(super) fn keep_locks(&self, knows_some: bool) {
        let locks = self.head_locks();
        if (knows_some || !locks.is_empty()) && !self.read_only {
            self.writer.set_locks(locks);
        }
    }

    /// Writes the clocks down now and then while a promise counts time, so that it is credited
    /// whatever the clocks do later.
    pub(super) fn credit_time(&mut self, now: &Moment) {
        if self.clock_due_in(now) == Some(Duration::ZERO) {
            // Refused only where nothing can be written; then it is due again.
            let _ = self.append(
                &Event::Promise(PromiseEvent::Clock(Clock {})),
                OnSaved::Nothing,
            );
        }
    }

    /// When the clocks are to be written down next; none while nothing can be written.
    fn clock_due_in(&self, now: &Moment) -> Option<Duration> {
        let quiet = matches!(self.saving, Saving::Quiet) && self.pending.is_empty();
        let open = matches!(self.phase, Phase::Ready) && !self.read_only;
        if !(quiet && open) {
            return None;
        }
        let now = seen(now);
        let promises = self.state.promises();
        if promises.ended_unseen(&now) {
            return Some(Duration::ZERO);
        }
        let last = promises
            .last_seen()
            .filter(|_| promises.counts_time(&now))?;
        if last.boot != now.boot {
            return Some(Duration::ZERO);
        }
        let passed = Duration::from_secs(now.up.saturating_sub(last.up));
        Some(CLOCK_EVERY.saturating_sub(passed))
    }

    /// When a promise next has something to say, from now.
    pub(super) fn promise_wake(&self, now: &Moment) -> Option<Duration> {
        let ends = self.state.promises().next_change(&seen(now));
        let ends = ends.map(Duration::from_secs);
        [ends, self.clock_due_in(now)].into_iter().flatten().min()
    }
}

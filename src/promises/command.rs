//! What the trader can ask for, and why not.

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::credited_time::ClockReading;
use super::duration::duration;
use super::event::{Armed, ClosedOn, LockRef, LooseningRequested, PlanRef, PromiseEvent, Released};
use super::kind::Kind;
use super::lock::{Lock, LockEnd, LockState, UNDO};
use super::plan::PlanState;
use super::plan_terms::PlanTerms;
use super::promise::{Holds, LONGEST_FIRST, Promise};
use super::promise_set::PromiseSet;
use crate::engine::{Money, Price};
use crate::market::{LockId, PlanId};

/// Something that is asked of promises and plans.
#[derive(Clone, Debug, PartialEq)]
pub enum PromiseCommand {
    /// Arms a promise, which acts at once.
    Arm(Box<Armed>),
    /// Takes a promise back within its first minute.
    Undo(LockId),
    /// Asks that a promise be loosened; a wait follows.
    Loosen(LooseningRequested),
    /// Confirms a loosening after its wait.
    Confirm(LockId),
    /// Takes back what was asked for: a loosening, or a release that is not over yet.
    Cancel(LockId),
    /// Releases a lock in an emergency: it is over a quarter of an hour later.
    Release {
        lock: LockId,
        /// Why, in one sentence.
        sentence: String,
    },
    /// Says that the position a lock holds for is still open.
    StillOpen(LockId),
    /// Says that the position a lock holds for was closed, where nothing was logged for a week.
    ClosedOn {
        lock: LockId,
        /// When it was closed.
        on: DateTime<Utc>,
    },
    WritePlan(Box<PlanTerms>),
    /// Renews a plan while flat.
    RenewPlan(PlanId),
    /// Takes a plan back.
    WithdrawPlan(PlanId),
}

/// Why it is not done. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// What an answer depends on beside the promises themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four facts, each by itself")]
pub struct AccountContext {
    /// No position is open at all.
    pub flat: bool,
    /// No position is open in the market of the plan.
    pub flat_in_market: bool,
    /// A position in the market of the plan is losing at its mark.
    pub losing_in_market: bool,
    /// The position that a lock is to hold for is open.
    pub position_open: bool,
}

fn refuse<T>(why: impl Into<String>) -> Result<T, Refused> {
    Err(Refused(why.into()))
}

impl PromiseSet {
    /// What is to be written for something that is asked for.
    ///
    /// # Errors
    /// [`Refused`], in a sentence that says what is possible instead.
    pub fn ask(
        &self,
        ask: &PromiseCommand,
        now: &ClockReading,
        around: AccountContext,
    ) -> Result<PromiseEvent, Refused> {
        let at = self.at(now);
        match ask {
            PromiseCommand::Arm(armed) => self.ask_arm(armed, at, around),
            PromiseCommand::Undo(lock) => {
                let held = self.held(*lock, at)?;
                if held.is_from_the_beginning() {
                    return refuse(
                        "This rule holds from the beginning: nothing was armed that could be taken back. Ask for it to be loosened instead.",
                    );
                }
                if held.undo_left_at(at).is_none() {
                    return refuse(
                        "A promise can be taken back for 60 seconds. Ask for it to be loosened instead.",
                    );
                }
                Ok(PromiseEvent::Undone(LockRef { lock: *lock }))
            }
            PromiseCommand::Loosen(of) => self.ask_loosen(of, at),
            PromiseCommand::Confirm(lock) => match self.held(*lock, at)?.state_at(at) {
                LockState::Loosening { wait: 0, .. } => {
                    Ok(PromiseEvent::Loosened(LockRef { lock: *lock }))
                }
                LockState::Loosening { wait, .. } => refuse(format!(
                    "It can be confirmed in {}, and for a day from then.",
                    duration(wait)
                )),
                LockState::InForce | LockState::Ended(_) => refuse(
                    "Nobody asked for it to be loosened, or the request has lapsed. Ask for it first.",
                ),
            },
            PromiseCommand::Cancel(lock) => {
                let held = self.held(*lock, at)?;
                let asked = matches!(held.state_at(at), LockState::Loosening { .. });
                if asked || held.is_being_released_at(at) {
                    Ok(PromiseEvent::LooseningCancelled(LockRef { lock: *lock }))
                } else {
                    refuse("Nothing was asked for that could be taken back.")
                }
            }
            PromiseCommand::Release { lock, sentence } => {
                let held = self.held(*lock, at)?;
                match self.release_problem(held, at) {
                    Some(problem) => refuse(problem),
                    None if sentence.trim().is_empty() => {
                        refuse("Write one sentence on why. It stays in the journal.")
                    }
                    None => Ok(PromiseEvent::Released(Released {
                        lock: *lock,
                        sentence: sentence.trim().to_owned(),
                    })),
                }
            }
            PromiseCommand::StillOpen(lock) => {
                self.silent(*lock, at)?;
                Ok(PromiseEvent::StillOpen(LockRef { lock: *lock }))
            }
            PromiseCommand::ClosedOn { lock, on } => {
                self.silent(*lock, at)?;
                Ok(PromiseEvent::ClosedOn(ClosedOn {
                    lock: *lock,
                    on: *on,
                    unverified: true,
                }))
            }
            PromiseCommand::WritePlan(terms) => write_plan(terms, around),
            PromiseCommand::RenewPlan(plan) => {
                let state = self.planned(*plan, at)?;
                match state {
                    _ if !around.flat_in_market => {
                        refuse("A plan is renewed while nothing is open in its market.")
                    }
                    PlanState::Ripens(_) | PlanState::Allows(_) => {
                        Ok(PromiseEvent::PlanRenewed(PlanRef { plan: *plan }))
                    }
                    PlanState::Used => refuse("This plan was used. It is kept as it was."),
                    PlanState::Lapsed | PlanState::Withdrawn => {
                        refuse("This plan is over. Write it again.")
                    }
                }
            }
            PromiseCommand::WithdrawPlan(plan) => match self.planned(*plan, at)? {
                PlanState::Used => refuse("This plan was used. It is kept as it was."),
                PlanState::Ripens(_)
                | PlanState::Allows(_)
                | PlanState::Lapsed
                | PlanState::Withdrawn => Ok(PromiseEvent::PlanWithdrawn(PlanRef { plan: *plan })),
            },
        }
    }

    fn ask_arm(
        &self,
        armed: &Armed,
        at: u64,
        around: AccountContext,
    ) -> Result<PromiseEvent, Refused> {
        if let Some(problem) = armed.promise.problem(&armed.scope, armed.holds) {
            return refuse(problem);
        }
        if matches!(armed.holds, Holds::WhileOpen(_)) && !around.position_open {
            return refuse("This position is not open.");
        }
        if armed.promise.is_lock() && !self.had_a_lock() {
            let short = matches!(armed.holds, Holds::For(secs) if secs <= LONGEST_FIRST);
            if !short {
                return refuse(
                    "A first lock is at most 24 h. Try a day; the next one may be longer.",
                );
            }
        }
        let as_strict = |lock: &&Lock| {
            let left = lock.left_at(at);
            let as_long = match armed.holds {
                // Asked for again within the minute it is the same promise, not a longer one.
                Holds::For(secs) => left.is_none_or(|left| left.saturating_add(UNDO) >= secs),
                Holds::WhileOpen(_) | Holds::Always => lock.armed.holds == armed.holds,
            };
            lock.holds_at(at)
                && !matches!(lock.state_at(at), LockState::Loosening { .. })
                && lock.released.is_none()
                && lock.armed.promise.is_as_strict_as(&armed.promise)
                && lock.armed.scope == armed.scope
                && as_long
        };
        if self.locks.iter().any(|lock| as_strict(&lock)) {
            return refuse(if armed.promise.is_wait() {
                "A wait as strict holds already. To make it looser takes a request, 24 h of waiting, and a confirmation."
            } else {
                "This is promised already, for as long to the minute."
            });
        }
        Ok(PromiseEvent::Armed(Box::new(Armed {
            flat: around.flat,
            words: armed.words.trim().to_owned(),
            ..armed.clone()
        })))
    }

    /// Whether a lock was ever armed and not taken back.
    pub fn had_a_lock(&self) -> bool {
        self.locks.iter().any(|lock| {
            let undone = matches!(lock.over, Some((_, LockEnd::Undone)));
            lock.armed.promise.is_lock() && !undone
        })
    }

    fn ask_loosen(&self, of: &LooseningRequested, at: u64) -> Result<PromiseEvent, Refused> {
        let held = self.held(of.lock, at)?;
        if let LockState::Loosening { .. } = held.state_at(at) {
            return refuse("It was asked for already.");
        }
        // A loosening waits for what remains at the least.
        if let Some(left) = held.left_at(at) {
            return refuse(format!(
                "It ends by itself in {}, before a loosening could.",
                duration(left)
            ));
        }
        if let Some(to) = &of.to {
            self.ask_in_place(held, to, at)?;
        }
        Ok(PromiseEvent::Loosening(of.clone()))
    }

    /// Whether a looser one can come in the place of a promise: what is stricter in any part is
    /// armed, and acts at once.
    fn ask_in_place(&self, held: &Lock, to: &Armed, at: u64) -> Result<(), Refused> {
        if !to.is_for_the_place_of(&held.armed) {
            return refuse("This one can only be loosened altogether.");
        }
        if let Some(problem) = to.promise.problem(&to.scope, to.holds) {
            return refuse(problem);
        }
        if to.promise.is_as_strict_as(&held.armed.promise) {
            return refuse("This is no looser than what holds. What is stricter acts at once.");
        }
        let mut holding = self.locks.iter().filter(|lock| lock.holds_at(at));
        if !holding.any(|lock| lock.armed.promise.is_as_strict_as(&to.promise)) {
            return refuse(
                "This is looser in one part and stricter in another. Make it stricter first, which acts at once; then ask for the part that is looser.",
            );
        }
        Ok(())
    }

    /// What has to be loosened so that nothing of a kind holds any more; or nothing that is
    /// stricter than this, where there is something that is to hold.
    pub fn to_loosen(&self, kind: Kind, to: Option<&Promise>, now: &ClockReading) -> Vec<LockId> {
        let at = self.at(now);
        let stricter = |lock: &&Lock| {
            let promise = &lock.armed.promise;
            promise.kind() == Some(kind)
                && lock.state_at(at) == LockState::InForce
                && !to.is_some_and(|to| to.is_as_strict_as(promise))
        };
        self.locks.iter().filter(stricter).map(Lock::id).collect()
    }

    /// Why a lock cannot be released in an emergency at this credited second, if it cannot.
    pub(super) fn release_problem(&self, lock: &Lock, at: u64) -> Option<String> {
        let began = self.pause(lock, at).map_or(lock.at, |pause| pause.began);
        let since = at.saturating_sub(began);
        if !self.locks_at(lock, at) {
            Some("This one is not a lock: it is loosened by the waiting way only.".to_owned())
        } else if self.releases_are_off(at) {
            Some("You have switched emergency releases off.".to_owned())
        } else if lock.is_being_released_at(at) {
            Some("It was released already, and is over within 15 minutes.".to_owned())
        } else if since < UNDO {
            Some("Not in the first 60 seconds. Take it back instead.".to_owned())
        } else {
            self.release_in(at).map(|left| {
                format!(
                    "One release in seven days. The next one is possible in {}.",
                    duration(left)
                )
            })
        }
    }

    /// Whether it is of the kind that can be released: a lock, or a rule while its pause lasts.
    pub fn can_be_released(&self, lock: &Lock, now: &ClockReading) -> bool {
        self.locks_at(lock, self.at(now))
    }

    fn locks_at(&self, lock: &Lock, at: u64) -> bool {
        lock.armed.holds != Holds::Always || self.pause_left(lock, at).is_some()
    }

    /// Why a lock cannot be released in an emergency now, if it cannot.
    pub fn why_no_release(&self, lock: &Lock, now: &ClockReading) -> Option<String> {
        self.release_problem(lock, self.at(now))
    }

    /// Whether a promise can be taken back now.
    pub fn can_undo(&self, lock: &Lock, now: &ClockReading) -> bool {
        self.undo_left(lock, now).is_some()
    }

    /// For how many seconds yet a promise can be taken back; none where it cannot.
    pub fn undo_left(&self, lock: &Lock, now: &ClockReading) -> Option<u64> {
        lock.undo_left_at(self.at(now))
    }

    /// Whether a release was asked for and is not over yet.
    pub fn is_being_released(&self, lock: &Lock, now: &ClockReading) -> bool {
        let at = self.at(now);
        lock.holds_at(at) && lock.is_being_released_at(at)
    }

    /// How many seconds a loosening that is asked for now has to wait before it can be confirmed.
    pub fn wait_to_loosen(&self, lock: &Lock, now: &ClockReading) -> u64 {
        self.wait_at(lock, self.at(now))
    }

    fn held(&self, lock: LockId, at: u64) -> Result<&Lock, Refused> {
        match self.lock(lock) {
            Some(held) if held.holds_at(at) => Ok(held),
            Some(held) if held.is_from_the_beginning() => refuse("This rule is over."),
            Some(_) => refuse("This promise is over."),
            None => refuse("There is no promise and no rule of this name."),
        }
    }

    fn silent(&self, lock: LockId, at: u64) -> Result<(), Refused> {
        if self.is_silent(self.held(lock, at)?, at) {
            Ok(())
        } else {
            refuse(
                "This is asked when nothing was logged about the position for seven days. Log the close instead.",
            )
        }
    }

    fn planned(&self, plan: PlanId, at: u64) -> Result<PlanState, Refused> {
        let found = self.plans().iter().find(|p| p.terms().plan == plan);
        found
            .map(|plan| plan.state_at(at))
            .ok_or_else(|| Refused("There is no plan of this name.".to_owned()))
    }
}

fn write_plan(terms: &PlanTerms, around: AccountContext) -> Result<PromiseEvent, Refused> {
    let PlanTerms {
        trigger,
        collateral,
        loss_limit,
        stop,
        ..
    } = terms;
    if around.losing_in_market {
        return refuse(
            "A position in this market is losing now. A plan is written before that, or after it is closed.",
        );
    }
    let zero = Money::ZERO;
    if trigger.trim().is_empty() {
        return refuse("Write the trigger: if this happens, then you do that.");
    }
    if *collateral < zero || *loss_limit <= zero || *stop <= Price::ZERO {
        return refuse("Collateral, loss limit and stop are numbers above zero.");
    }
    Ok(PromiseEvent::PlanWritten(Box::new(PlanTerms {
        trigger: trigger.trim().to_owned(),
        ..terms.clone()
    })))
}

impl Promise {
    /// What is offered after an isolated open: no switch to cross in its market for a day.
    pub fn offered_after_open() -> (Self, Holds) {
        (Self::NoSwitchToCross, Holds::For(Self::USUAL))
    }
}

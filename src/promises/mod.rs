//! Promises: locks and plans that a trader puts on herself. Pure rules; knows nothing of files,
//! windows and the protocol.
//!
//! A lock is an event, and whether it holds is a fold over the events and the clock: the
//! [`PromiseSet`]. Tightening acts at once; loosening waits. Nothing here is ever written down but
//! [`PromiseEvent`]s, and each of them is checked again when it is folded, so that a line that asks for
//! too much changes nothing.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `promise` | what can be promised, over what, for how long |
//! | `kind` | the kinds of all these, and their names |
//! | `problem` | why something cannot be promised so |
//! | `from_the_beginning` | the rules that nobody has promised |
//! | `credited_time` | time that is credited, never compared with a date |
//! | `instants` | which instant a counted second is |
//! | `credit_limit` | the most that can have passed, where lines may claim too much |
//! | `event` | the events: what each kind of line holds |
//! | `lock` | one promise from its arming to its end |
//! | `promise_set` | all of them, and what the clock makes of them |
//! | `fold` | what each event does to them |
//! | `next_change` | what time does next: ends, silences, waits that are over |
//! | `command` | what the trader can ask for, and why not |
//! | `action` | what a ticket would do, and how a promise against it is told |
//! | `violations` | which promises stand against it, and which plan allows it |
//! | `recent` | what happened lately that a promise counts: closes, opens |
//! | `losses` | what was lost lately, and what the accounts held before |
//! | `loss_limit` | what counts of it against a limit |
//! | `pauses` | the pauses that rules make |
//! | `hours` | hours of the week, by the local clock |
//! | `zones` | which time zones count |
//! | `local_time` | hours and the next day in each of them |
//! | `plan_terms` | what a plan says |
//! | `plan` | plans that were written before, line by line |
//! | `held_lock` | locks as the head of the journal keeps them, for when the lines are gone |
//! | `waits` | the rules by which an audit waits before its numbers |
//! | `duration` | a length of time in words |
//! | `words` | the sentences for all of these |

mod action;
mod command;
mod credit_limit;
mod credited_time;
mod duration;
mod event;
mod fold;
mod from_the_beginning;
mod held_lock;
mod hours;
mod instants;
mod kind;
mod local_time;
mod lock;
mod loss_limit;
mod losses;
mod next_change;
mod pauses;
mod plan;
mod plan_terms;
mod problem;
mod promise;
mod promise_set;
mod recent;
mod violations;
mod waits;
mod words;
mod zones;

pub use action::{Action, AtStake, EndsAt, ProposedAction, Violation};
pub use command::{AccountContext, PromiseCommand, Refused};
pub use credited_time::{ClockReading, CreditedTime};
pub use duration::{duration, seconds};
pub use event::{
    Armed, Breached, Clock, ClosedOn, LockRef, LooseningRequested, PlanRef, PromiseEvent, Released,
    Tried,
};
pub use from_the_beginning::is_from_the_beginning;
pub use held_lock::{HeldLock, LockInHead};
pub use hours::{Days, Hours, WEEK};
pub use kind::Kind;
pub use lock::{Lock, LockEnd, LockState, RELEASE_WAIT};
pub use losses::Loss;
pub use plan::{AGE as PLAN_AGE, LASTS as PLAN_LASTS, Plan, PlanFacts, PlanLine, PlanState};
pub use plan_terms::{Leg, PlanTerms, PlanUse};
pub use promise::{AccountScope, Holds, LossLimit, Period, Promise, Scope, place};
pub use promise_set::PromiseSet;
pub use recent::Close;
pub use waits::before_the_numbers;
pub use words::{STAYS_POSSIBLE, WITH_A_RECORD};

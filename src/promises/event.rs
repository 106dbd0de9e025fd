//! The events: what each kind of line holds. A payload is never changed once released.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::plan_terms::PlanTerms;
use super::promise::{Holds, Promise, Scope};
use crate::market::{AuditId, LockId, PlanId};

/// Everything that can happen to promises and plans.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PromiseEvent {
    /// `promise.armed`
    Armed(Box<Armed>),
    /// `promise.undone`: taken back within its first minute.
    Undone(LockRef),
    /// `promise.loosening`: asked to be loosened; the wait begins.
    Loosening(LooseningRequested),
    /// `promise.loosening_cancelled`
    LooseningCancelled(LockRef),
    /// `promise.loosened`: confirmed after the wait.
    Loosened(LockRef),
    /// `promise.released`: an emergency release; it is over a quarter of an hour later.
    Released(Released),
    /// `promise.still_open`: asked whether its position is still open, and it is.
    StillOpen(LockRef),
    /// `promise.closed`: asked whether its position is still open, and it was closed.
    ClosedOn(ClosedOn),
    /// `promise.tried`: an audit that a promise stood against; it ends with this.
    Tried(Tried),
    /// `promise.breached`: something was recorded that a promise stood against.
    Breached(Breached),
    /// `promise.clock`: what the clocks say, so that time is credited.
    Clock(Clock),
    /// `plan.written`
    PlanWritten(Box<PlanTerms>),
    /// `plan.renewed`
    PlanRenewed(PlanRef),
    /// `plan.withdrawn`
    PlanWithdrawn(PlanRef),
}

/// `promise.armed`: what is promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Armed {
    pub lock: LockId,
    #[serde(flatten)]
    pub promise: Promise,
    /// Over what.
    #[serde(default)]
    pub scope: Scope,
    pub holds: Holds,
    /// What she wrote for the moment in which she would break it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Whether nothing was open when it was made.
    #[serde(default)]
    pub flat: bool,
    /// The audit behind which it was offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<AuditId>,
}

impl Armed {
    /// Whether it can come in the place of another one by the waiting way.
    pub(super) fn is_for_the_place_of(&self, held: &Self) -> bool {
        self.holds == Holds::Always && self.promise.is_of_the_kind_of(&held.promise)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockRef {
    pub lock: LockId,
}

/// `promise.loosening`: what is to be loosened, and what is to hold in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooseningRequested {
    pub lock: LockId,
    /// The looser one that comes into force when it is confirmed; none where it is to be over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Box<Armed>>,
}

impl LooseningRequested {
    /// With nothing in its place.
    pub const fn off(lock: LockId) -> Self {
        Self { lock, to: None }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRef {
    pub plan: PlanId,
}

/// `promise.released`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    pub lock: LockId,
    /// Why, in one sentence.
    pub sentence: String,
}

/// `promise.closed`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedOn {
    pub lock: LockId,
    /// When the position was closed, by the trader's word.
    pub on: DateTime<Utc>,
    /// Always set: nobody logged the close when it happened.
    pub unverified: bool,
}

/// `promise.tried`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub audit: AuditId,
    /// Which promises stood against it.
    pub locks: Vec<LockId>,
}

/// `promise.breached`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breached {
    /// Which promises stood against it.
    pub locks: Vec<LockId>,
    /// What was recorded, in a few words.
    pub what: String,
}

/// `promise.clock`: the line's own envelope says everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {}

impl PromiseEvent {
    /// The kind written into the line.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Armed(_) => "promise.armed",
            Self::Undone(_) => "promise.undone",
            Self::Loosening(_) => "promise.loosening",
            Self::LooseningCancelled(_) => "promise.loosening_cancelled",
            Self::Loosened(_) => "promise.loosened",
            Self::Released(_) => "promise.released",
            Self::StillOpen(_) => "promise.still_open",
            Self::ClosedOn(_) => "promise.closed",
            Self::Tried(_) => "promise.tried",
            Self::Breached(_) => "promise.breached",
            Self::Clock(_) => "promise.clock",
            Self::PlanWritten(_) => "plan.written",
            Self::PlanRenewed(_) => "plan.renewed",
            Self::PlanWithdrawn(_) => "plan.withdrawn",
        }
    }

    /// Reads the payload of a kind in its first version; none where the kind is not one of
    /// promises and plans.
    pub fn read(kind: &str, json: &str) -> Option<Result<Self, serde_json::Error>> {
        let read = match kind {
            "promise.armed" => from(json, |data| Self::Armed(Box::new(data))),
            "promise.undone" => from(json, Self::Undone),
            "promise.loosening" => from(json, Self::Loosening),
            "promise.loosening_cancelled" => from(json, Self::LooseningCancelled),
            "promise.loosened" => from(json, Self::Loosened),
            "promise.released" => from(json, Self::Released),
            "promise.still_open" => from(json, Self::StillOpen),
            "promise.closed" => from(json, Self::ClosedOn),
            "promise.tried" => from(json, Self::Tried),
            "promise.breached" => from(json, Self::Breached),
            "promise.clock" => from(json, Self::Clock),
            "plan.written" => from(json, |data| Self::PlanWritten(Box::new(data))),
            "plan.renewed" => from(json, Self::PlanRenewed),
            "plan.withdrawn" => from(json, Self::PlanWithdrawn),
            _ => return None,
        };
        Some(read)
    }
}

fn from<'a, T: Deserialize<'a>>(
    json: &'a str,
    turn: impl FnOnce(T) -> PromiseEvent,
) -> Result<PromiseEvent, serde_json::Error> {
    serde_json::from_str(json).map(turn)
}

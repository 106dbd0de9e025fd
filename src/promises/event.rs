//! The events: what each kind of line holds. A payload is never changed once released.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::plan_terms::PlanTerms;
use super::promise::{Holds, Promise, Scope};
use crate::market::{AuditId, LockId, PlanId};

/// Writes the events out of their one table: kind, name and payload.
macro_rules! events {
    ($($(#[$doc:meta])? $kind:literal => $name:ident($payload:ty),)*) => {
        /// Everything that can happen to promises and plans.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum PromiseEvent {
            $(#[doc = concat!("`", $kind, "`")] $(#[$doc])? $name($payload),)*
        }

        impl PromiseEvent {
            /// The kind written into the line.
            pub const fn kind(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $kind,)*
                }
            }

            /// Reads the payload of a kind in its first version; none where the kind is not one of
            /// promises and plans.
            pub fn read(kind: &str, json: &str) -> Option<Result<Self, serde_json::Error>> {
                match kind {
                    $($kind => Some(serde_json::from_str(json).map(Self::$name)),)*
                    _ => None,
                }
            }
        }
    };
}

events! {
    "promise.armed" => Armed(Box<Armed>),
    /// Taken back within its first minute.
    "promise.undone" => Undone(LockRef),
    /// Asked to be loosened; the wait begins.
    "promise.loosening" => Loosening(LooseningRequested),
    "promise.loosening_cancelled" => LooseningCancelled(LockRef),
    /// Confirmed after the wait.
    "promise.loosened" => Loosened(LockRef),
    /// An emergency release; it is over a quarter of an hour later.
    "promise.released" => Released(Released),
    /// Asked whether its position is still open, and it is.
    "promise.still_open" => StillOpen(LockRef),
    /// Asked whether its position is still open, and it was closed.
    "promise.closed" => ClosedOn(ClosedOn),
    /// An audit that a promise stood against; it ends with this.
    "promise.tried" => Tried(Tried),
    /// Something was recorded that a promise stood against.
    "promise.breached" => Breached(Breached),
    /// What the clocks say, so that time is credited.
    "promise.clock" => Clock(Clock),
    "plan.written" => PlanWritten(Box<PlanTerms>),
    "plan.renewed" => PlanRenewed(PlanRef),
    "plan.withdrawn" => PlanWithdrawn(PlanRef),
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

//! The head: how far the journal reaches, kept in another folder than its lines.
//!
//! - `slot`: one of its two slots, as 4,096 bytes.
//! - `store`: the file of both.

mod slot;
mod store;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(super) use slot::{SIZE as SLOT_SIZE, Slot};
pub(super) use store::{Head, HeadStore};

/// A lock as the head keeps it: opaque to the journal, so that it holds even when
/// the lines are gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadLock {
    /// The id of the lock.
    pub id: Uuid,
    /// When it ends at the latest; `None` when no date ends it.
    #[serde(rename = "ends")]
    pub ends_at: Option<DateTime<Utc>>,
    /// Its owner's text: what the lock says, in the owner's own form.
    pub text: String,
}

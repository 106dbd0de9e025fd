//! Time enters as a value.
//!
//! - `system`: the machine's own clocks.
//! - `hand`: a clock moved by hand, for tests in any room.
//! - `keeper`: the journal's time, which never runs backwards.

mod hand;
pub(super) mod keeper;
mod system;

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};

pub use hand::HandClock;
pub use system::SystemClock;

/// What the clocks of a machine say at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The wall clock, in UTC. A person can set it.
    pub wall: DateTime<Utc>,
    /// The IANA name of the local time zone, such as `America/New_York`.
    pub zone: String,
    /// An id of the present boot: equal ids mean that `up` can be compared.
    pub boot: String,
    /// Time since that boot. A person cannot set it.
    pub up: Duration,
}

/// Where time comes from.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The present moment.
    fn now(&self) -> Moment;
}

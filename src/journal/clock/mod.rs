//! Time enters as a value.
//!
//! - `system`: the machine's own clocks.
//! - `machine`: its boot clock and boot id, system by system.
//! - `hand`: a clock moved by hand, for tests in any room.
//! - `journal_time`: the journal's time, which never runs backwards.

mod hand;
pub(super) mod journal_time;
mod machine;
mod system;

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use hand::HandClock;
pub use system::SystemClock;

/// What the clocks of a machine say at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The wall clock, in UTC. A person can set it.
    pub wall: DateTime<Utc>,
    /// The IANA name of the local time zone, such as `America/New_York`.
    pub zone: String,
    /// An id of the present boot: equal ids mean that `up` can be compared.
    pub boot: String,
    /// Time since that boot. Setting the wall clock leaves it as it is. Written as milliseconds.
    #[serde(with = "milliseconds")]
    pub up: Duration,
}

impl Moment {
    /// How much time went by from `earlier` to this moment: by the boot clock within one
    /// boot, by the wall clock across boots, and never less than none.
    ///
    /// ```
    /// use std::time::Duration;
    /// use impulse_audit::journal::{Clock as _, HandClock};
    ///
    /// let clock = HandClock::new();
    /// let before = clock.now();
    /// clock.advance(Duration::from_secs(5));
    /// clock.set_wall(before.wall); // a person sets the wall clock back
    /// assert_eq!(clock.now().since(&before), Duration::from_secs(5));
    /// ```
    pub fn since(&self, earlier: &Self) -> Duration {
        if self.boot == earlier.boot {
            self.up.saturating_sub(earlier.up)
        } else {
            self.wall
                .signed_duration_since(earlier.wall)
                .to_std()
                .unwrap_or_default()
        }
    }
}

mod milliseconds {
    use std::time::Duration;

    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(up: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(u64::try_from(up.as_millis()).unwrap_or(u64::MAX))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}

/// Where time comes from.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The present moment.
    fn now(&self) -> Moment;
}

//! Ids that sort by the time they were made at, and types for what they name.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use uuid::{NoContext, Timestamp, Uuid};

/// A new id, time-ordered (version 7): no two are alike, whatever the clock says. Before 1970
/// there is no such time; there it says 1970.
///
/// ```
/// use impulse_audit::journal::new_id;
///
/// assert_ne!(new_id(), new_id());
/// assert_eq!(new_id().get_version_num(), 7);
/// ```
pub fn new_id() -> Uuid {
    at(SystemTime::now())
}

/// A type of its own for what ids of one kind name.
macro_rules! typed_id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("Names ", $what, " for good, whatever it is called on the screen.")]
        #[derive(
            Clone,
            Copy,
            Debug,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
            serde::Serialize,
            serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A new one, never seen before.
            pub fn fresh() -> Self {
                Self($crate::journal::new_id())
            }

            /// The one with this number.
            pub const fn from_u128(number: u128) -> Self {
                Self(uuid::Uuid::from_u128(number))
            }

            /// Its number.
            pub const fn as_u128(self) -> u128 {
                self.0.as_u128()
            }

            /// The one with this bare id.
            pub const fn of(id: uuid::Uuid) -> Self {
                Self(id)
            }

            /// The bare id.
            pub const fn get(self) -> uuid::Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}
pub(crate) use typed_id;

typed_id!(EventId, "an event");

fn at(time: SystemTime) -> Uuid {
    let since: Duration = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        since.as_secs(),
        since.subsec_nanos(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_before_1970_makes_ids_as_any_other() {
        let before = UNIX_EPOCH - Duration::from_secs(100_000);
        let ids = [at(before), at(before), at(UNIX_EPOCH)];
        for id in ids {
            assert_eq!(id.get_version_num(), 7);
            assert!(id.to_string().starts_with("00000000-0000-7"), "{id}");
        }
        assert_ne!(ids[0], ids[1]);
    }
}

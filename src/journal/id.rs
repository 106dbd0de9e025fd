//! Ids that sort by the time they were made at.

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

//! An instant in the zone it was written in, wherever it is read.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

/// The wall clock's time of an instant in a zone by its IANA name; none where the zone is not
/// known.
pub(super) fn local(at: DateTime<Utc>, zone: &str) -> Option<NaiveDateTime> {
    let zone: Tz = zone.parse().ok()?;
    Some(at.with_timezone(&zone).naive_local())
}

/// "2026-03-01 14:30:00": what every spreadsheet takes for a time.
pub(super) fn stamp(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_it_was_written_in_decides_the_day_and_its_summer_time() {
        for (at, zone, expected) in [
            (
                "2026-03-01T14:30:00Z",
                "America/New_York",
                Some("2026-03-01 09:30:00"),
            ),
            // Summer time began there on 8 March.
            (
                "2026-03-09T14:30:00Z",
                "America/New_York",
                Some("2026-03-09 10:30:00"),
            ),
            (
                "2026-12-31T18:45:00Z",
                "Asia/Kathmandu",
                Some("2027-01-01 00:30:00"),
            ),
            ("2026-03-01T14:30:00Z", "Nowhere/Land", None),
        ] {
            let at = at.parse().unwrap();
            assert_eq!(local(at, zone).map(stamp).as_deref(), expected, "{zone}");
        }
    }
}

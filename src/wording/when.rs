//! Times of day, and how long ago something was. The one place where an instant becomes a
//! local day.

use std::time::Duration;

use chrono::{DateTime, Local, NaiveDate, Utc};

/// "Thu 12 Nov 22:40".
pub fn day_and_time(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local)
        .format("%a %-d %b %H:%M")
        .to_string()
}

/// "Thu 12 Nov at 22:40".
pub fn day_at_time(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local)
        .format("%a %-d %b at %H:%M")
        .to_string()
}

/// "22:40".
pub fn time(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%H:%M").to_string()
}

/// "22:40:07": for waits of seconds.
pub fn time_with_seconds(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%H:%M:%S").to_string()
}

/// The local day of an instant.
pub fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Local).date_naive()
}

/// "Today", "Yesterday", "Thu 19 Nov", with the year where it is another one.
pub fn day_heading(day: NaiveDate, today: NaiveDate) -> String {
    use chrono::Datelike as _;
    match today.signed_duration_since(day).num_days() {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ if day.year() == today.year() => day.format("%a %-d %b").to_string(),
        _ => day.format("%a %-d %b %Y").to_string(),
    }
}

/// How old a figure is, after its name: "written just now", "from 3 h ago".
pub fn age(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match ago(at, now).as_str() {
        JUST_NOW => format!("written {JUST_NOW}"),
        ago => format!("from {ago}"),
    }
}

/// How old the figures of an account are, each by its name: "wallet from 3 h ago, marks written
/// just now". Without a position there are no marks.
pub fn ages(wallet: DateTime<Utc>, marks: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    let of_wallet = age(wallet, now);
    match marks.map(|marks| age(marks, now)) {
        None => format!("wallet {of_wallet}"),
        Some(of_marks) if of_marks == of_wallet => format!("wallet and marks {of_wallet}"),
        Some(of_marks) => format!("wallet {of_wallet}, marks {of_marks}"),
    }
}

const JUST_NOW: &str = "just now";

/// "just now", "12 min ago", "3 h ago", "2 d ago".
fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = now.signed_duration_since(at).num_minutes();
    match minutes {
        ..2 => JUST_NOW.to_owned(),
        2..90 => format!("{minutes} min ago"),
        90..2_880 => format!("{} h ago", minutes.saturating_add(30) / 60),
        _ => format!("{} d ago", minutes / 1_440),
    }
}

/// When `left` will be over, counted from `now`.
pub fn end_of(now: DateTime<Utc>, left: Duration) -> DateTime<Utc> {
    chrono::TimeDelta::from_std(left)
        .ok()
        .and_then(|left| now.checked_add_signed(left))
        .unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn ages_are_told_in_the_unit_a_person_would_use() {
        let now = DateTime::from_timestamp(1_772_375_400, 0).unwrap();
        for (minutes, words) in [
            (0, "just now"),
            (5, "5 min ago"),
            (89, "89 min ago"),
            (180, "3 h ago"),
            (47 * 60, "47 h ago"),
            (72 * 60, "3 d ago"),
        ] {
            assert_eq!(ago(now - TimeDelta::minutes(minutes), now), words);
        }
    }

    #[test]
    fn of_wallet_and_marks_each_is_said_with_its_own_age() {
        let now = DateTime::from_timestamp(1_772_375_400, 0).unwrap();
        let ago = |minutes| now - TimeDelta::minutes(minutes);
        for (wallet, marks, words) in [
            (6, None, "wallet from 6 min ago"),
            (6, Some(0), "wallet from 6 min ago, marks written just now"),
            (0, Some(180), "wallet written just now, marks from 3 h ago"),
            (6, Some(6), "wallet and marks from 6 min ago"),
            (0, Some(1), "wallet and marks written just now"),
        ] {
            assert_eq!(ages(ago(wallet), marks.map(ago), now), words);
        }
    }

    #[test]
    fn a_clock_set_back_makes_nothing_older_than_now() {
        let now = DateTime::from_timestamp(1_772_375_400, 0).unwrap();
        assert_eq!(ago(now + TimeDelta::hours(3), now), "just now");
    }

    #[test]
    fn days_are_named_by_their_distance() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let of = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(day_heading(today, today), "Today");
        assert_eq!(day_heading(of(2026, 11, 20), today), "Yesterday");
        assert_eq!(day_heading(of(2026, 11, 19), today), "Thu 19 Nov");
        assert_eq!(day_heading(of(2025, 11, 19), today), "Wed 19 Nov 2025");
    }
}

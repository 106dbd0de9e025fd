//! A day as it is typed: `2026-11-14`, `14 Nov`, `14.11.2026`, `yesterday`.

use chrono::{DateTime, Datelike as _, Local, NaiveDate, NaiveTime, Utc};
use thiserror::Error;

/// Why a text is no day on which something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DayProblem {
    #[error("Write the day, like 14 Nov or 2026-11-14.")]
    Empty,
    /// It cannot be read, or in two ways.
    #[error("This day cannot be read. Write it like 14 Nov or 2026-11-14.")]
    NotADay,
    /// It has not come yet.
    #[error("This day has not come yet.")]
    ToCome,
}

/// Reads a day that is over or is today. Without a year it is the last such day.
///
/// # Errors
/// [`DayProblem`], in a sentence that says how to write it.
pub fn read_day(text: &str, today: NaiveDate) -> Result<NaiveDate, DayProblem> {
    let text = text.trim();
    match text.to_lowercase().as_str() {
        "" => return Err(DayProblem::Empty),
        "today" => return Ok(today),
        "yesterday" => return today.pred_opt().ok_or(DayProblem::NotADay),
        _ => {}
    }
    let whole = ["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"];
    let parsed = whole
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(text, format).ok());
    if let Some(day) = parsed {
        return if day > today {
            Err(DayProblem::ToCome)
        } else {
            Ok(day)
        };
    }
    // A 29 February may lie up to eight years back.
    (0..=8)
        .filter_map(|back| today.year().checked_sub(back))
        .filter_map(|year| NaiveDate::parse_from_str(&format!("{text} {year}"), "%d %B %Y").ok())
        .find(|day| *day <= today)
        .ok_or(DayProblem::NotADay)
}

/// The instant at which a local day begins; where the clocks skip midnight, the first hour that
/// there is.
pub fn beginning_of(day: NaiveDate) -> Option<DateTime<Utc>> {
    (0..=3)
        .filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0))
        .find_map(|time| day.and_time(time).and_local_timezone(Local).earliest())
        .map(|begins| begins.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn one_day_is_read_in_each_of_its_spellings() {
        let today = day(2026, 11, 21);
        for typed in [
            "2026-11-14",
            "14.11.2026",
            "14 Nov 2026",
            "14 november 2026",
            "14 Nov",
            " 14 nov ",
            "14 November",
        ] {
            assert_eq!(read_day(typed, today), Ok(day(2026, 11, 14)), "{typed:?}");
        }
        assert_eq!(read_day("Yesterday", today), Ok(day(2026, 11, 20)));
        assert_eq!(read_day("today", today), Ok(today));
    }

    #[test]
    fn without_a_year_it_is_the_last_such_day() {
        let today = day(2026, 1, 5);
        assert_eq!(read_day("30 Dec", today), Ok(day(2025, 12, 30)));
        assert_eq!(read_day("29 Feb", today), Ok(day(2024, 2, 29)));
    }

    #[test]
    fn what_is_no_day_is_said_and_never_guessed() {
        let today = day(2026, 11, 21);
        for (typed, problem) in [
            ("", DayProblem::Empty),
            ("2026-11-22", DayProblem::ToCome),
            ("31 Nov", DayProblem::NotADay),
            ("11/12/2026", DayProblem::NotADay),
            ("last week", DayProblem::NotADay),
        ] {
            assert_eq!(read_day(typed, today), Err(problem), "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn no_day_that_is_read_has_yet_to_come(text in "\\PC{0,16}", ahead in 0_u64..3_000) {
            let today = day(2024, 1, 1).checked_add_days(chrono::Days::new(ahead)).unwrap();
            if let Ok(read) = read_day(&text, today) {
                prop_assert!(read <= today);
            }
        }

        #[test]
        fn a_day_begins_within_itself(ahead in 0_u64..3_000) {
            let day = day(2024, 1, 1).checked_add_days(chrono::Days::new(ahead)).unwrap();
            prop_assert_eq!(beginning_of(day).unwrap().with_timezone(&Local).date_naive(), day);
        }
    }
}

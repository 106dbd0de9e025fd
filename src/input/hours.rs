//! Times of day and days of the week as they are typed.

use std::str::FromStr as _;

use chrono::{NaiveTime, Weekday};
use thiserror::Error;

/// Why a text is no hours or days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HoursProblem {
    /// No time of day.
    #[error("Write a time of day, like 09:00 or 17:30.")]
    Time,
    /// No days.
    #[error("Write days, like mon-fri or mon,wed,sat.")]
    Days,
    /// No hours.
    #[error("Write hours, like 09:00-17:30.")]
    Hours,
}

/// Reads a time of day: `9`, `9:30`, `17:30`; `24:00` is midnight.
///
/// # Errors
/// [`HoursProblem::Time`], in a sentence that says how to write it.
pub fn read_time(text: &str) -> Result<NaiveTime, HoursProblem> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text, "00"));
    let number = |text: &str| {
        let text = text.trim();
        let digits = text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| digits)
    };
    let (hour, minute) = number(hour)
        .zip(number(minute).filter(|_| minute.trim().len() == 2))
        .ok_or(HoursProblem::Time)?;
    let hour = if (hour, minute) == (24, 0) { 0 } else { hour };
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or(HoursProblem::Time)
}

/// Reads two times of day: `09:00-17:30`.
///
/// # Errors
/// [`HoursProblem`], in a sentence that says how to write it.
pub fn read_hours(text: &str) -> Result<(NaiveTime, NaiveTime), HoursProblem> {
    let (from, to) = text.split_once(['-', '–']).ok_or(HoursProblem::Hours)?;
    Ok((read_time(from)?, read_time(to)?))
}

/// Reads days of the week: `mon-fri`, `mon,wed,sat`, `fri-mon`.
///
/// # Errors
/// [`HoursProblem::Days`], in a sentence that says how to write it.
///
/// ```
/// use chrono::Weekday;
/// use impulse_audit::input::{HoursProblem, read_days};
///
/// assert_eq!(read_days("sat-mon").map(|days| days.contains(&Weekday::Sun)), Ok(true));
/// assert_eq!(read_days("someday"), Err(HoursProblem::Days));
/// ```
pub fn read_days(text: &str) -> Result<Vec<Weekday>, HoursProblem> {
    let one = |text: &str| Weekday::from_str(text.trim()).map_err(|_| HoursProblem::Days);
    let mut days = Vec::new();
    for part in text
        .split([',', ' '])
        .filter(|part| !part.trim().is_empty())
    {
        let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (mut day, last) = (one(first)?, one(last)?);
        days.push(day);
        while day != last {
            day = day.succ();
            days.push(day);
        }
    }
    if days.is_empty() {
        return Err(HoursProblem::Days);
    }
    Ok(days)
}

//! A length of time as a person types it: `36h`, `2d`, `1 d 12 h`.

use thiserror::Error;

/// One minute, in seconds.
pub(crate) const MINUTE: u64 = 60;
/// One hour, in seconds.
pub(crate) const HOUR: u64 = 3600;
/// One day, in seconds.
pub(crate) const DAY: u64 = 86_400;

/// Why a text is no length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LengthProblem {
    #[error("Write how long, like 36h, 2d or 90 min.")]
    Empty,
    /// A number without its unit.
    #[error("Write a unit behind the number: min, h or d.")]
    NoUnit,
    /// Something else.
    #[error("This is not a length of time. Write it like 36h, 2d or 90 min.")]
    NotALength,
}

/// Reads a length of time, in seconds: whole numbers, each with its unit, added up. How long a
/// promise may be is not asked here.
///
/// # Errors
/// [`LengthProblem`], in a sentence that says how to write it.
///
/// ```
/// use impulse_audit::input::{LengthProblem, read_length};
///
/// assert_eq!(read_length("36h"), Ok(129_600));
/// assert_eq!(read_length("2 days"), Ok(172_800));
/// assert_eq!(read_length("1d 12h"), Ok(129_600));
/// assert_eq!(read_length("36"), Err(LengthProblem::NoUnit));
/// ```
pub fn read_length(text: &str) -> Result<u64, LengthProblem> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(LengthProblem::Empty);
    }
    let mut sum: u64 = 0;
    while !rest.is_empty() {
        let (number, after) = split(rest, |c| c.is_ascii_digit());
        let (unit, after) = split(after.trim_start(), char::is_alphabetic);
        let number: u64 = number.parse().map_err(|_| LengthProblem::NotALength)?;
        if unit.is_empty() && after.is_empty() {
            return Err(LengthProblem::NoUnit);
        }
        let unit = seconds(&unit.to_lowercase()).ok_or(LengthProblem::NotALength)?;
        sum = number
            .checked_mul(unit)
            .and_then(|part| sum.checked_add(part))
            .ok_or(LengthProblem::NotALength)?;
        rest = after.trim_start();
    }
    Ok(sum)
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn seconds(unit: &str) -> Option<u64> {
    match unit {
        "m" | "min" | "mins" | "minute" | "minutes" => Some(MINUTE),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(HOUR),
        "d" | "day" | "days" => Some(DAY),
        "w" | "week" | "weeks" => DAY.checked_mul(7),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_spellings_of_a_day_and_a_half_are_one_length() {
        for typed in [
            "36h",
            "36 h",
            "36 hours",
            "1d12h",
            "1 d 12 h",
            "1 Day 12 Hrs",
            "2160 min",
            " 36H ",
        ] {
            assert_eq!(read_length(typed), Ok(129_600), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_length_is_said_and_never_guessed() {
        for (typed, problem) in [
            ("", LengthProblem::Empty),
            ("  ", LengthProblem::Empty),
            ("36", LengthProblem::NoUnit),
            ("1d 12", LengthProblem::NoUnit),
            ("h", LengthProblem::NotALength),
            ("-2h", LengthProblem::NotALength),
            ("1.5h", LengthProblem::NotALength),
            ("2 moons", LengthProblem::NotALength),
            ("12 34h", LengthProblem::NotALength),
            ("99999999999999999999d", LengthProblem::NotALength),
            ("18446744073709551615d", LengthProblem::NotALength),
        ] {
            assert_eq!(read_length(typed), Err(problem), "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gets_an_answer(text in "\\PC{0,24}") {
            let _ = read_length(&text);
        }
    }
}

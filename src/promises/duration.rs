//! A length of time in words.

use super::credited_time::{DAY, HOUR, MINUTE};

/// A length of time in words: the two largest units that are in it.
///
/// ```
/// use impulse_audit::promises::duration;
///
/// assert_eq!(duration(86_400), "24 h");
/// assert_eq!(duration(259_200), "3 d");
/// assert_eq!(duration(90_061), "1 d 1 h");
/// assert_eq!(duration(5_400), "1 h 30 min");
/// assert_eq!(duration(59), "59 s");
/// ```
pub fn duration(secs: u64) -> String {
    if secs < MINUTE {
        return format!("{secs} s");
    }
    if secs == DAY {
        return "24 h".to_owned();
    }
    let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "min")];
    let mut left = secs;
    let mut parts = Vec::new();
    for (unit, name) in units {
        let (count, rest) = (left.checked_div(unit), left.checked_rem(unit));
        if let (Some(count), Some(rest)) = (count, rest)
            && count > 0
        {
            parts.push(format!("{count} {name}"));
            left = rest;
        }
    }
    parts.truncate(2);
    parts.join(" ")
}

/// Less than a few hours, to the second.
///
/// ```
/// use impulse_audit::promises::seconds;
///
/// assert_eq!(seconds(45), "45 s");
/// assert_eq!(seconds(60), "1 min");
/// assert_eq!(seconds(90), "1 min 30 s");
/// ```
pub fn seconds(secs: u64) -> String {
    match secs.checked_rem(MINUTE) {
        Some(rest) if rest > 0 && secs > MINUTE => {
            let whole = duration(secs.saturating_sub(rest));
            format!("{whole} {}", duration(rest))
        }
        _ => duration(secs),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::duration;
    use crate::input::length::HOUR;
    use crate::input::read_length;

    proptest! {
        #[test]
        fn a_length_in_whole_hours_is_read_as_it_is_shown(hours in 1_u64..10_000) {
            let secs = hours.saturating_mul(HOUR);
            prop_assert_eq!(read_length(&duration(secs)), Ok(secs));
        }
    }
}

//! Numbers exactly as they stand in the JSON.

use rust_decimal::Decimal;

use crate::engine::{NumberError, read_decimal};

/// Beyond this power of ten no number but zero can be held; the bound keeps the work small.
const LARGEST_POWER: i64 = 60;

/// Reads a number as programs write it: plain, or with an exponent (`1e-7`, `5E+3`). The digits
/// are moved, never multiplied: `0.1` is 0.1.
pub(super) fn exact(text: &str) -> Result<Decimal, NumberError> {
    let Some((mantissa, power)) = text.split_once(['e', 'E']) else {
        return read_decimal(text);
    };
    let (sign, unsigned) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return Err(NumberError::NotANumber);
    }
    let power_digits = power.strip_prefix(['+', '-']).unwrap_or(power);
    if power_digits.is_empty() || !is_digits(power_digits) {
        return Err(NumberError::NotANumber);
    }
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Ok(Decimal::ZERO);
    }
    let power: i64 = power.parse().map_err(|_| NumberError::TooManyDigits)?;
    if power.abs() > LARGEST_POWER {
        return Err(NumberError::TooManyDigits);
    }
    let before = i64::try_from(whole.len()).map_err(|_| NumberError::TooManyDigits)?;
    let point = before.saturating_add(power);
    let plain = match usize::try_from(point) {
        Err(_) => format!("{sign}0.{}{digits}", zeros(point.unsigned_abs())),
        Ok(point) => match digits.split_at_checked(point) {
            Some(("", after)) => format!("{sign}0.{after}"),
            Some((before, "")) => format!("{sign}{before}"),
            Some((before, after)) => format!("{sign}{before}.{after}"),
            None => {
                let missing = point.saturating_sub(digits.len());
                format!("{sign}{digits}{}", "0".repeat(missing))
            }
        },
    };
    read_decimal(&plain)
}

fn zeros(count: u64) -> String {
    "0".repeat(usize::try_from(count).unwrap_or(usize::MAX).min(64))
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn digits_are_moved_never_multiplied() {
        for (text, value) in [
            ("0.1", dec!(0.1)),
            ("1e-7", dec!(0.0000001)),
            ("1E-07", dec!(0.0000001)),
            ("5E+3", dec!(5000)),
            ("-2.50e1", dec!(-25)),
            ("0.00012e4", dec!(1.2)),
            ("123.456e2", dec!(12345.6)),
            ("123.456e3", dec!(123456)),
            ("12e-2", dec!(0.12)),
            ("0e999999999999999999999", dec!(0)),
            ("1e-28", dec!(0.0000000000000000000000000001)),
        ] {
            assert_eq!(exact(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_held_is_refused() {
        for text in ["1e29", "1e-29", "1e60", "9e61", "1e99999999999999999999"] {
            assert_eq!(exact(text), Err(NumberError::TooManyDigits), "{text}");
        }
        for text in ["e5", "1e", "1e+", "1e1.5", "1ee5", "x", "-e1", ".5e1"] {
            assert_eq!(exact(text), Err(NumberError::NotANumber), "{text}");
        }
    }
}

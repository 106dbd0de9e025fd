//! Numbers exactly as they stand in the JSON.

use rust_decimal::Decimal;

use crate::engine::{NumberError, read_decimal};

/// Reads a number as programs write it: plain, or with an exponent (`1e-7`, `5E+3`). What has more
/// digits than can be held is refused, never rounded.
pub(super) fn exact(text: &str) -> Result<Decimal, NumberError> {
    let Some((mantissa, power)) = text.split_once(['e', 'E']) else {
        return read_decimal(text);
    };
    // Decimal's own reading would round a mantissa that is too long.
    let mantissa = read_decimal(mantissa)?;
    let digits = power.strip_prefix(['+', '-']).unwrap_or(power);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    if mantissa.is_zero() {
        return Ok(Decimal::ZERO);
    }
    Decimal::from_scientific(&format!("{mantissa}e{power}"))
        .map(|value| value.normalize())
        .map_err(|_| NumberError::TooManyDigits)
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
        for text in [
            "1e29",
            "1e-29",
            "9e28",
            "79228162514264337593543950336e0",
            "1.0000000000000000000000000001e-1",
            "1.00000000000000000000000000001e5",
            "1e60",
            "1e99999999999999999999",
            "1e-99999999999999999999",
        ] {
            assert_eq!(exact(text), Err(NumberError::TooManyDigits), "{text}");
        }
        for text in [
            "e5", "1e", "1e+", "1e1.5", "1ee5", "x", "-e1", ".5e1", "1e-+5",
        ] {
            assert_eq!(exact(text), Err(NumberError::NotANumber), "{text}");
        }
    }
}

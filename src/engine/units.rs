//! Prices, quantities, money and rates: types of their own, so that none is taken for another.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::error::Error;
use super::exact::Exact;

/// Why a text is not read as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// The text is not digits with at most one point and one leading minus.
    #[error("this is not a plain decimal number such as 1234.5")]
    NotANumber,
    /// The number has more digits than an exact decimal holds (28).
    #[error("this number has more digits than can be held exactly (28)")]
    TooManyDigits,
}

/// Reads a plain decimal number exactly: an optional minus, digits, an optional point and digits.
///
/// Exponents, thousands separators and spaces are refused: beyond the edge of the program a number
/// has one spelling.
///
/// # Errors
/// [`NumberError`] when the text is no such number, or one that can't be held without rounding.
///
/// # Example
/// ```
/// use impulse_audit::engine::{NumberError, read_decimal};
///
/// assert_eq!(read_decimal("0012.50")?.to_string(), "12.5");
/// assert_eq!(read_decimal("1e5"), Err(NumberError::NotANumber));
/// # Ok::<(), NumberError>(())
/// ```
pub fn read_decimal(text: &str) -> Result<Decimal, NumberError> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err(NumberError::NotANumber),
        None => (unsigned, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return Err(NumberError::NotANumber);
    }
    // Zeros that carry no value must not make a number unreadable.
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if whole.len() > 29 || fraction.len() > 28 {
        return Err(NumberError::TooManyDigits);
    }
    let sign = if unsigned.len() < text.len() { "-" } else { "" };
    let spelled = match (whole, fraction) {
        ("", "") => return Ok(Decimal::ZERO),
        ("", fraction) => format!("{sign}0.{fraction}"),
        (whole, "") => format!("{sign}{whole}"),
        (whole, fraction) => format!("{sign}{whole}.{fraction}"),
    };
    Decimal::from_str_exact(&spelled).map_err(|_| NumberError::TooManyDigits)
}

/// What is expected where a number is read.
pub(crate) const A_NUMBER: &str = "a number written as a text, such as \"0.1\"";

/// What is expected where a whole number is read.
pub(crate) const A_COUNT: &str = "a whole number, 0 or more, such as 3";

/// Writes and reads a bare decimal as a string; a JSON number is refused, since it may have been a
/// binary float on its way.
pub(crate) mod as_text {
    use std::fmt;

    use super::{A_NUMBER, Decimal, Deserializer, Serializer, de, read_decimal};

    pub(crate) fn serialize<S: Serializer>(value: &Decimal, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&value.normalize())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
        from.deserialize_str(Text)
    }

    struct Text;

    impl de::Visitor<'_> for Text {
        type Value = Decimal;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(A_NUMBER)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
            read_decimal(text).map_err(E::custom)
        }
    }
}

/// [`as_text`] for a decimal that may be absent.
pub(crate) mod as_text_or_null {
    use super::{Decimal, Deserialize as _, Deserializer, Rate, Serialize as _, Serializer};

    #[allow(clippy::ref_option)] // the signature is serde's
    pub(crate) fn serialize<S: Serializer>(
        value: &Option<Decimal>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.map(Rate::new).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Decimal>, D::Error> {
        Ok(Option::<Rate>::deserialize(from)?.map(Rate::get))
    }
}

/// Reads a count from a number or from a text of digits.
pub(crate) fn read_count<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    struct Count;

    impl de::Visitor<'_> for Count {
        type Value = u32;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(A_COUNT)
        }

        fn visit_u64<E: de::Error>(self, count: u64) -> Result<u32, E> {
            u32::try_from(count)
                .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(count), &self))
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<u32, E> {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let count = digits.then(|| text.parse().ok()).flatten();
            count.ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }

    from.deserialize_any(Count)
}

/// Rounds half away from zero, as money is printed.
fn rounded(value: Decimal, digits: u32) -> Decimal {
    value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(Decimal);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// Gives a decimal its meaning.
            pub const fn new(value: Decimal) -> Self {
                Self(value)
            }

            /// The bare decimal.
            pub const fn get(self) -> Decimal {
                self.0
            }
        }

        /// Without trailing zeros; a precision (`{:.2}`) rounds half away from zero.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match f.precision().map(u32::try_from) {
                    // The decimal's own formatting would cut the digits off.
                    Some(Ok(digits)) => fmt::Display::fmt(&rounded(self.0, digits), f),
                    Some(Err(_)) | None => fmt::Display::fmt(&self.0.normalize(), f),
                }
            }
        }

        impl FromStr for $name {
            type Err = NumberError;

            fn from_str(text: &str) -> Result<Self, NumberError> {
                read_decimal(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                as_text::serialize(&self.0, to)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                as_text::deserialize(from).map(Self)
            }
        }
    };
}

unit! {
    /// A price: quote currency for one unit of the base.
    Price
}
unit! {
    /// A number of contracts; with a contract size of 1, an amount of the base currency.
    Quantity
}
unit! {
    /// An amount of the account's collateral currency.
    Money
}
unit! {
    /// A fraction of something: 0.004 is 0.4 %.
    Rate
}

/// An amount that was computed, in the account's collateral currency.
pub(crate) fn money(value: Exact) -> Result<Money, Error> {
    value.settle("account").map(Money::new)
}

/// The signed way from one price to another, as a fraction of the first; absent where it can't be held
/// as a decimal.
///
/// ```
/// use impulse_audit::engine::distance;
///
/// let fall = distance("100".parse()?, "90.5".parse()?);
/// assert_eq!(fall, Some("-0.095".parse()?));
/// # Ok::<(), impulse_audit::engine::NumberError>(())
/// ```
pub fn distance(from: Price, to: Price) -> Option<Rate> {
    to.get()
        .checked_sub(from.get())?
        .checked_div(from.get())
        .map(Rate::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        for good in [
            "0",
            "-1.5",
            "00012.50",
            "100000",
            "0.0000000000000000000000000001",
        ] {
            assert!(read_decimal(good).is_ok(), "{good}");
        }
        for bad in [
            "", "-", "+1", "1e5", "1_000", ".5", "5.", "1,5", " 1", "NaN", "٣", "--1",
        ] {
            assert_eq!(read_decimal(bad), Err(NumberError::NotANumber), "{bad}");
        }
        let long = "9".repeat(10_000);
        assert_eq!(read_decimal(&long), Err(NumberError::TooManyDigits));
        assert_eq!(
            read_decimal(&format!("0.{long}")),
            Err(NumberError::TooManyDigits)
        );
    }

    #[test]
    fn what_is_written_is_read_again_without_trailing_zeros() {
        let price: Price = "200.00".parse().unwrap();
        assert_eq!(serde_json::to_string(&price).unwrap(), "\"200\"");
        assert_eq!(serde_json::from_str::<Price>("\"200\"").unwrap(), price);
        assert!(serde_json::from_str::<Price>("200").is_err());
        assert_eq!(format!("{price} {price:.2}"), "200 200.00");
        let price: Price = "95381.526".parse().unwrap();
        assert_eq!(format!("{price:.2} {price:.0}"), "95381.53 95382");
        let loss: Money = "-0.005".parse().unwrap();
        assert_eq!(format!("{loss:.2}"), "-0.01");
    }
}

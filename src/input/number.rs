//! Numbers as people type them, read without guessing.
//!
//! Every way in which a text can be a number is tried. One way is [`NumberReading::Exact`], two are
//! [`NumberReading::TwoWays`] and the person is asked, none is [`NumberReading::Refused`] with a sentence.
//! So nobody has to say beforehand which decimal mark they use, and `1,234` is never decided
//! for them.
//!
//! ```
//! use impulse_audit::input::number::{NumberReading, Unit, read};
//! use rust_decimal::Decimal;
//!
//! let NumberReading::Exact(price) = read("1.234,5", Unit::Price) else { unreachable!() };
//! assert_eq!(price.value, Decimal::new(12_345, 1));
//! let NumberReading::TwoWays(grouped, decimal) = read("1,234", Unit::Price) else { unreachable!() };
//! assert_eq!((grouped.value, decimal.value), (Decimal::from(1234), Decimal::new(1234, 3)));
//! ```

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::digits;
pub use super::number_error::{NumberError, Suffix};
use super::unit_words::{self, Token};
pub use crate::input::figures::{format, format_unmistakably};

/// What a field asks for; it decides which signs and words may stand beside the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A price, in the quote currency. Never zero.
    Price,
    /// An amount of coins or contracts. Never zero.
    Quantity,
    Money,
    /// An amount of money, or a share of the account with `%`.
    MoneyOrPercent,
    /// How many times the margin; `x` may follow. Never zero.
    Leverage,
    /// A share in percent; `%` may follow.
    Percent,
}

/// A number as it was understood: never negative, exact to the last digit that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The value; `65k` is 65000 here, `2%` is 2.
    pub value: Decimal,
    /// The sign that was written, if any.
    pub suffix: Option<Suffix>,
}

/// What a text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberReading {
    Empty,
    /// It can be read in one way only.
    Exact(Number),
    /// It can be read in two ways: first with its mark between thousands, then with its mark
    /// before decimals. The person is asked; see [`NumberReading::question`].
    TwoWays(Number, Number),
    /// It is no number for this field; the error is the sentence to show beside it.
    Refused(NumberError),
}

impl NumberReading {
    /// The number, where there is one and only one.
    pub fn exact(&self) -> Option<Number> {
        match self {
            Self::Exact(number) => Some(*number),
            Self::Empty | Self::TwoWays(..) | Self::Refused(_) => None,
        }
    }

    /// The question that stands beside a text with two readings, each written so that it can
    /// be read in one way only; `None` for every other reading.
    ///
    /// ```
    /// use impulse_audit::input::number::{Unit, read};
    /// let question = read("1,234", Unit::Price).question();
    /// assert_eq!(question.as_deref(), Some("Do you mean 1234 or 1.2340?"));
    /// ```
    pub fn question(&self) -> Option<String> {
        match self {
            Self::TwoWays(grouped, decimal) => {
                let mark = sign(grouped.suffix);
                let (first, second) = (
                    format_unmistakably(grouped.value),
                    format_unmistakably(decimal.value),
                );
                Some(format!("Do you mean {first}{mark} or {second}{mark}?"))
            }
            Self::Empty | Self::Exact(_) | Self::Refused(_) => None,
        }
    }
}

fn sign(suffix: Option<Suffix>) -> &'static str {
    match suffix {
        Some(Suffix::Percent) => "%",
        Some(Suffix::Times) => "x",
        None => "",
    }
}

/// No text of a field that holds a number is longer; the bound keeps the work small.
const LONGEST: usize = 200;

/// Reads what was typed into a field.
///
/// Words for money and coins beside the number are accepted where the field counts such a
/// thing at all. Where the field's currency is known, use [`read_in`], which also refuses
/// `0.5 BTC` in a field of USDT.
pub fn read(text: &str, expected: Unit) -> NumberReading {
    reading(text, expected, None)
}

/// Reads what was typed into a field that is in `asset`: the quote currency of a price, the
/// collateral currency of money, the base coin of a quantity.
///
/// The asset's own name is accepted as a word, whatever it is, and so are its sign and the
/// names of its family (`$` and `USD` for USDT). Any other currency is refused.
pub fn read_in(text: &str, expected: Unit, asset: &str) -> NumberReading {
    reading(text, expected, Some(asset))
}

fn reading(text: &str, expected: Unit, asset: Option<&str>) -> NumberReading {
    let plain = digits::plain(text);
    let trimmed = plain.trim();
    if trimmed.is_empty() {
        return NumberReading::Empty;
    }
    match candidates(trimmed, expected, asset) {
        Err(error) => NumberReading::Refused(error),
        Ok((first, None)) => NumberReading::Exact(first),
        Ok((first, Some(second))) => NumberReading::TwoWays(first, second),
    }
}

fn candidates(
    text: &str,
    expected: Unit,
    asset: Option<&str>,
) -> Result<(Number, Option<Number>), NumberError> {
    if text.chars().count() > LONGEST {
        return Err(NumberError::TooPrecise);
    }
    let (before, core, after) = digits::split(text).ok_or(NumberError::NoDigits)?;
    let foreign: String = core
        .chars()
        .filter(|c| !digits::is_core(*c))
        .collect::<String>()
        .to_lowercase();
    if !foreign.is_empty() {
        let power =
            foreign.trim_matches(['+', '-']) == "e" || foreign.contains('^') || foreign == "**";
        return Err(if power {
            NumberError::Exponent
        } else {
            NumberError::NotUnderstood
        });
    }
    let beside = beside(before, after, expected, asset)?;
    let mut numbers = Vec::new();
    for written in digits::interpretations(core) {
        let value = written.value(beside.magnitude)?;
        let number = Number {
            value,
            suffix: beside.suffix,
        };
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    let mut numbers = numbers.into_iter();
    let first = numbers.next().ok_or(NumberError::Separators)?;
    let positive = matches!(expected, Unit::Price | Unit::Quantity | Unit::Leverage);
    if positive && first.value.is_zero() {
        return Err(NumberError::Zero);
    }
    Ok((first, numbers.next()))
}

/// What the signs and words around the digits say.
#[derive(Default)]
struct Beside {
    magnitude: u32,
    suffix: Option<Suffix>,
}

fn beside(
    before: &str,
    after: &str,
    expected: Unit,
    asset: Option<&str>,
) -> Result<Beside, NumberError> {
    let bracketed = before.trim_end().ends_with('(') && after.trim_start().starts_with(')');
    if bracketed || before.contains('-') || after.trim_end().ends_with('-') {
        return Err(NumberError::Minus);
    }
    let (first, second) = (
        unit_words::tokens(before, asset)?,
        unit_words::tokens(after, asset)?,
    );
    let mut found = Beside::default();
    let mut money: Option<&str> = None;
    let (mut plus, mut counting) = (false, false);
    for (place, token) in first.iter().enumerate() {
        match token {
            Token::Plus if place == 0 && !plus => plus = true,
            Token::Magnitude(..) | Token::Plus | Token::Counting => {
                return Err(NumberError::NotUnderstood);
            }
            Token::Sign(_) | Token::Currency { .. } => {}
        }
    }
    for (place, token) in second.iter().enumerate() {
        match token {
            Token::Magnitude(power, written) => {
                if place != 0 {
                    return Err(NumberError::NotUnderstood);
                }
                if matches!(expected, Unit::Leverage | Unit::Percent) {
                    return Err(NumberError::MagnitudeNotExpected {
                        written: written.clone(),
                    });
                }
                found.magnitude = *power;
            }
            Token::Counting if expected == Unit::Quantity && !counting => counting = true,
            Token::Plus | Token::Counting => return Err(NumberError::NotUnderstood),
            Token::Sign(_) | Token::Currency { .. } => {}
        }
    }
    for token in first.iter().chain(&second) {
        match token {
            Token::Sign(suffix) => {
                accept_sign(*suffix, expected)?;
                if found.suffix.replace(*suffix).is_some() {
                    return Err(NumberError::NotUnderstood);
                }
            }
            Token::Currency { family, written } => {
                accept_currency(family, written, expected, asset)?;
                if money.replace(family).is_some_and(|other| other != family) {
                    return Err(NumberError::NotUnderstood);
                }
            }
            Token::Plus | Token::Magnitude(..) | Token::Counting => {}
        }
    }
    // A share of the account is no sum of money, and a share of a thousand is nobody's meaning.
    if found.suffix.is_some() && (money.is_some() || found.magnitude != 0) {
        return Err(NumberError::NotUnderstood);
    }
    Ok(found)
}

fn accept_sign(suffix: Suffix, expected: Unit) -> Result<(), NumberError> {
    match (suffix, expected) {
        (Suffix::Percent, Unit::Percent | Unit::MoneyOrPercent)
        | (Suffix::Times, Unit::Leverage) => Ok(()),
        (Suffix::Percent, Unit::Price | Unit::Quantity | Unit::Money | Unit::Leverage) => {
            Err(NumberError::PercentNotExpected)
        }
        (
            Suffix::Times,
            Unit::Price | Unit::Quantity | Unit::Money | Unit::MoneyOrPercent | Unit::Percent,
        ) => Err(NumberError::TimesNotExpected),
    }
}

fn accept_currency(
    family: &str,
    written: &str,
    expected: Unit,
    asset: Option<&str>,
) -> Result<(), NumberError> {
    let written = written.to_owned();
    match expected {
        Unit::Leverage | Unit::Percent => return Err(NumberError::CurrencyNotExpected { written }),
        Unit::Price | Unit::Quantity | Unit::Money | Unit::MoneyOrPercent => {}
    }
    let own = asset.map(unit_words::family);
    if own.as_deref() == Some(family) {
        return Ok(());
    }
    if expected == Unit::Quantity && unit_words::is_money(family) {
        return Err(NumberError::MoneyForQuantity { written });
    }
    match asset {
        Some(asset) => Err(NumberError::OtherCurrency {
            written,
            expected: asset.to_owned(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;

//! The signs that may stand beside a number, and why a text is none.

use serde::{Deserialize, Serialize};

/// The sign that was written with a number and says what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suffix {
    /// `%`: the value is in percent, so `2%` has the value 2.
    Percent,
    /// `x`: the value is a leverage.
    Times,
}

/// Why a text is no number for its field: one sentence that says what to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// A minus, or brackets as accountants write it.
    #[error("Write the number without a minus; here you only give its size.")]
    Minus,
    /// `NaN`, infinity, or no digit at all.
    #[error("Write a number in digits, such as 1234.5.")]
    NoDigits,
    #[error("Write the number out in full, such as 100000 for 1e5.")]
    Exponent,
    /// Separators that form no number: two decimal marks, or uneven groups.
    #[error(
        "These separators can be read in no way; write the number with one decimal mark, such as 1234.5."
    )]
    Separators,
    /// Beyond the largest exact value, about 7.9 × 10²⁸.
    #[error("This number is too large to be counted exactly; write at most 28 digits.")]
    TooLarge,
    /// More digits than an exact value can hold.
    #[error(
        "This number has more digits than can be kept exactly; write at most 28 digits in all."
    )]
    TooPrecise,
    /// Zero where only a positive number means something.
    #[error("Zero has no meaning here; write a number above zero.")]
    Zero,
    /// A `%` where the field counts something else.
    #[error("This field takes no percent; write the number itself, such as 1234.5.")]
    PercentNotExpected,
    /// An `x` where the field holds no leverage.
    #[error("This field takes no leverage; write the number without the x.")]
    TimesNotExpected,
    /// A currency where the field counts no money.
    #[error("This field counts no money; write the number without {written}.")]
    CurrencyNotExpected {
        /// The currency's sign or name as typed.
        written: String,
    },
    /// Money where coins or contracts are counted.
    #[error(
        "This field counts coins or contracts, not money; write the quantity without {written}."
    )]
    MoneyForQuantity {
        /// The currency's sign or name as typed.
        written: String,
    },
    /// A currency or coin other than the one the field is in.
    #[error("This field is in {expected}; write the number in {expected} instead of {written}.")]
    OtherCurrency {
        /// The currency's sign or name as typed.
        written: String,
        /// The currency of the field.
        expected: String,
    },
    /// A `k`, `m` or `b` where no thousands are counted.
    #[error("Write this number out in full, without {written}.")]
    MagnitudeNotExpected {
        /// The letter as typed.
        written: String,
    },
    /// A word that means nothing to the reader.
    #[error(
        "You can write the number alone here, such as 1234.5; \u{201c}{word}\u{201d} is not understood."
    )]
    UnknownWord {
        /// The word as typed, at most 20 characters of it.
        word: String,
    },
    /// Anything else.
    #[error("This can't be read as one number; write it in digits alone, such as 1234.5.")]
    NotUnderstood,
}

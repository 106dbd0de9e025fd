//! Checks of what is written in the pause: the two sentences, the price and the accepted loss.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::number::{Number, Suffix, format, format_money};
use super::script::letters_without_spaces;
use super::similarity::{Fingerprint, REPEATS_FROM, fold, normalised};

/// The fewest characters of a written answer.
pub const LEAST_CHARACTERS: usize = 25;
/// The fewest different words of a written answer.
pub const LEAST_WORDS: usize = 5;
/// The fewest characters in scripts that are written without spaces; words are not counted
/// there.
pub const LEAST_CHARACTERS_UNSPACED: usize = 12;
/// A run of one character counts as no more than this many.
const LONGEST_RUN: usize = 3;
/// An invalidation further from the entry than this many times is a slip of the keys.
const FURTHEST: Decimal = Decimal::TEN;

/// What keeps a written answer from counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerProblem {
    /// Nothing is written.
    #[error("Write one sentence here, in your own words.")]
    Empty,
    /// Fewer characters than [`LEAST_CHARACTERS`], or than [`LEAST_CHARACTERS_UNSPACED`].
    #[error("This answer needs {needed} characters; you have {characters}.")]
    TooShort {
        /// What is written, in characters that count.
        characters: usize,
        /// What is needed.
        needed: usize,
    },
    /// Fewer different words than [`LEAST_WORDS`].
    #[error("This answer needs {needed} different words; you have {words}.")]
    TooFewWords {
        /// Different words that are written.
        words: usize,
        /// What is needed.
        needed: usize,
    },
    /// It is the first answer again.
    #[error("This is your first answer again; write here why you are willing to do nothing.")]
    SameAsOther,
    /// It is the first answer with a few letters changed.
    #[error(
        "This is nearly your first answer; write here, in other words, why you are willing to do nothing."
    )]
    TooSimilar {
        /// How alike they are, in thousandths, rounded down.
        permille: u16,
    },
}

/// The words of an answer, as the note under its field counts them: what stands between white
/// space and has a letter or a digit in it.
///
/// ```
/// use impulse_audit::audit::answer::word_count;
/// assert_eq!(word_count("The 4-hour close — back under 96,200"), 6);
/// ```
pub fn word_count(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// Checks a written answer for its least length: 25 characters and 5 different words, or 12
/// characters where at least half of the letters are of a script without spaces (Han, Kana,
/// Thai, Lao, Khmer, Myanmar).
///
/// Counted after NFKC, trimmed, without what is not seen. A run of white space is one
/// character, a run of one character at most three; words are compared without case, without
/// the marks around them, and `aaaa` is the word `a`.
///
/// # Errors
/// The first of [`AnswerProblem::Empty`], [`AnswerProblem::TooShort`] and
/// [`AnswerProblem::TooFewWords`] that holds.
pub fn check_written(text: &str) -> Result<(), AnswerProblem> {
    let folded = fold(text);
    if folded.is_empty() {
        return Err(AnswerProblem::Empty);
    }
    let unspaced = letters_without_spaces(&folded);
    let characters = characters(&folded);
    let needed = if unspaced {
        LEAST_CHARACTERS_UNSPACED
    } else {
        LEAST_CHARACTERS
    };
    if characters < needed {
        return Err(AnswerProblem::TooShort { characters, needed });
    }
    let words = different_words(&folded);
    if !unspaced && words < LEAST_WORDS {
        return Err(AnswerProblem::TooFewWords {
            words,
            needed: LEAST_WORDS,
        });
    }
    Ok(())
}

/// Checks the second written answer, which must also not be the first one again: not equal to
/// it once both are normalised, and less than 0.85 alike by Dice's coefficient.
///
/// # Errors
/// As [`check_written`], then [`AnswerProblem::SameAsOther`] or [`AnswerProblem::TooSimilar`].
pub fn check_second(text: &str, first: &str) -> Result<(), AnswerProblem> {
    check_written(text)?;
    if normalised(text) == normalised(first) {
        return Err(AnswerProblem::SameAsOther);
    }
    let dice = Fingerprint::of(text).dice(&Fingerprint::of(first));
    if dice.is_at_least(REPEATS_FROM) {
        return Err(AnswerProblem::TooSimilar {
            permille: dice.permille(),
        });
    }
    Ok(())
}

fn characters(folded: &str) -> usize {
    let mut count = 0_usize;
    let mut run = 0_usize;
    let mut before = None;
    for c in folded.chars() {
        run = if before == Some(c) {
            run.saturating_add(1)
        } else {
            1
        };
        before = Some(c);
        if run <= LONGEST_RUN {
            count = count.saturating_add(1);
        }
    }
    count
}

fn different_words(folded: &str) -> usize {
    let mut words: Vec<String> = folded
        .split(' ')
        .map(|word| without_padding(word.trim_matches(|c: char| !c.is_alphanumeric())))
        .filter(|word| !word.is_empty())
        .collect();
    words.sort_unstable();
    words.dedup();
    words.len()
}

/// A word in lower case with every run of three and more letters as one letter, and a word of
/// one letter only as that letter. Digits stay: 1000 is not 100.
fn without_padding(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut letters = lower.chars();
    if let Some(first) = letters.next()
        && letters.all(|c| c == first)
        && !first.is_numeric()
    {
        return first.to_string();
    }
    let mut kept = String::with_capacity(lower.len());
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let after = rest.trim_start_matches(first);
        let run = rest.chars().take_while(|c| *c == first).count();
        let keep = if run >= 3 && !first.is_numeric() {
            1
        } else {
            run
        };
        kept.extend(std::iter::repeat_n(first, keep));
        rest = after;
    }
    kept
}

/// On which side of the entry a position loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LosingSide {
    /// Below the entry: a long.
    Below,
    /// Above the entry: a short.
    Above,
}

impl LosingSide {
    fn word(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Above => "above",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::Above => Self::Below,
        }
    }

    /// Whether `price` is strictly on this side of `from`.
    fn holds(self, price: Decimal, from: Decimal) -> bool {
        match self {
            Self::Below => price < from,
            Self::Above => price > from,
        }
    }
}

/// Why a price can't be where the idea is wrong. Each sentence explains and asks again; none
/// suggests a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidationProblem {
    /// Zero or less.
    #[error("Zero is no price that can be traded; write the price at which the idea is wrong.")]
    NotAPrice,
    /// The entry itself.
    #[error(
        "{} is your entry itself, where nothing has moved yet; write the price {} it at which the idea is wrong.",
        format(*.entry), .losing.word()
    )]
    EqualsEntry {
        /// The entry.
        entry: Decimal,
        /// Where the position loses.
        losing: LosingSide,
    },
    /// The side of the entry on which the position gains.
    #[error(
        "{} is {} your entry of {}, where this position gains; write a price {} the entry, where it loses.",
        format(*.invalidation), .losing.other().word(), format(*.entry), .losing.word()
    )]
    WrongSide {
        /// What was written.
        invalidation: Decimal,
        /// The entry.
        entry: Decimal,
        /// Where the position loses.
        losing: LosingSide,
    },
    /// More than ten times the entry, or less than a tenth of it.
    #[error(
        "{} is more than ten times away from your entry of {}; look at its digits and write the price at which the idea is wrong.",
        format(*.invalidation), format(*.entry)
    )]
    TooFar {
        /// What was written.
        invalidation: Decimal,
        /// The entry.
        entry: Decimal,
    },
    /// The mark stands there or beyond it already.
    #[error(
        "The mark of {} has already reached {}, so by this price the idea is wrong now; write a price {} the mark, or do nothing.",
        format(*.mark), format(*.invalidation), .losing.word()
    )]
    AlreadyPassed {
        /// What was written.
        invalidation: Decimal,
        /// The mark.
        mark: Decimal,
        /// Where the position loses.
        losing: LosingSide,
    },
}

/// Checks the price at which the idea is wrong, in the quote currency.
///
/// Ten times the entry and a tenth of it still pass; a mark that stands exactly at the price
/// has reached it.
///
/// # Errors
/// The first [`InvalidationProblem`] that holds, in the order in which they are listed.
pub fn check_invalidation(
    losing: LosingSide,
    entry: Decimal,
    mark: Option<Decimal>,
    invalidation: Decimal,
) -> Result<(), InvalidationProblem> {
    if invalidation <= Decimal::ZERO {
        return Err(InvalidationProblem::NotAPrice);
    }
    if invalidation == entry {
        return Err(InvalidationProblem::EqualsEntry { entry, losing });
    }
    if !losing.holds(invalidation, entry) {
        return Err(InvalidationProblem::WrongSide {
            invalidation,
            entry,
            losing,
        });
    }
    if is_beyond(invalidation, entry) || is_beyond(entry, invalidation) {
        return Err(InvalidationProblem::TooFar {
            invalidation,
            entry,
        });
    }
    match mark {
        Some(mark) if !losing.holds(invalidation, mark) => {
            Err(InvalidationProblem::AlreadyPassed {
                invalidation,
                mark,
                losing,
            })
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether `price` is more than [`FURTHEST`] times `from`; where that bound is too large to be
/// counted no price lies beyond it.
fn is_beyond(price: Decimal, from: Decimal) -> bool {
    from.checked_mul(FURTHEST)
        .is_some_and(|bound| price > bound)
}

/// The most that the trader accepts to lose, in the collateral currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedLoss {
    /// The amount; where a percent was written, that share of the equity.
    pub amount: Decimal,
    /// The percent, where one was written.
    pub percent: Option<Decimal>,
}

/// Why an amount can't be the most that is accepted to be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AcceptedLossProblem {
    /// Zero or less.
    #[error("Every trade can lose something; write an amount above zero.")]
    NotPositive,
    /// More than 100 %.
    #[error(
        "{} % is more than the whole account; write 100 % or less, or an amount.",
        format(*.percent)
    )]
    OverWhole {
        /// What was written.
        percent: Decimal,
    },
    /// More than the account holds.
    #[error(
        "The account holds {}, so {} can't be lost from it; write the most that you accept of what is there.",
        format_money(*.equity), format_money(*.amount)
    )]
    OverEquity {
        /// What was written.
        amount: Decimal,
        /// The account's equity.
        equity: Decimal,
    },
    /// The account holds nothing.
    #[error(
        "The account holds nothing now, so no loss can be set against it; bring its wallet balance up to date."
    )]
    NoEquity,
    /// A leverage was written, or the share is too small to be counted.
    #[error("Write an amount, or a percent of the account such as 2 %.")]
    NotAnAmount,
}

/// Checks the accepted loss against the account's equity (collateral currency) and makes an
/// amount of it. All of the account is accepted, more is not.
///
/// # Errors
/// The [`AcceptedLossProblem`] that holds.
pub fn check_accepted_loss(
    written: Number,
    equity: Decimal,
) -> Result<AcceptedLoss, AcceptedLossProblem> {
    let Number { value, suffix } = written;
    if value <= Decimal::ZERO {
        return Err(AcceptedLossProblem::NotPositive);
    }
    if equity <= Decimal::ZERO {
        return Err(AcceptedLossProblem::NoEquity);
    }
    match suffix {
        None if value > equity => Err(AcceptedLossProblem::OverEquity {
            amount: value,
            equity,
        }),
        None => Ok(AcceptedLoss {
            amount: value,
            percent: None,
        }),
        Some(Suffix::Percent) if value > Decimal::ONE_HUNDRED => {
            Err(AcceptedLossProblem::OverWhole { percent: value })
        }
        Some(Suffix::Percent) => value
            .checked_div(Decimal::ONE_HUNDRED)
            .and_then(|share| equity.checked_mul(share))
            .filter(|amount| *amount > Decimal::ZERO)
            .map(|amount| AcceptedLoss {
                amount: amount.normalize(),
                percent: Some(value),
            })
            .ok_or(AcceptedLossProblem::NotAnAmount),
        Some(Suffix::Times) => Err(AcceptedLossProblem::NotAnAmount),
    }
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;

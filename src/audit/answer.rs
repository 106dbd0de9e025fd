//! Checks of what is written in the pause: the two sentences here, the price and the accepted
//! loss in `bounds`.

pub use super::bounds::{
    AcceptedLoss, AcceptedLossProblem, InvalidationProblem, LosingSide, check_accepted_loss,
    check_invalidation,
};
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

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;

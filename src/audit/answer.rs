//! Checks of what is written in the pause: the sentences here, the price and the accepted loss
//! in `bounds`.
//!
//! # Which rule holds for which sentence
//!
//! | rule | 1: what would I see | 3: why nothing | any other sentence | how often |
//! | --- | --- | --- | --- | --- |
//! | it is an answer at all ([`check_written`]) | yes | yes | yes | always |
//! | it is not the question itself | yes | yes | | always |
//! | it is not the first answer again ([`check_second`]) | | yes | | always |
//! | it names what can be seen ([`names_what_is_seen`]) | yes | | | asked once, then thin |
//! | it is no rubber stamp (`similarity`) | yes | yes | | twice at most, then thin |
//!
//! *Always* is final: however often it is handed in it does not pass, since nothing is said
//! that could be held against the trade later. The last two rules can be wrong about a sentence
//! in words that no list knows, so they only ask, and a person who stays with her words goes on.
//!
//! Only the first answer must name something that can be seen: it is what the market is held
//! against later. A reason to do nothing ("I am tired", "cash has no deadline") lies in the
//! person, and a sentence on why more is risked, or a promise released, as well.

pub use super::bounds::{
    AcceptedLoss, AcceptedLossProblem, InvalidationProblem, LosingSide, check_accepted_loss,
    check_invalidation,
};
use super::filler::{Kind, is_counting, kind, lies_in_rows, said_once};
pub use super::names_visible::names_what_is_seen;
use super::pieces::{counts, lowered, pieces};
use super::question::{Question, QuestionVariant};
use super::script::{
    HANGUL, THREE_WORDS, WORD, is_hangul, is_unspaced, letters_without_spaces, weight,
};
use super::similarity::{Fingerprint, REPEATS_FROM, normalised};
pub use crate::input::folded::MOST_CHARACTERS;

/// What keeps a written answer from counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerProblem {
    #[error("Write one sentence here, in your own words.")]
    Empty,
    /// More than [`MOST_CHARACTERS`].
    #[error("An answer has 4,000 characters at most; this one has more.")]
    TooLong,
    /// Rows of keys, alphabets, syllables over and over, marks and pictures.
    #[error("There are no words in this. Write one sentence here, in your own words.")]
    NoWords,
    /// Numbers, or their names, in their order.
    #[error("This only counts. Write one sentence here, in your own words.")]
    Counting,
    /// Fewer than three different words.
    #[error("This answer needs three different words; you have {words}.")]
    TooFewWords {
        /// Different words that are written.
        words: usize,
    },
    /// The same in a script without spaces.
    #[error(
        "This answer is too short: write at least 6 Han characters, 8 Kana, or 12 of another script without spaces."
    )]
    TooFewCharacters,
    #[error("This is the question itself; write your answer to it.")]
    TheQuestion,
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

/// How long an answer is, in what its script is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Words: what stands between white space and has a letter or a digit in it.
    Words(usize),
    /// Characters of a script without spaces, where at least half of the letters are of one.
    Characters(usize),
}

/// The length of an answer, as the note under its field counts it.
///
/// ```
/// use impulse_audit::audit::answer::{Length, length};
/// assert_eq!(length("The 4-hour close — back under 96,200"), Length::Words(6));
/// assert_eq!(length("收盘跌破94000就错"), Length::Characters(6));
/// ```
pub fn length(text: &str) -> Length {
    if letters_without_spaces(text) {
        let letters = |c: &char| is_unspaced(*c) && c.is_alphabetic();
        return Length::Characters(text.chars().filter(letters).count());
    }
    let has_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    Length::Words(text.split_whitespace().filter(has_word).count())
}

/// Checks that something is an answer at all, in any language: three different words, or 6 Han
/// signs, 8 of Kana or Hangul, 12 of another script without spaces. Where scripts meet, two Han
/// signs weigh as much as a word, so `94k破了就走` is enough; so does a sign like `<`.
///
/// Words are compared after NFKC, in lower case, said once (`soooo` is `so`, `blabla` is
/// `bla`). Rows of keys, alphabets, single letters, syllables over and over, counting, marks
/// and pictures are no words.
///
/// # Errors
/// The first of [`AnswerProblem::Empty`], [`AnswerProblem::TooLong`],
/// [`AnswerProblem::Counting`], [`AnswerProblem::NoWords`], and
/// [`AnswerProblem::TooFewWords`] or [`AnswerProblem::TooFewCharacters`] that holds.
pub fn check_written(text: &str) -> Result<(), AnswerProblem> {
    let text = text.trim();
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        return Err(AnswerProblem::TooLong);
    }
    let lowered = lowered(text);
    if lowered.is_empty() {
        return Err(AnswerProblem::Empty);
    }
    let pieces: Vec<&str> = pieces(&lowered)
        .into_iter()
        .filter(|piece| counts(piece))
        .collect();
    if is_counting(&pieces) {
        return Err(AnswerProblem::Counting);
    }
    if lies_in_rows(&pieces.concat()) || pieces.iter().all(|piece| kind(piece) != Kind::Plain) {
        return Err(AnswerProblem::NoWords);
    }
    let words = different(&pieces);
    let weight = words
        .iter()
        .map(|word| weighs(word))
        .fold(0, usize::saturating_add);
    if weight >= THREE_WORDS {
        Ok(())
    } else if letters_without_spaces(&lowered) {
        Err(AnswerProblem::TooFewCharacters)
    } else {
        Err(AnswerProblem::TooFewWords { words: words.len() })
    }
}

/// The pieces that may be words, each said once and named once.
fn different(pieces: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = pieces
        .iter()
        .filter(|piece| kind(piece) != Kind::Filler)
        .map(|piece| said_once(piece))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn weighs(word: &str) -> usize {
    if word.chars().any(is_unspaced) {
        return weight(word);
    }
    let syllables = word.chars().filter(|c| is_hangul(*c)).count();
    WORD.max(syllables.saturating_mul(HANGUL))
}

/// Checks the first answer, which must also not be the question itself. Whether it names
/// something that can be seen is asked beside it: [`names_what_is_seen`].
///
/// # Errors
/// As [`check_written`], then [`AnswerProblem::TheQuestion`].
pub fn check_first(text: &str) -> Result<(), AnswerProblem> {
    check_written(text)?;
    not_the_question(text, Question::Wrong)
}

/// Checks the second written answer, which must also be neither the question itself nor the
/// first answer again: not equal to that one once both are normalised, and less than 0.85 alike
/// by Dice's coefficient. Another price makes no reason of it.
///
/// # Errors
/// As [`check_written`], then [`AnswerProblem::TheQuestion`], [`AnswerProblem::SameAsOther`] or
/// [`AnswerProblem::TooSimilar`].
pub fn check_second(text: &str, first: &str) -> Result<(), AnswerProblem> {
    check_written(text)?;
    not_the_question(text, Question::Nothing)?;
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

/// The question itself, in any of its wordings: nearly its letters, or nothing but its words.
fn not_the_question(text: &str, question: Question) -> Result<(), AnswerProblem> {
    let own = Fingerprint::of(text);
    let lowered_text = lowered(text);
    let words = pieces(&lowered_text);
    let is_it = QuestionVariant::all_words(question).any(|asked| {
        [asked.heading, asked.help].into_iter().any(|line| {
            let line_lowered = lowered(line);
            let its = pieces(&line_lowered);
            words.iter().all(|word| its.contains(word))
                || own.dice(&Fingerprint::of(line)).is_at_least(REPEATS_FROM)
        })
    });
    if is_it {
        Err(AnswerProblem::TheQuestion)
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;

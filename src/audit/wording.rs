//! The four questions of the pause, each in three wordings that take turns.
//!
//! A question that always reads the same is soon answered without being read. The meaning never
//! changes, nor do keys and places of buttons.

use crate::engine::Intent;
use serde::{Deserialize, Serialize};

/// The sentence that announces the rotation, once.
pub const ANNOUNCEMENT: &str = "The four questions come in three wordings that take turns. \
    What they ask stays the same, and so do the keys and the places of the buttons.";

/// One of the four questions, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// What would I see if I were wrong?
    Wrong,
    /// At which price is the idea wrong?
    Invalidation,
    /// Why am I willing to do nothing?
    Nothing,
    /// The most I accept to lose.
    AcceptedLoss,
}

impl Question {
    /// All four, in the order in which they are asked.
    pub const ALL: [Self; 4] = [
        Self::Wrong,
        Self::Invalidation,
        Self::Nothing,
        Self::AcceptedLoss,
    ];

    /// Its place, from 1 to 4.
    pub fn number(self) -> u8 {
        match self {
            Self::Wrong => 1,
            Self::Invalidation => 2,
            Self::Nothing => 3,
            Self::AcceptedLoss => 4,
        }
    }

    /// Its place in words, "2 of 4".
    pub fn progress(self) -> String {
        format!("{} of {}", self.number(), Self::ALL.len())
    }
}

/// Which of the three wordings an audit uses; kept with its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
}

/// A question as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The heading: one sentence, or two short ones.
    pub heading: &'static str,
    /// One line of help below it.
    pub help: &'static str,
}

impl Wording {
    /// The wording of the `n`th audit, counted from 0: the three take turns.
    ///
    /// ```
    /// use impulse_audit::audit::wording::Wording;
    /// assert_eq!(Wording::for_audit(3), Wording::for_audit(0));
    /// ```
    pub fn for_audit(n: u64) -> Self {
        match n.checked_rem(3) {
            Some(1) => Self::Second,
            Some(2) => Self::Third,
            Some(_) | None => Self::First,
        }
    }

    /// A question about a ticket: for what is done to an open position, the two written
    /// questions have words of their own.
    pub fn words_for(self, intent: Intent, question: Question) -> Words {
        let (heading, help) = match (intent, question) {
            (Intent::AddMargin, Question::Wrong) => (
                "I added margin, and it was wrong to. What do I see?",
                "One sentence. Something that anyone could check.",
            ),
            (Intent::AddMargin, Question::Nothing) => (
                "Why am I willing to let it be closed where it stands?",
                "One sentence, another than your first answer.",
            ),
            (Intent::SwitchMode, Question::Wrong) => (
                "I switched the mode, and it was wrong to. What do I see?",
                "One sentence. Something that anyone could check.",
            ),
            (Intent::SwitchMode, Question::Nothing) => (
                "Why am I willing to leave the mode as it is?",
                "One sentence, another than your first answer.",
            ),
            (Intent::Reduce | Intent::Close, Question::Wrong) => (
                "What would I see if getting out now were wrong?",
                "One sentence, or none: nothing here holds you up.",
            ),
            (Intent::Reduce | Intent::Close, Question::Invalidation) => (
                "At which price is the idea of this position wrong?",
                "One number, or none. It may have been passed already.",
            ),
            (Intent::Reduce | Intent::Close, Question::AcceptedLoss) => (
                "What is the most I accept to lose?",
                "An amount, a percent of the account, or nothing.",
            ),
            (Intent::Reduce | Intent::Close, Question::Nothing) => (
                "Why am I willing to leave the position as it is?",
                "One sentence, or none.",
            ),
            _ => return self.words(question),
        };
        Words { heading, help }
    }

    /// A question in this wording.
    pub fn words(self, question: Question) -> Words {
        let (heading, help) = match (question, self) {
            (Question::Wrong, Self::First) => (
                "What would I see if I were wrong?",
                "One sentence. Something that you could point at on the day it happens.",
            ),
            (Question::Wrong, Self::Second) => (
                "It is later, and I was wrong. What did I see?",
                "One sentence. Something anyone could check: a price, a time, an event.",
            ),
            (Question::Wrong, Self::Third) => (
                "Something happens that ends this idea. What do I see?",
                "One sentence. Something that a stranger would see too.",
            ),
            (Question::Invalidation, Self::First) => (
                "At which price is the idea wrong?",
                "One number, on the side of the entry where the position loses.",
            ),
            (Question::Invalidation, Self::Second) => (
                "It is later, and the idea is over. At which price did it end?",
                "One number, on the losing side of the entry.",
            ),
            (Question::Invalidation, Self::Third) => (
                "From which price on have I no idea left to defend?",
                "One number, on the side of the entry that goes against you.",
            ),
            (Question::Nothing, Self::First) => (
                "Why am I willing to do nothing?",
                "One sentence, another than your first answer.",
            ),
            (Question::Nothing, Self::Second) => (
                "It is later, and I did nothing. Why was I willing to?",
                "One sentence. A reason that holds however the price moves.",
            ),
            (Question::Nothing, Self::Third) => (
                "I let this one go. What makes me willing to?",
                "One sentence, in words of its own.",
            ),
            (Question::AcceptedLoss, Self::First) => (
                "What is the most I accept to lose?",
                "An amount, or a percent of the account with its % sign.",
            ),
            (Question::AcceptedLoss, Self::Second) => (
                "It is later, and the loss is taken. How large may it be at most?",
                "An amount, or a percent of the account. You write it before any number is shown.",
            ),
            (Question::AcceptedLoss, Self::Third) => (
                "How much may this trade take from me, and no more?",
                "The most you accept, as an amount or a percent of the account.",
            ),
        };
        Words { heading, help }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const WORDINGS: [Wording; 3] = [Wording::First, Wording::Second, Wording::Third];

    #[test]
    fn the_wordings_take_turns_in_every_three_audits() {
        let turns: Vec<_> = (0..6).map(Wording::for_audit).collect();
        assert_eq!(turns, [WORDINGS, WORDINGS].concat());
        // 2^64 − 1 is divisible by 3.
        assert_eq!(Wording::for_audit(u64::MAX), Wording::First);
    }

    #[test]
    fn no_two_wordings_read_the_same() {
        let shown: HashSet<_> = WORDINGS
            .iter()
            .flat_map(|wording| Question::ALL.map(|question| wording.words(question)))
            .flat_map(|words| [words.heading, words.help])
            .collect();
        assert_eq!(shown.len(), 24);
    }

    #[test]
    fn every_heading_asks_and_none_suggests_a_value() {
        for (wording, question) in WORDINGS
            .iter()
            .flat_map(|wording| Question::ALL.map(|question| (wording, question)))
        {
            let Words { heading, help } = wording.words(question);
            assert!(heading.ends_with('?') && heading.len() <= 66, "{heading}");
            assert!(help.ends_with('.') && help.len() <= 90, "{help}");
            for text in [heading, help] {
                assert!(!text.contains('!'), "{text}");
                assert!(!text.contains(|c: char| c.is_ascii_digit()), "{text}");
            }
        }
    }

    #[test]
    fn progress_is_said_in_words() {
        let progress = Question::ALL.map(Question::progress);
        assert_eq!(progress, ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]);
    }

    #[test]
    fn the_middle_wording_is_the_one_of_the_picture() {
        assert_eq!(
            Wording::Second.words(Question::Wrong),
            Words {
                heading: "It is later, and I was wrong. What did I see?",
                help: "One sentence. Something anyone could check: a price, a time, an event.",
            }
        );
    }
}

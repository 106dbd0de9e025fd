//! The four questions of the pause, each in three wordings that take turns.
//!
//! A question that always reads the same is soon answered without being read. The meaning never
//! changes, nor do keys and places of buttons.

use super::questions;
use crate::engine::Intent;
use crate::input::Field;
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

    /// The field in which it is answered.
    pub fn field(self) -> Field {
        match self {
            Self::Wrong => Field::Wrong,
            Self::Invalidation => Field::Invalidation,
            Self::Nothing => Field::Nothing,
            Self::AcceptedLoss => Field::Accepted,
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
pub enum QuestionVariant {
    First,
    Second,
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

impl QuestionVariant {
    /// The wording of the `n`th audit, counted from 0: the three take turns.
    ///
    /// ```
    /// use impulse_audit::audit::question::QuestionVariant;
    /// assert_eq!(QuestionVariant::for_audit(3), QuestionVariant::for_audit(0));
    /// ```
    pub fn for_audit(n: u64) -> Self {
        match n.checked_rem(3) {
            Some(1) => Self::Second,
            Some(2) => Self::Third,
            Some(_) | None => Self::First,
        }
    }

    /// A question in every wording it can have, whatever the ticket is about.
    pub fn all_words(question: Question) -> impl Iterator<Item = Words> {
        [Self::First, Self::Second, Self::Third]
            .into_iter()
            .flat_map(move |wording| Intent::ALL.map(|intent| wording.words_for(intent, question)))
    }

    /// A question about a ticket: what is done to an open position has words of its own.
    pub fn words_for(self, intent: Intent, question: Question) -> Words {
        let [first, second, third] = match question {
            Question::Wrong => questions::wrong(intent),
            Question::Invalidation => questions::invalidation(intent),
            Question::Nothing => questions::nothing(intent),
            Question::AcceptedLoss => questions::ACCEPTED,
        };
        let (heading, help) = match self {
            Self::First => first,
            Self::Second => second,
            Self::Third => third,
        };
        Words { heading, help }
    }

    /// A question in this wording, about what is to be opened.
    pub fn words(self, question: Question) -> Words {
        self.words_for(Intent::Open, question)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const WORDINGS: [QuestionVariant; 3] = [
        QuestionVariant::First,
        QuestionVariant::Second,
        QuestionVariant::Third,
    ];

    #[test]
    fn the_wordings_take_turns_in_every_three_audits() {
        let turns: Vec<_> = (0..6).map(QuestionVariant::for_audit).collect();
        assert_eq!(turns, [WORDINGS, WORDINGS].concat());
        // 2^64 − 1 is divisible by 3.
        assert_eq!(QuestionVariant::for_audit(u64::MAX), QuestionVariant::First);
    }

    #[test]
    fn every_question_about_every_ticket_has_three_wordings_of_its_own() {
        for intent in Intent::ALL {
            let shown: Vec<_> = WORDINGS
                .iter()
                .flat_map(|wording| {
                    Question::ALL.map(|question| wording.words_for(intent, question))
                })
                .collect();
            let headings: HashSet<_> = shown.iter().map(|words| words.heading).collect();
            assert_eq!(headings.len(), 12, "{intent:?}");
            let helps: HashSet<_> = shown.iter().map(|words| words.help).collect();
            assert_eq!(helps.len(), 12, "{intent:?}");
        }
    }

    #[test]
    fn every_heading_asks_and_none_suggests_a_value() {
        for intent in Intent::ALL {
            for (wording, question) in WORDINGS
                .iter()
                .flat_map(|wording| Question::ALL.map(|question| (wording, question)))
            {
                let Words { heading, help } = wording.words_for(intent, question);
                assert!(heading.ends_with('?') && heading.len() <= 66, "{heading}");
                assert!(help.ends_with('.') && help.len() <= 90, "{help}");
                for text in [heading, help] {
                    assert!(!text.contains('!'), "{text}");
                    assert!(!text.contains(|c: char| c.is_ascii_digit()), "{text}");
                }
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
            QuestionVariant::Second.words(Question::Wrong),
            Words {
                heading: "It is later, and I was wrong. What did I see?",
                help: "One sentence. Something anyone could check: a price, a time, an event.",
            }
        );
    }
}

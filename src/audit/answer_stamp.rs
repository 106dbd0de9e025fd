//! What happens to a written answer that was handed in, and how often it was sent back.

use serde::{Deserialize, Serialize};

use super::similarity::Likeness;
use crate::input::folded::fold;

/// After this many refusals a repeated answer passes, flagged `thin`.
pub const REFUSALS: u8 = 2;
/// What is asked, once, where a sentence names nothing that can be seen.
pub const HOW_SEEN: &str = "How would you see that on the screen?\n\
    Name a price, a time, or an event such as a close. Asked once: left as it is, the answer \
    counts as thin.";

/// How often one question's answer was sent back, and for what. Kept with the draft.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerStamp {
    refusals: u8,
    shown: bool,
    asked: bool,
}

/// Whether an answer names something that can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesVisible {
    /// It does, or the question does not ask for it.
    Named,
    /// It does not.
    Nothing,
}

/// What happens to an answer that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is written; this never passes and counts as no refusal.
    Empty,
    /// It names nothing that can be seen: [`HOW_SEEN`] is asked, once.
    HowSeen,
    /// It repeats an earlier answer: other words are asked for.
    OtherWords,
    /// It resembles an earlier answer: that one is shown, once. Handed in again, it passes.
    Look,
    Passes,
    /// It passes and is flagged `thin`: it still names nothing that can be seen, or it still
    /// repeats an earlier answer after [`REFUSALS`] refusals.
    PassesThin,
}

impl Verdict {
    /// Whether the pause goes on.
    pub fn passes(self) -> bool {
        match self {
            Self::Passes | Self::PassesThin => true,
            Self::Empty | Self::HowSeen | Self::OtherWords | Self::Look => false,
        }
    }
}

impl AnswerStamp {
    /// Judges an answer that was handed in, by what it names and by its likeness to the earlier
    /// ones. One thing is asked at a time; whether it can be seen comes first.
    pub fn judge(&mut self, text: &str, seen: NamesVisible, likeness: Likeness<'_>) -> Verdict {
        if fold(text).is_empty() {
            return Verdict::Empty;
        }
        if seen == NamesVisible::Nothing && !self.asked {
            self.asked = true;
            return Verdict::HowSeen;
        }
        let passes = match seen {
            NamesVisible::Named => Verdict::Passes,
            NamesVisible::Nothing => Verdict::PassesThin,
        };
        match likeness {
            Likeness::New => passes,
            Likeness::Resembles { .. } if self.shown => passes,
            Likeness::Resembles { .. } => {
                self.shown = true;
                Verdict::Look
            }
            Likeness::Repeats { .. } if self.refusals >= REFUSALS => Verdict::PassesThin,
            Likeness::Repeats { .. } => {
                self.refusals = self.refusals.saturating_add(1);
                Verdict::OtherWords
            }
        }
    }

    /// How often the answer was sent back as a repetition.
    pub fn refusals(self) -> u8 {
        self.refusals
    }
}

#[cfg(test)]
#[path = "answer_stamp_tests.rs"]
mod tests;

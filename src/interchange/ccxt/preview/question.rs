//! What is missing in a text and must be asked, and what was answered.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::{Contract, Mode, Side};
use crate::interchange::venues::Amounts;
use crate::market::{PositionId, Symbol};

/// What a question is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The account itself.
    Account,
    /// A market.
    Market(Symbol),
    /// A position of the text: its place in [`Snapshot::positions`](super::super::Snapshot).
    Imported(usize),
    /// A position of the account.
    Open(PositionId),
}

/// Which detail is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The wallet balance without open profit, in collateral: [`Answer::Number`].
    Wallet,
    /// Which venue's way of valuing the requirement holds: [`Answer::Venue`].
    Venue,
    /// What happens where one bracket follows another: [`Answer::Amounts`].
    Amounts,
    /// The maintenance rate, as a fraction: [`Answer::Number`].
    Rate,
    /// Linear or inverse: [`Answer::Contract`].
    Contract,
    /// Long or short: [`Answer::Side`].
    Side,
    /// Number of contracts: [`Answer::Number`].
    Contracts,
    /// Size of one contract: [`Answer::Number`].
    ContractSize,
    /// Average entry price: [`Answer::Number`].
    Entry,
    /// Mark price: [`Answer::Number`].
    Mark,
    /// Isolated or cross: [`Answer::Mode`].
    Mode,
    /// Whether it is joined with one of the same market, side and mode: [`Answer::Join`].
    Twice,
    /// The margin assigned to it, without open profit: [`Answer::Number`].
    Margin,
    /// What became of a position that the text does not hold: [`Answer::StillOpen`], or the
    /// price at which it was closed as [`Answer::Number`].
    Gone,
}

/// Names a question, the same one each time the same text is held against the same account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImportQuestion {
    /// What it is about.
    pub about: About,
    /// Which detail.
    pub detail: Detail,
}

/// An answer to a [`Question`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportAnswer {
    /// A number above zero; for the wallet, zero too.
    Number(Decimal),
    /// Long or short.
    Side(Side),
    /// Isolated or cross.
    Mode(Mode),
    /// Linear or inverse.
    Contract(Contract),
    /// What happens where one bracket follows another.
    Amounts(Amounts),
    /// A venue, by its id.
    Venue(&'static str),
    /// It is part of the other one.
    Join,
    /// The position is still open; nothing is done.
    StillOpen,
}

/// An answer that can be chosen, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerOption {
    /// What it says.
    pub words: String,
    /// What it means.
    pub answer: ImportAnswer,
}

/// Something that must be known before a line can be made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub asked: ImportQuestion,
    /// One question, with the market or currency in it.
    pub words: String,
    /// What can be chosen; none of them is chosen beforehand. Where a number is asked, another
    /// one may be typed.
    pub offers: Vec<AnswerOption>,
}

/// What was answered until now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportAnswers(BTreeMap<ImportQuestion, ImportAnswer>);

impl ImportAnswers {
    /// Keeps an answer; a later one to the same question replaces it. An answer that does not
    /// fit its question leaves the question standing.
    pub fn give(&mut self, asked: ImportQuestion, answer: ImportAnswer) {
        self.0.insert(asked, answer);
    }

    /// The answer to a question, if there is one.
    pub fn get(&self, asked: &ImportQuestion) -> Option<ImportAnswer> {
        self.0.get(asked).copied()
    }

    /// Takes an answer back.
    pub fn forget(&mut self, asked: &ImportQuestion) {
        self.0.remove(asked);
    }
}

/// Collects questions while a preview is made, and looks up what was answered.
#[derive(Debug)]
pub(super) struct QuestionCollector<'a> {
    answers: &'a ImportAnswers,
    pub(super) questions: Vec<Question>,
}

impl<'a> QuestionCollector<'a> {
    pub(super) fn new(answers: &'a ImportAnswers) -> Self {
        Self {
            answers,
            questions: Vec::new(),
        }
    }

    /// What was answered about a position of the text.
    pub(super) fn answered(&self, at: usize, detail: Detail) -> Option<ImportAnswer> {
        let about = About::Imported(at);
        self.answers.get(&ImportQuestion { about, detail })
    }

    /// The answer where one was given that fits, else nothing and the question is asked.
    pub(super) fn ask<T>(
        &mut self,
        about: About,
        detail: Detail,
        fits: impl FnOnce(ImportAnswer) -> Option<T>,
        words: impl FnOnce() -> (String, Vec<AnswerOption>),
    ) -> Option<T> {
        let asked = ImportQuestion { about, detail };
        if let Some(value) = self.answers.get(&asked).and_then(fits) {
            return Some(value);
        }
        if self.questions.iter().all(|known| known.asked != asked) {
            let (words, offers) = words();
            self.questions.push(Question {
                asked,
                words,
                offers,
            });
        }
        None
    }
}

/// A number above zero.
pub(super) fn above_zero(answer: ImportAnswer) -> Option<Decimal> {
    match answer {
        ImportAnswer::Number(value) if value > Decimal::ZERO => Some(value),
        _ => None,
    }
}

pub(super) fn offer(words: impl Into<String>, answer: ImportAnswer) -> AnswerOption {
    AnswerOption {
        words: words.into(),
        answer,
    }
}

//! An account snapshot from outside on its way in: what it would change, what must be answered
//! first, and what is left out. Nothing is taken silently, and nothing while a question is open.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use thiserror::Error;

use super::Command;
use super::account_form::fraction;
use crate::engine::Price;
use crate::input::number::Unit;
use crate::input::{Field, FieldError, FieldSchema, FormValue, NumberBounds, Reads, above_zero};
use crate::interchange::ccxt::{
    About, Detail, ImportAnswer, ImportAnswers, ImportNote, ImportQuestion, LIMIT, Preview,
    ProposedChange, Question, Snapshot, preview_with, read,
};
use crate::journal::{DiskFault, FileSystem, read_copy};
use crate::market::{AccountId, PositionId};
use crate::record::{Account, Event, OpenPosition, State};
use crate::wording::account as wording;
use crate::wording::join;
use crate::wording::text::sentence;

/// Said where something is to be taken in too early.
pub const ANSWER_FIRST: &str =
    "Answer what is asked first, or leave it out. Nothing is taken in while a question is open.";
/// Said where there is nothing to take in.
pub const NOTHING_TO_TAKE: &str = "Nothing would change.";

/// A snapshot on its way in.
#[derive(Clone, Debug)]
pub struct ImportForm {
    /// The account it is held against.
    pub account: AccountId,
    read: Option<Result<Snapshot, String>>,
    answers: ImportAnswers,
    set_aside: BTreeSet<ImportQuestion>,
    /// What was answered or set aside, in that order.
    answered: Vec<ImportQuestion>,
    left_out: BTreeSet<String>,
}

impl ImportForm {
    /// An empty form.
    pub fn of(account: AccountId) -> Self {
        Self {
            account,
            read: None,
            answers: ImportAnswers::default(),
            set_aside: BTreeSet::new(),
            answered: Vec::new(),
            left_out: BTreeSet::new(),
        }
    }

    /// A text has come in, or why it could not.
    pub fn take(&mut self, text: Result<String, NoSnapshot>) {
        let snapshot = text
            .map_err(|error| sentence(&error))
            .and_then(|text| read(&text).map_err(|error| error.to_string()));
        *self = Self {
            read: Some(snapshot),
            ..Self::of(self.account)
        };
    }

    /// Why what came in cannot be read.
    pub fn refused(&self) -> Option<&str> {
        self.read.as_ref()?.as_ref().err().map(String::as_str)
    }

    /// What would change, with what was answered and set aside until now; none while nothing has
    /// been read.
    pub fn preview(&self, account: &Account) -> Option<Preview> {
        let snapshot = self.snapshot()?;
        let mut preview = preview_with(snapshot, account, &self.answers);
        let (aside, open) = std::mem::take(&mut preview.questions)
            .into_iter()
            .partition(|question| self.is_aside(&question.asked));
        preview.questions = open;
        preview
            .notes
            .extend(aside.into_iter().map(|question: Question| ImportNote {
                about: question.words,
                words: "Left out, as you said.".to_owned(),
            }));
        Some(preview)
    }

    /// What of the account stays as it is and what of the text is not taken, line by line, with
    /// what was answered and left out until now.
    pub fn left_out(&self, account: &Account, preview: &Preview) -> Vec<String> {
        let Some(snapshot) = self.snapshot() else {
            return Vec::new();
        };
        let taken = || preview.lines.iter().filter(|line| !self.is_left_out(line));
        let mut left = Vec::new();
        let wallet = |line: &ProposedChange| matches!(line, ProposedChange::Wallet { .. });
        if !snapshot.balances.is_empty() && !taken().any(wallet) {
            left.push(wording::wallet_stays(account));
        }
        let is_met = |id| {
            taken().any(|line| match line {
                ProposedChange::Changed { change, .. } => change.position == id,
                ProposedChange::Closed { closed, .. } => closed.position == id,
                _ => false,
            })
        };
        if snapshot.says_positions {
            let open = account.positions.iter().filter(|open| !is_met(open.id()));
            left.extend(open.map(wording::position_stays));
        }
        let lines = preview.lines.iter().filter(|line| self.is_left_out(line));
        let lines = lines.filter(|line| {
            matches!(
                line,
                ProposedChange::Opened(_) | ProposedChange::Rules { .. }
            )
        });
        left.extend(lines.map(|line| wording::not_taken(&line.name())));
        let mut about: BTreeSet<&About> = BTreeSet::new();
        for asked in self
            .set_aside
            .iter()
            .filter(|asked| about.insert(&asked.about))
        {
            match &asked.about {
                About::Imported(at) => {
                    let position = snapshot.positions.get(*at);
                    left.extend(position.map(|of| wording::not_taken(&of.spelled)));
                }
                About::Market(symbol) => {
                    left.push(wording::not_taken(&format!("Rules of {symbol}")));
                }
                // Said above, as what stays as it is.
                About::Account | About::Open(_) => {}
            }
        }
        left
    }

    fn snapshot(&self) -> Option<&Snapshot> {
        self.read.as_ref()?.as_ref().ok()
    }

    /// A position or market is left out with the first of its questions; of the account's each is
    /// a question of its own.
    fn is_aside(&self, asked: &ImportQuestion) -> bool {
        let mut aside = self.set_aside.iter();
        aside.any(|other| {
            other == asked || other.about == asked.about && asked.about != About::Account
        })
    }

    /// Keeps an answer that was chosen.
    pub fn give(&mut self, asked: &ImportQuestion, answer: ImportAnswer) {
        self.answers.give(asked.clone(), answer);
        self.answered.push(asked.clone());
    }

    /// Leaves out what a question is about.
    pub fn set_aside(&mut self, asked: &ImportQuestion) {
        self.set_aside.insert(asked.clone());
        self.answered.push(asked.clone());
    }

    /// Takes the last answer back; `false` where there is none.
    pub fn back(&mut self) -> bool {
        let last = self.answered.pop();
        if let Some(asked) = &last {
            self.answers.forget(asked);
            self.set_aside.remove(asked);
        }
        last.is_some()
    }

    /// The number that a question asks for; none where it asks for none.
    pub fn figure(&self, question: &Question, state: &State) -> Option<FieldSchema> {
        let (unit, sign) = match question.asked.detail {
            Detail::Wallet | Detail::Margin | Detail::ContractSize => (Unit::Money, ""),
            Detail::Rate => (Unit::Percent, "%"),
            Detail::Contracts => (Unit::Quantity, ""),
            Detail::Entry | Detail::Mark | Detail::Gone => (Unit::Price, ""),
            Detail::Venue
            | Detail::Amounts
            | Detail::Contract
            | Detail::Side
            | Detail::Mode
            | Detail::Twice => return None,
        };
        let reads = Reads::number(unit, sign, self.within(&question.asked, state));
        let schema = FieldSchema::new(Field::Other, "The figure", reads);
        Some(schema.spoken(&question.words))
    }

    /// Keeps a number that was typed as the answer.
    ///
    /// # Errors
    /// Where it is none, or can be read in two ways.
    pub fn write(
        &mut self,
        question: &Question,
        typed: &FormValue,
        state: &State,
    ) -> Result<(), FieldError> {
        let Some(figure) = self.figure(question, state) else {
            return Ok(());
        };
        let asked = &question.asked;
        let number = figure.number(typed)?;
        let number = match asked.detail {
            Detail::Wallet => number,
            _ => above_zero(figure.field, "This", number)?,
        };
        let missing = "Write a number in digits, such as 1234.5.";
        let number = number.ok_or_else(|| FieldError::new(figure.field, missing))?;
        let answer = match asked.detail {
            Detail::Rate => fraction(number),
            _ => number,
        };
        self.give(asked, ImportAnswer::Number(answer));
        Ok(())
    }

    /// What a number that is asked for is held against where it can be read in two ways.
    fn within(&self, asked: &ImportQuestion, state: &State) -> NumberBounds {
        let account = state.account(self.account);
        match asked.detail {
            Detail::Rate => NumberBounds::PERCENT,
            Detail::Entry | Detail::Mark | Detail::Gone => {
                NumberBounds::ten_times(self.price_beside(asked, state))
            }
            Detail::Wallet => {
                NumberBounds::ANYWHERE.at_least(account.and_then(Account::isolated_margins))
            }
            _ => NumberBounds::ANYWHERE,
        }
    }

    /// Another price of the same position, else the last one of its market.
    fn price_beside(&self, asked: &ImportQuestion, state: &State) -> Option<Decimal> {
        let price = match &asked.about {
            About::Imported(at) => {
                let position = self.snapshot()?.positions.get(*at)?;
                let other = position.entry.or(position.mark);
                other.or_else(|| state.last_price(&position.symbol))
            }
            About::Open(id) => state.position(*id).map(|(_, open)| open.position.mark),
            About::Market(symbol) => state.last_price(symbol),
            About::Account => None,
        };
        price.map(Price::get)
    }

    /// Whether a change is left out.
    pub fn is_left_out(&self, line: &ProposedChange) -> bool {
        self.left_out.contains(&line.name())
    }

    /// Leaves a change out, or takes it again.
    pub fn turn(&mut self, line: &ProposedChange) {
        let name = line.name();
        if !self.left_out.remove(&name) {
            self.left_out.insert(name);
        }
    }

    /// What takes it in: everything that is not left out.
    ///
    /// # Errors
    /// While a question is open, and where nothing would change.
    pub fn commands(&self, account: &Account) -> Result<Vec<Command>, FieldError> {
        let problem = |words| FieldError::new(Field::Other, words);
        let mut preview = self
            .preview(account)
            .ok_or_else(|| problem(NOTHING_TO_TAKE))?;
        if !preview.questions.is_empty() {
            return Err(problem(ANSWER_FIRST));
        }
        preview.lines.retain(|line| !self.is_left_out(line));
        if preview.lines.is_empty() {
            return Err(problem(NOTHING_TO_TAKE));
        }
        let events = preview.events(account, PositionId::fresh);
        if let Some(twice) = held_twice(account, &events) {
            return Err(FieldError::new(Field::Other, twice));
        }
        Ok(events.into_iter().filter_map(command).collect())
    }
}

/// Where the account would hold a market twice with all of it: said before any of it is written.
fn held_twice(account: &Account, events: &[Event]) -> Option<String> {
    let mut after = account.clone();
    for event in events {
        match event {
            Event::PositionOpened(opened) => {
                let open = OpenPosition::of(opened.clone(), after.known_at);
                after.positions.push(open);
            }
            Event::PositionChanged(change) => {
                let mut positions = after.positions.iter_mut();
                if let Some(open) = positions.find(|open| open.id() == change.position) {
                    open.changed(change);
                }
            }
            Event::PositionClosed(closed) => {
                after.positions.retain(|open| open.id() != closed.position);
            }
            _ => {}
        }
    }
    let (stays, _) = after.pair().filter(|_| account.pair().is_none())?;
    Some(join::stands(account, stays))
}

fn command(event: Event) -> Option<Command> {
    match event {
        Event::AccountSet(set) => Some(Command::SetAccount(set)),
        Event::PositionOpened(opened) => Some(Command::OpenPosition(opened)),
        Event::PositionChanged(change) => Some(Command::ChangePosition(change)),
        Event::PositionClosed(closed) => Some(Command::ClosePosition(closed)),
        _ => None,
    }
}

/// What is said of tiers that wait, if there are any.
pub fn other_markets(preview: &Preview) -> Option<String> {
    match preview.other_markets.len() {
        0 => None,
        1 => Some(
            "Tiers of another market are in it; those you trade here are taken, it waits until you do."
                .to_owned(),
        ),
        many => Some(format!(
            "Tiers of {many} more markets are in it; those you trade here are taken, the others wait until you do."
        )),
    }
}

/// The text of a file that may be a snapshot.
///
/// # Errors
/// Why it cannot be one.
pub fn read_snapshot(files: &dyn FileSystem, path: &Path) -> Result<String, NoSnapshot> {
    let bytes = read_copy(files, path, LIMIT)?;
    if bytes.len() > LIMIT {
        return Err(NoSnapshot::TooLong(path.to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| NoSnapshot::NoText(path.to_owned()))
}

/// Why a file is no snapshot.
#[derive(Debug, Error)]
pub enum NoSnapshot {
    #[error(transparent)]
    Disk(#[from] DiskFault),
    #[error("{} is larger than 10 MiB: this is no account snapshot", .0.display())]
    TooLong(PathBuf),
    #[error("{} is no text. An account snapshot is a JSON file", .0.display())]
    NoText(PathBuf),
}

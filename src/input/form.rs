//! A form: its fields in order, and what each reads.

use rust_decimal::Decimal;

use super::number::Unit;
use super::{Field, FieldError, FormValue, NumberBounds, typed_number};
use crate::engine::{Mode, Side};

/// The sides, in the order in which they are offered.
pub const SIDES: [Side; 2] = [Side::Long, Side::Short];
/// The margin modes, likewise.
pub const MODES: [Mode; 2] = [Mode::Isolated, Mode::Cross];

/// What a field reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Reads {
    /// Words, in so many rows; any of those that are offered with one press.
    Text {
        /// How many rows it has.
        rows: usize,
        /// What is offered.
        offered: Vec<String>,
    },
    /// A market; any of those that are offered with one press.
    Market {
        /// What the account is counted in, which may be left out.
        collateral: String,
        /// What is offered.
        offered: Vec<String>,
    },
    /// A length of time.
    Length,
    /// A time of day.
    TimeOfDay,
    /// Days of the week.
    Days,
    /// A number.
    Number {
        /// What it is a number of.
        unit: Unit,
        /// The word after it, as it is understood.
        suffix: String,
        /// What settles which of two readings is meant.
        within: NumberBounds,
        /// Whether the terminal leaves out what is no number.
        may_be_left_out: bool,
    },
    /// One of a few.
    Choice(Vec<String>),
    /// Whether there is one more of a list: a press adds it, another takes it away.
    OneMore {
        /// The words of the first.
        add: String,
        /// The words of the second.
        remove: String,
    },
    /// One of the positions that are open.
    Position(Vec<PositionOption>),
    /// One of [`SIDES`].
    Side,
    /// One of [`MODES`].
    Mode,
}

impl Reads {
    /// Words in one row.
    pub const WORDS: Self = Self::Text {
        rows: 1,
        offered: Vec::new(),
    };

    /// Words in so many rows.
    pub fn rows(rows: usize) -> Self {
        Self::Text {
            rows,
            offered: Vec::new(),
        }
    }

    /// A market, where none is offered.
    pub fn market(collateral: impl Into<String>) -> Self {
        Self::Market {
            collateral: collateral.into(),
            offered: Vec::new(),
        }
    }

    /// A number.
    pub fn number(unit: Unit, suffix: impl Into<String>, within: NumberBounds) -> Self {
        Self::Number {
            unit,
            suffix: suffix.into(),
            within,
            may_be_left_out: false,
        }
    }

    /// A number of things.
    pub fn count(of: &str) -> Self {
        Self::number(Unit::Quantity, of, NumberBounds::ANYWHERE)
    }

    /// A share in percent.
    pub fn percent() -> Self {
        Self::number(Unit::Percent, "%", NumberBounds::PERCENT)
    }
}

/// A position that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionOption {
    /// Its name.
    pub name: String,
    /// How it stands, for the terminal.
    pub stands: String,
    /// The mode it stands in.
    pub mode: Mode,
}

/// One field of a form: what it reads, and its words.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldSchema {
    /// Which field.
    pub field: Field,
    /// What it reads.
    pub reads: Reads,
    /// Its label in the window.
    pub label: String,
    /// Which of its options stands while none is chosen, by its place.
    pub usual: Option<usize>,
    /// Which of its options cannot be chosen now, by their places.
    pub closed: Vec<usize>,
    /// Grey words inside it while it is empty.
    pub hint: String,
    /// What stands beneath it while nothing is understood or wrong.
    pub note: String,
    /// What stands beneath its row.
    pub beneath: Vec<String>,
    /// What the terminal says once it is answered.
    pub answered: Vec<String>,
    /// How the terminal asks for it; none where it leaves the field as it stands.
    pub question: Option<String>,
    /// What the terminal says below the question.
    pub told: Vec<String>,
    /// What the terminal says below the question while nothing is written.
    pub empty: String,
    /// Whether the window shows it.
    pub shown: bool,
    /// Whether it stands beside the field before it where there is room.
    pub beside: bool,
    /// Whether its label is spoken and not drawn: what stands above it says it.
    pub spoken: bool,
}

impl FieldSchema {
    /// A field. The terminal asks for it by its label, and by its unit where it is a number.
    pub fn new(field: Field, label: impl Into<String>, reads: Reads) -> Self {
        let label = label.into();
        let question = match &reads {
            Reads::Number { suffix, .. } if !suffix.is_empty() => format!("{label} ({suffix})"),
            _ => label.clone(),
        };
        Self {
            field,
            reads,
            label,
            usual: None,
            closed: Vec::new(),
            hint: String::new(),
            note: String::new(),
            beneath: Vec::new(),
            answered: Vec::new(),
            question: Some(question),
            told: Vec::new(),
            empty: String::new(),
            shown: true,
            beside: false,
            spoken: false,
        }
    }

    /// The number that stands in it; none where none is written.
    ///
    /// # Errors
    /// As [`typed_number`].
    pub fn number(&self, value: &FormValue) -> Result<Option<Decimal>, FieldError> {
        match self.reads {
            Reads::Number { unit, within, .. } => {
                typed_number(self.field, value.text(self.field), unit, within)
            }
            _ => Ok(None),
        }
    }

    /// What stands while nothing is chosen.
    #[must_use]
    pub fn usual<T: PartialEq>(mut self, options: &[T], one: &T) -> Self {
        self.usual = options.iter().position(|other| other == one);
        self
    }

    /// What cannot be chosen now.
    #[must_use]
    pub fn closed(mut self, places: impl IntoIterator<Item = usize>) -> Self {
        self.closed.extend(places);
        self
    }

    /// Grey words inside it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What it means to leave it empty, on both: "the entry, if left empty".
    #[must_use]
    pub fn if_left_empty(self, hint: &str) -> Self {
        let what = hint.trim_end_matches(", if left empty");
        self.empty(format!("Enter: {what}.")).hint(hint)
    }

    /// What stands beneath it.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// What stands beneath its row.
    #[must_use]
    pub fn beneath(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.beneath.extend(words);
        self
    }

    /// What stands beneath its row, and is said by the terminal once it is answered.
    #[must_use]
    pub fn follows(mut self, words: &[String]) -> Self {
        self.answered.extend_from_slice(words);
        self.beneath(words.iter().cloned())
    }

    /// How the terminal asks.
    #[must_use]
    pub fn question(mut self, question: impl Into<String>) -> Self {
        self.question = Some(question.into());
        self
    }

    /// What it says below that.
    #[must_use]
    pub fn told(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.told.extend(words);
        self
    }

    /// What it says below that while nothing is written.
    #[must_use]
    pub fn empty(mut self, words: impl Into<String>) -> Self {
        self.empty = words.into();
        self
    }

    /// Whether the terminal asks for it.
    #[must_use]
    pub fn asked(mut self, asked: bool) -> Self {
        self.question = self.question.filter(|_| asked);
        self
    }

    /// Whether the window shows it.
    #[must_use]
    pub fn shown(mut self, shown: bool) -> Self {
        self.shown = shown;
        self
    }

    /// Beside the field before it.
    #[must_use]
    pub fn beside(mut self) -> Self {
        self.beside = true;
        self
    }

    /// With a label that is spoken and not drawn.
    #[must_use]
    pub fn spoken(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self.spoken = true;
        self
    }
}

//! What every form has in common, for window and terminal alike.

use super::{App, Command};
use crate::input::{
    Field, FieldError, FieldSchema, FormValue, Reads, WRITE_THE_MARKET, read_days, read_length,
    read_time,
};
use crate::market::Symbol;
use crate::promises::{Days, duration};
use crate::record::AccountSet;

/// What stands above a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormHeading {
    pub heading: String,
    /// What is said below it.
    pub about: Vec<String>,
}

impl FormHeading {
    pub fn new(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            about: Vec::new(),
        }
    }

    /// With what is said below it.
    #[must_use]
    pub fn about(mut self, words: impl Into<String>) -> Self {
        self.about.push(words.into());
        self
    }
}

/// What a form comes to, once it is read.
#[derive(Debug)]
pub enum HandedIn {
    /// Everything stays as it is.
    Nothing,
    /// A wallet balance that is higher while the pool loses: of which it is asked what it is.
    Raised(Box<AccountSet>),
    Send(Box<Command>),
}

impl From<Command> for HandedIn {
    fn from(command: Command) -> Self {
        Self::Send(Box::new(command))
    }
}

/// A form: a schema, what stands in it, and what it comes to.
pub trait Form {
    /// What stands above it; none where there is nothing any more that it could be about.
    fn heading(&self, app: &App) -> Option<FormHeading>;

    /// Its fields, in the order in which they are shown and asked for.
    fn schema(&self, app: &App) -> Vec<FieldSchema>;

    fn value(&self) -> &FormValue;

    /// The same, to be written in.
    fn value_mut(&mut self) -> &mut FormValue;

    /// Fills in what follows from an answer.
    fn follow_on(&mut self, _app: &App, _field: Field) {}

    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with each field that does not stand.
    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>>;
}

/// A text as its field understands it, to be said back.
///
/// # Errors
/// What is wrong with it.
pub fn understood(reads: &Reads, text: &str) -> Result<String, String> {
    match reads {
        Reads::Market { collateral, .. } => Symbol::read(text, collateral)
            .map(|symbol| symbol.to_string())
            .ok_or_else(|| WRITE_THE_MARKET.to_owned()),
        Reads::Length => read_length(text)
            .map(duration)
            .map_err(|problem| problem.to_string()),
        Reads::TimeOfDay => read_time(text)
            .map(|time| time.format("%H:%M").to_string())
            .map_err(|problem| problem.to_string()),
        Reads::Days => read_days(text)
            .map(|days| spelled(Days::from(days)))
            .map_err(|problem| problem.to_string()),
        _ => Ok(String::new()),
    }
}

/// Days as they are written in a field.
pub fn spelled(days: Days) -> String {
    let days = Vec::from(days).into_iter().map(|day| day.to_string());
    days.collect::<Vec<_>>().join(" ")
}

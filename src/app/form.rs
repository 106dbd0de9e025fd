//! What every form has in common, for window and terminal alike.

use super::{App, Command};
use crate::input::{Field, FieldError, FieldSchema, FormValue};
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

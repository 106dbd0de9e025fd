//! A length of time as it is chosen or typed in a form.

use crate::input::FormErrors;
use crate::input::read_length;
use crate::market::PositionId;

/// The field in which a length of one's own is typed.
pub const OWN: &str = "Your own length";

/// A choice of a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// One that is offered, in seconds.
    Offered(u64),
    /// One that is typed.
    Own,
    /// While this position is open.
    WhileOpen(PositionId),
}

/// A length as it is chosen and typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Lengths {
    /// What is chosen.
    pub chosen: Option<Length>,
    /// The length of one's own.
    pub own: String,
}

impl Lengths {
    /// With one of those that are offered chosen already.
    pub fn of(secs: u64) -> Self {
        Self {
            chosen: Some(Length::Offered(secs)),
            own: String::new(),
        }
    }

    /// As it is typed.
    pub fn typed(own: &str) -> Self {
        Self {
            chosen: Some(Length::Own),
            own: own.to_owned(),
        }
    }

    /// The seconds that are chosen or typed; none while a position is open.
    pub fn secs(&self, notes: &mut FormErrors) -> Option<u64> {
        match self.chosen? {
            Length::Offered(secs) => Some(secs),
            Length::WhileOpen(_) => None,
            Length::Own => match read_length(&self.own) {
                Ok(secs) => Some(secs),
                Err(problem) => {
                    notes.wrong(OWN, problem.to_string());
                    None
                }
            },
        }
    }
}

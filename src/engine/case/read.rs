//! A case out of the text of a line, every fault with the path of its field.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Path;

use crate::engine::check::missing;
use crate::engine::units::{A_COUNT, A_NUMBER, NumberError};
use crate::engine::{Account, Error, ErrorCode, Joint, Mode, Side, Ticket};

/// One question to the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Given back with the answer; null where the line has none.
    pub id: Value,
    /// The account as it stands.
    pub account: Account,
    /// What is asked.
    pub question: CaseQuestion,
    /// Asks for the joint stress.
    pub joint: Option<Joint>,
}

/// What a case asks of the engine.
#[derive(Debug, Clone, PartialEq)]
pub enum CaseQuestion {
    /// What a ticket means.
    Ticket(Box<Ticket>),
    /// How a position stands (`"intent":"hold"`).
    Hold(Hold),
}

/// The position that is asked about; the mode is needed where it stands in both.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Hold {
    /// Its symbol.
    pub symbol: String,
    /// Its side.
    pub side: Side,
    /// Its mode, where that is said.
    pub mode: Option<Mode>,
}

impl Case {
    /// The ticket that is proposed.
    ///
    /// # Errors
    /// `WrongShape` where the case asks how a position stands.
    pub fn ticket(&self) -> Result<&Ticket, Error> {
        match &self.question {
            CaseQuestion::Ticket(ticket) => Ok(ticket),
            CaseQuestion::Hold(_) => Err(Error::new(
                ErrorCode::WrongShape,
                "ticket.intent",
                "This case asks how a position stands, and proposes nothing.",
            )),
        }
    }
}

/// Reads a case.
///
/// # Errors
/// `Unreadable` where the text is no JSON; else the code and path of the first field that is missing,
/// no number, or an unknown word.
pub fn read(line: &str) -> Result<Case, Error> {
    read_value(parse(line)?)
}

pub(super) fn parse(line: &str) -> Result<Value, Error> {
    serde_json::from_str(line).map_err(|fault| {
        Error::new(
            ErrorCode::Unreadable,
            "",
            format!("This line is not readable as JSON: {fault}."),
        )
    })
}

pub(super) fn read_value(mut line: Value) -> Result<Case, Error> {
    let id = line.get_mut("id").map(Value::take).unwrap_or_default();
    leave_out_blanks(&mut line);
    let holds = line
        .pointer("/ticket/intent")
        .is_some_and(|intent| intent == "hold");
    if holds {
        read_as(id, line, CaseQuestion::Hold)
    } else {
        read_as(id, line, CaseQuestion::Ticket)
    }
}

/// Null and a blank text are the same as nothing at all.
fn leave_out_blanks(value: &mut Value) {
    let is_blank = |value: &Value| {
        value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
    };
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !is_blank(field));
            fields.values_mut().for_each(leave_out_blanks);
        }
        Value::Array(values) => values.iter_mut().for_each(leave_out_blanks),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[derive(Deserialize)]
struct Line<T> {
    account: Account,
    ticket: T,
    joint: Option<Joint>,
}

fn read_as<T: DeserializeOwned>(
    id: Value,
    line: Value,
    question: fn(T) -> CaseQuestion,
) -> Result<Case, Error> {
    let line: Line<T> = serde_path_to_error::deserialize(line)
        .map_err(|fault| refusal(fault.path(), &fault.inner().to_string()))?;
    Ok(Case {
        id,
        account: line.account,
        question: question(line.ticket),
        joint: line.joint,
    })
}

/// The refusal for what serde found; it tells its faults apart by their words alone.
fn refusal(path: &Path, fault: &str) -> Error {
    let is_root = path.iter().next().is_none();
    let path = if is_root {
        String::new()
    } else {
        path.to_string()
    };
    if let Some(field) = fault.strip_prefix("missing field `") {
        let field = field.trim_end_matches('`');
        return missing(if is_root {
            field.to_owned()
        } else {
            format!("{path}.{field}")
        });
    }
    let is_bare_number = fault.starts_with("invalid type: floating point")
        || fault.starts_with("invalid type: integer");
    let code = if fault == NumberError::TooManyDigits.to_string() {
        ErrorCode::Overflow
    } else if fault == NumberError::NotANumber.to_string()
        || fault.ends_with(A_COUNT)
        || is_bare_number && fault.ends_with(A_NUMBER)
    {
        ErrorCode::NotANumber
    } else if fault.starts_with("unknown variant") {
        ErrorCode::UnknownWord
    } else {
        ErrorCode::WrongShape
    };
    Error::new(code, path, format!("Can't be read: {fault}."))
}

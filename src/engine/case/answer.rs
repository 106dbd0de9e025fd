//! The line that answers a line, and a whole stream of them.

use std::io::{self, BufRead, Read as _, Write};

use serde::Serialize;
use serde_json::Value;

use super::read::{Case, CaseQuestion, Hold, parse, read_value};
use crate::engine::{
    Assessment, Error, ErrorCode, Finding, Mode, Money, Order, Outcome, assess, assess_position,
};

/// The longest line that is read, in bytes; a longer one is answered with an error.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    chosen: Mode,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Order>,
    #[serde(skip_serializing_if = "Option::is_none")]
    realised: Option<Money>,
    isolated: Option<&'a Outcome>,
    cross: Option<&'a Outcome>,
    findings: Vec<&'static str>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    id: &'a Value,
    error: &'a Error,
}

/// Answers one line: with the assessment, or with the error that kept it from one. Numbers are texts;
/// the id comes back as it was given.
///
/// ```
/// use impulse_audit::engine::case;
///
/// let answer = case::answer(r#"{"id":7}"#);
/// assert!(answer.starts_with(r#"{"id":7,"error":{"code":"Missing","field":"account""#));
/// ```
pub fn answer(line: &str) -> String {
    let value = match parse(line) {
        Ok(value) => value,
        Err(error) => return refusal(&Value::Null, &error),
    };
    let id = value.get("id").cloned().unwrap_or_default();
    read_value(value)
        .and_then(|case| answered(&case))
        .unwrap_or_else(|error| refusal(&id, &error))
}

fn answered(case: &Case) -> Result<String, Error> {
    let id = &case.id;
    let joint = case.joint.as_ref();
    let answer = |assessment: &Assessment| {
        written(&Answer {
            id,
            chosen: assessment.chosen,
            order: assessment.order,
            realised: assessment.realised,
            isolated: Some(&assessment.isolated),
            cross: Some(&assessment.cross),
            findings: codes(&assessment.findings),
        })
    };
    match &case.question {
        CaseQuestion::Ticket(ticket) => Ok(answer(&assess(&case.account, ticket, joint)?)),
        CaseQuestion::Hold(Hold { symbol, side, mode }) => {
            let held = assess_position(&case.account, symbol, *side, *mode, joint)?;
            let stands = |mode| (held.mode == mode).then_some(&held.outcome);
            Ok(written(&Answer {
                id,
                chosen: held.mode,
                order: None,
                realised: None,
                isolated: stands(Mode::Isolated),
                cross: stands(Mode::Cross),
                findings: codes(&held.findings),
            }))
        }
    }
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(Finding::code).collect()
}

fn refusal(id: &Value, error: &Error) -> String {
    written(&Refusal { id, error })
}

fn written<T: Serialize>(answer: &T) -> String {
    // Texts, lists and string-keyed objects only: nothing here can fail to be written as JSON.
    serde_json::to_string(answer).unwrap_or_default()
}

/// Answers every line of a stream, in order, until it ends. Blank lines are passed over.
///
/// A reader that goes away (a closed pipe) ends the run quietly.
///
/// # Errors
/// What reading or writing the streams reports.
pub fn run(mut from: impl BufRead, mut to: impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if from
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut bytes)?
            == 0
        {
            return Ok(());
        }
        let is_whole = bytes.ends_with(b"\n");
        if !is_whole && u64::try_from(bytes.len()).is_ok_and(|length| length == LONGEST_LINE) {
            skip_line(&mut from)?;
            let error = Error::new(
                ErrorCode::Unreadable,
                "",
                "This line is longer than 16 MiB.",
            );
            if !sent(&mut to, &refusal(&Value::Null, &error))? {
                return Ok(());
            }
            continue;
        }
        let answered = match std::str::from_utf8(&bytes) {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => answer(line),
            Err(_) => refusal(
                &Value::Null,
                &Error::new(ErrorCode::Unreadable, "", "This line is not UTF-8 text."),
            ),
        };
        if !sent(&mut to, &answered)? {
            return Ok(());
        }
    }
}

fn skip_line(from: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = from.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end.saturating_add(1));
        from.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// Writes one line; false when nobody reads any more.
fn sent(to: &mut impl Write, line: &str) -> io::Result<bool> {
    match writeln!(to, "{line}").and_then(|()| to.flush()) {
        Ok(()) => Ok(true),
        Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(fault) => Err(fault),
    }
}

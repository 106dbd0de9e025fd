//! An event as one line of JSON with nothing private in it. The whole journal as JSON Lines
//! needs no writing: its lines are that already.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::kept::kept;
use crate::journal::{Record, json_shown};
use crate::record::{DecodedEvent, Event};

/// A line without amounts and words. Its id and hashes are left out with them: a hash of what
/// can be guessed gives it away.
#[derive(Serialize)]
struct Line<'a> {
    seq: u64,
    kind: &'a str,
    v: u32,
    at: String,
    tz: &'a str,
    data: Value,
}

/// Writes an event without amounts and words, and a line feed. What this version does not know
/// is named by its kind and time only.
///
/// # Errors
/// What `out` answers.
pub fn write_line(record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let data = match Event::read(record) {
        DecodedEvent::Known(_) => serde_json::from_str(record.data.get()).map_or(Value::Null, kept),
        DecodedEvent::Journal | DecodedEvent::Newer | DecodedEvent::Unreadable(_) => Value::Null,
    };
    let line = Line {
        seq: record.seq,
        kind: &record.kind,
        v: record.v,
        at: record
            .at
            .to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        tz: &record.zone,
        data,
    };
    let line = serde_json::to_string(&line)?;
    writeln!(out, "{}", json_shown(&line))
}

//! One line of the journal: written in a fixed order, read as strictly.

use std::borrow::Cow;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::id::EventId;

use super::entry::{Entry, Receipt, Record};
use super::escape::push_safe;
use super::hash::LineHash;

/// The longest line, its line feed included: 1 MiB.
pub(super) const LONGEST: usize = 1 << 20;
/// The envelope's version.
const ENVELOPE: u64 = 1;
/// How times are written, in UTC with microseconds.
const TIME: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";
const BEFORE_PREV: &[u8] = b",\"prev\":\"";
const BEFORE_HASH: &[u8] = b"\",\"h\":\"";
const END: &[u8] = b"\"}";

/// When and where a line is written.
#[derive(Debug, Clone)]
pub(super) struct LineStamp {
    pub(super) at: DateTime<Utc>,
    pub(super) zone: String,
    pub(super) boot: String,
    pub(super) up: Duration,
}

/// A line ready to be written, with its line feed.
pub(super) struct EncodedLine {
    pub(super) bytes: Vec<u8>,
    pub(super) hash: LineHash,
}

/// Builds the whole line of `entry` at place `seq`, after the line whose hash is `prev`.
///
/// The `Err` is the line's length in bytes when it is longer than a line may be.
pub(super) fn write(
    entry: &Entry,
    seq: u64,
    stamp: &LineStamp,
    prev: LineHash,
) -> Result<EncodedLine, usize> {
    let text = format!(
        r#"{{"j":{ENVELOPE},"seq":{seq},"id":"{id}","kind":{kind},"v":{v},"at":"{at}","tz":{zone},"boot":{boot},"up":{up},"app":{app},"data":{data}"#,
        id = entry.id(),
        kind = quoted(entry.kind()),
        v = entry.v(),
        at = stamp.at.format(TIME),
        zone = quoted(&stamp.zone),
        boot = quoted(&stamp.boot),
        up = stamp.up.as_secs(),
        app = quoted(env!("CARGO_PKG_VERSION")),
        data = entry.data().get().trim(),
    );
    let mut bytes = Vec::with_capacity(text.len().saturating_add(160));
    push_safe(&mut bytes, &text);
    bytes.extend_from_slice(BEFORE_PREV);
    prev.push_hex(&mut bytes);
    // The hash is of everything up to, and without, `,"h":"`.
    bytes.push(b'"');
    let hash = LineHash::of(&bytes);
    bytes.extend_from_slice(BEFORE_HASH.get(1..).unwrap_or_default());
    hash.push_hex(&mut bytes);
    bytes.extend_from_slice(END);
    bytes.push(b'\n');
    if bytes.len() > LONGEST {
        Err(bytes.len())
    } else {
        Ok(EncodedLine { bytes, hash })
    }
}

/// `text` as a JSON string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Why bytes are not a journal line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineError {
    /// Not the form of a line.
    Form,
    /// The form of a line, but its hash is of other bytes.
    Hash,
    /// A sound line with an envelope of a later version.
    Newer,
}

/// A line whose own hash matches; its place in the chain is not yet checked.
#[derive(Debug)]
pub(super) struct HashedLine<'a> {
    pub(super) seq: u64,
    pub(super) id: EventId,
    pub(super) kind: Cow<'a, str>,
    v: u32,
    pub(super) at: DateTime<Utc>,
    zone: Cow<'a, str>,
    pub(super) boot: Cow<'a, str>,
    pub(super) up: Duration,
    app: Cow<'a, str>,
    pub(super) data: &'a RawValue,
    pub(super) prev: LineHash,
    pub(super) hash: LineHash,
}

/// The part of a line that its hash is made of, and the hash that stands in it.
pub(super) fn hashed_part(bytes: &[u8]) -> Option<(&[u8], LineHash)> {
    let bytes = bytes.strip_suffix(END)?;
    let (before, hash) = bytes.split_at_checked(bytes.len().checked_sub(LineHash::HEX)?)?;
    let quote_open = before.strip_suffix(BEFORE_HASH)?;
    let part = bytes.get(..quote_open.len().checked_add(1)?)?;
    Some((part, LineHash::from_hex(hash)?))
}

/// The hash that stands in a line without its line feed, if it is that of its bytes.
pub(super) fn check(bytes: &[u8]) -> Result<LineHash, LineError> {
    let (part, hash) = hashed_part(bytes).ok_or(LineError::Form)?;
    if LineHash::of(part) == hash {
        Ok(hash)
    } else {
        Err(LineError::Hash)
    }
}

/// Reads a line without its line feed, and checks its hash.
pub(super) fn read(bytes: &[u8]) -> Result<HashedLine<'_>, LineError> {
    read_checked(bytes, check(bytes)?)
}

/// Reads a line that [`check`] found to have this hash.
pub(super) fn read_checked(bytes: &[u8], hash: LineHash) -> Result<HashedLine<'_>, LineError> {
    let (part, _) = hashed_part(bytes).ok_or(LineError::Form)?;
    read_hashed(part, hash)
}

/// Reads the part of a line whose hash was found to be `hash`.
pub(super) fn read_hashed(part: &[u8], hash: LineHash) -> Result<HashedLine<'_>, LineError> {
    let mut cursor = Cursor { rest: part };
    let version = cursor
        .literal(b"{\"j\":")
        .and_then(|()| cursor.number())
        .ok_or(LineError::Form)?;
    if version != ENVELOPE {
        return Err(LineError::Newer);
    }
    read_envelope(cursor, hash).ok_or(LineError::Form)
}

fn read_envelope(mut cursor: Cursor<'_>, hash: LineHash) -> Option<HashedLine<'_>> {
    cursor.literal(b",\"seq\":")?;
    let seq = cursor.number()?;
    cursor.literal(b",\"id\":\"")?;
    let id = EventId::of(Uuid::try_parse_ascii(cursor.take(36)?).ok()?);
    cursor.literal(b"\",\"kind\":")?;
    let kind = cursor.string()?;
    cursor.literal(b",\"v\":")?;
    let v = u32::try_from(cursor.number()?).ok()?;
    cursor.literal(b",\"at\":\"")?;
    let at = time(cursor.take(27)?)?;
    cursor.literal(b"\",\"tz\":")?;
    let zone = cursor.string()?;
    cursor.literal(b",\"boot\":")?;
    let boot = cursor.string()?;
    cursor.literal(b",\"up\":")?;
    let up = Duration::from_secs(cursor.number()?);
    cursor.literal(b",\"app\":")?;
    let app = cursor.string()?;
    cursor.literal(b",\"data\":")?;
    let rest = cursor.rest.strip_suffix(b"\"")?;
    let (rest, prev) = rest.split_at_checked(rest.len().checked_sub(LineHash::HEX)?)?;
    let prev = LineHash::from_hex(prev)?;
    let text = rest.strip_suffix(BEFORE_PREV)?;
    let data: &RawValue = serde_json::from_slice(text).ok()?;
    // A raw value leaves out spaces around it; a line has none.
    if data.get().len() != text.len() {
        return None;
    }
    Some(HashedLine {
        seq,
        id,
        kind,
        v,
        at,
        zone,
        boot,
        up,
        app,
        data,
        prev,
        hash,
    })
}

impl HashedLine<'_> {
    /// The record of this line, which the caller found in its place in the chain.
    pub(super) fn record(&self) -> Record {
        Record {
            seq: self.seq,
            id: self.id,
            kind: self.kind.clone().into_owned(),
            v: self.v,
            at: self.at,
            zone: self.zone.clone().into_owned(),
            boot: self.boot.clone().into_owned(),
            up: self.up,
            app: self.app.clone().into_owned(),
            data: self.data.to_owned(),
            receipt: Receipt::for_line(self.seq, self.id, self.hash, self.at),
            prev: self.prev,
        }
    }
}

/// Reads `2026-03-01T14:30:00.123456Z`.
fn time(text: &[u8]) -> Option<DateTime<Utc>> {
    let mut cursor = Cursor { rest: text };
    let year = cursor.padded(4)?;
    cursor.literal(b"-")?;
    let month = cursor.padded(2)?;
    cursor.literal(b"-")?;
    let day = cursor.padded(2)?;
    cursor.literal(b"T")?;
    let hour = cursor.padded(2)?;
    cursor.literal(b":")?;
    let minute = cursor.padded(2)?;
    cursor.literal(b":")?;
    let second = cursor.padded(2)?;
    cursor.literal(b".")?;
    let micro = cursor.padded(6)?;
    cursor.literal(b"Z")?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?
        .and_hms_micro_opt(hour, minute, second, micro)
        .map(|time| time.and_utc())
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn literal(&mut self, literal: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(literal)?;
        Some(())
    }

    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(bytes)?;
        self.rest = rest;
        Some(taken)
    }

    /// A whole number without sign or leading zeros.
    fn number(&mut self) -> Option<u64> {
        let digits = self.rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let digits = self.take(digits)?;
        if digits.len() > 1 && digits.starts_with(b"0") {
            return None;
        }
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// Exactly so many digits.
    fn padded(&mut self, digits: usize) -> Option<u32> {
        self.take(digits)?.iter().try_fold(0_u32, |number, digit| {
            let digit = digit.checked_sub(b'0').filter(|digit| *digit <= 9)?;
            number.checked_mul(10)?.checked_add(u32::from(digit))
        })
    }

    /// A JSON string with its quotes.
    fn string(&mut self) -> Option<Cow<'a, str>> {
        let inner = self.rest.strip_prefix(b"\"")?;
        let mut escaped = false;
        let mut plain = true;
        let length = inner.iter().position(|byte| {
            let end = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            plain &= *byte != b'\\' && *byte >= b' ';
            end
        })?;
        let quoted = self.take(length.checked_add(2)?)?;
        if plain {
            let text = inner.get(..length)?;
            std::str::from_utf8(text).ok().map(Cow::Borrowed)
        } else {
            serde_json::from_slice(quoted).ok().map(Cow::Owned)
        }
    }
}

#[cfg(test)]
mod tests;

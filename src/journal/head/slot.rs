//! One slot of the head: a JSON line with a check sum, padded to 4,096 bytes.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::clock::journal_time::JournalTime;
use super::super::escape::push_safe;
use super::super::hash::LineHash;
use super::HeadLock;

/// The size of a slot in bytes: a page, so that a slot is seldom torn.
pub(in crate::journal) const SIZE: usize = 4096;
/// The version of the slot's form.
const FORM: u32 = 1;
/// What fills a slot up.
const SPACES: [u8; SIZE] = [b' '; SIZE];
const BEFORE_SUM: &[u8] = b",\"sum\":\"";
const END: &[u8] = b"\"}";

/// How far the journal reached when an event was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::journal) struct Slot {
    /// Events acknowledged.
    pub(in crate::journal) count: u64,
    /// The hash of the last one.
    pub(in crate::journal) hash: LineHash,
    /// The number of the file it stands in.
    pub(in crate::journal) segment: u32,
    /// The length of that file, in bytes.
    pub(in crate::journal) bytes: u64,
    /// What the journal knew of time.
    pub(in crate::journal) time: JournalTime,
    /// The journal's own id.
    pub(in crate::journal) journal: Uuid,
    /// Locks in force, as many as there was room for.
    pub(in crate::journal) locks: Vec<HeadLock>,
    /// Locks in force that found no room.
    pub(in crate::journal) unlisted: u32,
}

/// A slot as it is written, in this order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    head: u32,
    count: u64,
    hash: String,
    segment: u32,
    bytes: u64,
    at: DateTime<Utc>,
    boot: String,
    up_micros: u64,
    boot_at: DateTime<Utc>,
    journal: Uuid,
    locks: Vec<HeadLock>,
    unlisted: u32,
}

/// What every form begins with.
#[derive(Deserialize)]
struct Version {
    head: u32,
}

impl Slot {
    /// The slot's bytes. Locks that find no room are counted instead of listed,
    /// those that end soonest first.
    pub(in crate::journal) fn encode(&self) -> Vec<u8> {
        let mut locks = self.locks.clone();
        // Without an end date comes first, then the latest end.
        locks.sort_by_key(|lock| {
            std::cmp::Reverse(lock.ends_at.unwrap_or(DateTime::<Utc>::MAX_UTC))
        });
        let mut unlisted = self.unlisted;
        loop {
            let bytes = self.encode_with(&locks, unlisted);
            if bytes.len() <= SIZE || locks.is_empty() {
                return padded(bytes);
            }
            locks.pop();
            unlisted = unlisted.saturating_add(1);
        }
    }

    fn encode_with(&self, locks: &[HeadLock], unlisted: u32) -> Vec<u8> {
        let form = Form {
            head: FORM,
            count: self.count,
            hash: self.hash.to_string(),
            segment: self.segment,
            bytes: self.bytes,
            at: self.time.at,
            boot: self.time.boot.clone(),
            up_micros: u64::try_from(self.time.up.as_micros()).unwrap_or(u64::MAX),
            boot_at: self.time.zero,
            journal: self.journal,
            locks: locks.to_vec(),
            unlisted,
        };
        // A plain struct of texts and numbers always has a JSON form.
        let text = serde_json::to_string(&form).unwrap_or_default();
        let mut bytes = Vec::with_capacity(SIZE);
        push_safe(&mut bytes, text.strip_suffix('}').unwrap_or(&text));
        let sum = LineHash::of(&bytes);
        bytes.extend_from_slice(BEFORE_SUM);
        sum.push_hex(&mut bytes);
        bytes.extend_from_slice(END);
        bytes.push(b'\n');
        bytes
    }

    /// Whether these are the bytes of a slot, each as it was written, in a form of a later
    /// version.
    pub(in crate::journal) fn is_newer(bytes: &[u8]) -> bool {
        let version = whole(bytes).and_then(|json| serde_json::from_slice::<Version>(&json).ok());
        version.is_some_and(|version| version.head > FORM)
    }

    /// Reads a slot; `None` unless every one of its bytes is as it was written.
    pub(in crate::journal) fn decode(bytes: &[u8]) -> Option<Self> {
        let form: Form = serde_json::from_slice(&whole(bytes)?).ok()?;
        if form.head != FORM {
            return None;
        }
        Some(Self {
            count: form.count,
            hash: LineHash::from_hex(form.hash.as_bytes())?,
            segment: form.segment,
            bytes: form.bytes,
            time: JournalTime {
                at: form.at,
                boot: form.boot,
                up: Duration::from_micros(form.up_micros),
                zero: form.boot_at,
            },
            journal: form.journal,
            locks: form.locks,
            unlisted: form.unlisted,
        })
    }

    /// Which of the two slots this one goes to.
    pub(in crate::journal) const fn place(&self) -> u8 {
        if self.count & 1 == 0 { 0 } else { 1 }
    }
}

/// The JSON of a slot without its check sum, which is right.
fn whole(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() != SIZE {
        return None;
    }
    let padded = bytes.strip_suffix(b"\n")?;
    let end = memchr::memrchr(b'}', padded)?.checked_add(1)?;
    let (text, spaces) = padded.split_at_checked(end)?;
    if !SPACES.starts_with(spaces) {
        return None;
    }
    let before_end = text.strip_suffix(END)?;
    let (before, sum) =
        before_end.split_at_checked(before_end.len().checked_sub(LineHash::HEX)?)?;
    let summed = before.strip_suffix(BEFORE_SUM)?;
    if LineHash::from_hex(sum)? != LineHash::of(summed) {
        return None;
    }
    let mut json = summed.to_vec();
    json.push(b'}');
    Some(json)
}

/// The text with spaces before its line feed, up to the size of a slot.
fn padded(mut text: Vec<u8>) -> Vec<u8> {
    text.pop();
    text.resize(SIZE.saturating_sub(1), b' ');
    text.push(b'\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot() -> Slot {
        let at = DateTime::from_timestamp_micros(1_772_375_400_123_456).unwrap();
        Slot {
            count: 41,
            hash: LineHash::of(b"x"),
            segment: 1,
            bytes: 20_000,
            time: JournalTime {
                at,
                boot: "b".into(),
                up: Duration::from_millis(12_340),
                zero: at,
            },
            journal: Uuid::from_u128(7),
            locks: Vec::new(),
            unlisted: 0,
        }
    }

    fn lock(number: u128, ends_at: Option<DateTime<Utc>>) -> HeadLock {
        HeadLock {
            id: Uuid::from_u128(number),
            ends_at,
            text: "no cross \u{202e}".repeat(5),
        }
    }

    #[test]
    fn a_slot_comes_back_as_it_was_and_fills_one_page() {
        let mut slot = slot();
        slot.locks = vec![lock(1, None), lock(2, Some(slot.time.at))];
        let bytes = slot.encode();
        assert_eq!(bytes.len(), 4096);
        assert_eq!(memchr::memchr_iter(b'\n', &bytes).count(), 1);
        assert_eq!(Slot::decode(&bytes), Some(slot));
    }

    #[test]
    fn every_flipped_bit_of_a_slot_is_noticed() {
        let bytes = slot().encode();
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Slot::decode(&flipped), None, "bit {bit}");
        }
    }

    #[test]
    fn locks_beyond_the_room_are_counted_and_the_longest_are_listed() {
        let mut slot = slot();
        let end = |day: i64| Some(slot.time.at + chrono::TimeDelta::days(day));
        slot.locks = (0..60)
            .map(|n| lock(n, end(i64::try_from(n).unwrap())))
            .collect();
        slot.locks.push(lock(99, None));
        let read = Slot::decode(&slot.encode()).unwrap();
        assert_eq!(read.locks.len() + read.unlisted as usize, 61);
        assert!(read.unlisted > 0);
        assert_eq!(read.locks[0].id, Uuid::from_u128(99));
        assert_eq!(read.locks[1].id, Uuid::from_u128(59));
    }
}

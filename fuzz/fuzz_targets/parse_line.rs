//! Any bytes as the part of a journal line that its hash is made of.
//!
//! The hash is made to match, so that what is read of a line is seen behind its check. What is
//! accepted must be JSON with the same fields by another reader, and be written again as the same.
#![no_main]

mod disk;
mod mutate_json;

use impulse_audit::journal::{Entry, Record};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use disk::{LINES, closed, empty, open};
use mutate_json::mutate_json;

/// A line as a reader of JSON sees it: every key once, no other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain<'a> {
    j: u64,
    seq: u64,
    id: String,
    kind: String,
    v: u32,
    at: String,
    tz: String,
    boot: String,
    up: u64,
    app: String,
    #[serde(borrow)]
    data: &'a RawValue,
    prev: String,
    h: String,
}

fuzz_target!(|part: &[u8]| {
    if part.contains(&b'\n') {
        return;
    }
    let line = closed(part);
    let fs = empty();
    fs.put(LINES, &line);
    fs.refuse_from_now(std::io::ErrorKind::ReadOnlyFilesystem);
    // What nobody can write is still read; a file without a good line is refused.
    let Ok((journal, _, records)) = open(&fs) else {
        return;
    };
    let [record] = records.as_slice() else {
        assert!(records.is_empty(), "one line is one event");
        return;
    };
    same_fields(&line, record);
    let again = journal
        .read(record.seq)
        .expect("what was read once is read again");
    assert_eq!(again.receipt(), record.receipt());
    written_again(record);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mutated = (seed % 2 == 0)
        .then(|| mutate_open(data, size, max_size, seed / 2))
        .flatten();
    mutated.unwrap_or_else(|| fuzzer_mutate(data, size, max_size))
});

/// A part lacks only its closing brace to be JSON; keys are put back in their order.
fn mutate_open(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> Option<usize> {
    let mut whole = data.get(..size)?.to_vec();
    whole.push(b'}');
    let bound = whole.len() + 256;
    let length = whole.len();
    whole.resize(bound, 0);
    let length = mutate_json(&mut whole, length, bound, seed)?;
    let value: Value = serde_json::from_slice(whole.get(..length)?).ok()?;
    let map = value.as_object()?;
    let keys = [
        "j", "seq", "id", "kind", "v", "at", "tz", "boot", "up", "app", "data", "prev",
    ];
    let fields: Vec<String> = keys
        .iter()
        .filter_map(|key| Some(format!("\"{key}\":{}", map.get(*key)?)))
        .collect();
    let text = format!("{{{}", fields.join(","));
    if text.len() > max_size {
        return None;
    }
    data.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    Some(text.len())
}

fn same_fields(line: &[u8], record: &Record) {
    let plain: Plain<'_> = serde_json::from_slice(line).expect("an accepted line is JSON");
    assert_eq!(plain.j, 1);
    assert_eq!(plain.seq, record.seq);
    assert_eq!(plain.id.to_lowercase(), record.id.to_string());
    assert_eq!(plain.kind, record.kind);
    assert_eq!(plain.v, record.v);
    assert_eq!(
        plain.at,
        record.at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
    );
    assert_eq!(plain.tz, record.zone);
    assert_eq!(plain.boot, record.boot);
    assert_eq!(plain.up, record.up.as_secs());
    assert_eq!(plain.app, record.app);
    assert_eq!(plain.data.get(), record.data.get());
    assert_eq!(plain.prev, record.prev().to_string());
    assert_eq!(plain.h, record.hash().to_string());
}

/// The same event in another journal means the same.
fn written_again(record: &Record) {
    let Ok(entry) = Entry::with_id(record.id, &record.kind, record.v, &record.data) else {
        // A kind that no entry may have; a later version may.
        return;
    };
    let fs = empty();
    let (mut journal, _, _) = open(&fs).expect("an empty disk takes a new journal");
    let appended = journal
        .append(&entry)
        .expect("a line far below the limit is taken");
    assert_eq!(appended.record.id, record.id);
    let value = |record: &Record| serde_json::from_str::<Value>(record.data.get());
    if let (Ok(one), Ok(other)) = (value(record), value(&appended.record)) {
        assert_eq!(one, other, "escaped, and nothing lost");
    }
}

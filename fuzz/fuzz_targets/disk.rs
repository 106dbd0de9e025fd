//! A journal in memory for the targets, by the journal's public doors alone.

use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};

use impulse_audit::journal::{
    FaultyFs, Folders, HandClock, Journal, LineHash, OpenError, Opening, Record,
};

pub const LINES: &str = "/h/data/journal-0001.jsonl";
#[allow(dead_code, reason = "not every target has a second file")]
pub const SECOND: &str = "/h/data/journal-0002.jsonl";
pub const HEAD: &str = "/h/state/head";
/// Stands where space is kept aside for a full disk: to fill that would take most of the time.
const IN_THE_WAY: &str = "/h/data/reserve.bin";

pub fn folders() -> Folders {
    Folders::under("/h")
}

/// A disk with the folders of a journal and neither lines nor head.
pub fn empty() -> FaultyFs {
    static MADE: OnceLock<FaultyFs> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let fs = FaultyFs::new();
        drop(open(&fs).expect("an empty disk takes a new journal"));
        // The lock's file stays, so that a disk that takes nothing can still be read.
        fs.delete(LINES);
        fs.delete(HEAD);
        fs
    });
    made.copy()
}

/// An opened journal, what was found, and the events handed on.
pub type Opened = (Journal, Opening, Vec<Record>);

pub fn open(fs: &FaultyFs) -> Result<Opened, OpenError> {
    fs.put_link(IN_THE_WAY);
    let mut records = Vec::new();
    let clock = Arc::new(HandClock::new());
    let (journal, opening) =
        Journal::open(&folders(), Arc::new(fs.clone()), clock, &mut |record, _| {
            records.push(record.clone());
            ControlFlow::Continue(())
        })?;
    Ok((journal, opening, records))
}

/// Closes a line's open part with the hash of its bytes.
pub fn closed(part: &[u8]) -> Vec<u8> {
    let mut line = part.to_vec();
    line.extend_from_slice(format!(",\"h\":\"{}\"}}\n", LineHash::of(part)).as_bytes());
    line
}

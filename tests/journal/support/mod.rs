//! A journal in memory, and what the tests ask of it.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::should_implement_trait,
    clippy::missing_panics_doc,
    reason = "test support shared by several test programs"
)]

pub mod between;
pub mod chance;
pub mod damages;
pub mod process;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use impulse_audit::journal::{
    Clock, Entry, FaultyFs, FileSystem, Folders, HandClock, Journal, OpenError, Opening, RealFs,
    Receipt, Record, SystemClock, Verdict, verify,
};

pub const LINES: &str = "/h/data/journal-0001.jsonl";
pub const SECOND: &str = "/h/data/journal-0002.jsonl";
pub const HEAD: &str = "/h/state/head";

pub fn folders() -> Folders {
    Folders::under("/h")
}

pub fn note(text: &str) -> Entry {
    Entry::new("note.sample", 1, &serde_json::json!({ "text": text })).unwrap()
}

pub struct Opened {
    pub journal: Journal,
    pub opening: Opening,
    pub records: Vec<Record>,
}

impl Opened {
    /// Whether this acknowledged event was handed on, byte for byte.
    pub fn has(&self, receipt: &Receipt) -> bool {
        self.records
            .iter()
            .any(|record| record.receipt() == *receipt)
    }

    pub fn kinds(&self) -> Vec<&str> {
        self.records
            .iter()
            .map(|record| record.kind.as_str())
            .collect()
    }
}

pub fn open_at(
    fs: Arc<dyn FileSystem>,
    clock: Arc<dyn Clock>,
    folders: &Folders,
) -> Result<Opened, OpenError> {
    let mut records = Vec::new();
    let (journal, opening) = Journal::open(folders, fs, clock, &mut |record, _| {
        records.push(record.clone());
        ControlFlow::Continue(())
    })?;
    Ok(Opened {
        journal,
        opening,
        records,
    })
}

pub fn open_with(fs: &FaultyFs, clock: &HandClock) -> Result<Opened, OpenError> {
    open_at(Arc::new(fs.clone()), Arc::new(clock.clone()), &folders())
}

/// A journal on the disk of this machine.
pub fn open_real(dir: &Path) -> Result<Opened, OpenError> {
    let clock = Arc::new(SystemClock::new());
    open_at(Arc::new(RealFs), clock, &Folders::under(dir))
}

pub fn is_sound(dir: &Path) -> bool {
    let each = &mut |_| ControlFlow::Continue(());
    let clock = SystemClock::new();
    verify(&Folders::under(dir), &RealFs, &clock, None, each)
        .unwrap()
        .is_sound()
}

pub fn open(fs: &FaultyFs) -> Result<Opened, OpenError> {
    open_with(fs, &HandClock::new())
}

pub fn check(fs: &FaultyFs) -> Result<Verdict, OpenError> {
    verify(&folders(), fs, &HandClock::new(), None, &mut |_| {
        ControlFlow::Continue(())
    })
}

/// A sound journal of `journal.created` and so many notes, and the receipts of all.
pub fn sample(notes: usize) -> (FaultyFs, Vec<Receipt>) {
    let fs = FaultyFs::new();
    let clock = HandClock::new();
    let mut opened = open_with(&fs, &clock).unwrap();
    let mut receipts: Vec<Receipt> = opened.records.iter().map(Record::receipt).collect();
    for number in 0..notes {
        clock.advance(std::time::Duration::from_secs(7));
        receipts.push(
            opened
                .journal
                .append(&note(&format!("note {number}")))
                .unwrap()
                .receipt,
        );
    }
    drop(opened);
    (fs.copy(), receipts)
}

/// All files but the lock and the reserve, which opening may make.
pub fn picture(fs: &FaultyFs) -> Vec<(PathBuf, Vec<u8>)> {
    fs.files()
        .into_iter()
        .filter(|path| {
            !path.ends_with(Path::new("journal.lock")) && !path.ends_with(Path::new("reserve.bin"))
        })
        .map(|path| {
            let bytes = fs.content(&path).unwrap();
            (path, bytes)
        })
        .collect()
}

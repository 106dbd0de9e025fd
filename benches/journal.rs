//! What safety costs, as ratios within one run.
//!
//! - An append acknowledged, against a raw write and `fdatasync` of the same bytes.
//! - A journal opened (read, verified, parsed, folded), against a bare SHA-256 pass
//!   over the same file and a raw read, with the memory it takes.
//! - The memory of streaming alone, with lines as long as a line may be.
//!
//! `JOURNAL_BENCH_EVENTS=1000000 cargo bench --bench journal` opens a million events;
//! 100,000 otherwise. `JOURNAL_BENCH_DIR` is the folder whose disk is measured.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench may stop at the first thing that fails"
)]

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use impulse_audit::journal::{
    Access, Entry, Facts, FileSystem, Folders, Journal, OpenFile, RealFs, Record, SystemClock,
};
use sha2::{Digest as _, Sha256};

const APPENDS: usize = 2_000;
/// Set in the process that only opens a journal and tells its peak of memory.
const OPEN_ONLY: &str = "JOURNAL_BENCH_OPEN_ONLY";

fn main() {
    if let Some(dir) = std::env::var_os(OPEN_ONLY) {
        // A process of its own, so that its peak is that of opening alone.
        let before = memory("VmRSS:");
        let journal = open_journal(&Folders::under(dir), Arc::new(Unsynced));
        let after = (memory("VmHWM:"), memory("VmRSS:"));
        if let (Some(before), (Some(peak), Some(kept))) = (before, after) {
            println!("{} {}", peak - before, kept - before);
        }
        drop(journal);
        return;
    }
    let dir = match std::env::var_os("JOURNAL_BENCH_DIR") {
        Some(folder) => tempfile::tempdir_in(folder),
        None => tempfile::tempdir(),
    }
    .unwrap();
    // Run as a test, it only shows that it runs.
    let quick = std::env::args().any(|argument| argument == "--test");
    let events = std::env::var("JOURNAL_BENCH_EVENTS")
        .ok()
        .and_then(|events| events.parse().ok())
        .unwrap_or(100_000);
    append(dir.path(), if quick { 20 } else { APPENDS });
    open(dir.path(), if quick { 200 } else { events });
    stream(dir.path(), if quick { 4 } else { 200 });
}

/// A note that makes a line of about 560 bytes, as decisions do.
fn note(number: usize) -> Entry {
    let text = "If the four-hour close is below the range low the idea is wrong, and I am out.";
    let data = serde_json::json!({ "number": number, "text": text, "why": text });
    Entry::new("note.sample", 1, &data).unwrap()
}

fn open_journal(folders: &Folders, fs: Arc<dyn FileSystem>) -> Journal {
    let clock = Arc::new(SystemClock::new());
    Journal::open(folders, fs, clock, &mut |_, _| ControlFlow::Continue(()))
        .unwrap()
        .0
}

fn append(dir: &Path, appends: usize) {
    let folders = Folders::under(dir.join("append"));
    let mut journal = open_journal(&folders, Arc::new(RealFs));
    let mut raw = File::create(dir.join("raw")).unwrap();
    let line = vec![b'x'; 560];
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // In turn, so that a slow moment of the disk meets both.
    for number in 0..appends {
        let entry = note(number);
        let began = Instant::now();
        journal.append(&entry).unwrap();
        ours.push(began.elapsed());
        let began = Instant::now();
        raw.write_all(&line).unwrap();
        raw.sync_data().unwrap();
        theirs.push(began.elapsed());
    }
    let mut share = |name, part: usize| {
        ours.sort_unstable();
        theirs.sort_unstable();
        let at = (appends * part / 100).min(appends - 1);
        println!(
            "append {name}: acknowledged {:?}, raw write + fdatasync {:?}, ratio {:.2}",
            ours[at],
            theirs[at],
            ours[at].as_secs_f64() / theirs[at].as_secs_f64(),
        );
    };
    share("p50", 50);
    share("p99", 99);
}

fn open(dir: &Path, events: usize) {
    let folders = Folders::under(dir.join("open"));
    let mut journal = open_journal(&folders, Arc::new(Unsynced));
    for number in 0..events {
        journal.append(&note(number)).unwrap();
    }
    drop(journal);
    let path = folders.data.join("journal-0001.jsonl");
    let bytes = std::fs::metadata(&path).unwrap().len();
    let read = best(|| pass(&path, |_| {}));
    let mut sum = Sha256::new();
    let hash = best(|| pass(&path, |chunk| sum.update(chunk)));
    let mut kinds: HashMap<String, usize> = HashMap::new();
    let opened = best(|| {
        kinds.clear();
        let mut fold = |record: &Record, _| {
            match kinds.get_mut(&record.kind) {
                Some(count) => *count += record.data.get().len(),
                None => drop(kinds.insert(record.kind.clone(), record.data.get().len())),
            }
            ControlFlow::Continue(())
        };
        let clock = Arc::new(SystemClock::new());
        drop(Journal::open(&folders, Arc::new(Unsynced), clock, &mut fold).unwrap());
    });
    let times = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
    println!(
        "open {events} events of {} bytes: {opened:?}; bare SHA-256 {hash:?}, ratio {:.2}; raw read {read:?}, ratio {:.1}",
        bytes / events as u64,
        times(opened, hash),
        times(opened, read),
    );
    if let Some(memory) = memory_of_opening(&dir.join("open")) {
        println!(
            "memory of that, index included: {:.1} MiB at the peak, {:.0} bytes an event; {:.1} MiB once open, {:.0} bytes an event",
            memory.peak as f64 / 1024.0,
            (memory.peak << 10) as f64 / events as f64,
            memory.kept as f64 / 1024.0,
            (memory.kept << 10) as f64 / events as f64,
        );
    }
}

/// Lines as long as a line may be, so that next to nothing of the memory is the index.
fn stream(dir: &Path, lines: usize) {
    let folders = Folders::under(dir.join("stream"));
    let mut journal = open_journal(&folders, Arc::new(Unsynced));
    let longest = Entry::new("note.sample", 1, &"x".repeat((1 << 20) - 600)).unwrap();
    for _ in 0..lines {
        let entry = Entry::new("note.sample", 1, &longest.data()).unwrap();
        journal.append(&entry).unwrap();
    }
    drop(journal);
    if let Some(memory) = memory_of_opening(&dir.join("stream")) {
        println!(
            "memory of streaming {lines} lines of 1 MiB: {:.1} MiB at the peak",
            memory.peak as f64 / 1024.0,
        );
    }
}

/// What opening a journal took beyond what the process had before, in KiB.
struct Memory {
    peak: u64,
    kept: u64,
}

fn memory_of_opening(dir: &Path) -> Option<Memory> {
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .env(OPEN_ONLY, dir)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    let (peak, kept) = said.trim().split_once(' ')?;
    Some(Memory {
        peak: peak.parse().ok()?,
        kept: kept.parse().ok()?,
    })
}

/// The shortest of three runs.
fn best(mut run: impl FnMut()) -> Duration {
    (0..3)
        .map(|_| {
            let began = Instant::now();
            run();
            began.elapsed()
        })
        .min()
        .unwrap()
}

fn pass(path: &Path, mut each: impl FnMut(&[u8])) {
    let mut file = File::open(path).unwrap();
    let mut chunk = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut chunk).unwrap();
        if read == 0 {
            return;
        }
        each(&chunk[..read]);
    }
}

/// One figure of this process's memory, in KiB (Linux).
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The real files without waiting for the disk, to fill a journal fast.
#[derive(Debug)]
struct Unsynced;

#[derive(Debug)]
struct UnsyncedFile(Box<dyn OpenFile>);

impl FileSystem for Unsynced {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        RealFs.create_folder(path)
    }
    fn facts(&self, path: &Path) -> io::Result<Option<Facts>> {
        RealFs.facts(path)
    }
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        RealFs.names(folder)
    }
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn OpenFile>> {
        Ok(Box::new(UnsyncedFile(RealFs.open(path, access)?)))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealFs.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealFs.remove(path)
    }
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
    fn user(&self) -> Option<u32> {
        RealFs.user()
    }
}

impl OpenFile for UnsyncedFile {
    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read_at(offset, buffer)
    }
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_at(offset, bytes)
    }
    fn set_len(&mut self, bytes: u64) -> io::Result<()> {
        self.0.set_len(bytes)
    }
    fn sync_data(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn facts(&mut self) -> io::Result<Facts> {
        self.0.facts()
    }
    fn try_lock(&mut self) -> io::Result<bool> {
        self.0.try_lock()
    }
}

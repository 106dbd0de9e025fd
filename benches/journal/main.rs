//! What safety costs, as ratios within one run.
//!
//! - An append acknowledged, against a raw write and `fdatasync` of the same bytes.
//! - A journal opened (read, verified, parsed, folded), against a bare SHA-256 pass
//!   over the same file and a raw read, with the memory it takes.
//! - The memory of streaming alone, with lines as long as a line may be.
//! - A line saved by the app while a backup is made beside it, against a quiet moment.
//!
//! `JOURNAL_BENCH_EVENTS=1000000 cargo bench --bench journal` opens a million events;
//! 100,000 otherwise. The backup is of 200,000. `JOURNAL_BENCH_DIR` is the folder whose disk is measured.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench may stop at the first thing that fails"
)]

mod beside;
mod unsynced;

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use impulse_audit::journal::{Entry, FileSystem, Folders, Journal, RealFs, Record, SystemClock};
use sha2::{Digest as _, Sha256};
use unsynced::Unsynced;

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
    beside::beside(dir.path(), if quick { 200 } else { 200_000 });
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
    for part in [50, 99] {
        let (ours, theirs) = (percentile(&mut ours, part), percentile(&mut theirs, part));
        println!(
            "append p{part}: acknowledged {ours:?}, raw write + fdatasync {theirs:?}, ratio {:.2}",
            times(ours, theirs),
        );
    }
}

/// The time that so many of a hundred stay within.
fn percentile(times: &mut [Duration], part: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() * part / 100).min(times.len() - 1)]
}

fn times(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
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

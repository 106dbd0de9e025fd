//! An append acknowledged, beside one row in SQLite (write-ahead log, `synchronous=FULL`) and beside
//! a raw write and `fdatasync`, all of the same bytes and in turn, so that a slow moment of the
//! disk meets all three.
//!
//! `cargo run --release --manifest-path benches/sqlite/Cargo.toml [APPENDS]`, 2,000 otherwise.
//! `JOURNAL_BENCH_DIR` is the folder whose disk is measured.

use std::error::Error;
use std::fs::File;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use impulse_audit::journal::{Entry, Folders, Journal, RealFs, SystemClock};
use rusqlite::Connection;

fn main() -> Result<(), Box<dyn Error>> {
    let appends = match std::env::args().nth(1) {
        Some(appends) => appends.parse()?,
        None => 2_000,
    };
    let dir = match std::env::var_os("JOURNAL_BENCH_DIR") {
        Some(folder) => tempfile::tempdir_in(folder),
        None => tempfile::tempdir(),
    }?;
    let mut journal = journal(dir.path())?;
    let rows = rows(dir.path())?;
    let mut insert = rows.prepare("INSERT INTO event (line) VALUES (?1)")?;
    let mut raw = File::create(dir.path().join("raw"))?;
    let line = vec![b'x'; 560];
    let (mut ours, mut theirs, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..appends {
        let entry = note(number)?;
        let began = Instant::now();
        journal.append(&entry)?;
        ours.push(began.elapsed());
        let began = Instant::now();
        insert.execute([&line])?;
        theirs.push(began.elapsed());
        let began = Instant::now();
        raw.write_all(&line)?;
        raw.sync_data()?;
        bare.push(began.elapsed());
    }
    for times in [&mut ours, &mut theirs, &mut bare] {
        times.sort_unstable();
    }
    for (name, part) in [("p50", 50), ("p99", 99)] {
        let at = appends * part / 100;
        let [ours, theirs, bare] = [&ours, &theirs, &bare].map(|times| times[at.min(appends - 1)]);
        let times = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
        println!(
            "append {name}: journal {ours:?}, SQLite {theirs:?}, raw write + fdatasync {bare:?}; journal to SQLite {:.2}, journal to raw {:.2}, SQLite to raw {:.2}",
            times(ours, theirs),
            times(ours, bare),
            times(theirs, bare),
        );
    }
    Ok(())
}

fn journal(dir: &Path) -> Result<Journal, Box<dyn Error>> {
    let clock = Arc::new(SystemClock::new());
    let mut each = |_: &_, _| ControlFlow::Continue(());
    let folders = Folders::under(dir.join("journal"));
    Ok(Journal::open(&folders, Arc::new(RealFs), clock, &mut each)?.0)
}

fn rows(dir: &Path) -> Result<Connection, Box<dyn Error>> {
    let rows = Connection::open(dir.join("rows.db"))?;
    let mode: String = rows.query_row("PRAGMA journal_mode=WAL", [], |row| row.get(0))?;
    assert_eq!(mode, "wal", "this disk takes no write-ahead log");
    rows.execute_batch(
        "PRAGMA synchronous=FULL; CREATE TABLE event (seq INTEGER PRIMARY KEY, line BLOB NOT NULL)",
    )?;
    let full: i64 = rows.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
    assert_eq!(full, 2, "SQLite waits for the disk at each commit");
    Ok(rows)
}

/// A note that makes a line of about 560 bytes, as decisions do.
fn note(number: usize) -> Result<Entry, Box<dyn Error>> {
    let text = "If the four-hour close is below the range low the idea is wrong, and I am out.";
    let data = serde_json::json!({ "number": number, "text": text, "why": text });
    Ok(Entry::new("note.sample", 1, &data)?)
}

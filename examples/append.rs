//! Appends sample notes to a journal and says so after each one.
//!
//! `append DIR COUNT` opens the journal of data folder DIR, appends COUNT sample
//! notes, and prints `ack SEQ HASH` after each acknowledgement, flushed. A fault
//! ends it with a sentence on standard error and exit 1.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;

use impulse_audit::journal::{Entry, Folders, Journal, RealFs, SystemClock};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            // A closed standard error leaves nobody to tell.
            drop(writeln!(io::stderr(), "append: {sentence}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[std::ffi::OsString]) -> Result<(), String> {
    let [dir, count] = arguments else {
        return Err("give a folder and a count: append DIR COUNT".to_owned());
    };
    let count: u64 = count
        .to_str()
        .and_then(|count| count.parse().ok())
        .ok_or("the count must be a whole number, such as 100")?;
    let fs = Arc::new(RealFs);
    let clock = Arc::new(SystemClock::new());
    let folders = Folders::under(dir);
    let mut each = |_: &_, _| ControlFlow::Continue(());
    let (mut journal, opening) =
        Journal::open(&folders, fs, clock, &mut each).map_err(|error| error.to_string())?;
    for finding in &opening.findings {
        drop(writeln!(io::stderr(), "append: {finding}"));
    }
    let mut out = io::stdout().lock();
    for number in 1..=count {
        let note = serde_json::json!({ "number": number, "text": "A sample note." });
        let entry = Entry::new("note.sample", 1, &note).map_err(|error| error.to_string())?;
        let receipt = journal
            .append(&entry)
            .map_err(|error| error.to_string())?
            .receipt;
        writeln!(out, "ack {} {}", receipt.seq(), receipt.hash())
            .and_then(|()| out.flush())
            .map_err(|error| format!("the acknowledgement could not be printed: {error}"))?;
    }
    Ok(())
}

//! `journal list`: entries in a few words, the newest first.

use std::collections::VecDeque;
use std::io::{Write, stdout};
use std::ops::ControlFlow;

use serde::Serialize;

use super::answer::{CommandResult, Exit};
use super::print;
use crate::journal::{Folders, RealFs, Record, ScanSummary, SystemClock, read, shown};
use crate::wording::{event, when};

/// One entry as `journal list --json` prints it, in an array, the newest first.
#[derive(Serialize)]
struct Listed {
    seq: u64,
    at: String,
    time_zone: String,
    kind: String,
    v: u32,
    words: String,
}

pub(super) fn run(
    folders: &Folders,
    limit: usize,
    kind: Option<&str>,
    json: bool,
) -> CommandResult {
    let mut newest: VecDeque<Record> = VecDeque::new();
    let passage = read(folders, &RealFs, &SystemClock::new(), &mut |record, _| {
        if limit > 0 && kind.is_none_or(|kind| is_of(&record.kind, kind)) {
            if newest.len() >= limit {
                newest.pop_front();
            }
            newest.push_back(record.clone());
        }
        ControlFlow::Continue(())
    })?;
    let mut out = stdout().lock();
    if json {
        let list: Vec<Listed> = newest.iter().rev().map(listed).collect();
        print::json(&mut out, &list)?;
    } else {
        for record in newest.iter().rev() {
            let line = format!(
                "{:>6}  {:<16}  {:<17} {}",
                record.seq,
                when::day_and_time(record.at),
                record.kind,
                event::line(record)
            );
            writeln!(out, "{}", shown(&line).replace('\n', " "))?;
        }
        if newest.is_empty() {
            writeln!(out, "Nothing of this kind is written.")?;
        }
    }
    warn(&passage);
    Ok(Exit::Done)
}

/// Whether a kind is the one that was asked for, or one below it: `audit.sealed` is of `audit`.
fn is_of(kind: &str, asked: &str) -> bool {
    kind.strip_prefix(asked)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn listed(record: &Record) -> Listed {
    Listed {
        seq: record.seq,
        at: print::stamp(record.at),
        time_zone: record.zone.clone(),
        kind: record.kind.clone(),
        v: record.v,
        words: event::line(record),
    }
}

/// Says on standard error what is out of the ordinary with what was read.
pub(super) fn warn(passage: &ScanSummary) {
    for finding in &passage.findings {
        print::aside(&finding.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_takes_those_below_it_and_no_other() {
        assert!(is_of("audit.sealed", "audit"));
        assert!(is_of("audit.sealed", "audit.sealed"));
        assert!(!is_of("auditing.sealed", "audit"));
        assert!(!is_of("audit.sealed", "audit.seal"));
    }
}

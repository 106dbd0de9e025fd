//! `promise list`: every promise and where it stands. It only reads, so it works beside an open
//! window.

use std::io::{Write as _, stdout};
use std::ops::ControlFlow;

use serde::Serialize;

use super::super::answer::{Ending, Exit};
use super::super::print;
use crate::journal::{Clock as _, Finding, Folders, Moment, OpenError, RealFs, SystemClock, read};
use crate::promises::{Ledger, Lock, LockState};
use crate::record::{Book, seen};
use crate::telling::promise::{in_seconds, standing};

/// `promise list --json`.
#[derive(Serialize)]
struct List {
    promises: Vec<Listed>,
}

/// One promise of it.
#[derive(Serialize)]
struct Listed {
    id: String,
    kind: &'static str,
    scope: Scope,
    state: &'static str,
    ends_at: Option<String>,
    remaining_secs: Option<u64>,
    words: String,
    sentence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    can_be_confirmed_from: Option<String>,
}

/// What a promise is about; everything where both are null.
#[derive(Serialize)]
struct Scope {
    account: Option<String>,
    symbol: Option<String>,
}

/// Lists them.
pub(super) fn run(folders: &Folders, json: bool) -> Ending {
    let now = SystemClock::new().now();
    let book = read_book(folders, &now)?;
    let ledger = book.promises();
    let mut out = stdout().lock();
    if json {
        let promises = ledger.locks().iter().map(|lock| listed(ledger, lock, &now));
        let promises = promises.collect();
        print::json(&mut out, &List { promises })?;
        return Ok(Exit::Done);
    }
    for lock in ledger.locks() {
        let line = format!("{}: {}", lock.sentence(), standing(ledger, lock, &now));
        print::wrapped(&mut out, "", &line)?;
        if !lock.armed().words.is_empty() {
            print::wrapped(&mut out, "  ", &format!("“{}”", lock.armed().words))?;
        }
        writeln!(out, "  {}", lock.id())?;
    }
    Ok(Exit::Done)
}

/// The book as far as it can be read, with the head's locks where lines are lost. Without a
/// journal it holds what holds from the beginning.
fn read_book(folders: &Folders, now: &Moment) -> Result<Book, OpenError> {
    let mut book = Book::default();
    let passage = read(folders, &RealFs, &mut |record, _| {
        book.apply(record);
        ControlFlow::Continue(())
    });
    match passage {
        Ok(passage) => {
            let lost =
                |finding: &Finding| matches!(finding, Finding::Loss(_) | Finding::Damaged { .. });
            if passage.findings.iter().any(lost) {
                let locks: Vec<_> = passage
                    .locks
                    .into_iter()
                    .map(|lock| (lock.id, lock.text))
                    .collect();
                book.show_locks(&locks, passage.unlisted_locks, now);
            }
            Ok(book)
        }
        Err(OpenError::Nothing { .. }) => Ok(book),
        Err(error) => Err(error),
    }
}

fn listed(ledger: &Ledger, lock: &Lock, now: &Moment) -> Listed {
    let clocks = seen(now);
    let state = ledger.state(lock, &clocks);
    let ended = matches!(state, LockState::Ended(_));
    let left = ledger.left(lock, &clocks).filter(|_| !ended);
    let rfc3339 = |secs: u64| {
        let at = in_seconds(secs, now)?;
        Some(at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
    };
    let armed = lock.armed();
    Listed {
        id: lock.id().to_string(),
        kind: armed.promise.kind(),
        scope: Scope {
            account: armed.scope.account.as_ref().map(|a| a.name.clone()),
            symbol: armed.scope.symbol.clone(),
        },
        state: match state {
            LockState::InForce => "in_force",
            LockState::Loosening { .. } => "loosening",
            LockState::Ended(_) => "ended",
        },
        ends_at: left.and_then(rfc3339),
        remaining_secs: left,
        words: armed.words.clone(),
        sentence: lock.sentence(),
        can_be_confirmed_from: match state {
            LockState::Loosening { wait, .. } => rfc3339(wait),
            LockState::InForce | LockState::Ended(_) => None,
        },
    }
}

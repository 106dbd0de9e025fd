//! What the state folded from a journal holds in memory, for each audit.
//!
//! One audit is walked through an app, from its state of mind to its decision. Its lines, under new
//! names, make a journal of as many audits as
//! are asked for. `cargo bench --bench book`; `BOOK_BENCH_AUDITS` is 20,000 unless it says otherwise.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench may stop at the first thing that fails"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::ops::ControlFlow;
use std::sync::Arc;

use common::{World, decide, done, eth, folders, revealed};
use impulse_audit::app::Command;
use impulse_audit::audit::Choice;
use impulse_audit::journal::{Entry, FaultyFs, Folders, HandClock, Journal, Record};
use impulse_audit::market::AuditId;
use impulse_audit::record::State;

/// Set in the process that only folds, and tells what it holds.
const FOLD_ONLY: &str = "BOOK_BENCH_FOLD_ONLY";

fn main() {
    if let Ok(audits) = std::env::var(FOLD_ONLY) {
        fold(audits.parse().unwrap());
        return;
    }
    let quick = std::env::args().any(|argument| argument == "--test");
    let audits = std::env::var("BOOK_BENCH_AUDITS")
        .ok()
        .and_then(|audits| audits.parse().ok())
        .unwrap_or(if quick { 20 } else { 20_000 });
    for crowd in [0, 12] {
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .env(FOLD_ONLY, audits.to_string())
            .env("BOOK_BENCH_CROWD", crowd.to_string())
            .output()
            .unwrap();
        print!("{}", String::from_utf8_lossy(&child.stdout));
    }
}

/// The lines of one whole audit in an account of so many other positions.
fn one_audit(crowd: usize) -> Vec<Record> {
    let (world, mut app, account) = World::with_account();
    for number in 0..crowd {
        let mut position = eth(account);
        position.position.symbol = common::symbol(&format!("C{number}/USDT"));
        position.position.quantity = common::quantity("0.1");
        done(&mut app, Command::OpenPosition(position));
    }
    revealed(&world, &mut app);
    done(&mut app, decide(Choice::DoNothing));
    drop(app);
    let mut records = Vec::new();
    let clock = Arc::new(world.clock.clone());
    let opened = Journal::open(
        &folders(),
        Arc::new(world.fs.clone()),
        clock,
        &mut |record, _| {
            if record.kind.starts_with("audit.") {
                records.push(record.clone());
            }
            ControlFlow::Continue(())
        },
    );
    drop(opened.unwrap());
    records
}

/// A journal in memory whose lines never leave it but into the state, so that the state alone is
/// measured: each line is written, read back as a record, folded and forgotten.
fn fold(audits: usize) {
    let crowd = std::env::var("BOOK_BENCH_CROWD").unwrap().parse().unwrap();
    let lines = one_audit(crowd);
    let audit = serde_json::from_str::<serde_json::Value>(lines[0].data.get()).unwrap();
    let audit = audit["audit"].as_str().unwrap().to_owned();
    let mut state = State::default();
    let mut bytes = 0;
    let mut by_kind = vec![0_u64; lines.len()];
    let before = memory();
    let mut number = 0;
    while number < audits {
        // A journal of its own for each hundred audits: what it holds is given back.
        let fs = Arc::new(FaultyFs::new());
        let clock = Arc::new(HandClock::new());
        let mut each = |_: &Record, _| ControlFlow::Continue(());
        let (mut journal, _) = Journal::open(&Folders::under("/h"), fs, clock, &mut each).unwrap();
        for _ in 0..100.min(audits - number) {
            let fresh = serde_json::to_value(AuditId::fresh()).unwrap();
            for (line, by_kind) in lines.iter().zip(&mut by_kind) {
                let data = line.data.get().replace(&audit, fresh.as_str().unwrap());
                let data: Box<serde_json::value::RawValue> =
                    serde_json::value::RawValue::from_string(data).unwrap();
                let entry = Entry::new(&line.kind, line.v, &data).unwrap();
                let record = journal.append(&entry).unwrap().record;
                bytes += record.data.get().len() + 420;
                *by_kind += record.data.get().len() as u64;
                state.apply(&record);
            }
            number += 1;
        }
    }
    let held = memory()
        .zip(before)
        .map_or(0, |(after, before)| after - before);
    assert_eq!(state.stories().len(), audits, "every audit is folded");
    println!(
        "{audits} audits beside {crowd} other positions: {:.1} MiB of journal, {:.1} MiB in the book, {:.0} bytes an audit",
        bytes as f64 / f64::from(1 << 20),
        held as f64 / 1024.0,
        (held << 10) as f64 / audits as f64,
    );
    for (line, by_kind) in lines.iter().zip(by_kind) {
        println!(
            "  {}: {} bytes of payload",
            line.kind,
            by_kind / audits as u64
        );
    }
    drop(state);
}

/// What this process holds, in KiB (Linux).
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

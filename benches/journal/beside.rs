//! A line saved by the app while a backup is made beside it, against a quiet moment of the same
//! run.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use impulse_audit::app::{App, Command, Phase, Saving};
use impulse_audit::engine::{Fees, Money, Rate};
use impulse_audit::journal::{Folders, RealFs, SystemClock};
use impulse_audit::market::AccountId;
use impulse_audit::record::{AccountSet, Requirement};
use rust_decimal::Decimal;

use crate::unsynced::Unsynced;
use crate::{note, open_journal, percentile, times};

/// Quiet moments and backups, in turn.
const ROUNDS: usize = 5;
/// Lines in a quiet moment.
const QUIET: usize = 200;

/// A journal of so many events, written to by an app.
pub(crate) fn beside(dir: &Path, events: usize) {
    let folders = Folders::under(dir.join("beside"));
    let mut journal = open_journal(&folders, Arc::new(Unsynced));
    for number in 0..events {
        journal.append(&note(number)).unwrap();
    }
    drop(journal);
    let lines = folders.data.join("journal-0001.jsonl");
    File::open(&lines).unwrap().sync_all().unwrap();
    let (wakes, woken) = channel();
    let clock = Arc::new(SystemClock::new());
    let wake = Box::new(move || {
        let _ = wakes.send(());
    });
    let mut app = App::open(folders, Arc::new(RealFs), clock, wake);
    // Opened, and the backup of the day made.
    wait(&mut app, &woken, |app| {
        matches!(app.phase(), Phase::Ready) && app.backups().work().is_none()
    });
    let account = AccountId::fresh();
    let (mut quiet, mut during, mut backups) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        quiet.extend((0..QUIET).map(|_| save(&mut app, &woken, account)));
        let began = Instant::now();
        app.send(Command::BackUp).unwrap();
        while app.backups().work().is_some() {
            during.push(save(&mut app, &woken, account));
        }
        backups.push(began.elapsed());
        app.backups().made().unwrap().as_ref().unwrap();
    }
    println!(
        "backup of {events} events beside the app: {:?}, {} lines saved meanwhile",
        percentile(&mut backups, 50),
        during.len(),
    );
    for part in [50, 99, 100] {
        let (during, quiet) = (percentile(&mut during, part), percentile(&mut quiet, part));
        println!(
            "line saved by the app p{part}: beside a backup {during:?}, quiet {quiet:?}, ratio {:.2}",
            times(during, quiet),
        );
    }
}

/// Sends a line, and answers how long it took until it was known to be saved.
fn save(app: &mut App, woken: &Receiver<()>, account: AccountId) -> Duration {
    let zero = Rate::new(Decimal::ZERO);
    let set = AccountSet {
        account,
        name: "Main".to_owned(),
        venue: "Binance".to_owned(),
        collateral: "USDT".to_owned(),
        wallet_balance: Money::new(Decimal::TEN),
        fees: Fees {
            open: zero,
            close: zero,
        },
        rules: std::collections::BTreeMap::new(),
        contracts: std::collections::BTreeMap::new(),
        requirement: Requirement::default(),
        mode_scope: impulse_audit::engine::ModeScope::Position,
    };
    let began = Instant::now();
    app.send(Command::SetAccount(set)).unwrap();
    wait(app, woken, |app| matches!(app.saving(), Saving::Quiet));
    began.elapsed()
}

fn wait(app: &mut App, woken: &Receiver<()>, is_so: impl Fn(&App) -> bool) {
    while !is_so(app) {
        woken.recv().unwrap();
        app.tick();
    }
}

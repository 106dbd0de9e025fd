//! The siege: the real program, attacked at random by commands, by what can be done to its files,
//! by its clocks and by kills, and held to an oracle of a few lines.
//!
//! - Every acknowledged line is there, or its loss is told.
//! - No promise ends early, and none is longer than it was made.
//! - Every promise ends once the machine has been on for long enough.
//! - No panic, no hang, no signal but the siege's own; exit codes are 0, 1 or 2.
//!
//! Each siege follows from its seed. `SIEGE_SEED` names the first, `SIEGE_STEPS` how long each is,
//! `SIEGE_SECONDS` how long the long run lasts, `SIEGE_PROGRAM` another copy of the program.
//!
//! The clocks of the machine are files of the siege's own, put over `/proc/uptime`, the boot's id
//! and `/etc/localtime` where mounting is allowed; the wall clock is moved by `faketime`. Without
//! the one or the other that part is left out, and said so.
//!
//! Where each known attack is tested by name:
//!
//! | attack | test |
//! | --- | --- |
//! | 1 journal file replaced or removed under a running writer | `tests/app/swapped.rs`; for the real program `tests/terminal/not_saved.rs` |
//! | 2 lock file removed while it is held | `tests/app/swapped.rs`; at random `attacks` |
//! | 3 what became of an audit against promises | `tests/app/facts.rs` |
//! | 4 positions by hand or import against promises | `tests/app/facts.rs` |
//! | 5 the draft edited | `tests/app/edited.rs`, `tests/real_clock.rs` |
//! | 6 a promise armed while a ticket stands | `tests/app/doors.rs` |
//! | 7 an older copy of the journal put back | for locks `tests/promises/lost.rs`, `tests/app/backups.rs`; for counts `tests/promises/ways_around.rs`, for plans `tests/app/plans.rs` |
//! | 8 a forged line of the clock | `tests/terminal/odd.rs`, `tests/promises/foreign.rs` |
//! | 9 head removed, one byte of the arming line changed | `tests/promises/lost.rs`; `named::a_head_that_is_gone_with_a_byte_of_the_promise_frees_nothing` |
//! | 10 no increase while losing, by an old mark | `tests/promises/switch.rs` |
//! | 11 other spellings of a market | `src/market/symbol_tests.rs`, `tests/promises/switch.rs`; `named::a_lock_on_a_market_is_one_lock_in_every_spelling` |
//! | 12 a permission that lapsed, the clock set back | `tests/app/numbers_kept.rs`, `tests/real_clock.rs` |
//! | 13 started on a full disk | `tests/terminal/odd.rs`, `tests/journal/disk.rs` |
//! | 14 leverage in a redacted export | `tests/terminal/exporting.rs` |
//! | 15 `/dev/full` | `tests/terminal/outlets.rs` |
//! | 16 a clock before 1970 | `tests/terminal/odd.rs` |
//! | 17 exit codes with a gone pipe | `tests/terminal/outlets.rs` |
//! | 18 a disk that takes no writes | `tests/terminal/odd.rs` |
//! | 19 what lies where the window's size is kept | `tests/window/kept.rs` |
//! | 20 a missing head | `tests/terminal/odd.rs` |
//! | 21 control characters in what is written out | `tests/terminal/odd.rs` |
//! | 22 files left by openings and restores that fail | `tests/journal/writing.rs`, `tests/journal/restore.rs` |
//! | 23 a panic of the journal's thread | `tests/app/panics.rs` |
//! | 24 a boot clock moved by `unshare --time` | `tests/real_clock.rs` |
#![cfg(all(target_os = "linux", feature = "terminal"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::print_stdout,
    reason = "a failed unwrap, index or sum is a failed test here; the counts are there to be read"
)]

#[path = "../journal/support/chance.rs"]
#[allow(
    unreachable_pub,
    reason = "test support shared by several test programs"
)]
mod chance;

mod attacks;
mod clocks;
mod deeds;
mod ground;
mod lines;
mod machine;
mod named;
mod oracle;
mod run;
mod seat;

use std::time::{Duration, Instant};

use clocks::Clocks;
use machine::{Counts, Siege};

/// The seeds of the ordinary run: one of each kind of siege, and once more.
const SEEDS: std::ops::Range<u64> = 1..5;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn no_siege_of_the_ordinary_run_takes_a_line_or_a_promise() {
    ground::on_ground_of_its_own("inside_the_short_siege");
}

#[test]
#[ignore = "the long run for the published figures: SIEGE_SECONDS, ten minutes otherwise"]
fn no_siege_of_the_long_run_takes_a_line_or_a_promise() {
    ground::on_ground_of_its_own("inside_the_long_siege");
}

#[test]
#[ignore = "run by the siege itself, where it has mounts of its own"]
fn inside_the_short_siege() {
    let Some(ground) = ground::here() else { return };
    let first = number("SIEGE_SEED");
    let seeds = first.map_or(SEEDS, |seed| seed..seed + 1);
    let steps = number("SIEGE_STEPS").unwrap_or(60);
    let began = Instant::now();
    let mut counts = Counts::default();
    for seed in seeds {
        let clocks = Clocks::over(&ground);
        Siege::new(seed, clocks, steps).stand(&mut counts).unwrap();
        // A slow machine sees fewer of them, never a longer wait.
        if began.elapsed() > Duration::from_secs(18) {
            break;
        }
    }
    println!("{counts}, in {:.0} s", began.elapsed().as_secs_f64());
    assert!(counts.steps >= steps, "{counts}");
}

#[test]
#[ignore = "run by the siege itself, where it has mounts of its own"]
fn inside_the_long_siege() {
    let Some(ground) = ground::here() else { return };
    let lasts = Duration::from_secs(number("SIEGE_SECONDS").unwrap_or(600));
    let first = number("SIEGE_SEED").unwrap_or(1_000);
    let steps = number("SIEGE_STEPS").unwrap_or(120);
    let began = Instant::now();
    let (mut counts, mut told, mut fallen) = (Counts::default(), Instant::now(), Vec::new());
    for seed in first.. {
        if began.elapsed() > lasts {
            break;
        }
        let clocks = Clocks::over(&ground);
        if let Err(why) = Siege::new(seed, clocks, steps).stand(&mut counts) {
            println!("{why}");
            fallen.push(seed);
        }
        if fallen.len() > 20 {
            break;
        }
        if told.elapsed() > Duration::from_mins(1) {
            told = Instant::now();
            println!("to seed {seed}: {counts}; fallen: {fallen:?}");
        }
    }
    println!(
        "{counts}, in {:.0} s; fallen: {fallen:?}",
        began.elapsed().as_secs_f64()
    );
    assert!(fallen.is_empty(), "{fallen:?}");
}

//! The app from end to end, over a disk in memory and a clock moved by hand: every command
//! as a button, a key or the terminal sends it, and what the journal holds afterwards.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a failed unwrap, index or sum is a failed test here"
)]

#[path = "../journal/support/between.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "test support shared by several test programs"
)]
mod between;
#[path = "../common/mod.rs"]
mod common;

mod ages;
mod audit;
mod backups;
mod beside;
mod books;
mod closing;
mod crowded;
mod disk;
mod doors;
mod edited;
mod facts;
mod followed;
mod funds;
mod goalposts;
mod golden;
mod held;
mod kept_edits;
mod limits;
mod lowering;
mod numbers_kept;
mod opening;
mod panics;
mod plans;
mod price_now;
mod promises;
mod refold;
mod stamps;
mod stop;
mod swapped;
mod time;
mod twice;
mod typed;
mod waits;
mod walking;

//! The desk from end to end, over a disk in memory and a clock moved by hand: every command
//! as a button, a key or the terminal sends it, and what the journal holds afterwards.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a failed unwrap, index or sum is a failed test here"
)]

#[path = "../common/mod.rs"]
mod common;

mod audit;
mod backups;
mod beside;
mod books;
mod crowded;
mod disk;
mod doors;
mod facts;
mod followed;
mod golden;
mod held;
mod limits;
mod lowering;
mod opening;
mod plans;
mod promises;
mod refold;
mod stamps;
mod time;
mod walking;

//! The commands as a person and a script use them: the real binary on a real disk, without a
//! display; and the audit on a terminal of its own.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a failed unwrap, index or sum is a failed test here"
)]
#![cfg(feature = "terminal")]

#[path = "../common/mod.rs"]
mod common;
#[cfg(unix)]
#[path = "../common/small_disk.rs"]
mod small_disk;

mod accounts;
mod backups;
#[cfg(unix)]
mod closing;
#[cfg(unix)]
mod coin;
#[cfg(unix)]
mod experiment;
mod exporting;
#[cfg(unix)]
mod following;
mod house;
mod looking;
#[cfg(unix)]
mod not_saved;
#[cfg(unix)]
mod odd;
#[cfg(unix)]
mod outlets;
#[cfg(unix)]
mod pausing;
#[cfg(unix)]
mod person;
#[cfg(unix)]
mod plans;
mod promises;
mod reading;
mod waits;
#[cfg(unix)]
mod writing;

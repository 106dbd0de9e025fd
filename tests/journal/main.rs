//! The journal, in memory and on disks: what it writes, what it survives, and what it tells.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::naive_bytecount,
    clippy::print_stdout,
    reason = "a test may stop at the first thing that is not as it says"
)]

mod backup;
mod beside;
mod damage;
#[cfg(unix)]
mod disk;
mod faults;
mod locks;
#[cfg(unix)]
mod process;
mod restore;
#[cfg(unix)]
#[path = "../common/small_disk.rs"]
mod small_disk;
mod stale;
mod states;
mod support;
mod verify;
mod versions;
mod writing;

//! Backups: whole copies of the acknowledged journal, each one file.
//!
//! - `name`: how they are called, and which there are.
//! - `make`: making one, verifying it, and letting old ones go.
//! - `read`: walking a file that is said to be one.

mod make;
mod name;
pub(super) mod read;

pub use make::{Backup, BackupError, back_up};
pub use name::{BackupFile, backups};

//! Backups: whole copies of the acknowledged journal, each one file.
//!
//! - `name`: how they are called, and which there are.
//! - `make`: making one, and letting old ones go.
//! - `copying`: the copy before it has its name, written and read back.
//! - `error`: why none was made.
//! - `read`: walking a file that is said to be one.

mod copying;
mod error;
mod make;
mod name;
pub(super) mod read;

pub use error::BackupError;
pub use make::{Backup, back_up};
pub use name::{BackupFile, backups};

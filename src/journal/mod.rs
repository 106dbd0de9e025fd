//! A durable, chained log of any serialisable event: the only room that writes to disk.
//!
//! It does not know what the events mean: to it an event is a kind, a version and
//! JSON. It knows only those it writes itself, `journal.*`, `seal.*` and `clock.*`.
//!
//! - `hash`: the hash that chains one line to the next.
//! - `entry`: what is asked to be written, what was written, and the proof of it.
//! - `head`: how far the journal reaches, kept in another folder.
//! - `clock`: time as a value.
//! - `files`: the one door to the disk, and its faulty twin in memory.
//! - `folders`: where things lie.
//! - `error`, `finding`: what can go wrong, and what was found.
#![deny(missing_docs)]

mod clock;
mod entry;
mod error;
mod files;
mod finding;
mod folders;
mod hash;
mod head;

pub use clock::{Clock, HandClock, Moment, SystemClock};
pub use entry::{Entry, EntryError, Receipt, Record};
pub use error::{AppendError, DiskFault, OpenError, ReadError};
pub use files::{Access, Facts, Fault, FaultyFs, FileSystem, Nature, OpenFile, PowerCut, RealFs};
pub use finding::{BadLine, BadLineReason, Finding, Loss, Opening};
pub use folders::Folders;
pub use hash::LineHash;
pub use head::HeadLock;

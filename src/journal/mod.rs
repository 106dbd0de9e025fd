//! A durable, chained log of any serialisable event: the only room that writes to disk.
//!
//! It does not know what the events mean: to it an event is a kind, a version and
//! JSON. It knows only those it writes itself, `journal.*`, `seal.*` and `clock.*`.
//!
//! Writing:
//! - `entry`: what is asked to be written, what was written, and the proof of it.
//! - `id`: what makes a retry idempotent.
//! - `line`, `escape`, `hash`: one line, its safe characters, and its link to the next.
//! - `writer`: the open journal, which appends, goes on in the next file, and follows.
//! - `head`: how far the journal reaches, kept in another folder.
//! - `lock`, `anchor`: no second writer, and no writing into a file that was swapped.
//!
//! Reading:
//! - `raw_lines`, `pipeline`: a file's lines, and their hashes on a second thread.
//! - `segment`, `scan`: the files in order, the way along the chain.
//! - `index`: where each event stands.
//! - `diagnose`, `finding`, `loss`: what the lines are worth against the head, and how it is said.
//! - `unconfirmed`: whether lines behind the head's word are the app's own.
//! - `opening`: what is mended at the end, and what is not.
//! - `verify`, `seal`: checking without changing; a code to keep elsewhere.
//! - `view`, `reading`: head and files that belong together; the events or the bare lines,
//!   without a lock.
//! - `chosen_file`: files that the person names.
//!
//! Keeping copies:
//! - `backup`: whole copies of the acknowledged lines, each one file.
//! - `restore`: one of them in the place of the present journal, which moves aside.
//!
//! Below both:
//! - `clock`: time as a value.
//! - `files`, `folders`, `ownership`: the one door to the disk and its faulty twin; where
//!   things lie; whom they must belong to.
//! - `atomic_text`: a small text beside the journal or the head, which decides nothing.
//! - `progress`: how far something long has come.
//! - `error`: what can go wrong.
#![deny(missing_docs)]

mod anchor;
mod atomic_text;
mod backup;
mod chosen_file;
mod clock;
mod diagnose;
mod entry;
mod error;
mod escape;
mod files;
mod finding;
mod folders;
mod hash;
mod head;
mod id;
mod index;
mod line;
mod lock;
mod loss;
mod opening;
mod ownership;
mod pipeline;
mod progress;
mod raw_lines;
mod reading;
mod restore;
mod scan;
mod seal;
mod segment;
mod unconfirmed;
mod verify;
mod view;
mod writer;

pub use atomic_text::{AtomicText, AtomicTextError};
pub use backup::{Backup, BackupError, BackupFile, back_up, backups};
pub use chosen_file::{read_copy, write_copy};
pub use clock::journal_time::TOLERANCE as CLOCK_TOLERANCE;
pub use clock::{Clock, HandClock, Moment, SystemClock};
pub use entry::{Entry, EntryError, Receipt, Record};
pub use error::{AppendError, DiskFault, OpenError, ReadError};
pub use escape::{is_hidden, json_shown, shown};
pub use files::{
    Access, Fault, FaultyFs, FileFacts, FileId, FileKind, FileSystem, OpenFile, PowerCut, RealFs,
};
pub use finding::{BadLine, BadLineReason, Finding, Opening};
pub use folders::Folders;
pub use hash::LineHash;
pub use head::HeadLock;
pub(crate) use id::typed_id;
pub use id::{EventId, new_id};
pub use loss::Loss;
pub use opening::LocksOfLines;
pub use progress::{Progress, Watch, unwatched};
pub use reading::{EachLine, Lines, ScanSummary, lines, read};
pub use restore::{BackupPreview, MissingEvents, RestoreError, Restored, preview_backup, restore};
pub use scan::EachRecord;
pub use seal::seal_code;
pub use verify::{Verdict, verify};
pub use writer::{Appended, Journal, LastKnown};

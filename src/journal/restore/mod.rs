//! Restoring a backup: the present journal moves aside, nothing is overwritten.
//!
//! - `error`: why it was not.
//! - `preview`: what is in a backup, and what would not be there after restoring it.
//! - `stage`: the restored lines, written and read back beside the journal.
//! - `plan`: putting them in its place, step by step, finished after a crash.

mod error;
pub(super) mod plan;
mod preview;
mod stage;

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::clock::Clock;
use super::diagnose::loss;
use super::error::{DiskContext as _, DiskFault};
use super::files::FileSystem;
use super::folders::Folders;
use super::head::{Head, HeadLock};
use super::lock::Lock;
use super::ownership;
use super::progress::{Progress, StagedProgress};
use super::seal::seal_code;
use super::segment;

pub use self::error::RestoreError;
pub use self::preview::{BackupPreview, MissingEvents, preview_backup};
use self::preview::{Both, ScannedPair, preview};

/// How many journals may be moved aside in one second.
const MOST_ASIDE: u32 = 99;

/// A journal that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// How many events are there now, `journal.restored` included.
    pub count: u64,
    /// The code of the last one.
    pub seal: String,
    /// When it was written, by the journal's time.
    pub at: DateTime<Utc>,
    /// The folder the journal that was there moved to; `None` when there was none.
    pub aside: Option<PathBuf>,
    /// Events that were there and are not in the restored journal.
    pub missing: Option<MissingEvents>,
    /// The locks that stay in force.
    pub locks: Vec<HeadLock>,
    /// Locks in force that the head could only count.
    pub unlisted_locks: u32,
}

/// Puts the journal in `file` in the place of the present one, which moves into a folder
/// `replaced-…` of the data folder, its head with it. The head is written to fit; its locks stay
/// in force and stand in the event `journal.restored`, which is the last of the new journal.
/// `watch` is told how far it is; once begun it is not given up half way.
///
/// What a crash leaves, step by step:
///
/// 1. The restored lines are written to `restoring.jsonl` and read back. *A crash leaves the old
///    journal, and a file that decides nothing.*
/// 2. The plan is written to `restoring.json`. *Until its name is on the disk a crash leaves the
///    old journal; from then on the restored one, once the app has opened it: opening first
///    finishes the plan, each step of which may be done again.*
/// 3. A copy of the head is put into the new folder, and the old files move there, their new names
///    saved before their old ones go. *A crash leaves each of them in one place or the other, or in
///    both.*
/// 4. `restoring.jsonl` becomes the first file of the journal.
/// 5. The head is replaced as a whole. *A crash leaves the old head or the new one, each with the
///    same locks.*
/// 6. The plan is removed. *A crash leaves a plan with nothing left to do.*
///
/// A failure before the plan stands leaves nothing behind.
///
/// ```
/// use std::ops::ControlFlow;
/// use std::sync::Arc;
/// use impulse_audit::journal::{
///     Clock as _, Entry, FaultyFs, FileSystem, Folders, HandClock, Journal, back_up, restore,
///     unwatched,
/// };
///
/// let folders = Folders::under("/home/trader");
/// let clock = HandClock::new();
/// let fs: Arc<dyn FileSystem> = Arc::new(FaultyFs::new());
/// let mut each = |_: &_, _| ControlFlow::Continue(());
/// let (mut journal, _) =
///     Journal::open(&folders, fs.clone(), Arc::new(clock.clone()), &mut each)?;
/// let backup = back_up(&folders, fs.as_ref(), clock.now().wall, 14, &mut unwatched)?;
/// journal.append(&Entry::new("note.written", 1, &"after the backup")?)?;
/// drop(journal);
/// let restored = restore(&folders, &fs, &clock, &backup.path, &mut |_| {})?;
/// assert_eq!(restored.missing.map(|missing| missing.events), Some(1));
/// assert_eq!(restored.count, backup.count + 1); // and `journal.restored`
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When another copy writes the journal, the file is no whole backup or one of another journal,
/// the head is missing, knows of fewer events than there are or is older than they are, or the disk
/// fails.
pub fn restore(
    folders: &Folders,
    fs: &Arc<dyn FileSystem>,
    clock: &dyn Clock,
    file: &Path,
    watch: &mut dyn FnMut(Progress),
) -> Result<Restored, RestoreError> {
    for folder in [&folders.data, &folders.head] {
        let is_new = fs.facts(folder).doing("look at", folder)?.is_none();
        ownership::prepare_folder(fs.as_ref(), folder)?;
        if is_new {
            ownership::save_names_above(fs.as_ref(), folder)?;
        }
    }
    let lock = Lock::take(fs.as_ref(), folders)?;
    let _lock = lock.ok_or(RestoreError::AnotherWrites)?;
    plan::finish(folders, fs)?;
    let both = Both::open(folders, fs.as_ref(), file)?;
    // Read, copied, and the copy read back; and the present journal read.
    let bytes = both.bytes().saturating_add(both.end.saturating_mul(2));
    let mut watch = |progress| {
        watch(progress);
        ControlFlow::Continue(())
    };
    let mut way = StagedProgress::of(bytes, &mut watch);
    let looked = preview(both, file, &mut way)?;
    may_restore(folders, &looked)?;
    let aside = name_aside(folders, fs.as_ref(), &looked, clock)?;
    let aside_name = aside.as_deref();
    let (plan, at) = stage::stage(folders, fs.as_ref(), &looked, clock, aside_name, &mut way)?;
    let restored = Restored {
        count: plan.newest.count,
        seal: seal_code(plan.newest.count, plan.newest.hash),
        at,
        aside: aside.map(|name| folders.data.join(name)),
        missing: looked.preview.missing,
        locks: plan.newest.locks.clone(),
        unlisted_locks: plan.newest.unlisted,
    };
    plan::write(folders, fs.as_ref(), &plan)?;
    plan::finish(folders, fs)?;
    Ok(restored)
}

fn may_restore(folders: &Folders, looked: &ScannedPair) -> Result<(), RestoreError> {
    if looked.preview.other_journal {
        return Err(RestoreError::OtherJournal {
            path: looked.preview.file.clone(),
            data: folders.data.clone(),
        });
    }
    if looked.head.newest().is_none() && looked.present.last.is_some() {
        return Err(RestoreError::NoHead {
            path: folders.head_file(),
        });
    }
    // What lines promise that the head does not know of stands in no head yet: opening takes it up,
    // or going on without what is missing.
    let newest = looked.head.newest();
    let is_behind = if loss(&looked.head, &looked.present).is_none() {
        looked.present.count() > newest.map_or(0, |slot| slot.count)
    } else {
        // A head of another time: what was written after it, and the backup does not hold.
        let last = looked.preview.missing.map(|missing| missing.last);
        last.zip(newest)
            .is_some_and(|(last, slot)| last > slot.time.at)
    };
    if is_behind {
        return Err(RestoreError::Behind {
            path: folders.head_file(),
        });
    }
    Ok(())
}

/// A name for the folder that the present journal will move to; `None` where there is nothing to
/// move.
fn name_aside(
    folders: &Folders,
    fs: &dyn FileSystem,
    looked: &ScannedPair,
    clock: &dyn Clock,
) -> Result<Option<String>, RestoreError> {
    let has_lines = !segment::numbers(fs, &folders.data)?.is_empty();
    let has_head = looked.head != Head::Missing;
    if !has_lines && !has_head {
        return Ok(None);
    }
    let stamp = clock.now().wall.format("%Y%m%dT%H%M%SZ");
    let mut number = 1_u32;
    loop {
        let name = format!("replaced-{stamp}-{number:02}");
        let path = folders.data.join(&name);
        if fs.facts(&path).doing("look at", &path)?.is_none() {
            return Ok(Some(name));
        }
        if number >= MOST_ASIDE {
            return Err(DiskFault {
                doing: "create",
                path,
                source: io::ErrorKind::AlreadyExists.into(),
            }
            .into());
        }
        number = number.saturating_add(1);
    }
}

//! Making a backup: copied, read back, and only then given its name.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::super::error::{DiskContext as _, OpenError};
use super::super::files::{Access, FileSystem, OpenFile};
use super::super::folders::Folders;
use super::super::head::Slot;
use super::super::ownership;
use super::super::progress::Watch;
use super::super::seal::seal_code;
use super::super::view::View;
use super::BackupError;
use super::copying::{Copied, copy_and_check};
use super::name::{self, backups};
use super::read::read_whole;

/// A backup that is there, whole and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it lies.
    pub path: PathBuf,
    /// How many events it holds, counted by the place of the last one.
    pub count: u64,
    /// The code of its last event.
    pub seal: String,
    /// Damaged lines of the journal that it holds as they are; 0 in a sound journal.
    pub bad_lines: u64,
    /// Whether it was there already: nothing was written since it was made.
    pub already: bool,
    /// Older backups that were removed, because this one holds all that is in them.
    pub removed: Vec<PathBuf>,
}

/// Copies every acknowledged line of the journal, and nothing else, into one new file of
/// [`Folders::backups`]. `now` gives it its name.
///
/// It takes no lock of the journal, so it may run beside a copy that is writing. The file
/// is written under another name, saved, walked from its first line to its last, and gets
/// its own name only when it ends with the event the head knows. Of the older ones those
/// beyond `keep` are removed then, but only what the new one holds as well: a backup with an
/// event that is not in the new one stays.
///
/// A crash at any point leaves the earlier backups as they were, and perhaps an unfinished
/// `backup.new`, which the next one removes. What is appended meanwhile is not in it: it ends
/// where the journal ended when it was begun. `watch` may ask to stop until it has its name.
///
/// ```
/// use std::ops::ControlFlow;
/// use std::sync::Arc;
/// use impulse_audit::journal::{
///     Clock as _, FaultyFs, Folders, HandClock, Journal, back_up, unwatched,
/// };
///
/// let folders = Folders::under("/home/trader");
/// let (fs, clock) = (FaultyFs::new(), HandClock::new());
/// let mut each = |_: &_, _| ControlFlow::Continue(());
/// let (journal, _) =
///     Journal::open(&folders, Arc::new(fs.clone()), Arc::new(clock.clone()), &mut each)?;
/// let backup = back_up(&folders, &fs, clock.now().wall, 14, &mut unwatched)?;
/// assert_eq!(backup.seal, journal.seal());
/// assert!(back_up(&folders, &fs, clock.now().wall, 14, &mut unwatched)?.already);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the journal is not what its head says, the disk fails, another copy makes a backup at
/// the same time, or `watch` asks to stop.
pub fn back_up(
    folders: &Folders,
    fs: &dyn FileSystem,
    now: DateTime<Utc>,
    keep: usize,
    watch: &mut Watch<'_>,
) -> Result<Backup, BackupError> {
    let view = View::of(folders, fs)?;
    let Some(slot) = view.head.newest().cloned() else {
        return Err(BackupError::NoHead {
            path: folders.head_file(),
        });
    };
    if let Some(there) = already(folders, fs, &slot, watch)? {
        return Ok(there);
    }
    let folder = folders.backups();
    ownership::prepare_folder(fs, &folder)?;
    fs.sync_folder(&folders.data)
        .doing("save the names in", &folders.data)?;
    let _lock = lock(fs, &folder)?;
    let copied = copy_and_check(folders, fs, view.segments, &slot, watch)?;
    finish(folders, fs, copied, now, keep)
}

/// The backup that holds what the head knows, if there is a whole one.
fn already(
    folders: &Folders,
    fs: &dyn FileSystem,
    slot: &Slot,
    watch: &mut Watch<'_>,
) -> Result<Option<Backup>, BackupError> {
    let seal = seal_code(slot.count, slot.hash);
    let same = backups(folders, fs)?
        .into_iter()
        .find(|backup| backup.seal == seal);
    let Some(same) = same else {
        return Ok(None);
    };
    let read = read_whole(fs, &same.path, &mut |_, progress| watch(progress));
    let whole = match read {
        Err(OpenError::Cancelled) => return Err(BackupError::Cancelled),
        // One that cannot be read any more is as good as none.
        Err(_) => None,
        Ok(read) => read.filter(|read| read.ends_with(slot) && read.walk.damage.lines == 0),
    };
    Ok(whole.map(|_| Backup {
        path: same.path,
        count: slot.count,
        seal,
        bad_lines: 0,
        already: true,
        removed: Vec::new(),
    }))
}

/// Only one backup is made at a time.
fn lock(fs: &dyn FileSystem, folder: &Path) -> Result<Box<dyn OpenFile>, BackupError> {
    let path = folder.join("backup.lock");
    let file = ownership::open(fs, &path, Access::WriteOrCreate)?;
    let mut file = file.ok_or(BackupError::UnderWay)?;
    if file.try_lock().doing("lock", &path)? {
        Ok(file)
    } else {
        Err(BackupError::UnderWay)
    }
}

/// Gives the copy its name, and lets older ones go.
fn finish(
    folders: &Folders,
    fs: &dyn FileSystem,
    copied: Copied,
    now: DateTime<Utc>,
    keep: usize,
) -> Result<Backup, BackupError> {
    let Copied {
        path: unfinished,
        count,
        seal,
        bad_lines,
        holds,
    } = copied;
    let folder = folders.backups();
    let path = folder.join(name::name(now, &seal));
    fs.rename(&unfinished, &path).doing("put in place", &path)?;
    fs.sync_folder(&folder)
        .doing("save the names in", &folder)?;
    let mut removed = Vec::new();
    // With damaged lines the older ones may hold what this one lacks.
    if bad_lines == 0 {
        let others = backups(folders, fs)?;
        let beyond = others
            .into_iter()
            .filter(|backup| backup.path != path)
            .skip(keep.saturating_sub(1));
        for old in beyond.filter(|backup| holds.contains(backup)) {
            // One that cannot be removed takes room and nothing else.
            if fs.remove(&old.path).is_ok() {
                removed.push(old.path);
            }
        }
    }
    Ok(Backup {
        path,
        count,
        seal,
        bad_lines,
        already: false,
        removed,
    })
}

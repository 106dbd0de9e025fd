//! Making a backup: copied, read back, and only then given its name.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::super::error::{DiskFault, Doing as _, OpenError};
use super::super::files::whole::{read_full, write_all};
use super::super::files::{Access, FileSystem, OpenFile};
use super::super::finding::Loss;
use super::super::folders::Folders;
use super::super::guard;
use super::super::head::{Head, Slot};
use super::super::judge;
use super::super::seal::seal_code;
use super::super::segment::{self, Segment};
use super::super::walk::walk;
use super::name::{self, BackupFile, backups};
use super::read::{Read, read_whole};

/// Copied at once.
const CHUNK: u64 = 1 << 18;
/// How often it is tried anew when the journal was replaced meanwhile.
const TRIES: u32 = 5;

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

/// Why no backup was made. The journal and the earlier backups are as they were.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// It is not known how far the journal reaches.
    #[error(
        "no backup was made: the head {path} is missing or cannot be read, so it is not known how far the journal reaches. Open the journal once with the app, then back it up"
    )]
    NoHead {
        /// The file of the head.
        path: PathBuf,
    },
    /// Acknowledged events are missing or were changed.
    #[error("no backup was made, since the earlier ones hold more than the journal does. {0}")]
    NotWhole(Loss),
    /// The copy is not what was copied.
    #[error(
        "no backup was made: the copy did not read back from {path} as it was written. Check that disk"
    )]
    Unlike {
        /// The folder of the backups.
        path: PathBuf,
    },
    /// Another running copy of the app makes one.
    #[error("no backup was made: another running copy of Impulse Audit is making one")]
    UnderWay,
    /// A folder or file is not safely one's own, or the disk failed.
    #[error("no backup was made: {0}")]
    Disk(#[from] OpenError),
}

impl From<DiskFault> for BackupError {
    fn from(fault: DiskFault) -> Self {
        Self::Disk(OpenError::Disk(fault))
    }
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
/// `backup.new`, which the next one removes.
///
/// ```
/// use std::ops::ControlFlow;
/// use std::sync::Arc;
/// use impulse_audit::journal::{Clock as _, FaultyFs, Folders, HandClock, Journal, back_up};
///
/// let folders = Folders::under("/home/trader");
/// let (fs, clock) = (FaultyFs::new(), HandClock::new());
/// let mut each = |_: &_, _| ControlFlow::Continue(());
/// let (journal, _) =
///     Journal::open(&folders, Arc::new(fs.clone()), Arc::new(clock.clone()), &mut each)?;
/// let backup = back_up(&folders, &fs, clock.now().wall, 14)?;
/// assert_eq!(backup.seal, journal.seal());
/// assert!(back_up(&folders, &fs, clock.now().wall, 14)?.already);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the journal is not what its head says, the disk fails, or another copy makes a
/// backup at the same time.
pub fn back_up(
    folders: &Folders,
    fs: &dyn FileSystem,
    now: DateTime<Utc>,
    keep: usize,
) -> Result<Backup, BackupError> {
    guard::check_folder(fs, &folders.data)?;
    guard::check_folder(fs, &folders.head)?;
    let mut head = known_head(folders, fs)?;
    if let Some(there) = already(folders, fs, &head)? {
        return Ok(there);
    }
    let folder = folders.backups();
    guard::prepare_folder(fs, &folder)?;
    fs.sync_folder(&folders.data)
        .doing("save the names in", &folders.data)?;
    let _lock = lock(fs, &folder)?;
    let mut tries = TRIES;
    loop {
        let made = copy_and_check(folders, fs, &head);
        tries = tries.saturating_sub(1);
        match made {
            Err(BackupError::NotWhole(_)) if tries > 0 => {}
            Err(error) => return Err(error),
            Ok(copied) => return finish(folders, fs, copied, now, keep),
        }
        // A journal that was restored meanwhile is another one now.
        let newer = known_head(folders, fs)?;
        if newer == head {
            tries = 0;
        }
        head = newer;
    }
}

fn known_head(folders: &Folders, fs: &dyn FileSystem) -> Result<Head, BackupError> {
    let path = folders.head_file();
    match Head::load(fs, &path)? {
        head @ Head::Known { .. } => Ok(head),
        Head::Missing | Head::Unreadable => Err(BackupError::NoHead { path }),
    }
}

/// The backup that holds what the head knows, if there is a whole one.
fn already(
    folders: &Folders,
    fs: &dyn FileSystem,
    head: &Head,
) -> Result<Option<Backup>, BackupError> {
    let Some(slot) = head.newest() else {
        return Ok(None);
    };
    let seal = seal_code(slot.count, slot.hash);
    let same = backups(folders, fs)?
        .into_iter()
        .find(|backup| backup.seal == seal);
    let Some(same) = same else {
        return Ok(None);
    };
    let mut each = |_: &_, _| ControlFlow::Continue(());
    // One that cannot be read any more is as good as none.
    let read = read_whole(fs, &same.path, &mut each).ok().flatten();
    let whole = read.filter(|read| ends_with(read, slot) && read.walk.damage.lines == 0);
    Ok(whole.map(|_| Backup {
        path: same.path,
        count: slot.count,
        seal,
        bad_lines: 0,
        already: true,
        removed: Vec::new(),
    }))
}

fn ends_with(read: &Read, slot: &Slot) -> bool {
    read.walk.count() == slot.count && read.walk.hash() == slot.hash && read.walk.tail.lines == 0
}

/// Only one backup is made at a time.
fn lock(fs: &dyn FileSystem, folder: &Path) -> Result<Box<dyn OpenFile>, BackupError> {
    let path = folder.join("backup.lock");
    let file = guard::open(fs, &path, Access::WriteOrCreate)?;
    let mut file = file.ok_or(BackupError::UnderWay)?;
    if file.try_lock().doing("lock", &path)? {
        Ok(file)
    } else {
        Err(BackupError::UnderWay)
    }
}

/// A copy under its unfinished name, read back.
struct Copied {
    path: PathBuf,
    count: u64,
    seal: String,
    bad_lines: u64,
    /// Which of the backups that were there it holds whole.
    holds: Vec<BackupFile>,
}

fn copy_and_check(
    folders: &Folders,
    fs: &dyn FileSystem,
    head: &Head,
) -> Result<Copied, BackupError> {
    let path = folders.backups().join("backup.new");
    if fs.facts(&path).doing("look at", &path)?.is_some() {
        fs.remove(&path).doing("remove", &path)?;
    }
    let copied = head
        .newest()
        .ok_or_else(|| BackupError::NoHead {
            path: folders.head_file(),
        })
        .and_then(|slot| {
            copy(folders, fs, slot, &path)?;
            check(folders, fs, head, slot, &path)
        });
    if copied.is_err() {
        // Best effort: the next one removes it as well.
        drop(fs.remove(&path));
    }
    copied
}

/// Copies what the head acknowledges, file by file, into one.
fn copy(
    folders: &Folders,
    fs: &dyn FileSystem,
    slot: &Slot,
    path: &Path,
) -> Result<(), BackupError> {
    let mut to = fs.open(path, Access::Create).doing("create", path)?;
    let mut written = 0_u64;
    let mut ended = true;
    for segment in segment::open_all(fs, &folders.data)? {
        let Segment {
            number,
            path: from_path,
            mut file,
            end,
            ..
        } = segment;
        let counts = match number.cmp(&slot.segment) {
            std::cmp::Ordering::Less => end,
            std::cmp::Ordering::Equal => end.min(slot.bytes),
            // Begun and not acknowledged.
            std::cmp::Ordering::Greater => 0,
        };
        let mut done = 0;
        while done < counts {
            let length = counts.saturating_sub(done).min(CHUNK);
            let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
            let read = read_full(file.as_mut(), done, &mut bytes).doing("read from", &from_path)?;
            let bytes = bytes.get(..read).unwrap_or_default();
            let Some(last) = bytes.last() else { break };
            if !ended && done == 0 {
                // A file whose last line lacked its line feed when the next one was begun.
                write_all(to.as_mut(), written, b"\n").doing("write to", path)?;
                written = written.saturating_add(1);
            }
            ended = *last == b'\n';
            write_all(to.as_mut(), written, bytes).doing("write to", path)?;
            done = done.saturating_add(read as u64);
            written = written.saturating_add(read as u64);
        }
    }
    to.sync_data().doing("save", path)?;
    Ok(())
}

/// Walks the copy, and where something is wrong with it the journal itself as well: damage
/// that is in both was copied faithfully.
fn check(
    folders: &Folders,
    fs: &dyn FileSystem,
    head: &Head,
    slot: &Slot,
    path: &Path,
) -> Result<Copied, BackupError> {
    let mut by_count: BTreeMap<u64, Vec<BackupFile>> = BTreeMap::new();
    for backup in backups(folders, fs)? {
        by_count.entry(backup.count).or_default().push(backup);
    }
    let mut holds = Vec::new();
    let read = read_whole(fs, path, &mut |record, _| {
        let count = record.seq.saturating_add(1);
        if let Some(there) = by_count.get(&count) {
            let seal = seal_code(count, record.hash());
            holds.extend(there.iter().filter(|backup| backup.seal == seal).cloned());
        }
        ControlFlow::Continue(())
    })?;
    let folder = || BackupError::Unlike {
        path: folders.backups(),
    };
    let read = read.ok_or_else(folder)?;
    let bad_lines = read.walk.damage.lines;
    if !ends_with(&read, slot) || bad_lines > 0 {
        let mut each = |_: &_, _| ControlFlow::Continue(());
        let source = walk(fs, &folders.data, head, &mut each)?;
        if let Some(loss) = judge::loss(head, &source) {
            return Err(BackupError::NotWhole(loss));
        }
        if !ends_with(&read, slot) || source.damage.lines != bad_lines {
            return Err(folder());
        }
    }
    Ok(Copied {
        path: path.to_owned(),
        count: slot.count,
        seal: seal_code(slot.count, slot.hash),
        bad_lines,
        holds,
    })
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

//! The copy under its unfinished name: written, saved, and read back from its first line to its
//! last.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::super::diagnose;
use super::super::error::DiskContext as _;
use super::super::files::Access;
use super::super::files::FileSystem;
use super::super::files::whole::{copy, or_removed, write_all};
use super::super::folders::Folders;
use super::super::head::Slot;
use super::super::progress::{StagedProgress, Watch};
use super::super::scan::scan;
use super::super::seal::seal_code;
use super::super::segment::Segment;
use super::super::view::View;
use super::BackupError;
use super::name::{BackupFile, backups};
use super::read::read_whole;

/// A copy under its unfinished name, read back.
pub(super) struct Copied {
    pub(super) path: PathBuf,
    pub(super) count: u64,
    pub(super) seal: String,
    pub(super) bad_lines: u64,
    /// Which of the backups that were there it holds whole.
    pub(super) holds: Vec<BackupFile>,
}

/// Copies what `slot` acknowledges of these files, and reads the copy back.
pub(super) fn copy_and_check(
    folders: &Folders,
    fs: &dyn FileSystem,
    segments: Vec<Segment>,
    slot: &Slot,
    watch: &mut Watch<'_>,
) -> Result<Copied, BackupError> {
    let path = folders.backups().join("backup.new");
    if fs.facts(&path).doing("look at", &path)?.is_some() {
        fs.remove(&path).doing("remove", &path)?;
    }
    let parts = acknowledged(segments, slot);
    let bytes = parts
        .iter()
        .map(|part| part.end)
        .fold(0, u64::saturating_add);
    let mut way = StagedProgress::of(bytes.saturating_mul(2), watch);
    let copied = write(fs, parts, &path, &mut way).and_then(|()| {
        way.past(bytes);
        check(folders, fs, slot, &path, &mut way)
    });
    or_removed(copied, fs, &path)
}

/// The files that hold acknowledged lines, each up to the last of them.
fn acknowledged(segments: Vec<Segment>, slot: &Slot) -> Vec<Segment> {
    segments
        .into_iter()
        .filter_map(|segment| {
            let end = match segment.number.cmp(&slot.segment) {
                std::cmp::Ordering::Less => segment.end,
                std::cmp::Ordering::Equal => segment.end.min(slot.bytes),
                // Begun and not acknowledged.
                std::cmp::Ordering::Greater => 0,
            };
            (end > 0).then_some(Segment { end, ..segment })
        })
        .collect()
}

/// Copies the parts, one after the other, into one file.
fn write(
    fs: &dyn FileSystem,
    parts: Vec<Segment>,
    path: &Path,
    way: &mut StagedProgress<'_, '_>,
) -> Result<(), BackupError> {
    let mut to = fs.open(path, Access::Create).doing("create", path)?;
    let mut written = 0_u64;
    let mut ended = true;
    for mut part in parts {
        if !ended {
            // A file whose last line lacked its line feed when the next one was begun.
            write_all(to.as_mut(), written, b"\n").doing("write to", path)?;
            written = written.saturating_add(1);
        }
        let mut done = written;
        let copied = copy(
            (part.file.as_mut(), &part.path),
            (0, part.end),
            (to.as_mut(), path),
            written,
            &mut |bytes| {
                ended = bytes.ends_with(b"\n");
                done = done.saturating_add(bytes.len() as u64);
                match way.at(done) {
                    ControlFlow::Continue(()) => Ok(()),
                    ControlFlow::Break(()) => Err(BackupError::Cancelled),
                }
            },
        )?;
        written = written.saturating_add(copied);
    }
    to.sync_data().doing("save", path)?;
    Ok(())
}

/// Walks the copy, and where something is wrong with it the journal itself as well: damage
/// that is in both was copied faithfully.
fn check(
    folders: &Folders,
    fs: &dyn FileSystem,
    slot: &Slot,
    path: &Path,
    way: &mut StagedProgress<'_, '_>,
) -> Result<Copied, BackupError> {
    let mut by_count: BTreeMap<u64, Vec<BackupFile>> = BTreeMap::new();
    for backup in backups(folders, fs)? {
        by_count.entry(backup.count).or_default().push(backup);
    }
    let mut holds = Vec::new();
    let read = read_whole(fs, path, &mut |record, progress| {
        let count = record.seq.saturating_add(1);
        if let Some(there) = by_count.get(&count) {
            let seal = seal_code(count, record.hash());
            holds.extend(there.iter().filter(|backup| backup.seal == seal).cloned());
        }
        way.at(progress.bytes)
    })?;
    let unlike = || BackupError::Unlike {
        path: folders.backups(),
    };
    let read = read.ok_or_else(unlike)?;
    let bad_lines = read.walk.damage.lines;
    if !read.ends_with(slot) || bad_lines > 0 {
        let View { head, segments } = View::of(folders, fs)?;
        let source = scan(segments, &head, &mut |_, _| way.at(u64::MAX))?;
        if let Some(loss) = diagnose::loss(&head, &source) {
            return Err(BackupError::NotWhole(loss));
        }
        if !read.ends_with(slot) || source.damage.lines != bad_lines {
            return Err(unlike());
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

//! What is in a backup, and what would not be there after restoring it. Nothing is written.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::super::backup::read::{ScannedFile, scan_open};
use super::super::entry::Record;
use super::super::error::DiskContext as _;
use super::super::files::{FileSystem, OpenFile};
use super::super::finding::{BadLine, BadLineReason};
use super::super::folders::Folders;
use super::super::hash::LineHash;
use super::super::head::Head;
use super::super::ownership;
use super::super::progress::{StagedProgress, Watch};
use super::super::scan::{Scan, scan};
use super::super::seal::seal_code;
use super::super::view::View;
use super::RestoreError;

/// The kinds that the journal writes itself, whoever uses it.
const OWN: [&str; 3] = ["journal.", "clock.", "seal."];

/// Events of the present journal that a backup does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingEvents {
    /// How many.
    pub events: u64,
    /// When the first of them was written.
    pub first: DateTime<Utc>,
    /// When the last of them was written.
    pub last: DateTime<Utc>,
}

impl MissingEvents {
    fn add(missing: &mut Option<Self>, at: DateTime<Utc>) {
        let events = missing.map_or(0, |missing| missing.events);
        let first = missing.map_or(at, |missing| missing.first);
        *missing = Some(Self {
            events: events.saturating_add(1),
            first,
            last: at,
        });
    }
}

/// What is in a backup, and what restoring it would leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPreview {
    /// The file.
    pub file: PathBuf,
    /// How many events it holds, counted by the place of the last one.
    pub count: u64,
    /// The code of its last event.
    pub seal: String,
    /// When its first event was written.
    pub first: DateTime<Utc>,
    /// When its last event was written.
    pub last: DateTime<Utc>,
    /// Damaged lines among its good ones, which would be passed over; 0 in a sound one.
    pub bad_lines: u64,
    /// The first of them: its line in the file, and what is wrong with it.
    pub first_bad: Option<(u64, BadLineReason)>,
    /// Events of the present journal that are not in it.
    pub missing: Option<MissingEvents>,
    /// Whether it belongs to another journal than the present one, and so cannot be restored in
    /// its place.
    pub other_journal: bool,
}

impl BackupPreview {
    /// Whether every line of it is as it was written.
    pub const fn is_sound(&self) -> bool {
        self.bad_lines == 0
    }
}

/// A backup and the present journal, both walked.
#[derive(Debug)]
pub(super) struct ScannedPair {
    pub(super) preview: BackupPreview,
    pub(super) backup: ScannedFile,
    pub(super) journal: Uuid,
    pub(super) head: Head,
    pub(super) present: Scan,
}

/// Reads and checks `file` as a backup, and compares it with the journal in `folders`.
///
/// It takes no lock and never writes.
///
/// # Errors
/// When there is no such file, it is no whole journal, one of the two cannot be read, or `watch`
/// asks to stop.
pub fn preview_backup(
    folders: &Folders,
    fs: &dyn FileSystem,
    file: &Path,
    watch: &mut Watch<'_>,
) -> Result<BackupPreview, RestoreError> {
    let both = Both::open(folders, fs, file)?;
    let mut way = StagedProgress::of(both.bytes(), watch);
    preview(both, file, &mut way).map(|looked| looked.preview)
}

/// A backup and the present journal, open.
#[derive(Debug)]
pub(super) struct Both {
    backup: Box<dyn OpenFile>,
    /// Bytes of the backup.
    pub(super) end: u64,
    present: View,
}

impl Both {
    pub(super) fn open(
        folders: &Folders,
        fs: &dyn FileSystem,
        file: &Path,
    ) -> Result<Self, RestoreError> {
        let present = View::of(folders, fs)?;
        let backup = ownership::open_named(fs, file)?;
        let mut backup = backup.ok_or_else(|| RestoreError::Missing {
            path: file.to_owned(),
        })?;
        Ok(Self {
            end: backup.facts().doing("look at", file)?.bytes,
            backup,
            present,
        })
    }

    /// Bytes to read.
    pub(super) fn bytes(&self) -> u64 {
        self.end.saturating_add(self.present.bytes())
    }
}

/// Reads both, from their first lines to their last.
pub(super) fn preview(
    both: Both,
    file: &Path,
    way: &mut StagedProgress<'_, '_>,
) -> Result<ScannedPair, RestoreError> {
    let Both {
        backup,
        end,
        present,
    } = both;
    let bytes = present.bytes();
    let View { head, segments } = present;
    let mut times: Option<(DateTime<Utc>, DateTime<Utc>)> = None;
    // By place, rising: a million of them take 16 MB.
    let mut in_backup: Vec<(u64, u64)> = Vec::new();
    let backup = scan_open(backup, file, end, &mut |record, progress| {
        times = Some((times.map_or(record.at, |(first, _)| first), record.at));
        in_backup.push((record.seq, short(record.hash())));
        way.at(progress.bytes)
    })?;
    way.past(end);
    let (Some((first, last)), Some(journal)) = (times, backup.walk.journal) else {
        return Err(no_backup(&backup, first_bad(&backup)));
    };
    if let Some(bad) = backup.walk.tail.first {
        // Whatever was to follow is not there.
        return Err(no_backup(&backup, Some(bad)));
    }
    let mut missing = None;
    let mut kin = Kin::default();
    let present = scan(segments, &head, &mut |record, progress| {
        let there = in_backup
            .binary_search_by_key(&record.seq, |(seq, _)| *seq)
            .ok()
            .and_then(|at| in_backup.get(at))
            .is_some_and(|(_, hash)| *hash == short(record.hash()));
        if !there {
            MissingEvents::add(&mut missing, record.at);
        }
        kin.see(record);
        way.at(progress.bytes)
    })?;
    way.past(bytes);
    let preview = BackupPreview {
        file: file.to_owned(),
        count: backup.walk.count(),
        seal: seal_code(backup.walk.count(), backup.walk.hash()),
        first,
        last,
        bad_lines: backup.walk.damage.lines,
        first_bad: first_bad(&backup).map(|bad| (bad.line, bad.reason)),
        missing,
        other_journal: !kin.knows(journal, &present, &head),
    };
    Ok(ScannedPair {
        preview,
        backup,
        journal,
        head,
        present,
    })
}

/// Enough of a hash to tell two lines of one place apart.
fn short(hash: LineHash) -> u64 {
    let first = hash.as_bytes().first_chunk().copied();
    u64::from_be_bytes(first.unwrap_or_default())
}

fn first_bad(read: &ScannedFile) -> Option<BadLine> {
    read.walk.damage.first.or(read.walk.tail.first)
}

fn no_backup(read: &ScannedFile, bad: Option<BadLine>) -> RestoreError {
    RestoreError::NoBackup {
        path: read.path.clone(),
        line: bad.map_or(1, |bad| bad.line),
        reason: bad.map_or(BadLineReason::Missing, |bad| bad.reason),
    }
}

/// What an event of the journal's own says about the journal that was there before.
#[derive(Deserialize)]
struct Before {
    succeeds: Option<Uuid>,
}

/// Which journals the present one is, or goes on from.
#[derive(Debug, Default)]
struct Kin {
    before: Vec<Uuid>,
    /// Whether it holds an event that is not the journal's own.
    used: bool,
}

impl Kin {
    fn see(&mut self, record: &Record) {
        if !OWN.iter().any(|own| record.kind.starts_with(own)) {
            self.used = true;
            return;
        }
        let before = serde_json::from_str::<Before>(record.data.get());
        self.before.extend(before.ok().and_then(|it| it.succeeds));
    }

    /// Whether a backup of `journal` may take the place of the present one: it is the same, or
    /// one that this one goes on from, or nothing was written here yet.
    fn knows(&self, journal: Uuid, present: &Scan, head: &Head) -> bool {
        let here = [present.journal, head.newest().map(|slot| slot.journal)];
        let empty = !self.used && present.last.is_some();
        let nothing = here == [None, None];
        empty || nothing || here.contains(&Some(journal)) || self.before.contains(&journal)
    }
}

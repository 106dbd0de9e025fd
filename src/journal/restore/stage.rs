//! The restored lines: copied, ended with `journal.restored`, saved and read back, all beside
//! the journal that is still there.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::super::backup::read::read_whole;
use super::super::clock::Clock;
use super::super::clock::journal_time::{advance, latest};
use super::super::error::{AppendError, DiskContext as _, DiskFault};
use super::super::files::whole::{copy, or_removed, write_all};
use super::super::files::{Access, FileSystem};
use super::super::folders::Folders;
use super::super::head::Slot;
use super::super::line::{self, LineStamp};
use super::super::ownership;
use super::super::progress::StagedProgress;
use super::super::writer::own::{self, LocksInForce, RESTORED};
use super::RestoreError;
use super::plan::{JournalExtent, Plan};
use super::preview::ScannedPair;

/// Writes the restored lines into their file and says what is left to do, and the time of the
/// last of them.
pub(super) fn stage(
    folders: &Folders,
    fs: &dyn FileSystem,
    looked: &ScannedPair,
    clock: &dyn Clock,
    aside: Option<&str>,
    way: &mut StagedProgress<'_, '_>,
) -> Result<(Plan, DateTime<Utc>), RestoreError> {
    let path = folders.restoring();
    if fs.facts(&path).doing("look at", &path)?.is_some() {
        fs.remove(&path).doing("remove", &path)?;
    }
    let staged = write(fs, &path, looked, clock, aside, way).and_then(|staged| {
        fs.sync_folder(&folders.data)
            .doing("save the names in", &folders.data)?;
        Ok(staged)
    });
    or_removed(staged, fs, &path)
}

fn write(
    fs: &dyn FileSystem,
    path: &Path,
    looked: &ScannedPair,
    clock: &dyn Clock,
    aside: Option<&str>,
    way: &mut StagedProgress<'_, '_>,
) -> Result<(Plan, DateTime<Utc>), RestoreError> {
    let from = &looked.backup.path;
    let Some(mut source) = ownership::open_named(fs, from)? else {
        return Err(RestoreError::Missing { path: from.clone() });
    };
    let mut to = fs.open(path, Access::Create).doing("create", path)?;
    let end = looked.backup.end;
    let mut written = 0_u64;
    let mut done = copy::<DiskFault>(
        (source.as_mut(), from),
        (0, end),
        (to.as_mut(), path),
        0,
        &mut |bytes| {
            written = written.saturating_add(bytes.len() as u64);
            // A restore is not given up half way: nobody asks to stop.
            let _ = way.at(written);
            Ok(())
        },
    )?;
    way.past(end);
    if looked.backup.lacks_line_feed() {
        write_all(to.as_mut(), done, b"\n").doing("write to", path)?;
        done = done.saturating_add(1);
    }
    let (line, plan, at) = last_line(looked, clock, aside, done)?;
    write_all(to.as_mut(), done, &line).doing("write to", path)?;
    to.sync_data().doing("save", path)?;
    drop(to);
    let read = read_whole(fs, path, &mut |_, progress| way.at(progress.bytes))?;
    let same = read.is_some_and(|read| {
        let walk = &read.walk;
        let bad = (walk.damage.lines, walk.tail.lines);
        (walk.count(), walk.hash()) == (plan.newest.count, plan.newest.hash)
            && bad == (looked.backup.walk.damage.lines, 0)
    });
    if same {
        Ok((plan, at))
    } else {
        Err(unlike(path).into())
    }
}

fn unlike(path: &Path) -> DiskFault {
    DiskFault {
        doing: "read back what was written to",
        path: path.to_owned(),
        source: std::io::ErrorKind::InvalidData.into(),
    }
}

/// The bytes of `journal.restored` behind `bytes` others, and the plan for the journal that
/// ends with it.
fn last_line(
    looked: &ScannedPair,
    clock: &dyn Clock,
    aside: Option<&str>,
    bytes: u64,
) -> Result<(Vec<u8>, Plan, DateTime<Utc>), RestoreError> {
    let (head, walk, preview) = (looked.head.newest(), &looked.backup.walk, &looked.preview);
    let of_walk = |last: &super::super::scan::LastLine| last.time.clone();
    let there = latest(
        head.map(|slot| &slot.time),
        looked.present.last.as_ref().map(of_walk).as_ref(),
    );
    let last = latest(there.as_ref(), walk.last.as_ref().map(of_walk).as_ref());
    let told = advance(last.as_ref(), &clock.now());
    let locks = head.map(|slot| slot.locks.clone()).unwrap_or_default();
    let unlisted = head.map_or(0, |slot| slot.unlisted);
    let was = looked.present.last.as_ref().map(|last| {
        json!({
            "count": looked.present.count(),
            "hash": looked.present.hash().to_string(),
            "last": last.time.at,
        })
    });
    let missing = preview.missing.map(
        |missing| json!({ "events": missing.events, "first": missing.first, "last": missing.last }),
    );
    let present = looked.present.journal.or(head.map(|slot| slot.journal));
    let data = json!({
        "was": was,
        "is": { "count": preview.count, "hash": walk.hash().to_string(), "last": preview.last },
        "missing": missing,
        "bad_lines": preview.bad_lines,
        "file": preview.file.file_name().map(|name| name.to_string_lossy()),
        "aside": aside,
        "succeeds": present.filter(|present| *present != looked.journal),
    });
    let locks_held = LocksInForce {
        locks: &locks,
        unlisted,
    };
    let entry = own::event(RESTORED, &locks_held.beside(data));
    let stamp = LineStamp {
        at: told.known.at,
        zone: told.zone.clone(),
        boot: told.known.boot.clone(),
        up: told.known.up,
    };
    let written = line::write(&entry, walk.count(), &stamp, walk.hash()).map_err(|long| {
        let limit = line::LONGEST;
        let error = AppendError::TooLong { bytes: long, limit };
        DiskFault {
            doing: "write to",
            path: looked.backup.path.clone(),
            source: std::io::Error::other(error),
        }
    })?;
    // A clock that was moved is logged by the next opening, which must still see it.
    let time = told.before_a_shift(last.as_ref());
    let before = Slot {
        count: walk.count(),
        hash: walk.hash(),
        segment: 1,
        bytes,
        time,
        journal: looked.journal,
        locks,
        unlisted,
    };
    let newest = Slot {
        count: before.count.saturating_add(1),
        hash: written.hash,
        bytes: bytes.saturating_add(written.bytes.len() as u64),
        ..before.clone()
    };
    let plan = Plan {
        newest,
        before,
        aside: aside.map(str::to_owned),
        was: head.map(JournalExtent::of),
    };
    Ok((written.bytes, plan, stamp.at))
}

//! `backup` and `restore`: a whole copy beside the journal, and one of them in its place.

use std::io::{BufRead as _, IsTerminal as _, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::answer::{Ending, Exit, Failure, cannot_run, refused};
use super::print;
use crate::desk::BACKUPS_KEPT;
use crate::journal::{
    Backup, BackupError, BackupPreview, Clock as _, FileSystem, Folders, RealFs, RestoreError,
    Restored, SystemClock, back_up, look_at_backup,
};
use crate::telling::backup;

/// What `backup --json` prints.
#[derive(Serialize)]
struct BackedUp<'a> {
    file: &'a Path,
    count: u64,
    seal: &'a str,
    bad_lines: u64,
    already: bool,
    removed: &'a [PathBuf],
}

/// Makes a backup.
pub(super) fn back_up_now(folders: &Folders, json: bool) -> Ending {
    let now = SystemClock::new().now().wall;
    let made = back_up(folders, &RealFs, now, BACKUPS_KEPT)?;
    let Backup {
        path,
        count,
        seal,
        bad_lines,
        already,
        removed,
    } = &made;
    let mut out = stdout().lock();
    if json {
        let backed_up = BackedUp {
            file: path,
            count: *count,
            seal,
            bad_lines: *bad_lines,
            already: *already,
            removed,
        };
        print::json(&mut out, &backed_up)?;
        return Ok(Exit::Done);
    }
    print::wrapped(&mut out, "", &backup::made(&made))?;
    Ok(Exit::Done)
}

/// What `restore --json` prints without `--yes`, and as `preview` with it.
#[derive(Serialize)]
struct Preview<'a> {
    file: &'a Path,
    count: u64,
    seal: &'a str,
    first: String,
    last: String,
    sound: bool,
    bad_lines: u64,
    missing: Option<Lost>,
    other_journal: bool,
}

#[derive(Serialize)]
struct Lost {
    events: u64,
    first: String,
    last: String,
}

/// What `restore --yes --json` prints.
#[derive(Serialize)]
struct Done<'a> {
    preview: Preview<'a>,
    restored: Outcome<'a>,
}

#[derive(Serialize)]
struct Outcome<'a> {
    count: u64,
    seal: &'a str,
    aside: Option<&'a Path>,
    locks_in_force: u64,
}

/// Shows what restoring a backup would leave out, asks, and does it.
pub(super) fn restore(folders: &Folders, file: &Path, yes: bool, json: bool) -> Ending {
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let preview = look_at_backup(folders, &RealFs, &file)?;
    if preview.other_journal {
        let data = folders.data.clone();
        return Err(RestoreError::OtherJournal { path: file, data }.into());
    }
    let mut out = stdout().lock();
    if json && !yes {
        print::json(&mut out, &shown(&preview))?;
        return Ok(Exit::Done);
    }
    if !json {
        for line in backup::preview(&preview, SystemClock::new().now().wall) {
            print::wrapped(&mut out, "", &line)?;
        }
    }
    if !yes && !asked(&mut out)? {
        return Err(refused("Nothing was changed"));
    }
    let files: Arc<dyn FileSystem> = Arc::new(RealFs);
    let restored = crate::journal::restore(folders, &files, &SystemClock::new(), &file)?;
    if json {
        let done = Done {
            preview: shown(&preview),
            restored: result(&restored),
        };
        print::json(&mut out, &done)?;
    } else {
        print::wrapped(&mut out, "", &backup::restored(&restored))?;
    }
    Ok(Exit::Done)
}

fn shown(preview: &BackupPreview) -> Preview<'_> {
    Preview {
        file: &preview.file,
        count: preview.count,
        seal: &preview.seal,
        first: print::stamp(preview.first),
        last: print::stamp(preview.last),
        sound: preview.is_sound(),
        bad_lines: preview.bad_lines,
        missing: preview.missing.map(|missing| Lost {
            events: missing.events,
            first: print::stamp(missing.first),
            last: print::stamp(missing.last),
        }),
        other_journal: preview.other_journal,
    }
}

fn result(restored: &Restored) -> Outcome<'_> {
    let listed = u64::try_from(restored.locks.len()).unwrap_or(u64::MAX);
    Outcome {
        count: restored.count,
        seal: &restored.seal,
        aside: restored.aside.as_deref(),
        locks_in_force: listed.saturating_add(restored.unlisted_locks.into()),
    }
}

fn asked(out: &mut dyn Write) -> Result<bool, Failure> {
    if !stdin().is_terminal() {
        return Err(refused(
            "Nothing was changed: where standard input is no terminal, --yes restores it",
        ));
    }
    writeln!(
        out,
        "Write yes to restore it; anything else leaves all as it is."
    )?;
    write!(out, "> ")?;
    out.flush()?;
    let mut line = String::new();
    stdin().lock().read_line(&mut line)?;
    Ok(line.trim().eq_ignore_ascii_case("yes"))
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::NoHead { .. } | BackupError::NotWhole(_) | BackupError::UnderWay => {
                refused(error.to_string())
            }
            BackupError::Unlike { .. } | BackupError::Disk(_) => cannot_run(error.to_string()),
        }
    }
}

impl From<RestoreError> for Failure {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::NoBackup { .. }
            | RestoreError::OtherJournal { .. }
            | RestoreError::AnotherWrites
            | RestoreError::NoHead { .. } => refused(error.to_string()),
            RestoreError::Missing { .. } | RestoreError::Disk(_) => cannot_run(error.to_string()),
        }
    }
}

//! `backup` and `restore`: a whole copy beside the journal, and one of them in its place.

use std::io::{IsTerminal as _, Write, stderr, stdout};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::answer::{CommandResult, Exit, Failure, cannot_run, done, refused};
use super::confirm::confirmed;
use super::open::open;
use super::print;
use crate::app::BACKUPS_KEPT;
use crate::journal::{
    Backup, BackupError, BackupPreview, Clock as _, FileSystem, Folders, Progress, RealFs,
    RestoreError, Restored, SystemClock, Watch, back_up, preview_backup,
};
use crate::wording::backup;

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

pub(super) fn back_up_now(folders: &Folders, json: bool) -> CommandResult {
    let now = SystemClock::new().now().wall;
    let made = told("Making a backup", |watch| {
        back_up(folders, &RealFs, now, BACKUPS_KEPT, watch)
    })?;
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
        return Ok(done(Exit::Done, print::json(&mut out, &backed_up)));
    }
    let said = print::wrapped(&mut out, "", &backup::made(&made));
    Ok(done(Exit::Done, said))
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
pub(super) fn restore(folders: &Folders, file: &Path, yes: bool, json: bool) -> CommandResult {
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let preview = told("Reading it", |watch| {
        preview_backup(folders, &RealFs, &file, watch)
    })?;
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
        let lines = backup::preview(&preview, SystemClock::new().now().wall);
        let mut lines = lines.iter();
        let said = lines.try_for_each(|line| print::wrapped(&mut out, "", line));
        // Where it is to be done without asking, nobody has to have read this.
        said.or_else(|error| if yes { Ok(()) } else { Err(error) })?;
    }
    if !yes && !confirmed(&mut out, "restore it")? {
        return Err(refused("Nothing was changed"));
    }
    let files: Arc<dyn FileSystem> = Arc::new(RealFs);
    let restored = told("Restoring it", |watch| {
        let clock = SystemClock::new();
        crate::journal::restore(folders, &files, &clock, &file, &mut |progress| {
            let _ = watch(progress);
        })
    })?;
    // As in the window, the head takes up here what the restored lines promise. Where it cannot, the
    // next opening says why.
    drop(open(folders.clone()));
    let said = if json {
        let both = Done {
            preview: shown(&preview),
            restored: result(&restored),
        };
        print::json(&mut out, &both)
    } else {
        print::wrapped(&mut out, "", &backup::restored(&restored))
    };
    Ok(done(Exit::Done, said))
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

/// Does something long; where standard error is a terminal it says there how far it is.
fn told<T>(words: &str, work: impl FnOnce(&mut Watch<'_>) -> T) -> T {
    let mut line = Line {
        words,
        out: stderr().is_terminal().then(stderr),
        told: String::new(),
    };
    let done = work(&mut |progress| {
        line.say(progress);
        ControlFlow::Continue(())
    });
    line.clear();
    done
}

/// A line that is written over as it goes on, and cleared in the end.
struct Line<'a, W> {
    words: &'a str,
    out: Option<W>,
    told: String,
}

impl<W: Write> Line<'_, W> {
    fn say(&mut self, progress: Progress) {
        let words = backup::so_far(self.words, progress);
        if words == self.told {
            return;
        }
        self.write(&words);
        self.told = words;
    }

    fn clear(&mut self) {
        self.write("");
        self.told.clear();
        self.write("");
    }

    /// What cannot be written here is missed by nobody.
    fn write(&mut self, words: &str) {
        let Some(out) = &mut self.out else { return };
        let over = self.told.chars().count();
        let _ = write!(out, "\r{words:<over$}").and_then(|()| out.flush());
    }
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::NoHead { .. }
            | BackupError::NotWhole(_)
            | BackupError::UnderWay
            | BackupError::Cancelled => refused(error.to_string()),
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
            | RestoreError::Cancelled
            | RestoreError::NoHead { .. }
            | RestoreError::Behind { .. } => refused(error.to_string()),
            RestoreError::Missing { .. } | RestoreError::Disk(_) => cannot_run(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_new_word_goes_over_the_one_before_and_nothing_is_left() {
        let mut line = Line {
            words: "Making",
            out: Some(Vec::new()),
            told: String::new(),
        };
        for bytes in [0, 0, 2_500_000, 5_000_000] {
            line.say(Progress {
                bytes,
                of: 5_000_000,
            });
        }
        line.clear();
        let written = String::from_utf8(line.out.unwrap()).unwrap();
        // What a terminal shows: each return begins the line anew, over what is there.
        let mut shown = vec![String::new()];
        for words in written.split('\r').skip(1) {
            let before = shown.last().unwrap().chars().skip(words.chars().count());
            let now = words.chars().chain(before.collect::<Vec<_>>()).collect();
            shown.push(now);
        }
        let shown: Vec<&str> = shown.iter().map(|line| line.trim_end()).collect();
        assert_eq!(
            shown,
            [
                "",
                "Making… 0 %, 0 of 5 MB",
                "Making… 50 %, 2 of 5 MB",
                "Making… 100 %, 5 of 5 MB",
                "",
                ""
            ]
        );
    }
}

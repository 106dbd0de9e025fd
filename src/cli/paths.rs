//! `paths`: where journal and head lie.

use std::io::{Write as _, stdout};
use std::path::Path;

use serde::Serialize;

use super::answer::{CommandResult, Exit};
use super::print;
use crate::journal::Folders;

/// What `paths --json` prints.
#[derive(Serialize)]
struct Paths<'a> {
    journal: &'a Path,
    head: &'a Path,
    backups: &'a Path,
}

/// Prints them. A path stands on a line of its own, so that a script can take it.
pub(super) fn run(folders: &Folders, json: bool) -> CommandResult {
    let backups = folders.backups();
    let paths = Paths {
        journal: &folders.data,
        head: &folders.head,
        backups: &backups,
    };
    let mut out = stdout().lock();
    if json {
        print::json(&mut out, &paths)?;
    } else {
        writeln!(out, "Journal: {}", paths.journal.display())?;
        writeln!(out, "Head:    {}", paths.head.display())?;
        writeln!(out, "Backups: {}", paths.backups.display())?;
    }
    Ok(Exit::Done)
}

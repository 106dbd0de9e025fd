//! `accept-loss`: going on without what is missing of the journal.

use std::io::stdout;

use super::answer::{CommandResult, Exit, done, refused};
use super::confirm::confirmed;
use super::open::{carry_out, is_lost, open, open_as_found};
use super::print;
use crate::app::Command;
use crate::journal::Folders;

/// Says what is missing, asks, and goes on without it.
pub(super) fn accept(folders: Folders, yes: bool) -> CommandResult {
    let mut app = open_as_found(folders.clone())?;
    let mut out = stdout().lock();
    if !is_lost(&app) {
        drop(app);
        // Where another copy writes, or the disk takes nothing, that is the answer.
        open(folders)?;
        let said = print::wrapped(&mut out, "", "Nothing of the journal is missing.");
        return Ok(done(Exit::Done, said));
    }
    for finding in app.findings() {
        let said = print::wrapped(&mut out, "", &finding.to_string());
        // Where it is to be done without asking, nobody has to have read this.
        said.or_else(|error| if yes { Ok(()) } else { Err(error) })?;
    }
    if !yes && !confirmed(&mut out, "go on without what is missing")? {
        return Err(refused("Nothing was changed"));
    }
    carry_out(&mut app, Command::AcceptLoss)?;
    let words = "The journal goes on. The loss stays in it, and promises stay in force.";
    Ok(done(Exit::Done, print::wrapped(&mut out, "", words)))
}

//! The desk for a command that writes: open, settled, and able to write.

use std::sync::Arc;

use super::answer::{Failure, cannot_run, refused};
use super::print;
use crate::desk::{Desk, Phase};
use crate::journal::{Finding, Folders, RealFs, SystemClock};

/// Opens it and says on standard error what was found, or why nothing can be written here.
pub(super) fn open_aloud(folders: Folders) -> Result<Desk, Failure> {
    let desk = open(folders)?;
    for finding in desk.findings() {
        if !matches!(finding, Finding::Created) {
            print::aside(&finding.to_string());
        }
    }
    Ok(desk)
}

/// Opens it, or says why nothing can be written here.
pub(super) fn open(folders: Folders) -> Result<Desk, Failure> {
    let mut desk = Desk::open(
        folders,
        Arc::new(RealFs),
        Arc::new(SystemClock::new()),
        Box::new(|| {}),
    );
    while matches!(desk.phase(), Phase::Opening(_)) {
        desk.settle();
    }
    if let Phase::Refused(why) = desk.phase() {
        return Err(cannot_run(why.clone()));
    }
    let findings = || desk.findings().iter();
    if desk.is_read_only() {
        let mut why: Vec<String> = findings().map(ToString::to_string).collect();
        why.push("Nothing can be written here now.".to_owned());
        if findings().any(|finding| matches!(finding, Finding::CannotWrite(_))) {
            return Err(cannot_run(why.join("\n")));
        }
        if findings().any(|finding| matches!(finding, Finding::AnotherWrites)) {
            why.push(
                "Do it in the window or terminal that has it open, or close that one first."
                    .to_owned(),
            );
        }
        return Err(refused(why.join("\n")));
    }
    Ok(desk)
}

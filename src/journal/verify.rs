//! Checking a journal without opening it for writing: nothing on disk is changed.

use super::clock::{Clock, Moment};
use super::diagnose;
use super::error::OpenError;
use super::files::FileSystem;
use super::finding::{BadLine, Finding};
use super::folders::Folders;
use super::hash::LineHash;
use super::head::Head;
use super::progress::Watch;
use super::reading::present;
use super::scan::{Scan, scan};
use super::seal::{count_of, seal_code};
use super::view::View;

/// How often a journal that is being written is read again before it is judged.
const TRIES: u32 = 5;

/// What verifying found.
#[derive(Debug)]
pub struct Verdict {
    /// Everything that is not as it should be; empty when the journal is sound.
    pub findings: Vec<Finding>,
    /// The first bad line.
    pub first_bad: Option<BadLine>,
    /// Events in the journal.
    pub count: u64,
    /// The hash of the last event's line.
    pub hash: LineHash,
    /// Whether the expected code was found; `None` when none was given.
    pub expected: Option<bool>,
    /// Events of each kind, by name.
    pub kinds: std::collections::BTreeMap<String, u64>,
}

impl Verdict {
    /// Whether all is as it should be, the expected code included.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty() && self.expected != Some(false)
    }

    /// The code of the journal as it is now.
    pub fn seal(&self) -> String {
        seal_code(self.count, self.hash)
    }
}

/// Reads and checks the whole journal against its head, and against a code that
/// was kept elsewhere. Lines behind the head are held against the clocks of this machine. It takes no lock and never writes, so it may run beside a
/// copy that is writing.
///
/// # Errors
/// When there is nothing to verify, it cannot be read, or a restore is not finished.
pub fn verify(
    folders: &Folders,
    fs: &dyn FileSystem,
    clock: &dyn Clock,
    expect: Option<&str>,
    progress: &mut Watch<'_>,
) -> Result<Verdict, OpenError> {
    let mut tries = TRIES;
    loop {
        let view = present(folders, fs)?;
        let head = view.head.clone();
        let verdict = look(view, clock, expect, progress)?;
        tries = tries.saturating_sub(1);
        // A copy that writes meanwhile moves lines and head on: what does not fit
        // may fit in the next look.
        let moved = || Ok::<_, OpenError>(Head::load(fs, &folders.head_file())? != head);
        if verdict.is_sound() || tries == 0 || !moved()? {
            return Ok(verdict);
        }
    }
}

fn look(
    View { head, segments }: View,
    clock: &dyn Clock,
    expect: Option<&str>,
    progress: &mut Watch<'_>,
) -> Result<Verdict, OpenError> {
    let mut expected = expect.map(|_| false);
    let wanted = expect.and_then(|code| Some((count_of(code)?, code.trim())));
    let mut kinds = std::collections::BTreeMap::new();
    let walk = scan(segments, &head, &mut |record, at| {
        let count = record.seq.saturating_add(1);
        if let Some((_, code)) = wanted.filter(|(wanted, _)| *wanted == count) {
            expected = Some(seal_code(count, record.hash()).eq_ignore_ascii_case(code));
        }
        match kinds.get_mut(&record.kind) {
            Some(tally) => *tally = u64::saturating_add(*tally, 1),
            None => drop(kinds.insert(record.kind.clone(), 1)),
        }
        progress(at)
    })?;
    let now = clock.now();
    Ok(Verdict {
        findings: findings(&head, &walk, &now),
        first_bad: diagnose::first_bad(&head, &walk, &now),
        count: walk.count(),
        hash: walk.hash(),
        expected,
        kinds,
    })
}

fn findings(head: &Head, walk: &Scan, now: &Moment) -> Vec<Finding> {
    let mut findings = diagnose::beside_the_lines(head, walk, now);
    findings.extend(diagnose::loss(head, walk).map(Finding::Loss));
    if let Some(segment) = &walk.segment {
        let bytes = segment.length.saturating_sub(segment.good_end);
        let bytes = bytes.saturating_add(walk.bytes_before);
        if bytes > 0 {
            findings.push(Finding::Torn { copy: None, bytes });
        }
        if segment.lacks_line_feed {
            findings.push(Finding::LacksLineFeed);
        }
    }
    findings
}

//! `verify` and `seal`: whether the journal is whole, and a code to ask that again later.

use std::collections::BTreeMap;
use std::io::{self, Write, stdout};
use std::ops::ControlFlow;

use serde::Serialize;

use super::answer::{CommandResult, Exit, done};
use super::print;
use crate::journal::{Folders, RealFs, SystemClock, Verdict};
use crate::wording::backup::entries;

/// What `verify --json` prints.
#[derive(Serialize)]
struct Report<'a> {
    sound: bool,
    count: u64,
    seal: String,
    hash: String,
    findings: Vec<String>,
    first_bad: Option<FirstBad>,
    expected: Option<bool>,
    kinds: &'a BTreeMap<String, u64>,
}

#[derive(Serialize)]
struct FirstBad {
    file: String,
    line: u64,
    byte: u64,
    words: String,
}

/// Checks the whole journal. The exit code is the verdict's, even where nobody can read the words.
pub(super) fn run(folders: &Folders, expect: Option<&str>, json: bool) -> CommandResult {
    let verdict = look(folders, expect)?;
    let exit = if verdict.is_sound() {
        Exit::Done
    } else {
        Exit::Refused
    };
    let mut out = stdout().lock();
    let said = if json {
        print::json(&mut out, &report(&verdict))
    } else {
        say(&mut out, &verdict, expect)
    };
    Ok(done(exit, said))
}

fn look(folders: &Folders, expect: Option<&str>) -> Result<Verdict, super::answer::Failure> {
    let (clock, each) = (SystemClock::new(), &mut |_| ControlFlow::Continue(()));
    Ok(crate::journal::verify(
        folders, &RealFs, &clock, expect, each,
    )?)
}

fn report(verdict: &Verdict) -> Report<'_> {
    Report {
        sound: verdict.is_sound(),
        count: verdict.count,
        seal: verdict.seal(),
        hash: verdict.hash.to_string(),
        findings: verdict.findings.iter().map(ToString::to_string).collect(),
        first_bad: verdict.first_bad.map(|bad| FirstBad {
            file: format!("journal-{:04}.jsonl", bad.segment),
            line: bad.line,
            byte: bad.byte,
            words: bad.to_string(),
        }),
        expected: verdict.expected,
        kinds: &verdict.kinds,
    }
}

fn say(out: &mut dyn Write, verdict: &Verdict, expect: Option<&str>) -> io::Result<()> {
    let entries = entries(verdict.count);
    let first = if verdict.findings.is_empty() && verdict.first_bad.is_none() {
        format!("The journal is sound: {entries}.")
    } else {
        format!("The journal is not sound: {entries} can be read.")
    };
    print::wrapped(out, "", &first)?;
    for finding in &verdict.findings {
        print::wrapped(out, "", &finding.to_string())?;
    }
    if let Some(bad) = &verdict.first_bad {
        print::wrapped(out, "", &format!("The first bad line: {bad}."))?;
    }
    if let (Some(code), Some(found)) = (expect, verdict.expected) {
        let code = code.trim();
        let words = if found {
            format!("It still holds what it held when its seal was {code}.")
        } else {
            format!(
                "It does not hold what it held when its seal was {code}, or that is no seal of it."
            )
        };
        print::wrapped(out, "", &words)?;
    }
    writeln!(out, "Seal {}", verdict.seal())?;
    out.flush()
}

/// What `seal --json` prints.
#[derive(Serialize)]
struct Code {
    seal: String,
    count: u64,
    hash: String,
    sound: bool,
}

/// Prints the short code. Where the journal is not sound the code is of what can be read, and
/// that is said beside it.
pub(super) fn seal(folders: &Folders, json: bool) -> CommandResult {
    let verdict = look(folders, None)?;
    let mut out = stdout().lock();
    if json {
        let seal = Code {
            seal: verdict.seal(),
            count: verdict.count,
            hash: verdict.hash.to_string(),
            sound: verdict.is_sound(),
        };
        print::json(&mut out, &seal)?;
    } else {
        writeln!(out, "{}", verdict.seal())?;
    }
    if !verdict.is_sound() {
        print::aside(
            "The journal is not sound: this is the seal of what can be read of it. `verify` says what is wrong.",
        );
    }
    Ok(Exit::Done)
}

//! `journal show`: one entry, and the whole story of the audit it belongs to.

use std::collections::HashMap;
use std::io::{self, Write, stdout};
use std::ops::ControlFlow;

use serde::Serialize;
use serde_json::value::RawValue;

use super::answer::{CommandResult, Exit, refused};
use super::list::warn;
use super::print;
use crate::journal::{Folders, RealFs, Record, SystemClock, read, shown};
use crate::market::AuditId;
use crate::record::{State, Story};
use crate::wording::{event, story, when};

/// What `journal show --json` prints.
#[derive(Serialize)]
struct Shown<'a> {
    entry: Entry<'a>,
    story: Option<Told>,
}

#[derive(Serialize)]
struct Entry<'a> {
    seq: u64,
    at: String,
    time_zone: &'a str,
    kind: &'a str,
    v: u32,
    id: String,
    hash: String,
    prev: String,
    app: &'a str,
    words: String,
    data: &'a RawValue,
}

#[derive(Serialize)]
struct Told {
    audit: String,
    heading: String,
    ended: bool,
    entries: Vec<u64>,
    parts: Vec<ToldPart>,
}

#[derive(Serialize)]
struct ToldPart {
    name: String,
    words: String,
}

pub(super) fn run(folders: &Folders, seq: u64, json: bool) -> CommandResult {
    let mut state = State::default();
    let mut found = None;
    let mut entries: HashMap<AuditId, Vec<u64>> = HashMap::new();
    let passage = read(folders, &RealFs, &SystemClock::new(), &mut |record, _| {
        state.apply(record);
        if let Some(audit) = event::audit(record) {
            entries.entry(audit).or_default().push(record.seq);
        }
        if record.seq == seq {
            found = Some(record.clone());
        }
        ControlFlow::Continue(())
    })?;
    warn(&passage);
    let Some(record) = found else {
        return Err(refused(match passage.count.checked_sub(1) {
            Some(last) => {
                format!("The journal has no entry {seq} that can be read; the last one is {last}")
            }
            None => format!("The journal has no entry {seq}: nothing is written yet"),
        }));
    };
    let audit = event::audit(&record);
    let told = audit.and_then(|audit| state.story(audit));
    let mut out = stdout().lock();
    if json {
        let shown = Shown {
            entry: entry(&record),
            story: told.map(|story| Told {
                audit: story.audit.to_string(),
                heading: story::heading(story),
                ended: story.ending.is_some(),
                entries: entries.remove(&story.audit).unwrap_or_default(),
                parts: story::parts(story)
                    .into_iter()
                    .map(|part| ToldPart {
                        name: part.name,
                        words: part.words,
                    })
                    .collect(),
            }),
        };
        print::json(&mut out, &shown)?;
    } else {
        match told {
            Some(story) => tell(&mut out, &record, story)?,
            None => facts(&mut out, &record)?,
        }
    }
    Ok(Exit::Done)
}

fn entry(record: &Record) -> Entry<'_> {
    Entry {
        seq: record.seq,
        at: print::stamp(record.at),
        time_zone: &record.zone,
        kind: &record.kind,
        v: record.v,
        id: record.id.to_string(),
        hash: record.hash().to_string(),
        prev: record.prev().to_string(),
        app: &record.app,
        words: event::line(record),
        data: &record.data,
    }
}

fn first_line(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    let line = format!(
        "Entry {} · {} · {} · {}",
        record.seq,
        when::day_and_time(record.at),
        record.zone,
        record.kind
    );
    print::wrapped(out, "", &line)
}

fn tell(out: &mut dyn Write, record: &Record, story: &Story) -> io::Result<()> {
    first_line(out, record)?;
    writeln!(out)?;
    print::wrapped(out, "", &story::heading(story))?;
    print::wrapped(out, "", &story::facts(story))?;
    for part in story::parts(story) {
        writeln!(out)?;
        print::wrapped(out, "", &part.name)?;
        print::wrapped(out, "  ", &part.words)?;
    }
    if story.ending.is_none() {
        writeln!(out)?;
        print::wrapped(out, "", "It has not ended.")?;
    }
    out.flush()
}

fn facts(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    first_line(out, record)?;
    print::wrapped(out, "", &event::line(record))?;
    writeln!(out)?;
    print::wrapped(out, "", &format!("Id    {}", record.id))?;
    print::wrapped(out, "", &format!("Hash  {}", record.hash()))?;
    writeln!(out, "Data  {}", shown(record.data.get()))?;
    out.flush()
}

//! Writing the journal out. It is read afresh from its files, without a lock, so this runs
//! beside whoever writes it and holds up nobody.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::interchange::export::{Format, Privacy, note, write_line, write_table};
use crate::journal::{
    self, Clock, DiskFault, FileSystem, Finding, Folders, OpenError, Record, write_copy,
};
use crate::record::{State, Story};

/// What is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Export {
    pub format: Format,
    /// How much of it.
    pub privacy: Privacy,
}

/// What was written out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Lines, rows or notes.
    pub written: u64,
    /// Notes that were in the folder already and were left as they are.
    pub there_already: u64,
    /// Lines of the journal that are damaged and were left out.
    pub damaged: u64,
    /// What else is out of the ordinary with the journal, in sentences.
    pub told: Vec<String>,
}

/// What was to be done beside the journal has panicked.
#[derive(Debug, Error)]
#[error("This was not done: the program has made an error of its own.")]
pub struct ProgramError;

/// Why nothing was written out, or not all.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The journal cannot be read.
    #[error("{0}")]
    Journal(#[from] OpenError),
    /// The file cannot be written.
    #[error("{0}. Name a new file in a folder that is yours and has room")]
    Disk(#[from] DiskFault),
    /// A folder where a file is needed.
    #[error("{} is a folder. Name the file that is to be written in it", .0.display())]
    Folder(PathBuf),
    /// The journal's own folder.
    #[error("{} lies in the journal's own folder. Name a file somewhere else", .0.display())]
    OwnFolder(PathBuf),
    /// The stream takes no more.
    #[error("the output could not be written: {0}")]
    Stream(#[source] io::Error),
    #[error(transparent)]
    Program(#[from] ProgramError),
}

impl Exported {
    /// What was written, in a sentence.
    pub fn words(&self, format: Format) -> String {
        let what = match (format, self.written) {
            (Format::JsonLines, 1) => "1 line is written out".to_owned(),
            (Format::JsonLines, many) => format!("{many} lines are written out"),
            (Format::Csv, 1) => "1 audit is written out".to_owned(),
            (Format::Csv, many) => format!("{many} audits are written out"),
            (Format::Markdown, 1) => "1 note is written out".to_owned(),
            (Format::Markdown, many) => format!("{many} notes are written out"),
        };
        let there = match self.there_already {
            0 => String::new(),
            1 => ", 1 was there already and stays as it is".to_owned(),
            many => format!(", {many} were there already and stay as they are"),
        };
        let damaged = match self.damaged {
            0 => String::new(),
            1 => " 1 line of the journal is damaged and was left out.".to_owned(),
            many => format!(" {many} lines of the journal are damaged and were left out."),
        };
        let mut all = format!("{what}{there}.{damaged}");
        for told in &self.told {
            all.push(' ');
            all.push_str(told);
        }
        all
    }
}

/// The journal that is written out, and the clock that lines behind its head are held against.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Where it lies.
    pub folders: &'a Folders,
    pub files: &'a dyn FileSystem,
    /// The machine's clock.
    pub clock: &'a dyn Clock,
}

/// Writes the journal out into a stream.
///
/// # Errors
/// Where the journal cannot be read, or the stream takes no more.
pub fn export_to(
    from: &Source<'_>,
    export: Export,
    out: &mut dyn Write,
) -> Result<Exported, ExportError> {
    match (export.format, export.privacy) {
        (Format::JsonLines, Privacy::Whole) => lines(from, out),
        (Format::JsonLines, Privacy::Redacted) => redacted_lines(from, out),
        (Format::Csv, privacy) => {
            let (state, mut exported) = fold(from)?;
            write_table(&state, privacy, out).map_err(ExportError::Stream)?;
            exported.written = u64::try_from(state.stories().len()).unwrap_or(u64::MAX);
            Ok(exported)
        }
        (Format::Markdown, privacy) => {
            let (state, mut exported) = fold(from)?;
            for note in oldest_first(&state).filter_map(|story| note(story, privacy)) {
                let between = if exported.written > 0 { "\n" } else { "" };
                write!(out, "{between}{}", note.text).map_err(ExportError::Stream)?;
                exported.written = exported.written.saturating_add(1);
            }
            Ok(exported)
        }
    }
}

/// Writes the journal out into a new file, or as notes into a folder. Nothing that is there
/// already is overwritten.
///
/// # Errors
/// Where the journal cannot be read or the file cannot be written.
pub fn export_into(
    from: &Source<'_>,
    export: Export,
    path: &Path,
) -> Result<Exported, ExportError> {
    let Source { folders, files, .. } = from;
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let own = [&folders.data, &folders.head];
    if own.into_iter().any(|folder| path.starts_with(folder)) {
        return Err(ExportError::OwnFolder(path));
    }
    match (files.names(&path).is_ok(), export.format) {
        (true, Format::Markdown) => notes(from, export.privacy, &path),
        (true, _) => Err(ExportError::Folder(path)),
        (false, _) => into_file(from, export, &path),
    }
}

fn into_file(from: &Source<'_>, export: Export, path: &Path) -> Result<Exported, ExportError> {
    let mut exported = Exported::default();
    let mut unreadable = None;
    let written = write_copy(from.files, path, &mut |out| {
        match export_to(from, export, out) {
            Ok(done) => exported = done,
            Err(ExportError::Stream(error)) => return Err(error),
            Err(other) => {
                unreadable = Some(other);
                return Err(io::ErrorKind::Other.into());
            }
        }
        Ok(())
    });
    match unreadable {
        Some(error) => Err(error),
        None => Ok(written.map(|()| exported)?),
    }
}

fn lines(from: &Source<'_>, out: &mut dyn Write) -> Result<Exported, ExportError> {
    let mut written = 0_u64;
    let read = journal::lines(from.folders, from.files, &mut |line| {
        out.write_all(line)?;
        out.write_all(b"\n")?;
        written = written.saturating_add(1);
        Ok(())
    })?;
    let read = read.map_err(ExportError::Stream)?;
    Ok(Exported {
        written,
        damaged: read.bad,
        told: told(&read.findings),
        ..Exported::default()
    })
}

fn redacted_lines(from: &Source<'_>, out: &mut dyn Write) -> Result<Exported, ExportError> {
    let mut written = 0_u64;
    let mut failed = None;
    let read = read(from, &mut |record| match write_line(record, out) {
        Ok(()) => {
            written = written.saturating_add(1);
            ControlFlow::Continue(())
        }
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    });
    if let Some(error) = failed {
        return Err(ExportError::Stream(error));
    }
    Ok(Exported { written, ..read? })
}

/// Everything that the journal holds, and what is out of the ordinary with it.
fn fold(from: &Source<'_>) -> Result<(State, Exported), OpenError> {
    let mut state = State::default();
    let exported = read(from, &mut |record| {
        state.apply(record);
        ControlFlow::Continue(())
    })?;
    Ok((state, exported))
}

/// Reads it, and says what is out of the ordinary with it; nothing is written yet.
fn read(
    from: &Source<'_>,
    each: &mut dyn FnMut(&Record) -> ControlFlow<()>,
) -> Result<Exported, OpenError> {
    let Source {
        folders,
        files,
        clock,
    } = *from;
    let read = journal::read(folders, files, clock, &mut |record, _| each(record))?;
    let damaged = read.findings.iter().map(|finding| match finding {
        Finding::Damaged { lines, .. } => *lines,
        _ => 0,
    });
    Ok(Exported {
        damaged: damaged.fold(0, u64::saturating_add),
        told: told(&read.findings),
        ..Exported::default()
    })
}

/// What is out of the ordinary beside damaged lines, which are counted.
fn told(findings: &[Finding]) -> Vec<String> {
    let counted = |finding: &&Finding| matches!(finding, Finding::Damaged { .. });
    let told = findings.iter().filter(|finding| !counted(finding));
    told.map(ToString::to_string).collect()
}

fn notes(from: &Source<'_>, privacy: Privacy, folder: &Path) -> Result<Exported, ExportError> {
    let (state, mut exported) = fold(from)?;
    for note in oldest_first(&state).filter_map(|story| note(story, privacy)) {
        let path = folder.join(format!("{}.md", note.name));
        let mut write = |out: &mut dyn Write| out.write_all(note.text.as_bytes());
        match write_copy(from.files, &path, &mut write) {
            Ok(()) => exported.written = exported.written.saturating_add(1),
            Err(fault) if fault.source.kind() == io::ErrorKind::AlreadyExists => {
                exported.there_already = exported.there_already.saturating_add(1);
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(exported)
}

/// Audits that have ended, in the order in which they began.
fn oldest_first(state: &State) -> impl Iterator<Item = &Story> {
    state
        .stories()
        .iter()
        .filter(|story| story.ending.is_some())
}

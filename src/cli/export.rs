//! `export`: the journal written out, to a file or to standard output.

use std::io::{BufWriter, Write as _, stdout};
use std::path::Path;

use super::answer::{CommandResult, Exit};
use super::arguments::Format;
use super::print;
use crate::app::{Export, Source, export_into, export_to};
use crate::interchange::export::Privacy;
use crate::journal::{Folders, RealFs, SystemClock};

/// Writes it out, and says on standard error what was written.
pub(super) fn run(
    folders: &Folders,
    format: Format,
    redact: bool,
    out: Option<&Path>,
) -> CommandResult {
    let export = Export {
        format: format.into(),
        privacy: if redact {
            Privacy::Redacted
        } else {
            Privacy::Whole
        },
    };
    let source = Source {
        folders,
        files: &RealFs,
        clock: &SystemClock::new(),
    };
    let exported = if let Some(path) = out {
        export_into(&source, export, path)?
    } else {
        let mut stream = BufWriter::new(stdout().lock());
        let exported = export_to(&source, export, &mut stream)?;
        stream.flush()?;
        exported
    };
    // On standard output nothing may stand but what was asked for.
    if out.is_some() || exported.damaged > 0 || !exported.told.is_empty() {
        print::aside(&exported.words(export.format));
    }
    Ok(Exit::Done)
}

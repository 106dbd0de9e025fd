//! Files outside the journal: one that is imported, a copy that is saved elsewhere; and errors as
//! sentences.

use std::path::Path;

use crate::journal::{FileSystem, read_copy, save_copy};

/// The largest file that is read for an import.
const LARGEST_IMPORT: usize = 10 << 20;

/// A file that is imported: text, and not larger than any export is.
pub(super) fn imported(files: &dyn FileSystem, path: &Path) -> Result<String, String> {
    let bytes = read_copy(files, path, LARGEST_IMPORT).map_err(|fault| sentence(&fault))?;
    if bytes.len() > LARGEST_IMPORT {
        return Err(format!(
            "{} is larger than 10 MiB: this is no account snapshot.",
            path.display()
        ));
    }
    String::from_utf8(bytes).map_err(|_| {
        format!(
            "{} is no text. An account snapshot is a JSON file.",
            path.display()
        )
    })
}

pub(super) fn elsewhere(files: &dyn FileSystem, path: &Path, text: &str) -> Result<String, String> {
    match save_copy(files, path, text.as_bytes()) {
        Ok(()) => Ok(path.display().to_string()),
        Err(fault) => Err(sentence(&fault)),
    }
}

/// An error as a sentence: a capital letter and a full stop.
pub(super) fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

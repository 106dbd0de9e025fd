//! Lines for a person, at most 80 columns wide and safe for the terminal; JSON for a program.

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::journal::{json_shown, shown};

/// Columns of a line.
const WIDTH: usize = 80;

/// Writes text, wrapped, each line after `indent`.
pub(super) fn wrapped(out: &mut dyn Write, indent: &str, text: &str) -> io::Result<()> {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(indent)
        .subsequent_indent(indent)
        .break_words(false);
    for line in textwrap::wrap(&shown(text), options) {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Says something on standard error, beside the output. Where that takes no more either, nobody is
/// left to be told.
pub(super) fn aside(words: &str) {
    let mut line = shown(words);
    line.push('\n');
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// A time in UTC for a program, as it stands in the journal's lines.
pub(super) fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Writes a value as one line of JSON.
pub(super) fn json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_string(value)?;
    writeln!(out, "{}", json_shown(&json))?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::journal::is_hidden;

    fn lines(indent: &str, text: &str) -> Vec<String> {
        let mut out = Vec::new();
        wrapped(&mut out, indent, text).unwrap();
        String::from_utf8(out)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect()
    }

    proptest! {
        /// However words are put together, no line is wider than the terminal, and no word is lost.
        #[test]
        fn no_line_is_wider_than_80_columns(words in prop::collection::vec("[a-zäöü0-9,.]{1,30}", 0..60)) {
            let text = words.join(" ");
            let lines = lines("  ", &text);
            prop_assert!(lines.iter().all(|line| line.chars().count() <= 80));
            let back: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
            prop_assert_eq!(back, words);
        }

        /// Whatever was written, nothing that a terminal obeys comes out of it.
        #[test]
        fn nothing_obeyed_comes_out(text in any::<String>()) {
            for line in lines("", &text) {
                prop_assert!(!line.chars().any(is_hidden), "{line:?}");
            }
        }
    }
}

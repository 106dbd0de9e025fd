//! Lines for a person, at most 80 columns wide and safe for the terminal; JSON for a program.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// Columns of a line.
const WIDTH: usize = 80;

/// Text without what a terminal would obey instead of show: control characters and marks that
/// turn the order of what is read are written as `\u{…}`. Line feeds stay.
pub(super) fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        let turns = matches!(sign, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let obeyed = sign.is_control() && sign != '\n';
        if obeyed || turns || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}') {
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(sign));
        } else {
            safe.push(sign);
        }
    }
    safe
}

/// Writes text, wrapped, each line after `indent`.
pub(super) fn wrapped(out: &mut dyn Write, indent: &str, text: &str) -> io::Result<()> {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(indent)
        .subsequent_indent(indent)
        .break_words(false);
    for line in textwrap::wrap(&safe(text), options) {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Says something on standard error, beside the output. Where that takes no more either, nobody is
/// left to be told.
pub(super) fn aside(words: &str) {
    let mut line = safe(words);
    line.push('\n');
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// A time in UTC for a program, as it stands in the journal's lines.
pub(super) fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Writes a value as one line of JSON.
pub(super) fn json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(safe("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(
            safe("\u{202e}evil\u{7f}\u{9b}"),
            "\\u{202e}evil\\u{7f}\\u{9b}"
        );
        assert_eq!(safe("zwei\nZeilen — ü"), "zwei\nZeilen — ü");
    }

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
                prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            }
        }
    }
}

//! Text that Markdown and YAML take for nothing but text.

use std::fmt::Write as _;

use crate::journal::{is_hidden, json_shown};

/// Signs that mean something in the middle of a line.
const MARKUP: [char; 14] = [
    '\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '$', '&', '=',
];

/// A text as a quotation: each of its lines stands for itself, and nothing in it is markup.
pub(super) fn quotation(text: &str) -> String {
    let mut quoted = String::new();
    for line in text.lines() {
        quoted.push('>');
        let line = plain(line.trim());
        if !line.is_empty() {
            quoted.push(' ');
            quoted.push_str(&line);
        }
        quoted.push('\n');
    }
    quoted
}

/// One line with its markup taken away.
pub(super) fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    // What makes a list at the beginning of a line means nothing later.
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let after = line.chars().nth(digits.saturating_add(1));
    let numbered = digits > 0 && after.is_none_or(char::is_whitespace);
    for (at, sign) in line.chars().enumerate() {
        let begins_list = numbered && at == digits && matches!(sign, '.' | ')')
            || at == 0 && matches!(sign, '-' | '+');
        if is_hidden(sign) {
            let _ = write!(plain, "\\\\u{{{:x}}}", u32::from(sign));
            continue;
        }
        if begins_list || MARKUP.contains(&sign) {
            plain.push('\\');
        }
        plain.push(sign);
    }
    plain
}

/// A text as a value of the front matter: in quotes, as JSON has it, which YAML reads too.
pub(super) fn yaml(text: &str) -> String {
    json_shown(&serde_json::Value::from(text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        for (text, expected) in [
            (
                "A close below 96,200 — on volume",
                "A close below 96,200 — on volume",
            ),
            ("*bold* [x](y) <b>", "\\*bold\\* \\[x\\](y) \\<b\\>"),
            ("# no heading", "\\# no heading"),
            ("- no list", "\\- no list"),
            ("1. no list", "1\\. no list"),
            ("12) no list", "12\\) no list"),
            ("1.5 is a number", "1.5 is a number"),
            ("\u{1b}[31mred", "\\\\u{1b}\\[31mred"),
        ] {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(quotation("one\n\n---\ntwo"), "> one\n>\n> \\---\n> two\n");
    }

    #[test]
    fn a_value_stays_one_value() {
        assert_eq!(yaml("a \"b\" \\ c\n---"), "\"a \\\"b\\\" \\\\ c\\n---\"");
        assert_eq!(yaml("\u{7f}\u{202e}ü"), "\"\\u007f\\u202eü\"");
    }
}

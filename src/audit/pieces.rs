//! An answer parted into its pieces: words, runs of a script without spaces, and the few signs
//! that stand for a word.

use unicode_normalization::char::is_combining_mark;

use super::script::is_unspaced;
use crate::input::folded::{beginning, fold_lower};

/// A text in the form in which its words are compared: folded, in lower case, without the marks
/// of Arabic that are rarely written. Only as many characters as an answer may have are looked
/// at: one can become many when it is folded.
pub(super) fn lowered(text: &str) -> String {
    beginning(&fold_lower(beginning(text)))
        .chars()
        // What lower case leaves above the `i` of a Turkish capital; tatweel and vowel signs.
        .filter(|c| !matches!(c, '\u{0307}' | '\u{0640}' | '\u{064b}'..='\u{0652}'))
        .collect()
}

/// Whether a sign stands for a word, as in `4h < 94k`.
fn is_relation(c: char) -> bool {
    matches!(
        c,
        '<' | '>' | '≤' | '≥' | '←' | '→' | '↑' | '↓' | '↗' | '↘' | '⬆' | '⬇'
    )
}

fn is_of_word(c: char) -> bool {
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_unspaced(c)
}

/// Whether `c` holds a word together where it stands between `before` and `after`: `I'm`,
/// `94,000.5`, `14:30`, `50/50`.
fn joins(before: char, c: char, after: char) -> bool {
    match c {
        '\'' | '’' | 'ʼ' => is_of_word(before) && is_of_word(after),
        '.' | ',' | ':' | '/' => before.is_numeric() && after.is_numeric(),
        _ => false,
    }
}

/// The pieces of a text, in their order. Marks between them are left out, but for `%`.
///
/// The text is taken as [`lowered`] gives it.
pub(super) fn pieces(lowered: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = lowered;
    while let Some(first) = rest.chars().next() {
        let length = if is_unspaced(first) {
            rest.find(|c| !is_unspaced(c)).unwrap_or(rest.len())
        } else if is_of_word(first) {
            word_length(rest)
        } else {
            first.len_utf8()
        };
        let Some((piece, after)) = rest.split_at_checked(length) else {
            break;
        };
        if is_unspaced(first) || is_of_word(first) || is_relation(first) || first == '%' {
            found.push(piece);
        }
        rest = after;
    }
    found
}

/// How many bytes of a text its first word takes.
fn word_length(text: &str) -> usize {
    let mut before = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((place, c)) = rest.next() {
        let after = rest.peek().map_or(' ', |(_, next)| *next);
        if !is_of_word(c) && !joins(before, c, after) {
            return place;
        }
        before = c;
    }
    text.len()
}

/// Whether a piece counts as a word or as signs: all do but `%`.
pub(super) fn counts(piece: &str) -> bool {
    piece != "%"
}

pub(super) fn has_number(piece: &str) -> bool {
    piece.chars().any(char::is_numeric)
}

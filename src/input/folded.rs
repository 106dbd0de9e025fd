//! Text as it is read: what is not seen makes no difference, nor does the width of its signs.

use unicode_normalization::UnicodeNormalization as _;

/// The most characters of a written answer, as many as its field takes.
pub const MOST_CHARACTERS: usize = 4_000;

/// What is looked at of a text that has more characters than an answer may have.
pub(crate) fn beginning(text: &str) -> &str {
    let text = text.trim();
    text.char_indices()
        .nth(MOST_CHARACTERS)
        .and_then(|(place, _)| text.get(..place))
        .unwrap_or(text)
}

/// Characters that are not seen: they neither count nor make two texts differ.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}'
    ) || (c.is_control() && !c.is_whitespace())
}

/// NFKC, without what is not seen, every run of white space as one space, trimmed.
pub(crate) fn fold(text: &str) -> String {
    folded(text.chars())
}

/// The same in lower case. Both come out as they are when they go in again.
pub(crate) fn fold_lower(text: &str) -> String {
    folded(fold(text).chars().flat_map(char::to_lowercase))
}

fn folded(text: impl Iterator<Item = char>) -> String {
    let mut folded = String::new();
    // What is not seen goes first: it would keep a letter from its mark.
    for c in text.filter(|c| !is_invisible(*c)).nfkc() {
        if !c.is_whitespace() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_comes_out_otherwise_when_it_goes_in_again() {
        for c in '\0'..='\u{2ffff}' {
            for text in [format!("{c}"), format!("i{c}"), format!("{c}\u{301}")] {
                let once = fold_lower(&text);
                assert_eq!(fold_lower(&once), once, "{text:?}");
            }
        }
    }

    #[test]
    fn what_is_not_seen_keeps_no_letter_from_its_mark() {
        assert_eq!(fold("e\u{200b}\u{301}"), "é");
    }

    #[test]
    fn the_beginning_ends_between_two_characters() {
        let long = "é".repeat(5_000);
        assert_eq!(beginning(&long).chars().count(), MOST_CHARACTERS);
        assert_eq!(beginning("  short "), "short");
    }
}

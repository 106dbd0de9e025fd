//! What must not stand in a text as itself: what a terminal obeys, what turns the order of what is
//! read, and what is not seen at all. One list for every line, file and screen that text leaves
//! the house by.

use std::fmt::Write as _;

/// Whether a character is obeyed or not seen, rather than shown: controls, line and paragraph
/// separators, the marks that reorder text, blanks without width, signs that nothing draws.
///
/// The joiners U+200C and U+200D are none of these: Persian, the scripts of India and families of
/// emoji are written with them.
///
/// ```
/// use impulse_audit::journal::is_hidden;
///
/// assert!(is_hidden('\u{1b}') && is_hidden('\u{202e}') && is_hidden('\u{200b}'));
/// assert!(!is_hidden('ü') && !is_hidden(' ') && !is_hidden('\u{200d}'));
/// ```
pub const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        // What a terminal obeys.
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            // What breaks a line where no line feed stands.
            | '\u{2028}'
            | '\u{2029}'
            // What turns the order of what is read.
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            // What nobody sees.
            | '\u{ad}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{2060}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// The text with its hidden characters as `\u{…}`; line feeds stay.
///
/// ```
/// use impulse_audit::journal::shown;
///
/// assert_eq!(shown("a\u{1b}[2J\u{200b}b\nc"), "a\\u{1b}[2J\\u{200b}b\nc");
/// ```
pub fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) && c != '\n' {
            // Writing into a text cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// JSON with its hidden characters as `\uXXXX`, on one line, and nothing lost.
///
/// ```
/// use impulse_audit::journal::json_shown;
///
/// assert_eq!(json_shown("{\"a\":\"\u{9b}\u{200b}\"}"), r#"{"a":"\u009b\u200b"}"#);
/// ```
pub fn json_shown(json: &str) -> String {
    let mut bytes = Vec::with_capacity(json.len());
    push_safe(&mut bytes, json);
    // Whole characters were pushed.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Appends JSON `text` to `line`, safe to print and on one line, and nothing lost.
///
/// In valid JSON the escaped characters stand only within strings, and characters
/// below U+0020 only between tokens, where they mean nothing; those are left out.
pub(super) fn push_safe(line: &mut Vec<u8>, text: &str) {
    let mut buffer = [0_u8; 4];
    for c in text.chars() {
        if c < ' ' {
            continue;
        }
        if is_hidden(c) {
            // Beyond the basic plane JSON writes two of them.
            for unit in c.encode_utf16(&mut [0; 2]) {
                line.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
        } else {
            line.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn deceiving_characters_are_written_as_their_numbers() {
        let text = "\"a\u{7f}\u{85}\u{2028}\u{202e}\u{2066}\u{feff}\u{200b}\u{e0041}z\"";
        let safe = r#""a\u007f\u0085\u2028\u202e\u2066\ufeff\u200b\udb40\udc41z""#;
        assert_eq!(json_shown(text), safe);
    }

    #[test]
    fn layout_between_tokens_is_left_out() {
        assert_eq!(json_shown("{\n\t\"a\": 1\r\n}"), "{\"a\": 1}");
    }

    #[test]
    fn words_of_any_script_are_shown_as_they_are() {
        let words = "Zwei Zeilen — ü\n日本語 עברית می‌خواهم 👩‍💻 é";
        assert_eq!(shown(words), words);
    }

    fn any_text() -> impl Strategy<Value = String> {
        let near = prop_oneof![
            0..=0xff_u32,
            0x600..=0x620_u32,
            0x2000..=0x2070_u32,
            0xfe00..=0xffff_u32,
            0xe_0000..=0xe_0100_u32,
        ];
        let near = near.prop_filter_map("no character", char::from_u32);
        let near = prop::collection::vec(near, 0..12);
        prop_oneof![
            any::<String>(),
            near.prop_map(|chars| chars.into_iter().collect::<String>()),
        ]
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_hidden(text in any_text()) {
            let json = serde_json::to_string(&text).unwrap();
            let safe = json_shown(&json);
            prop_assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text.clone());
            prop_assert!(!safe.chars().any(is_hidden));
            prop_assert!(!shown(&text).chars().any(|c| c != '\n' && is_hidden(c)));
        }
    }
}

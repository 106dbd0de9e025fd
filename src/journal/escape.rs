//! Characters that could deceive a reader of the file are written as `\uXXXX`.

/// Whether `c` must not stand in a line as itself: DEL, C1 controls, the line and
/// paragraph separators, the marks that reorder text, and the byte-order mark.
const fn must_be_escaped(c: char) -> bool {
    matches!(
        c,
        '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// Appends JSON `text` to `line`, safe to print and on one line, and nothing lost.
///
/// In valid JSON the escaped characters stand only within strings, and characters
/// below U+0020 only between tokens, where they mean nothing; those are left out.
pub(super) fn push_safe(line: &mut Vec<u8>, text: &str) {
    let mut buffer = [0_u8; 4];
    for c in text.chars() {
        if must_be_escaped(c) {
            // All of them lie in the basic plane: four hex digits hold each.
            line.extend_from_slice(format!("\\u{:04x}", u32::from(c)).as_bytes());
        } else if c >= ' ' {
            line.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn safe(text: &str) -> String {
        let mut line = Vec::new();
        push_safe(&mut line, text);
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn deceiving_characters_are_written_as_their_numbers() {
        let text = "\"a\u{7f}\u{85}\u{2028}\u{202e}\u{2066}\u{feff}z\"";
        assert_eq!(safe(text), r#""a\u007f\u0085\u2028\u202e\u2066\ufeffz""#);
    }

    #[test]
    fn layout_between_tokens_is_left_out() {
        assert_eq!(safe("{\n\t\"a\": 1\r\n}"), "{\"a\": 1}");
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let safe = safe(&json);
            prop_assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
            prop_assert!(!safe.chars().any(|c| c < ' ' || must_be_escaped(c)));
        }
    }
}

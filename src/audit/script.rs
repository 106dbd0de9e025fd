//! Scripts that are written without spaces between words.

/// Whether a character belongs to Han, Hiragana, Katakana, Thai, Lao, Khmer or Myanmar
/// (blocks of Unicode 16). Hangul has spaces and is not among them.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        // Thai, Lao.
        '\u{0e00}'..='\u{0eff}'
        // Myanmar and its two extensions.
        | '\u{1000}'..='\u{109f}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}'
        // Khmer.
        | '\u{1780}'..='\u{17ff}'
        // Hiragana, Katakana, and the small letters for Ainu.
        | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        // Han: the repetition mark, the blocks, the extensions.
        | '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}'
    )
}

/// Whether at least half of a text's letters belong to such scripts. Digits and marks count
/// for neither side, so a ticker and a price don't decide it.
pub(super) fn letters_without_spaces(text: &str) -> bool {
    let (mut unspaced, mut spaced) = (0_usize, 0_usize);
    for c in text.chars() {
        if is_unspaced(c) {
            unspaced = unspaced.saturating_add(1);
        } else if c.is_alphabetic() {
            spaced = spaced.saturating_add(1);
        }
    }
    unspaced > 0 && unspaced >= spaced
}

//! Scripts: which are written without spaces between words, and what one of their signs weighs
//! beside a word.

/// What three words weigh, and therefore 6 Han signs, 8 Kana or Hangul signs, or 12 of another
/// script without spaces.
pub(super) const THREE_WORDS: usize = 24;
pub(super) const WORD: usize = 8;
/// What one syllable of Hangul weighs, where that is more than the word it stands in.
pub(super) const HANGUL: usize = 3;

/// Whether a character belongs to Han, Hiragana, Katakana, Thai, Lao, Khmer or Myanmar
/// (blocks of Unicode 16). Hangul has spaces and is not among them.
pub(super) fn is_unspaced(c: char) -> bool {
    is_han(c)
        || is_kana(c)
        || matches!(
            c,
            // Thai, Lao.
            '\u{0e00}'..='\u{0eff}'
            // Myanmar and its two extensions.
            | '\u{1000}'..='\u{109f}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}'
            // Khmer.
            | '\u{1780}'..='\u{17ff}'
        )
}

fn is_kana(c: char) -> bool {
    // Hiragana, Katakana, and the small letters for Ainu.
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}')
}

fn is_han(c: char) -> bool {
    // The repetition mark, the blocks, the extensions.
    matches!(
        c,
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}'
    )
}

/// Whether a character is a whole syllable of Hangul.
pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Whether a character is a part of a syllable of Hangul that stands alone: what `ㅋㅋㅋ` and a
/// row of keys leave.
pub(super) fn is_bare_jamo(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}'
        | '\u{d7b0}'..='\u{d7ff}'
    )
}

/// What a text of a script without spaces weighs.
pub(super) fn weight(unspaced: &str) -> usize {
    unspaced
        .chars()
        .filter(|c| c.is_alphabetic())
        .map(|c| match c {
            c if is_han(c) => 4,
            c if is_kana(c) => 3,
            _ => 2,
        })
        .fold(0, usize::saturating_add)
}

/// Whether at least half of a text's letters belong to scripts without spaces. Digits and marks
/// count for neither side, so a ticker and a price don't decide it.
pub(super) fn letters_without_spaces(text: &str) -> bool {
    let (mut unspaced, mut spaced) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if is_unspaced(c) {
            unspaced = unspaced.saturating_add(1);
        } else {
            spaced = spaced.saturating_add(1);
        }
    }
    unspaced > 0 && unspaced >= spaced
}

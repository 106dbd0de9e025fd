//! The pasted share: how much of an answer came from the clipboard.
//!
//! Paste is allowed, since dictation and some input methods write that way; its share is a fact
//! that is recorded. It is measured on the final text: what was pasted and deleted again counts
//! nothing, what was pasted and edited counts as far as it still stands there.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

/// So many characters in a row, found in what was pasted, are taken for pasted. Shorter
/// stretches that agree are common words.
const STRETCH: usize = 8;
/// Pasted characters that are kept for the measure; what is pasted beyond them is not.
const KEPT: usize = 100_000;

/// What was pasted into one answer. Kept with the draft.
///
/// ```
/// use impulse_audit::audit::paste::PastedShare;
/// let mut share = PastedShare::default();
/// share.pasted("a daily close below the range");
/// assert_eq!(share.percent("a daily close below the range"), 100);
/// assert_eq!(share.percent("typed by hand after all"), 0);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PastedShare {
    pieces: Vec<String>,
}

impl PastedShare {
    /// Notes a piece of text that was pasted, by keys or by the middle mouse button.
    pub fn pasted(&mut self, text: &str) {
        let kept = self
            .pieces
            .iter()
            .map(|piece| piece.chars().count())
            .fold(0, usize::saturating_add);
        let piece: String = visible(text).take(KEPT.saturating_sub(kept)).collect();
        if !piece.is_empty() {
            self.pieces.push(piece);
        }
    }

    /// Whether anything was pasted at all.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// How much of the final text is covered by pasted pieces, in whole percent from 0 to 100,
    /// rounded down. White space is not counted, since a field of one line changes it.
    ///
    /// A place is covered where eight characters in a row around it stand in a pasted piece;
    /// the pieces together never cover more characters than were pasted. A piece of fewer than
    /// eight characters covers one place for each time it was pasted.
    pub fn percent(&self, text: &str) -> u8 {
        let text: Vec<char> = visible(text).collect();
        let mut covered = vec![false; text.len()];
        let pieces: Vec<Vec<char>> = self
            .pieces
            .iter()
            .map(|piece| piece.chars().collect())
            .collect();
        let (short, long): (Vec<_>, Vec<_>) = pieces
            .iter()
            .partition(|piece: &&Vec<char>| piece.len() < STRETCH);
        let stretches: HashSet<&[char]> = long
            .iter()
            .flat_map(|piece| piece.windows(STRETCH))
            .collect();
        for (start, stretch) in text.windows(STRETCH).enumerate() {
            if stretches.contains(stretch) {
                cover(&mut covered, start, STRETCH);
            }
        }
        for piece in short {
            let free = text
                .windows(piece.len())
                .enumerate()
                .find(|(start, place)| *place == piece && is_free(&covered, *start, piece.len()));
            if let Some((start, place)) = free {
                cover(&mut covered, start, place.len());
            }
        }
        let pasted = pieces.iter().map(Vec::len).fold(0, usize::saturating_add);
        let standing = covered.iter().filter(|place| **place).count().min(pasted);
        standing
            .saturating_mul(100)
            .checked_div(text.len())
            .and_then(|percent| u8::try_from(percent).ok())
            .unwrap_or(0)
    }
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

fn cover(covered: &mut [bool], start: usize, length: usize) {
    for place in covered.iter_mut().skip(start).take(length) {
        *place = true;
    }
}

fn is_free(covered: &[bool], start: usize, length: usize) -> bool {
    covered.iter().skip(start).take(length).all(|place| !place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(pieces: &[&str], text: &str) -> u8 {
        let mut share = PastedShare::default();
        for piece in pieces {
            share.pasted(piece);
        }
        share.percent(text)
    }

    #[test]
    fn the_share_is_what_still_stands_of_what_was_pasted() {
        for (pieces, text, expected) in [
            (&[][..], "typed by hand", 0),
            (&["anything"][..], "", 0),
            (&["one two three four"][..], "one two three four", 100),
            // 15 of 30 characters that are no white space.
            (
                &["abcdefghijklmno"][..],
                "ABCDE FGHIJ KLMNO abcdefghijklmno",
                50,
            ),
            // Deleted again.
            (&["abcdefghijklmno"][..], "something else entirely", 0),
            // The last five of fifteen deleted: what remains was pasted.
            (&["abcdefghijklmno"][..], "abcdefghij", 100),
            // A word put in its middle: 20 of 23.
            (
                &["abcdefghijklmnopqrst"][..],
                "abcdefghij NEW klmnopqrst",
                86,
            ),
            // Two pieces, one typed character between: 16 of 17.
            (&["abcdefgh", "ijklmnop"][..], "abcdefgh-ijklmnop", 94),
            // White space folded by the field.
            (&["one\ntwo\n\nthree four"][..], "one two three four", 100),
            // Dictation that hands over whole words in several scripts.
            (&["価格が九万を下回る"][..], "価格が九万を下回る", 100),
        ] {
            assert_eq!(percent(pieces, text), expected, "{pieces:?} in {text:?}");
        }
    }

    #[test]
    fn a_short_piece_covers_one_place_for_each_paste() {
        assert_eq!(percent(&["e"], "eeeeeeeeee"), 10);
        assert_eq!(percent(&["e", "e", "e"], "eeeeeeeeee"), 30);
        assert_eq!(percent(&["BTC"], "BTC and BTC"), 33);
    }

    #[test]
    fn text_that_repeats_a_piece_counts_no_more_than_was_pasted() {
        // 10 pasted, typed once more by hand: 10 of 20.
        assert_eq!(percent(&["abcdefghij"], "abcdefghij abcdefghij"), 50);
    }

    #[test]
    fn a_paste_of_white_space_is_none() {
        let mut share = PastedShare::default();
        share.pasted(" \n\t");
        assert!(share.is_empty());
        assert_eq!(share.percent("a word"), 0);
    }

    #[test]
    fn it_goes_on_after_a_draft_was_saved_and_loaded() {
        let mut share = PastedShare::default();
        share.pasted("abcdefghij");
        let saved = serde_json::to_string(&share).unwrap();
        assert_eq!(saved, r#"["abcdefghij"]"#);
        let mut share: PastedShare = serde_json::from_str(&saved).unwrap();
        share.pasted("klmnopqrst");
        assert_eq!(share.percent("abcdefghijklmnopqrst"), 100);
    }

    #[test]
    fn a_paste_of_any_size_is_kept_within_bounds() {
        let mut share = PastedShare::default();
        share.pasted(&"x".repeat(KEPT));
        share.pasted("beyond the bound");
        assert_eq!(share.pieces.len(), 1);
        assert_eq!(share.percent("beyond the bound"), 0);
    }
}

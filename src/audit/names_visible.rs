//! Whether a sentence names something that can be seen: a number, a time, a word of an event.
//! The words stand in `seen_words`.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use super::pieces::{has_number, lowered, pieces};
use super::script::is_unspaced;
use super::visible_words::WORDS;

/// Letters with a mark are met by the bare ones in words of so many letters: shorter words
/// without their marks are often other words (`đáy` and `day`).
const LENIENT_FROM: usize = 5;

static SEEN: LazyLock<Vec<Entry>> = LazyLock::new(|| entries(|words| words.seen));
static BUT_NOT: LazyLock<Vec<Entry>> = LazyLock::new(|| entries(|words| words.but_not));

/// Whether a sentence names something that can be seen on a screen, in one of the common
/// languages of trading: a price or another number, a day or a length of time, or a word of an
/// event such as close, break, funding, news, volume, low, high.
///
/// It is a question to a list of words, so a no only means that the list knows none of them.
/// Only as many characters as an answer may have are looked at.
///
/// ```
/// use impulse_audit::audit::answer::names_what_is_seen;
/// assert!(names_what_is_seen("BOS up on the 15m"));
/// assert!(names_what_is_seen("支持線を割れたら"));
/// assert!(!names_what_is_seen("Nothing can prove me wrong"));
/// ```
pub fn names_what_is_seen(text: &str) -> bool {
    names_one_of(text, &SEEN, &BUT_NOT)
}

fn names_one_of(text: &str, seen: &[Entry], but_not: &[Entry]) -> bool {
    let text = lowered(text);
    let mut unspaced: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut words: Vec<Option<&str>> = pieces(&text).into_iter().map(Some).collect();
    for entry in but_not {
        match entry {
            Entry::Anywhere(signs) => unspaced = unspaced.replace(signs, " "),
            Entry::Words(globs) => strike(&mut words, globs),
        }
    }
    words.iter().flatten().any(|word| has_number(word))
        || seen.iter().any(|entry| match entry {
            Entry::Anywhere(signs) => unspaced.contains(signs),
            Entry::Words(globs) => words.windows(globs.len()).any(|part| is_met(part, globs)),
        })
}

/// Takes out what a phrase meets.
fn strike(words: &mut [Option<&str>], globs: &[Glob]) {
    let ends = words.len().saturating_sub(globs.len());
    for start in 0..=ends {
        if let Some(part) = words.get_mut(start..start.saturating_add(globs.len()))
            && is_met(part, globs)
        {
            part.fill(None);
        }
    }
}

fn is_met(words: &[Option<&str>], globs: &[Glob]) -> bool {
    words
        .iter()
        .zip(globs)
        .all(|(word, glob)| word.is_some_and(|word| glob.meets(word)))
}

#[derive(Debug)]
enum Entry {
    /// Signs of a script without spaces, met anywhere.
    Anywhere(String),
    Words(Vec<Glob>),
}

/// One word of an entry.
#[derive(Debug)]
struct Glob {
    letters: Vec<char>,
    any_before: bool,
    any_after: bool,
    lenient: bool,
}

impl Glob {
    fn of(written: &str) -> Self {
        let letters: Vec<char> = written.trim_matches('*').chars().collect();
        Self {
            any_before: written.starts_with('*'),
            any_after: written.ends_with('*'),
            lenient: letters.len() >= LENIENT_FROM,
            letters,
        }
    }

    fn meets(&self, word: &str) -> bool {
        if !self.any_before {
            return self.meets_from(word);
        }
        word.char_indices()
            .filter_map(|(place, _)| word.split_at_checked(place))
            .any(|(_, rest)| self.meets_from(rest))
    }

    /// Whether the word begins with the letters, and ends there where it must.
    fn meets_from(&self, word: &str) -> bool {
        let mut word = word.chars();
        let begins = self.letters.iter().all(|letter| {
            word.next()
                .is_some_and(|c| c == *letter || (self.lenient && c == bare(*letter)))
        });
        begins && (self.any_after || word.next().is_none())
    }
}

/// A letter without its mark, in scripts where marks are often left out.
fn bare(letter: char) -> char {
    match letter {
        'ı' => 'i',
        'ł' => 'l',
        'đ' => 'd',
        'ø' => 'o',
        'ß' => 's',
        'ة' => 'ه',
        'ى' => 'ي',
        // Latin, Greek, Cyrillic, Arabic. Not Kana, where the mark makes another sound.
        '\u{00c0}'..='\u{06ff}' | '\u{1e00}'..='\u{1fff}' => {
            std::iter::once(letter).nfd().next().unwrap_or(letter)
        }
        letter => letter,
    }
}

fn entries(of: impl Fn(&super::visible_words::Words) -> &'static str) -> Vec<Entry> {
    WORDS
        .iter()
        .flat_map(|words| of(words).split(','))
        .map(lowered)
        .filter(|entry| !entry.is_empty())
        .map(|entry| {
            if entry.chars().any(is_unspaced) {
                Entry::Anywhere(entry)
            } else {
                Entry::Words(entry.split(' ').map(Glob::of).collect())
            }
        })
        .collect()
}

#[cfg(test)]
#[path = "names_visible_tests.rs"]
mod tests;

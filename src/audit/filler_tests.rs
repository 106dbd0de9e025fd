//! What is filler, and the real words that look like it.

use super::*;

#[test]
fn rows_syllables_and_single_letters_are_told_from_words() {
    for (piece, expected) in [
        ("close", Kind::Plain),
        ("94k", Kind::Plain),
        ("12345", Kind::Plain),
        ("<", Kind::Plain),
        ("跌破", Kind::Plain),
        ("i", Kind::Doubtful),
        ("ll", Kind::Doubtful),
        ("papa", Kind::Doubtful),
        ("asdf", Kind::Doubtful),
        ("aaaa", Kind::Filler),
        ("hahaha", Kind::Filler),
        ("asdasd", Kind::Doubtful),
        ("poiuytrewq", Kind::Filler),
        ("azerty", Kind::Filler),
        ("\u{1106}\u{1102}", Kind::Filler),
    ] {
        assert_eq!(kind(piece), expected, "{piece}");
    }
}

#[test]
fn real_words_that_lie_in_a_row_still_count_beside_others() {
    // German "value" and "who", Italian "then" and "three", Russian "about", Danish "outer".
    for word in ["wert", "wer", "poi", "tre", "про", "ytre", "fed", "were"] {
        assert_ne!(kind(word), Kind::Filler, "{word}");
    }
}

#[test]
fn a_piece_is_said_once() {
    for (piece, expected) in [
        ("soooo", "so"),
        ("blabla", "bla"),
        ("hahaha", "ha"),
        ("aaaa", "a"),
        ("1000", "1000"),
        ("5050", "5050"),
        ("跌破跌破", "跌破"),
        ("below", "below"),
    ] {
        assert_eq!(said_once(piece), expected);
    }
}

#[test]
fn counting_goes_by_one_step_in_figures_or_word_by_word() {
    for text in [
        "1 2 3",
        "10 8 6 4",
        "100 200 300",
        "drei vier fünf",
        "five four three",
    ] {
        let pieces: Vec<&str> = text.split(' ').collect();
        assert!(is_counting(&pieces), "{text}");
    }
    for text in [
        "1 2",
        "94000 92500 91000",
        "1 1 1",
        "one two four",
        "1 2 three",
    ] {
        let pieces: Vec<&str> = text.split(' ').collect();
        assert!(!is_counting(&pieces), "{text}");
    }
}

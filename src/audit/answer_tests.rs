//! The checks of the sentences as tables; what they weigh is counted by hand.

use super::*;

#[test]
fn three_words_are_enough_in_any_script_with_spaces() {
    for text in [
        "Close below 94k",
        "  Price   closes\nlower ",
        "ｃｌｏｓｅ ｂｅｌｏｗ ９４ｋ",
        "закреп ниже 94к",
        "지지선 아래로 마감",
        "كسر القاع السابق",
        "सपोर्ट टूट गया",
        // A sign that stands for a word.
        "4h < 94k",
        "94k → 92k → 90k",
        // Short words beside a plain one, and a value in a row on a German keyboard.
        "LL on 4h",
        "Wert unter 94k",
    ] {
        assert_eq!(check_written(text), Ok(()), "{text}");
    }
}

#[test]
fn six_han_signs_or_eight_of_kana_or_hangul_are_enough() {
    for (enough, short) in [
        ("收盘跌破支撑", "收盘跌破位"),
        // 8 × 3 and 7 × 3 of 24.
        ("ラインをわったら", "ラインをわった"),
        ("전저점이탈하면서", "전저점이탈하면"),
        // 12 × 2 and 10 × 2; marks above the letters are no signs of their own.
        ("แท่งปิดใต้แนวรับ", "แท่งปิดใต้"),
        // 4 Han signs and a number are three words, 3 are less.
        ("94k破了就走", "94k破了走"),
    ] {
        assert_eq!(check_written(enough), Ok(()), "{enough}");
        assert!(
            matches!(
                check_written(short),
                Err(AnswerProblem::TooFewCharacters | AnswerProblem::TooFewWords { .. })
            ),
            "{short}"
        );
    }
}

#[test]
fn the_same_word_over_and_over_is_one_word() {
    let few = |words| Err(AnswerProblem::TooFewWords { words });
    for (text, expected) in [
        ("wrong Wrong WRONG wrong, (wrong) wrong!", few(1)),
        ("price falls price falls price falls", few(2)),
        ("priiice price priiiiiice falls falls", few(2)),
        ("blah blah", few(1)),
        ("bla blabla blablabla", few(1)),
        ("supercalifragilisticexpialidocious", few(1)),
        ("跌破跌破跌破跌破", Err(AnswerProblem::TooFewCharacters)),
        ("啊啊啊啊啊啊啊", Err(AnswerProblem::TooFewCharacters)),
        // A price with noughts is its own number.
        ("100 or 1000", Ok(())),
    ] {
        assert_eq!(check_written(text), expected, "{text}");
    }
}

#[test]
fn what_has_no_words_is_no_answer() {
    for text in [
        "aa bb cc dd ee",
        "asdf jkl; asdf jkl;",
        "qwertz uiopü",
        "йцукен фыва олдж",
        "ㅁㄴㅇㄹ ㅁㄴㅇㄹ ㅁㄴㅇㄹ",
        "q w e r t y",
        "abc def ghi",
        "あいうえおかきくけこ",
        "lalala hahaha hihihi",
        "… — … — !!!",
        "🚀🚀🚀 🌕",
        "12345 67890 1234",
    ] {
        assert_eq!(check_written(text), Err(AnswerProblem::NoWords), "{text}");
    }
    for text in ["1 2 3 4 5", "50 40 30", "one two three", "три четыре пять"] {
        assert_eq!(check_written(text), Err(AnswerProblem::Counting), "{text}");
    }
    // Prices in a row are what somebody watches.
    assert_eq!(check_written("94000 93000 92000"), Ok(()));
}

#[test]
fn nothing_to_be_seen_is_empty() {
    for text in ["", "   ", "\n\t", "\u{3000}", "\u{200b}\u{feff}"] {
        assert_eq!(check_written(text), Err(AnswerProblem::Empty), "{text:?}");
    }
}

#[test]
fn four_thousand_characters_are_the_most() {
    let long = |length: usize| format!("{:x<length$}", "close below ");
    assert_eq!(check_written(&long(4_001)), Err(AnswerProblem::TooLong));
    assert_ne!(check_written(&long(4_000)), Err(AnswerProblem::TooLong));
    let padded = format!("  close below 94k{}", " ".repeat(5_000));
    assert_eq!(check_written(&padded), Ok(()));
}

#[test]
fn a_length_is_counted_as_its_script_is() {
    for (text, expected) in [
        (
            "The 4-hour close back under 96,200 with open interest still rising",
            Length::Words(11),
        ),
        (" — ! ", Length::Words(0)),
        ("지지선 아래로 마감", Length::Words(3)),
        ("日线收盘跌破支撑位", Length::Characters(9)),
        ("BTCが95000を割って引けたら", Length::Characters(9)),
    ] {
        assert_eq!(length(text), expected, "{text}");
    }
}

#[test]
fn the_question_is_no_answer_in_any_of_its_wordings() {
    for asked in QuestionVariant::all_words(Question::Wrong) {
        assert_eq!(
            check_first(asked.heading),
            Err(AnswerProblem::TheQuestion),
            "{}",
            asked.heading
        );
    }
    for asked in QuestionVariant::all_words(Question::Nothing) {
        for line in [asked.heading, asked.help] {
            assert_eq!(
                check_second(line, "Close below 94k"),
                Err(AnswerProblem::TheQuestion),
                "{line}"
            );
        }
    }
    for text in ["if I were wrong", "What would I see, if I were wrong"] {
        assert_eq!(check_first(text), Err(AnswerProblem::TheQuestion), "{text}");
    }
    assert_eq!(
        check_second("I am willing to do nothing", "Close below 94k"),
        Err(AnswerProblem::TheQuestion)
    );
    assert_eq!(check_first("I would see a close below 94k"), Ok(()));
}

#[test]
fn the_second_answer_is_not_the_first_again() {
    let first = "The daily close falls back under 96,200 this week";
    for (second, expected) in [
        (first, Err(AnswerProblem::SameAsOther)),
        // Another price makes no reason of it.
        (
            "the daily  close falls back under 94,500 this WEEK",
            Err(AnswerProblem::SameAsOther),
        ),
        ("I am tired and the next week brings another chance", Ok(())),
        ("no edge here", Ok(())),
        ("", Err(AnswerProblem::Empty)),
    ] {
        assert_eq!(check_second(second, first), expected, "{second}");
    }
    let nearly = check_second(
        "The daily close falls back under 96,200 this week too",
        first,
    );
    assert!(
        matches!(nearly, Err(AnswerProblem::TooSimilar { permille }) if (850..1000).contains(&permille)),
        "{nearly:?}"
    );
}

#[test]
fn problems_say_what_to_write() {
    for (text, expected) in [
        (
            "too short",
            "This answer needs three different words; you have 2.",
        ),
        (
            "跌破",
            "This answer is too short: write at least 6 Han characters, 8 Kana, or 12 of another script without spaces.",
        ),
        (
            "asdf asdf",
            "There are no words in this. Write one sentence here, in your own words.",
        ),
    ] {
        assert_eq!(check_written(text).unwrap_err().to_string(), expected);
    }
    let most = AnswerProblem::TooLong.to_string().replace(',', "");
    assert!(most.contains(&MOST_CHARACTERS.to_string()), "{most}");
}

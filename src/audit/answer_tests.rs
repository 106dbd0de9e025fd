//! The checks of the sentences as tables; counts are made by hand.

use super::*;

#[test]
fn twenty_five_characters_and_five_words_are_enough() {
    for text in [
        // 25 characters, 5 words.
        "It closes under the range",
        "The 4-hour close back under 96,200 with open interest still rising",
        "  Price   closes\nback under the old range ",
        "Дневное закрытие ниже уровня девяносто тысяч",
        "일봉이 구만 달러 아래에서 다시 한 번 마감하고 거래량이 늘어난다",
        "Ich sähe einen Schluss unter dem Tief",
        "ｔｈｅ ｄａｉｌｙ ｃｌｏｓｅ ｆａｌｌｓ ｂａｃｋ",
        // 12 characters without spaces.
        "日足が九万ドルを下回った",
        "价格收盘跌破九万四千美元",
        "ราคาปิดต่ำกว่าแนวรับ",
        "ລາຄາປິດຕ່ຳກວ່າແນວຮັບ",
        "តម្លៃបិទក្រោមកម្រិត",
        "ဈေးနှုန်းကျဆင်းသည်",
        "BTCが95000を割って引けたら誤り",
    ] {
        assert_eq!(check_written(text), Ok(()), "{text}");
    }
}

#[test]
fn what_is_short_is_told_how_much_is_needed() {
    let short = |characters, needed| Err(AnswerProblem::TooShort { characters, needed });
    for (text, expected) in [
        // 24 characters.
        ("It closes under a rangee", short(24, 25)),
        ("a", short(1, 25)),
        ("one     two", short(7, 25)),
        // A run counts as three: 4 × (3 + 1) − 1.
        ("aaaaaaaa bbbbbbbbb cccccccc dddddddd", short(15, 25)),
        ("I see a b c!!!!!!!!!!!!!!!!!!!!!!!", short(14, 25)),
        (".........................", short(3, 25)),
        ("日足が九万ドルを下回る", short(11, 12)),
        ("ああああああああああああああ", short(3, 12)),
        ("\u{200b}a\u{200b}\u{200b}\u{200b}b", short(2, 25)),
    ] {
        assert_eq!(check_written(text), expected, "{text}");
    }
}

#[test]
fn the_same_word_over_and_over_is_one_word() {
    let few = |words| Err(AnswerProblem::TooFewWords { words, needed: 5 });
    for (text, expected) in [
        ("wrong Wrong WRONG wrong, (wrong) wrong!", few(1)),
        // 3 letters and a space nine times: one letter in many lengths is one word.
        ("aaa aaaa aaaaa aaaaaa aaa aaa aaa aaa aaa", few(1)),
        ("price falls price falls price falls", few(2)),
        ("priiice price priiiiiice falls falls under", few(3)),
        ("— … — … — … — … — … — … — … — … —", few(0)),
        ("supercalifragilisticexpialidocious", few(1)),
        ("94000 95000 96000 closing below", Ok(())),
    ] {
        assert_eq!(check_written(text), expected, "{text}");
    }
}

#[test]
fn nothing_to_be_seen_is_empty() {
    for text in ["", "   ", "\n\t", "\u{3000}", "\u{200b}\u{feff}"] {
        assert_eq!(check_written(text), Err(AnswerProblem::Empty), "{text:?}");
    }
}

#[test]
fn words_are_counted_as_under_the_field_of_the_picture() {
    let text = "The 4-hour close back under 96,200 with open interest still rising";
    assert_eq!(word_count(text), 11);
    assert_eq!(word_count(" — ! "), 0);
}

#[test]
fn the_second_answer_is_not_the_first_again() {
    let first = "The daily close falls back under 96,200 this week";
    for (second, expected) in [
        (first, Err(AnswerProblem::SameAsOther)),
        (
            "the daily  close falls back under 94,500 this WEEK",
            Err(AnswerProblem::SameAsOther),
        ),
        ("I am tired and the next week brings another chance", Ok(())),
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
fn problems_are_said_with_their_numbers() {
    assert_eq!(
        check_written("too short").unwrap_err().to_string(),
        "This answer needs 25 characters; you have 9."
    );
    assert_eq!(
        check_written("wrong wrong wrong wrong wrong")
            .unwrap_err()
            .to_string(),
        "This answer needs 5 different words; you have 1."
    );
}

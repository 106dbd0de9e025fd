//! The checks of the pause as tables; counts are made by hand.

use super::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

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

#[test]
fn an_invalidation_on_the_losing_side_is_taken() {
    for (losing, entry, mark, price) in [
        (LosingSide::Below, "100000", Some("100000"), "94000"),
        (LosingSide::Below, "100000", None, "99999.9"),
        (LosingSide::Below, "100000", Some("94000.1"), "94000"),
        // A tenth and ten times are not more than ten times away.
        (LosingSide::Below, "100000", None, "10000"),
        (LosingSide::Above, "100", None, "1000"),
        (LosingSide::Above, "2000", Some("1900"), "2100"),
        // The mark has gone the other way.
        (LosingSide::Below, "100", Some("2000"), "90"),
    ] {
        let taken = check_invalidation(losing, decimal(entry), mark.map(decimal), decimal(price));
        assert_eq!(taken, Ok(()), "{losing:?} {entry} {price}");
    }
}

#[test]
fn an_impossible_invalidation_is_explained_and_never_suggested() {
    for (losing, entry, mark, price, sentence) in [
        (
            LosingSide::Below,
            "100000",
            None,
            "105000",
            "105,000 is above your entry of 100,000, where this position gains; write a price below the entry, where it loses.",
        ),
        (
            LosingSide::Above,
            "2000",
            None,
            "1900",
            "1,900 is below your entry of 2,000, where this position gains; write a price above the entry, where it loses.",
        ),
        (
            LosingSide::Below,
            "100000",
            None,
            "100000.0",
            "100,000 is your entry itself, where nothing has moved yet; write the price below it at which the idea is wrong.",
        ),
        (
            LosingSide::Below,
            "100000",
            None,
            "9999.9",
            "9,999.9 is more than ten times away from your entry of 100,000; look at its digits and write the price at which the idea is wrong.",
        ),
        (
            LosingSide::Above,
            "100",
            None,
            "1000.01",
            "1,000.01 is more than ten times away from your entry of 100; look at its digits and write the price at which the idea is wrong.",
        ),
        (
            LosingSide::Below,
            "100000",
            Some("93500"),
            "94000",
            "The mark of 93,500 has already reached 94,000, so by this price the idea is wrong now; write a price below the mark, or do nothing.",
        ),
        (
            LosingSide::Above,
            "2000",
            Some("2100"),
            "2100",
            "The mark of 2,100 has already reached 2,100, so by this price the idea is wrong now; write a price above the mark, or do nothing.",
        ),
        (
            LosingSide::Below,
            "100",
            None,
            "0",
            "Zero is no price that can be traded; write the price at which the idea is wrong.",
        ),
    ] {
        let problem = check_invalidation(losing, decimal(entry), mark.map(decimal), decimal(price));
        assert_eq!(problem.unwrap_err().to_string(), sentence);
    }
}

#[test]
fn prices_at_the_edge_of_what_can_be_counted_do_not_overflow() {
    let largest = Decimal::MAX;
    assert_eq!(
        check_invalidation(
            LosingSide::Above,
            decimal("79228162514264337593543950334"),
            None,
            largest
        ),
        Ok(())
    );
    assert!(matches!(
        check_invalidation(LosingSide::Below, largest, None, Decimal::ONE),
        Err(InvalidationProblem::TooFar { .. })
    ));
}

#[test]
fn an_accepted_loss_is_an_amount_or_a_share_of_the_account() {
    let number = |value, suffix| Number {
        value: decimal(value),
        suffix,
    };
    let percent = Some(Suffix::Percent);
    for (written, amount, share) in [
        (number("500", None), "500", None),
        (number("10490", None), "10490", None),
        (number("2", percent), "209.8", Some("2")),
        (number("0.5", percent), "52.45", Some("0.5")),
        (number("100", percent), "10490", Some("100")),
    ] {
        let expected = AcceptedLoss {
            amount: decimal(amount),
            percent: share.map(decimal),
        };
        assert_eq!(check_accepted_loss(written, decimal("10490")), Ok(expected));
    }
}

#[test]
fn an_accepted_loss_that_cannot_be_is_explained() {
    let number = |value, suffix| Number {
        value: decimal(value),
        suffix,
    };
    for (written, equity, sentence) in [
        (
            number("0", None),
            "10000",
            "Every trade can lose something; write an amount above zero.",
        ),
        (
            number("10000.01", None),
            "10000",
            "The account holds 10,000.00, so 10,000.01 can't be lost from it; write the most that you accept of what is there.",
        ),
        (
            number("100.5", Some(Suffix::Percent)),
            "10000",
            "100.5 % is more than the whole account; write 100 % or less, or an amount.",
        ),
        (
            number("5", None),
            "0",
            "The account holds nothing now, so no loss can be set against it; bring its wallet balance up to date.",
        ),
        (
            number("10", Some(Suffix::Times)),
            "10000",
            "Write an amount, or a percent of the account such as 2 %.",
        ),
    ] {
        let problem = check_accepted_loss(written, decimal(equity)).unwrap_err();
        assert_eq!(problem.to_string(), sentence);
    }
}

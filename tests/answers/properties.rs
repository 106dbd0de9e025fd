//! What holds for every answer, however odd.

use std::time::{Duration, Instant};

use impulse_audit::audit::answer::{
    AnswerProblem, check_first, check_second, check_written, length, names_what_is_seen,
};
use impulse_audit::audit::similarity::{EarlierAnswer, compare, normalised};
use proptest::prelude::*;

use crate::first;
use crate::lists::{Verdict, listed};
use impulse_audit::market::AuditId;

/// An answer of any of the lists.
fn any_listed() -> impl Strategy<Value = String> {
    let names = [
        "pass.txt",
        "refuse.txt",
        "reasons.txt",
        "held_out.txt",
        "held_out_again.txt",
        "held_out_last.txt",
    ];
    let answers: Vec<String> = names
        .into_iter()
        .flat_map(listed)
        .map(|listed| listed.answer)
        .collect();
    proptest::sample::select(answers)
}

/// Texts of many scripts, directions and pictures, with words of the trade among them.
fn odd() -> impl Strategy<Value = String> {
    let pieces = vec![
        "close",
        "94,000",
        "94k",
        "４ｈ",
        "跌破",
        "終値",
        "마감",
        "ㅋ",
        "إغلاق",
        "\u{202e}",
        "\u{200f}",
        "\u{200d}",
        "👩‍👩‍👧",
        "🇩🇪",
        "1️⃣",
        "\u{301}",
        "\u{feff}",
        "İ",
        "ß",
        "ﬁ",
        "ǅ",
        "Ⅷ",
        "½",
        "٣",
        "๙",
        "\u{1f600}",
        "\0",
        "\u{7f}",
        " ",
        "\u{3000}",
        "\n",
        "<",
        "≤",
        "%",
        "100%",
        "'",
        "’",
        ".",
        "/",
        ",",
        ":",
        "a",
        "ll",
        "aaaa",
        "asdf",
        "हैं",
        "แท่ง",
        "\u{10ffff}",
        "ﷺ",
        "가",
        "\u{1100}",
        "*",
    ];
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(proptest::sample::select(pieces), 0..24)
            .prop_map(|pieces| pieces.concat()),
        any_listed(),
    ]
}

/// Digits as they stand on the keys of an input method for Chinese or Japanese.
fn in_full_width(text: &str) -> String {
    let wide = |c: char| {
        c.to_digit(10)
            .and_then(|digit| char::from_u32(0xff10 + digit))
            .unwrap_or(c)
    };
    text.chars().map(wide).collect()
}

proptest! {
    #[test]
    fn no_answer_panics_and_none_passes_as_its_own_reason(text in odd()) {
        let written = check_written(&text);
        let _ = (names_what_is_seen(&text), length(&text));
        match check_second(&text, &text) {
            Ok(()) => prop_assert!(false, "{} passed twice", text),
            Err(problem) => prop_assert!(problem.to_string().ends_with('.')),
        }
        if text.trim().is_empty() {
            prop_assert_eq!(written, Err(AnswerProblem::Empty));
        }
        if check_first(&text).is_ok() {
            prop_assert_eq!(written, Ok(()));
        }
    }

    #[test]
    fn normalising_twice_is_normalising_once(text in odd()) {
        let once = normalised(&text);
        prop_assert_eq!(normalised(&once), once);
    }

    #[test]
    fn white_space_around_and_digits_in_full_width_change_no_verdict(
        text in odd(),
        before in "[ \\t\\n\u{3000}]{0,9}",
        after in "[ \\t\\n\u{3000}]{0,9}",
    ) {
        let verdict = first(&text);
        let spaced = format!("{before}{text}{after}");
        prop_assert_eq!(first(&spaced), verdict, "{:?}", spaced);
        let wide = in_full_width(&text);
        prop_assert_eq!(first(&wide), verdict, "{:?}", wide);
        prop_assert_eq!(first(&text.replace(' ', "  ")), verdict);
    }

    #[test]
    fn capitals_change_no_verdict(answer in any_listed()) {
        // The one list is written as people write; the other as they shout.
        prop_assert_eq!(first(&answer.to_uppercase()), first(&answer), "{}", answer);
    }

    #[test]
    fn padding_makes_no_answer_of_two_words(
        text in "[a-z]{2,8} [a-z]{2,8}",
        pad in proptest::sample::select(vec!['.', 'z', ' ', '\u{200b}', '!', '🚀']),
        times in 0_usize..60,
    ) {
        let padded: String = text.chars().chain(std::iter::repeat_n(pad, times)).collect();
        prop_assert!(check_written(&padded).is_err(), "{}", padded);
    }
}

#[test]
fn a_megabyte_is_judged_at_once() {
    for piece in [
        "a", "now ", "跌", "1 ", "🚀", "\u{202e}", "\u{301}", "ab", "< ", "ﷺ",
    ] {
        let long = piece.repeat(1_000_000_usize.div_ceil(piece.len()));
        let began = Instant::now();
        assert_eq!(first(&long), Verdict::None);
        let _ = names_what_is_seen(&long);
        let earlier = [EarlierAnswer::new(AuditId::fresh(), "Close below 94k", "")];
        let _ = compare(&long, &earlier);
        let took = began.elapsed();

        assert!(took < Duration::from_secs(5), "{piece:?}: {took:?}");
    }
}

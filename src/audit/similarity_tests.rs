//! Rubber stamps, with coefficients counted by hand.

use super::*;
use crate::market::AuditId;

fn earlier(text: &str) -> EarlierAnswer {
    EarlierAnswer::new(AuditId::from_u128(0), text, "You did nothing.")
}

fn dice(one: &str, other: &str) -> Dice {
    Fingerprint::of(one).dice(&Fingerprint::of(other))
}

#[test]
fn case_width_digits_and_white_space_make_no_difference() {
    for (text, expected) in [
        ("  The Close \t\n under  ", "the close under"),
        ("Ｔｈｅ ｃｌｏｓｅ", "the close"),
        ("at 96200 or 5", "at # or #"),
        ("at ９６２００", "at #"),
        ("at ٩٦٢٠٠ now", "at # now"),
        ("at 96,200.5", "at #,#.#"),
        ("the\u{200b} clo\u{ad}se", "the close"),
        ("ﬁve", "five"),
        (" \u{3000}\u{200b}", ""),
    ] {
        assert_eq!(normalised(text), expected, "{text:?}");
    }
}

#[test]
fn the_coefficient_is_the_one_counted_by_hand() {
    // "abcd": "  a" " ab" "abc" "bcd" "cd " and "abce": "  a" " ab" "abc" "bce" "ce ":
    // three of five and five are shared.
    assert_eq!(dice("abcd", "abce").permille(), 600);
    assert_eq!(dice("abcd", "ABCD").permille(), 1000);
    assert_eq!(dice("abcd", "wxyz").permille(), 0);
    // "aaaa": "  a" " aa" "aaa" "aaa" "aa ", "aaa": "  a" " aa" "aaa" "aa ": four shared of
    // five and four. A set instead of a multiset would say 1000.
    assert_eq!(dice("aaaa", "aaa").permille(), 888);
    assert_eq!(dice("", "").permille(), 0);
    assert_eq!(dice("", "abc").permille(), 0);
    assert!(!dice("", "").is_at_least(0));
}

#[test]
fn the_bounds_belong_to_the_upper_kind_exactly() {
    // 17 of 20 and 20 trigrams are 0.85; 14 of 20 and 20 are 0.70.
    let fraction = |shared, all| Dice { shared, all };
    assert!(fraction(17, 40).is_at_least(REPEATS_FROM));
    assert!(!fraction(16_999, 40_000).is_at_least(REPEATS_FROM));
    assert!(fraction(14, 40).is_at_least(RESEMBLES_FROM));
    assert!(!fraction(13_999, 40_000).is_at_least(RESEMBLES_FROM));
}

#[test]
fn an_answer_with_the_same_price_repeats_the_old_one_however_it_is_spelled() {
    let old = [earlier("A daily close back under 96,200 with volume")];
    let Likeness::Repeats { earlier, permille } =
        compare("a daily close back under 96.200 with volume", &old)
    else {
        panic!("it is the same sentence with the same price");
    };
    // The comma and the full stop differ: 3 trigrams of 41, so 2 × 38 / 82.
    assert_eq!(permille, 926);
    assert_eq!(earlier.ended(), "You did nothing.");
}

#[test]
fn her_rule_at_another_price_is_no_repetition() {
    let old = [earlier("Daily close below 94k")];
    assert_eq!(compare("Daily close below 93k", &old), Likeness::New);
    assert_eq!(
        compare("日线收盘跌破94000", &[earlier("日线收盘跌破95000")]),
        Likeness::New
    );
    // A length of time is no price.
    let old = [earlier("The 4h close is back in the range")];
    let again = compare("The 1h close is back in the range", &old);
    assert!(matches!(again, Likeness::Repeats { permille: 1000, .. }));
}

#[test]
fn a_half_changed_answer_resembles_and_an_own_one_is_new() {
    // 41 characters each, so 42 trigrams. The last nine characters differ: of the trigrams 32
    // are shared (those that end in the first 32 characters), 64 / 84 = 0.761.
    let old = [earlier("abcdefghijklmnopqrstuvwxyzäöüßéèABCdefxyz")];
    let text = "abcdefghijklmnopqrstuvwxyzäöüßéèQQQqqqqqq";
    assert!(matches!(
        compare(text, &old),
        Likeness::Resembles { permille: 761, .. }
    ));
    let own = compare("Funding turns negative for two days", &old);
    assert_eq!(own, Likeness::New);
    assert_eq!(own.sentence(), None);
}

#[test]
fn the_most_alike_is_named_and_the_newest_of_equals() {
    let answer = |id: u128, text| EarlierAnswer::new(AuditId::from_u128(id), text, "It expired.");
    let text = "the weekly close is back inside the range";
    let old = [
        answer(1, "nothing of the kind at all, quite other words"),
        answer(2, "the weekly close is back inside the ranges"),
        answer(3, text),
        answer(4, text),
    ];
    let Likeness::Repeats { earlier, .. } = compare(text, &old) else {
        panic!("it was written twice before");
    };
    assert_eq!(earlier.id(), AuditId::from_u128(3));
}

#[test]
fn only_the_last_fifty_answers_are_compared() {
    let text = "the weekly close is back inside the range";
    let mut old: Vec<_> = (0..49)
        .map(|_| earlier("something else entirely"))
        .collect();
    old.push(earlier(text));
    assert!(matches!(compare(text, &old), Likeness::Repeats { .. }));
    old.insert(0, earlier("something else entirely"));
    assert_eq!(compare(text, &old), Likeness::New);
}

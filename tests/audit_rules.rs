//! The rules of the audit as properties: reading numbers, comparing answers, counting looks and
//! pastes.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a failed unwrap or index is a failed test here"
)]

use std::collections::HashMap;
use std::time::Duration;

use impulse_audit::audit::answer::{LosingSide, check_accepted_loss, check_invalidation};
use impulse_audit::audit::answer_stamp::{AnswerStamp, NamesVisible, Verdict};
use impulse_audit::audit::looks::LooksAway;
use impulse_audit::audit::paste::PastedShare;
use impulse_audit::audit::similarity::{EarlierAnswer, Fingerprint, Likeness, compare, normalised};
use impulse_audit::engine::Money;
use impulse_audit::input::figures;
use impulse_audit::input::number::{
    Number, NumberReading, Suffix, Unit, format, format_unmistakably, read, read_in,
};
use impulse_audit::market::AuditId;
use proptest::prelude::*;
use rust_decimal::Decimal;

const UNITS: [Unit; 6] = [
    Unit::Price,
    Unit::Quantity,
    Unit::Money,
    Unit::MoneyOrPercent,
    Unit::Leverage,
    Unit::Percent,
];

/// Any value that is not negative and can be held exactly.
fn value() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (0_i128..10_000_000, 0_u32..6),
        (0_i128..79_228_162_514_264_337_593_543_950_335, 0_u32..=28),
    ]
    .prop_map(|(mantissa, scale)| Decimal::from_i128_with_scale(mantissa, scale))
}

/// Texts near to numbers: signs that a careless reader trips over.
fn almost_a_number() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        proptest::sample::select(vec![
            "0", "1", "5", "9", "00", "000", "123", ".", ",", " ", "'", "’", "\u{a0}", "\u{202f}",
            "-", "−", "+", "$", "€", "₿", "%", "٪", "x", "×", "k", "m", "e", "E", "NaN", "inf",
            "٣", "۴", "٫", "٬", "５", "．", "，", "USDT", "BTC", "(", ")", "\u{200f}", "é", "🙂",
        ]),
        0..12,
    )
    .prop_map(|parts| parts.concat())
}

/// Dice's coefficient the slow way: trigrams as strings, counted in maps, as a fraction.
fn slow_dice(one: &str, other: &str) -> (usize, usize) {
    let count = |text: &str| {
        let normal = normalised(text);
        let mut counts: HashMap<String, usize> = HashMap::new();
        if !normal.is_empty() {
            let padded: Vec<char> = format!("  {normal} ").chars().collect();
            for trigram in padded.windows(3) {
                *counts.entry(trigram.iter().collect()).or_default() += 1;
            }
        }
        counts
    };
    let (one, other) = (count(one), count(other));
    let shared: usize = one
        .iter()
        .map(|(trigram, times)| *times.min(other.get(trigram).unwrap_or(&0)))
        .sum();
    (
        2 * shared,
        one.values().sum::<usize>() + other.values().sum::<usize>(),
    )
}

fn earlier(text: &str) -> EarlierAnswer {
    EarlierAnswer::new(AuditId::fresh(), text, "You did nothing.")
}

proptest! {
    #[test]
    fn what_is_echoed_is_read_back_as_the_same_number(value in value()) {
        match read(&format(value), Unit::Money) {
            NumberReading::Exact(number) => prop_assert_eq!(number.value, value),
            NumberReading::TwoWays(grouped, decimal) => {
                prop_assert!(grouped.value == value || decimal.value == value);
            }
            other => prop_assert!(false, "{} gave {other:?}", format(value)),
        }
    }

    #[test]
    fn what_is_offered_as_a_choice_has_one_reading(value in value()) {
        let choice = format_unmistakably(value);
        let exact = NumberReading::Exact(Number { value, suffix: None });
        prop_assert_eq!(read(&choice, Unit::Money), exact, "{}", choice);
    }

    #[test]
    fn swapping_point_and_comma_swaps_nothing_in_the_meaning(value in value()) {
        let swapped: String = format(value)
            .chars()
            .map(|c| match c { ',' => '.', '.' => ',', c => c })
            .collect();
        prop_assert_eq!(read(&swapped, Unit::Money), read(&format(value), Unit::Money));
    }

    #[test]
    fn digits_of_every_script_mean_the_same(value in value()) {
        let text = format(value);
        let shifted = |zero: u32| -> String {
            text.chars()
                .map(|c| c.to_digit(10).map_or(c, |d| char::from_u32(zero + d).unwrap()))
                .collect()
        };
        let expected = read(&text, Unit::Money);
        for zero in [0xff10, 0x0660, 0x06f0] {
            prop_assert_eq!(read(&shifted(zero), Unit::Money), expected.clone());
        }
    }

    #[test]
    fn two_readings_differ_by_exactly_a_thousand_times(
        first in 1_u32..1000,
        last in 0_u32..1000,
        mark in prop_oneof![Just('.'), Just(',')],
    ) {
        let text = std::format!("{first}{mark}{last:03}");
        let NumberReading::TwoWays(grouped, decimal) = read(&text, Unit::Price) else {
            return Err(TestCaseError::fail(text));
        };
        prop_assert_eq!(grouped.value, Decimal::from(first * 1000 + last));
        prop_assert_eq!(decimal.value * Decimal::ONE_THOUSAND, grouped.value);
    }

    #[test]
    fn no_text_panics_and_no_number_is_negative(
        text in prop_oneof![any::<String>(), almost_a_number()],
        asset in prop_oneof![Just("USDT"), Just("BTC"), Just("")],
    ) {
        for unit in UNITS {
            for reading in [read(&text, unit), read_in(&text, unit, asset)] {
                let numbers = match &reading {
                    NumberReading::Exact(one) => vec![*one],
                    NumberReading::TwoWays(one, two) => {
                        prop_assert_ne!(one.value, two.value);
                        vec![*one, *two]
                    }
                    NumberReading::Refused(error) => {
                        prop_assert!(error.to_string().ends_with('.'));
                        vec![]
                    }
                    NumberReading::Empty => vec![],
                };
                for number in numbers {
                    prop_assert!(!number.value.is_sign_negative());
                    prop_assert!(!text.contains('-') && !text.contains('−'), "{}", text);
                }
            }
        }
    }

    #[test]
    fn money_is_rounded_to_the_nearest_hundredth(value in value()) {
        // Below 10¹⁹ two decimals more can still be parsed back.
        prop_assume!(value >= Decimal::ONE && value < Decimal::from(10_u64.pow(19)));
        let shown = figures::money(Money::new(value)).replace(',', "");
        let (_, decimals) = shown.split_once('.').unwrap();
        let whole = value.trunc().to_string().len();
        prop_assert!(decimals.len() >= 2 && decimals.len() <= 5_usize.saturating_sub(whole).max(2));
        let shown = Decimal::from_str_exact(&shown).unwrap();
        prop_assert!((shown - value).abs() <= Decimal::new(5, 3));
    }

    #[test]
    fn the_quick_coefficient_is_the_slow_one(one in "[ab c0]{0,30}", other in "[ab c0é]{0,30}") {
        let (shared, all) = slow_dice(&one, &other);
        let dice = Fingerprint::of(&one).dice(&Fingerprint::of(&other));
        let permille = (shared * 1000).checked_div(all).unwrap_or(0);
        prop_assert_eq!(usize::from(dice.permille()), permille);
        prop_assert_eq!(dice.is_at_least(850), all > 0 && shared * 100 >= all * 85);
        prop_assert_eq!(dice.is_at_least(700), all > 0 && shared * 10 >= all * 7);
        prop_assert_eq!(dice, Fingerprint::of(&other).dice(&Fingerprint::of(&one)));
    }

    #[test]
    fn an_answer_repeats_itself_in_any_case_and_is_her_rule_at_any_other_price(
        words in "[a-z]{3,9}( [a-z]{3,9}){4,9}",
        old in 1_u32..1_000_000,
        new in 1_u32..1_000_000,
    ) {
        let before = [earlier(&std::format!("{words} at {old}"))];
        let text = std::format!("  {} AT {new}", words.to_uppercase());
        let is_the_same = matches!(compare(&text, &before), Likeness::Repeats { permille: 1000, .. });
        prop_assert_eq!(is_the_same, old == new);
        if old != new {
            prop_assert_eq!(compare(&text, &before), Likeness::New);
        }
    }

    #[test]
    fn a_length_of_time_makes_no_rule_of_a_rubber_stamp(
        words in "[a-z]{3,9}( [a-z]{3,9}){4,9}",
        old in 1_u32..1_000,
        new in 1_u32..1_000,
        unit in proptest::sample::select(vec!["h", "m", " days", "d", " hours", "%", "x"]),
    ) {
        let before = [earlier(&std::format!("{words} {old}{unit}"))];
        let text = std::format!("{words} {new}{unit}");
        let is_the_same = matches!(compare(&text, &before), Likeness::Repeats { permille: 1000, .. });
        prop_assert!(is_the_same, "{}", text);
    }

    #[test]
    fn nobody_is_held_up_more_than_three_times_and_nothing_empty_passes(
        handed_in in proptest::collection::vec(
            (prop_oneof![Just("\u{200b} "), Just("the same again")], any::<bool>()),
            0..20,
        ),
    ) {
        let old = [earlier("the same again")];
        let mut stamp = AnswerStamp::default();
        let (mut asked, mut refused) = (0, 0);
        for (text, named) in handed_in {
            let seen = if named { NamesVisible::Named } else { NamesVisible::Nothing };
            match stamp.judge(text, seen, compare(text, &old)) {
                Verdict::Empty => prop_assert_ne!(text, "the same again"),
                Verdict::HowSeen => {
                    prop_assert!(!named);
                    asked += 1;
                }
                Verdict::OtherWords => refused += 1,
                Verdict::PassesThin => prop_assert_eq!(refused, 2),
                Verdict::Look | Verdict::Passes => prop_assert!(false, "{} is a repetition", text),
            }
        }
        prop_assert!(asked <= 1 && refused <= 2);
    }

    #[test]
    fn an_invalidation_is_taken_only_between_a_tenth_and_ten_times_on_the_losing_side(
        entry in 1_i64..1_000_000,
        price in 0_i64..10_000_000,
        mark in proptest::option::of(1_i64..1_000_000),
    ) {
        let at = Decimal::from;
        let below = check_invalidation(LosingSide::Below, at(entry), mark.map(at), at(price));
        let expected = price < entry && price * 10 >= entry && mark.is_none_or(|m| price < m);
        prop_assert_eq!(below.is_ok(), expected, "{:?}", below);
        let above = check_invalidation(LosingSide::Above, at(entry), mark.map(at), at(price));
        let expected = price > entry && price <= entry * 10 && mark.is_none_or(|m| price > m);
        prop_assert_eq!(above.is_ok(), expected, "{:?}", above);
        for problem in [below, above].into_iter().filter_map(Result::err) {
            let sentence = problem.to_string();
            prop_assert!(sentence.ends_with('.') && sentence.contains("write"), "{}", sentence);
        }
    }

    #[test]
    fn an_accepted_loss_lies_above_nothing_and_within_the_account(
        written in 0_i64..20_000,
        equity in 0_i64..15_000,
        percent in any::<bool>(),
    ) {
        let number = Number {
            value: Decimal::new(written, 2),
            suffix: percent.then_some(Suffix::Percent),
        };
        let equity_held = Decimal::new(equity, 2);
        let taken = check_accepted_loss(number, equity_held);
        let bound = if percent { 10_000 } else { equity };
        prop_assert_eq!(taken.is_ok(), written > 0 && equity > 0 && written <= bound);
        if let Ok(loss) = taken {
            prop_assert!(loss.amount > Decimal::ZERO && loss.amount <= equity_held);
            prop_assert_eq!(loss.percent.is_some(), percent);
        }
    }

    #[test]
    fn looks_away_agree_with_a_plain_count_over_the_frames(
        frames in proptest::collection::vec((any::<bool>(), 0_u64..5_000), 0..60),
    ) {
        let mut looks = LooksAway::default();
        let mut history = Vec::new();
        let mut at = 0;
        for (focused, step) in frames {
            at += step;
            looks.focus_changed(focused, Duration::from_millis(at));
            history.push((focused, at));
        }
        looks.count_until(Duration::from_millis(at));
        // The slow way: from the first focus on, every interval after a frame without focus.
        let begun: Vec<_> = history.into_iter().skip_while(|(focused, _)| !focused).collect();
        let left = begun.windows(2).filter(|pair| pair[0].0 && !pair[1].0).count();
        let away: u64 = begun
            .windows(2)
            .filter(|pair| !pair[0].0)
            .map(|pair| pair[1].1 - pair[0].1)
            .sum();
        prop_assert_eq!(usize::try_from(looks.times()).unwrap(), left);
        prop_assert_eq!(looks.away(), Duration::from_millis(away));
        prop_assert_eq!(looks.fact().is_some(), left > 0);
    }

    #[test]
    fn a_pasted_share_lies_within_what_was_pasted_and_what_is_written(
        pieces in proptest::collection::vec("[ab ]{0,20}", 0..5),
        text in "[abc ]{0,60}",
    ) {
        let mut share = PastedShare::default();
        for piece in &pieces {
            share.pasted(piece);
        }
        let seen = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let pasted: usize = pieces.iter().map(|piece| seen(piece)).sum();
        let percent = usize::from(share.percent(&text));
        prop_assert!(percent <= 100);
        prop_assert!(percent * seen(&text) <= pasted * 100);
        // What was never typed anywhere else is pasted whole.
        prop_assert_eq!(share.percent("zzz"), 0);
    }

    #[test]
    fn an_answer_that_was_pasted_whole_is_pasted_whole(text in any::<String>()) {
        let mut share = PastedShare::default();
        share.pasted(&text);
        let expected = if text.trim().is_empty() { 0 } else { 100 };
        prop_assert_eq!(share.percent(&text), expected);
    }
}

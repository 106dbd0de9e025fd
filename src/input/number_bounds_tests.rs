//! Which of two readings is meant, as a table from hand, and the rules it follows.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "a sum that overflows is a failed test here"
)]

use proptest::prelude::*;
use rust_decimal::dec;

use super::*;
use crate::input::number::{Unit, read};

fn near(price: Decimal) -> NumberBounds {
    NumberBounds::ten_times(Some(price))
}

fn most(amount: Decimal) -> NumberBounds {
    NumberBounds::at_most(Some(amount))
}

#[test]
fn the_only_reading_that_can_stand_beside_what_is_known_is_taken() {
    for (typed, unit, within, meant) in [
        // A price beside the entry, whichever mark she grew up with.
        ("94,000", Unit::Price, near(dec!(100000)), dec!(94000)),
        ("94.000", Unit::Price, near(dec!(100000)), dec!(94000)),
        ("$94,000", Unit::Price, near(dec!(100000)), dec!(94000)),
        ("94,500", Unit::Price, near(dec!(101.2)), dec!(94.5)),
        ("1,234", Unit::Price, near(dec!(1.5)), dec!(1.234)),
        ("1,234", Unit::Price, near(dec!(1500)), dec!(1234)),
        ("1,000k", Unit::Price, near(dec!(100000)), dec!(1000000)),
        ("1.000k", Unit::Price, near(dec!(2000)), dec!(1000)),
        // Ten times away still stands.
        ("10,000", Unit::Price, near(dec!(1000)), dec!(10000)),
        ("10,000", Unit::Price, near(dec!(100)), dec!(10)),
        // What an account of 500 can lose, and what one of 10,000 can carry at 100,000.
        ("1,000", Unit::MoneyOrPercent, most(dec!(500)), dec!(1)),
        ("1,500", Unit::Quantity, most(dec!(12.5)), dec!(1.5)),
        ("20,000", Unit::Leverage, NumberBounds::LEVERAGE, dec!(20)),
        ("0.5", Unit::Percent, NumberBounds::PERCENT, dec!(0.5)),
        ("1,250", Unit::Percent, NumberBounds::PERCENT, dec!(1.25)),
        // A share of the account is held against all of it, not against its money.
        ("2,500%", Unit::MoneyOrPercent, most(dec!(10490)), dec!(2.5)),
        // The isolated margins are in the wallet.
        (
            "12,500",
            Unit::Money,
            NumberBounds::ANYWHERE.at_least(Some(dec!(500))),
            dec!(12500),
        ),
    ] {
        let number = read(typed, unit).within(within).exact();
        assert_eq!(number.map(|n| n.value), Some(meant), "{typed} {within:?}");
    }
}

#[test]
fn where_both_could_stand_or_neither_she_is_asked() {
    for (typed, unit, within, question) in [
        (
            "1,000",
            Unit::MoneyOrPercent,
            most(dec!(10490)),
            "Do you mean 1000 or 1?",
        ),
        (
            "1,234",
            Unit::Price,
            NumberBounds::ANYWHERE,
            "Do you mean 1234 or 1.2340?",
        ),
        (
            "1,234",
            Unit::Price,
            NumberBounds::ten_times(None),
            "Do you mean 1234 or 1.2340?",
        ),
        // 30 times above, 32 times below.
        (
            "1,234",
            Unit::Price,
            near(dec!(40)),
            "Do you mean 1234 or 1.2340?",
        ),
        // An account that holds nothing, or owes.
        (
            "1,000",
            Unit::Money,
            most(dec!(0)),
            "Do you mean 1000 or 1?",
        ),
        (
            "1,000",
            Unit::Money,
            most(dec!(-5)),
            "Do you mean 1000 or 1?",
        ),
    ] {
        let reading = read(typed, unit).within(within);
        assert_eq!(reading.question().as_deref(), Some(question), "{typed}");
    }
}

#[test]
fn what_has_one_meaning_is_never_refused_by_what_is_known() {
    for typed in ["94000", "94,000.5", "3", "99999999"] {
        let alone = read(typed, Unit::Price);
        assert_eq!(alone.clone().within(near(dec!(100))), alone, "{typed}");
    }
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0_u32..20).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn within() -> impl Strategy<Value = NumberBounds> {
    let some = || proptest::option::of(decimal());
    (some(), some(), some()).prop_map(|(near, least, most)| NumberBounds {
        least,
        most,
        ..NumberBounds::ten_times(near)
    })
}

/// Texts with at least a chance of two readings, and any others.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "[1-9][0-9]{0,2}[,.][0-9]{3}[kKmM%x]?",
        "\\PC{0,12}",
        "[0-9.,' ]{1,14}[%x]?",
    ]
}

fn unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(vec![
        Unit::Price,
        Unit::Quantity,
        Unit::Money,
        Unit::MoneyOrPercent,
        Unit::Leverage,
        Unit::Percent,
    ])
}

proptest! {
    #[test]
    fn a_reading_that_is_taken_is_one_of_the_two_and_stays_taken(
        text in typed(),
        unit in unit(),
        within in within(),
    ) {
        let alone = read(&text, unit);
        let settled = alone.clone().within(within);
        prop_assert_eq!(settled.clone().within(within), settled.clone());
        if let (NumberReading::TwoWays(a, b), NumberReading::Exact(taken)) = (&alone, &settled) {
            prop_assert!(taken == a || taken == b);
            let other = if taken == a { b } else { a };
            prop_assert!(within.allows(*taken) && !within.allows(*other));
        } else {
            prop_assert_eq!(&alone, &settled);
        }
    }

    #[test]
    fn a_price_known_to_within_a_hundred_times_never_leads_to_the_wrong_reading(
        text in "[1-9][0-9]{0,2}[,.][0-9]{3}",
        means_thousands in any::<bool>(),
        // A hundredth of a percent more than a hundredth, to as much less than a hundred.
        (times, up) in (10_000_u32..999_999, any::<bool>()),
    ) {
        let NumberReading::TwoWays(grouped, decimal) = read(&text, Unit::Price) else {
            return Err(TestCaseError::fail("it has one reading"));
        };
        prop_assert_eq!(grouped.value, decimal.value * dec!(1000));
        let meant = if means_thousands { grouped } else { decimal };
        let times = Decimal::new(i64::from(times), 4);
        let known = if up { meant.value * times } else { meant.value / times };
        let taken = read(&text, Unit::Price).within(near(known)).exact();
        prop_assert!(taken.is_none_or(|taken| taken == meant), "{taken:?} beside {known}");
    }
}

//! The invalidation and the accepted loss as tables, with their sentences.

use super::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
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

//! How amounts, prices and percents are written: exact decimals, rounded for the eye only.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::engine::{Money, Price, Quantity, Rate};
use crate::input::number::{Suffix, format};

/// An amount with grouping, two decimals, and as many more as make five significant digits:
/// "10,490.00", "492.53", "1.4998". So a hundredth of a coin is seen as a cent is.
pub fn money(money: Money) -> String {
    let value = money.get().normalize();
    if value.abs() < Decimal::ONE {
        return crate::input::number::format_money(value);
    }
    let whole = value.trunc().abs().to_string().len();
    let wanted = u32::try_from(5_usize.saturating_sub(whole)).unwrap_or(2);
    let rounded =
        value.round_dp_with_strategy(wanted.max(2), RoundingStrategy::MidpointNearestEven);
    grouped(rounded, rounded.normalize().scale().max(2))
}

/// An amount with its sign, as of a profit: "+500.00", "−80.00".
pub fn signed_money(amount: Money) -> String {
    let text = money(Money::new(amount.get().abs()));
    match amount.get() {
        a if a > Decimal::ZERO => format!("+{text}"),
        a if a < Decimal::ZERO => format!("−{text}"),
        _ => text,
    }
}

/// An amount that may be below zero, with a true minus.
pub fn balance(amount: Money) -> String {
    if amount.get() < Decimal::ZERO {
        format!("−{}", money(Money::new(amount.get().abs())))
    } else {
        money(amount)
    }
}

/// A price that somebody typed: all its digits.
pub fn typed_price(price: Price) -> String {
    format(price.get())
}

/// A computed price, with as many digits as `like`, a typed price of the same market, has at
/// the least two: what is shown is rounded, what is computed is not.
pub fn price(price: Price, like: Price) -> String {
    let shown = decimals(like.get()).max(if like.get() >= Decimal::TEN { 2 } else { 4 });
    let rounded = price
        .get()
        .round_dp_with_strategy(shown, RoundingStrategy::MidpointAwayFromZero);
    grouped(rounded, shown)
}

/// A computed price of a market of which no typed one is at hand: two decimals, or five significant
/// digits below ten.
pub fn computed_price(price: Price) -> String {
    let value = price.get();
    let rounded = if value >= Decimal::TEN {
        value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    } else {
        value.round_sf(5).unwrap_or(value)
    };
    self::price(Price::new(rounded), Price::new(rounded))
}

/// A quantity, all its digits.
pub fn quantity(quantity: Quantity) -> String {
    format(quantity.get())
}

/// A fraction as a signed percent with two decimals: "−4.62 %".
pub fn signed_percent(rate: Rate) -> String {
    let percent = percent_of(rate.get());
    let text = grouped(percent.abs(), 2);
    match percent {
        p if p > Decimal::ZERO => format!("+{text} %"),
        p if p < Decimal::ZERO => format!("−{text} %"),
        _ => format!("{text} %"),
    }
}

/// A fraction as a percent with at most `decimals` decimals: "0.05 %".
pub fn percent(rate: Rate, decimals: u32) -> String {
    let percent = rate
        .get()
        .checked_mul(Decimal::ONE_HUNDRED)
        .unwrap_or(rate.get());
    format!("{} %", percent.round_dp(decimals).normalize())
}

/// Leverage: "20x", "15.6x".
pub fn leverage(leverage: Decimal) -> String {
    format!("{}x", leverage.round_dp(1).normalize())
}

/// A number as it was understood, with its unit: "1,234.5 USDT", "2 %", "10x".
pub fn understood(value: Decimal, mark: Option<Suffix>, unit: &str) -> String {
    match mark {
        Some(Suffix::Percent) => format!("{} %", format(value)),
        Some(Suffix::Times) => format!("{}x", format(value)),
        None if unit == "x" || unit.is_empty() => format!("{}{unit}", format(value)),
        None => format!("{} {unit}", format(value)),
    }
}

fn percent_of(fraction: Decimal) -> Decimal {
    let percent = fraction
        .checked_mul(Decimal::ONE_HUNDRED)
        .unwrap_or(fraction);
    percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn decimals(value: Decimal) -> u32 {
    value.normalize().scale()
}

/// A value with exactly `decimals` decimals and thousands grouped by commas.
fn grouped(value: Decimal, decimals: u32) -> String {
    let mut value = value;
    value.rescale(decimals);
    let text = value.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("−", digits));
    let mut grouped = String::from(sign);
    let first = digits.len() % 3;
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !rest.is_empty() {
        grouped.push('.');
        grouped.push_str(rest);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn computed_prices_have_at_least_two_decimals() {
        let like = Price::new(dec!(100000));
        assert_eq!(
            price(Price::new(dec!(95381.52610441767)), like),
            "95,381.53"
        );
        assert_eq!(
            price(Price::new(dec!(90.452261)), Price::new(dec!(100))),
            "90.45"
        );
        assert_eq!(
            price(Price::new(dec!(0.123456)), Price::new(dec!(0.5))),
            "0.1235"
        );
        assert_eq!(
            price(Price::new(dec!(1.2)), Price::new(dec!(0.00001234))),
            "1.20000000"
        );
    }

    #[test]
    fn amounts_show_cents_and_five_significant_digits() {
        for (value, text) in [
            (dec!(10490), "10,490.00"),
            (dec!(492.527), "492.53"),
            (dec!(92.36945), "92.369"),
            (dec!(19.4), "19.40"),
            (dec!(1.4998), "1.4998"),
            (dec!(15.23456), "15.235"),
            (dec!(0.03781), "0.03781"),
            (dec!(0), "0.00"),
        ] {
            assert_eq!(money(Money::new(value)), text);
        }
    }

    #[test]
    fn percents_carry_a_true_sign_and_two_decimals() {
        assert_eq!(signed_percent(Rate::new(dec!(-0.0461847))), "−4.62 %");
        assert_eq!(signed_percent(Rate::new(dec!(0.52))), "+52.00 %");
        assert_eq!(signed_percent(Rate::new(dec!(0))), "0.00 %");
    }

    #[test]
    fn thousands_are_grouped_from_the_point() {
        for (value, text) in [
            (dec!(1), "1.00"),
            (dec!(12), "12.00"),
            (dec!(123), "123.00"),
            (dec!(1234), "1,234.00"),
            (dec!(123456), "123,456.00"),
            (dec!(-1234567), "−1,234,567.00"),
        ] {
            assert_eq!(grouped(value, 2), text);
        }
    }
}

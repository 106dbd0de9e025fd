//! How amounts, prices, quantities and percents are written: the one place where a number is rounded,
//! and for the eye only. Half goes away from zero.

use rust_decimal::{Decimal, RoundingStrategy};

use super::number_error::Suffix;
use crate::engine::{Money, Price, Quantity, Rate};

/// Significant digits kept of what was computed.
const DIGITS: u32 = 5;

/// Every digit of a value, with commas between thousands and a decimal point; no trailing
/// zeros, no exponent, and a true minus where there is one.
///
/// ```
/// use impulse_audit::input::figures::format;
/// use rust_decimal::Decimal;
/// assert_eq!(format(Decimal::new(123_456_750, 2)), "1,234,567.5");
/// ```
pub fn format(value: Decimal) -> String {
    written(value, 0)
}

/// A value so written that [`read`](super::number::read) finds one way to read it, and so does
/// a person, whichever decimal mark they grew up with: `1234` and `1.2340`, never `1,234`.
pub fn format_unmistakably(value: Decimal) -> String {
    let value = value.normalize();
    let mut text = value.abs().to_string();
    // One mark with three digits behind it is all that can be mistaken for a thousand.
    if value.scale() == 3 {
        text.push('0');
    }
    signed(value, &text)
}

/// An amount with two decimals, and as many more as make five significant digits: "10,490.00",
/// "492.53", "1.4998". So a hundredth of a coin is seen as a cent is.
pub fn money(money: Money) -> String {
    let value = money.get();
    written(rounded(value, decimals_for(value).max(2)), 2)
}

/// An amount with its sign, as of a profit: "+500.00", "−80.00".
pub fn signed_money(amount: Money) -> String {
    with_plus(amount.get(), money(amount))
}

/// A price that somebody typed: all its digits.
pub fn typed_price(price: Price) -> String {
    format(price.get())
}

/// A computed price, with as many digits as `like`, a typed price of the same market, has at
/// the least two: what is shown is rounded, what is computed is not.
pub fn price(price: Price, like: Price) -> String {
    let least = if like.get() >= Decimal::TEN { 2 } else { 4 };
    let decimals = like.get().normalize().scale().max(least);
    written(rounded(price.get(), decimals), decimals)
}

/// A computed price of a market of which no typed one is at hand: two decimals, or five significant
/// digits below ten.
pub fn computed_price(price: Price) -> String {
    let value = price.get();
    if value >= Decimal::TEN {
        written(rounded(value, 2), 2)
    } else {
        written(rounded(value, decimals_for(value)), 4)
    }
}

pub fn quantity(quantity: Quantity) -> String {
    format(quantity.get())
}

/// A fraction as a signed percent with two decimals: "−4.62 %".
pub fn signed_percent(rate: Rate) -> String {
    let percent = rounded(percent_of(rate), 2);
    with_plus(percent, format!("{} %", written(percent, 2)))
}

/// A fraction as a percent with at most `decimals` decimals: "0.05 %".
pub fn percent(rate: Rate, decimals: u32) -> String {
    typed_percent(rounded(percent_of(rate), decimals))
}

/// A number of percent as somebody typed it: "2.5 %".
pub fn typed_percent(percent: Decimal) -> String {
    format!("{} %", format(percent))
}

/// Leverage: "20x", "15.6x".
pub fn leverage(leverage: Decimal) -> String {
    format!("{}x", format(rounded(leverage, 1)))
}

/// A number as it was understood, with its unit: "1,234.5 USDT", "2 %", "10x".
pub fn understood(value: Decimal, mark: Option<Suffix>, unit: &str) -> String {
    match mark {
        Some(Suffix::Percent) => typed_percent(value),
        Some(Suffix::Times) => format!("{}x", format(value)),
        None if unit == "x" || unit.is_empty() => format!("{}{unit}", format(value)),
        None => format!("{} {unit}", format(value)),
    }
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

fn percent_of(rate: Rate) -> Decimal {
    let percent = rate.get().checked_mul(Decimal::ONE_HUNDRED);
    percent.unwrap_or(rate.get())
}

/// The number of decimals that leaves [`DIGITS`] significant ones.
fn decimals_for(value: Decimal) -> u32 {
    let value = value.normalize();
    let length = value
        .mantissa()
        .unsigned_abs()
        .checked_ilog10()
        .map_or(1, |log| log.saturating_add(1));
    value.scale().saturating_add(DIGITS).saturating_sub(length)
}

/// All digits, thousands grouped by commas, and zeros up to `least_decimals`.
fn written(value: Decimal, least_decimals: u32) -> String {
    let mut value = value.normalize();
    if value.scale() < least_decimals {
        value.rescale(least_decimals);
    }
    let plain = value.abs().to_string();
    let whole = plain.find('.').unwrap_or(plain.len());
    let mut text = String::new();
    for (at, digit) in plain.chars().enumerate() {
        if (1..whole).contains(&at) && whole.saturating_sub(at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    signed(value, &text)
}

fn signed(value: Decimal, text: &str) -> String {
    if value.is_sign_negative() && !value.is_zero() {
        format!("\u{2212}{text}")
    } else {
        text.to_owned()
    }
}

fn with_plus(value: Decimal, text: String) -> String {
    if value > Decimal::ZERO {
        format!("+{text}")
    } else {
        text
    }
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
            (dec!(0.00001234567), "0.000012346"),
            (dec!(0.999996), "1.00"),
            (dec!(-160), "\u{2212}160.00"),
            (dec!(0.125), "0.125"),
            (dec!(1234.565), "1,234.57"),
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
            assert_eq!(written(value, 2), text);
        }
    }
}

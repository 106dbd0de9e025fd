//! Numbers as the window writes them: every number that was read is echoed as understood.

use rust_decimal::Decimal;

/// Significant digits kept of money below 1.
const SMALL_MONEY_DIGITS: u32 = 4;
/// A price with more decimals than this comes from a division, not from a person or a tick.
const TICK_DECIMALS: u32 = 8;
/// Significant digits kept of a price that comes from a division and is below 10.
const SOLVED_PRICE_DIGITS: u32 = 6;

/// Every digit of a value, with commas between thousands and a decimal point; no trailing
/// zeros, no exponent, and a true minus where there is one.
///
/// ```
/// use impulse_audit::input::number::format;
/// use rust_decimal::Decimal;
/// assert_eq!(format(Decimal::new(123_456_750, 2)), "1,234,567.5");
/// ```
pub fn format(value: Decimal) -> String {
    written(value, 0)
}

/// Money: two decimals from 1 up (half to even), four significant digits below it, and never
/// fewer than two decimals.
///
/// ```
/// use impulse_audit::input::number::format_money;
/// use rust_decimal::Decimal;
/// assert_eq!(format_money(Decimal::from(10_490)), "10,490.00");
/// assert_eq!(format_money(Decimal::new(123_456, 7)), "0.01235");
/// ```
pub fn format_money(value: Decimal) -> String {
    let decimals = if value.abs() >= Decimal::ONE {
        2
    } else {
        decimals_for(value, SMALL_MONEY_DIGITS).max(2)
    };
    written(value.round_dp(decimals), 2)
}

/// A price: one that was typed or lies on a tick (up to eight decimals) with all its digits,
/// one that was solved for is rounded half to even, to two decimals from 10 up and to six
/// significant digits below.
///
/// ```
/// use impulse_audit::input::number::format_price;
/// use rust_decimal::Decimal;
/// assert_eq!(format_price(Decimal::from(94_000)), "94,000");
/// assert_eq!(format_price(Decimal::new(953_815_261_044_176, 10)), "95,381.53");
/// ```
pub fn format_price(value: Decimal) -> String {
    if value.normalize().scale() <= TICK_DECIMALS {
        return format(value);
    }
    let decimals = if value.abs() >= Decimal::TEN {
        2
    } else {
        decimals_for(value, SOLVED_PRICE_DIGITS)
    };
    format(value.round_dp(decimals))
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

/// The number of decimals that leaves `digits` significant ones.
fn decimals_for(value: Decimal, digits: u32) -> u32 {
    let value = value.normalize();
    let length = value
        .mantissa()
        .unsigned_abs()
        .checked_ilog10()
        .map_or(1, |log| log.saturating_add(1));
    value.scale().saturating_add(digits).saturating_sub(length)
}

fn written(value: Decimal, least_decimals: usize) -> String {
    let value = value.normalize();
    let plain = value.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
    let mut text = grouped(whole);
    if !fraction.is_empty() || least_decimals > 0 {
        text.push('.');
        text.push_str(fraction);
        for _ in fraction.len()..least_decimals {
            text.push('0');
        }
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

fn grouped(whole: &str) -> String {
    let mut text = String::new();
    for (left, digit) in (0..whole.len()).rev().zip(whole.chars()) {
        text.push(digit);
        if left > 0 && left.checked_rem(3) == Some(0) {
            text.push(',');
        }
    }
    text
}

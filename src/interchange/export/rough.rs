//! A leverage as a class: the exact one, beside a margin or a size that is known from elsewhere,
//! gives the other away.

use rust_decimal::Decimal;

/// The upper bounds of the classes.
const BOUNDS: [u32; 6] = [2, 5, 10, 25, 50, 100];

/// The class that a leverage is in: "up to 25x", or "over 100x".
pub(super) fn class(leverage: Decimal) -> String {
    let bound = BOUNDS
        .into_iter()
        .find(|bound| leverage <= Decimal::from(*bound));
    match bound {
        Some(bound) => format!("up to {bound}x"),
        None => "over 100x".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn each_leverage_is_in_the_smallest_class_that_holds_it() {
        for (leverage, expected) in [
            (dec!(0.4), "up to 2x"),
            (dec!(2), "up to 2x"),
            (dec!(2.0001), "up to 5x"),
            (dec!(20), "up to 25x"),
            (dec!(25), "up to 25x"),
            (dec!(100), "up to 100x"),
            (dec!(100.5), "over 100x"),
            (dec!(500), "over 100x"),
        ] {
            assert_eq!(class(leverage), expected, "{leverage}");
        }
    }
}

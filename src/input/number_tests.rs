//! Every form of the documents, and what must be refused, as tables.

use rust_decimal::Decimal;

use super::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn plain(text: &str) -> NumberReading {
    with(text, None)
}

fn with(text: &str, suffix: Option<Suffix>) -> NumberReading {
    NumberReading::Exact(Number {
        value: decimal(text),
        suffix,
    })
}

fn two(grouped: &str, mark: &str) -> NumberReading {
    let number = |text| Number {
        value: decimal(text),
        suffix: None,
    };
    NumberReading::TwoWays(number(grouped), number(mark))
}

#[test]
fn what_has_one_meaning_is_read_exactly() {
    for (typed, value) in [
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1 234.5", "1234.5"),
        ("1\u{a0}234,5", "1234.5"),
        ("1\u{202f}234,5", "1234.5"),
        ("1\u{2009}234,5", "1234.5"),
        ("1\u{2007}234,5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("1\u{2019}234.5", "1234.5"),
        ("1'234,5", "1234.5"),
        ("1 234", "1234"),
        ("1'234", "1234"),
        ("65k", "65000"),
        ("65K", "65000"),
        ("65 k", "65000"),
        ("65,5k", "65500"),
        ("1.5m", "1500000"),
        ("1.5M", "1500000"),
        ("0.1b", "100000000"),
        ("2bn", "2000000000"),
        ("0.0001k", "0.1"),
        ("$500", "500"),
        ("500$", "500"),
        ("$ 500", "500"),
        ("$65k", "65000"),
        ("65k$", "65000"),
        ("65kUSDT", "65000"),
        ("€500", "500"),
        ("500 €", "500"),
        ("₿0.5", "0.5"),
        ("500 USDT", "500"),
        ("500usdt", "500"),
        ("USDT 500", "500"),
        ("$500 USD", "500"),
        ("0.5 BTC", "0.5"),
        ("+500", "500"),
        ("+$500", "500"),
        ("  500  ", "500"),
        ("0,5", "0.5"),
        ("0.5", "0.5"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("$.5", "0.5"),
        ("5.", "5"),
        ("5,", "5"),
        ("1,2345", "1.2345"),
        ("1.2345", "1.2345"),
        ("12,34", "12.34"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1,234,567.891", "1234567.891"),
        ("1.234.567,891", "1234567.891"),
        ("1,234.567", "1234.567"),
        ("1 234,567", "1234.567"),
        ("0.123", "0.123"),
        ("0,123", "0.123"),
        ("0.000123", "0.000123"),
        ("1234,567", "1234.567"),
        ("1234.567", "1234.567"),
        ("012,345", "12.345"),
        ("1,00,000", "100000"),
        ("1,00,000.50", "100000.5"),
        ("12,34,567", "1234567"),
        ("1,23,45,678", "12345678"),
        ("007", "7"),
        ("0", "0"),
        ("0.00", "0"),
        ("１２３４．５", "1234.5"),
        ("＄５００", "500"),
        ("＋５００", "500"),
        ("１，２３４．５", "1234.5"),
        ("１。５", "1.5"),
        ("٥٠٠", "500"),
        ("۵۰۰", "500"),
        ("١٢٣٤٫٥", "1234.5"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("١٬٢٣٤", "1234"),
        ("١٫٢٣٤", "1.234"),
        ("۱٬۲۳۴٬۵۶۷٫۸۹", "1234567.89"),
        ("\u{200f}٥٠٠\u{200e}", "500"),
        ("1.50000000000000000000000000000000000000", "1.5"),
        (
            "0.1234567890123456789012345678",
            "0.1234567890123456789012345678",
        ),
        (
            "0.1234567890123456789012345678k",
            "123.4567890123456789012345678",
        ),
        (
            "79228162514264337593543950335",
            "79228162514264337593543950335",
        ),
    ] {
        assert_eq!(read(typed, Unit::Money), plain(value), "{typed:?}");
    }
}

#[test]
fn what_has_two_meanings_is_never_guessed() {
    for (typed, grouped, mark) in [
        ("1,234", "1234", "1.234"),
        ("1.234", "1234", "1.234"),
        ("12,345", "12345", "12.345"),
        ("123.456", "123456", "123.456"),
        ("1,000", "1000", "1"),
        ("1.000", "1000", "1"),
        ("94,000", "94000", "94"),
        ("$1,234", "1234", "1.234"),
        ("1,234 USDT", "1234", "1.234"),
        ("1,234k", "1234000", "1234"),
        ("1.234m", "1234000000", "1234000"),
        ("１，２３４", "1234", "1.234"),
        ("١،٢٣٤", "1234", "1.234"),
    ] {
        assert_eq!(read(typed, Unit::Money), two(grouped, mark), "{typed:?}");
        assert_eq!(read(typed, Unit::Price), two(grouped, mark), "{typed:?}");
    }
}

#[test]
fn a_sign_is_kept_where_the_field_gives_it_a_meaning() {
    let (percent, times) = (Some(Suffix::Percent), Some(Suffix::Times));
    for (typed, unit, expected) in [
        ("2%", Unit::MoneyOrPercent, with("2", percent)),
        ("2 %", Unit::MoneyOrPercent, with("2", percent)),
        ("２％", Unit::MoneyOrPercent, with("2", percent)),
        ("٢٪", Unit::MoneyOrPercent, with("2", percent)),
        ("%2", Unit::Percent, with("2", percent)),
        ("0,5%", Unit::Percent, with("0.5", percent)),
        ("0.5", Unit::Percent, with("0.5", None)),
        ("2", Unit::MoneyOrPercent, with("2", None)),
        ("500 USDT", Unit::MoneyOrPercent, with("500", None)),
        ("10x", Unit::Leverage, with("10", times)),
        ("10X", Unit::Leverage, with("10", times)),
        ("10 x", Unit::Leverage, with("10", times)),
        ("x10", Unit::Leverage, with("10", times)),
        ("10×", Unit::Leverage, with("10", times)),
        ("１０ｘ", Unit::Leverage, with("10", times)),
        ("2,5x", Unit::Leverage, with("2.5", times)),
        ("10", Unit::Leverage, with("10", None)),
        ("3 contracts", Unit::Quantity, with("3", None)),
        ("0.082 btc", Unit::Quantity, with("0.082", None)),
    ] {
        assert_eq!(read(typed, unit), expected, "{typed:?}");
    }
}

#[test]
fn nothing_written_is_empty_and_no_error() {
    for typed in ["", " ", "\t\n", "\u{a0}", "\u{3000}", "\u{200b}"] {
        assert_eq!(read(typed, Unit::Price), NumberReading::Empty, "{typed:?}");
    }
}

#[test]
fn what_is_no_number_is_refused_for_its_own_reason() {
    use NumberError as E;
    let unknown = |word: &str| E::UnknownWord { word: word.into() };
    for (typed, error) in [
        ("-5", E::Minus),
        ("\u{2212}5", E::Minus),
        ("－５", E::Minus),
        ("-$5", E::Minus),
        ("$-5", E::Minus),
        ("5-", E::Minus),
        ("(500)", E::Minus),
        ("-0", E::Minus),
        ("NaN", E::NoDigits),
        ("inf", E::NoDigits),
        ("-infinity", E::NoDigits),
        ("∞", E::NoDigits),
        ("ten", E::NoDigits),
        ("-", E::NoDigits),
        (".", E::NoDigits),
        ("$", E::NoDigits),
        ("1e5", E::Exponent),
        ("1E5", E::Exponent),
        ("1e-5", E::Exponent),
        ("1.5e+5", E::Exponent),
        ("１ｅ５", E::Exponent),
        ("10^5", E::Exponent),
        ("1×10^5", E::Exponent),
        ("1.5.5", E::Separators),
        ("1..5", E::Separators),
        ("1,5,5", E::Separators),
        ("1,5.5", E::Separators),
        ("1.5,5", E::Separators),
        ("1,234,56", E::Separators),
        ("12 34", E::Separators),
        ("1  234", E::Separators),
        ("1234 567", E::Separators),
        ("1,234 567", E::Separators),
        ("1.00.000", E::Separators),
        ("0,123,456", E::Separators),
        ("1,234,", E::Separators),
        ("1٫5٫5", E::Separators),
        ("79228162514264337593543950336", E::TooLarge),
        ("1000000000000000000000000000000000000000000", E::TooLarge),
        ("99999999999999999999999999999k", E::TooLarge),
        ("0.12345678901234567890123456789", E::TooPrecise),
        ("12345678901234567890.12345678901234567890", E::TooPrecise),
        ("1-2", E::NotUnderstood),
        ("1/2", E::NotUnderstood),
        ("5 x 10", E::NotUnderstood),
        ("5:30", E::NotUnderstood),
        ("10²", E::NotUnderstood),
        ("½5", E::NotUnderstood),
        ("5=", E::NotUnderstood),
        ("++5", E::NotUnderstood),
        ("5+", E::NotUnderstood),
        ("5kk", unknown("kk")),
        ("5 k k", E::NotUnderstood),
        ("k5", E::NotUnderstood),
        ("$5€", E::NotUnderstood),
        ("2 crore", unknown("crore")),
        ("5 sats", unknown("sats")),
        ("about 5", unknown("about")),
        ("5 contracts", E::NotUnderstood),
        ("2%", E::PercentNotExpected),
        ("10x", E::TimesNotExpected),
    ] {
        assert_eq!(
            read(typed, Unit::Money),
            NumberReading::Refused(error),
            "{typed:?}"
        );
    }
}

#[test]
fn a_field_refuses_the_signs_of_another_field() {
    use NumberError as E;
    let written = String::from;
    for (typed, unit, error) in [
        ("2%", Unit::Price, E::PercentNotExpected),
        ("2%", Unit::Quantity, E::PercentNotExpected),
        ("2%", Unit::Leverage, E::PercentNotExpected),
        ("2x", Unit::Price, E::TimesNotExpected),
        ("2x", Unit::Percent, E::TimesNotExpected),
        ("2x", Unit::MoneyOrPercent, E::TimesNotExpected),
        ("$5%", Unit::MoneyOrPercent, E::NotUnderstood),
        ("5k%", Unit::MoneyOrPercent, E::NotUnderstood),
        ("5%%", Unit::Percent, E::NotUnderstood),
        ("0", Unit::Price, E::Zero),
        ("0.0", Unit::Quantity, E::Zero),
        ("0x", Unit::Leverage, E::Zero),
        (
            "$10",
            Unit::Leverage,
            E::CurrencyNotExpected {
                written: written("$"),
            },
        ),
        (
            "10 BTC",
            Unit::Percent,
            E::CurrencyNotExpected {
                written: written("BTC"),
            },
        ),
        (
            "10k",
            Unit::Leverage,
            E::MagnitudeNotExpected {
                written: written("k"),
            },
        ),
        (
            "$500",
            Unit::Quantity,
            E::MoneyForQuantity {
                written: written("$"),
            },
        ),
        (
            "500 usdt",
            Unit::Quantity,
            E::MoneyForQuantity {
                written: written("usdt"),
            },
        ),
    ] {
        assert_eq!(
            read(typed, unit),
            NumberReading::Refused(error),
            "{typed:?}"
        );
    }
}

#[test]
fn a_field_with_a_currency_takes_its_own_names_and_no_other() {
    let other = |written: &str, expected: &str| {
        NumberReading::Refused(NumberError::OtherCurrency {
            written: written.into(),
            expected: expected.into(),
        })
    };
    for (typed, unit, asset, expected) in [
        ("$500", Unit::Money, "USDT", plain("500")),
        ("500 USD", Unit::Money, "USDT", plain("500")),
        ("500 usdc", Unit::Price, "USDT", plain("500")),
        ("₿0.5", Unit::Money, "BTC", plain("0.5")),
        ("500 PEPE", Unit::Quantity, "PEPE", plain("500")),
        ("500 pepe", Unit::Quantity, "PEPE", plain("500")),
        ("500 USDC", Unit::Quantity, "USDC", plain("500")),
        ("500", Unit::Money, "USDT", plain("500")),
        ("0.5 BTC", Unit::Money, "USDT", other("BTC", "USDT")),
        ("€500", Unit::MoneyOrPercent, "USDT", other("€", "USDT")),
        ("$500", Unit::Money, "BTC", other("$", "BTC")),
        ("5 ETH", Unit::Quantity, "BTC", other("ETH", "BTC")),
    ] {
        assert_eq!(read_in(typed, unit, asset), expected, "{typed:?}");
    }
}

#[test]
fn every_refusal_is_one_calm_sentence() {
    use NumberError as E;
    let word = || String::from("crore");
    for error in [
        E::Minus,
        E::NoDigits,
        E::Exponent,
        E::Separators,
        E::TooLarge,
        E::TooPrecise,
        E::Zero,
        E::PercentNotExpected,
        E::TimesNotExpected,
        E::CurrencyNotExpected { written: word() },
        E::MoneyForQuantity { written: word() },
        E::OtherCurrency {
            written: word(),
            expected: String::from("USDT"),
        },
        E::MagnitudeNotExpected { written: word() },
        E::UnknownWord { word: word() },
        E::NotUnderstood,
    ] {
        let sentence = error.to_string();
        assert!(
            sentence.ends_with('.') && !sentence.contains('!'),
            "{sentence}"
        );
        assert!(sentence.to_lowercase().contains("write"), "{sentence}");
        assert!(
            sentence.chars().next().unwrap().is_uppercase(),
            "{sentence}"
        );
    }
}

#[test]
fn the_question_offers_both_values_so_that_neither_can_be_misread() {
    let question = |typed, unit| read(typed, unit).question().unwrap();
    assert_eq!(
        question("1.234", Unit::Price),
        "Do you mean 1234 or 1.2340?"
    );
    assert_eq!(question("1.000", Unit::Money), "Do you mean 1000 or 1?");
    assert_eq!(
        question("1,250x", Unit::Leverage),
        "Do you mean 1250x or 1.25x?"
    );
    assert_eq!(
        question("1,250%", Unit::Percent),
        "Do you mean 1250% or 1.25%?"
    );
    assert_eq!(read("5", Unit::Price).question(), None);
}

#[test]
fn numbers_are_written_with_commas_and_a_point() {
    for (value, expected) in [
        ("0", "0"),
        ("7", "7"),
        ("999", "999"),
        ("1000", "1,000"),
        ("1234567.50", "1,234,567.5"),
        ("100000", "100,000"),
        ("0.00001234", "0.00001234"),
        ("-1234.5", "\u{2212}1,234.5"),
        (
            "79228162514264337593543950335",
            "79,228,162,514,264,337,593,543,950,335",
        ),
    ] {
        assert_eq!(format(decimal(value)), expected);
    }
}

//! The signs and words that stand beside a number: currencies, `k`, `%`, `x`.

use super::number_error::{NumberError, Suffix};

/// One sign or word beside a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Plus,
    /// `%` or `x`.
    Sign(Suffix),
    /// `k`, `m`, `b`: a power of ten, with the word as typed.
    Magnitude(u32, String),
    /// A currency or coin, by the name of its family, with the word as typed.
    Currency {
        /// The family: all dollars and dollar coins are one.
        family: String,
        /// The word as typed.
        written: String,
    },
    /// `contracts`, `lots`, `coins`.
    Counting,
}

/// Families of money: (name, its signs and codes). What counts dollars counts as dollars.
const MONEY: &[(&str, &[&str])] = &[
    (
        "USD",
        &[
            "$", "₮", "USD", "USDT", "USDC", "FDUSD", "BUSD", "TUSD", "USDE", "USDS", "DAI",
        ],
    ),
    ("EUR", &["€", "EUR", "EURC"]),
    ("GBP", &["£", "GBP"]),
    ("JPY", &["¥", "JPY"]),
    ("CHF", &["CHF"]),
    ("KRW", &["₩", "KRW"]),
    ("INR", &["₹", "INR"]),
    ("RUB", &["₽", "RUB"]),
    ("TRY", &["₺", "TRY"]),
];

/// Families of coins, likewise.
const COINS: &[(&str, &[&str])] = &[
    ("BTC", &["₿", "BTC", "XBT"]),
    ("ETH", &["Ξ", "ETH"]),
    ("SOL", &["SOL"]),
    ("BNB", &["BNB"]),
    ("XRP", &["XRP"]),
    ("ADA", &["ADA"]),
    ("DOGE", &["DOGE"]),
    ("AVAX", &["AVAX"]),
    ("LINK", &["LINK"]),
    ("LTC", &["LTC"]),
    ("DOT", &["DOT"]),
    ("TRX", &["TRX"]),
];

/// Powers of ten by name. `m` is a million, as traders write it.
const MAGNITUDES: &[(&str, u32)] = &[("k", 3), ("m", 6), ("mn", 6), ("b", 9), ("bn", 9)];

const COUNTING: &[&str] = &["contract", "contracts", "lot", "lots", "coin", "coins"];

/// Long words are cut here when a sentence shows them.
const SHOWN: usize = 20;

/// The family of a currency or coin; an unknown one is its own family.
pub(super) fn family(asset: &str) -> String {
    known(asset).map_or_else(|| asset.trim().to_uppercase(), str::to_owned)
}

fn known(word: &str) -> Option<&'static str> {
    let word = word.trim();
    MONEY
        .iter()
        .chain(COINS)
        .find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(word)))
        .map(|(family, _)| *family)
}

/// Whether a family is money rather than a coin that is traded by quantity.
pub(super) fn is_money(of: &str) -> bool {
    MONEY.iter().any(|(family, _)| *family == of)
}

/// Reads the signs and words on one side of a number.
///
/// # Errors
/// [`NumberError::UnknownWord`] for a word that is neither a unit nor the field's own asset,
/// [`NumberError::NoDigits`] for `NaN` and infinity, [`NumberError::NotUnderstood`] for any
/// other sign.
pub(super) fn tokens(text: &str, asset: Option<&str>) -> Result<Vec<Token>, NumberError> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest
            .split_at_checked(end)
            .ok_or(NumberError::NotUnderstood)?;
        found.extend(token(word, asset)?);
        rest = after.trim_start();
    }
    Ok(found)
}

fn token(word: &str, asset: Option<&str>) -> Result<Vec<Token>, NumberError> {
    if let Some(token) = one(word, asset) {
        return Ok(vec![token]);
    }
    // 65kUSDT: a magnitude that touches its currency.
    let glued = word
        .char_indices()
        .nth(1)
        .and_then(|(place, _)| word.split_at_checked(place))
        .and_then(|(letter, rest)| Some((magnitude(letter)?, one(rest, asset)?)));
    if let Some((power, unit @ Token::Currency { .. })) = glued {
        return Ok(vec![power, unit]);
    }
    let lower = word.to_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity" | "\u{221e}") {
        return Err(NumberError::NoDigits);
    }
    if word.chars().all(char::is_alphabetic) {
        let word = word.chars().take(SHOWN).collect();
        return Err(NumberError::UnknownWord { word });
    }
    Err(NumberError::NotUnderstood)
}

fn one(word: &str, asset: Option<&str>) -> Option<Token> {
    match word {
        "+" => return Some(Token::Plus),
        "%" => return Some(Token::Sign(Suffix::Percent)),
        "x" | "X" => return Some(Token::Sign(Suffix::Times)),
        _ => {}
    }
    if let Some(power) = magnitude(word) {
        return Some(power);
    }
    let lower = word.to_lowercase();
    if COUNTING.contains(&lower.as_str()) {
        return Some(Token::Counting);
    }
    let own = asset.is_some_and(|asset| asset.trim().to_lowercase() == lower);
    (own || known(word).is_some()).then(|| Token::Currency {
        family: family(word),
        written: word.to_owned(),
    })
}

fn magnitude(word: &str) -> Option<Token> {
    MAGNITUDES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
        .map(|(_, power)| Token::Magnitude(*power, word.to_owned()))
}

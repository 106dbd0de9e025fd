//! What spellings of a market have in common: letters that look alike, and the words that venues
//! put before and behind it.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::skeleton;

/// Quote currencies that venues run together with the base. Longer ones first, so that
/// `BTCUSDT` is not read as a market against `USD` or `T`.
const QUOTES: [&str; 6] = ["FDUSD", "USDT", "USDC", "USDE", "USD", "EUR"];

/// Currencies that markets are quoted in too. Run together they cannot be told from a longer coin
/// in dollars: DOTUSD, BNBUSD.
const OTHER_QUOTES: [&str; 10] = [
    "TUSD", "BUSD", "BTC", "ETH", "BNB", "DAI", "GBP", "JPY", "KRW", "TRY",
];

/// Coins whose name ends in that of a currency: no markets.
const COINS: [&str; 11] = [
    "TUSD", "BUSD", "PYUSD", "RLUSD", "CRVUSD", "GUSD", "LUSD", "SUSD", "AUSD", "XUSD", "AEUR",
];

/// Words that venues write for the kind of contract, before or behind a market.
const KINDS: [&str; 20] = [
    "PERPETUAL",
    "PERP",
    "SWAP",
    "FUTURES",
    "FUTURE",
    "LINEAR",
    "INVERSE",
    "SPOT",
    "SUMCBL",
    "SDMCBL",
    "SCMCBL",
    "UMCBL",
    "DMCBL",
    "CMCBL",
    "INTX",
    "CMT",
    "CW",
    "NW",
    "CQ",
    "NQ",
];

/// Those that are run together with it.
const GLUED: [&str; 4] = ["PERPETUAL", "PERP", "SWAP", "FUTURES"];

/// Names of exchanges, as people write them beside a market. One that is a coin's name too is not
/// among them.
const EXCHANGES: [&str; 25] = [
    "BINANCE",
    "BINANCEUSDM",
    "BINANCECOINM",
    "BITFINEX",
    "BITGET",
    "BITMART",
    "BITMEX",
    "BYBIT",
    "BINGX",
    "COINBASE",
    "COINEX",
    "DERIBIT",
    "GATE",
    "GATEIO",
    "HTX",
    "HUOBI",
    "HYPERLIQUID",
    "KRAKEN",
    "KRAKENFUTURES",
    "KUCOIN",
    "KUCOINFUTURES",
    "LBANK",
    "MEXC",
    "OKEX",
    "OKX",
];

/// What else stands before base and quote: Kraken's kinds of contract, and exchanges that share
/// their name with a coin.
const PREFIXES: [&str; 7] = ["PF", "PI", "FF", "FI", "DYDX", "PHEMEX", "WHITEBIT"];

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

/// Names under which venues list a coin that is better known by another.
const OTHER_NAMES: [(&str, &str); 4] =
    [("XBT", "BTC"), ("XDG", "DOGE"), ("₿", "BTC"), ("Ξ", "ETH")];

/// How capitals and digits look. A capital comes before the small letter and the digit that look
/// like it.
static LATIN: LazyLock<HashMap<String, char>> = LazyLock::new(|| {
    let mut looks = HashMap::new();
    for latin in ('A'..='Z').chain('a'..='z').chain('0'..='9') {
        looks
            .entry(bare(latin))
            .or_insert(latin.to_ascii_uppercase());
    }
    looks
});

/// Capital letters of one alphabet: NFKC, no accents, and whatever looks like a Latin letter or a
/// digit as that one.
pub(super) fn folded(typed: &str) -> String {
    if typed.is_ascii() {
        return typed.trim().to_ascii_uppercase();
    }
    let folded: String = typed
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(|c| latin(c).map_or_else(|| unlike(c), |latin| vec![latin]))
        .nfc()
        .collect();
    folded.trim().to_owned()
}

/// The Latin capital or digit that a sign looks like, if it does.
fn latin(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_uppercase());
    }
    let digit = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c).checked_sub(0x0660),
        '\u{06f0}'..='\u{06f9}' => u32::from(c).checked_sub(0x06f0),
        _ => None,
    };
    if let Some(digit) = digit {
        return char::from_digit(digit, 10);
    }
    let mut capital = c.to_uppercase();
    // Small letters look like others than their capitals do: в is no Latin letter, В is.
    looks_like(c).or_else(|| capital.next().and_then(looks_like))
}

/// A sign that looks like no Latin one: its capital, or nothing where it is not seen.
fn unlike(c: char) -> Vec<char> {
    if bare(c).is_empty() {
        return Vec::new();
    }
    c.to_uppercase().collect()
}

/// By Unicode's table of confusables; what is struck through, like ₮, counts as the bare letter.
fn looks_like(c: char) -> Option<char> {
    LATIN.get(&bare(c)).copied()
}

fn bare(c: char) -> String {
    let mut buffer = [0; 4];
    let looks = skeleton(c.encode_utf8(&mut buffer));
    looks.filter(|c| !is_combining_mark(*c)).collect()
}

/// The words of a folded text that name the market: base and quote, or the two in one.
pub(super) fn words(folded: &str) -> Vec<String> {
    let market = market_of(folded);
    let mut words: Vec<&str> = market
        .split(|c: char| !c.is_alphanumeric() && c != '₿')
        .filter(|word| !word.is_empty() && !is_day(word))
        .collect();
    let base = market.split_once('/').map(|(base, _)| base.trim());
    drop_what_stands_beside(&mut words, base);
    let alone = words.len() == 1;
    let mut words: Vec<String> = words.iter().map(|word| plain(word, alone)).collect();
    join_thousands(&mut words);
    // PF_XBTUSD, USDⓈ-M BTCUSDT and BTCUSDT.P; but FXUSD/USDT.
    if let Some(place) = words.iter().position(|word| is_market(word)) {
        let behind = words.get(place.saturating_add(1));
        if place > 0 || !behind.is_some_and(|behind| is_quote(behind)) {
            words = words.into_iter().skip(place).take(1).collect();
        }
    }
    words
}

/// Kinds of contract, exchanges, and what Kraken puts in front. A coin of that name stands before
/// a stroke or its quote: PERP/BTC, PI-USDT.
fn drop_what_stands_beside(words: &mut Vec<&str>, base: Option<&str>) {
    let is_coin = words.len() == 1
        || words.first().copied() == base
        || words.get(1).is_some_and(|second| is_quote(second));
    let mut first = true;
    words.retain(|word| {
        let coin = std::mem::take(&mut first) && is_coin;
        coin || !KINDS.contains(word) && !EXCHANGES.contains(word)
    });
    if let [first, base, quote, ..] = words.as_slice()
        && PREFIXES.contains(first)
        && !is_quote(base)
        && is_quote(quote)
    {
        words.remove(0);
    }
}

/// 1000 PEPE/USDT is 1000PEPE/USDT.
fn join_thousands(words: &mut Vec<String>) {
    let thousands = |word: &str| {
        let zeros = word.strip_prefix('1').unwrap_or_default();
        zeros.len() >= 3 && zeros.chars().all(|c| c == '0')
    };
    if let [first, second, ..] = words.as_slice()
        && thousands(first)
        && !is_quote(second)
    {
        let joined = format!("{first}{second}");
        words.splice(..2, [joined]);
    }
}

/// Without the kind of contract that is run together with it: `USDTPERP`, `XBTUSDTM`.
fn plain(word: &str, alone: bool) -> String {
    let ends = |rest: &&str| is_quote(rest) || is_market(rest);
    let glued = GLUED.iter().find_map(|kind| word.strip_suffix(kind));
    let plain = glued
        .filter(|rest| alone && !rest.is_empty() || ends(rest))
        .or_else(|| word.strip_suffix('M').filter(ends));
    plain.unwrap_or(word).to_owned()
}

/// What stands before the settlement currency, as in `BTC/USDT:USDT`, or behind the name of an
/// exchange, as in `BINANCE:BTCUSDT.P`.
fn market_of(typed: &str) -> &str {
    match typed.split_once(':') {
        Some((first, _)) if is_market(first) || first.contains(|c: char| !c.is_alphanumeric()) => {
            first
        }
        Some((_, rest)) if !rest.trim().is_empty() => rest,
        Some((first, _)) => first,
        None => typed,
    }
}

/// Whether this is the day on which a contract is settled: `240329`, `29MAR24`.
fn is_day(part: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let month = part.trim_matches(is_digit);
    let digits = part.len().saturating_sub(month.len());
    match month.len() {
        0 => digits == 6 || digits == 8,
        3 => MONTHS.contains(&month) && part.starts_with(is_digit) && (3..=4).contains(&digits),
        _ => false,
    }
}

/// Whether this is base and quote run together.
fn is_market(word: &str) -> bool {
    apart(word).is_some()
}

/// Base and quote of a word that is both.
pub(super) fn apart(word: &str) -> Option<(&str, &'static str)> {
    if is_quote(word) || COINS.contains(&word) {
        return None;
    }
    QUOTES.iter().find_map(|quote| {
        let base = word.strip_suffix(quote)?;
        (!base.is_empty()).then_some((base, *quote))
    })
}

/// Whether it is money, which nothing but a market's quote is.
pub(super) fn is_quote(word: &str) -> bool {
    QUOTES.contains(&word) || matches!(word, "TUSD" | "BUSD")
}

pub(super) fn is_known_quote(word: &str) -> bool {
    QUOTES.contains(&word) || OTHER_QUOTES.contains(&word)
}

/// A coin or currency by the name it is known by.
pub(super) fn named(name: &str) -> String {
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    other.map_or_else(|| name.replace('₿', "B"), |(_, known)| (*known).to_owned())
}

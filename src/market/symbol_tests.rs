use proptest::prelude::*;

use super::*;

fn read_in(typed: &str, collateral: &str) -> Option<String> {
    Symbol::read(typed, collateral).map(|symbol| symbol.0)
}

#[track_caller]
fn are(typed: &[&str], collateral: &str, market: &str) {
    for typed in typed {
        let read = read_in(typed, collateral);
        assert_eq!(read.as_deref(), Some(market), "{typed} in {collateral}");
    }
}

#[test]
fn the_spellings_of_a_venue_are_one_market() {
    are(
        &[
            "BTC/USDT",
            "btcusdt",
            "BTC-USDT",
            "BTC_USDT",
            "BTC USDT",
            "BTC-USDT-SWAP",
            "BTCUSDTPERP",
            "BTC/USDTPERP",
            "BTC/USDTM",
            "btc",
            "BTC/USDT:USDT",
            "xbt",
            "XBTUSDTM",
            "XBTUSDT",
            "PF_XBTUSDT",
            "BTC-USDT-PERP-INTX",
            "BTCUSDT.P",
            "BTCUSDT-USDT",
            "BINANCE:BTCUSDT.P",
            "OKX:BTCUSDT",
            "BTCUSDT_240329",
            "BTC-USDT-240329",
            "BTC-29MAR24",
            "BTC/USDT:USDT-240329",
            "BTCUSDT Perpetual",
            "btcusdt:",
            "cmt_btcusdt",
            "BTCUSDT_UMCBL",
            "binance BTCUSDT",
            "Binance BTC/USDT",
            "binance futures btc",
            "BTC (Bybit)",
            "okx btc-usdt-swap",
            "OKX: BTC-USDT-SWAP",
            "USDⓈ-M BTCUSDT",
            "USDS-M BTCUSDT",
            "BTC/USD₮",
            "BTCUSD₮",
            "₿",
            "₿TC/USDT",
        ],
        "USDT",
        "BTC/USDT",
    );
}

#[test]
fn another_alphabet_or_width_is_no_other_market() {
    are(
        &[
            // Full-width, mathematical, circled.
            "ＢＴＣＵＳＤＴ",
            "ＢＴＣ／ＵＳＤＴ",
            "𝐁𝐓𝐂/𝐔𝐒𝐃𝐓",
            "ⒷⓉⒸ",
            // Cyrillic Ve, Te, Es; the same as small letters; Greek Beta and Tau.
            "ВТС",
            "втс",
            "ВТСUSDТ",
            "ΒΤC",
            // Cherokee and Lisu.
            "ᏴᎢᏟ",
            "ꓐꓔꓚ",
            // An accent, and signs that are not seen.
            "BTĆ",
            "B\u{200b}TC\u{feff}USDT",
            "\u{202e}BTC",
        ],
        "USDT",
        "BTC/USDT",
    );
    are(
        &["1000РЕРЕUSDT", "١٠٠٠PEPE", "1000 pepe"],
        "USDT",
        "1000PEPE/USDT",
    );
}

#[test]
fn the_account_s_currency_completes_a_coin_and_its_own_coin_is_quoted_in_dollars() {
    are(&["BTC", "btc", "BTC-PERPETUAL", "xbt"], "USDC", "BTC/USDC");
    are(&["ETH", "ETH_USDT"], "usdt", "ETH/USDT");
    are(&["ETH"], "USD₮", "ETH/USDT");
    let of_the_coin = [
        "BTC",
        "BTCUSD",
        "BTC-USD",
        "BTCUSD_PERP",
        "BTC-USD-SWAP",
        "BTC-PERPETUAL",
        "XBTUSD",
        "XBTUSDM",
        "PI_XBTUSD",
        "pf_xbt/usd",
        "BTC/USD:BTC",
        "ВТС",
    ];
    are(&of_the_coin, "BTC", "BTC/USD");
    are(&of_the_coin, "xbt", "BTC/USD");
    are(&["ETH", "ETH-BTC"], "BTC", "ETH/BTC");
    are(&["BTC"], "USD", "BTC/USD");
    assert_eq!(read_in("BTC", ""), None);
}

#[test]
fn a_coin_that_is_named_like_a_venue_s_word_is_that_coin() {
    for (typed, market) in [
        ("1000PEPEUSDT", "1000PEPE/USDT"),
        ("1000CAT/USDT", "1000CAT/USDT"),
        ("pi_usdt", "PI/USDT"),
        ("PERP/USDT", "PERP/USDT"),
        ("PERPUSDT", "PERP/USDT"),
        ("perp", "PERP/USDT"),
        ("SWAP/USDT:USDT", "SWAP/USDT"),
        ("CSWAP/USDT", "CSWAP/USDT"),
        ("DYDX/USDT", "DYDX/USDT"),
        ("dydx ETH-USD", "ETH/USD"),
        ("4USDT", "4/USDT"),
        ("4/USDT", "4/USDT"),
        ("M/USDT", "M/USDT"),
        ("ETHUSDC", "ETH/USDC"),
        ("DOTUSD", "DOT/USD"),
        ("BNBUSD", "BNB/USD"),
        ("BTC/BUSD", "BTC/BUSD"),
        ("CRVUSD/USD", "CRVUSD/USD"),
        ("TUSD/USDT", "TUSD/USDT"),
        ("tusd", "TUSD/USDT"),
        ("PYUSD", "PYUSD/USDT"),
        ("PYUSD/USD", "PYUSD/USD"),
        ("FXUSD/USDT", "FXUSD/USDT"),
        ("USDC/USDT", "USDC/USDT"),
        ("FDUSDUSDT", "FDUSD/USDT"),
        ("USDEUSDT", "USDE/USDT"),
        ("EUR/USD", "EUR/USD"),
        ("XAU₮", "XAUT/USDT"),
        ("xyz:TSLA", "TSLA/USDT"),
        ("币安人生USDT", "币安人生/USDT"),
    ] {
        assert_eq!(read_in(typed, "USDT").as_deref(), Some(market), "{typed}");
    }
}

#[test]
fn what_names_no_market_is_none() {
    for typed in [
        "",
        "  ",
        "—",
        "USDT",
        "usd₮",
        "USDT/USDT",
        "/",
        ":",
        "\u{200b}",
    ] {
        assert_eq!(read_in(typed, "USDT"), None, "{typed:?}");
    }
    assert_eq!(read_in("usdt", ""), None);
}

#[test]
fn base_and_quote_are_its_two_sides() {
    let symbol = Symbol::read("BTCUSD", "BTC").unwrap();
    assert_eq!((symbol.base(), symbol.quote()), ("BTC", "USD"));
    let bare = Symbol::promised("xbt");
    assert_eq!((bare.base(), bare.quote()), ("BTC", ""));
}

#[test]
fn what_is_not_known_as_a_market_may_be_every_market_of_its_base() {
    let market = |text| Symbol::promised(text);
    for (one, other, may) in [
        ("BTC/USDT", "btcusdt", true),
        ("BTC/USDT", "ВТС-USDТ", true),
        ("BTC/USDT", "BTC/USDC", false),
        ("BTC/USDT", "BTC/USD", false),
        ("BTC/USDT", "ETH/USDT", false),
        // No currency that markets are quoted in.
        ("BTC/USDT", "BTC/USDX", true),
        ("BTC/USDX", "BTC/USDZ", true),
        ("BTC/USDX", "ETH/USDT", false),
        // A name alone.
        ("BTC", "BTC/USDT", true),
        ("BTC", "ETH/USDT", false),
    ] {
        assert_eq!(market(one).may_be(&market(other)), may, "{one} {other}");
        assert_eq!(market(other).may_be(&market(one)), may, "{other} {one}");
    }
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,16}",
        "[A-Za-z0-9]{1,9}[-_/:. ]?[A-Z0-9]{0,9}([-_/:. ][A-Z0-9]{1,6})?",
        "(BINANCE|PF|CMT|1000|PERP|TUSD|BTC|ВТС|₿|)[-_/:. ]?(BTC|XBT|PI|USDT|PYUSD)[-_/ ]?(USDT|USD₮|USD|PERP|M|)[-_.: ]?(PERP|P|USDT|240329|)",
    ]
}

proptest! {
    #[test]
    fn reading_a_symbol_again_changes_nothing(typed in typed(), collateral in "USDT|BTC|ETH|") {
        if let Some(once) = Symbol::read(&typed, &collateral) {
            prop_assert_eq!(Symbol::read(once.as_str(), "USDC"), Some(once.clone()));
            prop_assert_eq!(&Symbol::promised(once.as_str()), &once);
            prop_assert_ne!(once.base(), once.quote());
        }
    }

    #[test]
    fn what_may_be_another_is_so_both_ways_and_of_the_same_base(
        one in typed(),
        other in typed(),
    ) {
        let (one, other) = (Symbol::promised(&one), Symbol::promised(&other));
        prop_assert!(one.may_be(&one));
        prop_assert_eq!(one.may_be(&other), other.may_be(&one));
        prop_assert!(!one.may_be(&other) || one.base() == other.base());
    }
}

use proptest::prelude::*;
use rust_decimal::{Decimal, dec};

use super::*;
use crate::engine::{Contract, Mode, Money, Price, Rate, Side};
use crate::market::Symbol;

pub(super) const BINANCE: &str = include_str!("../../../tests/fixtures/ccxt/binance_like.json");
pub(super) const OKX: &str = include_str!("../../../tests/fixtures/ccxt/okx_like_inverse.json");
pub(super) const HYPERLIQUID: &str =
    include_str!("../../../tests/fixtures/ccxt/hyperliquid_like_nulls.json");

#[allow(clippy::unnecessary_wraps)] // compared with figures that may be absent
fn money(value: Decimal) -> Option<Money> {
    Some(Money::new(value))
}

fn noted(snapshot: &Snapshot, about: &str) -> bool {
    snapshot.left_out.iter().any(|note| note.about == about)
}

#[test]
fn a_binance_like_export_is_read_as_it_stands() {
    let snapshot = read(BINANCE).unwrap();
    assert!(snapshot.says_positions);
    let [btc, eth] = snapshot.positions.as_slice() else {
        panic!("{:?}", snapshot.positions);
    };
    assert_eq!(btc.symbol.as_str(), "BTC/USDT");
    assert_eq!(btc.contract, Some(Contract::Linear));
    assert_eq!(btc.side, Some(Side::Long));
    assert_eq!(btc.contracts, Some(dec!(0.1)));
    assert_eq!(btc.entry, Some(Price::new(dec!(68000))));
    assert_eq!(btc.mode, Some(Mode::Isolated));
    // positionMargin, though collateral and initialMargin say 650.75 and 347.525.
    assert_eq!(btc.assigned_margin(), money(dec!(500.25)));
    assert_eq!(btc.maintenance_rate, Some(Rate::new(dec!(0.004))));
    assert_eq!(eth.side, Some(Side::Short));
    assert_eq!((eth.mark, eth.liquidation), (None, None));
    assert_eq!(eth.notional, money(dec!(6275)));
    // Nothing is open in SOL; the dated contract is another market.
    assert!(noted(&snapshot, "SOL/USDT:USDT") && noted(&snapshot, "BTC/USDT:USDT-241227"));
    let usdt = &snapshot.balances["USDT"];
    assert_eq!(usdt.total, money(dec!(10376.25)));
    assert_eq!(usdt.settled, money(dec!(10250.75)));
    assert_eq!(usdt.settled_field, Some("walletBalance"));
    let tiers = &snapshot.tiers[&Symbol::read("BTC/USDT", "").unwrap()];
    assert!(tiers.amounts_given);
    assert_eq!(tiers.tiers[1].floor.get(), dec!(50000));
    assert_eq!(tiers.tiers[1].rate.get(), dec!(0.005));
    assert_eq!(tiers.tiers[1].amount.get(), dec!(50));
    assert_eq!(tiers.tiers[1].max_leverage, Some(dec!(100)));
}

#[test]
fn an_inverse_export_keeps_contracts_and_their_size_apart() {
    let snapshot = read(OKX).unwrap();
    let btc = &snapshot.positions[0];
    assert_eq!(btc.contract, Some(Contract::Inverse));
    assert_eq!(btc.settle.as_deref(), Some("BTC"));
    assert_eq!(btc.contracts, Some(dec!(50)));
    assert_eq!(btc.contract_size, Some(dec!(100)));
    // A negative liquidation price is none.
    assert_eq!(btc.liquidation, None);
    // No open profit: collateral is the margin.
    assert_eq!(snapshot.positions[1].assigned_margin(), money(dec!(0.4)));
    assert_eq!(snapshot.balances["BTC"].settled, money(dec!(0.5)));
    // Where money is set aside for isolated positions, cashBal is not the whole balance.
    assert_eq!(snapshot.balances["ETH"].settled, None);
    // Floors in contracts are no floors in coin.
    assert!(snapshot.tiers.is_empty() && noted(&snapshot, "BTC/USD:BTC"));
}

#[test]
fn nulls_are_missing_and_never_zero() {
    let snapshot = read(HYPERLIQUID).unwrap();
    let [btc, pepe] = snapshot.positions.as_slice() else {
        panic!("{:?}", snapshot.positions);
    };
    assert_eq!(
        (btc.hedged, btc.mark, btc.contract_size),
        (None, None, None)
    );
    // collateral 420.5 less open profit 20.5 is what initialMargin says: 400.
    assert_eq!(btc.assigned_margin(), money(dec!(400)));
    assert_eq!((pepe.side, pepe.mode, pepe.notional), (None, None, None));
    assert_eq!(pepe.contracts, Some(dec!(1000000)));
    assert_eq!(pepe.entry, Some(Price::new(dec!(0.0105))));
    assert_eq!(pepe.liquidation, None);
    // Collateral and initial margin differ and the open profit is not said: no margin is sure.
    assert_eq!(pepe.assigned_margin(), None);
    assert!(noted(&snapshot, "XYZ-TSLA/USDC:USDC"));
    assert_eq!(snapshot.balances["USDC"].settled, None);
}

#[test]
fn each_answer_alone_is_recognised() {
    let whole: serde_json::Value = serde_json::from_str(BINANCE).unwrap();
    let expected = read(BINANCE).unwrap();
    let positions = read(&whole["fetch_positions"].to_string()).unwrap();
    assert_eq!(positions.positions, expected.positions);
    let balance = read(&whole["fetch_balance"].to_string()).unwrap();
    assert_eq!(balance.balances, expected.balances);
    assert!(!balance.says_positions);
    let tiers = read(&whole["fetch_leverage_tiers"].to_string()).unwrap();
    assert_eq!(tiers.tiers, expected.tiers);
    let market = whole["fetch_leverage_tiers"]["BTC/USDT:USDT"].to_string();
    assert_eq!(read(&market).unwrap().tiers.len(), 1);
    let one = read(&whole["fetch_positions"][0].to_string()).unwrap();
    assert_eq!(one.positions, expected.positions[..1]);
    // Nothing is open, and the text says so.
    let none = read("[]").unwrap();
    assert!(none.says_positions && none.positions.is_empty());
    // Names as JavaScript has them; a mark of Windows in front.
    let named = format!(
        "\u{feff}{{\"fetchPositions\": {}}}",
        whole["fetch_positions"]
    );
    assert_eq!(read(&named).unwrap().positions, expected.positions);
}

#[test]
fn numbers_keep_every_digit() {
    for (written, value) in [
        ("0.1", dec!(0.1)),
        ("1e-7", dec!(0.0000001)),
        ("5E+3", dec!(5000)),
        ("\"0.30000000000000004\"", dec!(0.30000000000000004)),
        (
            "12345678901234567890.12345678",
            dec!(12345678901234567890.12345678),
        ),
    ] {
        let text = format!("{{\"total\": {{\"USDT\": {written}}}}}");
        assert_eq!(read(&text).unwrap().balances["USDT"].total, money(value));
    }
}

#[test]
fn an_error_names_the_line_and_the_field() {
    let says = |text: &str, line: usize, field: &str| match read(text) {
        Err(ImportError::Field {
            line: at,
            field: named,
            ..
        }) => assert_eq!((at, named.as_str()), (line, field), "{text}"),
        other => panic!("{other:?}"),
    };
    let broken = BINANCE.replacen("\"contracts\": 2.5", "\"contracts\": \"many\"", 1);
    let line = 1 + broken[..broken.find("many").unwrap()].matches('\n').count();
    says(&broken, line, "fetch_positions[1].contracts");
    says(
        "[\n {\"symbol\": \"BTC/USDT:USDT\",\n  \"contracts\": 1, \"side\": \"up\"}]",
        3,
        "fetch_positions[0].side",
    );
    says("{\"total\":{\"USDT\":1e40}}", 1, "fetch_balance.total.USDT");
    says(
        "[{\"symbol\":\"A/B:B\",\"contracts\":1,\n\"contracts\":2}]",
        2,
        "[0].contracts",
    );
    let Err(ImportError::NotJson { line, column, .. }) = read("{\n\"a\": }") else {
        panic!("read");
    };
    assert_eq!((line, column), (2, 6));
    let Err(ImportError::NotRecognised { found }) = read("{\"a\":1,\"b\":[]}") else {
        panic!("read");
    };
    assert_eq!(found, "a, b");
    for text in [
        "",
        "5",
        "null",
        "\"x\"",
        "[1]",
        "{}",
        "{\"fetch_positions\":5}",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn a_text_beyond_the_limit_is_not_looked_at() {
    let long = " ".repeat(LIMIT + 1);
    assert_eq!(read(&long), Err(ImportError::TooLarge { bytes: LIMIT + 1 }));
}

#[test]
fn tiers_that_cannot_be_are_left_out_with_a_reason() {
    let tiers = |rows: &str| {
        let snapshot = read(&format!("{{\"BTC/USDT:USDT\": [{rows}]}}")).unwrap();
        (snapshot.tiers.len(), snapshot.left_out.len())
    };
    let row = |floor: &str, rate: &str, leverage: &str| {
        format!(
            "{{\"currency\":\"USDT\",\"minNotional\":{floor},\"maintenanceMarginRate\":{rate},\"maxLeverage\":{leverage}}}"
        )
    };
    let first = row("0", "0.005", "100");
    assert_eq!(tiers(&first), (1, 0));
    assert_eq!(
        tiers(&format!("{first},{}", row("5", "0.01", "50"))),
        (1, 0)
    );
    for bad in [
        row("1", "0.005", "100"),                      // does not start at 0
        format!("{first},{}", row("0", "0.01", "50")), // does not rise
        row("0", "0.5", "100"),                        // percent, not a fraction
        row("0", "0", "100"),
        row("null", "0.005", "100"),
        first.replace("USDT", "USD"), // another currency
        first.replace('{', "{\"info\":{\"minSz\":\"0\"},"), // contracts
    ] {
        assert_eq!(tiers(&bad), (0, 1), "{bad}");
    }
}

#[test]
fn the_contract_and_not_the_spot_market_of_a_name_gives_the_tiers() {
    let row = |rate: &str| {
        format!(
            "[{{\"currency\":\"USDT\",\"minNotional\":0,\"maintenanceMarginRate\":{rate},\"maxLeverage\":5}}]"
        )
    };
    let (spot, swap) = (row("0.1"), row("0.01"));
    for text in [
        format!("{{\"BTC/USDT\": {spot}, \"BTC/USDT:USDT\": {swap}}}"),
        format!("{{\"BTC/USDT:USDT\": {swap}, \"BTC/USDT\": {spot}}}"),
    ] {
        let snapshot = read(&text).unwrap();
        let [tiers] = snapshot.tiers.values().collect::<Vec<_>>()[..] else {
            panic!("{:?}", snapshot.tiers);
        };
        assert_eq!(tiers.tiers[0].rate.get(), dec!(0.01));
        assert!(noted(&snapshot, "BTC/USDT"));
    }
}

#[test]
fn a_position_given_twice_is_read_once_and_said() {
    let one =
        "{\"symbol\":\"BTC/USDT:USDT\",\"contracts\":1,\"side\":\"long\",\"marginMode\":\"cross\"}";
    let snapshot = read(&format!("[{one},{one}]")).unwrap();
    assert_eq!((snapshot.positions.len(), snapshot.left_out.len()), (1, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Bytes of a fixture replaced, cut out or doubled: an answer or an error, never a panic,
    /// and never a figure that means nothing.
    #[test]
    fn no_mutation_of_a_fixture_panics(
        which in 0_usize..3,
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, "[\\x00-\\x7f]{0,6}|null|-1|1e99|\"\"|\\{|\\[|é"), 1..6),
    ) {
        let mut text = [BINANCE, OKX, HYPERLIQUID][which].to_owned();
        for (at, length, instead) in cuts {
            let start = at.index(text.len().max(1)).min(text.len());
            let end = start.saturating_add(length).min(text.len());
            if text.is_char_boundary(start) && text.is_char_boundary(end) {
                text.replace_range(start..end, &instead);
            }
        }
        if let Ok(snapshot) = read(&text) {
            super::test_accounts::hold_against_everything(&snapshot);
        }
    }

    /// Values of fields replaced one by one, so that the JSON stays JSON.
    #[test]
    fn no_value_in_a_field_panics(
        which in 0_usize..3,
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), prop::sample::select(vec![
                "null", "0", "-1", "1e28", "79228162514264337593543950335", "1e-28", "\"\"",
                "true", "[]", "{}", "\"isolated\"", "\"long\"", "0.0000001", "\"BTC/USDT\"",
            ])),
            1..8,
        ),
    ) {
        let text = [BINANCE, OKX, HYPERLIQUID][which];
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (at, value) in changes {
            let at = at.index(lines.len());
            let line = lines[at].clone();
            if let Some((name, old)) = line.split_once(": ")
                && !old.ends_with(['{', '['])
            {
                let comma = if old.ends_with(',') { "," } else { "" };
                lines[at] = format!("{name}: {value}{comma}");
            }
        }
        if let Ok(snapshot) = read(&lines.join("\n")) {
            super::test_accounts::hold_against_everything(&snapshot);
        }
    }

    /// A number written with an exponent is the number written out.
    #[test]
    fn an_exponent_is_a_moved_point(digits in 1_i64..1_000_000_000_000, power in -12_i32..12) {
        let plain = match u32::try_from(power) {
            Ok(up) => Decimal::from_i128_with_scale(i128::from(digits).saturating_mul(10_i128.pow(up)), 0),
            Err(_) => Decimal::new(digits, power.unsigned_abs()),
        };
        prop_assert_eq!(super::number::exact(&format!("{digits}e{power}")), Ok(plain));
    }

    /// No digit is lost on the way: what could be read reads back when its point is moved back.
    #[test]
    fn a_moved_point_loses_no_digit(
        digits in 1_i128..79_228_162_514_264_337_593_543_950_335,
        scale in 0_u32..=28,
        power in -28_i32..=28,
    ) {
        let written = Decimal::from_i128_with_scale(digits, scale);
        if let Ok(moved) = super::number::exact(&format!("{written}e{power}")) {
            let back = super::number::exact(&format!("{moved}e{}", power.saturating_neg()));
            prop_assert_eq!(back, Ok(written));
        }
    }
}

use rust_decimal::dec;

use super::read_tests::{BINANCE, HYPERLIQUID, OKX};
use super::test_accounts::{account, asked, opening, symbol, with};
use super::*;
use crate::engine::Backing::Cross;
use crate::engine::Side::{Long, Short};
use crate::engine::{Backing, Basis, Contract, Money, Price};
use crate::interchange::venues::venues;
use crate::market::PositionId;
use crate::record::Event;

#[test]
fn an_imported_position_is_valued_as_in_its_own_mode() {
    let account = account("KuCoin", "USDT", dec!(1));
    // Without tiers of its own BTC, isolated in the fixture, takes the venue's.
    let isolated = BINANCE.replace("BTC/USDT:USDT\": [", "DOGE/USDT:USDT-1\": [");
    let cross = isolated.replacen("isolated\"", "cross\"", 1);
    for (text, basis) in [(isolated, Basis::AtEntry), (cross, Basis::AtSolvedPrice)] {
        let preview = preview(&read(&text).unwrap(), &account);
        let btc = opening(&preview, "BTC/USDT").unwrap();
        assert_eq!(btc.rules.label, "KuCoin, example of 2024-10-21");
        assert_eq!(btc.rules.schedule.basis, basis);
    }
}

#[test]
fn an_unknown_venue_is_asked_like_which_it_values() {
    let account = account("Corner shop", "USDT", dec!(1));
    let snapshot = read(BINANCE).unwrap();
    let first = preview(&snapshot, &account);
    let question = first
        .questions
        .iter()
        .find(|question| question.asked.detail == Detail::Venue)
        .unwrap();
    assert_eq!(question.offers.len(), venues().len());
    let mut answers = ImportAnswers::default();
    answers.give(question.asked.clone(), ImportAnswer::Venue("bybit"));
    let second = preview_with(&snapshot, &account, &answers);
    let btc = opening(&second, "BTC/USDT").unwrap();
    assert_eq!(btc.rules.schedule.close_fee.get(), dec!(0.0005));
}

#[test]
fn a_mode_that_changed_is_a_change_and_not_another_position() {
    let mut account = account("Binance USDT-M", "USDT", dec!(1));
    with(&mut account, "BTC/USDT", Long, dec!(0.1), Cross);
    let preview = preview(&read(BINANCE).unwrap(), &account);
    assert!(opening(&preview, "BTC/USDT").is_none());
    assert!(preview.lines.iter().any(|line| matches!(
        line,
        ProposedChange::Changed { differences, .. }
            if differences.iter().any(|d| matches!(d, Difference::Backing(Cross, _)))
    )));
}

#[test]
fn a_leverage_that_changed_is_a_change_that_is_told() {
    let mut account = account("Binance USDT-M", "USDT", dec!(1));
    let margin = Money::new(dec!(500.25));
    let backing = Backing::Isolated { margin };
    with(&mut account, "BTC/USDT", Long, dec!(0.1), backing);
    for (before, after, words) in [
        (None, "20", "leverage not known → 20x"),
        (Some(dec!(10)), "12.5", "leverage 10x → 12.5x"),
        (Some(dec!(20)), "20", "unchanged; its mark is of now"),
        (Some(dec!(20)), "null", "unchanged; its mark is of now"),
    ] {
        let open = &mut account.positions[0].position;
        (open.leverage, open.mark) = (before, Price::new(dec!(69505)));
        let text = BINANCE.replacen("\"leverage\": 20.0", &format!("\"leverage\": {after}"), 1);
        let snapshot = read(&text).unwrap();
        let preview = preview(&snapshot, &account);
        let changed = |line: &&ProposedChange| matches!(line, ProposedChange::Changed { .. });
        let line = preview.lines.iter().find(changed).unwrap();
        assert_eq!(line.change("USDT"), words);
    }
}

#[test]
fn the_two_sides_of_one_market_are_two_positions() {
    let mut account = account("Binance USDT-M", "USDT", dec!(1));
    with(&mut account, "BTC/USDT", Short, dec!(0.1), Cross);
    let preview = preview(&read(BINANCE).unwrap(), &account);
    assert!(opening(&preview, "BTC/USDT").is_some());
    let id = account.positions[0].id();
    assert_eq!(asked(&preview), [(About::Open(id), Detail::Gone)]);
}

#[test]
fn looking_twice_at_the_same_text_says_the_same() {
    let account = account("Hyperliquid", "USDC", dec!(2000));
    for text in [BINANCE, OKX, HYPERLIQUID] {
        let snapshot = read(text).unwrap();
        assert_eq!(preview(&snapshot, &account), preview(&snapshot, &account));
    }
}

#[test]
fn brackets_of_an_inverse_market_are_counted_as_its_position() {
    let text = r#"{
        "positions": [{"symbol": "BTC/USD:BTC", "contracts": 50, "contractSize": 100,
            "entryPrice": 60000, "markPrice": 62500, "side": "long", "marginMode": "cross"}],
        "leverage_tiers": {"BTC/USD:BTC": [{"tier": 1, "currency": "BTC", "minNotional": 0,
            "maxNotional": 5, "maintenanceMarginRate": 0.004, "maxLeverage": 125,
            "info": {"bracket": "1", "cum": "0"}}]}
    }"#;
    let account = account("Binance COIN-M", "BTC", dec!(0.4));
    let preview = preview(&read(text).unwrap(), &account);
    assert_eq!(preview.questions, []);
    let set = preview.events(&account, PositionId::fresh);
    let set = set.into_iter().find_map(|event| match event {
        Event::AccountSet(set) => Some(set),
        _ => None,
    });
    let terms = set.unwrap().contracts[&symbol("BTC/USD")];
    assert_eq!((terms.contract, terms.size), (Contract::Inverse, dec!(100)));
}

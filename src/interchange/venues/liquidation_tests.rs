//! One liquidation of BTC a venue, worked by hand from the closed forms of the engine:
//! F1 P = (W + c − s·q·e) / (q·r − s·q), F2 P = V·(r + s) / (W + c + s·V/e),
//! F3 P = e − s·(W − requirement)/q; r = maintenance rate + close fee where it counts.

use rust_decimal::{Decimal, dec};

use super::*;
use crate::engine::{Account, Funding, Intent, Joint, Price, Quantity, Side, Ticket, assess};

/// An isolated long of 0.5 BTC at 100,000 with 5,000 behind it (inverse: 50,000 contracts of
/// 1 USD with 0.05 BTC), in the venue's own tiers of BTC, else at a flat 0.5 % as typed.
fn liquidation(name: &str, mark: Decimal) -> Decimal {
    let venue = venue_named(name).unwrap();
    let close = venue.taker_fee.as_ref().map_or(Rate::ZERO, |fee| fee.value);
    let fees = Fees {
        open: Rate::ZERO,
        close,
    };
    let maintenance = venue
        .rules_with(fees)
        .into_iter()
        .find(|(symbol, _)| symbol.base() == "BTC")
        .map_or_else(
            || venue.schedule(flat(Rate::new(dec!(0.005))), fees),
            |(_, rules)| rules.schedule,
        );
    let (quantity, margin, wallet) = match venue.contract {
        Contract::Linear => (dec!(0.5), dec!(5_000), dec!(20_000)),
        Contract::Inverse => (dec!(50_000), dec!(0.05), dec!(1)),
    };
    let account = Account {
        collateral: "X".to_owned(),
        wallet_balance: Money::new(wallet),
        positions: Vec::new(),
        mode_scope: crate::engine::ModeScope::Position,
    };
    let ticket = Ticket {
        intent: Intent::Open,
        symbol: "BTC".to_owned(),
        contract: venue.contract,
        contract_size: dec!(1),
        side: Side::Long,
        quantity: Quantity::new(quantity),
        entry: Price::new(dec!(100_000)),
        mark: Some(Price::new(mark)),
        mode: Mode::Isolated,
        margin: Some(Money::new(margin)),
        leverage: None,
        fees,
        funding: Funding {
            rate: Rate::ZERO,
            intervals: 0,
            owed: Money::ZERO,
        },
        tick: None,
        lot: None,
        maintenance,
        invalidation: Some(Price::new(dec!(95_000))),
        acceptable_loss: Some(Money::new(dec!(1))),
    };
    let low = assess(&account, &ticket, Some(&Joint::default()))
        .unwrap()
        .isolated
        .survives
        .low;
    low.unwrap().get().round_dp(6)
}

const ENTRY: Decimal = dec!(100_000);

#[test]
fn binance_takes_the_bracket_at_the_liquidation_not_at_the_entry() {
    // Entry notional 50,000 lies in 0.5 %; at 90,361 it is 45,181 and lies in 0.4 % without amount:
    // (5,000 − 50,000) / (0.5·0.004 − 0.5) = −45,000 / −0.498 = 90,361.445783
    assert_eq!(liquidation("Binance USDT-M", ENTRY), dec!(90361.445783));
}

#[test]
fn binance_coin_m_counts_in_coin() {
    // F2: 50,000·(0.005 + 1) / (0.05 + 50,000/100,000) = 50,250 / 0.55 = 91,363.636364
    assert_eq!(liquidation("Binance COIN-M", ENTRY), dec!(91363.636364));
}

#[test]
fn bybit_okx_and_gate_count_the_fee_to_close() {
    // Bybit r = 0.005 + 0.00055: 45,000 / (0.5·(1 − 0.00555)) = 45,000 / 0.497225 = 90,502.287697
    assert_eq!(liquidation("Bybit", ENTRY), dec!(90502.287697));
    // OKX and Gate r = 0.005 + 0.0005: 45,000 / (0.5·0.9945) = 45,000 / 0.49725 = 90,497.737557
    assert_eq!(liquidation("OKX", ENTRY), dec!(90497.737557));
    assert_eq!(liquidation("Gate", ENTRY), dec!(90497.737557));
}

#[test]
fn hyperliquid_and_dydx_do_not() {
    // Hyperliquid 1.25 %: 45,000 / (0.5·0.9875) = 45,000 / 0.49375 = 91,139.240506
    assert_eq!(liquidation("Hyperliquid", ENTRY), dec!(91139.240506));
    // dYdX 1.2 %: 45,000 / (0.5·0.988) = 45,000 / 0.494 = 91,093.117409
    assert_eq!(liquidation("dYdX", ENTRY), dec!(91093.117409));
}

#[test]
fn bitget_freezes_the_requirement_at_the_mark() {
    // F3 at the fill, 0.5·100,000·(0.005 + 0.0006) = 280: 100,000 − (5,000 − 280)/0.5 = 90,560
    assert_eq!(liquidation("Bitget", dec!(98_000)), dec!(90560));
}

#[test]
fn kucoin_freezes_it_at_the_entry() {
    // Entry notional 50,000 is in the first level, 0.4 %: 50,000·(0.004 + 0.0006) = 230;
    // F3: 100,000 − (5,000 − 230)/0.5 = 90,460, wherever the mark is.
    assert_eq!(liquidation("KuCoin", ENTRY), dec!(90460));
    assert_eq!(liquidation("KuCoin", dec!(98_000)), dec!(90460));
}

#[test]
fn the_textbook_has_one_flat_rate() {
    // 45,000 / (0.5·0.995) = 45,000 / 0.4975 = 90,452.261307
    assert_eq!(
        liquidation("Simple, as in textbooks", ENTRY),
        dec!(90452.261307)
    );
}

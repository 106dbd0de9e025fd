//! One liquidation of BTC a venue, worked by hand from the closed forms of the engine:
//! F1 P = (W + c − s·q·e) / (q·r − s·q), F2 P = V·(r + s) / (W + c + s·V/e),
//! F3 P = e − s·(W − requirement)/q; r = maintenance rate + close fee where it counts.

use rust_decimal::{Decimal, dec};

use super::*;
use crate::engine::{
    Account, Contract, Fees, Funding, Intent, Joint, Mode, Money, Outcome, Price, Quantity, Rate,
    Schedule, Side, Ticket, assess,
};
use crate::market::Symbol;

/// An opening in an account with nothing else.
#[derive(Clone, Copy)]
pub(super) struct Opening {
    pub(super) contract: Contract,
    pub(super) side: Side,
    pub(super) quantity: Decimal,
    pub(super) entry: Decimal,
    pub(super) mark: Decimal,
    pub(super) margin: Decimal,
    pub(super) wallet: Decimal,
}

impl Opening {
    /// What the engine says of it in a mode.
    pub(super) fn assessed(self, mode: Mode, maintenance: Schedule) -> Outcome {
        let account = Account {
            collateral: "X".to_owned(),
            wallet_balance: Money::new(self.wallet),
            positions: Vec::new(),
            mode_scope: crate::engine::ModeScope::Position,
        };
        let wrong = match self.side {
            Side::Long => dec!(0.95),
            Side::Short => dec!(1.05),
        };
        let ticket = Ticket {
            intent: Intent::Open,
            symbol: "BTC".to_owned(),
            contract: self.contract,
            contract_size: dec!(1),
            side: self.side,
            quantity: Quantity::new(self.quantity),
            entry: Price::new(self.entry),
            mark: Some(Price::new(self.mark)),
            mode,
            margin: Some(Money::new(self.margin)),
            leverage: None,
            fees: Fees {
                open: Rate::ZERO,
                close: Rate::ZERO,
            },
            funding: Funding {
                rate: Rate::ZERO,
                intervals: 0,
                owed: Money::ZERO,
            },
            tick: None,
            lot: None,
            maintenance,
            invalidation: Some(Price::new(self.entry.checked_mul(wrong).unwrap())),
            acceptable_loss: Some(Money::new(dec!(1))),
        };
        let assessment = assess(&account, &ticket, Some(&Joint::default())).unwrap();
        assessment.outcome(mode).clone()
    }
}

/// The fees of a venue's example, of which only the closing one counts here.
pub(super) fn fees_of(venue: &Venue) -> Fees {
    let close = venue.taker_fee.as_ref().map_or(Rate::ZERO, |fee| fee.value);
    Fees {
        open: Rate::ZERO,
        close,
    }
}

/// An isolated long of 0.5 BTC at 100,000 with 5,000 behind it (inverse: 50,000 contracts of
/// 1 USD with 0.05 BTC), in the venue's own tiers of BTC, else at a flat 0.5 % as typed.
fn liquidation(name: &str, mark: Decimal) -> Decimal {
    let venue = venue_named(name).unwrap();
    let tiers = venue
        .rules
        .iter()
        .find(|(symbol, _)| symbol.base() == "BTC")
        .map_or_else(
            || flat(Rate::new(dec!(0.005))),
            |(_, rules)| rules.schedule.tiers.clone(),
        );
    let (quantity, margin, wallet) = match venue.contract {
        Contract::Linear => (dec!(0.5), dec!(5_000), dec!(20_000)),
        Contract::Inverse => (dec!(50_000), dec!(0.05), dec!(1)),
    };
    let opening = Opening {
        contract: venue.contract,
        side: Side::Long,
        quantity,
        entry: ENTRY,
        mark,
        margin,
        wallet,
    };
    let schedule = venue.schedule(Mode::Isolated, tiers, fees_of(venue));
    let low = opening.assessed(Mode::Isolated, schedule).liquidation.low;
    low.unwrap().get().round_dp(6)
}

const ENTRY: Decimal = dec!(100_000);

#[test]
fn binance_takes_the_bracket_at_the_liquidation_not_at_the_entry() {
    // In the newest brackets 50,000 and 45,181 both lie in 0.4 % without amount:
    // (5,000 − 50,000) / (0.5·0.004 − 0.5) = −45,000 / −0.498 = 90,361.445783
    assert_eq!(liquidation("Binance USDT-M", ENTRY), dec!(90361.445783));
    // 3.1 BTC with 31,000: 310,000 lies in 0.5 %, 280,120 at 90,361 in 0.4 % again:
    // (31,000 − 310,000) / (3.1·0.004 − 3.1) = −279,000 / −3.0876 = 90,361.445783
    // 4 BTC with 40,000: 400,000 and 361,658 both in 0.5 % with 300:
    // (40,000 + 300 − 400,000) / (4·0.005 − 4) = −359,700 / −3.98 = 90,376.884422
    let btc = Symbol::read("BTC/USDT", "").unwrap();
    let binance = venue_named("Binance USDT-M").unwrap();
    for (quantity, expected) in [
        (dec!(3.1), dec!(90361.445783)),
        (dec!(4), dec!(90376.884422)),
    ] {
        let opening = Opening {
            contract: Contract::Linear,
            side: Side::Long,
            quantity,
            entry: ENTRY,
            mark: ENTRY,
            margin: quantity * dec!(10_000),
            wallet: dec!(100_000),
        };
        let outcome = opening.assessed(Mode::Isolated, binance.rules[&btc].schedule.clone());
        assert_eq!(outcome.liquidation.low.unwrap().get().round_dp(6), expected);
    }
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
fn bitget_values_the_position_at_the_mark_as_it_moves() {
    // r = 0.005 + 0.0006: 45,000 / (0.5·0.9944) = 45,000 / 0.4972 = 90,506.838294, wherever the
    // mark is now.
    assert_eq!(liquidation("Bitget", ENTRY), dec!(90506.838294));
    assert_eq!(liquidation("Bitget", dec!(98_000)), dec!(90506.838294));
}

#[test]
fn kucoin_freezes_it_at_the_entry() {
    // Entry notional 50,000 is in the first level, 0.4 %: 50,000·(0.004 + 0.0006) = 230;
    // F3: 100,000 − (5,000 − 230)/0.5 = 90,460, wherever the mark is.
    assert_eq!(liquidation("KuCoin", ENTRY), dec!(90460));
    assert_eq!(liquidation("KuCoin", dec!(98_000)), dec!(90460));
}

#[test]
fn kucoin_values_cross_as_the_price_moves() {
    let kucoin = venue_named("KuCoin").unwrap();
    let opening = Opening {
        contract: Contract::Linear,
        side: Side::Short,
        quantity: dec!(0.5),
        entry: ENTRY,
        mark: ENTRY,
        margin: dec!(5_000),
        wallet: dec!(20_000),
    };
    let tiers = || flat(Rate::new(dec!(0.005)));
    let high = |mode, schedule| {
        let survives = opening.assessed(mode, schedule).liquidation;
        survives.high.unwrap().get().round_dp(6)
    };
    // F1, r = 0.005 + 0.0006: (20,000 + 50,000) / (0.5·0.0056 + 0.5) = 70,000 / 0.5028
    let cross = kucoin.schedule(Mode::Cross, tiers(), fees_of(kucoin));
    assert_eq!(high(Mode::Cross, cross), dec!(139220.365951));
    // F3 with 50,000·0.0056 = 280: 100,000 + (20,000 − 280)/0.5. What a ticket shows in cross is
    // 219 too far, which the reveal's line says.
    let shared = kucoin.shared_schedule(tiers(), fees_of(kucoin));
    assert_eq!(high(Mode::Cross, shared), dec!(139440));
}

#[test]
fn bingx_phemex_htx_and_kraken_move_with_the_price() {
    // BingX r = 0.005 + 0.0005 as OKX.
    assert_eq!(liquidation("BingX", ENTRY), dec!(90497.737557));
    // No fee of Phemex is known with its day, HTX and Kraken count none: 45,000 / 0.4975.
    assert_eq!(liquidation("Phemex", ENTRY), dec!(90452.261307));
    assert_eq!(liquidation("HTX", ENTRY), dec!(90452.261307));
    assert_eq!(liquidation("Kraken", ENTRY), dec!(90452.261307));
}

#[test]
fn mexc_and_coinbase_freeze_it_at_the_entry() {
    // MEXC 50,000·(0.005 + 0.0002) = 260: 100,000 − (5,000 − 260)/0.5
    assert_eq!(liquidation("MEXC", dec!(98_000)), dec!(90520));
    // Coinbase 50,000·0.005 = 250: 100,000 − (5,000 − 250)/0.5
    assert_eq!(liquidation("Coinbase", dec!(98_000)), dec!(90500));
}

#[test]
fn the_coin_margined_venues_count_in_coin() {
    // F2 as Binance COIN-M: 50,000·1.005 / 0.55; no taker fee is known of BitMEX.
    for venue in ["Kraken Coin-M", "Deribit", "BitMEX"] {
        assert_eq!(liquidation(venue, ENTRY), dec!(91363.636364), "{venue}");
    }
}

#[test]
fn the_textbook_has_one_flat_rate() {
    // 45,000 / (0.5·0.995) = 45,000 / 0.4975 = 90,452.261307
    assert_eq!(
        liquidation("Simple, as in textbooks", ENTRY),
        dec!(90452.261307)
    );
}

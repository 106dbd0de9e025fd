//! Liquidations that the venues themselves have published, or answered and somebody recorded.

use rust_decimal::{Decimal, dec};

use super::liquidation_tests::{Opening, fees_of};
use super::*;
use crate::engine::{Contract, Fees, Mode, Rate, Side};
use crate::market::Symbol;

fn linear_long(quantity: Decimal, entry: Decimal, margin: Decimal) -> Opening {
    Opening {
        contract: Contract::Linear,
        side: Side::Long,
        quantity,
        entry,
        mark: entry,
        margin,
        wallet: margin,
    }
}

/// Where an isolated long would be closed by a venue, at one rate.
fn closed_at(venue: &Venue, opening: Opening, rate: Decimal, fees: Fees) -> Decimal {
    let schedule = venue.schedule(Mode::Isolated, flat(Rate::new(rate)), fees);
    let outcome = opening.assessed(Mode::Isolated, schedule);
    outcome.liquidation.low.unwrap().get()
}

#[test]
fn phemexs_example_comes_out() {
    // Help center: 500 at 0.4 with 5x, 1 % maintenance, 0.06 % fee; assigned 200/5 and the fee on
    // the bankruptcy value, 160·0.0006; liquidation 0.3232...
    let phemex = venue_named("Phemex").unwrap();
    let opening = linear_long(dec!(500), dec!(0.4), dec!(40.096));
    let fees = Fees {
        open: Rate::ZERO,
        close: Rate::new(dec!(0.0006)),
    };
    let price = closed_at(phemex, opening, dec!(0.01), fees);
    assert_eq!(price.trunc_with_scale(4), dec!(0.3232));
}

#[test]
fn mexcs_example_comes_out() {
    // Blog: 0.1 BTC at 50,000 with 25x, 0.4 %, commission excluded; liquidation 48,200.
    let mexc = venue_named("MEXC").unwrap();
    let opening = linear_long(dec!(0.1), dec!(50_000), dec!(200));
    let none = Fees {
        open: Rate::ZERO,
        close: Rate::ZERO,
    };
    assert_eq!(closed_at(mexc, opening, dec!(0.004), none), dec!(48_200));
}

#[test]
fn krakens_example_comes_out() {
    // Equity Protection Process: long 1,000 contracts at 8,000 with 0.01 BTC, maintenance 1 %;
    // liquidation 7,481, bankruptcy 7,407.
    let kraken = venue_named("Kraken Coin-M").unwrap();
    let opening = Opening {
        contract: Contract::Inverse,
        ..linear_long(dec!(1_000), dec!(8_000), dec!(0.01))
    };
    let schedule = kraken.schedule(Mode::Cross, flat(Rate::new(dec!(0.01))), fees_of(kraken));
    let outcome = opening.assessed(Mode::Cross, schedule);
    assert_eq!(outcome.liquidation.low.unwrap().get().trunc(), dec!(7_481));
    assert_eq!(outcome.bankruptcy.low.unwrap().get().trunc(), dec!(7_407));
}

#[test]
fn hyperliquids_own_answer_comes_out() {
    // clearinghouseState of 2026-09-26: long 0.06075 BTC at 83,985.7, isolated with a raw -3,828.81778,
    // so 0.06075·83,985.7 − 3,828.81778 = 1,273.313495 behind it; liquidation 63,823.6021044955.
    let hyperliquid = venue_named("Hyperliquid").unwrap();
    let btc = Symbol::read("BTC", "USDC").unwrap();
    let opening = linear_long(dec!(0.06075), dec!(83985.7), dec!(1273.313495));
    let schedule = hyperliquid.rules[&btc].schedule.clone();
    let low = opening.assessed(Mode::Isolated, schedule).liquidation.low;
    assert_eq!(low.unwrap().get().round_dp(10), dec!(63823.6021044955));
}

#[test]
fn kucoins_cross_requirement_comes_out() {
    // Risk Rate of Cross Margin Mode: of 0.1 BTC at a mark of 62,000, 0.5 % and 0.06 % to close,
    // 31 and 3.72 count. A pool of 34.72 has a rate of 100 %, and one of a cent more has not,
    // wherever the position was opened.
    let kucoin = venue_named("KuCoin").unwrap();
    let schedule = kucoin.schedule(Mode::Cross, flat(Rate::new(dec!(0.005))), fees_of(kucoin));
    for (pool, already) in [(dec!(34.72), true), (dec!(34.73), false)] {
        let opening = Opening {
            wallet: pool,
            ..linear_long(dec!(0.1), dec!(62_000), pool)
        };
        let outcome = opening.assessed(Mode::Cross, schedule.clone());
        assert_eq!(outcome.already, already, "{pool}");
    }
}

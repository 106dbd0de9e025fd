//! What is said of each venue beside a ticket, and when nothing is.

use rust_decimal::{Decimal, dec};

use super::liquidation_tests::{Opening, fees_of};
use super::*;
use crate::engine::{Basis, Contract, Intent, Mode, Money, Price, Rate, Schedule, Side};
use crate::input::MODES;
use crate::wording::venue::{Circumstances, about, line};

/// A ticket of 50,000 in a venue's own schedule at one rate.
fn circumstances<'a>(venue: &Venue, mode: Mode, schedule: &'a Schedule) -> Circumstances<'a> {
    Circumstances {
        intent: Intent::Open,
        mode,
        side: Side::Long,
        contract: venue.contract,
        hedged: false,
        notional: Some(Money::new(dec!(50_000))),
        collateral: if venue.collateral.as_deref() == Some("USDC") {
            "USDC"
        } else {
            "USDT"
        },
        schedule,
    }
}

fn at_one_rate(venue: &Venue) -> Schedule {
    venue.shared_schedule(flat(Rate::new(dec!(0.005))), fees_of(venue))
}

/// The line of a venue, with what differs from [`circumstances`].
fn said(name: &str, mode: Mode, change: impl Fn(&mut Circumstances<'_>)) -> Option<String> {
    let venue = venue_named(name).unwrap();
    let schedule = at_one_rate(venue);
    let mut circumstances = circumstances(venue, mode, &schedule);
    change(&mut circumstances);
    line(&venue.profile(), &circumstances)
}

#[test]
fn each_venue_has_its_line_for_a_long_of_50_000() {
    for (name, isolated, cross) in [
        (
            "Binance USDT-M",
            "Binance USDT-M liquidates in steps where it can.",
            "Binance USDT-M liquidates in steps where it can.",
        ),
        (
            "Binance COIN-M",
            "Binance COIN-M liquidates in steps where it can.",
            "Binance COIN-M liquidates in steps where it can.",
        ),
        (
            "Bybit",
            "Bybit has one margin mode for your whole account; it liquidates in steps from tier 2 up and settles at the bankruptcy price; it takes funding from what is free before the margin.",
            "Bybit has one margin mode for your whole account; it liquidates in steps from tier 2 up and settles at the bankruptcy price.",
        ),
        (
            "OKX",
            "OKX liquidates in steps from tier 3 up.",
            "OKX liquidates in steps from tier 3 up.",
        ),
        ("Hyperliquid", "", ""),
        (
            "dYdX",
            "dYdX liquidates in steps where it can.",
            "dYdX liquidates in steps where it can.",
        ),
        (
            "Gate",
            "Gate liquidates in steps where it can.",
            "Gate liquidates in steps where it can.",
        ),
        (
            "Bitget",
            "Bitget adds margin from what is free by itself where you switched that on.",
            "Bitget liquidates in steps where it can.",
        ),
        (
            "KuCoin",
            "KuCoin adds margin from what is free by itself where you switched that on.",
            "",
        ),
        (
            "MEXC",
            "MEXC liquidates in steps from tier 2 up and settles at the bankruptcy price; it adds margin from what is free by itself where you switched that on.",
            "MEXC liquidates in steps from tier 2 up and settles at the bankruptcy price.",
        ),
        (
            "BingX",
            "BingX settles a liquidation at the bankruptcy price.",
            "BingX liquidates in steps where it can and settles at the bankruptcy price.",
        ),
        (
            "HTX",
            "HTX liquidates in steps from tier 2 up.",
            "HTX liquidates in steps from tier 2 up.",
        ),
        (
            "Phemex",
            "Phemex liquidates in steps where it can.",
            "Phemex liquidates in steps where it can.",
        ),
        (
            "Kraken",
            "Kraken liquidates in steps where it can.",
            "Kraken liquidates in steps where it can.",
        ),
        (
            "Kraken Coin-M",
            "Kraken Coin-M has one margin mode for your whole account.",
            "Kraken Coin-M has one margin mode for your whole account.",
        ),
        (
            "Coinbase",
            "Coinbase International liquidates in steps where it can.",
            "Coinbase International liquidates in steps where it can.",
        ),
        (
            "Deribit",
            "Deribit has one margin mode for your whole account; it liquidates in steps where it can.",
            "Deribit has one margin mode for your whole account; it liquidates in steps where it can.",
        ),
        (
            "BitMEX",
            "BitMEX liquidates in steps from tier 2 up and settles at the bankruptcy price.",
            "BitMEX liquidates in steps from tier 2 up and settles at the bankruptcy price.",
        ),
        ("Simple", "", ""),
    ] {
        for (mode, expected) in MODES.into_iter().zip([isolated, cross]) {
            let said = said(name, mode, |_| {}).unwrap_or_default();
            assert_eq!(said, expected, "{name}, {mode:?}");
        }
    }
    assert_eq!(venues().len(), 19, "and none is left out above");
}

#[test]
fn steps_above_a_size_are_named_only_above_it_and_only_of_that_money() {
    let of = |notional: Decimal| {
        move |at: &mut Circumstances<'_>| at.notional = Some(Money::new(notional))
    };
    for (name, mode, at, above, words) in [
        (
            "KuCoin",
            Mode::Cross,
            dec!(600_000),
            dec!(600_000.01),
            "KuCoin liquidates in steps above 600,000 USDT.",
        ),
        (
            "Hyperliquid",
            Mode::Isolated,
            dec!(100_000),
            dec!(100_000.01),
            "Hyperliquid liquidates in steps above 100,000 USDC.",
        ),
    ] {
        assert_eq!(said(name, mode, of(at)), None, "{name} at {at}");
        assert_eq!(said(name, mode, of(above)).as_deref(), Some(words));
        let in_coin = |at: &mut Circumstances<'_>| {
            of(above)(at);
            at.collateral = "BTC";
        };
        assert_eq!(said(name, mode, in_coin), None);
        let unknown = |at: &mut Circumstances<'_>| at.notional = None;
        assert_eq!(said(name, mode, unknown), None);
    }
    // KuCoin says so of cross only.
    let isolated = said("KuCoin", Mode::Isolated, of(dec!(700_000))).unwrap();
    assert!(!isolated.contains("in steps"), "{isolated}");
}

#[test]
fn steps_from_a_tier_are_named_only_from_it_where_the_tier_is_known() {
    let okx = venue_named("OKX").unwrap();
    let rate = |rate| Rate::new(rate);
    let mut tiers = flat(rate(dec!(0.004)));
    for (floor, of) in [(dec!(100_000), dec!(0.005)), (dec!(200_000), dec!(0.01))] {
        tiers.push(crate::engine::Tier {
            floor: Money::new(floor),
            rate: rate(of),
            ..tiers[0]
        });
    }
    let schedule = okx.shared_schedule(tiers, fees_of(okx));
    for (notional, words) in [
        (dec!(199_999), None),
        (
            dec!(200_000),
            Some("OKX liquidates in steps from tier 3 up."),
        ),
    ] {
        let ticket = Circumstances {
            notional: Some(Money::new(notional)),
            ..circumstances(okx, Mode::Isolated, &schedule)
        };
        assert_eq!(line(&okx.profile(), &ticket).as_deref(), words);
    }
}

#[test]
fn a_hedge_in_the_pool_is_told_where_only_its_larger_side_counts() {
    let hedged = |at: &mut Circumstances<'_>| at.hedged = true;
    for name in ["Gate", "Bitget"] {
        let expected = format!(
            "{name} liquidates in steps where it can; it counts only the larger side of a hedge (here both count, the safer side)."
        );
        assert_eq!(said(name, Mode::Cross, hedged), Some(expected));
        let isolated = said(name, Mode::Isolated, hedged).unwrap();
        assert!(!isolated.contains("hedge"), "{isolated}");
    }
    for venue in venues() {
        let words = said(venue.id, Mode::Cross, hedged).unwrap_or_default();
        let larger = ["gate", "bitget"].contains(&venue.id);
        assert_eq!(words.contains("hedge"), larger, "{words}");
    }
}

#[test]
fn a_switch_where_the_mode_is_the_accounts_is_told_as_one_for_all() {
    let switch = |at: &mut Circumstances<'_>| at.intent = Intent::SwitchMode;
    let words = said("Bybit", Mode::Cross, switch).unwrap();
    let expected = "Bybit has one margin mode, so a switch is for all your positions;";
    assert!(words.starts_with(expected), "{words}");
}

#[test]
fn a_close_leaves_nothing_to_say() {
    for venue in venues() {
        for mode in MODES {
            let closed = |at: &mut Circumstances<'_>| at.intent = Intent::Close;
            assert_eq!(said(venue.id, mode, closed), None);
        }
    }
}

#[test]
fn no_line_is_longer_than_a_line() {
    let intents = [Intent::Open, Intent::Increase, Intent::SwitchMode];
    for venue in venues() {
        for mode in MODES {
            for side in [Side::Long, Side::Short] {
                for intent in intents {
                    let all = |at: &mut Circumstances<'_>| {
                        at.hedged = true;
                        at.side = side;
                        at.intent = intent;
                        at.notional = Some(Money::new(dec!(10_000_000)));
                    };
                    let words = said(venue.id, mode, all).unwrap_or_default();
                    let length = words.chars().count();
                    assert!(length <= 200, "{length}: {words}");
                }
            }
        }
    }
}

/// Where the venue would close an opening, under a schedule.
fn end(opening: Opening, mode: Mode, schedule: Schedule) -> Option<Decimal> {
    let survives = opening.assessed(mode, schedule).liquidation;
    let end = match opening.side {
        Side::Long => survives.low,
        Side::Short => survives.high,
    };
    end.map(Price::get)
}

#[test]
fn sooner_than_shown_is_said_exactly_where_the_engine_says_so() {
    let fee = Rate::new(dec!(0.0006));
    let fees = crate::engine::Fees {
        open: Rate::ZERO,
        close: fee,
    };
    let bases = [Basis::AtEntry, Basis::AtSolvedPrice];
    let mut told = 0;
    for theirs in bases {
        for ours in bases {
            for contract in [Contract::Linear, Contract::Inverse] {
                for side in [Side::Long, Side::Short] {
                    let (quantity, margin) = match contract {
                        Contract::Linear => (dec!(0.5), dec!(5_000)),
                        Contract::Inverse => (dec!(50_000), dec!(0.05)),
                    };
                    let opening = Opening {
                        contract,
                        side,
                        quantity,
                        entry: dec!(100_000),
                        mark: dec!(100_000),
                        margin,
                        wallet: margin,
                    };
                    let mut venue = venue_named("Simple").unwrap().clone();
                    venue.basis = crate::audit::ByMode::both(theirs);
                    let at = |basis| Schedule {
                        basis,
                        ..venue.shared_schedule(flat(Rate::new(dec!(0.005))), fees)
                    };
                    for mode in MODES {
                        let shown = end(opening, mode, at(ours)).unwrap();
                        let real = end(opening, mode, at(theirs)).unwrap();
                        let sooner = match side {
                            Side::Long => real > shown,
                            Side::Short => real < shown,
                        };
                        let schedule = at(ours);
                        let ticket = Circumstances {
                            side,
                            contract,
                            ..circumstances(&venue, mode, &schedule)
                        };
                        let words = line(&venue.profile(), &ticket).unwrap_or_default();
                        assert_eq!(
                            words.contains("sooner than shown"),
                            sooner,
                            "{theirs:?} {ours:?} {contract:?} {side:?} {mode:?}: {shown} {real}"
                        );
                        told += usize::from(sooner);
                    }
                }
            }
        }
    }
    assert!(told > 0);
}

#[test]
fn a_short_at_kucoin_in_cross_is_told_that_it_closes_sooner() {
    let short = |at: &mut Circumstances<'_>| at.side = Side::Short;
    assert_eq!(
        said("KuCoin", Mode::Cross, short).unwrap(),
        "KuCoin values cross as the price moves, so it closes this a little sooner than shown."
    );
    let isolated = said("KuCoin", Mode::Isolated, short).unwrap();
    assert!(!isolated.contains("sooner"), "{isolated}");
}

#[test]
fn an_account_is_told_what_is_known_of_its_venue_with_its_days() {
    assert_eq!(
        about(&venue_named("Bybit").unwrap().profile()),
        [
            "Bybit values its requirement as the price moves, with the taker fee to close in it. It opens in cross unless you change that there.",
            "No whole published table of risk limits was found to show as an example: write the rate of your bracket, or import your own. Older Bybit contracts valued the requirement at the entry.",
            "One margin mode is for the whole account: a switch is for all positions (2025-05-12). It liquidates in steps from tier 2 up (2024-10-28). It settles a liquidation at the bankruptcy price (2026-05-27). It takes the funding of an isolated position from what is free before its margin (2024-03-14).",
        ]
    );
    let kucoin = about(&venue_named("KuCoin").unwrap().profile());
    assert_eq!(
        kucoin[0],
        "KuCoin values its requirement in isolated at the entry, in cross as the price moves, with the taker fee to close in it."
    );
    assert!(kucoin[2].contains("It liquidates in steps in cross above 600,000 USDT ("));
    let bitget = about(&venue_named("Bitget").unwrap().profile());
    assert!(bitget[2].contains(
        "It counts only the larger side of a hedge in cross; here both count, the safer side (2025-02-07)."
    ));
    let simple = about(&venue_named("Simple").unwrap().profile());
    assert_eq!(simple.len(), 2);
}

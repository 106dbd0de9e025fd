use std::collections::BTreeSet;

use rust_decimal::dec;

use super::*;

fn looks_like_a_day(text: &str) -> bool {
    chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

#[test]
fn every_file_can_be_read_and_names_its_sources() {
    for (id, text) in FILES {
        let venue = file::read(id, text).unwrap();
        assert!(!venue.name.is_empty() && !venue.gap.is_empty(), "{id}");
        if let Some(example) = &venue.taker_fee {
            assert!(looks_like_a_day(&example.date), "{id}");
            assert!(!example.source.is_empty(), "{id}");
            let fee = example.value.get();
            assert!(fee > dec!(0) && fee < dec!(0.01), "{id}: {fee}");
        }
        match &venue.tiers {
            None => assert!(venue.rules.is_empty(), "{id}"),
            Some(tiers) => {
                assert!(!venue.rules.is_empty(), "{id}");
                assert!(looks_like_a_day(&tiers.date), "{id}");
                assert!(!tiers.source.is_empty(), "{id}");
                assert_eq!(
                    tiers.value,
                    format!("{}, example of {}", venue.name, tiers.date)
                );
                for rules in venue.rules.values() {
                    assert_eq!(rules.label, tiers.value);
                    assert_eq!(rules.schedule.basis, venue.basis);
                }
            }
        }
    }
    assert_eq!(venues().len(), FILES.len());
}

#[test]
fn tiers_start_at_zero_and_rise_and_jump_only_where_the_venue_says_so() {
    for venue in venues() {
        for (symbol, rules) in &venue.rules {
            let tiers = &rules.schedule.tiers;
            let name = format!("{} {symbol}", venue.name);
            assert_eq!(tiers[0].floor, Money::ZERO, "{name}");
            assert_eq!(tiers[0].amount, Money::ZERO, "{name}");
            for tier in tiers {
                assert!(
                    tier.rate > Rate::ZERO && tier.rate < Rate::new(dec!(1)),
                    "{name}"
                );
                // Nowhere is more left than may be opened with.
                let leverage = tier.max_leverage.unwrap();
                assert!(tier.rate.get() * leverage <= dec!(1), "{name}");
            }
            for pair in tiers.windows(2) {
                let at = pair[1].floor.get();
                assert!(pair[0].floor < pair[1].floor, "{name}");
                assert!(pair[0].rate < pair[1].rate, "{name}");
                assert!(pair[0].max_leverage > pair[1].max_leverage, "{name}");
                let of = |tier: &Tier| at * tier.rate.get() - tier.amount.get();
                match venue.amounts.unwrap() {
                    Amounts::Continuous => {
                        assert_eq!(of(&pair[0]), of(&pair[1]), "{name} at {at}");
                    }
                    Amounts::Whole => assert!(of(&pair[0]) < of(&pair[1]), "{name} at {at}"),
                }
            }
        }
    }
}

#[test]
fn all_twelve_published_markets_of_binance_are_there() {
    let binance = venue_named("Binance USDT-M").unwrap();
    assert_eq!(binance.rules.len(), 12);
    let btc = &binance.rules[&Symbol::read("BTC", "USDT").unwrap()];
    // The published bracket from 3,000,000: 1 %, 11,450, at most 50x.
    let tier = btc.schedule.tiers[3];
    assert_eq!(tier.floor.get(), dec!(3_000_000));
    assert_eq!(tier.rate.get(), dec!(0.01));
    assert_eq!(tier.amount.get(), dec!(11_450));
    assert_eq!(tier.max_leverage, Some(dec!(50)));
    assert_eq!(btc.label, "Binance USDT-M, example of 2024-10-24");
}

#[test]
fn the_recurrence_gives_the_amounts_that_binance_published() {
    for rules in venue_named("Binance USDT-M").unwrap().rules.values() {
        let tiers = &rules.schedule.tiers;
        let bare: Vec<Tier> = tiers
            .iter()
            .map(|tier| Tier {
                amount: Money::ZERO,
                ..*tier
            })
            .collect();
        assert_eq!(with_continuous_amounts(&bare).as_ref(), Some(tiers));
    }
}

#[test]
fn the_basis_and_the_fee_are_those_of_the_documents() {
    use Basis::{AtEntry, AtMark, AtSolvedPrice};
    for (name, basis, fee) in [
        ("Binance USDT-M", AtSolvedPrice, false),
        ("Binance COIN-M", AtSolvedPrice, false),
        ("Bybit", AtSolvedPrice, true),
        ("OKX", AtSolvedPrice, true),
        ("Hyperliquid", AtSolvedPrice, false),
        ("dYdX", AtSolvedPrice, false),
        ("Gate", AtSolvedPrice, true),
        ("Bitget", AtMark, true),
        ("KuCoin", AtEntry, true),
        ("Simple, as in textbooks", AtSolvedPrice, false),
    ] {
        let venue = venue_named(name).unwrap();
        assert_eq!(
            (venue.basis, venue.fee_in_requirement),
            (basis, fee),
            "{name}"
        );
    }
}

#[test]
fn no_two_venues_answer_to_one_name() {
    let mut seen = BTreeSet::new();
    for venue in venues() {
        let own: BTreeSet<String> = [venue.id, &venue.name]
            .into_iter()
            .chain(venue.aliases.iter().map(String::as_str))
            .map(bare)
            .collect();
        for name in own {
            assert!(seen.insert(name.clone()), "{name}");
        }
    }
}

#[test]
fn a_file_with_an_unknown_word_or_a_bare_number_is_refused() {
    let sound = FILES[0].1;
    assert!(file::read("x", &sound.replace("basis", "bases")).is_err());
    assert!(file::read("x", &sound.replace("rate = \"0.0005\"", "rate = 0.0005")).is_err());
    assert!(file::read("x", "name = ").is_err());
}

#[test]
fn the_accounts_own_fee_replaces_the_example_where_it_counts() {
    let own = Fees {
        open: Rate::new(dec!(0.0002)),
        close: Rate::new(dec!(0.0003)),
    };
    let btc = Symbol::read("BTC/USDT", "").unwrap();
    let kucoin = venue_named("KuCoin").unwrap();
    assert_eq!(kucoin.rules[&btc].schedule.close_fee.get(), dec!(0.0006));
    assert_eq!(kucoin.rules_with(own)[&btc].schedule.close_fee, own.close);
    let binance = venue_named("Binance USDT-M").unwrap();
    assert_eq!(binance.rules_with(own)[&btc].schedule.close_fee, Rate::ZERO);
}

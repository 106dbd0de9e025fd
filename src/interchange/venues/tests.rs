use std::collections::BTreeSet;

use rust_decimal::{Decimal, dec};

use super::*;
use crate::audit::{ByMode, Practices};
use crate::engine::{Basis, Fees, Mode, Money, Rate, Tier};
use crate::market::{Rules, Symbol};

#[track_caller]
fn cited(what: &str, date: &str, source: &str) {
    let day = date.strip_prefix("read ").unwrap_or(date);
    let day = chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d");
    assert!(day.is_ok(), "{what}: {date}");
    assert!(source.len() > 10, "{what}: {source}");
}

/// A figure has a day of its own.
#[track_caller]
fn dated(what: &str, date: &str, source: &str) {
    cited(what, date, source);
    assert!(!date.starts_with("read"), "{what}: {date}");
}

#[test]
fn every_file_can_be_read_and_every_figure_names_its_source_and_day() {
    for (id, text) in FILES {
        let venue = file::read(id, text).unwrap();
        assert!(!venue.name.is_empty() && !venue.gap.is_empty(), "{id}");
        if let Some(example) = &venue.taker_fee {
            dated(id, &example.date, &example.source);
            let fee = example.value.get();
            assert!(fee > dec!(0) && fee < dec!(0.01), "{id}: {fee}");
        }
        for table in &venue.tables {
            dated(id, &table.citation.date, &table.citation.source);
            let label = format!("{}, example of {}", venue.name, table.citation.date);
            assert_eq!(table.label, label);
            assert!(!table.rules.is_empty(), "{id}");
            for rules in table.rules.values() {
                assert_eq!(rules.label, label);
                assert_eq!(rules.schedule.basis, venue.shared_basis());
            }
        }
        assert_eq!(venue.tables.is_empty(), venue.rules.is_empty(), "{id}");
        // A venue without a table says in its note that the trader writes the rate.
        assert!(
            !venue.tables.is_empty() || venue.note.contains("rit"),
            "{id}"
        );
    }
    assert_eq!(venues().len(), FILES.len());
}

#[test]
fn when_a_requirement_is_valued_names_its_source_and_day() {
    for venue in venues() {
        match &venue.valued {
            Some(Citation { date, source }) => cited(venue.id, date, source),
            // A textbook, and a venue whose note says that it was not found published.
            None => assert!(["simple", "bitmex"].contains(&venue.id), "{}", venue.id),
        }
    }
}

#[test]
fn every_way_of_a_venue_names_its_source_and_day() {
    fn one<T>(id: &str, fact: Option<&Example<T>>) {
        if let Some(Example { date, source, .. }) = fact {
            cited(id, date, source);
        }
    }
    let mut known = 0;
    for venue in venues() {
        let Practices {
            mode_scope,
            closes_in_steps,
            settles_at,
            isolated_funding,
            adds_margin_itself,
            hedge_counts,
        } = &venue.practices;
        one(venue.id, mode_scope.as_ref());
        one(venue.id, closes_in_steps.as_ref());
        one(venue.id, settles_at.as_ref());
        one(venue.id, isolated_funding.as_ref());
        one(venue.id, adds_margin_itself.as_ref());
        one(venue.id, hedge_counts.as_ref());
        known += usize::from(venue.practices != Practices::default());
    }
    assert_eq!(known, FILES.len() - 1, "all but the textbook");
}

#[test]
fn tiers_start_at_zero_and_rise_and_jump_only_where_the_venue_says_so() {
    for venue in venues() {
        let tables = venue.tables.iter();
        for (symbol, rules) in tables.flat_map(|table| &table.rules) {
            let tiers = &rules.schedule.tiers;
            let name = format!("{symbol}: {}", rules.label);
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

/// Floor, rate, amount and highest leverage of the first brackets.
fn first_brackets(rules: &Rules) -> Vec<[Decimal; 4]> {
    let tiers = rules.schedule.tiers.iter().take(4);
    tiers
        .map(|tier| {
            let leverage = tier.max_leverage.unwrap();
            [
                tier.floor.get(),
                tier.rate.get(),
                tier.amount.get(),
                leverage,
            ]
        })
        .collect()
}

#[test]
fn binances_newer_and_older_brackets_are_both_listed_and_the_newer_are_chosen() {
    let binance = venue_named("Binance USDT-M").unwrap();
    let btc = Symbol::read("BTC", "USDT").unwrap();
    let tables = binance.tables.iter();
    let days: Vec<(&str, Vec<[Decimal; 4]>)> = tables
        .filter_map(|table| {
            let rules = table.rules.get(&btc)?;
            Some((table.citation.date.as_str(), first_brackets(rules)))
        })
        .collect();
    let newer = vec![
        [dec!(0), dec!(0.004), dec!(0), dec!(150)],
        [dec!(300_000), dec!(0.005), dec!(300), dec!(100)],
        [dec!(800_000), dec!(0.0065), dec!(1_500), dec!(75)],
        [dec!(3_000_000), dec!(0.01), dec!(12_000), dec!(50)],
    ];
    let older = vec![
        [dec!(0), dec!(0.004), dec!(0), dec!(125)],
        [dec!(50_000), dec!(0.005), dec!(50), dec!(100)],
        [dec!(600_000), dec!(0.0065), dec!(950), dec!(75)],
        [dec!(3_000_000), dec!(0.01), dec!(11_450), dec!(50)],
    ];
    assert_eq!(days, [("2025-08-19", newer.clone()), ("2024-10-24", older)]);
    let chosen = &binance.rules[&btc];
    assert_eq!(first_brackets(chosen), newer);
    assert_eq!(chosen.label, "Binance USDT-M, example of 2025-08-19");
}

#[test]
fn the_days_of_several_tables_are_named_and_what_they_replace() {
    let binance = venue_named("Binance USDT-M").unwrap();
    assert_eq!(binance.rules.len(), 12);
    let label = "Binance USDT-M, examples of 2024-10-24 to 2026-07-23";
    assert_eq!(binance.label(), label);
    assert_eq!(binance.offered().unwrap(), format!("{label}, 12 markets"));
    assert_eq!(
        binance.days().unwrap(),
        "Each market takes its newest: BNB of 2026-07-23; BTC, ETH of 2025-08-19; XRP of 2025-07-17; SOL of 2025-06-23; ADA, AVAX, DOGE, LINK, LTC, SUI, TON of 2024-10-24 (older there, and not taken: BNB, BTC, ETH, SOL, XRP)."
    );
    let dydx = venue_named("dYdX").unwrap();
    assert_eq!(
        dydx.offered().unwrap(),
        "dYdX, example of 2025-07-20, 1 market"
    );
    assert_eq!(dydx.days(), None);
    let bybit = venue_named("Bybit").unwrap();
    assert_eq!((bybit.label(), bybit.offered()), ("Bybit".to_owned(), None));
}

#[test]
fn hyperliquids_markets_are_those_of_its_tables() {
    let hyperliquid = venue_named("Hyperliquid").unwrap();
    // Of the answer of 2026-09-27: one market each at 40x, 25x and two at 20x, 21 at 10x to
    // 20M, 9 at 10x to 3M.
    assert_eq!(hyperliquid.rules.len(), 34);
    for (market, second) in [
        (
            "SOL",
            [dec!(70_000_000), dec!(0.05), dec!(1_750_000), dec!(10)],
        ),
        (
            "XRP",
            [dec!(40_000_000), dec!(0.05), dec!(1_000_000), dec!(10)],
        ),
        (
            "DOGE",
            [dec!(20_000_000), dec!(0.1), dec!(1_000_000), dec!(5)],
        ),
        (
            "kPEPE",
            [dec!(20_000_000), dec!(0.1), dec!(1_000_000), dec!(5)],
        ),
        ("BNB", [dec!(3_000_000), dec!(0.1), dec!(150_000), dec!(5)]),
    ] {
        let rules = &hyperliquid.rules[&Symbol::read(market, "USDC").unwrap()];
        assert_eq!(first_brackets(rules)[1], second, "{market}");
    }
}

#[test]
fn the_recurrence_gives_the_amounts_that_binance_published() {
    let tables = &venue_named("Binance USDT-M").unwrap().tables;
    for rules in tables.iter().flat_map(|table| table.rules.values()) {
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
    use Basis::{AtEntry, AtSolvedPrice};
    for (name, isolated, cross, fee) in [
        ("Binance USDT-M", AtSolvedPrice, AtSolvedPrice, false),
        ("Binance COIN-M", AtSolvedPrice, AtSolvedPrice, false),
        ("Bybit", AtSolvedPrice, AtSolvedPrice, true),
        ("OKX", AtSolvedPrice, AtSolvedPrice, true),
        ("Hyperliquid", AtSolvedPrice, AtSolvedPrice, false),
        ("dYdX", AtSolvedPrice, AtSolvedPrice, false),
        ("Gate", AtSolvedPrice, AtSolvedPrice, true),
        ("Bitget", AtSolvedPrice, AtSolvedPrice, true),
        ("KuCoin", AtEntry, AtSolvedPrice, true),
        ("MEXC", AtEntry, AtEntry, true),
        ("BingX", AtSolvedPrice, AtSolvedPrice, true),
        ("HTX", AtSolvedPrice, AtSolvedPrice, false),
        ("Phemex", AtSolvedPrice, AtSolvedPrice, true),
        ("Kraken", AtSolvedPrice, AtSolvedPrice, false),
        ("Kraken Coin-M", AtSolvedPrice, AtSolvedPrice, false),
        ("Coinbase", AtEntry, AtEntry, false),
        ("Deribit", AtSolvedPrice, AtSolvedPrice, false),
        ("BitMEX", AtSolvedPrice, AtSolvedPrice, true),
        (
            "Simple, as in textbooks",
            AtSolvedPrice,
            AtSolvedPrice,
            false,
        ),
    ] {
        let venue = venue_named(name).unwrap();
        let basis = ByMode { isolated, cross };
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
    // The ways of a venue likewise: an unknown one, an unknown word, a fact without its day.
    let bybit = include_str!("../../../assets/venues/bybit.toml");
    assert!(file::read("x", bybit).is_ok());
    for (written, instead) in [
        ("[practices.settles_at]", "[practices.settles]"),
        ("is = \"account\"", "is = \"wallet\""),
        ("date = \"2025-05-12\"\n", ""),
        ("from_tier = 2", "from_tier = 0"),
        ("from_tier = 2", "above = \"600000\""),
        ("from_tier = 2", "tier = 2"),
    ] {
        let spoilt = bybit.replace(written, instead);
        assert_ne!(spoilt, bybit, "{written}");
        assert!(file::read("x", &spoilt).is_err(), "{instead}");
    }
}

#[test]
fn a_venue_can_value_each_mode_at_its_own_moment() {
    let kucoin = include_str!("../../../assets/venues/kucoin.toml");
    let one_only = kucoin.replace(", cross = \"at_solved_price\" }", " }");
    assert_ne!(one_only, kucoin);
    assert!(file::read("x", &one_only).is_err());
    let venue = venue_named("KuCoin").unwrap();
    let fee = Rate::new(dec!(0.0006));
    let fees = Fees {
        open: fee,
        close: fee,
    };
    let tiers = || flat(Rate::new(dec!(0.004)));
    let basis = |mode| venue.schedule(mode, tiers(), fees).basis;
    assert_eq!(basis(Mode::Isolated), Basis::AtEntry);
    assert_eq!(basis(Mode::Cross), Basis::AtSolvedPrice);
    assert_eq!(venue.shared_schedule(tiers(), fees).basis, Basis::AtEntry);
}

#[test]
fn the_mode_belongs_to_the_whole_account_where_the_venue_says_so() {
    use ModeScope::{Account, Position};
    for (name, scope) in [
        ("Bybit", Some(Account)),
        ("Deribit", Some(Account)),
        ("Kraken Coin-M", Some(Account)),
        ("binance usdt-m", Some(Position)),
        ("OKX", Some(Position)),
        ("Kraken", Some(Position)),
        ("dYdX", None),
        ("Simple", None),
        ("her own venue", None),
    ] {
        assert_eq!(mode_scope(name), scope, "{name}");
    }
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

//! The rules of the line, on a ticket. What it says of each venue is tested beside the profiles.

use rust_decimal::{Decimal, dec};

use super::*;
use crate::audit::{HeldPosition, Threshold};
use crate::engine::{Backing, Fees, Price, Quantity, Rate, Tier};
use crate::market::{AccountId, PositionId, Rules, Symbol, Terms};

/// 0.2 BTC at 100,000, of a position of 1 BTC where it is about one.
fn ticket(intent: Intent) -> Ticket {
    let held = HeldPosition {
        position: PositionId::fresh(),
        quantity: Quantity::new(Decimal::ONE),
        entry: Price::new(dec!(90_000)),
        backing: Backing::Cross,
    };
    Ticket {
        account: AccountId::fresh(),
        account_name: "Main".into(),
        venue: "Venue".into(),
        collateral: "USDT".into(),
        intent,
        experiment: false,
        symbol: Symbol::read("BTC", "USDT").unwrap(),
        terms: Terms::default(),
        side: Side::Long,
        mode: Mode::Cross,
        quantity: Quantity::new(dec!(0.2)),
        entry: Price::new(dec!(100_000)),
        mark: None,
        leverage: dec!(10),
        margin: Money::new(dec!(2_000)),
        fees: Fees {
            open: Rate::ZERO,
            close: Rate::ZERO,
        },
        rules: Rules {
            label: "one rate".into(),
            schedule: Schedule {
                basis: Basis::AtSolvedPrice,
                close_fee: Rate::ZERO,
                tiers: vec![Tier {
                    floor: Money::ZERO,
                    rate: Rate::new(dec!(0.005)),
                    amount: Money::ZERO,
                    max_leverage: None,
                }],
            },
            tick: None,
            lot: None,
        },
        held: (intent != Intent::Open).then_some(held),
    }
}

fn fact<T>(value: T) -> Example<T> {
    Example {
        value,
        date: "2026-01-01".into(),
        source: "a page".into(),
    }
}

fn said(practices: &Practices, ticket: &Ticket, hedged: bool) -> Option<String> {
    let profile = Profile {
        name: "Venue",
        basis: ByMode::both(Basis::AtSolvedPrice),
        fee_in_requirement: false,
        default_mode: None,
        practices,
        note: "",
    };
    line(&profile, &Circumstances::of(ticket, hedged))
}

#[test]
fn what_counts_is_the_position_as_it_is_after_the_ticket() {
    for (intent, notional) in [
        (Intent::Open, dec!(20_000)),
        (Intent::Increase, dec!(120_000)),
        (Intent::Reduce, dec!(80_000)),
    ] {
        let ticket = ticket(intent);
        let after = Circumstances::of(&ticket, false).notional;
        assert_eq!(after, Some(Money::new(notional)), "{intent:?}");
    }
}

#[test]
fn nothing_is_said_where_nothing_is_known_or_nothing_is_unlike_the_formula() {
    let like_the_formula = Practices {
        mode_scope: Some(fact(ModeScope::Position)),
        closes_in_steps: None,
        settles_at: Some(fact(SettlesAt::MarketPrice)),
        isolated_funding: Some(fact(IsolatedFunding::PositionMargin)),
        adds_margin_itself: None,
        hedge_counts: Some(fact(HedgeCounts::Both)),
    };
    for practices in [Practices::default(), like_the_formula] {
        for mode in [Mode::Isolated, Mode::Cross] {
            let ticket = Ticket {
                mode,
                ..ticket(Intent::Open)
            };
            assert_eq!(said(&practices, &ticket, true), None);
        }
    }
}

#[test]
fn an_increase_over_the_threshold_is_told_and_a_reduction_below_it_is_not() {
    let practices = Practices {
        closes_in_steps: Some(fact(ClosesInSteps {
            mode: None,
            above: Some(Threshold {
                amount: Money::new(dec!(100_000)),
                currency: "USDT".into(),
            }),
            from_tier: None,
        })),
        ..Practices::default()
    };
    let words = said(&practices, &ticket(Intent::Increase), false);
    assert_eq!(
        words.as_deref(),
        Some("Venue liquidates in steps above 100,000 USDT.")
    );
    assert_eq!(said(&practices, &ticket(Intent::Reduce), false), None);
}

#[test]
fn everything_that_concerns_an_isolated_ticket_is_one_sentence() {
    let practices = Practices {
        mode_scope: Some(fact(ModeScope::Account)),
        settles_at: Some(fact(SettlesAt::Bankruptcy)),
        isolated_funding: Some(fact(IsolatedFunding::FreeFirst)),
        adds_margin_itself: Some(fact(AddsMarginItself::WhenSwitchedOn)),
        hedge_counts: Some(fact(HedgeCounts::Larger)),
        closes_in_steps: None,
    };
    let isolated = Ticket {
        mode: Mode::Isolated,
        ..ticket(Intent::Open)
    };
    assert_eq!(
        said(&practices, &isolated, true).unwrap(),
        "Venue has one margin mode for your whole account; it settles a liquidation at the bankruptcy price; it takes funding from what is free before the margin; it adds margin from what is free by itself where you switched that on."
    );
    assert_eq!(
        said(&practices, &ticket(Intent::Open), true).unwrap(),
        "Venue has one margin mode for your whole account; it settles a liquidation at the bankruptcy price; it counts only the larger side of a hedge (here both count, the safer side)."
    );
}

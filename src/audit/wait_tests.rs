//! The rule of waits, against a second one that is written without looking at the first.

use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;
use rust_decimal::{Decimal, dec};

use super::*;
use crate::audit::{Arousal, HeldPosition};
use crate::engine::{Backing, Basis, Fees, Money, Price, Quantity, Rate, Schedule, Side};
use crate::market::{AccountId, PositionId, Rules, Symbol, Terms};

/// A ticket about a position of 1 from 100, at a price and with a mark.
fn ticket(intent: Intent, mode: Mode, side: Side, price: i64, mark: Option<i64>) -> Ticket {
    let of = |n: i64| Price::new(Decimal::from(n));
    let held = HeldPosition {
        position: PositionId::fresh(),
        quantity: Quantity::new(dec!(1)),
        entry: of(100),
        backing: Backing::Cross,
    };
    Ticket {
        account: AccountId::fresh(),
        account_name: "Main".to_owned(),
        venue: "Binance".to_owned(),
        collateral: "USDT".to_owned(),
        intent,
        experiment: false,
        symbol: Symbol::read("BTC/USDT", "USDT").unwrap(),
        terms: Terms::default(),
        side,
        mode,
        quantity: Quantity::new(dec!(1)),
        entry: of(price),
        mark: mark.map(of),
        leverage: dec!(10),
        margin: Money::new(dec!(10)),
        fees: Fees {
            open: Rate::ZERO,
            close: Rate::ZERO,
        },
        rules: Rules {
            label: "flat".to_owned(),
            schedule: Schedule {
                basis: Basis::AtSolvedPrice,
                close_fee: Rate::ZERO,
                tiers: Vec::new(),
            },
            tick: None,
            lot: None,
        },
        held: (intent != Intent::Open).then_some(held),
    }
}

fn looks(leaves: &[u64]) -> LooksAway {
    let mut looks = LooksAway::default();
    let mut at = Duration::ZERO;
    looks.focus_changed(true, at);
    for seconds in leaves {
        looks.focus_changed(false, at);
        at = at.saturating_add(Duration::from_secs(*seconds));
        looks.focus_changed(true, at);
    }
    looks
}

/// The specification's sentences, one after the other: whether a rule makes wait.
#[expect(
    clippy::too_many_arguments,
    reason = "all that the specification names"
)]
fn by_the_book(
    intent: Intent,
    mode: Mode,
    side: Side,
    price: i64,
    mark: Option<i64>,
    (arousal, tags): (u8, &BTreeSet<Tag>),
    leaves: &[u64],
    lost_ago: Option<u64>,
    rule: WaitRule,
) -> bool {
    let now = mark.unwrap_or(price);
    let worse = match side {
        Side::Long => now.min(price),
        Side::Short => now.max(price),
    };
    let loses = |at: i64| match side {
        Side::Long => at < 100,
        Side::Short => at > 100,
    };
    match (intent, mode) {
        (Intent::Reduce | Intent::Close, _) | (Intent::SwitchMode, Mode::Isolated) => return false,
        _ => {}
    }
    match rule.when {
        WaitWhen::Rescue => intent == Intent::AddMargin || intent == Intent::AddFunds && loses(now),
        WaitWhen::SwitchToCross => intent == Intent::SwitchMode,
        WaitWhen::IncreaseWhileLosing => intent == Intent::Increase && loses(worse),
        WaitWhen::Aroused { from } => (from..=4).contains(&arousal),
        WaitWhen::RevengeOrChasing => tags.contains(&Tag::Revenge) || tags.contains(&Tag::Chasing),
        WaitWhen::RecentLoss { within } => lost_ago.is_some_and(|ago| (0..within).contains(&ago)),
        WaitWhen::LookedAway { times, away } => {
            leaves.len() >= usize::try_from(times).unwrap() || leaves.iter().sum::<u64>() >= away
        }
    }
}

/// Rules around every threshold, several for one reason among them.
fn rules() -> impl Strategy<Value = Vec<WaitRule>> {
    let when = prop_oneof![
        prop::sample::select(WaitReason::ALL.to_vec()).prop_map(WaitWhen::from_the_beginning),
        (1_u8..5).prop_map(|from| WaitWhen::Aroused { from }),
        prop::sample::select(vec![60_u64, 3_600, 7_200])
            .prop_map(|within| WaitWhen::RecentLoss { within }),
        (1_u32..5, prop::sample::select(vec![1_u64, 30, 60, 90]))
            .prop_map(|(times, away)| WaitWhen::LookedAway { times, away }),
    ];
    let secs = prop::sample::select(vec![60_u64, 900, 3_600]);
    prop::collection::vec(
        (when, secs).prop_map(|(when, secs)| WaitRule { when, secs }),
        0..8,
    )
}

fn intents() -> impl Strategy<Value = Intent> {
    prop::sample::select(Intent::ALL.to_vec())
}

proptest! {
    #[test]
    fn the_wait_is_the_longest_of_the_reasons_that_apply(
        intent in intents(),
        mode in prop::sample::select(vec![Mode::Isolated, Mode::Cross]),
        side in prop::sample::select(vec![Side::Long, Side::Short]),
        price in 98_i64..103,
        mark in prop::option::of(98_i64..103),
        arousal in 0_u8..5,
        tags in prop::collection::btree_set(prop::sample::select(Tag::ALL.to_vec()), 0..4),
        leaves in prop::collection::vec(prop::sample::select(vec![0_u64, 1, 20, 30, 59, 60]), 0..5),
        lost_ago in prop::option::of(prop::sample::select(vec![0_u64, 59, 60, 3_599, 3_600, 8_000])),
        lines_lost_ago in prop::option::of(prop::sample::select(vec![0_u64, 59, 60, 3_599, 8_000])),
        rules in rules(),
    ) {
        let ticket = ticket(intent, mode, side, price, mark);
        let state = TraderState { arousal: Arousal::try_from(arousal).unwrap(), tags: tags.clone() };
        let circumstances = Circumstances {
            since_a_loss: lost_ago.map(Duration::from_secs),
            since_lines_were_lost: lines_lost_ago.map(Duration::from_secs),
            rules: rules.clone(),
        };
        let wait = Wait::of(&ticket, &state, &looks(&leaves), &circumstances);

        let applies = |rule: &&WaitRule| by_the_book(
            intent, mode, side, price, mark, (arousal, &tags), &leaves, lost_ago, **rule,
        ) || by_the_book(
            // Where lines are lost, a loss may have been among them.
            intent, mode, side, price, mark, (arousal, &tags), &leaves, lines_lost_ago, **rule,
        );
        let applying: Vec<&WaitRule> = rules.iter().filter(applies).collect();
        let longest = applying.iter().map(|rule| rule.secs).max().unwrap_or(0);
        let mut expected: Vec<WaitReason> = applying.iter().map(|rule| rule.reason()).collect();
        expected.sort();
        expected.dedup();
        let lowers = matches!(intent, Intent::Reduce | Intent::Close)
            || (intent == Intent::SwitchMode && mode == Mode::Isolated);
        prop_assert_eq!(wait.seconds, if lowers { 0 } else { longest.max(20) });
        prop_assert_eq!(wait.is_real(), !expected.is_empty());
        // What is said of a loss is true of it.
        let of_a_loss = |rule: &&WaitRule| by_the_book(
            intent, mode, side, price, mark, (arousal, &tags), &leaves, lost_ago, **rule,
        );
        let of_a_loss = rules.iter().filter(of_a_loss);
        let of_a_loss = of_a_loss.filter(|rule| rule.reason() == WaitReason::RecentLoss).count();
        prop_assert_eq!(wait.within.is_some(), of_a_loss > 0);
        prop_assert!(wait.within.is_none_or(|within| lost_ago.is_some_and(|ago| ago < within)));
        prop_assert_eq!(wait.reasons, expected);
    }
}

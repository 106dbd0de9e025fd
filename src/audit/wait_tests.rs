//! The rule of waits, against a second one that is written without looking at the first.

use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;
use rust_decimal::{Decimal, dec};

use super::*;
use crate::audit::{AccountId, Arousal, Held, PositionId, Rules, Symbol, Terms};
use crate::engine::{Backing, Basis, Contract, Fees, Money, Price, Quantity, Rate, Schedule, Side};

/// A ticket about a position of 1 from 100, at a price and with a mark.
fn ticket(intent: Intent, mode: Mode, side: Side, price: i64, mark: Option<i64>) -> Ticket {
    let of = |n: i64| Price::new(Decimal::from(n));
    let held = Held {
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
        symbol: Symbol::read("BTC/USDT", "USDT").unwrap(),
        contract: Contract::Linear,
        contract_size: dec!(1),
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
            terms: Terms::default(),
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

/// The specification's sentences, one after the other.
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
    lost: bool,
) -> Vec<WaitReason> {
    let now = mark.unwrap_or(price);
    let worse = match side {
        Side::Long => now.min(price),
        Side::Short => now.max(price),
    };
    let loses = |at: i64| match side {
        Side::Long => at < 100,
        Side::Short => at > 100,
    };
    let mut reasons = Vec::new();
    match (intent, mode) {
        (Intent::Reduce | Intent::Close, _) | (Intent::SwitchMode, Mode::Isolated) => {
            return reasons;
        }
        (Intent::AddMargin, _) => reasons.push(WaitReason::Rescue),
        (Intent::AddFunds, _) if loses(now) => reasons.push(WaitReason::Rescue),
        (Intent::SwitchMode, Mode::Cross) => reasons.push(WaitReason::SwitchToCross),
        (Intent::Increase, _) if loses(worse) => reasons.push(WaitReason::IncreaseWhileLosing),
        (Intent::Open | Intent::Increase | Intent::AddFunds, _) => {}
    }
    if arousal == 3 || arousal == 4 {
        reasons.push(WaitReason::Aroused);
    }
    if tags.contains(&Tag::Revenge) || tags.contains(&Tag::Chasing) {
        reasons.push(WaitReason::RevengeOrChasing);
    }
    if lost {
        reasons.push(WaitReason::RecentLoss);
    }
    if leaves.len() >= 3 || leaves.iter().sum::<u64>() >= 60 {
        reasons.push(WaitReason::LookedAway);
    }
    reasons
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
        lost_lately in any::<bool>(),
        lengths in prop::collection::btree_map(
            prop::sample::select(WaitReason::ALL.to_vec()),
            prop::sample::select(vec![0_u64, 10, 900, 3_600]).prop_map(Duration::from_secs),
            0..7,
        ),
    ) {
        let ticket = ticket(intent, mode, side, price, mark);
        let state = State { arousal: Arousal::try_from(arousal).unwrap(), tags: tags.clone() };
        let circumstances = Circumstances { lost_lately, lengths: lengths.clone() };
        let wait = Wait::of(&ticket, &state, &looks(&leaves), &circumstances);

        let applies = by_the_book(
            intent, mode, side, price, mark, (arousal, &tags), &leaves, lost_lately,
        );
        // Unless it is said otherwise fifteen minutes; zero switches a reason off.
        let length = |reason: &WaitReason| {
            lengths.get(reason).map_or(900, Duration::as_secs)
        };
        let expected: Vec<WaitReason> =
            applies.into_iter().filter(|reason| length(reason) > 0).collect();
        let longest = expected.iter().map(length).max().unwrap_or(0);
        let lowers = matches!(intent, Intent::Reduce | Intent::Close)
            || (intent == Intent::SwitchMode && mode == Mode::Isolated);
        prop_assert_eq!(wait.seconds, if lowers { 0 } else { longest.max(20) });
        prop_assert_eq!(wait.is_real(), !expected.is_empty());
        prop_assert_eq!(wait.reasons, expected);
    }
}

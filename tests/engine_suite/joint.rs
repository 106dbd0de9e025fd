//! The joint stress: hand-worked rungs, and a walk along the move in floating point.

use std::collections::BTreeMap;

use impulse_audit::engine::{
    Account, Contract, Joint, JointOutcome, Mode, MoveOutcome, PositionInput, Quantity, Rate,
    RungFrom, Side, assess, default_moves, funding_path, gap, same_move,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::build::{
    Change as _, account, assert_printed, cross, d, flat, isolated, money, open, price, tiers,
};
use crate::naive::{Naive, f};
use crate::random::{Scene, scene};

fn betas(betas: &[(&str, &str)]) -> Joint {
    Joint {
        betas: betas
            .iter()
            .map(|(symbol, beta)| ((*symbol).to_owned(), d(beta)))
            .collect(),
    }
}

fn moves(outcome: &JointOutcome) -> Vec<(RungFrom, usize, Decimal, Decimal)> {
    let rung = |rung: &impulse_audit::engine::LadderRung| {
        (
            rung.from,
            rung.closes.len(),
            rung.at_move.get(),
            rung.equity_after.get(),
        )
    };
    outcome.ladder.iter().map(rung).collect()
}

#[test]
fn the_ladder_names_what_goes_at_which_move_and_what_is_left() {
    // Isolated: A long 10 at 100 with 200. Pool of 300: B long 5 at 100, beta 2; C short 1 at 100.
    let a = cross("A", Side::Long, "10", "100", flat("0")).with(|a| a.backing = isolated("200"));
    let c = cross("C", Side::Short, "1", "100", flat("0"));
    let ticket = open("B", Side::Long, "5", "100", flat("0")).with(|b| b.mode = Mode::Cross);
    let account = account("500", vec![a, c]);
    let answer = assess(&account, &ticket, Some(&betas(&[("B", "2")]))).unwrap();
    let joint = answer.cross.joint.unwrap();
    // A: 1,000·x = −200. Pool: 300 + 1,000·x − 100·x = 0 → x = −1/3.
    assert_printed(joint.pool_at.fall.unwrap().get(), "-0.3333333333");
    assert_eq!(joint.pool_at.rise, None);
    let rungs = moves(&joint);
    assert_eq!(rungs.len(), 2);
    assert_eq!(
        (rungs[0].0, rungs[0].1, rungs[0].2),
        (RungFrom::Isolated, 1, d("-0.2"))
    );
    // The pool at −20 %: 300 − 200 + 20.
    assert_eq!(rungs[0].3, d("120"));
    assert_eq!((rungs[1].0, rungs[1].1), (RungFrom::Pool, 2));
    assert_printed(rungs[1].3, "0");
}

#[test]
fn a_price_never_falls_below_zero() {
    // B with beta 4 is worth nothing from −25 % on; then only A falls on: 700 − 500 + 1,000·x = 0.
    let a = cross("A", Side::Long, "10", "100", flat("0"));
    let ticket = open("B", Side::Long, "5", "100", flat("0")).with(|b| b.mode = Mode::Cross);
    let answer = assess(
        &account("700", vec![a]),
        &ticket,
        Some(&betas(&[("B", "4")])),
    )
    .unwrap();
    assert_eq!(
        answer.cross.joint.unwrap().pool_at.fall,
        Some(Rate::new(d("-0.2333333333333333333333333333")))
    );
    let richer = cross("A", Side::Long, "10", "100", flat("0"));
    let answer = assess(
        &account("900", vec![richer]),
        &ticket,
        Some(&betas(&[("B", "4")])),
    )
    .unwrap();
    assert_eq!(
        answer.cross.joint.unwrap().pool_at.fall,
        Some(Rate::new(d("-0.4")))
    );
}

#[test]
fn a_jump_of_the_requirement_is_met_at_its_border() {
    // Short 10 at 100 with 500; from a notional of 1,200 on 20 % are required: 240 > 500 − 200?
    // Equity there is 300, so it lives; with 430 it has 230 and goes right at 1,200, at +20 %.
    let schedule = tiers(&[("0", "0.01", "0"), ("1200", "0.2", "0")]);
    for (margin, at) in [("500", "0.25"), ("430", "0.2")] {
        let ticket = open("A", Side::Short, "10", "100", schedule.clone())
            .with(|ticket| ticket.margin = Some(money(margin)));
        let answer = assess(&account("1000", vec![]), &ticket, Some(&Joint::default())).unwrap();
        let ladder = answer.isolated.joint.unwrap().ladder;
        assert_eq!(ladder[0].at_move, Rate::new(d(at)), "{margin}");
        assert_eq!(
            answer.isolated.liquidation.high,
            Some(price(if margin == "500" { "125" } else { "120" }))
        );
    }
}

#[test]
fn a_gap_past_bankruptcy_loses_more_than_the_backing() {
    let ticket = open("X", Side::Long, "2", "100", flat("0.01"));
    let rows = gap(
        &account("100", vec![]),
        &ticket,
        Mode::Isolated,
        &[Rate::new(d("0.1"))],
    )
    .unwrap();
    // Bankrupt at 90; at 81 another 2 × 9 are gone.
    assert_eq!((rows[0].price, rows[0].beyond), (price("81"), money("18")));
}

#[test]
fn funding_eats_the_buffer_interval_by_interval() {
    let ticket = open("X", Side::Long, "2", "100", flat("0"));
    let rows = funding_path(
        &account("100", vec![]),
        &ticket,
        Mode::Isolated,
        Rate::new(d("0.001")),
        &[0, 10, 100],
    )
    .unwrap();
    // 20 of margin, 0.2 an interval.
    assert_eq!(rows[0].liquidation.low, Some(price("90")));
    assert_eq!(
        (rows[1].paid, rows[1].liquidation.low),
        (money("2"), Some(price("91")))
    );
    assert!(rows[2].already);
}

#[test]
fn the_same_move_is_shown_in_both_modes() {
    let ticket = open("BTC", Side::Long, "0.02", "100000", flat("0"));
    let rows = same_move(&account("2000", vec![]), &ticket, &default_moves()).unwrap();
    let row = rows
        .iter()
        .find(|row| row.at_move == Rate::new(d("-0.08")))
        .unwrap();
    // Document 004: 40 of 200 are left isolated; the account has 1,840 in either mode.
    assert_eq!(row.isolated.margin_left, money("40"));
    assert_eq!(row.isolated.account_equity, money("1840"));
    assert_eq!(row.cross.margin_left, money("1840"));
    let row = rows
        .iter()
        .find(|row| row.at_move == Rate::new(d("-0.16")))
        .unwrap();
    assert_eq!(
        row.isolated.state,
        MoveOutcome::Liquidated {
            price: price("90000")
        }
    );
    assert_eq!(row.isolated.account_equity, money("1800"));
    assert_eq!(row.cross.state, MoveOutcome::Open);
    assert_eq!(row.cross.account_equity, money("1680"));
}

/// A linear long worth 400 beside an inverse short worth 100, which gains as the prices fall.
#[test]
fn a_linear_leg_beside_an_inverse_one_is_liquidated_at_the_first_of_two_moves() {
    // money + 400·x − 100 + 100/(1 + x): with 90 it is gone where 400·x² + 390·x + 90 = 0, between
    // −0.375 and −0.6; with 100 it only touches zero, at −0.5; with more it never does.
    let inverse = cross("C", Side::Short, "10000", "100", flat("0"))
        .with(|position| position.contract = Contract::Inverse);
    let ticket = open("L", Side::Long, "4", "100", flat("0")).with(|ticket| {
        ticket.mode = Mode::Cross;
    });
    let fall = |money: &str| {
        let account = account(money, vec![inverse.clone()]);
        let answer = assess(&account, &ticket, Some(&Joint::default())).unwrap();
        let joint = answer.cross.joint.unwrap();
        assert_eq!(joint.pool_at.rise, None);
        joint.pool_at.fall.map(impulse_audit::engine::Rate::get)
    };
    assert_printed(fall("90").unwrap(), "-0.37500000000000000000");
    assert_printed(fall("100").unwrap(), "-0.500000000000");
    assert_eq!(fall("100.000000000001"), None);
}

/// Makes a linear position an inverse one of the same notional, or the other way round.
fn other_contract(position: &mut PositionInput) {
    let square = position.mark.get() * position.mark.get();
    let quantity = position.quantity.get();
    (position.contract, position.quantity) = match position.contract {
        Contract::Linear => (Contract::Inverse, Quantity::new(quantity * square)),
        Contract::Inverse => (
            Contract::Linear,
            Quantity::new((quantity / square).round_dp(8)),
        ),
    };
}

fn random_betas() -> impl Strategy<Value = BTreeMap<String, Decimal>> {
    let beta = prop_oneof![Just(10_i64), 0_i64..30, -10_i64..0];
    (beta.clone(), beta.clone(), beta).prop_map(|(a, b, c)| {
        [("A", a), ("B", b), ("C", c)]
            .map(|(symbol, tenths)| (symbol.to_owned(), Decimal::new(tenths, 1)))
            .into()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn walking_along_the_move_finds_no_earlier_rung(
        Scene { mut account, ticket } in scene(),
        betas in random_betas(),
        mixed in prop::bool::ANY,
    ) {
        if mixed {
            account.positions.iter_mut().filter(|held| held.symbol == "B").for_each(other_contract);
        }
        let joint = Joint { betas };
        let answer = assess(&account, &ticket, Some(&joint)).unwrap();
        for mode in [Mode::Isolated, Mode::Cross] {
            let outcome = answer.outcome(mode).joint.clone().unwrap();
            check_ladder(&account, &ticket, mode, &joint, &outcome)?;
        }
    }
}

fn check_ladder(
    account: &Account,
    ticket: &impulse_audit::engine::Ticket,
    mode: Mode,
    joint: &Joint,
    outcome: &JointOutcome,
) -> Result<(), TestCaseError> {
    let naive = Naive::of(account, ticket, mode);
    let pool_at = [(-1.0, outcome.pool_at.fall), (1.0, outcome.pool_at.rise)];
    for (sign, found) in pool_at {
        let found = found.map(|found| f(found.get()));
        let scale = naive.scale();
        let left = |at: f64| naive.pool_left_after(joint, at);
        if !naive.has_pool() {
            prop_assert!(found.is_none());
            continue;
        }
        if found == Some(0.0) {
            prop_assert!(left(0.0) <= scale * 1e-9, "not gone before anything moves");
            continue;
        }
        // As far as every inverse price stays above zero.
        let reach = naive
            .reach(joint, sign)
            .min(if sign < 0.0 { 1.0 } else { 60.0 });
        let stop = found.map_or(reach * 0.999_999, f64::abs);
        if let Some(found) = found {
            let beyond = [1e-9, 1e-7].map(|more| left(found + sign * more * (1.0 + found.abs())));
            let worst = beyond
                .into_iter()
                .chain([left(found)])
                .fold(f64::INFINITY, f64::min);
            prop_assert!(
                found.abs() > reach || worst <= scale * 1e-6,
                "at {found} the pool still has {worst}"
            );
        }
        for step in 0..400 {
            let at = sign * stop * (1.0 - 1e-6) * f64::from(step) / 400.0;
            if at.abs() < reach {
                prop_assert!(
                    left(at) >= -scale * 1e-6,
                    "at {at} the pool is gone, before {found:?}"
                );
            }
        }
    }
    Ok(())
}

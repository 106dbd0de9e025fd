//! The engine and the second solver, on random accounts: opens as limit and stop, positions as they
//! stand, funds that are added, pools.

use impulse_audit::engine::{
    AtInvalidation, Intent, Joint, Mode, Money, Outcome, Price, Side, Ticket, assess,
    assess_position,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::naive::{Naive, f};
use crate::random::{Scene, scene};

fn near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-6 * (a.abs().max(b.abs()) + scale)
}

fn agrees(
    naive: &Naive,
    mode: Mode,
    tick: Option<Decimal>,
    outcome: &Outcome,
) -> Result<(), TestCaseError> {
    let scale = naive.wallet().abs() + naive.own_notional();
    let backing = naive.equity(naive.mark());
    prop_assert!(
        near(f(outcome.backing.get()), backing, scale),
        "backing {backing}"
    );
    let account_equity = naive.account_equity();
    prop_assert!(
        near(
            f(outcome.out_of_reach.get()),
            account_equity - backing,
            scale
        ),
        "walled off {}",
        account_equity - backing
    );
    if naive.is_close_call(naive.mark()) {
        return Ok(());
    }
    prop_assert_eq!(outcome.already, naive.is_liquidated(naive.mark()));
    if outcome.already {
        prop_assert!(outcome.liquidation.is_open());
        return Ok(());
    }
    let tick = tick.map_or(0.0, f);
    for (down, end) in [
        (true, outcome.liquidation.low),
        (false, outcome.liquidation.high),
    ] {
        let end = end.map(|end| f(end.get()));
        match (end, naive.end(down)) {
            (None, None) => {}
            (Some(end), Some(found)) => prop_assert!(
                (end - found).abs() <= tick + 1e-6 * (end + found),
                "down {down}: engine {end}, stepping {found}"
            ),
            // Beyond the last step, or so flat that floating point can't tell.
            (Some(end), None) => prop_assert!(
                end < naive.mark() * 1e-9 || end > naive.mark() * 1e9 || naive.is_close_call(end),
                "down {down}: engine {end}, stepping found none"
            ),
            (None, Some(found)) => prop_assert!(
                naive.is_close_call(found * if down { 1.0 + 1e-6 } else { 1.0 - 1e-6 }),
                "down {down}: engine none, stepping {found}"
            ),
        }
    }
    loses_as_much(naive, mode, outcome, scale, tick)
}

/// The worst case: the whole backing where an end is within reach, else the most on the way.
fn loses_as_much(
    naive: &Naive,
    mode: Mode,
    outcome: &Outcome,
    scale: f64,
    tick: f64,
) -> Result<(), TestCaseError> {
    let (backing, mark) = (naive.equity(naive.mark()), naive.mark());
    let ends = [naive.end(true), naive.end(false)];
    // The engine's end lies on a tick, so it can be within reach where the stepped one is not yet; and
    // just at the edge, or touching, floating point can't tell.
    let is_edge = |end: f64| (end - 10.0 * mark).abs() < tick + 1e-5 * mark;
    if ends
        .into_iter()
        .flatten()
        .any(|end| is_edge(end) || naive.is_close_call(end * (1.0 + 1e-6)))
    {
        return Ok(());
    }
    let in_reach = |end: f64| end <= 10.0 * mark && end > mark * 1e-9;
    let alone = if ends.into_iter().flatten().any(in_reach) {
        backing.max(0.0)
    } else {
        naive.most_alone().min(backing.max(0.0))
    };
    let told = outcome.max_loss_alone.unwrap_or(outcome.max_loss);
    prop_assert!(
        near(f(told.get()), alone, scale),
        "alone {told}, stepping {alone}"
    );
    if mode == Mode::Isolated || !naive.is_linear() {
        prop_assert_eq!(outcome.together, None);
        return Ok(());
    }
    let together = outcome.together.unwrap().within_reach();
    let moves = [naive.together(-1.0), naive.together(1.0)];
    for (told, stepped) in [(together.fall, moves[0]), (together.rise, moves[1])] {
        match (told.map(|at| f(at.get())), stepped) {
            (Some(told), Some(stepped)) => {
                prop_assert!(
                    (told - stepped).abs() <= 1e-6,
                    "together {told}, stepping {stepped}"
                );
            }
            (None, None) => {}
            (Some(at), None) | (None, Some(at)) => {
                let left = naive.pool_left_after(&Joint::default(), at).abs();
                prop_assert!(left <= scale * 1e-6, "{told:?} {stepped:?}: {left} is left");
            }
        }
    }
    if together.nearest().is_some() == moves.iter().any(Option::is_some) {
        let all = if together.nearest().is_some() {
            backing.max(0.0)
        } else {
            alone.max(naive.most_together()).min(backing.max(0.0))
        };
        prop_assert!(near(f(outcome.max_loss.get()), all, scale), "all {all}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn stepping_along_the_price_finds_what_the_engine_solves(Scene { account, ticket } in scene()) {
        let assessment = assess(&account, &ticket, None).unwrap();
        for mode in [Mode::Isolated, Mode::Cross] {
            let naive = Naive::of(&account, &ticket, mode);
            let outcome = assessment.outcome(mode);
            agrees(&naive, mode, ticket.tick, outcome)?;
            if let Some(AtInvalidation::Closed { loss }) = outcome.at_invalidation {
                let wrong = naive.equity(f(ticket.invalidation.unwrap().get()));
                let scale = naive.wallet().abs() + naive.own_notional();
                let lost = naive.equity(naive.mark()) - wrong;
                prop_assert!(near(f(loss.get()), lost, scale));
            }
        }
    }

    #[test]
    fn what_is_held_and_funds_that_are_added_are_stepped_along_as_well(
        Scene { account, ticket } in scene(),
        share in 1_i64..200,
    ) {
        for (index, position) in account.positions.iter().enumerate() {
            let mode = position.backing.mode();
            let held = assess_position(&account, &position.symbol, position.side, Some(mode), None).unwrap();
            prop_assert_eq!(held.mode, mode);
            agrees(&Naive::holding(&account, index), mode, None, &held.outcome)?;
            if mode == Mode::Isolated {
                continue;
            }
            let wrong = match position.side {
                Side::Long => position.mark.get() / Decimal::TWO,
                Side::Short => position.mark.get() * Decimal::TWO,
            };
            let funds = Ticket {
                intent: Intent::AddFunds,
                symbol: position.symbol.clone(),
                contract: position.contract,
                side: position.side,
                quantity: position.quantity,
                entry: position.mark,
                mark: Some(position.mark),
                mode,
                margin: Some(Money::new(ticket.margin.unwrap().get() * Decimal::new(share, 2))),
                leverage: None,
                tick: None,
                maintenance: position.maintenance.clone(),
                invalidation: Some(Price::new(wrong)),
                ..ticket.clone()
            };
            let assessment = assess(&account, &funds, None).unwrap();
            let naive = Naive::of(&account, &funds, mode);
            agrees(&naive, mode, None, assessment.outcome(mode))?;
        }
    }
}

//! What each intent does to the account, against numbers worked by hand.

use impulse_audit::engine::assess_position;
use impulse_audit::engine::{
    Account, AtInvalidation, Backing, Contract, ErrorCode, Fees, Intent, Mode, PositionInput,
    Price, Quantity, Rate, Side, Ticket, assess, before_after,
};

use crate::build::{
    Change as _, account, assert_printed, assessed, cross, d, flat, isolated, money, open, price,
};

/// Long 2 at 100, marked 90, 30 of margin; maintenance 1 %.
fn losing_long() -> PositionInput {
    cross("X", Side::Long, "2", "100", flat("0.01")).with(|position| {
        position.mark = price("90");
        position.backing = isolated("30");
    })
}

/// A ticket on that position.
fn on_x(intent: Intent, quantity: &str, at: &str) -> Ticket {
    open("X", Side::Long, quantity, at, flat("0.01")).with(|ticket| {
        ticket.intent = intent;
        ticket.mark = Some(price("90"));
        ticket.leverage = None;
        ticket.invalidation = Some(price("88"));
    })
}

fn wallet_100(position: PositionInput) -> Account {
    account("100", vec![position])
}

fn codes(account: &Account, ticket: &Ticket) -> Vec<&'static str> {
    assessed(account, ticket)
        .findings
        .iter()
        .map(impulse_audit::engine::Finding::code)
        .collect()
}

#[test]
fn an_increase_averages_the_entry_and_adds_its_margin() {
    let ticket = on_x(Intent::Increase, "2", "90").with(|ticket| {
        ticket.margin = Some(money("20"));
        ticket.fees = Fees {
            open: Rate::new(d("0.001")),
            close: Rate::new(d("0.001")),
        };
    });
    let answer = assessed(&wallet_100(losing_long()), &ticket);
    // 4 at 95 with 50 of margin, marked 90: 50 − 20.
    assert_eq!(answer.isolated.backing, money("30"));
    // 100 − 0.18 fee − 20 unrealised − 30.
    assert_eq!(answer.isolated.out_of_reach, money("49.82"));
    // (50 − 380) / (0.04 − 4)
    assert_printed(answer.isolated.liquidation.low.unwrap().get(), "83.333333");
    // 0.18 to open, 4 × 88 × 0.001 to close
    assert_eq!(answer.isolated.costs, money("0.532"));
    assert_eq!(
        answer.isolated.at_invalidation,
        Some(AtInvalidation::Closed { loss: money("8") })
    );
    // The whole of it in cross: 100 − 0.18 − 20.
    assert_eq!(answer.cross.backing, money("79.82"));
    assert!(codes(&wallet_100(losing_long()), &ticket).contains(&"AddingToALoser"));
}

#[test]
fn an_inverse_increase_takes_the_harmonic_mean() {
    let held = cross("C", Side::Long, "100", "100", flat("0")).with(|position| {
        position.contract = Contract::Inverse;
        position.mark = price("200");
        position.backing = isolated("1");
    });
    let ticket = on_x(Intent::Increase, "100", "200").with(|ticket| {
        ticket.symbol = "C".to_owned();
        ticket.contract = Contract::Inverse;
        ticket.mark = Some(price("200"));
        ticket.margin = Some(money("0.5"));
        ticket.invalidation = Some(price("160"));
    });
    let answer = assessed(&account("5", vec![held]), &ticket);
    // 200 at 133.33…: profit at 200 is 200 · (0.0075 − 0.005) = 0.5, all of it from the first half.
    assert_eq!(answer.isolated.backing, money("2"));
    // 1.5 = 200 · (1/P − 1/133.33…): P = 200 / (1.5 + 1.5).
    assert_printed(answer.isolated.bankruptcy.low.unwrap().get(), "66.66666667");
    // From 200 to 160: 200 · (1/160 − 1/200).
    assert!(matches!(
        answer.isolated.at_invalidation,
        Some(AtInvalidation::Closed { loss }) if loss == money("0.25")
    ));
}

#[test]
fn added_margin_moves_from_the_pool_to_the_position() {
    let ticket =
        on_x(Intent::AddMargin, "2", "100").with(|ticket| ticket.margin = Some(money("15")));
    let answer = assessed(&wallet_100(losing_long()), &ticket);
    // 45 − 20 of loss; (45 − 200) / (0.02 − 2).
    assert_eq!(answer.isolated.backing, money("25"));
    assert_eq!(answer.isolated.out_of_reach, money("55"));
    assert_printed(answer.isolated.liquidation.low.unwrap().get(), "78.282828");
    assert_eq!(answer.isolated.costs, money("0"));
    assert!(codes(&wallet_100(losing_long()), &ticket).contains(&"AddingToALoser"));
}

#[test]
fn a_switch_to_cross_gives_the_margin_back_to_the_pool() {
    let ticket = on_x(Intent::SwitchMode, "2", "100").with(|ticket| ticket.mode = Mode::Cross);
    let answer = assessed(&wallet_100(losing_long()), &ticket);
    // Isolated is what it was: 30 − 20, (30 − 200) / −1.98.
    assert_eq!(answer.isolated.backing, money("10"));
    assert_printed(answer.isolated.liquidation.low.unwrap().get(), "85.858586");
    // Cross: 100 − 20, (100 − 200) / −1.98.
    assert_eq!(answer.cross.backing, money("80"));
    assert_printed(answer.cross.liquidation.low.unwrap().get(), "50.505051");
    assert!(codes(&wallet_100(losing_long()), &ticket).contains(&"ModeChangeToSurvive"));
}

#[test]
fn a_switch_to_isolated_takes_its_margin_out_of_the_pool() {
    let held = losing_long().with(|position| position.backing = Backing::Cross);
    let ticket = on_x(Intent::SwitchMode, "2", "100").with(|ticket| ticket.leverage = Some(d("5")));
    let answer = assessed(&wallet_100(held.clone()), &ticket);
    // 200 / 5 = 40 of margin, 20 of it lost.
    assert_eq!(answer.isolated.backing, money("20"));
    assert_eq!(answer.isolated.out_of_reach, money("60"));
    let said = ticket.with(|ticket| ticket.margin = Some(money("50")));
    assert_eq!(
        assessed(&wallet_100(held), &said).isolated.backing,
        money("30")
    );
}

#[test]
fn a_reduction_realises_its_part_and_releases_margin_in_proportion() {
    let ticket = on_x(Intent::Reduce, "0.5", "92").with(|ticket| {
        ticket.fees = Fees {
            open: Rate::new(d("0.001")),
            close: Rate::new(d("0.001")),
        };
    });
    let answer = assessed(&wallet_100(losing_long()), &ticket);
    // 0.5 sold at 92: −4, and a fee of 0.046. 1.5 left with 22.5, marked 90: 7.5.
    assert_eq!(answer.isolated.backing, money("7.5"));
    // 100 − 4 − 0.046 − 15 unrealised = 80.954.
    assert_eq!(answer.isolated.out_of_reach, money("73.454"));
    assert_printed(answer.isolated.liquidation.low.unwrap().get(), "85.858586");
    // 0.046 now, 1.5 × 88 × 0.001 later.
    assert_eq!(answer.isolated.costs, money("0.178"));
}

#[test]
fn a_close_leaves_nothing_to_liquidate() {
    let ticket = on_x(Intent::Close, "2", "90").with(|ticket| {
        ticket.invalidation = Some(price("95"));
        ticket.fees = Fees {
            open: Rate::ZERO,
            close: Rate::new(d("0.001")),
        };
    });
    let answer = assessed(&wallet_100(losing_long()), &ticket);
    assert_eq!(answer.isolated.backing, money("0"));
    // 100 − 20 realised − 0.18 fee.
    assert_eq!(answer.isolated.out_of_reach, money("79.82"));
    assert_eq!(answer.isolated.max_loss, money("0"));
    assert!(!answer.isolated.already && answer.isolated.liquidation.is_open());
    assert_eq!(
        answer.isolated.at_invalidation,
        Some(AtInvalidation::Closed { loss: money("0") })
    );
    assert_eq!(answer.isolated.costs, money("0.18"));
    assert!(answer.findings.is_empty());
    let changes = before_after(&wallet_100(losing_long()), &ticket, Mode::Isolated).unwrap();
    assert_eq!(changes[0].after, None);
}

#[test]
fn acting_on_an_invalidation_that_has_come_true_is_never_refused() {
    for intent in [Intent::Reduce, Intent::Close] {
        let ticket = on_x(intent, "1", "90").with(|ticket| ticket.invalidation = Some(price("95")));
        assert!(assess(&wallet_100(losing_long()), &ticket, None).is_ok());
    }
    let ticket = on_x(Intent::AddMargin, "1", "100").with(|ticket| {
        ticket.margin = Some(money("5"));
        ticket.invalidation = Some(price("95"));
    });
    let refused = assess(&wallet_100(losing_long()), &ticket, None).unwrap_err();
    assert_eq!(refused.code, ErrorCode::AlreadyInvalid);
}

#[test]
fn what_the_account_does_not_hold_is_refused() {
    let code = |ticket: &Ticket| {
        let error = assess(&wallet_100(losing_long()), ticket, None).unwrap_err();
        (error.code, error.field)
    };
    let other = on_x(Intent::Close, "1", "90").with(|ticket| ticket.symbol = "Y".to_owned());
    assert_eq!(
        code(&other),
        (ErrorCode::NoSuchPosition, "ticket.symbol".to_owned())
    );
    let more = on_x(Intent::Reduce, "2.1", "90");
    assert_eq!(
        code(&more),
        (ErrorCode::MoreThanHeld, "ticket.quantity".to_owned())
    );
    let already = on_x(Intent::SwitchMode, "2", "100");
    assert_eq!(
        code(&already),
        (ErrorCode::AlreadyInMode, "ticket.mode".to_owned())
    );
    let again = on_x(Intent::Open, "1", "90").with(|ticket| ticket.margin = Some(money("9")));
    assert_eq!(
        code(&again),
        (ErrorCode::DuplicatePosition, "ticket.symbol".to_owned())
    );
}

/// A long and a short of one symbol in the pool move together.
#[test]
fn hedge_legs_are_liquidated_on_either_side() {
    // Long 2 and short 3 at 100, 1 % each, 60 in the pool: net short 1.
    let short = cross("X", Side::Short, "3", "100", flat("0.01"));
    let ticket = open("X", Side::Long, "2", "100", flat("0.01")).with(|ticket| {
        ticket.mode = Mode::Cross;
        ticket.invalidation = Some(price("90"));
    });
    let answer = assessed(&account("60", vec![short.clone()]), &ticket);
    // 60 + 100 − P = 0.05 · P
    assert_printed(answer.cross.liquidation.high.unwrap().get(), "152.38095238");
    assert_eq!(answer.cross.liquidation.low, None);
    assert_eq!(answer.cross.bankruptcy.high, Some(price("160")));
    assert_eq!(answer.cross.max_loss, money("60"));
    // The fall is a gain of the pair; there is no liquidation price against the long.
    assert_eq!(
        answer.cross.at_invalidation,
        Some(AtInvalidation::Closed { loss: money("-10") })
    );
    assert_eq!(answer.cross.loss_at_liquidation, None);
    assert_eq!(answer.cross.closed_with_it.len(), 1);
    assert!(
        answer
            .findings
            .iter()
            .any(|finding| finding.code() == "HedgeOffsets")
    );
    // A perfect hedge can lose nothing, unless the requirement grows over it: 60 = 0.06 · P.
    let even = ticket
        .clone()
        .with(|ticket| ticket.quantity = Quantity::new(d("3")));
    let answer = assessed(&account("60", vec![short.clone()]), &even);
    assert_eq!(answer.cross.liquidation.high, Some(price("1000")));
    let free = short.with(|short| short.maintenance = flat("0"));
    let even = even.with(|ticket| ticket.maintenance = flat("0"));
    let answer = assessed(&account("60", vec![free]), &even);
    assert_eq!(answer.cross.max_loss, money("0"));
    assert!(answer.cross.liquidation.is_open());
    assert!(
        answer
            .findings
            .iter()
            .any(|finding| finding.code() == "NoLiquidationAboveZero")
    );
}

/// The inverse closed forms F2, F4 and B, worked by hand.
#[test]
fn inverse_contracts_follow_their_closed_forms() {
    // Short 10,000 USD of face at 50,000 with 0.05 BTC, 1 %: V/e = 0.2.
    let short = open("BTCUSD", Side::Short, "100", "50000", flat("0.01")).with(|ticket| {
        ticket.contract = Contract::Inverse;
        ticket.contract_size = d("100");
        ticket.margin = Some(money("0.05"));
        ticket.invalidation = Some(price("60000"));
    });
    let answer = assessed(&account("1", vec![]), &short);
    // F2: 10,000 · (0.01 − 1) / (0.05 − 0.2) = 66,000. B: 10,000 / (0.2 − 0.05).
    assert_eq!(answer.isolated.liquidation.high, Some(price("66000")));
    assert_printed(
        answer.isolated.bankruptcy.high.unwrap().get(),
        "66666.666667",
    );
    // 10,000 · (1/50,000 − 1/60,000)
    let Some(AtInvalidation::Closed { loss }) = answer.isolated.at_invalidation else {
        panic!()
    };
    assert_printed(loss.get(), "0.0333333333");
    // In cross 1 BTC stands behind 0.2: no price takes it, and up to ten times the price it is
    // V / mark less V / (10 · mark).
    assert!(answer.cross.liquidation.is_open());
    assert_eq!(answer.cross.max_loss, money("0.18"));
    // F4 with 0.01 BTC fixed, long: 10,000 / (0.2 + 0.05 − 0.01).
    let mut schedule = flat("0.01");
    schedule.basis = impulse_audit::engine::Basis::Fixed(money("0.01"));
    let long = short.clone().with(|ticket| {
        ticket.side = Side::Long;
        ticket.maintenance = schedule;
        ticket.invalidation = Some(price("45000"));
    });
    let answer = assessed(&account("1", vec![]), &long);
    assert_printed(
        answer.isolated.liquidation.low.unwrap().get(),
        "41666.666667",
    );
    assert_eq!(answer.isolated.bankruptcy.low, Some(price("40000")));
}

#[test]
fn before_and_after_shows_what_an_open_does_to_the_others() {
    // ETH long 5 at 2,000 in a pool of 2,000; the ticket takes 1,000 of it away as isolated margin.
    let eth = cross("ETH", Side::Long, "5", "2000", flat("0"));
    let account = account("2000", vec![eth]);
    let ticket = open("BTC", Side::Long, "0.1", "100000", flat("0"));
    let changes = before_after(&account, &ticket, Mode::Isolated).unwrap();
    assert_eq!(changes[0].before.liquidation.low, Some(price("1600")));
    assert_eq!(
        changes[0].after.unwrap().liquidation.low,
        Some(price("1800"))
    );
    // In cross the pool stays whole, as long as BTC stands at its mark.
    let changes = before_after(&account, &ticket, Mode::Cross).unwrap();
    assert_eq!(
        changes[0].after.unwrap().liquidation.low,
        Some(price("1600"))
    );
}

#[test]
fn an_already_lost_position_is_given_no_price() {
    // 10 behind a loss of 20: under water at the mark.
    let position = cross("X", Side::Long, "2", "100", flat("0.01")).with(|position| {
        position.backing = isolated("10");
        position.mark = price("90");
    });
    let wallet = account("100", vec![position]);
    let held = assess_position(&wallet, "X", Side::Long, None, None).unwrap();
    assert!(held.outcome.already);
    assert!(held.outcome.liquidation.is_open() && held.outcome.bankruptcy.is_open());
    assert_eq!(held.findings[0].code(), "AlreadyLiquidatable");
    // Funds in the pool do not reach it; the invalidation is not reached any more.
    let ticket = open("X", Side::Long, "2", "100", flat("0.01")).with(|ticket| {
        ticket.intent = Intent::AddFunds;
        ticket.margin = Some(money("50"));
        ticket.mark = Some(price("90"));
        ticket.invalidation = Some(price("80"));
    });
    assert_eq!(
        assessed(&wallet, &ticket).isolated.at_invalidation,
        Some(AtInvalidation::LiquidatedFirst {
            price: Price::new(d("90"))
        })
    );
}

/// Document 004: the mode changes what backs a position, and neither size, funding nor settlement.
#[test]
fn the_mode_changes_neither_costs_nor_what_a_price_takes() {
    let ticket = open("X", Side::Long, "2", "100", flat("0.01")).with(|ticket| {
        ticket.margin = Some(money("40"));
        ticket.invalidation = Some(price("90"));
        ticket.fees = Fees {
            open: Rate::new(d("0.001")),
            close: Rate::new(d("0.001")),
        };
        ticket.funding.rate = Rate::new(d("0.0001"));
        ticket.funding.intervals = 3;
    });
    let answer = assessed(&account("100", vec![]), &ticket);
    for outcome in [&answer.isolated, &answer.cross] {
        // 0.2 + 0.18 in fees, 200 · 0.0001 · 3 of funding.
        assert_eq!(outcome.costs, money("0.44"));
        assert_eq!(
            outcome.at_invalidation,
            Some(AtInvalidation::Closed { loss: money("20") })
        );
    }
    assert_ne!(answer.isolated.liquidation, answer.cross.liquidation);
    // A switch of what is held costs nothing by itself.
    let switch = on_x(Intent::SwitchMode, "2", "100").with(|ticket| ticket.mode = Mode::Cross);
    let switched = assessed(&wallet_100(losing_long()), &switch);
    assert_eq!(switched.cross.costs, money("0"));
    assert_eq!(
        switched.cross.at_invalidation,
        Some(AtInvalidation::Closed { loss: money("4") })
    );
}

/// Document 004: leverage and mode are independent.
#[test]
fn in_cross_leverage_moves_no_end_and_binds_margin_alone() {
    let at = |leverage: &str| {
        let ticket = open("X", Side::Long, "2", "100", flat("0.01")).with(|ticket| {
            ticket.mode = Mode::Cross;
            ticket.leverage = Some(d(leverage));
            ticket.invalidation = Some(price("90"));
        });
        assessed(&account("100", vec![]), &ticket)
    };
    let (low, high) = (at("4"), at("20"));
    assert_eq!(low.cross, high.cross);
    // (100 − 200) / (0.02 − 2).
    assert_printed(low.cross.liquidation.low.unwrap().get(), "50.505051");
    // Isolated it is the margin that it makes of the notional which decides.
    assert_eq!(low.isolated.backing, money("50"));
    assert_eq!(high.isolated.backing, money("10"));
}

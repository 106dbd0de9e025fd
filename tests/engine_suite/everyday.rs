//! Everyday trades, worked by an independent exact solver: a pool that leans, a limit, a stop, a hedge,
//! margin that is taken from others, margin that is not there.

use impulse_audit::engine::{
    Account, AtInvalidation, Backing, Closer, Fees, Finding, Intent, Mode, ModeScope, OrderKind,
    Rate, Side, Ticket, assess, assess_position, at_stake, at_stake_after, unplaceable,
};

use crate::build::{
    Change as _, account, assert_printed, assessed, cross, d, flat, isolated, money, open, price,
};

fn rate(text: &str) -> Rate {
    Rate::new(d(text))
}

fn fees() -> Fees {
    Fees {
        open: rate("0.0005"),
        close: rate("0.0005"),
    }
}

/// 40 ETH long at 2,000 in a pool of 10,000, the venue keeping 1 %.
fn leaning_pool() -> Account {
    let eth = cross("ETH/USDT", Side::Long, "40", "2000", flat("0.01"));
    account("10000", vec![eth])
}

fn btc(quantity: &str, entry: &str) -> Ticket {
    open("BTC/USDT", Side::Long, quantity, entry, flat("0.004"))
}

#[test]
fn in_a_pool_that_leans_the_worst_case_is_of_the_pool() {
    let ticket = btc("0.05", "100000").with(|ticket| {
        ticket.mode = Mode::Cross;
        ticket.fees = fees();
        ticket.invalidation = Some(price("95000"));
    });
    let answer = assessed(&leaning_pool(), &ticket);
    let cross = &answer.cross;
    assert_eq!(cross.backing, money("9997.50"));
    assert!(cross.liquidation.is_open());
    assert_eq!(cross.max_loss_alone, Some(money("5000")));
    // 9,997.50 of 85,000 are left to fall until 820 are required of what remains.
    assert_printed(cross.together.unwrap().fall.unwrap().get(), "-0.109022333");
    assert_eq!(cross.max_loss, money("9997.50"));
    assert_eq!(cross.costs, money("4.875"));
    assert_eq!(cross.at_risk(), money("10002.375"));
    let codes: Vec<_> = answer.findings.iter().map(Finding::code).collect();
    // The whole account, and no price of BTC alone: the common move stands beside them.
    assert!(codes.contains(&"WholeAccountAtStake"));
    assert!(codes.contains(&"TogetherNearer"));
    assert!(codes.contains(&"NoLiquidationAboveZero"));
}

#[test]
fn a_limit_is_judged_where_it_is_filled() {
    let ticket = btc("0.2", "95000").with(|ticket| {
        ticket.mark = Some(price("100000"));
        ticket.leverage = Some(d("20"));
        ticket.fees = fees();
        ticket.invalidation = Some(price("92000"));
    });
    let answer = assessed(&account("10000", vec![]), &ticket);
    let order = answer.order.unwrap();
    assert_eq!(
        (order.kind, order.distance),
        (OrderKind::Limit, rate("-0.05"))
    );
    assert_eq!(answer.isolated.backing, money("950"));
    assert_eq!(answer.isolated.max_loss, money("950"));
    assert_printed(
        answer.isolated.liquidation.low.unwrap().get(),
        "90612.449799",
    );
    assert_eq!(
        answer.isolated.at_invalidation,
        Some(AtInvalidation::Closed { loss: money("600") })
    );
    assert_eq!(answer.isolated.costs, money("18.70"));
    assert_eq!(answer.cross.backing, money("9990.50"));
    // A short sells higher with a limit, lower with a stop.
    let mirrored = |entry: &str| {
        open("BTC/USDT", Side::Short, "0.2", entry, flat("0.004"))
            .with(|ticket| ticket.mark = Some(price("100000")))
            .order()
            .map(|order| order.kind)
    };
    assert_eq!(mirrored("105000"), Some(OrderKind::Limit));
    assert_eq!(mirrored("95000"), Some(OrderKind::Stop));
}

#[test]
fn a_stop_may_be_wrong_above_the_price_of_now() {
    let ticket = btc("0.05", "105000").with(|ticket| {
        ticket.mark = Some(price("100000"));
        ticket.invalidation = Some(price("102000"));
    });
    let answer = assessed(&account("10000", vec![]), &ticket);
    let order = answer.order.unwrap();
    assert_eq!(
        (order.kind, order.distance),
        (OrderKind::Stop, rate("0.05"))
    );
    for outcome in [&answer.isolated, &answer.cross] {
        assert_eq!(
            outcome.at_invalidation,
            Some(AtInvalidation::Closed { loss: money("150") })
        );
    }
}

#[test]
fn a_perfect_hedge_has_nothing_to_lose_by_price() {
    let short = cross("BTC/USDT", Side::Short, "0.2", "100000", flat("0.004"));
    let ticket = btc("0.2", "100000").with(|ticket| {
        ticket.mode = Mode::Cross;
        ticket.fees = fees();
    });
    let answer = assessed(&account("10000", vec![short]), &ticket);
    let cross = &answer.cross;
    // 9,990 against 0.4 · 0.004 of the price: the only end, sixty times the price.
    assert_eq!(cross.liquidation.high, Some(price("6243750")));
    assert!(cross.liquidation.within_reach(ticket.entry).is_open());
    assert_eq!(cross.max_loss, money("0"));
    assert!(!cross.can_be_closed(ticket.entry));
    let codes: Vec<_> = answer.findings.iter().map(Finding::code).collect();
    assert!(!codes.contains(&"WholeAccountAtStake"), "{codes:?}");
    assert!(!codes.contains(&"ProfitableBystanders"), "{codes:?}");
}

#[test]
fn margin_that_is_taken_from_others_brings_their_end_closer() {
    let ticket = btc("0.9", "100000").with(|ticket| ticket.margin = Some(money("9000")));
    let closer = assessed(&leaning_pool(), &ticket)
        .findings
        .into_iter()
        .find_map(|finding| match finding {
            Finding::OthersCloser { closer } => Some(closer),
            _ => None,
        });
    let Some(Closer::Position {
        symbol,
        from,
        to,
        distance,
        ..
    }) = closer
    else {
        panic!("{closer:?}");
    };
    assert_eq!(symbol, "ETH/USDT");
    assert_printed(from.unwrap().get(), "1767.68");
    assert_printed(to.get(), "1994.95");
    assert_printed(distance.get(), "-0.0025");
}

#[test]
fn margin_that_is_not_there_is_told_with_its_figures() {
    let wallet = account("1000", vec![]);
    let ticket = btc("0.4", "100000").with(|ticket| ticket.margin = Some(money("4000")));
    let insufficient = Finding::InsufficientMargin {
        needed: money("4000"),
        free: money("1000"),
    };
    assert_eq!(
        unplaceable(&wallet, &ticket).unwrap(),
        Some(insufficient.clone())
    );
    assert!(assessed(&wallet, &ticket).findings.contains(&insufficient));
    // Neither of the two answers is needed to say so.
    let unanswered = ticket.with(|ticket| {
        ticket.invalidation = None;
        ticket.acceptable_loss = None;
    });
    assert_eq!(
        unplaceable(&wallet, &unanswered).unwrap(),
        Some(insufficient)
    );
    assert!(assess(&wallet, &unanswered, None).is_err());
}

#[test]
fn leverage_above_the_venues_own_table_is_told() {
    let wallet = account("100000", vec![]);
    let mut schedule = flat("0.004");
    schedule.tiers[0].max_leverage = Some(d("20"));
    let at = |leverage: &str| {
        open("BTC/USDT", Side::Long, "1", "100000", schedule.clone())
            .with(|ticket| ticket.leverage = Some(d(leverage)))
    };
    assert_eq!(unplaceable(&wallet, &at("20")).unwrap(), None);
    assert_eq!(
        unplaceable(&wallet, &at("20.1")).unwrap(),
        Some(Finding::LeverageAboveTier {
            leverage: rate("20.1"),
            most: rate("20"),
            notional: money("100000"),
        })
    );
}

#[test]
fn funds_that_are_added_back_the_whole_pool() {
    let ticket = open("ETH/USDT", Side::Long, "40", "2000", flat("0.01")).with(|ticket| {
        ticket.intent = Intent::AddFunds;
        ticket.mode = Mode::Cross;
        ticket.margin = Some(money("1000"));
        ticket.mark = Some(price("1900"));
        ticket.invalidation = Some(price("1800"));
    });
    let answer = assessed(&leaning_pool(), &ticket);
    // 11,000 less the 4,000 that 40 have lost at 1,900; (11,000 − 80,000) / (0.4 − 40).
    assert_eq!(answer.cross.backing, money("7000"));
    assert_printed(answer.cross.liquidation.low.unwrap().get(), "1742.424242");
    assert_eq!(answer.order, None);
    let codes: Vec<_> = answer.findings.iter().map(Finding::code).collect();
    assert!(codes.contains(&"AddingToALoser"));
}

#[test]
fn what_is_realised_is_told_after_the_fee() {
    let wallet = leaning_pool();
    let close = |intent: Intent, quantity: &str| {
        open("ETH/USDT", Side::Long, quantity, "1900", flat("0.01")).with(|ticket| {
            ticket.intent = intent;
            ticket.mode = Mode::Cross;
            ticket.fees = fees();
            ticket.invalidation = None;
            ticket.acceptable_loss = None;
        })
    };
    // 10 · −100, less 0.05 % of 19,000.
    let reduced = assessed(&wallet, &close(Intent::Reduce, "10"));
    assert_eq!(reduced.realised, Some(money("-1009.5")));
    assert_eq!(reduced.cross.at_invalidation, None);
    let closed = assessed(&wallet, &close(Intent::Close, "40"));
    assert_eq!(closed.realised, Some(money("-4038")));
    assert_eq!(closed.cross.max_loss, money("0"));
    assert!(closed.findings.is_empty());
}

#[test]
fn where_the_mode_is_the_accounts_a_switch_is_for_every_position() {
    // Two longs of 1,000 each at 10x, isolated with 100 each, in a wallet of 500.
    let position = |symbol: &str| {
        cross(symbol, Side::Long, "10", "100", flat("0")).with(|position| {
            position.backing = isolated("100");
            position.leverage = Some(d("10"));
        })
    };
    let of_each = account("500", vec![position("A"), position("B")]);
    let of_all = of_each
        .clone()
        .with(|account| account.mode_scope = ModeScope::Account);
    let switch = open("A", Side::Long, "10", "100", flat("0")).with(|ticket| {
        ticket.intent = Intent::SwitchMode;
        ticket.mode = Mode::Cross;
    });
    assert_eq!(assessed(&of_each, &switch).cross.backing, money("400"));
    let all = assessed(&of_all, &switch);
    assert_eq!(all.cross.backing, money("500"));
    assert_eq!(all.cross.closed_with_it.len(), 1);
    // And back again: each takes its notional / leverage out of the pool.
    let pooled = of_all.with(|account| {
        for position in &mut account.positions {
            position.backing = Backing::Cross;
        }
    });
    let back = switch.with(|ticket| ticket.mode = Mode::Isolated);
    let back = assessed(&pooled, &back);
    assert_eq!(back.isolated.backing, money("100"));
    assert!(back.isolated.closed_with_it.is_empty());
    assert_eq!(back.isolated.out_of_reach, money("400"));
}

#[test]
fn at_stake_are_the_worst_cases_of_all_that_is_open() {
    let isolated_sol = cross("SOL/USDT", Side::Long, "10", "100", flat("0.01"))
        .with(|sol| sol.backing = isolated("200"));
    let mut pool = leaning_pool();
    pool.positions.push(isolated_sol);
    // 200 behind SOL, and the 9,800 of the pool.
    assert_eq!(at_stake(&pool).unwrap(), money("10000"));
    let held = assess_position(&pool, "ETH/USDT", Side::Long, None, None).unwrap();
    assert_eq!(held.outcome.max_loss, money("9800"));
    let ticket = btc("0.02", "100000").with(|ticket| ticket.margin = Some(money("300")));
    assert_eq!(at_stake_after(&pool, &ticket).unwrap(), money("10000"));
    // Nothing is at stake in a pool without positions.
    assert_eq!(at_stake(&account("500", vec![])).unwrap(), money("0"));
    let first = at_stake_after(&account("500", vec![]), &ticket).unwrap();
    assert_eq!(first, money("300"));
}

//! When each of the twelve findings is made and when it just is not, on cases worked by hand.

use impulse_audit::engine::{
    Account, Closer, Contract, Finding, Intent, Joint, Mode, PositionInput, Rate, Side, Thresholds,
    Ticket, assess, assess_position, assess_with,
};

use crate::build::{Change as _, account, assessed, cross, d, flat, isolated, money, open, price};

fn found(account: &Account, ticket: &Ticket, code: &str) -> Option<Finding> {
    assessed(account, ticket)
        .findings
        .into_iter()
        .find(|finding| finding.code() == code)
}

fn has(account: &Account, ticket: &Ticket, code: &str) -> bool {
    found(account, ticket, code).is_some()
}

fn rate(text: &str) -> Rate {
    Rate::new(d(text))
}

/// 1 long at 100, 10 of margin, 1 % of maintenance.
fn long() -> Ticket {
    open("X", Side::Long, "1", "100", flat("0.01"))
}

/// 1 long at 100 with 28 of margin where the venue keeps 10 %: (28 − 100) / (0.1 − 1), closed at 80.
fn closed_at_80() -> Ticket {
    open("X", Side::Long, "1", "100", flat("0.1")).with(|ticket| {
        ticket.margin = Some(money("28"));
    })
}

/// [`closed_at_80`] as a position, and a ticket on it.
fn on_the_position(intent: Intent) -> (PositionInput, Ticket) {
    let position = cross("X", Side::Long, "1", "100", flat("0.1")).with(|position| {
        position.backing = isolated("28");
    });
    let ticket = closed_at_80().with(|ticket| {
        ticket.intent = intent;
        ticket.invalidation = Some(price("85"));
    });
    (position, ticket)
}

#[test]
fn equity_that_meets_the_requirement_at_the_mark_is_already_liquidatable() {
    let at = |mark: &str| {
        let (position, _) = on_the_position(Intent::AddMargin);
        let position = position.with(|position| position.mark = price(mark));
        let held = assess_position(
            &account("1000", vec![position]),
            "X",
            Side::Long,
            None,
            None,
        );
        held.unwrap().findings
    };
    // At 80: 28 − 20 behind it, and 8 required.
    assert_eq!(
        at("80")[0],
        Finding::AlreadyLiquidatable {
            equity: money("8"),
            requirement: money("8"),
        }
    );
    // At 80.01: 8.01 and 8.001.
    assert!(
        at("80.01")
            .iter()
            .all(|finding| finding.code() != "AlreadyLiquidatable")
    );
}

#[test]
fn liquidated_before_wrong_is_found_only_if_it_comes_first() {
    let wallet = account("1000", vec![]);
    let at = |wrong: &str| closed_at_80().with(|ticket| ticket.invalidation = Some(price(wrong)));
    assert_eq!(
        found(&wallet, &at("79.99"), "LiquidatedBeforeWrong"),
        Some(Finding::LiquidatedBeforeWrong {
            liquidation: price("80"),
            invalidation: price("79.99"),
        })
    );
    assert!(!has(&wallet, &at("80"), "LiquidatedBeforeWrong"));
}

#[test]
fn ninety_five_percent_of_the_account_is_the_whole_of_it() {
    let wallet = account("100", vec![]);
    let with = |margin: &str| long().with(|ticket| ticket.margin = Some(money(margin)));
    assert_eq!(
        found(&wallet, &with("95"), "WholeAccountAtStake"),
        Some(Finding::WholeAccountAtStake {
            max_loss: money("95"),
            share: rate("0.95"),
        })
    );
    assert!(!has(&wallet, &with("94.99"), "WholeAccountAtStake"));
}

#[test]
fn a_worst_case_over_the_accepted_loss_is_found_and_one_at_it_is_not() {
    let wallet = account("1000", vec![]);
    let at = |accepted: &str| long().with(|ticket| ticket.acceptable_loss = Some(money(accepted)));
    assert_eq!(
        found(&wallet, &at("9.99"), "OverAcceptedLoss"),
        Some(Finding::OverAcceptedLoss {
            max_loss: money("10"),
            costs: money("0"),
            accepted: money("9.99"),
        })
    );
    assert!(!has(&wallet, &at("10"), "OverAcceptedLoss"));
}

#[test]
fn the_wallet_must_hold_margin_and_fee() {
    let ticket = long().with(|ticket| ticket.fees.open = rate("0.01"));
    // 100 / 10 of margin and 1 of fee.
    assert!(!has(&account("11", vec![]), &ticket, "InsufficientMargin"));
    assert_eq!(
        found(&account("10.99", vec![]), &ticket, "InsufficientMargin"),
        Some(Finding::InsufficientMargin {
            needed: money("11"),
            free: money("10.99"),
        })
    );
    // Margin assigned elsewhere, and losses of the pool, are not free; its profits are.
    let other = || cross("Y", Side::Long, "1", "100", flat("0"));
    let assigned = other().with(|y| y.backing = isolated("90"));
    let losing = other().with(|y| y.mark = price("10"));
    let gaining = other().with(|y| y.mark = price("105"));
    // What a cross position binds: its notional / leverage, or its requirement where that is unknown.
    let leveraged = other().with(|y| y.leverage = Some(d("5")));
    let required = other().with(|y| y.maintenance = flat("0.03"));
    for (position, enough, short) in [
        (assigned, "101", "100.99"),
        (losing, "101", "100.99"),
        (gaining, "6", "5.99"),
        (leveraged, "31", "30.99"),
        (required, "14", "13.99"),
    ] {
        let wallet = |wallet: &str| account(wallet, vec![position.clone()]);
        assert!(!has(&wallet(enough), &ticket, "InsufficientMargin"));
        assert!(has(&wallet(short), &ticket, "InsufficientMargin"));
    }
}

#[test]
fn what_an_intent_takes_from_the_wallet_must_be_there() {
    // 28 are assigned; 12 more are to go there.
    let (position, ticket) = on_the_position(Intent::AddMargin);
    let ticket = ticket.with(|ticket| ticket.margin = Some(money("12")));
    let wallet = |wallet: &str| account(wallet, vec![position.clone()]);
    assert!(!has(&wallet("40"), &ticket, "InsufficientMargin"));
    assert!(has(&wallet("39.99"), &ticket, "InsufficientMargin"));
    // As much for an increase with 12 of margin, which trades for nothing here.
    let increase = ticket.with(|ticket| ticket.intent = Intent::Increase);
    assert!(!has(&wallet("40"), &increase, "InsufficientMargin"));
    assert!(has(&wallet("39.99"), &increase, "InsufficientMargin"));
    // From cross to isolated with 28, while 10 of the pool are lost.
    let (position, ticket) = on_the_position(Intent::SwitchMode);
    let position = position.with(|x| x.backing = impulse_audit::engine::Backing::Cross);
    let ticket = ticket.with(|ticket| ticket.mark = Some(price("90")));
    let wallet = |wallet: &str| account(wallet, vec![position.clone()]);
    assert!(!has(&wallet("38"), &ticket, "InsufficientMargin"));
    assert_eq!(
        found(&wallet("37.99"), &ticket, "InsufficientMargin"),
        Some(Finding::InsufficientMargin {
            needed: money("28"),
            free: money("27.99"),
        })
    );
}

#[test]
fn high_leverage_in_cross_counts_only_on_one_direction() {
    const CODE: &str = "HighLeverageDirectionalCross";
    // 3 at 100; a short of 100 leaves 200 of 400 on one side.
    let ticket =
        open("X", Side::Long, "3", "100", flat("0.01")).with(|ticket| ticket.mode = Mode::Cross);
    let beside =
        |short: &str| account("1000", vec![cross("Y", Side::Short, "1", short, flat("0"))]);
    assert_eq!(
        found(&beside("100"), &ticket, CODE),
        Some(Finding::HighLeverageDirectionalCross {
            leverage: rate("10"),
            directional_share: rate("0.5"),
        })
    );
    assert!(!has(&beside("100.01"), &ticket, CODE));
    let lower = ticket
        .clone()
        .with(|ticket| ticket.leverage = Some(d("9.99")));
    assert!(!has(&beside("100"), &lower, CODE));
    // Said by the margin: 300 / 30 is 10.
    let by_margin = |margin: &str| {
        ticket.clone().with(|ticket| {
            ticket.leverage = None;
            ticket.margin = Some(money(margin));
        })
    };
    assert!(has(&beside("100"), &by_margin("30"), CODE));
    assert!(!has(&beside("100"), &by_margin("30.01"), CODE));
    let alone = ticket.with(|ticket| ticket.mode = Mode::Isolated);
    assert!(!has(&account("1000", vec![]), &alone, CODE));
}

#[test]
fn a_switch_to_cross_that_saves_the_position_is_found() {
    const CODE: &str = "ModeChangeToSurvive";
    let (position, ticket) = on_the_position(Intent::SwitchMode);
    let wallet = account("64", vec![position.clone()]);
    let switch = |mark: &str, wrong: &str| {
        ticket.clone().with(|ticket| {
            ticket.mode = Mode::Cross;
            ticket.mark = Some(price(mark));
            ticket.invalidation = Some(price(wrong));
        })
    };
    // Isolated it is closed at 80; with 64 behind it at (64 − 100) / (0.1 − 1).
    let saved = |unrealised: &str| {
        Some(Finding::ModeChangeToSurvive {
            unrealised: money(unrealised),
            isolated: Some(price("80")),
            cross: Some(price("40")),
        })
    };
    assert_eq!(found(&wallet, &switch("100", "79.99"), CODE), saved("0"));
    assert_eq!(found(&wallet, &switch("99.99", "80"), CODE), saved("-0.01"));
    assert_eq!(found(&wallet, &switch("100", "80"), CODE), None);
    // The other way round takes money away from it.
    let pooled = position.with(|x| x.backing = impulse_audit::engine::Backing::Cross);
    let back = switch("99.99", "79.99").with(|ticket| ticket.mode = Mode::Isolated);
    assert!(!has(&account("64", vec![pooled]), &back, CODE));
}

#[test]
fn what_goes_to_a_losing_position_is_found() {
    const CODE: &str = "AddingToALoser";
    let at = |intent: Intent, mark: &str| {
        let (position, ticket) = on_the_position(intent);
        // An increase takes effect at its fill, the others at the mark.
        let ticket = ticket.with(|ticket| {
            ticket.entry = price(mark);
            ticket.mark = Some(price(mark));
        });
        found(&account("1000", vec![position]), &ticket, CODE)
    };
    let losing = Some(Finding::AddingToALoser {
        unrealised: money("-0.01"),
    });
    for intent in [Intent::Increase, Intent::AddMargin] {
        assert_eq!(at(intent, "99.99"), losing);
        assert_eq!(at(intent, "100"), None);
    }
    // A second position of the same symbol and side, in the other mode, is an increase too.
    let (position, ticket) = on_the_position(Intent::Open);
    let beside = ticket.with(|ticket| {
        ticket.mode = Mode::Cross;
        ticket.entry = price("99.99");
    });
    assert_eq!(
        found(&account("1000", vec![position]), &beside, CODE),
        losing
    );
    assert_eq!(at(Intent::Reduce, "99.99"), None);
}

#[test]
fn profitable_positions_that_go_with_it_are_counted() {
    const CODE: &str = "ProfitableBystanders";
    let ticket = long().with(|ticket| ticket.mode = Mode::Cross);
    let other = |symbol: &str, mark: &str| {
        cross(symbol, Side::Long, "1", "100", flat("0")).with(|y| y.mark = price(mark))
    };
    let with = |positions: Vec<PositionInput>, ticket: &Ticket| {
        found(&account("150", positions), ticket, CODE)
    };
    // One gains 0.01, one loses 50, one is where it was.
    let bystanders = vec![other("A", "100.01"), other("B", "50"), other("C", "100")];
    assert_eq!(
        with(bystanders.clone(), &ticket),
        Some(Finding::ProfitableBystanders {
            positions: 1,
            unrealised: money("0.01"),
        })
    );
    assert_eq!(
        with(vec![other("B", "50"), other("C", "100")], &ticket),
        None
    );
    let apart = ticket.clone().with(|ticket| ticket.mode = Mode::Isolated);
    assert_eq!(with(bystanders.clone(), &apart), None);
    // Nothing goes with what nothing can end: 350 of notional fall to nothing, and 650 are left.
    assert_eq!(found(&account("1000", bystanders), &ticket, CODE), None);
}

#[test]
fn a_false_move_can_close_what_stands_ten_percent_from_its_liquidation() {
    const CODE: &str = "FalseMoveRisk";
    let wallet = account("1000", vec![]);
    let with = |margin: &str| closed_at_80().with(|ticket| ticket.margin = Some(money(margin)));
    // (19 − 100) / (0.1 − 1) is 90; a cent more is further than 10 %.
    assert_eq!(
        found(&wallet, &with("19"), CODE),
        Some(Finding::FalseMoveRisk {
            liquidation: price("90"),
            distance: rate("-0.1"),
        })
    );
    assert!(!has(&wallet, &with("19.01"), CODE));
    let cross = with("19").with(|ticket| ticket.mode = Mode::Cross);
    assert!(!has(&account("19", vec![]), &cross, CODE));
}

#[test]
fn a_liquidation_price_of_zero_is_none() {
    const CODE: &str = "NoLiquidationAboveZero";
    let wallet = account("1000", vec![]);
    let free = |margin: &str| {
        open("X", Side::Long, "1", "100", flat("0"))
            .with(|ticket| ticket.margin = Some(money(margin)))
    };
    assert_eq!(
        found(&wallet, &free("100"), CODE),
        Some(Finding::NoLiquidationAboveZero {
            max_loss: money("100"),
        })
    );
    // 99.99 − 100 + P is zero at 0.01.
    assert!(!has(&wallet, &free("99.99"), CODE));
    // An inverse short of 100 at 100 is closed by 0.9 behind it at 100 / (1 − 0.9), ten times the
    // price: just within reach.
    let inverse = |margin: &str| {
        open("X", Side::Short, "100", "100", flat("0")).with(|ticket| {
            ticket.contract = Contract::Inverse;
            ticket.margin = Some(money(margin));
        })
    };
    assert!(has(&wallet, &inverse("0.9001"), CODE));
    assert!(!has(&wallet, &inverse("0.9"), CODE));
    // Already lost is not out of reach.
    let lost = free("100").with(|ticket| ticket.funding.owed = money("100"));
    assert!(!has(&wallet, &lost, CODE));
}

#[test]
fn an_opposite_leg_of_the_same_symbol_in_the_pool_offsets() {
    const CODE: &str = "HedgeOffsets";
    let ticket = long().with(|ticket| ticket.mode = Mode::Cross);
    let beside = |symbol: &str, side: Side| cross(symbol, side, "0.001", "100", flat("0.01"));
    let with = |position: PositionInput, ticket: &Ticket| {
        found(&account("1000", vec![position]), ticket, CODE)
    };
    let hedge = beside("X", Side::Short);
    assert_eq!(
        with(hedge.clone(), &ticket),
        Some(Finding::HedgeOffsets {
            own: "1".parse().unwrap(),
            opposite: "0.001".parse().unwrap(),
        })
    );
    assert_eq!(with(beside("Y", Side::Short), &ticket), None);
    let apart = hedge.clone().with(|x| x.backing = isolated("10"));
    assert_eq!(with(apart, &ticket), None, "it has its own money");
    let isolated = ticket.with(|ticket| ticket.mode = Mode::Isolated);
    assert_eq!(with(hedge, &isolated), None);
}

#[test]
fn the_graver_finding_comes_first() {
    let ticket = long().with(|ticket| {
        ticket.invalidation = Some(price("80"));
        ticket.acceptable_loss = Some(money("1"));
    });
    let codes: Vec<_> = assessed(&account("10", vec![]), &ticket)
        .findings
        .iter()
        .map(Finding::code)
        .collect();
    assert_eq!(
        codes,
        [
            "LiquidatedBeforeWrong",
            "WholeAccountAtStake",
            "OverAcceptedLoss",
            "FalseMoveRisk"
        ]
    );
}

type Set = fn(&mut Thresholds, Rate);

#[test]
fn every_threshold_can_be_set() {
    let wallet = account("100", vec![]);
    let alone = closed_at_80().with(|ticket| ticket.margin = Some(money("19")));
    let pooled = long().with(|ticket| ticket.mode = Mode::Cross);
    // Each case at the threshold that is named, and not a hundredth beyond it.
    let cases: [(&Ticket, &str, Set, &str, &str); 4] = [
        (
            &alone,
            "FalseMoveRisk",
            |t, to| t.false_move = to,
            "0.1",
            "0.09",
        ),
        (
            &alone,
            "WholeAccountAtStake",
            |t, to| t.whole_account_share = to,
            "0.19",
            "0.2",
        ),
        (
            &pooled,
            "HighLeverageDirectionalCross",
            |t, to| t.high_leverage = to,
            "10",
            "10.01",
        ),
        (
            &pooled,
            "HighLeverageDirectionalCross",
            |t, to| t.directional_share = to,
            "1",
            "1.01",
        ),
    ];
    for (ticket, code, set, at, beyond) in cases {
        for (value, expected) in [(at, true), (beyond, false)] {
            let mut thresholds = Thresholds::default();
            set(&mut thresholds, rate(value));
            let answer = assess_with(&wallet, ticket, None, &thresholds).unwrap();
            let is_found = answer.findings.iter().any(|one| one.code() == code);
            assert_eq!(is_found, expected, "{code} at {value}");
        }
    }
    // The buffer moves the margin that is proposed. Closed a tenth beyond 99, at 89.1, it needs
    // 100 − 0.9 · 89.1.
    let thresholds = Thresholds {
        buffer: rate("0.1"),
        ..Thresholds::default()
    };
    let sizing = assess_with(&wallet, &alone, None, &thresholds)
        .unwrap()
        .sizing;
    let buffered = sizing.buffered.unwrap();
    assert_eq!(buffered.margin, money("19.81"));
    assert_eq!(buffered.liquidation, Some(price("89.1")));
}

/// 20 long at 100 in a pool of 1,000, nothing kept: alone it is closed at 50. Beside it 1 short at
/// 10. Where that one does not move, all together are closed at the same fall of 50 %; where it
/// rises as much as the other falls, at 1,000 / (2,000 + 10), which is nearer.
#[test]
fn the_end_of_all_together_is_told_only_where_it_is_nearer() {
    let wallet = account("1000", vec![cross("Y", Side::Short, "1", "10", flat("0"))]);
    let ticket = open("X", Side::Long, "20", "100", flat("0")).with(|ticket| {
        ticket.mode = Mode::Cross;
        ticket.margin = None;
        ticket.leverage = Some(d("10"));
    });
    for (beta, told) in [("0", false), ("-1", true)] {
        let joint = Joint {
            betas: [("Y".to_owned(), d(beta))].into(),
        };
        let answer = assess(&wallet, &ticket, Some(&joint)).unwrap();
        let found = answer.findings.iter();
        let is_told = found
            .map(Finding::code)
            .any(|code| code == "TogetherNearer");
        assert_eq!(is_told, told, "beta {beta}");
    }
}

/// 1 long at 100 in cross, switched to isolated with a margin of 10: ten times, where its tier
/// allows five. The other way round no leverage is placed.
#[test]
fn a_switch_to_isolated_is_bound_by_its_tier_and_one_to_cross_is_not() {
    let mut five = flat("0.01");
    five.tiers[0].max_leverage = Some(d("5"));
    for (mode, found) in [(Mode::Isolated, true), (Mode::Cross, false)] {
        let held = cross("X", Side::Long, "1", "100", five.clone()).with(|position| {
            if mode == Mode::Cross {
                position.backing = isolated("10");
            }
        });
        let ticket = open("X", Side::Long, "1", "100", five.clone()).with(|ticket| {
            ticket.intent = Intent::SwitchMode;
            ticket.mode = mode;
            ticket.margin = Some(money("10"));
        });
        let wallet = account("1000", vec![held]);
        assert_eq!(
            has(&wallet, &ticket, "LeverageAboveTier"),
            found,
            "{mode:?}"
        );
    }
}

#[test]
fn how_far_a_closer_end_is_has_no_sign() {
    let pool = Closer::Pool {
        from: None,
        to: rate("-0.05"),
    };
    assert_eq!(pool.distance(), d("0.05"));
}

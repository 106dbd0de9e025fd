//! When each finding is made, and when it is not.

use impulse_audit::engine::{Account, Finding, Mode, Rate, Side, Thresholds, Ticket, assess_with};

use crate::build::{Change as _, account, assessed, cross, d, flat, isolated, money, open, price};

fn has(account: &Account, ticket: &Ticket, code: &str) -> bool {
    assessed(account, ticket)
        .findings
        .iter()
        .any(|finding| finding.code() == code)
}

fn long() -> Ticket {
    open("X", Side::Long, "1", "100", flat("0.01"))
}

#[test]
fn a_worst_case_over_the_accepted_loss_is_found_and_one_at_it_is_not() {
    let wallet = account("1000", vec![]);
    let at = |accepted: &str| long().with(|ticket| ticket.acceptable_loss = money(accepted));
    assert!(has(&wallet, &at("9.99"), "OverAcceptedLoss"));
    assert!(!has(&wallet, &at("10"), "OverAcceptedLoss"));
}

#[test]
fn the_wallet_must_hold_margin_and_fee() {
    let ticket = long().with(|ticket| ticket.fees.open = Rate::new(d("0.01")));
    // 100 / 10 of margin and 1 of fee.
    assert!(!has(&account("11", vec![]), &ticket, "InsufficientMargin"));
    let found = assessed(&account("10.99", vec![]), &ticket).findings;
    assert!(found.contains(&Finding::InsufficientMargin {
        needed: money("11"),
        available: money("10.99")
    }));
    // Margin assigned elsewhere, and losses of the pool, are not free.
    let other = cross("Y", Side::Long, "1", "100", flat("0")).with(|y| y.backing = isolated("90"));
    assert!(has(
        &account("100", vec![other]),
        &ticket,
        "InsufficientMargin"
    ));
    let losing = cross("Y", Side::Long, "1", "100", flat("0")).with(|y| y.mark = price("10"));
    assert!(has(
        &account("100", vec![losing]),
        &ticket,
        "InsufficientMargin"
    ));
}

#[test]
fn high_leverage_in_cross_counts_only_on_one_direction() {
    let ticket = long().with(|ticket| ticket.mode = Mode::Cross);
    let wallet = |positions| account("1000", positions);
    assert!(has(
        &wallet(vec![]),
        &ticket,
        "HighLeverageDirectionalCross"
    ));
    let hedge = cross("Y", Side::Short, "1", "80", flat("0"));
    assert!(!has(
        &wallet(vec![hedge]),
        &ticket,
        "HighLeverageDirectionalCross"
    ));
    let lower = ticket.clone().with(|ticket| ticket.leverage = Some(d("9")));
    assert!(!has(
        &wallet(vec![]),
        &lower,
        "HighLeverageDirectionalCross"
    ));
    let alone = ticket.with(|ticket| ticket.mode = Mode::Isolated);
    assert!(!has(
        &wallet(vec![]),
        &alone,
        "HighLeverageDirectionalCross"
    ));
}

#[test]
fn a_false_move_can_close_what_stands_ten_percent_from_its_liquidation() {
    let wallet = account("1000", vec![]);
    assert!(has(&wallet, &long(), "FalseMoveRisk"));
    let wider = long().with(|ticket| ticket.margin = Some(money("12")));
    assert!(!has(&wallet, &wider, "FalseMoveRisk"));
    let cross = long().with(|ticket| ticket.mode = Mode::Cross);
    assert!(!has(&wallet, &cross, "FalseMoveRisk"));
}

#[test]
fn liquidated_before_wrong_is_found_only_if_it_comes_first() {
    let wallet = account("1000", vec![]);
    // Isolated it is closed at 90.909…
    let at = |wrong: &str| long().with(|ticket| ticket.invalidation = price(wrong));
    assert!(has(&wallet, &at("90.9"), "LiquidatedBeforeWrong"));
    assert!(!has(&wallet, &at("90.91"), "LiquidatedBeforeWrong"));
}

#[test]
fn the_graver_finding_comes_first() {
    let ticket = long().with(|ticket| {
        ticket.invalidation = price("80");
        ticket.acceptable_loss = money("1");
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

#[test]
fn a_threshold_can_be_set() {
    let thresholds = Thresholds {
        false_move: Rate::new(d("0.05")),
        ..Thresholds::default()
    };
    let answer = assess_with(&account("1000", vec![]), &long(), None, &thresholds).unwrap();
    assert!(
        !answer
            .findings
            .iter()
            .any(|finding| finding.code() == "FalseMoveRisk")
    );
}

//! The worked numbers of the source documents, of the venues and of the picture of the reveal.

use impulse_audit::engine::assess_position;
use impulse_audit::engine::{
    Account, Assessment, AtInvalidation, Basis, ByHand, CrossSize, Fees, Mode, PositionInput,
    Price, Quantity, Rate, Schedule, Side, Ticket, equity_curve,
};
use rust_decimal::Decimal;

use crate::build::{
    Change as _, account, assert_printed, assessed, cross, d, flat, isolated, money, open, price,
    tiers,
};

fn low(assessment: &Assessment, mode: Mode) -> Decimal {
    assessment.outcome(mode).liquidation.low.unwrap().get()
}

/// Equity behind the ticket after its symbol moved by a fraction of the mark.
fn equity_after(account: &Account, ticket: &Ticket, mode: Mode, fraction: &str) -> Decimal {
    let at = Price::new(ticket.mark_or_entry().get() * (Decimal::ONE + d(fraction)));
    equity_curve(account, ticket, mode, &[at]).unwrap()[0]
        .1
        .get()
}

#[test]
fn document_001_an_isolated_position_can_lose_its_500_and_no_more() {
    let ticket = open("BTC", Side::Long, "0.05", "100000", flat("0"))
        .with(|ticket| ticket.margin = Some(money("500")));
    let isolated = assessed(&account("10000", vec![]), &ticket).isolated;
    assert_eq!(isolated.max_loss, money("500"));
    assert_eq!(isolated.out_of_reach, money("9500"));
}

/// 10,000; ETH long with 3,000 and BTC long with 2,000 margin, 10x each.
fn document_001_book() -> (PositionInput, Ticket) {
    let eth = cross("ETH", Side::Long, "10", "3000", flat("0"))
        .with(|eth| eth.backing = isolated("3000"));
    let btc = open("BTC", Side::Long, "0.2", "100000", flat("0"))
        .with(|btc| btc.margin = Some(money("2000")));
    (eth, btc)
}

#[test]
fn document_001_isolated_btc_exhausts_its_2000_and_leaves_8000() {
    let (eth, btc) = document_001_book();
    let isolated = assessed(&account("10000", vec![eth]), &btc).isolated;
    assert_eq!(isolated.max_loss, money("2000"));
    assert_eq!(isolated.out_of_reach, money("8000"));
    assert!(isolated.closed_with_it.is_empty());
}

#[test]
fn document_001_in_cross_btc_holds_longer_and_takes_the_profitable_eth_with_it() {
    let (eth, btc) = document_001_book();
    let eth = eth.with(|eth| {
        eth.backing = impulse_audit::engine::Backing::Cross;
        eth.mark = price("3100");
    });
    let account = account("10000", vec![eth]);
    let assessment = assessed(&account, &btc.clone().with(|btc| btc.mode = Mode::Cross));
    assert!(low(&assessment, Mode::Cross) < low(&assessment, Mode::Isolated));
    let cross = assessment.cross;
    assert_eq!(
        cross.max_loss,
        money("11000"),
        "10,000 and ETH's 1,000 of profit"
    );
    assert_eq!(cross.equity_at_liquidation, Some(money("0")));
    assert_eq!(cross.closed_with_it.len(), 1);
    assert_eq!(cross.closed_with_it[0].symbol, "ETH");
    assert_eq!(cross.closed_with_it[0].unrealised, money("1000"));
    assert!(
        assessment
            .findings
            .iter()
            .any(|finding| finding.code() == "ProfitableBystanders")
    );
}

#[test]
fn document_002_ten_times_1000_is_a_notional_of_10000() {
    // Margin and leverage say the same position: at 10x, 10,000 of notional take 1,000 of margin.
    let ticket = open("BTC", Side::Long, "0.1", "100000", flat("0"));
    assert_eq!(
        assessed(&account("5000", vec![]), &ticket).isolated.backing,
        money("1000")
    );
}

#[test]
fn document_002_cross_can_use_the_other_4000_and_isolated_cannot() {
    let ticket = open("BTC", Side::Long, "0.1", "100000", flat("0"))
        .with(|ticket| ticket.margin = Some(money("1000")));
    let other =
        cross("ETH", Side::Long, "1", "3000", flat("0")).with(|eth| eth.backing = isolated("300"));
    let alone = assessed(&account("5000", vec![]), &ticket);
    assert_eq!(alone.cross.max_loss, money("5000"));
    assert_eq!(alone.isolated.max_loss, money("1000"));
    assert_eq!(
        alone.cross.backing.get() - alone.isolated.backing.get(),
        d("4000"),
        "the other 4,000"
    );
    let beside = assessed(&account("5300", vec![other]), &ticket);
    assert_eq!(beside.isolated.liquidation, alone.isolated.liquidation);
    assert_eq!(beside.isolated.max_loss, alone.isolated.max_loss);
}

/// 2,000; BTC long, 10x, 200 margin, 2,000 notional.
fn document_004(rate: &str) -> Ticket {
    open("BTC", Side::Long, "0.02", "100000", flat(rate))
        .with(|ticket| ticket.margin = Some(money("200")))
}

#[test]
fn document_004_eight_percent_down_isolated_leaves_40_of_200() {
    let account = account("2000", vec![]);
    assert_eq!(
        equity_after(&account, &document_004("0"), Mode::Isolated, "-0.08"),
        d("40")
    );
    assert_eq!(
        assessed(&account, &document_004("0")).isolated.out_of_reach,
        money("1800")
    );
    let ticket = document_004("0").with(|ticket| ticket.invalidation = Some(price("92000")));
    assert_eq!(
        assessed(&account, &ticket).isolated.at_invalidation,
        Some(AtInvalidation::Closed { loss: money("160") })
    );
}

#[test]
fn document_004_eight_percent_down_in_cross_leaves_1840_and_the_position_open() {
    let account = account("2000", vec![]);
    assert_eq!(
        equity_after(&account, &document_004("0"), Mode::Cross, "-0.08"),
        d("1840")
    );
    // 2,000 behind 2,000 of notional: only a price of zero takes it all.
    let cross = assessed(&account, &document_004("0")).cross;
    assert!(cross.liquidation.is_open() && !cross.already);
    assert_eq!(cross.max_loss, money("2000"));
}

#[test]
fn document_004_both_positions_eight_percent_wrong_leave_1760_in_cross() {
    let short =
        cross("ETH", Side::Short, "0.5", "2000", flat("0")).with(|eth| eth.mark = price("2160"));
    let account = account("2000", vec![short]);
    assert_eq!(
        equity_after(&account, &document_004("0"), Mode::Cross, "-0.08"),
        d("1760")
    );
}

#[test]
fn document_004_isolated_each_loss_stays_with_its_own_200() {
    let short = cross("ETH", Side::Short, "0.5", "2000", flat("0")).with(|eth| {
        eth.mark = price("2160");
        eth.backing = isolated("200");
    });
    let account = account("2000", vec![short]);
    assert_eq!(
        equity_after(&account, &document_004("0"), Mode::Isolated, "-0.08"),
        d("40")
    );
    // ETH's own: 200 − 80; the ticket in its place and BTC beside it.
    let btc = cross("BTC", Side::Long, "0.02", "100000", flat("0")).with(|btc| {
        btc.mark = price("92000");
        btc.backing = isolated("200");
    });
    let account = crate::build::account("2000", vec![btc]);
    let eth = open("ETH", Side::Short, "0.5", "2000", flat("0"))
        .with(|eth| eth.margin = Some(money("200")));
    assert_eq!(
        equity_after(&account, &eth, Mode::Isolated, "0.08"),
        d("120")
    );
}

#[test]
fn document_004_at_100_the_isolated_long_is_closed_ten_and_nine_percent_down() {
    for (rate, printed) in [("0", "-10.00"), ("0.005", "-9.55"), ("0.01", "-9.09")] {
        let ticket = open("X", Side::Long, "20", "100", flat(rate))
            .with(|ticket| ticket.margin = Some(money("200")));
        let assessment = assessed(&account("2000", vec![]), &ticket);
        let (distance, _) = assessment.isolated.liquidation.distances(price("100"));
        assert_printed(distance.unwrap().get() * Decimal::ONE_HUNDRED, printed);
    }
}

fn binance_eth() -> Schedule {
    tiers(&[
        ("0", "0.005", "0"),
        ("10000", "0.0065", "15"),
        ("100000", "0.01", "365"),
        ("500000", "0.02", "5365"),
        ("1000000", "0.05", "35365"),
        ("2000000", "0.10", "135365"),
        ("5000000", "0.125", "260365"),
        ("10000000", "0.15", "510365"),
        ("20000000", "0.25", "2510365"),
    ])
}

fn binance_btc() -> Schedule {
    tiers(&[
        ("0", "0.004", "0"),
        ("50000", "0.005", "50"),
        ("250000", "0.01", "1300"),
        ("1000000", "0.025", "16300"),
        ("10000000", "0.05", "266300"),
        ("20000000", "0.10", "1266300"),
        ("50000000", "0.125", "2516300"),
    ])
}

const WALLET: &str = "1535443.01";

fn eth_ticket() -> Ticket {
    open("ETHUSDT", Side::Long, "3683.979", "1456.84", binance_eth()).with(|ticket| {
        ticket.mark = Some(price("1335.18"));
        ticket.margin = Some(money(WALLET));
        ticket.invalidation = Some(price("1200"));
    })
}

fn btc_ticket() -> Ticket {
    open("BTCUSDT", Side::Long, "109.488", "32481.98", binance_btc()).with(|ticket| {
        ticket.mark = Some(price("31967.27"));
        ticket.margin = Some(money(WALLET));
        ticket.invalidation = Some(price("30000"));
    })
}

fn held(ticket: &Ticket) -> PositionInput {
    cross(
        &ticket.symbol,
        ticket.side,
        "1",
        "1",
        ticket.maintenance.clone(),
    )
    .with(|position| {
        position.quantity = ticket.quantity;
        position.entry = ticket.entry;
        position.mark = ticket.mark_or_entry();
    })
}

#[test]
fn binance_two_cross_longs_are_liquidated_where_binance_says() {
    let eth = assessed(&account(WALLET, vec![held(&btc_ticket())]), &eth_ticket());
    assert_printed(low(&eth, Mode::Cross), "1153.26");
    let btc = assessed(&account(WALLET, vec![held(&eth_ticket())]), &btc_ticket());
    assert_printed(low(&btc, Mode::Cross), "26316.89");
}

#[test]
fn binance_each_alone_and_isolated_with_the_whole_wallet() {
    let empty = account(WALLET, vec![]);
    assert_printed(
        low(&assessed(&empty, &eth_ticket()), Mode::Isolated),
        "1114.78",
    );
    assert_printed(
        low(&assessed(&empty, &btc_ticket()), Mode::Isolated),
        "18778.73",
    );
}

#[test]
fn with_a_tick_the_liquidation_price_is_the_next_one_toward_the_mark() {
    // 1153.2612… is not on the venue's tick of 0.01: a long is closed from 1153.27 down.
    let exact = low(
        &assessed(&account(WALLET, vec![held(&btc_ticket())]), &eth_ticket()),
        Mode::Cross,
    );
    let ticket = eth_ticket().with(|ticket| ticket.tick = Some(d("0.01")));
    let rounded = low(
        &assessed(&account(WALLET, vec![held(&btc_ticket())]), &ticket),
        Mode::Cross,
    );
    assert!(rounded >= exact && rounded - exact < d("0.01"));
    assert_eq!(rounded % d("0.01"), Decimal::ZERO);
    // A price that lies on the tick stays there: 90,000 is 90,000.
    let ticket = document_004("0").with(|ticket| ticket.tick = Some(d("0.1")));
    assert_eq!(
        low(&assessed(&account("2000", vec![]), &ticket), Mode::Isolated),
        d("90000")
    );
}

#[test]
fn a_fee_in_the_requirement_counts_as_rate() {
    // Isolated long at 100 with 10 behind it: (10 − 100) / (0.005 + 0.005 − 1) = 90.909…
    let schedule = Schedule {
        close_fee: Rate::new(d("0.005")),
        ..flat("0.005")
    };
    let ticket = open("X", Side::Long, "1", "100", schedule)
        .with(|ticket| ticket.margin = Some(money("10")));
    assert_printed(
        low(&assessed(&account("100", vec![]), &ticket), Mode::Isolated),
        "90.909091",
    );
}

#[test]
fn a_frozen_requirement_is_taken_off_the_margin_at_once() {
    // Long 2 at 100, mark 110, margin 30, rate 1 %: F3, P = e − (W − requirement) / q.
    for (basis, printed) in [
        (Basis::AtEntry, "86"),                // requirement 2: 100 − 28/2
        (Basis::AtMark, "86.1"),               // requirement 2.2: 100 − 27.8/2
        (Basis::Fixed(money("10")), "90"),     // 100 − 20/2
        (Basis::AtSolvedPrice, "85.85858586"), // F1: (30 − 200) / (0.02 − 2)
    ] {
        let schedule = Schedule {
            basis,
            ..flat("0.01")
        };
        let position = cross("X", Side::Long, "2", "100", schedule).with(|position| {
            position.backing = isolated("30");
            position.mark = price("110");
        });
        let held =
            assess_position(&account("100", vec![position]), "X", Side::Long, None, None).unwrap();
        assert_printed(held.outcome.liquidation.low.unwrap().get(), printed);
        assert_eq!(
            held.outcome.backing,
            money("50"),
            "30 and the 20 gained since the entry"
        );
        assert_eq!(held.outcome.bankruptcy.low, Some(price("85")));
    }
}

/// The account and the ticket of the picture: its numbers are real.
fn picture() -> (Account, Ticket) {
    let eth =
        cross("ETH", Side::Long, "5", "2000", flat("0.005")).with(|eth| eth.mark = price("2100"));
    let btc = open("BTC", Side::Long, "0.2", "100000", flat("0.004")).with(|btc| {
        btc.mode = Mode::Cross;
        btc.margin = Some(money("1000"));
        btc.leverage = None;
        btc.invalidation = Some(price("94000"));
        btc.acceptable_loss = Some(money("500"));
        btc.fees = Fees {
            open: Rate::new(d("0.0005")),
            close: Rate::new(d("0.0005")),
        };
        btc.lot = Some(d("0.001"));
    });
    (account("10000", vec![eth]), btc)
}

#[test]
fn the_picture_of_the_reveal_shows_the_engines_numbers() {
    let (account, ticket) = picture();
    let answer = assessed(&account, &ticket);
    assert_eq!(answer.isolated.backing, money("1000"));
    assert_eq!(answer.isolated.out_of_reach, money("9490"));
    assert_eq!(answer.isolated.max_loss, money("1000"));
    assert_printed(low(&answer, Mode::Isolated), "95381.53");
    assert!(matches!(
        answer.isolated.at_invalidation,
        Some(AtInvalidation::LiquidatedFirst { price }) if Some(price) == answer.isolated.liquidation.low
    ));
    assert_eq!(answer.cross.backing, money("10490"));
    assert_eq!(answer.cross.out_of_reach, money("0"));
    assert_eq!(answer.cross.max_loss, money("10490"));
    assert_printed(low(&answer, Mode::Cross), "48004.52");
    assert_eq!(
        answer.cross.at_invalidation,
        Some(AtInvalidation::Closed {
            loss: money("1200")
        })
    );
    assert_eq!(answer.cross.closed_with_it[0].unrealised, money("500"));
    let codes: Vec<_> = answer
        .findings
        .iter()
        .map(impulse_audit::engine::Finding::code)
        .collect();
    assert_eq!(
        codes,
        [
            "WholeAccountAtStake",
            "OverAcceptedLoss",
            // Alone ETH could fall to zero; with BTC in the pool all of it goes at −34 %.
            "OthersCloser",
            "TogetherNearer",
            "HighLeverageDirectionalCross",
            "ProfitableBystanders"
        ]
    );
}

#[test]
fn the_picture_of_the_reveal_shows_the_engines_sizes() {
    let (account, ticket) = picture();
    let sizing = assessed(&account, &ticket).sizing;
    let by_hand = sizing.by_hand.unwrap();
    // 0.082 × (6,000 + 50 + 47); in cross it needs no margin of its own.
    let expected = ByHand::Fits {
        quantity: Quantity::new(d("0.082")),
        margin: None,
        loss: money("499.954"),
    };
    assert_eq!(by_hand, expected);
    let capped = sizing.capped.unwrap();
    assert_eq!(capped.quantity, Quantity::new(d("0.077")));
    assert_printed(capped.margin.get(), "492.53");
    assert!(capped.liquidation <= ticket.invalidation);
    // ETH alone could fall to nothing with the pool: no size of BTC keeps that within 500.
    assert_eq!(sizing.cross, Some(CrossSize::NoSize));
}

//! No number of the engine can be read anywhere before the seal.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use egui::{Key, Modifiers};
use impulse_audit::engine::{
    self, Assessment, AtInvalidation, Contract, Funding, Intent, Mode, Money, Outcome, Price, Side,
};
use impulse_audit::input::figures::{self, format};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::common::{
    NOTHING, WRONG, World, decimal, done, eth, flat, money, price, quantity, rate,
};
use crate::seat::Seat;
use impulse_audit::app::Command;

/// What the engine says of the ticket that is typed below, asked beforehand.
fn assessed() -> Assessment {
    let account = engine::Account {
        collateral: "USDT".to_owned(),
        wallet_balance: money("10000"),
        positions: vec![engine::PositionInput {
            symbol: "ETH/USDT".to_owned(),
            contract: Contract::Linear,
            contract_size: Decimal::ONE,
            side: Side::Long,
            quantity: quantity("5"),
            entry: price("2000"),
            mark: price("2100"),
            backing: engine::Backing::Cross,
            leverage: None,
            maintenance: flat("0.005").schedule,
        }],
        mode_scope: engine::ModeScope::Position,
    };
    let ticket = engine::Ticket {
        intent: Intent::Open,
        symbol: "BTC/USDT".to_owned(),
        contract: Contract::Linear,
        contract_size: Decimal::ONE,
        side: Side::Long,
        quantity: quantity("0.2"),
        entry: price("100000"),
        mark: Some(price("100251")),
        mode: Mode::Isolated,
        margin: Some(money("1000")),
        leverage: Some(decimal("20")),
        fees: engine::Fees {
            open: rate("0.0005"),
            close: rate("0.0005"),
        },
        funding: Funding {
            rate: rate("0"),
            intervals: 0,
            owed: money("0"),
        },
        tick: None,
        lot: Some(decimal("0.001")),
        maintenance: flat("0.004").schedule,
        invalidation: Some(price("95900")),
        acceptable_loss: Some(money("613")),
    };
    engine::assess(&account, &ticket, None).unwrap()
}

fn of_outcome(outcome: &Outcome) -> Vec<Decimal> {
    let mut numbers = vec![
        outcome.backing.get(),
        outcome.out_of_reach.get(),
        outcome.max_loss.get(),
        outcome.costs.get(),
    ];
    numbers.extend(
        [
            outcome.liquidation.low,
            outcome.liquidation.high,
            outcome.bankruptcy.low,
            outcome.bankruptcy.high,
        ]
        .into_iter()
        .flatten()
        .map(Price::get),
    );
    numbers.extend(
        [outcome.loss_at_liquidation, outcome.equity_at_liquidation]
            .into_iter()
            .flatten()
            .map(Money::get),
    );
    numbers.extend(match outcome.at_invalidation {
        Some(AtInvalidation::Closed { loss }) => Some(loss.get()),
        Some(AtInvalidation::LiquidatedFirst { price }) => Some(price.get()),
        None => None,
    });
    numbers.extend(outcome.max_loss_alone.map(Money::get));
    numbers
}

/// Every number of an assessment, written in every way the window writes numbers.
fn written(assessment: &Assessment) -> BTreeSet<String> {
    let mut numbers = of_outcome(&assessment.isolated);
    numbers.extend(of_outcome(&assessment.cross));
    let sizing = &assessment.sizing;
    if let Some(engine::ByHand::Fits {
        quantity,
        margin,
        loss,
    }) = sizing.by_hand
    {
        numbers.extend([quantity.get(), loss.get()]);
        numbers.extend(margin.map(Money::get));
    }
    if let Some(capped) = sizing.capped {
        numbers.extend([capped.quantity.get(), capped.margin.get()]);
        numbers.extend(capped.liquidation.map(Price::get));
    }
    if let Some(buffered) = sizing.buffered {
        numbers.push(buffered.margin.get());
        numbers.extend(buffered.liquidation.map(Price::get));
    }
    numbers
        .into_iter()
        .filter(|number| !number.is_zero())
        .flat_map(|number| {
            let cents = number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            let whole = number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
            [
                figures::money(Money::new(number)),
                figures::computed_price(Price::new(number)),
                format(number),
                format(cents),
                cents.to_string(),
                number.normalize().to_string(),
                // Too short a number is in every text.
                if whole > decimal("999") {
                    format(whole)
                } else {
                    figures::money(Money::new(number))
                },
            ]
        })
        .collect()
}

/// Whether a text holds a number as a number of its own, not inside another one.
fn holds(text: &str, number: &str) -> bool {
    let joins = |c: char| c.is_ascii_digit();
    text.match_indices(number).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let mut after = text[at + number.len()..].chars();
        let next = after.next();
        let goes_on = next.is_some_and(joins)
            || (matches!(next, Some('.' | ',')) && after.next().is_some_and(joins));
        !before.is_some_and(|c| joins(c) || matches!(c, '.' | ',')) && !goes_on
    })
}

fn found(seat: &Seat, numbers: &BTreeSet<String>) -> BTreeSet<String> {
    let texts = seat.texts();
    numbers
        .iter()
        .filter(|number| texts.iter().any(|text| holds(text, number)))
        .cloned()
        .collect()
}

#[test]
fn a_number_is_found_as_itself_only() {
    assert!(holds("can take 1,050.20.", "1,050.20"));
    assert!(holds("1,050.20", "1,050.20"));
    for text in ["11,050.20", "1,050.201", "2,1,050.20", "1,050.2"] {
        assert!(!holds(text, "1,050.20"), "{text}");
    }
    assert!(!holds("0.122,5", "0.122") && holds("0.122, 5", "0.122"));
}

#[test]
fn none_can_be_read_before_the_seal_and_all_that_matter_after_it() {
    let assessment = assessed();
    let mut numbers = written(&assessment);
    // The margin is told beside the ticket itself, as what notional and leverage make of it.
    numbers.retain(|number| !number.starts_with("1,000") && !number.starts_with("1000"));
    assert!(numbers.len() > 30, "{numbers:?}");
    let (world, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(account)));
    let mut seat = Seat::before(world, app);
    let none = |seat: &Seat, at: &str| {
        assert!(seat.texts().len() > 3, "the tree is read at {at}");
        assert_eq!(found(seat, &numbers), BTreeSet::new(), "{at}");
    };

    none(&seat, "home");
    seat.begin();
    none(&seat, "the state");
    seat.write_state();
    none(&seat, "the empty ticket");
    seat.write("btc");
    seat.tab_to("Long");
    seat.press(Key::Space);
    for (name, text) in [
        ("Entry price", "100000"),
        ("Price now", "100251"),
        ("Quantity", "0.2"),
        ("Leverage", "20"),
    ] {
        seat.fill(name, text);
        none(&seat, name);
    }
    seat.next();
    for (at, text) in [
        ("1 of 4", WRONG),
        ("2 of 4", "95900"),
        ("3 of 4", NOTHING),
        ("4 of 4", "613"),
    ] {
        seat.must_read(at);
        none(&seat, at);
        seat.write(text);
        none(&seat, text);
        seat.press(Key::Escape);
        none(&seat, "walking away");
        seat.press(Key::Escape);
        seat.next();
    }
    none(&seat, "the four answers together");
    seat.world.fs.refuse_from_now(ErrorKind::StorageFull);
    seat.seal();
    seat.must_read("NOT SAVED");
    none(&seat, "answers that are not sealed");
    // However long the floor has been over.
    seat.wait(100);
    none(&seat, "answers that are still not sealed");
    seat.world.fs.heal();
    seat.push("Try again");
    seat.must_read("if this goes wrong in isolated it can take");
    for outcome in [&assessment.isolated, &assessment.cross] {
        for number in [outcome.backing, outcome.max_loss] {
            seat.must_read(&figures::money(number));
        }
    }
    // 0.2 · (100,000 − 95,900) from the limit, and the venue's price of the worked reveal.
    seat.must_read("820.00");
    seat.must_read("95,381.53");
}

#[test]
fn none_can_be_read_while_the_floor_holds() {
    let numbers = written(&assessed());
    let (world, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(account)));
    let mut seat = Seat::before(world, app);
    seat.begin();
    seat.write_state();
    seat.write("btc");
    seat.tab_to("Long");
    seat.press(Key::Space);
    for (name, text) in [
        ("Entry price", "100000"),
        ("Price now", "100251"),
        ("Quantity", "0.2"),
        ("Leverage", "20"),
    ] {
        seat.fill(name, text);
    }
    seat.next();
    for text in [WRONG, "95900", NOTHING, "613"] {
        seat.answer(text);
    }
    seat.seal();
    seat.must_read("Sealed");
    for _ in 0..19 {
        assert_eq!(found(&seat, &numbers), BTreeSet::new());
        seat.wait(1);
    }
    seat.wait(1);
    assert!(found(&seat, &numbers).len() > 5);
}

/// Past both liquidations nothing is left to lose: the picture says so at its edge, and the
/// price that it reads out is the one at that place.
#[test]
fn the_picture_reads_out_the_price_at_its_place() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("1050");
    let texts = seat.texts().into_iter();
    let mut pictures = texts.filter(|text| text.starts_with("Result against price, from "));
    seat.tab_to(&pictures.next().unwrap());
    // 0.2 from 100,000, wrong at 96,000, isolated closed at 95,381.53: the picture goes 12 % of the way
    // from there to the entry beyond both, to 94,827.31 and 100,554.22; cross, closed far below, at
    // 50,251, is told at its edge.
    seat.must_read("95,381.53");
    for _ in 0..20 {
        seat.press_with(Modifiers::SHIFT, Key::ArrowLeft);
    }
    seat.must_read(": isolated closed, cross 8,955.46");
    let at = |seat: &Seat| {
        let texts = seat.texts();
        let read = texts.iter().find_map(|text| text.strip_prefix("At "));
        let price = read.unwrap().split(':').next().unwrap().replace(',', "");
        price.parse::<f64>().unwrap()
    };
    let first = at(&seat);
    assert!((94_827.0..94_828.0).contains(&first), "{first}");
    for _ in 0..20 {
        seat.press_with(Modifiers::SHIFT, Key::ArrowRight);
    }
    let last = at(&seat);
    assert!((100_554.0..100_555.0).contains(&last), "{last}");
    // The wallet less the fee, and 0.2 times the way from the entry; to a step of the picture.
    let texts = seat.texts();
    let cross = texts.iter().find_map(|text| {
        text.split("cross ")
            .nth(1)
            .filter(|_| text.starts_with("At "))
    });
    let cross: f64 = cross.unwrap().replace(',', "").parse().unwrap();
    let expected = 9_990.0 + 0.2 * (last - 100_000.0);
    assert!((cross - expected).abs() < 0.01, "{cross} for {expected}");
}

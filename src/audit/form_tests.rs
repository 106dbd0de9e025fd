use rust_decimal::{Decimal, dec};

use super::*;
use crate::audit::{AccountFacts, PositionFacts, Ticket, flat_rules};
use crate::engine::{Basis, Fees, Money, Price, Quantity, Rate};
use crate::input::{Field, FieldError};
use crate::market::{AccountId, PositionId, Symbol, Terms};

fn account() -> AccountFacts {
    let rate = Rate::new(dec!(0.0005));
    AccountFacts {
        id: AccountId::fresh(),
        name: "Main".into(),
        venue: "Binance USDT-M".into(),
        collateral: "USDT".into(),
        fees: Fees {
            open: rate,
            close: rate,
        },
        basis: Basis::AtSolvedPrice,
        close_fee: Rate::ZERO,
        equity: Some(dec!(10000)),
    }
}

fn known(account: Option<&AccountFacts>) -> TicketContext<'_> {
    TicketContext {
        account,
        held: None,
        rules: &|_| None,
        terms: &|_| Some(Terms::default()),
        last_price: &|_| None,
    }
}

fn typed(entry: &str, quantity: &str, notional: &str, margin: &str, leverage: &str) -> TicketForm {
    let mut form = TicketForm::default();
    form.choose_side(Side::Long);
    let written = [
        (Field::Symbol, "btc"),
        (Field::Entry, entry),
        (Field::Quantity, quantity),
        (Field::Notional, notional),
        (Field::Margin, margin),
        (Field::Leverage, leverage),
        (Field::Rate, "0.4"),
    ];
    for (field, text) in written {
        form.value.write(field, text);
    }
    form
}

fn read_form(form: &TicketForm) -> Result<Ticket, Vec<FieldError>> {
    form.read(known(Some(&account())))
}

#[test]
fn any_two_of_notional_margin_and_leverage_give_the_third() {
    // Document 002: 10x with 1,000 of margin makes a notional of 10,000.
    for form in [
        typed("100000", "0.1", "", "", "10x"),
        typed("100000", "0.1", "", "1,000.00", ""),
        typed("100000", "", "10k", "", "10"),
        typed("100000", "", "10k", "1000", ""),
        typed("100000", "", "", "1000", "10x"),
    ] {
        let ticket = read_form(&form).unwrap();
        assert_eq!(ticket.notional().unwrap().get(), dec!(10000));
        assert_eq!(ticket.margin.get(), dec!(1000));
        assert_eq!(ticket.leverage, dec!(10));
        assert_eq!(ticket.quantity.get(), dec!(0.1));
    }
}

#[test]
fn sizes_at_odds_with_each_other_are_refused_by_name() {
    let problems = read_form(&typed("100000", "0.2", "10k", "", "10")).unwrap_err();
    assert_eq!(problems[0].field, Field::Notional);
    assert!(
        problems[0].problem.contains("20,000"),
        "{}",
        problems[0].problem
    );
}

#[test]
fn each_missing_field_is_named_and_none_is_guessed() {
    let problems = TicketForm::default().read(known(None)).unwrap_err();
    let fields: Vec<Field> = problems.iter().map(|p| p.field).collect();
    assert_eq!(
        fields,
        [Field::Account, Field::Symbol, Field::Side, Field::Entry]
    );
    let mut form = typed("100000", "0.1", "", "", "10");
    form.value.write(Field::Rate, "");
    assert_eq!(read_form(&form).unwrap_err()[0].field, Field::Rate);
}

#[test]
fn a_number_with_two_readings_is_asked_with_both() {
    let problems = read_form(&typed("1,234", "1", "", "", "10")).unwrap_err();
    assert_eq!(problems[0].field, Field::Entry);
    assert_eq!(problems[0].two_ways, Some((dec!(1234), dec!(1.234))));
}

#[test]
fn isolated_is_the_mode_unless_changed() {
    assert_eq!(
        read_form(&typed("100", "1", "", "", "5")).unwrap().mode,
        Mode::Isolated
    );
}

/// What is read of each number of an open, with BTC last written at 100,000.
fn settled(form: &TicketForm) -> Result<Ticket, Vec<FieldError>> {
    let account = account();
    form.read(TicketContext {
        last_price: &|_| Some(Price::new(dec!(100000))),
        ..known(Some(&account))
    })
}

#[test]
fn a_number_that_can_be_read_in_two_ways_is_held_against_the_others() {
    // The price now settles the entry, and the entry what an account of 10,000 can carry.
    let mut form = typed("100,000", "1,500", "", "", "20");
    form.value.write(Field::Mark, "101500");
    let ticket = read_form(&form).unwrap();
    assert_eq!(ticket.entry.get(), dec!(100000));
    assert_eq!(ticket.quantity.get(), dec!(1.5));
    // The entry settles the price now.
    let mut form = typed("100000", "0.2", "", "", "20");
    form.value.write(Field::Mark, "101,500");
    assert_eq!(
        read_form(&form).unwrap().mark,
        Some(Price::new(dec!(101500)))
    );
    // Both are settled by the price that was written of this market last.
    let mut form = typed("100,000", "0.2", "", "", "20");
    form.value.write(Field::Mark, "101,500");
    assert_eq!(read_form(&form).unwrap_err().len(), 2);
    let ticket = settled(&form).unwrap();
    assert_eq!(ticket.entry.get(), dec!(100000));
    assert_eq!(ticket.mark, Some(Price::new(dec!(101500))));
    // 0.2 at 100,000 is a notional of 20,000: 1,000 behind it are 20x, 1 would be 20,000x.
    let ticket = settled(&typed("100000", "0.2", "", "1,000", "")).unwrap();
    assert_eq!(ticket.margin.get(), dec!(1000));
    // A notional of 2,000,000 is 200 times all there is.
    let ticket = settled(&typed("100000", "", "2,000k", "", "20")).unwrap();
    assert_eq!(ticket.notional().unwrap().get(), dec!(2000));
    // Nobody lends 12,500 times.
    let ticket = settled(&typed("100000", "0.2", "", "", "12,500")).unwrap();
    assert_eq!(ticket.leverage, dec!(12.5));
}

#[test]
fn where_both_could_stand_beside_the_others_it_is_asked() {
    // 10,000 or 10 at 10x: an account of 10,000 can carry either.
    let problems = settled(&typed("100000", "", "10,000", "", "10")).unwrap_err();
    assert_eq!(problems[0].field, Field::Notional);
    assert_eq!(problems[0].two_ways, Some((dec!(10000), dec!(10))));
    // 1,000 or 1 behind a notional that is not known.
    let problems = settled(&typed("100000", "", "", "1,000", "10")).unwrap_err();
    assert_eq!(problems[0].field, Field::Margin);
    // 2,000,000 at 200x, where a venue offers that.
    let problems = settled(&typed("100000", "", "2,000k", "", "200")).unwrap_err();
    assert_eq!(problems[0].two_ways, Some((dec!(2000000), dec!(2000))));
}

fn held(quantity: Decimal, experiment: bool) -> PositionFacts {
    PositionFacts {
        experiment,
        id: PositionId::fresh(),
        position: crate::market::Position {
            symbol: Symbol::read("doge", "USDT").unwrap(),
            terms: Terms::default(),
            side: Side::Long,
            quantity: Quantity::new(quantity),
            entry: Price::new(dec!(0.1)),
            mark: Price::new(dec!(0.1)),
            backing: crate::engine::Backing::Isolated {
                margin: Money::new(dec!(10)),
            },
            leverage: None,
            rules: flat_rules(dec!(1), None, None).unwrap(),
        },
    }
}

#[test]
fn what_opens_or_adds_is_tagged_and_a_position_stays_an_experiment_until_it_is_closed() {
    let account = account();
    let (core, tried) = (held(dec!(1000), false), held(dec!(1000), true));
    let is = |intent, experiment, held| {
        let form = TicketForm {
            intent,
            experiment,
            ..typed("0.1", "500", "", "", "5")
        };
        let mut form = form;
        if intent == Intent::AddMargin {
            form.value.write(Field::Margin, "5");
            form.value.write(Field::Leverage, "");
        }
        let read = form.read(TicketContext {
            held,
            ..known(Some(&account))
        });
        read.unwrap().experiment
    };
    for intent in [Intent::Open, Intent::Increase] {
        assert!(is(intent, true, Some(&core)), "{intent:?}");
        assert!(!is(intent, false, Some(&core)), "{intent:?}");
    }
    // A position that happens to be chosen is not what is opened.
    assert!(!is(Intent::Open, false, Some(&tried)));
    for intent in [
        Intent::Increase,
        Intent::AddMargin,
        Intent::SwitchMode,
        Intent::Reduce,
        Intent::Close,
    ] {
        assert!(is(intent, false, Some(&tried)), "{intent:?}");
    }
    // What neither opens nor adds tags nothing.
    for intent in [Intent::AddMargin, Intent::Reduce, Intent::Close] {
        assert!(!is(intent, true, Some(&core)), "{intent:?}");
    }
}

#[test]
fn what_is_taken_off_is_held_against_what_is_there() {
    let held = |quantity| held(quantity, false);
    let form = TicketForm {
        intent: Intent::Reduce,
        ..typed("0.1", "1,500", "", "", "")
    };
    let account = account();
    let reduced = |held: &PositionFacts| {
        form.read(TicketContext {
            held: Some(held),
            ..known(Some(&account))
        })
    };
    let ticket = reduced(&held(dec!(1000))).unwrap();
    assert_eq!(ticket.quantity.get(), dec!(1.5));
    let problems = reduced(&held(dec!(2000))).unwrap_err();
    assert_eq!(problems[0].two_ways, Some((dec!(1500), dec!(1.5))));
}

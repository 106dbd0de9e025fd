//! Numbers with two readings in the forms of accounts, positions, their ends, rules and plans: the
//! one that can stand beside what the state knows is taken, where both could it is asked.

use impulse_audit::app::account_form::AccountForm;
use impulse_audit::app::close_form::CloseForm;
use impulse_audit::app::plan_form::PlanForm;
use impulse_audit::app::position_form::PositionForm;
use impulse_audit::app::rules_form::RulesForm;
use impulse_audit::app::{App, Command};
use impulse_audit::engine::{Backing, Mode, Side};
use impulse_audit::input::{Field, FieldError, MODES, SIDES};
use impulse_audit::market::{AccountId, Position, PositionId};
use impulse_audit::record::PositionChanged;

use crate::common::{World, account, decimal, done, eth, money, price, quantity, symbol};

/// An account of 10,000 USDT with ETH long 5 at 2,000, mark 2,100, in cross.
fn with_eth() -> (App, AccountId, PositionId) {
    let (_, mut app, id) = World::with_account();
    let opened = eth(id);
    let position = opened.id;
    done(&mut app, Command::OpenPosition(opened));
    (app, id, position)
}

fn asks(problem: &FieldError, question: &str) {
    assert!(problem.problem.contains(question), "{problem:?}");
}

#[test]
fn a_position_by_hand_is_held_against_the_last_price_and_what_the_account_carries() {
    let (app, id, _) = with_eth();
    let mut form = PositionForm::by_hand(id);
    form.value.write(Field::Symbol, "eth");
    form.value.choose_of(Field::Side, &SIDES, &Side::Short);
    form.value.choose_of(Field::Mode, &MODES, &Mode::Isolated);
    form.value.write(Field::Entry, "2,050");
    form.value.write(Field::Mark, "2,080");
    // 1,500 ETH at 2,050 are 293 times the 10,500 that are there.
    form.value.write(Field::Quantity, "1,500");
    // 1 behind 3,075 would be 3,075x.
    form.value.write(Field::Margin, "1,000");
    form.value.write(Field::Rate, "1,250");
    let Command::OpenPosition(opened) = form.read(app.state()).unwrap() else {
        panic!("it opens");
    };
    assert_eq!(opened.position.entry, price("2050"));
    assert_eq!(opened.position.mark, price("2080"));
    assert_eq!(opened.position.quantity, quantity("1.5"));
    let margin = money("1000");
    assert_eq!(opened.position.backing, Backing::Isolated { margin });
    let rate = opened.position.rules.schedule.tiers[0].rate;
    assert_eq!(rate.get(), decimal("0.0125"));
    // 150 ETH are carried as well as 0.15.
    form.value.write(Field::Quantity, "0.150");
    form.value.write(Field::Margin, "1,000");
    form.value.write(Field::Entry, "1,234");
    form.value.write(Field::Mark, "");
    form.value.write(Field::Symbol, "doge");
    asks(
        &form.read(app.state()).unwrap_err(),
        "Do you mean 1000 or 1?",
    );
}

#[test]
fn what_became_of_a_decision_is_held_against_what_was_decided() {
    let (world, mut app, _) = World::with_account();
    crate::common::revealed(&world, &mut app);
    world.wait(&mut app, 5);
    let proceed = crate::common::decide(impulse_audit::audit::Choice::Proceed);
    done(&mut app, proceed);
    let story = app.state().unfollowed().next().unwrap();
    let ticket = story.last_ticket().unwrap();
    let mut form = PositionForm::of_decision(story.audit, ticket);
    form.value.write(Field::Entry, "100,120");
    // 125 times all there is are 12.5 BTC; 0.2 were decided.
    form.value.write(Field::Quantity, "0.2");
    form.value.write(Field::Margin, "1,001");
    let Command::OpenPosition(opened) = form.read(app.state()).unwrap() else {
        panic!("it opens");
    };
    assert_eq!(opened.position.entry, price("100120"));
    let margin = money("1001");
    assert_eq!(opened.position.backing, Backing::Isolated { margin });
}

#[test]
fn the_end_of_a_position_is_held_against_its_mark_and_the_estimated_wallet() {
    let (app, _, position) = with_eth();
    let mut form = CloseForm::of(position);
    form.value.write(Field::Entry, "2,150");
    // 10,000 and 5 times 150, without the fee.
    form.value.write(Field::Wallet, "10,744");
    let closed = form.read(app.state()).unwrap();
    assert_eq!(closed.price, price("2150"));
    assert_eq!(closed.wallet_balance, money("10744"));
    assert!(!closed.estimated);
}

#[test]
fn a_wallet_holds_at_least_its_isolated_margins() {
    let (mut app, id, position) = with_eth();
    let read = |app: &App| {
        let known = app.state().account(id).unwrap();
        let mut form = AccountForm::of(known);
        form.value.write(Field::Wallet, "9,500");
        form.value.write(Field::Fee, "0,050");
        form.read(Some(known))
    };
    // Nothing says that it was not lost but for 9.5.
    asks(&read(&app).unwrap_err()[0], "Do you mean 9500 or 9.5?");
    let isolated = PositionChanged {
        leverage: None,
        position,
        audit: None,
        mark: None,
        quantity: None,
        entry: None,
        backing: Some(Backing::Isolated {
            margin: money("500"),
        }),
    };
    done(&mut app, Command::ChangePosition(isolated));
    let set = read(&app).unwrap();
    assert_eq!(set.wallet_balance, money("9500"));
    assert_eq!(set.fees.open.get(), decimal("0.0005"));
}

#[test]
fn tiers_rise_and_their_amounts_do_not_jump() {
    let (app, id, _) = with_eth();
    let mut form = RulesForm::of(id);
    form.value.write(Field::Symbol, "eth");
    // The first of Binance's published tiers for BTC, as its page writes them.
    form.value.write(
        Field::Rate,
        "0 0.4 0\n50000 0.5 50\n250,000 1 1,300\n1,000,000 2.5 16,300",
    );
    form.value.write(Field::Tick, "0.01");
    let set = form.read(app.state()).unwrap();
    let tiers = &set.rules[&symbol("eth")].schedule.tiers;
    let figures: Vec<_> = tiers.iter().map(|t| (t.floor, t.amount)).collect();
    let expected = [
        ("0", "0"),
        ("50000", "50"),
        ("250000", "1300"),
        ("1000000", "16300"),
    ];
    assert_eq!(
        figures,
        expected.map(|(floor, amount)| (money(floor), money(amount)))
    );
    // The second floor has nothing but 0 before it.
    form.value.write(Field::Rate, "0 0.4 0\n50,000 0.5 50");
    asks(
        &form.read(app.state()).unwrap_err(),
        "Do you mean 50000 or 50?",
    );
    // No step of the price is larger than the price.
    form.value.write(Field::Rate, "0,500");
    form.value.write(Field::Tick, "5,000");
    let set = form.read(app.state()).unwrap();
    assert_eq!(set.rules[&symbol("eth")].tick, Some(decimal("5")));
}

#[test]
fn a_plan_is_held_against_the_last_price_and_the_account() {
    let (app, _, _) = with_eth();
    let mut form = PlanForm::empty();
    form.value.choose_of(Field::Side, &SIDES, &Side::Long);
    form.value.choose(Field::Leg(0), 1);
    form.value
        .choose_of(Field::LegSide(0), &SIDES, &Side::Short);
    for (field, text) in [
        (Field::Symbol, "eth"),
        (
            Field::Trigger,
            "If it closes above 2,300 on the day, then I add once",
        ),
        (Field::Collateral, "0"),
        (Field::Loss, "50,000"),
        (Field::Stop, "1,900"),
        (Field::LegSymbol(0), "eth"),
        (Field::LegQuantity(0), "2,500"),
    ] {
        form.value.write(field, text);
    }
    let plan = form.read(app.state()).unwrap();
    assert_eq!(plan.stop, price("1900"));
    // All there is are 10,500, which carry 625 ETH at 2,100.
    assert_eq!(plan.loss_limit, money("50"));
    assert_eq!(plan.legs[0].quantity, decimal("2.5"));
    // What could come from outside has nothing to be held against; nor has another market.
    for (field, text) in [
        (Field::Collateral, "1,000"),
        (Field::Symbol, "doge"),
        (Field::Loss, "1,000"),
        (Field::LegSymbol(0), "doge"),
    ] {
        form.value.write(field, text);
    }
    let errors = form.read(app.state()).unwrap_err();
    let asked: Vec<_> = errors
        .iter()
        .map(|e| (e.field, e.problem.as_str()))
        .collect();
    let expected = [
        (Field::Collateral, "Do you mean 1000 or 1?"),
        (Field::Loss, "Do you mean 1000 or 1?"),
        (Field::Stop, "Do you mean 1900 or 1.9?"),
        (Field::LegQuantity(0), "Do you mean 2500 or 2.5?"),
    ];
    assert_eq!(asked, expected);
}

#[test]
fn the_last_price_of_a_market_is_the_newest_of_marks_and_tickets() {
    let (world, mut app, id) = World::without_promises();
    let last = |app: &App, market: &str| app.state().last_price(&symbol(market));
    assert_eq!(last(&app, "btc"), None);
    // A ticket for BTC at 100,000, and a minute later a position of another account.
    let draft = crate::common::started(&mut app);
    assert_eq!(last(&app, "btc"), Some(price("100000")));
    done(&mut app, crate::common::walk(&draft));
    world.wait(&mut app, 60);
    let other = account("Other", "5000");
    let there = other.account;
    done(&mut app, Command::SetAccount(other));
    let opened = crate::common::opened_as(eth(there), |was| Position {
        symbol: symbol("btc"),
        mark: price("99000"),
        ..was
    });
    done(&mut app, Command::OpenPosition(opened));
    assert_eq!(last(&app, "btc"), Some(price("99000")));
    assert_eq!(last(&app, "eth"), None, "nothing in {id} either");
}

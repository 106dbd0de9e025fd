//! How old the figures are that the numbers rest on: each is said by its name.

use impulse_audit::app::{App, Command, Stage};
use impulse_audit::engine::{Intent, Side};
use impulse_audit::input::Field;
use impulse_audit::market::Position;
use impulse_audit::record::{PositionChanged, PositionOpened};
use impulse_audit::wording::reveal_notes;

use crate::common::{
    World, begin, done, eth, price, quantity, revealed, symbol, with_answers, with_ticket,
};

/// What stands under the numbers of the audit in hand, behind their end.
fn ages(app: &App) -> String {
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    let now = app.now().wall;
    let words = reveal_notes::hold(app.state(), revealed, now, now).unwrap();
    let (_, ages) = words.split_once(". ").unwrap();
    ages.to_owned()
}

fn marked_now(position: &PositionOpened, at: &str) -> Command {
    Command::ChangePosition(PositionChanged {
        leverage: None,
        position: position.id,
        audit: None,
        mark: Some(price(at)),
        quantity: None,
        entry: None,
        backing: None,
    })
}

#[test]
fn without_a_position_there_is_only_the_wallet() {
    let (world, mut app, _) = World::with_account();
    world.wait(&mut app, 340);
    revealed(&world, &mut app);
    assert_eq!(ages(&app), "Wallet from 6 min ago.");
}

#[test]
fn marks_that_were_just_written_are_not_as_old_as_the_wallet() {
    let (world, mut app, id) = World::with_account();
    let held = eth(id);
    done(&mut app, Command::OpenPosition(held.clone()));
    world.wait(&mut app, 3 * 3600);
    revealed(&world, &mut app);
    assert_eq!(ages(&app), "Wallet and marks from 3 h ago.");
    // The same price again is of now.
    done(&mut app, marked_now(&held, "2100"));
    assert_eq!(ages(&app), "Wallet from 3 h ago, marks written just now.");
    let mut set = app.state().account(id).unwrap().set.clone();
    set.wallet_balance = crate::common::money("9000");
    world.wait(&mut app, 5 * 60);
    done(&mut app, Command::SetAccount(set));
    assert_eq!(ages(&app), "Wallet written just now, marks from 5 min ago.");
}

#[test]
fn the_price_of_a_ticket_is_the_mark_of_every_position_in_its_market() {
    let (world, mut app, id) = World::with_account();
    let short = crate::common::opened_as(eth(id), |was| Position {
        symbol: symbol("btc"),
        side: Side::Short,
        quantity: quantity("0.1"),
        entry: price("99000"),
        mark: price("99000"),
        ..was
    });
    done(&mut app, Command::OpenPosition(short));
    world.wait(&mut app, 3 * 3600);
    revealed(&world, &mut app);
    assert_eq!(ages(&app), "Wallet from 3 h ago, marks written just now.");
    // It grows old like any other.
    world.wait(&mut app, 4 * 60);
    assert_eq!(ages(&app), "Wallet from 3 h ago, marks from 4 min ago.");
}

#[test]
fn a_ticket_about_a_position_is_as_old_as_its_mark_unless_it_names_another() {
    let reduce = |mark: &str| {
        let (world, mut app, id) = World::without_promises();
        let held = eth(id);
        done(&mut app, Command::OpenPosition(held.clone()));
        world.wait(&mut app, 3 * 3600);
        let mut draft = with_answers(with_ticket(begin(&mut app)));
        let ticket = &mut draft.ticket;
        ticket.intent = Intent::Reduce;
        ticket.position = Some(held.id);
        ticket.value.write(Field::Entry, "2150");
        ticket.value.write(Field::Quantity, "1");
        ticket.value.write(Field::Leverage, "10");
        ticket.value.write(Field::Mark, mark);
        done(&mut app, Command::Start(Box::new(draft.clone())));
        done(&mut app, Command::Seal(Box::new(draft)));
        ages(&app)
    };
    assert_eq!(reduce(""), "Wallet from 27 h ago, marks from 3 h ago.");
    assert_eq!(
        reduce("2140"),
        "Wallet from 27 h ago, marks written just now."
    );
}

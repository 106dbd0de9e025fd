//! What is typed into the window's fields, and how it is understood.

use std::collections::BTreeMap;

use egui::{Key, Modifiers};

use impulse_audit::app::Command;
use impulse_audit::audit::{Arousal, Step, Tag};
use impulse_audit::engine::{Mode, Side};
use impulse_audit::record::AccountSet;

use crate::common::{WRONG, World, account, done, eth, folders, money, price};
use crate::seat::Seat;

#[test]
fn of_two_readings_the_one_beside_the_entry_is_taken_and_said_back() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.answer(WRONG);
    seat.must_read("2 of 4");
    seat.write("94,000");
    seat.must_read("94,000 USDT");
    seat.must_not_read("Do you mean");
    seat.next();
    seat.must_read("3 of 4");
}

#[test]
fn an_entry_that_is_asked_is_settled_by_the_price_now() {
    let mut seat = Seat::with_account();
    seat.begin();
    seat.write_state();
    seat.write("btc");
    seat.tab_to("Long");
    seat.press(Key::Space);
    seat.fill("Entry price", "100,000");
    seat.must_read("Do you mean 100000 or 100?");
    seat.tab_to("100000");
    seat.tab_to("100");
    seat.fill("Price now", "101500");
    seat.must_not_read("Do you mean");
    seat.must_read("100,000 USDT");
    // All there is can carry 12.5 BTC, so 1.5 are meant.
    seat.fill("Quantity", "1,500");
    seat.fill("Leverage", "20");
    seat.must_read("1.5 BTC · notional 150,000.00 · margin 7,500.00 · 20x");
    seat.next();
    seat.must_read("1 of 4");
}

#[test]
fn a_mark_that_is_typed_last_is_handed_in_with_the_ticket_and_is_of_now() {
    let (world, mut app, id) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(id)));
    world.wait(&mut app, 3 * 3600);
    let mut seat = Seat::before(world, app);
    seat.must_read("Main: wallet and marks from 3 h ago");
    seat.begin();
    seat.write_state();
    seat.tab_to("Market");
    seat.write("btc");
    seat.tab_to("Long");
    seat.press(Key::Space);
    seat.fill("Entry price", "100000");
    seat.fill("Quantity", "0.2");
    seat.fill("Leverage", "20");
    // The same price as before, in a spelling that only the mark can settle.
    seat.fill("ETH/USDT long, price now", "2,100");
    seat.must_read("2,100 USDT");
    seat.next();
    seat.must_read("1 of 4");
    let account = &seat.app().state().accounts()[0];
    assert_eq!(account.oldest_mark(None), Some(seat.app().now().wall));
    assert_eq!(account.positions[0].position.mark, price("2100"));
    seat.walk_home();
    seat.must_read("Main: wallet from 3 h ago, marks written just now");
}

#[test]
fn a_coin_margined_ticket_leads_to_the_rules_of_its_market_and_back() {
    let (world, mut app, _) = World::with_account();
    let coin = AccountSet {
        name: "Coin".to_owned(),
        venue: "Binance COIN-M".to_owned(),
        collateral: "BTC".to_owned(),
        wallet_balance: money("0.5"),
        rules: BTreeMap::new(),
        ..account("Coin", "0")
    };
    done(&mut app, Command::SetAccount(coin));
    let mut seat = Seat::before(world, app);
    seat.begin();
    seat.write_state();
    seat.tab_to("Coin");
    seat.press(Key::Space);
    seat.fill("Market", "btc");
    seat.must_read("BTC/USD is settled in the coin");
    seat.push("Write its rules…");
    seat.must_read("Rules of a market");
    seat.must_read("Face value of one contract");
    seat.fill(
        "Maintenance: one rate in percent, or one tier a line",
        "0.4",
    );
    seat.next();
    seat.must_read("The face value is not written yet.");
    seat.fill("Face value of one contract", "100");
    seat.must_read("100 USD");
    seat.next();
    // Back at the ticket, as it was typed.
    seat.must_read("What do you want to do?");
    seat.must_read("your own, 0.4 % flat");
    seat.tab_to("Long");
    seat.press(Key::Space);
    seat.fill("Entry price", "100000");
    seat.must_read("100,000 USD");
    seat.fill("Quantity", "200");
    seat.must_read("200 contracts");
    seat.fill("Leverage", "10");
    seat.must_read("200 contracts · notional 0.20 · margin 0.02 · 10x");
    seat.next();
    seat.must_read("1 of 4");
}

/// What was chosen or typed is on the disk a second later.
#[track_caller]
fn is_kept(seat: &mut Seat, what: &str) {
    seat.wait(1);
    let path = folders().data.join("draft.json");
    let kept = seat.world.fs.content(&path).unwrap();
    let kept: serde_json::Value = serde_json::from_slice(&kept).unwrap();
    let draft = serde_json::to_value(seat.app().draft().unwrap()).unwrap();
    for part in ["step", "arousal", "tags", "ticket", "answers", "together"] {
        assert_eq!(kept[part], draft[part], "{what}: {part}");
    }
}

#[test]
fn whatever_is_chosen_or_typed_before_the_seal_is_kept() {
    let mut seat = Seat::with_account();
    seat.begin();
    for key in [Key::Num2, Key::M, Key::M, Key::M] {
        seat.press_with(Modifiers::ALT, key);
        is_kept(&mut seat, "a key of the first view");
    }
    for name in [Arousal::ALL[3].word(), Tag::Bored.words()] {
        seat.tab_to(name);
        seat.press(Key::Space);
        is_kept(&mut seat, name);
    }
    seat.next();
    is_kept(&mut seat, "the ticket is come to");
    assert_eq!(seat.app().draft().unwrap().step, Step::Ticket);
    seat.write("btc");
    is_kept(&mut seat, "the market");
    for name in ["Short", "Cross", "An experiment"] {
        seat.tab_to(name);
        seat.press(Key::Space);
        is_kept(&mut seat, name);
    }
    let ticket = &seat.app().draft().unwrap().ticket;
    assert_eq!(
        (ticket.side(), ticket.mode()),
        (Some(Side::Short), Mode::Cross)
    );
    assert!(ticket.experiment);
    for name in ["Entry price", "Quantity", "Leverage"] {
        seat.fill(name, "2");
        is_kept(&mut seat, name);
    }
    seat.press_with(Modifiers::ALT, Key::ArrowLeft);
    is_kept(&mut seat, "back");
    assert_eq!(seat.app().draft().unwrap().step, Step::State);
}

//! An account that comes from outside, and audits of positions that are open already.

use egui::Key;

use crate::common::{NOTHING, WRONG, World};
use crate::seat::Seat;

const SNAPSHOT: &str = include_str!("../fixtures/ccxt/binance_like.json");

/// Answers what the snapshot leaves open.
fn answer(seat: &mut Seat) {
    seat.must_read("Like which venue does it value what must be left?");
    seat.push("Like Binance USDT-M: valued as the price moves, without the fee to close");
    seat.push("0.004 of the notional, as the venue reports for this position");
}

/// Brings the snapshot in, by keys.
fn import(seat: &mut Seat) {
    seat.go("Account");
    seat.push("Import…");
    seat.paste(SNAPSHOT);
    answer(seat);
    seat.must_read("ETH/USDT short, new");
    // Until she says so, nothing is taken.
    assert!(seat.app().state().accounts()[0].positions.is_empty());
    seat.next();
}

#[test]
fn a_snapshot_lands_in_the_account_and_counts_in_the_next_audit() {
    let (world, app, _) = World::without_promises();
    let mut seat = Seat::before(world, app);
    import(&mut seat);
    let account = &seat.app().state().accounts()[0];
    assert_eq!(account.set.wallet_balance.to_string(), "10250.75");
    assert_eq!(account.positions.len(), 2);
    seat.begin();
    seat.write_state();
    seat.hand_in_ticket();
    seat.must_read("You hold this already");
    seat.tab_to("Cross");
    seat.press(Key::Space);
    seat.next();
    seat.write_answers("1050");
    seat.wait(20);
    // Wallet 10,250.75, less 500.25 of BTC's own margin and a fee of 10 on 20,000, less the
    // 25 that the ETH short stands at: 2.5 × (2,510 − 2,500).
    seat.must_read("9,715.50");
}

#[test]
fn what_is_left_out_of_a_snapshot_is_not_taken() {
    let mut seat = Seat::with_account();
    seat.go("Account");
    seat.push("Import…");
    seat.paste(SNAPSHOT);
    answer(&mut seat);
    seat.must_not_read("The wallet balance stays");
    seat.push("Wallet balance: Taken");
    seat.must_read("The wallet balance stays 10,000.00 USDT.");
    seat.next();
    seat.must_read("Taken in.");
    seat.must_read("The wallet balance stays 10,000.00 USDT.");
    let account = &seat.app().state().accounts()[0];
    assert_eq!(account.set.wallet_balance.to_string(), "10000");
    assert_eq!(account.positions.len(), 2);
}

#[test]
fn nothing_of_a_snapshot_is_taken_in_while_a_question_is_open() {
    let mut seat = Seat::with_account();
    seat.go("Account");
    seat.push("Import…");
    seat.paste(SNAPSHOT);
    let before = seat.app().state().entries();
    seat.next();
    seat.must_read("Nothing is taken in while a question is open.");
    assert_eq!(seat.app().state().entries(), before);
    // What is left out is asked no more, and the rest is taken.
    seat.push("Leave this out");
    while seat.reads("Leave this out") {
        seat.push("Leave this out");
    }
    seat.must_read("Left out, as you said.");
    seat.next();
    let account = &seat.app().state().accounts()[0];
    assert_eq!(account.set.wallet_balance.to_string(), "10250.75");
    assert_eq!(account.positions.len(), 1, "BTC, whose rules are known");
    seat.must_read("ETH/USDT:USDT: not taken in.");
}

#[test]
fn a_position_that_stands_already_is_refused_beside_the_form_and_joined_by_one_button() {
    let mut seat = Seat::with_account();
    import(&mut seat);
    let adds = |seat: &mut Seat, quantity: &str| {
        seat.push("Add a position…");
        seat.fill("Market", "btc");
        seat.push("Long");
        seat.push("Isolated");
        seat.fill("Quantity", quantity);
        seat.fill("Average entry price", "71000");
        seat.fill("Assigned margin", "300");
        seat.next();
    };
    adds(&mut seat, "0.2");
    seat.must_read("BTC/USDT long isolated stands in Main already: 0.1 BTC at 68,000");
    // (0.1 · 68,000 + 0.2 · 71,000) / 0.3
    seat.must_read("Together: 0.3 BTC at 70,000, isolated with 800.25 USDT.");
    assert_eq!(seat.app().state().accounts()[0].positions.len(), 2);
    // What is told follows what is typed.
    seat.fill("Quantity", "5");
    seat.must_read("Together: 0.35 BTC at 70,142.8571428571, isolated with 800.25 USDT.");
    seat.push("Join them");
    let account = &seat.app().state().accounts()[0];
    assert_eq!(account.positions.len(), 2);
    assert_eq!(account.positions[0].position.quantity.to_string(), "0.35");
    seat.must_not_read("stands in Main already");
}

#[test]
fn a_text_that_is_no_snapshot_is_explained_and_changes_nothing() {
    let mut seat = Seat::with_account();
    seat.go("Account");
    seat.push("Import…");
    seat.paste("{\"positions\": oops}");
    seat.must_read("this is no JSON");
    assert_eq!(seat.app().state().entries(), 2);
}

#[test]
fn a_rescue_waits_a_quarter_of_an_hour_and_is_shown_beside_the_entry() {
    let mut seat = Seat::with_account();
    import(&mut seat);
    seat.begin();
    seat.write_state();
    seat.choose("Add margin", "BTC/USDT long isolated");
    seat.fill("Margin to add", "300");
    seat.next();
    seat.must_read("I put more behind it, and it was wrong to. What do I see?");
    seat.answer(WRONG);
    seat.answer("66000");
    seat.must_read("Why am I willing to let it be closed where it stands?");
    seat.answer(NOTHING);
    seat.answer("900");
    seat.seal();
    let at = seat.clock_in(15 * 60);
    seat.must_read(&format!("This is a rescue: the numbers follow at {at}."));
    seat.must_read("a rescue eases the fear and takes no risk off the trade.");
    seat.wait(20);
    seat.must_not_read("Worst case");
    seat.wait(15 * 60);
    seat.must_read("Has the thesis changed, or the fear?");
    seat.must_read("Nothing was written here when this position was opened.");
    seat.must_read("Worst case");
}

#[test]
fn closing_never_waits_and_what_became_of_it_leaves_the_account() {
    let mut seat = Seat::with_account();
    import(&mut seat);
    seat.begin();
    seat.write_state();
    seat.choose("Close", "BTC/USDT long isolated");
    seat.fill("At which price", "69505");
    seat.next();
    seat.answer(WRONG);
    seat.answer("60000");
    seat.answer(NOTHING);
    seat.answer("100");
    seat.seal();
    seat.must_read("Nothing of it remains.");
    seat.push("Proceed");
    seat.must_read("You decided to close");
    seat.push("Home");
    seat.push("It is closed…");
    seat.fill("At which price", "69505");
    seat.next();
    let account = &seat.app().state().accounts()[0];
    assert_eq!(account.positions.len(), 1);
    assert_eq!(seat.app().state().unfollowed().count(), 0);
}

#[test]
fn f1_opens_the_help_which_says_what_a_promise_cannot_do() {
    let mut seat = Seat::with_account();
    seat.press(Key::F1);
    seat.must_read("What cannot be prevented");
    seat.must_read("You can trade at your exchange directly");
}

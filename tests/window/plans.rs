//! A plan from its writing to its use: it counts after an hour, is shown line by line, and is
//! frozen once an audit went by it.

use egui::Key;
use impulse_audit::app::Stage;

use crate::common::World;
use crate::promises::{HOUR, choose, holding, in_secs, open_ticket};
use crate::seat::Seat;

const TRIGGER: &str = "If the week closes above the range, then I take the retest once";

/// Before the promises that hold from the beginning: cross needs a plan.
fn seat() -> Seat {
    let (world, app, _) = World::with_account();
    Seat::before(world, app)
}

/// From anywhere to the form, filled in but for its numbers.
fn begin_plan(seat: &mut Seat) {
    seat.go("Promises");
    seat.push("Write a plan…");
    seat.must_read("Write a plan");
    seat.fill("Market", "btc-usdt");
    choose(seat, "Long");
    seat.fill("If … then …", TRIGGER);
}

fn write_plan(seat: &mut Seat, collateral: &str, loss: &str, stop: &str) {
    begin_plan(seat);
    seat.fill("Most extra collateral", collateral);
    seat.fill("The account loses at most", loss);
    seat.fill("Stop", stop);
    let counts = in_secs(seat, HOUR);
    seat.must_read(&format!("Written now, it counts from {counts}"));
    seat.next();
    seat.must_read("Trade in cross · BTC/USDT long · Main");
    seat.must_read(&format!("Counts from {counts}"));
}

#[test]
fn a_plan_counts_after_an_hour_is_shown_line_by_line_and_is_frozen_by_its_use() {
    let mut seat = seat();
    // All of the account is at stake in cross; the ticket's own margin is 1,000.
    write_plan(&mut seat, "1000", "10000", "95000");
    open_ticket(&mut seat, "Cross");
    assert!(matches!(seat.app().stage(), Stage::Blocked(_)));
    let counts = in_secs(&seat, HOUR);
    seat.must_read(&format!("Your plan for it counts from {counts}."));
    seat.wait(HOUR);
    seat.push("Back");
    // Before the seal: what was typed and planned, and nothing of the engine.
    for words in [
        "Your plan beside it",
        TRIGGER,
        "for you to say",
        "At most 1,000.00 more collateral",
        "met",
        "Over at 95,000",
        "known behind the seal",
        "not known yet",
    ] {
        seat.must_read(words);
    }
    seat.must_not_read("worst case");
    seat.next();
    seat.must_read("1 of 4");
    seat.write_answers("10000");
    // The hour before the promise counts for nothing: the floor runs from the way back.
    seat.must_read("Sealed");
    seat.wait(20);
    seat.must_read("Your plan beside it");
    seat.must_read("wrong at 96,000");
    // Wallet 10,000, less the fee of 0.05 % on 20,000.
    seat.must_read("worst case 9,990.00");
    seat.must_not_read("not met");
    // The trigger is asked word for word, and nothing goes on before it is answered.
    seat.must_read(&format!("Has this happened: “{TRIGGER}”?"));
    seat.must_read("Say first whether what your plan waits for has happened.");
    seat.wait(5);
    // The costs of both fills come on top of all that the pool can lose.
    seat.push("Proceed…");
    assert!(matches!(seat.app().stage(), Stage::Revealed(_)));
    choose(&mut seat, "It has not");
    seat.must_read("What your plan waits for has not happened");
    seat.push("Proceed…");
    assert!(matches!(seat.app().stage(), Stage::Revealed(_)));
    choose(&mut seat, "It has happened");
    seat.must_not_read("not met");
    seat.push("Proceed…");
    seat.fill(
        "Why you take more than you accepted",
        "I size it down at the first target and watch it",
    );
    seat.push("Proceed with this");
    seat.must_read("You decided to open");
    let decided = seat.world.last("audit.decided");
    assert_eq!(decided["triggers"][0]["asked"], TRIGGER);
    assert_eq!(decided["triggers"][0]["happened"], true);
    seat.go("Promises");
    seat.push("Show 1 plan that is over");
    seat.must_read("Used, and kept as it was");
}

#[test]
fn a_line_that_is_not_met_is_shown_and_proceeding_says_why_not() {
    let mut seat = seat();
    write_plan(&mut seat, "1000", "500", "97000");
    seat.wait(HOUR);
    open_ticket(&mut seat, "Cross");
    seat.must_read("1 of 4");
    seat.write_answers("10000");
    seat.wait(20);
    seat.must_read("not met");
    seat.must_read("A line of your plan is not met");
    seat.wait(5);
    seat.push("Proceed…");
    assert!(matches!(seat.app().stage(), Stage::Revealed(_)));
    assert!(!seat.world.kinds().contains(&"audit.decided".to_owned()));
    // Isolated needs no plan.
    seat.push("Isolated instead");
    seat.must_not_read("A line of your plan is not met");
    seat.wait(5);
    seat.push("Proceed, isolated");
    seat.must_read("You decided");
}

#[test]
fn a_plan_that_asks_for_too_much_is_shown_where_it_is_met() {
    let mut seat = seat();
    write_plan(&mut seat, "999", "10000", "95000");
    seat.wait(HOUR);
    open_ticket(&mut seat, "Cross");
    assert!(matches!(seat.app().stage(), Stage::Blocked(_)));
    seat.must_read("At most 999.00 more collateral");
    seat.must_read("1,000.00");
    seat.must_read("not met");
}

#[test]
fn what_is_missing_is_said_beside_its_field_and_nothing_is_lost() {
    let mut seat = seat();
    begin_plan(&mut seat);
    seat.fill("Stop", "0");
    seat.next();
    seat.must_read("Write a number; 0 where nothing more is put at stake.");
    seat.must_read("What the account loses is not written yet.");
    seat.must_read("Zero has no meaning here; write a number above zero.");
    seat.must_read(TRIGGER);
    assert!(!seat.world.kinds().contains(&"plan.written".to_owned()));
}

#[test]
fn a_form_opens_at_its_first_field_and_goes_to_the_first_that_is_wrong() {
    let mut seat = seat();
    seat.go("Promises");
    seat.push("Write a plan…");
    assert_eq!(seat.focused().as_deref(), Some("Trade in cross"));
    seat.tab_to("Stop");
    seat.next();
    assert_eq!(seat.focused().as_deref(), Some("Market"));
    seat.fill("Market", "btc");
    // What is mended is said no more; all else still is.
    seat.must_not_read("Write the market, like BTC/USDT.");
    seat.must_read("Choose long or short.");
    seat.next();
    assert_eq!(seat.focused().as_deref(), Some("Long"));
}

#[test]
fn a_leg_that_is_taken_away_leaves_those_behind_it_as_they_are() {
    let mut seat = seat();
    begin_plan(&mut seat);
    for (leg, market) in [(1, "eth"), (2, "sol")] {
        seat.push("Add a leg of a hedged book");
        seat.fill(&format!("Market of leg {leg}"), market);
        seat.fill(&format!("Quantity of leg {leg}"), &format!("{leg}0"));
    }
    seat.push("Remove leg 1");
    seat.must_not_read("Market of leg 2");
    seat.must_not_read("ETH/USDT");
    seat.must_read("SOL/USDT");
    seat.must_read("20 SOL");
    // One that is added is empty.
    seat.push("Remove leg 1");
    seat.push("Add a leg of a hedged book");
    seat.must_not_read("SOL");
}

#[test]
fn no_plan_is_written_while_a_position_in_its_market_is_losing() {
    let mut seat = holding("99000");
    begin_plan(&mut seat);
    seat.fill("Most extra collateral", "0");
    seat.fill("The account loses at most", "500");
    seat.fill("Stop", "95000");
    seat.next();
    seat.must_read("A position in this market is losing now.");
    seat.must_read(TRIGGER);
    assert!(!seat.world.kinds().contains(&"plan.written".to_owned()));
}

#[test]
fn the_legs_of_a_hedged_book_are_lines_of_the_plan() {
    let mut seat = seat();
    begin_plan(&mut seat);
    seat.fill("Most extra collateral", "1000");
    seat.fill("The account loses at most", "10000");
    seat.fill("Stop", "95000");
    seat.push("Add a leg of a hedged book");
    seat.fill("Market of leg 1", "eth");
    seat.fill("Quantity of leg 1", "5");
    seat.next();
    seat.must_read("Choose long or short.");
    // The second "Short" belongs to the leg.
    seat.tab_to("Market of leg 1");
    seat.press(Key::Tab);
    seat.tab_to("Short");
    seat.press(Key::Space);
    seat.next();
    seat.must_read("With ETH/USDT short 5");
    seat.wait(HOUR);
    // The leg is not there, so the plan does not allow it.
    open_ticket(&mut seat, "Cross");
    assert!(matches!(seat.app().stage(), Stage::Blocked(_)));
    seat.must_read("ETH/USDT short 5");
    seat.must_read("does not stand");
}

#[test]
fn a_plan_is_renewed_while_flat_and_can_be_taken_back() {
    let mut seat = seat();
    write_plan(&mut seat, "1000", "10000", "95000");
    seat.wait(6 * 24 * HOUR);
    let week = in_secs(&seat, 7 * 24 * HOUR);
    seat.push("Renew it for seven days");
    seat.must_read(&format!("Counts until {week}"));
    seat.push("Take it back");
    seat.must_not_read("Counts until");
    seat.push("Show 1 plan that is over");
    seat.must_read("Taken back");
}

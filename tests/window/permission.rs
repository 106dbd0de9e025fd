//! A sealed permission, goalposts that were moved, and what is asked once it was opened.

use egui::{Key, Modifiers};
use impulse_audit::app::Command;
use impulse_audit::engine::Backing;
use impulse_audit::market::Position;

use crate::common::{NOTHING, WRONG, World, btc, done, price};
use crate::seat::Seat;

#[test]
fn a_permission_is_extended_once_and_a_lowered_size_stays_over_a_restart() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("1000");
    let (ten, thirty) = (seat.clock_in(10 * 60), seat.clock_in(30 * 60));
    seat.must_read(&format!("These numbers hold until {ten}."));
    seat.push("Hold them longer, once");
    seat.must_read(&format!("These numbers hold until {thirty}."));
    seat.must_not_read("Hold them longer, once");
    seat.push("Smaller…");
    seat.fill("Quantity", "0.1");
    seat.push("Show the numbers for it");
    let mut seat = seat.restart();
    seat.push("Continue the audit");
    seat.must_read("Lowered: 0.1 BTC isolated instead of 0.2 isolated.");
    seat.must_read(&format!("These numbers hold until {thirty}."));
    seat.must_not_read("Hold them longer, once");
    seat.wait(30 * 60 - 1);
    seat.must_read("Lowered: 0.1 BTC");
    seat.wait(1);
    seat.must_read("Permission lapsed");
}

/// An audited entry at 100,000 that became a position: wrong at 97,000.
fn entered() -> Seat {
    let (world, app, _) = World::without_promises();
    let mut seat = Seat::before(world, app);
    seat.reach_the_questions();
    for text in [WRONG, "97000", NOTHING, "1060"] {
        seat.answer(text);
    }
    seat.seal();
    seat.wait(20);
    seat.wait(5);
    seat.push("Proceed");
    seat.push("Home");
    seat.push("I opened it…");
    for (name, text) in [
        ("Quantity", "0.2"),
        ("Fill price", "100000"),
        ("Assigned margin", "1000"),
    ] {
        seat.fill(name, text);
    }
    seat.next();
    seat
}

#[test]
fn once_it_is_opened_the_stop_is_asked_about_by_one_key_each() {
    for (key, name, words) in [
        (Key::P, "placed", "Placed"),
        (Key::N, "not_placed", "Not placed"),
        (Key::M, "mental", "Mental"),
    ] {
        let mut seat = entered();
        seat.must_read("Does the stop stand at 97,000?");
        seat.press_with(Modifiers::ALT, key);
        seat.settle();
        assert_eq!(seat.world.last("audit.stop")["stop"], name);
        seat.must_not_read("Does the stop stand");
        seat.go("Journal");
        seat.must_read(&format!("Proceeded, stop {}", words.to_lowercase()));
        seat.must_read("The stop, where you would be wrong");
    }
}

#[test]
fn a_key_that_is_held_down_says_nothing_of_the_stop_and_one_that_is_struck_twice_says_it_once() {
    let mut seat = entered();
    seat.go("Settings");
    seat.hold(Modifiers::ALT, Key::P);
    seat.go("Home");
    // Still down: it repeats.
    seat.hold(Modifiers::ALT, Key::P);
    seat.settle();
    seat.must_read("Does the stop stand at 97,000?");
    seat.let_go(Key::P);
    seat.press_with(Modifiers::ALT, Key::P);
    seat.press_with(Modifiers::ALT, Key::P);
    seat.settle();
    let told = seat.world.kinds();
    let told = told.iter().filter(|kind| *kind == "audit.stop").count();
    assert_eq!(told, 1);
}

#[test]
fn the_question_about_the_stop_stands_on_home_is_in_no_ones_way_and_can_be_left_out() {
    let mut seat = entered();
    // It takes no focus, and no other key is taken for an answer.
    assert_eq!(seat.focused(), None);
    seat.go("Home");
    seat.must_read("Does the stop stand at 97,000?");
    assert_eq!(seat.focused().as_deref(), Some("Start an audit"));
    seat.begin();
    seat.walk_home();
    seat.push("Leave it out");
    assert_eq!(seat.world.last("audit.stop")["stop"], "left_out");
    seat.must_not_read("Does the stop stand");
    let seat = seat.restart();
    seat.must_not_read("Does the stop stand");
}

#[test]
fn a_letter_that_is_typed_into_a_field_is_no_word_about_the_stop() {
    let mut seat = entered();
    seat.push("Update BTC/USDT long…");
    seat.tab_to("Quantity");
    seat.press_with(Modifiers::ALT, Key::P);
    seat.settle();
    assert!(!seat.world.kinds().contains(&"audit.stop".to_owned()));
}

/// To the numbers of margin that is added to that position, marked at 98,450: 310 are lost.
fn rescues(seat: &mut Seat, wrong_at: &str, accepted: &str) {
    seat.begin();
    seat.write_state();
    seat.choose("Add margin", "BTC/USDT long isolated");
    seat.fill("Margin to add", "600");
    seat.fill("Price now", "98450");
    seat.next();
    for text in [
        "The weekly close falls back under the range it left in May",
        wrong_at,
        "My plan allows two of these and I have had both already",
        accepted,
    ] {
        seat.answer(text);
    }
    seat.seal();
    seat.wait(15 * 60);
}

const MOVED: &str = "At the entry 97,000 would have proved you wrong, now 95,000. You accepted \
                     1,060, now 1,700, and 310 are lost since.";

#[test]
fn goalposts_that_moved_are_said_among_the_first_sentences_and_take_a_sentence() {
    let mut seat = entered();
    rescues(&mut seat, "95000", "1700");
    let texts = seat.texts();
    let at = |words: &str| texts.iter().position(|text| text.contains(words)).unwrap();
    assert!(at(MOVED) < at("Worst case"), "{texts:#?}");
    seat.must_read("You wrote at the entry");
    seat.wait(5);
    seat.push("Proceed…");
    seat.must_read("Write one sentence on why it moved.");
    let why = "The range was redrawn by the weekly close after the entry";
    seat.fill("Why the goalposts moved", why);
    seat.push("Proceed with this");
    seat.must_read("You decided to add margin");
    let decided = seat.world.last("audit.decided");
    assert_eq!(decided["flags"], serde_json::json!(["goalposts_moved"]));
    assert_eq!(decided["sentence"], why);
    seat.push("See it in the journal");
    for words in [MOVED, "goalposts moved", "Why the goalposts moved", why] {
        seat.must_read(words);
    }
}

#[test]
fn both_are_asked_for_in_one_sentence_where_more_is_at_stake_too() {
    let mut seat = entered();
    rescues(&mut seat, "95000", "1100");
    seat.wait(5);
    seat.push("Proceed…");
    seat.must_read("you accepted 1,100.00. At the entry 97,000 would have proved you wrong");
    seat.fill(
        "Why you take more, with other goalposts",
        "The range was redrawn by the weekly close after the entry",
    );
    seat.push("Proceed with this");
    assert_eq!(
        seat.world.last("audit.decided")["flags"],
        serde_json::json!(["over_accepted", "goalposts_moved"])
    );
}

#[test]
fn goalposts_on_the_safer_side_are_not_spoken_of() {
    let mut seat = entered();
    rescues(&mut seat, "97500", "1060");
    seat.must_read("You wrote at the entry");
    seat.must_not_read("would have proved you wrong, now");
}

#[test]
fn less_risk_is_never_asked_for_a_sentence() {
    let (world, mut app, account) = World::without_promises();
    let open = crate::common::opened_as(btc(account), |was| Position {
        mark: price("99000"),
        backing: Backing::Cross,
        ..was
    });
    done(&mut app, Command::OpenPosition(open));
    let mut seat = Seat::before(world, app);
    seat.begin();
    seat.press_with(Modifiers::ALT, Key::Num4);
    seat.next();
    seat.choose("Switch mode", "BTC/USDT long cross");
    seat.fill("Margin behind it alone", "2000");
    seat.next();
    for text in [WRONG, "94000", NOTHING, "100"] {
        seat.answer(text);
    }
    seat.seal();
    // More stands behind it than was accepted: it is said, and it holds nothing up.
    seat.must_read("it can still take 1,800.00 USDT. You accepted 100.00");
    seat.push("Proceed");
    seat.must_read("You decided to switch the mode");
}

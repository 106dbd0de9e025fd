//! What goes wrong: an answer that does not stand, time that runs out, a disk that refuses,
//! a restart in the middle.

use std::io::ErrorKind;

use egui::{Key, Modifiers};

use crate::common::{NOTHING, WRONG, World};
use crate::seat::Seat;

fn select_all(seat: &mut Seat) {
    seat.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::A);
}

#[test]
fn a_price_on_the_wrong_side_is_explained_and_nothing_typed_is_lost() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.answer(WRONG);
    for (typed, why) in [
        (
            "104000",
            "104,000 is above your entry of 100,000, where this position gains",
        ),
        ("100000", "100,000 is your entry itself"),
        ("9000", "9,000 is more than ten times away"),
        ("-5", ""),
        // Of two readings the one near the entry is taken, and explained like any other.
        (
            "104,000",
            "104,000 is above your entry of 100,000, where this position gains",
        ),
        // Neither is near it: she is asked.
        ("1,000", "Do you mean 1000 or 1?"),
    ] {
        select_all(&mut seat);
        seat.answer(typed);
        seat.must_read("2 of 4");
        seat.must_read(typed);
        seat.must_read(why);
    }
    select_all(&mut seat);
    seat.answer("96000");
    seat.must_read("3 of 4");
    let answers = &seat.app().draft().unwrap().answers;
    assert_eq!(
        (answers.wrong.as_str(), answers.invalidation.as_str()),
        (WRONG, "96000")
    );
}

#[test]
fn what_is_no_answer_is_sent_back_until_it_is_one() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.answer("goes down");
    seat.must_read("This answer needs three different words; you have 2.");
    seat.must_read("1 of 4");
    seat.must_read("goes down");
    select_all(&mut seat);
    seat.answer("down down down down down down");
    seat.must_read("This answer needs three different words; you have 1.");
    for (typed, why) in [
        ("asdf asdf asdf", "There are no words in this."),
        ("1 2 3 4 5", "This only counts."),
        (
            "What would I see if I were wrong?",
            "This is the question itself; write your answer to it.",
        ),
    ] {
        for _ in 0..3 {
            select_all(&mut seat);
            seat.answer(typed);
            seat.must_read(why);
            seat.must_read("1 of 4");
            seat.must_read(typed);
        }
    }
    select_all(&mut seat);
    seat.answer(WRONG);
    seat.must_read("2 of 4");
    seat.answer("96000");
    seat.answer(WRONG);
    seat.must_read("This is your first answer again");
    select_all(&mut seat);
    seat.answer(NOTHING);
    seat.must_read("4 of 4");
}

#[test]
fn what_names_nothing_that_can_be_seen_is_asked_about_once_with_nothing_typed_lost() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.must_not_read("How would you see that on the screen?");
    let felt = "It will go up because I just feel it strongly";
    seat.answer(felt);
    seat.must_read("How would you see that on the screen?");
    seat.must_read("1 of 4");
    seat.must_read(felt);
    // What she adds stands behind what she wrote.
    seat.press_with(Modifiers::CTRL, Key::End);
    seat.write(", until the 4h close");
    seat.must_not_read("How would you see that on the screen?");
    seat.next();
    seat.must_read("2 of 4");
    seat.answer("96000");
    // A reason is not asked for it.
    seat.answer("I am tired tonight");
    seat.must_read("4 of 4");
    seat.answer("1000");
    seat.seal();
    let sealed = seat.world.last("audit.sealed");
    assert_eq!(
        sealed["answers"]["wrong"],
        format!("{felt}, until the 4h close")
    );
    assert_eq!(sealed["manner"]["thin"], false);
}

#[test]
fn what_still_names_nothing_passes_and_is_thin() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.answer("Nothing can prove me wrong");
    seat.must_read("How would you see that on the screen?");
    seat.next();
    seat.must_read("2 of 4");
    seat.answer("96000");
    seat.answer(NOTHING);
    seat.answer("1000");
    seat.seal();
    assert_eq!(seat.world.last("audit.sealed")["manner"]["thin"], true);
}

#[test]
fn a_short_answer_passes_at_once_in_any_language_that_the_font_draws() {
    for (text, length) in [
        ("закреп ниже 94к", "3 words"),
        ("Tagesschluss unter der Unterstützung", "4 words"),
        ("Close below 94k", "3 words"),
    ] {
        let mut seat = Seat::with_account();
        seat.reach_the_questions();
        seat.write(text);
        seat.must_read(length);
        seat.next();
        seat.must_read("2 of 4");
    }
}

#[test]
fn a_rubber_stamp_is_shown_the_earlier_answer_and_passes_after_two_refusals() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("1050");
    seat.press(Key::Enter);
    seat.settle();
    seat.press(Key::Enter);
    seat.must_read("Nothing has to happen.");
    seat.reach_the_questions();
    seat.answer(WRONG);
    seat.must_read("You have written nearly this before");
    seat.must_read("Did nothing");
    seat.next();
    seat.must_read("1 of 4");
    seat.next();
    seat.must_read("2 of 4");
    seat.answer("96000");
    seat.answer("The week is nearly over and I am tired of screens");
    seat.answer("1050");
    seat.seal();
    assert_eq!(seat.world.last("audit.sealed")["manner"]["thin"], true);
}

#[test]
fn a_ticket_that_lacks_something_says_what_beside_the_field() {
    let mut seat = Seat::with_account();
    seat.begin();
    seat.write_state();
    seat.next();
    for words in [
        "Write the market, like BTC/USDT.",
        "Choose long or short.",
        "Write the price at which you would open.",
    ] {
        seat.must_read(words);
    }
    seat.must_read("What do you want to do?");
    assert!(seat.world.audit_kinds().is_empty());
}

#[test]
fn a_permission_that_lapses_ends_the_audit_on_the_screen() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("1050");
    seat.wait(599);
    seat.must_read("If this goes wrong in isolated it can take");
    seat.wait(1);
    seat.must_read("Permission lapsed");
    seat.must_read("Saved as entry 5 of your journal.");
    seat.must_not_read("Proceed");
}

#[test]
fn answers_that_are_not_saved_stay_on_the_screen_and_can_be_tried_again() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.answer(WRONG);
    seat.answer("96000");
    seat.answer(NOTHING);
    seat.answer("1050");
    seat.world.fs.refuse_from_now(ErrorKind::StorageFull);
    seat.seal();
    let still_there = |seat: &Seat| {
        for words in [
            "NOT SAVED",
            "Your answers are not sealed",
            WRONG,
            NOTHING,
            "96,000",
        ] {
            seat.must_read(words);
        }
        seat.must_not_read("If this goes wrong");
    };
    still_there(&seat);
    seat.wait(60);
    still_there(&seat);
    seat.push("Try again");
    still_there(&seat);
    seat.world.fs.heal();
    seat.push("Try again");
    seat.must_not_read("NOT SAVED");
    seat.must_read("If this goes wrong in isolated it can take");
    assert_eq!(
        seat.world.audit_kinds(),
        ["audit.started", "audit.sealed", "audit.revealed"]
    );
}

#[test]
fn a_decision_that_is_not_saved_says_so_over_the_numbers() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("1050");
    seat.world.fs.refuse_from_now(ErrorKind::StorageFull);
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("NOT SAVED");
    seat.must_read("Everything you wrote is still here.");
    seat.must_not_read("You did nothing");
    seat.world.fs.heal();
    seat.push("Try again");
    seat.must_read("You did nothing");
    seat.must_not_read("NOT SAVED");
    assert_eq!(seat.world.audit_kinds().len(), 4);
}

#[test]
fn walking_away_that_is_not_saved_can_be_tried_again_from_the_same_view() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.write("A daily close");
    seat.world.fs.refuse_from_now(ErrorKind::StorageFull);
    seat.press(Key::Escape);
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("NOT SAVED");
    seat.must_read("A daily close");
    seat.world.fs.heal();
    seat.push("Try again");
    seat.must_read("You did nothing");
    assert_eq!(seat.world.audit_kinds(), ["audit.started", "audit.decided"]);
}

#[test]
fn a_first_account_that_is_not_saved_at_once_is_shown_when_it_is() {
    let world = World::default();
    let app = world.app();
    let mut seat = Seat::before(world, app);
    seat.push("Set up your account");
    seat.fill("Name", "Main");
    seat.fill("Venue", "A venue of its own");
    seat.fill("Currency it is counted in", "USDT");
    seat.fill("Wallet balance", "10000");
    seat.fill("Taker fee", "0.05");
    seat.world.fs.refuse_from_now(ErrorKind::StorageFull);
    seat.next();
    seat.must_read("NOT SAVED");
    seat.must_not_read("Your account");
    seat.world.fs.heal();
    seat.push("Try again");
    seat.must_not_read("NOT SAVED");
    seat.must_read("Wallet 10,000.00 USDT");
    assert_eq!(seat.world.kinds().last().unwrap(), "account.set");
}

#[test]
fn a_restart_in_the_middle_of_the_answers_brings_every_word_back() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.answer(WRONG);
    seat.answer("96000");
    seat.write("Another entry comes every week");
    // The draft is kept a second after the last key at the latest.
    seat.wait(1);
    let mut seat = seat.restart();
    seat.push("Continue the audit");
    seat.must_read("3 of 4");
    seat.must_read("Another entry comes every week");
    seat.press_with(Modifiers::ALT, Key::ArrowLeft);
    seat.must_read("96,000");
    seat.press_with(Modifiers::ALT, Key::ArrowLeft);
    seat.must_read(WRONG);
    seat.next();
    seat.next();
    seat.press_with(Modifiers::CTRL, Key::End);
    seat.write(" and cash has no deadline");
    seat.next();
    seat.must_read("4 of 4");
    seat.answer("1050");
    seat.seal();
    seat.wait(20);
    seat.must_read("If this goes wrong in isolated it can take");
    let sealed = seat.world.last("audit.sealed");
    assert_eq!(sealed["answers"]["nothing"], NOTHING);
    assert_eq!(sealed["manner"]["looks"]["closed"], 1);
}

#[test]
fn a_second_window_says_that_it_only_reads() {
    let seat = Seat::with_account();
    let app = seat.world.app();
    let mut second = Seat::before(seat.world.clone(), app);
    second.must_read("Journal open for reading only");
    second.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::N);
    second.must_read("The journal is not open for writing, so no audit can begin.");
    second.must_not_read("How are you right now?");
}

#[test]
fn that_it_is_not_saved_and_why_is_said_once() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("1050");
    seat.world.fs.refuse_from_now(ErrorKind::StorageFull);
    seat.press(Key::Enter);
    seat.settle();
    let texts = seat.texts();
    let of = |words: &str| {
        let words = words.to_lowercase();
        let with = texts
            .iter()
            .filter(|text| text.to_lowercase().contains(&words));
        with.cloned().collect::<Vec<_>>()
    };
    assert_eq!(of("not saved"), ["NOT SAVED"]);
    let why = "Could not write to /h/data/journal-0001.jsonl: no storage space.";
    assert_eq!(of("journal-0001"), [why]);
}

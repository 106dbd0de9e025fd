//! All four answers on one view, before they are sealed.

use egui::{Event, Key, Modifiers};
use std::io::ErrorKind;

use crate::common::{NOTHING, WRONG};
use crate::seat::Seat;

const TOGETHER: &str = "Your four answers, together";

/// Four answers written, none sealed.
fn written() -> Seat {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    for text in [WRONG, "96k", NOTHING, "10%"] {
        seat.answer(text);
    }
    seat.must_read(TOGETHER);
    seat
}

fn select_all(seat: &mut Seat) {
    seat.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::A);
}

#[test]
fn all_four_stand_there_as_they_were_understood_and_sealing_is_a_step_of_its_own() {
    let mut seat = written();
    for words in [
        WRONG,
        "96,000",
        NOTHING,
        "1,000.00 USDT, 10 % of the account",
    ] {
        seat.must_read(words);
    }
    assert_eq!(seat.world.audit_kinds(), ["audit.started"]);
    seat.next();
    assert_eq!(seat.world.audit_kinds(), ["audit.started", "audit.sealed"]);
    seat.must_read("Sealed");
}

#[test]
fn a_key_that_is_only_held_down_seals_nothing() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    for text in [WRONG, "96000", NOTHING] {
        seat.answer(text);
    }
    seat.write("1000");
    for _ in 0..5 {
        seat.hold(Modifiers::CTRL | Modifiers::COMMAND, Key::Enter);
    }
    seat.settle();
    seat.must_read(TOGETHER);
    assert_eq!(seat.world.audit_kinds(), ["audit.started"]);
}

#[test]
fn each_is_gone_back_to_by_its_number_and_leads_here_again() {
    for (key, at, kept) in [
        (Key::Num1, "1 of 4", WRONG),
        (Key::Num2, "2 of 4", "96k"),
        (Key::Num3, "3 of 4", NOTHING),
        (Key::Num4, "4 of 4", "10%"),
    ] {
        let mut seat = written();
        seat.press_with(Modifiers::ALT, key);
        seat.must_read(at);
        seat.must_read(kept);
        seat.next();
        seat.must_read(TOGETHER);
    }
}

#[test]
fn each_is_gone_back_to_by_tab_and_what_is_changed_there_is_what_is_sealed() {
    let mut seat = written();
    assert_eq!(
        seat.focused().as_deref(),
        Some("Change, What would I see if I were wrong?")
    );
    seat.push("Change, At which price?");
    seat.must_read("2 of 4");
    select_all(&mut seat);
    seat.answer("95.5k");
    seat.must_read(TOGETHER);
    seat.must_read("95,500");
    seat.push("Change, The most I accept to lose");
    select_all(&mut seat);
    seat.answer("600");
    seat.must_read("600.00 USDT");
    seat.next();
    let answers = &seat.world.last("audit.sealed")["answers"];
    assert_eq!(answers["invalidation"], "95500");
    assert_eq!(answers["accepted"], "600");
    assert_eq!(answers["wrong"], WRONG);
}

#[test]
fn what_does_not_stand_any_more_is_said_beside_it_and_not_sealed() {
    let third = "Another entry comes with every weekly close";
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    for text in [WRONG, "96000", third, "1000"] {
        seat.answer(text);
    }
    seat.press_with(Modifiers::ALT, Key::Num1);
    select_all(&mut seat);
    // The first answer becomes the third one.
    seat.answer(third);
    seat.must_read(TOGETHER);
    seat.must_read("This is your first answer again");
    seat.next();
    seat.must_read(TOGETHER);
    assert_eq!(seat.world.audit_kinds(), ["audit.started"]);
    seat.press_with(Modifiers::ALT, Key::Num3);
    seat.must_read("3 of 4");
    select_all(&mut seat);
    seat.answer(NOTHING);
    seat.next();
    assert_eq!(seat.world.last("audit.sealed")["answers"]["wrong"], third);
}

#[test]
fn an_account_that_changed_meanwhile_is_said_and_no_word_is_lost() {
    let mut seat = written();
    // The account is set lower: the accepted loss is more than it holds.
    let mut terms = seat.app().state().accounts()[0].set.clone();
    terms.wallet_balance = crate::common::money("500");
    seat.press_with(Modifiers::ALT, Key::Num4);
    select_all(&mut seat);
    seat.answer("1000");
    seat.send(impulse_audit::app::Command::SetAccount(terms));
    seat.must_read("The account holds 500.00");
    for words in [WRONG, "96k", NOTHING, "1000"] {
        seat.must_read(words);
    }
    seat.next();
    seat.must_read(TOGETHER);
    assert!(!seat.world.kinds().contains(&"audit.sealed".to_owned()));
}

#[test]
fn back_and_walking_away_work_here_as_everywhere() {
    let mut seat = written();
    seat.press_with(Modifiers::ALT, Key::ArrowLeft);
    seat.must_read("4 of 4");
    seat.next();
    seat.must_read(TOGETHER);
    seat.press(Key::Escape);
    seat.must_read("Do nothing with this trade?");
    // A number means nothing behind the question.
    seat.press_with(Modifiers::ALT, Key::Num1);
    seat.must_read("Do nothing with this trade?");
    seat.press(Key::Escape);
    seat.must_read(TOGETHER);
    seat.press(Key::Escape);
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("You did nothing");
    assert_eq!(seat.world.last("audit.decided")["step"], "together");
}

#[test]
fn a_restart_comes_back_to_all_four() {
    let mut seat = written();
    seat.wait(1);
    let mut seat = seat.restart();
    seat.push("Continue the audit");
    seat.must_read(TOGETHER);
    for words in [WRONG, "96,000", NOTHING] {
        seat.must_read(words);
    }
    seat.press_with(Modifiers::ALT, Key::Num2);
    seat.next();
    seat.must_read(TOGETHER);
    seat.next();
    seat.must_read("Sealed");
}

#[test]
fn the_bar_stands_where_it_stood_at_every_step() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    let mut places = vec![(seat.place("Do nothing"), seat.place("Next"))];
    for text in [WRONG, "96000", NOTHING] {
        seat.answer(text);
        places.push((seat.place("Do nothing"), seat.place("Next")));
    }
    seat.answer("1000");
    places.push((seat.place("Do nothing"), seat.place("Seal them")));
    assert!(places.windows(2).all(|two| two[0] == two[1]), "{places:?}");
}

#[test]
fn looking_away_here_counts_as_well() {
    let mut seat = written();
    seat.focus_window(false);
    seat.wait(7);
    seat.focus_window(true);
    seat.next();
    let looks = &seat.world.last("audit.sealed")["manner"]["looks"];
    assert_eq!(looks["left"], 1);
    assert_eq!(looks["away_ms"], 7_000);
}

#[test]
fn a_seal_that_is_not_saved_keeps_all_four_on_the_screen() {
    let mut seat = written();
    seat.world.fs.refuse_from_now(ErrorKind::StorageFull);
    seat.next();
    for words in ["NOT SAVED", "Your answers are not sealed", WRONG, NOTHING] {
        seat.must_read(words);
    }
    seat.world.fs.heal();
    seat.push("Try again");
    seat.must_read("Sealed");
}

#[test]
fn text_that_is_typed_where_no_field_has_the_focus_does_nothing() {
    let mut seat = written();
    seat.event(Event::Text("sell everything".to_owned()));
    seat.must_read(WRONG);
    seat.must_not_read("sell everything");
}

//! Audits from Home to the journal, by keys alone.

use egui::Key;

use crate::common::{NOTHING, WRONG, World};
use crate::seat::Seat;

#[test]
fn an_audit_goes_from_home_to_the_journal_by_keys_alone() {
    let mut seat = Seat::with_account();
    seat.must_read("Nothing has to happen.");
    assert_eq!(seat.focused().as_deref(), Some("Start an audit"));
    seat.press(Key::Enter);
    seat.must_read("How are you right now?");
    seat.write_state();
    seat.write_ticket();
    seat.write_answers("1050");
    seat.must_read("Sealed");
    seat.wait(20);
    seat.must_read("If this goes wrong in isolated it can take");
    assert_eq!(seat.focused().as_deref(), Some("Do nothing"));
    seat.wait(5);
    seat.push("Proceed");
    seat.must_read("You decided to open");
    seat.must_read("Saved as entry 5 of your journal.");
    seat.push("See it in the journal");
    for words in [
        "BTC/USDT long, isolated, 20x",
        WRONG,
        NOTHING,
        "96,000",
        "1,000.00",
        "arousal 2",
        "fear of missing out",
        "Proceeded, 5 s after the reveal",
    ] {
        seat.must_read(words);
    }
    assert_eq!(
        seat.world.audit_kinds(),
        [
            "audit.started",
            "audit.sealed",
            "audit.revealed",
            "audit.decided"
        ]
    );
    let seat = seat.restart();
    seat.must_read("You decided to open. What became of it?");
}

#[test]
fn the_state_is_what_was_pressed_last_and_is_not_changed_by_going_on() {
    let mut seat = Seat::with_account();
    seat.begin();
    for key in [Key::Num0, Key::Num4, Key::Num3, Key::C, Key::B, Key::B] {
        seat.press_with(egui::Modifiers::ALT, key);
    }
    seat.next();
    let draft = seat.app().draft().unwrap();
    assert_eq!(draft.arousal.unwrap().get(), 3);
    assert_eq!(draft.tags.len(), 1);
}

#[test]
fn walking_away_is_two_keys_at_every_view_before_the_seal() {
    for views in 0..6 {
        let mut seat = Seat::with_account();
        seat.begin();
        let steps: [&dyn Fn(&mut Seat); 5] = [
            &|seat| seat.write_state(),
            &|seat| seat.write_ticket(),
            &|seat| seat.answer(WRONG),
            &|seat| seat.answer("96000"),
            &|seat| seat.answer(NOTHING),
        ];
        for step in &steps[..views] {
            step(&mut seat);
        }
        seat.press(Key::Escape);
        seat.must_read("Do nothing with this trade?");
        assert_eq!(seat.focused().as_deref(), Some("Do nothing"));
        seat.press(Key::Enter);
        seat.settle();
        seat.must_read("You did nothing");
        seat.must_not_read("Do nothing with this trade?");
        assert_eq!(
            seat.world.audit_kinds(),
            ["audit.started", "audit.decided"],
            "after {views} views"
        );
        let step = [
            "state",
            "ticket",
            "wrong",
            "invalidation",
            "nothing",
            "accepted",
        ][views];
        assert_eq!(seat.world.last("audit.decided")["step"], step);
    }
}

#[test]
fn a_second_escape_goes_on_writing_where_it_was() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.write("A daily close");
    seat.press(Key::Escape);
    seat.press(Key::Escape);
    seat.must_not_read("Do nothing with this trade?");
    seat.must_read("A daily close");
    seat.write(" under the shelf that held all week");
    seat.next();
    seat.must_read("2 of 4");
    assert!(
        !seat
            .world
            .audit_kinds()
            .contains(&"audit.decided".to_owned())
    );
}

#[test]
fn doing_nothing_is_one_key_while_waiting_and_at_the_numbers() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.write_answers("1050");
    seat.must_read("Sealed");
    assert_eq!(seat.focused().as_deref(), Some("Do nothing"));
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("You did nothing");

    let mut seat = Seat::with_account();
    seat.reach_the_numbers("1050");
    assert_eq!(seat.focused().as_deref(), Some("Do nothing"));
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("You did nothing");
    assert_eq!(seat.world.last("audit.decided")["choice"], "do_nothing");
}

#[test]
fn over_the_accepted_loss_proceeding_asks_for_a_sentence() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("400");
    seat.wait(5);
    seat.push("Proceed…");
    seat.must_read("This can take 1,000.00 and 19.60 in costs, you accepted 400.00.");
    assert!(seat.app().state().ended_count() == 0);
    // What opens has the focus: she writes at once.
    let name = "Why you take more than you accepted";
    assert_eq!(seat.focused().as_deref(), Some(name));
    seat.write("I size it down at the first target and watch it");
    seat.push("Proceed with this");
    seat.must_read("You decided to open");
    assert_eq!(
        seat.world.last("audit.decided")["flags"][0],
        "over_accepted"
    );
}

#[test]
fn what_opens_before_a_decision_has_the_focus_and_is_in_view() {
    let (world, app, _) = World::with_account();
    let mut seat = Seat::of_size(world, app, (700.0, 560.0), 100);
    seat.reach_the_numbers("400");
    seat.wait(5);
    let until = format!("15 min, {}", seat.clock_in(15 * 60));
    for (button, first) in [
        ("Proceed…", "Why you take more than you accepted"),
        ("Smaller…", "Quantity"),
        ("Wait…", until.as_str()),
        ("Proceed…", "Why you take more than you accepted"),
    ] {
        seat.push(button);
        assert_eq!(seat.focused().as_deref(), Some(first), "behind {button}");
        let (opened, bar) = (seat.place(first), seat.place("Do nothing"));
        assert!(opened.top() >= 0.0, "{first}: {opened}");
        assert!(
            opened.bottom() <= bar.top(),
            "{first}: {opened} behind {bar}"
        );
        // What closes gives the focus back.
        seat.press(Key::Escape);
        seat.must_read("If this goes wrong in isolated it can take");
        assert_eq!(seat.focused().as_deref(), Some(button));
    }
}

#[test]
fn the_enter_that_opened_the_ways_to_wait_chooses_none_while_it_is_held() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("1050");
    seat.tab_to("Wait…");
    for _ in 0..4 {
        seat.hold(egui::Modifiers::NONE, Key::Enter);
        seat.settle();
    }
    seat.must_read("Until when?");
    assert_eq!(seat.app().state().ended_count(), 0);
}

#[test]
fn a_letter_that_is_typed_where_no_field_has_the_focus_decides_nothing() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("400");
    seat.wait(5);
    let lines = seat.world.lines().len();
    for key in Key::ALL.iter().filter(|key| key.name().len() == 1) {
        let name = key.name();
        if !name.starts_with(|sign: char| sign.is_ascii_uppercase()) {
            continue;
        }
        seat.event(egui::Event::Text(name.to_lowercase()));
        seat.press(*key);
        seat.must_read("If this goes wrong in isolated");
    }
    seat.settle();
    assert_eq!(seat.world.lines().len(), lines);
    assert_eq!(seat.focused().as_deref(), Some("Do nothing"));
}

#[test]
fn a_smaller_size_is_shown_with_its_own_numbers_before_it_is_decided() {
    let mut seat = Seat::with_account();
    seat.reach_the_numbers("1050");
    seat.push("Smaller…");
    seat.fill("Quantity", "0.1");
    seat.push("Show the numbers for it");
    seat.must_read("Lowered: 0.1 BTC isolated instead of 0.2 isolated.");
    seat.must_read("500.00");
    seat.wait(5);
    seat.tab_to("Proceed, isolated");
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("You decided to trade, smaller");
}

#[test]
fn leaving_the_window_while_writing_is_counted_and_told_at_the_seal() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.focus_window(false);
    seat.wait(9);
    seat.focus_window(true);
    seat.must_read("You left this window once, for 9 s, while writing");
    seat.write_answers("1050");
    seat.must_read("You left this window once, for 9 s, while writing.");
    let looks = &seat.world.last("audit.sealed")["manner"]["looks"];
    assert_eq!(
        (&looks["left"], &looks["away_ms"]),
        (&1.into(), &9_000.into())
    );
}

#[test]
fn what_was_pasted_is_recorded_with_its_share() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.paste(WRONG);
    seat.next();
    seat.must_read("2 of 4");
    seat.answer("96000");
    seat.answer(NOTHING);
    seat.answer("1050");
    seat.seal();
    let pasted = &seat.world.last("audit.sealed")["manner"]["pasted"];
    assert_eq!(*pasted, serde_json::json!([100, 0]));
}

#[test]
fn going_back_loses_no_word() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.answer(WRONG);
    seat.write("96000");
    seat.press_with(egui::Modifiers::ALT, Key::ArrowLeft);
    seat.must_read("1 of 4");
    seat.must_read(WRONG);
    seat.next();
    seat.must_read("96,000");
}

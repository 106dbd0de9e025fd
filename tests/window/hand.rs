//! The window goes where the hand goes: what is typed past every field decides nothing, leads
//! nowhere and loses nothing; Space and Enter press only what is seen to have the focus.

use egui::{Event, Key, Modifiers};
use impulse_audit::app::{App, Command};
use impulse_audit::ui::Screen;

use crate::common::{WRONG, World, done, eth, stage};
use crate::promises::{arm, arming, free, open_ticket};
use crate::seat::Seat;

const SENTENCE: &str = "because it 0.08 dips 12 times";

/// Every state of every screen, by name.
fn states() -> Vec<(&'static str, Seat)> {
    let at_the_reveal = || {
        let mut seat = Seat::with_account();
        seat.reach_the_numbers("400");
        seat.wait(5);
        seat
    };
    let after = |mut seat: Seat, steps: &[&str]| {
        for name in steps {
            seat.push(name);
        }
        seat
    };
    let on = |screen| {
        let (world, mut app, account) = World::with_account();
        done(&mut app, Command::OpenPosition(eth(account)));
        let mut seat = Seat::before(world, app);
        seat.go(screen);
        seat
    };
    let in_audit = |steps: usize| {
        let mut seat = Seat::with_account();
        seat.begin();
        let all: [&dyn Fn(&mut Seat); 7] = [
            &Seat::write_state,
            &Seat::write_ticket,
            &|seat| seat.answer(WRONG),
            &|seat| seat.answer("96000"),
            &|seat| seat.answer("It has held for weeks, another entry comes without me."),
            &|seat| seat.answer("400"),
            &Seat::seal,
        ];
        for step in all.iter().take(steps) {
            step(&mut seat);
        }
        seat
    };
    let mut asked_to_leave = in_audit(3);
    asked_to_leave.press(Key::Escape);
    let mut met = free();
    arming(&mut met, "No cross at all");
    arm(&mut met, "No cross at all");
    open_ticket(&mut met, "Cross");
    let mut entered = at_the_reveal();
    entered.push("Proceed…");
    entered.write("It is small, and the stop stands where the idea is wrong");
    entered.push("Proceed with this");
    vec![
        ("first run", {
            let world = World::default();
            let app = world.app();
            Seat::before(world, app)
        }),
        ("home", on("Home")),
        ("journal, empty", on("Journal")),
        ("promises", on("Promises")),
        ("a promise", after(on("Promises"), &["Arm a promise…"])),
        ("account", on("Account")),
        ("a position", after(on("Account"), &["Add a position…"])),
        ("settings", on("Settings")),
        ("help", on("Help")),
        ("no audit", on("Audit")),
        ("state", in_audit(0)),
        ("ticket", in_audit(1)),
        ("wrong", in_audit(2)),
        ("invalidation", in_audit(3)),
        ("nothing", in_audit(4)),
        ("accepted", in_audit(5)),
        ("together", in_audit(6)),
        ("the wait", in_audit(7)),
        ("walking away", asked_to_leave),
        ("met by a promise", met),
        ("reveal", at_the_reveal()),
        ("reveal, proceed", after(at_the_reveal(), &["Proceed…"])),
        ("reveal, smaller", after(at_the_reveal(), &["Smaller…"])),
        ("reveal, wait", after(at_the_reveal(), &["Wait…"])),
        ("decided", entered),
        ("did nothing", after(at_the_reveal(), &["Do nothing"])),
        ("did nothing, in the journal", {
            after(at_the_reveal(), &["Do nothing", "See it in the journal"])
        }),
    ]
}

#[test]
fn doing_nothing_at_a_promise_is_an_end_like_any_other() {
    let mut seat = Seat::with_account();
    open_ticket(&mut seat, "Cross");
    // As quick as can be, and twice.
    seat.strike(&[Key::Tab, Key::Enter, Key::Enter]);
    seat.settle();
    seat.press(Key::Enter);
    seat.settle();
    for screen in ["Home", "Promises", "Journal"] {
        seat.go(screen);
        seat.must_not_read("being saved");
        seat.must_not_read("no audit");
    }
}

#[cfg(unix)]
#[test]
fn what_was_typed_right_before_the_window_is_closed_is_there_again() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.write("A daily close");
    seat.close();
    let mut seat = seat.restart();
    seat.go("Audit");
    seat.must_read("A daily close");
}

#[test]
fn the_palette_is_filtered_gone_through_and_left_by_keys_alone() {
    let ctrl = Modifiers::CTRL | Modifiers::COMMAND;
    let mut seat = Seat::with_account();
    seat.press_with(ctrl, Key::K);
    assert_eq!(seat.focused().as_deref(), Some("What to do"));
    seat.write("go to j");
    seat.must_read("Go to Journal");
    seat.must_not_read("Go to Account");
    seat.press(Key::Enter);
    seat.must_read("Nothing is written yet");
    // The third of the screens, by arrows; a letter more begins at the first again.
    seat.press_with(ctrl, Key::K);
    seat.write("go to");
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowUp] {
        seat.press(key);
    }
    seat.press(Key::Enter);
    assert_eq!(seat.screen(), Screen::Journal);
    seat.press_with(ctrl, Key::K);
    seat.write("help");
    seat.press(Key::Escape);
    seat.must_not_read("What to do");
    assert_eq!(seat.screen(), Screen::Journal);
}

#[test]
fn the_sheet_of_keys_says_those_of_the_view_and_is_closed_by_escape() {
    let mut seat = Seat::with_account();
    seat.begin();
    seat.press_with(Modifiers::SHIFT, Key::Questionmark);
    for words in [
        "Keys",
        "Go to Journal",
        "Ctrl+3",
        "Body: tense",
        "Alt+2",
        "F1",
    ] {
        seat.must_read(words);
    }
    seat.press(Key::Escape);
    seat.must_not_read("Ctrl+3");
    seat.must_not_read("Do nothing with this trade?");
    seat.must_read("How are you right now?");
}

/// What must stand: the journal, the screen, how far an audit is, what is typed in it.
fn held(seat: &Seat) -> (usize, Screen, String, String) {
    let draft = |app: &App| app.draft().map(|draft| format!("{:?}", draft.answers));
    let how_far = |app: &App| {
        let step = app.draft().map(|draft| draft.step);
        format!("{} {step:?}", stage(app))
    };
    (
        seat.world.lines().len(),
        seat.screen(),
        how_far(seat.app()),
        draft(seat.app()).unwrap_or_default(),
    )
}

#[test]
fn a_sentence_that_is_typed_anywhere_decides_nothing_leads_nowhere_and_is_not_lost() {
    for (name, mut seat) in states() {
        seat.settle();
        let (lines, screen, how_far, typed) = held(&seat);
        let (focus, field) = (seat.focused(), seat.typed_in_focus());
        seat.type_keys(SENTENCE);
        if let Some(before) = field {
            let now = seat.typed_in_focus().unwrap_or_default();
            assert_eq!(now, format!("{before}{SENTENCE}"), "{name}");
        } else {
            assert_eq!(held(&seat).3, typed, "{name}");
        }
        assert_eq!(seat.focused(), focus, "{name}: the focus stays");
        seat.press_at_once(Key::Enter);
        seat.settle();
        let (then, there, then_far, _) = held(&seat);
        assert_eq!((then, there, then_far), (lines, screen, how_far), "{name}");
        // Esc closes what is open, and asks where something would be ended.
        seat.press_at_once(Key::Escape);
        seat.settle();
        let (then, there, _, _) = held(&seat);
        assert_eq!((then, there), (lines, screen), "{name}: Esc");
    }
}

#[test]
fn no_letter_and_no_digit_is_a_key_of_its_own_on_any_screen() {
    for (name, mut seat) in states() {
        let before = held(&seat);
        let texts = seat.texts();
        if seat.typed_in_focus().is_some() {
            continue;
        }
        for key in Key::ALL.iter().filter(|key| key.name().len() == 1) {
            for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
                seat.press_with(modifiers, *key);
            }
        }
        assert_eq!(held(&seat), before, "{name}");
        assert_eq!(seat.texts(), texts, "{name}");
    }
}

#[test]
fn enter_presses_a_button_half_a_second_after_it_got_the_focus_by_itself_and_no_sooner() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.strike(&[Key::Escape, Key::Enter, Key::Space]);
    seat.must_read("Do nothing with this trade?");
    assert_eq!(seat.focused().as_deref(), Some("Do nothing"));
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("You did nothing");
}

#[test]
fn enter_presses_at_once_what_she_has_gone_to_herself() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    seat.strike(&[Key::Escape, Key::Tab, Key::Enter]);
    seat.must_not_read("Do nothing with this trade?");
    seat.must_read("1 of 4");
}

#[test]
fn a_button_out_of_sight_is_brought_back_by_enter_and_not_pressed() {
    let (world, app, _) = World::with_account();
    let mut seat = Seat::of_size(world, app, (700.0, 480.0), 100);
    seat.reach_the_numbers("1050");
    seat.tab_to("A gap");
    let bar = seat.place("Do nothing");
    seat.event(Event::PointerMoved(egui::pos2(350.0, 200.0)));
    seat.scroll(4_000.0);
    assert!(seat.place("A gap").top() > bar.top(), "it is out of sight");
    seat.press(Key::Enter);
    seat.must_not_read("What a gap");
    let there = seat.place("A gap");
    assert!(there.bottom() <= bar.top(), "{there} behind {bar}");
}

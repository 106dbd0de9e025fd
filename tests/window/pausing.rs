//! What the pause waits for, said as a fact behind the seal.

use egui::{Key, Modifiers};
use impulse_audit::app::Command;
use impulse_audit::market::Position;
use impulse_audit::record::PositionClosed;

use crate::common::{World, btc, done, eth, money, price};
use crate::seat::Seat;

const QUARTER: u64 = 15 * 60;

/// Sealed, with a state of these keys.
fn sealed_as(seat: &mut Seat, keys: &[Key]) {
    seat.begin();
    for key in keys {
        seat.press_with(Modifiers::ALT, *key);
    }
    seat.next();
    seat.write_ticket();
    seat.write_answers("1000");
}

/// Says what it waits for and until when; nothing on the view runs, and doing nothing has the
/// focus. At that time the numbers are there, and no sooner.
#[track_caller]
fn waits(seat: &mut Seat, reasons: &str) {
    let at = seat.clock_in(15 * 60);
    let said = format!("{reasons}: the numbers follow at {at}.");
    seat.must_read(&said);
    seat.must_read("The wait is counted from the audit's first screen.");
    seat.must_not_read("Worst case");
    assert_eq!(seat.focused().as_deref(), Some("Do nothing"));
    let before = seat.texts();
    seat.wait(QUARTER - 61);
    assert_eq!(seat.texts(), before, "no digit runs");
    seat.wait(60);
    seat.must_read(&said);
    seat.wait(1);
    seat.must_read("Worst case");
}

#[test]
fn a_state_that_races_is_waited_for() {
    let mut seat = Seat::with_account();
    sealed_as(&mut seat, &[Key::Num4]);
    waits(&mut seat, "Your state is 4, racing");
}

#[test]
fn several_reasons_are_one_sentence() {
    let mut seat = Seat::with_account();
    sealed_as(&mut seat, &[Key::Num3, Key::C, Key::R, Key::T]);
    waits(
        &mut seat,
        "Your state is 3, pulled, and you named revenge and chasing",
    );
}

#[test]
fn chasing_is_waited_for_by_itself_and_other_tags_are_not() {
    let mut seat = Seat::with_account();
    sealed_as(&mut seat, &[Key::Num1, Key::C]);
    waits(&mut seat, "You named chasing");

    let mut seat = Seat::with_account();
    sealed_as(
        &mut seat,
        &[Key::Num2, Key::B, Key::M, Key::L, Key::T, Key::N, Key::P],
    );
    seat.must_read("The numbers follow at");
    seat.must_not_read("The wait is counted from the audit's first screen.");
    seat.wait(20);
    seat.must_read("Worst case");
}

#[test]
fn a_loss_of_the_last_hour_is_waited_for() {
    for (minutes, liquidated) in [(59, false), (30, true)] {
        let (world, mut app, account) = World::with_account();
        let open = eth(account);
        let closed = PositionClosed {
            position: open.id,
            audit: None,
            price: price("1990"),
            wallet_balance: money("9950"),
            estimated: false,
            liquidated,
        };
        done(&mut app, Command::OpenPosition(open));
        done(&mut app, Command::ClosePosition(closed));
        let mut seat = Seat::before(world, app);
        seat.wait(minutes * 60);
        seat.reach_the_questions();
        seat.write_answers("1000");
        waits(&mut seat, "A loss was logged within the hour before");
    }
}

#[test]
fn a_window_that_was_left_three_times_is_waited_for_and_said_once() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    for seconds in [10, 8, 30] {
        seat.focus_window(false);
        seat.wait(seconds);
        seat.focus_window(true);
    }
    seat.write_answers("1000");
    let fact = "You left this window 3 times, 48 s, while writing";
    let at = seat.clock_in(15 * 60 - 48);
    seat.must_read(&format!("{fact}: the numbers follow at {at}"));
    seat.must_not_read(&format!("{fact}."));
    seat.wait(QUARTER - 49);
    seat.must_not_read("Worst case");
    seat.wait(1);
    seat.must_read("Worst case");
    // Beside the numbers it stands as a fact of its own.
    seat.must_read(&format!("{fact}."));
}

#[test]
fn a_window_that_was_left_for_a_minute_is_waited_for_and_for_less_it_is_not() {
    for (seconds, waits) in [(60, true), (59, false)] {
        let mut seat = Seat::with_account();
        seat.reach_the_questions();
        seat.focus_window(false);
        seat.wait(seconds);
        seat.focus_window(true);
        seat.write_answers("1000");
        let words = if waits { "1 min" } else { "59 s" };
        seat.must_read(&format!(
            "You left this window once, for {words}, while writing"
        ));
        assert_eq!(seat.reads("Worst case"), !waits, "{seconds} s");
    }
}

/// BTC long 0.2 from 100,000, isolated with 1,000, marked at 99,000; no promises in force.
fn before_a_loser() -> Seat {
    let (world, mut app, account) = World::without_promises();
    let open = crate::common::opened_as(btc(account), |was| Position {
        mark: price("99000"),
        ..was
    });
    done(&mut app, Command::OpenPosition(open));
    Seat::before(world, app)
}

/// Four answers to whatever is asked of that position.
fn answers(seat: &mut Seat) {
    seat.next();
    seat.answer(crate::common::WRONG);
    seat.answer("94000");
    seat.answer(crate::common::NOTHING);
    seat.answer("5000");
    seat.seal();
}

#[test]
fn an_increase_while_losing_is_waited_for_by_the_worse_of_two_prices() {
    // Filled below the entry though it stands above, and the other way round.
    for (at, now) in [("99500", "100500"), ("100500", "99500")] {
        let mut seat = before_a_loser();
        seat.begin();
        seat.write_state();
        seat.choose("Increase", "BTC/USDT long isolated");
        for (name, text) in [
            ("Entry price", at),
            ("Price now", now),
            ("Quantity", "0.1"),
            ("Leverage", "20"),
        ] {
            seat.fill(name, text);
        }
        answers(&mut seat);
        waits(&mut seat, "This adds to a position that loses");
        seat.must_read("Has the thesis changed, or the fear?");
    }
}

#[test]
fn a_switch_to_cross_is_waited_for() {
    let mut seat = before_a_loser();
    seat.begin();
    seat.write_state();
    seat.choose("Switch mode", "BTC/USDT long isolated");
    answers(&mut seat);
    waits(&mut seat, "This goes from isolated to cross");
}

#[test]
fn a_reduction_waits_for_nothing_whatever_her_state() {
    let mut seat = before_a_loser();
    seat.begin();
    seat.press_with(Modifiers::ALT, Key::Num4);
    seat.press_with(Modifiers::ALT, Key::R);
    seat.next();
    seat.choose("Reduce", "BTC/USDT long isolated");
    seat.fill("At which price", "99000");
    seat.fill("Quantity", "0.1");
    answers(&mut seat);
    seat.must_not_read("the numbers follow");
    seat.push("Proceed");
    seat.must_read("You decided to reduce");
}

#[test]
fn a_wait_goes_on_over_a_restart_and_its_sentence_is_the_same() {
    let mut seat = Seat::with_account();
    sealed_as(&mut seat, &[Key::Num4]);
    let at = seat.clock_in(15 * 60);
    seat.wait(10 * 60);
    let mut seat = seat.restart();
    seat.push("Continue the audit");
    seat.must_read(&format!(
        "Your state is 4, racing: the numbers follow at {at}."
    ));
    seat.wait(5 * 60 - 1);
    seat.must_not_read("Worst case");
    seat.wait(1);
    seat.must_read("Worst case");
}

#[test]
fn the_wordings_take_turns_said_once_and_no_button_moves() {
    let mut seat = Seat::with_account();
    let announced = "come in three wordings that take turns";
    let mut headings = Vec::new();
    let mut places = Vec::new();
    for n in 0..4 {
        // An audit that never came to the questions takes no turn.
        seat.begin();
        seat.walk_home();
        seat.reach_the_questions();
        assert_eq!(seat.reads(announced), n == 1, "audit {n}");
        let asked = [
            "What would I see if I were wrong?",
            "It is later, and I was wrong. What did I see?",
            "Something happens that ends this idea. What do I see?",
        ];
        headings.push(asked.iter().position(|words| seat.reads(words)).unwrap());
        places.push((seat.place("Do nothing"), seat.place("Next")));
        seat.walk_home();
    }
    assert_eq!(headings, [0, 1, 2, 0]);
    assert!(places.windows(2).all(|two| two[0] == two[1]), "{places:?}");
}

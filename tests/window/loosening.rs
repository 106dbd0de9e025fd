//! The ways out of a promise: the first minute, the waiting way, the emergency; and the offer
//! behind an isolated open.

use egui::{Key, Modifiers};
use impulse_audit::app::Stage;
use impulse_audit::journal::Clock as _;

use crate::common::World;
use crate::promises::{
    DAY, HOUR, arm, arming, choose, clock_time, free, holding, in_secs, on_day, open_ticket,
};
use crate::seat::Seat;

const WHY: &str = "The venue halts this market tonight and moves it to another pool";

fn ctrl_z(seat: &mut Seat) {
    seat.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::Z);
    seat.settle();
}

fn count_in_force(seat: &Seat) -> usize {
    let now = impulse_audit::record::seen(&seat.world.clock.now());
    seat.app().state().promises().in_force(&now).count()
}

fn no_cross_for_a_day() -> Seat {
    let mut seat = free();
    arming(&mut seat, "No cross at all");
    arm(&mut seat, "No cross at all");
    seat
}

#[test]
fn ctrl_z_takes_a_promise_back_within_sixty_seconds_on_any_screen() {
    let mut seat = no_cross_for_a_day();
    seat.wait(59);
    seat.go("Home");
    ctrl_z(&mut seat);
    seat.must_read("Taken back: No cross at all");
    assert_eq!(seat.world.kinds().last().unwrap(), "promise.undone");
    assert_eq!(count_in_force(&seat), 0);
    open_ticket(&mut seat, "Cross");
    seat.must_read("1 of 4");
}

#[test]
fn after_sixty_seconds_it_is_no_way_out_any_more() {
    let mut seat = no_cross_for_a_day();
    seat.wait(61);
    ctrl_z(&mut seat);
    assert!(!seat.world.kinds().contains(&"promise.undone".to_owned()));
    assert_eq!(count_in_force(&seat), 1);
}

#[test]
fn where_text_is_typed_ctrl_z_is_the_texts_own() {
    let mut seat = no_cross_for_a_day();
    arming(&mut seat, "No cross at all");
    seat.fill("Market", "eth");
    ctrl_z(&mut seat);
    assert_eq!(count_in_force(&seat), 1);
}

#[test]
fn the_first_minute_ends_on_the_screen_without_a_key() {
    let mut seat = no_cross_for_a_day();
    let wake = seat.app().next_wake().unwrap();
    assert!(wake.as_secs() <= 61, "{wake:?}");
    seat.wait(61);
    seat.must_not_read("Ctrl+Z takes it back");
}

/// A rule that always holds is loosened by the waiting way.
#[test]
fn a_loosening_waits_a_day_and_is_confirmed_within_another() {
    let mut seat = Seat::with_account();
    seat.go("Promises");
    seat.push("Ask for it to be loosened… No increase while losing");
    let ripe = in_secs(&seat, DAY);
    seat.must_read(&format!("It can be confirmed from {ripe}"));
    assert!(!seat.world.kinds().contains(&"promise.loosening".to_owned()));
    seat.push("Ask for it");
    seat.must_read(&format!(
        "Asked to be loosened; it can be confirmed from {ripe}, and holds meanwhile"
    ));
    assert_eq!(count_in_force(&seat), 3);
    seat.wait(DAY - 1);
    seat.must_read("holds meanwhile");
    seat.wait(1);
    seat.must_read(&format!(
        "it can be confirmed until {}",
        in_secs(&seat, DAY)
    ));
    seat.push("Confirm it");
    assert_eq!(count_in_force(&seat), 2);
    let on = on_day(seat.world.clock.now().wall);
    seat.wait(DAY);
    seat.push("Show 1 rule that is over");
    seat.must_read(&format!("Loosened by the waiting way on {on}"));
}

#[test]
fn a_request_can_be_cancelled_at_once_and_lapses_by_itself() {
    let mut seat = Seat::with_account();
    seat.go("Promises");
    seat.push("Ask for it to be loosened… No increase while losing");
    seat.push("Ask for it");
    seat.push("Cancel the request");
    seat.must_not_read("Asked to be loosened");
    seat.push("Ask for it to be loosened… No increase while losing");
    seat.push("Ask for it");
    seat.wait(2 * DAY);
    seat.must_not_read("Asked to be loosened");
    assert_eq!(count_in_force(&seat), 3);
}

#[test]
fn what_ends_before_a_loosening_could_says_so() {
    let mut seat = no_cross_for_a_day();
    seat.wait(61);
    seat.push("Ask for it to be loosened… No cross at all");
    seat.must_read("It ends by itself in 23 h 58 min, before a loosening could.");
    seat.must_not_read("It can be confirmed from");
}

#[test]
fn an_emergency_release_takes_a_sentence_and_fifteen_minutes_once_in_seven_days() {
    let mut seat = no_cross_for_a_day();
    seat.push("Emergency release… No cross at all");
    seat.must_read("Not in the first 60 seconds.");
    seat.wait(60);
    let end = seat.world.clock.now().wall + chrono::TimeDelta::minutes(15);
    let end = clock_time(end);
    seat.must_read("15 minutes from now. The release and your sentence are on record for ever");
    seat.fill("Why, in one sentence", "now");
    seat.push("Release it");
    seat.must_read("This answer needs three different words; you have 1.");
    seat.fill("Why, in one sentence", &format!(". {WHY}"));
    seat.push("Release it");
    seat.must_read(&format!("Until {end}"));
    seat.must_read(WHY);
    // Meanwhile it holds.
    open_ticket(&mut seat, "Cross");
    assert!(matches!(seat.app().stage(), Stage::Blocked(_)));
    seat.wait(15 * 60);
    seat.push("Back");
    seat.next();
    seat.must_read("1 of 4");
    seat.walk_home();
    arming(&mut seat, "No cross at all");
    arm(&mut seat, "No cross at all");
    seat.wait(61);
    seat.push("Emergency release… No cross at all");
    seat.must_read("One release in seven days. The next one is possible in 6 d 23 h.");
    seat.push("Show 1 promise and 3 rules that are over");
    seat.must_read("Released in an emergency");
    seat.must_read(WHY);
}

#[test]
fn a_rule_offers_no_emergency_release() {
    let mut seat = Seat::with_account();
    seat.go("Promises");
    seat.must_read("Ask for it to be loosened… No increase while losing");
    seat.must_not_read("Emergency release…");
}

#[test]
fn an_isolated_open_is_offered_a_day_without_a_switch() {
    let mut seat = free();
    seat.reach_the_numbers("1050");
    seat.wait(5);
    seat.push("Proceed");
    seat.must_read("You decided to open");
    // Home comes first and has the focus: the offer is in nobody's way.
    assert_eq!(seat.focused().as_deref(), Some("Home"));
    let end = in_secs(&seat, DAY);
    seat.must_read(&format!(
        "No switch from isolated to cross on BTC/USDT until {end}, 24 h from now"
    ));
    seat.press_with(Modifiers::ALT, Key::L);
    seat.settle();
    seat.must_read(&format!(
        "No switch from isolated to cross on BTC/USDT, armed until {end}"
    ));
    seat.must_read("Ctrl+Z takes it back until");
    let armed = seat.world.last("promise.armed");
    assert_eq!(armed["kind"], "no-switch-to-cross");
    assert_eq!(armed["scope"]["symbol"], "BTC/USDT");
    assert_eq!(armed["audit"], seat.world.last("audit.decided")["audit"]);
    assert_eq!(armed["holds"]["for"], DAY);
    ctrl_z(&mut seat);
    assert_eq!(count_in_force(&seat), 0);
    seat.push("Arm it");
    assert_eq!(count_in_force(&seat), 1);
    seat.wait(61);
    seat.must_read("armed until");
    seat.must_not_read("Ctrl+Z takes it back");
    assert_eq!(seat.focused().as_deref(), Some("Home"));
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("Nothing has to happen.");
    seat.must_read("No switch from isolated to cross on BTC/USDT");
    seat.push("1 promise");
    seat.must_read("In force");
}

#[test]
fn doing_nothing_is_offered_no_promise() {
    let mut seat = free();
    seat.reach_the_numbers("1050");
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("You did nothing");
    seat.must_not_read("you can promise");
    seat.press_with(Modifiers::ALT, Key::L);
    seat.settle();
    assert_eq!(count_in_force(&seat), 0);
}

/// A lock that holds while BTC is open, and seven days without a word about it.
fn silence() -> Seat {
    let mut seat = holding("99000");
    arming(&mut seat, "No switch to cross");
    choose(&mut seat, "1 h");
    arm(&mut seat, "No switch from isolated to cross");
    seat.wait(HOUR);
    arming(&mut seat, "No switch to cross");
    choose(&mut seat, "While BTC/USDT long is open");
    arm(&mut seat, "No switch from isolated to cross on BTC/USDT");
    seat.go("Home");
    seat.must_not_read("still open?");
    seat.wait(7 * DAY);
    seat.must_read("Is BTC/USDT still open?");
    seat
}

#[test]
fn a_position_nothing_was_heard_of_is_asked_about_once() {
    let mut seat = silence();
    seat.push("Still open");
    seat.must_not_read("still open?");
    assert_eq!(count_in_force(&seat), 1);
    seat.wait(7 * DAY);
    seat.must_not_read("still open?");
}

#[test]
fn a_close_by_word_alone_is_taken_and_marked_unverified() {
    let mut seat = silence();
    let two_days_ago = seat.world.clock.now().wall - chrono::TimeDelta::days(2);
    let typed = two_days_ago
        .with_timezone(&chrono::Local)
        .format("%Y-%m-%d");
    seat.fill("It was closed on", &typed.to_string());
    seat.push("It was closed then");
    assert_eq!(seat.world.last("promise.closed")["unverified"], true);
    assert_eq!(count_in_force(&seat), 0);
    seat.go("Promises");
    seat.push("Show 2 promises and 3 rules that are over");
    seat.must_read("Ended with a close, unverified");
}

#[test]
fn from_the_promise_that_was_met_the_way_leads_to_its_loosening() {
    let (world, app, _) = World::with_account();
    let mut seat = Seat::before(world, app);
    open_ticket(&mut seat, "Cross");
    seat.must_read("It holds from the beginning, until you loosen it.");
    seat.push("Ask for this rule to be loosened…");
    seat.must_read("In force");
    assert_eq!(
        seat.focused().as_deref(),
        Some("Ask for it to be loosened… Cross only with a plan that was written before")
    );
    seat.push("Ask for it");
    assert_eq!(seat.world.kinds().last().unwrap(), "promise.loosening");
    // The ticket as it was typed is still there.
    seat.go("Audit");
    seat.push("Back");
    seat.must_read("What do you want to do?");
    seat.must_read("btc");
}

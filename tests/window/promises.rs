//! Every promise of the table: armed by keys alone, met at the audit, never reaching the pause.

use chrono::{DateTime, Local, TimeDelta, Utc};
use egui::{Key, Modifiers};
use impulse_audit::app::{Command, Stage};
use impulse_audit::engine::Backing;
use impulse_audit::journal::Clock as _;
use impulse_audit::market::Position;
use impulse_audit::promises::{STAYS_POSSIBLE, WITH_A_RECORD};

use crate::common::{World, done, eth, flat, money, price, quantity, symbol};
use crate::seat::Seat;

pub(crate) const DAY: u64 = 24 * 3600;
pub(crate) const HOUR: u64 = 3600;

/// As the screens write an instant.
pub(crate) fn clock_time(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local)
        .format("%a %-d %b %H:%M")
        .to_string()
}

/// As the screens tell when something was.
pub(crate) fn on_day(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local)
        .format("%a %-d %b at %H:%M")
        .to_string()
}

/// A time to come, so many seconds from now.
pub(crate) fn in_secs(seat: &Seat, secs: u64) -> String {
    let left = TimeDelta::try_seconds(i64::try_from(secs).unwrap()).unwrap();
    clock_time(seat.world.clock.now().wall + left)
}

/// Before a window with nothing promised and no position open.
pub(crate) fn free() -> Seat {
    let (world, app, _) = World::without_promises();
    Seat::before(world, app)
}

/// The same with BTC long 0.2 at 100,000 and this mark, isolated with 1,000.
pub(crate) fn holding(mark: &str) -> Seat {
    let (world, mut app, account) = World::without_promises();
    let opened = crate::common::opened_as(eth(account), |was| Position {
        symbol: symbol("BTC/USDT"),
        quantity: quantity("0.2"),
        entry: price("100000"),
        mark: price(mark),
        backing: Backing::Isolated {
            margin: money("1000"),
        },
        rules: flat("0.004"),
        ..was
    });
    done(&mut app, Command::OpenPosition(opened));
    Seat::before(world, app)
}

pub(crate) fn choose(seat: &mut Seat, name: &str) {
    seat.tab_to(name);
    seat.press(Key::Space);
}

/// From anywhere to the form, with a kind chosen.
pub(crate) fn arming(seat: &mut Seat, kind: &str) {
    seat.go("Promises");
    seat.must_read("What you bind yourself to");
    assert_eq!(seat.focused().as_deref(), Some("Arm a promise…"));
    seat.press(Key::Enter);
    seat.must_read("Arm a promise");
    choose(seat, kind);
}

/// Arms it, and reads on the list that it stands there with its end.
pub(crate) fn arm(seat: &mut Seat, sentence: &str) {
    seat.must_read(sentence);
    for words in [STAYS_POSSIBLE, WITH_A_RECORD] {
        seat.must_read(words);
    }
    let before = seat.app().state().promises().locks().len();
    seat.push("Arm it");
    assert_eq!(seat.app().state().promises().locks().len(), before + 1);
    seat.must_read("In force");
    seat.must_read(sentence);
    seat.must_read("Ctrl+Z takes it back until");
}

/// The ticket that was sent never reached the pause, and no number of the engine appeared.
pub(crate) fn met(seat: &mut Seat, sentence: &str) {
    assert!(matches!(seat.app().stage(), Stage::Blocked(_)));
    seat.must_read("You promised");
    seat.must_not_read("from the beginning");
    seat.must_read(sentence);
    seat.must_read(STAYS_POSSIBLE);
    let seq = seat.world.lines().len() - 1;
    assert_eq!(seat.world.kinds()[seq], "promise.tried");
    seat.must_read(&format!("This try is in the journal as entry {seq}."));
    for words in ["1 of 4", "Sealed", "If this goes wrong", "Worst case"] {
        seat.must_not_read(words);
    }
    seat.wait(20 * 60);
    assert!(matches!(seat.app().stage(), Stage::Blocked(_)));
    assert!(
        !seat
            .world
            .audit_kinds()
            .iter()
            .any(|kind| kind == "audit.sealed" || kind == "audit.revealed")
    );
    assert_eq!(seat.focused().as_deref(), Some("Back"));
}

/// BTC long 0.2 at 100,000 with 20x, in this mode; sent.
pub(crate) fn open_ticket(seat: &mut Seat, mode: &str) {
    seat.begin();
    seat.write_state();
    open_ticket_written(seat, mode);
}

fn open_ticket_written(seat: &mut Seat, mode: &str) {
    seat.tab_to("Market");
    seat.write("btc");
    choose(seat, "Long");
    choose(seat, mode);
    seat.fill("Entry price", "100000");
    seat.fill("Quantity", "0.2");
    seat.fill("Leverage", "20");
    seat.next();
}

/// A ticket about the position that is held.
fn about_the_held(seat: &mut Seat, intent: &str, numbers: &[(&str, &str)]) {
    seat.begin();
    seat.write_state();
    choose(seat, intent);
    choose(seat, "BTC/USDT long isolated");
    for (name, number) in numbers {
        seat.fill(name, number);
    }
    seat.next();
}

/// Logs that the held position is closed.
pub(crate) fn log_a_close(seat: &mut Seat, at: &str, by_the_venue: bool) {
    seat.go("Account");
    seat.push("It is closed: BTC/USDT long…");
    seat.fill("At which price", at);
    if by_the_venue {
        choose(seat, "The venue closed it");
    }
    seat.next();
    assert!(seat.app().state().accounts()[0].positions.is_empty());
}

#[test]
fn a_switch_to_cross_is_met_in_the_words_written_when_calm() {
    let mut seat = holding("99000");
    arming(&mut seat, "No switch to cross");
    seat.fill("Market", "btcusdt");
    let words = "If I want cross it is because I cannot take the loss";
    seat.fill(
        "What would you tell yourself in the moment in which you want to break it?",
        words,
    );
    let end = in_secs(&seat, DAY);
    seat.must_read(&format!("Until {end}, 24 h from now"));
    arm(&mut seat, "No switch from isolated to cross on BTC/USDT");
    seat.must_read(&format!("Until {end}"));
    about_the_held(&mut seat, "Switch mode", &[("Price now", "98000")]);
    seat.must_read(words);
    seat.must_read("BTC/USDT long · switch isolated → cross");
    met(
        &mut seat,
        &format!("No switch from isolated to cross on BTC/USDT until {end}"),
    );
    seat.push("Close the position…");
    seat.must_read("Who closed it");
}

#[test]
fn the_end_is_a_clock_time_and_minutes_are_told_on_request_alone() {
    let mut seat = free();
    arming(&mut seat, "No cross at all");
    arm(&mut seat, "No cross at all");
    seat.wait(61);
    seat.must_not_read("Ctrl+Z takes it back");
    seat.must_not_read("23 h 58 min");
    seat.push("How long is that, No cross at all");
    seat.must_read("23 h 58 min from");
    // They do not run: what was told stands as it was told.
    seat.wait(10 * 60);
    seat.must_read("23 h 58 min from");
    seat.push("How long is that, No cross at all");
    seat.must_not_read("23 h");
}

#[test]
fn no_cross_meets_a_cross_ticket_and_lets_an_isolated_one_pass() {
    let mut seat = free();
    arming(&mut seat, "No cross at all");
    choose(&mut seat, "4 h");
    let end = in_secs(&seat, 4 * HOUR);
    seat.must_read(&format!("Until {end}, 4 h from now"));
    arm(&mut seat, "No cross at all");
    open_ticket(&mut seat, "Cross");
    met(&mut seat, &format!("No cross at all until {end}"));
    seat.push("Back");
    choose(&mut seat, "Isolated");
    seat.next();
    seat.must_read("1 of 4");
}

#[test]
fn nothing_starts_by_itself_once_a_lock_is_over() {
    let mut seat = free();
    arming(&mut seat, "No cross at all");
    choose(&mut seat, "1 h");
    arm(&mut seat, "No cross at all");
    let end = seat.world.clock.now().wall + chrono::TimeDelta::hours(1);
    open_ticket(&mut seat, "Cross");
    met(&mut seat, "No cross at all");
    seat.wait(HOUR);
    assert!(matches!(seat.app().stage(), Stage::Blocked(_)));
    seat.push("Back");
    seat.next();
    seat.must_read("1 of 4");
    seat.walk_home();
    seat.go("Promises");
    seat.wait(7);
    seat.push("Show 1 promise and 3 rules that are over");
    seat.must_read(&format!("Ended by itself on {}", on_day(end)));
}

#[test]
fn no_margin_to_a_loser_meets_a_rescue() {
    let mut seat = holding("99000");
    arming(&mut seat, "No margin to a loser");
    seat.must_read("Always; to loosen it takes a request, 24 h of waiting, and a confirmation");
    arm(&mut seat, "No margin added to a losing position");
    about_the_held(&mut seat, "Add margin", &[("Margin to add", "300")]);
    met(&mut seat, "No margin added to a losing position");
    seat.must_read("Only a plan that was written before the loss allows it.");
}

#[test]
fn no_increase_while_losing_meets_an_increase() {
    let mut seat = holding("99000");
    arming(&mut seat, "No increase while losing");
    arm(&mut seat, "No increase while losing");
    about_the_held(
        &mut seat,
        "Increase",
        &[
            ("Entry price", "99000"),
            ("Quantity", "0.1"),
            ("Leverage", "20"),
        ],
    );
    met(&mut seat, "No increase while losing");
}

#[test]
fn a_pause_after_a_loss_begins_with_the_logged_loss_and_ends_by_itself() {
    let mut seat = holding("99000");
    arming(&mut seat, "A pause after a loss");
    arm(&mut seat, "No new risk for 1 h after a loss");
    seat.wait(2 * HOUR);
    log_a_close(&mut seat, "98000", false);
    let end = in_secs(&seat, HOUR);
    open_ticket(&mut seat, "Isolated");
    met(
        &mut seat,
        &format!("No new risk for 1 h after a loss until {end}"),
    );
    seat.wait(HOUR);
    seat.push("Back");
    seat.next();
    seat.must_read("1 of 4");
}

#[test]
fn a_pause_after_a_liquidation_begins_with_a_close_by_the_venue() {
    let mut seat = holding("99000");
    arming(&mut seat, "A pause after a liquidation");
    arm(&mut seat, "No new risk for 24 h after a liquidation");
    log_a_close(&mut seat, "95500", true);
    let end = in_secs(&seat, DAY);
    open_ticket(&mut seat, "Isolated");
    met(
        &mut seat,
        &format!("No new risk for 24 h after a liquidation until {end}"),
    );
}

#[test]
fn at_most_one_open_meets_the_second() {
    let mut seat = free();
    arming(&mut seat, "At most so many opens");
    seat.fill("How many opens", "1");
    arm(&mut seat, "At most 1 open in 24 h");
    seat.reach_the_numbers("1050");
    seat.wait(5);
    seat.push("Proceed");
    seat.must_read("You decided to open");
    let end = in_secs(&seat, DAY);
    seat.push("Home");
    seat.begin();
    seat.write_state();
    seat.tab_to("Market");
    seat.write("eth");
    choose(&mut seat, "Short");
    seat.fill("Entry price", "2000");
    seat.fill("Quantity", "1");
    seat.fill("Leverage", "5");
    seat.fill("Maintenance rate", "0.5");
    seat.next();
    assert!(matches!(seat.app().stage(), Stage::Blocked(_)));
    seat.must_read(&format!("At most 1 open in 24 h until {end}"));
    seat.must_not_read("1 of 4");
}

#[test]
fn a_highest_leverage_meets_what_is_above_it() {
    let mut seat = free();
    arming(&mut seat, "A highest leverage");
    seat.fill("Isolated, at most", "10x");
    arm(&mut seat, "Leverage at most 10x isolated");
    open_ticket(&mut seat, "Isolated");
    met(&mut seat, "Leverage at most 10x isolated");
}

#[test]
fn cross_that_needs_a_plan_says_so_and_leads_to_writing_one() {
    let mut seat = free();
    arming(&mut seat, "Cross only with a plan");
    arm(&mut seat, "Cross only with a plan that was written before");
    open_ticket(&mut seat, "Cross");
    met(&mut seat, "Cross only with a plan that was written before");
    seat.must_read("You promised a plan first.");
    seat.must_read("A plan counts 60 minutes after it is written");
    seat.push("Write a plan…");
    seat.must_read("Write a plan");
    // Market and side are facts of the ticket; no number is taken over.
    seat.must_read("BTC/USDT");
    for number in ["100000", "100,000", "20,000", "1,000.00"] {
        seat.must_not_read(number);
    }
}

#[test]
fn in_a_narrow_window_the_end_is_brought_into_view_before_it_is_armed() {
    for (size, zoom) in [((420.0, 560.0), 100), ((420.0, 560.0), 200)] {
        let (world, app, _) = World::without_promises();
        let mut seat = Seat::of_size(world, app, size, zoom);
        arming(&mut seat, "No cross at all");
        seat.next();
        assert!(!seat.world.kinds().contains(&"promise.armed".to_owned()));
        assert_eq!(seat.focused().as_deref(), Some("Arm it"));
        seat.press(Key::Enter);
        seat.settle();
        assert_eq!(seat.world.last("promise.armed")["kind"], "no-cross");
        seat.must_read("Ctrl+Z takes it back until");
    }
}

#[test]
fn several_promises_are_all_shown_the_gravest_first() {
    let mut seat = free();
    arming(&mut seat, "No cross at all");
    choose(&mut seat, "4 h");
    arm(&mut seat, "No cross at all");
    arming(&mut seat, "A highest leverage");
    seat.fill("Cross, at most", "3");
    arm(&mut seat, "Leverage at most 3x cross");
    open_ticket(&mut seat, "Cross");
    let texts = seat.texts();
    let place = |words: &str| texts.iter().position(|text| text.starts_with(words));
    let (always, ends) = (
        place("Leverage at most 3x cross"),
        place("No cross at all until"),
    );
    assert!(always.unwrap() < ends.unwrap(), "{texts:#?}");
}

#[test]
fn doing_nothing_at_a_promise_is_one_key() {
    let mut seat = Seat::with_account();
    open_ticket(&mut seat, "Cross");
    assert!(matches!(seat.app().stage(), Stage::Blocked(_)));
    seat.push("Do nothing");
    seat.must_read("Nothing has to happen.");
    assert!(seat.app().draft().is_none());
}

#[test]
fn emergency_releases_can_be_switched_off() {
    let mut seat = free();
    arming(&mut seat, "No cross at all");
    arm(&mut seat, "No cross at all");
    arming(&mut seat, "No emergency release");
    seat.must_not_read("every market, if left empty");
    arm(&mut seat, "No emergency release");
    seat.wait(61);
    seat.push("Emergency release… No cross at all");
    seat.must_read("You have switched emergency releases off.");
    seat.must_not_read("Why, in one sentence");
}

#[test]
fn a_promise_while_a_position_is_open_ends_with_its_close() {
    let mut seat = holding("99000");
    // A first lock is at most 24 h: longer ones cannot be chosen, and that is said.
    arming(&mut seat, "No switch to cross");
    seat.must_read("A first lock is at most 24 h. The next one may be longer.");
    choose(&mut seat, "1 h");
    arm(&mut seat, "No switch from isolated to cross");
    seat.wait(HOUR);
    arming(&mut seat, "No switch to cross");
    seat.must_not_read("A first lock is at most 24 h");
    choose(&mut seat, "While BTC/USDT long is open");
    seat.must_read("Until you log that the position is closed");
    arm(&mut seat, "No switch from isolated to cross on BTC/USDT");
    about_the_held(&mut seat, "Switch mode", &[("Price now", "98000")]);
    met(
        &mut seat,
        "No switch from isolated to cross on BTC/USDT while the position is open",
    );
    seat.push("Close the position…");
    seat.fill("At which price", "98000");
    seat.next();
    seat.go("Promises");
    seat.must_read("Nothing is promised now.");
}

#[test]
fn a_length_of_ones_own_is_read_and_a_first_lock_is_refused_beside_the_form() {
    let mut seat = free();
    arming(&mut seat, "No cross at all");
    choose(&mut seat, "Another length");
    seat.fill("Your own length", "soon");
    seat.push("Arm it");
    seat.must_read("This is not a length of time.");
    seat.press_with(Modifiers::SHIFT, Key::Tab);
    seat.tab_to("Your own length");
    seat.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::A);
    seat.write("36h");
    seat.must_read("1 d 12 h");
    seat.push("Arm it");
    seat.must_read("A first lock is at most 24 h. Try a day; the next one may be longer.");
    // Nothing typed is lost by it.
    seat.must_read("36h");
    assert!(!seat.world.kinds().contains(&"promise.armed".to_owned()));
    seat.tab_to("Your own length");
    seat.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::A);
    seat.write("20h");
    let end = in_secs(&seat, 20 * HOUR);
    seat.must_read(&format!("Until {end}, 20 h from now"));
    arm(&mut seat, "No cross at all");
}

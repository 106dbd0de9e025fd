//! What is to be done beside any number: an experiment's place, one quiet line where it applies,
//! and never two on one screen.

use egui::{Key, Modifiers};
use impulse_audit::app::Command;
use impulse_audit::engine::Backing;
use impulse_audit::market::Position;
use impulse_audit::record::PositionOpened;
use impulse_audit::wording::{wait, warning};

use crate::common::{NOTHING, WRONG, World, btc, done, eth, price};
use crate::seat::Seat;

const ITS_PLACE: &str = "Isolated is the place of an experiment";
const NOT_THERE: &str = "An experiment has its place in isolated";
const ALREADY: &str = "This experiment is isolated already";

/// The lines of what is to be heeded on the screen.
fn lines(seat: &Seat) -> Vec<&'static str> {
    let texts = seat.texts();
    let count = |line: &str| texts.iter().filter(|text| text.contains(line)).count();
    warning::LINES
        .into_iter()
        .flat_map(|line| std::iter::repeat_n(line, count(line)))
        .collect()
}

/// One line stands on the screen, and it begins so.
#[track_caller]
fn has(seat: &Seat, begins: &str) {
    let lines = lines(seat);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with(begins), "{lines:?} is not {begins:?}");
}

#[track_caller]
fn has_none(seat: &Seat) {
    assert!(lines(seat).is_empty(), "{:?}", lines(seat));
}

fn tag(seat: &mut Seat) {
    seat.tab_to("An experiment");
    seat.press(Key::Space);
}

/// From the first question to the numbers; no screen on the way has a line.
fn to_the_numbers(seat: &mut Seat, invalidation: &str) {
    for answer in [WRONG, invalidation, NOTHING, "5000"] {
        has_none(seat);
        seat.answer(answer);
    }
    has_none(seat);
    seat.seal();
    has_none(seat);
    seat.wait(20);
    seat.must_read("Worst case");
}

#[test]
fn an_experiment_is_tagged_by_one_key_and_isolated_is_said_to_be_its_place() {
    let mut seat = Seat::with_account();
    seat.begin();
    seat.write_state();
    has_none(&seat);
    tag(&mut seat);
    has(&seat, ITS_PLACE);
    // Where it would stand in cross, too, it is said and holds nothing up.
    seat.tab_to("Cross");
    seat.press(Key::Space);
    has(&seat, NOT_THERE);
    seat.tab_to("Isolated");
    seat.press(Key::Space);
    has(&seat, ITS_PLACE);
    tag(&mut seat);
    has_none(&seat);
    tag(&mut seat);
    seat.tab_to("Market");
    seat.write("btc");
    seat.tab_to("Long");
    seat.press(Key::Space);
    seat.fill("Entry price", "100000");
    seat.fill("Quantity", "0.2");
    seat.fill("Leverage", "10");
    seat.next();
    seat.must_read("BTC/USDT long · isolated · 10x · experiment");
    to_the_numbers(&mut seat, "96000");
    has(&seat, ITS_PLACE);
    assert_eq!(
        seat.world.last("audit.started")["ticket"]["experiment"],
        true
    );
    seat.press(Key::Enter);
    seat.settle();
    has_none(&seat);
    seat.push("See it in the journal");
    seat.must_read("· experiment · arousal 2 · fear of missing out");
}

#[test]
fn what_is_not_tagged_says_nothing_of_experiments_and_has_its_own_line() {
    let mut seat = Seat::with_account();
    seat.reach_the_questions();
    to_the_numbers(&mut seat, "96000");
    // 20x closes at −4.62 %.
    has(&seat, "Compare the way to the liquidation");
    seat.must_not_read("xperiment");
    let started = seat.world.last("audit.started");
    assert_eq!(started["ticket"].get("experiment"), None);
}

/// A position in BTC whose open was audited, tagged or not.
fn opened(tagged: bool, open: impl Fn(PositionOpened) -> PositionOpened) -> Seat {
    let (world, mut app, account) = World::without_promises();
    done(&mut app, Command::OpenPosition(eth(account)));
    let mut seat = Seat::before(world, app);
    seat.begin();
    seat.write_state();
    if tagged {
        tag(&mut seat);
        seat.tab_to("Market");
    }
    seat.tab_to("Market");
    seat.hand_in_ticket();
    to_the_numbers(&mut seat, "96000");
    seat.wait(5);
    seat.push("Proceed");
    seat.push("Home");
    has_none(&seat);
    let story = seat.app().state().unfollowed().next().unwrap();
    let position = PositionOpened {
        audit: Some(story.audit),
        ..crate::common::opened_as(btc(account), |was| Position {
            mark: price("100000"),
            ..was
        })
    };
    seat.send(Command::OpenPosition(open(position)));
    seat
}

#[test]
fn once_it_is_open_it_is_to_be_watched_until_the_stop_is_told() {
    let mut seat = opened(false, |open| open);
    has(&seat, "An isolated position wants watching");
    seat.go("Account");
    has(&seat, "An isolated position wants watching");
    seat.press_with(Modifiers::ALT, Key::P);
    seat.settle();
    has_none(&seat);

    let seat = opened(false, |open| {
        crate::common::opened_as(open, |was| Position {
            backing: Backing::Cross,
            ..was
        })
    });
    has(&seat, "Ask what else would lose on the same day");
}

#[test]
fn what_is_done_to_an_experiment_needs_no_tag() {
    let mut seat = opened(true, |open| open);
    seat.press_with(Modifiers::ALT, Key::P);
    seat.settle();
    seat.begin();
    seat.write_state();
    seat.choose("Increase", "BTC/USDT long isolated");
    seat.must_read("You entered it as an experiment");
    has(&seat, ALREADY);
    assert!(!seat.texts().contains(&"An experiment".to_owned()));
    seat.fill("Entry price", "100000");
    seat.fill("Quantity", "0.1");
    seat.fill("Leverage", "10");
    seat.next();
    seat.must_read("Increase · BTC/USDT long · isolated · 10x · experiment");
    seat.walk_home();
    // Getting out is asked for nothing.
    seat.begin();
    seat.write_state();
    seat.choose("Close", "BTC/USDT long isolated");
    seat.must_read("You entered it as an experiment");
    has_none(&seat);
}

#[test]
fn a_rescue_has_one_line_while_it_waits_and_one_beside_the_numbers() {
    let (world, mut app, account) = World::without_promises();
    let open = crate::common::opened_as(btc(account), |was| Position {
        mark: price("99000"),
        ..was
    });
    done(&mut app, Command::OpenPosition(open));
    let mut seat = Seat::before(world, app);
    seat.begin();
    seat.write_state();
    seat.choose("Add margin", "BTC/USDT long isolated");
    has_none(&seat);
    seat.fill("Margin to add", "400");
    seat.next();
    for answer in [WRONG, "94000", NOTHING, "5000"] {
        seat.answer(answer);
    }
    seat.seal();
    has(&seat, wait::RESCUE);
    seat.wait(15 * 60);
    seat.must_read("Worst case");
    has(&seat, "More room is not more safety");
}

//! Rules, waits and thresholds on one page in the settings, by keys alone: stricter at once, looser
//! by the waiting way.

use egui::{Key, Modifiers};
use impulse_audit::app::{App, Command};
use impulse_audit::journal::Clock as _;
use impulse_audit::promises::{
    Armed, Holds, Promise, PromiseCommand, STAYS_POSSIBLE, Scope, WITH_A_RECORD,
};

use crate::common::{World, account, done};
use crate::promises::{DAY, choose, in_secs, on_day};
use crate::seat::Seat;
use impulse_audit::market::LockId;

/// From anywhere to the page.
fn on_the_page(seat: &mut Seat) {
    seat.go("Settings");
    seat.push("Open the page…");
    seat.must_read("Rules, waits and thresholds");
    assert_eq!(seat.focused().as_deref(), Some("Back to the settings"));
}

fn page() -> Seat {
    let mut seat = Seat::with_account();
    on_the_page(&mut seat);
    seat
}

#[test]
fn the_page_says_of_each_what_it_does_with_which_value_and_since_when() {
    let mut seat = Seat::with_account();
    seat.go("Settings");
    seat.must_read("Three rules and seven waits hold from the beginning. All are in force.");
    on_the_page(&mut seat);
    for words in [
        "Nothing is added to what backs a position that loses, unless a plan that was written before allows it.",
        "A position that loses is not made larger, and no second one is opened on its side of the market.",
        "Nothing is opened or increased in cross or switched to it, unless a plan that was written before allows it.",
        "An audit waits 15 min before the numbers of a rescue.",
        "An audit waits 15 min before the numbers of a switch from isolated to cross.",
        "An audit waits 15 min before the numbers of an increase while losing.",
        "An audit waits 15 min before the numbers at an arousal of 3 or 4.",
        "An audit waits 15 min before the numbers with the tag revenge or chasing.",
        "An audit waits 15 min before the numbers within 1 h of a logged loss or liquidation.",
        "An audit waits 15 min before the numbers where the window was left 3 times, or for 1 min in all, while the answers were written.",
        "In force, from the beginning",
    ] {
        seat.must_read(words);
    }
    seat.must_not_read("Off");
    // What has no value can be switched off, and there is nothing stricter.
    seat.must_not_read("Make it stricter… No increase while losing");
    seat.press(Key::Escape);
    assert_eq!(seat.focused().as_deref(), Some("Open the page…"));
    seat.must_read("Export");
}

#[test]
fn a_longer_wait_is_armed_at_once_and_taken_back_within_its_minute() {
    let mut seat = page();
    seat.push("Make it stricter… A rescue");
    assert_eq!(seat.focused().as_deref(), Some("30 min"));
    seat.must_read("Choose a longer wait or an earlier threshold.");
    choose(&mut seat, "1 h");
    for words in [
        "A wait of 1 h before the numbers of a rescue",
        "Always; to loosen it takes a request, 24 h of waiting, and a confirmation",
        STAYS_POSSIBLE,
        "Ctrl+Z takes it back for 60 seconds.",
        WITH_A_RECORD,
    ] {
        seat.must_read(words);
    }
    seat.push("Arm it");
    assert_eq!(seat.world.kinds().last().unwrap(), "promise.armed");
    let armed = seat.world.last("promise.armed");
    assert_eq!(
        (&armed["reason"], &armed["secs"]),
        (&"rescue".into(), &3600.into())
    );
    seat.must_read("An audit waits 1 h before the numbers of a rescue.");
    seat.must_read("Beneath it: A wait of 15 min before the numbers of a rescue (in force, from the beginning)");
    assert_eq!(
        seat.focused().as_deref(),
        Some("Make it stricter… A rescue")
    );
    seat.must_read("Ctrl+Z takes it back until");
    seat.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::Z);
    seat.settle();
    seat.must_read("Taken back: A wait of 1 h before the numbers of a rescue");
    seat.must_read("An audit waits 15 min before the numbers of a rescue.");
    seat.must_not_read("Beneath it");
}

#[test]
fn a_looser_wait_is_asked_for_with_its_clock_time_and_the_request_taken_back() {
    let mut seat = page();
    seat.push("Make it looser… Soon after a loss");
    choose(&mut seat, "10 min");
    let ripe = in_secs(&seat, DAY);
    let looser = "A wait of 10 min before the numbers within 1 h of a logged loss or liquidation";
    seat.must_read(looser);
    seat.must_read(&format!(
        "It can be confirmed from {ripe}, and for 24 h from then."
    ));
    seat.must_not_read(WITH_A_RECORD);
    seat.push("Ask for it");
    assert_eq!(seat.world.last("promise.loosening")["to"]["secs"], 600);
    seat.must_read(&format!(
        "Asked to be loosened to “{looser}”; it can be confirmed from {ripe}, and holds meanwhile"
    ));
    // It holds as it is.
    seat.must_read("An audit waits 15 min before the numbers within 1 h");
    seat.must_not_read("Confirm it, Soon after a loss");
    seat.push("Cancel the request, Soon after a loss");
    assert_eq!(
        seat.world.kinds().last().unwrap(),
        "promise.loosening_cancelled"
    );
    seat.must_not_read("Asked to be loosened");
    seat.must_read("Make it looser… Soon after a loss");
}

#[test]
fn a_later_threshold_holds_once_its_day_is_over_and_it_is_confirmed() {
    let mut seat = page();
    seat.push("Make it stricter… Arousal");
    choose(&mut seat, "30 min");
    seat.push("Arm it");
    seat.wait(61);
    seat.push("Make it looser… Arousal");
    choose(&mut seat, "5 min");
    choose(&mut seat, "4 racing");
    seat.push("Ask for it");
    // Both that hold are stricter: both are asked to be loosened to it.
    let asked = seat.world.kinds();
    let asked = asked.iter().filter(|kind| *kind == "promise.loosening");
    assert_eq!(asked.count(), 2);
    seat.wait(DAY - 1);
    seat.must_not_read("Confirm it, Arousal");
    seat.wait(1);
    seat.must_read("An audit waits 30 min before the numbers at an arousal of 3 or 4.");
    seat.push("Confirm it, Arousal");
    let on = on_day(seat.world.clock.now().wall);
    seat.must_read("An audit waits 5 min before the numbers at an arousal of 4.");
    seat.must_read(&format!("In force, loosened to this on {on}"));
    seat.must_not_read("Ctrl+Z takes it back until");
    seat.must_not_read("an arousal of 3 or 4");
}

#[test]
fn a_rule_is_switched_off_by_the_waiting_way_and_armed_again_at_once() {
    let mut seat = page();
    seat.push("Switch it off… No increase while losing");
    let ripe = in_secs(&seat, DAY);
    seat.must_read(&format!("It can be confirmed from {ripe}"));
    seat.push("Ask for it");
    seat.wait(DAY);
    seat.push("Confirm it, No increase while losing");
    let on = on_day(seat.world.clock.now().wall);
    seat.must_read(&format!("Off since {on}"));
    seat.press(Key::Escape);
    seat.must_read("One of them is off, or off for some accounts.");
    seat.push("Open the page…");
    seat.push("Arm it again… No increase while losing");
    seat.must_read(WITH_A_RECORD);
    seat.push("Arm it");
    seat.must_not_read("Off since");
    seat.must_read(&format!("In force, armed on {on}"));
}

#[test]
fn a_rule_that_holds_for_one_account_says_for_which_it_is_off() {
    let (world, mut app, main) = World::without_promises();
    let scope = Scope {
        account: Some(app.state().account(main).unwrap().scope()),
        symbol: None,
    };
    let mut second = account("Second", "5000");
    second.venue = "Bybit".to_owned();
    done(&mut app, Command::SetAccount(second));
    arm(&mut app, scope);
    let mut seat = Seat::before(world, app);
    on_the_page(&mut seat);
    seat.must_read("No increase while losing in Main.");
    seat.must_read("Off for 1 account: Second");
    seat.push("Arm it for everything… No increase while losing");
    seat.push("Arm it");
    seat.must_not_read("Off for 1 account");
}

#[test]
fn a_rule_that_holds_for_one_market_says_for_which_accounts_and_markets_it_is_off() {
    let market = Some("BTC/USDT".to_owned());
    for (one_account, off) in [
        (
            false,
            "Off in every other market for 2 accounts: Main, Second",
        ),
        (
            true,
            "Off for 1 account: Second; off in every other market for 1 account: Main",
        ),
    ] {
        let (world, mut app, main) = World::without_promises();
        let account_scope = app.state().account(main).unwrap().scope();
        let scope = Scope {
            account: one_account.then_some(account_scope),
            symbol: market.clone(),
        };
        let mut second = account("Second", "5000");
        second.venue = "Bybit".to_owned();
        done(&mut app, Command::SetAccount(second));
        arm(&mut app, scope);
        let mut seat = Seat::before(world, app);
        on_the_page(&mut seat);
        seat.must_read(off);
    }
    // Beside a rule that holds everywhere in the only account, it is off nowhere.
    let (world, mut app, main) = World::without_promises();
    let account = Some(app.state().account(main).unwrap().scope());
    let symbol = None;
    arm(&mut app, Scope { account, symbol });
    let (account, symbol) = (None, market);
    arm(&mut app, Scope { account, symbol });
    let mut seat = Seat::before(world, app);
    on_the_page(&mut seat);
    seat.must_not_read("in every other market");
}

/// Arms against an increase while losing.
fn arm(app: &mut App, scope: Scope) {
    let armed = Armed {
        lock: LockId::fresh(),
        promise: Promise::NoIncreaseWhileLosing,
        scope,
        holds: Holds::Always,
        words: String::new(),
        flat: true,
        audit: None,
    };
    done(
        app,
        Command::Promise(Box::new(PromiseCommand::Arm(Box::new(armed)))),
    );
}

#[test]
fn what_is_not_as_it_was_asked_for_says_so_writes_nothing_and_loses_nothing() {
    let mut seat = page();
    let before = seat.world.lines().len();
    seat.push("Make it looser… Looks away");
    seat.next();
    seat.must_read("Choose a shorter wait or a later threshold.");
    choose(&mut seat, "10 min");
    seat.tab_to("Times the window is left");
    seat.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::A);
    seat.write("2");
    seat.must_read("This is looser in one part and stricter in another.");
    seat.next();
    assert_eq!(seat.world.lines().len(), before);
    seat.tab_to("Seconds it is left in all");
    seat.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::A);
    seat.write("soon");
    seat.next();
    seat.must_read("Write a whole number, at least 1.");
    seat.must_read("soon");
    seat.press(Key::Escape);
    assert_eq!(
        seat.focused().as_deref(),
        Some("Make it stricter… Looks away")
    );
    seat.push("Make it stricter… Looks away");
    seat.tab_to("Your own length");
    seat.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::A);
    seat.write("10 min");
    seat.must_read("A wait as strict holds already.");
    seat.next();
    assert_eq!(seat.world.lines().len(), before);
}

/// In a window that is too low for all of it, the first key shows what would be armed.
#[test]
fn what_it_comes_to_is_in_view_before_a_key_arms_it() {
    let (world, app, _) = World::with_account();
    let mut seat = Seat::of_size(world, app, (700.0, 420.0), 100);
    on_the_page(&mut seat);
    seat.push("Make it stricter… Arousal");
    choose(&mut seat, "1 h");
    let before = seat.world.lines().len();
    seat.next();
    assert_eq!(seat.world.lines().len(), before);
    assert_eq!(seat.focused().as_deref(), Some("Arm it"));
    seat.next();
    assert_eq!(seat.world.kinds().last().unwrap(), "promise.armed");
}

#[test]
fn the_promises_lead_to_the_page() {
    let mut seat = Seat::with_account();
    seat.go("Promises");
    seat.push("Rules, waits and thresholds…");
    seat.must_read("Back to the settings");
}

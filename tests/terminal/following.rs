//! `follow`: what became of decisions and positions, said on a terminal.

use impulse_audit::app::{App, Command};
use impulse_audit::engine::{Backing, Intent};
use impulse_audit::input::Field;
use impulse_audit::promises::{Armed, Holds, Promise, PromiseCommand, Scope};
use impulse_audit::record::PositionOpened;

use crate::common::{begin, done, eth, money, with_state};
use crate::house::{House, close};
use crate::person::{Person, flat};
use impulse_audit::market::LockId;

/// What she answers once she has opened what was decided.
const OPENED: [(&str, &str); 8] = [
    ("You decided to open. What became of it?", "1"),
    ("Margin mode", ""),
    ("Quantity (BTC)", "0.2"),
    ("Fill price (USDT)", "100010"),
    ("Assigned margin (USDT)", "1000"),
    ("Opening fee, 0 if none (USDT)", ""),
    ("Price now (USDT)", ""),
    ("Known for this market: flat 0.004", ""),
];

fn opens(house: &House) {
    let mut person = Person::runs(house, &["follow"]);
    person.answers_all(&OPENED);
    person.answers("Enter: write it down.", "");
    person.reads("Saved. BTC/USDT long: 0.2 BTC at 100,010, isolated with 1,000.00");
    person.answers("Does the stop stand at 96,000?", "1");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
}

#[test]
fn what_was_opened_joins_the_account_and_a_lock_holds_while_it_is_open() {
    let house = House::with_a_decision();
    let decided = house.last("audit.decided");
    opens(&house);
    let opened = house.last("position.opened");
    assert_eq!(opened["audit"], decided["audit"]);
    assert_eq!(opened["symbol"], "BTC/USDT");
    assert_eq!(opened["entry"], "100010");
    assert_eq!(opened["mark"], "100010", "the entry, if left empty");
    assert_eq!(opened["quantity"], "0.2");
    assert_eq!(opened["backing"]["margin"], "1000");

    // A first lock is at most a day; the next may hold while it is open.
    let arm = |rest: &[&str]| {
        let line = [&["promise", "arm", "no-switch-to-cross", "--yes"], rest].concat();
        house.run(&line).done()
    };
    arm(&["--for", "1h", "--symbol", "ETHUSDT"]);
    arm(&["--while-open", "--symbol", "BTCUSDT"]);
    // A switch of that position meets it, before any question.
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.answers("To do", "4");
    person.answers("Position", "1");
    person.answers("Price now (USDT)", "");
    person.answers("What Main knows", "");
    person.reads("You promised not to, and a rule that holds from the beginning");
    let met = person.answers("while the position is open.", "q");
    assert!(met.contains("You can still reduce, close"), "{met}");
    person.ends_with(0);

    // Its close ends the lock. 0.2 from 100,010 to 101,010 is 200; 0.05 % of 20,002 at the opening
    // is 10.001, of 20,202 at the close 10.101.
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("Has anything changed outside an audit?", "2");
    person.answers("At which price (USDT)", "101010");
    person.answers("Wallet balance now (USDT)", "");
    person.answers("Who closed it", "");
    person.answers("Enter: write it down.", "");
    let said = person.answers("Has anything changed outside an audit?", "");
    let told = "+200.00 USDT at 101,010. Wallet 10,179.90 USDT, estimated.";
    assert!(flat(&said).contains(told), "{said}");
    person.answers("You closed BTC/USDT long at 101,010 without an audit", "");
    person.ends_with(0);
    let closed = house.last("position.closed");
    assert_eq!(closed["price"], "101010");
    assert_eq!(closed["wallet_balance"], "10179.898");
    assert_eq!(closed["estimated"], true);
    assert_eq!(closed["liquidated"], false);
    assert_eq!(closed["audit"], serde_json::Value::Null);
    let locks = house.promises();
    assert_eq!(locks.last().unwrap()["state"], "ended", "{locks:?}");
}

#[test]
fn a_decision_is_left_for_later_until_it_is_said_that_nothing_came_of_it() {
    let house = House::with_a_decision();
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("What became of it?", "");
    // Nothing is asked twice in one sitting.
    person.answers("Has anything changed outside an audit?", "q");
    person.ends_with(0);
    // The next audit asks before it begins; leaving that for later does not stop it.
    let mut person = Person::sits_down(&house);
    person.answers("What became of it?", "1");
    person.answers("Margin mode", "q");
    person.answers("How much is your body in it?", "q");
    person.answers("Do nothing with this trade?", "");
    person.reads("You did nothing.");
    person.ends_with(0);
    let decided = house.last("audit.decided");
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("You decided to open. What became of it?", "2");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
    let followed = house.last("audit.followed");
    assert_eq!(followed["outcome"], "not_filled");
    assert_ne!(followed["audit"], decided["audit"], "the one before it");
}

#[test]
fn what_is_left_empty_came_out_as_decided_and_nothing_typed_is_lost() {
    let house = House::with_a_decision();
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("What became of it?", "1");
    person.answers("Margin mode", "");
    // Zero is no quantity, and is said so at once.
    person.answers("Quantity (BTC)", "0");
    person.answers("write a number above zero", "");
    person.answers("Fill price (USDT)", "100k");
    // What is left empty came out as it was decided.
    person.answers("Enter: 1,000.00.", "");
    person.answers("Enter: 10.00.", "");
    person.answers("Price now (USDT)", "");
    person.answers("Maintenance rate (%)", "<");
    person.answers("Price now (USDT)", "");
    person.answers("Maintenance rate (%)", "");
    person.answers("Enter: write it down.", "");
    person.reads("Saved. BTC/USDT long: 0.2 BTC at 100,000");
    // An empty line leaves it out.
    person.answers("Does the stop stand at 96,000?", "");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
}

#[test]
fn a_position_that_stands_already_is_refused_by_its_name_and_joined_where_that_is_said() {
    let house = House::with_eth();
    let mut person = Person::runs(&house, &["follow"]);
    let adds = |person: &mut Person| {
        person.answers("Has anything changed outside an audit?", "4");
        person.answers("Market, like BTC/USDT", "eth");
        person.answers("Side", "1");
        person.answers("Margin mode", "2");
        person.answers("Quantity", "5");
        person.answers("Average entry price", "2100");
        person.answers("Leverage", "");
        person.answers("Price now", "");
        person.answers("Maintenance rate", "0.5");
        person.answers("Enter: write it down.", "");
        person.reads("ETH/USDT long cross stands in Main already: 5 ETH at 2,000, cross.");
    };
    adds(&mut person);
    person.answers("Together: 10 ETH at 2,050, cross.", "");
    assert!(house.kinds("positions.joined").is_empty());
    adds(&mut person);
    person.answers("Together: 10 ETH at 2,050, cross.", "j");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
    assert_eq!(house.last("positions.joined")["quantity"], "10");
}

/// The isolated twin of the position in ETH, written down so long ago; the app is still open.
fn isolated_eth(ago: chrono::TimeDelta) -> (House, App, PositionOpened) {
    let house = House::empty();
    house.clock.set_wall(chrono::Utc::now() - ago);
    let mut app = house.app(&house.hand());
    let set = crate::common::account("Main", "10000");
    let mut open = eth(set.account);
    open.position.backing = Backing::Isolated {
        margin: money("1000"),
    };
    done(&mut app, Command::SetAccount(set));
    done(&mut app, Command::OpenPosition(open.clone()));
    (house, app, open)
}

/// A decision about it.
fn with_a_decision_about_eth(intent: Intent) -> House {
    let (house, mut app, open) = isolated_eth(chrono::TimeDelta::minutes(30));
    house.decides(&mut app, |draft| {
        draft.ticket.intent = intent;
        draft.ticket.position = Some(open.id);
        draft.ticket.value.write(Field::Entry, "2100");
        draft.ticket.value.write(Field::Quantity, "1");
        draft.ticket.value.write(Field::Leverage, "10");
        "1900".clone_into(&mut draft.answers.invalidation);
        "3000".clone_into(&mut draft.answers.accepted);
    });
    close(app);
    house
}

#[test]
fn what_was_increased_is_another_position_now() {
    let house = with_a_decision_about_eth(Intent::Increase);
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("You decided to increase. What became of it?", "1");
    let asked = person.answers("Quantity (ETH)", "6");
    assert!(asked.contains("Enter leaves it: 5 until now"), "{asked}");
    person.answers("Average entry price (USDT)", "2016.67");
    person.answers("Assigned margin (USDT)", "1210");
    person.answers("Price now (USDT)", "");
    person.answers("Enter: write it down.", "");
    person.reads("Saved. ETH/USDT long: 6 ETH at 2,016.67, isolated with 1,210.00");
    person.answers("Does the stop stand at 1,900?", "3");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
    let changed = house.last("position.changed");
    assert_eq!(changed["audit"], house.last("audit.decided")["audit"]);
    assert_eq!(changed["quantity"], "6");
    assert_eq!(changed["entry"], "2016.67");
    assert_eq!(changed["backing"]["margin"], "1210");
    assert_eq!(changed["mark"], serde_json::Value::Null, "left as it was");
}

#[test]
fn a_close_outside_an_audit_is_what_became_of_the_decision_to_close() {
    let house = with_a_decision_about_eth(Intent::Close);
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("You decided to close. What became of it?", "");
    person.answers("Has anything changed outside an audit?", "2");
    person.answers("It is closed: ETH/USDT long", "1800");
    person.answers("Wallet balance now (USDT)", "9000");
    person.answers("Who closed it", "2");
    person.answers("Enter: write it down.", "");
    person.reads("closed, −1,000.00 USDT at 1,800. Wallet 9,000.00 USDT.");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
    let closed = house.last("position.closed");
    assert_eq!(closed["liquidated"], true);
    assert_eq!(closed["estimated"], false);
    assert_eq!(closed["wallet_balance"], "9000");
    assert_eq!(closed["audit"], house.last("audit.decided")["audit"]);
    let mut person = Person::runs(&house, &["follow"]);
    let rest = person.answers("Has anything changed outside an audit?", "");
    assert!(!rest.contains("What became of it?"), "{rest}");
    person.ends_with(0);
}

#[test]
fn a_position_that_was_there_before_is_written_by_hand() {
    let house = House::with_eth();
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("Has anything changed outside an audit?", "4");
    person.answers("Market, like BTC/USDT", "sol");
    person.answers("Side", "2");
    person.answers("Margin mode", "2");
    person.answers("Quantity (SOL)", "10");
    person.answers("Average entry price (USDT)", "150");
    person.answers("Enter: if known, for what it binds of your margin.", "");
    person.answers("Price now (USDT)", "140");
    // No margin of its own in cross; no rate is known for it.
    person.answers("In percent, as your venue shows it", "0.5");
    person.answers("Enter: write it down.", "");
    person.reads("Saved. SOL/USDT short: 10 SOL at 150, cross, +100.00 USDT at 140");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
    assert_eq!(house.last("position.opened")["backing"]["mode"], "cross");
}

#[test]
fn after_seven_days_of_silence_a_position_that_a_lock_holds_for_is_asked_about() {
    // The wall clock of another boot counts what went by meanwhile.
    let (house, mut app, open) = isolated_eth(chrono::TimeDelta::days(8));
    for holds in [Holds::For(3_600), Holds::WhileOpen(open.id)] {
        let armed = Armed {
            lock: LockId::fresh(),
            promise: Promise::NoSwitchToCross,
            scope: Scope::default(),
            holds,
            words: String::new(),
            flat: false,
            audit: None,
        };
        done(
            &mut app,
            Command::Promise(Box::new(PromiseCommand::Arm(Box::new(armed)))),
        );
    }
    house
        .clock
        .advance(std::time::Duration::from_hours(7 * 24 + 1));
    let draft = with_state(begin(&mut app));
    done(&mut app, crate::common::walk(&draft));
    close(app);
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("Is ETH/USDT still open?", "2");
    let day = person.answers("It was closed on, like 14 Nov", "tomorrow");
    assert!(day.contains("as your word, unverified"), "{day}");
    person.answers("This day cannot be read.", "yesterday");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
    let said = house.last("promise.closed");
    assert_eq!(said["unverified"], true);
}

#[test]
fn on_a_pipe_it_is_refused_and_nothing_is_written() {
    let house = House::with_a_decision();
    let before = house.state();
    house
        .run(&["follow"])
        .fails_with(1, "standard input must be a terminal");
    assert_eq!(house.state(), before);
}

#[test]
fn a_limit_is_offered_behind_the_first_loss_and_no_other() {
    let house = House::with_eth();
    let mut app = house.app(&crate::house::machine());
    let account = app.state().accounts()[0].set.account;
    let mut second = eth(account);
    second.position.symbol = crate::common::symbol("SOL/USDT");
    done(&mut app, Command::OpenPosition(second));
    close(app);
    for (offered, unaudited) in [(true, 1), (false, 2)] {
        let mut person = Person::runs(&house, &["follow"]);
        person.answers("Has anything changed outside an audit?", "2");
        person.answers("At which price (USDT)", "1900");
        person.answers("Wallet balance now (USDT)", "");
        person.answers("Who closed it", "");
        person.answers("Enter: write it down.", "");
        let said = person.answers("Has anything changed outside an audit?", "");
        let said = flat(&said);
        assert!(said.contains("−500.00 USDT at 1,900"), "{said}");
        assert_eq!(
            said.contains("Your first loss is logged."),
            offered,
            "{said}"
        );
        assert_eq!(said.contains("impulse-audit promise arm max-loss"), offered);
        for _ in 0..unaudited {
            person.answers("Write it afterwards", "");
        }
        person.ends_with(0);
    }
}

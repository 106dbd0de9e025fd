//! `promise`: armed, listed, taken back, loosened and released from a terminal.

use std::time::Duration;

use assert_cmd::Command as Run;
use impulse_audit::app::Command;
use impulse_audit::engine::Backing;
use impulse_audit::promises::{Armed, Holds, LooseningRequested, Promise, PromiseCommand, Scope};
use serde_json::Value;

use crate::common::{done, eth, money};
use crate::house::{House, close};
use impulse_audit::market::LockId;

pub(crate) const DAY: i64 = 86_400;
/// Three rules that stand against something, and seven waits.
const FROM_THE_BEGINNING: usize = 10;

pub(crate) fn of_kind(house: &House, kind: &str) -> Value {
    let found = house.promises().into_iter().rfind(|p| p["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind}"))
}

/// The arguments, with the kind of the promise behind `promise arm`.
pub(crate) fn arm(house: &House, rest: &[&str]) -> crate::house::Ran {
    let mut arguments = vec!["promise", "arm"];
    arguments.extend(rest);
    house.run(&arguments)
}

pub(crate) fn id(promise: &Value) -> String {
    promise["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_holds_from_the_beginning_is_listed_without_a_journal_and_nothing_is_written() {
    let house = House::empty();
    let before = house.state();
    let kinds: Vec<Value> = house.promises().iter().map(|p| p["kind"].clone()).collect();
    assert_eq!(
        kinds,
        [
            "no-adding-to-a-loser",
            "no-increase-while-losing",
            "cross-needs-a-plan",
            "wait-rescue",
            "wait-switch-to-cross",
            "wait-increase-while-losing",
            "wait-aroused",
            "wait-revenge-or-chasing",
            "wait-after-a-loss",
            "wait-looked-away",
        ]
    );
    for promise in house.promises() {
        assert_eq!(promise["state"], "in_force");
        assert_eq!(promise["ends_at"], Value::Null);
        assert_eq!(promise["remaining_secs"], Value::Null);
    }
    let words = house.run(&["promise", "list"]).done().out;
    assert!(words.contains("Cross only with a plan that was written before: always"));
    let (_, waits) = words.split_once("\nWaits before the numbers:\n").unwrap();
    assert!(waits.starts_with("A wait of 15 min before the numbers of a rescue: always"));
    assert_eq!(house.state(), before);
}

#[test]
fn without_yes_the_exact_end_is_said_and_nothing_is_armed() {
    let (house, _) = House::with_an_audit();
    let lines = || {
        std::fs::read_to_string(house.journal())
            .unwrap()
            .lines()
            .count()
    };
    let before = lines();
    let said = arm(&house, &["no-switch-to-cross", "--for", "4h"])
        .done()
        .out;
    assert!(
        said.contains("No switch from isolated to cross: until "),
        "{said}"
    );
    assert!(said.contains("4 h from"), "{said}");
    assert!(said.contains("You can still reduce, close"), "{said}");
    assert!(said.contains("The app cannot stop your"), "{said}");
    assert_eq!(house.promises().len(), FROM_THE_BEGINNING);
    assert!(
        lines() <= before + 1,
        "at most a clock that was found moved"
    );
}

#[test]
fn a_lock_is_armed_listed_and_taken_back_within_its_minute() {
    let (house, _) = House::with_an_audit();
    let words = "Fear is no thesis";
    let symbol = [
        "no-switch-to-cross",
        "--symbol",
        "btc-usdt-swap",
        "--yes",
        "--words",
        words,
    ];
    arm(&house, &symbol).done();
    let armed = of_kind(&house, "no-switch-to-cross");
    assert_eq!(armed["scope"]["symbol"], "BTC/USDT");
    assert_eq!(armed["state"], "in_force");
    assert_eq!(armed["words"], words);
    let left = armed["remaining_secs"].as_i64().unwrap();
    assert!((DAY - 60..=DAY).contains(&left), "{left}");
    arm(&house, &symbol).fails_with(1, "promised already");
    house
        .run(&["promise", "loosen", &id(&armed)])
        .fails_with(1, "It ends by itself");
    house
        .run(&["promise", "release", &id(&armed)])
        .fails_with(1, "first 60 seconds");
    let said = house.run(&["promise", "undo", &id(&armed)]).done().out;
    assert!(said.contains("taken back"), "{said}");
    assert_eq!(of_kind(&house, "no-switch-to-cross")["state"], "ended");
    let listed = house.run(&["promise", "list"]).done().out;
    let (held, over) = listed.split_once("\nOver:\n").unwrap();
    assert!(held.contains("No increase while losing: always"), "{held}");
    assert!(!held.contains(words), "{held}");
    let over = over.replace('\n', " ");
    assert!(over.contains(words), "{over}");
    let taken_back = "taken back within its first minute on ";
    assert!(over.contains(taken_back), "{over}");
    house
        .run(&["promise", "undo", &id(&armed)])
        .fails_with(1, "This promise is over");
}

#[test]
fn a_first_lock_is_at_most_a_day_and_none_is_longer_than_thirty() {
    let (house, _) = House::with_an_audit();
    arm(&house, &["no-cross", "--for", "2d", "--yes"])
        .fails_with(1, "A first lock is at most 24 h");
    arm(&house, &["no-cross", "--for", "24h", "--yes"]).done();
    arm(&house, &["no-cross", "--for", "31d", "--yes"]).fails_with(1, "30 days");
    arm(&house, &["no-cross", "--for", "30d", "--yes"]).done();
    arm(&house, &["no-cross", "--for", "soon", "--yes"]).fails_with(1, "--for");
    assert_eq!(house.promises().len(), FROM_THE_BEGINNING + 2);
}

#[test]
fn loosening_waits_a_day_and_can_be_taken_back() {
    let (house, _) = House::with_an_audit();
    let plan = id(&of_kind(&house, "cross-needs-a-plan"));
    // The ending of an id is enough where only one promise has it.
    let ending = &plan[plan.len() - 6..];
    let said = house.run(&["promise", "loosen", ending]).done().out;
    assert!(said.contains("asked to be loosened"), "{said}");
    let asked = of_kind(&house, "cross-needs-a-plan");
    assert_eq!(asked["state"], "loosening");
    assert!(asked["can_be_confirmed_from"].is_string());
    house
        .run(&["promise", "confirm", &plan])
        .fails_with(1, "It can be confirmed in");
    house.run(&["promise", "cancel", &plan]).done();
    assert_eq!(of_kind(&house, "cross-needs-a-plan")["state"], "in_force");
    house
        .run(&["promise", "confirm", &plan])
        .fails_with(1, "Nobody asked");
    house
        .run(&["promise", "release", &plan])
        .fails_with(1, "the waiting way only");
}

#[test]
fn a_loosening_is_confirmed_after_its_wait() {
    let (house, _) = House::with_an_audit();
    let plan = id(&of_kind(&house, "cross-needs-a-plan"));
    // Asked for by the app of the house, more than a day before the machine's own clock.
    let mut app = house.app(&house.hand());
    let lock = LockId::of(plan.parse().unwrap());
    let ask = PromiseCommand::Loosen(LooseningRequested::off(lock));
    done(&mut app, Command::Promise(Box::new(ask)));
    house.clock.advance(Duration::from_hours(25));
    let ask = PromiseCommand::Confirm(lock);
    done(&mut app, Command::Promise(Box::new(ask)));
    close(app);
    assert_eq!(of_kind(&house, "cross-needs-a-plan")["state"], "ended");
    arm(&house, &["cross-needs-a-plan", "--yes"]).done();
    assert_eq!(of_kind(&house, "cross-needs-a-plan")["state"], "in_force");
}

#[test]
fn an_emergency_release_takes_one_sentence_and_ends_a_lock_a_quarter_of_an_hour_later() {
    let (house, _) = House::with_an_audit();
    // Written by the app of the house, some minutes before the machine's own clock. For another
    // boot the machine's whole time since its start counts: the lock is longer than that.
    house
        .clock
        .set_wall(chrono::Utc::now() - chrono::TimeDelta::minutes(10));
    let mut app = house.app(&house.hand());
    let mut lock = String::new();
    for secs in [3_600, 30 * 86_400] {
        let armed = Armed {
            lock: LockId::fresh(),
            promise: Promise::NoCross,
            scope: Scope::default(),
            holds: Holds::For(secs),
            words: String::new(),
            flat: true,
            audit: None,
        };
        lock = armed.lock.to_string();
        done(
            &mut app,
            Command::Promise(Box::new(PromiseCommand::Arm(Box::new(armed)))),
        );
    }
    close(app);
    let release = |sentence: &str| {
        Run::new(env!("CARGO_BIN_EXE_impulse-audit"))
            .arg("--data-dir")
            .arg(house.dir.path())
            .args(["promise", "release", &lock])
            .write_stdin(format!("{sentence}\n"))
            .output()
            .unwrap()
    };
    assert_eq!(release("short").status.code(), Some(1));
    let done = release("The exchange is closing this market in ten minutes");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let left = of_kind(&house, "no-cross")["remaining_secs"]
        .as_u64()
        .unwrap();
    assert!(left <= 900, "{left}");
}

#[test]
fn limits_say_what_they_lack_and_hold_always() {
    let (house, _) = House::with_an_audit();
    arm(&house, &["max-opens", "--yes"]).fails_with(1, "--opens: Write a whole number");
    arm(
        &house,
        &["max-opens", "--opens", "3", "--per", "week", "--yes"],
    )
    .done();
    assert_eq!(
        of_kind(&house, "max-opens")["sentence"],
        "At most 3 opens in seven days"
    );
    arm(&house, &["max-leverage", "--yes"]).fails_with(1, "--isolated: Write the highest");
    arm(
        &house,
        &["max-leverage", "--isolated", "10x", "--cross", "5", "--yes"],
    )
    .done();
    assert_eq!(
        of_kind(&house, "max-leverage")["sentence"],
        "Leverage at most 10x isolated, 5x cross"
    );
    arm(&house, &["pause-after-loss", "--for", "90 min", "--yes"]).done();
    assert_eq!(
        of_kind(&house, "pause-after-loss")["sentence"],
        "No new risk for 1 h 30 min after a loss"
    );
    arm(&house, &["no-cross", "--account", "Nobody", "--yes"]).fails_with(1, "no account Nobody");
    assert_eq!(house.run(&["promise", "arm", "no-fun"]).code, Some(2));
}

/// Each of these promises as it is armed, and as it is listed.
#[test]
fn every_limit_is_armed_by_its_own_options_and_says_what_they_lack() {
    let (house, _) = House::with_an_audit();
    for (line, sentence) in [
        (
            "max-loss --most 1,500.50 --per week",
            "At most 1,500.5 USDT lost in seven days by closes, reduces and liquidations",
        ),
        (
            "max-loss --most 2.5% --account main",
            "At most 2.5 % of the account lost in 24 h by closes, reduces and liquidations in Main",
        ),
        (
            "max-at-stake --most 1k",
            "At most 1,000 USDT at stake at once, the worst cases of all that is open together",
        ),
        (
            "max-losses-in-a-row --losses 3 --symbol btc",
            "No new risk until the next day after 3 losses in a row on BTC/USDT",
        ),
        (
            "trading-hours --days mon-fri --hours 09:00-17:30",
            "New risk only Mon–Fri, 09:00–17:30",
        ),
        ("trading-hours --days sat,sun", "New risk only Sat–Sun"),
        (
            "wait-aroused --for 1h",
            "A wait of 1 h before the numbers at an arousal of 3 or 4",
        ),
    ] {
        let line: Vec<&str> = line.split(' ').chain(["--yes"]).collect();
        let said = arm(&house, &line).done().out;
        assert!(said.replace('\n', " ").contains(sentence), "{said}");
        let armed = of_kind(&house, line[0]);
        assert_eq!(armed["sentence"], sentence);
        assert_eq!(armed["state"], "in_force");
    }
    for (line, lacks) in [
        (
            "max-loss",
            "--most: What you lose at most is not written yet.",
        ),
        ("max-loss --most 101%", "--most: More than 100 %"),
        (
            "max-loss --most 5% --for 2d",
            "--for: this one always holds",
        ),
        ("max-at-stake --most 5%", "--most: "),
        (
            "max-at-stake --most 5 --symbol btc",
            "--symbol: this one is about an account",
        ),
        ("max-losses-in-a-row", "--losses: Write a whole number"),
        ("max-losses-in-a-row --losses 101", "from 1 to 100"),
        ("trading-hours", "Say when: --hours"),
        ("trading-hours --hours nine", "--hours: Write hours"),
        ("trading-hours --hours 9-25", "--hours: Write a time of day"),
        ("trading-hours --days never", "--days: Write days"),
        (
            "trading-hours --days mon-sun",
            "These hours leave nothing out",
        ),
        ("wait-rescue --for 10min", "A wait as strict holds already"),
        ("wait-rescue --for 25h", "The longest wait is 24 h"),
        (
            "wait-rescue --for 1h --symbol btc",
            "This one is about everything",
        ),
    ] {
        let line: Vec<&str> = line.split(' ').chain(["--yes"]).collect();
        arm(&house, &line).fails_with(1, lacks);
    }
}

#[test]
fn a_lock_can_hold_while_a_position_is_open() {
    let (house, _) = House::with_an_audit();
    arm(&house, &["no-switch-to-cross", "--while-open", "--yes"])
        .fails_with(1, "no such isolated position is open");
    arm(&house, &["no-cross", "--for", "1h", "--yes"]).done();
    let mut app = house.app(&house.hand());
    let account = app.state().accounts()[0].set.account;
    let mut open = eth(account);
    open.position.backing = Backing::Isolated {
        margin: money("500"),
    };
    done(&mut app, Command::OpenPosition(open));
    close(app);
    arm(
        &house,
        &[
            "no-switch-to-cross",
            "--while-open",
            "--symbol",
            "eth",
            "--yes",
        ],
    )
    .done();
    let armed = of_kind(&house, "no-switch-to-cross");
    assert_eq!(armed["scope"]["symbol"], "ETH/USDT");
    assert_eq!(armed["scope"]["account"], "Main");
    assert_eq!(armed["ends_at"], Value::Null);
}

#[test]
fn a_deleted_journal_drops_no_lock() {
    let (house, _) = House::with_an_audit();
    arm(&house, &["no-cross", "--for", "24h", "--yes"]).done();
    let lock = id(&of_kind(&house, "no-cross"));
    std::fs::remove_file(house.journal()).unwrap();
    let listed = house.run(&["promise", "list", "--json"]);
    assert_eq!(listed.code, Some(0));
    assert!(listed.err.contains("DELETED"), "{listed:?}");
    let listed = listed.json();
    let held = listed["promises"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["id"] == lock.as_str())
        .unwrap_or_else(|| panic!("{listed}"));
    assert_eq!(held["state"], "in_force");
    // Nothing is written over what is missing.
    arm(&house, &["no-cross", "--for", "1h", "--yes"]).fails_with(1, "DELETED");
}

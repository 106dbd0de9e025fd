//! Waits and their thresholds from a terminal: made stricter at once, looser by the waiting way.

use std::time::Duration;

use impulse_audit::app::Command;
use impulse_audit::market::LockId;
use impulse_audit::promises::PromiseCommand;
use serde_json::{Value, json};

use crate::common::done;
use crate::house::{House, close};
use crate::promises::{DAY, arm, id, of_kind};

#[test]
fn a_wait_is_armed_with_its_thresholds_and_listed_with_them() {
    let (house, _) = House::with_an_audit();
    for (line, sentence, listed) in [
        (
            "wait-aroused --for 20min --arousal 2",
            "A wait of 20 min before the numbers at an arousal of 2 or more",
            json!({"reason": "aroused", "from": 2, "secs": 1200}),
        ),
        (
            "wait-after-a-loss --for 15min --within 2h",
            "A wait of 15 min before the numbers within 2 h of a logged loss or liquidation",
            json!({"reason": "recent_loss", "within": 7200, "secs": 900}),
        ),
        (
            "wait-looked-away --for 15min --times 2 --away 30",
            "A wait of 15 min before the numbers where the window was left twice, or for 30 s in all, while the answers were written",
            json!({"reason": "looked_away", "times": 2, "away": 30, "secs": 900}),
        ),
    ] {
        let line: Vec<&str> = line.split(' ').chain(["--yes"]).collect();
        let said = arm(&house, &line).done().out;
        assert!(said.replace('\n', " ").contains(sentence), "{said}");
        let armed = of_kind(&house, line[0]);
        assert_eq!(armed["sentence"], sentence);
        assert_eq!(armed["wait"], listed);
    }
}

#[test]
fn what_is_no_stricter_or_no_threshold_of_its_reason_is_refused() {
    let (house, _) = House::with_an_audit();
    for (line, lacks) in [
        ("wait-aroused --for 15min", "A wait as strict holds already"),
        (
            "wait-aroused --for 10min --arousal 4",
            "A wait as strict holds already",
        ),
        (
            "wait-rescue --for 1h --arousal 2",
            "--arousal: only wait-aroused has this threshold",
        ),
        (
            "wait-after-a-loss --for 1h --within soon",
            "--within: This is not a length of time",
        ),
        ("wait-after-a-loss --for 1h --within 25h", "24 h at most"),
        (
            "wait-looked-away --for 1h --times 0",
            "--times: Write a whole number, at least 1",
        ),
        (
            "wait-looked-away --for 1h --away 3601",
            "from 1 to 3,600 seconds",
        ),
    ] {
        let line: Vec<&str> = line.split(' ').chain(["--yes"]).collect();
        arm(&house, &line).fails_with(1, lacks);
    }
}

/// Every wait for arousal, in the order in which they came.
fn by_arousal(house: &House) -> Vec<Value> {
    let all = house.promises().into_iter();
    all.filter(|p| p["kind"] == "wait-aroused").collect()
}

#[test]
fn a_looser_wait_is_asked_for_listed_with_its_clock_time_and_cancelled_at_once() {
    let (house, _) = House::with_an_audit();
    let wait = id(&of_kind(&house, "wait-aroused"));
    let said = house
        .run(&["promise", "loosen", &wait, "--for", "10min"])
        .done()
        .out
        .replace('\n', " ");
    assert!(
        said.contains(
            "asked to be loosened to “A wait of 10 min before the numbers at an arousal of 3 or 4”; it can be confirmed from "
        ),
        "{said}"
    );
    assert!(said.contains("and holds meanwhile"), "{said}");
    let asked = of_kind(&house, "wait-aroused");
    assert_eq!(asked["state"], "loosening");
    assert!(asked["can_be_confirmed_from"].is_string());
    assert_eq!(
        asked["loosens_to"],
        json!({"reason": "aroused", "from": 3, "secs": 600})
    );
    assert_eq!(asked["wait"]["secs"], 900);
    house
        .run(&["promise", "confirm", "wait-aroused"])
        .fails_with(1, "It can be confirmed in");
    house.run(&["promise", "cancel", "wait-aroused"]).done();
    let [cancelled] = &by_arousal(&house)[..] else {
        panic!("{:?}", by_arousal(&house));
    };
    assert_eq!(cancelled["state"], "in_force");
    assert_eq!(cancelled.get("loosens_to"), None);
}

#[test]
fn by_its_kind_everything_that_is_in_the_way_is_asked_for_and_what_is_no_looser_is_refused() {
    let (house, _) = House::with_an_audit();
    arm(&house, &["wait-aroused", "--for", "30min", "--yes"]).done();
    for (line, lacks) in [
        ("wait-aroused --for 30min", "no looser than what holds"),
        ("wait-aroused --for 45min", "no looser than what holds"),
        (
            "wait-aroused --for 45min --arousal 4",
            "stricter in another",
        ),
        ("wait-aroused --times 2", "--times: only wait-looked-away"),
        ("wait-aroused --for soon", "--for: This is not a length"),
        (
            "no-increase-while-losing --for 1h",
            "only be loosened altogether",
        ),
        ("max-opens", "Nothing of this kind holds"),
    ] {
        let words = ["promise", "loosen"].into_iter().chain(line.split(' '));
        let line: Vec<&str> = words.collect();
        house.run(&line).fails_with(1, lacks);
    }
    // To 20 min only the longer one is in the way; the quarter of an hour changes nothing.
    house
        .run(&["promise", "loosen", "wait-aroused", "--for", "20min"])
        .done();
    let states = |house: &House| -> Vec<Value> {
        let all = by_arousal(house).into_iter();
        all.map(|wait| wait["state"].clone()).collect()
    };
    assert_eq!(states(&house), ["in_force", "loosening"]);
    house.run(&["promise", "cancel", "wait-aroused"]).done();
    house
        .run(&["promise", "loosen", "wait-aroused", "--arousal", "4"])
        .done();
    assert_eq!(states(&house), ["loosening", "loosening"]);
    house.run(&["promise", "cancel", "wait-aroused"]).done();
    assert_eq!(states(&house), ["in_force", "in_force"]);
}

#[test]
fn a_confirmed_loosening_leaves_the_looser_wait_in_its_place() {
    let (house, _) = House::with_an_audit();
    house
        .clock
        .set_wall(chrono::Utc::now() - chrono::TimeDelta::days(2));
    let lock = LockId::of(id(&of_kind(&house, "wait-aroused")).parse().unwrap());
    // Asked for by the app of the house, more than a day before the machine's own clock.
    let mut app = house.app(&house.hand());
    let rule = impulse_audit::waits::WaitRule {
        when: impulse_audit::waits::WaitWhen::Aroused { from: 4 },
        secs: 600,
    };
    let to = impulse_audit::app::wait_form::armed(rule, app.state());
    let ask = PromiseCommand::Loosen(impulse_audit::promises::LooseningRequested {
        lock,
        to: Some(Box::new(to)),
    });
    done(&mut app, Command::Promise(Box::new(ask)));
    house
        .clock
        .advance(Duration::from_secs(DAY.unsigned_abs() + 60));
    done(
        &mut app,
        Command::Promise(Box::new(PromiseCommand::Confirm(lock))),
    );
    close(app);
    let [before, after] = &by_arousal(&house)[..] else {
        panic!("{:?}", by_arousal(&house));
    };
    assert_eq!(before["state"], "ended");
    assert_eq!(after["state"], "in_force");
    assert_eq!(
        after["wait"],
        json!({"reason": "aroused", "from": 4, "secs": 600})
    );
    house
        .run(&["promise", "undo", &id(after)])
        .fails_with(1, "Ask for it to be loosened instead");
}

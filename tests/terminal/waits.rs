//! Waits and their thresholds from a terminal: made stricter at once, looser by the waiting way.

use serde_json::json;

use crate::house::House;
use crate::promises::{arm, of_kind};

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

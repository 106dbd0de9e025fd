//! The locks a head holds are written into every event that crosses a break in history, so
//! that whoever folds the lines alone carries them on.

use crate::support::{HEAD, LINES, SECOND, check, note, open, open_with, sample};
use impulse_audit::journal::{Fault, FaultyFs, Finding, HandClock, HeadLock, Record};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// 2026-03-04T14:30:00Z and 2026-03-02T14:30:00Z, after the hand clock's start.
fn locks() -> Vec<HeadLock> {
    let lock = |number, ends: Option<&str>, text: &str| HeadLock {
        id: Uuid::from_u128(number),
        ends_at: ends.map(|at| at.parse().unwrap()),
        text: text.to_owned(),
    };
    vec![
        lock(1, Some("2026-03-02T14:30:00Z"), r#"{"kind":"no-cross"}"#),
        lock(2, None, "no adding to a loser"),
        lock(3, Some("2026-03-04T14:30:00Z"), "a \u{202e} word"),
    ]
}

/// A journal of three notes whose head holds locks.
fn locked(locks: Vec<HeadLock>) -> FaultyFs {
    let (fs, _) = sample(2);
    let mut opened = open(&fs).unwrap();
    opened
        .journal
        .append_with_locks(&note("armed"), locks)
        .unwrap();
    drop(opened);
    fs.copy()
}

fn data(record: &Record) -> Value {
    serde_json::from_str(record.data.get()).unwrap()
}

/// The ids of the locks in an event's data, as numbers.
fn ids(data: &Value) -> Vec<u128> {
    let listed = data["locks"].as_array().unwrap();
    let id = |lock: &Value| lock["id"].as_str().unwrap().parse::<Uuid>().unwrap();
    listed.iter().map(|lock| id(lock).as_u128()).collect()
}

#[test]
fn an_accepted_loss_names_the_locks_that_hold_on() {
    let fs = locked(locks());
    let text = String::from_utf8(fs.content(LINES).unwrap()).unwrap();
    let kept: String = text.split_inclusive('\n').take(2).collect();
    fs.put(LINES, kept.as_bytes());
    let mut opened = open(&fs).unwrap();
    let own = opened.journal.accept_loss().unwrap();
    assert_eq!(own[0].kind, "journal.loss_accepted");
    let data = data(&own[0]);
    assert_eq!(data["what"], "lost");
    assert_eq!(
        ids(&data),
        [2, 3, 1],
        "without an end first, then the latest"
    );
    let endless = json!({
        "id": "00000000-0000-0000-0000-000000000002", "ends": null, "text": "no adding to a loser",
    });
    assert_eq!(data["locks"][0], endless);
    assert_eq!(data["locks"][2]["ends"], "2026-03-02T14:30:00Z");
    assert_eq!(data["locks"][2]["text"], r#"{"kind":"no-cross"}"#);
    assert_eq!(data["locks"][1]["text"], "a \u{202e} word");
    assert_eq!(data.get("unlisted"), None);
}

#[test]
fn after_a_deletion_the_new_journals_own_first_lines_name_them() {
    let fs = locked(locks());
    fs.delete(LINES);
    let mut opened = open(&fs).unwrap();
    let own = opened.journal.accept_loss().unwrap();
    let kinds: Vec<&str> = own.iter().map(|record| record.kind.as_str()).collect();
    assert_eq!(kinds, ["journal.created", "journal.loss_accepted"]);
    // Both: a crash may come between the two.
    for record in &own {
        assert_eq!(ids(&data(record)), [2, 3, 1], "{}", record.kind);
    }
}

#[test]
fn a_crash_while_a_deletion_is_accepted_leaves_every_lock_in_the_lines_or_in_the_head() {
    let whole = locked(locks());
    whole.delete(LINES);
    let smooth = whole.copy();
    open(&smooth).unwrap().journal.accept_loss().unwrap();
    for call in 0..smooth.calls() {
        let fs = whole.copy();
        fs.fail_after(call, Fault::Off);
        if let Ok(mut opened) = open(&fs) {
            drop(opened.journal.accept_loss());
        }
        let left = fs.copy();
        let opened = open(&left).unwrap();
        assert_eq!(opened.opening.locks.len(), 3, "call {call}");
        for record in &opened.records {
            assert_eq!(ids(&data(record)), [2, 3, 1], "call {call}");
        }
    }
}

#[test]
fn damage_in_the_middle_names_them_and_an_ordinary_fault_does_not() {
    let fs = locked(locks());
    let text = String::from_utf8(fs.content(LINES).unwrap()).unwrap();
    fs.put(LINES, text.replacen("note 0", "nota 0", 1).as_bytes());
    let opened = open_with(&fs, &HandClock::new()).unwrap();
    assert!(matches!(
        opened.opening.findings[..],
        [Finding::Damaged { lines: 1, .. }]
    ));
    let continued = opened.records.last().unwrap();
    assert_eq!(continued.kind, "journal.continued");
    assert_eq!(data(continued)["why"], "damage");
    assert_eq!(ids(&data(continued)), [2, 3, 1]);
    drop(opened);
    assert!(fs.content(SECOND).is_some());

    let fs = locked(locks());
    let mut opened = open(&fs).unwrap();
    fs.fail_after(1, Fault::Error(std::io::ErrorKind::Other));
    opened.journal.append(&note("not saved")).unwrap_err();
    let own = opened.journal.resume().unwrap();
    assert_eq!(data(&own[0])["why"], "fault");
    assert_eq!(data(&own[0]).get("locks"), None);
}

#[test]
fn without_locks_neither_key_is_written() {
    let fs = locked(Vec::new());
    fs.delete(LINES);
    let mut opened = open(&fs).unwrap();
    for record in opened.journal.accept_loss().unwrap() {
        let data = data(&record);
        assert_eq!((data.get("locks"), data.get("unlisted")), (None, None));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// However many and however long, a loss can be accepted, and each lock is listed or counted.
    #[test]
    fn every_lock_is_listed_or_counted(
        number in 0_u32..60, length in 0_usize..9_000,
    ) {
        let many: Vec<HeadLock> = (0..number)
            .map(|n| HeadLock {
                id: Uuid::from_u128(u128::from(n)),
                ends_at: None,
                text: "\u{7f}".repeat(length),
            })
            .collect();
        let fs = locked(many);
        fs.delete(LINES);
        let mut opened = open(&fs).unwrap();
        let own = opened.journal.accept_loss().unwrap();
        for record in &own {
            let data = data(record);
            let listed = data.get("locks").map_or(0, |locks| locks.as_array().unwrap().len());
            let counted = data.get("unlisted").map_or(0, |n| n.as_u64().unwrap());
            prop_assert_eq!(listed as u64 + counted, u64::from(number));
        }
        drop(opened);
        prop_assert!(check(&fs).unwrap().is_sound());
    }
}

/// A line that somebody else chained may be the last one: no head stands for it, wherever the
/// opening stops.
#[test]
fn wherever_an_opening_without_a_head_stops_the_next_one_says_that_it_was_missing() {
    let mut stopped = 0;
    for call in 0.. {
        let fs = locked(locks());
        fs.delete(HEAD);
        fs.fail_after(call, Fault::Error(std::io::ErrorKind::Other));
        let opened = open(&fs);
        let whole = opened.as_ref().is_ok_and(|opened| {
            let mut found = opened.opening.findings.iter();
            !found.any(|found| matches!(found, Finding::CannotWrite(_)))
        });
        drop(opened);
        fs.heal();
        let says = |opened: &crate::support::Opened| {
            let mut kinds = opened.records.iter().map(|record| record.kind.as_str());
            kinds.any(|kind| kind == "seal.missing")
        };
        assert!(says(&open(&fs).unwrap()), "call {call}");
        if whole && call > 30 {
            break;
        }
        stopped += u32::from(!whole);
    }
    assert!(stopped > 5, "{stopped}");
}

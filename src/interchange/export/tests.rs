//! What goes out, against files written by hand.

use proptest::prelude::*;
use rust_decimal::dec;

use super::cell::defused;
use super::*;
use crate::audit::{Answers, Choice, Decision, Flag, Manner, Step, Tag, Ticket, Wait};
use crate::engine::{Money, Price};
use crate::journal::{Entry, is_hidden, shown};
use crate::market::AuditId;
use crate::record::sample::{SampleJournal, state, ticket};
use crate::record::{AuditSealed, AuditStop, Event, State, StopPlacement};
use crate::waits::WaitReason;

const WRONG: &str = "=HYPERLINK(\"http://x\";\"y\"), then it closes below\nzweite Zeile für Jürgen";
const NOTHING: &str = "- nothing, \"really\"";
const SENTENCE: &str = "+1 because the stop rests at the venue";

/// One audit in New York that took more than was accepted; one walked away from in Kathmandu.
fn two_audits() -> (SampleJournal, [AuditId; 2]) {
    let mut shelf = SampleJournal::new();
    let (ticket, state) = (
        ticket("BTC/USDT"),
        state(3, &[Tag::Chasing, Tag::FearOfMissingOut]),
    );
    shelf.move_to("America/New_York");
    let first = shelf.start(&ticket, &state);
    let opened = shelf.now();
    shelf.tell(&Event::AuditSealed(Box::new(AuditSealed {
        audit: first,
        opened,
        state: state.clone(),
        ticket: ticket.clone(),
        answers: Answers {
            wrong: WRONG.to_owned(),
            invalidation: Some(Price::new(dec!(96000))),
            nothing: NOTHING.to_owned(),
            accepted: Some(Money::new(dec!(500.50))),
            accepted_percent: None,
        },
        manner: Manner::default(),
        sealed: shelf.now(),
        seconds: 31,
        wait: Wait {
            reasons: vec![WaitReason::Aroused, WaitReason::RevengeOrChasing],
            seconds: 900,
            within: None,
        },
    })));
    let decision = Decision {
        choice: Choice::Proceed,
        worst_case: Some(Money::new(dec!(1000))),
        accepted: Some(Money::new(dec!(500.50))),
        sentence: Some(SENTENCE.to_owned()),
        seconds_after_reveal: Some(7),
        flags: vec![Flag::OverAccepted],
        triggers: Vec::new(),
        ..Decision::walk_away(first, Step::Reveal, Some(ticket.clone()))
    };
    shelf.tell(&Event::AuditDecided(Box::new(decision)));
    let stop = StopPlacement::NotPlaced;
    shelf.tell(&Event::AuditStop(AuditStop { audit: first, stop }));
    shelf.move_to("Asia/Kathmandu");
    let second = shelf.start(&ticket, &state);
    shelf.decide(second, Choice::DoNothing, Vec::new());
    (shelf, [first, second])
}

fn table(record: &State, privacy: Privacy) -> String {
    let mut out = Vec::new();
    write_table(record, privacy, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_table_is_the_one_written_by_hand() {
    let (shelf, [first, second]) = two_audits();
    // The clock stands at 14:30 UTC at first, and each line is a minute after the one before.
    let expected = [
        "entry,audit,began_utc,began_local,ended_utc,ended_local,time_zone,intent,account,venue,\
         collateral,market,market_as_typed,side,mode,leverage,quantity,unit,entry_price,price_now,\
         margin,arousal,tags,wrong_if,wrong_at,nothing_because,accepted_loss,worst_case,decision,\
         wait_until_utc,proceeded_because,flags,seconds_to_seal,seconds_after_reveal,\
         looks_away,pasted_percent,followed,wait_seconds,waited_because,stop,\
         written_afterwards_of_utc,experiment"
            .to_owned(),
        format!(
            "3,{first},2026-03-01 14:31:00,2026-03-01 09:31:00,2026-03-01 14:33:00,\
             2026-03-01 09:33:00,America/New_York,open,Main,Binance,USDT,BTC/USDT,,long,isolated,20,\
             0.2,BTC,100000,,1000,3,chasing; fear of missing out,\
             \"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\"), then it closes below\nzweite Zeile für Jürgen\",\
             96000,\"'- nothing, \"\"really\"\"\",500.5,1000,Proceeded,,\
             '+1 because the stop rests at the venue,over the accepted loss,31,7,0,0; 0,,900,\
             aroused; revenge or chasing,Not placed,,"
        ),
        format!(
            "6,{second},2026-03-01 14:35:00,2026-03-01 20:20:00,2026-03-01 14:36:00,\
             2026-03-01 20:21:00,Asia/Kathmandu,open,Main,Binance,USDT,BTC/USDT,,long,isolated,20,\
             0.2,BTC,100000,,1000,3,chasing; fear of missing out,,,,,,Did nothing,,,,,,,,,,,,,"
        ),
        String::new(),
    ]
    .join("\r\n");
    assert_eq!(table(&shelf.state, Privacy::Whole), expected);
}

#[test]
fn a_redacted_table_has_neither_amounts_nor_words() {
    let (shelf, [first, _]) = two_audits();
    let text = table(&shelf.state, Privacy::Redacted);
    let mut lines = text.split("\r\n");
    assert_eq!(
        lines.next().unwrap(),
        "entry,audit,began_utc,began_local,ended_utc,ended_local,time_zone,intent,market,side,mode,\
         leverage,arousal,tags,decision,wait_until_utc,flags,seconds_to_seal,seconds_after_reveal,\
         looks_away,pasted_percent,followed,wait_seconds,waited_because,stop,\
         written_afterwards_of_utc,experiment"
    );
    assert_eq!(
        lines.next().unwrap(),
        format!(
            "3,{first},2026-03-01 14:31:00,2026-03-01 09:31:00,2026-03-01 14:33:00,\
             2026-03-01 09:33:00,America/New_York,open,BTC/USDT,long,isolated,up to 25x,3,\
             chasing; fear of missing out,Proceeded,,over the accepted loss,31,7,0,0; 0,,900,\
             aroused; revenge or chasing,Not placed,,"
        )
    );
}

#[test]
fn the_note_is_the_one_written_by_hand() {
    let (shelf, [first, _]) = two_audits();
    let note = note(shelf.state.story(first).unwrap(), Privacy::Whole).unwrap();
    assert_eq!(note.name, "2026-03-01 0933 entry 3 BTC-USDT");
    let expected = format!(
        r#"---
entry: 3
audit: "{first}"
date: 2026-03-01T09:33:00
utc: 2026-03-01T14:33:00Z
time_zone: "America/New_York"
decision: "Proceeded"
intent: "open"
market: "BTC/USDT"
side: "long"
mode: "isolated"
leverage: 20
arousal: 3
tags: [chasing, fear-of-missing-out]
flags: [over-the-accepted-loss]
stop: "Not placed"
account: "Main"
venue: "Binance"
collateral: "USDT"
quantity: 0.2
entry_price: 100000
margin: 1000
wrong_at: 96000
accepted_loss: 500.5
worst_case: 1000
---

# BTC/USDT long, isolated, 20x

## What you wanted to do

> 0.2 BTC at 100,000, margin 1,000.00 USDT, flat

## What would I see if I were wrong?

> \=HYPERLINK("http://x";"y"), then it closes below
> zweite Zeile für Jürgen

## At which price?

> 96,000

## Why am I willing to do nothing?

> \- nothing, "really"

## The most I accept to lose

> 500.50 USDT

## What you did

> Proceeded, 7 s after the reveal

## Why you took more than you accepted

> \+1 because the stop rests at the venue

## While writing

> 31 s from the first screen to the seal

## What the numbers waited for

> 15 min from the first screen: your state is 3, pulled, and you named chasing

## The stop, where you would be wrong

> Not placed
"#
    );
    assert_eq!(note.text, expected);
}

#[test]
fn a_redacted_note_has_neither_amounts_nor_words() {
    let (shelf, [first, _]) = two_audits();
    let note = note(shelf.state.story(first).unwrap(), Privacy::Redacted).unwrap();
    // The id holds any digits there are.
    let text = note.text.replace(&first.to_string(), "");
    for private in [
        "100000", "100,000", "96", "500", "1000", "1,000", "Main", "Jürgen", "really", "rests",
    ] {
        assert!(!text.contains(private), "{private}:\n{text}");
    }
    assert!(note.text.contains("Proceeded, 7 s after the reveal"));
}

#[test]
fn an_experiment_is_told_in_every_form_redacted_or_not() {
    let mut shelf = SampleJournal::new();
    let (tagged, calm) = (
        Ticket {
            experiment: true,
            ..ticket("BTC/USDT")
        },
        state(1, &[Tag::Plan]),
    );
    let audit = shelf.start(&tagged, &calm);
    let decision = Decision::walk_away(audit, Step::Ticket, Some(tagged));
    let record = shelf.tell(&Event::AuditDecided(Box::new(decision)));
    for privacy in [Privacy::Whole, Privacy::Redacted] {
        let table = table(&shelf.state, privacy);
        let mut rows = table.split("\r\n");
        assert!(rows.next().unwrap().ends_with(",experiment"));
        assert!(rows.next().unwrap().ends_with(",yes"), "{table}");
        let note = note(shelf.state.story(audit).unwrap(), privacy).unwrap();
        assert!(note.text.contains("\nexperiment: true\n"), "{}", note.text);
    }
    let mut out = Vec::new();
    write_line(&record, &mut out).unwrap();
    let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(line["data"]["ticket"]["experiment"], true);
}

#[test]
fn an_audit_that_has_not_ended_has_no_note() {
    let mut shelf = SampleJournal::new();
    let audit = shelf.start(&ticket("ETH/USDT"), &state(0, &[]));
    assert_eq!(
        note(shelf.state.story(audit).unwrap(), Privacy::Whole),
        None
    );
}

#[test]
fn a_redacted_line_names_what_happened_and_nothing_private() {
    let mut shelf = SampleJournal::new();
    let audit = AuditId::fresh();
    let mut decision = Decision::walk_away(audit, Step::Ticket, Some(ticket("BTC/USDT")));
    decision.sentence = Some(SENTENCE.to_owned());
    decision.worst_case = Some(Money::new(dec!(1000)));
    let record = shelf.tell(&Event::AuditDecided(Box::new(decision)));
    let account = serde_json::to_value(&record.data).unwrap()["ticket"]["account"].clone();
    let mut out = Vec::new();
    write_line(&record, &mut out).unwrap();
    let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(
        line,
        serde_json::json!({
            "seq": 1, "kind": "audit.decided", "v": 1,
            "at": "2026-03-01T14:31:00.000000Z", "tz": "UTC",
            "data": {
                "audit": audit, "choice": "do_nothing", "step": "ticket",
                "ticket": {
                    "account": account, "intent": "open", "symbol": "BTC/USDT",
                    "terms": {"contract": "linear"}, "side": "long", "mode": "isolated", "leverage": "up to 25x"
                }
            }
        })
    );
    let unknown = Entry::new(
        "note.written",
        9,
        &serde_json::json!({ "until": "my words" }),
    );
    let record = shelf.append(&unknown.unwrap());
    let mut out = Vec::new();
    write_line(&record, &mut out).unwrap();
    let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(line["kind"], "note.written");
    assert_eq!(line["data"], serde_json::Value::Null);
}

/// Texts with everything in them that has broken tables before.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[=+@\\-\t\r\n\",;'äöü€ ]{0,12}",
        "[=+@-][A-Z]{1,4}\\(.{0,6}\\)",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is written, the table parses back to the same cells, none of which begins
    /// like a formula.
    #[test]
    fn a_table_of_any_texts_parses_back_to_the_same_cells(
        wrong in any_text(), sentence in any_text()
    ) {
        let mut shelf = SampleJournal::new();
        let (ticket, state) = (ticket("BTC/USDT"), state(1, &[]));
        let audit = shelf.start(&ticket, &state);
        shelf.seal(audit, &ticket, &state, &wrong);
        let decision = Decision {
            sentence: Some(sentence.clone()),
            ..Decision::walk_away(audit, Step::Reveal, None)
        };
        shelf.tell(&Event::AuditDecided(Box::new(decision)));
        let text = table(&shelf.state, Privacy::Whole);
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let names = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), 1);
        let cell = |name: &str| {
            let at = names.iter().position(|n| n == name).unwrap();
            rows[0][at].to_owned()
        };
        prop_assert_eq!(cell("wrong_if"), defused(shown(&wrong)));
        prop_assert_eq!(cell("proceeded_because"), defused(shown(&sentence)));
        let obeyed = |c: char| is_hidden(c) && c != '\r' && c != '\n';
        prop_assert!(!text.chars().any(obeyed), "{text:?}");
        prop_assert!(rows[0].iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
    }

    /// Whatever is written stays in its own quotation: no line of it can end the front matter,
    /// begin a heading or leave the quotation.
    #[test]
    fn no_words_leave_their_place_in_a_note(wrong in any_text()) {
        let mut shelf = SampleJournal::new();
        let (ticket, state) = (ticket("BTC/USDT"), state(1, &[]));
        let audit = shelf.whole(&ticket, &state, &wrong);
        let plain = {
            let mut shelf = SampleJournal::new();
            let audit = shelf.whole(&ticket, &state, "word");
            note(shelf.state.story(audit).unwrap(), Privacy::Whole).unwrap().text
        };
        let text = note(shelf.state.story(audit).unwrap(), Privacy::Whole).unwrap().text;
        let outside = |text: &str| {
            text.split('\n')
                .filter(|line| !line.starts_with('>') && !line.starts_with("audit: "))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(outside(&text), outside(&plain));
    }
}

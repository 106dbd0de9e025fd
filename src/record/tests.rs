//! What lines mean, and how they fold.

use chrono::TimeDelta;
use rust_decimal::dec;
use serde_json::json;

use super::sample::{SampleJournal, state, ticket};
use super::*;
use crate::audit::{Choice, Decision, Flag, Step, Tag};
use crate::engine::{Money, Price};
use crate::journal::Entry;
use crate::market::AuditId;

#[test]
fn every_event_reads_back_from_its_line_as_it_was_written() {
    let mut shelf = SampleJournal::new();
    let audit = AuditId::fresh();
    let position = crate::market::PositionId::fresh();
    let opened = shelf.now();
    let until = opened.wall + TimeDelta::hours(4);
    for event in [
        Event::AuditStarted(Box::new(AuditStarted {
            audit,
            opened,
            state: Some(state(2, &[Tag::Plan, Tag::FearOfMissingOut])),
            ticket: Some(ticket("btc")),
            typed_symbol: "“dogé”\n".to_owned(),
        })),
        Event::AuditDecided(Box::new(Decision {
            choice: Choice::Wait { until },
            worst_case: Some(Money::new(dec!(1050.20))),
            sentence: Some("why".to_owned()),
            seconds_after_reveal: Some(7),
            flags: vec![Flag::Thin, Flag::OverAccepted],
            triggers: Vec::new(),
            ..Decision::walk_away(audit, Step::Reveal, Some(ticket("eth")))
        })),
        Event::AuditExpired(AuditExpired {
            audit,
            expiry: Expiry::PermissionLapsed,
            step: Step::Reveal,
        }),
        Event::AuditFollowed(AuditFollowed {
            audit,
            outcome: Outcome::ChangedMind,
        }),
        Event::PositionChanged(PositionChanged {
            position,
            audit: Some(audit),
            mark: Some(Price::new(dec!(0.00001234))),
            quantity: None,
            entry: None,
            backing: Some(crate::engine::Backing::Cross),
            leverage: Some(dec!(12.5)),
        }),
        Event::PositionClosed(PositionClosed {
            position,
            audit: None,
            price: Price::new(dec!(1990)),
            wallet_balance: Money::new(dec!(-3.5)),
            estimated: true,
            liquidated: false,
        }),
    ] {
        let record = shelf.tell(&event);
        let version = if event.kind() == "position.closed" {
            2
        } else {
            1
        };
        assert_eq!((record.kind.as_str(), record.v), (event.kind(), version));
        assert_eq!(Event::read(&record), DecodedEvent::Known(Box::new(event)));
    }
    assert_eq!((shelf.state.newer(), shelf.state.unreadable()), (0, 0));
}

#[test]
fn a_close_of_the_first_version_was_not_a_liquidation() {
    let mut shelf = SampleJournal::new();
    let position = crate::market::PositionId::fresh();
    let data = json!({
        "position": position, "price": "1990", "wallet_balance": "-3.5", "estimated": true,
    });
    let record = shelf.append(&Entry::new("position.closed", 1, &data).unwrap());
    let closed = PositionClosed {
        position,
        audit: None,
        price: Price::new(dec!(1990)),
        wallet_balance: Money::new(dec!(-3.5)),
        estimated: true,
        liquidated: false,
    };
    let event = Event::PositionClosed(closed);
    assert_eq!(Event::read(&record), DecodedEvent::Known(Box::new(event)));
}

#[test]
fn a_line_that_is_not_known_is_told_from_one_that_is_damaged() {
    let mut shelf = SampleJournal::new();
    let mut read = |kind: &str, v: u32, data: serde_json::Value| {
        Event::read(&shelf.append(&Entry::new(kind, v, &data).unwrap()))
    };
    assert_eq!(read("plan.sung", 1, json!({})), DecodedEvent::Newer);
    assert_eq!(read("account.set", 2, json!({})), DecodedEvent::Newer);
    assert_eq!(read("account.set", 0, json!({})), DecodedEvent::Newer);
    assert!(matches!(
        read("account.set", 1, json!({})),
        DecodedEvent::Unreadable(_)
    ));
    assert!(matches!(
        read("audit.decided", 1, json!({"choice": "sing"})),
        DecodedEvent::Unreadable(_)
    ));
    let state = &shelf.state;
    assert_eq!((state.newer(), state.unreadable()), (3, 2));
    assert_eq!(state.entries(), 6, "with the line that created the journal");
}

#[test]
fn what_the_journal_and_the_clock_say_of_themselves_is_a_notice_with_its_place() {
    let mut shelf = SampleJournal::new();
    let data = json!({"drift_secs": 7200});
    let record = shelf.append(&Entry::new("clock.jump", 1, &data).unwrap());
    shelf.append(&Entry::new("note.sung", 1, &json!("la")).unwrap());
    let notices = shelf.state.notices();
    assert_eq!(notices.len(), 2);
    assert_eq!(notices[0].kind, "journal.created");
    assert_eq!(
        notices[1],
        Notice {
            seq: 1,
            kind: "clock.jump".to_owned(),
            at: record.at
        }
    );
}

#[test]
fn an_audit_begins_once_and_ends_once() {
    let mut shelf = SampleJournal::new();
    let (calm, first) = (state(0, &[]), ticket("btc"));
    let audit = shelf.start(&first, &calm);
    let again = AuditStarted {
        audit,
        opened: shelf.now(),
        state: None,
        ticket: Some(ticket("eth")),
        typed_symbol: String::new(),
    };
    shelf.tell(&Event::AuditStarted(Box::new(again)));
    assert_eq!(shelf.state.stories().len(), 1);
    assert_eq!(shelf.state.stories()[0].ticket, Some(first));
    shelf.decide(audit, Choice::DoNothing, Vec::new());
    let ended = shelf.state.stories()[0].ending.clone();
    shelf.decide(audit, Choice::Proceed, Vec::new());
    shelf.expire(audit);
    assert_eq!(shelf.state.stories()[0].ending, ended);
    assert_eq!(shelf.state.ended_count(), 1);
    assert_eq!(shelf.state.unended().count(), 0);
    assert_eq!(shelf.state.unfollowed().count(), 0);
}

#[test]
fn a_line_about_an_audit_that_never_began_changes_nothing() {
    let mut shelf = SampleJournal::new();
    let nobody = AuditId::fresh();
    shelf.seal(nobody, &ticket("btc"), &state(0, &[]), "x");
    shelf.decide(nobody, Choice::Proceed, Vec::new());
    shelf.expire(nobody);
    shelf.tell(&Event::AuditFollowed(AuditFollowed {
        audit: nobody,
        outcome: Outcome::NotFilled,
    }));
    assert!(shelf.state.stories().is_empty());
    assert_eq!(shelf.state.ended_count(), 0);
    assert_eq!(shelf.state.entries(), 5);
}

#[test]
fn audits_are_listed_by_their_ends_newest_first() {
    let mut shelf = SampleJournal::new();
    let (calm, btc) = (state(0, &[]), ticket("btc"));
    let audits: Vec<AuditId> = (0..3).map(|_| shelf.start(&btc, &calm)).collect();
    shelf.expire(audits[2]);
    shelf.decide(audits[0], Choice::DoNothing, Vec::new());
    let listed: Vec<AuditId> = shelf.state.ended().map(|story| story.audit).collect();
    assert_eq!(listed, [audits[0], audits[2]]);
    for (n, audit) in listed.iter().enumerate() {
        assert_eq!(shelf.state.newest_ended(n).unwrap().audit, *audit);
    }
    assert!(shelf.state.newest_ended(2).is_none());
    assert!(shelf.state.newest_ended(usize::MAX).is_none());
    let open: Vec<AuditId> = shelf.state.unended().map(|story| story.audit).collect();
    assert_eq!(open, [audits[1]]);
}

#[test]
fn only_a_decision_to_trade_waits_for_what_became_of_it() {
    let mut shelf = SampleJournal::new();
    let until = shelf.now().wall + TimeDelta::hours(1);
    let mut trades = Vec::new();
    for choice in [
        Choice::Proceed,
        Choice::Wait { until },
        Choice::ProceedSmaller,
        Choice::DoNothing,
        Choice::IsolatedInstead,
    ] {
        let audit = shelf.start(&ticket("btc"), &state(0, &[]));
        if choice.trades() {
            trades.insert(0, audit);
        }
        let waits = choice == Choice::Wait { until };
        shelf.decide(audit, choice, Vec::new());
        let story = shelf.state.story(audit).unwrap();
        assert_eq!(story.waits_until(), waits.then_some(until));
    }
    let listed: Vec<AuditId> = shelf.state.unfollowed().map(|story| story.audit).collect();
    assert_eq!(listed, trades, "newest first");
    shelf.tell(&Event::AuditFollowed(AuditFollowed {
        audit: trades[1],
        outcome: Outcome::NotFilled,
    }));
    assert_eq!(shelf.state.unfollowed().count(), 2);
}

#[test]
fn what_was_sealed_goes_before_what_was_written_first() {
    let mut shelf = SampleJournal::new();
    let audit = shelf.start(&ticket("btc"), &state(4, &[]));
    shelf.seal(
        audit,
        &ticket("eth"),
        &state(1, &[Tag::Plan]),
        "a close above",
    );
    let story = shelf.state.story(audit).unwrap();
    assert_eq!(story.last_ticket().unwrap().symbol.as_str(), "ETH/USDT");
    assert_eq!(story.state, Some(state(1, &[Tag::Plan])));
    let sealed = story.sealed.as_ref().unwrap();
    assert_eq!(sealed.receipt.id(), sealed.event);
    assert_eq!(sealed.receipt.seq(), 2);
}

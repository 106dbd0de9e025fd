//! What a search finds, and what the mirror shows.

use super::{matches, mirror, search};
use crate::audit::{Choice, Flag, Tag, Ticket, TraderState};
use crate::engine::{Mode, Side};
use crate::market::AuditId;
use crate::record::sample::{SampleJournal, state, ticket};

fn shown(shelf: &SampleJournal, ticket: &Ticket, state: &TraderState) -> Vec<AuditId> {
    mirror(&shelf.state, ticket, state)
        .iter()
        .map(|story| story.audit)
        .collect()
}

fn found(shelf: &SampleJournal, query: &str) -> Vec<AuditId> {
    search(&shelf.state, query)
        .into_iter()
        .map(|place| shelf.state.newest_ended(place).unwrap().audit)
        .collect()
}

fn short_in_cross(symbol: &str) -> Ticket {
    Ticket {
        side: Side::Short,
        mode: Mode::Cross,
        ..ticket(symbol)
    }
}

#[test]
fn the_mirror_shows_at_most_three_and_of_equals_the_newest() {
    let mut shelf = SampleJournal::new();
    let (btc, calm) = (ticket("btc"), state(0, &[]));
    let audits: Vec<AuditId> = (0..5).map(|_| shelf.whole(&btc, &calm, "words")).collect();
    assert_eq!(
        shown(&shelf, &btc, &calm),
        [audits[4], audits[3], audits[2]]
    );
}

#[test]
fn the_same_market_comes_before_any_other_likeness() {
    let mut shelf = SampleJournal::new();
    let racing = state(4, &[Tag::Revenge]);
    let market = shelf.whole(&short_in_cross("btc"), &state(0, &[]), "words");
    // Everything but the market is the same, and it is newer.
    let other = shelf.whole(&ticket("eth"), &racing, "words");
    let both = shelf.whole(&ticket("btc"), &racing, "words");
    assert_eq!(
        shown(&shelf, &ticket("btc"), &racing),
        [both, market, other]
    );
}

#[test]
fn another_market_is_shown_only_for_the_same_arousal_with_a_tag_in_common() {
    let mut shelf = SampleJournal::new();
    shelf.whole(&ticket("eth"), &state(3, &[]), "words");
    shelf.whole(&ticket("eth"), &state(2, &[Tag::Bored]), "words");
    shelf.whole(&ticket("eth"), &state(3, &[Tag::Plan]), "words");
    let alike = shelf.whole(
        &ticket("eth"),
        &state(3, &[Tag::Bored, Tag::Tired]),
        "words",
    );
    let now = state(3, &[Tag::Bored, Tag::Chasing]);
    assert_eq!(shown(&shelf, &ticket("btc"), &now), [alike]);
}

#[test]
fn the_mirror_shows_only_words_that_were_sealed_in_audits_that_ended() {
    let mut shelf = SampleJournal::new();
    let (btc, calm) = (ticket("btc"), state(0, &[]));
    let walked = shelf.start(&btc, &calm);
    shelf.decide(walked, Choice::DoNothing, Vec::new());
    let present = shelf.start(&btc, &calm);
    shelf.seal(present, &btc, &calm, "words");
    assert!(shown(&shelf, &btc, &calm).is_empty());
    shelf.decide(present, Choice::DoNothing, Vec::new());
    assert_eq!(shown(&shelf, &btc, &calm), [present]);
}

#[test]
fn a_search_takes_every_word_in_any_order_and_any_case() {
    let mut shelf = SampleJournal::new();
    let calm = state(0, &[]);
    let close = shelf.whole(&ticket("btc"), &calm, "The daily Close under ÄRGER");
    let open = shelf.whole(&ticket("btc"), &calm, "The weekly open");
    assert_eq!(found(&shelf, "close"), [close]);
    assert_eq!(found(&shelf, "UNDER daily"), [close]);
    assert_eq!(found(&shelf, "ärger"), [close]);
    assert_eq!(found(&shelf, "the"), [open, close], "newest first");
    assert!(found(&shelf, "daily open").is_empty());
    assert!(found(&shelf, "nowhere").is_empty());
    for nothing in ["", "  ", "\t"] {
        assert_eq!(found(&shelf, nothing), [open, close]);
    }
}

#[test]
fn a_search_finds_market_account_side_mode_state_decision_and_flags() {
    let mut shelf = SampleJournal::new();
    let racing = state(4, &[Tag::FearOfMissingOut]);
    let eth = Ticket {
        experiment: true,
        ..short_in_cross("eth")
    };
    let audit = shelf.start(&eth, &racing);
    shelf.seal(audit, &eth, &racing, "A close above the range");
    shelf.decide(audit, Choice::Proceed, vec![Flag::Thin]);
    shelf.whole(&ticket("btc"), &state(0, &[]), "words");
    for query in [
        "eth/usdt",
        "short",
        "cross",
        "experiment",
        "racing",
        "missing",
        "above",
        "proceeded",
        // "thin" alone stands in "nothing" as well: a part of a word is enough.
        "thin answers",
        "main short proceeded",
    ] {
        assert_eq!(found(&shelf, query), [audit], "{query}");
    }
    assert_eq!(found(&shelf, "deadline").len(), 2, "the second answer too");
}

#[test]
fn an_audit_is_found_by_what_was_typed_where_no_ticket_was_written() {
    let mut shelf = SampleJournal::new();
    let audit = AuditId::fresh();
    let opened = shelf.now();
    let started = crate::record::AuditStarted {
        audit,
        opened,
        state: None,
        ticket: None,
        typed_symbol: "Doge".to_owned(),
    };
    shelf.tell(&crate::record::Event::AuditStarted(Box::new(started)));
    assert!(found(&shelf, "doge").is_empty(), "it has not ended");
    shelf.expire(audit);
    assert_eq!(found(&shelf, "doge"), [audit]);
    assert_eq!(found(&shelf, "left lying"), [audit]);
    assert!(matches(shelf.state.story(audit).unwrap(), "DOGE lying"));
}

//! Every kind of line that there is, redacted: no amount and no words are left in it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::write_line;
use crate::journal::EventId;
use crate::journal::{Entry, Record};
use crate::record::sample::SampleJournal;
use crate::record::{DecodedEvent, Event};

/// A day at the app, with most kinds of lines.
const DAY: &str = include_str!("../../../tests/journal_golden/v0.1.0-app.jsonl");
/// Where the kinds are named.
const SOURCES: [&str; 2] = [
    include_str!("../../record/event.rs"),
    include_str!("../../promises/event.rs"),
];
const SECRET: &str = "secret words";

/// Lines of the kinds that the day does not hold, and of promises about amounts.
fn beside_the_day() -> Vec<(&'static str, Value)> {
    let id = EventId::fresh();
    let day: Vec<Value> = day().map(|(_, _, data)| data).collect();
    let with = |field: &str| {
        let data = day.iter().find(|data| data.get(field).is_some());
        data.unwrap()[field].clone()
    };
    let isolated = json!({"mode": "isolated", "margin": "98765.43"});
    let scope =
        json!({"account": {"id": id, "place": SECRET, "name": SECRET}, "symbol": "BTC/USDT"});
    let armed = |what: Value| {
        let mut armed = json!({"lock": id, "scope": scope, "holds": "always", "words": SECRET});
        let fields = armed.as_object_mut().unwrap();
        fields.extend(what.as_object().unwrap().clone());
        armed
    };
    let amount = json!({"money": {"amount": "98765.43", "collateral": "USDT"}});
    vec![
        (
            "position.changed",
            json!({"position": id, "audit": id, "mark": "98765.43", "quantity": "0.98765",
                "entry": "98765.44", "backing": isolated, "leverage": "7.5"}),
        ),
        (
            "audit.expired",
            json!({"audit": id, "expiry": "left_lying", "step": "ticket"}),
        ),
        (
            "audit.followed",
            json!({"audit": id, "outcome": "not_filled"}),
        ),
        (
            "audit.afterwards",
            json!({"audit": id, "of": id, "done_at": "2026-03-01T14:30:00Z",
                "ticket": with("ticket"), "answers": with("answers"), "wording": 3}),
        ),
        (
            "funds.paid_in",
            json!({"account": id, "audit": id, "amount": "98765.43", "wallet_balance": "98765.44"}),
        ),
        (
            "positions.joined",
            json!({"position": id, "joined": id, "quantity": "0.98765", "entry": "98765.43",
                "mark": "98765.44", "backing": {"mode": "isolated", "margin": "98765.45"},
                "leverage": "9.8765"}),
        ),
        (
            "plan.written",
            json!({"plan": id, "allows": "rescue", "account": id, "account_name": SECRET,
                "symbol": "BTC/USDT", "side": "long", "trigger": SECRET, "collateral": "98765.43",
                "loss_limit": "98765.44", "stop": "98765.45",
                "legs": [{"symbol": "ETH/USDT", "side": "short", "quantity": "0.98765"}]}),
        ),
        ("plan.renewed", json!({"plan": id})),
        ("plan.withdrawn", json!({"plan": id})),
        (
            "promise.armed",
            armed(json!({"kind": "max-loss", "most": amount, "per": "day"})),
        ),
        (
            "promise.armed",
            armed(json!({"kind": "max-loss", "most": {"percent": "9.8765"}, "per": "week"})),
        ),
        (
            "promise.armed",
            armed(json!({"kind": "max-at-stake", "amount": "98765.43", "collateral": "USDT"})),
        ),
        (
            "promise.armed",
            armed(json!({"kind": "max-leverage", "isolated": "9.8765", "cross": "3.98765"})),
        ),
        (
            "promise.loosening",
            json!({"lock": id, "to": armed(json!({"kind": "max-at-stake", "amount": "98765.43",
                "collateral": "USDT"}))}),
        ),
        ("promise.undone", json!({"lock": id})),
        ("promise.loosening_cancelled", json!({"lock": id})),
        ("promise.released", json!({"lock": id, "sentence": SECRET})),
        ("promise.still_open", json!({"lock": id})),
        (
            "promise.closed",
            json!({"lock": id, "on": "2026-03-01T14:30:00Z", "unverified": true}),
        ),
        ("promise.breached", json!({"locks": [id], "what": SECRET})),
    ]
}

/// The events of the day.
fn day() -> impl Iterator<Item = (String, u32, Value)> {
    DAY.lines().filter_map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        let kind = line["kind"].as_str().unwrap().to_owned();
        let v = u32::try_from(line["v"].as_u64().unwrap()).unwrap();
        (!kind.starts_with("journal.")).then(|| (kind, v, line["data"].clone()))
    })
}

/// Every kind that the sources name.
fn kinds() -> BTreeSet<&'static str> {
    let is_kind = |text: &&str| {
        let plain = |c: char| c.is_ascii_lowercase() || c == '_';
        text.split_once('.').is_some_and(|(room, what)| {
            room.chars().all(plain) && !what.is_empty() && what.chars().all(plain)
        })
    };
    let quoted = SOURCES
        .iter()
        .flat_map(|source| source.split('"').skip(1).step_by(2));
    quoted.filter(is_kind).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn redacted(record: &Record) -> Value {
    let mut out = Vec::new();
    write_line(record, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn no_line_of_any_kind_keeps_an_amount_or_words() {
    let mut shelf = SampleJournal::new();
    let beside = beside_the_day().into_iter();
    let beside = beside.map(|(kind, data)| (kind.to_owned(), 1, data));
    let mut seen = BTreeSet::new();
    for (kind, v, data) in day().chain(beside) {
        let record = shelf.append(&Entry::new(&kind, v, &data).unwrap());
        assert!(
            matches!(Event::read(&record), DecodedEvent::Known(_)),
            "{kind}: {:?}",
            Event::read(&record)
        );
        let mut line = redacted(&record);
        if let Some(fields) = line["data"].as_object_mut() {
            // The version of the engine: a number, and no amount.
            fields.remove("engine");
        }
        for text in texts(&line["data"]) {
            assert!(
                text.parse::<Decimal>().is_err(),
                "{kind} keeps {text}: {line}"
            );
            let words = [
                "Main",
                "Binance",
                "Fear is",
                "If it closes",
                "shelf",
                "cash",
            ];
            let private = words
                .iter()
                .chain([&SECRET])
                .find(|words| text.contains(**words));
            assert_eq!(private, None, "{kind}: {line}");
        }
        seen.insert(kind);
    }
    let seen: BTreeSet<&str> = seen.iter().map(String::as_str).collect();
    assert_eq!(seen, kinds(), "every kind is tried");
}

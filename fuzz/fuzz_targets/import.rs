//! Any text as an export of ccxt: read, held against an account, asked about, taken, and held
//! against the account that it made.
#![no_main]

mod mutate_json;

use std::collections::BTreeMap;

use impulse_audit::engine::{Fees, ModeScope, Money, Rate};
use impulse_audit::interchange::ccxt::{
    Detail, ImportAnswer, ImportAnswers, Preview, Question, Snapshot, preview_with, read,
};
use impulse_audit::market::{AccountId, PositionId};
use impulse_audit::record::{Account, AccountSet, Event, OpenPosition, Requirement};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use rust_decimal::Decimal;

use mutate_json::mutate_json;

/// More rounds of questions than any import has.
const ROUNDS: usize = 24;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let snapshot = match read(text) {
        Ok(snapshot) => snapshot,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    for note in &snapshot.left_out {
        assert!(!note.words.is_empty());
    }
    for (venue, collateral) in [("binance", "USDT"), ("okx", "BTC"), ("", "USDC")] {
        let mut account = account(venue, collateral);
        // Twice: against an empty account, then against what the first import made.
        for _ in 0..2 {
            let preview = answered(&snapshot, &account);
            for event in preview.events(&account, PositionId::fresh) {
                take(&mut account, event);
            }
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mutated = (seed % 2 == 0)
        .then(|| mutate_json(data, size, max_size, seed / 2))
        .flatten();
    mutated.unwrap_or_else(|| fuzzer_mutate(data, size, max_size))
});

fn account(venue: &str, collateral: &str) -> Account {
    let fee = Rate::new(Decimal::new(5, 4));
    Account {
        set: AccountSet {
            account: AccountId::fresh(),
            name: "Main".to_owned(),
            venue: venue.to_owned(),
            collateral: collateral.to_owned(),
            wallet_balance: Money::new(Decimal::from(1000)),
            fees: Fees {
                open: fee,
                close: fee,
            },
            rules: BTreeMap::new(),
            contracts: BTreeMap::new(),
            requirement: Requirement::default(),
            mode_scope: ModeScope::default(),
        },
        known_at: long_ago(),
        wallet_at: long_ago(),
        positions: Vec::new(),
    }
}

fn long_ago() -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::UNIX_EPOCH
}

/// The preview when every question has had an answer that fits it.
fn answered(snapshot: &Snapshot, account: &Account) -> Preview {
    let mut answers = ImportAnswers::default();
    for round in 0..ROUNDS {
        let preview = preview_with(snapshot, account, &answers);
        if preview.questions.is_empty() {
            return preview;
        }
        for question in &preview.questions {
            assert!(!question.words.is_empty());
            answers.give(question.asked.clone(), answer(question, round));
        }
    }
    preview_with(snapshot, account, &answers)
}

fn answer(question: &Question, round: usize) -> ImportAnswer {
    // The first offer, another one where that left the question standing, a plain number.
    let offer = question.offers.get(round % 3).or(question.offers.first());
    match offer {
        Some(offer) => {
            assert!(!offer.words.is_empty());
            offer.answer
        }
        None if question.asked.detail == Detail::Rate => ImportAnswer::Number(Decimal::new(5, 3)),
        None => ImportAnswer::Number(Decimal::ONE),
    }
}

/// An event reads back as it was written, and changes the account.
fn take(account: &mut Account, event: Event) {
    match event {
        Event::AccountSet(set) => {
            let text = serde_json::to_string(&set).expect("an account has a JSON form");
            let again: AccountSet = serde_json::from_str(&text).expect("and is read back");
            assert_eq!(set, again);
            account.set = set;
        }
        Event::PositionOpened(position) => {
            let text = serde_json::to_string(&position).expect("a position has a JSON form");
            assert_eq!(
                position,
                serde_json::from_str(&text).expect("and is read back")
            );
            let open = OpenPosition::of(position, long_ago());
            let position = &open.position;
            assert!(position.profit().is_some() == position.profit_at(position.mark).is_some());
            account.positions.push(open);
        }
        Event::PositionChanged(change) => {
            let text = serde_json::to_string(&change).expect("a change has a JSON form");
            assert_eq!(
                change,
                serde_json::from_str(&text).expect("and is read back")
            );
        }
        Event::PositionClosed(closed) => {
            account
                .positions
                .retain(|open| open.id() != closed.position);
            account.set.wallet_balance = closed.wallet_balance;
        }
        _ => panic!("an import makes no such event"),
    }
}

//! Any bytes are lines to the engine, and every line that is not blank gets one answer.
//!
//! An answer is one JSON object: both outcomes, or an error with code, field and message. What can
//! be read as a case also goes through everything else that a reveal computes from it.
#![no_main]

mod mutate_json;

use impulse_audit::engine::{
    Mode, Rate, assess, assess_position, before_after, case, default_moves, equity, equity_curve,
    funding_path, gap, same_move,
};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde_json::Value;

use mutate_json::mutate_json;

fuzz_target!(|bytes: &[u8]| {
    let mut answers = Vec::new();
    case::run(bytes, &mut answers).expect("memory can always be written");
    let answers = String::from_utf8(answers).expect("answers are UTF-8");
    let asked = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !is_blank(line))
        .count();
    assert_eq!(answers.lines().count(), asked, "one answer for each line");
    for answer in answers.lines() {
        check_answer(answer);
    }
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Ok(line) = std::str::from_utf8(line) {
            reveal(line);
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mutated = (seed % 2 == 0)
        .then(|| mutate_json(data, size, max_size, seed / 2))
        .flatten();
    mutated.unwrap_or_else(|| fuzzer_mutate(data, size, max_size))
});

fn is_blank(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|line| line.trim().is_empty())
}

fn check_answer(answer: &str) {
    let answer: Value = serde_json::from_str(answer).expect("an answer is JSON");
    assert!(answer.get("id").is_some(), "an answer gives the id back");
    if let Some(error) = answer.get("error") {
        for key in ["code", "field", "message"] {
            assert!(error[key].is_string(), "an error has a {key}: {answer}");
        }
        assert_ne!(error["code"], "");
        assert_ne!(error["message"], "");
    } else {
        let told = ["isolated", "cross"].map(|mode| answer[mode]["max_loss"].is_string());
        // A position as it stands has its own mode alone.
        let modes = if answer.get("order").is_some() { 2 } else { 1 };
        assert!(
            told.iter().filter(|told| **told).count() >= modes,
            "{answer}"
        );
        assert!(answer["findings"].is_array(), "no findings: {answer}");
    }
}

/// What the window asks of the engine beside the two outcomes: answers or errors, never a panic.
fn reveal(line: &str) {
    let Ok(case) = case::read(line) else { return };
    let account = &case.account;
    drop(equity(account));
    for position in &account.positions {
        let (symbol, side) = (&position.symbol, position.side);
        drop(assess_position(
            account,
            symbol,
            side,
            None,
            case.joint.as_ref(),
        ));
    }
    let Ok(ticket) = case.ticket() else { return };
    drop(assess(account, ticket, case.joint.as_ref()));
    drop(same_move(account, ticket, &default_moves()));
    let prices: Vec<_> = [ticket.entry, ticket.effective_price()]
        .into_iter()
        .chain(ticket.invalidation)
        .collect();
    let rate = ticket.funding.rate;
    for mode in [Mode::Isolated, Mode::Cross] {
        drop(before_after(account, ticket, mode));
        drop(equity_curve(account, ticket, mode, &prices));
        drop(gap(account, ticket, mode, &[Rate::ZERO, rate]));
        drop(funding_path(account, ticket, mode, rate, &[0, 1, u32::MAX]));
    }
}

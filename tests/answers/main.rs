//! Answers as traders write them, and as people write who have nothing to say: the lists beside
//! this file are held against the rules, in both directions.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a list that cannot be read is a failed test here"
)]

mod lists;

use std::collections::BTreeSet;

use impulse_audit::audit::answer::{AnswerProblem, check_first, check_second, names_what_is_seen};
use lists::{Listed, Verdict, listed};

/// The first answer of an audit whose third is looked at.
const FIRST: &str = "Daily close under the shelf that held all week";

/// What becomes of an answer to the first question when it is handed in for the first time.
fn first(text: &str) -> Verdict {
    match check_first(text) {
        Err(_) => Verdict::None,
        Ok(()) if names_what_is_seen(text) => Verdict::Pass,
        Ok(()) => Verdict::Asked,
    }
}

fn third(text: &str) -> Verdict {
    match check_second(text, FIRST) {
        Err(_) => Verdict::None,
        Ok(()) => Verdict::Pass,
    }
}

/// Those whose verdict is another than the one written beside them.
fn misjudged(answers: &[Listed], judge: fn(&str) -> Verdict) -> Vec<String> {
    answers
        .iter()
        .filter(|listed| judge(&listed.answer) != listed.verdict)
        .map(|listed| format!("{listed} but {:?}", judge(&listed.answer)))
        .collect()
}

#[test]
fn good_short_answers_of_any_language_pass_at_once() {
    let wrong = misjudged(&listed("pass.txt"), first);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn empty_words_of_any_language_do_not_pass_at_once() {
    let wrong = misjudged(&listed("refuse.txt"), first);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_reason_to_do_nothing_need_not_be_seen_on_a_screen() {
    let wrong = misjudged(&listed("reasons.txt"), third);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_lists_hold_many_answers_in_many_languages() {
    for (name, at_least) in [("pass.txt", 37), ("refuse.txt", 39)] {
        let answers = listed(name);
        let languages: BTreeSet<_> = answers.iter().map(|one| &one.language).collect();
        let different: BTreeSet<_> = answers.iter().map(|one| &one.answer).collect();
        assert!(answers.len() >= at_least, "{name}: {}", answers.len());
        assert_eq!(different.len(), answers.len(), "{name} repeats itself");
        assert!(languages.len() >= 14, "{name}: {languages:?}");
    }
    let _ = AnswerProblem::Empty;
}

#[test]
fn held_out() {
    let wrong = misjudged(&listed("held_out_again.txt"), first);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

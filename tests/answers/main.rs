//! Answers as traders write them, and as people write who have nothing to say: the lists beside
//! this file are held against the rules, in both directions.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a list that cannot be read is a failed test here"
)]

mod lists;
mod properties;

use std::collections::BTreeSet;

use impulse_audit::audit::answer::{check_first, check_second, names_what_is_seen};
use lists::{Verdict, listed};

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

/// Those that are judged otherwise than is known of them.
fn misjudged(name: &str, judge: fn(&str) -> Verdict) -> Vec<String> {
    listed(name)
        .iter()
        .filter(|listed| (judge(&listed.answer) != listed.verdict) != listed.missed)
        .map(|listed| format!("{listed} but {:?}", judge(&listed.answer)))
        .collect()
}

#[test]
fn good_short_answers_of_any_language_pass_at_once() {
    let wrong = misjudged("pass.txt", first);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn empty_words_of_any_language_do_not_pass_at_once() {
    let wrong = misjudged("refuse.txt", first);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_reason_to_do_nothing_need_not_be_seen_on_a_screen() {
    let wrong = misjudged("reasons.txt", third);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn answers_that_were_held_out_are_judged_as_is_known_of_them() {
    for name in ["held_out.txt", "held_out_again.txt", "held_out_last.txt"] {
        let wrong = misjudged(name, first);
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
}

#[test]
fn the_lists_hold_many_answers_in_many_languages_each_once() {
    let lists = [
        ("pass.txt", 37),
        ("refuse.txt", 39),
        ("held_out.txt", 40),
        ("held_out_again.txt", 40),
        ("held_out_last.txt", 40),
    ];
    let mut all = BTreeSet::new();
    for (name, at_least) in lists {
        let answers = listed(name);
        let languages: BTreeSet<_> = answers.iter().map(|one| one.language.clone()).collect();
        assert!(answers.len() >= at_least, "{name}: {}", answers.len());
        assert!(languages.len() >= 8, "{name}: {languages:?}");
        for one in answers {
            let again = one.to_string();
            assert!(all.insert(one.answer), "{name}: {again}, and stands twice");
        }
    }
}

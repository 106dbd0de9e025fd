//! Verdicts over one answer that is handed in again and again.

use crate::market::AuditId;

use super::*;
use crate::audit::similarity::{EarlierAnswer, compare};

fn earlier(text: &str) -> EarlierAnswer {
    EarlierAnswer::new(AuditId::from_u128(0), text, "You did nothing.")
}

#[test]
fn what_names_nothing_is_asked_about_once_and_then_passes_thin() {
    let mut stamp = AnswerStamp::default();
    let verdicts: Vec<_> = (0..3)
        .map(|_| stamp.judge("I just feel it", NamesVisible::Nothing, Likeness::New))
        .collect();
    assert_eq!(
        verdicts,
        [Verdict::HowSeen, Verdict::PassesThin, Verdict::PassesThin]
    );
    assert_eq!(stamp.refusals(), 0);
}

#[test]
fn what_is_named_after_the_question_passes_unflagged() {
    let mut stamp = AnswerStamp::default();
    stamp.judge("I just feel it", NamesVisible::Nothing, Likeness::New);
    assert_eq!(
        stamp.judge("Close below 94k", NamesVisible::Named, Likeness::New),
        Verdict::Passes
    );
}

#[test]
fn it_is_asked_once_although_the_words_change() {
    let mut stamp = AnswerStamp::default();
    stamp.judge("I just feel it", NamesVisible::Nothing, Likeness::New);
    assert_eq!(
        stamp.judge("my gut tells me", NamesVisible::Nothing, Likeness::New),
        Verdict::PassesThin
    );
}

#[test]
fn after_two_refusals_a_repeated_answer_passes_and_is_thin() {
    let old = [earlier("the weekly close is back inside the range")];
    let text = old[0].text();
    let mut stamp = AnswerStamp::default();
    let verdicts: Vec<_> = (0..4)
        .map(|_| stamp.judge(text, NamesVisible::Named, compare(text, &old)))
        .collect();
    assert_eq!(
        verdicts,
        [
            Verdict::OtherWords,
            Verdict::OtherWords,
            Verdict::PassesThin,
            Verdict::PassesThin,
        ]
    );
    assert_eq!(stamp.refusals(), 2);
}

#[test]
fn a_repetition_that_names_nothing_is_asked_first_and_refused_twice() {
    let old = [earlier("I just feel it strongly")];
    let text = old[0].text();
    let mut stamp = AnswerStamp::default();
    let verdicts: Vec<_> = (0..4)
        .map(|_| stamp.judge(text, NamesVisible::Nothing, compare(text, &old)))
        .collect();
    assert_eq!(
        verdicts,
        [
            Verdict::HowSeen,
            Verdict::OtherWords,
            Verdict::OtherWords,
            Verdict::PassesThin,
        ]
    );
}

#[test]
fn an_own_answer_passes_unflagged_even_after_refusals() {
    let old = [earlier("the weekly close is back inside the range")];
    let mut stamp = AnswerStamp::default();
    for _ in 0..2 {
        stamp.judge(
            old[0].text(),
            NamesVisible::Named,
            compare(old[0].text(), &old),
        );
    }
    let own = "funding turns negative for two days in a row";
    assert_eq!(
        stamp.judge(own, NamesVisible::Named, compare(own, &old)),
        Verdict::Passes
    );
}

#[test]
fn a_resembling_answer_is_shown_once_and_is_no_refusal() {
    let old = earlier("irrelevant");
    let likeness = Likeness::Resembles {
        earlier: &old,
        permille: 760,
    };
    let mut stamp = AnswerStamp::default();
    assert_eq!(
        stamp.judge("some text", NamesVisible::Named, likeness),
        Verdict::Look
    );
    assert_eq!(
        stamp.judge("some text", NamesVisible::Named, likeness),
        Verdict::Passes
    );
    assert_eq!(stamp.refusals(), 0);
}

#[test]
fn an_empty_answer_never_passes_and_counts_as_no_refusal() {
    let old = earlier("irrelevant");
    let likeness = Likeness::Repeats {
        earlier: &old,
        permille: 1000,
    };
    let mut stamp = AnswerStamp::default();
    for empty in ["", "  ", "\u{200b}", "\u{3000}\n"].iter().cycle().take(12) {
        assert_eq!(
            stamp.judge(empty, NamesVisible::Nothing, likeness),
            Verdict::Empty
        );
        assert!(
            !stamp
                .judge(empty, NamesVisible::Named, Likeness::New)
                .passes()
        );
    }
    assert_eq!(stamp, AnswerStamp::default());
}

#[test]
fn what_was_asked_and_refused_survives_a_saved_draft() {
    let old = [earlier("I just feel it strongly")];
    let text = old[0].text();
    let mut stamp = AnswerStamp::default();
    for expected in [
        Verdict::HowSeen,
        Verdict::OtherWords,
        Verdict::OtherWords,
        Verdict::PassesThin,
    ] {
        assert_eq!(
            stamp.judge(text, NamesVisible::Nothing, compare(text, &old)),
            expected
        );
        let saved = serde_json::to_string(&stamp).unwrap();
        stamp = serde_json::from_str(&saved).unwrap();
    }
}

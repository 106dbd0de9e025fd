//! Rubber stamps: an answer written before is sent back twice, then passes and is flagged.

use impulse_audit::audit::similarity::Verdict;
use impulse_audit::audit::{Choice, Draft, Flag, Question};
use impulse_audit::desk::{Command, Desk, Refusal};

use crate::common::*;

/// Hands a written answer in as the window does, and goes on with what comes of it.
fn hand_in(desk: &Desk, draft: &mut Draft, question: Question) -> Result<Verdict, String> {
    draft
        .judge(question, &desk.earlier_answers(question))
        .map_err(|problem| problem.problem)
}

/// A world in which one audit has ended with these answers already.
fn with_one_behind() -> (World, Desk) {
    let (world, mut desk, _) = World::with_account();
    revealed(&world, &mut desk);
    done(&mut desk, decide(Choice::DoNothing));
    done(&mut desk, Command::LeaveAudit);
    (world, desk)
}

#[test]
fn a_repeated_answer_is_refused_twice_then_passes_thin_and_the_decision_says_so() {
    let (world, mut desk) = with_one_behind();
    let mut draft = with_answers(started(&mut desk));
    "Some other reason, as the funding is dear and the week is nearly over"
        .clone_into(&mut draft.answers.nothing);
    for _ in 0..2 {
        assert!(matches!(
            refused(&mut desk, Command::Seal(Box::new(draft.clone()))),
            Refusal::Fields(_)
        ));
        let shown = hand_in(&desk, &mut draft, Question::Wrong).unwrap_err();
        assert!(
            shown.contains(WRONG) && shown.contains("Did nothing"),
            "{shown}"
        );
    }
    assert_eq!(
        hand_in(&desk, &mut draft, Question::Wrong),
        Ok(Verdict::PassesThin)
    );
    done(&mut desk, Command::Seal(Box::new(draft)));
    assert_eq!(world.last("audit.sealed")["manner"]["thin"], true);
    world.wait(&mut desk, 30);
    world.wait(&mut desk, 6);
    done(&mut desk, decide(Choice::Proceed));
    let decision = desk.book().newest_ended(0).unwrap().decision().unwrap();
    assert_eq!(decision.flags, [Flag::Thin]);
}

#[test]
fn refusals_are_counted_anew_after_a_restart_for_a_draft_alone_passes_no_question() {
    let (world, mut desk) = with_one_behind();
    let mut draft = with_answers(started(&mut desk));
    for _ in 0..3 {
        assert!(hand_in(&desk, &mut draft, Question::Nothing).is_err());
        done(&mut desk, Command::KeepDraft(Box::new(draft.clone())));
        desk = world.restart(desk);
        draft = desk.draft().unwrap().clone();
    }
    for _ in 0..2 {
        assert!(hand_in(&desk, &mut draft, Question::Nothing).is_err());
    }
    assert_eq!(
        hand_in(&desk, &mut draft, Question::Nothing),
        Ok(Verdict::PassesThin)
    );
}

#[test]
fn an_empty_answer_never_passes_however_often_it_is_handed_in() {
    let (_world, mut desk) = with_one_behind();
    let mut draft = with_answers(started(&mut desk));
    draft.answers.wrong.clear();
    for _ in 0..5 {
        assert!(hand_in(&desk, &mut draft, Question::Wrong).is_err());
        assert!(matches!(
            refused(&mut desk, Command::Seal(Box::new(draft.clone()))),
            Refusal::Fields(_)
        ));
    }
}

#[test]
fn other_words_pass_without_a_flag() {
    let (world, mut desk) = with_one_behind();
    let mut draft = with_answers(started(&mut desk));
    "Funding turns negative on two venues at the same time".clone_into(&mut draft.answers.wrong);
    "Some other reason, as the week is nearly over anyway".clone_into(&mut draft.answers.nothing);
    done(&mut desk, Command::Seal(Box::new(draft)));
    assert_eq!(world.last("audit.sealed")["manner"]["thin"], false);
}

#[test]
fn the_other_question_is_compared_with_its_own_earlier_answers_only() {
    let (_world, mut desk) = with_one_behind();
    let mut draft = with_answers(started(&mut desk));
    NOTHING.clone_into(&mut draft.answers.wrong);
    WRONG.clone_into(&mut draft.answers.nothing);
    assert_eq!(
        hand_in(&desk, &mut draft, Question::Wrong),
        Ok(Verdict::Passes)
    );
    assert_eq!(
        hand_in(&desk, &mut draft, Question::Nothing),
        Ok(Verdict::Passes)
    );
}

#[test]
fn an_audit_that_was_walked_away_from_before_its_seal_is_no_earlier_answer() {
    let (_world, mut desk, _) = World::with_account();
    let draft = with_answers(started(&mut desk));
    done(&mut desk, walk(&draft));
    assert!(desk.earlier_answers(Question::Wrong).is_empty());
}

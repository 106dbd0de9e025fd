//! What an answer is sent back for: naming nothing that can be seen, once; having been written
//! before, twice. Then it passes and is flagged.

use impulse_audit::app::{App, Command, Refusal};
use impulse_audit::audit::answer_stamp::{HOW_SEEN, Verdict};
use impulse_audit::audit::{Choice, Draft, Flag, Question};
use impulse_audit::input::Field;

use crate::common::*;

/// Hands a written answer in as the window does, and goes on with what comes of it.
fn hand_in(app: &App, draft: &mut Draft, question: Question) -> Result<Verdict, String> {
    draft
        .judge(question, &app.earlier_answers(question))
        .map_err(|problem| problem.problem)
}

/// A world in which one audit has ended with these answers already.
fn with_one_behind() -> (World, App) {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    done(&mut app, decide(Choice::DoNothing));
    done(&mut app, Command::LeaveAudit);
    (world, app)
}

fn is_thin_in_the_seal_and_the_decision(world: &World, app: &mut App, draft: Draft) {
    done(app, Command::Seal(Box::new(draft)));
    assert_eq!(world.last("audit.sealed")["manner"]["thin"], true);
    world.wait(app, 30);
    world.wait(app, 6);
    done(app, decide(Choice::Proceed));
    let decision = app.state().newest_ended(0).unwrap().decision().unwrap();
    assert_eq!(decision.flags, [Flag::Thin]);
}

#[test]
fn a_repeated_answer_is_refused_twice_then_passes_thin_and_the_decision_says_so() {
    let (world, mut app) = with_one_behind();
    let mut draft = with_answers(started(&mut app));
    "Some other reason, as the funding is dear and the week is nearly over"
        .clone_into(&mut draft.answers.nothing);
    for _ in 0..2 {
        assert!(matches!(
            refused(&mut app, Command::Seal(Box::new(draft.clone()))),
            Refusal::Fields(_)
        ));
        let shown = hand_in(&app, &mut draft, Question::Wrong).unwrap_err();
        assert!(
            shown.contains(WRONG) && shown.contains("Did nothing"),
            "{shown}"
        );
    }
    assert_eq!(
        hand_in(&app, &mut draft, Question::Wrong),
        Ok(Verdict::PassesThin)
    );
    is_thin_in_the_seal_and_the_decision(&world, &mut app, draft);
}

#[test]
fn refusals_are_counted_across_a_restart() {
    let (world, mut app) = with_one_behind();
    let mut draft = with_answers(started(&mut app));
    for _ in 0..2 {
        assert!(hand_in(&app, &mut draft, Question::Nothing).is_err());
        done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
        app = world.restart(app);
        draft = app.draft().unwrap().clone();
    }
    assert_eq!(
        hand_in(&app, &mut draft, Question::Nothing),
        Ok(Verdict::PassesThin)
    );
}

#[test]
fn an_empty_answer_never_passes_however_often_it_is_handed_in() {
    let (_world, mut app) = with_one_behind();
    let mut draft = with_answers(started(&mut app));
    draft.answers.wrong.clear();
    for _ in 0..5 {
        assert!(hand_in(&app, &mut draft, Question::Wrong).is_err());
        assert!(matches!(
            refused(&mut app, Command::Seal(Box::new(draft.clone()))),
            Refusal::Fields(_)
        ));
    }
}

#[test]
fn other_words_pass_without_a_flag() {
    let (world, mut app) = with_one_behind();
    let mut draft = with_answers(started(&mut app));
    "Funding turns negative on two venues at the same time".clone_into(&mut draft.answers.wrong);
    "Some other reason, as the week is nearly over anyway".clone_into(&mut draft.answers.nothing);
    done(&mut app, Command::Seal(Box::new(draft)));
    assert_eq!(world.last("audit.sealed")["manner"]["thin"], false);
}

#[test]
fn the_other_question_is_compared_with_its_own_earlier_answers_only() {
    let (_world, mut app) = with_one_behind();
    let mut draft = with_answers(started(&mut app));
    NOTHING.clone_into(&mut draft.answers.wrong);
    WRONG.clone_into(&mut draft.answers.nothing);
    assert_eq!(
        hand_in(&app, &mut draft, Question::Wrong),
        Err(HOW_SEEN.to_owned())
    );
    assert_eq!(
        hand_in(&app, &mut draft, Question::Wrong),
        Ok(Verdict::PassesThin)
    );
    assert_eq!(
        hand_in(&app, &mut draft, Question::Nothing),
        Ok(Verdict::Passes)
    );
}

#[test]
fn an_audit_that_was_walked_away_from_before_its_seal_is_no_earlier_answer() {
    let (_world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    done(&mut app, walk(&draft));
    assert!(app.earlier_answers(Question::Wrong).is_empty());
}

#[test]
fn what_names_nothing_is_asked_about_once_and_is_thin_in_the_seal_and_the_decision() {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_answers(started(&mut app));
    "It will go up because I just feel it strongly".clone_into(&mut draft.answers.wrong);
    // Sealed without having been asked, it is asked there, and nothing is written.
    let Refusal::Fields(problems) = refused(&mut app, Command::Seal(Box::new(draft.clone())))
    else {
        panic!("it names nothing that can be seen");
    };
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].field, problems[0].problem.as_str()),
        (Field::Wrong, HOW_SEEN)
    );
    let asked = app.check_answer(&mut draft, Question::Wrong).unwrap_err();
    assert!(
        asked
            .problem
            .starts_with("How would you see that on the screen?")
    );
    assert_eq!(app.check_answer(&mut draft, Question::Wrong), Ok(()));
    is_thin_in_the_seal_and_the_decision(&world, &mut app, draft);
}

#[test]
fn what_is_named_when_asked_is_not_thin() {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_answers(started(&mut app));
    "I would just know".clone_into(&mut draft.answers.wrong);
    assert!(app.check_answer(&mut draft, Question::Wrong).is_err());
    "4h close under 96k".clone_into(&mut draft.answers.wrong);
    assert_eq!(app.check_answer(&mut draft, Question::Wrong), Ok(()));
    done(&mut app, Command::Seal(Box::new(draft)));
    assert_eq!(world.last("audit.sealed")["manner"]["thin"], false);
}

#[test]
fn that_it_was_asked_survives_a_restart() {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_answers(started(&mut app));
    "I would just know".clone_into(&mut draft.answers.wrong);
    assert!(app.check_answer(&mut draft, Question::Wrong).is_err());
    done(&mut app, Command::KeepDraft(Box::new(draft)));
    assert_eq!(world.last("audit.sent_back")["stamps"][0]["asked"], true);
    let app = world.restart(app);
    let mut draft = app.draft().unwrap().clone();
    assert_eq!(
        hand_in(&app, &mut draft, Question::Wrong),
        Ok(Verdict::PassesThin)
    );
}

#[test]
fn a_reason_to_do_nothing_is_not_asked_how_it_is_seen() {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_answers(started(&mut app));
    "I am tired tonight".clone_into(&mut draft.answers.nothing);
    assert_eq!(app.check_answer(&mut draft, Question::Nothing), Ok(()));
    done(&mut app, Command::Seal(Box::new(draft)));
    assert_eq!(world.last("audit.sealed")["manner"]["thin"], false);
}

#[test]
fn no_answer_at_all_never_passes_however_often_it_is_handed_in() {
    let (_world, mut app, _) = World::with_account();
    let mut draft = with_answers(started(&mut app));
    for text in [
        "aa bb cc dd ee",
        "1 2 3 4 5",
        "What would I see if I were wrong?",
    ] {
        text.clone_into(&mut draft.answers.wrong);
        for _ in 0..5 {
            assert!(
                app.check_answer(&mut draft, Question::Wrong).is_err(),
                "{text}"
            );
            assert!(matches!(
                refused(&mut app, Command::Seal(Box::new(draft.clone()))),
                Refusal::Fields(_)
            ));
        }
    }
}

#[test]
fn the_same_rule_at_another_price_is_no_rubber_stamp() {
    let (world, mut app, _) = World::with_account();
    for (price, thin) in [("96k", false), ("95.5k", false), ("95.5k", true)] {
        let mut draft = with_answers(started(&mut app));
        format!("Daily close below {price}").clone_into(&mut draft.answers.wrong);
        format!("Reason number {} of many", app.state().stories().len())
            .clone_into(&mut draft.answers.nothing);
        let mut refusals = 0;
        while app.check_answer(&mut draft, Question::Wrong).is_err() {
            refusals += 1;
        }
        assert_eq!(refusals, if thin { 2 } else { 0 }, "{price}");
        done(&mut app, Command::Seal(Box::new(draft)));
        assert_eq!(world.last("audit.sealed")["manner"]["thin"], thin);
        world.wait(&mut app, 30);
        done(&mut app, decide(Choice::DoNothing));
        done(&mut app, Command::LeaveAudit);
    }
}

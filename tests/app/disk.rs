//! A disk that refuses: nothing is taken for saved, nothing is lost, nothing is written twice.

use std::io::ErrorKind;
use std::path::Path;

use impulse_audit::app::{App, Command, Phase, Refusal, Saving};
use impulse_audit::audit::Choice;
use impulse_audit::journal::{Fault, Finding};

use crate::common::*;

fn not_saved(app: &App) -> (&str, &str) {
    match app.saving() {
        Saving::NotSaved(not_saved) => (&not_saved.why, &not_saved.text),
        other => panic!("{other:?}"),
    }
}

fn is_quiet(app: &App) -> bool {
    matches!(app.saving(), Saving::Quiet)
}

/// Every audit line once, in order, and no id twice.
fn sound(world: &World, kinds: &[&str]) {
    assert_eq!(world.audit_kinds(), kinds);
    let mut ids: Vec<String> = world
        .lines()
        .iter()
        .map(|line| line["id"].as_str().unwrap().to_owned())
        .collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

const WHOLE: [&str; 4] = [
    "audit.started",
    "audit.sealed",
    "audit.revealed",
    "audit.decided",
];

#[test]
fn answers_that_the_disk_refuses_are_kept_unsealed_and_no_number_appears() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    world.fs.refuse_from_now(ErrorKind::StorageFull);
    done(&mut app, Command::Seal(Box::new(draft)));
    assert_eq!(stage(&app), "sealing");
    let (why, text) = not_saved(&app);
    assert!(
        why.starts_with(char::is_uppercase) && why.ends_with('.'),
        "{why}"
    );
    assert!(text.contains(WRONG) && text.contains(NOTHING), "{text}");
    for _ in 0..3 {
        world.wait(&mut app, 60);
    }
    assert_eq!(stage(&app), "sealing", "however long it lasts");
    assert!(app.draft().is_some(), "the words are still in the draft");

    // Trying again on the same disk changes nothing.
    done(&mut app, Command::TryAgain);
    assert_eq!(stage(&app), "sealing");
    not_saved(&app);

    world.fs.heal();
    done(&mut app, Command::TryAgain);
    assert!(is_quiet(&app));
    assert_eq!(stage(&app), "revealed");
    world.wait(&mut app, 5);
    done(&mut app, decide(Choice::Proceed));
    sound(&world, &WHOLE);
    let before = app.state().clone();
    assert_eq!(*world.restart(app).state(), before);
}

#[test]
fn a_decision_that_the_disk_refuses_is_not_made_until_it_is_saved() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    world.wait(&mut app, 5);
    world.fs.refuse_from_now(ErrorKind::PermissionDenied);
    done(&mut app, decide(Choice::Proceed));
    assert_eq!(stage(&app), "revealed");
    assert!(not_saved(&app).1.contains("audit.decided"));
    // It is decided once; what comes behind would be another decision.
    assert!(matches!(
        refused(&mut app, decide(Choice::DoNothing)),
        Refusal::NotNow(_)
    ));
    // The permission lapsing meanwhile does not overtake the decision.
    world.wait(&mut app, 3_600);
    assert_eq!(stage(&app), "revealed");
    assert_eq!(app.next_wake(), None, "nothing is waited for but the disk");
    world.fs.heal();
    done(&mut app, Command::TryAgain);
    assert_eq!(stage(&app), "ended");
    assert!(is_quiet(&app));
    sound(&world, &WHOLE);
}

#[test]
fn numbers_that_the_disk_refuses_stay_on_the_table_and_are_written_before_the_decision() {
    let (world, mut app, _) = World::with_account();
    sealed(&mut app);
    world.fs.refuse_from_now(ErrorKind::StorageFull);
    world.wait(&mut app, 20);
    assert_eq!(stage(&app), "revealed");
    not_saved(&app);
    done(&mut app, decide(Choice::DoNothing));
    world.fs.heal();
    done(&mut app, Command::TryAgain);
    assert_eq!(stage(&app), "ended");
    sound(&world, &WHOLE);
}

#[test]
fn walking_away_from_an_audit_is_not_overtaken_by_going_on_with_it() {
    let (world, mut app, _) = World::with_account();
    let draft = started(&mut app);
    world.fs.refuse_from_now(ErrorKind::StorageFull);
    done(&mut app, walk(&draft));
    let draft = with_answers(draft);
    done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    for command in [
        Command::Start(Box::new(draft.clone())),
        Command::Seal(Box::new(draft.clone())),
        walk(&draft),
        Command::BeginAudit,
    ] {
        assert!(matches!(refused(&mut app, command), Refusal::NotNow(_)));
    }
    world.fs.heal();
    done(&mut app, Command::TryAgain);
    assert_eq!(stage(&app), "ended");
    sound(&world, &["audit.started", "audit.decided"]);
}

#[test]
fn any_single_call_to_the_disk_may_fail_and_trying_again_completes_the_audit() {
    // As many calls as an audit makes; each run lets another one fail.
    let (world, mut app, _) = World::with_account();
    let before = world.fs.calls();
    revealed(&world, &mut app);
    done(&mut app, decide(Choice::DoNothing));
    drop(app);
    let calls = world.fs.calls() - before;
    assert!(calls > 20, "{calls}");
    for call in 0..calls {
        let (world, mut app, _) = World::with_account();
        world
            .fs
            .fail_after(call, Fault::Error(ErrorKind::StorageFull));
        let again = |app: &mut App| {
            while matches!(app.saving(), Saving::NotSaved(_)) {
                done(app, Command::TryAgain);
            }
        };
        let draft = with_answers(with_ticket(begin(&mut app)));
        done(&mut app, Command::Start(Box::new(draft.clone())));
        again(&mut app);
        done(&mut app, Command::Seal(Box::new(draft)));
        again(&mut app);
        assert_eq!(stage(&app), "sealed", "call {call}");
        world.wait(&mut app, 20);
        again(&mut app);
        done(&mut app, decide(Choice::DoNothing));
        again(&mut app);
        assert_eq!(stage(&app), "ended", "call {call}");
        let live = app.state().clone();
        let app = world.restart(app);
        assert!(
            !app.findings().iter().any(|f| matches!(f, Finding::Loss(_))),
            "call {call}: {:?}",
            app.findings()
        );
        assert_eq!(app.state().stories(), live.stories(), "call {call}");
        assert_eq!(stage(&app), "idle");
    }
}

#[test]
fn what_was_not_saved_can_be_saved_elsewhere_and_is_still_not_in_the_journal() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    // One call only: the journal's next write. The copy goes through.
    world.fs.fail_after(0, Fault::Error(ErrorKind::StorageFull));
    done(&mut app, Command::Seal(Box::new(draft)));
    not_saved(&app);
    done(
        &mut app,
        Command::SaveElsewhere(Path::new("/h/copy.txt").to_owned()),
    );
    let Saving::NotSaved(state) = app.saving() else {
        panic!("a copy saves nothing in the journal");
    };
    assert!(matches!(&state.elsewhere, Some(Ok(path)) if path == Path::new("/h/copy.txt")));
    let copy = String::from_utf8(world.fs.content("/h/copy.txt").unwrap()).unwrap();
    assert!(copy.contains(WRONG));
    assert_eq!(stage(&app), "sealing");
}

#[test]
fn there_is_nothing_to_try_again_or_to_accept_where_everything_is_saved() {
    let (_world, mut app, _) = World::with_account();
    for command in [
        Command::TryAgain,
        Command::SaveElsewhere("/h/x".into()),
        Command::AcceptLoss,
    ] {
        assert!(matches!(refused(&mut app, command), Refusal::NotNow(_)));
    }
    assert!(is_quiet(&app));
}

#[test]
fn a_disk_that_refuses_the_draft_loses_nothing_that_is_in_hand() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    world.fs.refuse_from_now(ErrorKind::StorageFull);
    done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    assert!(is_quiet(&app));
    assert_eq!(app.draft().unwrap().answers, draft.answers);
}

#[test]
fn a_new_disk_that_refuses_everything_cannot_be_opened_and_says_why() {
    let world = World::default();
    world.fs.refuse_from_now(ErrorKind::PermissionDenied);
    let mut app = world.opening();
    app.settle();
    let Phase::Refused(why) = app.phase() else {
        panic!("{:?}", app.phase());
    };
    assert!(why.contains("/h"), "{why}");
    assert!(matches!(
        refused(&mut app, Command::BeginAudit),
        Refusal::NotNow(_)
    ));
}

#[test]
fn a_journal_with_lost_lines_is_read_only_until_the_loss_is_accepted() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    done(&mut app, Command::SetAccount(account("Second", "5")));
    drop(app);
    // An older copy is put back: the last line is gone, the head knows of it.
    let path = "/h/data/journal-0001.jsonl";
    let text = world.fs.content(path).unwrap();
    let cut = text[..text.len() - 1]
        .iter()
        .rposition(|b| *b == b'\n')
        .unwrap();
    world.fs.put(path, &text[..=cut]);
    let mut app = world.app();
    assert!(app.is_read_only());
    assert!(app.findings().iter().any(|f| matches!(f, Finding::Loss(_))));
    assert!(matches!(
        refused(&mut app, Command::BeginAudit),
        Refusal::NotNow(_)
    ));
    done(&mut app, Command::AcceptLoss);
    assert!(!app.is_read_only());
    assert_eq!(world.kinds().last().unwrap(), "journal.loss_accepted");
    // The audit that was in hand is taken up as after any start.
    assert_eq!(stage(&app), "pausing");
    assert_eq!(app.draft().unwrap().answers, draft.answers);
}

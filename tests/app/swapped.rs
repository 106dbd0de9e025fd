//! The files are swapped, cut or removed under a running app: NOT SAVED, everything kept, the
//! journal opened anew and told.

use std::path::Path;

use impulse_audit::app::{App, Command, Saving};
use impulse_audit::audit::Choice;
use impulse_audit::journal::{FileSystem as _, Finding};

use crate::common::*;

const LINES: &str = "/h/data/journal-0001.jsonl";
const LOCK: &str = "/h/data/journal.lock";

/// A copy of the file in its place, as a sync tool puts it there.
fn swap(world: &World, path: &str) {
    let bytes = world.fs.content(path).unwrap();
    world.fs.put("/h/copy", &bytes);
    let (from, to) = (Path::new("/h/copy"), Path::new(path));
    world.fs.rename(from, to).unwrap();
}

fn remove_all(world: &World, folder: &str) {
    for path in world.fs.files() {
        if path.starts_with(folder) {
            world.fs.delete(path);
        }
    }
    world.fs.delete(folder);
}

fn why(app: &App) -> String {
    match app.saving() {
        Saving::NotSaved(not_saved) => {
            assert!(not_saved.text.contains(WRONG), "{}", not_saved.text);
            not_saved.why.clone()
        }
        other => panic!("{other:?}"),
    }
}

fn told(app: &App) -> String {
    let findings: Vec<String> = app.findings().iter().map(ToString::to_string).collect();
    findings.join("\n")
}

/// What was typed is where it was, on the screen and beside the journal.
fn all_kept(world: &World, app: &App) {
    assert_eq!(stage(app), "sealing");
    assert_eq!(app.draft().unwrap().answers.wrong, WRONG);
    let draft = world.fs.content("/h/data/draft.json").unwrap();
    assert!(String::from_utf8(draft).unwrap().contains(WRONG));
}

/// The audit goes on from the answers to its end.
fn goes_on(world: &World, app: &mut App) {
    done(app, Command::TryAgain);
    assert!(matches!(app.saving(), Saving::Quiet), "{:?}", app.saving());
    assert_eq!(stage(app), "sealed");
    world.wait(app, 20);
    assert_eq!(stage(app), "revealed");
    done(app, decide(Choice::DoNothing));
    assert_eq!(stage(app), "ended");
}

const WHOLE: [&str; 4] = [
    "audit.started",
    "audit.sealed",
    "audit.revealed",
    "audit.decided",
];

#[test]
fn a_copy_put_over_the_file_is_not_saved_told_and_then_written_to() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    swap(&world, LINES);
    done(&mut app, Command::Seal(Box::new(draft)));
    assert!(
        why(&app).contains("another file lies there now"),
        "{}",
        why(&app)
    );
    assert!(
        told(&app).contains("It has opened the journal again."),
        "{}",
        told(&app)
    );
    all_kept(&world, &app);
    assert!(!app.is_read_only());
    goes_on(&world, &mut app);
    assert_eq!(world.audit_kinds(), WHOLE);
    let live = app.state().clone();
    assert_eq!(*world.restart(app).state(), live);
}

#[test]
fn a_file_that_was_removed_is_told_as_a_loss_and_what_was_typed_outlasts_it() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    world.fs.delete(LINES);
    done(&mut app, Command::Seal(Box::new(draft)));
    assert!(
        why(&app).contains("nothing is there any more"),
        "{}",
        why(&app)
    );
    assert!(told(&app).contains("DELETED"), "{}", told(&app));
    all_kept(&world, &app);
    // It is not saved into a journal that is not whole, before that is accepted.
    done(&mut app, Command::TryAgain);
    assert!(why(&app).contains("choose to go on"), "{}", why(&app));
    done(&mut app, Command::AcceptLoss);
    all_kept(&world, &app);
    done(&mut app, Command::TryAgain);
    assert!(matches!(app.saving(), Saving::Quiet));
    assert_eq!(stage(&app), "sealed");
    assert_eq!(world.audit_kinds(), ["audit.sealed"]);
}

#[test]
fn with_both_folders_removed_what_was_acknowledged_is_told_as_lost_before_history_begins_anew() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    remove_all(&world, "/h/data");
    remove_all(&world, "/h/state");
    done(&mut app, Command::Seal(Box::new(draft)));
    assert!(why(&app).contains("nothing is there any more"));
    assert!(
        app.findings()
            .iter()
            .any(|f| matches!(f, Finding::Swapped(_)))
    );
    assert!(told(&app).contains("DELETED"), "{}", told(&app));
    all_kept(&world, &app);
    done(&mut app, Command::TryAgain);
    assert!(why(&app).contains("choose to go on"), "{}", why(&app));
    done(&mut app, Command::AcceptLoss);
    done(&mut app, Command::TryAgain);
    assert!(matches!(app.saving(), Saving::Quiet));
    let whole = ["journal.created", "journal.loss_accepted", "audit.sealed"];
    assert_eq!(world.kinds(), whole);
}

/// Neither of the two says then that anything is missing: the running program knows.
#[test]
fn with_lines_and_head_put_back_together_what_was_acknowledged_is_told_as_lost() {
    let (world, mut app, _) = World::with_account();
    let before: Vec<_> = world.fs.files();
    let before: Vec<_> = before
        .iter()
        .map(|path| (path, world.fs.content(path).unwrap()))
        .collect();
    sealed(&mut app);
    for (path, bytes) in before {
        world.fs.put(path, &bytes);
    }
    let kinds = world.kinds();
    world.wait(&mut app, 20);
    assert!(matches!(app.saving(), Saving::NotSaved(_)));
    assert!(told(&app).contains("are missing"), "{}", told(&app));
    done(&mut app, Command::TryAgain);
    assert!(matches!(app.saving(), Saving::NotSaved(_)));
    assert_eq!(world.kinds(), kinds);
    done(&mut app, Command::AcceptLoss);
    assert_eq!(world.kinds()[kinds.len()..], ["journal.loss_accepted"]);
}

#[test]
fn a_second_app_behind_a_removed_lock_writes_and_the_first_one_tells_and_keeps_everything() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    world.fs.delete(LOCK);
    let mut second = world.app();
    assert!(!second.is_read_only());
    done(&mut second, Command::SetAccount(account("Second", "5")));
    done(&mut app, Command::Seal(Box::new(draft)));
    assert!(why(&app).contains("journal.lock"), "{}", why(&app));
    assert!(
        told(&app).contains("Another running copy"),
        "{}",
        told(&app)
    );
    all_kept(&world, &app);
    // As long as the other one has it, nothing is saved here; then it is.
    done(&mut app, Command::TryAgain);
    all_kept(&world, &app);
    why(&app);
    drop(second);
    goes_on(&world, &mut app);
    assert_eq!(world.audit_kinds(), WHOLE);
}

/// What is asked for behind an event that was refused waits with it: nothing overtakes.
#[test]
fn events_behind_the_one_that_was_not_saved_are_written_behind_it() {
    let (world, mut app, _) = World::with_account();
    let (second, third) = (account("Second", "5"), account("Third", "7"));
    swap(&world, LINES);
    app.send(Command::SetAccount(second)).unwrap();
    app.settle();
    app.send(Command::SetAccount(third)).unwrap();
    app.settle();
    assert!(matches!(app.saving(), Saving::NotSaved(_)));
    assert_eq!(world.kinds(), ["journal.created", "account.set"]);
    done(&mut app, Command::TryAgain);
    assert!(matches!(app.saving(), Saving::Quiet));
    let names: Vec<String> = world
        .lines()
        .iter()
        .filter(|line| line["kind"] == "account.set")
        .map(|line| line["data"]["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["Main", "Second", "Third"]);
}

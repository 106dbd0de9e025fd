//! More than one at a time: a second window, a newer version, an audit that crashed.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use impulse_audit::app::{Command, Refusal};
use impulse_audit::audit::Choice;
use impulse_audit::journal::{Entry, Finding, Journal};
use impulse_audit::market::AuditId;
use impulse_audit::record::{AuditStarted, Event};

use crate::common::*;

/// Writes lines into the journal while no app is open.
pub(crate) fn behind_the_app(world: &World, entries: &[Entry]) {
    let (mut journal, _) = Journal::open(
        &folders(),
        Arc::new(world.fs.clone()),
        Arc::new(world.clock.clone()),
        &mut |_, _| ControlFlow::Continue(()),
    )
    .unwrap();
    for entry in entries {
        journal.append(entry).unwrap();
    }
}

#[test]
fn a_second_app_reads_follows_and_begins_nothing() {
    let (world, mut first, _) = World::with_account();
    let draft = with_answers(started(&mut first));
    done(&mut first, Command::KeepDraft(Box::new(draft.clone())));
    let mut second = world.app();
    assert!(second.is_read_only());
    assert!(
        second
            .findings()
            .iter()
            .any(|f| matches!(f, Finding::AnotherWrites))
    );
    assert_eq!(second.state().accounts().len(), 1);
    assert_eq!(second.draft(), None, "what the first one writes is its own");
    assert_eq!(stage(&second), "idle");
    for command in [
        Command::BeginAudit,
        Command::SetAccount(account("Other", "1")),
        walk(&draft),
        Command::AcceptLoss,
    ] {
        assert!(matches!(refused(&mut second, command), Refusal::NotNow(_)));
    }
    done(&mut first, walk(&draft));
    let patience = Instant::now();
    while second.state().ended_count() == 0 && patience.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(20));
        second.tick();
    }
    assert_eq!(second.state(), first.state());
    assert_eq!(second.seal(), first.seal());
    drop(second);
    assert_eq!(world.audit_kinds(), ["audit.started", "audit.decided"]);
}

#[test]
fn lines_of_a_newer_version_are_kept_counted_and_change_nothing_else() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    done(&mut app, decide(Choice::DoNothing));
    let before = app.state().clone();
    drop(app);
    behind_the_app(
        &world,
        &[
            Entry::new("note.sung", 1, &"la").unwrap(),
            Entry::new("audit.decided", 99, &serde_json::json!({})).unwrap(),
            // A known kind and version, with a payload that is none.
            Entry::new("account.set", 1, &"not an account").unwrap(),
        ],
    );
    let lines = world.lines().len();
    let app = world.app();
    let record = app.state();
    assert_eq!((record.newer(), record.unreadable()), (2, 1));
    assert_eq!(record.entries(), before.entries() + 3);
    assert_eq!(record.accounts(), before.accounts());
    assert_eq!(record.stories(), before.stories());
    assert_eq!(world.lines().len(), lines, "nothing was rewritten");
}

#[test]
fn what_the_journal_writes_of_itself_is_a_notice() {
    let (world, app, _) = World::with_account();
    drop(app);
    world.clock.advance_wall(chrono::TimeDelta::hours(-3));
    let app = world.app();
    let kinds: Vec<&str> = app
        .state()
        .notices()
        .iter()
        .map(|notice| notice.kind.as_str())
        .collect();
    assert_eq!(kinds, ["journal.created", "clock.rollback"]);
    assert_eq!(app.state().newer(), 0);
}

#[test]
fn an_audit_that_crashed_without_its_draft_is_told_as_left_lying() {
    let (world, mut app, _) = World::with_account();
    let draft = started(&mut app);
    drop(app);
    world.fs.delete("/h/data/draft.json");
    let mut app = world.app();
    app.settle();
    assert_eq!(world.audit_kinds(), ["audit.started", "audit.expired"]);
    assert_eq!(app.state().newest_ended(0).unwrap().audit, draft.audit);
}

#[test]
fn the_end_of_another_audit_takes_nothing_from_the_one_in_hand() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    drop(app);
    let other = AuditId::fresh();
    let started = Event::AuditStarted(Box::new(AuditStarted {
        audit: other,
        opened: draft.started.clone(),
        state: None,
        ticket: None,
        typed_symbol: String::new(),
    }));
    behind_the_app(&world, &[started.entry().unwrap()]);
    let mut app = world.app();
    app.settle();
    assert_eq!(stage(&app), "pausing");
    assert_eq!(app.draft().unwrap().answers, draft.answers);
    assert_eq!(app.state().newest_ended(0).unwrap().audit, other);
    let app = world.restart(app);
    assert_eq!(app.draft().unwrap().answers, draft.answers);
}

#[test]
fn a_draft_that_cannot_be_read_is_as_good_as_none() {
    let (world, app, _) = World::with_account();
    drop(app);
    for text in ["", "{", "{\"audit\":1}", "\u{0}"] {
        world.fs.put("/h/data/draft.json", text.as_bytes());
        let mut app = world.app();
        assert_eq!(app.draft(), None);
        let draft = begin(&mut app);
        done(&mut app, Command::KeepDraft(Box::new(draft)));
    }
}

#[test]
fn closing_at_once_after_a_command_still_writes_it() {
    let (world, mut app, _) = World::with_account();
    app.send(Command::SetAccount(account("Second", "5")))
        .unwrap();
    let app = world.restart(app);
    assert_eq!(app.state().accounts().len(), 2);
}

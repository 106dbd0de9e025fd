//! Opening can be cancelled and begun again; nothing is changed by it, and nothing hangs.

use std::io::ErrorKind;

use impulse_audit::app::{Command, Phase, Refusal};
use impulse_audit::journal::FaultyFs;

use crate::common::*;

fn lines(fs: &FaultyFs) -> Vec<u8> {
    fs.content("/h/data/journal-0001.jsonl").unwrap()
}

#[test]
fn a_cancelled_opening_changes_nothing_and_can_be_begun_again() {
    let (world, app, _) = World::with_account();
    let entries = app.state().entries();
    drop(app);
    let before = lines(&world.fs);
    let (mut app, gate) = world.behind_a_gate();
    app.tick();
    assert!(matches!(app.phase(), Phase::Opening(_)));
    app.send(Command::CancelOpening).unwrap();
    gate.open();
    app.settle();
    assert!(matches!(app.phase(), Phase::Cancelled));
    assert_eq!(lines(&world.fs), before);
    assert_eq!(
        app.state().entries(),
        0,
        "nothing is shown of half a journal"
    );
    for command in [
        Command::BeginAudit,
        Command::SetAccount(account("Second", "10")),
        Command::BackUp,
        Command::CancelOpening,
    ] {
        assert!(matches!(refused(&mut app, command), Refusal::NotNow(_)));
    }
    done(&mut app, Command::OpenAgain);
    assert!(matches!(app.phase(), Phase::Ready));
    assert_eq!(app.state().entries(), entries);
    assert!(!app.is_read_only());
    done(&mut app, Command::SetAccount(account("Second", "10")));
    assert_eq!(world.kinds().last().unwrap(), "account.set");
}

#[test]
fn a_wish_to_cancel_that_comes_too_late_does_not_cancel_the_next_opening() {
    let (world, mut app, _) = World::with_account();
    assert!(matches!(
        refused(&mut app, Command::CancelOpening),
        Refusal::NotNow(_)
    ));
    assert!(matches!(
        refused(&mut app, Command::OpenAgain),
        Refusal::NotNow(_)
    ));
    drop(app);
    let app = world.app();
    assert_eq!(app.state().accounts().len(), 1);
}

#[test]
fn a_window_that_is_closed_while_the_journal_is_read_does_not_wait_for_its_end() {
    let (world, app, _) = World::with_account();
    drop(app);
    let before = lines(&world.fs);
    let (app, gate) = world.behind_a_gate();
    let closing = std::thread::spawn(move || drop(app));
    // It waits for the one call that is under way, and no further.
    gate.open();
    closing.join().unwrap();
    assert_eq!(lines(&world.fs), before);
}

#[test]
fn a_journal_that_could_not_be_opened_can_be_opened_again() {
    let world = World::default();
    world.fs.refuse_from_now(ErrorKind::PermissionDenied);
    let mut app = world.opening();
    app.settle();
    assert!(matches!(app.phase(), Phase::Refused(_)));
    done(&mut app, Command::OpenAgain);
    assert!(
        matches!(app.phase(), Phase::Refused(_)),
        "the disk is as it was"
    );
    world.fs.heal();
    done(&mut app, Command::OpenAgain);
    assert!(matches!(app.phase(), Phase::Ready));
    assert_eq!(world.kinds(), ["journal.created"]);
}

//! What takes long holds up nothing: a line is saved while a backup or an export stands still,
//! and a window that is closed meanwhile leaves nothing half done.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use impulse_audit::app::{App, BackupWork, Command, Export, Phase, Refusal, Saving};
use impulse_audit::interchange::export::{Format, Privacy};
use impulse_audit::journal::{BackupError, Clock as _, back_up, backups, unwatched};

use crate::common::*;

const LINES: &str = "/h/data/journal-0001.jsonl";
const UNFINISHED: &str = "/h/data/backups/backup.new";
const TABLE: &str = "/h/table.csv";

/// A app whose backup is copied and stands still before it is read back.
fn half_backed_up() -> (World, App, Gate) {
    let (world, app, _) = World::with_account();
    drop(app);
    let (mut app, gate) = world.before_a_gate();
    // The one of the day; a second one begins.
    done(&mut app, Command::SetAccount(account("Second", "5")));
    gate.close_before("backup.new");
    app.send(Command::BackUp).unwrap();
    gate.wait_for_someone();
    (world, app, gate)
}

fn export() -> Command {
    Command::Export {
        export: Export {
            format: Format::JsonLines,
            privacy: Privacy::Whole,
        },
        path: TABLE.into(),
    }
}

/// A app whose export has its file and stands still before it reads the journal.
fn half_written_out() -> (World, App, Gate) {
    let (world, app, _) = World::with_account();
    drop(app);
    let (mut app, gate) = world.before_a_gate();
    gate.close_before("journal-0001.jsonl");
    app.send(export()).unwrap();
    gate.wait_for_someone();
    (world, app, gate)
}

/// Saves an account without waiting for anything else.
fn saved_meanwhile(world: &World, app: &mut App) {
    app.send(Command::SetAccount(account("Meanwhile", "7")))
        .unwrap();
    until(app, "saved", |app| matches!(app.saving(), Saving::Quiet));
    assert_eq!(world.kinds().last().unwrap(), "account.set");
}

#[test]
fn a_line_is_saved_while_a_backup_stands_still_and_is_not_in_it() {
    let (world, mut app, gate) = half_backed_up();
    let (before, seal) = (world.fs.content(LINES).unwrap(), app.seal().to_owned());
    saved_meanwhile(&world, &mut app);
    assert_ne!(app.seal(), seal);
    assert_eq!(app.backups().work(), Some(&BackupWork::Making));
    gate.open();
    app.settle();
    assert_eq!(app.backups().work(), None);
    let made = app.backups().made().unwrap().as_ref().unwrap();
    assert_eq!(made.seal, seal);
    assert_eq!(world.fs.content(&made.path).unwrap(), before);
    assert!(world.fs.content(LINES).unwrap().starts_with(&before));
}

#[test]
fn the_backup_of_the_day_holds_up_no_line_either() {
    let (world, mut app, _) = World::with_account();
    done(&mut app, Command::SetAccount(account("Second", "5")));
    drop(app);
    world.clock.advance(Duration::from_hours(30));
    let (mut app, gate) = world.behind_a_gate();
    gate.close_before("backup.new");
    gate.wait_for_someone();
    until(&mut app, "open", |app| matches!(app.phase(), Phase::Ready));
    assert_eq!(app.backups().work(), Some(&BackupWork::Making));
    saved_meanwhile(&world, &mut app);
    gate.open();
    app.settle();
    assert_eq!(app.backups().list().len(), 1);
    assert!(app.is_sound() && app.backups().made().is_none());
}

#[test]
fn how_far_it_is_is_told_and_a_second_one_waits() {
    let (world, mut app, gate) = half_backed_up();
    app.tick();
    // Copied, and not read back.
    assert_eq!(app.backups().progress().unwrap().percent(), 50);
    for command in [Command::BackUp, Command::LookAtBackup(LINES.into())] {
        let why = app.send(command).unwrap_err();
        assert!(matches!(why, Refusal::NotNow(_)));
    }
    // Nor does another program make one: the lock holds against it as well.
    let now = world.clock.now().wall;
    let other = back_up(&folders(), &world.fs, now, 14, &mut unwatched);
    assert!(matches!(other, Err(BackupError::UnderWay)), "{other:?}");
    gate.open();
    app.settle();
    assert!(app.backups().made().unwrap().is_ok());
    assert_eq!(app.backups().progress(), None);
}

#[test]
fn it_can_be_given_up_and_leaves_nothing() {
    let (world, mut app, gate) = half_backed_up();
    let listed = app.backups().list().len();
    app.send(Command::CancelBackup).unwrap();
    gate.open();
    app.settle();
    assert!(app.backups().work().is_none() && app.backups().made().is_none());
    assert_eq!(app.backups().list().len(), listed);
    assert_eq!(world.fs.content(UNFINISHED), None);
    assert!(app.is_sound());
    let nothing = refused(&mut app, Command::CancelBackup);
    assert!(matches!(nothing, Refusal::NotNow(_)));
    // So can looking at one.
    let backup = app
        .backups()
        .list()
        .first()
        .map_or_else(|| LINES.into(), |backup| backup.path.clone());
    gate.close_before(backup.file_name().unwrap().to_str().unwrap());
    app.send(Command::LookAtBackup(backup.clone())).unwrap();
    gate.wait_for_someone();
    app.send(Command::CancelBackup).unwrap();
    gate.open();
    app.settle();
    assert!(app.backups().work().is_none() && app.backups().seen(&backup).is_none());
    done(&mut app, Command::LookAtBackup(backup.clone()));
    assert!(app.backups().seen(&backup).unwrap().is_ok());
}

#[test]
fn a_window_that_is_closed_waits_for_no_backup_and_the_next_one_clears_up() {
    let (world, app, gate) = half_backed_up();
    let named = backups(&folders(), &world.fs).unwrap();
    // With the gate still closed: nothing is waited for.
    drop(app);
    // The program is gone here: what it left is there.
    let left = World {
        fs: world.fs.copy(),
        clock: world.clock.clone(),
    };
    assert!(left.fs.content(UNFINISHED).is_some());
    assert_eq!(backups(&folders(), &left.fs).unwrap(), named);
    left.clock.advance(Duration::from_hours(30));
    let mut app = left.app();
    assert_eq!(left.fs.content(UNFINISHED), None);
    assert_eq!(app.backups().list().len(), named.len() + 1);
    assert!(app.is_sound());
    done(&mut app, Command::SetAccount(account("On", "5")));
    // Where the program lives on it removes the file itself, and names none.
    gate.open();
    let mut patience = 6_000;
    while world.fs.content(UNFINISHED).is_some() {
        patience -= 1;
        assert!(patience > 0, "the unfinished file stays");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(backups(&folders(), &world.fs).unwrap(), named);
}

#[test]
fn a_line_is_saved_while_an_export_stands_still_and_only_one_is_written_at_a_time() {
    let (world, mut app, gate) = half_written_out();
    saved_meanwhile(&world, &mut app);
    assert!(matches!(app.send(export()), Err(Refusal::NotNow(_))));
    gate.open();
    app.settle();
    let exported = app.take_exported().unwrap().unwrap();
    assert_eq!(exported.written, world.lines().len() as u64);
    assert_eq!(world.fs.content(TABLE), world.fs.content(LINES));
    // And then another one, which overwrites nothing.
    done(&mut app, export());
    assert!(app.take_exported().unwrap().is_err());
}

#[test]
fn a_window_that_is_closed_finishes_the_file_that_was_asked_for() {
    let (world, app, gate) = half_written_out();
    let closing = std::thread::spawn(move || drop(app));
    gate.open();
    closing.join().unwrap();
    assert_eq!(world.fs.content(TABLE), world.fs.content(LINES));
}

#[test]
fn a_restore_waits_for_what_is_written_out() {
    let (world, mut app, _) = World::with_account();
    done(&mut app, Command::BackUp);
    drop(app);
    let (mut app, gate) = world.before_a_gate();
    let backup = app.backups().list()[0].path.clone();
    done(&mut app, Command::LookAtBackup(backup.clone()));
    let before = world.fs.content(LINES);
    gate.close_before("journal-0001.jsonl");
    app.send(export()).unwrap();
    gate.wait_for_someone();
    app.send(Command::Restore(backup)).unwrap();
    assert!(matches!(
        app.send(Command::CancelBackup),
        Err(Refusal::NotNow(_))
    ));
    gate.open();
    app.settle();
    assert!(app.backups().restored().unwrap().is_ok());
    assert_eq!(world.fs.content(TABLE), before);
    assert_ne!(world.fs.content(LINES), before);
}

#[test]
fn a_window_opened_in_the_middle_of_a_restore_says_so_and_goes_on_by_itself() {
    use impulse_audit::journal::{FileSystem, Journal};
    let (world, app, _) = World::with_account();
    drop(app);
    let files: Arc<dyn FileSystem> = Arc::new(world.fs.clone());
    let clock = Arc::new(world.clock.clone());
    let mut each = |_: &_, _| std::ops::ControlFlow::Continue(());
    let (other, _) = Journal::open(&folders(), files, clock, &mut each).unwrap();
    let plan = Path::new("/h/data/restoring.json");
    let lines = world.fs.content(LINES).unwrap();
    world.fs.put(plan, b"what is still to be done");
    world.fs.delete(LINES);
    let mut app = world.opening();
    app.settle();
    let Phase::Refused(why) = app.phase() else {
        panic!("{:?}", app.phase());
    };
    assert!(why.contains("being restored"), "{why}");
    world.fs.put(LINES, &lines);
    world.fs.delete(plan);
    until(&mut app, "open", |app| matches!(app.phase(), Phase::Ready));
    assert!(app.is_read_only());
    assert_eq!(app.state().accounts().len(), 1);
    drop(other);
}

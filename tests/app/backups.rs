//! Backups from the app: one a day by itself, one at a word, and one put back, with the
//! promises in force whatever it leaves out.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use impulse_audit::app::{App, Command, Phase, Refusal};
use impulse_audit::journal::{Finding, RealFs, back_up, unwatched};
use impulse_audit::promises::{Armed, Holds, LockState, Promise, PromiseCommand, Scope};

use crate::common::*;
use impulse_audit::market::LockId;

const LINES: &str = "/h/data/journal-0001.jsonl";

fn newest(app: &App) -> PathBuf {
    app.backups().list()[0].path.clone()
}

/// A backup with one account in it, and a second account set since.
fn with_backup() -> (World, App, PathBuf) {
    let (world, mut app, _) = World::with_account();
    done(&mut app, Command::BackUp);
    let backup = newest(&app);
    world.clock.advance(Duration::from_mins(5));
    done(&mut app, Command::SetAccount(account("Second", "5")));
    (world, app, backup)
}

fn put_back(app: &mut App, backup: &Path) {
    done(app, Command::LookAtBackup(backup.to_owned()));
    done(app, Command::Restore(backup.to_owned()));
}

fn arm(app: &mut App) -> LockId {
    let lock = LockId::fresh();
    let armed = Armed {
        lock,
        promise: Promise::NoCross,
        scope: Scope::default(),
        holds: Holds::For(4 * 3_600),
        words: String::new(),
        flat: true,
        audit: None,
    };
    done(
        app,
        Command::Promise(Box::new(PromiseCommand::Arm(Box::new(armed)))),
    );
    lock
}

#[test]
fn a_backup_at_a_word_is_the_journal_and_is_listed() {
    let (world, mut app, _) = World::with_account();
    assert!(
        app.backups().list().is_empty(),
        "a journal that begins has none"
    );
    done(&mut app, Command::BackUp);
    let made = app.backups().made().unwrap().as_ref().unwrap();
    assert_eq!((made.already, made.bad_lines), (false, 0));
    assert_eq!(made.seal, app.seal());
    assert_eq!(world.fs.content(&made.path), world.fs.content(LINES));
    assert_eq!(newest(&app), made.path);
    assert_eq!(app.backups().work(), None);
    done(&mut app, Command::BackUp);
    assert!(app.backups().made().unwrap().as_ref().unwrap().already);
    assert_eq!(app.backups().list().len(), 1);
}

#[test]
fn one_is_made_a_day_at_the_first_opening_and_fourteen_are_kept() {
    let (world, mut app, _) = World::with_account();
    for day in 1..=17_usize {
        done(
            &mut app,
            Command::SetAccount(account(&format!("Day {day}"), "5")),
        );
        app = world.restart(app);
        assert_eq!(app.backups().list().len(), day.min(14), "day {day}");
        // Its own line came after it, and the same day makes no other.
        done(
            &mut app,
            Command::SetAccount(account(&format!("Later {day}"), "5")),
        );
        app = world.restart(app);
        assert_eq!(app.backups().list().len(), day.min(14), "day {day}, again");
        assert!(app.backups().made().is_none(), "nobody asked for it");
        assert!(app.is_sound());
        world.clock.advance(Duration::from_hours(24));
    }
}

#[test]
fn a_day_without_a_backup_is_said_and_is_no_obstacle() {
    let (world, app, _) = World::with_account();
    drop(app);
    world
        .fs
        .put("/h/data/backups", b"a file where the folder should be");
    let mut app = world.app();
    let [Finding::NoBackup(_)] = app.findings() else {
        panic!("{:?}", app.findings());
    };
    let words = app.findings()[0].to_string();
    assert!(words.contains("/h/data/backups"), "{words}");
    assert!(app.is_sound() && !app.is_read_only());
    done(&mut app, Command::SetAccount(account("Second", "5")));
    assert_eq!(app.state().accounts().len(), 2);
    done(&mut app, Command::BackUp);
    assert!(app.backups().made().unwrap().is_err());
    assert!(app.backups().unlisted().is_some());
}

#[test]
fn a_damaged_journal_gets_no_backup_by_itself() {
    let (world, mut app, _) = World::with_account();
    done(&mut app, Command::SetAccount(account("Second", "5")));
    drop(app);
    let text = String::from_utf8(world.fs.content(LINES).unwrap()).unwrap();
    let changed = text.replacen("Main", "Mein", 1);
    assert_ne!(changed, text);
    world.fs.put(LINES, changed.as_bytes());
    let mut app = world.app();
    assert!(app.backups().list().is_empty());
    done(&mut app, Command::BackUp);
    assert_eq!(app.backups().made().unwrap().as_ref().unwrap().bad_lines, 1);
}

#[test]
fn a_restored_backup_is_folded_anew_and_what_it_lacks_was_said_before() {
    let (world, mut app, backup) = with_backup();
    let with_both = world.fs.content(LINES).unwrap();
    let unseen = refused(&mut app, Command::Restore(backup.clone()));
    assert_eq!(unseen, Refusal::NotNow("Look at this backup first."));
    done(&mut app, Command::LookAtBackup(backup.clone()));
    let seen = app.backups().seen(&backup).unwrap().as_ref().unwrap();
    assert_eq!(seen.missing.unwrap().events, 1);
    assert!(app.backups().seen(Path::new("/other")).is_none());
    done(&mut app, Command::Restore(backup));
    assert!(matches!(app.phase(), Phase::Ready));
    let names: Vec<&str> = app
        .state()
        .accounts()
        .iter()
        .map(|a| a.set.name.as_str())
        .collect();
    assert_eq!(names, ["Main"]);
    let restored = app.backups().restored().unwrap().as_ref().unwrap();
    let aside = restored.aside.clone().unwrap().join("journal-0001.jsonl");
    assert_eq!(world.fs.content(aside).unwrap(), with_both);
    assert_eq!(restored.seal, app.seal());
    assert_eq!(world.kinds().last().unwrap(), "journal.restored");
    // It is an ordinary journal again.
    done(&mut app, Command::SetAccount(account("Third", "7")));
    let live = app.state().clone();
    let app = world.restart(app);
    assert!(app.is_sound());
    assert_eq!(*app.state(), live);
}

#[test]
fn a_promise_armed_after_the_backup_holds_on_after_it_is_restored() {
    let (world, mut app, backup) = with_backup();
    let lock = arm(&mut app);
    world.clock.advance(Duration::from_hours(1));
    put_back(&mut app, &backup);
    let kinds = world.kinds();
    assert!(
        !kinds.contains(&"promise.armed".to_owned()),
        "its line is gone: {kinds:?}"
    );
    let held = |app: &App| {
        let now = impulse_audit::record::seen(&app.now());
        let promises = app.state().promises();
        let held = promises.lock(lock).map(|held| promises.state(held, &now));
        held.is_some_and(|state| state == LockState::InForce)
    };
    assert!(held(&app));
    let app = world.restart(app);
    assert!(held(&app), "after a restart as well");
    // Four hours were promised, one had passed.
    world.clock.advance(Duration::from_hours(2));
    let mut app = world.restart(app);
    assert!(held(&app));
    world.clock.advance(Duration::from_hours(2));
    app.settle();
    assert!(!held(&app), "every lock ends");
}

#[test]
fn a_loss_can_be_answered_by_a_backup() {
    let (world, app, backup) = with_backup();
    drop(app);
    world.fs.delete(LINES);
    let mut app = world.app();
    assert!(app.is_read_only());
    put_back(&mut app, &backup);
    assert!(!app.is_read_only(), "{:?}", app.findings());
    assert!(app.is_sound());
    assert_eq!(app.state().accounts().len(), 1);
}

#[test]
fn nothing_is_restored_over_an_audit_in_hand_or_what_is_not_saved() {
    let (world, mut app, backup) = with_backup();
    done(&mut app, Command::LookAtBackup(backup.clone()));
    begin(&mut app);
    let before = world.kinds();
    assert!(matches!(
        refused(&mut app, Command::Restore(backup.clone())),
        Refusal::NotNow(_)
    ));
    let draft = app.draft().unwrap().clone();
    done(&mut app, walk(&draft));
    world.fs.refuse_from_now(ErrorKind::StorageFull);
    done(&mut app, Command::SetAccount(account("Unsaved", "1")));
    assert!(matches!(
        refused(&mut app, Command::Restore(backup.clone())),
        Refusal::NotNow(_)
    ));
    world.fs.heal();
    done(&mut app, Command::TryAgain);
    assert!(world.kinds().len() > before.len());
    done(&mut app, Command::Restore(backup));
    assert_eq!(app.state().accounts().len(), 1);
}

#[test]
fn what_cannot_be_restored_says_why_and_the_journal_is_open_as_before() {
    let (world, mut app, backup) = with_backup();
    world.fs.put("/h/words.txt", b"no journal");
    for file in ["/h/words.txt", "/h/nowhere"] {
        done(&mut app, Command::LookAtBackup(file.into()));
        let why = app
            .backups()
            .seen(Path::new(file))
            .unwrap()
            .as_ref()
            .unwrap_err()
            .to_string();
        assert!(why.contains(file), "{why}");
        assert!(matches!(
            refused(&mut app, Command::Restore(file.into())),
            Refusal::NotNow(_)
        ));
    }
    // It goes away between the look and the word.
    done(&mut app, Command::LookAtBackup(backup.clone()));
    let entries = app.state().entries();
    world.fs.delete(&backup);
    done(&mut app, Command::Restore(backup));
    assert!(app.backups().restored().unwrap().is_err());
    assert!(matches!(app.phase(), Phase::Ready));
    assert_eq!(app.state().entries(), entries);
    done(&mut app, Command::SetAccount(account("Third", "7")));
}

#[test]
fn a_second_window_backs_up_but_restores_nothing_and_follows_what_the_first_restores() {
    let (world, mut first, backup) = with_backup();
    let mut second = world.app();
    assert!(second.is_read_only());
    done(&mut second, Command::BackUp);
    assert_eq!(
        second.backups().made().unwrap().as_ref().unwrap().seal,
        first.seal()
    );
    put_back(&mut second, &backup);
    let why = second.backups().restored().unwrap().as_ref().unwrap_err();
    assert!(why.to_string().starts_with("another running copy"), "{why}");
    assert_eq!(second.state().accounts().len(), 2);
    put_back(&mut first, &backup);
    assert_eq!(first.state().accounts().len(), 1);
    // It looks twice a second while nothing is asked of it.
    until(
        &mut second,
        "the second window shows what was restored",
        |second| second.state().accounts().len() == 1,
    );
    assert!(second.is_read_only());
}

#[test]
fn on_a_real_disk_a_backup_is_made_beside_an_app_that_writes() {
    use std::sync::Arc;

    use impulse_audit::journal::{Clock as _, Folders, SystemClock};
    let home = tempfile::tempdir().unwrap();
    let folders = Folders::under(home.path());
    let clock = Arc::new(SystemClock::new());
    let mut app = App::open(
        folders.clone(),
        Arc::new(RealFs),
        clock.clone(),
        Box::new(|| {}),
    );
    app.settle();
    for number in 0..20 {
        app.send(Command::SetAccount(account(
            &format!("Account {number}"),
            "5",
        )))
        .unwrap();
        let made = back_up(&folders, &RealFs, clock.now().wall, 14, &mut unwatched).unwrap();
        assert!(made.count >= 1);
        let seen =
            impulse_audit::journal::preview_backup(&folders, &RealFs, &made.path, &mut unwatched)
                .unwrap();
        assert_eq!((seen.seal, seen.bad_lines), (made.seal, 0));
    }
    app.settle();
    assert_eq!(app.state().accounts().len(), 20);
}

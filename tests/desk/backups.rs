//! Backups from the desk: one a day by itself, one at a word, and one put back, with the
//! promises in force whatever it leaves out.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use impulse_audit::app::{App, Command, Phase, Refusal};
use impulse_audit::journal::{Finding, RealFs, back_up, unwatched};
use impulse_audit::promises::{Armed, Holds, LockState, Promise, PromiseCommand, Scope};
use uuid::Uuid;

use crate::common::*;

const LINES: &str = "/h/data/journal-0001.jsonl";

fn newest(desk: &App) -> PathBuf {
    desk.backups().list()[0].path.clone()
}

/// A backup with one account in it, and a second account set since.
fn with_backup() -> (World, App, PathBuf) {
    let (world, mut desk, _) = World::with_account();
    done(&mut desk, Command::BackUp);
    let backup = newest(&desk);
    world.clock.advance(Duration::from_mins(5));
    done(&mut desk, Command::SetAccount(account("Second", "5")));
    (world, desk, backup)
}

fn put_back(desk: &mut App, backup: &Path) {
    done(desk, Command::LookAtBackup(backup.to_owned()));
    done(desk, Command::Restore(backup.to_owned()));
}

fn arm(desk: &mut App) -> Uuid {
    let lock = Uuid::now_v7();
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
        desk,
        Command::Ask(Box::new(PromiseCommand::Arm(Box::new(armed)))),
    );
    lock
}

#[test]
fn a_backup_at_a_word_is_the_journal_and_is_listed() {
    let (world, mut desk, _) = World::with_account();
    assert!(
        desk.backups().list().is_empty(),
        "a journal that begins has none"
    );
    done(&mut desk, Command::BackUp);
    let made = desk.backups().made().unwrap().as_ref().unwrap();
    assert_eq!((made.already, made.bad_lines), (false, 0));
    assert_eq!(made.seal, desk.seal());
    assert_eq!(world.fs.content(&made.path), world.fs.content(LINES));
    assert_eq!(newest(&desk), made.path);
    assert_eq!(desk.backups().work(), None);
    done(&mut desk, Command::BackUp);
    assert!(desk.backups().made().unwrap().as_ref().unwrap().already);
    assert_eq!(desk.backups().list().len(), 1);
}

#[test]
fn one_is_made_a_day_at_the_first_opening_and_fourteen_are_kept() {
    let (world, mut desk, _) = World::with_account();
    for day in 1..=17_usize {
        done(
            &mut desk,
            Command::SetAccount(account(&format!("Day {day}"), "5")),
        );
        desk = world.restart(desk);
        assert_eq!(desk.backups().list().len(), day.min(14), "day {day}");
        // Its own line came after it, and the same day makes no other.
        done(
            &mut desk,
            Command::SetAccount(account(&format!("Later {day}"), "5")),
        );
        desk = world.restart(desk);
        assert_eq!(desk.backups().list().len(), day.min(14), "day {day}, again");
        assert!(desk.backups().made().is_none(), "nobody asked for it");
        assert!(desk.is_sound());
        world.clock.advance(Duration::from_hours(24));
    }
}

#[test]
fn a_day_without_a_backup_is_said_and_is_no_obstacle() {
    let (world, desk, _) = World::with_account();
    drop(desk);
    world
        .fs
        .put("/h/data/backups", b"a file where the folder should be");
    let mut desk = world.desk();
    let [Finding::NoBackup(_)] = desk.findings() else {
        panic!("{:?}", desk.findings());
    };
    let words = desk.findings()[0].to_string();
    assert!(words.contains("/h/data/backups"), "{words}");
    assert!(desk.is_sound() && !desk.is_read_only());
    done(&mut desk, Command::SetAccount(account("Second", "5")));
    assert_eq!(desk.state().accounts().len(), 2);
    done(&mut desk, Command::BackUp);
    assert!(desk.backups().made().unwrap().is_err());
    assert!(desk.backups().unlisted().is_some());
}

#[test]
fn a_damaged_journal_gets_no_backup_by_itself() {
    let (world, mut desk, _) = World::with_account();
    done(&mut desk, Command::SetAccount(account("Second", "5")));
    drop(desk);
    let text = String::from_utf8(world.fs.content(LINES).unwrap()).unwrap();
    let changed = text.replacen("Main", "Mein", 1);
    assert_ne!(changed, text);
    world.fs.put(LINES, changed.as_bytes());
    let mut desk = world.desk();
    assert!(desk.backups().list().is_empty());
    done(&mut desk, Command::BackUp);
    assert_eq!(
        desk.backups().made().unwrap().as_ref().unwrap().bad_lines,
        1
    );
}

#[test]
fn a_restored_backup_is_folded_anew_and_what_it_lacks_was_said_before() {
    let (world, mut desk, backup) = with_backup();
    let with_both = world.fs.content(LINES).unwrap();
    let unseen = refused(&mut desk, Command::Restore(backup.clone()));
    assert_eq!(unseen, Refusal::NotNow("Look at this backup first."));
    done(&mut desk, Command::LookAtBackup(backup.clone()));
    let seen = desk.backups().seen(&backup).unwrap().as_ref().unwrap();
    assert_eq!(seen.missing.unwrap().events, 1);
    assert!(desk.backups().seen(Path::new("/other")).is_none());
    done(&mut desk, Command::Restore(backup));
    assert!(matches!(desk.phase(), Phase::Ready));
    let names: Vec<&str> = desk
        .state()
        .accounts()
        .iter()
        .map(|a| a.set.name.as_str())
        .collect();
    assert_eq!(names, ["Main"]);
    let restored = desk.backups().restored().unwrap().as_ref().unwrap();
    let aside = restored.aside.clone().unwrap().join("journal-0001.jsonl");
    assert_eq!(world.fs.content(aside).unwrap(), with_both);
    assert_eq!(restored.seal, desk.seal());
    assert_eq!(world.kinds().last().unwrap(), "journal.restored");
    // It is an ordinary journal again.
    done(&mut desk, Command::SetAccount(account("Third", "7")));
    let live = desk.state().clone();
    let desk = world.restart(desk);
    assert!(desk.is_sound());
    assert_eq!(*desk.state(), live);
}

#[test]
fn a_promise_armed_after_the_backup_holds_on_after_it_is_restored() {
    let (world, mut desk, backup) = with_backup();
    let lock = arm(&mut desk);
    world.clock.advance(Duration::from_hours(1));
    put_back(&mut desk, &backup);
    let kinds = world.kinds();
    assert!(
        !kinds.contains(&"promise.armed".to_owned()),
        "its line is gone: {kinds:?}"
    );
    let held = |desk: &App| {
        let now = impulse_audit::record::seen(&desk.now());
        let ledger = desk.state().promises();
        let held = ledger.lock(lock).map(|held| ledger.state(held, &now));
        held.is_some_and(|state| state == LockState::InForce)
    };
    assert!(held(&desk));
    let desk = world.restart(desk);
    assert!(held(&desk), "after a restart as well");
    // Four hours were promised, one had passed.
    world.clock.advance(Duration::from_hours(2));
    let mut desk = world.restart(desk);
    assert!(held(&desk));
    world.clock.advance(Duration::from_hours(2));
    desk.settle();
    assert!(!held(&desk), "every lock ends");
}

#[test]
fn a_loss_can_be_answered_by_a_backup() {
    let (world, desk, backup) = with_backup();
    drop(desk);
    world.fs.delete(LINES);
    let mut desk = world.desk();
    assert!(desk.is_read_only());
    put_back(&mut desk, &backup);
    assert!(!desk.is_read_only(), "{:?}", desk.findings());
    assert!(desk.is_sound());
    assert_eq!(desk.state().accounts().len(), 1);
}

#[test]
fn nothing_is_restored_over_an_audit_in_hand_or_what_is_not_saved() {
    let (world, mut desk, backup) = with_backup();
    done(&mut desk, Command::LookAtBackup(backup.clone()));
    begin(&mut desk);
    let before = world.kinds();
    assert!(matches!(
        refused(&mut desk, Command::Restore(backup.clone())),
        Refusal::NotNow(_)
    ));
    let draft = desk.draft().unwrap().clone();
    done(&mut desk, walk(&draft));
    world.fs.refuse_from_now(ErrorKind::StorageFull);
    done(&mut desk, Command::SetAccount(account("Unsaved", "1")));
    assert!(matches!(
        refused(&mut desk, Command::Restore(backup.clone())),
        Refusal::NotNow(_)
    ));
    world.fs.heal();
    done(&mut desk, Command::TryAgain);
    assert!(world.kinds().len() > before.len());
    done(&mut desk, Command::Restore(backup));
    assert_eq!(desk.state().accounts().len(), 1);
}

#[test]
fn what_cannot_be_restored_says_why_and_the_journal_is_open_as_before() {
    let (world, mut desk, backup) = with_backup();
    world.fs.put("/h/words.txt", b"no journal");
    for file in ["/h/words.txt", "/h/nowhere"] {
        done(&mut desk, Command::LookAtBackup(file.into()));
        let why = desk
            .backups()
            .seen(Path::new(file))
            .unwrap()
            .as_ref()
            .unwrap_err();
        assert!(why.contains(file) && why.ends_with('.'), "{why}");
        assert!(matches!(
            refused(&mut desk, Command::Restore(file.into())),
            Refusal::NotNow(_)
        ));
    }
    // It goes away between the look and the word.
    done(&mut desk, Command::LookAtBackup(backup.clone()));
    let entries = desk.state().entries();
    world.fs.delete(&backup);
    done(&mut desk, Command::Restore(backup));
    assert!(desk.backups().restored().unwrap().is_err());
    assert!(matches!(desk.phase(), Phase::Ready));
    assert_eq!(desk.state().entries(), entries);
    done(&mut desk, Command::SetAccount(account("Third", "7")));
}

#[test]
fn a_second_window_backs_up_but_restores_nothing_and_follows_what_the_first_restores() {
    let (world, mut first, backup) = with_backup();
    let mut second = world.desk();
    assert!(second.is_read_only());
    done(&mut second, Command::BackUp);
    assert_eq!(
        second.backups().made().unwrap().as_ref().unwrap().seal,
        first.seal()
    );
    put_back(&mut second, &backup);
    let why = second.backups().restored().unwrap().as_ref().unwrap_err();
    assert!(why.starts_with("Another running copy"), "{why}");
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
fn on_a_real_disk_a_backup_is_made_beside_a_desk_that_writes() {
    use std::sync::Arc;

    use impulse_audit::journal::{Clock as _, Folders, SystemClock};
    let home = tempfile::tempdir().unwrap();
    let folders = Folders::under(home.path());
    let clock = Arc::new(SystemClock::new());
    let mut desk = App::open(
        folders.clone(),
        Arc::new(RealFs),
        clock.clone(),
        Box::new(|| {}),
    );
    desk.settle();
    for number in 0..20 {
        desk.send(Command::SetAccount(account(
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
    desk.settle();
    assert_eq!(desk.state().accounts().len(), 20);
}

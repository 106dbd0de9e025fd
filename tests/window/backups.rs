//! Backups in the window: made, read, and put back by a typed word; a loss that leads there; an
//! opening that is cancelled.

use std::time::Duration;

use egui::Key;
use impulse_audit::app::{Command, Phase};

use crate::common::{Gate, World, account, done};
use crate::seat::Seat;

const LINES: &str = "/h/data/journal-0001.jsonl";

/// A window over a journal with a backup of two days ago, and an account that came after it.
fn with_backup() -> (Seat, String) {
    let (world, mut app, _) = World::with_account();
    done(&mut app, Command::BackUp);
    world.clock.advance(Duration::from_hours(48));
    done(&mut app, Command::SetAccount(account("Second", "5")));
    let code = app.backups().list()[0].seal.clone();
    (Seat::before(world, app), code)
}

/// The name of a button in the list.
fn in_the_list(seat: &Seat, code: &str) -> String {
    let name = seat
        .texts()
        .into_iter()
        .find(|text| text.starts_with("Restore the backup of") && text.contains(code));
    name.unwrap_or_else(|| panic!("no button for {code}: {:#?}", seat.texts()))
}

#[test]
fn a_backup_is_made_and_what_came_of_it_is_said() {
    let mut seat = Seat::with_account();
    seat.push("Settings");
    seat.must_read("There is none yet.");
    seat.must_read("/h/data/backups");
    seat.push("Back up now");
    seat.must_read("Made, and read back whole:");
    let code = seat.app().seal().to_owned();
    in_the_list(&seat, &code);
    seat.push("Back up now");
    seat.must_read("Nothing was written since the last backup");
}

#[test]
fn a_backup_is_restored_after_what_it_lacks_was_read_and_a_word_was_typed() {
    let (mut seat, code) = with_backup();
    seat.push("Settings");
    let button = in_the_list(&seat, &code);
    seat.push(&button);
    for words in [
        "Every line in it is as it was written.",
        "1 entry of the journal is not in it",
        "Promises in force stay in force.",
        "Nothing is overwritten",
    ] {
        seat.must_read(words);
    }
    // The button sleeps until the word is there: Enter on it does nothing.
    let before = seat.world.lines().len();
    seat.fill("Type the word restore to do it", "rest");
    seat.press(Key::Enter);
    seat.settle();
    assert_eq!(seat.world.lines().len(), before);
    seat.fill("Type the word restore to do it", "ore");
    seat.push("Restore it");
    seat.must_read("Restored:");
    seat.must_read("/h/data/replaced-");
    assert_eq!(seat.app().state().accounts().len(), 1);
    assert_eq!(seat.world.kinds().last().unwrap(), "journal.restored");
    // The list is there again, and the journal goes on.
    in_the_list(&seat, &code);
    seat.begin();
}

#[test]
fn going_back_restores_nothing() {
    let (mut seat, code) = with_backup();
    let before = seat.world.fs.content(LINES);
    seat.push("Settings");
    let button = in_the_list(&seat, &code);
    seat.push(&button);
    seat.fill("Type the word restore to do it", "restore");
    seat.press(Key::Escape);
    seat.press(Key::Escape);
    seat.must_not_read("Type the word restore");
    in_the_list(&seat, &code);
    assert_eq!(seat.world.fs.content(LINES), before);
}

#[test]
fn a_file_that_is_no_backup_says_so_and_offers_nothing() {
    let (mut seat, _) = with_backup();
    seat.world.fs.put("/h/words.txt", b"words");
    seat.push("Settings");
    seat.fill("A backup that lies elsewhere", "/h/words.txt");
    seat.push("Look at this file");
    seat.must_read("/h/words.txt is no backup that can be restored");
    seat.must_not_read("Restore it");
    seat.push("Back");
    seat.must_read("A backup that lies elsewhere");
}

#[test]
fn a_loss_leads_to_the_backups_by_keys_alone() {
    let (seat, code) = with_backup();
    let Seat { world, .. } = &seat;
    let world = world.clone();
    drop(seat);
    world.fs.delete(LINES);
    let app = world.app();
    let mut seat = Seat::before(world, app);
    seat.must_read("DELETED");
    seat.push("Restore a backup…");
    assert_eq!(seat.focused().as_deref(), Some("Back up now"));
    let button = in_the_list(&seat, &code);
    seat.push(&button);
    seat.fill("Type the word restore to do it", "restore");
    seat.push("Restore it");
    seat.must_not_read("DELETED");
    seat.must_read("Restored:");
    assert!(!seat.app().is_read_only());
}

#[test]
fn a_day_without_a_backup_is_said_once_and_can_be_closed() {
    let (world, app, _) = World::with_account();
    drop(app);
    world.fs.put("/h/data/backups", b"no folder");
    let app = world.app();
    let mut seat = Seat::before(world, app);
    seat.must_read("Today's backup is missing");
    seat.push("Close");
    seat.must_not_read("Today's backup is missing");
    seat.begin();
}

#[test]
fn a_cancelled_opening_leaves_a_calm_screen_with_one_way_on() {
    let (world, app, _) = World::with_account();
    drop(app);
    let before = world.lines();
    let (app, gate) = world.behind_a_gate();
    let mut seat = Seat::before(world.clone(), app);
    seat.must_read("Opening the journal");
    seat.tab_to("Cancel");
    seat.press(Key::Enter);
    gate.open();
    seat.settle();
    assert!(matches!(seat.app().phase(), Phase::Cancelled));
    seat.must_read("The journal is not open");
    seat.must_read("Nothing was changed.");
    assert_eq!(world.lines(), before);
    seat.press(Key::Enter);
    seat.settle();
    seat.must_read("Nothing has to happen.");
}

/// A window over a disk that can be made to stand still, in its settings.
fn before_a_gate() -> (Seat, Gate) {
    let (world, app, _) = World::with_account();
    drop(app);
    let (mut app, gate) = world.before_a_gate();
    done(&mut app, Command::SetAccount(account("Second", "5")));
    let mut seat = Seat::before(world, app);
    seat.push("Settings");
    (seat, gate)
}

/// Presses a button, and looks once the disk stands still behind it.
fn push_and_look(seat: &mut Seat, gate: &Gate, name: &str) {
    seat.push_only(name);
    gate.wait_for_someone();
    seat.rest();
}

#[test]
fn a_backup_says_how_far_it_is_and_can_be_given_up_by_keys_alone() {
    let (mut seat, gate) = before_a_gate();
    gate.close_before("backup.new");
    push_and_look(&mut seat, &gate, "Back up now");
    seat.must_read("Making a backup… 50 %, ");
    seat.push_only("Cancel");
    gate.open();
    seat.settle();
    seat.must_not_read("Making a backup");
    seat.must_not_read("Made, and read back whole");
    assert_eq!(seat.world.fs.content("/h/data/backups/backup.new"), None);
    seat.push("Back up now");
    seat.must_read("Made, and read back whole:");
}

#[test]
fn reading_a_backup_can_be_given_up_and_restoring_it_cannot() {
    let (mut seat, gate) = before_a_gate();
    let backup = seat.app().backups().list()[0].clone();
    let button = in_the_list(&seat, &backup.seal);
    gate.close_before(backup.path.file_name().unwrap().to_str().unwrap());
    push_and_look(&mut seat, &gate, &button);
    seat.must_read("Reading it from its first line to its last…");
    seat.press(Key::Escape);
    gate.open();
    seat.settle();
    seat.must_not_read("Reading it");
    let button = in_the_list(&seat, &backup.seal);
    seat.push(&button);
    seat.fill("Type the word restore to do it", "restore");
    gate.close_before("restoring.jsonl");
    push_and_look(&mut seat, &gate, "Restore it");
    seat.must_read("Restoring it… ");
    seat.must_not_read("Restoring it… 0 %");
    seat.must_not_read("Cancel");
    gate.open();
    seat.settle();
    seat.must_read("Restored:");
}

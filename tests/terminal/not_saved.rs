//! NOT SAVED on a terminal: a disk that refuses takes nothing away.
//!
//! No file of the program may grow beyond a size that lies between the ticket's line and the
//! seal's, as on a disk that is full; and where the next file would be told to the head, a folder is
//! in the way, so that trying again is refused too, by whomever it is run.

use std::fs;
use std::path::PathBuf;

use impulse_audit::app::Command;
use impulse_audit::record::PositionChanged;

use crate::common::{NOTHING, WRONG, done, price};
use crate::house::{House, close, machine};
use crate::person::{Person, flat};

/// An answer longer than everything that is written before the seal: by its length alone the
/// seal does not fit any more.
fn long() -> String {
    let days: Vec<String> = (1..=330).map(|day| format!("level{day}")).collect();
    format!("{WRONG} {}", days.join(" "))
}

/// A house whose journal is larger than a draft with that answer: the draft always fits.
fn house() -> House {
    let house = House::with_eth();
    let mut app = house.app(&machine());
    let position = app.state().accounts()[0].positions[0].id();
    for mark in 2_060..=2_100 {
        let change = PositionChanged {
            position,
            audit: None,
            mark: Some(price(&mark.to_string())),
            quantity: None,
            entry: None,
            backing: None,
            leverage: None,
        };
        done(&mut app, Command::ChangePosition(change));
    }
    close(app);
    house
}

/// An audit up to its seal, which the disk refuses: what is on the screen is NOT SAVED.
fn refused(house: &House) -> Person {
    let size = fs::metadata(house.journal()).unwrap().len();
    let answer = long();
    assert!(
        answer.len() > 2_560 && answer.len() < 4_000,
        "{}",
        answer.len()
    );
    assert!(size > 3 * answer.len() as u64, "{size}");
    // A shell counts in blocks of 512 bytes. What is written before the seal takes less than
    // this, the seal alone more.
    let blocks = (size + 2_048) / 512;
    let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let program = env!("CARGO_BIN_EXE_impulse-audit");
    let mut person = Person::at(&["sh", "-c", &line, program], house, &["audit"]);
    person.says_how_she_is();
    person.writes_the_ticket("1");
    person.answers("1 of 4", &answer);
    person.answers("2 of 4", "96000");
    person.answers("3 of 4", NOTHING);
    person.answers("4 of 4", "1000");
    person.reads("Your four answers, together");
    fs::create_dir(in_the_way(house)).unwrap();
    person.answers("Enter: seal them.", "");
    person
}

/// Where a new head is made before it is put in place.
fn in_the_way(house: &House) -> PathBuf {
    house.folders().head.join("head.new")
}

fn mend(house: &House) {
    fs::remove_dir(in_the_way(house)).unwrap();
}

/// The decision is saved behind what was kept, and nothing is there twice.
fn does_nothing(mut person: Person, house: &House) {
    person.answers("What do you do?", "q");
    person.reads("You did nothing.");
    person.ends_with(0);
    assert_eq!(
        house.kinds("audit"),
        [
            "audit.decided",
            "audit.revealed",
            "audit.sealed",
            "audit.started"
        ]
    );
    house.run(&["verify"]).done();
}

#[test]
fn what_the_disk_refuses_is_printed_copied_and_saved_once_it_can_be() {
    let house = house();
    let mut person = refused(&house);
    let said = person.answers("NOT SAVED", "p");
    for words in [
        "Everything you wrote is still here.",
        "t Try again",
        "c PATH",
    ] {
        assert!(flat(&said).contains(words), "{words}: {said}");
    }
    let printed = person.answers("NOT SAVED", "t");
    let printed = flat(&printed);
    for words in ["audit.sealed {", WRONG, "level330", NOTHING, "96000"] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    // Nothing of the numbers before it is saved, however often it is tried.
    person.answers("NOT SAVED", "t");
    let copy = house.dir.path().join("copy.txt");
    person.answers("NOT SAVED", &format!("c {}", copy.display()));
    let copied = person.answers("It is not in the journal yet.", "c /nowhere/at/all");
    assert!(!copied.contains("Worst case"), "{copied}");
    let copied = fs::read_to_string(&copy).unwrap();
    assert!(
        copied.contains("level330") && copied.contains(NOTHING),
        "{copied}"
    );
    // A copy that cannot be written says so, and takes nothing away either.
    person.reads("/nowhere/at/all");
    person.reads("NOT SAVED");
    mend(&house);
    person.answers("l  Leave without it", "t");
    person.reads("It is saved now.");
    person.answers("The numbers follow at", "");
    person.reads("Worst case: isolated 1,000.00");
    does_nothing(person, &house);
}

#[test]
fn leaving_without_it_is_2_and_the_draft_is_still_there() {
    let house = house();
    let mut person = refused(&house);
    person.answers("NOT SAVED", "l");
    let rest = person.ends_with(2);
    assert!(rest.contains("journal-0001.jsonl"), "{rest}");
    assert!(rest.contains("What you answered is kept until"), "{rest}");
    mend(&house);
    let mut person = Person::sits_down(&house);
    person.reads("You go on with the audit that is in hand.");
    person.answers("Your four answers, together", "<");
    person.answers("4 of 4", "<");
    let kept = person.answers("3 of 4", "<");
    assert!(flat(&kept).contains(NOTHING), "{kept}");
    person.answers("2 of 4", "<");
    let kept = person.answers("1 of 4", "q");
    assert!(flat(&kept).contains("level330"), "{kept}");
    person.answers("Do nothing with this trade?", "");
    person.reads("You did nothing.");
    person.ends_with(0);
}

/// The head's folder goes under a running audit: the journal is opened anew, which cannot be done,
/// and everything stays until it can be.
#[test]
fn what_was_written_when_the_heads_folder_went_is_saved_once_it_is_back() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.writes_the_ticket("1");
    person.answers("1 of 4", WRONG);
    person.answers("2 of 4", "96000");
    person.answers("3 of 4", NOTHING);
    let (head, away) = (house.folders().head, house.dir.path().join("away"));
    fs::rename(&head, &away).unwrap();
    fs::write(&head, "in the way").unwrap();
    person.answers("4 of 4", "1000");
    person.answers("Enter: seal them.", "");
    let said = person.answers("NOT SAVED", "t");
    assert!(flat(&said).contains("nothing is there any more"), "{said}");
    person.reads("NOT SAVED");
    fs::remove_file(&head).unwrap();
    fs::rename(&away, &head).unwrap();
    person.answers("l  Leave without it", "t");
    person.reads("It is saved now.");
    does_nothing(person, &house);
}

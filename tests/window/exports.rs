//! The journal written out from the window.

use crate::seat::Seat;

#[test]
fn the_journal_is_written_out_and_what_came_of_it_is_said() {
    let mut seat = Seat::with_account();
    seat.push("Settings");
    seat.push("Every line as it stands");
    seat.fill("A new file, or a folder for notes", "/h/out.jsonl");
    seat.push("Write it out");
    seat.settle();
    seat.must_read("2 lines are written out.");
    let journal = seat.world.fs.content("/h/data/journal-0001.jsonl");
    assert_eq!(seat.world.fs.content("/h/out.jsonl"), journal);
    // Once more under the same name: what is there stays, and that is said.
    seat.push("Write it out");
    seat.settle();
    seat.must_read("/h/out.jsonl");
    seat.must_not_read("2 lines are written out.");
    assert_eq!(seat.world.fs.content("/h/out.jsonl"), journal);
}

#[test]
fn without_amounts_and_words_is_one_press() {
    let mut seat = Seat::with_account();
    seat.push("Settings");
    seat.push("Every line as it stands");
    seat.push("Without amounts and words");
    seat.fill("A new file, or a folder for notes", "/h/out.jsonl");
    seat.push("Write it out");
    seat.settle();
    seat.must_read("2 lines are written out.");
    let text = String::from_utf8(seat.world.fs.content("/h/out.jsonl").unwrap()).unwrap();
    assert!(
        text.contains("account.set") && !text.contains("10000"),
        "{text}"
    );
}

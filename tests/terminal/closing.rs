//! Getting out on a terminal.

use crate::house::House;
use crate::person::Person;

#[test]
fn a_close_goes_through_with_one_key_at_every_question() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.answers("To do", "6");
    person.answers("Position", "1");
    person.answers("Enter: the price now.", "");
    person.answers("Price now (USDT)", "");
    person.answers("What Main knows", "");
    person.answers("1 of 4", "");
    person.answers("2 of 4", "never");
    person.reads("No number; left out.");
    person.answers("3 of 4", "");
    person.answers("4 of 4", "");
    // 5 · 100, less 0.05 % of 10,500.
    person.reads("Closing it at 2,100 realises +494.75 USDT after the fee.");
    person.answers("p  Proceed", "p");
    person.reads("You decided to close.");
    person.answers("What became of it?", "");
    person.ends_with(0);
    let sealed = house.last("audit.sealed");
    let answers = serde_json::json!({ "wrong": "", "nothing": "" });
    assert_eq!(sealed["answers"], answers);
}

//! An experiment, tagged on a terminal: what is said of its place, and where the tag is told again.

use crate::common::{NOTHING, WRONG};
use crate::house::{House, flat};
use crate::person::Person;

#[test]
fn an_experiment_is_tagged_by_one_answer_and_told_wherever_tags_are() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.answers("To do", "");
    person.answers("Market, like BTC/USDT", "btc");
    person.answers("Side", "1");
    person.answers("Margin mode", "2");
    let asked = person.answers("Is something tried out here?", "2");
    assert!(asked.contains("Enter takes: No"), "{asked}");
    let said = flat(&person.answers("An experiment has its place in isolated", "<"));
    for words in [
        "a walled-off amount that can be lost whole, while the rest of the account stays out of \
         its losses unless margin is added.",
        "Where a venue has only cross, an account of its own with no more than that amount in it \
         is such a wall.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // It is a sentence, no block: she goes back and takes the other mode by herself.
    let asked = person.answers("Is something tried out here?", "<");
    assert!(asked.contains("Enter takes: An experiment"), "{asked}");
    person.answers("Margin mode", "1");
    person.answers("Is something tried out here?", "");
    person.reads("Isolated is the place of an experiment");
    person.answers("Entry price (USDT)", "100000");
    person.answers("Price now (USDT)", "");
    person.answers("Quantity (BTC)", "0.2");
    person.answers("Leverage (x)", "10");
    person.answers("Maintenance rate (%)", "");
    person.answers("What Main knows", "");
    person.reads("BTC/USDT long · isolated · 10x · experiment");
    for (at, text) in [("1 of 4", WRONG), ("2 of 4", "94000"), ("3 of 4", NOTHING)] {
        person.answers(at, text);
    }
    person.answers("4 of 4", "3000");
    person.seals();
    let told = person.reads("What do you do?");
    let told = flat(&told);
    assert_eq!(
        told.matches("Isolated is the place of an experiment")
            .count(),
        1,
        "{told}"
    );
    person.reads("\n> ");
    person.session.send_line("q").unwrap();
    person.reads("You did nothing.");
    person.ends_with(0);

    let started = house.last("audit.started");
    assert_eq!(started["ticket"]["experiment"], true);
    assert_eq!(started["ticket"]["mode"], "isolated");
    let list = house.run(&["journal", "list"]).done().out;
    assert!(list.contains("10x · experiment"), "{list}");
    let shown = house.run(&["journal", "show", "6"]).done().out;
    assert!(shown.contains("· experiment · arousal 2"), "{shown}");
    for privacy in [&["--redact"][..], &[]] {
        let export = |format: &str| {
            let arguments = [&["export", "--format", format][..], privacy].concat();
            house.run(&arguments).done().out
        };
        assert!(export("csv").contains(",yes\r\n"));
        assert!(export("markdown").contains("\nexperiment: true\n"));
        assert!(export("jsonl").contains("\"experiment\":true"));
    }
}

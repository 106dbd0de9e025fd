//! `audit` on a terminal of its own, by a person who types. The clock is the machine's: the
//! floor of 20 s is waited for.

use std::time::{Duration, Instant};

use crate::common::{NOTHING, WRONG};
use crate::house::{House, machine};
use crate::person::{Person, flat};

#[test]
fn a_whole_audit_from_the_first_question_to_the_number_of_its_entry() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    // Cross waits for a plan: the rule stands before the first question.
    person.writes_the_ticket("2");
    let met = person.reads("A rule that holds from the beginning stands against this.");
    assert!(!met.contains("You promised"), "{met}");
    person.reads("Cross only with a plan that was written before.");
    person.reads("It holds from the beginning, until you loosen it.");
    let began = Instant::now();
    person.answers("This try is in the journal as entry 4.", "");
    person.keeps_the_ticket_but_isolated();
    // An answer that is too short is asked again, and the words that were written stay.
    person.answers("1 of 4", "too short");
    person.answers(
        "This answer needs three different words; you have 2.",
        WRONG,
    );
    person.answers("2 of 4", "101000");
    // Of two readings only one can stand beside the entry: it is taken and said back.
    person.answers("where this position gains", "94,000");
    person.reads("= 94,000 USDT");
    person.answers("3 of 4", WRONG);
    person.answers("This is your first answer again", NOTHING);
    person.answers("4 of 4", "500");
    person.seals();
    let waiting = person.reads("The numbers follow at");
    for number in ["10,490", "95,381", "Worst case"] {
        assert!(
            !waiting.contains(number),
            "no number before its time: {waiting}"
        );
    }
    let wait = person.reads("Backed by:");
    assert!(
        began.elapsed() >= Duration::from_secs(20),
        "the floor holds"
    );
    // The sentences of the worked reveal.
    let wait = flat(&wait);
    for words in [
        "You would be closed at 95,381.53 before 94,000 could prove you wrong. In isolated it \
         can take 1,000.00 USDT. You accepted 500.00; costs of 19.40 count against it too.",
        "Cross it can take 10,490.00 — all of the account, your ETH with it: at −34.11 % \
         together, at −52.00 % alone.",
    ] {
        assert!(wait.contains(words), "{words}: {wait}");
    }
    let table = person.reads("What do you do?");
    for words in [
        "isolated 1,000.00; cross 10,490.00",
        "Worst case: isolated 1,000.00; cross 10,490.00",
        "Isolated, 0.077 BTC with 492.53 behind it cannot lose more than 500.00, and is not \
         closed before 94,000.",
    ] {
        assert!(flat(&table).contains(words), "{words}: {table}");
    }
    assert!(
        table
            .lines()
            .all(|line| line.trim_end().chars().count() <= 80),
        "{table}"
    );
    person.answers("Proceed…, from", "p");
    person.answers("Proceed wakes five seconds after", "");
    std::thread::sleep(Duration::from_secs(5));
    person.answers("What do you do?", "p");
    person.answers("in costs, you accepted 500.00.", "I want");
    let why = "The stop rests at the venue and the rest is hedged";
    person.answers("This answer needs three different words; you have 2.", why);
    person.reads("You decided to open.");
    person.reads("Saved as entry 8 of your journal.");
    takes_the_lock_that_is_offered(&mut person);
    // She has not gone to her venue yet.
    person.answers("You decided to open. What became of it?", "");
    let rest = person.ends_with(0);
    assert!(rest.contains("`impulse-audit follow`"), "{rest}");
    let promises = house.promises();
    let armed = promises.last().unwrap();
    assert_eq!(armed["kind"], "no-switch-to-cross");
    assert_eq!(armed["scope"]["symbol"], "BTC/USDT");
    assert_eq!(armed["state"], "in_force");

    assert_eq!(
        house.kinds("audit"),
        [
            "audit.decided",
            "audit.revealed",
            "audit.sealed",
            "audit.started",
            "audit.started"
        ]
    );
    let shown = house.run(&["journal", "show", "8", "--json"]).done().json();
    let decision = &shown["entry"]["data"];
    assert_eq!(decision["choice"], "proceed");
    assert_eq!(decision["sentence"], why);
    assert_eq!(decision["flags"], serde_json::json!(["over_accepted"]));
    assert_eq!(decision["worst_case"], "1000");
    house.run(&["verify"]).done();
}

/// Behind an isolated open, in the words of the window.
fn takes_the_lock_that_is_offered(person: &mut Person) {
    let offered = person.answers("While you are calm, you can promise", "l");
    let offered = flat(&offered);
    for words in [
        "No switch from isolated to cross on BTC/USDT: until ",
        ", 24 h from now.",
        "You can still reduce, close",
    ] {
        assert!(offered.contains(words), "{words}: {offered}");
    }
    person.answers("on BTC/USDT, armed: until ", "");
}

#[test]
fn walking_away_takes_one_short_answer_and_is_a_decision_like_any_other() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.answers("To do", "");
    person.answers("Market, like BTC/USDT", "eth");
    person.answers("Side", "q");
    // Asked once; going on is one answer too.
    person.answers("Do nothing with this trade?", "<");
    person.answers("You go on writing.", "q");
    person.answers("Do nothing with this trade?", "");
    person.reads("You did nothing.");
    person.reads("Saved as entry 4 of your journal.");
    person.ends_with(0);
    let shown = house.run(&["journal", "show", "4", "--json"]).done().json();
    assert_eq!(shown["entry"]["data"]["choice"], "do_nothing");
    assert_eq!(shown["entry"]["data"]["step"], "ticket");
    let started = house.run(&["journal", "show", "3", "--json"]).done().json();
    assert_eq!(started["entry"]["data"]["state"]["arousal"], 2);
    assert_eq!(started["entry"]["data"]["typed_symbol"], "eth");
}

#[test]
fn an_audit_that_was_interrupted_is_taken_up_where_it_was() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.writes_the_ticket("1");
    person.answers("1 of 4", WRONG);
    person.reads("2 of 4");
    person.session.send_control('c').unwrap();
    person.session.exp_eof().unwrap();
    drop(person);

    let mut person = Person::sits_down(&house);
    person.reads("You go on with the audit that is in hand.");
    let asked = person.answers("2 of 4", "<");
    assert!(asked.contains("BTC/USDT long · isolated · 20x"), "{asked}");
    // Back at the first question, what was written stands there.
    let asked = person.answers("1 of 4", "");
    assert!(flat(&asked).contains("Enter keeps"), "{asked}");
    // The input ends: left lying once more, and said.
    person.reads("2 of 4");
    person.reads("\n> ");
    person.session.send_control('d').unwrap();
    let rest = person.ends_with(1);
    assert!(rest.contains("The audit is left lying"), "{rest}");
    let kinds = house
        .run(&["journal", "list", "--kind", "audit"])
        .done()
        .out;
    // Its first line, and that it was left in the middle of an answer.
    assert_eq!(kinds.lines().count(), 2, "{kinds}");
    assert!(
        kinds.contains("You closed this window once, while writing"),
        "{kinds}"
    );
}

#[test]
fn what_names_nothing_that_can_be_seen_is_asked_about_once_and_then_passes_thin() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.writes_the_ticket("1");
    person.answers("1 of 4", "It will go up because I just feel it strongly");
    // What she wrote stands: an empty line hands it in again.
    let asked = person.answers("How would you see that on the screen?", "");
    assert!(
        flat(&asked).contains("Enter keeps: It will go up because I just feel it strongly"),
        "{asked}"
    );
    person.answers("2 of 4", "94k");
    // A reason is not asked for it.
    person.answers("3 of 4", "I am tired tonight");
    person.answers("4 of 4", "500");
    person.seals();
    person.reads("The numbers follow at");
    person.session.send_control('c').unwrap();
    person.session.exp_eof().unwrap();
    drop(person);
    let sealed = house.last("audit.sealed");
    assert_eq!(
        sealed["answers"]["wrong"],
        "It will go up because I just feel it strongly"
    );
    assert_eq!(sealed["manner"]["thin"], true);
}

#[test]
fn where_there_is_no_account_the_first_one_is_written_before_anything_else() {
    let house = House::empty();
    let mut person = Person::sits_down(&house);
    person.answers("Name of the account", "q");
    assert!(person.ends_with(1).contains("No audit was begun."));
    let mut person = Person::sits_down(&house);
    person.answers("Name of the account", "Main");
    person.answers("Venue: its number, or its name", "Elsewhere");
    person.answers("Currency it is counted in", "usdt");
    person.answers("Wallet balance", "2.500,50");
    person.reads("= 2,500.5 USDT");
    // Back, and what was written stays.
    person.answers("Taker fee", "<");
    person.answers("Enter keeps: 2.500,50", "");
    // What is no number is asked again.
    person.answers("Taker fee", "little");
    person.answers("Write a number in digits", "0.05");
    person.answers("How much is your body in it?", "q");
    person.answers("Do nothing with this trade?", "");
    person.reads("You did nothing.");
    person.ends_with(0);
    let shown = house.run(&["journal", "show", "1", "--json"]).done().json();
    let set = &shown["entry"]["data"];
    assert_eq!(set["name"], "Main");
    assert_eq!(set["collateral"], "USDT");
    assert_eq!(set["wallet_balance"], "2500.5");
    assert_eq!(set["fees"]["open"], "0.0005");
}

#[test]
fn on_a_pipe_it_is_refused_and_nothing_is_written() {
    let house = House::with_eth();
    let before = house.state();
    house
        .run(&["audit"])
        .fails_with(1, "standard input must be a terminal");
    assert_eq!(house.state(), before);
}

#[test]
fn beside_an_open_window_it_is_refused() {
    let house = House::with_eth();
    let app = house.app(&machine());
    let person = Person::sits_down(&house);
    let words = person.ends_with(1);
    assert!(
        flat(&words).contains("in the window or terminal that has it open"),
        "{words}"
    );
    drop(app);
}

//! What the pause acts on, on a terminal: waits and their reasons, all four answers together,
//! goalposts, the stop, and permissions over a restart. What would take a quarter of an hour was
//! begun that long ago, by an app over the same folder.

use std::time::Duration;

use chrono::TimeDelta;
use impulse_audit::app::{App, Command};
use impulse_audit::audit::{Arousal, Choice, Draft, TicketChange};
use impulse_audit::engine::{Intent, Mode};
use impulse_audit::input::Field;
use impulse_audit::market::PositionId;
use impulse_audit::record::{PositionClosed, PositionOpened};
use serde_json::json;

use crate::common::*;
use crate::house::{House, close, machine};
use crate::person::{Person, flat as one_line};

const SECOND: (&str, &str) = (
    "The weekly close falls back under the range it left in May",
    "My plan allows two of these and I have had both already",
);

/// A reason that is an event too: it could stand as the first answer.
const THIRD: &str = "Another entry comes with every weekly close";

fn minutes(of: i64) -> TimeDelta {
    TimeDelta::minutes(of)
}

/// The position in BTC that goes with this app's account.
fn held(app: &App) -> PositionOpened {
    btc(app.state().accounts()[0].set.account)
}

/// Seals an audit with this state at once.
fn seals(app: &mut App, change: impl Fn(&mut Draft)) {
    let mut draft = with_answers(with_ticket(begin(app)));
    change(&mut draft);
    done(app, Command::Start(Box::new(draft.clone())));
    done(app, Command::Seal(Box::new(draft)));
}

fn aroused(draft: &mut Draft) {
    draft.arousal = Some(Arousal::try_from(4).unwrap());
}

/// Says these answers, and does not seal them.
fn answers(person: &mut Person, answers: [&str; 4]) {
    let asked = ["1 of 4", "2 of 4", "3 of 4", "4 of 4"];
    for (at, text) in asked.into_iter().zip(answers) {
        person.answers(at, text);
    }
}

/// The same, and seals them.
fn answers_and_seals(person: &mut Person, four: [&str; 4]) {
    answers(person, four);
    person.seals();
}

#[test]
fn a_state_that_races_is_waited_for_and_said_in_one_sentence() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.answers("How much is your body in it?", "4");
    person.answers("What is behind it?", "cr");
    person.writes_the_ticket("1");
    answers_and_seals(&mut person, [WRONG, "94000", NOTHING, "1100"]);
    let said = person.answers("Sealed.", "q");
    let said = one_line(&said);
    for words in [
        "Your state is 4, racing, and you named revenge and chasing: the numbers follow at",
        "The wait is counted from the audit's first screen.",
        "Reducing and closing never wait.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Worst case"), "{said}");
    person.reads("You did nothing.");
    person.ends_with(0);
    let wait = &house.last("audit.sealed")["wait"];
    assert_eq!(
        *wait,
        json!({"reasons": ["aroused", "revenge_or_chasing"], "seconds": 900})
    );
}

#[test]
fn a_wait_that_began_elsewhere_goes_on_here_and_ends_by_itself() {
    let (house, mut app) = House::so_long_ago(minutes(15) - TimeDelta::seconds(8));
    seals(&mut app, aroused);
    close(app);
    let mut person = Person::sits_down(&house);
    let waiting = person.reads("the numbers");
    assert!(
        one_line(&waiting).ends_with("Your state is 4, racing:"),
        "{waiting}"
    );
    let wait = person.reads("Worst case: isolated 1,000.00");
    assert!(!wait.contains("You did nothing"), "{wait}");
    person.answers("What do you do?", "q");
    person.reads("You did nothing.");
    person.ends_with(0);
}

#[test]
fn a_rescue_waits_and_says_what_it_does_not_do() {
    let (house, mut app) = House::so_long_ago(minutes(1));
    let open = held(&app);
    done(&mut app, Command::OpenPosition(open));
    close(app);
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.answers("To do", "3");
    person.answers("Position", "1");
    person.answers("Margin to add", "400");
    person.answers("Price now (USDT)", "99000");
    person.answers("What Main knows", "");
    answers_and_seals(&mut person, [WRONG, "94000", NOTHING, "2000"]);
    let said = one_line(&person.answers("Sealed.", "q"));
    assert!(
        said.contains("This is a rescue: the numbers follow at"),
        "{said}"
    );
    let line = "a rescue eases the fear and takes no risk off the trade.";
    assert!(said.contains(line), "{said}");
    person.reads("You did nothing.");
    person.ends_with(0);
}

#[test]
fn a_loss_that_was_logged_within_the_hour_is_waited_for() {
    let (house, mut app) = House::so_long_ago(minutes(50));
    let open = held(&app);
    let closed = PositionClosed {
        position: open.id,
        audit: None,
        price: price("99000"),
        wallet_balance: money("9800"),
        estimated: false,
        liquidated: false,
    };
    done(&mut app, Command::OpenPosition(open));
    done(&mut app, Command::ClosePosition(closed));
    house.clock.advance(Duration::from_mins(45));
    seals(&mut app, |_| {});
    close(app);
    let mut person = Person::sits_down(&house);
    let said = one_line(&person.answers("Sealed.", "q"));
    let reason = "A loss was logged within the hour before: the numbers follow at";
    assert!(said.contains(reason), "{said}");
    person.reads("You did nothing.");
    person.ends_with(0);
    assert_eq!(
        house.last("audit.sealed")["wait"]["reasons"],
        json!(["recent_loss"])
    );
}

#[test]
fn an_audit_that_is_left_three_times_in_the_middle_of_its_answers_waits_for_that() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.writes_the_ticket("1");
    for _ in 0..3 {
        person.reads("1 of 4");
        person.reads("\n> ");
        person.session.send_control('c').unwrap();
        person.session.exp_eof().unwrap();
        person = Person::sits_down(&house);
    }
    answers_and_seals(&mut person, [WRONG, "94000", NOTHING, "1100"]);
    let said = one_line(&person.answers("Sealed.", "q"));
    let fact = "You closed this window 3 times, while writing: the numbers follow at";
    assert!(said.contains(fact), "{said}");
    person.reads("You did nothing.");
    person.ends_with(0);
    // Each was written down as it was seen, and no draft could take it back.
    assert_eq!(house.kinds("audit.looked_away").len(), 3);
}

#[test]
fn all_four_answers_stand_together_and_each_is_gone_back_to() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.writes_the_ticket("1");
    answers(&mut person, [WRONG, "94k", THIRD, "10%"]);
    let shown = person.answers("Your four answers, together", "7");
    let shown = one_line(&shown);
    for words in [WRONG, "94,000", THIRD, "USDT, 10 % of the account"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    person.answers("Enter: seal them.", "2");
    let asked = person.answers("2 of 4", "95000");
    assert!(asked.contains("Enter keeps: 94k"), "{asked}");
    // The first answer becomes the third one: said, and it is not sealed.
    let shown = person.answers("Your four answers, together", "1");
    assert!(shown.contains("95,000"), "{shown}");
    person.answers("1 of 4", THIRD);
    let shown = person.answers("Your four answers, together", "");
    assert!(
        one_line(&shown).contains("This is your first answer again"),
        "{shown}"
    );
    person.reads("This is your first answer again");
    let asked = person.answers(
        "3 of 4",
        "Cash has no deadline and this week offers another entry",
    );
    assert!(one_line(&asked).contains("Enter keeps"), "{asked}");
    person.answers("Your four answers, together", "<");
    person.answers("4 of 4", "");
    person.answers("Your four answers, together", "");
    person.answers("The numbers follow at", "q");
    person.reads("You did nothing.");
    person.ends_with(0);
    let answers = &house.last("audit.sealed")["answers"];
    assert_eq!(answers["wrong"], THIRD);
    assert_eq!(answers["invalidation"], "95000");
}

/// A position whose entry was audited, wrong at 97,000 and 1,060 accepted; and the numbers of a
/// rescue of it, 310 lost, that can be decided on now.
fn with_moved_goalposts() -> House {
    let (house, mut app) = House::so_long_ago(minutes(20));
    house.decides(&mut app, |draft| {
        "97000".clone_into(&mut draft.answers.invalidation);
        "1060".clone_into(&mut draft.answers.accepted);
    });
    let audit = app.state().unfollowed().next().unwrap().audit;
    let open = PositionOpened {
        audit: Some(audit),
        ..held(&app)
    };
    let position = open.id;
    done(&mut app, Command::OpenPosition(open));
    rescues(&mut app, position);
    close(app);
    house
}

fn rescues(app: &mut App, position: PositionId) {
    let mut draft = with_answers(with_state(begin(app)));
    draft.ticket.intent = Intent::AddMargin;
    draft.ticket.position = Some(position);
    for (text, field) in [("600", Field::Margin), ("98450", Field::Mark)] {
        draft.ticket.value.write(field, text);
    }
    for (text, typed) in [
        ("95000", &mut draft.answers.invalidation),
        ("1700", &mut draft.answers.accepted),
        (SECOND.0, &mut draft.answers.wrong),
        (SECOND.1, &mut draft.answers.nothing),
    ] {
        text.clone_into(typed);
    }
    done(app, Command::Start(Box::new(draft.clone())));
    done(app, Command::Seal(Box::new(draft)));
}

#[test]
fn goalposts_that_moved_are_said_and_proceeding_takes_a_sentence() {
    let house = with_moved_goalposts();
    let mut person = Person::sits_down(&house);
    let moved = "At the entry 97,000 would have proved you wrong, now 95,000. You accepted 1,060, \
                 now 1,700, and 310 are lost since.";
    let said = person.reads("Backed by:");
    assert!(one_line(&said).contains(moved), "{said}");
    let rest = person.answers("What do you do?", "p");
    assert!(rest.contains("Proceed…, from"), "{rest}");
    person.answers("Proceed wakes five seconds after", "");
    std::thread::sleep(Duration::from_secs(5));
    person.answers("What do you do?", "p");
    let asked = person.answers("Write one sentence on why it moved.", "I want");
    assert!(
        one_line(&asked).contains("marked as goalposts moved"),
        "{asked}"
    );
    let why = "The range was redrawn by the weekly close after the entry";
    person.answers("This answer needs three different words; you have 2.", why);
    person.reads("You decided to add margin.");
    person.answers("You decided to add margin. What became of it?", "");
    person.ends_with(0);
    let decided = house.last("audit.decided");
    assert_eq!(decided["flags"], json!(["goalposts_moved"]));
    assert_eq!(decided["sentence"], why);
    assert_eq!(
        house.last("audit.revealed")["goalposts"]["invalidation"],
        json!({"then": "97000", "now": "95000"})
    );
}

#[test]
fn what_was_said_of_the_stop_stands_in_the_list_and_in_every_export() {
    let house = House::with_a_decision();
    let mut app = house.app(&machine());
    let audit = app.state().unfollowed().next().unwrap().audit;
    let open = PositionOpened {
        audit: Some(audit),
        ..held(&app)
    };
    done(&mut app, Command::OpenPosition(open));
    close(app);
    // Said later, as well as at once.
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("Does the stop stand at 96,000?", "5");
    person.answers("Write a number from 1 to 4.", "2");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
    assert_eq!(house.last("audit.stop")["stop"], "not_placed");
    let list = house.run(&["journal", "list"]).done().out;
    assert!(list.contains("The stop: not placed"), "{list}");
    let rows = house
        .run(&["export", "--format", "csv", "--redact"])
        .done()
        .out;
    let names = rows.lines().next().unwrap();
    assert!(
        names.contains(",wait_seconds,waited_because,stop,"),
        "{names}"
    );
    assert!(
        rows.lines().any(|row| row.contains(",Not placed,")),
        "{rows}"
    );
    let mut person = Person::runs(&house, &["follow"]);
    let rest = person.answers("Has anything changed outside an audit?", "");
    assert!(!rest.contains("Does the stop stand"), "{rest}");
    person.ends_with(0);
}

#[test]
fn a_size_that_was_lowered_and_a_permission_that_was_extended_are_there_after_a_restart() {
    let (house, mut app) = House::so_long_ago(minutes(12));
    seals(&mut app, |_| {});
    house.clock.advance(Duration::from_secs(20));
    app.settle();
    done(&mut app, Command::Extend);
    let change = TicketChange {
        mode: Mode::Isolated,
        quantity: quantity("0.1"),
        margin: None,
    };
    done(&mut app, Command::Lower(change));
    close(app);
    let mut person = Person::sits_down(&house);
    person.reads("Lowered: 0.1 BTC isolated instead of 0.2 isolated.");
    person.reads("Worst case: isolated 500.00");
    let offered = person.answers("What do you do?", "s");
    assert!(!offered.contains("Hold these numbers longer"), "{offered}");
    person.answers("Quantity (BTC); Enter as sealed.", "0.05");
    person.answers("Leverage; Enter as sealed.", "");
    person.reads("Lowered: 0.05 BTC");
    person.answers("What do you do?", "q");
    person.reads("You did nothing.");
    person.ends_with(0);
    assert_eq!(house.last("audit.lowered")["to"]["quantity"], "0.05");
    let decided = house.last("audit.decided");
    assert_eq!(decided["ticket"]["quantity"], "0.05");
}

#[test]
fn a_permission_that_lapsed_meanwhile_is_said_so() {
    let (house, mut app) = House::so_long_ago(minutes(11));
    seals(&mut app, |_| {});
    house.clock.advance(Duration::from_secs(20));
    app.settle();
    close(app);
    let mut person = Person::sits_down(&house);
    person.answers("How much is your body in it?", "q");
    person.answers("Do nothing with this trade?", "");
    person.ends_with(0);
    let list = house.run(&["journal", "list"]).done().out;
    assert!(list.contains("Permission lapsed"), "{list}");
}

#[test]
fn a_reduction_waits_for_nothing_whatever_her_state() {
    let (house, mut app) = House::so_long_ago(minutes(1));
    let open = held(&app);
    done(&mut app, Command::OpenPosition(open));
    close(app);
    let mut person = Person::sits_down(&house);
    person.answers("How much is your body in it?", "4");
    person.answers("What is behind it?", "r");
    person.answers("To do", "5");
    person.answers("Position", "1");
    person.answers("Quantity (BTC)", "0.1");
    person.answers("At which price (USDT)", "99000");
    person.answers("Price now (USDT)", "99000");
    person.answers("What Main knows", "");
    answers_and_seals(&mut person, [WRONG, "94000", NOTHING, "1"]);
    let shown = person.answers("What do you do?", "p");
    assert!(!shown.contains("Proceed, from"), "{shown}");
    person.reads("You decided to reduce.");
    person.answers("What became of it?", "");
    person.ends_with(0);
    assert_eq!(house.last("audit.decided")["choice"], "proceed");
    assert_eq!(house.last("audit.sealed")["wait"]["seconds"], 0);
}

#[test]
fn walking_away_is_one_letter_where_all_four_stand_together() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.writes_the_ticket("1");
    answers(&mut person, [WRONG, "94000", NOTHING, "1100"]);
    person.answers("Your four answers, together", "q");
    person.answers("Do nothing with this trade?", "<");
    person.answers("You go on writing.", "q");
    person.answers("Do nothing with this trade?", "");
    person.reads("You did nothing.");
    person.ends_with(0);
    let decided = house.last("audit.decided");
    assert_eq!(decided["step"], "together");
    assert_eq!(decided["choice"], json!(Choice::DoNothing)["choice"]);
}

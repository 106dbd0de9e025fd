//! `promise plan`: a plan written on a terminal, listed, renewed and taken back.

use serde_json::Value;

use crate::house::House;
use crate::person::{Person, flat};

const TRIGGER: &str = "If it closes above 105,000 on the day, then I add once";

fn plans(house: &House) -> Vec<Value> {
    let list = house.run(&["promise", "list", "--json"]).done().json();
    // The rules that hold from the beginning, and no promise beside them.
    assert_eq!(list["promises"].as_array().unwrap().len(), 10);
    list["plans"].as_array().unwrap().clone()
}

/// A trade in cross, long, and its trigger.
fn says_where(person: &mut Person, market: &str) {
    person.answers("What it allows", "");
    person.answers("Market", market);
    person.answers("Side", "1");
    person.answers("If … then …", TRIGGER);
}

/// Everything up to the last question, whether it is to be written.
fn describes(house: &House) -> Person {
    let mut person = Person::runs(house, &["promise", "plan"]);
    says_where(&mut person, "btc");
    person.answers("Most extra collateral (USDT)", "500");
    person.answers("The account loses at most (USDT)", "1k");
    person.answers("Stop (USDT)", "94000");
    person.answers("A leg of a hedged book", "2");
    person.answers("Market of leg 1", "eth");
    person.answers("Side of leg 1", "2");
    person.answers("Quantity of leg 1", "5");
    person.answers("Another leg of a hedged book", "");
    person
}

#[test]
fn a_plan_is_written_only_when_that_is_asked_for_and_says_from_when_it_counts() {
    let house = House::with_eth();
    let before = house.state();
    let mut person = describes(&house);
    // Enter alone writes nothing.
    let asked = person.answers("Written now, it counts from", "");
    let asked = flat(&asked);
    assert!(
        asked.contains("can be renewed while nothing is open"),
        "{asked}"
    );
    person.answers("w: write it down.", "q");
    let rest = person.ends_with(1);
    assert!(rest.contains("No plan was written."), "{rest}");
    assert_eq!(plans(&house), Vec::<Value>::new());
    let lines = |state: &std::collections::BTreeMap<_, (Vec<u8>, _)>| {
        state.get(&house.journal()).map(|(bytes, _)| bytes.clone())
    };
    assert_eq!(lines(&house.state()), lines(&before));

    let mut person = describes(&house);
    let asked = person.answers("Trade in cross · BTC/USDT long · Main", "<");
    let asked = flat(&asked);
    for words in [
        TRIGGER,
        "At most 500.00 more at stake · over at 94,000 · the account loses at most 1,000.00",
        "With ETH/USDT short 5",
    ] {
        assert!(asked.contains(words), "{words}: {asked}");
    }
    person.answers("Another leg of a hedged book", "");
    person.answers("w: write it down.", "w");
    let rest = person.ends_with(0);
    assert!(rest.contains("Main: counts from "), "{rest}");
    let [plan] = &plans(&house)[..] else {
        panic!("one plan was written");
    };
    assert_eq!(plan["allows"], "cross");
    assert_eq!(plan["account"], "Main");
    assert_eq!(plan["symbol"], "BTC/USDT");
    assert_eq!(plan["side"], "long");
    assert_eq!(plan["trigger"], TRIGGER);
    assert_eq!(plan["collateral"], "500");
    assert_eq!(plan["loss_limit"], "1000");
    assert_eq!(plan["stop"], "94000");
    assert_eq!(plan["legs"][0]["symbol"], "ETH/USDT");
    assert_eq!(plan["state"], "ripens");
    assert!(plan["counts_from"].is_string() && plan["counts_until"].is_null());
    let words = house.run(&["promise", "list"]).done().out;
    assert!(
        words.contains("Trade in cross · BTC/USDT long · Main: counts from"),
        "{words}"
    );
    assert!(words.contains(TRIGGER), "{words}");
}

#[test]
fn what_does_not_stand_is_asked_again() {
    let house = House::with_eth();
    let mut person = Person::runs(&house, &["promise", "plan"]);
    person.answers("What it allows", "3");
    person.answers("Market", "?");
    person.answers("Write the market, like BTC/USDT.", "btc");
    person.answers("Side", "1");
    person.answers("If … then …", TRIGGER);
    person.answers("Most extra collateral (USDT)", "0");
    person.answers("The account loses at most (USDT)", "");
    person.answers("Stop (USDT)", "94000");
    person.answers("A leg of a hedged book", "");
    person.answers("Write a number above zero.", "250");
    person.answers("Enter keeps: 94000", "");
    person.answers("A leg of a hedged book", "");
    person.answers("Add margin to a losing position · BTC/USDT long", "w");
    person.ends_with(0);
    assert_eq!(plans(&house)[0]["loss_limit"], "250");
}

#[test]
fn a_plan_is_renewed_while_flat_and_taken_back() {
    let house = House::with_eth();
    for market in ["btc", "eth"] {
        let mut person = Person::runs(&house, &["promise", "plan"]);
        says_where(&mut person, market);
        person.answers("Most extra collateral (USDT)", "500");
        person.answers("The account loses at most (USDT)", "1000");
        person.answers("Stop (USDT)", "1000");
        person.answers("A leg of a hedged book", "");
        person.answers("w: write it down.", "w");
        person.ends_with(0);
    }
    let ids: Vec<String> = plans(&house)
        .iter()
        .map(|plan| plan["id"].as_str().unwrap().to_owned())
        .collect();
    let [btc, eth] = &ids[..] else {
        panic!("{ids:?}")
    };
    house.run(&["promise", "renew", btc]).done();
    house
        .run(&["promise", "renew", eth])
        .fails_with(1, "while nothing is open in its market");
    let said = house.run(&["promise", "withdraw", btc]).done().out;
    assert!(said.contains("taken back"), "{said}");
    let states: Vec<Value> = plans(&house).iter().map(|p| p["state"].clone()).collect();
    assert_eq!(states, ["withdrawn", "ripens"]);
    house
        .run(&["promise", "withdraw", "nobody"])
        .fails_with(1, "There is no plan nobody");
}

#[test]
fn a_plan_is_not_written_over_an_open_loss_nor_by_a_pipe() {
    use crate::common::{done, eth, price};
    use crate::house::{close, machine};
    use impulse_audit::desk::Command;

    let house = House::with_eth();
    house
        .run(&["promise", "plan"])
        .fails_with(1, "standard input must be a terminal");
    let mut desk = house.desk(&machine());
    let mut losing = eth(desk.book().accounts()[0].set.account);
    losing.mark = price("1500");
    done(&mut desk, Command::OpenPosition(losing));
    close(desk);
    let mut person = Person::runs(&house, &["promise", "plan"]);
    person.answers("What it allows", "");
    person.answers("Market", "eth");
    person.answers("Side", "1");
    person.answers("If … then …", TRIGGER);
    person.answers("Most extra collateral (USDT)", "500");
    person.answers("The account loses at most (USDT)", "1000");
    person.answers("Stop (USDT)", "1000");
    person.answers("A leg of a hedged book", "");
    let rest = person.ends_with(1);
    assert!(rest.contains("is losing now"), "{rest}");
}

//! `promise plan`: a plan written on a terminal, listed, renewed and taken back.

use impulse_audit::app::Command;
use impulse_audit::engine::Side;
use impulse_audit::promises::{PlanTerms, PlanUse, PromiseCommand};
use serde_json::Value;

use crate::common::{NOTHING, WRONG, account, done, eth, money, price};
use crate::house::{House, close};
use crate::person::{Person, flat};
use impulse_audit::market::PlanId;

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
        "At most 500.00 more collateral · over at 94,000 · the account loses at most 1,000.00",
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

/// A house with a plan for BTC in cross that was written two hours ago.
fn with_a_ripe_plan() -> House {
    let house = House::empty();
    house
        .clock
        .set_wall(chrono::Utc::now() - chrono::TimeDelta::hours(2));
    let mut app = house.app(&house.hand());
    let set = account("Main", "10000");
    let id = set.account;
    let open = eth(set.account);
    done(&mut app, Command::SetAccount(set));
    done(&mut app, Command::OpenPosition(open));
    let plan = PlanTerms {
        plan: PlanId::fresh(),
        allows: PlanUse::Cross,
        account: id,
        account_name: "Main".to_owned(),
        symbol: "BTC/USDT".to_owned(),
        side: Side::Long,
        trigger: TRIGGER.to_owned(),
        collateral: money("1000"),
        loss_limit: money("10500"),
        stop: price("95000"),
        legs: Vec::new(),
    };
    let written = PromiseCommand::WritePlan(Box::new(plan));
    done(&mut app, Command::Promise(Box::new(written)));
    close(app);
    house
}

#[test]
fn the_trigger_of_a_plan_is_asked_word_for_word_before_anything_is_decided_by_it() {
    let house = with_a_ripe_plan();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.writes_the_ticket("2");
    person.answers("1 of 4", WRONG);
    person.answers("2 of 4", "96k");
    person.answers("3 of 4", NOTHING);
    person.answers("4 of 4", "10490");
    person.seals();
    person.reads("Your plan, line by line:");
    let lines = flat(&person.answers("What do you do?", ""));
    for words in [
        &format!("{TRIGGER} — for you to say"),
        "At most 1,000.00 more collateral: 1,000.00 — met",
        "Over at 95,000: wrong at 96,000 — met",
        "The account loses at most 10,500.00: worst case 10,490.00 — met",
    ] {
        assert!(lines.contains(words), "{words}: {lines}");
    }
    std::thread::sleep(std::time::Duration::from_secs(5));
    person.answers("What do you do?", "p");
    let asked = flat(&person.answers("Has this happened:", "n"));
    assert!(asked.contains(&format!("“{TRIGGER}”?")), "{asked}");
    person.reads("What your plan waits for has not happened");
    person.answers("What do you do?", "p");
    person.answers("Has this happened:", "y");
    // All of the account and its costs are more than could be accepted.
    let why = "The stop rests at the venue and the rest is hedged";
    person.answers("in costs, you accepted 10,490.00.", why);
    person.reads("You decided to open.");
    person.answers("What became of it?", "");
    person.ends_with(0);
    let trigger = &house.last("audit.decided")["triggers"][0];
    assert_eq!(trigger["asked"], TRIGGER);
    assert_eq!(trigger["happened"], true);
    assert_eq!(plans(&house)[0]["state"], "used");
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
    person.answers("What the account loses is not written yet.", "250");
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
    use crate::common::{done, eth, money, price};
    use crate::house::{close, machine};
    use impulse_audit::app::Command;
    use impulse_audit::engine::Backing;

    let house = House::with_eth();
    house
        .run(&["promise", "plan"])
        .fails_with(1, "standard input must be a terminal");
    let mut app = house.app(&machine());
    let mut losing = eth(app.state().accounts()[0].set.account);
    losing.position.mark = price("1500");
    losing.position.backing = Backing::Isolated {
        margin: money("5000"),
    };
    done(&mut app, Command::OpenPosition(losing));
    close(app);
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

//! `account`: what an account holds, written and read by a script and by a person.

use serde_json::{Value, json};

use crate::house::{House, flat};
#[cfg(unix)]
use crate::person::Person;

const SNAPSHOT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/ccxt/binance_like.json"
);
#[cfg(unix)]
const INVERSE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/ccxt/okx_like_inverse.json"
);

/// A house with an account of 10,000 USDT at Binance, with what it has published.
fn with_main() -> House {
    let house = House::empty();
    let add = [
        "account",
        "add",
        "--name",
        "Main",
        "--venue",
        "Binance USDT-M",
    ];
    let terms = ["--wallet", "10.000,00", "--fee", "0.05", "--published"];
    house.run(&[&add[..], &terms[..]].concat()).done();
    house
}

fn show(house: &House, name: &[&str]) -> Value {
    let line = [&["account", "show", "--json"], name].concat();
    house.run(&line).done().json()
}

#[test]
fn an_account_is_added_as_it_is_named_and_shown_whole() {
    let house = with_main();
    let shown = show(&house, &[]);
    assert_eq!(shown["name"], "Main");
    assert_eq!(shown["currency"], "USDT", "the venue's own");
    assert_eq!(shown["wallet"], "10000");
    assert_eq!(shown["equity"], "10000");
    assert_eq!(shown["fees"], json!({"open": "0.0005", "close": "0.0005"}));
    assert_eq!(shown["requirement"]["basis"], "at_solved_price");
    assert_eq!(shown["positions"], json!([]));
    // The published tiers of the documents: 0.4 % up to 50,000.
    let tiers = &shown["rules"]["BTC/USDT"]["schedule"]["tiers"];
    assert_eq!(tiers[0]["rate"], "0.004");
    let listed = house.run(&["account", "list", "--json"]).done().json();
    assert_eq!(listed[0]["id"], shown["id"]);
    assert_eq!(listed[0]["markets"], 12);
    let told = house.run(&["account", "show"]).done().out;
    for words in [
        "Main, Binance USDT-M",
        "Wallet 10,000.00 USDT, written just now; nothing open",
        "Taker fee 0.05 %. The requirement is valued as the price moves, without a fee in it.",
        "BTC/USDT: Binance USDT-M, example of 2025-08-19",
    ] {
        assert!(flat(&told).contains(words), "{words}: {told}");
    }
    let list = house.run(&["account", "list"]).done().out;
    assert!(list.starts_with("Main, Binance USDT-M\n  Wallet 10,000.00 USDT"));
}

#[test]
fn what_can_be_read_in_two_ways_or_is_missing_is_refused_and_nothing_is_written() {
    let house = House::empty();
    let add = ["account", "add", "--name", "Main", "--wallet", "1,000"];
    let refused = house.run(&add);
    for words in [
        "Do you mean 1000 or 1?",
        "The taker fee is not written yet.",
        "The venue is not written yet.",
        "The currency is not written yet.",
    ] {
        assert!(refused.err.contains(words), "{words}: {refused:?}");
    }
    refused.fails_with(1, "The wallet balance");
    house.run(&["account", "add"]).fails_with(1, "a terminal");
    house
        .run(&["account", "show"])
        .fails_with(1, "There is no account yet");
    assert_eq!(
        house.run(&["account", "list", "--json"]).done().json(),
        json!([])
    );
}

#[test]
fn what_is_not_named_stays_as_it_is() {
    let house = with_main();
    let first = show(&house, &[]);
    house.run(&["account", "set", "--fee", "0,04%"]).done();
    let fee = show(&house, &[]);
    assert_eq!(fee["fees"]["open"], "0.0004");
    assert_eq!(fee["wallet"], "10000");
    assert_eq!(
        fee["wallet_at"], first["wallet_at"],
        "nothing is said of it"
    );
    // The same again changes nothing, and is no word that the wallet still holds.
    house
        .run(&["account", "set", "main", "--fee", "0.04"])
        .done();
    assert_eq!(house.kinds("account.set").len(), 2);
    house
        .run(&["account", "set", "--wallet", "9'500.25"])
        .done();
    let wallet = show(&house, &[]);
    assert_eq!(wallet["wallet"], "9500.25");
    assert_ne!(wallet["wallet_at"], first["wallet_at"]);
    assert_eq!(wallet["rules"], first["rules"]);
}

/// A coin-margined account beside the other.
pub(crate) fn with_coin(house: &House) {
    let add = [
        "account",
        "add",
        "--name",
        "Coin",
        "--venue",
        "Binance COIN-M",
    ];
    let terms = ["--currency", "xbt", "--wallet", "0.5", "--fee", "0.05"];
    house.run(&[&add[..], &terms[..]].concat()).done();
}

#[test]
fn of_several_accounts_one_is_named_and_no_two_share_a_name() {
    let house = with_main();
    with_coin(&house);
    house
        .run(&["account", "show"])
        .fails_with(1, "Name one of the accounts: Main, Coin");
    house
        .run(&["account", "show", "Other"])
        .fails_with(1, "There is no account Other");
    assert_eq!(show(&house, &["coin"])["currency"], "BTC");
    let again = ["account", "add", "--name", "main", "--venue", "Elsewhere"];
    let terms = ["--currency", "USDT", "--wallet", "5", "--fee", "0"];
    house
        .run(&[&again[..], &terms[..]].concat())
        .fails_with(1, "Another account has this name already");
}

#[test]
fn the_rules_of_a_market_are_written_by_a_rate_or_taken_from_the_venue() {
    let house = with_main();
    with_coin(&house);
    let rules = |line: &[&str]| {
        let line = [&["account", "rules"], line].concat();
        house.run(&line)
    };
    let of = |account: &str, market: &str| show(&house, &[account])["rules"][market].clone();
    rules(&["doge", "--account", "Main", "--rate", "1", "--lot", "1"]).done();
    let doge = of("Main", "DOGE/USDT");
    assert_eq!(doge["schedule"]["tiers"][0]["rate"], "0.01");
    assert_eq!(doge["lot"], "1");
    assert_eq!(doge["terms"], json!({"contract": "linear", "size": "1"}));
    // What is not named stays; a contract of another size is counted in contracts.
    let told = rules(&["doge", "--account", "Main", "--size", "100"]).done();
    assert_eq!(
        told.out,
        "DOGE/USDT: your own, 1 % flat; in contracts of 100 DOGE; lot 1\n"
    );
    rules(&["doge", "--account", "Main", "--rate", "100"]).fails_with(1, "is below 100 %");
    // The venue's own again, over a rate that was written.
    rules(&["btc", "--account", "Main", "--rate", "2"]).done();
    rules(&["btc", "--account", "Main", "--published", "--tick", "0.1"]).done();
    let btc = of("Main", "BTC/USDT");
    assert_eq!(btc["label"], "Binance USDT-M, example of 2025-08-19");
    assert_eq!(btc["tick"], "0.1");
    rules(&["doge", "--account", "Coin", "--published"])
        .fails_with(1, "nothing that Binance COIN-M");
    rules(&["—", "--account", "Main", "--rate", "1"]).fails_with(1, "Write the market");
    // In the coin: the face value of a contract is what nobody can know for her.
    rules(&["btc", "--account", "Coin", "--rate", "0.4"]).fails_with(1, "The face value");
    let face = ["btc", "--account", "Coin", "--rate", "0.4", "--size", "100"];
    let told = rules(&face).done().out;
    assert_eq!(
        told,
        "BTC/USD: your own, 0.4 % flat; in contracts of 100 USD, settled in BTC\n"
    );
    let inverse = of("Coin", "BTC/USD");
    assert_eq!(
        inverse["terms"],
        json!({"contract": "inverse", "size": "100"})
    );
    house.run(&["verify"]).done();
}

#[test]
fn without_a_terminal_an_import_shows_and_takes_nothing_until_that_is_said() {
    let house = with_main();
    let before = house.state();
    let shown = house.run(&["account", "import", SNAPSHOT]).done().out;
    for words in [
        "What would change in Main",
        "Wallet balance: 10,000.00 → 10,250.75 USDT",
        "BTC/USDT long, new: 0.1 at 68,000, mark 69,505, isolated with 500.25",
        "Nothing is taken in yet: --yes takes it in.",
    ] {
        assert!(flat(&shown).contains(words), "{words}: {shown}");
    }
    assert_eq!(house.state(), before);
    let taken = house.run(&["account", "import", SNAPSHOT, "--yes", "--json"]);
    let taken = taken.done().json();
    assert_eq!(taken["taken"], true);
    assert_eq!(taken["questions"], json!([]));
    let account = show(&house, &[]);
    assert_eq!(account["wallet"], "10250.75");
    assert_eq!(account["positions"][0]["backing"]["margin"], "500.25");
    assert_eq!(account["positions"].as_array().unwrap().len(), 2);
    house.run(&["verify"]).done();
}

#[test]
fn nothing_is_taken_in_while_a_question_is_open() {
    let house = House::with_eth();
    let before = house.state();
    let asked = house.run(&["account", "import", SNAPSHOT, "--json"]);
    let asked = asked.done().json();
    assert_eq!(asked["taken"], false);
    assert!(!asked["questions"].as_array().unwrap().is_empty());
    let yes = house.run(&["account", "import", SNAPSHOT, "--yes"]);
    assert_eq!(yes.code, Some(1), "{yes:?}");
    assert!(yes.out.contains("Open: "), "{yes:?}");
    let why = "Nothing is taken in while a question is open";
    assert!(yes.err.contains(why), "{yes:?}");
    assert_eq!(house.kinds("account.set").len(), 1);
    assert_eq!(house.kinds("position").len(), 1);
    drop(before);
    house
        .run(&["account", "import", "/no/such/file.json"])
        .fails_with(2, "file.json");
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    house
        .run(&["account", "import", readme])
        .fails_with(1, "this is no JSON");
}

#[cfg(unix)]
#[test]
fn a_person_is_asked_what_a_snapshot_leaves_open_and_takes_it_in_herself() {
    let house = House::with_eth();
    let mut person = Person::runs(&house, &["account", "import", SNAPSHOT]);
    // ETH long is open here and is not in the file; then what the short lacks.
    let mut asked = String::new();
    loop {
        let heard = person.reads("\n> ");
        asked.push_str(&heard);
        if heard.contains("Enter: take these in.") {
            break;
        }
        person.session.send_line("1").unwrap();
    }
    for words in [
        "Your account has a long of ETH/USDT that the text does not hold.",
        "4 ETH/USDT short, new: 2.5 at 2,500, mark 2,510, cross",
    ] {
        assert!(flat(&asked).contains(words), "{words}: {asked}");
    }
    // A line that is left out is not taken; once more, and it is.
    person.session.send_line("1").unwrap();
    let again = person.answers("1  left out: Wallet balance", "1");
    assert!(again.contains("Enter: take these in."), "{again}");
    person.answers("1  Wallet balance: 10,000.00 → 10,250.75 USDT", "");
    person.reads("Taken in.");
    let rest = person.ends_with(0);
    assert!(rest.contains("BTC/USDT long"), "{rest}");
    assert!(rest.contains("Left out"), "{rest}");
    assert!(
        rest.contains("ETH/USDT long cross stays as it is."),
        "{rest}"
    );
    assert_eq!(show(&house, &[])["wallet"], "10250.75");
}

#[cfg(unix)]
#[test]
fn a_figure_that_is_missing_is_written_or_left_out_and_an_answer_can_be_taken_back() {
    let house = House::empty();
    with_coin(&house);
    let mut person = Person::runs(&house, &["account", "import", INVERSE]);
    // The venue publishes no tiers in money: the share that must be left is asked.
    let share = "must be left for BTC/USD?";
    let asked = person.answers(share, "2");
    assert!(asked.contains("1  0.004 of the notional"), "{asked}");
    person.answers("The figure", "0,5");
    person.reads("= 0.5 %");
    person.answers("BTC/USD long, new: 50 at 60,000, mark 62,500, cross", "<");
    person.answers(share, "1");
    person.answers("BTC/USD long, new", "");
    person.reads("Taken in.");
    person.ends_with(0);
    let account = show(&house, &[]);
    assert_eq!(account["wallet"], "0.5");
    let position = &account["positions"][0];
    assert_eq!(position["contract"], "inverse");
    assert_eq!(position["contract_size"], "100");
}

#[cfg(unix)]
#[test]
fn a_person_who_leaves_takes_nothing_in() {
    let house = House::with_eth();
    let mut person = Person::runs(&house, &["account", "import", SNAPSHOT]);
    person.answers("Nothing is taken in before you say so.", "<");
    let said = person.ends_with(1);
    assert!(said.contains("Nothing was taken in."), "{said}");
    assert_eq!(show(&house, &[])["wallet"], "10000");
}

#[cfg(unix)]
#[test]
fn an_account_is_written_question_by_question() {
    let house = House::empty();
    let mut person = Person::runs(&house, &["account", "add"]);
    person.answers_all(&[
        ("Name of the account", "Coin"),
        ("Venue: its number", "2"),
        ("= Binance COIN-M", "btc"),
        ("Wallet balance", "0.5"),
        ("= 0.5 BTC", "0.05"),
    ]);
    person.reads("Coin, Binance COIN-M");
    person.ends_with(0);
    // Everything stands there already but the wallet, which is one of now if it is written.
    let mut person = Person::runs(&house, &["account", "set"]);
    person.answers("Enter keeps: Coin", "");
    person.answers("Enter keeps: Binance COIN-M", "");
    person.answers("Enter keeps: BTC", "");
    person.answers("Enter leaves it: 0.50 until now", "");
    person.answers("Enter keeps: 0.05", "");
    person.reads("Nothing changes.");
    person.ends_with(0);
    assert_eq!(house.kinds("account.set").len(), 1);
}

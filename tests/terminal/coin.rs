//! A coin-margined trade on a terminal, from an empty folder to what became of it: nothing on the
//! way is a dead end.

use crate::accounts::with_coin;
use crate::common::{NOTHING, WRONG};
use crate::house::House;
use crate::person::{Person, flat};

/// An account of half a BTC, question by question.
fn opens_an_account(person: &mut Person) {
    person.answers_all(&[
        ("Name of the account", "Coin"),
        ("Venue: its number", "2"),
        ("= Binance COIN-M", "BTC"),
        ("Wallet balance", "0.5"),
        ("= 0.5 BTC", "0.05"),
    ]);
}

/// Contracts of 100 USD with a maintenance of 0.4 %, settled in the coin.
fn writes_the_rules(person: &mut Person) {
    person.reads("BTC/USD is settled in the coin");
    person.answers("Rules of BTC/USD in Coin", "0.4");
    // What the account says already is only confirmed.
    let settled = person.answers("Settled", "");
    assert!(settled.contains("Enter takes: In the coin"), "{settled}");
    person.answers("Face value of one contract (USD)", "100");
    let valued = person.answers("When the venue values it", "");
    assert!(
        valued.contains("Enter takes: As the price moves"),
        "{valued}"
    );
    person.answers("Taker fee counted in the requirement (%)", "");
    person.answers("Smallest step of the price (USD)", "0.1");
    person.answers("Smallest step of the quantity", "1");
    person.reads("Saved. BTC/USD: your own, 0.4 % flat; in contracts of 100 USD, settled in BTC;");
}

/// BTC/USD long, 200 contracts at 100,000 with 10x, isolated.
fn writes_the_ticket(person: &mut Person) {
    person.answers("Market, like BTC/USDT", "btc");
    person.reads("= BTC/USD");
    writes_the_rules(person);
    person.answers("Side", "1");
    person.answers("Margin mode", "1");
    person.answers("Is something tried out here?", "");
    person.answers("Entry price (USD)", "100000");
    person.answers("Price now (USD)", "");
    person.answers("Quantity (contracts)", "200");
    person.reads("= 200 contracts");
    person.answers("Leverage (x)", "10x");
    // 200 contracts of 100 USD at 100,000 are 0.2 BTC; a tenth of that is assigned.
    person.reads("200 contracts · notional 0.20 · margin 0.02 · 10x");
    let rate = person.answers("Maintenance rate (%)", "");
    assert!(rate.contains("your own, 0.4 % flat"), "{rate}");
    let known = person.answers("What Coin knows", "");
    assert!(known.contains("Wallet 0.50 BTC"), "{known}");
}

#[test]
fn a_coin_margined_trade_is_walked_from_nothing_to_what_became_of_it() {
    let house = House::empty();
    let mut person = Person::sits_down(&house);
    opens_an_account(&mut person);
    person.says_how_she_is();
    writes_the_ticket(&mut person);
    person.answers("1 of 4", WRONG);
    person.answers("2 of 4", "94,000");
    person.reads("= 94,000 USD");
    person.answers("3 of 4", NOTHING);
    person.answers("4 of 4", "0.03");
    person.reads("= 0.03 BTC");
    person.answers("Enter: seal them.", "");
    let told = person.reads("What do you do?");
    let told = flat(&told);
    for words in [
        "If this goes wrong in isolated it can take 0.02 BTC. You accepted 0.03; costs of 0.00020638",
        // All of 0.5 without the opening fee of 0.0001.
        "Cross it can take 0.4999 — all of the account.",
        // 20,000 × 1.004 / (0.02 + 0.2) = 91,272.73 and 20,080 / (0.4999 + 0.2) = 28,689.81, on
        // the tick towards the price now.
        "Closed by the venue at: isolated 91,272.80 −8.73 %; cross 28,689.90 −71.31 %",
        // 20,000 × (1/94,000 − 1/100,000)
        "Loss where you are wrong, 94,000: isolated 0.012766; cross 0.012766",
        // 0.05 % of 0.2 and of 20,000 / 94,000.
        "Fees until it is closed: isolated 0.00020638; cross 0.00020638",
        "Wallet written just now.",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    // Proceeding wakes five seconds after the numbers.
    std::thread::sleep(std::time::Duration::from_secs(5));
    person.reads("\n> ");
    person.session.send_line("p").unwrap();
    person.reads("You decided to open.");
    person.answers("While you are calm, you can promise", "");
    person.answers("You decided to open. What became of it?", "1");
    person.answers("Margin mode", "");
    person.answers("Quantity (contracts)", "200");
    // Beside what was decided only one reading stands.
    person.answers("Fill price (USD)", "100,050");
    person.reads("= 100,050 USD");
    person.answers("Assigned margin (BTC)", "0.02");
    person.answers("Opening fee, 0 if none (BTC)", "0");
    person.answers("Price now (USD)", "");
    person.answers("Known for this market: your own, 0.4 % flat", "");
    person.answers("Enter: write it down.", "");
    person.reads("Saved. BTC/USD long: 200 contracts at 100,050, isolated with 0.02");
    person.answers("Does the stop stand at 94,000?", "1");
    person.ends_with(0);
    assert_eq!(house.last("audit.decided")["choice"], "proceed");
    let opened = house.last("position.opened");
    assert_eq!(opened["terms"]["contract"], "inverse");
    assert_eq!(opened["terms"]["size"], "100");
    assert_eq!(opened["entry"], "100050");
    house.run(&["verify"]).done();
}

#[test]
fn a_market_of_which_nothing_is_known_takes_a_rate_for_one_trade_or_rules_for_all() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.answers("To do", "");
    person.answers("Market, like BTC/USDT", "doge");
    let unknown = person.answers(
        "Nothing is known here of what Binance asks for DOGE/USDT.",
        "2",
    );
    assert!(
        unknown.contains("1  A rate for this trade alone"),
        "{unknown}"
    );
    person.answers("Maintenance rate (%)", "1");
    person.answers("Settled", "");
    person.answers("Size of one contract (DOGE)", "");
    // One question back, and what was written stays.
    person.answers("When the venue values it", "<");
    person.answers("Size of one contract (DOGE)", "");
    person.answers("When the venue values it", "");
    person.answers("Taker fee counted", "");
    person.answers("Smallest step of the price (USDT)", "");
    person.answers("Smallest step of the quantity", "");
    person.reads("Saved. DOGE/USDT: your own, 1 % flat");
    // From here on it is known.
    person.answers("Side", "<");
    person.answers("Enter keeps: doge", "");
    person.answers("Side", "q");
    person.answers("Do nothing with this trade?", "");
    person.reads("You did nothing.");
    person.ends_with(0);
    let set = house.last("account.set");
    assert_eq!(set["rules"]["DOGE/USDT"]["label"], "your own, 1 % flat");
}

#[test]
fn what_is_open_in_a_coin_is_told_with_its_rules() {
    let house = House::empty();
    with_coin(&house);
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("Has anything changed outside an audit?", "2");
    person.answers("Market, like BTC/USDT", "BTC");
    writes_the_rules(&mut person);
    person.answers("Side", "2");
    person.answers("Margin mode", "2");
    person.answers("Quantity (contracts)", "50");
    person.answers("Average entry price (USD)", "60000");
    person.answers("Leverage (x)", "");
    person.answers("Price now (USD)", "62,500");
    person.reads("= 62,500 USD");
    person.answers("Maintenance rate", "");
    person.answers("Enter: write it down.", "");
    // 50 × 100 × (1/62,500 − 1/60,000) = −0.00333…
    person.reads("Saved. BTC/USD short: 50 contracts at 60,000, cross, −0.0033333 BTC at 62,500");
    person.answers("Has anything changed outside an audit?", "");
    person.ends_with(0);
}

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
    person.answers("Your four answers, together", "");
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

#[test]
fn a_wallet_that_is_higher_while_the_pool_loses_is_asked_about_and_can_become_the_ticket() {
    let house = House::with_eth();
    let mut person = Person::sits_down(&house);
    person.says_how_she_is();
    person.answers("To do", "6");
    person.answers("Position", "1");
    person.answers("At which price", "");
    person.answers("Price now (USDT)", "");
    // 2,100 is a gain; at 1,900 the pool loses.
    person.answers("What Main knows", "m");
    person.answers("ETH/USDT long, price now; Enter leaves it", "1900");
    person.answers("What Main knows", "w");
    person.answers("Wallet balance now; Enter leaves it", "10750");
    let asked = person.answers("The wallet is 750.00 USDT higher", "1");
    assert!(asked.contains("3  A top-up, paid in already"), "{asked}");
    let knows = person.answers("What Main knows", "w");
    assert!(knows.contains("Wallet 10,750.00 USDT"), "{knows}");
    person.answers("Wallet balance now; Enter leaves it", "11750");
    person.answers("The wallet is 1,000.00 USDT higher", "2");
    // The ticket is the top-up now.
    person.answers("Price now (USDT)", "");
    let knows = person.answers("What Main knows", "");
    assert!(knows.contains("Wallet 10,750.00 USDT"), "{knows}");
    person.answers("Write how much you would pay in.", "q");
    person.answers("Do nothing with this trade?", "");
    person.reads("You did nothing.");
    person.ends_with(0);
}

#[test]
fn a_close_by_hand_is_offered_to_be_written_afterwards() {
    let house = House::with_eth();
    let mut person = Person::runs(&house, &["follow"]);
    person.answers("Has anything changed outside an audit?", "2");
    person.answers("At which price (USDT)", "2100");
    person.answers("Wallet balance now (USDT)", "");
    person.answers("Who closed it", "");
    person.answers("Enter: write it down.", "");
    person.answers("Has anything changed outside an audit?", "");
    person.answers("You closed ETH/USDT long at 2,100 without an audit", "1");
    person.answers(
        "What would I see if getting out now were wrong?",
        "I was tired",
    );
    person.answers("At which price is the idea of this position wrong?", "");
    person.answers("Why am I willing to leave the position as it is?", "");
    person.answers("What is the most I accept to lose?", "");
    person.answers("Enter: write it down.", "");
    person.reads("Saved as entry");
    person.ends_with(0);
    let written = house.last("audit.afterwards");
    assert_eq!(written["answers"]["wrong"], "I was tired");
    assert_eq!(written["ticket"]["entry"], "2100");
}

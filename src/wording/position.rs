//! A position as it is asked for: what became of a decision, what stands now, and its end.

use crate::engine::Intent;
use crate::record::{OpenPosition, Story};

use super::words;
use crate::input::figures::typed_price;

/// "BTC/USDT long".
pub fn name(open: &OpenPosition) -> String {
    let position = &open.position;
    format!("{} {}", position.symbol, words::side(position.side))
}

/// What is asked about a decision to trade.
pub fn what_became(intent: Intent) -> String {
    format!("{}. What became of it?", words::decided(intent))
}

/// What is asked once a position was opened: whether the stop stands where the idea is wrong.
/// None where nothing was written.
pub fn stop_asked(story: &Story) -> Option<String> {
    let sealed = story.sealed.as_ref()?;
    let at = typed_price(sealed.payload.answers.invalidation?);
    Some(format!("Does the stop stand at {at}?"))
}

pub const LEAVE_OUT: &str = "Leave it out";

/// The button that brings a position up to date.
pub fn update(open: &OpenPosition) -> String {
    format!("Update {}…", name(open))
}

/// The button that says that a position is gone.
pub fn closed(open: &OpenPosition) -> String {
    format!("{IS_CLOSED}: {}…", name(open))
}

/// The button that adds a position without a decision.
pub const ADD: &str = "Add a position…";

/// What stands above the questions about a position.
pub fn heading(decided: bool, known: bool) -> &'static str {
    match (decided, known) {
        (true, false) => "You opened it",
        (_, true) => "The position now",
        (false, false) => "A position you have",
    }
}

pub fn entry(decided: bool, known: bool) -> &'static str {
    if decided && !known {
        "Fill price"
    } else {
        "Average entry price"
    }
}

pub const MODE: &str = "Margin mode";
pub const QUANTITY: &str = "Quantity";
pub const MARGIN: &str = "Assigned margin";
pub const LEVERAGE: &str = "Leverage";
/// What the leverage of a cross position is for.
pub const LEVERAGE_HINT: &str = "if known, for what it binds of your margin";
pub const MARK: &str = "Price now";
/// What it means to leave the price now empty.
pub const MARK_HINT: &str = "the entry, if left empty";
pub const RATE: &str = "Maintenance rate";
pub const UNKNOWN_RATE: &str = "In percent, as your venue shows it";

/// Where a rate is known.
pub fn known_rate(label: &str) -> String {
    format!("Known for this market: {label}; empty takes that")
}

/// What stands now, and is left by an empty field.
pub fn until_now(value: &str) -> String {
    format!("{value} until now")
}

/// What opening it has cost.
pub const FEE: &str = "Opening fee, 0 if none";

/// What an empty field stands for, where a decision became it.
pub fn as_decided(value: &str) -> String {
    format!("{value}, if left empty")
}

pub const IS_CLOSED: &str = "It is closed";
pub const AT: &str = "At which price";
pub const WALLET: &str = "Wallet balance now";
pub const ESTIMATED: &str = "estimated, if left empty";
pub const ESTIMATE: &str = "An estimate counts profit and closing fee, not funding. Write the balance your venue shows when you can.";
pub const WHO: &str = "Who closed it";
/// The trader, or the venue by force.
pub const CLOSED_BY: [(bool, &str); 2] = [(false, "I closed it"), (true, "The venue closed it")];

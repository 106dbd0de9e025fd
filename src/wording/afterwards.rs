//! What is said of a close or a reduce that was logged without an audit.

use crate::engine::Intent;
use crate::record::Unaudited;

use super::{when, words};
use crate::input::figures;

/// "You closed ETH/USDT long at 2,100 without an audit, Fri 20 Nov 23:14." At which price a reduce
/// was filled nobody has said.
pub fn done(of: &Unaudited) -> String {
    let ticket = &of.ticket;
    let (did, how) = if ticket.intent == Intent::Close {
        (
            "closed",
            format!("at {}", figures::typed_price(ticket.entry)),
        )
    } else {
        let off = figures::quantity(ticket.quantity);
        ("reduced", format!("by {off} {}", ticket.unit()))
    };
    format!(
        "You {did} {} {} {how} without an audit, {}.",
        ticket.symbol,
        words::side(ticket.side),
        when::day_and_time(of.at)
    )
}

pub const WRITE: &str = "Write it afterwards";
pub const MARKED: &str =
    "It is saved marked as written afterwards, and counted apart. No numbers follow.";

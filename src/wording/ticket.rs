//! The ticket as it is asked: which numbers, by which names, and what is known beside them.

use chrono::{DateTime, Utc};

use crate::audit::{Size, Ticket};
use crate::engine::{Backing, Finding, Money, Quantity};
use crate::input::{Field, FieldError};
use crate::market::Symbol;
use crate::record::{Account, OpenPosition, State};

use super::{finding, when, words};
use crate::input::figures;

/// How many markets are remembered.
const REMEMBERED: usize = 8;

/// The last markets that a ticket was written for, newest first.
pub fn remembered(state: &State) -> Vec<&Symbol> {
    let mut seen: Vec<&Symbol> = Vec::new();
    let tickets = state
        .stories()
        .iter()
        .rev()
        .filter_map(|s| s.ticket.as_ref());
    for ticket in tickets {
        if !seen.contains(&&ticket.symbol) {
            seen.push(&ticket.symbol);
        }
        if seen.len() == REMEMBERED {
            break;
        }
    }
    seen
}

/// "5 ETH at 2,000, cross, +500.00 USDT at 2,100": what is known of the position.
pub fn stands(open: &OpenPosition, collateral: &str) -> String {
    let position = &open.position;
    let mode = match position.backing {
        Backing::Isolated { margin } => format!("isolated with {}", figures::money(margin)),
        Backing::Cross => words::mode(position.backing.mode()).to_owned(),
    };
    let profit = position
        .profit()
        .map(|profit| format!(", {} {collateral}", figures::signed_money(profit)))
        .unwrap_or_default();
    format!(
        "{} {} at {}, {mode}{profit} at {}",
        figures::quantity(position.quantity),
        position.terms.unit(&position.symbol),
        figures::typed_price(position.entry),
        figures::typed_price(position.mark)
    )
}

/// "BTC/USDT long isolated": a position to choose.
pub fn position(open: &OpenPosition) -> String {
    let position = &open.position;
    format!(
        "{} {} {}",
        position.symbol,
        words::side(position.side),
        words::mode(position.backing.mode())
    )
}

/// The size that the numbers make together.
pub fn size(size: &Size, base: &str) -> String {
    format!(
        "{} {base} · notional {} · margin {} · {}",
        figures::quantity(Quantity::new(size.quantity)),
        figures::money(Money::new(size.notional)),
        figures::money(Money::new(size.margin)),
        figures::leverage(size.leverage)
    )
}

/// The wallet balance, and how old it is.
pub fn wallet(account: &Account, now: DateTime<Utc>) -> String {
    format!(
        "Wallet {} {}, {}",
        figures::money(account.set.wallet_balance),
        account.set.collateral,
        when::age(account.wallet_at, now)
    )
}

/// Whose price now is asked for.
pub fn mark_label(open: &OpenPosition) -> String {
    format!(
        "{} {}, price now",
        open.position.symbol,
        words::side(open.position.side)
    )
}

/// The mark of a position, and how old it is.
pub fn mark(open: &OpenPosition, now: DateTime<Utc>) -> String {
    format!(
        "{}, {}",
        figures::typed_price(open.position.mark),
        when::age(open.mark_at, now)
    )
}

/// Why a venue would not take a ticket, with its figures and what can be done.
pub fn unplaceable(why: &Finding, ticket: &Ticket) -> FieldError {
    let currency = &ticket.collateral;
    match why {
        Finding::InsufficientMargin { needed, free } => FieldError::new(
            Field::Margin,
            format!(
                "It needs {} {currency} of margin and fee, {} is free: the wallet and the pool's \
                 profit, less what your open positions bind. Write less, or bring wallet and marks \
                 up to date.",
                figures::money(*needed),
                figures::money(*free)
            ),
        ),
        Finding::LeverageAboveTier {
            leverage,
            most,
            notional,
        } => FieldError::new(
            Field::Leverage,
            format!(
                "{} on a notional of {} {currency}; the table known for this market allows {} there. \
                 Write less, or bring the market's rules up to date.",
                figures::leverage(leverage.get()),
                figures::money(*notional),
                figures::leverage(most.get())
            ),
        ),
        other => {
            let (lead, rest) = finding::finding(other, ticket);
            FieldError::new(Field::Other, format!("{lead} {rest}"))
        }
    }
}

/// What is asked of a ticket that opens or adds.
pub const EXPERIMENT_ASKED: &str = "Is something tried out here?";

pub const EXPERIMENT: &str = "An experiment";

/// Said of a position that is one: its tag stays until it is closed.
pub const ENTERED_AS_AN_EXPERIMENT: &str = "You entered it as an experiment";

/// Said where the venue's own default is another one.
pub const OPENS_IN_CROSS: &str = "Your venue opens in cross unless you set it isolated there first";

/// What a maintenance rate is, where none is known.
pub const NO_RULES: &str = "In percent. Your venue shows it with its leverage tiers.";

//! The ticket as it is asked: which numbers, by which names, and what is known beside them.

use chrono::{DateTime, Utc};

use crate::audit::{Size, Ticket, TicketForm};
use crate::engine::{Backing, Finding, Intent, Money, Quantity};
use crate::input::number::Unit;
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

/// Which numbers are asked, two a row where there is room.
pub fn asked(intent: Intent, open: Option<&OpenPosition>) -> Vec<(Field, Option<Field>)> {
    let cross = open.is_some_and(|open| open.position.backing == Backing::Cross);
    let leverage = cross.then_some(Field::Leverage);
    match intent {
        Intent::Open | Intent::Increase => vec![
            (Field::Entry, Some(Field::Mark)),
            (Field::Quantity, Some(Field::Notional)),
            (Field::Leverage, Some(Field::Margin)),
        ],
        Intent::AddMargin | Intent::AddFunds => vec![(Field::Margin, Some(Field::Mark))],
        Intent::SwitchMode => vec![(Field::Mark, cross.then_some(Field::Margin))],
        Intent::Reduce => vec![
            (Field::Quantity, Some(Field::Entry)),
            (Field::Mark, leverage),
        ],
        Intent::Close => vec![(Field::Entry, Some(Field::Mark))],
    }
}

/// How a number of the ticket is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberPrompt<'a> {
    pub label: &'static str,
    pub unit: Unit,
    /// The word after it.
    pub suffix: &'a str,
    /// What it means to leave it empty; nothing where it must be written.
    pub hint: &'static str,
}

/// What the numbers of a ticket are counted in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// A quantity: `BTC`, or `contracts`.
    pub quantity: String,
    /// A price: the quote currency.
    pub price: String,
    /// Money: what the account is counted in.
    pub money: String,
}

/// How one number of the ticket is asked for.
pub fn number(which: Field, intent: Intent, counted: &Counted) -> NumberPrompt<'_> {
    let (quantity, price) = (counted.quantity.as_str(), counted.price.as_str());
    let money = counted.money.as_str();
    let adds = matches!(intent, Intent::Open | Intent::Increase);
    let (label, unit, suffix) = match which {
        Field::Mark => ("Price now", Unit::Price, price),
        Field::Quantity => ("Quantity", Unit::Quantity, quantity),
        Field::Notional => ("or notional", Unit::Money, money),
        Field::Leverage => ("Leverage", Unit::Leverage, "x"),
        Field::Margin => (
            match intent {
                Intent::AddMargin => "Margin to add",
                Intent::AddFunds => "Funds to pay in",
                Intent::SwitchMode => "Margin behind it alone",
                _ => "or margin",
            },
            Unit::Money,
            money,
        ),
        _ if adds => ("Entry price", Unit::Price, price),
        _ => ("At which price", Unit::Price, price),
    };
    let hint = match (which, intent) {
        (Field::Mark, Intent::Open) => "the entry, if left empty",
        (Field::Mark, _) => "as last written, if left empty",
        (Field::Entry, Intent::Reduce | Intent::Close) => "the price now, if left empty",
        (Field::Leverage, Intent::Reduce) => "for the comparison with isolated; may be left empty",
        _ => "",
    };
    NumberPrompt {
        label,
        unit,
        suffix,
        hint,
    }
}

/// The text of one number of the ticket, as typed.
pub fn typed(form: &mut TicketForm, which: Field) -> &mut String {
    match which {
        Field::Mark => &mut form.mark,
        Field::Quantity => &mut form.quantity,
        Field::Notional => &mut form.notional,
        Field::Leverage => &mut form.leverage,
        Field::Margin => &mut form.margin,
        _ => &mut form.entry,
    }
}

/// What the numbers of the ticket are counted in, as far as that is known.
pub fn counted(
    form: &TicketForm,
    account: Option<&Account>,
    open: Option<&OpenPosition>,
) -> Counted {
    let money = account.map_or("", |account| account.set.collateral.as_str());
    let held = open.filter(|_| form.intent != Intent::Open);
    let (symbol, terms) = if let Some(held) = held {
        let position = &held.position;
        (Some(position.symbol.clone()), position.terms)
    } else {
        let symbol = Symbol::read(&form.symbol, money);
        let terms = symbol.as_ref().and_then(|symbol| account?.terms(symbol));
        (symbol, terms.unwrap_or_default())
    };
    let symbol = symbol.as_ref();
    Counted {
        quantity: symbol.map_or("", |symbol| terms.unit(symbol)).to_owned(),
        price: symbol.map_or(money, Symbol::quote).to_owned(),
        money: money.to_owned(),
    }
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

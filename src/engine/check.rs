//! What an account and a ticket must be before anything is computed from them.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::account::{Account, Backing, PositionInput};
use super::account_after::is_past;
use super::contract::{Contract, Side};
use super::error::{Error, ErrorCode};
use super::schedule::{Basis, Schedule};
use super::ticket::{Intent, Ticket};

/// Refuses what can't be assessed, with the path of the field.
pub(crate) fn check(account: &Account, ticket: &Ticket) -> Result<(), Error> {
    check_account(account)?;
    check_placeable(account, ticket)?;
    check_answers(ticket)
}

/// Refuses a ticket that can't be placed in an account, before anything is asked about it.
pub(crate) fn check_placeable(account: &Account, ticket: &Ticket) -> Result<(), Error> {
    check_ticket(ticket)?;
    check_together(account, ticket)
}

/// Refuses an account that can't be computed with.
pub(crate) fn check_account(account: &Account) -> Result<(), Error> {
    not_negative(account.wallet_balance.get(), "account.wallet_balance")?;
    let mut seen = HashMap::new();
    for (index, position) in account.positions.iter().enumerate() {
        let path = || format!("account.positions[{index}]");
        check_position(position).map_err(|error| under(error, &path()))?;
        let key = (
            position.symbol.as_str(),
            position.side,
            position.backing.mode(),
        );
        if seen.insert(key, index).is_some() {
            return Err(Error::new(
                ErrorCode::DuplicatePosition,
                format!("{}.symbol", path()),
                "There is already a position of this symbol, side and backing. Join them into one.",
            ));
        }
    }
    let mut contracts: HashMap<&str, Contract> = HashMap::new();
    for (index, position) in account.positions.iter().enumerate() {
        let first = contracts
            .entry(&position.symbol)
            .or_insert(position.contract);
        if *first != position.contract {
            return Err(contract_mismatch(format!(
                "account.positions[{index}].contract"
            )));
        }
    }
    Ok(())
}

pub(crate) fn check_position(position: &PositionInput) -> Result<(), Error> {
    named(&position.symbol, "symbol")?;
    positive(position.contract_size, "contract_size")?;
    positive(position.quantity.get(), "quantity")?;
    positive(position.entry.get(), "entry")?;
    positive(position.mark.get(), "mark")?;
    positive_if_given(position.leverage, "leverage")?;
    if let Backing::Isolated { margin } = position.backing {
        positive(margin.get(), "backing.margin")?;
    }
    check_schedule(&position.maintenance)
}

fn check_ticket(ticket: &Ticket) -> Result<(), Error> {
    let checks = || {
        named(&ticket.symbol, "symbol")?;
        positive(ticket.contract_size, "contract_size")?;
        positive(ticket.quantity.get(), "quantity")?;
        positive(ticket.entry.get(), "entry")?;
        positive_if_given(ticket.mark.map(super::units::Price::get), "mark")?;
        positive_if_given(ticket.margin.map(super::units::Money::get), "margin")?;
        positive_if_given(ticket.leverage, "leverage")?;
        not_negative(ticket.fees.open.get(), "fees.open")?;
        not_negative(ticket.fees.close.get(), "fees.close")?;
        positive_if_given(ticket.tick, "tick")?;
        positive_if_given(ticket.lot, "lot")?;
        check_schedule(&ticket.maintenance)
    };
    checks().map_err(|error| under(error, "ticket"))
}

/// The two answers that are numbers: only who reduces or closes may leave them out.
fn check_answers(ticket: &Ticket) -> Result<(), Error> {
    let asked = !ticket.intent.takes_off();
    let invalidation = ticket.invalidation.map(super::units::Price::get);
    needed_if(asked, invalidation, "ticket.invalidation")?;
    let accepted = ticket.acceptable_loss.map(super::units::Money::get);
    needed_if(asked, accepted, "ticket.acceptable_loss")?;
    check_invalidation(ticket)
}

/// The invalidation lies on the losing side of the entry, and where the ticket takes effect at the mark
/// the mark has not passed it. Before a fill it may lie anywhere from the mark: a stop that buys higher
/// is wrong above the price of now.
///
/// Who reduces or closes acts on it: then it may lie anywhere, and nothing is held up.
fn check_invalidation(ticket: &Ticket) -> Result<(), Error> {
    let Some(invalidation) = ticket.invalidation.filter(|_| !ticket.intent.takes_off()) else {
        return Ok(());
    };
    if is_past(ticket.side, invalidation, ticket.entry) {
        let (side, losing) = match ticket.side {
            Side::Long => ("long", "below"),
            Side::Short => ("short", "above"),
        };
        return Err(Error::new(
            ErrorCode::InvalidationOnProfitSide,
            "ticket.invalidation",
            format!(
                "A {side} is proven wrong {losing} its entry. Write a price {losing} {}.",
                ticket.entry
            ),
        ));
    }
    let mark = ticket.effective_price();
    if is_past(ticket.side, invalidation, mark) {
        return Err(Error::new(
            ErrorCode::AlreadyInvalid,
            "ticket.invalidation",
            format!(
                "The mark, {mark}, has already passed this price: the idea is wrong by its own measure."
            ),
        ));
    }
    Ok(())
}

fn check_together(account: &Account, ticket: &Ticket) -> Result<(), Error> {
    for position in &account.positions {
        if position.symbol != ticket.symbol {
            continue;
        }
        if position.contract != ticket.contract {
            return Err(contract_mismatch("ticket.contract".to_owned()));
        }
        if ticket.intent == Intent::Open
            && position.side == ticket.side
            && position.backing.mode() == ticket.mode
        {
            return Err(Error::new(
                ErrorCode::DuplicatePosition,
                "ticket.symbol",
                "The account already holds this symbol, side and mode. Use the intent increase.",
            ));
        }
    }
    Ok(())
}

fn check_schedule(schedule: &Schedule) -> Result<(), Error> {
    not_negative(schedule.close_fee.get(), "maintenance.close_fee")?;
    if let Basis::Fixed(amount) = schedule.basis {
        not_negative(amount.get(), "maintenance.basis.fixed")?;
    }
    let Some(first) = schedule.tiers.first() else {
        return Err(missing("maintenance.tiers"));
    };
    for (index, tier) in schedule.tiers.iter().enumerate() {
        let path = |field: &str| format!("maintenance.tiers[{index}].{field}");
        not_negative(tier.rate.get(), &path("rate"))?;
        not_negative(tier.amount.get(), &path("amount"))?;
        positive_if_given(tier.max_leverage, &path("max_leverage"))?;
    }
    if !first.floor.get().is_zero() {
        return Err(Error::new(
            ErrorCode::TiersNotFromZero,
            "maintenance.tiers[0].floor",
            "The first maintenance tier must start at 0.",
        ));
    }
    let pairs = schedule.tiers.iter().zip(schedule.tiers.iter().skip(1));
    for (index, (below, above)) in (1_usize..).zip(pairs) {
        if above.floor <= below.floor {
            return Err(Error::new(
                ErrorCode::TiersNotRising,
                format!("maintenance.tiers[{index}].floor"),
                "The floors of the maintenance tiers must rise from one to the next.",
            ));
        }
    }
    Ok(())
}

/// The refusal of an absent value.
pub(crate) fn missing(field: impl Into<String>) -> Error {
    Error::new(
        ErrorCode::Missing,
        field,
        "This is needed and is not there. It is never taken as zero.",
    )
}

fn contract_mismatch(field: String) -> Error {
    Error::new(
        ErrorCode::ContractMismatch,
        field,
        "This symbol stands in the account as the other kind of contract. Give them two names.",
    )
}

fn named(symbol: &str, field: &str) -> Result<(), Error> {
    if symbol.trim().is_empty() {
        Err(missing(field))
    } else {
        Ok(())
    }
}

fn positive(value: Decimal, field: &str) -> Result<(), Error> {
    if value > Decimal::ZERO {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::NotPositive,
        field,
        "This must be above zero.",
    ))
}

fn positive_if_given(value: Option<Decimal>, field: &str) -> Result<(), Error> {
    value.map_or(Ok(()), |value| positive(value, field))
}

fn needed_if(asked: bool, value: Option<Decimal>, field: &str) -> Result<(), Error> {
    match value {
        Some(value) => positive(value, field),
        None if asked => Err(missing(field)),
        None => Ok(()),
    }
}

fn not_negative(value: Decimal, field: &str) -> Result<(), Error> {
    if value >= Decimal::ZERO {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::Negative,
        field,
        "This can't be below zero.",
    ))
}

fn under(mut error: Error, path: &str) -> Error {
    error.field = format!("{path}.{}", error.field);
    error
}

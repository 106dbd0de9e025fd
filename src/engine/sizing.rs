//! Sizes that fit the accepted loss: solved, not searched. Everything a size costs is a straight
//! line in it, so a limit is met at a size that one division gives.

use super::account::{Account, Backing};
use super::account_after::{AccountAfter, is_past};
use super::by_hand::by_hand;
use super::capped::capped;
use super::contract::Side;
use super::cross_size::cross_size;
use super::error::{Error, ErrorCode};
use super::exact::Exact;
use super::margin::margin_to_reach;
use super::outcome::{Buffered, Sizing};
use super::sized_position::SizedPosition;
use super::ticket::Ticket;
use super::unit::Limits;
use super::units::{Money, Price, Rate};

/// All sizes for a ticket; none without the two answers that bound them.
pub(crate) fn sizing(
    account: &Account,
    ticket: &Ticket,
    isolated: &AccountAfter<'_>,
    cross: &AccountAfter<'_>,
    buffer: Rate,
) -> Result<Sizing, Error> {
    let Some(limits) = Limits::of(ticket) else {
        return Ok(Sizing::default());
    };
    Ok(Sizing {
        by_hand: where_it_fits(by_hand(account, ticket, &limits, isolated))?,
        capped: where_it_fits(capped(account, ticket, &limits))?,
        buffered: where_it_fits(buffered(ticket, &limits, isolated, buffer))?,
        cross: where_it_fits(cross_size(account, ticket, &limits, cross))?,
    })
}

/// A size that can't be written down is none; the rest of the assessment stands without it.
fn where_it_fits<T>(size: Result<Option<T>, Error>) -> Result<Option<T>, Error> {
    match size {
        Err(error) if error.code == ErrorCode::Overflow => Ok(None),
        size => size,
    }
}

/// The margin at which equity meets the requirement no sooner than a buffer beyond the
/// invalidation.
fn buffered(
    ticket: &Ticket,
    limits: &Limits,
    isolated: &AccountAfter<'_>,
    buffer: Rate,
) -> Result<Option<Buffered>, Error> {
    let Some(own) = &isolated.own else {
        return Ok(None);
    };
    let from = ticket.effective_price();
    if is_past(ticket.side, limits.invalidation, from) {
        return Ok(None);
    }
    let away = match ticket.side {
        Side::Long => Exact::ONE - Exact::from(buffer.get()),
        Side::Short => Exact::ONE + Exact::from(buffer.get()),
    };
    let target =
        Price::new((Exact::from(limits.invalidation.get()) * away).settle("ticket.invalidation")?);
    let margin = margin_to_reach(isolated, own, from, target)?;
    if margin <= Money::ZERO || !is_free(isolated, own, margin)? {
        return Ok(None);
    }
    let backed = SizedPosition {
        backing: Backing::Isolated { margin },
        ..*own
    };
    let line = isolated.isolated_line(Some(&backed), isolated.owed);
    let liquidation = line
        .standing(from, ticket.tick)?
        .liquidation
        .against(ticket.side);
    Ok(Some(Buffered {
        buffer,
        margin,
        liquidation,
    }))
}

/// Whether as much margin is there: what stands behind the position, and what is free beside it.
fn is_free(
    isolated: &AccountAfter<'_>,
    own: &SizedPosition<'_>,
    margin: Money,
) -> Result<bool, Error> {
    let behind = match own.backing {
        Backing::Isolated { margin } => Exact::from(margin.get()),
        Backing::Cross => Exact::ZERO,
    };
    let there = (isolated.free() + behind).settle("account")?;
    Ok(margin.get() <= there)
}

//! What a ticket does to its own position.

use super::account::{Account, Backing, PositionInput};
use super::contract::{Contract, Mode, Side};
use super::error::{Error, ErrorCode};
use super::exact::Exact;
use super::sized_position::SizedPosition;
use super::ticket::{Intent, Ticket};
use super::units::Money;

/// A ticket's effect on its own position.
pub(super) struct PositionChange<'a> {
    pub(super) own: Option<SizedPosition<'a>>,
    pub(super) fee: Exact,
    /// What joins the settled money, the fee not taken off: profit that is realised, or a deposit.
    pub(super) settled: Exact,
}

/// The account's position that a ticket speaks of; none for an open.
///
/// Where symbol and side stand in both modes, the ticket's mode says which: a switch moves the
/// other one, everything else acts on that one.
pub(super) fn target(account: &Account, ticket: &Ticket) -> Result<Option<usize>, Error> {
    let stands = match ticket.intent {
        Intent::Open => return Ok(None),
        Intent::SwitchMode => ticket.mode.other(),
        Intent::Increase
        | Intent::AddMargin
        | Intent::AddFunds
        | Intent::Reduce
        | Intent::Close => ticket.mode,
    };
    let (symbol, side) = (ticket.symbol.as_str(), ticket.side);
    if let Some((index, _)) = held_position(account, symbol, side, Some(stands)) {
        return Ok(Some(index));
    }
    match held_position(account, symbol, side, None) {
        Some(_) if ticket.intent == Intent::SwitchMode => Err(Error::new(
            ErrorCode::AlreadyInMode,
            "ticket.mode",
            "The position already stands in this mode: there is nothing to switch.",
        )),
        Some((index, _)) => Ok(Some(index)),
        None => Err(no_such_position(symbol)),
    }
}

/// The first position of a symbol and side, in a mode where one is named.
pub(super) fn held_position<'a>(
    account: &'a Account,
    symbol: &str,
    side: Side,
    mode: Option<Mode>,
) -> Option<(usize, &'a PositionInput)> {
    account.positions.iter().enumerate().find(|(_, position)| {
        position.symbol == symbol
            && position.side == side
            && mode.is_none_or(|mode| position.backing.mode() == mode)
    })
}

pub(super) fn no_such_position(symbol: &str) -> Error {
    Error::new(
        ErrorCode::NoSuchPosition,
        "ticket.symbol",
        format!(
            "The account holds no {symbol} position of this side. Add it to the account, or open it."
        ),
    )
}

pub(super) fn change<'a>(
    ticket: &'a Ticket,
    held: Option<SizedPosition<'a>>,
    mode: Mode,
) -> Result<PositionChange<'a>, Error> {
    let size = Exact::from(ticket.quantity.get()) * Exact::from(ticket.contract_size);
    let price = Exact::from(ticket.entry.get());
    let traded = ticket.contract.notional(size, price);
    let Some(held) = held else {
        let mut own = SizedPosition {
            symbol: &ticket.symbol,
            contract: ticket.contract,
            side: ticket.side,
            size,
            entry: price,
            mark: ticket.effective_price().get(),
            backing: Backing::Cross,
            leverage: ticket.leverage,
            schedule: &ticket.maintenance,
        };
        own.backing = standing(ticket, &own, mode)?;
        let fee = traded * Exact::from(ticket.fees.open.get());
        return Ok(PositionChange {
            own: Some(own),
            fee,
            settled: Exact::ZERO,
        });
    };
    let mut own = held;
    own.leverage = ticket.leverage.or(held.leverage);
    let mut fee = Exact::ZERO;
    let mut settled = Exact::ZERO;
    match ticket.intent {
        Intent::Open | Intent::SwitchMode => {}
        Intent::Increase => {
            fee = traded * Exact::from(ticket.fees.open.get());
            own.size = held.size + size;
            own.entry = average_entry(&held, size, price);
            if let Backing::Isolated { margin } = held.backing {
                let added = margin_or_leverage(ticket, traded)?;
                own.backing = isolated(Exact::from(margin.get()) + added)?;
            }
        }
        Intent::AddMargin => {
            if let Backing::Isolated { margin } = held.backing {
                let added = ticket.margin.ok_or_else(missing_margin)?;
                own.backing = isolated(Exact::from(margin.get()) + Exact::from(added.get()))?;
            }
        }
        Intent::AddFunds => {
            let added = ticket.margin.ok_or_else(missing_margin)?;
            settled = Exact::from(added.get());
        }
        Intent::Reduce | Intent::Close => {
            let before = held.size.settle("account")?;
            let closed = match ticket.intent {
                Intent::Close => before,
                _ => size.settle("ticket.quantity")?,
            };
            if closed > before {
                return Err(Error::new(
                    ErrorCode::MoreThanHeld,
                    "ticket.quantity",
                    "The position holds less than this. Reduce by less, or close it.",
                ));
            }
            let part = SizedPosition {
                size: Exact::from(closed),
                ..held
            };
            fee = part.notional(price) * Exact::from(ticket.fees.close.get());
            settled = part.profit(price);
            if closed == before {
                return Ok(PositionChange {
                    own: None,
                    fee,
                    settled,
                });
            }
            own.size = held.size - part.size;
            if let Backing::Isolated { margin } = held.backing {
                own.backing = isolated(Exact::from(margin.get()) * own.size / held.size)?;
            }
        }
    }
    own.backing = standing(ticket, &own, mode)?;
    Ok(PositionChange {
        own: Some(own),
        fee,
        settled,
    })
}

/// What backs the position if the whole of it stands in a mode. A cross position that is looked at
/// as isolated takes the ticket's margin out of the pool, else notional / leverage.
fn standing(ticket: &Ticket, own: &SizedPosition<'_>, mode: Mode) -> Result<Backing, Error> {
    match (mode, own.backing) {
        (Mode::Cross, _) => Ok(Backing::Cross),
        (Mode::Isolated, backing @ Backing::Isolated { .. }) => Ok(backing),
        (Mode::Isolated, Backing::Cross) => {
            isolated(margin_or_leverage(ticket, own.notional(own.entry))?)
        }
    }
}

/// A position of an account whose mode is one for all of them, once that mode is switched.
pub(super) fn switched(
    ticket: &Ticket,
    leg: &SizedPosition<'_>,
    mode: Mode,
) -> Result<Backing, Error> {
    match (mode, leg.backing) {
        (Mode::Cross, _) => Ok(Backing::Cross),
        (Mode::Isolated, backing @ Backing::Isolated { .. }) => Ok(backing),
        (Mode::Isolated, Backing::Cross) => {
            let leverage = leg.leverage.or(ticket.leverage).ok_or_else(|| {
                Error::new(
                    ErrorCode::Missing,
                    "ticket.leverage",
                    format!(
                        "Say at which leverage {} stands: its margin follows from it.",
                        leg.symbol
                    ),
                )
            })?;
            isolated(leg.notional(leg.entry) / Exact::from(leverage))
        }
    }
}

fn isolated(margin: Exact) -> Result<Backing, Error> {
    Ok(Backing::Isolated {
        margin: Money::new(margin.settle("ticket.margin")?),
    })
}

/// The ticket's margin, else notional / leverage.
pub(crate) fn margin_or_leverage(ticket: &Ticket, notional: Exact) -> Result<Exact, Error> {
    match (ticket.margin, ticket.leverage) {
        (Some(margin), _) => Ok(Exact::from(margin.get())),
        (None, Some(leverage)) => Ok(notional / Exact::from(leverage)),
        (None, None) => Err(missing_margin()),
    }
}

fn missing_margin() -> Error {
    Error::new(
        ErrorCode::Missing,
        "ticket.margin",
        "Say how much margin the position gets, or at which leverage it is opened.",
    )
}

/// The entry whose profit is that of both parts together: weighted by size for a linear contract,
/// harmonic for an inverse one, whose notional is size / price.
fn average_entry(held: &SizedPosition<'_>, size: Exact, price: Exact) -> Exact {
    let sizes = held.size + size;
    let notionals = held.notional(held.entry) + held.contract.notional(size, price);
    match held.contract {
        Contract::Linear => notionals / sizes,
        Contract::Inverse => sizes / notionals,
    }
}

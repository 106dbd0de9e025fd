//! What a ticket does to its own position.

use super::account::{Account, Backing};
use super::contract::{Contract, Mode};
use super::error::{Error, ErrorCode};
use super::exact::Exact;
use super::held::Held;
use super::ticket::{Intent, Ticket};
use super::units::Money;

/// A ticket's effect on its own position.
pub(super) struct Change<'a> {
    pub(super) own: Option<Held<'a>>,
    pub(super) fee: Exact,
    pub(super) realised: Exact,
}

/// The account's position that a ticket speaks of; none for an open.
///
/// Where symbol and side stand in both modes, the ticket's mode says which: a switch moves the
/// other one, everything else acts on that one.
pub(super) fn target(account: &Account, ticket: &Ticket) -> Result<Option<usize>, Error> {
    let stands = match ticket.intent {
        Intent::Open => return Ok(None),
        Intent::SwitchMode => ticket.mode.other(),
        Intent::Increase | Intent::AddMargin | Intent::Reduce | Intent::Close => ticket.mode,
    };
    let matching = || {
        account
            .positions
            .iter()
            .enumerate()
            .filter(|(_, position)| {
                position.symbol == ticket.symbol && position.side == ticket.side
            })
    };
    if let Some((index, _)) = matching().find(|(_, position)| position.backing.mode() == stands) {
        return Ok(Some(index));
    }
    match matching().next() {
        Some(_) if ticket.intent == Intent::SwitchMode => Err(Error::new(
            ErrorCode::AlreadyInMode,
            "ticket.mode",
            "The position already stands in this mode: there is nothing to switch.",
        )),
        Some((index, _)) => Ok(Some(index)),
        None => Err(Error::new(
            ErrorCode::NoSuchPosition,
            "ticket.symbol",
            format!(
                "The account holds no {} position of this side. Add it to the account, or open it.",
                ticket.symbol
            ),
        )),
    }
}

pub(super) fn change<'a>(
    ticket: &'a Ticket,
    held: Option<Held<'a>>,
    mode: Mode,
) -> Result<Change<'a>, Error> {
    let size = Exact::from(ticket.quantity.get()) * Exact::from(ticket.contract_size);
    let price = Exact::from(ticket.entry.get());
    let traded = ticket.contract.notional(size, price);
    let Some(held) = held else {
        let mut own = Held {
            symbol: &ticket.symbol,
            contract: ticket.contract,
            side: ticket.side,
            size,
            entry: price,
            mark: ticket.mark_or_entry().get(),
            backing: Backing::Cross,
            schedule: &ticket.maintenance,
        };
        own.backing = standing(ticket, &own, mode)?;
        let fee = traded * Exact::from(ticket.fees.open.get());
        return Ok(Change {
            own: Some(own),
            fee,
            realised: Exact::ZERO,
        });
    };
    let mut own = held;
    let mut fee = Exact::ZERO;
    let mut realised = Exact::ZERO;
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
            let part = Held {
                size: Exact::from(closed),
                ..held
            };
            fee = part.notional(price) * Exact::from(ticket.fees.close.get());
            realised = part.profit(price);
            if closed == before {
                return Ok(Change {
                    own: None,
                    fee,
                    realised,
                });
            }
            own.size = held.size - part.size;
            if let Backing::Isolated { margin } = held.backing {
                own.backing = isolated(Exact::from(margin.get()) * own.size / held.size)?;
            }
        }
    }
    own.backing = standing(ticket, &own, mode)?;
    Ok(Change {
        own: Some(own),
        fee,
        realised,
    })
}

/// What backs the position if the whole of it stands in a mode. A cross position that is looked at
/// as isolated takes the ticket's margin out of the pool, else notional / leverage.
fn standing(ticket: &Ticket, own: &Held<'_>, mode: Mode) -> Result<Backing, Error> {
    match (mode, own.backing) {
        (Mode::Cross, _) => Ok(Backing::Cross),
        (Mode::Isolated, backing @ Backing::Isolated { .. }) => Ok(backing),
        (Mode::Isolated, Backing::Cross) => {
            isolated(margin_or_leverage(ticket, own.notional(own.entry))?)
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
fn average_entry(held: &Held<'_>, size: Exact, price: Exact) -> Exact {
    let sizes = held.size + size;
    let notionals = held.notional(held.entry) + held.contract.notional(size, price);
    match held.contract {
        Contract::Linear => notionals / sizes,
        Contract::Inverse => sizes / notionals,
    }
}

//! Whether a venue would take a ticket at all: the margin it needs is free, and its leverage is within
//! the venue's own table.

use super::account::{Account, Backing};
use super::account_after::AccountAfter;
use super::check::{check_account, check_placeable};
use super::contract::Mode;
use super::error::Error;
use super::exact::Exact;
use super::finding::Finding;
use super::position_change::margin_or_leverage;
use super::sized_position::SizedPosition;
use super::ticket::{Intent, Ticket};
use super::units::{Rate, money};

/// Why a venue would not take a ticket: [`Finding::InsufficientMargin`] or
/// [`Finding::LeverageAboveTier`]; none where it would.
///
/// It needs neither an invalidation nor an accepted loss, so that what cannot be placed can be refused
/// before any question.
///
/// # Errors
/// As [`assess`](super::assess), but for those two fields.
///
/// # Example
/// 4,000 of isolated margin out of a wallet of 1,000.
/// ```
/// use impulse_audit::engine::{Finding, case, unplaceable};
///
/// # const LINE: &str = r#"{"id":"not there","account":{"collateral":"USDT","wallet_balance":"1000","positions":[]},
/// # "ticket":{"intent":"open","symbol":"BTC/USDT","contract":"linear","contract_size":"1","side":"long",
/// # "quantity":"0.4","entry":"100000","mode":"isolated","margin":"4000","fees":{"open":"0","close":"0"},
/// # "funding":{"rate":"0","intervals":0,"owed":"0"},"maintenance":{"basis":"at_solved_price",
/// # "close_fee":"0","tiers":[{"floor":"0","rate":"0.004","amount":"0"}]},"invalidation":"95000",
/// # "acceptable_loss":"500"}}"#;
/// let case = case::read(LINE)?;
/// let why = unplaceable(&case.account, case.ticket()?)?;
/// let Some(Finding::InsufficientMargin { needed, free }) = why else { panic!() };
/// assert_eq!((needed, free), ("4000".parse()?, "1000".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn unplaceable(account: &Account, ticket: &Ticket) -> Result<Option<Finding>, Error> {
    check_account(account)?;
    check_placeable(account, ticket)?;
    let account_after = AccountAfter::after(account, ticket, ticket.mode)?;
    if let Some(insufficient) = insufficient_margin(account, ticket, &account_after)? {
        return Ok(Some(insufficient));
    }
    match &account_after.own {
        Some(own) => leverage_above_tier(ticket, own),
        None => Ok(None),
    }
}

/// What the ticket binds must be free: settled money and the pool's unrealised profit, less isolated
/// margins and the initial margin of the cross positions.
pub(crate) fn insufficient_margin(
    account: &Account,
    ticket: &Ticket,
    after: &AccountAfter<'_>,
) -> Result<Option<Finding>, Error> {
    let Some(needed) = needed(ticket, after)? else {
        return Ok(None);
    };
    let before = AccountAfter::before(account, ticket);
    // A switch sets free what the position binds now.
    let released = match (ticket.intent, after.target) {
        (Intent::SwitchMode, Some(target)) => before.others.get(target),
        _ => None,
    };
    let released = released
        .filter(|leg| leg.backing == Backing::Cross)
        .map_or(Exact::ZERO, SizedPosition::initial_margin);
    let (needed, free) = (money(needed)?, money(before.free() + released)?);
    Ok((needed > free).then_some(Finding::InsufficientMargin { needed, free }))
}

/// Margin and opening fee; none where a ticket binds nothing of the pool.
fn needed(ticket: &Ticket, after: &AccountAfter<'_>) -> Result<Option<Exact>, Error> {
    match ticket.intent {
        Intent::Open | Intent::Increase => {
            let size = Exact::from(ticket.quantity.get()) * Exact::from(ticket.contract_size);
            let traded = ticket
                .contract
                .notional(size, Exact::from(ticket.entry.get()));
            Ok(Some(margin_or_leverage(ticket, traded)? + after.fee))
        }
        Intent::AddMargin => Ok(ticket.margin.map(|margin| Exact::from(margin.get()))),
        Intent::SwitchMode => Ok(after.own.and_then(|own| match own.backing {
            Backing::Isolated { margin } => Some(Exact::from(margin.get())),
            Backing::Cross => None,
        })),
        Intent::AddFunds | Intent::Reduce | Intent::Close => Ok(None),
    }
}

/// A venue's bracket bounds the leverage of the entry notional that lies in it.
pub(crate) fn leverage_above_tier(
    ticket: &Ticket,
    own: &SizedPosition<'_>,
) -> Result<Option<Finding>, Error> {
    let is_placed = match ticket.intent {
        Intent::Open | Intent::Increase => true,
        Intent::SwitchMode => ticket.mode == Mode::Isolated,
        Intent::AddMargin | Intent::AddFunds | Intent::Reduce | Intent::Close => false,
    };
    let notional = money(own.notional(own.entry))?;
    let tier = own.schedule.tier_at(notional).filter(|_| is_placed);
    let Some(most) = tier.and_then(|tier| tier.max_leverage) else {
        return Ok(None);
    };
    let leverage = match (ticket.leverage, own.backing) {
        (Some(leverage), _) => leverage,
        (None, Backing::Isolated { margin }) => {
            (Exact::from(notional.get()) / Exact::from(margin.get())).settle("ticket.margin")?
        }
        (None, Backing::Cross) => return Ok(None),
    };
    Ok((leverage > most).then_some(Finding::LeverageAboveTier {
        leverage: Rate::new(leverage),
        most: Rate::new(most),
        notional,
    }))
}

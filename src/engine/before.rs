//! Before and after: what a ticket does to the survival of every position already open.

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::account_after::AccountAfter;
use super::check::check;
use super::contract::{Mode, Side};
use super::equity_line::EquityLine;
use super::error::Error;
use super::outcome::PositionStatus;
use super::ticket::Ticket;
use super::units::Price;

/// What a ticket does to one open position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandChange {
    /// Its symbol.
    pub symbol: String,
    /// Its side.
    pub side: Side,
    /// How it is backed before the ticket.
    pub mode: Mode,
    /// Its mark, which for the ticket's symbol is the price of the moment.
    pub mark: Price,
    /// As it stands.
    pub before: PositionStatus,
    /// After the ticket; absent where the ticket closes it.
    pub after: Option<PositionStatus>,
}

/// How every open position stands before and after a ticket in one mode, by symbol and side.
///
/// # Errors
/// As [`assess`](super::assess).
///
/// # Example
/// 5 ETH long at 2,000 in a pool of 2,000, from which the ticket takes 1,000 as isolated margin.
/// ```
/// use impulse_audit::engine::{Mode, before_after, case};
///
/// # const LINE: &str = r#"{"id":"a pool","account":{"collateral":"USDC","wallet_balance":"2000","positions":[
/// # {"symbol":"ETH","contract":"linear","contract_size":"1","side":"long","quantity":"5",
/// # "entry":"2000","mark":"2000","backing":{"mode":"cross"},"maintenance":
/// # {"basis":"at_solved_price","close_fee":"0","tiers":[{"floor":"0","rate":"0","amount":"0"}]}}]},
/// # "ticket":{"intent":"open","symbol":"BTC","contract":"linear","contract_size":"1","side":"long",
/// # "quantity":"20","entry":"100","mode":"isolated","margin":"1000","fees":{"open":"0","close":"0"},
/// # "funding":{"rate":"0","intervals":0,"owed":"0"},"maintenance":{"basis":"at_solved_price",
/// # "close_fee":"0","tiers":[{"floor":"0","rate":"0","amount":"0"}]},"invalidation":"92",
/// # "acceptable_loss":"200"}}"#;
/// let case = case::read(LINE)?;
/// let changes = before_after(&case.account, case.ticket()?, Mode::Isolated)?;
/// assert_eq!(changes[0].before.liquidation.low, Some("1600".parse()?));
/// assert_eq!(changes[0].after.and_then(|after| after.liquidation.low), Some("1800".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn before_after(
    account: &Account,
    ticket: &Ticket,
    mode: Mode,
) -> Result<Vec<BandChange>, Error> {
    check(account, ticket)?;
    let before = AccountAfter::before(account, ticket);
    let after = AccountAfter::after(account, ticket, mode)?;
    let mut changes = changes(account, ticket, &before, &after, mode)?;
    changes.sort_by(|a, b| (&a.symbol, a.side, a.mode).cmp(&(&b.symbol, b.side, b.mode)));
    Ok(changes)
}

/// [`before_after`] in the order of the account, of books that are known.
pub(crate) fn changes<'a>(
    account: &Account,
    ticket: &Ticket,
    before: &AccountAfter<'a>,
    after: &AccountAfter<'a>,
    mode: Mode,
) -> Result<Vec<BandChange>, Error> {
    let (pool_before, pool_after) = (before.standing_pool(), after.standing_pool());
    let mut others = after.others.iter();
    let mut changes = Vec::with_capacity(account.positions.len());
    for (index, (position, leg)) in account.positions.iter().zip(&before.others).enumerate() {
        let tick = if position.symbol == ticket.symbol {
            ticket.tick
        } else {
            None
        };
        let mark = Price::new(leg.mark);
        let standing = |line: &EquityLine<'_>| line.standing(mark, tick);
        let line_after = if after.target == Some(index) {
            after.own.is_some().then(|| after.line(mode))
        } else {
            others.next().map(|leg| after.line_of(leg, &pool_after))
        };
        changes.push(BandChange {
            symbol: position.symbol.clone(),
            side: position.side,
            mode: position.backing.mode(),
            mark,
            before: standing(&before.line_of(leg, &pool_before))?,
            after: line_after.as_ref().map(standing).transpose()?,
        });
    }
    Ok(changes)
}

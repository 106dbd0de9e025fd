//! What is at stake at once: the worst cases of everything that is open, together.

use rust_decimal::Decimal;

use super::account::{Account, Backing};
use super::account_after::AccountAfter;
use super::check::{check_account, check_placeable};
use super::error::Error;
use super::exact::Exact;
use super::joint::together;
use super::loss::max_loss;
use super::ticket::{Joint, Ticket};
use super::units::{Money, Price, money};

/// The most that all open positions can lose together, from their marks on: every isolated position for
/// itself, and the pool once.
///
/// # Errors
/// The first field of the account that is missing, out of range, or at odds with another.
///
/// # Example
/// 40 ETH long at 2,000 in a pool of 10,000: all of it.
/// ```
/// use impulse_audit::engine::{at_stake, case};
///
/// # const LINE: &str = r#"{"id":"a pool","account":{"collateral":"USDT","wallet_balance":"10000","positions":[
/// # {"symbol":"ETH/USDT","contract":"linear","contract_size":"1","side":"long","quantity":"40",
/// # "entry":"2000","mark":"2000","backing":{"mode":"cross"},"maintenance":
/// # {"basis":"at_solved_price","close_fee":"0","tiers":[{"floor":"0","rate":"0.01","amount":"0"}]}}]},
/// # "ticket":{"intent":"hold","symbol":"ETH/USDT","side":"long"}}"#;
/// assert_eq!(at_stake(&case::read(LINE)?.account)?.to_string(), "10000");
/// # Ok::<(), impulse_audit::engine::Error>(())
/// ```
pub fn at_stake(account: &Account) -> Result<Money, Error> {
    check_account(account)?;
    of_book(&AccountAfter::as_it_stands(account))
}

/// [`at_stake`] once a ticket has taken effect.
///
/// # Errors
/// As [`assess`](super::assess), but for the two answers that are numbers.
pub fn at_stake_after(account: &Account, ticket: &Ticket) -> Result<Money, Error> {
    check_account(account)?;
    check_placeable(account, ticket)?;
    of_book(&AccountAfter::after(account, ticket, ticket.mode)?)
}

fn of_book(account_after: &AccountAfter<'_>) -> Result<Money, Error> {
    let standing_pool = account_after.standing_pool();
    let common = together(account_after, &Joint::default())?;
    let (mut isolated, mut pool) = (Exact::ZERO, Decimal::ZERO);
    for (index, leg) in account_after.all().enumerate() {
        let mode = leg.backing.mode();
        let line = if index == 0 && account_after.own.is_some() {
            account_after.line(mode)
        } else {
            account_after.line_of(leg, &standing_pool)
        };
        let price = Price::new(leg.mark);
        let standing = line.standing(price, None)?;
        match leg.backing {
            Backing::Isolated { .. } => {
                let most = max_loss(&line, mode, price, standing, None)?;
                isolated = isolated + Exact::from(most.all.get());
            }
            Backing::Cross => {
                let most = max_loss(&line, mode, price, standing, common.as_ref())?;
                pool = pool.max(most.all.get());
            }
        }
    }
    money(isolated + Exact::from(pool))
}

//! What is there now, before any ticket: an account's equity, a position's profit.

use super::account::{Account, PositionInput};
use super::check::{check_account, check_position};
use super::error::Error;
use super::exact::Exact;
use super::sized_position::SizedPosition;
use super::units::{Money, Price};

/// Wallet balance and all unrealised profit at the marks, in the collateral currency.
///
/// # Errors
/// The first field of the account that is missing, out of range, or at odds with another.
///
/// ```
/// use impulse_audit::engine::{Account, ModeScope, Money, equity};
///
/// let account = Account {
///     collateral: "USDT".into(),
///     wallet_balance: Money::new(10_000.into()),
///     positions: vec![],
///     mode_scope: ModeScope::Position,
/// };
/// assert_eq!(equity(&account)?, Money::new(10_000.into()));
/// # Ok::<(), impulse_audit::engine::Error>(())
/// ```
pub fn equity(account: &Account) -> Result<Money, Error> {
    check_account(account)?;
    let wallet = Exact::from(account.wallet_balance.get());
    let equity = account
        .positions
        .iter()
        .map(|position| SizedPosition::of(position).profit_at_mark())
        .fold(wallet, |sum, profit| sum + profit);
    equity.settle("account").map(Money::new)
}

/// What a position gains (above zero) or loses at a price: linear s·q·(P − e), inverse
/// s·V·(1/e − 1/P); in the collateral currency, fees and funding not counted.
///
/// # Errors
/// The first field of the position that is out of range.
///
/// # Example
/// An inverse short of 100 contracts of 100 USD, entered at 50,000.
/// ```
/// use impulse_audit::engine::profit;
///
/// # let position: impulse_audit::engine::PositionInput = serde_json::from_str(r#"{"symbol":"BTCUSD",
/// # "contract":"inverse","contract_size":"100","side":"short","quantity":"100","entry":"50000",
/// # "mark":"50000","backing":{"mode":"cross"},"maintenance":{"basis":"at_solved_price",
/// # "close_fee":"0","tiers":[{"floor":"0","rate":"0","amount":"0"}]}}"#)?;
/// // 10,000 / 50,000 − 10,000 / 40,000 of the coin, the other way round for a short.
/// assert_eq!(profit(&position, "40000".parse()?)?, "0.05".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn profit(position: &PositionInput, price: Price) -> Result<Money, Error> {
    check_position(position)?;
    SizedPosition::of(position)
        .profit(Exact::from(price.get()))
        .settle("position")
        .map(Money::new)
}

/// What a position is worth at a price: linear q·P, inverse V/P; in the collateral currency.
///
/// # Errors
/// The first field of the position that is out of range.
///
/// # Example
/// An inverse short of 100 contracts of 100 USD, entered at 50,000.
/// ```
/// use impulse_audit::engine::notional;
///
/// # let position: impulse_audit::engine::PositionInput = serde_json::from_str(r#"{"symbol":"BTCUSD",
/// # "contract":"inverse","contract_size":"100","side":"short","quantity":"100","entry":"50000",
/// # "mark":"50000","backing":{"mode":"cross"},"maintenance":{"basis":"at_solved_price",
/// # "close_fee":"0","tiers":[{"floor":"0","rate":"0","amount":"0"}]}}"#)?;
/// // 10,000 / 40,000 of the coin.
/// assert_eq!(notional(&position, "40000".parse()?)?, "0.25".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn notional(position: &PositionInput, price: Price) -> Result<Money, Error> {
    check_position(position)?;
    SizedPosition::of(position)
        .notional(Exact::from(price.get()))
        .settle("position")
        .map(Money::new)
}

//! What is paid into a pool, and what is asked where a wallet balance is higher while it loses.

use crate::engine::Money;
use crate::record::{AccountSet, FundsPaidIn, OpenPosition};

use super::position;
use crate::input::figures;

/// What stands above the question what was paid in.
pub const PAID_IN: &str = "You paid it in";
pub const AMOUNT: &str = "How much";
pub const AS_DECIDED: &str = "as decided, if left empty";

/// What is asked where the wallet is higher.
pub fn asked(set: &AccountSet, more: Money, losing: &OpenPosition) -> String {
    format!(
        "The wallet is {} {} higher, and {} is losing. What is it?",
        figures::money(more),
        set.collateral,
        position::name(losing)
    )
}

pub const WHY: &str =
    "Funds for a losing pool are a rescue. Whichever it is, your figures are brought up to date.";
pub const SETTLED: &str = "Profit that was settled";
/// It is to be paid in, or was just now: the audit comes first.
pub const AUDIT_FIRST: &str = "A top-up: audit it first";
pub const TOPPED_UP: &str = "A top-up, paid in already";

/// What is said once a top-up is saved.
pub fn saved(paid: &FundsPaidIn, collateral: &str) -> String {
    format!(
        "Saved. {} {collateral} paid in. Wallet {} {collateral}.",
        figures::money(paid.amount),
        figures::money(paid.wallet_balance)
    )
}

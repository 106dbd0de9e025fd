//! Margin, liquidation, loss, stress and sizing of leveraged positions: pure and exact.
//!
//! **The one idea.** Margin mode changes only which money stands behind a position. So isolated and
//! cross, linear and inverse are one problem: some legs of one symbol move with its price, all other
//! money stands still, and the venue closes the legs at the first price at which
//!
//! equity(P) ≤ requirement(P).
//!
//! Both sides are straight lines in the notional of one unit of size (P of a linear contract, 1/P of
//! an inverse one), broken only where a leg comes into another maintenance tier. The engine walks
//! from the mark from border to border and divides once; nothing is searched for, nothing rounded
//! but the last of 28 digits. All arithmetic is checked: a number that does not fit is an
//! [`Error`], never a panic.
//!
//! Values in, values out: no clock, no file, no network, no floating point. All money is in the
//! account's collateral currency, and all losses are measured from now, the mark.
//!
//! # Example
//! Document 004: 200 of margin behind a long of 2,000 at 100, the venue keeping 1 %.
//! ```
//! use impulse_audit::engine::{
//!     Account, Basis, Contract, Fees, Funding, Intent, Mode, Money, Price, Quantity, Rate,
//!     Schedule, Side, Ticket, Tier, assess,
//! };
//!
//! let account = Account {
//!     collateral: "USDC".to_owned(),
//!     wallet_balance: "2000".parse()?,
//!     positions: Vec::new(),
//! };
//! let ticket = Ticket {
//!     intent: Intent::Open,
//!     symbol: "BTC".to_owned(),
//!     contract: Contract::Linear,
//!     contract_size: 1.into(),
//!     side: Side::Long,
//!     quantity: "20".parse::<Quantity>()?,
//!     entry: "100".parse::<Price>()?,
//!     mark: None,
//!     mode: Mode::Isolated,
//!     margin: Some("200".parse()?),
//!     leverage: None,
//!     fees: Fees { open: Rate::ZERO, close: Rate::ZERO },
//!     funding: Funding { rate: Rate::ZERO, intervals: 0, owed: Money::ZERO },
//!     tick: None,
//!     lot: None,
//!     maintenance: Schedule {
//!         basis: Basis::AtSolvedPrice,
//!         close_fee: Rate::ZERO,
//!         tiers: vec![Tier {
//!             floor: Money::ZERO,
//!             rate: "0.01".parse()?,
//!             amount: Money::ZERO,
//!             max_leverage: None,
//!         }],
//!     },
//!     invalidation: "92".parse()?,
//!     acceptable_loss: "200".parse()?,
//! };
//! let answer = assess(&account, &ticket, None)?;
//! // Liquidated 9.09 % down; until then 160 would be lost at 92.
//! assert_eq!(format!("{:.2}", answer.isolated.survives.low.unwrap_or_default()), "90.91");
//! assert_eq!(answer.isolated.max_loss, "200".parse()?);
//! assert_eq!(answer.isolated.walled_off, "1800".parse()?);
//! // In cross the whole account stands behind the same position.
//! assert_eq!(answer.cross.backing, "2000".parse()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Map
//! What goes in:
//! - `units` — prices, quantities, money and rates as types of their own
//! - `contract` — sides, modes, linear and inverse: size to notional to profit
//! - `schedule` — maintenance tiers and when they are valued
//! - `account`, `ticket` — what is held, and what is proposed
//! - `check` — what is refused before anything is computed
//!
//! How it is computed:
//! - `exact` — checked arithmetic that reads like the formulas
//! - `held`, `book` — a position, and the account after a ticket in one mode
//! - `walk` — the first zero of a line with steps
//! - `mover`, `line` — equity and requirement along a price; bands of survival, bankruptcy
//! - `joint`, `mixed` — all prices moving together, and the ladder
//!
//! What comes out:
//! - `outcome` — the types of the answer
//! - `assess` — a ticket in both modes; the equity curve
//! - `sizing`, `capped` — sizes that fit the accepted loss
//! - `finding`, `findings` — coded facts, and when they hold
//! - `before` — what a ticket does to every open position
//! - `stress` — the same move in both modes, gaps, funding
//! - [`case`] — all of it as JSON lines
//! - `error` — refusals with the path of a field
#![deny(missing_docs)]

mod account;
mod assess;
mod before;
mod book;
mod capped;
pub mod case;
mod check;
mod contract;
mod error;
mod exact;
mod finding;
mod findings;
mod held;
mod joint;
mod line;
mod mixed;
mod mover;
#[cfg(any(test, feature = "operations"))]
pub mod operations;
mod outcome;
mod schedule;
mod sizing;
mod stress;
mod ticket;
mod units;
mod value;
mod walk;

pub use account::{Account, Backing, Position};
pub use assess::{assess, assess_with, equity_curve};
pub use before::{BandChange, Standing, before_after};
pub use contract::{Contract, Mode, Side};
pub use error::{Error, ErrorCode};
pub use finding::{Finding, Thresholds};
pub use outcome::{
    Assessment, AtInvalidation, Band, Buffered, ByHand, Capped, ClosedWith, JointOutcome, Leg,
    Outcome, PoolAt, Rung, RungFrom, Sizing, distance,
};
pub use schedule::{Basis, Schedule, Tier};
pub use stress::{
    FundingRow, GapRow, MoveRow, MoveState, MovedTo, default_moves, funding_path, gap, same_move,
};
pub use ticket::{Fees, Funding, Intent, Joint, Ticket};
pub use units::{Money, NumberError, Price, Quantity, Rate, read_decimal};
pub use value::{equity, notional, profit};

/// Which engine made an assessment; recorded with each decision, raised when a number can change.
pub const ENGINE_VERSION: &str = "1";

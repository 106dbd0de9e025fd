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
//! from the mark from border to border and divides once; nothing is rounded but the last of 28
//! digits, and nothing is searched for but one thing: the joint stress of linear beside inverse legs,
//! which follows no line. All arithmetic is checked: a number that does not fit is an [`Error`],
//! never a panic.
//!
//! Values in, values out: no clock, no file, no network, no floating point. All money is in the
//! account's collateral currency, and all losses are measured from the moment a ticket takes effect:
//! its fill where it opens or increases, else the mark.
//!
//! # Example
//! Document 004: 200 of margin behind a long of 2,000 at 100, the venue keeping 1 %.
//! ```
//! use impulse_audit::engine::{
//!     Account, Basis, Contract, Fees, Funding, Intent, Mode, ModeScope, Money, Price, Quantity,
//!     Rate, Schedule, Side, Ticket, Tier, assess,
//! };
//!
//! let account = Account {
//!     collateral: "USDC".to_owned(),
//!     wallet_balance: "2000".parse()?,
//!     positions: Vec::new(),
//!     mode_scope: ModeScope::Position,
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
//!     invalidation: Some("92".parse()?),
//!     acceptable_loss: Some("200".parse()?),
//! };
//! let answer = assess(&account, &ticket, None)?;
//! // Liquidated 9.09 % down; until then 160 would be lost at 92.
//! assert_eq!(format!("{:.2}", answer.isolated.liquidation.low.unwrap_or_default()), "90.91");
//! assert_eq!(answer.isolated.max_loss, "200".parse()?);
//! assert_eq!(answer.isolated.out_of_reach, "1800".parse()?);
//! // In cross the whole account stands behind the same position.
//! assert_eq!(answer.cross.backing, "2000".parse()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Formulas
//! s = +1 long, −1 short; q base currency and V face value (contracts × contract size); e entry,
//! P price; W the money behind the legs of the symbol, funding owed taken off: the assigned margin, or
//! the pool with the profit less the requirement of its other positions at their marks (for the
//! bankruptcy their profit alone); r maintenance rate + close fee, c maintenance amount of a tier.
//!
//! | what | linear | inverse | where it comes from |
//! | --- | --- | --- | --- |
//! | notional | q·P | V/P | what the contract is settled in |
//! | profit | s·q·(P − e) | s·V·(1/e − 1/P) | change of notional since the entry |
//! | average entry | `Σqₖ·eₖ / Σqₖ` | `ΣVₖ / Σ(Vₖ/eₖ)` | the profit of both parts together |
//! | requirement | notional·r − c | the same, in coin | the venue's tiers: [`Schedule`] |
//! | liquidation, requirement moving (F1, F2) | (W + c − s·q·e) / (q·r − s·q) | V·(r + s) / (W + c + s·V/e) | equity = requirement, solved; Binance publishes the linear one and an example, whose 1,153.26 is in the tests |
//! | liquidation, requirement frozen at R (F3, F4) | e − s·(W − R)/q | V / (V/e + s·(W − R)) | the same, with R a number: [`Basis`] |
//! | bankruptcy (B) | e − s·W/q | V / (V/e + s·W) | equity = 0 |
//! | funding to come | rate · intervals · q·mark | rate · intervals · V/mark | paid by longs, received by shorts |
//! | largest size closed by hand | accepted / (loss + costs of one, at the invalidation) | the same | [`ByHand`] |
//! | largest capped size | margin = accepted − costs; each limit is one division | the same | [`Capped`] |
//! | margin with a buffer | requirement − profit at invalidation·(1 ∓ buffer) + funding owed | the same | [`Buffered`] |
//!
//! Each is solved in every tier on the way from the mark, and kept where its notional lies in that
//! tier; a price that is not above zero is none. The closed forms are for one leg; a long and a short
//! of one symbol add up in the same lines. The documents 000 to 004 that are named here and there are those of `docs/sources.md`.
//!
//! # In a program of one's own
//! The engine needs neither the window nor anything that draws:
//! ```toml
//! [dependencies]
//! impulse-audit = { path = "../impulse-audit", default-features = false }
//! ```
//! - [`assess`] answers a [`Ticket`] on an [`Account`] in both modes; [`assess_with`] takes one's own
//!   [`Thresholds`]. [`assess_position`] looks at a position as it stands, [`at_stake`] at all of them;
//!   [`unplaceable`] says before anything is asked why a venue would not take a ticket.
//! - [`before_after`], [`same_move`], [`gap()`], [`funding_path`] and [`equity_curve`] are its tables and
//!   pictures; [`equity`], [`profit`] and [`notional`] speak of what is there before any ticket.
//! - [`case`] is the same by JSON lines, for programs in other languages: `cargo run --example assess`.
//!
//! Every type of an answer serialises with its numbers as texts, so that no reader takes them for
//! binary floats.
//!
//! # What it does not do
//! - It fetches nothing and knows no venue: tiers, fees and marks are what it is given, and a venue
//!   may round, charge or liquidate in steps otherwise.
//! - It predicts nothing: no price, no probability, no volatility.
//! - It does not convert between currencies: an account has one collateral, and all money is in it.
//! - It does not say who bears a gap beyond bankruptcy, nor model partial liquidation, insurance funds
//!   or the forced closing of the other side's positions.
//! - Along one symbol's price all other symbols stand at their marks. In a pool of linear contracts it
//!   also looks at all of them moving together, by betas that are given ([`Joint`]) or one, never
//!   estimated; in a pool with inverse ones the collateral itself moves along, and only the ladder
//!   of [`Joint`] follows that.
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
//! - `sized_position`, `position_change`, `account_after` — a position, what a ticket does to it, and the account after the
//!   ticket in one mode
//! - `subject` — what is assessed: a ticket at its moment, or a position as it stands
//! - `first_zero` — the first zero of a line with steps
//! - `tiered_leg`, `equity_line` — equity and requirement along a price; bands of survival, bankruptcy
//! - `joint`, `mixed`, `curve` — all prices moving together, and the ladder
//! - `loss` — what is within reach, and the most that can be lost
//!
//! What comes out:
//! - `outcome` — the types of the answer
//! - `assess` — a ticket in both modes; the equity curve
//! - `sizing`, `unit`, `by_hand`, `capped`, `cross_size`, `margin` — sizes that fit the accepted loss, and the margin
//!   they need
//! - `finding`, `findings`, `closer` — coded facts, and when they hold
//! - `placement` — what a venue would not take
//! - `before` — what a ticket does to every open position
//! - `stress` — the same move in both modes, gaps, funding
//! - `stake` — the worst cases of all that is open, together
//! - `value` — equity, profit and notional of what is there already
//! - [`case`] — all of it as JSON lines
//! - `error` — refusals with the path of a field
//! - `operations` — the decimal operations of an answer, recorded (feature `operations`)
#![deny(missing_docs)]

mod account;
mod account_after;
mod assess;
mod before;
mod by_hand;
mod capped;
pub mod case;
mod check;
mod closer;
mod contract;
mod cross_size;
mod curve;
mod equity_line;
mod error;
mod exact;
mod finding;
mod findings;
mod first_zero;
mod joint;
mod loss;
mod margin;
mod margin_group;
mod mixed;
#[cfg(any(test, feature = "operations"))]
pub mod operations;
mod outcome;
mod placement;
mod position_change;
mod schedule;
mod sized_position;
mod sizing;
mod stake;
mod stress;
mod subject;
mod ticket;
mod tiered_leg;
mod unit;
mod units;
mod value;

pub use account::{Account, Backing, ModeScope, PositionInput};
pub use assess::{assess, assess_position, assess_with, equity_curve};
pub use before::{BandChange, before_after};
pub use contract::{Contract, Mode, Side};
pub use error::{Error, ErrorCode};
pub use finding::{Closer, Finding, Thresholds};
pub use outcome::{
    Assessment, AtInvalidation, Band, Buffered, ByHand, Capped, ClosedWith, CrossSize,
    JointOutcome, LadderRung, Leg, Outcome, PoolLiquidation, PositionOutcome, PositionStatus,
    RungFrom, Sizing,
};
pub use placement::unplaceable;
pub use schedule::{Basis, Schedule, Tier};
pub use stake::{at_stake, at_stake_after};
pub use stress::{
    FundingRow, GapRow, MoveOutcome, MoveRow, MoveState, default_moves, funding_path, gap,
    same_move,
};
pub use ticket::{Fees, Funding, Intent, Joint, Order, OrderKind, Ticket};
pub use units::{Money, NumberError, Price, Quantity, Rate, distance, read_decimal};
pub use value::{equity, notional, profit};

/// Which engine made an assessment; recorded with each decision, raised when a number can change.
pub const ENGINE_VERSION: &str = "2";

//! Margin, liquidation, loss, stress and sizing of leveraged positions: pure and exact.
#![deny(missing_docs)]

mod account;
mod assess;
mod before;
mod book;
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

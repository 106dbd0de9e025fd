//! Further tables of a reveal, as rows of words and of shares for bars: what the ticket does to every
//! open position, moves of the price, everything moving together, a gap, funding.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `before_after` | what the ticket does to every open position |
//! | `moves` | the same move in both modes |
//! | `together` | everything moving by one factor, and the ladder |
//! | `gap` | a jump past bankruptcy |
//! | `funding` | the survival band after some funding |

mod before_after;
mod funding;
mod gap;
mod moves;
mod together;

use rust_decimal::prelude::ToPrimitive as _;

pub use before_after::before_after;
pub use funding::funding;
pub use gap::{BEARS, gap};
pub use moves::same_move;
pub use together::{together, typed_betas};

use super::words;
use crate::engine::{self, Band, Mode, Money, Price};
use crate::input::{MODES, figures};

/// Why there is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("“{0}” is no move. Write percents, like -3 12.")]
    NotAMove(String),
    #[error("“{0}” is no market of this account.")]
    NotAMarket(String),
    #[error("How far {0} moves is not a number yet.")]
    NotABeta(String),
    #[error("The funding rate is not a number yet.")]
    NotARate,
    #[error("{}", .0.message)]
    Engine(#[from] engine::Error),
}

/// The tables, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What the ticket does to every open position.
    BeforeAfter,
    /// The same move in both modes.
    Moves,
    Together,
    /// A jump past bankruptcy.
    Gap,
    /// Funding over time.
    Funding,
}

impl Section {
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::BeforeAfter, "Before and after"),
        (Self::Moves, "The same move in both"),
        (Self::Together, "If everything moves"),
        (Self::Gap, "A gap"),
        (Self::Funding, "Funding"),
    ];
}

/// A table: one sentence, a table, and a bar for some of its cells.
#[derive(Clone, Debug, PartialEq)]
pub struct DetailTable {
    /// What is seen here.
    pub sentence: String,
    /// Names of the columns after the first.
    pub columns: Vec<(String, Option<Mode>)>,
    pub rows: Vec<Row>,
}

/// A row: its name, its cells, and how long the bar of each is.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    pub cells: Vec<String>,
    /// A share from 0 to 1 for each bar; none where there is none.
    pub bars: Vec<Option<f32>>,
}

fn both() -> Vec<(String, Option<Mode>)> {
    MODES
        .map(|mode| (words::mode_heading(mode).to_owned(), Some(mode)))
        .into()
}

fn share(amount: Money, whole: Money) -> Option<f32> {
    let share = amount.get().checked_div(whole.get())?.to_f32()?;
    Some(share.clamp(0.0, 1.0))
}

fn band(band: Band, already: bool, like: Price) -> String {
    if already {
        return "closed now".to_owned();
    }
    match (band.low, band.high) {
        (None, None) => "no price alone closes it".to_owned(),
        (Some(low), None) => format!("above {}", figures::price(low, like)),
        (None, Some(high)) => format!("below {}", figures::price(high, like)),
        (Some(low), Some(high)) => {
            format!(
                "{} to {}",
                figures::price(low, like),
                figures::price(high, like)
            )
        }
    }
}

//! What the engine answers.

use serde::{Deserialize, Serialize};

use super::contract::{Mode, Side};
use super::finding::Finding;
use super::units::{Money, Price, Quantity, Rate};

/// Prices on either side of the mark; an absent end is not reached by the price alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Band {
    /// Below the mark.
    pub low: Option<Price>,
    /// Above the mark.
    pub high: Option<Price>,
}

impl Band {
    /// The end that lies against a side: below for a long, above for a short.
    pub const fn against(&self, side: Side) -> Option<Price> {
        match side {
            Side::Long => self.low,
            Side::Short => self.high,
        }
    }

    /// Whether both ends are absent.
    pub const fn is_open(&self) -> bool {
        self.low.is_none() && self.high.is_none()
    }

    /// The signed distances of both ends from a mark, as fractions of it.
    ///
    /// An end whose distance can't be held as a decimal is absent.
    pub fn distances(&self, mark: Price) -> (Option<Rate>, Option<Rate>) {
        (
            self.low.and_then(|end| distance(mark, end)),
            self.high.and_then(|end| distance(mark, end)),
        )
    }
}

/// The signed way from one price to another, as a fraction of the first; absent where it can't be held
/// as a decimal.
///
/// ```
/// use impulse_audit::engine::distance;
///
/// let fall = distance("100".parse()?, "90.5".parse()?);
/// assert_eq!(fall, Some("-0.095".parse()?));
/// # Ok::<(), impulse_audit::engine::NumberError>(())
/// ```
pub fn distance(from: Price, to: Price) -> Option<Rate> {
    to.get()
        .checked_sub(from.get())?
        .checked_div(from.get())
        .map(Rate::new)
}

/// What happens on the way to the invalidation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtInvalidation {
    /// The position can be closed there.
    Closed {
        /// What is lost from now until then, costs not counted.
        loss: Money,
    },
    /// The venue closes it before: a loss at the invalidation is no real outcome.
    LiquidatedFirst {
        /// Where the venue closes it.
        price: Price,
    },
}

/// Another cross position that goes when the ticket's position is liquidated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedWith {
    /// Its symbol.
    pub symbol: String,
    /// Its side.
    pub side: Side,
    /// Its unrealised profit at the mark.
    pub unrealised: Money,
}

/// Where the pool is liquidated when all prices move together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PoolAt {
    /// The common fall, a signed fraction; absent where no fall does it.
    pub fall: Option<Rate>,
    /// The common rise; absent where no rise does it.
    pub rise: Option<Rate>,
}

/// What is liquidated as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RungFrom {
    /// One isolated position.
    Isolated,
    /// The whole pool.
    Pool,
}

/// A position named by symbol and side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Leg {
    /// Its symbol.
    pub symbol: String,
    /// Its side.
    pub side: Side,
}

/// One step of the ladder: what is liquidated at which common move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// An isolated position or the pool.
    pub from: RungFrom,
    /// The positions that go.
    pub closes: Vec<Leg>,
    /// The signed common move at which they go.
    #[serde(rename = "move")]
    pub at_move: Rate,
    /// What the account still holds there, everything liquidated so far counted as lost whole.
    pub equity_after: Money,
}

/// All prices moving by one factor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct JointOutcome {
    /// Where the pool goes.
    pub pool_at: PoolAt,
    /// The falls in order, then the rises in order.
    pub ladder: Vec<Rung>,
}

/// What a ticket means in one margin mode. Losses are measured from now, the mark; all money is in the
/// account's collateral currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The money this position can consume: the equity behind it at the mark.
    pub backing: Money,
    /// The money of the account it can't reach.
    pub walled_off: Money,
    /// The prices around the mark in which it is not liquidated.
    pub survives: Band,
    /// Equity is at or below the requirement at the mark already.
    pub already: bool,
    /// Where the equity behind it is zero.
    pub bankruptcy: Band,
    /// The most it can lose, costs not counted.
    pub max_loss: Money,
    /// That as a share of the account's equity; absent where the account has none.
    pub max_loss_share: Option<Rate>,
    /// Fees and expected funding, on a line of their own.
    pub costs: Money,
    /// Lost from now until the liquidation price on the side against the ticket.
    pub loss_at_liquidation: Option<Money>,
    /// What is left there, which the venue may keep.
    pub equity_at_liquidation: Option<Money>,
    /// What happens on the way to the invalidation.
    pub at_invalidation: AtInvalidation,
    /// The other cross positions that go with it.
    pub closed_with_it: Vec<ClosedWith>,
    /// All prices moving together, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<JointOutcome>,
}

/// The largest size whose loss at the invalidation, costs included, is within the accepted loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// Contracts the ticket may trade, rounded down to the lot.
    pub quantity: Quantity,
    /// What is lost at the invalidation, costs included.
    pub loss: Money,
    /// Whether this size, in the chosen mode, is still open at the invalidation.
    pub open_at_invalidation: bool,
}

/// The largest isolated size that can't lose more than was accepted, and that a move short of the
/// invalidation does not close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capped {
    /// Contracts, rounded down to the lot.
    pub quantity: Quantity,
    /// The margin to assign: the accepted loss less the costs.
    pub margin: Money,
    /// The leverage that follows: entry notional / margin.
    pub leverage: Rate,
    /// Where the venue closes it; absent where no price does.
    pub liquidation: Option<Price>,
}

/// The isolated margin that puts the liquidation beyond the invalidation, size unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buffered {
    /// How far beyond the invalidation, as a fraction of it.
    pub buffer: Rate,
    /// The margin to assign in all.
    pub margin: Money,
    /// The liquidation price that follows; absent where none is above zero.
    pub liquidation: Option<Price>,
}

/// Sizes that fit the accepted loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizing {
    /// Closed by the trader at the invalidation; absent where even one lot loses too much, or where
    /// funding received outweighs every loss.
    pub by_hand: Option<ByHand>,
    /// Isolated, closed by nobody before the invalidation; absent where no size is, or where funding
    /// received lets every size fit.
    pub capped: Option<Capped>,
    /// The size as it is, isolated, with a margin that reaches beyond the invalidation.
    pub buffered: Option<Buffered>,
    /// Whether in cross a size can keep the worst case within the accepted loss. It can't where
    /// the pool itself holds more.
    pub cross_can_cap: bool,
}

/// Everything the engine says of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The mode of the ticket.
    pub chosen: Mode,
    /// What it means isolated.
    pub isolated: Outcome,
    /// What it means in cross.
    pub cross: Outcome,
    /// Sizes that fit.
    pub sizing: Sizing,
    /// Facts about the chosen mode, the gravest first.
    pub findings: Vec<Finding>,
}

impl Assessment {
    /// The outcome in one mode.
    pub const fn outcome(&self, mode: Mode) -> &Outcome {
        match mode {
            Mode::Isolated => &self.isolated,
            Mode::Cross => &self.cross,
        }
    }
}

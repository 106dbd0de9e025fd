//! What the engine answers.

use serde::{Deserialize, Serialize};

use super::contract::{Mode, Side};
use super::finding::Finding;
use super::ticket::Order;
use super::units::{Money, Price, Quantity, Rate, distance};

/// Prices on either side of the mark; an absent end is not reached by the price alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Band {
    /// Below the mark.
    pub low: Option<Price>,
    /// Above the mark.
    pub high: Option<Price>,
}

/// How a position stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionStatus {
    /// The prices of its symbol in which it is not liquidated.
    #[serde(rename = "survives")]
    pub liquidation: Band,
    /// It is liquidated at the mark already.
    pub already: bool,
}

impl Band {
    /// The ends that the price alone can reach, the lower one first.
    pub fn ends(self) -> impl Iterator<Item = Price> {
        [self.low, self.high].into_iter().flatten()
    }

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

/// Another cross position that shares the pool with the ticket's.
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
pub struct PoolLiquidation {
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
pub struct LadderRung {
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
    pub pool_at: PoolLiquidation,
    /// The falls in order, then the rises in order.
    pub ladder: Vec<LadderRung>,
}

/// What a ticket means in one margin mode. Losses are measured from the moment it takes effect; all
/// money is in the account's collateral currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The money this position can consume: the equity behind it at that moment.
    pub backing: Money,
    /// The money of the account it can't reach.
    #[serde(rename = "walled_off")]
    pub out_of_reach: Money,
    /// The prices around that moment's in which it is not liquidated, others standing still.
    #[serde(rename = "survives")]
    pub liquidation: Band,
    /// Equity is at or below the requirement at that moment already.
    pub already: bool,
    /// Where the equity behind it is zero.
    pub bankruptcy: Band,
    /// In cross the common moves at which the pool is closed; null for a pool with inverse contracts.
    #[serde(default)]
    pub together: Option<PoolLiquidation>,
    /// The most that can be lost from here, costs not counted: in cross together with the pool's other
    /// positions.
    pub max_loss: Money,
    /// In cross, the most this symbol can take while all others stand still.
    #[serde(default)]
    pub max_loss_alone: Option<Money>,
    /// That as a share of the account's equity; absent where the account has none.
    pub max_loss_share: Option<Rate>,
    /// Fees and expected funding, on a line of their own.
    pub costs: Money,
    /// Lost until the liquidation price on the side against the ticket, where that is within reach.
    pub loss_at_liquidation: Option<Money>,
    /// What is left there, which the venue may keep.
    pub equity_at_liquidation: Option<Money>,
    /// What happens on the way to the invalidation; none where none is written.
    pub at_invalidation: Option<AtInvalidation>,
    /// The other cross positions that share the pool. They go with it where an end is within reach.
    pub closed_with_it: Vec<ClosedWith>,
    /// All prices moving together, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<JointOutcome>,
}

/// The largest size whose loss at the invalidation, costs included, is within the accepted loss, in the
/// chosen mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ByHand {
    /// Closed at the invalidation by the trader, it loses no more.
    Fits {
        /// Contracts the ticket may trade, rounded down to the lot.
        quantity: Quantity,
        /// Isolated, the margin the ticket must bring for the venue not to close it before; none in
        /// cross.
        margin: Option<Money>,
        /// What is lost at the invalidation, costs included.
        loss: Money,
    },
    /// A size whose loss there would be within it, which the venue closes before.
    ClosedBefore {
        /// Contracts, rounded down to the lot.
        quantity: Quantity,
    },
    /// A size whose loss there would be within it, for which too little is free.
    NotFree {
        /// Contracts, rounded down to the lot.
        quantity: Quantity,
        /// Margin and opening fee.
        needed: Money,
        /// What is free.
        free: Money,
    },
    /// Even one lot loses more there.
    NoLot,
    /// Funding received outweighs every loss: no size is too large.
    AnySize,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sizing {
    /// Closed by the trader at the invalidation; absent where the ticket has no size to choose.
    pub by_hand: Option<ByHand>,
    /// Isolated, closed by nobody before the invalidation; absent where no size is, or where funding
    /// received lets every size fit.
    pub capped: Option<Capped>,
    /// The size as it is, isolated, with a margin that reaches beyond the invalidation.
    pub buffered: Option<Buffered>,
    /// Which sizes in cross keep the most that can be lost within the accepted loss; absent where that
    /// is not worked out (beside another leg of the same symbol).
    pub cross: Option<CrossSize>,
}

/// Which sizes in cross keep the most that can be lost, costs included, within the accepted loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrossSize {
    /// The pool itself holds no more than was accepted.
    AnySize,
    /// Up to this number of contracts, rounded down to the lot: so small that nothing within reach
    /// closes the pool.
    UpTo {
        /// Contracts.
        quantity: Quantity,
    },
    /// None: what is open already, or what the coin's price does to a long, can take the whole pool.
    NoSize,
}

impl Outcome {
    /// What is held against the accepted loss: the most that can be lost, and the costs.
    pub fn at_risk(&self) -> Money {
        Money::new(self.max_loss.get().saturating_add(self.costs.get()))
    }

    /// Whether a price of this symbol within reach, or in cross a common move, gets it closed.
    pub fn can_be_closed(&self, price: Price) -> bool {
        self.already
            || !self.liquidation.within_reach(price).is_open()
            || self
                .together
                .is_some_and(|moves| moves.within_reach().nearest().is_some())
    }
}

/// What stands behind a position as it is, without any ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionOutcome {
    /// The mode in which it stands.
    pub mode: Mode,
    /// What that means.
    pub outcome: Outcome,
    /// Facts about it, the gravest first.
    pub findings: Vec<Finding>,
}

/// Everything the engine says of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The mode of the ticket.
    pub chosen: Mode,
    /// Where its fill lies from the present price; none for what is no order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// What a reduce or a close realises, after the fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub realised: Option<Money>,
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

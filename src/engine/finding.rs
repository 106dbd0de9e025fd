//! Coded facts with their numbers; words for them are found near the window.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::contract::Side;
use super::units::{Money, Price, Quantity, Rate};

/// Where a number begins to be worth a finding. Every value can be set; the defaults have their
/// source in the documents the app is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// From this leverage on, leverage is high. 10, the leverage of the documents' worked examples
    /// ("with 10x leverage", documents 002 and 004).
    pub high_leverage: Rate,
    /// From this share of the account's equity on, the whole account is at stake. 0.95: "it can
    /// take the entire account with it" (000); a few percent left aside do not change that.
    pub whole_account_share: Rate,
    /// From this share of the state's notional on, it stands on one direction. 0.5: "a single
    /// directional bet" against "offsetting/hedged structures" (000).
    pub directional_share: Rate,
    /// Up to this distance of the liquidation price, a brief false move can close an isolated
    /// position. 0.10: what a 10x position has before maintenance (001, 004).
    pub false_move: Rate,
    /// How far beyond the invalidation the buffered margin puts the liquidation. 0.02, so that a
    /// brief overshoot of the invalidation does not close the position first (001).
    pub buffer: Rate,
    /// From this share of its distance on, by which the nearest end of another position comes closer,
    /// it is told. 0.2: "a loss on one position directly reduces the equity available to support
    /// other cross-margin positions" (004).
    pub closer_by: Rate,
    /// Within this distance any coming closer is told. 0.05: an ordinary day's move.
    pub closer_within: Rate,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            high_leverage: Rate::new(Decimal::TEN),
            whole_account_share: Rate::new(Decimal::from_parts(95, 0, 0, false, 2)),
            directional_share: Rate::new(Decimal::from_parts(5, 0, 0, false, 1)),
            false_move: Rate::new(Decimal::from_parts(1, 0, 0, false, 1)),
            buffer: Rate::new(Decimal::from_parts(2, 0, 0, false, 2)),
            closer_by: Rate::new(Decimal::from_parts(2, 0, 0, false, 1)),
            closer_within: Rate::new(Decimal::from_parts(5, 0, 0, false, 2)),
        }
    }
}

/// What others have to bear of a ticket: whose nearest end within reach comes closer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closer {
    /// Another position, along the price of its own symbol.
    Position {
        /// Its symbol.
        symbol: String,
        /// Its side.
        side: Side,
        /// Where it was closed before; absent where no price within reach did it.
        from: Option<Price>,
        /// Where it is closed with the ticket.
        to: Price,
        /// How far that is, as a signed fraction of its mark.
        distance: Rate,
    },
    /// The pool, when all prices move together.
    Pool {
        /// The common move before; absent where none within reach did it.
        from: Option<Rate>,
        /// The common move with the ticket.
        to: Rate,
    },
}

impl Closer {
    /// How far the end is with the ticket, as a fraction without a sign.
    pub fn distance(&self) -> Decimal {
        match self {
            Self::Position { distance, .. } => distance.get().abs(),
            Self::Pool { to, .. } => to.get().abs(),
        }
    }
}

/// A fact about the ticket in its chosen mode, with its numbers. The order of the variants is the
/// order of their gravity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code")]
pub enum Finding {
    /// Equity is at or below the requirement at the mark already.
    AlreadyLiquidatable {
        /// What backs the position at the mark.
        equity: Money,
        /// What the venue requires there.
        requirement: Money,
    },
    /// The venue closes it before the invalidation is reached.
    LiquidatedBeforeWrong {
        /// Where the venue closes it.
        liquidation: Price,
        /// Where the idea is wrong.
        invalidation: Price,
    },
    /// The most it can lose is, within a few percent, the whole account.
    WholeAccountAtStake {
        /// The most it can lose.
        max_loss: Money,
        /// As a share of the account's equity.
        share: Rate,
    },
    /// The most that can be lost, costs included, is more than was accepted.
    OverAcceptedLoss {
        /// The most that can be lost.
        max_loss: Money,
        /// Fees and expected funding.
        costs: Money,
        /// What was accepted.
        accepted: Money,
    },
    /// Another position, or the pool together, has less room with the ticket than before.
    OthersCloser {
        /// Whose end comes closer, from where to where.
        closer: Closer,
    },
    /// All prices moving together close the pool before this symbol alone would.
    TogetherNearer {
        /// The common move that closes the pool.
        together: Rate,
        /// Where this symbol alone does; absent where no price of it within reach does.
        alone: Option<Price>,
    },
    /// More margin is needed than is free: a venue would refuse it.
    InsufficientMargin {
        /// Margin and opening fee.
        needed: Money,
        /// Settled money and the pool's unrealised profit, less what isolated and cross positions
        /// bind.
        free: Money,
    },
    /// The venue's own table allows less leverage at this notional.
    LeverageAboveTier {
        /// The leverage of the ticket.
        leverage: Rate,
        /// The most that the bracket allows.
        most: Rate,
        /// The entry notional that lies in it.
        notional: Money,
    },
    /// High leverage in cross on one direction.
    HighLeverageDirectionalCross {
        /// The ticket's leverage.
        leverage: Rate,
        /// The pool's net notional as a share of its gross notional.
        directional_share: Rate,
    },
    /// A switch from isolated to cross without which the position would not live to its
    /// invalidation, or while it is losing.
    ModeChangeToSurvive {
        /// The position's unrealised profit at the mark.
        unrealised: Money,
        /// Where it is closed if it stays isolated.
        isolated: Option<Price>,
        /// Where it is closed in cross.
        cross: Option<Price>,
    },
    /// Quantity or margin goes to a position that is losing.
    AddingToALoser {
        /// The position's unrealised profit at the mark.
        unrealised: Money,
    },
    /// Profitable positions go with this one if it is liquidated.
    ProfitableBystanders {
        /// How many.
        positions: u32,
        /// Their unrealised profit together.
        unrealised: Money,
    },
    /// Isolated, a brief false move can close it though the direction may be right.
    FalseMoveRisk {
        /// Where the venue closes it.
        liquidation: Price,
        /// How far that is, as a signed fraction of the mark.
        distance: Rate,
    },
    /// No price of this symbol within reach gets it closed.
    NoLiquidationAboveZero {
        /// The most that this symbol's price can take nevertheless.
        max_loss: Money,
    },
    /// An opposite leg of the same symbol takes off part of the exposure.
    HedgeOffsets {
        /// Size of the ticket's side in contracts of size 1.
        own: Quantity,
        /// Size of the opposite side.
        opposite: Quantity,
    },
}

impl Finding {
    /// The name of the finding, as printed.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AlreadyLiquidatable { .. } => "AlreadyLiquidatable",
            Self::LiquidatedBeforeWrong { .. } => "LiquidatedBeforeWrong",
            Self::WholeAccountAtStake { .. } => "WholeAccountAtStake",
            Self::OverAcceptedLoss { .. } => "OverAcceptedLoss",
            Self::OthersCloser { .. } => "OthersCloser",
            Self::TogetherNearer { .. } => "TogetherNearer",
            Self::InsufficientMargin { .. } => "InsufficientMargin",
            Self::LeverageAboveTier { .. } => "LeverageAboveTier",
            Self::HighLeverageDirectionalCross { .. } => "HighLeverageDirectionalCross",
            Self::ModeChangeToSurvive { .. } => "ModeChangeToSurvive",
            Self::AddingToALoser { .. } => "AddingToALoser",
            Self::ProfitableBystanders { .. } => "ProfitableBystanders",
            Self::FalseMoveRisk { .. } => "FalseMoveRisk",
            Self::NoLiquidationAboveZero { .. } => "NoLiquidationAboveZero",
            Self::HedgeOffsets { .. } => "HedgeOffsets",
        }
    }
}

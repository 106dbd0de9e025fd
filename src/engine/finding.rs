//! Coded facts with their numbers; words for them are found near the window.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

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
    /// From this share of the book's notional on, it stands on one direction. 0.5: "a single
    /// directional bet" against "offsetting/hedged structures" (000).
    pub directional_share: Rate,
    /// Up to this distance of the liquidation price, a brief false move can close an isolated
    /// position. 0.10: what a 10x position has before maintenance (001, 004).
    pub false_move: Rate,
    /// How far beyond the invalidation the buffered margin puts the liquidation. 0.02, so that a
    /// brief overshoot of the invalidation does not close the position first (001).
    pub buffer: Rate,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            high_leverage: Rate::new(Decimal::TEN),
            whole_account_share: Rate::new(Decimal::from_parts(95, 0, 0, false, 2)),
            directional_share: Rate::new(Decimal::from_parts(5, 0, 0, false, 1)),
            false_move: Rate::new(Decimal::from_parts(1, 0, 0, false, 1)),
            buffer: Rate::new(Decimal::from_parts(2, 0, 0, false, 2)),
        }
    }
}

/// A fact about the ticket in its chosen mode, with its numbers. The order of the variants is the
/// order of their gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The most it can lose is more than was accepted.
    OverAcceptedLoss {
        /// The most it can lose.
        max_loss: Money,
        /// What was accepted.
        accepted: Money,
    },
    /// The wallet can't cover the margin and the opening fee.
    InsufficientMargin {
        /// Margin and fee.
        needed: Money,
        /// What the wallet has free of isolated margins and of losses in the pool.
        available: Money,
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
    /// The price alone can't liquidate it.
    NoLiquidationAboveZero {
        /// The most it can lose nevertheless.
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
            Self::InsufficientMargin { .. } => "InsufficientMargin",
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

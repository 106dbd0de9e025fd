//! What a venue does with a position beyond its formula, as far as it has been published.
//! What is not known is absent, and then nothing is said.

use serde::Deserialize;

use crate::engine::{Mode, ModeScope, Money};

/// What a venue has published, with when and where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example<T> {
    /// The figure, or the fact.
    pub value: T,
    /// The day it is of, as `2024-10-24`; of a page without one `read 2026-11-21`.
    pub date: String,
    /// Where it was read.
    pub source: String,
}

/// One value for each margin mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByMode<T> {
    pub isolated: T,
    pub cross: T,
}

impl<T: Copy> ByMode<T> {
    /// The same in both modes.
    pub const fn both(value: T) -> Self {
        Self {
            isolated: value,
            cross: value,
        }
    }

    pub const fn of(&self, mode: Mode) -> T {
        match mode {
            Mode::Isolated => self.isolated,
            Mode::Cross => self.cross,
        }
    }
}

/// That a liquidation takes a position away part by part, and from which size on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosesInSteps {
    /// Only in this mode; in both where none is named.
    pub mode: Option<Mode>,
    /// Only above this notional.
    pub above: Option<Threshold>,
    /// Only from this bracket of the venue's table on, the first being 1.
    pub from_tier: Option<usize>,
}

/// A notional, with the currency it is counted in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    pub amount: Money,
    /// Of what: "USDT".
    pub currency: String,
}

/// At which price a liquidated position is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettlesAt {
    /// Where nothing of its margin is left.
    Bankruptcy,
    /// What the market pays: what is left after it stays with the trader.
    MarketPrice,
}

/// What funding of an isolated position is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IsolatedFunding {
    /// From what is free in the account, and from the margin only where that is not enough.
    FreeFirst,
    PositionMargin,
}

/// When a venue adds free money to an isolated position by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddsMarginItself {
    /// Where the trader has switched that on.
    WhenSwitchedOn,
}

/// Which sides of a hedge count in the requirement of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HedgeCounts {
    /// Both, as the engine counts them.
    Both,
    /// Only the larger one.
    Larger,
}

/// What a venue does that no formula shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practices {
    /// What the margin mode belongs to.
    pub mode_scope: Option<Example<ModeScope>>,
    /// Whether a liquidation goes part by part.
    pub closes_in_steps: Option<Example<ClosesInSteps>>,
    pub settles_at: Option<Example<SettlesAt>>,
    /// What funding of an isolated position is taken from.
    pub isolated_funding: Option<Example<IsolatedFunding>>,
    /// Whether it may add margin by itself.
    pub adds_margin_itself: Option<Example<AddsMarginItself>>,
    /// Which sides of a hedge it counts in cross.
    pub hedge_counts: Option<Example<HedgeCounts>>,
}

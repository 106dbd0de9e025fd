//! The reasons to wait, and their names.

use serde::{Deserialize, Serialize};

/// Why an audit waits before its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// Margin is added to a position that is open, or funds to the pool of one that loses.
    Rescue,
    /// A position goes from isolated to cross.
    SwitchToCross,
    /// A position is made larger while it loses.
    IncreaseWhileLosing,
    /// The trader says that she is aroused.
    Aroused,
    /// The ticket is tagged revenge or chasing.
    RevengeOrChasing,
    /// A loss or a liquidation was logged a short while ago.
    RecentLoss,
    /// The window was left often or long while the answers were written.
    LookedAway,
}

impl WaitReason {
    /// Every reason, in the order in which they are shown and said.
    pub const ALL: [Self; 7] = [
        Self::Rescue,
        Self::SwitchToCross,
        Self::IncreaseWhileLosing,
        Self::Aroused,
        Self::RevengeOrChasing,
        Self::RecentLoss,
        Self::LookedAway,
    ];

    /// The name of its rule on the command line.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Rescue => "wait-rescue",
            Self::SwitchToCross => "wait-switch-to-cross",
            Self::IncreaseWhileLosing => "wait-increase-while-losing",
            Self::Aroused => "wait-aroused",
            Self::RevengeOrChasing => "wait-revenge-or-chasing",
            Self::RecentLoss => "wait-after-a-loss",
            Self::LookedAway => "wait-looked-away",
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Rescue => "rescue",
            Self::SwitchToCross => "switch to cross",
            Self::IncreaseWhileLosing => "increase while losing",
            Self::Aroused => "aroused",
            Self::RevengeOrChasing => "revenge or chasing",
            Self::RecentLoss => "recent loss",
            Self::LookedAway => "looked away",
        }
    }
}

//! The kinds of what can be promised: one table of their names.

use super::promise::Promise;
use crate::waits::WaitReason;

/// What can be promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    NoSwitchToCross,
    NoCross,
    PauseAfterLoss,
    PauseAfterLiquidation,
    /// At most so much lost.
    MaxLoss,
    /// At most so much at stake at once.
    MaxAtStake,
    /// No new risk after losses in a row.
    MaxLossesInARow,
    /// New risk only within hours.
    TradingHours,
    /// At most so many opens.
    MaxOpens,
    MaxLeverage,
    /// No margin to a losing position.
    NoAddingToALoser,
    NoIncreaseWhileLosing,
    /// Cross only by a plan.
    CrossNeedsAPlan,
    NoEmergencyRelease,
    /// A wait before the numbers.
    Wait(WaitReason),
}

impl Kind {
    /// Each in the order in which it is offered, the waits last.
    pub const ALL: [Self; 21] = [
        Self::NoSwitchToCross,
        Self::NoCross,
        Self::PauseAfterLoss,
        Self::PauseAfterLiquidation,
        Self::MaxLoss,
        Self::MaxAtStake,
        Self::MaxLossesInARow,
        Self::TradingHours,
        Self::MaxOpens,
        Self::MaxLeverage,
        Self::NoAddingToALoser,
        Self::NoIncreaseWhileLosing,
        Self::CrossNeedsAPlan,
        Self::NoEmergencyRelease,
        Self::Wait(WaitReason::Rescue),
        Self::Wait(WaitReason::SwitchToCross),
        Self::Wait(WaitReason::IncreaseWhileLosing),
        Self::Wait(WaitReason::Aroused),
        Self::Wait(WaitReason::RevengeOrChasing),
        Self::Wait(WaitReason::RecentLoss),
        Self::Wait(WaitReason::LookedAway),
    ];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoSwitchToCross => "no-switch-to-cross",
            Self::NoCross => "no-cross",
            Self::PauseAfterLoss => "pause-after-loss",
            Self::PauseAfterLiquidation => "pause-after-liquidation",
            Self::MaxLoss => "max-loss",
            Self::MaxAtStake => "max-at-stake",
            Self::MaxLossesInARow => "max-losses-in-a-row",
            Self::TradingHours => "trading-hours",
            Self::MaxOpens => "max-opens",
            Self::MaxLeverage => "max-leverage",
            Self::NoAddingToALoser => "no-adding-to-a-loser",
            Self::NoIncreaseWhileLosing => "no-increase-while-losing",
            Self::CrossNeedsAPlan => "cross-needs-a-plan",
            Self::NoEmergencyRelease => "no-emergency-release",
            Self::Wait(reason) => reason.kind(),
        }
    }

    /// Whether it ends by itself after a time that is chosen.
    pub const fn is_lock(self) -> bool {
        matches!(self, Self::NoSwitchToCross | Self::NoCross)
    }

    /// Whether it is about everything, and no account or market can be named.
    pub const fn is_about_everything(self) -> bool {
        matches!(self, Self::NoEmergencyRelease | Self::Wait(_))
    }

    /// Whether a market can be named: what stands behind a pool stands behind every market.
    pub const fn takes_a_market(self) -> bool {
        !self.is_about_everything() && !matches!(self, Self::MaxAtStake)
    }
}

impl Promise {
    /// Its kind; none for what nobody can arm.
    pub const fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::NoSwitchToCross => Kind::NoSwitchToCross,
            Self::NoCross => Kind::NoCross,
            Self::NoAddingToALoser => Kind::NoAddingToALoser,
            Self::NoIncreaseWhileLosing => Kind::NoIncreaseWhileLosing,
            Self::PauseAfterLoss { .. } => Kind::PauseAfterLoss,
            Self::PauseAfterLiquidation { .. } => Kind::PauseAfterLiquidation,
            Self::MaxOpens { .. } => Kind::MaxOpens,
            Self::MaxLeverage { .. } => Kind::MaxLeverage,
            Self::MaxLoss { .. } => Kind::MaxLoss,
            Self::MaxAtStake { .. } => Kind::MaxAtStake,
            Self::MaxLossesInARow { .. } => Kind::MaxLossesInARow,
            Self::TradingHours(_) => Kind::TradingHours,
            Self::CrossNeedsAPlan => Kind::CrossNeedsAPlan,
            Self::NoEmergencyRelease => Kind::NoEmergencyRelease,
            Self::Wait(rule) => Kind::Wait(rule.reason()),
            Self::Paused | Self::Unknown => return None,
        })
    }

    /// The name of its kind, on the command line and in lists.
    pub const fn name(&self) -> &'static str {
        match self.kind() {
            Some(kind) => kind.name(),
            None if matches!(self, Self::Paused) => "paused",
            None => "unknown",
        }
    }

    /// Whether it is a lock, which ends by itself, and not a rule that always holds.
    pub fn is_lock(&self) -> bool {
        self.kind().is_some_and(Kind::is_lock)
    }
}

//! What can be promised, as it is offered, and what counts as breaking it.

use crate::promises::Kind;
use crate::waits::WaitReason;

/// Its name in the window.
pub const fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::NoSwitchToCross => "No switch to cross",
        Kind::NoCross => "No cross at all",
        Kind::PauseAfterLoss => "A pause after a loss",
        Kind::PauseAfterLiquidation => "A pause after a liquidation",
        Kind::MaxLoss => "At most so much lost",
        Kind::MaxAtStake => "At most so much at stake",
        Kind::MaxLossesInARow => "A stop after losses in a row",
        Kind::TradingHours => "Only within hours",
        Kind::MaxOpens => "At most so many opens",
        Kind::MaxLeverage => "A highest leverage",
        Kind::NoAddingToALoser => "No margin to a loser",
        Kind::NoIncreaseWhileLosing => "No increase while losing",
        Kind::CrossNeedsAPlan => "Cross only with a plan",
        Kind::NoEmergencyRelease => "No emergency release",
        Kind::Wait(_) => "A wait before the numbers",
    }
}

/// Why an audit waits, in two or three words.
pub const fn reason(reason: WaitReason) -> &'static str {
    match reason {
        WaitReason::Rescue => "A rescue",
        WaitReason::SwitchToCross => "A switch to cross",
        WaitReason::IncreaseWhileLosing => "An increase while losing",
        WaitReason::Aroused => "Arousal",
        WaitReason::RevengeOrChasing => "Revenge or chasing",
        WaitReason::RecentLoss => "Soon after a loss",
        WaitReason::LookedAway => "Looks away",
    }
}

/// What counts as breaking it.
pub const fn explained(kind: Kind) -> &'static str {
    match kind {
        Kind::NoSwitchToCross => {
            "Closing an isolated position and opening the same market in cross within 24 h, adding margin, and topping up the pool for it count as the switch."
        }
        Kind::NoCross => "Nothing is opened, increased or switched in cross.",
        Kind::PauseAfterLoss => "Each loss that is logged begins a pause from all new risk.",
        Kind::PauseAfterLiquidation => {
            "Each close by the venue that is logged begins a pause from all new risk."
        }
        Kind::MaxLoss => {
            "Each loss counts from when it is logged, by its price, without fees and funding; profits are not set against it. A percentage is of what was held 24 h or seven days before each loss: what comes in since changes nothing."
        }
        Kind::MaxAtStake => {
            "Of an isolated position its margin and open profit count, of a cross one all that the pool holds, and no more than a price can take."
        }
        Kind::MaxLossesInARow => {
            "Closes that lost count, and those by the venue; one that did not lose ends the row. The next day begins at midnight by your local clock."
        }
        Kind::TradingHours => {
            "By your local clock. Another time zone counts beside the one before for 24 h, then alone."
        }
        Kind::MaxOpens => "Counted in the hours before each open, whatever the date.",
        Kind::MaxLeverage => "A ticket above it is met; to lower the leverage stays possible.",
        Kind::NoAddingToALoser => {
            "Only a plan that was written before the loss allows it nevertheless."
        }
        Kind::NoIncreaseWhileLosing => {
            "A second position on the same side of the market counts as an increase."
        }
        Kind::CrossNeedsAPlan => {
            "The plan is at least 60 minutes old and was written without an open loss in its market."
        }
        Kind::NoEmergencyRelease => "The way out within 15 minutes is closed, for every promise.",
        Kind::Wait(_) => {
            "It stands against nothing: an audit waits so long before it shows its numbers. Of several for one reason the longest counts."
        }
    }
}

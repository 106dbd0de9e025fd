//! Why something cannot be promised so.

use rust_decimal::Decimal;

use super::credited_time::MINUTE;
use super::losses::collateral_of;
use super::promise::{AccountScope, Holds, LONGEST, LossLimit, Promise, Scope, plain};
use crate::engine::Money;

impl Promise {
    /// Why it cannot hold so, if it cannot.
    pub(super) fn problem(&self, scope: &Scope, holds: Holds) -> Option<&'static str> {
        match (self, holds) {
            (Self::Paused | Self::Unknown, _) => Some("This cannot be promised."),
            (Self::NoSwitchToCross | Self::NoCross, Holds::For(secs)) => length_problem(secs),
            (Self::NoSwitchToCross, Holds::Always) => {
                Some("Say for how long, or while which position is open: at most 30 days.")
            }
            (Self::NoCross, _) => Some("Say for how long: at most 30 days."),
            (
                Self::PauseAfterLoss { secs } | Self::PauseAfterLiquidation { secs },
                Holds::Always,
            ) => length_problem(*secs),
            (Self::MaxOpens { opens, .. }, Holds::Always) => {
                (*opens == 0).then_some("Allow at least one open.")
            }
            (Self::MaxLeverage { isolated, cross }, Holds::Always) => {
                let given = [isolated, cross].into_iter().flatten();
                if isolated.is_none() && cross.is_none() {
                    Some("Write the highest leverage, isolated or cross.")
                } else if given.clone().any(|most| *most < Decimal::ONE) {
                    Some("A leverage is at least 1.")
                } else {
                    None
                }
            }
            (Self::MaxLoss { most, .. }, Holds::Always) => most.problem(scope),
            (Self::MaxAtStake { .. }, Holds::Always) if scope.symbol.is_some() => Some(
                "This one is about an account, or about all of them: a pool stands behind every market.",
            ),
            (Self::MaxAtStake { amount, collateral }, Holds::Always) => {
                money_problem(*amount, collateral, scope)
            }
            (Self::MaxLossesInARow { losses }, Holds::Always) => {
                (!(1..=MOST_IN_A_ROW).contains(losses)).then_some("Write how many: from 1 to 100.")
            }
            (Self::TradingHours(hours), Holds::Always) => hours.problem(),
            (Self::NoEmergencyRelease | Self::Wait(_), Holds::Always)
                if *scope != Scope::default() =>
            {
                Some("This one is about everything.")
            }
            (Self::Wait(rule), Holds::Always) => rule.problem(),
            (Self::NoSwitchToCross, Holds::WhileOpen(_))
            | (
                Self::NoAddingToALoser
                | Self::NoIncreaseWhileLosing
                | Self::CrossNeedsAPlan
                | Self::NoEmergencyRelease,
                Holds::Always,
            ) => None,
            (_, Holds::For(_) | Holds::WhileOpen(_)) => {
                Some("This one always holds, until it is loosened by the waiting way.")
            }
        }
    }
}

impl LossLimit {
    fn problem(&self, scope: &Scope) -> Option<&'static str> {
        match self {
            Self::Money { amount, collateral } => money_problem(*amount, collateral, scope),
            Self::Percent(percent) => {
                let some = *percent > Decimal::ZERO && *percent <= Decimal::ONE_HUNDRED;
                (!some).then_some("Write a percentage above 0, at most 100.")
            }
        }
    }
}

/// More losses in a row than these nobody counts.
const MOST_IN_A_ROW: u32 = 100;

fn money_problem(amount: Money, collateral: &str, scope: &Scope) -> Option<&'static str> {
    let other = |account: &AccountScope| collateral_of(&account.place) != plain(collateral);
    if amount <= Money::ZERO {
        Some("Write an amount above zero.")
    } else if scope.account.as_ref().is_some_and(other) {
        Some("The amount is counted in another currency than the account.")
    } else {
        None
    }
}

fn length_problem(secs: u64) -> Option<&'static str> {
    if secs < MINUTE {
        Some("The shortest is one minute.")
    } else if secs > LONGEST {
        Some("The longest is 30 days.")
    } else {
        None
    }
}

//! The isolated margin that a liquidation price needs.

use rust_decimal::Decimal;

use super::account::Backing;
use super::account_after::AccountAfter;
use super::error::Error;
use super::exact::Exact;
use super::sized_position::SizedPosition;
use super::units::{Money, Price};

/// The isolated margin with which equity meets the requirement no sooner than at a price.
pub(super) fn margin_to_reach(
    isolated: &AccountAfter<'_>,
    own: &SizedPosition<'_>,
    from: Price,
    target: Price,
) -> Result<Money, Error> {
    let bare = SizedPosition {
        backing: Backing::Isolated {
            margin: Money::ZERO,
        },
        ..*own
    };
    let line = isolated.isolated_line(Some(&bare), isolated.owed);
    let short = line.shortfalls(from, target)?;
    // With jumping tiers the worst place may lie on the way. There the requirement must not even be
    // met, so a hair is added.
    let on_the_way = (short.on_the_way + Exact::from(HAIR)).settle("ticket.margin")?;
    let at_the_end = short.at_the_end.settle("ticket.margin")?;
    Ok(Money::new(at_the_end.max(on_the_way)))
}

/// 10⁻¹²: an amount of money below the last digit of any collateral.
const HAIR: Decimal = Decimal::from_parts(1, 0, 0, false, 12);

//! The joint stress of a pool whose legs follow no common straight course: linear legs beside
//! inverse ones, or inverse legs with different betas.
//!
//! There the equity is a sum of hyperbolas, which may have several zeros. The first one is closed in
//! on: a stretch in which even the worst of every leg together leaves equity above the requirement
//! holds no zero and is passed over; any other is halved, the nearer half first.

use rust_decimal::Decimal;

use super::contract::Contract;
use super::error::Error;
use super::exact::Exact;
use super::held::Held;
use super::joint::{Direction, Group, moved};

/// A stretch this short is an answer: 10⁻²⁴ of a move.
const SHORT_ENOUGH: Decimal = Decimal::from_parts(1, 0, 0, false, 24);

/// Rises are looked at up to this many times the mark: 2³⁰, a billion.
const DOUBLINGS: u32 = 30;

/// Stretches looked at before the search gives way to comparing their ends alone. A curve that only
/// just fails to touch zero would otherwise be halved almost for ever.
const PATIENCE: u32 = 20_000;

/// The first move in a direction at which the group's equity ≤ requirement; at 0 it is above.
pub(crate) fn first_move_of_mixed(
    group: &Group<'_>,
    direction: Direction,
) -> Result<Option<Decimal>, Error> {
    let end = worthless_at(group.legs.iter().map(|(leg, beta)| (leg, *beta)), direction);
    let mut search = Search {
        group,
        direction,
        patience: PATIENCE,
    };
    let mut near = Decimal::ZERO;
    let mut far = Decimal::ONE;
    for _ in 0..DOUBLINGS {
        let last = end.is_some_and(|end| end <= far) || direction == Direction::Fall;
        let stop = match end {
            // At the very end an inverse leg is worth more than any number.
            Some(end) if end <= far => (Exact::from(end) - Exact::from(ALMOST)).settle("joint")?,
            Some(_) | None => far,
        };
        if let Some(found) = search.first_in(near, stop)? {
            return Ok(Some(signed(found, direction)));
        }
        if last {
            return Ok(None);
        }
        near = far;
        far = (Exact::from(far) + Exact::from(far)).settle("joint")?;
    }
    Ok(None)
}

const ALMOST: Decimal = Decimal::from_parts(1, 0, 0, false, 12);

/// The size of the move at which the price of an inverse leg comes to zero: from there on its coin,
/// the collateral itself, is worth nothing.
pub(crate) fn worthless_at<'a, 'b: 'a>(
    legs: impl Iterator<Item = (&'a Held<'b>, Decimal)>,
    direction: Direction,
) -> Option<Decimal> {
    legs.filter(|(leg, _)| leg.contract == Contract::Inverse)
        .filter_map(|(_, beta)| match direction {
            Direction::Fall => (beta > Decimal::ZERO).then_some(beta),
            Direction::Rise => (beta < Decimal::ZERO).then_some(beta.abs()),
        })
        .filter_map(|beta| Decimal::ONE.checked_div(beta))
        .min()
}

fn signed(size: Decimal, direction: Direction) -> Decimal {
    match direction {
        Direction::Fall => (-Exact::from(size)).value().unwrap_or(size),
        Direction::Rise => size,
    }
}

struct Search<'a, 'b> {
    group: &'a Group<'b>,
    direction: Direction,
    patience: u32,
}

impl Search<'_, '_> {
    /// The first size of a move in a stretch at which the group is liquidated.
    fn first_in(&mut self, near: Decimal, far: Decimal) -> Result<Option<Decimal>, Error> {
        // Halves that wait their turn, the nearest on top.
        let mut waiting = vec![(near, far)];
        while let Some((near, far)) = waiting.pop() {
            if self.is_above_throughout(near, far)? {
                continue;
            }
            self.patience = self.patience.saturating_sub(1);
            let length = (Exact::from(far) - Exact::from(near)).settle("joint")?;
            if length <= SHORT_ENOUGH || self.patience == 0 {
                if self.group.is_liquidated(signed(far, self.direction))? {
                    return Ok(Some(far));
                }
                continue;
            }
            let half = Exact::from(length) / Exact::from(2);
            let middle = (Exact::from(near) + half).settle("joint")?;
            waiting.push((middle, far));
            waiting.push((near, middle));
        }
        Ok(None)
    }

    /// Whether the least equity and the greatest requirement of every leg in a stretch still leave
    /// the group above its requirement.
    fn is_above_throughout(&self, near: Decimal, far: Decimal) -> Result<bool, Error> {
        let mut worst = self.group.money;
        for (leg, beta) in &self.group.legs {
            let at = |size| moved(leg, *beta, signed(size, self.direction));
            let (one, other) = (at(near), at(far));
            let profit = leg
                .profit(one)
                .settle("joint")?
                .min(leg.profit(other).settle("joint")?);
            worst = worst + Exact::from(profit) - greatest_requirement(leg, one, other)?;
        }
        Ok(worst.settle("joint")? > Decimal::ZERO)
    }
}

/// The greatest requirement of a leg between two prices.
fn greatest_requirement(leg: &Held<'_>, one: Exact, other: Exact) -> Result<Exact, Error> {
    if let Some(frozen) = leg.frozen_requirement() {
        return Ok(frozen);
    }
    let one = leg.notional(one).settle("joint")?;
    let other = leg.notional(other).settle("joint")?;
    let (least, most) = (one.min(other), one.max(other));
    let mut greatest = leg
        .schedule
        .requirement_of(Exact::from(most))
        .settle("joint")?;
    // Within a tier the requirement rises with the notional: besides the end, only what it comes to
    // just below a floor can be greater.
    let tiers = &leg.schedule.tiers;
    for (below, above) in tiers.iter().zip(tiers.iter().skip(1)) {
        let floor = above.floor.get();
        if least < floor && floor <= most {
            let there =
                Exact::from(floor) * leg.schedule.rate_in(below) - Exact::from(below.amount.get());
            greatest = greatest.max(there.settle("joint")?);
        }
    }
    Ok(Exact::from(greatest))
}

//! The joint stress of a pool whose legs follow no common straight course: linear legs beside
//! inverse ones, or inverse legs with different betas.
//!
//! Its course is a curve, which changes where a leg comes into another tier. The walk goes from border
//! to border, and looks for the first zero of each curve in between.

use rust_decimal::Decimal;

use super::contract::Contract;
use super::curve::{Curve, CurvePart};
use super::error::Error;
use super::exact::Exact;
use super::margin_group::{Direction, MarginGroup};
use super::schedule::Tier;
use super::sized_position::SizedPosition;
use super::units::Money;

/// Rises are looked at up to this many times the mark: 2³⁰, a billion.
const DOUBLINGS: u32 = 30;

/// Stretches looked at before the search gives way to comparing their ends alone. A curve that only
/// just fails to touch zero would otherwise be halved almost for ever.
const PATIENCE: u32 = 20_000;

/// How far before the place where an inverse leg is worth more than any number the search stops.
const ALMOST: Decimal = Decimal::from_parts(1, 0, 0, false, 12);

/// The first move in a direction at which the group's equity ≤ requirement; at 0 it is above.
pub(crate) fn first_move_of_mixed(
    group: &MarginGroup<'_>,
    direction: Direction,
) -> Result<Option<Decimal>, Error> {
    let end = worthless_at(group.legs.iter().map(|(leg, beta)| (leg, *beta)), direction);
    let (mut curve, borders) = course(group, direction)?;
    let mut ahead = borders.into_iter().peekable();
    let mut patience = PATIENCE;
    let (mut near, mut far) = (Decimal::ZERO, Decimal::ONE);
    for _ in 0..DOUBLINGS {
        let last = end.is_some_and(|end| end <= far) || direction == Direction::Fall;
        let stop = match end {
            Some(end) if end <= far => (Exact::from(end) - Exact::from(ALMOST)).settle("joint")?,
            Some(_) | None => far,
        };
        while let Some(border) = ahead.next_if(|border| border.at <= stop) {
            if let Some(found) = curve.first_zero(near, border.at, &mut patience)? {
                return Ok(Some(signed(found, direction)));
            }
            near = border.at;
            curve.add(&border.change);
            // A requirement that jumps at the border of a tier can overtake the equity right there.
            if curve.at(near)?.height <= Decimal::ZERO {
                return Ok(Some(signed(near, direction)));
            }
        }
        if let Some(found) = curve.first_zero(near, stop, &mut patience)? {
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

/// The size of the move at which the price of an inverse leg comes to zero: from there on its coin,
/// the collateral itself, is worth nothing.
pub(crate) fn worthless_at<'a, 'b: 'a>(
    legs: impl Iterator<Item = (&'a SizedPosition<'b>, Decimal)>,
    direction: Direction,
) -> Option<Decimal> {
    legs.filter(|(leg, _)| leg.contract == Contract::Inverse)
        .map(|(_, beta)| signed(beta, direction))
        .filter(|gain| *gain < Decimal::ZERO)
        .filter_map(|gain| Decimal::ONE.checked_div(gain.abs()))
        .min()
}

fn signed(size: Decimal, direction: Direction) -> Decimal {
    match direction {
        Direction::Fall => (-Exact::from(size)).value().unwrap_or(size),
        Direction::Rise => size,
    }
}

/// Where a leg comes into another tier, or its price to zero.
struct Border {
    at: Decimal,
    change: CurvePart,
}

/// A leg whose price is mark·(1 + gain·t).
struct Moving<'a, 'b> {
    leg: &'a SizedPosition<'b>,
    gain: Decimal,
    /// Its notional before anything moves.
    notional: Decimal,
}

impl Moving<'_, '_> {
    /// Profit less requirement, in one tier or frozen.
    fn part(&self, tier: Option<&Tier>) -> CurvePart {
        let (rate, amount) = match tier {
            Some(tier) => (
                self.leg.schedule.rate_in(tier),
                Exact::from(tier.amount.get()),
            ),
            None => (
                Exact::ZERO,
                -self.leg.frozen_requirement().unwrap_or(Exact::ZERO),
            ),
        };
        let sign = self.leg.contract.exposure(self.leg.side, Exact::ONE);
        let weight = Exact::from(self.notional) * (sign - rate);
        let part = CurvePart {
            level: self.leg.profit_at_no_notional() + amount,
            slope: Exact::ZERO,
            height: Exact::ZERO,
            gain: self.gain,
        };
        match self.leg.contract {
            Contract::Linear => CurvePart {
                level: part.level + weight,
                slope: weight * Exact::from(self.gain),
                ..part
            },
            Contract::Inverse if self.gain.is_zero() => CurvePart {
                level: part.level + weight,
                ..part
            },
            Contract::Inverse => CurvePart {
                height: weight,
                ..part
            },
        }
    }

    /// The part before anything moves.
    fn first_part(&self) -> CurvePart {
        let here = self.leg.schedule.tier_at(Money::new(self.notional));
        self.part(here.filter(|_| self.follows()))
    }

    /// The part once the price has come to zero: a linear leg's notional stays there.
    fn last_part(&self) -> CurvePart {
        let lowest = self.part(self.lowest());
        CurvePart {
            level: lowest.level - lowest.slope / Exact::from(self.gain),
            slope: Exact::ZERO,
            ..lowest
        }
    }

    fn lowest(&self) -> Option<&Tier> {
        let first = self.leg.schedule.tiers.first();
        first.filter(|_| self.follows())
    }

    fn follows(&self) -> bool {
        self.leg.frozen_requirement().is_none()
    }

    fn add_borders(&self, borders: &mut Vec<Border>) {
        if self.gain.is_zero() {
            return;
        }
        let tiers = &self.leg.schedule.tiers;
        let rises = (self.gain > Decimal::ZERO) == (self.leg.contract == Contract::Linear);
        for (below, above) in tiers.iter().zip(tiers.iter().skip(1)) {
            let floor = above.floor.get();
            let (left, entered) = match (rises, self.notional < floor) {
                _ if !self.follows() => break,
                (true, true) => (below, above),
                (false, false) => (above, below),
                (true, false) | (false, true) => continue,
            };
            let (floor, notional) = (Exact::from(floor), Exact::from(self.notional));
            let factor = match self.leg.contract {
                Contract::Linear => floor / notional,
                Contract::Inverse => notional / floor,
            };
            // A border too far away to be written down is never reached.
            if let Some(at) = ((factor - Exact::ONE) / Exact::from(self.gain)).value() {
                let change = self.part(Some(entered)).less(self.part(Some(left)));
                borders.push(Border { at, change });
            }
        }
        if self.leg.contract == Contract::Linear
            && self.gain < Decimal::ZERO
            && let Some(at) = (Exact::ONE / -Exact::from(self.gain)).value()
        {
            let change = self.last_part().less(self.part(self.lowest()));
            borders.push(Border { at, change });
        }
    }
}

/// The curve before anything moves, and its borders in order.
fn course(group: &MarginGroup<'_>, direction: Direction) -> Result<(Curve, Vec<Border>), Error> {
    let mut curve = Curve::of_money(group.money);
    let mut borders = Vec::new();
    for (leg, beta) in &group.legs {
        let moving = Moving {
            leg,
            gain: signed(*beta, direction),
            notional: leg.notional(Exact::from(leg.mark)).settle("joint")?,
        };
        curve.add(&moving.first_part());
        moving.add_borders(&mut borders);
    }
    borders.sort_by_key(|border| border.at);
    Ok((curve, borders))
}

//! The joint stress: all prices move by one factor, and the ladder of what is liquidated when.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::account::Backing;
use super::account_after::AccountAfter;
use super::contract::Contract;
use super::error::Error;
use super::exact::Exact;
use super::first_zero::{Fraction, Linear, PathEnd, Step, first_zero};
use super::loss::{Together, furthest_rise};
use super::margin_group::{Direction, MarginGroup};
use super::mixed::{first_move_of_mixed, worthless_at};
use super::outcome::{JointOutcome, LadderRung, Leg, PoolLiquidation, RungFrom};
use super::sized_position::SizedPosition;
use super::ticket::Joint;
use super::tiered_leg::{NotionalTrend, TieredLeg};
use super::units::{Money, Rate, money};

/// Where the groups go, falling and rising.
pub(crate) fn joint_outcome(
    account_after: &AccountAfter<'_>,
    joint: &Joint,
) -> Result<JointOutcome, Error> {
    let groups = groups(account_after, joint);
    let mut outcome = JointOutcome::default();
    for direction in [Direction::Fall, Direction::Rise] {
        let legs = groups.iter().flat_map(|group| &group.legs);
        let worthless = worthless_at(legs.map(|(leg, beta)| (leg, *beta)), direction);
        let mut hits = Vec::new();
        for (index, group) in groups.iter().enumerate() {
            let Some(at_move) = group.first_move(direction)? else {
                continue;
            };
            if worthless.is_some_and(|end| end <= at_move.abs()) {
                // The collateral coin itself is worth nothing there: no equity can be told.
                continue;
            }
            if group.from == RungFrom::Pool {
                let at_move = Some(Rate::new(at_move));
                match direction {
                    Direction::Fall => outcome.pool_at.fall = at_move,
                    Direction::Rise => outcome.pool_at.rise = at_move,
                }
            }
            hits.push((at_move, group.from, group.closes(), index));
        }
        hits.sort_by(|a, b| (a.0.abs(), a.1, &a.2).cmp(&(b.0.abs(), b.1, &b.2)));
        let mut gone = Vec::new();
        for (at_move, from, closes, index) in hits {
            gone.push(index);
            outcome.ladder.push(LadderRung {
                from,
                closes,
                at_move: Rate::new(at_move),
                equity_after: equity_of_the_rest(&groups, &gone, at_move)?,
            });
        }
    }
    Ok(outcome)
}

/// What a common move does to the pool; none for a pool with inverse legs, where the collateral's own
/// price moves along.
pub(crate) fn together(
    account_after: &AccountAfter<'_>,
    joint: &Joint,
) -> Result<Option<Together>, Error> {
    let pool = pool(account_after, joint);
    if pool
        .legs
        .iter()
        .any(|(leg, _)| leg.contract != Contract::Linear)
    {
        return Ok(None);
    }
    let first = |direction| Ok(pool.first_move(direction)?.map(Rate::new));
    Ok(Some(Together {
        pool_at: PoolLiquidation {
            fall: first(Direction::Fall)?,
            rise: first(Direction::Rise)?,
        },
        most_lost: pool.most_lost()?,
    }))
}

/// What the groups that still stand hold at a move.
fn equity_of_the_rest(
    groups: &[MarginGroup<'_>],
    gone: &[usize],
    at_move: Decimal,
) -> Result<Money, Error> {
    let standing = groups
        .iter()
        .enumerate()
        .filter(|(index, _)| !gone.contains(index));
    money(standing.fold(Exact::ZERO, |sum, (_, group)| sum + group.equity(at_move)))
}

fn groups<'a>(account_after: &AccountAfter<'a>, joint: &Joint) -> Vec<MarginGroup<'a>> {
    let mut groups = Vec::new();
    for (index, leg) in account_after.all().enumerate() {
        let Backing::Isolated { margin } = leg.backing else {
            continue;
        };
        let mut money = Exact::from(margin.get());
        if index == 0 && account_after.own.is_some() {
            // The ticket's position, isolated, owes its funding itself.
            money = money - account_after.owed;
        }
        groups.push(MarginGroup {
            from: RungFrom::Isolated,
            money,
            legs: vec![(*leg, joint.beta(leg.symbol))],
        });
    }
    groups.push(pool(account_after, joint));
    groups
}

fn pool<'a>(account_after: &AccountAfter<'a>, joint: &Joint) -> MarginGroup<'a> {
    let legs = account_after
        .pool()
        .map(|leg| (*leg, joint.beta(leg.symbol)));
    MarginGroup {
        from: RungFrom::Pool,
        money: account_after.pool_money(),
        legs: legs.collect(),
    }
}

/// How the notional of every leg of a group follows one coordinate t of a walk.
struct Course {
    /// Whether t rises as the move grows.
    rises: bool,
    end: PathEnd,
    kind: CourseKind,
}

enum CourseKind {
    /// t is the size of the move: a linear notional is N·(1 ± β·t).
    Move,
    /// t is what a price divides by, 1/(1 + β·x): an inverse notional is N·t.
    Reciprocal { beta: Decimal },
}

impl MarginGroup<'_> {
    fn closes(&self) -> Vec<Leg> {
        let mut closes: Vec<_> = self
            .legs
            .iter()
            .map(|(leg, _)| Leg {
                symbol: leg.symbol.to_owned(),
                side: leg.side,
            })
            .collect();
        closes.sort();
        closes
    }

    /// The most that a common move within reach takes. Linear legs lose along straight lines that bend
    /// only where a price comes to zero, so the most is lost at an end or at such a bend.
    fn most_lost(&self) -> Result<Decimal, Error> {
        let rise = furthest_rise();
        let mut moves = vec![Decimal::NEGATIVE_ONE, rise];
        moves.extend(self.legs.iter().filter_map(|(_, beta)| {
            let bend = (-Exact::ONE / Exact::from(*beta)).value()?;
            (bend > Decimal::NEGATIVE_ONE && bend < rise).then_some(bend)
        }));
        let here = self.equity(Decimal::ZERO);
        moves.into_iter().try_fold(Decimal::ZERO, |most, at_move| {
            let lost = (here - self.equity(at_move)).settle("joint")?;
            Ok(most.max(lost))
        })
    }

    /// The first move in a direction at which equity ≤ requirement.
    fn first_move(&self, direction: Direction) -> Result<Option<Decimal>, Error> {
        if self.legs.is_empty() {
            return Ok(None);
        }
        if self.is_liquidated(Decimal::ZERO)? {
            return Ok(Some(Decimal::ZERO));
        }
        let Some(course) = self.course(direction) else {
            return first_move_of_mixed(self, direction);
        };
        let place = first_zero(self.straight(&course)?, &self.steps(&course)?, course.end)?;
        place.map_or(Ok(None), |place| move_of(place, &course.kind, direction))
    }

    /// The coordinate in which every notional of the group is straight; none for a mixture of
    /// linear legs with inverse ones, or of inverse ones with different betas.
    fn course(&self, direction: Direction) -> Option<Course> {
        let moving = || self.legs.iter().filter(|(_, beta)| !beta.is_zero());
        if moving().all(|(leg, _)| leg.contract == Contract::Linear) {
            let end = match direction {
                Direction::Fall => PathEnd::At(Decimal::ONE),
                Direction::Rise => PathEnd::Unbounded,
            };
            return Some(Course {
                rises: true,
                end,
                kind: CourseKind::Move,
            });
        }
        let (_, beta) = *moving().next()?;
        if !moving().all(|(leg, other)| leg.contract == Contract::Inverse && *other == beta) {
            return None;
        }
        let prices_fall = (direction == Direction::Fall) == (beta > Decimal::ZERO);
        let end = match direction {
            // At the fall of −1 all prices stand at 1 − β of where they are.
            Direction::Fall => match (Exact::ONE / (Exact::ONE - Exact::from(beta))).value() {
                Some(end) if beta < Decimal::ONE => PathEnd::At(end),
                Some(_) | None => PathEnd::Unbounded,
            },
            Direction::Rise if prices_fall => PathEnd::Unbounded,
            Direction::Rise => PathEnd::At(Decimal::ZERO),
        };
        let kind = CourseKind::Reciprocal { beta };
        Some(Course {
            rises: prices_fall,
            end,
            kind,
        })
    }

    /// Equity less requirement along a course, in the tiers that hold at the marks.
    fn straight(&self, course: &Course) -> Result<Linear, Error> {
        let mut line = Linear {
            constant: self.money,
            slope: Exact::ZERO,
        };
        for (leg, beta) in &self.legs {
            let (sign, mover) = course.mover(leg, *beta)?;
            line = line + equity_of(sign, &mover);
            line.constant = line.constant + leg.profit_at_no_notional();
            match leg.frozen_requirement() {
                Some(frozen) => line.constant = line.constant - frozen,
                None => line = line + mover.less_requirement_at(mover.size),
            }
        }
        Ok(line)
    }

    fn steps(&self, course: &Course) -> Result<Vec<Step>, Error> {
        let mut steps = Vec::new();
        for (leg, beta) in &self.legs {
            let (sign, mover) = course.mover(leg, *beta)?;
            let gain = mover.gain.settle("joint")?;
            if gain.is_zero() {
                continue;
            }
            let way = if (gain > Decimal::ZERO) == course.rises {
                NotionalTrend::MoreNotional
            } else {
                NotionalTrend::LessNotional
            };
            let follows = leg.frozen_requirement().is_none();
            if follows {
                mover.add_steps(mover.size.settle("joint")?, way, &mut steps);
            }
            if matches!(course.kind, CourseKind::Move) && way == NotionalTrend::LessNotional {
                steps.push(price_at_zero(sign, &mover, follows)?);
            }
        }
        let ahead = |step: &Step| match (course.end, course.rises) {
            (PathEnd::Unbounded, _) => true,
            (PathEnd::At(end), true) => step.at <= end,
            (PathEnd::At(end), false) => step.at >= end,
        };
        steps.retain(ahead);
        if course.rises {
            steps.sort_by_key(|step| step.at);
        } else {
            steps.sort_by_key(|step| Reverse(step.at));
        }
        Ok(steps)
    }
}

impl Course {
    /// A leg along the course: the sign of its profit per notional, and its notional.
    fn mover<'a>(
        &self,
        leg: &SizedPosition<'a>,
        beta: Decimal,
    ) -> Result<(Exact, TieredLeg<'a>), Error> {
        let size = leg.notional(Exact::from(leg.mark));
        size.settle("joint")?;
        let sign = leg.contract.exposure(leg.side, Exact::ONE);
        let beta = Exact::from(beta);
        let (start, gain) = match self.kind {
            _ if beta == Exact::ZERO => (Exact::ONE, Exact::ZERO),
            CourseKind::Move if matches!(self.end, PathEnd::At(_)) => (Exact::ONE, -beta),
            CourseKind::Move => (Exact::ONE, beta),
            CourseKind::Reciprocal { .. } => (Exact::ZERO, Exact::ONE),
        };
        Ok((
            sign,
            TieredLeg {
                size,
                start,
                gain,
                schedule: leg.schedule,
            },
        ))
    }
}

/// What a leg adds to equity along a course, its entry not counted.
fn equity_of(sign: Exact, mover: &TieredLeg<'_>) -> Linear {
    let signed = sign * mover.size;
    Linear {
        constant: signed * mover.start,
        slope: signed * mover.gain,
    }
}

/// Where a linear leg's price comes to zero it stays there, and its notional with it.
fn price_at_zero(sign: Exact, mover: &TieredLeg<'_>, follows: bool) -> Result<Step, Error> {
    let place = Fraction {
        numerator: -mover.start,
        denominator: mover.gain,
    };
    let at = (place.numerator / place.denominator).settle("joint.betas")?;
    let mut change = Linear::ZERO - equity_of(sign, mover);
    if follows && let Some(lowest) = mover.schedule.tiers.first() {
        let amount = Linear {
            constant: Exact::from(lowest.amount.get()),
            slope: Exact::ZERO,
        };
        change = change + amount - mover.less_requirement(lowest);
    }
    Ok(Step { at, place, change })
}

/// The signed move of a place; none where it lies at an unending move.
fn move_of(
    place: Fraction,
    kind: &CourseKind,
    direction: Direction,
) -> Result<Option<Decimal>, Error> {
    let Fraction {
        numerator,
        denominator,
    } = place;
    let along = numerator.settle("joint")?;
    let found = match kind {
        CourseKind::Move => match direction {
            Direction::Fall => -(numerator / denominator),
            Direction::Rise => numerator / denominator,
        },
        // t = 1/(1 + β·x) solved for x.
        CourseKind::Reciprocal { .. } if along.is_zero() => return Ok(None),
        CourseKind::Reciprocal { beta } => {
            (denominator / numerator - Exact::ONE) / Exact::from(*beta)
        }
    };
    found.settle("joint").map(Some)
}

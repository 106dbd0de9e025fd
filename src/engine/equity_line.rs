//! What backs a position and what the venue requires of it, along the price of its symbol.
//!
//! Isolated and cross, linear and inverse are one problem here: some legs of one symbol move
//! together, and everything else stands still. With n(P) the notional of one unit of size,
//!
//! equity(P) = fixed + exposure·n(P), requirement(P) = frozen + Σ over the moving legs.
//!
//! Equity ≤ requirement solved for P gives F1 to F4 and B of the table in `mod.rs`.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::contract::Contract;
use super::error::Error;
use super::exact::Exact;
use super::first_zero::{Fraction, Linear, PathEnd, Step, first_zero};
use super::outcome::{Band, PositionStatus};
use super::sized_position::SizedPosition;
use super::tiered_leg::{NotionalTrend, TieredLeg};
use super::units::Price;

/// The equity behind the legs of one symbol, and their requirement, as functions of its price.
#[derive(Debug, Clone)]
pub(crate) struct EquityLine<'a> {
    contract: Contract,
    fixed: Exact,
    exposure: Exact,
    frozen: Exact,
    moving: Vec<TieredLeg<'a>>,
    /// A pool without positions has nothing that could be liquidated.
    empty: bool,
}

impl<'a> EquityLine<'a> {
    /// Money with nothing at stake yet, on a symbol of this kind.
    pub(crate) fn of_money(contract: Contract, money: Exact) -> Self {
        Self {
            contract,
            fixed: money,
            exposure: Exact::ZERO,
            frozen: Exact::ZERO,
            moving: Vec::new(),
            empty: true,
        }
    }

    /// Adds a leg that moves with the price.
    pub(crate) fn add_moving(&mut self, leg: &SizedPosition<'a>) {
        self.empty = false;
        self.exposure = self.exposure + leg.exposure();
        self.fixed = self.fixed + leg.profit_at_no_notional();
        match leg.frozen_requirement() {
            Some(requirement) => self.frozen = self.frozen + requirement,
            None => self
                .moving
                .push(TieredLeg::with_price(leg.size, leg.schedule)),
        }
    }

    /// Adds a position of another symbol: its profit and requirement stay as they are at its mark.
    pub(crate) fn add_standing(&mut self, other: &SizedPosition<'_>) {
        self.empty = false;
        self.fixed = self.fixed + other.profit_at_mark();
        self.frozen = self.frozen + other.requirement(Exact::from(other.mark));
    }

    /// Sets a position that stood at its mark in motion, on a line along its own symbol's price.
    pub(crate) fn set_in_motion(&mut self, leg: &SizedPosition<'a>) {
        self.contract = leg.contract;
        self.fixed = self.fixed - leg.profit_at_mark();
        self.frozen = self.frozen - leg.requirement(Exact::from(leg.mark));
        self.add_moving(leg);
    }

    /// Adds money, or takes it off.
    pub(crate) fn add_money(&mut self, money: Exact) {
        self.fixed = self.fixed + money;
    }

    /// E(P): the equity that backs the legs when their symbol trades at a price.
    pub(crate) fn equity(&self, price: Price) -> Result<Decimal, Error> {
        self.equity_at(price).settle("account")
    }

    fn equity_at(&self, price: Price) -> Exact {
        self.fixed
            + self
                .contract
                .notional(self.exposure, Exact::from(price.get()))
    }

    /// R(P): what the venue requires there.
    pub(crate) fn requirement(&self, price: Price) -> Result<Decimal, Error> {
        self.moving
            .iter()
            .fold(self.frozen, |sum, leg| {
                sum + leg.schedule.requirement_of(self.notional_of(leg, price))
            })
            .settle("account")
    }

    /// Whether the venue liquidates at a price: equity ≤ requirement.
    pub(crate) fn is_liquidated(&self, price: Price) -> Result<bool, Error> {
        Ok(!self.empty && self.equity(price)? <= self.requirement(price)?)
    }

    /// The most the price alone takes on its way from here to zero, or up to the furthest price.
    /// Only where the band of survival has no end on that way; a perfect hedge loses nothing.
    pub(crate) fn loss_within_reach(&self, from: Price, furthest: Price) -> Result<Decimal, Error> {
        let at = |price: Price| {
            let notional = self
                .contract
                .notional(self.exposure, Exact::from(price.get()));
            notional.settle("account")
        };
        let here = at(from)?;
        let rising = (Exact::from(here) - Exact::from(at(furthest)?)).settle("account")?;
        let falling = match self.contract {
            Contract::Linear => here,
            // Toward a price of zero an inverse notional grows without end: what loses then has an end.
            Contract::Inverse => Decimal::ZERO,
        };
        Ok(rising.max(falling).max(Decimal::ZERO))
    }

    /// How what it backs stands at a mark.
    ///
    /// Both ends of the band are absent where the mark itself is liquidated.
    pub(crate) fn standing(
        &self,
        mark: Price,
        tick: Option<Decimal>,
    ) -> Result<PositionStatus, Error> {
        let already = self.is_liquidated(mark)?;
        let survives = if self.empty || already {
            Band::default()
        } else {
            self.liquidation(mark, tick)?
        };
        Ok(PositionStatus {
            liquidation: survives,
            already,
        })
    }

    /// The prices around a mark that is not liquidated, between which equity stays above the
    /// requirement.
    fn liquidation(&self, mark: Price, tick: Option<Decimal>) -> Result<Band, Error> {
        let falling = self.steps(mark, NotionalTrend::LessNotional)?;
        let rising = self.steps(mark, NotionalTrend::MoreNotional)?;
        let line = self.straight_at(mark);
        let less = first_zero(line, &falling, PathEnd::At(Decimal::ZERO))?;
        let more = first_zero(line, &rising, PathEnd::Unbounded)?;
        let (low, high) = self.by_price(less, more);
        Ok(Band {
            low: self.price_of(low)?.map(|low| rounded(low, mark, tick)),
            high: self.price_of(high)?.map(|high| rounded(high, mark, tick)),
        })
    }

    /// The prices on either side of the mark at which equity is zero; absent where it is already.
    pub(crate) fn bankruptcy(&self, mark: Price) -> Result<Band, Error> {
        if self.equity(mark)? <= Decimal::ZERO {
            return Ok(Band::default());
        }
        let line = Linear {
            constant: self.fixed,
            slope: self.exposure,
        };
        let less = first_zero(line, &[], PathEnd::At(Decimal::ZERO))?;
        let more = first_zero(line, &[], PathEnd::Unbounded)?;
        let (low, high) = self.by_price(less, more);
        Ok(Band {
            low: self.price_of(low)?,
            high: self.price_of(high)?,
        })
    }

    /// How far equity falls short of the requirement on the way from one price to another: the most
    /// before the end is reached, on either side of every tier's border, and at the end itself.
    pub(crate) fn shortfalls(&self, from: Price, to: Price) -> Result<Shortfalls, Error> {
        let way = match (self.contract, to < from) {
            (Contract::Linear, true) | (Contract::Inverse, false) => NotionalTrend::LessNotional,
            (Contract::Linear, false) | (Contract::Inverse, true) => NotionalTrend::MoreNotional,
        };
        let unit = |price: Price| {
            self.contract
                .notional(Exact::ONE, Exact::from(price.get()))
                .settle("account")
        };
        let (start, end) = (unit(from)?, unit(to)?);
        let mut line = self.straight_at(from);
        let mut least = line.at(start)?;
        for step in self.steps(from, way)? {
            let is_on_the_way = match way {
                NotionalTrend::LessNotional => step.at >= end,
                NotionalTrend::MoreNotional => step.at <= end,
            };
            if !is_on_the_way {
                break;
            }
            let before = line.at(step.at)?;
            line = line + step.change;
            least = least.min(before).min(line.at(step.at)?);
        }
        Ok(Shortfalls {
            on_the_way: -Exact::from(least),
            at_the_end: -Exact::from(line.at(end)?),
        })
    }

    /// Less notional is a lower price of a linear contract, a higher one of an inverse.
    fn by_price(
        &self,
        less: Option<Fraction>,
        more: Option<Fraction>,
    ) -> (Option<Fraction>, Option<Fraction>) {
        match self.contract {
            Contract::Linear => (less, more),
            Contract::Inverse => (more, less),
        }
    }

    /// Equity less requirement around a price, in the tiers that hold there.
    fn straight_at(&self, price: Price) -> Linear {
        let mut line = Linear {
            constant: self.fixed - self.frozen,
            slope: self.exposure,
        };
        for leg in &self.moving {
            line = line + leg.less_requirement_at(self.notional_of(leg, price));
        }
        line
    }

    fn notional_of(&self, leg: &TieredLeg<'_>, price: Price) -> Exact {
        self.contract.notional(leg.size, Exact::from(price.get()))
    }

    /// Where the moving legs come into another tier, in the order of the walk from a price.
    fn steps(&self, from: Price, way: NotionalTrend) -> Result<Vec<Step>, Error> {
        let mut steps = Vec::new();
        for leg in &self.moving {
            leg.add_steps(
                self.notional_of(leg, from).settle("account")?,
                way,
                &mut steps,
            );
        }
        match way {
            NotionalTrend::MoreNotional => steps.sort_by_key(|step| step.at),
            NotionalTrend::LessNotional => steps.sort_by_key(|step| Reverse(step.at)),
        }
        Ok(steps)
    }

    /// The price of a place; absent where it is at or below zero, or beyond what can be written.
    fn price_of(&self, place: Option<Fraction>) -> Result<Option<Price>, Error> {
        let Some(Fraction {
            numerator,
            denominator,
        }) = place
        else {
            return Ok(None);
        };
        numerator.settle("account")?;
        denominator.settle("account")?;
        let price = self.contract.price_of_ratio(numerator, denominator);
        Ok(price
            .value()
            .filter(|price| *price > Decimal::ZERO)
            .map(Price::new))
    }
}

/// What equity lacks of the requirement; below zero it has more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shortfalls {
    pub(crate) on_the_way: Exact,
    pub(crate) at_the_end: Exact,
}

/// Rounds once to the tick, toward the mark but not past it: the earlier trigger.
fn rounded(price: Price, mark: Price, tick: Option<Decimal>) -> Price {
    tick.and_then(|tick| to_tick(price.get(), mark.get(), tick))
        .map_or(price, Price::new)
}

fn to_tick(price: Decimal, mark: Decimal, tick: Decimal) -> Option<Decimal> {
    let ticks = price.checked_div(tick)?;
    // The quotient's last digit may be a rounding: a price that lies on a tick stays there.
    let nearest = ticks.round();
    let stray = ticks.checked_sub(nearest)?.abs();
    let ticks = if stray <= nearest.abs().checked_mul(LAST_DIGITS)? {
        nearest
    } else if price < mark {
        ticks.ceil()
    } else {
        ticks.floor()
    };
    let rounded = ticks.checked_mul(tick)?;
    Some(if price < mark {
        rounded.min(mark)
    } else {
        rounded.max(mark)
    })
}

/// Relative size of what a division may have rounded away: 10⁻²⁵.
const LAST_DIGITS: Decimal = Decimal::from_parts(1, 0, 0, false, 25);

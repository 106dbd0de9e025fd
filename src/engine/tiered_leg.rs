//! A leg whose notional, and so its requirement, moves along a walk.

use super::exact::Exact;
use super::first_zero::{Fraction, Linear, Step};
use super::schedule::{Schedule, Tier};
use super::units::Money;

/// Which way a notional goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotionalTrend {
    LessNotional,
    MoreNotional,
}

/// A leg whose notional is size·(start + gain·t) at the place t of a walk, with its requirement
/// valued there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TieredLeg<'a> {
    pub(crate) size: Exact,
    pub(crate) start: Exact,
    pub(crate) gain: Exact,
    pub(crate) schedule: &'a Schedule,
}

impl<'a> TieredLeg<'a> {
    /// A leg along the price of its symbol, where t is the notional of one unit.
    pub(crate) const fn with_price(size: Exact, schedule: &'a Schedule) -> Self {
        Self {
            size,
            start: Exact::ZERO,
            gain: Exact::ONE,
            schedule,
        }
    }

    /// What the leg takes off equity while its notional is in a tier: −(notional·r − c).
    pub(crate) fn less_requirement(&self, tier: &Tier) -> Linear {
        let per_notional = self.size * self.schedule.rate_in(tier);
        Linear {
            constant: Exact::from(tier.amount.get()) - per_notional * self.start,
            slope: -(per_notional * self.gain),
        }
    }

    /// [`TieredLeg::less_requirement`] in the tier of a notional.
    pub(crate) fn less_requirement_at(&self, notional: Exact) -> Linear {
        // A notional that did not fit shows in the size, and so in the result.
        let notional = Money::new(notional.value().unwrap_or_default());
        self.schedule
            .tier_at(notional)
            .map_or(Linear::ZERO, |tier| self.less_requirement(tier))
    }

    /// Adds where the leg comes into another tier when its notional goes one way from `here`.
    pub(crate) fn add_steps(
        &self,
        here: rust_decimal::Decimal,
        way: NotionalTrend,
        steps: &mut Vec<Step>,
    ) {
        let tiers = &self.schedule.tiers;
        for (below, above) in tiers.iter().zip(tiers.iter().skip(1)) {
            let floor = above.floor.get();
            let (left, entered) = match way {
                NotionalTrend::MoreNotional if here < floor => (below, above),
                NotionalTrend::LessNotional if floor <= here => (above, below),
                NotionalTrend::MoreNotional | NotionalTrend::LessNotional => continue,
            };
            let place = Fraction {
                numerator: Exact::from(floor) - self.size * self.start,
                denominator: self.size * self.gain,
            };
            // A border too far away to be written down is never reached.
            let Some(at) = (place.numerator / place.denominator).value() else {
                continue;
            };
            let change = self.less_requirement(entered) - self.less_requirement(left);
            steps.push(Step { at, place, change });
        }
    }
}

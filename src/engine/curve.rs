//! Equity less requirement along a common move, where linear and inverse legs move together:
//!
//! level + slope·t + Σ height / (1 + gain·t), with t the size of the move.
//!
//! It may have several zeros. The first one is closed in on: a stretch in which what is known of its
//! ends and of its steepness leaves no room for a zero is passed over; any other is halved, the nearer
//! half first.

use rust_decimal::Decimal;

use super::error::Error;
use super::exact::Exact;

/// A stretch this short is an answer: 10⁻²⁴ of a move.
const SHORT_ENOUGH: Decimal = Decimal::from_parts(1, 0, 0, false, 24);

/// What a leg adds to the curve, or a border changes of it.
#[derive(Clone, Copy)]
pub(crate) struct CurvePart {
    pub(crate) level: Exact,
    pub(crate) slope: Exact,
    /// Of an inverse leg: its height, at its gain.
    pub(crate) height: Exact,
    pub(crate) gain: Decimal,
}

impl CurvePart {
    pub(crate) fn less(self, other: Self) -> Self {
        Self {
            level: self.level - other.level,
            slope: self.slope - other.slope,
            height: self.height - other.height,
            gain: self.gain,
        }
    }
}

/// Equity less requirement between two borders.
pub(crate) struct Curve {
    level: Exact,
    slope: Exact,
    /// height / (1 + gain·t), one for each gain.
    poles: Vec<Pole>,
}

#[derive(Clone, Copy)]
struct Pole {
    gain: Decimal,
    height: Exact,
}

impl Pole {
    fn factor(self, t: Decimal) -> Exact {
        Exact::ONE + Exact::from(self.gain) * Exact::from(t)
    }

    fn at(self, t: Decimal) -> Exact {
        self.height / self.factor(t)
    }

    /// How steep it is: −height·gain / (1 + gain·t)².
    fn steepness(self, t: Decimal) -> Exact {
        let factor = self.factor(t);
        -(self.height * Exact::from(self.gain) / factor / factor)
    }
}

/// A place of the curve and what is left there.
#[derive(Clone, Copy)]
pub(crate) struct CurvePoint {
    pub(crate) t: Decimal,
    pub(crate) height: Decimal,
}

impl Curve {
    /// Money with nothing at stake yet.
    pub(crate) fn of_money(money: Exact) -> Self {
        Self {
            level: money,
            slope: Exact::ZERO,
            poles: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, part: &CurvePart) {
        self.level = self.level + part.level;
        self.slope = self.slope + part.slope;
        if part.height == Exact::ZERO {
            return;
        }
        match self.poles.iter_mut().find(|pole| pole.gain == part.gain) {
            Some(pole) => pole.height = pole.height + part.height,
            None => self.poles.push(Pole {
                gain: part.gain,
                height: part.height,
            }),
        }
    }

    /// What is left at a place.
    pub(crate) fn at(&self, t: Decimal) -> Result<CurvePoint, Error> {
        let straight = self.level + self.slope * Exact::from(t);
        let height = self
            .poles
            .iter()
            .fold(straight, |sum, pole| sum + pole.at(t))
            .settle("joint")?;
        Ok(CurvePoint { t, height })
    }

    /// The first place of a stretch at which nothing is left; at its beginning there is.
    pub(crate) fn first_zero(
        &self,
        near: Decimal,
        far: Decimal,
        patience: &mut u32,
    ) -> Result<Option<Decimal>, Error> {
        // Halves that wait their turn, the nearest on top.
        let mut waiting = vec![(self.at(near)?, self.at(far)?)];
        while let Some((near, far)) = waiting.pop() {
            if self.is_above_throughout(near, far) {
                continue;
            }
            *patience = patience.saturating_sub(1);
            let length = Exact::from(far.t) - Exact::from(near.t);
            let middle = (Exact::from(near.t) + length / Exact::from(2)).settle("joint")?;
            let is_short = length.settle("joint")? <= SHORT_ENOUGH;
            // Far out there may be no place left between two places that can be written down.
            if is_short || middle <= near.t || far.t <= middle || *patience == 0 {
                if far.height <= Decimal::ZERO {
                    return Ok(Some(far.t));
                }
                continue;
            }
            let middle = self.at(middle)?;
            waiting.push((middle, far));
            waiting.push((near, middle));
        }
        Ok(None)
    }

    /// Whether no zero can lie between two places: not even as steep a fall from the one, or as steep
    /// a rise to the other, as there is anywhere between them comes down to zero; or the least of every
    /// part of the curve together does not.
    fn is_above_throughout(&self, near: CurvePoint, far: CurvePoint) -> bool {
        if near.height <= Decimal::ZERO || far.height <= Decimal::ZERO {
            return false;
        }
        let length = Exact::from(far.t) - Exact::from(near.t);
        let above = |height: Exact| height.value().is_some_and(|height| height > Decimal::ZERO);
        let (mut least, mut most) = (self.slope, self.slope);
        for pole in &self.poles {
            let (one, other) = in_order(pole.steepness(near.t), pole.steepness(far.t));
            least = least + one;
            most = most + other;
        }
        if above(Exact::from(near.height) + in_order(least, Exact::ZERO).0 * length)
            || above(Exact::from(far.height) - in_order(most, Exact::ZERO).1 * length)
        {
            return true;
        }
        let at = |t: Decimal| self.slope * Exact::from(t);
        let mut worst = self.level + in_order(at(near.t), at(far.t)).0;
        for pole in &self.poles {
            worst = worst + in_order(pole.at(near.t), pole.at(far.t)).0;
        }
        above(worst)
    }
}

/// The lesser and the greater; an empty one leaves nothing that could be proven.
fn in_order(one: Exact, other: Exact) -> (Exact, Exact) {
    let difference = (one - other).value();
    match difference {
        Some(difference) if difference <= Decimal::ZERO => (one, other),
        Some(_) => (other, one),
        None => {
            let empty = one - other;
            (empty, empty)
        }
    }
}

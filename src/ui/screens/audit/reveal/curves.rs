//! What each mode wins and loses along the price, as the picture draws and reads it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::audit::{Revealed, Ticket};
use crate::engine::{self, Mode, Money, Price};

const POINTS: u32 = 400;

/// An end is in the picture while it lies no farther out than this many widths of the rest.
const NEAR: Decimal = Decimal::from_parts(25, 0, 0, false, 1);

/// One mode along the prices.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    pub(super) mode: Mode,
    /// Its equity at the price that it starts from.
    start: Money,
    /// Equity at each price; none past the liquidation, where there is no position.
    equity: Vec<Option<Money>>,
}

impl Curve {
    /// Price and result at each place at which it is open.
    pub(super) fn results<'a>(&'a self, prices: &'a [Price]) -> impl Iterator<Item = [f64; 2]> {
        prices.iter().zip(&self.equity).filter_map(|(price, at)| {
            let result = at.as_ref()?.get().checked_sub(self.start.get())?;
            Some([price.get().to_f64()?, result.to_f64()?])
        })
    }
}

/// Both curves, computed once for a ticket and not once a frame.
#[derive(Clone, Debug)]
pub(crate) struct Curves {
    of: Ticket,
    pub(super) from: f64,
    pub(super) to: f64,
    /// Evenly apart.
    pub(super) prices: Vec<Price>,
    pub(super) modes: [Curve; 2],
}

impl Curves {
    /// The curves of a reveal where it is decided: now, the fill, where the idea is wrong, and what
    /// else of the ends is near.
    pub(super) fn of(revealed: &Revealed) -> Option<Self> {
        let (least, most) = decided_within(revealed)?;
        let now = revealed.ticket().effective_price().get();
        let span = most
            .checked_sub(least)?
            .max(now.checked_div(Decimal::ONE_HUNDRED)?);
        let margin = span.checked_mul(Decimal::new(12, 2))?;
        let smallest = now.checked_div(Decimal::new(10_000, 0))?;
        let from = least.checked_sub(margin)?.max(smallest);
        let to = most.checked_add(margin)?;
        let step = to
            .checked_sub(from)?
            .checked_div(Decimal::from(POINTS - 1))?;
        let prices: Vec<Price> = (0..POINTS)
            .map(|n| {
                Some(Price::new(
                    from.checked_add(step.checked_mul(Decimal::from(n))?)?,
                ))
            })
            .collect::<Option<_>>()?;
        Some(Self {
            of: revealed.ticket().clone(),
            from: from.to_f64()?,
            to: to.to_f64()?,
            modes: [
                curve(revealed, Mode::Isolated, &prices)?,
                curve(revealed, Mode::Cross, &prices)?,
            ],
            prices,
        })
    }

    /// Whether they were drawn for this ticket.
    pub(super) fn are_of(&self, ticket: &Ticket) -> bool {
        self.of == *ticket
    }

    /// The last place.
    pub(super) fn last(&self) -> usize {
        self.prices.len().saturating_sub(1)
    }

    /// Price, and equity in each mode, at a place from 0 to the last one.
    pub(super) fn at(&self, place: usize) -> Option<(Price, [Option<Money>; 2])> {
        let price = *self.prices.get(place)?;
        let equity = |curve: &Curve| curve.equity.get(place).copied().flatten();
        Some((price, self.modes.each_ref().map(equity)))
    }

    /// The place whose price is nearest.
    pub(super) fn nearest(&self, price: f64) -> usize {
        let share = ((price - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place on the screen"
        )]
        let place = (share * f64::from(POINTS - 1)).round() as usize;
        place
    }
}

/// The prices between which it is decided.
fn decided_within(revealed: &Revealed) -> Option<(Decimal, Decimal)> {
    let ticket = revealed.ticket();
    let now = ticket.effective_price().get();
    let mark = ticket.mark.unwrap_or(ticket.entry).get();
    let (mut least, mut most) = (now.min(mark), now.max(mark));
    let mut take = |price: Decimal, always: bool| {
        let (below, above) = (price.min(least), price.max(most));
        let width = most.checked_sub(least)?;
        if always || above.checked_sub(below)? <= width.checked_mul(NEAR)? {
            (least, most) = (below, above);
        }
        Some(())
    };
    let wrong = revealed.answers().invalidation.map(Price::get);
    if let Some(wrong) = wrong {
        take(wrong, true)?;
    }
    let ends = [Mode::Isolated, Mode::Cross].map(|mode| {
        let band = revealed.outcome(mode).liquidation;
        band.end_against(ticket.side, ticket.effective_price())
    });
    let mut ends: Vec<Decimal> = ends.into_iter().flatten().map(Price::get).collect();
    ends.sort_by_key(|end| end.checked_sub(now).map(|away| away.abs()));
    for (at, end) in ends.into_iter().enumerate() {
        take(end, at == 0 && wrong.is_none())?;
    }
    Some((least, most))
}

fn curve(revealed: &Revealed, mode: Mode, prices: &[Price]) -> Option<Curve> {
    let ticket = revealed.engine_ticket();
    let equity =
        |prices: &[Price]| engine::equity_curve(revealed.account(), &ticket, mode, prices).ok();
    let (_, start) = *equity(&[revealed.ticket().effective_price()])?.first()?;
    let outcome = revealed.outcome(mode);
    let band = outcome.liquidation;
    let is_open = |price: Price| {
        !outcome.already
            && band.low.is_none_or(|low| price >= low)
            && band.high.is_none_or(|high| price <= high)
    };
    let all = equity(prices)?.into_iter();
    let equity = all.map(|(price, equity)| is_open(price).then_some(equity));
    Some(Curve {
        mode,
        start,
        equity: equity.collect(),
    })
}

//! Equity against price in both modes, as the picture draws and reads it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::audit::{Revealed, Ticket};
use crate::engine::{self, Mode, Money, Price};

const POINTS: u32 = 400;

/// Both curves, computed once for a ticket and not once a frame.
#[derive(Clone, Debug)]
pub(crate) struct Curves {
    of: Ticket,
    pub(super) from: f64,
    pub(super) to: f64,
    /// Evenly apart.
    pub(super) prices: Vec<Price>,
    /// Equity at each of them; none past the liquidation, where there is no position.
    pub(super) modes: [(Mode, Vec<Option<Money>>); 2],
}

impl Curves {
    /// The curves of a reveal, from a little beyond the farther liquidation to a little beyond
    /// the price now on the other side.
    pub(super) fn of(revealed: &Revealed) -> Option<Self> {
        let ticket = revealed.ticket();
        let now = ticket.effective_price().get();
        let mut marked = vec![now, ticket.mark.unwrap_or(ticket.entry).get()];
        marked.extend(revealed.answers().invalidation.map(Price::get));
        for mode in [Mode::Isolated, Mode::Cross] {
            let band = revealed.outcome(mode).liquidation;
            marked.extend(
                band.end_against(ticket.side, ticket.effective_price())
                    .map(Price::get),
            );
        }
        let (least, most) = (*marked.iter().min()?, *marked.iter().max()?);
        let span = most
            .checked_sub(least)?
            .max(now.checked_div(Decimal::ONE_HUNDRED)?);
        let margin = span.checked_mul(Decimal::new(8, 2))?;
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
        let engine_ticket = revealed.engine_ticket();
        let curve = |mode: Mode| {
            let all =
                engine::equity_curve(revealed.account(), &engine_ticket, mode, &prices).ok()?;
            let band = revealed.outcome(mode).liquidation;
            let is_open = |price: Price| {
                band.low.is_none_or(|low| price >= low)
                    && band.high.is_none_or(|high| price <= high)
            };
            let equity = all.into_iter();
            let equity = equity.map(|(price, equity)| is_open(price).then_some(equity));
            Some((mode, equity.collect()))
        };
        Some(Self {
            of: ticket.clone(),
            from: from.to_f64()?,
            to: to.to_f64()?,
            modes: [curve(Mode::Isolated)?, curve(Mode::Cross)?],
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
        let equity = |curve: &[Option<Money>]| curve.get(place).copied().flatten();
        Some((price, [equity(&self.modes[0].1), equity(&self.modes[1].1)]))
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

//! The survival band after some funding.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{DetailTable, Row, TableError, band, both};
use crate::audit::{Revealed, Ticket};
use crate::engine::{self, Band, Mode, Rate};
use crate::input::figures;
use crate::input::number::{Unit, read};

/// Numbers of funding intervals: a day, three, a week and a month of eight hours each.
const INTERVALS: [u32; 4] = [3, 9, 21, 90];

/// Where the position survives once funding at a rate as typed, in percent, has been paid.
///
/// # Errors
/// What is no number, or the engine's sentence.
pub fn funding(revealed: &Revealed, typed: &str) -> Result<DetailTable, TableError> {
    let percent = match typed.trim() {
        "" => Decimal::new(1, 2),
        text => read(text, Unit::Percent)
            .exact()
            .map(|number| number.value)
            .ok_or(TableError::NotARate)?,
    };
    let rate = Rate::new(percent.checked_div(Decimal::ONE_HUNDRED).unwrap_or(percent));
    let (account, ticket) = (revealed.account(), revealed.engine_ticket());
    let path = |mode| engine::funding_path(account, &ticket, mode, rate, &INTERVALS);
    let (isolated, cross) = (path(Mode::Isolated)?, path(Mode::Cross)?);
    let like = revealed.ticket().entry;
    let rows = isolated
        .iter()
        .zip(&cross)
        .map(|(isolated, cross)| Row {
            name: format!(
                "after {} intervals, {} paid",
                isolated.intervals,
                figures::money(isolated.paid)
            ),
            cells: [isolated, cross]
                .map(|row| band(row.liquidation, row.already, like))
                .into(),
            bars: [isolated, cross]
                .map(|row| left_of(revealed.ticket(), row.liquidation, row.already))
                .into(),
        })
        .collect();
    Ok(DetailTable {
        sentence: format!(
            "Where it survives once funding of {} an interval has been paid, the price unchanged. The bars are the way to the liquidation.",
            figures::typed_percent(percent)
        ),
        columns: both(),
        rows,
    })
}

/// The way from now to the liquidation against the ticket, as a share of the price.
fn left_of(ticket: &Ticket, band: Band, already: bool) -> Option<f32> {
    if already {
        return Some(0.0);
    }
    let now = ticket.effective_price();
    let far = engine::distance(now, band.against(ticket.side)?)?;
    far.get().abs().to_f32().map(|share| share.clamp(0.0, 1.0))
}

//! A jump past bankruptcy.

use rust_decimal::Decimal;

use super::{DetailTable, Row, both, share};
use crate::audit::Revealed;
use crate::engine::{self, Error, Rate};
use crate::input::{MODES, figures};

/// Gaps past bankruptcy, in percent.
const GAPS: [i64; 4] = [1, 2, 5, 10];

/// Who bears what is lost beyond the backing, where the venue has not said it.
pub const BEARS: &str =
    "Who bears that, an insurance fund, other traders or you, is your venue's rule.";

/// What is lost beyond all that backs the position; `bears` says whose loss that is at the venue.
///
/// # Errors
/// The engine's.
pub fn gap(revealed: &Revealed, bears: &str) -> Result<DetailTable, Error> {
    let (account, ticket) = (revealed.account(), revealed.engine_ticket());
    let gaps = GAPS.map(|percent| Rate::new(Decimal::new(percent, 2)));
    let [isolated, cross] = MODES.map(|mode| engine::gap(account, &ticket, mode, &gaps));
    let (isolated, cross) = (isolated?, cross?);
    let worst = isolated
        .iter()
        .chain(&cross)
        .map(|row| row.beyond)
        .max()
        .unwrap_or_default();
    let rows = gaps
        .iter()
        .enumerate()
        .map(|(at, gap)| {
            let cell = |rows: &[engine::GapRow]| match rows.get(at) {
                Some(row) => (figures::money(row.beyond), share(row.beyond, worst)),
                None => ("none".to_owned(), None),
            };
            let (isolated, cross) = (cell(&isolated), cell(&cross));
            Row {
                name: format!("{} past it", figures::percent(*gap, 2)),
                cells: vec![isolated.0, cross.0],
                bars: vec![isolated.1, cross.1],
            }
        })
        .collect();
    Ok(DetailTable {
        sentence: format!(
            "What is lost beyond all that backs it if the price jumps past bankruptcy. {bears}"
        ),
        columns: both(),
        rows,
    })
}

//! What a ticket does to every open position.

use super::{DetailTable, Row, band};
use crate::audit::Revealed;
use crate::engine::{self, Error, PositionStatus, Price};
use crate::wording::words;

/// Where each open position survives, before and after the ticket in its mode.
///
/// # Errors
/// The engine's.
pub fn before_after(revealed: &Revealed) -> Result<DetailTable, Error> {
    let (account, ticket) = (revealed.account(), revealed.engine_ticket());
    let mode = revealed.ticket().mode;
    let rows = engine::before_after(account, &ticket, mode)?
        .into_iter()
        .map(|change| {
            let like = account
                .positions
                .iter()
                .find(|position| position.symbol == change.symbol)
                .map_or(ticket.entry, |position| position.entry);
            Row {
                name: format!(
                    "{} {}, {}",
                    change.symbol,
                    words::side(change.side),
                    words::mode(change.mode)
                ),
                cells: vec![
                    standing(&change.before, like),
                    change
                        .after
                        .map_or("closed by this".to_owned(), |s| standing(&s, like)),
                ],
                bars: Vec::new(),
            }
        })
        .collect::<Vec<_>>();
    let sentence = if rows.is_empty() {
        "No other position is open: nothing else moves.".to_owned()
    } else {
        format!(
            "Where each open position survives, before and after this in {}.",
            words::mode(mode)
        )
    };
    Ok(DetailTable {
        sentence,
        columns: vec![("Before".to_owned(), None), ("After".to_owned(), None)],
        rows,
    })
}

fn standing(standing: &PositionStatus, like: Price) -> String {
    band(standing.liquidation, standing.already, like)
}

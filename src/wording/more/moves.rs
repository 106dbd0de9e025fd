//! The same move of the ticket's market in both modes.

use rust_decimal::Decimal;

use super::{DetailTable, Row, TableError, both, share};
use crate::audit::Revealed;
use crate::engine::{self, MoveOutcome, MoveState, Rate};
use crate::input::number::{Unit, read};
use crate::input::{MODES, figures};

/// Moves as typed: numbers in percent, apart by blanks or semicolons; none means the usual.
fn typed_moves(text: &str) -> Result<Vec<Rate>, TableError> {
    let parts: Vec<&str> = text
        .split([' ', ';', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        return Ok(engine::default_moves());
    }
    parts
        .into_iter()
        .map(|part| {
            let (falls, digits) = match part.strip_prefix(['-', '−']) {
                Some(digits) => (true, digits),
                None => (false, part.trim_start_matches('+')),
            };
            let percent = read(digits, Unit::Percent)
                .exact()
                .map(|number| number.value)
                .ok_or_else(|| TableError::NotAMove(part.to_owned()))?;
            let mut rate = percent.checked_div(Decimal::ONE_HUNDRED).unwrap_or(percent);
            rate.set_sign_negative(falls);
            Ok(Rate::new(rate))
        })
        .collect()
}

/// What is left behind the position after moves as typed; the usual ones where none is.
///
/// # Errors
/// What is no move, or the engine's sentence.
pub fn same_move(revealed: &Revealed, moves: &str) -> Result<DetailTable, TableError> {
    let moves = typed_moves(moves)?;
    let rows = engine::same_move(revealed.account(), &revealed.engine_ticket(), &moves)?;
    let backing = MODES.map(|mode| revealed.outcome(mode).backing);
    let whole = rows
        .iter()
        .flat_map(|row| [row.isolated.margin_left, row.cross.margin_left])
        .chain(backing)
        .max()
        .unwrap_or_default();
    let cell = |state: &MoveState| match state.state {
        MoveOutcome::Open => figures::money(state.margin_left),
        MoveOutcome::Liquidated { .. } => "closed".to_owned(),
    };
    let bar = |state: &MoveState| match state.state {
        MoveOutcome::Open => share(state.margin_left, whole),
        MoveOutcome::Liquidated { .. } => Some(0.0),
    };
    Ok(DetailTable {
        sentence: "What is left behind the position after a move of its price, other markets where they are.".to_owned(),
        columns: both(),
        rows: rows
            .iter()
            .map(|row| Row {
                name: format!(
                    "{}, {}",
                    figures::signed_percent(row.at_move),
                    figures::price(row.price, revealed.ticket().entry)
                ),
                cells: vec![cell(&row.isolated), cell(&row.cross)],
                bars: vec![bar(&row.isolated), bar(&row.cross)],
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn moves_are_read_as_signed_percents() {
        let moves = typed_moves("-3 12; −7.5").unwrap();
        let of: Vec<Decimal> = moves.into_iter().map(Rate::get).collect();
        assert_eq!(of, [dec!(-0.03), dec!(0.12), dec!(-0.075)]);
        assert_eq!(typed_moves("  ").unwrap(), engine::default_moves());
        assert!(
            typed_moves("three")
                .unwrap_err()
                .to_string()
                .contains("three")
        );
    }
}

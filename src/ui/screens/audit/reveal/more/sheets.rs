//! Each section as rows of words and shares, computed by the engine.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Section;
use crate::audit::number::{Unit, read};
use crate::audit::{Revealed, Ticket};
use crate::engine::{
    self, Band, Error, Joint, Mode, Money, MoveState, MovedTo, Price, Rate, RungFrom, Standing,
};
use crate::interchange::venues::venue_named;
use crate::telling::{figures, words};

/// A section: one sentence, a table, and a bar for some of its cells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    /// What is seen here.
    pub(super) sentence: String,
    /// Names of the columns after the first.
    pub(super) columns: Vec<(String, Option<Mode>)>,
    /// The rows.
    pub(super) rows: Vec<Row>,
}

/// A row: its name, its cells, and how long the bar of each is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Its name.
    pub(super) name: String,
    /// A cell for each column.
    pub(super) cells: Vec<String>,
    /// A share from 0 to 1 for each bar; none where there is none.
    pub(super) bars: Vec<Option<f32>>,
}

const MODES: [Mode; 2] = [Mode::Isolated, Mode::Cross];
/// Gaps past bankruptcy.
const GAPS: [i64; 4] = [1, 2, 5, 10];
/// Numbers of funding intervals: a day, three, a week and a month of eight hours each.
const INTERVALS: [u32; 4] = [3, 9, 21, 90];

/// Computes a section.
pub(super) fn sheet(
    revealed: &Revealed,
    section: Section,
    moves: &str,
    betas: &BTreeMap<String, String>,
    rate: &str,
) -> Result<Sheet, String> {
    let sheet = match section {
        Section::BeforeAfter => before_after(revealed),
        Section::Moves => return same_move(revealed, moves),
        Section::Together => return together(revealed, betas),
        Section::Gap => gap(revealed),
        Section::Funding => return funding(revealed, rate),
    };
    sheet.map_err(|error| error.message)
}

fn both() -> Vec<(String, Option<Mode>)> {
    MODES
        .map(|mode| (words::mode_heading(mode).to_owned(), Some(mode)))
        .into()
}

fn share(amount: Money, whole: Money) -> Option<f32> {
    let share = amount.get().checked_div(whole.get())?.to_f32()?;
    Some(share.clamp(0.0, 1.0))
}

fn band(band: Band, already: bool, like: Price) -> String {
    if already {
        return "closed now".to_owned();
    }
    match (band.low, band.high) {
        (None, None) => "no price alone closes it".to_owned(),
        (Some(low), None) => format!("above {}", figures::price(low, like)),
        (None, Some(high)) => format!("below {}", figures::price(high, like)),
        (Some(low), Some(high)) => {
            format!(
                "{} to {}",
                figures::price(low, like),
                figures::price(high, like)
            )
        }
    }
}

fn standing(standing: &Standing, like: Price) -> String {
    band(standing.survives, standing.already, like)
}

fn before_after(revealed: &Revealed) -> Result<Sheet, Error> {
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
    Ok(Sheet {
        sentence,
        columns: vec![("Before".to_owned(), None), ("After".to_owned(), None)],
        rows,
    })
}

/// Moves as typed: numbers in percent, apart by blanks or semicolons; none means the usual.
fn typed_moves(text: &str) -> Result<Vec<Rate>, String> {
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
                .ok_or_else(|| format!("“{part}” is no move. Write percents, like -3 12."))?;
            let mut rate = percent.checked_div(Decimal::ONE_HUNDRED).unwrap_or(percent);
            rate.set_sign_negative(falls);
            Ok(Rate::new(rate))
        })
        .collect()
}

fn same_move(revealed: &Revealed, moves: &str) -> Result<Sheet, String> {
    let moves = typed_moves(moves)?;
    let rows = engine::same_move(revealed.account(), &revealed.engine_ticket(), &moves)
        .map_err(|error| error.message)?;
    let backing = MODES.map(|mode| revealed.outcome(mode).backing);
    let whole = rows
        .iter()
        .flat_map(|row| [row.isolated.margin_left, row.cross.margin_left])
        .chain(backing)
        .max()
        .unwrap_or_default();
    let cell = |state: &MoveState| match state.state {
        MovedTo::Open => figures::balance(state.margin_left),
        MovedTo::Liquidated { .. } => "closed".to_owned(),
    };
    let bar = |state: &MoveState| match state.state {
        MovedTo::Open => share(state.margin_left, whole),
        MovedTo::Liquidated { .. } => Some(0.0),
    };
    Ok(Sheet {
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

fn together(revealed: &Revealed, typed: &BTreeMap<String, String>) -> Result<Sheet, String> {
    let mut joint = Joint::default();
    for (symbol, text) in typed.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let beta = read(text, Unit::Leverage)
            .exact()
            .map(|number| number.value)
            .ok_or_else(|| format!("How far {symbol} moves is not a number yet."))?;
        joint.betas.insert(symbol.clone(), beta);
    }
    let mode = revealed.ticket().mode;
    let assessment = engine::assess(revealed.account(), &revealed.engine_ticket(), Some(&joint))
        .map_err(|error| error.message)?;
    let outcome = assessment.outcome(mode);
    let whole = outcome
        .backing
        .get()
        .checked_add(outcome.walled_off.get())
        .map(Money::new);
    let rows: Vec<Row> = outcome
        .joint
        .iter()
        .flat_map(|joint| &joint.ladder)
        .map(|rung| {
            let names: Vec<String> = rung
                .closes
                .iter()
                .map(|leg| format!("{} {}", leg.symbol, words::side(leg.side)))
                .collect();
            let from = match rung.from {
                RungFrom::Pool => "the pool: ",
                RungFrom::Isolated => "",
            };
            Row {
                name: figures::signed_percent(rung.at_move),
                cells: vec![
                    format!("{from}{}", names.join(", ")),
                    figures::balance(rung.equity_after),
                ],
                bars: vec![
                    None,
                    whole.and_then(|whole| share(rung.equity_after, whole)),
                ],
            }
        })
        .collect();
    let sentence = if rows.is_empty() {
        "No common move closes anything.".to_owned()
    } else {
        format!(
            "Which position goes at which common move, in {}; what is left of the account after it.",
            words::mode(mode)
        )
    };
    Ok(Sheet {
        sentence,
        columns: vec![
            ("Goes".to_owned(), None),
            ("Account after".to_owned(), Some(mode)),
        ],
        rows,
    })
}

fn gap(revealed: &Revealed) -> Result<Sheet, Error> {
    let bears = venue_named(&revealed.ticket().venue).map_or(
        "Who bears that, an insurance fund, other traders or you, is your venue's rule.",
        |venue| venue.gap.as_str(),
    );
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
                Some(row) => (figures::balance(row.beyond), share(row.beyond, worst)),
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
    Ok(Sheet {
        sentence: format!(
            "What is lost beyond all that backs it if the price jumps past bankruptcy. {bears}"
        ),
        columns: both(),
        rows,
    })
}

fn funding(revealed: &Revealed, typed: &str) -> Result<Sheet, String> {
    let percent = match typed.trim() {
        "" => Decimal::new(1, 2),
        text => read(text, Unit::Percent)
            .exact()
            .map(|number| number.value)
            .ok_or("The funding rate is not a number yet.")?,
    };
    let rate = Rate::new(percent.checked_div(Decimal::ONE_HUNDRED).unwrap_or(percent));
    let (account, ticket) = (revealed.account(), revealed.engine_ticket());
    let path = |mode| engine::funding_path(account, &ticket, mode, rate, &INTERVALS);
    let (isolated, cross) = (
        path(Mode::Isolated).map_err(|error| error.message)?,
        path(Mode::Cross).map_err(|error| error.message)?,
    );
    let like = revealed.ticket().entry;
    let rows = isolated
        .iter()
        .zip(&cross)
        .map(|(isolated, cross)| Row {
            name: format!(
                "after {} intervals, {} paid",
                isolated.intervals,
                figures::balance(isolated.paid)
            ),
            cells: [isolated, cross]
                .map(|row| band(row.survives, row.already, like))
                .into(),
            bars: [(isolated, Mode::Isolated), (cross, Mode::Cross)]
                .map(|(row, _)| left_of(revealed.ticket(), row.survives, row.already))
                .into(),
        })
        .collect();
    Ok(Sheet {
        sentence: format!(
            "Where it survives once funding of {} % an interval has been paid, the price unchanged. The bars are the way to the liquidation.",
            percent.normalize()
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
        assert!(typed_moves("three").unwrap_err().contains("three"));
    }
}

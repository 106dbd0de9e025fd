//! Both modes of a reveal row by row: what each row is called, and what stands in it.

use crate::audit::Revealed;
use crate::engine::{AtInvalidation, Mode, Outcome, distance};

use super::{figures, reveal, words};

/// The modes, in the order in which they always stand.
pub const MODES: [Mode; 2] = [Mode::Isolated, Mode::Cross];

/// How a part of a cell is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As the rest.
    Plain,
    /// The figure that matters most.
    Strong,
    /// Beside another figure.
    Faint,
    /// "Look here".
    Attention,
}

/// A part of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What stands there.
    pub text: String,
    /// How it is set.
    pub weight: Weight,
}

/// One row: its name, and a cell for each of [`MODES`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub name: String,
    /// Whether it is the row that matters most.
    pub strong: bool,
    /// Isolated, then cross.
    pub cells: [Vec<Part>; 2],
}

/// The rows of a reveal, in their order.
pub fn rows(revealed: &Revealed) -> Vec<Row> {
    let of = |mode| revealed.outcome(mode);
    let row = |name: &str, cells| Row {
        name: name.to_owned(),
        strong: false,
        cells,
    };
    let wrong = format!(
        "Loss where you are wrong, {}",
        figures::typed_price(revealed.answers().invalidation)
    );
    let mut rows = vec![
        row(
            "Backed by",
            MODES.map(|m| plain(figures::balance(of(m).backing))),
        ),
        row(
            "Out of its reach",
            MODES.map(|m| plain(figures::balance(of(m).walled_off))),
        ),
        row(&wrong, MODES.map(|m| at_invalidation(of(m)))),
        row(
            "Closed by the venue at",
            MODES.map(|m| closed_at(revealed, of(m))),
        ),
    ];
    if MODES.iter().any(|m| of(*m).loss_at_liquidation.is_some()) {
        let cells = MODES.map(|m| match of(m).loss_at_liquidation {
            Some(loss) => plain(figures::balance(loss)),
            None => plain("none"),
        });
        rows.push(row("Loss there", cells));
    }
    rows.push(Row {
        strong: true,
        ..row(
            "Worst case",
            MODES.map(|m| part(figures::balance(of(m).max_loss), Weight::Strong)),
        )
    });
    rows.push(row(
        "Goes with it",
        MODES.map(|m| plain(reveal::goes_with_it(of(m)))),
    ));
    rows
}

/// "Isolated", or "Isolated — chosen": what stands over a mode's cells.
pub fn heading(revealed: &Revealed, mode: Mode) -> String {
    let word = words::mode_heading(mode);
    if mode == revealed.ticket().mode {
        format!("{word} — chosen")
    } else {
        word.to_owned()
    }
}

fn part(text: impl Into<String>, weight: Weight) -> Vec<Part> {
    vec![Part {
        text: text.into(),
        weight,
    }]
}

fn plain(text: impl Into<String>) -> Vec<Part> {
    part(text, Weight::Plain)
}

fn at_invalidation(outcome: &Outcome) -> Vec<Part> {
    match outcome.at_invalidation {
        AtInvalidation::Closed { loss } => plain(figures::balance(loss)),
        AtInvalidation::LiquidatedFirst { .. } => part("closed before", Weight::Attention),
    }
}

fn closed_at(revealed: &Revealed, outcome: &Outcome) -> Vec<Part> {
    let ticket = revealed.ticket();
    let now = words::now_price(ticket);
    if outcome.already {
        return part("now", Weight::Attention);
    }
    let ends: Vec<Part> = [outcome.survives.low, outcome.survives.high]
        .into_iter()
        .flatten()
        .flat_map(|end| {
            let far = distance(now, end)
                .map(figures::signed_percent)
                .unwrap_or_default();
            [
                plain(figures::price(end, ticket.entry)),
                part(far, Weight::Faint),
            ]
        })
        .flatten()
        .collect();
    if ends.is_empty() {
        plain("no price alone")
    } else {
        ends
    }
}

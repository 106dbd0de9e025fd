//! Both modes of a reveal row by row: what each row is called, and what stands in it.

use rust_decimal::Decimal;

use crate::audit::{Revealed, Ticket};
use crate::engine::{AtInvalidation, Intent, Mode, Money, Outcome, distance};

use super::words;
use crate::input::{MODES, figures};

/// How a part of a cell is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextWeight {
    Plain,
    /// The figure that matters most.
    Strong,
    Faint,
    /// "Look here".
    Attention,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPart {
    pub text: String,
    /// How it is set.
    pub weight: TextWeight,
}

/// One row: its name, and a cell for each of [`MODES`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    /// Whether it is the row that matters most.
    pub strong: bool,
    pub cells: [Vec<CellPart>; 2],
}

/// The rows of a reveal, in their order; none where nothing remains to be shown.
pub fn rows(revealed: &Revealed) -> Vec<Row> {
    let ticket = revealed.ticket();
    if ticket.intent == Intent::Close {
        return Vec::new();
    }
    let of = |mode| revealed.outcome(mode);
    let row = |name: &str, cells| Row {
        name: name.to_owned(),
        strong: false,
        cells,
    };
    let mut rows = vec![
        row(
            "Backed by",
            MODES.map(|m| plain(figures::money(of(m).backing))),
        ),
        row(
            "Out of its reach",
            MODES.map(|m| plain(figures::money(of(m).out_of_reach))),
        ),
    ];
    let wrong = revealed.answers().invalidation;
    if let Some(wrong) = wrong.filter(|_| of(ticket.mode).at_invalidation.is_some()) {
        // A leg of a hedge can gain there.
        let gains = MODES.iter().any(|mode| {
            matches!(of(*mode).at_invalidation, Some(AtInvalidation::Closed { loss }) if loss < Money::ZERO)
        });
        let name = if gains { "Where" } else { "Loss where" };
        let name = format!("{name} you are wrong, {}", figures::typed_price(wrong));
        let verb = if gains { "loses " } else { "" };
        rows.push(row(&name, MODES.map(|m| at_invalidation(of(m), verb))));
    }
    rows.push(row(
        "Closed by the venue at",
        MODES.map(|m| closed_at(ticket, of(m))),
    ));
    let pool = &of(Mode::Cross).closed_with_it;
    let shares_the_pool = !pool.is_empty();
    let with_others = pool.iter().any(|leg| leg.symbol != ticket.symbol.as_str());
    if with_others {
        rows.push(row(
            "Closed if all moves together",
            MODES.map(|m| closed_together(ticket, m, of(m))),
        ));
    }
    rows.push(Row {
        strong: true,
        ..row(
            "Worst case",
            MODES.map(|m| part(figures::money(of(m).max_loss), TextWeight::Strong)),
        )
    });
    if with_others {
        rows.push(row(
            "By this market alone",
            MODES.map(|m| {
                let alone = of(m).max_loss_alone.unwrap_or(of(m).max_loss);
                plain(figures::money(alone))
            }),
        ));
    }
    rows.push(row(
        "Fees until it is closed",
        MODES.map(|m| plain(figures::money(of(m).costs))),
    ));
    if shares_the_pool {
        rows.push(row(
            "Goes with it",
            MODES.map(|m| plain(goes_with_it(ticket, of(m)))),
        ));
    }
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

fn part(text: impl Into<String>, weight: TextWeight) -> Vec<CellPart> {
    vec![CellPart {
        text: text.into(),
        weight,
    }]
}

fn plain(text: impl Into<String>) -> Vec<CellPart> {
    part(text, TextWeight::Plain)
}

fn at_invalidation(outcome: &Outcome, loses: &str) -> Vec<CellPart> {
    match outcome.at_invalidation {
        Some(AtInvalidation::Closed { loss }) if loss < Money::ZERO => plain(format!(
            "gains {}",
            figures::money(Money::new(loss.get().abs()))
        )),
        Some(AtInvalidation::Closed { loss }) => plain(format!("{loses}{}", figures::money(loss))),
        Some(AtInvalidation::LiquidatedFirst { .. }) => {
            part("closed before", TextWeight::Attention)
        }
        None => plain("—"),
    }
}

fn closed_at(ticket: &Ticket, outcome: &Outcome) -> Vec<CellPart> {
    let from = ticket.effective_price();
    if outcome.already {
        return part("now", TextWeight::Attention);
    }
    let band = outcome.liquidation.within_reach(from);
    let ends: Vec<CellPart> = band
        .ends()
        .flat_map(|end| {
            let far = distance(from, end)
                .map(figures::signed_percent)
                .unwrap_or_default();
            [
                plain(figures::price(end, ticket.entry)),
                part(far, TextWeight::Faint),
            ]
        })
        .flatten()
        .collect();
    if ends.is_empty() {
        plain("no price within reach")
    } else {
        ends
    }
}

/// The common moves that close the pool; of an isolated position the moves of its own price.
fn closed_together(ticket: &Ticket, mode: Mode, outcome: &Outcome) -> Vec<CellPart> {
    if outcome.already {
        return part("now", TextWeight::Attention);
    }
    let moves: Vec<String> = match (mode, outcome.together) {
        (Mode::Cross, None) => return plain("not worked out"),
        (_, Some(moves)) => {
            let moves = moves.within_reach();
            [moves.fall, moves.rise]
                .into_iter()
                .flatten()
                .map(figures::signed_percent)
                .collect()
        }
        (Mode::Isolated, None) => {
            let from = ticket.effective_price();
            let band = outcome.liquidation.within_reach(from);
            band.ends()
                .filter_map(|end| distance(from, end))
                .map(figures::signed_percent)
                .collect()
        }
    };
    if moves.is_empty() {
        plain("no common move")
    } else {
        plain(moves.join(" or "))
    }
}

/// What goes with it: said only where something within reach ends it.
fn goes_with_it(ticket: &Ticket, outcome: &Outcome) -> String {
    if !outcome.can_be_closed(ticket.effective_price()) {
        return "nothing ends it".to_owned();
    }
    match outcome.closed_with_it.as_slice() {
        [] => "nothing else".to_owned(),
        [one] => format!(
            "{} {}, {}",
            words::base_of(&one.symbol),
            words::side(one.side),
            figures::signed_money(one.unrealised)
        ),
        many => {
            let sum = many
                .iter()
                .try_fold(Decimal::ZERO, |sum, one| {
                    sum.checked_add(one.unrealised.get())
                })
                .map(Money::new);
            match sum {
                Some(sum) => format!("{} positions, {}", many.len(), figures::signed_money(sum)),
                None => format!("{} positions", many.len()),
            }
        }
    }
}

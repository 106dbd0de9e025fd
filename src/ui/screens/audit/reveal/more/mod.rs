//! More numbers, folded away at first so that the reveal stays short: what the ticket does to
//! every open position, moves of the price, everything moving together, a gap, funding.
//!
//! - `paint`: the picture and the table of a section

mod paint;

use std::collections::BTreeMap;

use egui::Ui;

use crate::audit::{Revealed, Ticket};
use crate::input::number::Unit;
use crate::interchange::venues::venue_named;
use crate::ui::text;
use crate::ui::tokens::space;
use crate::ui::widgets::card::card;
use crate::ui::widgets::choice::{Mark, segment};
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::number::number;
use crate::wording::more::{self, DetailTable, Section, TableError};

/// What is open, what is typed, what was computed for it.
#[derive(Debug, Default)]
pub(crate) struct MoreState {
    open: Option<Section>,
    moves: String,
    betas: BTreeMap<String, String>,
    rate: String,
    computed: Option<(Key, Result<DetailTable, TableError>)>,
}

/// What a computed section depends on.
type Key = (Section, Ticket, String, BTreeMap<String, String>, String);

/// Shows the sections' names, and the one that is open.
pub(super) fn more_ui(ui: &mut Ui, revealed: &Revealed, state: &mut MoreState) {
    ui.add_space(space::HALF);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::splat(space::ONE);
        for (section, name) in Section::ALL {
            let on = state.open == Some(section);
            let response = segment(ui, name, None, on, Mark::Plain, egui::Role::Button);
            if response.clicked() {
                state.open = (!on).then_some(section);
            }
        }
    });
    let Some(section) = state.open else { return };
    ui.add_space(space::HALF);
    let shown = card(ui, |ui| {
        asked(ui, revealed, section, state);
        let key = (
            section,
            revealed.ticket().clone(),
            state.moves.clone(),
            state.betas.clone(),
            state.rate.clone(),
        );
        if state
            .computed
            .as_ref()
            .is_none_or(|(known, _)| *known != key)
        {
            let sheet = sheet(revealed, section, state);
            state.computed = Some((key, sheet));
        }
        match state.computed.as_ref().map(|(_, sheet)| sheet) {
            Some(Ok(sheet)) => paint::sheet(ui, sheet),
            Some(Err(why)) => {
                let words = text::attention(ui, why.to_string());
                text::announced(ui, words);
            }
            None => {}
        }
    });
    if ui.memory(|m| m.focused().is_some())
        && shown.response.rect.bottom() > ui.clip_rect().bottom()
    {
        let id = egui::Id::unique("more opened");
        let before: Option<Section> = ui.data(|d| d.get_temp(id));
        if before != Some(section) {
            shown.response.scroll_to_me(None);
            ui.data_mut(|d| d.insert_temp(id, section));
        }
    }
}

/// Computes a section from what is typed.
fn sheet(
    revealed: &Revealed,
    section: Section,
    state: &MoreState,
) -> Result<DetailTable, TableError> {
    Ok(match section {
        Section::BeforeAfter => more::before_after(revealed)?,
        Section::Moves => more::same_move(revealed, &state.moves)?,
        Section::Together => more::together(revealed, &state.betas)?,
        Section::Gap => {
            let venue = venue_named(&revealed.ticket().venue);
            let bears = venue.map_or(more::BEARS, |venue| venue.gap.as_str());
            more::gap(revealed, bears)?
        }
        Section::Funding => more::funding(revealed, &state.rate)?,
    })
}

/// The fields that a section asks for.
fn asked(ui: &mut Ui, revealed: &Revealed, section: Section, state: &mut MoreState) {
    match section {
        Section::BeforeAfter | Section::Gap => {}
        Section::Moves => {
            field("Moves, in percent", &mut state.moves)
                .hint("±2, 4, 8, 16, 32, if left empty")
                .show(ui, &FieldNote::note("Your own, like -3 -7.5 12"));
        }
        Section::Funding => {
            number(
                "Funding rate of one interval",
                &mut state.rate,
                Unit::Percent,
                "%",
            )
            .hint("0.01, if left empty")
            .show(ui, FieldNote::note("A long pays it, a short receives it"));
        }
        Section::Together => {
            let mut symbols = vec![revealed.ticket().symbol.to_string()];
            symbols.extend(
                revealed
                    .account()
                    .positions
                    .iter()
                    .map(|p| p.symbol.clone()),
            );
            symbols.sort();
            symbols.dedup();
            for symbol in symbols {
                let typed = state.betas.entry(symbol.clone()).or_default();
                number(&format!("{symbol} moves by"), typed, Unit::Leverage, "x")
                    .hint("1x the common move, if left empty")
                    .show(ui, FieldNote::Nothing);
            }
        }
    }
}

//! Under the card: findings, the gravest first and few; sizes that fit; earlier decisions.

use egui::{Label, Ui};

use crate::app::Command;
use crate::audit::{Revealed, TicketChange};
use crate::interchange::venues::line_about;
use crate::record::Story;
use crate::review::mirror;
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::button::quiet;
use crate::ui::widgets::card::card;
use crate::ui::{Action, View, text};
use crate::wording::sizes::fits;
use crate::wording::{reveal, reveal_notes, warning};

pub(super) fn below(ui: &mut Ui, view: &View<'_>, revealed: &Revealed) -> Option<Action> {
    at_the_entry(ui, view, revealed);
    findings(ui, revealed);
    let action = if revealed.ticket().adds() {
        sizes(ui, revealed)
    } else {
        None
    };
    if let Some(venue) = line_about(revealed) {
        ui.add(Label::new(text::note(ui, venue)).wrap());
    }
    ui.add(Label::new(text::faint(ui, reveal::ESTIMATES)).wrap());
    if let Some(words) = warning::beside_numbers(revealed) {
        ui.add(Label::new(text::faint(ui, words)).wrap());
    }
    mirrored(ui, view, revealed);
    action
}

/// At a rescue, an increase, a switch or another open of a market that is held: what was written
/// at the entry.
fn at_the_entry(ui: &mut Ui, view: &View<'_>, revealed: &Revealed) {
    let Some(entrance) = view.app.state().entrance(revealed.ticket()) else {
        return;
    };
    card(ui, |ui| {
        ui.label(text::body(ui, reveal_notes::THESIS_OR_FEAR));
        if let Some(sealed) = entrance.sealed {
            let (when, words) = reveal_notes::written_then(sealed);
            ui.label(text::note(ui, when));
            ui.add(Label::new(text::body(ui, words)).wrap());
        } else {
            ui.label(text::note(ui, reveal_notes::NOTHING_AT_THE_ENTRY));
        }
    });
    ui.add_space(space::HALF);
}

fn findings(ui: &mut Ui, revealed: &Revealed) {
    for (lead, rest) in reveal_notes::findings(revealed) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            let lead = text::body(ui, lead).color(Palette::of(ui).attention);
            ui.label(lead);
            ui.label(text::body(ui, rest));
        });
    }
}

fn sizes(ui: &mut Ui, revealed: &Revealed) -> Option<Action> {
    let mut action = None;
    let ticket = revealed.ticket();
    for fit in fits(revealed.assessment(), ticket, revealed.answers()) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::ONE;
            ui.label(text::second(ui, fit.words));
            if let Some((mode, quantity, margin)) = fit.take
                && quiet(ui, &fit.button).clicked()
            {
                action = Some(Action::Do(Command::Lower(TicketChange {
                    mode,
                    quantity,
                    margin,
                })));
            }
        });
    }
    action
}

fn mirrored(ui: &mut Ui, view: &View<'_>, revealed: &Revealed) {
    let pause = revealed.sealed().pause();
    let alike: Vec<&Story> = mirror(view.app.state(), pause.ticket(), pause.state());
    if alike.is_empty() {
        return;
    }
    ui.add_space(space::ONE);
    card(ui, |ui| {
        ui.label(text::note(ui, reveal_notes::HERE_BEFORE));
        for (words, line) in alike.into_iter().filter_map(reveal_notes::earlier) {
            ui.add_space(space::HALF);
            ui.add(Label::new(text::body(ui, words)).wrap());
            ui.add(Label::new(text::note(ui, line)).wrap());
        }
    });
}

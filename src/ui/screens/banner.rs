//! What stands above every screen when something is out of the ordinary: NOT SAVED, a
//! journal that is not whole, a second window.

use std::path::PathBuf;

use egui::{Frame, Label, Margin, Ui};

use crate::app::{Command, NotSaved, Saving};
use crate::journal::Finding;
use crate::ui::tokens::{Palette, measure, space};
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::card::column;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::{Action, View, text};
use crate::wording::audit_end::why_not_saved;
use crate::wording::text::sentence;

/// What is typed into the banner.
#[derive(Debug, Default)]
pub(crate) struct BannerState {
    /// Why the last command was not carried out.
    pub(crate) refusal: Option<String>,
    elsewhere: String,
    hidden: bool,
}

/// Shows what is out of the ordinary; nothing where nothing is.
pub(crate) fn banner_ui(ui: &mut Ui, view: &View<'_>, state: &mut BannerState) -> Option<Action> {
    let mut action = None;
    let findings = view.app.findings();
    let lost = findings
        .iter()
        .any(|finding| matches!(finding, Finding::Loss(_)));
    // That history begins here is news where it had begun before.
    let swapped = findings.iter().any(|f| matches!(f, Finding::Swapped(_)));
    let shown: Vec<&Finding> = findings
        .iter()
        .filter(|f| swapped || !matches!(f, Finding::Created))
        .filter(|_| lost || !state.hidden)
        .collect();
    if let Saving::NotSaved(not_saved) = view.app.saving() {
        framed(ui, |ui| action = not_saved_ui(ui, not_saved, &shown, state));
    }
    if let Some(refusal) = state.refusal.clone() {
        framed(ui, |ui| {
            let words = text::body(ui, refusal);
            text::announced(ui, words);
            if quiet(ui, "Close").clicked() {
                state.refusal = None;
            }
        });
    }
    if !shown.is_empty() {
        framed(ui, |ui| {
            for finding in shown {
                let words = text::body(ui, finding.to_string());
                text::announced(ui, words);
            }
            ui.horizontal_wrapped(|ui| {
                if lost {
                    if plain("Restore a backup…").show(ui).clicked() {
                        action = Some(Action::ToBackups);
                    }
                    if plain("Go on without what is missing").show(ui).clicked() {
                        action = Some(Action::Do(Command::AcceptLoss));
                    }
                } else if quiet(ui, "Close").clicked() {
                    state.hidden = true;
                }
            });
        });
    }
    action
}

fn framed(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.add_space(space::TWO);
    column(ui, measure::WIDE, |ui| {
        let p = *Palette::of(ui);
        Frame::new()
            .fill(p.card)
            .stroke((1.5, p.attention))
            .corner_radius(measure::CARD_RADIUS)
            .inner_margin(Margin::symmetric(20, 16))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                content(ui);
            });
    });
}

fn not_saved_ui(
    ui: &mut Ui,
    not_saved: &NotSaved,
    shown: &[&Finding],
    state: &mut BannerState,
) -> Option<Action> {
    let mut action = None;
    let p = *Palette::of(ui);
    let lead = text::sentence(ui, "NOT SAVED").color(p.attention);
    text::announced(ui, lead);
    if let Some(why) = why_not_saved(&not_saved.why, shown) {
        ui.add(Label::new(text::body(ui, why)).wrap());
    }
    ui.add(Label::new(text::second(ui, "Everything you wrote is still here.")).wrap());
    ui.add_space(space::HALF);
    ui.horizontal_wrapped(|ui| {
        if plain("Try again").show(ui).clicked() {
            action = Some(Action::Do(Command::TryAgain));
        }
        if plain("Copy it").show(ui).clicked() {
            action = Some(Action::Copy(not_saved.text.clone()));
        }
    });
    ui.horizontal_wrapped(|ui| {
        let width = (ui.available_width() - 190.0).max(160.0);
        let under = match &not_saved.elsewhere {
            Some(Ok(path)) => FieldNote::note(format!(
                "A copy lies at {}. It is not in the journal yet.",
                path.display()
            )),
            Some(Err(why)) => FieldNote::Wrong(sentence(why)),
            None => FieldNote::Nothing,
        };
        field("Save a copy as", &mut state.elsewhere)
            .hint("a full path, like /home/me/audit.txt")
            .width(width)
            .show(ui, &under);
        let named = !state.elsewhere.trim().is_empty();
        ui.vertical(|ui| {
            ui.add_space(space::THREE);
            if plain("Save a copy").enabled(named).show(ui).clicked() {
                let path = PathBuf::from(state.elsewhere.trim());
                action = Some(Action::Do(Command::SaveElsewhere(path)));
            }
        });
    });
    action
}

//! The first view: how she is, one key each, before any number.

use egui::{Label, Role, Ui, Vec2};

use super::{AuditState, step_bar};
use crate::audit::{Arousal, Step, Tag};
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::card::column;
use crate::ui::widgets::choice::{Mark, segment, toggle};
use crate::ui::widgets::foot::with_bar;
use crate::ui::{Action, UiCommand, View, text};

pub(super) fn state_ui(ui: &mut Ui, view: &View<'_>, state: &mut AuditState) -> Option<Action> {
    let entering = state.entering();
    keys(view, state);
    with_bar(
        ui,
        state,
        |ui, state| {
            let top = (ui.available_height() * 0.12).clamp(space::THREE, 110.0);
            ui.add_space(top);
            column(ui, measure::FORM, |ui| content(ui, state, entering));
            None
        },
        |ui, state| {
            let ready = state
                .draft
                .as_ref()
                .is_some_and(|draft| draft.arousal.is_some());
            if step_bar(ui, state, "Next", ready) {
                state.turn_to(Step::Ticket);
            }
            None
        },
    )
}

fn keys(view: &View<'_>, state: &mut AuditState) {
    let Some(draft) = &mut state.draft else {
        return;
    };
    for command in view.pressed {
        match command {
            UiCommand::Arousal(arousal) => draft.arousal = Some(*arousal),
            UiCommand::Tag(tag) => draft.toggle(*tag),
            _ => continue,
        }
        state.edited = true;
    }
}

fn content(ui: &mut Ui, state: &mut AuditState, entering: bool) {
    let Some(draft) = &mut state.draft else {
        return;
    };
    text::show_heading(ui, "How are you right now?");
    let held = UiCommand::held_for_answers(ui.ctx());
    let words = format!("Before any number. {held} and one key each; only you read this.");
    ui.add(Label::new(text::second(ui, words)).wrap());
    ui.add_space(space::THREE);
    ui.label(text::note(ui, "How much is your body in it?"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::ONE);
        for arousal in Arousal::ALL {
            let on = draft.arousal == Some(arousal);
            let key = UiCommand::Arousal(arousal).sign();
            let response = segment(
                ui,
                arousal.word(),
                Some(key),
                on,
                Mark::Plain,
                Role::RadioButton,
            );
            if entering && arousal.get() == 0 {
                response.request_focus();
            }
            if response.clicked() {
                draft.arousal = Some(arousal);
                state.edited = true;
            }
        }
    });
    ui.add_space(space::THREE);
    ui.label(text::note(ui, "What is behind it? As many as are true."));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::ONE);
        for tag in Tag::ALL {
            let mut on = draft.tags.contains(&tag);
            let key = UiCommand::Tag(tag).sign();
            if toggle(ui, tag.words(), Some(key), &mut on).clicked() {
                draft.toggle(tag);
                state.edited = true;
            }
        }
    });
}

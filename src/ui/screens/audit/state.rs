//! The first view: how she is, one key each, before any number.

use egui::{Key, Label, Modifiers, Role, Ui, Vec2};

use super::{AuditState, LeavePrompt, step_bar};
use crate::audit::{Arousal, Step, Tag};
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::card::column;
use crate::ui::widgets::choice::{Mark, segment, toggle};
use crate::ui::widgets::foot::with_bar;
use crate::ui::{Action, View, text};

const DIGITS: [Key; 5] = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4];

/// Shows it.
pub(super) fn state_ui(ui: &mut Ui, _view: &View<'_>, state: &mut AuditState) -> Option<Action> {
    let entering = state.entering();
    if state.walking != LeavePrompt::Asked {
        keys(ui, state);
    }
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

fn keys(ui: &Ui, state: &mut AuditState) {
    let Some(draft) = &mut state.draft else {
        return;
    };
    ui.input_mut(|input| {
        for (key, arousal) in DIGITS.into_iter().zip(Arousal::ALL) {
            if input.consume_key(Modifiers::NONE, key) {
                draft.arousal = Some(arousal);
            }
        }
        for tag in Tag::ALL {
            let key = Key::from_name(&tag.key().to_string());
            if key.is_some_and(|key| input.consume_key(Modifiers::NONE, key))
                && !draft.tags.remove(&tag)
            {
                draft.tags.insert(tag);
            }
        }
    });
}

fn content(ui: &mut Ui, state: &mut AuditState, entering: bool) {
    let Some(draft) = &mut state.draft else {
        return;
    };
    text::show_heading(ui, "How are you right now?");
    ui.add(
        Label::new(text::second(
            ui,
            "Before any number. One key each; only you read this.",
        ))
        .wrap(),
    );
    ui.add_space(space::THREE);
    ui.label(text::note(ui, "How much is your body in it?"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::ONE);
        for arousal in Arousal::ALL {
            let on = draft.arousal == Some(arousal);
            let key = arousal.get().to_string();
            let response = segment(
                ui,
                arousal.word(),
                Some(&key),
                on,
                Mark::Plain,
                Role::RadioButton,
            );
            if entering && arousal.get() == 0 {
                response.request_focus();
            }
            if response.clicked() {
                draft.arousal = Some(arousal);
            }
        }
    });
    ui.add_space(space::THREE);
    ui.label(text::note(ui, "What is behind it? As many as are true."));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::ONE);
        for tag in Tag::ALL {
            let mut on = draft.tags.contains(&tag);
            if toggle(ui, tag.words(), Some(&tag.key().to_string()), &mut on).clicked() {
                if on {
                    draft.tags.insert(tag);
                } else {
                    draft.tags.remove(&tag);
                }
            }
        }
    });
}

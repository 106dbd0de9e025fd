//! A labelled field, and under it what was understood or what is wrong.

use egui::{Frame, Id, Margin, Response, Stroke, TextEdit, Ui};

use crate::ui::text;
use crate::ui::tokens::{Palette, measure, space};

/// What stands under a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum FieldNote {
    #[default]
    Nothing,
    /// What was understood, or what the field is for.
    Note(String),
    /// What is wrong with it, and what to write instead.
    Wrong(String),
}

impl FieldNote {
    /// A note, from anything that reads as text.
    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self::Note(text.into())
    }
}

#[derive(Debug)]
pub(crate) struct TextField<'a> {
    label: &'a str,
    text: &'a mut String,
    id: Option<Id>,
    hint: String,
    rows: usize,
    width: Option<f32>,
    label_hidden: bool,
}

/// A field with its label above it.
pub(crate) fn field<'a>(label: &'a str, text: &'a mut String) -> TextField<'a> {
    TextField {
        label,
        text,
        id: None,
        hint: String::new(),
        rows: 1,
        width: None,
        label_hidden: false,
    }
}

impl TextField<'_> {
    /// A lasting id, so that the focus can be sent here.
    pub(crate) fn id(self, id: Id) -> Self {
        Self {
            id: Some(id),
            ..self
        }
    }

    /// Grey words inside the empty field.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: hint.into(),
            ..self
        }
    }

    pub(crate) fn rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    /// A width other than all there is.
    pub(crate) fn width(self, width: f32) -> Self {
        Self {
            width: Some(width),
            ..self
        }
    }

    /// The name is spoken but not drawn: the heading above says it.
    pub(crate) fn label_hidden(self) -> Self {
        Self {
            label_hidden: true,
            ..self
        }
    }

    /// Shows label, field, and what stands under it. The answer is the field's.
    pub(crate) fn show(self, ui: &mut Ui, under: &FieldNote) -> Response {
        let Self {
            label,
            text,
            id,
            hint,
            rows,
            width,
            label_hidden,
        } = self;
        let p = *Palette::of(ui);
        let width = width
            .unwrap_or(ui.available_width())
            .min(ui.available_width());
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::HALF + 2.0;
            if !label_hidden {
                ui.label(text::note(ui, label));
            }
            let wrong = matches!(under, FieldNote::Wrong(_));
            let id = id.unwrap_or_else(|| ui.next_auto_id().with(label));
            let focused = ui.memory(|m| m.has_focus(id));
            let stroke = if focused {
                Stroke::new(measure::RING, p.isolated)
            } else if wrong {
                Stroke::new(1.5, p.attention)
            } else {
                Stroke::NONE
            };
            let margin = if rows > 1 {
                Margin::symmetric(16, 14)
            } else {
                Margin::symmetric(14, 10)
            };
            let frame = Frame::new()
                .fill(p.field)
                .corner_radius(if rows > 1 { 12 } else { measure::RADIUS })
                .inner_margin(margin);
            let edit = if rows > 1 {
                TextEdit::multiline(text)
            } else {
                TextEdit::singleline(text).align(egui::Align2::LEFT_CENTER)
            };
            let response = ui.add(
                edit.id(id)
                    .frame(frame)
                    .hint_text(egui::RichText::new(hint).color(p.third))
                    .desired_rows(rows)
                    .desired_width(width)
                    .char_limit(4_000),
            );
            if stroke != Stroke::NONE {
                ui.painter().rect_stroke(
                    response.rect,
                    measure::RADIUS,
                    stroke,
                    egui::StrokeKind::Middle,
                );
            }
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_label(label);
                if let FieldNote::Wrong(why) | FieldNote::Note(why) = under {
                    node.set_description(why.as_str());
                }
                if wrong {
                    node.set_invalid(egui::accesskit::Invalid::True);
                }
            });
            match under {
                FieldNote::Nothing => {}
                FieldNote::Note(note) => {
                    ui.add(egui::Label::new(text::note(ui, note)).wrap());
                }
                FieldNote::Wrong(why) => {
                    let words = text::note(ui, why).color(p.attention);
                    text::announced(ui, words);
                }
            }
            response
        })
        .inner
    }
}

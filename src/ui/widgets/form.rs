//! Any form: its fields in order, with what is wrong beside each.

use egui::{Label, Ui};

use super::button::{plain, primary, quiet};
use super::choice::{Mark, one_of};
use super::field::{FieldNote, field};
use super::number::number;
use crate::app::form::{Form, HandedIn};
use crate::input::{FieldError, FieldSchema, Reads};
use crate::market::Symbol;
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::columns::two;
use crate::ui::{UiCommand, View, text};

/// What a form has come to in this frame.
#[derive(Debug)]
pub(crate) enum FormDone {
    /// It is still open.
    No,
    /// It is left without anything.
    Back,
    /// It was read.
    HandedIn(HandedIn),
}

/// Shows a form. Where it is handed in and does not stand, what is wrong is put into `errors`.
pub(crate) fn form_ui(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut impl Form,
    errors: &mut Vec<FieldError>,
) -> FormDone {
    let Some(above) = form.heading(view.app) else {
        return FormDone::Back;
    };
    text::show_heading(ui, &above.heading);
    for words in above.about {
        ui.add(Label::new(text::second(ui, words)).wrap());
    }
    let mut schema = form.schema(view.app);
    schema.retain(|field| field.shown);
    for row in schema.chunk_by(|_, next| next.beside) {
        ui.add_space(space::ONE);
        row_ui(ui, form, row, errors);
    }
    // What is wrong with no field that is shown.
    for error in errors.iter() {
        if !schema.iter().any(|shown| shown.field == error.field) {
            let words = text::body(ui, &error.problem).color(Palette::of(ui).attention);
            text::announced(ui, words);
        }
    }
    match save_or_back(ui, view) {
        Some(true) => match form.hand_in(view.app) {
            Ok(handed_in) => FormDone::HandedIn(handed_in),
            Err(wrong) => {
                *errors = wrong;
                FormDone::No
            }
        },
        Some(false) => FormDone::Back,
        None => FormDone::No,
    }
}

fn row_ui(ui: &mut Ui, form: &mut impl Form, row: &[FieldSchema], errors: &mut Vec<FieldError>) {
    match row {
        [left, right] => two(ui, |ui, is_right| {
            field_ui(ui, form, if is_right { right } else { left }, errors);
        }),
        row => {
            for field in row {
                field_ui(ui, form, field, errors);
            }
        }
    }
    for field in row {
        offered_ui(ui, form, field, errors);
        for words in &field.beneath {
            ui.add(Label::new(text::faint(ui, words)).wrap());
        }
    }
}

fn field_ui(ui: &mut Ui, form: &mut impl Form, schema: &FieldSchema, errors: &mut Vec<FieldError>) {
    let FieldSchema { label, hint, .. } = schema;
    let wrong = errors.iter().find(|error| error.field == schema.field);
    let under = match wrong {
        Some(error) => FieldNote::Wrong(error.problem.clone()),
        None if schema.note.is_empty() => FieldNote::Nothing,
        None => FieldNote::note(&schema.note),
    };
    let value = form.value_mut();
    let changed = match &schema.reads {
        Reads::Text { rows, .. } => {
            let edit = field(label, value.text_mut(schema.field));
            let response = edit.hint(hint).rows(*rows).show(ui, &under);
            if schema.first && ui.memory(|m| m.focused().is_none()) {
                response.request_focus();
            }
            response.changed()
        }
        Reads::Market { collateral } => {
            let text = value.text_mut(schema.field);
            let read = Symbol::read(text, collateral).filter(|_| under == FieldNote::Nothing);
            let under = read.map_or(under, |symbol| FieldNote::note(symbol.to_string()));
            field(label, text).hint(hint).show(ui, &under).changed()
        }
        Reads::Number {
            unit,
            suffix,
            within,
            ..
        } => number(label, value.text_mut(schema.field), *unit, suffix)
            .within(*within)
            .hint(hint)
            .show(ui, under)
            .changed(),
        Reads::Choice(options) => {
            let options: Vec<_> = options.iter().map(|o| (o.as_str(), Mark::Plain)).collect();
            choice_ui(ui, form, schema, &options, &under)
        }
        Reads::Side => {
            let options = [("Long", Mark::Plain), ("Short", Mark::Plain)];
            choice_ui(ui, form, schema, &options, &under)
        }
        Reads::Mode => {
            let options = [("Isolated", Mark::Disc), ("Cross", Mark::Square)];
            choice_ui(ui, form, schema, &options, &under)
        }
    };
    if changed {
        errors.retain(|error| error.field != schema.field);
    }
}

fn choice_ui(
    ui: &mut Ui,
    form: &mut impl Form,
    schema: &FieldSchema,
    options: &[(&str, Mark)],
    under: &FieldNote,
) -> bool {
    let options: Vec<_> = (0..)
        .zip(options)
        .map(|(place, (words, mark))| (place, *words, *mark))
        .collect();
    let mut chosen = form.value().chosen(schema.field);
    let changed = one_of(ui, &schema.label, &options, &mut chosen);
    if let (true, Some(place)) = (changed, chosen) {
        form.value_mut().choose(schema.field, place);
    }
    match under {
        FieldNote::Nothing => {}
        FieldNote::Note(note) => {
            ui.add(Label::new(text::faint(ui, note)).wrap());
        }
        FieldNote::Wrong(why) => {
            text::announced(ui, text::note(ui, why).color(Palette::of(ui).attention));
        }
    }
    changed
}

/// What is offered for a field of words while none are written, one press each.
fn offered_ui(
    ui: &mut Ui,
    form: &mut impl Form,
    schema: &FieldSchema,
    errors: &mut Vec<FieldError>,
) {
    let Reads::Text { offered, .. } = &schema.reads else {
        return;
    };
    if offered.is_empty() || !form.value().is_empty(schema.field) {
        return;
    }
    ui.add_space(space::ONE);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TWO;
        for words in offered {
            if quiet(ui, words).clicked() {
                form.value_mut().write(schema.field, words);
                form.follow_on(schema.field);
                errors.retain(|error| error.field != schema.field);
            }
        }
    });
}

/// The form's two buttons: whether it is to be saved, or left.
fn save_or_back(ui: &mut Ui, view: &View<'_>) -> Option<bool> {
    ui.add_space(space::TWO);
    ui.horizontal_wrapped(|ui| {
        let saved = primary("Save").does(UiCommand::Confirm).show(ui).clicked();
        let back = plain("Back").does(UiCommand::Cancel).show(ui).clicked();
        if saved || view.asks(UiCommand::Confirm) {
            Some(true)
        } else {
            back.then_some(false)
        }
    })
    .inner
}

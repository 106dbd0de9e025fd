//! Any form: its fields in order, with what is wrong beside each.

use egui::{Label, Response, Ui};

use super::button::{plain, primary, quiet};
use super::choice::{Mark, one_of_possible};
use super::field::{FieldNote, field};
use super::number::number;
use crate::app::App;
use crate::app::form::{Form, HandedIn};
use crate::input::{FieldError, FieldSchema, FormValue, MODES, Reads, SIDES};
use crate::market::Symbol;
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::columns::two;
use crate::ui::{UiCommand, View, text};
use crate::wording::words;

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
        row_ui(ui, view.app, form, row, errors);
    }
    let is_shown = |error: &&FieldError| schema.iter().any(|shown| shown.field == error.field);
    errors_ui(ui, errors.iter().filter(|error| !is_shown(error)));
    match save_or_back(ui, view, "Save") {
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

fn row_ui(
    ui: &mut Ui,
    app: &App,
    form: &mut impl Form,
    row: &[FieldSchema],
    errors: &mut Vec<FieldError>,
) {
    match row {
        [left, right] => two(ui, |ui, is_right| {
            one_ui(ui, app, form, if is_right { right } else { left }, errors);
        }),
        row => {
            for field in row {
                one_ui(ui, app, form, field, errors);
            }
        }
    }
    for field in row {
        offered_ui(ui, app, form, field, errors);
        for words in &field.beneath {
            ui.add(Label::new(text::faint(ui, words)).wrap());
        }
    }
}

/// Shows one field of a form, where a screen has a layout of its own.
pub(crate) fn one_ui(
    ui: &mut Ui,
    app: &App,
    form: &mut impl Form,
    schema: &FieldSchema,
    errors: &mut Vec<FieldError>,
) -> Response {
    let response = field_ui(ui, form.value_mut(), schema, errors);
    if response.changed() {
        form.follow_on(app, schema.field);
    }
    response
}

/// Shows one field, with what is wrong with it beneath it.
pub(crate) fn field_ui(
    ui: &mut Ui,
    value: &mut FormValue,
    schema: &FieldSchema,
    errors: &mut Vec<FieldError>,
) -> Response {
    let FieldSchema { label, hint, .. } = schema;
    let wrong = errors.iter().find(|error| error.field == schema.field);
    let under = match wrong {
        Some(error) => FieldNote::Wrong(error.problem.clone()),
        None if schema.note.is_empty() => FieldNote::Nothing,
        None => FieldNote::note(&schema.note),
    };
    let response = match &schema.reads {
        Reads::Text { rows, .. } => {
            let edit = field(label, value.text_mut(schema.field));
            edit.hint(hint).rows(*rows).show(ui, &under)
        }
        Reads::Market { collateral } => {
            let text = value.text_mut(schema.field);
            let read = Symbol::read(text, collateral).filter(|_| under == FieldNote::Nothing);
            let under = read.map_or(under, |symbol| FieldNote::note(symbol.to_string()));
            field(label, text).hint(hint).show(ui, &under)
        }
        Reads::Number {
            unit,
            suffix,
            within,
            ..
        } => number(label, value.text_mut(schema.field), *unit, suffix)
            .within(*within)
            .hint(hint)
            .show(ui, under),
        Reads::Choice(options) => {
            let options: Vec<_> = options.iter().map(|o| (o.as_str(), Mark::Plain)).collect();
            choice_ui(ui, value, schema, &options, &under)
        }
        Reads::Side => {
            let options = SIDES.map(|side| (words::side_heading(side), Mark::Plain));
            choice_ui(ui, value, schema, &options, &under)
        }
        Reads::Mode => {
            let options = MODES.map(|mode| (words::mode_heading(mode), Mark::of(mode)));
            choice_ui(ui, value, schema, &options, &under)
        }
    };
    if schema.first && ui.memory(|m| m.focused().is_none()) {
        response.request_focus();
    }
    if response.changed() {
        errors.retain(|error| error.field != schema.field);
    }
    response
}

fn choice_ui(
    ui: &mut Ui,
    value: &mut FormValue,
    schema: &FieldSchema,
    options: &[(&str, Mark)],
    under: &FieldNote,
) -> Response {
    let options: Vec<_> = (0..)
        .zip(options)
        .map(|(place, (words, mark))| (place, *words, *mark))
        .collect();
    let mut chosen = value.chosen(schema.field).or(schema.usual);
    let (changed, first) = one_of_possible(ui, &schema.label, &options, &mut chosen, |_| true);
    let mut response = first.unwrap_or_else(|| ui.response());
    if let (true, Some(place)) = (changed, chosen) {
        value.choose(schema.field, place);
        response.mark_changed();
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
    response
}

/// What is offered for a field of words or a market while nothing is written, one press each.
pub(crate) fn offered_ui(
    ui: &mut Ui,
    app: &App,
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
                form.follow_on(app, schema.field);
                errors.retain(|error| error.field != schema.field);
            }
        }
    });
}

/// What is wrong, where no field shows it.
pub(crate) fn errors_ui<'a>(ui: &mut Ui, errors: impl Iterator<Item = &'a FieldError>) {
    for error in errors {
        let words = text::body(ui, &error.problem).color(Palette::of(ui).attention);
        text::announced(ui, words);
    }
}

/// A form's two buttons: whether it is to be saved, or left.
pub(crate) fn save_or_back(ui: &mut Ui, view: &View<'_>, save: &str) -> Option<bool> {
    ui.add_space(space::TWO);
    ui.horizontal_wrapped(|ui| {
        let saved = primary(save).does(UiCommand::Confirm).show(ui).clicked();
        let back = plain("Back").does(UiCommand::Cancel).show(ui).clicked();
        if saved || view.asks(UiCommand::Confirm) {
            Some(true)
        } else {
            back.then_some(false)
        }
    })
    .inner
}

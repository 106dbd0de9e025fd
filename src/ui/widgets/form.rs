//! Any form: its fields in order, with what is wrong beside each.

use std::any::type_name;

use egui::{Id, Label, Rect, Response, Ui, Vec2};

use super::button::{PressButton, plain, primary, quiet};
use super::choice::{Mark, one_of_possible, toggle};
use super::field::{FieldNote, field};
use super::number::number;
use crate::app::App;
use crate::app::form::{Form, HandedIn, spelled, understood};
use crate::input::{Field, FieldError, FieldSchema, FormValue, MODES, Reads, SIDES, read_days};
use crate::promises::{Days, WEEK};
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
    HandedIn(HandedIn),
}

/// Shows a form that is saved. Where it is handed in and does not stand, what is wrong is put into
/// `errors`.
pub(crate) fn form_ui(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut impl Form,
    errors: &mut Vec<FieldError>,
) -> FormDone {
    form_and(ui, view, form, errors, primary("Save"), |_, _| None)
}

/// Shows a form with what it comes to before its buttons. Where that is to be seen first, the
/// answer of `before` is where it stands.
pub(crate) fn form_and<F: Form>(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut F,
    errors: &mut Vec<FieldError>,
    button: PressButton<'_>,
    before: impl FnOnce(&mut Ui, &F) -> Option<Response>,
) -> FormDone {
    let Some(above) = form.heading(view.app) else {
        return FormDone::Back;
    };
    text::show_heading(ui, &above.heading);
    for words in above.about {
        ui.add(Label::new(text::second(ui, words)).wrap());
    }
    fields_ui(ui, view, form, errors);
    ui.add_space(space::TWO);
    let seen = before(ui, form);
    match ends_ui(ui, view, button, "Back", seen.as_ref()).0 {
        Some(true) => {}
        Some(false) => return FormDone::Back,
        None => return FormDone::No,
    }
    match form.hand_in(view.app) {
        Ok(handed_in) => FormDone::HandedIn(handed_in),
        Err(wrong) => {
            *errors = wrong;
            to_first_wrong(ui, errors);
            FormDone::No
        }
    }
}

/// The first field that is wrong gets the focus.
pub(crate) fn to_first_wrong(ui: &Ui, errors: &[FieldError]) {
    if let Some(first) = errors.first() {
        send_focus(ui, first.field);
    }
}

/// A field gets the focus once it is drawn.
pub(crate) fn send_focus(ui: &Ui, field: Field) {
    ui.data_mut(|data| data.insert_temp(focus_id(), Some(field)));
    ui.ctx().request_repaint();
}

/// Where the field waits that gets the focus in the next frame.
fn focus_id() -> Id {
    Id::unique("field that gets the focus")
}

/// Shows the fields of a form, each with what is wrong beside it. The first one gets the focus when
/// the form opens.
pub(crate) fn fields_ui<F: Form>(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut F,
    errors: &mut Vec<FieldError>,
) {
    let mut schema = form.schema(view.app);
    schema.retain(|field| field.shown);
    let sent = ui.data_mut(|data| data.remove_temp::<Option<Field>>(focus_id()));
    let focus = match schema.first() {
        Some(first) if opens(ui, type_name::<F>()) => Some((first.field, ui.min_rect())),
        _ => sent.flatten().map(|field| (field, Rect::NOTHING)),
    };
    let mut changed = false;
    for row in schema.chunk_by(|_, next| next.beside) {
        ui.add_space(space::ONE);
        changed |= row_ui(ui, view.app, form, row, errors, focus).is_some();
    }
    if changed && !errors.is_empty() {
        // What was wrong with a field may have been mended in another.
        let wrong = form.hand_in(view.app).err().unwrap_or_default();
        errors.retain(|error| wrong.contains(error));
    }
    let is_shown = |error: &&FieldError| schema.iter().any(|shown| shown.field == error.field);
    errors_ui(ui, errors.iter().filter(|error| !is_shown(error)));
}

/// Whether a form was not shown in the frame before.
fn opens(ui: &Ui, name: &str) -> bool {
    let (id, now) = (ui.scope_id().with(name), ui.ctx().cumulative_pass_nr());
    let before: Option<u64> = ui.data(|data| data.get_temp(id));
    ui.data_mut(|data| data.insert_temp(id, now));
    before.is_none_or(|before| before.saturating_add(1) < now)
}

/// Shows the fields that stand beside each other, where a screen has a layout of its own. Answers
/// which of them changed.
pub(crate) fn row_ui(
    ui: &mut Ui,
    app: &App,
    form: &mut impl Form,
    row: &[FieldSchema],
    errors: &mut Vec<FieldError>,
    focus: Option<(Field, Rect)>,
) -> Option<Field> {
    let mut changed = None;
    let mut one = |ui: &mut Ui, schema: &FieldSchema| {
        let response = field_ui(ui, form.value_mut(), schema, errors);
        if response.changed() {
            form.follow_on(app, schema.field);
            changed = Some(schema.field);
        }
        if let Some((_, above)) = focus.filter(|(field, _)| *field == schema.field) {
            response.request_focus();
            // With its label.
            let with_label = response.rect.expand(space::THREE);
            ui.scroll_to_rect(with_label.union(above), None);
        }
    };
    match row {
        [left, right] => two(ui, |ui, is_right| {
            one(ui, if is_right { right } else { left });
        }),
        row => {
            for field in row {
                one(ui, field);
            }
        }
    }
    for field in row {
        if offered_ui(ui, form.value_mut(), field) {
            form.follow_on(app, field.field);
            errors.retain(|error| error.field != field.field);
            changed = Some(field.field);
        }
        for words in &field.beneath {
            ui.add(Label::new(text::faint(ui, words)).wrap());
        }
    }
    changed
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
    let mut text = value.text(schema.field).to_owned();
    let response = match &schema.reads {
        Reads::Text { rows, .. } => {
            let edit = field(label, &mut text);
            edit.hint(hint).rows(*rows).show(ui, &under)
        }
        Reads::Market { .. } | Reads::Length | Reads::TimeOfDay => {
            let read = understood(&schema.reads, &text).ok();
            let read = read.filter(|_| under == FieldNote::Nothing);
            let under = read.map_or(under, FieldNote::note);
            field(label, &mut text).hint(hint).show(ui, &under)
        }
        Reads::Days => days_ui(ui, label, &mut text, &under),
        Reads::Number {
            unit,
            suffix,
            within,
            ..
        } => {
            let mut edit = number(label, &mut text, *unit, suffix);
            if schema.spoken {
                edit = edit.label_hidden();
            }
            edit.within(*within).hint(hint).show(ui, under)
        }
        Reads::Choice(options) => {
            let options: Vec<_> = options.iter().map(|o| (o.as_str(), Mark::Plain)).collect();
            choice_ui(ui, value, schema, &options, &under)
        }
        Reads::Position(options) => {
            let options = options.iter().map(|o| (o.name.as_str(), Mark::of(o.mode)));
            choice_ui(ui, value, schema, &options.collect::<Vec<_>>(), &under)
        }
        Reads::Side => {
            let options = SIDES.map(|side| (words::side_heading(side), Mark::Plain));
            choice_ui(ui, value, schema, &options, &under)
        }
        Reads::Mode => {
            let options = MODES.map(|mode| (words::mode_heading(mode), Mark::of(mode)));
            choice_ui(ui, value, schema, &options, &under)
        }
        Reads::OneMore { add, remove } => one_more_ui(ui, value, schema, add, remove),
    };
    if response.changed() {
        if text != value.text(schema.field) {
            value.write(schema.field, text);
        }
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
    let (changed, first) = one_of_possible(ui, &schema.label, &options, &mut chosen, |place| {
        !schema.closed.contains(&place)
    });
    let mut response = first.unwrap_or_else(|| ui.response());
    if let (true, Some(place)) = (changed, chosen) {
        value.choose(schema.field, place);
        response.mark_changed();
    }
    under_ui(ui, under);
    response
}

fn under_ui(ui: &mut Ui, under: &FieldNote) {
    match under {
        FieldNote::Nothing => {}
        FieldNote::Note(note) => {
            ui.add(Label::new(text::faint(ui, note)).wrap());
        }
        FieldNote::Wrong(why) => {
            text::announced(ui, text::note(ui, why).color(Palette::of(ui).attention));
        }
    }
}

/// The days of the week, each on or off.
fn days_ui(ui: &mut Ui, label: &str, typed: &mut String, under: &FieldNote) -> Response {
    let days = read_days(typed).map_or_else(|_| Days::default(), Days::from);
    ui.label(text::note(ui, label));
    let mut first: Option<Response> = None;
    let mut toggled = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::ONE);
        for day in WEEK {
            let mut on = days.has(day);
            let response = toggle(ui, &day.to_string(), None, &mut on);
            if response.clicked() {
                toggled = Some(days.with(day, on));
            }
            first.get_or_insert(response);
        }
    });
    let mut response = first.unwrap_or_else(|| ui.response());
    if let Some(days) = toggled {
        *typed = spelled(days);
        response.mark_changed();
    }
    under_ui(ui, under);
    response
}

fn one_more_ui(
    ui: &mut Ui,
    value: &mut FormValue,
    schema: &FieldSchema,
    add: &str,
    remove: &str,
) -> Response {
    let has = value.has(schema.field);
    let mut pressed = if has {
        ui.add(Label::new(text::strong(ui, &schema.label)).wrap());
        quiet(ui, remove)
    } else {
        plain(add).show(ui)
    };
    if pressed.clicked() {
        value.choose(schema.field, usize::from(!has));
        pressed.mark_changed();
    }
    pressed
}

/// What is offered for a field while nothing is written in it, one press each: whether one was
/// pressed.
fn offered_ui(ui: &mut Ui, value: &mut FormValue, schema: &FieldSchema) -> bool {
    let (Reads::Text { offered, .. } | Reads::Market { offered, .. }) = &schema.reads else {
        return false;
    };
    if offered.is_empty() || !value.is_empty(schema.field) {
        return false;
    }
    ui.add_space(space::ONE);
    let pressed = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TWO;
        let mut pressed = offered.iter();
        pressed.find(|words| quiet(ui, words).clicked())
    });
    if let Some(words) = pressed.inner {
        value.write(schema.field, words);
    }
    pressed.inner.is_some()
}

/// What is wrong, where no field shows it.
pub(crate) fn errors_ui<'a>(ui: &mut Ui, errors: impl Iterator<Item = &'a FieldError>) {
    for error in errors {
        let words = text::body(ui, error.to_string()).color(Palette::of(ui).attention);
        text::announced(ui, words);
    }
}

/// The two buttons of a form: whether it is handed in, or left; and the first of them. By its key
/// it is handed in once what it comes to has been `seen`: the first press brings that into view.
pub(crate) fn ends_ui(
    ui: &mut Ui,
    view: &View<'_>,
    hand_in: PressButton<'_>,
    leave: &str,
    seen: Option<&Response>,
) -> (Option<bool>, Response) {
    let (hand_in, leave) = ui
        .horizontal_wrapped(|ui| {
            let hand_in = hand_in.does(UiCommand::Confirm).show(ui);
            (hand_in, plain(leave).does(UiCommand::Cancel).show(ui))
        })
        .inner;
    let pressed = hand_in.clicked() || view.asks(UiCommand::Confirm);
    let unseen = seen.filter(|seen| !ui.clip_rect().contains_rect(seen.rect));
    let ends = match unseen.filter(|_| !hand_in.clicked()) {
        _ if leave.clicked() => Some(false),
        Some(unseen) if pressed => {
            // What gets the focus is scrolled to by itself, and what is over it comes along.
            if hand_in.has_focus() {
                ui.scroll_to_rect(unseen.rect.union(hand_in.rect), None);
            }
            hand_in.request_focus();
            None
        }
        _ => pressed.then_some(true),
    };
    (ends, hand_in)
}

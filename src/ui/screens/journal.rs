//! The journal: every audit that has ended, newest first, and the whole story of one.

use chrono::NaiveDate;
use egui::{Id, Key, Label, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo};

use crate::input::figures;
use crate::market::AuditId;
use crate::record::Story;
use crate::review;
use crate::ui::tokens::{Palette, measure, size, space};
use crate::ui::widgets::button::{focus_ring, primary, quiet};
use crate::ui::widgets::card::{column, titled};
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::{story, when, words};

const ROW: f32 = 66.0;

/// What the journal's screen holds between frames.
#[derive(Debug, Default)]
pub(crate) struct JournalState {
    query: String,
    found: Option<Found>,
    chosen: Option<AuditId>,
    detail_only: bool,
}

/// What a search has found, until the query or the journal changes.
#[derive(Debug)]
struct Found {
    query: String,
    ended: usize,
    places: Vec<usize>,
}

pub(crate) fn journal_ui(ui: &mut Ui, view: &View<'_>, state: &mut JournalState) -> Option<Action> {
    if view.app.state().ended_count() == 0 {
        return empty(ui);
    }
    let slash = view.asks(UiCommand::Search);
    search(view, state);
    let whole = ui
        .available_rect_before_wrap()
        .shrink2(Vec2::new(space::THREE, space::THREE));
    if whole.width() < 640.0 {
        if state.detail_only {
            ui.scope_builder(UiBuilder::new().max_rect(whole), |ui| {
                if quiet(ui, "Back to the list").clicked() {
                    state.detail_only = false;
                }
                detail(ui, view, state);
            });
        } else {
            ui.scope_builder(UiBuilder::new().max_rect(whole), |ui| {
                list(ui, view, state, slash);
            });
        }
        return None;
    }
    let split = whole.left() + (whole.width() * 0.48).min(420.0);
    let left = Rect::from_min_max(whole.min, egui::pos2(split, whole.bottom()));
    let right = Rect::from_min_max(egui::pos2(split + 32.0, whole.top()), whole.max);
    ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
        list(ui, view, state, slash);
    });
    ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
        detail(ui, view, state);
    });
    None
}

fn empty(ui: &mut Ui) -> Option<Action> {
    ui.add_space(ui.available_height() * 0.14);
    column(ui, measure::FORM, |ui| {
        text::show_heading(ui, "Nothing is written yet");
        let words = "Every audit that ends stands here, walking away included: what you wrote, what you were shown, what you did.";
        ui.add(Label::new(text::second(ui, words)).wrap());
        ui.add_space(space::TWO);
        let start = primary(UiCommand::Audit.text()).does(UiCommand::Audit);
        start.show(ui).clicked().then_some(Action::Audit)
    })
}

fn search(view: &View<'_>, state: &mut JournalState) {
    let record = view.app.state();
    let fresh = state
        .found
        .as_ref()
        .is_some_and(|f| f.query == state.query && f.ended == record.ended_count());
    if !fresh {
        let places = if state.query.trim().is_empty() {
            (0..record.ended_count()).collect()
        } else {
            review::search(record, &state.query)
        };
        state.found = Some(Found {
            query: state.query.clone(),
            ended: record.ended_count(),
            places,
        });
    }
}

fn list(ui: &mut Ui, view: &View<'_>, state: &mut JournalState, slash: bool) {
    let id = Id::unique("journal search");
    field("Search answers and symbols", &mut state.query)
        .id(id)
        .hint("Search answers and symbols   /")
        .label_hidden()
        .show(ui, &FieldNote::Nothing);
    if slash {
        ui.memory_mut(|m| m.request_focus(id));
    }
    ui.add_space(space::ONE);
    let Some(found) = &state.found else { return };
    let count = found.places.len();
    if count == 0 {
        ui.label(text::second(ui, "Nothing here has these words."));
        return;
    }
    let words = match (count, state.query.trim().is_empty()) {
        (1, _) => "1 entry".to_owned(),
        (many, true) => format!("{many} entries"),
        (many, false) => format!("{many} entries found"),
    };
    ui.label(text::faint(ui, words));
    let record = view.app.state();
    let today = when::day(view.now.wall);
    let mut chosen = state.chosen;
    let mut opened = false;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("list")
        .auto_shrink(false)
        .show_rows(ui, ROW, count, |ui, rows| {
            for at in rows {
                let Some(story) = found
                    .places
                    .get(at)
                    .and_then(|place| record.newest_ended(*place))
                else {
                    continue;
                };
                let day_before = at
                    .checked_sub(1)
                    .and_then(|before| found.places.get(before))
                    .and_then(|place| record.newest_ended(*place))
                    .map(day_of);
                let response = row(
                    ui,
                    story,
                    day_before != Some(day_of(story)),
                    today,
                    chosen == Some(story.audit),
                );
                if response.clicked() || (response.gained_focus() && chosen.is_some()) {
                    chosen = Some(story.audit);
                    opened = response.clicked();
                }
                if response.has_focus() {
                    arrows(ui, &response);
                }
            }
        });
    if chosen.is_none() {
        chosen = found
            .places
            .first()
            .and_then(|place| record.newest_ended(*place))
            .map(|s| s.audit);
    }
    state.chosen = chosen;
    state.detail_only |= opened;
}

/// Up and down go through the list as Tab does.
fn arrows(ui: &Ui, response: &egui::Response) {
    let (up, down) = ui.input(|i| (i.key_pressed(Key::ArrowUp), i.key_pressed(Key::ArrowDown)));
    if up || down {
        let to = if down {
            egui::FocusDirection::Next
        } else {
            egui::FocusDirection::Previous
        };
        response.scroll_to_me(None);
        ui.memory_mut(|m| m.move_focus(to));
    }
}

fn day_of(story: &Story) -> NaiveDate {
    story
        .ending
        .as_ref()
        .map(|ending| when::day(ending.at()))
        .unwrap_or_default()
}

fn row(
    ui: &mut Ui,
    story: &Story,
    first_of_day: bool,
    today: NaiveDate,
    chosen: bool,
) -> egui::Response {
    let p = *Palette::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
    let title = story::title(story);
    let did = story::ended(story);
    let at = story.ending.as_ref().map(|ending| when::time(ending.at()));
    let at = at.unwrap_or_default();
    let worst = story.worst_case().map(figures::money);
    let day = when::day_heading(day_of(story), today);
    response.widget_info(|| {
        let worst = worst
            .as_deref()
            .map_or(String::new(), |w| format!(", worst case {w}"));
        WidgetInfo::selected(
            Role::Button,
            true,
            chosen,
            format!("{title}, {did}, {day} {at}{worst}"),
        )
    });
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 8, p.card);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), (1.0, p.line));
    let font = |points: f32| egui::FontId::proportional(points);
    let painter = ui.painter().with_clip_rect(rect);
    let left = rect.left() + 12.0;
    let mode = story.last_ticket().map_or("", |t| words::mode(t.mode));
    let name = painter.text(
        egui::pos2(left, rect.top() + 12.0),
        egui::Align2::LEFT_TOP,
        &title,
        font(size::LABEL.0),
        p.ink,
    );
    painter.text(
        egui::pos2(name.right() + 6.0, rect.top() + 12.0),
        egui::Align2::LEFT_TOP,
        mode,
        font(size::LABEL.0),
        p.third,
    );
    let when = if first_of_day {
        format!("{did} · {day} {at}")
    } else {
        format!("{did} · {at}")
    };
    painter.text(
        egui::pos2(left, rect.top() + 36.0),
        egui::Align2::LEFT_TOP,
        when,
        font(size::NOTE.0),
        p.second,
    );
    if let Some(worst) = worst {
        let right = rect.right() - 12.0;
        painter.text(
            egui::pos2(right, rect.top() + 12.0),
            egui::Align2::RIGHT_TOP,
            worst,
            font(size::LABEL.0),
            p.ink,
        );
        painter.text(
            egui::pos2(right, rect.top() + 36.0),
            egui::Align2::RIGHT_TOP,
            "worst case",
            font(size::NOTE.0),
            p.second,
        );
    }
    focus_ring(ui, &response, &title, 8);
    response
}

fn detail(ui: &mut Ui, view: &View<'_>, state: &JournalState) {
    let Some(story) = state.chosen.and_then(|audit| view.app.state().story(audit)) else {
        return;
    };
    ScrollArea::vertical()
        .auto_shrink(false)
        .id_salt("detail")
        .show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(520.0));
            let heading = text::sentence(ui, story::heading(story));
            ui.add(Label::new(heading).wrap());
            ui.add(Label::new(text::note(ui, story::facts(story))).wrap());
            ui.add_space(space::ONE);
            for part in story::parts(story) {
                titled(ui, &part.name, &part.words);
            }
        });
}

//! Rules, waits and thresholds on one page: a view of the promises, which are asked here what they
//! are asked anywhere.
//!
//! - `row`: one of them, where it stands, and what can be asked of it.
//! - `change`: what it is to become: stricter, looser, off, or on again.

mod change;
mod row;

use egui::{Label, ScrollArea, Ui};

use self::change::RuleChange;
use crate::promises::Kind;
use crate::ui::screens::promises::About;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::button::plain;
use crate::ui::widgets::card::{card, column};
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::rules::{ABOUT, OF_SEVERAL, PAGE, RULES, Row, WAITS};

/// What gets the focus in the next frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    /// The way to the page, from the settings.
    Way,
    /// The page's first button.
    Page,
    Form,
    Row(Kind),
}

/// What the page holds between frames.
#[derive(Debug, Default)]
pub(crate) struct RulesState {
    open: bool,
    /// What is to be changed, and how it is typed.
    change: Option<RuleChange>,
    focus: Option<Focus>,
}

impl RulesState {
    /// Whether the page stands in the place of the settings.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    pub(crate) fn come(&mut self) {
        self.open = true;
        self.change = None;
        self.focus = Some(Focus::Page);
    }

    /// Something was carried out: what asked for it is done, and its row gets the focus back.
    pub(crate) fn done(&mut self, about: About) {
        match about {
            About::Arming | About::Lock(_) => self.close(),
            About::Writing | About::Plan(_) => {}
        }
    }

    fn change(&mut self, change: RuleChange) {
        self.change = Some(change);
        self.focus = Some(Focus::Form);
    }

    fn close(&mut self) {
        if let Some(change) = self.change.take() {
            self.focus = Some(Focus::Row(change.kind));
        }
    }

    fn leave(&mut self) {
        self.open = false;
        self.change = None;
        self.focus = Some(Focus::Way);
    }

    /// Whether this is what gets the focus now; asked once.
    fn takes(&mut self, focus: Focus) -> bool {
        let takes = self.focus == Some(focus);
        if takes {
            self.focus = None;
        }
        takes
    }
}

/// The way to the page, among the settings.
pub(super) fn to_rules_ui(ui: &mut Ui, view: &View<'_>, state: &mut RulesState) {
    card(ui, |ui| {
        let heading = ui.label(text::sentence(ui, PAGE));
        text::name_heading(&heading, PAGE);
        let record = view.app.state();
        let rows = RULES.iter().chain(&WAITS);
        let off = rows.filter(|kind| Row::of(**kind, record, view.now).off().is_some());
        let words = match off.count() {
            0 => "Three rules and seven waits hold from the beginning. All are in force.".to_owned(),
            1 => "Three rules and seven waits hold from the beginning. One of them is off, or off for some accounts.".to_owned(),
            many => format!("Three rules and seven waits hold from the beginning. {many} of them are off, or off for some accounts."),
        };
        ui.add(Label::new(text::second(ui, words)).wrap());
        ui.add_space(space::ONE);
        let button = plain("Open the page…").show(ui);
        if state.takes(Focus::Way) {
            button.request_focus();
        }
        if button.clicked() {
            state.come();
        }
    });
}

pub(super) fn rules_ui(ui: &mut Ui, view: &View<'_>, state: &mut RulesState) -> Option<Action> {
    let escape = view.asks(UiCommand::Cancel);
    match &state.change {
        Some(_) if escape => state.close(),
        None if escape => state.leave(),
        Some(_) | None => {}
    }
    ScrollArea::vertical()
        .id_salt("rules")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(space::FIVE);
            let action = column(ui, measure::FORM + 40.0, |ui| page(ui, view, state));
            ui.add_space(space::FIVE);
            action
        })
        .inner
}

fn page(ui: &mut Ui, view: &View<'_>, state: &mut RulesState) -> Option<Action> {
    text::show_heading(ui, PAGE);
    ui.add(Label::new(text::second(ui, ABOUT)).wrap());
    ui.add_space(space::ONE);
    let back = plain("Back to the settings")
        .does(UiCommand::Cancel)
        .show(ui);
    if state.takes(Focus::Page) {
        back.request_focus();
    }
    if back.clicked() {
        state.leave();
        return None;
    }
    let mut action = None;
    for (name, note, kinds) in [
        ("Rules", "", &RULES[..]),
        (crate::wording::promise::WAITS, OF_SEVERAL, &WAITS[..]),
    ] {
        ui.add_space(space::THREE);
        let heading = ui.label(text::sentence(ui, name));
        text::name_heading(&heading, name);
        if !note.is_empty() {
            ui.add(Label::new(text::second(ui, note)).wrap());
        }
        for kind in kinds {
            ui.add_space(space::ONE);
            let row = Row::of(*kind, view.app.state(), view.now);
            let asked = row::show(ui, view, &row, state);
            action = action.or(asked);
        }
    }
    action
}

//! An account snapshot from outside: pasted, dropped or from a file; what it would change is
//! shown line by line, and what is missing is asked. Nothing is taken silently.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use egui::{Event, Label, Role, Ui, ViewportCommand};

use super::Done;
use super::shared::save_or_back;
use crate::audit::AccountId;
use crate::audit::number::{Unit, read as read_number};
use crate::desk::Command;
use crate::engine::Backing;
use crate::interchange::ccxt::{
    Answer, Answers, Asked, Detail, Difference, Line, Preview, Question, Snapshot, preview_with,
    read,
};
use crate::record::{Account, Event as Recorded};
use crate::telling::{figures, words};
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::card::card;
use crate::ui::widgets::choice::{Mark, segment};
use crate::ui::widgets::field::{Under, field};
use crate::ui::widgets::number::number;
use crate::ui::{Action, View, text};

/// A snapshot on its way in.
#[derive(Debug)]
pub(crate) struct ImportForm {
    account: AccountId,
    path: String,
    read: Option<Result<Snapshot, String>>,
    answers: Answers,
    typed: BTreeMap<Asked, String>,
    left_out: BTreeSet<String>,
}

impl ImportForm {
    /// An empty form.
    pub(super) fn of(account: AccountId) -> Self {
        Self {
            account,
            path: String::new(),
            read: None,
            answers: Answers::default(),
            typed: BTreeMap::new(),
            left_out: BTreeSet::new(),
        }
    }

    /// A text has come in, or why it could not.
    pub(super) fn take(&mut self, text: Result<String, String>) {
        let snapshot = text.and_then(|text| read(&text).map_err(|error| error.to_string()));
        *self = Self {
            path: std::mem::take(&mut self.path),
            read: Some(snapshot),
            ..Self::of(self.account)
        };
    }
}

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut ImportForm,
    pressed: bool,
    done: &mut Done,
) -> Option<Action> {
    let Some(account) = view.desk.book().account(form.account) else {
        *done = Done::Back;
        return None;
    };
    text::show_heading(ui, "Bring the account up to date");
    let words = format!(
        "{}: positions, balance and leverage tiers as the ccxt library writes them. Help for making such a file is in the README. Nothing is taken before you say so.",
        account.set.name
    );
    ui.add(Label::new(text::second(ui, words)).wrap());
    ui.add_space(space::ONE);
    let action = sources(ui, form);
    match &form.read {
        Some(Err(why)) => {
            let words = text::body(ui, why).color(Palette::of(ui).attention);
            text::announced(ui, words);
        }
        Some(Ok(snapshot)) => {
            let mut preview = preview_with(snapshot, account, &form.answers);
            questions(ui, form, &preview);
            lines(ui, form, account, &mut preview);
            notes(ui, &preview);
            if save_or_back(ui, "Take these in", pressed, done) {
                *done = Done::SendAll(commands(&preview, account));
            }
            return action;
        }
        None => {}
    }
    ui.add_space(space::TWO);
    if plain("Back").key("Esc").show(ui).clicked()
        || ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
    {
        *done = Done::Back;
    }
    action
}

/// Where the text comes from: the clipboard, a file, or dropped on the window.
fn sources(ui: &mut Ui, form: &mut ImportForm) -> Option<Action> {
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        if plain("Paste").key("Ctrl+V").show(ui).clicked() {
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        if plain("Choose a file…").show(ui).clicked() {
            action = Some(Action::ChooseFile);
        }
    });
    field("Or its path", &mut form.path)
        .hint("or drop the file on this window")
        .show(ui, &Under::Nothing);
    let named = !form.path.trim().is_empty();
    if named && quiet(ui, "Read this file").clicked() {
        action = Some(Action::Do(Command::ReadFile(PathBuf::from(
            form.path.trim(),
        ))));
    }
    // A paste into a field is that field's; any other is the snapshot.
    if !ui.ctx().text_edit_focused() {
        let pasted = ui.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::Paste(text) => Some(text.clone()),
                _ => None,
            })
        });
        if let Some(text) = pasted {
            form.take(Ok(text));
        }
    }
    ui.add_space(space::ONE);
    action
}

fn questions(ui: &mut Ui, form: &mut ImportForm, preview: &Preview) {
    for question in &preview.questions {
        card(ui, |ui| one_question(ui, form, question));
        ui.add_space(space::ONE);
    }
}

fn one_question(ui: &mut Ui, form: &mut ImportForm, question: &Question) {
    let words = text::attention(ui, &question.words);
    ui.add(Label::new(words).wrap());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TWO;
        for offer in &question.offers {
            if quiet(ui, &offer.words).clicked() {
                form.answers.give(question.asked.clone(), offer.answer);
            }
        }
    });
    let Some(unit) = asked_number(question.asked.detail) else {
        return;
    };
    let typed = form.typed.entry(question.asked.clone()).or_default();
    let response = number(&question.words, typed, unit, "")
        .label_hidden()
        .show(ui, Under::Nothing);
    let entered = ui.input(|i| i.key_pressed(egui::Key::Enter)) && response.lost_focus();
    if !typed.is_empty() && (quiet(ui, "Take this number").clicked() || entered) {
        let percent = unit == Unit::Percent;
        if let Some(value) = read_number(typed, unit).exact().map(|number| number.value) {
            let value = if percent {
                super::shared::fraction(value)
            } else {
                value
            };
            form.answers
                .give(question.asked.clone(), Answer::Number(value));
        }
    }
}

/// How a number that is asked for is read; none where it is no number.
fn asked_number(detail: Detail) -> Option<Unit> {
    match detail {
        Detail::Wallet | Detail::Margin | Detail::ContractSize => Some(Unit::Money),
        Detail::Rate => Some(Unit::Percent),
        Detail::Contracts => Some(Unit::Quantity),
        Detail::Entry | Detail::Mark | Detail::Gone => Some(Unit::Price),
        Detail::Venue | Detail::Amounts | Detail::Contract | Detail::Side | Detail::Mode => None,
    }
}

/// Each change, taken unless it is left out.
fn lines(ui: &mut Ui, form: &mut ImportForm, account: &Account, preview: &mut Preview) {
    if preview.lines.is_empty() {
        ui.label(text::second(ui, "Nothing would change yet."));
    }
    preview.lines.retain(|line| {
        let (name, change) = words_of(line, account);
        let mut taken = !form.left_out.contains(&name);
        ui.horizontal_wrapped(|ui| {
            let word = if taken { "Taken" } else { "Left out" };
            let label = format!("{name}: {word}");
            let response = segment(ui, word, None, taken, Mark::Plain, Role::CheckBox);
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_label(label.as_str()));
            if response.clicked() {
                taken = !taken;
                if taken {
                    form.left_out.remove(&name);
                } else {
                    form.left_out.insert(name.clone());
                }
            }
            ui.vertical(|ui| {
                ui.add(Label::new(text::body(ui, name.as_str())).wrap());
                ui.add(Label::new(text::note(ui, change)).wrap());
            });
        });
        taken
    });
}

/// A change in words: what it is about, and before → after.
fn words_of(line: &Line, account: &Account) -> (String, String) {
    let collateral = &account.set.collateral;
    match line {
        Line::Wallet {
            before,
            after,
            from,
        } => (
            "Wallet balance".to_owned(),
            format!(
                "{} → {} {collateral}, {from}",
                figures::balance(*before),
                figures::balance(*after)
            ),
        ),
        Line::Rules {
            symbol,
            before,
            after,
        } => (
            format!("Rules of {symbol}"),
            format!(
                "{} → {}, {}",
                before.as_ref().map_or("none", |rules| rules.label.as_str()),
                after.label,
                match after.schedule.tiers.len() {
                    1 => "1 tier".to_owned(),
                    many => format!("{many} tiers"),
                }
            ),
        ),
        Line::Opened(opening) => (
            format!("{} {}, new", opening.symbol, words::side(opening.side)),
            format!(
                "{} at {}, mark {}, {}",
                figures::quantity(opening.quantity),
                figures::typed_price(opening.entry),
                figures::typed_price(opening.mark),
                backing(opening.backing)
            ),
        ),
        Line::Changed {
            symbol,
            side,
            differences,
            ..
        } => (
            format!("{symbol} {}", words::side(*side)),
            if differences.is_empty() {
                "unchanged; its mark is of now".to_owned()
            } else {
                differences
                    .iter()
                    .map(difference)
                    .collect::<Vec<_>>()
                    .join(", ")
            },
        ),
        Line::Closed {
            symbol,
            side,
            closed,
        } => (
            format!("{symbol} {}, closed", words::side(*side)),
            format!("at {}", figures::typed_price(closed.price)),
        ),
    }
}

fn backing(backing: Backing) -> String {
    match backing {
        Backing::Isolated { margin } => format!("isolated with {}", figures::money(margin)),
        Backing::Cross => "cross".to_owned(),
    }
}

fn difference(difference: &Difference) -> String {
    match difference {
        Difference::Quantity(before, after) => {
            format!(
                "quantity {} → {}",
                figures::quantity(*before),
                figures::quantity(*after)
            )
        }
        Difference::Entry(before, after) => {
            format!(
                "entry {} → {}",
                figures::typed_price(*before),
                figures::typed_price(*after)
            )
        }
        Difference::Mark(before, after) => {
            format!(
                "mark {} → {}",
                figures::typed_price(*before),
                figures::typed_price(*after)
            )
        }
        Difference::Backing(before, after) => {
            format!("{} → {}", backing(*before), backing(*after))
        }
    }
}

fn notes(ui: &mut Ui, preview: &Preview) {
    ui.add_space(space::HALF);
    for note in &preview.notes {
        let words = format!("{}: {}", note.about, note.words);
        ui.add(Label::new(text::faint(ui, words)).wrap());
    }
    match preview.other_markets.len() {
        0 => {}
        many => {
            let words = format!(
                "Tiers of {many} more markets are in it; those you trade here are taken, the others wait until you do."
            );
            ui.add(Label::new(text::faint(ui, words)).wrap());
        }
    }
}

fn commands(preview: &Preview, account: &Account) -> Vec<Command> {
    preview
        .events(account, crate::audit::PositionId::fresh)
        .into_iter()
        .filter_map(|event| match event {
            Recorded::AccountSet(set) => Some(Command::SetAccount(set)),
            Recorded::PositionOpened(opened) => Some(Command::OpenPosition(opened)),
            Recorded::PositionChanged(change) => Some(Command::ChangePosition(change)),
            Recorded::PositionClosed(closed) => Some(Command::ClosePosition(closed)),
            _ => None,
        })
        .collect()
}

//! Home: nothing has to happen.
//!
//! - `promises`: promises in force, and the question about a position nothing was heard of

mod promises;

use egui::{Label, Ui};

use crate::app::afterwards::{self, AfterwardsForm};
use crate::app::follow_up::became;
use crate::app::{Command, Saving, Stage};
use crate::engine::Intent;
use crate::record::{AuditFollowed, Outcome, State, Story};
use crate::ui::screens::join::pair_ui;
use crate::ui::screens::stop::stop_ui;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::button::{plain, primary};
use crate::ui::widgets::card::{card, column, row};
use crate::ui::widgets::foot::footnote;
use crate::ui::{Action, Screen, UiCommand, View, text};
use crate::wording::{afterwards as said, position, when, words};

/// What Home holds between frames.
#[derive(Debug, Default)]
pub(crate) struct HomeState {
    /// The day on which a position was closed, as typed.
    closed_on: String,
    /// Whether the offer of a limit was put away.
    no_limit: bool,
}

/// Shows it.
pub(crate) fn home_ui(ui: &mut Ui, view: &View<'_>, state: &mut HomeState) -> Option<Action> {
    egui::ScrollArea::vertical()
        .id_salt("home")
        .auto_shrink(false)
        .show(ui, |ui| {
            let top = (ui.available_height() * 0.14).clamp(space::THREE, 120.0);
            ui.add_space(top);
            column(ui, measure::FORM + 40.0, |ui| content(ui, view, state))
        })
        .inner
}

fn content(ui: &mut Ui, view: &View<'_>, state: &mut HomeState) -> Option<Action> {
    let mut action = None;
    text::show_heading(ui, "Nothing has to happen.");
    ui.add_space(-space::HALF);
    ui.add(
        Label::new(text::second(
            ui,
            "When a trade pulls at you, run it through here first.",
        ))
        .wrap(),
    );
    ui.add_space(space::TWO);
    let no_account = view.app.state().accounts().is_empty();
    let in_hand =
        view.app.draft().is_some() || !matches!(view.app.stage(), Stage::Idle | Stage::Ended(_));
    let button = match (no_account, in_hand) {
        (true, _) => primary("Set up your account").show(ui),
        (false, true) => primary("Continue the audit")
            .does(UiCommand::Audit)
            .show(ui),
        (false, false) => primary(UiCommand::Audit.text())
            .does(UiCommand::Audit)
            .show(ui),
    };
    let nothing_focused = ui.memory(|m| m.focused().is_none());
    if nothing_focused {
        button.request_focus();
    }
    if button.clicked() {
        action = Some(if no_account {
            Action::Go(Screen::Account)
        } else {
            Action::Audit
        });
    }
    if no_account {
        ui.add_space(space::ONE);
        footnote(
            ui,
            "The app knows only what you type: your wallet balance, your open positions, your venue's rules. Nothing leaves this computer.",
        );
    }
    ui.add_space(space::FIVE);
    let asked = promises::still_open(ui, view, &mut state.closed_on);
    let limit = promises::a_limit(ui, view, &mut state.no_limit);
    action = action
        .or(asked)
        .or(limit)
        .or(stop_ui(ui, view))
        .or(pair_ui(ui, view));
    for story in view.app.state().unfollowed() {
        unfollowed(ui, view.app.state(), story, &mut action);
        ui.add_space(space::ONE);
    }
    for of in afterwards::offered(view.app.state(), view.now.wall) {
        card(ui, |ui| {
            ui.add(Label::new(text::body(ui, said::done(of))).wrap());
            if plain(said::WRITE).show(ui).clicked() {
                let form = AfterwardsForm::of(view.app.state(), of);
                action = Some(Action::WriteAfterwards(Box::new(form)));
            }
        });
        ui.add_space(space::ONE);
    }
    let waiting: Vec<&Story> = view
        .app
        .state()
        .ended()
        .take(50)
        .filter(|story| {
            story
                .waits_until()
                .is_some_and(|until| until > view.now.wall)
        })
        .take(3)
        .collect();
    if !waiting.is_empty() {
        card(ui, |ui| {
            ui.label(text::body(ui, "You chose to wait"));
            for story in waiting {
                let until = story
                    .waits_until()
                    .map(when::day_and_time)
                    .unwrap_or_default();
                let (name, value) = (
                    text::note(ui, title(story)),
                    text::note(ui, format!("until {until}")),
                );
                row(ui, name, value);
            }
        });
    }
    if !no_account {
        ui.add_space(space::ONE);
        let promises = promises::in_force(ui, view);
        action = action.or(promises);
    }
    ui.add_space(space::THREE);
    footnote(ui, &status(view));
    action
}

fn title(story: &Story) -> String {
    story
        .last_ticket()
        .map_or_else(|| story.typed_symbol.clone(), words::ticket_line)
}

fn unfollowed(ui: &mut Ui, record: &State, story: &Story, action: &mut Option<Action>) {
    let Some(ending) = &story.ending else { return };
    card(ui, |ui| {
        let intent = story
            .last_ticket()
            .map_or(Intent::Open, |ticket| ticket.intent);
        let words = position::what_became(intent);
        ui.label(text::body(ui, words));
        ui.label(text::note(
            ui,
            format!("{}, {}", title(story), when::day_and_time(ending.at())),
        ));
        ui.add_space(space::HALF);
        ui.horizontal_wrapped(|ui| {
            let possible = story
                .last_ticket()
                .and_then(|ticket| became(record, story.audit, ticket));
            if possible.is_some() && plain(words::it_is_done(intent)).show(ui).clicked() {
                *action = Some(Action::FollowUp(story.audit));
            }
            for outcome in [Outcome::NotFilled, Outcome::ChangedMind] {
                if plain(outcome.words()).show(ui).clicked() {
                    let followed = AuditFollowed {
                        audit: story.audit,
                        outcome,
                    };
                    *action = Some(Action::Do(Command::Follow(followed)));
                }
            }
        });
    });
}

/// "Journal sound, 412 entries, seal 0412-7F3A-91C0 · Main, marks from 3 h ago".
fn status(view: &View<'_>) -> String {
    let record = view.app.state();
    let mut parts = Vec::new();
    let state = match view.app.saving() {
        Saving::Quiet if view.app.is_read_only() => "Journal open for reading only",
        Saving::Quiet if view.app.is_sound() => "Journal sound",
        Saving::Quiet => "Journal open",
        Saving::UnderWay => "Saving",
        Saving::NotSaved(_) => "NOT SAVED",
    };
    let entries = match record.entries() {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    parts.push(format!("{state}, {entries}, seal {}", view.app.seal()));
    if record.newer() > 0 {
        parts.push(format!("{} written by a newer version", record.newer()));
    }
    if record.unreadable() > 0 {
        parts.push(format!("{} entries cannot be read", record.unreadable()));
    }
    if let Some(account) = record.accounts().first() {
        let marks = account.oldest_mark(None);
        let ages = when::ages(account.wallet_at, marks, view.now.wall);
        parts.push(format!("{}: {ages}", account.set.name));
    }
    parts.join(" · ")
}

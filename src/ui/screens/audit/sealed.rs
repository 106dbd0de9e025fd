//! After the last question: the answers on their way, the wait until the numbers, what the
//! engine refuses, and the end.

use egui::{Label, Ui};

use super::first_focus;
use super::offer::offer;
use crate::app::{Command, Ended, Saving};
use crate::audit::{Answers, Choice, SealedPause, Sealing, Ticket};
use crate::ui::tokens::{Palette, measure, space};
use crate::ui::widgets::button::{plain, primary};
use crate::ui::widgets::card::{card, column, titled};
use crate::ui::widgets::foot::{footnote, with_bar};
use crate::ui::{Action, Screen, View, text};
use crate::wording::{audit_end, reveal_notes, wait, words};

/// The answers are on their way into the journal, or were not saved: they stay on the screen.
pub(super) fn sealing_ui(ui: &mut Ui, view: &View<'_>, sealing: &Sealing) -> Option<Action> {
    let saved = !matches!(view.app.saving(), Saving::NotSaved(_));
    egui::ScrollArea::vertical()
        .id_salt("answers")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(space::FIVE);
            column(ui, measure::FORM, |ui| {
                text::show_heading(
                    ui,
                    if saved {
                        "Sealing your answers"
                    } else {
                        "Your answers are not sealed"
                    },
                );
                answers(ui, sealing.pause().ticket(), sealing.answers());
            });
        });
    None
}

fn answers(ui: &mut Ui, ticket: &Ticket, answers: &Answers) {
    ui.add_space(space::ONE);
    card(ui, |ui| {
        for (name, words) in reveal_notes::answers(ticket, answers) {
            titled(ui, name, &words);
        }
    });
}

/// The answers are in the journal; the numbers follow at a clock time.
pub(super) fn waiting_ui(ui: &mut Ui, view: &View<'_>, sealed: &SealedPause) -> Option<Action> {
    with_bar(
        ui,
        &mut (),
        |ui, ()| {
            ui.add_space(space::FIVE);
            column(ui, measure::FORM, |ui| {
                text::show_heading(ui, "Sealed");
                let words = text::second(ui, wait::numbers_follow(sealed, view.now));
                text::announced(ui, words);
                if let Some(fact) = wait::looks_away(sealed) {
                    ui.add(Label::new(text::body(ui, fact)).wrap());
                }
                for words in wait::beside(sealed, "You can close this window; the wait goes on.") {
                    ui.add(Label::new(text::second(ui, words)).wrap());
                }
                still_bar(ui);
                answers(ui, sealed.pause().ticket(), sealed.answers());
            });
            None
        },
        |ui, ()| do_nothing(ui),
    )
}

/// A bar that does not move: the wait has an end, but nothing to watch.
fn still_bar(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(
        egui::Vec2::new(ui.available_width(), 6.0),
        egui::Sense::hover(),
    );
    ui.painter().rect_filled(rect, 3, Palette::of(ui).field);
}

fn do_nothing(ui: &mut Ui) -> Option<Action> {
    let button = primary("Do nothing").key("Enter").show(ui);
    if ui.memory(|m| m.focused().is_none()) {
        button.request_focus();
    }
    button.clicked().then_some(Action::Do(Command::Decide {
        choice: Choice::DoNothing,
        sentence: None,
    }))
}

/// The engine cannot assess this ticket: said, and walking away is left.
pub(super) fn stuck_ui(ui: &mut Ui, sealed: &SealedPause, why: &str) -> Option<Action> {
    with_bar(
        ui,
        &mut (),
        |ui, ()| {
            ui.add_space(space::FIVE);
            column(ui, measure::FORM, |ui| {
                text::show_heading(ui, "There are no numbers for this ticket");
                let words = text::body(ui, why);
                text::announced(ui, words);
                ui.add(Label::new(text::second(ui, "Your answers are sealed in the journal. With other figures it is a new audit.")).wrap());
                answers(ui, sealed.pause().ticket(), sealed.answers());
            });
            None
        },
        |ui, ()| do_nothing(ui),
    )
}

/// It is saved, and under which number.
pub(super) fn ended_ui(ui: &mut Ui, view: &View<'_>, end: &Ended) -> Option<Action> {
    egui::ScrollArea::vertical()
        .id_salt("ended")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(ui.available_height() * 0.14);
            column(ui, measure::FORM, |ui| ended(ui, view, end))
        })
        .inner
}

fn ended(ui: &mut Ui, view: &View<'_>, ended: &Ended) -> Option<Action> {
    let mut action = None;
    let story = view.app.state().story(ended.audit);
    text::show_heading(ui, audit_end::ended(story));
    if let Some(ticket) = story.and_then(|story| story.last_ticket()) {
        ui.label(text::second(ui, words::ticket_line(ticket)));
    }
    let saved = text::body(ui, audit_end::saved(ended.seq));
    text::announced(ui, saved);
    if story.is_some_and(crate::record::Story::is_unfollowed) {
        let words = audit_end::follow("under Home");
        ui.add(Label::new(text::second(ui, words)).wrap());
    }
    ui.add_space(space::TWO);
    ui.horizontal_wrapped(|ui| {
        let home = primary("Home").key("Enter").show(ui);
        first_focus(ui, &home, ("ended", Some(ended.audit)));
        if home.clicked() {
            action = Some(Action::Do(Command::LeaveAudit));
        }
        if plain("See it in the journal").show(ui).clicked() {
            action = Some(Action::Go(Screen::Journal));
        }
    });
    ui.add_space(space::TWO);
    if let Some(story) = story {
        action = action.or(offer(ui, view, story));
    }
    ui.add_space(space::TWO);
    footnote(ui, &format!("Seal {}", view.app.seal()));
    action
}

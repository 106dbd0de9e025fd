//! All four answers on one view, before they are sealed: each can be gone back to, and leads
//! here again.

use egui::{Align, Label, Layout, Ui};

use super::{AuditState, SEAL, header, step_bar};
use crate::app::{Command, Stage};
use crate::audit::{Draft, Pause, Question, Step};
use crate::input::FieldError;
use crate::ui::tokens::{Palette, measure, space};
use crate::ui::widgets::button::quiet_about;
use crate::ui::widgets::card::{card, column};
use crate::ui::widgets::foot::with_bar;
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::{reveal_notes, words};

pub(super) fn together_ui(ui: &mut Ui, view: &View<'_>, state: &mut AuditState) -> Option<Action> {
    let Stage::Pausing(pause) = view.app.stage() else {
        state.turn_to(Step::Ticket);
        return None;
    };
    let entering = state.entering();
    let mut questions = Question::ALL.into_iter();
    let pressed = questions.find(|question| view.asks(UiCommand::Change(*question)));
    with_bar(
        ui,
        state,
        |ui, state| {
            let top = (ui.available_height() * 0.06).clamp(space::TWO, 60.0);
            ui.add_space(top);
            let clicked = column(ui, measure::FORM + 40.0, |ui| {
                content(ui, view, state, pause, entering)
            });
            if let Some(question) = pressed.or(clicked) {
                state.go_back_to(question);
            }
            None
        },
        |ui, state| {
            if !step_bar(ui, state, SEAL, true) {
                return None;
            }
            let mut draft: Draft = state.draft.clone()?;
            draft.looks.count_until(view.now.up);
            Some(Action::Do(Command::Seal(Box::new(draft))))
        },
    )
}

fn content(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut AuditState,
    pause: &Pause,
    entering: bool,
) -> Option<Question> {
    let ticket = pause.ticket();
    header(ui, state, &words::ticket_line(ticket));
    text::show_heading(ui, "Your four answers, together");
    ui.add_space(-space::HALF);
    let held = UiCommand::held_for_answers(ui.ctx());
    let words =
        format!("Sealing freezes them. Until then each can be changed, by {held} and its number.");
    ui.add(Label::new(text::second(ui, words)).wrap());
    ui.add_space(space::ONE);
    let draft = state.draft.as_ref()?;
    let (answers, wrong) = match view.app.read_answers(draft, ticket) {
        Ok(answers) => (reveal_notes::answers(ticket, &answers), Vec::new()),
        Err(problems) => (reveal_notes::typed(&draft.answers), problems),
    };
    let mut chosen = None;
    card(ui, |ui| {
        for (question, (name, answer)) in Question::ALL.into_iter().zip(answers) {
            let problems = state.problems.iter().chain(&wrong);
            let problem = problems.clone().find(|p| p.field == question.field());
            let clicked = one(ui, question, (name, &answer), problem, entering);
            if clicked {
                chosen = Some(question);
            }
        }
    });
    let is_answer = |p: &&FieldError| Question::ALL.iter().any(|q| q.field() == p.field);
    for problem in state.problems.iter().filter(|p| !is_answer(p)) {
        let words = text::attention(ui, &problem.problem);
        text::announced(ui, words);
    }
    chosen
}

/// One answer under its question; answers whether it is to be changed.
fn one(
    ui: &mut Ui,
    question: Question,
    (name, answer): (&str, &str),
    problem: Option<&FieldError>,
    entering: bool,
) -> bool {
    let number = question.number();
    let clicked = ui
        .horizontal(|ui| {
            ui.label(text::note(ui, format!("{number}   {name}")));
            let change = |ui: &mut Ui| {
                let command = UiCommand::Change(question);
                let key = command.key(ui.ctx());
                let change = quiet_about(ui, command.text(), name);
                ui.ctx().accesskit_node_builder(change.id, |node| {
                    node.set_keyboard_shortcut(key);
                });
                if entering && question == Question::Wrong {
                    change.request_focus();
                }
                change.clicked()
            };
            ui.with_layout(Layout::right_to_left(Align::Center), change)
                .inner
        })
        .inner;
    ui.add_space(-space::HALF);
    let shown = if answer.trim().is_empty() {
        text::second(ui, "Not answered yet")
    } else {
        text::body(ui, answer)
    };
    ui.add(Label::new(shown).wrap().selectable(true));
    if let Some(problem) = problem {
        let words = text::note(ui, &problem.problem).color(Palette::of(ui).attention);
        text::announced(ui, words);
    }
    ui.add_space(space::ONE);
    clicked
}

//! The four questions, one a view.

use egui::{Align, Id, Label, Layout, Ui};

use super::{AuditState, header, step_bar};
use crate::app::Stage;
use crate::audit::answer::{self, Length};
use crate::audit::question::{ANNOUNCEMENT, QuestionVariant};
use crate::audit::{Pause, Question, Step};
use crate::input::Field;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::card::column;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::foot::with_bar;
use crate::ui::widgets::number::number;
use crate::ui::{Action, View, text};
use crate::wording::words;

/// Shows the question that the draft stands at.
pub(super) fn question_ui(ui: &mut Ui, view: &View<'_>, state: &mut AuditState) -> Option<Action> {
    let Stage::Pausing(pause) = view.app.stage() else {
        state.turn_to(Step::Ticket);
        return None;
    };
    let question = state.draft.as_ref()?.step.question()?;
    let entering = state.entering();
    with_bar(
        ui,
        state,
        |ui, state| {
            let top = (ui.available_height() * 0.12).clamp(space::THREE, 110.0);
            ui.add_space(top);
            column(ui, measure::FORM + 40.0, |ui| {
                content(ui, view, state, pause, question, entering);
            });
            None
        },
        |ui, state| {
            if step_bar(ui, state, "Next", true) {
                next(view, state, question);
            }
            None
        },
    )
}

fn content(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut AuditState,
    pause: &Pause,
    question: Question,
    entering: bool,
) {
    let line = words::ticket_line(pause.ticket());
    header(ui, state, &format!("{line}  —  {}", question.progress()));
    let ordinal = state.draft.as_ref().map_or(0, |draft| draft.ordinal);
    let words = QuestionVariant::for_audit(ordinal).words_for(pause.ticket().intent, question);
    text::show_heading(ui, words.heading);
    ui.add_space(-space::HALF);
    ui.add(Label::new(text::second(ui, words.help)).wrap());
    ui.add_space(space::ONE);
    let id = Id::unique(("answer", question.number()));
    if entering {
        ui.memory_mut(|m| m.request_focus(id));
    }
    match question {
        Question::Wrong | Question::Nothing => written(ui, state, question, id, words.heading),
        Question::Invalidation | Question::AcceptedLoss => {
            in_figures(ui, view, state, pause, question, (id, words.heading));
        }
    }
    // The wordings take turns: said once, when there is a first turn to notice.
    if ordinal == 1 && question == Question::Wrong {
        ui.add_space(space::TWO);
        ui.add(Label::new(text::faint(ui, ANNOUNCEMENT)).wrap());
    }
}

fn written(ui: &mut Ui, state: &mut AuditState, question: Question, id: Id, heading: &str) {
    let (which, place) = match question {
        Question::Nothing => (Field::Nothing, 1),
        _ => (Field::Wrong, 0),
    };
    let under = state.under(which, FieldNote::Nothing);
    let Some(draft) = &mut state.draft else {
        return;
    };
    let text = match question {
        Question::Nothing => &mut draft.answers.nothing,
        _ => &mut draft.answers.wrong,
    };
    let response = field(heading, text)
        .id(id)
        .rows(3)
        .label_hidden()
        .show(ui, &under);
    let count = match answer::length(text) {
        Length::Words(1) => "1 word".to_owned(),
        Length::Words(many) => format!("{many} words"),
        Length::Characters(1) => "1 character".to_owned(),
        Length::Characters(many) => format!("{many} characters"),
    };
    let fact = draft.looks.fact();
    ui.horizontal(|ui| {
        ui.label(text::note(ui, count));
        if let Some(fact) = fact {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add(Label::new(text::note(ui, fact)).wrap());
            });
        }
    });
    if response.has_focus() {
        state.count_pastes(ui.ctx(), place);
    }
    if response.changed() {
        state.touched(which);
    }
}

fn in_figures(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut AuditState,
    pause: &Pause,
    question: Question,
    (id, heading): (Id, &str),
) {
    let Some(asks) = view.app.number_asked(question, pause.ticket()) else {
        return;
    };
    let which = match question {
        Question::AcceptedLoss => Field::Accepted,
        _ => Field::Invalidation,
    };
    let under = state.under(which, FieldNote::Nothing);
    let Some(draft) = &mut state.draft else {
        return;
    };
    let text = match question {
        Question::AcceptedLoss => &mut draft.answers.accepted,
        _ => &mut draft.answers.invalidation,
    };
    let response = number(heading, text, asks.unit, asks.currency)
        .within(asks.within)
        .id(id)
        .label_hidden()
        .show(ui, under);
    if response.changed() {
        state.touched(which);
    }
}

/// Checks the answer; turns to the next question, or to where all four stand together.
fn next(view: &View<'_>, state: &mut AuditState, question: Question) {
    let Some(draft) = &mut state.draft else {
        return;
    };
    // Checking it counts what it was sent back for.
    state.edited = true;
    if let Err(problem) = view.app.check_answer(draft, question) {
        state.refused(vec![problem]);
        return;
    }
    let after = draft.after(question);
    state.turn_to(after);
}

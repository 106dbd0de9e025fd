//! The audit of a close or a reduce that is done already: the same four questions on one page.

use egui::{Label, Ui};

use super::Done;
use super::shared::{problems_ui, save_or_back};
use crate::app::Command;
use crate::app::afterwards::AfterwardsForm;
use crate::audit::Question;
use crate::audit::question::QuestionVariant;
use crate::input::FieldError;
use crate::ui::tokens::space;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::number::number;
use crate::ui::{View, text};
use crate::wording::afterwards as wording;

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut AfterwardsForm,
    problems: &[FieldError],
    pressed: bool,
    done: &mut Done,
) {
    let state = view.app.state();
    let Some(of) = form.about(state) else {
        *done = Done::Back;
        return;
    };
    text::show_heading(ui, wording::WRITE);
    ui.add(Label::new(text::second(ui, wording::done(of))).wrap());
    ui.add(Label::new(text::second(ui, wording::MARKED)).wrap());
    let wording = QuestionVariant::for_audit(form.wording);
    for question in Question::ALL {
        ui.add_space(space::ONE);
        let asked = wording.words_for(of.ticket.intent, question);
        let help = FieldNote::note(asked.help);
        let answers = &mut form.answers;
        let text = match question {
            Question::Wrong => &mut answers.wrong,
            Question::Nothing => &mut answers.nothing,
            Question::Invalidation => &mut answers.invalidation,
            Question::AcceptedLoss => &mut answers.accepted,
        };
        match view.app.number_asked(question, &of.ticket) {
            None => {
                field(asked.heading, text).rows(2).show(ui, &help);
            }
            Some(asks) => {
                number(asked.heading, text, asks.unit, asks.currency)
                    .within(asks.within)
                    .show(ui, help);
            }
        }
    }
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.read(state) {
            Ok(written) => Done::Send(Box::new(Command::WriteAfterwards(Box::new(written)))),
            Err(problem) => Done::Refused(vec![problem]),
        };
    }
}

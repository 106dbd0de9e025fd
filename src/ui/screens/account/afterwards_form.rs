//! The audit of a close or a reduce that is done already: the same four questions on one page.

use egui::{Label, Ui};

use super::Done;
use super::shared::{problems_ui, save_or_back};
use crate::audit::number::Unit;
use crate::audit::wording::Wording;
use crate::audit::{FieldProblem, Question};
use crate::desk::Command;
use crate::desk::afterwards::AfterwardsForm;
use crate::telling::afterwards as telling;
use crate::ui::tokens::space;
use crate::ui::widgets::field::{Under, field};
use crate::ui::widgets::number::number;
use crate::ui::{View, text};

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut AfterwardsForm,
    problems: &[FieldProblem],
    pressed: bool,
    done: &mut Done,
) {
    let book = view.desk.book();
    let Some(of) = form.about(book) else {
        *done = Done::Back;
        return;
    };
    text::show_heading(ui, telling::WRITE);
    ui.add(Label::new(text::second(ui, telling::done(of))).wrap());
    ui.add(Label::new(text::second(ui, telling::MARKED)).wrap());
    let wording = Wording::for_audit(form.wording);
    for question in Question::ALL {
        ui.add_space(space::ONE);
        let asked = wording.words_for(of.ticket.intent, question);
        let help = Under::note(asked.help);
        let (answers, currency) = (&mut form.answers, of.ticket.collateral.as_str());
        match question {
            Question::Wrong => {
                field(asked.heading, &mut answers.wrong)
                    .rows(2)
                    .show(ui, &help);
            }
            Question::Nothing => {
                field(asked.heading, &mut answers.nothing)
                    .rows(2)
                    .show(ui, &help);
            }
            Question::Invalidation => {
                number(
                    asked.heading,
                    &mut answers.invalidation,
                    Unit::Price,
                    currency,
                )
                .show(ui, help);
            }
            Question::AcceptedLoss => {
                let unit = Unit::MoneyOrPercent;
                number(asked.heading, &mut answers.accepted, unit, currency).show(ui, help);
            }
        }
    }
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.read(book) {
            Ok(written) => Done::Send(Box::new(Command::WriteAfterwards(Box::new(written)))),
            Err(problem) => Done::Refused(vec![problem]),
        };
    }
}

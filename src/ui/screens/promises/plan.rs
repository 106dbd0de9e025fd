//! Writing a plan: its fields, and from when it counts.

use egui::{Label, Ui};

use super::told::refused;
use super::{About, keep_exact};
use crate::app::plan_form::PlanForm;
use crate::input::FieldError;
use crate::ui::widgets::button::primary;
use crate::ui::widgets::form::{FormDone, form_and};
use crate::ui::{View, text};
use crate::wording::promise;

pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut PlanForm,
    errors: &mut Vec<FieldError>,
) -> FormDone {
    form_and(ui, view, form, errors, primary("Write it down"), |ui, _| {
        keep_exact(ui, view.now);
        let words = promise::would_count(view.app.state().promises(), view.now);
        ui.add(Label::new(text::body(ui, words)).wrap());
        refused(ui, view.refused_about(About::Writing));
        None
    })
}

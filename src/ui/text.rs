//! Text in the window's few sizes and weights, each with its own line height.

use egui::{Label, Response, RichText, Ui};

use super::style::semibold;
use super::tokens::{Palette, size};

pub(super) use crate::wording::text::capital;

/// Text of a given size in the regular cut, in the main ink.
fn sized(text: impl Into<String>, (points, line): (f32, f32)) -> RichText {
    RichText::new(text).size(points).line_height(Some(line))
}

pub(super) fn body(ui: &Ui, text: impl Into<String>) -> RichText {
    sized(text, size::TEXT).color(Palette::of(ui).ink)
}

/// Text to read that matters most in its place.
pub(super) fn strong(ui: &Ui, text: impl Into<String>) -> RichText {
    body(ui, text).family(semibold())
}

/// An explanation beside something more important.
pub(super) fn second(ui: &Ui, text: impl Into<String>) -> RichText {
    sized(text, size::TEXT).color(Palette::of(ui).second)
}

/// A short note, a label over a field.
pub(super) fn note(ui: &Ui, text: impl Into<String>) -> RichText {
    sized(text, size::NOTE).color(Palette::of(ui).second)
}

/// A note of least weight.
pub(super) fn faint(ui: &Ui, text: impl Into<String>) -> RichText {
    sized(text, size::NOTE).color(Palette::of(ui).third)
}

/// Something to look at now.
pub(super) fn attention(ui: &Ui, text: impl Into<String>) -> RichText {
    sized(text, size::TEXT).color(Palette::of(ui).attention)
}

/// A view's heading.
pub(super) fn heading(ui: &Ui, text: impl Into<String>) -> RichText {
    sized(text, size::HEADING)
        .family(semibold())
        .color(Palette::of(ui).ink)
}

/// A part's heading, and the reveal's first sentence.
pub(super) fn sentence(ui: &Ui, text: impl Into<String>) -> RichText {
    sized(text, size::SENTENCE)
        .family(semibold())
        .color(Palette::of(ui).ink)
}

/// Shows a sentence and, in semibold behind it, what matters most of it.
pub(super) fn with_strong_end(ui: &mut Ui, words: &str, end: Option<&str>) -> Response {
    let format = |family| egui::TextFormat {
        font_id: egui::FontId::new(size::TEXT.0, family),
        line_height: Some(size::TEXT.1),
        color: Palette::of(ui).ink,
        ..egui::TextFormat::default()
    };
    let mut job = egui::text::LayoutJob::default();
    job.append(words, 0.0, format(egui::FontFamily::Proportional));
    if let Some(end) = end {
        job.append(&format!(" {end}"), 0.0, format(semibold()));
    }
    let response = ui.add(Label::new(job).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
    response
}

/// Shows a heading and tells assistive technology that it is one.
pub(super) fn show_heading(ui: &mut Ui, text: impl Into<String>) -> Response {
    let words = text.into();
    let response = ui.add(Label::new(heading(ui, words.as_str())).wrap());
    name_heading(&response, &words);
    response
}

/// Tells assistive technology that these words are a heading. A heading is found by its
/// name, where plain text is read by its value.
pub(super) fn name_heading(response: &Response, words: &str) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(words);
    });
}

/// The heading of a part of a screen.
pub(super) fn show_part(ui: &mut Ui, words: &str) {
    let response = ui.label(sentence(ui, words));
    name_heading(&response, words);
}

/// Shows text that assistive technology speaks as soon as it appears.
pub(super) fn announced(ui: &mut Ui, text: RichText) -> Response {
    let response = ui.add(Label::new(text).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
    response
}

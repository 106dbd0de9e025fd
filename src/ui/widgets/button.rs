//! Buttons: one primary button a view, the others beside it, quiet ones in text.

use egui::{
    Color32, Context, FontId, Id, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

use crate::ui::UiCommand;
use crate::ui::style::semibold;
use crate::ui::tokens::{Palette, measure, size};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ButtonWeight {
    /// The one thing this view suggests.
    Primary,
    /// Anything else.
    Plain,
}

/// A button to be shown: its name, the key that does the same, its weight.
#[derive(Debug)]
pub(crate) struct PressButton<'a> {
    name: &'a str,
    key: Option<&'a str>,
    does: Option<UiCommand>,
    weight: ButtonWeight,
    enabled: bool,
    dim: bool,
    as_wide_as: &'a str,
}

/// The view's primary button.
pub(crate) fn primary(name: &str) -> PressButton<'_> {
    PressButton {
        name,
        key: None,
        does: None,
        weight: ButtonWeight::Primary,
        enabled: true,
        dim: false,
        as_wide_as: "",
    }
}

pub(crate) fn plain(name: &str) -> PressButton<'_> {
    PressButton {
        name,
        key: None,
        does: None,
        weight: ButtonWeight::Plain,
        enabled: true,
        dim: false,
        as_wide_as: "",
    }
}

impl<'a> PressButton<'a> {
    /// Names the key that does the same.
    pub(crate) fn key(self, key: &'a str) -> Self {
        Self {
            key: Some(key),
            ..self
        }
    }

    /// Says which key does the same: the one that asks for this.
    pub(crate) fn does(self, command: UiCommand) -> Self {
        Self {
            does: Some(command),
            ..self
        }
    }

    /// Never narrower than with this name: a button whose name changes moves nothing.
    pub(crate) fn no_narrower_than(self, name: &'a str) -> Self {
        Self {
            as_wide_as: name,
            ..self
        }
    }

    /// Whether it can be pressed now.
    pub(crate) fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// Written in the faintest ink: it works, and does not ask to be pressed.
    pub(crate) fn dim(self) -> Self {
        Self { dim: true, ..self }
    }

    /// Shows it; `clicked()` of the answer says whether it was pressed.
    pub(crate) fn show(self, ui: &mut Ui) -> Response {
        let Self {
            name,
            key,
            does,
            weight,
            enabled,
            dim,
            as_wide_as,
        } = self;
        let key = does
            .map(|command| command.key(ui.ctx()))
            .or(key.map(str::to_owned))
            .filter(|key| !key.is_empty());
        let p = *Palette::of(ui);
        let (ink, key_ink) = match weight {
            _ if !enabled || dim => (p.third, p.third),
            ButtonWeight::Primary => (p.primary_ink, p.primary_note),
            ButtonWeight::Plain => (p.ink, p.third),
        };
        let galley = ui.painter().layout_no_wrap(
            name.to_owned(),
            FontId::new(size::LABEL.0, semibold()),
            ink,
        );
        let widest = ui.painter().layout_no_wrap(
            as_wide_as.to_owned(),
            FontId::new(size::LABEL.0, semibold()),
            ink,
        );
        let spare = (widest.size().x - galley.size().x).max(0.0);
        let hint = key.as_ref().map(|key| {
            ui.painter()
                .layout_no_wrap(key.to_owned(), FontId::proportional(12.5), key_ink)
        });
        let gap = 12.0;
        let hint_width = hint.as_ref().map_or(0.0, |h| h.size().x + gap);
        let size = Vec2::new(galley.size().x + spare + hint_width + 36.0, measure::BUTTON);
        let sense = if enabled {
            Sense::click()
        } else {
            Sense::hover()
        };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
        if let Some(key) = key {
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(key));
        }
        if ui.is_rect_visible(rect) {
            let fill = match weight {
                _ if !enabled => p.field.gamma_multiply(0.5),
                ButtonWeight::Primary if response.hovered() => blend(p.primary, p.ground),
                ButtonWeight::Primary => p.primary,
                ButtonWeight::Plain if response.hovered() => p.field_hover,
                ButtonWeight::Plain => p.field,
            };
            ui.painter().rect_filled(rect, measure::RADIUS, fill);
            let left = rect.left_center() + Vec2::new(18.0 + spare / 2.0, -galley.size().y / 2.0);
            let width = galley.size().x;
            ui.painter().galley(left, galley, ink);
            if let Some(hint) = hint {
                let beside = 18.0 + spare / 2.0 + width + gap;
                let at = rect.left_center() + Vec2::new(beside, -hint.size().y / 2.0 + 0.5);
                ui.painter().galley(at, hint, key_ink);
            }
        }
        focus_ring(ui, &response, name, measure::RADIUS);
        response
    }
}

/// A button that looks like a link, for small things within text.
pub(crate) fn quiet(ui: &mut Ui, name: &str) -> Response {
    quiet_about(ui, name, "")
}

/// The same where several stand on one view: what it is about is spoken behind its words.
pub(crate) fn quiet_about(ui: &mut Ui, words: &str, about: &str) -> Response {
    let name = match about {
        "" => words.to_owned(),
        about if words.ends_with('…') => format!("{words} {about}"),
        about => format!("{words}, {about}"),
    };
    let p = *Palette::of(ui);
    let galley = ui.painter().layout_no_wrap(
        words.to_owned(),
        FontId::proportional(size::LABEL.0),
        p.isolated,
    );
    let (rect, response) = ui.allocate_exact_size(
        Vec2::new(galley.size().x, size::TEXT.1 + 4.0),
        Sense::click(),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name.as_str()));
    let at = rect.left_center() - Vec2::new(0.0, galley.size().y / 2.0);
    if response.hovered() {
        ui.painter()
            .rect_filled(rect.expand2(Vec2::new(6.0, 0.0)), 6, p.field);
    }
    ui.painter().galley(at, galley, p.isolated);
    focus_ring(ui, &response, &name, 6);
    response
}

/// What the control is called that has the focus, and whether it is to be seen again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Focused {
    name: String,
    scroll: bool,
}

impl Focused {
    fn id() -> Id {
        Id::unique("what has the focus")
    }

    /// The name of the control that had the focus when it was drawn last.
    pub(crate) fn name(ctx: &Context) -> Option<String> {
        ctx.data(|data| data.get_temp::<Self>(Self::id()))
            .map(|focused| focused.name)
    }

    /// Lets it come into view again where it was scrolled away.
    pub(crate) fn show(ctx: &Context) {
        ctx.data_mut(|data| {
            let focused: &mut Self = data.get_temp_mut_or_default(Self::id());
            focused.scroll = true;
        });
    }

    /// Notes that it is this one; whether it is to be scrolled to, as where it has taken the place
    /// of another that had the focus.
    fn is(name: &str, ctx: &Context) -> bool {
        ctx.data_mut(|data| {
            let focused: &mut Self = data.get_temp_mut_or_default(Self::id());
            let is_new = focused.name != name;
            if is_new {
                name.clone_into(&mut focused.name);
            }
            std::mem::take(&mut focused.scroll) || is_new
        })
    }
}

/// The ring around whatever has the keyboard's focus. Each control that can be pressed has it drawn
/// here, by its name: one that takes another's place is not pressed in its stead.
pub(crate) fn focus_ring(ui: &Ui, response: &Response, name: &str, radius: u8) {
    if response.has_focus() {
        if Focused::is(name, ui.ctx()) || response.gained_focus() {
            // Whoever goes by keys must see where she is.
            response.scroll_to_me(None);
        }
        ui.painter().rect_stroke(
            response.rect.expand(2.0),
            radius.saturating_add(2),
            Stroke::new(measure::RING, Palette::of(ui).isolated),
            StrokeKind::Middle,
        );
    }
}

/// A tenth of the way from one colour to another.
fn blend(from: Color32, to: Color32) -> Color32 {
    from.lerp_to_gamma(to, 0.1)
}

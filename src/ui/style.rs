//! Turns the tokens into egui's style: fonts, text styles, colours of widgets.

use std::sync::Arc;

use egui::{
    Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke, Style,
    TextStyle, Theme, Vec2, Visuals,
};

use super::tokens::{Palette, measure, size, space};

/// The family of the semibold cut; the regular one is egui's proportional family.
pub(super) fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Puts fonts and both themes into `ctx`. Called once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    for (theme, base) in [
        (Theme::Dark, Visuals::dark()),
        (Theme::Light, Visuals::light()),
    ] {
        let dark = theme == Theme::Dark;
        let mut style = Style {
            visuals: base,
            ..Style::default()
        };
        apply(&mut style, Palette::of_theme(dark));
        ctx.set_style_of(theme, style);
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [
        (
            "regular",
            include_bytes!("../../assets/fonts/Inter-Regular.otf").as_slice(),
        ),
        (
            "semibold",
            include_bytes!("../../assets/fonts/Inter-SemiBold.otf").as_slice(),
        ),
    ] {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let regular = vec!["regular".to_owned()];
    fonts
        .families
        .insert(FontFamily::Proportional, regular.clone());
    // Nothing in the window is set in monospace: the figures of both cuts stand in columns.
    fonts
        .families
        .insert(FontFamily::Monospace, regular.clone());
    fonts.families.insert(
        semibold(),
        vec!["semibold".to_owned(), "regular".to_owned()],
    );
    fonts
}

fn apply(style: &mut Style, p: &Palette) {
    let regular = |s: (f32, f32)| FontId::new(s.0, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Heading, FontId::new(size::HEADING.0, semibold())),
        (TextStyle::Body, regular(size::TEXT)),
        (TextStyle::Monospace, regular(size::TEXT)),
        (TextStyle::Button, regular(size::LABEL)),
        (TextStyle::Small, regular(size::NOTE)),
    ]
    .into();
    // Nothing moves that need not: a calm window, and no frames drawn at rest.
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.spacing.item_spacing = Vec2::new(space::ONE, space::ONE);
    style.spacing.button_padding = Vec2::new(space::TWO, 12.0);
    style.spacing.window_margin = Margin::same(24);
    // Lines of what is typed stand as far apart as lines of text.
    style.spacing.extra_text_line_spacing = 4.5;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.3;

    let v = &mut style.visuals;
    v.panel_fill = p.ground;
    v.window_fill = p.card;
    v.window_stroke = Stroke::NONE;
    v.window_corner_radius = CornerRadius::same(measure::CARD_RADIUS);
    v.menu_corner_radius = CornerRadius::same(measure::RADIUS);
    v.window_shadow = egui::Shadow::NONE;
    v.popup_shadow = egui::Shadow::NONE;
    v.override_text_color = None;
    v.weak_text_color = Some(p.second);
    v.hyperlink_color = p.isolated;
    v.extreme_bg_color = p.field;
    v.text_edit_bg_color = Some(p.field);
    v.faint_bg_color = p.card;
    v.code_bg_color = p.field;
    v.warn_fg_color = p.attention;
    v.error_fg_color = p.attention;
    v.selection.bg_fill = p.selection;
    v.selection.stroke = Stroke::new(measure::RING, p.isolated);
    v.text_cursor.blink = false;
    v.text_cursor.stroke = Stroke::new(2.0, p.ink);
    v.striped = false;
    let radius = CornerRadius::same(measure::RADIUS);
    for (w, fill, ink) in [
        (&mut v.widgets.noninteractive, p.ground, p.ink),
        (&mut v.widgets.inactive, p.field, p.ink),
        (&mut v.widgets.hovered, p.field_hover, p.ink),
        (&mut v.widgets.active, p.field_hover, p.ink),
        (&mut v.widgets.open, p.field, p.ink),
    ] {
        w.bg_fill = fill;
        w.weak_bg_fill = fill;
        w.bg_stroke = Stroke::NONE;
        w.fg_stroke = Stroke::new(1.0, ink);
        w.corner_radius = radius;
        w.expansion = 0.0;
    }
    v.widgets.noninteractive.bg_stroke = Stroke::new(1.0, p.line);
}

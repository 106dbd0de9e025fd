//! Every colour, size and space of the window, in one place.
//!
//! A screen never names a colour: it asks for the token by its meaning. The lint in
//! `clippy.toml` refuses raw colours anywhere else.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one file in which raw colours may stand"
)]

use egui::Color32;

/// The colours of one theme, named by what they are for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// The rail on the left.
    pub rail: Color32,
    /// A card, and the chosen row of a list.
    pub card: Color32,
    /// A text field, and a button that is not the primary one.
    pub field: Color32,
    /// The same under the pointer.
    pub field_hover: Color32,
    /// Thin rules between rows.
    pub line: Color32,
    /// Main text.
    pub ink: Color32,
    /// Explanations and labels.
    pub second: Color32,
    /// Notes of least weight; still readable.
    pub third: Color32,
    /// Isolated margin; always beside its disc and its word. Also the focus ring.
    pub isolated: Color32,
    /// Cross margin; always beside its square and its word.
    pub cross: Color32,
    /// The one colour for "look here".
    pub attention: Color32,
    /// The one primary button of a view.
    pub primary: Color32,
    /// Its text.
    pub primary_ink: Color32,
    /// The key named on it.
    pub primary_note: Color32,
    /// Behind selected text.
    pub selection: Color32,
}

const fn hex(rgb: u32) -> Color32 {
    let [_, r, g, b] = rgb.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

impl Palette {
    /// For the night.
    pub const DARK: Self = Self {
        ground: hex(0x15_181C),
        rail: hex(0x11_1417),
        card: hex(0x1C_2025),
        field: hex(0x23_282E),
        field_hover: hex(0x2B_3138),
        line: hex(0x2B_3138),
        ink: hex(0xE8_EAED),
        second: hex(0xA3_ACB6),
        third: hex(0x8C_95A0),
        isolated: hex(0x7F_B2FF),
        cross: hex(0xF0_A56B),
        attention: hex(0xE8_BF6A),
        primary: hex(0xDD_E3EA),
        primary_ink: hex(0x15_181C),
        primary_note: hex(0x4A_535D),
        selection: hex(0x2F_4668),
    };

    /// For the day.
    pub const LIGHT: Self = Self {
        ground: hex(0xF6_F6F3),
        rail: hex(0xEF_EFEB),
        card: hex(0xFF_FFFF),
        field: hex(0xEA_EAE6),
        field_hover: hex(0xE2_E2DD),
        line: hex(0xDD_DDD8),
        ink: hex(0x1C_2025),
        second: hex(0x4E_5761),
        third: hex(0x5E_6771),
        isolated: hex(0x1F_5FBF),
        cross: hex(0x9A_5010),
        attention: hex(0x7A_5600),
        primary: hex(0x1C_2025),
        primary_ink: hex(0xFF_FFFF),
        primary_note: hex(0xB4_BCC5),
        selection: hex(0xC5_D8F5),
    };

    /// The palette that the style in force stands for.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Self::of_theme(ui.visuals().dark_mode)
    }

    /// The palette of the dark or the light theme.
    pub const fn of_theme(dark: bool) -> &'static Self {
        if dark { &Self::DARK } else { &Self::LIGHT }
    }
}

/// Sizes of type: points, and the height of a line.
pub mod size {
    /// A view's heading.
    pub const HEADING: (f32, f32) = (26.0, 34.0);
    /// The reveal's first sentence.
    pub const SENTENCE: (f32, f32) = (22.0, 31.0);
    /// Text, and what is typed.
    pub const TEXT: (f32, f32) = (16.0, 24.0);
    /// Labels of buttons and of the rail.
    pub const LABEL: (f32, f32) = (15.0, 22.0);
    /// Notes, labels over fields.
    pub const NOTE: (f32, f32) = (13.5, 20.0);
}

/// Spaces, in steps of the 8-px grid.
pub mod space {
    /// Within a line.
    pub const HALF: f32 = 4.0;
    /// Between a label and its field.
    pub const ONE: f32 = 8.0;
    /// Between neighbours.
    pub const TWO: f32 = 16.0;
    /// Between groups, and inside a card.
    pub const THREE: f32 = 24.0;
    /// Between parts of a view.
    pub const FIVE: f32 = 40.0;
}

/// Widths and heights.
pub mod measure {
    /// The left rail.
    pub const RAIL: f32 = 176.0;
    /// Below this width the window is compact and the rail becomes a row.
    pub const COMPACT: f32 = 620.0;
    /// Below this width the words of the rail are smaller.
    pub const NARROW: f32 = 480.0;
    /// A form's column.
    pub const FORM: f32 = 600.0;
    /// A card's column: tables and the picture.
    pub const WIDE: f32 = 712.0;
    /// The least height of anything one can press.
    pub const TARGET: f32 = 40.0;
    /// A button's height.
    pub const BUTTON: f32 = 46.0;
    /// Radius of cards.
    pub const CARD_RADIUS: u8 = 14;
    /// Radius of fields and buttons.
    pub const RADIUS: u8 = 10;
    /// Width of the focus ring.
    pub const RING: f32 = 2.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, as WCAG 2.2 defines it.
    fn luminance(colour: Color32) -> f64 {
        let channel = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.040_45 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_measure_of_contrast_is_that_of_wcag() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
        // The often quoted lightest grey that passes on white.
        assert!((contrast(hex(0x76_7676), Color32::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_text_colour_reaches_aa_on_every_ground_it_stands_on() {
        for (name, p) in [("dark", Palette::DARK), ("light", Palette::LIGHT)] {
            for (ground_name, ground) in [
                ("ground", p.ground),
                ("rail", p.rail),
                ("card", p.card),
                ("field", p.field),
            ] {
                for (ink_name, ink) in [
                    ("ink", p.ink),
                    ("second", p.second),
                    ("third", p.third),
                    ("isolated", p.isolated),
                    ("cross", p.cross),
                    ("attention", p.attention),
                ] {
                    let ratio = contrast(ink, ground);
                    assert!(
                        ratio >= 4.5,
                        "{name}: {ink_name} on {ground_name} is {ratio:.2}"
                    );
                }
            }
            for (ink_name, ink) in [("ink", p.primary_ink), ("note", p.primary_note)] {
                let ratio = contrast(ink, p.primary);
                assert!(ratio >= 4.5, "{name}: primary {ink_name} is {ratio:.2}");
            }
            assert!(contrast(p.ink, p.selection) >= 4.5, "{name}: selected text");
            assert!(
                contrast(p.isolated, p.ground) >= 3.0,
                "{name}: the focus ring"
            );
        }
    }
}

//! How the window looks to her, and how that is kept and applied.

use serde::{Deserialize, Serialize};

use super::Window;
use crate::ui::style;

/// Dark, light, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// For the night.
    #[default]
    Dark,
    /// For the day.
    Light,
    /// As the system has it.
    System,
}

/// What is kept of the window between runs; nothing that decides anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Dark, light or the system's.
    pub theme: Theme,
    /// Size of everything, in percent: 80 to 200.
    pub zoom: u16,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::Dark,
            zoom: 100,
        }
    }
}

impl Window {
    pub(super) fn apply_preferences(&mut self, ctx: &egui::Context) {
        if self.applied.as_ref() == Some(&self.preferences) {
            return;
        }
        if self.applied.is_none() {
            style::install(ctx);
        }
        ctx.set_theme(match self.preferences.theme {
            Theme::Dark => egui::ThemePreference::Dark,
            Theme::Light => egui::ThemePreference::Light,
            Theme::System => egui::ThemePreference::System,
        });
        let zoom = self.preferences.zoom.clamp(80, 200);
        ctx.set_zoom_factor(f32::from(zoom) / 100.0);
        self.applied = Some(self.preferences.clone());
    }
}

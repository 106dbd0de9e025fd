//! How the window looks to her, and how that is kept and applied.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Window;
use crate::app::App;
use crate::journal::AtomicText;
use crate::ui::style;
use crate::wording::text::sentence;

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

/// What is kept of the window between runs; nothing that decides anything. Where it stands is left
/// to the desktop: a screen that is not there any more would hide it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Dark, light or the system's.
    pub theme: Theme,
    /// Size of everything, in percent: 80 to 200.
    pub zoom: u16,
    /// Its width and height, in points of a zoom of 100 percent.
    pub size: [f32; 2],
}

/// The size of a window that nobody has made another.
const USUAL: [f32; 2] = [1120.0, 820.0];
/// The smallest and the largest that are taken.
const LEAST: [f32; 2] = [400.0, 480.0];
const MOST: f32 = 16_000.0;

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::Dark,
            zoom: 100,
            size: USUAL,
        }
    }
}

impl Preferences {
    /// The smallest window, in points.
    pub const LEAST: [f32; 2] = LEAST;

    /// The same, with a size that a window can have.
    fn bounded(mut self) -> Self {
        for (length, least) in self.size.iter_mut().zip(LEAST) {
            *length = if length.is_finite() {
                length.clamp(least, MOST)
            } else {
                least
            };
        }
        self
    }
}

/// How the window was left, and where that is kept.
#[derive(Clone, Debug)]
pub struct WindowLayout {
    preferences: Preferences,
    kept: Result<AtomicText, String>,
}

impl WindowLayout {
    /// Reads how it was left. Where something that the app did not write is in the way, the window
    /// begins as usual, says so, and writes nothing there.
    pub fn read(kept: AtomicText) -> Self {
        let read = match kept.load() {
            Ok(None) => Ok(Preferences::default()),
            Ok(Some(text)) => serde_json::from_str::<Preferences>(&text).map_err(|_| {
                let path = kept.path().display();
                format!("{path} is not what the app wrote. Move it away")
            }),
            Err(error) => Err(error.to_string()),
        };
        match read {
            Ok(preferences) => Self {
                preferences: preferences.bounded(),
                kept: Ok(kept),
            },
            Err(why) => Self {
                preferences: Preferences::default(),
                kept: Err(not_kept(&why)),
            },
        }
    }

    /// How it was left; as usual where that is not known.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }
}

fn not_kept(why: &str) -> String {
    sentence(&format!("Size and theme of the window are not kept: {why}"))
}

/// Seconds for which nothing changes before it is kept: a window that is being drawn larger is not
/// written at each step.
const SETTLED: f64 = 1.0;

/// Where it is kept, what stands there, and what is to stand there since when.
#[derive(Debug)]
pub(super) struct LayoutKeeper {
    kept: AtomicText,
    there: Preferences,
    next: Option<(Preferences, f64)>,
}

impl Window {
    /// A window over an app that looks as it was left.
    pub fn left_as(app: App, look: WindowLayout) -> Self {
        let WindowLayout { preferences, kept } = look;
        let mut window = Self::new(app, preferences.clone());
        match kept {
            Ok(kept) => {
                window.keeper = Some(LayoutKeeper {
                    kept,
                    there: preferences,
                    next: None,
                });
            }
            Err(why) => window.told = Some(why),
        }
        window
    }

    /// Keeps how it looks once that has not changed for a moment.
    pub(super) fn keep_preferences(&mut self, ctx: &egui::Context) {
        if self.keeper.is_none() {
            return;
        }
        let (time, size) = ctx.input(|input| {
            let port = input.viewport();
            let free = [port.maximized, port.fullscreen, port.minimized];
            let size = port.inner_rect.map(|rect| rect.size());
            (input.time, size.filter(|_| !free.contains(&Some(true))))
        });
        if let Some(size) = size {
            // Half a point more or less is no other size.
            let points = size * ctx.zoom_factor();
            self.preferences.size = [points.x.round(), points.y.round()];
        }
        let Some(keeper) = &mut self.keeper else {
            return;
        };
        if keeper.there == self.preferences {
            keeper.next = None;
            return;
        }
        match &keeper.next {
            Some((next, since)) if *next == self.preferences => {
                if time - since >= SETTLED {
                    self.keep();
                    return;
                }
            }
            _ => keeper.next = Some((self.preferences.clone(), time)),
        }
        ctx.request_repaint_after(Duration::from_secs_f64(SETTLED));
    }

    /// The window is closed: how it looks is kept now.
    pub fn close(&mut self) {
        if self
            .keeper
            .as_ref()
            .is_some_and(|keeper| keeper.there != self.preferences)
        {
            self.keep();
        }
    }

    /// Writes it down. What cannot be written once is not tried again in this run.
    fn keep(&mut self) {
        let Some(mut keeper) = self.keeper.take() else {
            return;
        };
        let text = serde_json::to_string(&self.preferences).unwrap_or_default();
        match keeper.kept.save(&text) {
            Ok(()) => {
                keeper.there = self.preferences.clone();
                keeper.next = None;
                self.keeper = Some(keeper);
            }
            Err(error) => self.told = Some(not_kept(&error.to_string())),
        }
    }

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

//! How the window looks to her, and how that is kept and applied.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Window;
use crate::app::App;
use crate::journal::{AtomicText, AtomicTextError};
use crate::ui::style;
use crate::wording::text::sentence;

/// Dark, light, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    Dark,
    Light,
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
    kept: Result<AtomicText, NotKept>,
}

impl WindowLayout {
    /// Reads how it was left. Where something that the app did not write is in the way, the window
    /// begins as usual, says so, and writes nothing there.
    pub fn read(kept: AtomicText) -> Self {
        let read = match kept.load() {
            Ok(None) => Ok(Preferences::default()),
            Ok(Some(text)) => serde_json::from_str::<Preferences>(&text)
                .map_err(|_| NotKept::Foreign(kept.path().to_owned())),
            Err(error) => Err(error.into()),
        };
        match read {
            Ok(preferences) => Self {
                preferences: preferences.bounded(),
                kept: Ok(kept),
            },
            Err(why) => Self {
                preferences: Preferences::default(),
                kept: Err(why),
            },
        }
    }

    /// How it was left; as usual where that is not known.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }
}

/// Why size and theme of the window are not kept.
#[derive(Clone, Debug, thiserror::Error)]
enum NotKept {
    #[error("Size and theme of the window are not kept: {} is not what the app wrote. Move it away", .0.display())]
    Foreign(PathBuf),
    #[error("Size and theme of the window are not kept: {0}")]
    Text(#[source] Arc<AtomicTextError>),
}

impl From<AtomicTextError> for NotKept {
    fn from(error: AtomicTextError) -> Self {
        Self::Text(Arc::new(error))
    }
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
    /// What came of writing it, once it did.
    saving: Option<Receiver<Result<(), AtomicTextError>>>,
}

impl LayoutKeeper {
    /// Writes it down on a thread of its own: a slow disk holds up no frame.
    fn save(&mut self, preferences: &Preferences, ctx: &egui::Context) {
        let text = serde_json::to_string(preferences).unwrap_or_default();
        let (tell, told) = channel();
        let (kept, ctx) = (self.kept.clone(), ctx.clone());
        let save = move || {
            // The window may be gone by now; then nobody waits for the answer.
            let _ = tell.send(kept.save(&text));
            ctx.request_repaint();
        };
        let name = "size and theme".to_owned();
        if std::thread::Builder::new().name(name).spawn(save).is_ok() {
            self.saving = Some(told);
            self.there = preferences.clone();
            self.next = None;
        }
    }
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
                    saving: None,
                });
            }
            Err(why) => window.told = Some(sentence(&why)),
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
        if let Some(saving) = &keeper.saving {
            match saving.try_recv() {
                Err(TryRecvError::Empty) => return,
                Ok(Err(why)) => {
                    // What cannot be written once is not tried again in this run.
                    self.told = Some(sentence(&NotKept::from(why)));
                    self.keeper = None;
                    return;
                }
                Ok(Ok(())) | Err(TryRecvError::Disconnected) => keeper.saving = None,
            }
        }
        if keeper.there == self.preferences {
            keeper.next = None;
            return;
        }
        match &keeper.next {
            Some((next, since)) if *next == self.preferences => {
                if time - since >= SETTLED {
                    keeper.save(&self.preferences, ctx);
                    return;
                }
            }
            _ => keeper.next = Some((self.preferences.clone(), time)),
        }
        ctx.request_repaint_after(Duration::from_secs_f64(SETTLED));
    }

    /// Whether size and theme are on their way to the disk.
    pub fn is_keeping(&self) -> bool {
        let keeper = self.keeper.as_ref();
        keeper.is_some_and(|keeper| keeper.saving.is_some())
    }

    /// The window is closed: what is typed and how it looks is kept now.
    pub fn close(&mut self) {
        self.app.keep_now();
        let Some(mut keeper) = self.keeper.take() else {
            return;
        };
        let saved = keeper.saving.take().and_then(|saving| saving.recv().ok());
        if keeper.there != self.preferences && saved.is_none_or(|saved| saved.is_ok()) {
            let text = serde_json::to_string(&self.preferences).unwrap_or_default();
            // Nobody is left to be told.
            let _ = keeper.kept.save(&text);
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

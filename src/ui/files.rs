//! Files that are chosen in the system's dialog or dropped on the window. Only their paths: the
//! app reads them.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::Context;

/// The dialog that is open, if one is.
#[derive(Debug, Default)]
pub(super) struct Files {
    chosen: Option<Receiver<Option<PathBuf>>>,
}

impl Files {
    /// Opens the dialog on a thread of its own: the window goes on.
    pub(super) fn choose(&mut self, ctx: &Context) {
        if self.chosen.is_some() {
            return;
        }
        let (tell, chosen) = channel();
        let ctx = ctx.clone();
        let asked = std::thread::Builder::new()
            .name("file dialog".to_owned())
            .spawn(move || {
                let path = rfd::FileDialog::new()
                    .set_title("An account snapshot")
                    .add_filter("JSON", &["json"])
                    .pick_file();
                // The window may be gone by now; then nobody waits for the answer.
                let _ = tell.send(path);
                ctx.request_repaint();
            });
        self.chosen = asked.is_ok().then_some(chosen);
    }

    /// Paths that have come since the last frame.
    pub(super) fn come(&mut self, ctx: &Context) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_path_buf())
                .collect()
        });
        if let Some(answer) = self
            .chosen
            .as_ref()
            .and_then(|chosen| chosen.try_recv().ok())
        {
            paths.extend(answer);
            self.chosen = None;
        }
        paths
    }
}

//! The window; and one human sentence where there can be none.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, anyhow};
use eframe::egui::{IconData, Ui, ViewportBuilder};
use eframe::{CreationContext, Frame, NativeOptions, Renderer};
use impulse_audit::app::App;
use impulse_audit::journal::{AtomicText, Folders, RealFs, SystemClock};
use impulse_audit::ui::tokens::Palette;
use impulse_audit::ui::{Preferences, Window, WindowLayout};

/// Reverse-DNS id: the same for window, desktop file and icon.
const APP_ID: &str = "io.github.impulse_audit.ImpulseAudit";

/// Opens the window over the journal in these folders. Exit code 0 when it was closed, 2 when it
/// could not be opened.
pub(crate) fn open(folders: &Folders) -> ExitCode {
    match run(folders) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where standard error takes no more, nobody is left to be told.
            let _ = writeln!(std::io::stderr(), "{error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(folders: &Folders) -> anyhow::Result<()> {
    let opened = Arc::new(AtomicBool::new(false));
    let look = WindowLayout::read(AtomicText::window(folders, Arc::new(RealFs)));
    let mut last = anyhow!("there is no renderer");
    for renderer in renderers() {
        match try_window(folders, &look, renderer, &opened) {
            Ok(()) => return Ok(()),
            Err(error) if opened.load(Ordering::Relaxed) => return Err(error),
            Err(error) => last = error,
        }
    }
    Err(last).context("No window could be opened. Impulse Audit needs a desktop with a display")
}

/// OpenGL first; where the system has another way, that one when OpenGL fails to start.
fn renderers() -> Vec<Renderer> {
    #[cfg(any(windows, target_os = "macos"))]
    return vec![Renderer::Glow, Renderer::Wgpu];
    #[cfg(not(any(windows, target_os = "macos")))]
    vec![Renderer::Glow]
}

fn try_window(
    folders: &Folders,
    look: &WindowLayout,
    renderer: Renderer,
    opened: &Arc<AtomicBool>,
) -> anyhow::Result<()> {
    let options = NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Impulse audit")
            .with_app_id(APP_ID)
            .with_icon(Arc::new(icon()))
            .with_inner_size(look.preferences().size)
            .with_min_inner_size(Preferences::LEAST),
        renderer,
        ..NativeOptions::default()
    };
    let (folders, look) = (folders.clone(), look.clone());
    let opened_here = Arc::clone(opened);
    // Where a library of the desktop is missing the window system panics instead of saying so.
    let quiet = std::panic::take_hook();
    let opened_in_hook = Arc::clone(opened);
    std::panic::set_hook(Box::new(move |info| {
        if opened_in_hook.load(Ordering::Relaxed) {
            quiet(info);
        }
    }));
    let result = catch_unwind(AssertUnwindSafe(|| {
        eframe::run_native(
            "Impulse audit",
            options,
            Box::new(move |context| {
                let app = Handler::new(context, folders, look);
                opened_here.store(true, Ordering::Relaxed);
                Ok(Box::new(app))
            }),
        )
    }));
    match result {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(anyhow!("{}", reason(&error.to_string()))),
        Err(panic) if opened.load(Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(_) => Err(anyhow!("a library of the desktop is missing")),
    }
}

/// The last clause of a window system's error: the rest names its source files.
fn reason(error: &str) -> &str {
    error
        .rsplit(": ")
        .next()
        .unwrap_or(error)
        .trim_end_matches('.')
}

/// The window's icon: a pause sign, drawn here so that no decoder is needed.
fn icon() -> IconData {
    const SIDE: u32 = 64;
    let inside =
        |x: u32, y: u32| (16..48).contains(&y) && ((18..27).contains(&x) || (37..46).contains(&x));
    let Palette {
        ground, primary, ..
    } = Palette::DARK;
    let rgba = (0..SIDE)
        .flat_map(|y| (0..SIDE).map(move |x| (x, y)))
        .flat_map(|(x, y)| if inside(x, y) { primary } else { ground }.to_array())
        .collect();
    IconData {
        rgba,
        width: SIDE,
        height: SIDE,
    }
}

/// The window as the toolkit calls it.
struct Handler {
    window: Window,
}

impl Handler {
    fn new(context: &CreationContext<'_>, folders: Folders, look: WindowLayout) -> Self {
        let ctx = context.egui_ctx.clone();
        let app = App::open(
            folders,
            Arc::new(RealFs),
            Arc::new(SystemClock::new()),
            Box::new(move || ctx.request_repaint()),
        );
        Self {
            window: Window::left_as(app, look),
        }
    }
}

impl eframe::App for Handler {
    fn logic(&mut self, ctx: &eframe::egui::Context, _frame: &mut Frame) {
        self.window.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        self.window.ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.window.close();
    }
}

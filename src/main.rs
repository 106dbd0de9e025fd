//! The door: arguments, then a window or one command.
#![cfg_attr(all(windows, feature = "window"), windows_subsystem = "windows")]

#[cfg(feature = "window")]
mod door;

use std::process::ExitCode;

use impulse_audit::cli;

fn main() -> ExitCode {
    #[cfg(feature = "window")]
    let window: Option<cli::Window> = Some(door::open);
    #[cfg(not(feature = "window"))]
    let window: Option<cli::Window> = None;
    cli::start(window)
}

//! The door: arguments, then a window.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod door;

use std::process::ExitCode;

fn main() -> ExitCode {
    door::open()
}

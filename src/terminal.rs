//! The same commands as a program of the console: for Windows, where a program of the desktop
//! has no terminal to print on.

use std::process::ExitCode;

fn main() -> ExitCode {
    impulse_audit::cli::start(None)
}

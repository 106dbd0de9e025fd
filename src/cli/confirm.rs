//! A yes before something that is not taken back.

use std::io::{self, BufRead as _, IsTerminal as _, Write};

use super::answer::{Failure, cannot_run, refused};

/// Asks on the terminal whether to do `what`.
pub(super) fn confirmed(out: &mut dyn Write, what: &str) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(refused(format!(
            "Nothing was changed: where standard input is no terminal, --yes is needed to {what}"
        )));
    }
    writeln!(
        out,
        "Write yes to {what}; anything else leaves all as it is."
    )?;
    write!(out, "> ")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| cannot_run(format!("Your answer cannot be read: {error}")))?;
    Ok(line.trim().eq_ignore_ascii_case("yes"))
}

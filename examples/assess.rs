//! The engine as a library: JSON case lines from standard input, one answer a line on standard
//! output, in the same order.
//!
//! `cargo run --example assess < cases.jsonl`

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use impulse_audit::engine::case;

fn main() -> ExitCode {
    match case::run(io::stdin().lock(), BufWriter::new(io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            drop(writeln!(
                io::stderr(),
                "The case lines can't be read or answered: {fault}."
            ));
            ExitCode::FAILURE
        }
    }
}

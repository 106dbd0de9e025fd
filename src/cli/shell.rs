//! `completions` and `man`: made from the same definition as `--help`.

use std::io::{Write as _, stdout};

use clap::CommandFactory as _;

use super::Arguments;
use super::answer::{CommandResult, Exit};

pub(super) fn completions(shell: clap_complete::Shell) -> CommandResult {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut text);
    stdout().lock().write_all(&text)?;
    Ok(Exit::Done)
}

/// Prints the man page, every command on it.
pub(super) fn man() -> CommandResult {
    let mut text = Vec::new();
    page(Arguments::command(), &mut text)?;
    stdout().lock().write_all(&text)?;
    Ok(Exit::Done)
}

/// One page: the program, then each command with its arguments.
fn page(mut command: clap::Command, text: &mut Vec<u8>) -> std::io::Result<()> {
    command.build();
    let program = clap_mangen::Man::new(command.clone());
    program.render_title(text)?;
    program.render_name_section(text)?;
    program.render_synopsis_section(text)?;
    program.render_description_section(text)?;
    program.render_options_section(text)?;
    commands(&command, text)?;
    program.render_extra_section(text)?;
    program.render_version_section(text)
}

fn commands(above: &clap::Command, text: &mut Vec<u8>) -> std::io::Result<()> {
    for command in above.get_subcommands().filter(|c| c.get_name() != "help") {
        if command.has_subcommands() {
            commands(command, text)?;
            continue;
        }
        let man = clap_mangen::Man::new(command.clone());
        let name = command
            .get_bin_name()
            .unwrap_or_else(|| command.get_name())
            .to_uppercase();
        writeln!(text, ".SH {}", roff_words(&name))?;
        // Its sections become paragraphs of this one.
        for (render, heading) in [
            (
                clap_mangen::Man::render_synopsis_section
                    as fn(&clap_mangen::Man, &mut dyn std::io::Write) -> std::io::Result<()>,
                "SYNOPSIS",
            ),
            (clap_mangen::Man::render_description_section, "DESCRIPTION"),
            (clap_mangen::Man::render_options_section, "OPTIONS"),
        ] {
            let mut section = Vec::new();
            render(&man, &mut section)?;
            let section =
                String::from_utf8_lossy(&section).replace(&format!(".SH {heading}"), ".PP");
            text.extend_from_slice(section.as_bytes());
        }
    }
    Ok(())
}

/// Words as a man page takes them: a dash of a name is a minus there.
fn roff_words(words: &str) -> String {
    format!("\"{}\"", words.replace('-', "\\-"))
}

//! `account import`: what a file would change, what it leaves open, and only then it is taken in.

use std::collections::VecDeque;
use std::io::{self, IsTerminal as _, Write, stdin, stdout};
use std::path::Path;

use serde::Serialize;

use super::{answers, look, named};
use crate::app::import_form::{ImportForm, other_markets, read_snapshot};
use crate::app::{App, Command};
use crate::cli::answer::{CommandResult, Exit, Failure, cannot_run, refused};
use crate::cli::open::{carry_out, open, read_book};
use crate::cli::print;
use crate::cli::prompt::{Answer, NoAnswer, PromptResult, Prompter, Quit, until_saved};
use crate::interchange::ccxt::{Preview, ProposedChange};
use crate::journal::{Folders, RealFs, SystemClock};
use crate::market::AccountId;
use crate::record::Account;
use crate::wording::account::{LEFT_OUT, TAKEN_IN};
use crate::wording::text::sentence;

/// What a file would change, as `account import --json` prints it.
#[derive(Serialize)]
struct Shown<'a> {
    account: &'a str,
    lines: Vec<ShownLine>,
    questions: Vec<ShownQuestion<'a>>,
    notes: Vec<ShownNote<'a>>,
    left_out: Vec<String>,
    other_markets: usize,
    taken: bool,
}

#[derive(Serialize)]
struct ShownLine {
    about: String,
    change: String,
}

#[derive(Serialize)]
struct ShownQuestion<'a> {
    words: &'a str,
    offers: Vec<&'a str>,
}

#[derive(Serialize)]
struct ShownNote<'a> {
    about: &'a str,
    words: &'a str,
}

/// Shows it, asks what is missing where somebody can answer, and takes it in.
pub(super) fn run(
    folders: Folders,
    file: &Path,
    account: Option<&str>,
    yes: bool,
    json: bool,
) -> CommandResult {
    let text = read_snapshot(&RealFs, file).map_err(|why| cannot_run(sentence(&why)))?;
    if stdin().is_terminal() && !json {
        return at_a_terminal(folders, text, account, yes);
    }
    if yes {
        let mut app = open(folders)?;
        let form = form(text, named(app.state(), account)?)?;
        return take_in(&mut app, &form, json);
    }
    let state = read_book(&folders, &SystemClock::new())?;
    let account = named(&state, account)?;
    let form = form(text, account)?;
    let preview = form.preview(account).unwrap_or_default();
    show(&mut stdout().lock(), account, &form, false, json)?;
    if !json {
        let open = preview.questions.len();
        let hint = match open {
            0 => "Nothing is taken in yet: --yes takes it in.",
            _ => "Nothing is taken in: a terminal, or the window, asks what is open.",
        };
        print::wrapped(&mut stdout().lock(), "", hint)?;
    }
    Ok(Exit::Done)
}

fn form(text: String, account: &Account) -> Result<ImportForm, Failure> {
    let mut form = ImportForm::of(account.set.account);
    form.take(Ok(text));
    match form.refused() {
        Some(why) => Err(refused(why)),
        None => Ok(form),
    }
}

/// Takes in what leaves nothing open, without asking.
fn take_in(app: &mut App, form: &ImportForm, json: bool) -> CommandResult {
    let account = app.state().account(form.account).cloned();
    let Some(account) = account else {
        return Err(refused("This account is not known"));
    };
    let commands = form.commands(&account);
    let left_out = form.left_out(&account, &form.preview(&account).unwrap_or_default());
    let taken = commands.is_ok();
    show(&mut stdout().lock(), &account, form, taken, json)?;
    for command in commands.map_err(|problem| refused(problem.to_string()))? {
        carry_out(app, command)?;
    }
    if !json {
        told(app, form.account, &left_out)?;
    }
    Ok(Exit::Done)
}

/// What the account holds now, and what was left out.
fn told(app: &App, account: AccountId, left_out: &[String]) -> io::Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{TAKEN_IN}")?;
    left(&mut out, left_out)?;
    match app.state().account(account) {
        Some(account) => look::say(&mut out, account, &app.now()),
        None => Ok(()),
    }
}

fn show(
    out: &mut dyn Write,
    account: &Account,
    form: &ImportForm,
    taken: bool,
    json: bool,
) -> io::Result<()> {
    let preview = &form.preview(account).unwrap_or_default();
    let left_out = form.left_out(account, preview);
    let collateral = &account.set.collateral;
    if json {
        let shown = Shown {
            account: &account.set.name,
            lines: preview
                .lines
                .iter()
                .map(|line| ShownLine {
                    about: line.name(),
                    change: line.change(collateral),
                })
                .collect(),
            questions: preview
                .questions
                .iter()
                .map(|question| ShownQuestion {
                    words: &question.words,
                    offers: question.offers.iter().map(|o| o.words.as_str()).collect(),
                })
                .collect(),
            notes: preview
                .notes
                .iter()
                .map(|note| ShownNote {
                    about: &note.about,
                    words: &note.words,
                })
                .collect(),
            left_out,
            other_markets: preview.other_markets.len(),
            taken,
        };
        return print::json(out, &shown);
    }
    print::wrapped(
        out,
        "",
        &format!("What would change in {}", account.set.name),
    )?;
    for line in &preview.lines {
        change(out, "  ", line, collateral)?;
    }
    if preview.lines.is_empty() {
        print::wrapped(out, "  ", "Nothing yet.")?;
    }
    beside(out, preview)?;
    left(out, &left_out)?;
    for question in &preview.questions {
        print::wrapped(out, "", &format!("Open: {}", question.words))?;
    }
    Ok(())
}

/// What is not taken in, or was not.
fn left(out: &mut dyn Write, left_out: &[String]) -> io::Result<()> {
    if !left_out.is_empty() {
        print::wrapped(out, "", LEFT_OUT)?;
    }
    let mut left_out = left_out.iter();
    left_out.try_for_each(|words| print::wrapped(out, "  ", words))
}

fn change(
    out: &mut dyn Write,
    indent: &str,
    line: &ProposedChange,
    collateral: &str,
) -> io::Result<()> {
    let words = format!("{}: {}", line.name(), line.change(collateral));
    print::wrapped(out, indent, &words)
}

/// What is said of it and needs no answer.
fn beside(out: &mut dyn Write, preview: &Preview) -> io::Result<()> {
    for note in &preview.notes {
        print::wrapped(out, "  ", &format!("{}: {}", note.about, note.words))?;
    }
    match other_markets(preview) {
        Some(words) => print::wrapped(out, "  ", &words),
        None => Ok(()),
    }
}

fn at_a_terminal(
    folders: Folders,
    text: String,
    account: Option<&str>,
    yes: bool,
) -> CommandResult {
    let mut prompter = Prompter::over(folders, "What a file leaves open is yours to say")?;
    let mut form = form(text, named(prompter.app.state(), account)?)?;
    prompter.say("Nothing is taken in before you say so. < goes back; q leaves without it.")?;
    let mut waiting: Option<VecDeque<Command>> = None;
    let mut left_out = Vec::new();
    let done = until_saved(&mut prompter, |prompter| {
        if waiting.is_none() {
            let (commands, left) = agreed(prompter, &mut form, yes)?;
            left_out = left;
            waiting = Some(commands);
        }
        // What was on its way when the disk refused is saved by now, and is not sent again.
        while let Some(command) = waiting.as_mut().and_then(VecDeque::pop_front) {
            prompter.send(command)?;
        }
        Ok(())
    });
    match (done, waiting) {
        (Ok(()), _) => {
            told(&prompter.app, form.account, &left_out)?;
            Ok(Exit::Done)
        }
        (Err(NoAnswer::Failed(failure)), _) => Err(failure),
        (Err(_), _) => Err(refused("Nothing was taken in")),
    }
}

/// Asks what is open and shows what would change, until she takes it in.
fn agreed(
    prompter: &mut Prompter,
    form: &mut ImportForm,
    yes: bool,
) -> PromptResult<(VecDeque<Command>, Vec<String>)> {
    loop {
        if !answers::ask(prompter, form)? {
            return Err(NoAnswer::Quit);
        }
        let account = prompter.app.state().account(form.account).cloned();
        let Some((account, preview)) = account.and_then(|account| {
            let preview = form.preview(&account)?;
            Some((account, preview))
        }) else {
            return Err(NoAnswer::Quit);
        };
        prompter.pause()?;
        prompter.say(&format!("What would change in {}", account.set.name))?;
        for (number, line) in (1_u32..).zip(&preview.lines) {
            let left_out = if form.is_left_out(line) {
                "left out: "
            } else {
                ""
            };
            let change = line.change(&account.set.collateral);
            prompter.note(&format!("{number}  {left_out}{}: {change}", line.name()))?;
        }
        let left_out = form.left_out(&account, &preview);
        let mut out = stdout().lock();
        beside(&mut out, &preview)?;
        left(&mut out, &left_out)?;
        drop(out);
        if !yes && !wanted(prompter, form, &preview)? {
            continue;
        }
        match form.commands(&account) {
            Ok(commands) => return Ok((commands.into(), left_out)),
            Err(problem) => {
                prompter.say(&problem.to_string())?;
                return Err(NoAnswer::Quit);
            }
        }
    }
}

/// Whether it is taken in as it stands; lines are left out, or taken again, by their numbers.
fn wanted(prompter: &mut Prompter, form: &mut ImportForm, preview: &Preview) -> PromptResult<bool> {
    prompter.note("Enter: take these in.   2 3: leave these lines out, or take them again.   <: what was asked last.")?;
    match prompter.ask(Quit::Leaves)? {
        Answer::Nothing => Ok(true),
        Answer::Back => {
            form.back();
            Ok(false)
        }
        Answer::Words(words) => {
            let numbers = words.split([' ', ',']).filter(|word| !word.is_empty());
            for number in numbers {
                let at = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                if let Some(line) = at.and_then(|at| preview.lines.get(at)) {
                    form.turn(line);
                }
            }
            Ok(false)
        }
    }
}

//! The talk with the person: a line out, a line in, and time that goes on meanwhile.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `choose` | one of a few, a a number with its echo; one question after the other |
//! | `form` | any form, question by question |
//! | `input_line` | what a line says |
//! | `saved` | what was not saved, which is never lost from here |

mod choose;
pub(in crate::cli) mod form;
mod input_line;
mod saved;

use std::io::{self, BufRead as _, IsTerminal as _, Stdout, Write, stdin, stdout};
use std::mem::{Discriminant, discriminant};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::answer::{Failure, cannot_run, refused};
use super::open::open;
use super::print;
use crate::app::{App, Command, Refusal, Saving, Stage};
use crate::audit::{Choice, Draft};
use crate::journal::{Finding, Folders};
use crate::market::AuditId;

pub(super) use self::choose::{
    Chosen, NumberQuestion, in_turn, keeps, left_empty, number, number_or_none, one_of,
    until_understood, words,
};
pub(super) use self::input_line::{Answer, InputLine};
pub(super) use self::saved::until_saved;

/// Does nothing with a trade.
pub(super) const DO_NOTHING: Command = Command::Decide {
    choice: Choice::DoNothing,
    sentence: None,
};

/// How long is waited at most before the clocks are looked at again: a machine that slept has
/// other clocks than this program's waiting.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// What `q` does where something is asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Quit<'a> {
    /// Does nothing with the trade that is being written, once that was asked.
    WalksAway(&'a Draft),
    /// Does nothing with the trade whose numbers are on the table.
    DoesNothing,
    /// Leaves: there is no trade to walk away from.
    Leaves,
}

/// Why a question got no answer.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// The audit stands elsewhere now: by time, or since something was not saved.
    Turned,
    /// She leaves what is asked here.
    Quit,
    /// Nobody answers any more: the input has ended.
    Left,
    /// Nothing can be said any more: the output takes no more, or its reader is gone.
    Unheard(io::Error),
    /// It cannot go on.
    Failed(Failure),
}

impl From<io::Error> for NoAnswer {
    fn from(error: io::Error) -> Self {
        Self::Unheard(error)
    }
}

/// What nobody could be asked: not done, and `left` says where that leaves it.
pub(super) fn unheard(error: &io::Error, left: &str) -> Failure {
    cannot_run(format!("The questions could not be asked: {error}. {left}"))
}

/// What a question came to.
pub(super) type PromptResult<T> = Result<T, NoAnswer>;

/// The app, and the lines between it and the person.
#[derive(Debug)]
pub(super) struct Prompter {
    pub(super) app: App,
    lines: Receiver<String>,
    out: Stdout,
}

/// Where the audit stands, to see whether it still does.
type Place = (Discriminant<Stage>, Option<AuditId>, bool);

impl Prompter {
    /// A talk over the journal in these folders. What was found when it was opened is said
    /// first. Lines are read on a thread of their own, so that time can go on while nobody
    /// types.
    ///
    /// # Errors
    /// Where standard input is no terminal: `yours` is what is a person's to write.
    pub(super) fn over(folders: Folders, yours: &str) -> Result<Self, Failure> {
        if !stdin().is_terminal() {
            return Err(refused(format!(
                "{yours}: standard input must be a terminal"
            )));
        }
        let app = open(folders)?;
        let (send, lines) = channel();
        std::thread::Builder::new()
            .name("lines".to_owned())
            .spawn(move || {
                for line in stdin().lock().lines() {
                    let line = match line {
                        // What is no text is no answer: the line is asked for again.
                        Err(error) if error.kind() == io::ErrorKind::InvalidData => String::new(),
                        // The terminal is gone.
                        Err(_) => break,
                        Ok(line) => line,
                    };
                    if send.send(line).is_err() {
                        break;
                    }
                }
            })
            .map_err(|error| cannot_run(format!("Your answers cannot be read: {error}")))?;
        let prompter = Self {
            app,
            lines,
            out: stdout(),
        };
        for finding in prompter.app.findings() {
            if !matches!(finding, Finding::Created) {
                let said = prompter.say(&finding.to_string());
                said.map_err(|error| unheard(&error, "Nothing was written."))?;
            }
        }
        Ok(prompter)
    }

    pub(super) fn say(&self, words: &str) -> io::Result<()> {
        print::wrapped(&mut self.out.lock(), "", words)
    }

    /// The same, set in.
    pub(super) fn note(&self, words: &str) -> io::Result<()> {
        print::wrapped(&mut self.out.lock(), "  ", words)
    }

    /// An empty line: something else follows.
    pub(super) fn pause(&self) -> io::Result<()> {
        writeln!(self.out.lock())
    }

    fn place(&self) -> Place {
        (
            discriminant(self.app.stage()),
            self.app.draft().map(|draft| draft.audit),
            matches!(self.app.saving(), Saving::NotSaved(_)),
        )
    }

    /// Waits for a line, letting time do its part.
    ///
    /// # Errors
    /// [`Stop::Turned`] where the audit stands elsewhere before a line came: the line, if one
    /// came, was an answer to something that is over.
    pub(super) fn hear(&mut self) -> PromptResult<InputLine> {
        let asked_at = self.place();
        let mut out = self.out.lock();
        write!(out, "> ")?;
        out.flush()?;
        drop(out);
        loop {
            let wait = self.app.next_wake().unwrap_or(LOOK_AGAIN).min(LOOK_AGAIN);
            let heard = self.lines.recv_timeout(wait);
            self.app.settle();
            if self.place() != asked_at {
                self.pause()?;
                return Err(NoAnswer::Turned);
            }
            match heard {
                Ok(line) => return Ok(InputLine::read(&line)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    self.pause()?;
                    return Err(NoAnswer::Left);
                }
            }
        }
    }

    /// Lines that were typed before anything was asked: they answer nothing.
    pub(super) fn forget_lines(&self) {
        while self.lines.try_recv().is_ok() {}
    }

    /// Asks, and does what `q` does here.
    ///
    /// # Errors
    /// As [`Prompter::hear`], and [`Stop::Turned`] or [`Stop::Quit`] where `q` was said.
    pub(super) fn ask(&mut self, quit: Quit<'_>) -> PromptResult<Answer> {
        loop {
            match (self.hear()?, quit) {
                (InputLine::Answer(answer), _) => return Ok(answer),
                (InputLine::Quit, Quit::WalksAway(draft)) => self.walk(draft)?,
                (InputLine::Quit, Quit::DoesNothing) => {
                    self.send(DO_NOTHING)?;
                    return Err(NoAnswer::Turned);
                }
                (InputLine::Quit, Quit::Leaves) => return Err(NoAnswer::Quit),
            }
        }
    }

    fn walk(&mut self, draft: &Draft) -> PromptResult<()> {
        self.pause()?;
        self.say(
            "Do nothing with this trade? It goes into the journal as a decision, like any other.",
        )?;
        self.note("Enter: do nothing.   <: go on writing.")?;
        match self.hear()? {
            InputLine::Answer(Answer::Nothing) | InputLine::Quit => {
                self.send(Command::WalkAway(Box::new(draft.clone())))?;
                Err(NoAnswer::Turned)
            }
            InputLine::Answer(Answer::Back | Answer::Words(_)) => {
                self.say("You go on writing.")?;
                Ok(())
            }
        }
    }

    /// Sends a command and waits for the disk. A refusal is said.
    ///
    /// # Errors
    /// [`Stop::Turned`] where something was not saved.
    pub(super) fn send(&mut self, command: Command) -> PromptResult<bool> {
        match self.try_send(command)? {
            Ok(()) => Ok(true),
            Err(refusal) => {
                self.say(&refusal.to_string())?;
                Ok(false)
            }
        }
    }

    /// The same; a refusal is for the caller to say.
    pub(super) fn try_send(&mut self, command: Command) -> PromptResult<Result<(), Refusal>> {
        let sent = self.app.send(command);
        self.app.settle();
        if matches!(self.app.saving(), Saving::NotSaved(_)) {
            return Err(NoAnswer::Turned);
        }
        Ok(sent)
    }

    /// Keeps what was answered so far, so that a restart loses nothing.
    pub(super) fn keep(&mut self, draft: &Draft) -> PromptResult<()> {
        self.send(Command::KeepDraft(Box::new(draft.clone())))?;
        Ok(())
    }
}

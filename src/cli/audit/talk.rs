//! The talk with the person: a line out, a line in, and time that goes on meanwhile.

use std::io::{self, BufRead as _, Stdout, Write, stdin, stdout};
use std::mem::{Discriminant, discriminant};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::audit::{AuditId, Draft};
use crate::cli::answer::{Failure, cannot_run};
use crate::cli::print;
use crate::desk::{Command, Desk, Refusal, Saving, Stage};

/// The line that does nothing with the trade.
pub(super) const WALK_AWAY: &str = "q";
/// The line that goes back.
pub(super) const BACK: &str = "<";

/// How long is waited at most before the clocks are looked at again: a machine that slept has
/// other clocks than this program's waiting.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// What a line said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Words.
    Words(String),
    /// Nothing: an empty line.
    Nothing,
    /// One question back.
    Back,
    /// Do nothing with this trade.
    WalkAway,
}

/// Why a question got no answer.
#[derive(Debug)]
pub(super) enum Stop {
    /// The audit stands elsewhere now: by time, or since something was not saved.
    Turned,
    /// Nobody answers any more: the input has ended.
    Left,
    /// Nothing can be said any more.
    Failed(Failure),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What a question came to.
pub(super) type Heard<T> = Result<T, Stop>;

/// The desk, and the lines between it and the person.
#[derive(Debug)]
pub(super) struct Talk {
    pub(super) desk: Desk,
    lines: Receiver<String>,
    out: Stdout,
}

/// Where the audit stands, to see whether it still does.
type Place = (Discriminant<Stage>, Option<AuditId>, bool);

impl Talk {
    /// A talk over a desk. Lines are read on a thread of their own, so that time can go on
    /// while nobody types.
    pub(super) fn over(desk: Desk) -> Result<Self, Failure> {
        let (send, lines) = channel();
        std::thread::Builder::new()
            .name("lines".to_owned())
            .spawn(move || {
                for line in stdin().lock().lines() {
                    // What is no text is no answer: the line is asked for again.
                    let line = line.unwrap_or_default();
                    if send.send(line).is_err() {
                        break;
                    }
                }
            })
            .map_err(|error| cannot_run(format!("Your answers cannot be read: {error}")))?;
        Ok(Self {
            desk,
            lines,
            out: stdout(),
        })
    }

    /// Says something, wrapped.
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
            discriminant(self.desk.stage()),
            self.desk.draft().map(|draft| draft.audit),
            matches!(self.desk.saving(), Saving::NotSaved(_)),
        )
    }

    /// Waits for a line, letting time do its part.
    ///
    /// # Errors
    /// [`Stop::Turned`] where the audit stands elsewhere before a line came: the line, if one
    /// came, was an answer to something that is over.
    pub(super) fn ask(&mut self) -> Heard<Said> {
        let asked_at = self.place();
        let mut out = self.out.lock();
        write!(out, "> ")?;
        out.flush()?;
        drop(out);
        loop {
            let wait = self.desk.next_wake().unwrap_or(LOOK_AGAIN).min(LOOK_AGAIN);
            let heard = self.lines.recv_timeout(wait);
            self.desk.settle();
            if self.place() != asked_at {
                self.pause()?;
                return Err(Stop::Turned);
            }
            match heard {
                Ok(line) => return Ok(said(&line)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    self.pause()?;
                    return Err(Stop::Left);
                }
            }
        }
    }

    /// Lines that were typed before anything was asked: they answer nothing.
    pub(super) fn forget_lines(&self) {
        while self.lines.try_recv().is_ok() {}
    }

    /// Asks while the draft is being written: walking away is asked once more and done here.
    pub(super) fn ask_writer(&mut self, draft: &Draft) -> Heard<Said> {
        loop {
            match self.ask()? {
                Said::WalkAway => self.walk(draft)?,
                said => return Ok(said),
            }
        }
    }

    fn walk(&mut self, draft: &Draft) -> Heard<()> {
        self.pause()?;
        self.say(
            "Do nothing with this trade? It goes into the journal as a decision, like any other.",
        )?;
        self.note("Enter: do nothing.   <: go on writing.")?;
        match self.ask()? {
            Said::Nothing | Said::WalkAway => {
                self.send(Command::WalkAway(Box::new(draft.clone())))?;
                Err(Stop::Turned)
            }
            Said::Back | Said::Words(_) => {
                self.say("You go on writing.")?;
                Ok(())
            }
        }
    }

    /// Sends a command and waits for the disk. A refusal is said.
    ///
    /// # Errors
    /// [`Stop::Turned`] where something was not saved.
    pub(super) fn send(&mut self, command: Command) -> Heard<bool> {
        match self.try_send(command)? {
            Ok(()) => Ok(true),
            Err(refusal) => {
                self.say(&refusal.to_string())?;
                Ok(false)
            }
        }
    }

    /// The same; a refusal is for the caller to say.
    pub(super) fn try_send(&mut self, command: Command) -> Heard<Result<(), Refusal>> {
        let sent = self.desk.send(command);
        self.desk.settle();
        if matches!(self.desk.saving(), Saving::NotSaved(_)) {
            return Err(Stop::Turned);
        }
        Ok(sent)
    }

    /// Keeps what was answered so far, so that a restart loses nothing.
    pub(super) fn keep(&mut self, draft: &Draft) -> Heard<()> {
        self.send(Command::KeepDraft(Box::new(draft.clone())))?;
        Ok(())
    }
}

fn said(line: &str) -> Said {
    match line.trim() {
        "" => Said::Nothing,
        WALK_AWAY | "Q" => Said::WalkAway,
        BACK => Said::Back,
        words => Said::Words(words.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_short_line_walks_away_and_words_that_hold_it_do_not() {
        for (line, expected) in [
            ("q", Said::WalkAway),
            (" Q \r", Said::WalkAway),
            ("<", Said::Back),
            ("", Said::Nothing),
            ("  ", Said::Nothing),
            ("q/usdt", Said::Words("q/usdt".to_owned())),
            (" a word ", Said::Words("a word".to_owned())),
        ] {
            assert_eq!(said(line), expected, "{line:?}");
        }
    }
}

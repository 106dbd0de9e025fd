//! Somebody who sits at the terminal and writes an audit while the siege goes on.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use rexpect::process::{PtyProcess, Signal, WaitStatus};

use crate::chance::Chance;
use crate::clocks::{Clocks, sweep_behind};
use crate::run::program;

/// What is asked, and answers to it: one of them is taken.
const ANSWERS: [(&str, &[&str]); 27] = [
    ("NOT SAVED", &["t", "t", "p", "l"]),
    ("What do you do?", &["q", "1", "2", "m"]),
    ("The numbers follow", &["", "", "", "q"]),
    ("the numbers", &["", "", "q"]),
    ("Enter: seal them", &[""]),
    ("Your four answers", &["", "", "", "<"]),
    (
        "1 of 4",
        &[
            "A daily close under the shelf that held all week",
            "A daily close under the shelf that held all week",
            "short",
        ],
    ),
    ("2 of 4", &["96000", "94,000"]),
    (
        "3 of 4",
        &["Another entry comes every week and cash has no deadline"],
    ),
    ("4 of 4", &["1000", "10%"]),
    ("What Main knows", &[""]),
    ("Maintenance rate", &["", "0.4"]),
    ("Leverage (x)", &["20x", "5"]),
    ("Quantity", &["0.2", "0,2"]),
    ("Price now", &[""]),
    ("Do you mean", &["1"]),
    ("Entry price", &["100,000", "100000"]),
    ("Nothing is known here", &["1", "2"]),
    ("Margin mode", &["1", "1", "1", "2"]),
    ("Side", &["1", "2"]),
    ("Market, like", &["btc", "BTCUSDT", "btc", "ETH"]),
    ("To do", &["", "1", "2"]),
    ("What is behind it?", &["bm", "b"]),
    ("How much is your body in it?", &["2", "1", "2", "4"]),
    ("Wallet balance", &["10,000.00"]),
    ("What is it called", &["Main"]),
    ("> ", &["", "1", "q", "<", "y"]),
];

pub(crate) struct Seat {
    process: PtyProcess,
    typed: File,
    heard: Receiver<Vec<u8>>,
    /// What was said since the last answer.
    said: String,
    all: String,
    /// The seals that stood in the journal before.
    before: BTreeSet<String>,
}

impl Seat {
    pub(crate) fn taken(clocks: &Clocks, folder: &Path, before: BTreeSet<String>) -> Self {
        let mut command = Command::new("sh");
        let line = "echo pid $$ of it; exec env --default-signal=INT \"$0\" \"$@\"";
        command.args(["-c", line, &program(), "--data-dir"]);
        command.arg(folder).arg("audit").env("TERM", "dumb");
        clocks.dress(&mut command);
        let process = PtyProcess::new(command).unwrap();
        let (typed, mut said) = (
            process.get_file_handle().unwrap(),
            process.get_file_handle().unwrap(),
        );
        let (speaks, heard) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // The end of the program is an error here.
            while let Ok(read @ 1..) = said.read(&mut bytes) {
                if speaks.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            process,
            typed,
            heard,
            said: String::new(),
            all: String::new(),
            before,
        }
    }

    /// Takes in what is said until it is asked, or for a while.
    pub(crate) fn reads(&mut self) {
        let began = Instant::now();
        while began.elapsed() < Duration::from_millis(400) {
            match self.heard.recv_timeout(Duration::from_millis(6)) {
                Ok(bytes) => self.said.push_str(&String::from_utf8_lossy(&bytes)),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) if self.said.ends_with("> ") => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Answers what is asked, if anything is. Whether it goes on.
    pub(crate) fn answers(&mut self, chance: &mut Chance) -> bool {
        self.reads();
        if !matches!(self.process.status(), Some(WaitStatus::StillAlive)) {
            return false;
        }
        // The question that stands nearest to the prompt.
        let asked = ANSWERS.iter().filter_map(|(words, answers)| {
            let at = self.said.rfind(words)?;
            Some((at, *answers))
        });
        let (_, answers) = asked
            .filter(|(at, _)| at + 2 < self.said.len())
            .max_by_key(|(at, _)| *at)
            .unwrap_or((0, &["", "1", "q", "<", "2"]));
        let answer = answers[usize::try_from(chance.below(answers.len() as u64)).unwrap()];
        self.all.push_str(&std::mem::take(&mut self.said));
        self.all.push_str(answer);
        self.all.push('\n');
        self.typed
            .write_all(format!("{answer}\n").as_bytes())
            .is_ok()
    }

    /// Whether it says from when the numbers are shown.
    pub(crate) fn is_waiting(&mut self) -> bool {
        self.reads();
        self.said.contains("numbers follow")
    }

    /// Whether the numbers were shown in this sitting, behind a seal of this sitting.
    pub(crate) fn has_seen_numbers(&self) -> bool {
        let all = format!("{}{}", self.all, self.said);
        all.contains("Worst case") && !all.contains("You go on with the audit")
    }

    /// Whether it was told that the files were swapped under it: the files themselves may know
    /// nothing of what it wrote, where lines and head were put back.
    pub(crate) fn was_told(&self) -> bool {
        let told = "It has opened the journal again";
        self.all.contains(told) || self.said.contains(told)
    }

    /// Whether one of these seals is new since it was taken.
    pub(crate) fn sees_a_seal(&self, seals: impl IntoIterator<Item = String>) -> bool {
        seals.into_iter().any(|seal| !self.before.contains(&seal))
    }

    /// Leaves it: killed, with Ctrl+C, or as it has ended.
    pub(crate) fn left(mut self, killed: bool) -> Result<(), String> {
        let signal = if killed {
            Signal::SIGKILL
        } else {
            Signal::SIGINT
        };
        let began = Instant::now();
        let mut status = self.process.status();
        if matches!(status, Some(WaitStatus::StillAlive)) {
            let _ = self.process.signal(signal);
        }
        while matches!(status, Some(WaitStatus::StillAlive)) {
            if began.elapsed() > Duration::from_secs(30) {
                let _ = self.process.signal(Signal::SIGKILL);
                return Err(format!("the audit did not end: {}{}", self.all, self.said));
            }
            std::thread::sleep(Duration::from_millis(2));
            status = self.process.status();
        }
        self.reads();
        let all = format!("{}{}", self.all, self.said);
        if std::env::var_os("SIEGE_TELL").is_some() {
            println!("the audit said: {all}");
        }
        let pid = all
            .split_once("pid ")
            .and_then(|(_, rest)| rest.split_once(" of it"));
        if let Some(pid) = pid.and_then(|(pid, _)| pid.parse().ok()) {
            sweep_behind(pid);
        }
        if all.contains("panicked") {
            return Err(format!("the audit panicked: {all}"));
        }
        match status {
            None | Some(WaitStatus::Exited(_, 0..=2)) => Ok(()),
            // Ctrl+C leaves by the signal itself.
            Some(WaitStatus::Signaled(_, by, _)) if by == signal => Ok(()),
            other => Err(format!("the audit ended with {other:?}: {all}")),
        }
    }
}

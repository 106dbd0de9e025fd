//! One run of the program, held to what every run must keep to.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::clocks::{Clocks, sweep_behind};

/// Longer than any command takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program that is under siege.
pub(crate) fn program() -> String {
    let own = env!("CARGO_BIN_EXE_impulse-audit-terminal");
    std::env::var("SIEGE_PROGRAM").unwrap_or_else(|_| own.to_owned())
}

/// Where the output of a run leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outlet {
    Read,
    /// A file that is always full.
    Full,
    /// A pipe that nobody reads.
    Gone,
}

/// What a run is asked for, and under which circumstances.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) arguments: Vec<String>,
    pub(crate) input: String,
    pub(crate) outlet: Outlet,
    /// The longest file it may write, in blocks of 512 bytes.
    pub(crate) blocks: Option<u64>,
    /// Killed so long after it was started.
    pub(crate) killed_after: Option<Duration>,
}

impl Asked {
    pub(crate) fn to(arguments: &[&str]) -> Self {
        Self {
            arguments: arguments.iter().map(|&it| it.to_owned()).collect(),
            input: String::new(),
            outlet: Outlet::Read,
            blocks: None,
            killed_after: None,
        }
    }
}

/// How it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    /// None where the siege killed it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.out).ok()
    }

    pub(crate) fn said(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    pub(crate) fn is_done(&self) -> bool {
        self.code == Some(0)
    }
}

/// A program that was started over a folder.
pub(crate) struct Running {
    child: Child,
    asked: Asked,
    scratch: tempfile::TempDir,
    began: Instant,
}

pub(crate) fn start(clocks: &Clocks, folder: &Path, asked: Asked) -> Running {
    let mut command = match asked.blocks {
        Some(blocks) => {
            let mut command = Command::new("sh");
            let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            command.arg("-c").arg(line).arg(program());
            command
        }
        None => Command::new(program()),
    };
    command.arg("--data-dir").arg(folder).args(&asked.arguments);
    clocks.dress(&mut command);
    let scratch = tempfile::tempdir().unwrap();
    let file = |name: &str| fs::File::create(scratch.path().join(name)).unwrap();
    fs::write(scratch.path().join("in"), &asked.input).unwrap();
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    match asked.outlet {
        Outlet::Read => command.stdout(file("out")),
        Outlet::Full => command.stdout(full()),
        Outlet::Gone => {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            command.stdout(Stdio::from(writer))
        }
    };
    command.stderr(file("err"));
    command.stdin(fs::File::open(scratch.path().join("in")).unwrap());
    Running {
        child: command.spawn().unwrap(),
        asked,
        scratch,
        began: Instant::now(),
    }
}

impl Running {
    /// Waits for its end, kills it where that was asked for, and holds it to what every run keeps
    /// to.
    pub(crate) fn end(mut self) -> Result<Ran, String> {
        let asked = &self.asked;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            if asked
                .killed_after
                .is_some_and(|after| self.began.elapsed() >= after)
            {
                self.child.kill().unwrap();
                break self.child.wait().unwrap();
            }
            if self.began.elapsed() > PATIENCE {
                self.child.kill().unwrap();
                self.child.wait().unwrap();
                return Err(format!("{asked:?} did not end within {PATIENCE:?}"));
            }
            std::thread::sleep(Duration::from_micros(300));
        };
        sweep_behind(self.child.id());
        let text = |name: &str| {
            let bytes = fs::read(self.scratch.path().join(name)).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let (out, err) = (text("out"), text("err"));
        if out.contains("panicked") || err.contains("panicked") {
            return Err(format!("{asked:?} panicked: {err}"));
        }
        let killed = status.signal() == Some(9) && asked.killed_after.is_some();
        match status.code() {
            Some(0..=2) => {}
            None if killed => {}
            _ => return Err(format!("{asked:?} ended with {status}: {out}{err}")),
        }
        // What it says goes to a file too, which may be no longer either.
        let said = asked.outlet != Outlet::Read
            || asked.blocks.is_some()
            || !(out.trim().is_empty() && err.trim().is_empty());
        if status.code().is_some_and(|code| code > 0) && !said {
            return Err(format!("{asked:?} ended with {status} without a word"));
        }
        Ok(Ran {
            code: status.code(),
            out,
            err,
        })
    }
}

pub(crate) fn run(clocks: &Clocks, folder: &Path, asked: Asked) -> Result<Ran, String> {
    start(clocks, folder, asked).end()
}

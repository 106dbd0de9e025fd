//! A data folder on a real disk, filled by the same app that the window has.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use assert_cmd::Command as Run;
use impulse_audit::app::{App, Command};
use impulse_audit::audit::{Choice, Draft};
use impulse_audit::journal::{Clock, Entry, Folders, HandClock, Journal, RealFs, SystemClock};
use impulse_audit::market::AuditId;
use serde_json::Value;
use tempfile::TempDir;

use crate::common::{
    NOTHING, WRONG, account, begin, decide, done, eth, loosen_by, with_answers, with_ticket,
};

/// Longer than it takes a program to start.
const MOMENT: Duration = Duration::from_millis(50);

pub(crate) struct House {
    pub(crate) dir: TempDir,
    pub(crate) clock: HandClock,
}

impl House {
    /// A house with nothing in it.
    pub(crate) fn empty() -> Self {
        let clock = HandClock::new();
        clock.set_zone("America/New_York");
        Self {
            dir: tempfile::tempdir().unwrap(),
            clock,
        }
    }

    /// A house with an account of 10,000 USDT and one audit that ended in doing nothing:
    /// entries 0 to 5.
    pub(crate) fn with_an_audit() -> (Self, AuditId) {
        let house = Self::empty();
        let mut app = house.app(&house.hand());
        done(&mut app, Command::SetAccount(account("Main", "10000")));
        let draft = with_answers(with_ticket(begin(&mut app)));
        let audit = draft.audit;
        done(&mut app, Command::Start(Box::new(draft.clone())));
        done(&mut app, Command::Seal(Box::new(draft)));
        house.clock.advance(Duration::from_secs(20));
        app.settle();
        done(&mut app, decide(Choice::DoNothing));
        close(app);
        (house, audit)
    }

    /// A house with an account of 10,000 USDT and a position in ETH, in cross.
    pub(crate) fn with_eth() -> Self {
        let house = Self::empty();
        let mut app = house.app(&machine());
        let set = account("Main", "10000");
        let id = set.account;
        done(&mut app, Command::SetAccount(set));
        done(&mut app, Command::OpenPosition(eth(id)));
        close(app);
        house
    }

    /// A house with an account of 10,000 USDT and a decision to open BTC long 0.2 at 100,000,
    /// isolated with 1,000, taken some minutes before the machine's own clock.
    pub(crate) fn with_a_decision() -> Self {
        let house = Self::empty();
        let ago = chrono::TimeDelta::minutes(10);
        house.clock.set_wall(chrono::Utc::now() - ago);
        let mut app = house.app(&house.hand());
        done(&mut app, Command::SetAccount(account("Main", "10000")));
        house.decides(&mut app, |_| {});
        close(app);
        house
    }

    /// A house with an account of 10,000 USDT, its clock so long before the machine's own, and the
    /// app over it. No promise is in force.
    pub(crate) fn so_long_ago(ago: chrono::TimeDelta) -> (Self, App) {
        let house = Self::empty();
        let day = chrono::TimeDelta::days(1);
        house.clock.set_wall(chrono::Utc::now() - ago - day);
        let mut app = house.app(&house.hand());
        done(&mut app, Command::SetAccount(account("Main", "10000")));
        loosen_by(&house.clock, &mut app);
        (house, app)
    }

    /// An audit that ends in a decision to trade: the ticket is changed before it stands.
    pub(crate) fn decides(&self, app: &mut App, change: impl Fn(&mut Draft)) {
        let mut draft = with_answers(with_ticket(begin(app)));
        change(&mut draft);
        done(app, Command::Start(Box::new(draft.clone())));
        done(app, Command::Seal(Box::new(draft)));
        self.clock.advance(Duration::from_secs(20));
        app.settle();
        self.clock.advance(Duration::from_secs(5));
        done(app, decide(Choice::Proceed));
        done(app, Command::LeaveAudit);
    }

    pub(crate) fn folders(&self) -> Folders {
        Folders::under(self.dir.path())
    }

    /// The clock that the house's own app goes by.
    pub(crate) fn hand(&self) -> Arc<dyn Clock> {
        Arc::new(self.clock.clone())
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folders().data.join("journal-0001.jsonl")
    }

    /// A app that can write. A test beside this one that starts a program holds every open
    /// lock of this process for the moment between its fork and its exec: then once more.
    pub(crate) fn app(&self, clock: &Arc<dyn Clock>) -> App {
        for _ in 0..100 {
            let clock = Arc::clone(clock);
            let mut app = App::open(self.folders(), Arc::new(RealFs), clock, Box::new(|| {}));
            app.settle();
            if !app.is_read_only() {
                return app;
            }
            drop(app);
            std::thread::sleep(MOMENT);
        }
        panic!("the lock of {} never came free", self.dir.path().display());
    }

    /// Lines that no version knows yet.
    pub(crate) fn append_notes(&self, count: u32, text: &str) {
        let open = || {
            let clock = Arc::new(self.clock.clone());
            let mut each = |_: &_, _| ControlFlow::Continue(());
            Journal::open(&self.folders(), Arc::new(RealFs), clock, &mut each).unwrap()
        };
        let mut journal = open().0;
        while !journal.is_writable() {
            drop(journal);
            std::thread::sleep(MOMENT);
            journal = open().0;
        }
        for n in 0..count {
            let data = serde_json::json!({ "n": n, "text": text });
            journal
                .append(&Entry::new("note.written", 1, &data).unwrap())
                .unwrap();
        }
    }

    /// The payload of the newest line of a kind.
    pub(crate) fn last(&self, kind: &str) -> Value {
        let list = ["journal", "list", "--kind", kind, "--limit", "1", "--json"];
        let newest = self.run(&list).done().json();
        let seq = newest[0]["seq"].as_u64();
        let seq = seq.unwrap_or_else(|| panic!("no {kind}")).to_string();
        let shown = self.run(&["journal", "show", &seq, "--json"]).done().json();
        shown["entry"]["data"].clone()
    }

    /// The kinds of all lines of a kind, the newest first.
    pub(crate) fn kinds(&self, kind: &str) -> Vec<String> {
        let list = self.run(&["journal", "list", "--kind", kind, "--json"]);
        let list = list.done().json();
        let kinds = list.as_array().unwrap().iter();
        kinds
            .map(|entry| entry["kind"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Every promise, as it is listed.
    pub(crate) fn promises(&self) -> Vec<Value> {
        let list = self.run(&["promise", "list", "--json"]).done().json();
        list["promises"].as_array().unwrap().clone()
    }

    /// The binary over this house, with nothing in its environment that leads to a display.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let output = Run::new(env!("CARGO_BIN_EXE_impulse-audit"))
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .arg("--data-dir")
            .arg(self.dir.path())
            .args(arguments)
            .output()
            .unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Every file below the house with its bytes and the time of its last change.
    pub(crate) fn state(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let mut state = BTreeMap::new();
        let mut folders = vec![self.dir.path().to_owned()];
        while let Some(folder) = folders.pop() {
            let changed = std::fs::metadata(&folder).unwrap().modified().unwrap();
            state.insert(folder.clone(), (Vec::new(), changed));
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let changed = std::fs::metadata(&path).unwrap().modified().unwrap();
                    state.insert(path.clone(), (std::fs::read(&path).unwrap(), changed));
                }
            }
        }
        state
    }
}

/// The clock that the program itself goes by.
pub(crate) fn machine() -> Arc<dyn Clock> {
    Arc::new(SystemClock::new())
}

/// Ends an app and waits until its lock is free for a program that is started next.
pub(crate) fn close(app: App) {
    drop(app);
    std::thread::sleep(MOMENT);
}

/// What a run of the binary said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// What it printed as JSON: one line.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.out.lines().count(), 1, "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }

    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert_eq!(self.err, "", "{self:?}");
        self
    }

    /// One sentence on standard error, nothing on standard output, and this exit code.
    pub(crate) fn fails_with(self, code: i32, words: &str) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        assert!(self.err.contains(words), "{self:?}");
        assert!(
            self.err.ends_with(".\n") && !self.err.contains("panic"),
            "{self:?}"
        );
        self
    }
}

pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// What was written in the audit of the house.
pub(crate) const WORDS: [&str; 2] = [WRONG, NOTHING];

/// The words of some lines, whatever their breaks.
pub(crate) fn flat(lines: &str) -> String {
    lines.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! One siege: steps at random from a seed, and after each what must be so.
//!
//! - `steps`: what is asked of the program, and what time does.
//! - `harm`: what is done to the files, and what must be told of it.
//! - `counts`: how much that was in all.

mod counts;
mod harm;
mod steps;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::attacks::Hurt;
use crate::chance::Chance;
use crate::clocks::Clocks;
use crate::deeds::{Deed, deed};
use crate::lines::{Line, anywhere, journal};
use crate::oracle::Model;
use crate::run::{Asked, Ran, run};
use crate::seat::Seat;
pub(crate) use counts::Counts;

/// Journal and head as they were at some time, and what was known then.
struct Copy {
    dir: PathBuf,
    model: Model,
    in_head: BTreeSet<String>,
}

pub(crate) struct Siege {
    seed: u64,
    steps: u64,
    chance: Chance,
    clocks: Clocks,
    dir: TempDir,
    model: Model,
    /// The lines of the journal after the last step, and the code of what can be read of them.
    lines: Vec<Line>,
    seal: Option<String>,
    /// The code when it was sound last: one of lines with a gap among them says nothing of those before.
    sound_seal: Option<String>,
    /// The promises that the head knows, and its bytes.
    in_head: BTreeSet<String>,
    head: Option<Vec<u8>>,
    copies: Vec<Copy>,
    hurts: Vec<Hurt>,
    seat: Option<Seat>,
    /// Whether nobody has touched a file, and whether nobody put back lines and head together.
    untouched: bool,
    alone: bool,
    /// Whether `verify` finds something as it stands now.
    is_lost: bool,
    history: Vec<String>,
}

type Held = Result<(), String>;

/// The bytes of a plain file of a plain length.
fn small(path: &Path) -> Option<Vec<u8>> {
    let plain = fs::symlink_metadata(path).is_ok_and(|it| it.is_file() && it.len() < 1 << 20);
    plain.then(|| fs::read(path).ok()).flatten()
}

impl Siege {
    pub(crate) fn new(seed: u64, clocks: Clocks, steps: u64) -> Self {
        Self {
            seed,
            steps,
            chance: Chance::new(seed),
            clocks,
            dir: tempfile::tempdir().unwrap(),
            model: Model::default(),
            lines: Vec::new(),
            seal: None,
            sound_seal: None,
            in_head: BTreeSet::new(),
            head: None,
            copies: Vec::new(),
            hurts: Vec::new(),
            seat: None,
            untouched: true,
            alone: true,
            is_lost: false,
            history: Vec::new(),
        }
    }

    /// Goes through all its steps; what does not hold is told with the seed and the steps before.
    pub(crate) fn stand(mut self, counts: &mut Counts) -> Held {
        counts.sieges += 1;
        let held = self.goes_through(counts);
        held.map_err(|why| {
            let from = self.history.len().saturating_sub(30);
            let steps = self.history[from..].join("\n  ");
            let seed = self.seed;
            let kept = self.dir.keep();
            let kept = kept.display();
            format!("SIEGE_SEED={seed}: {why}\nafter\n  {steps}\nthe folder is kept: {kept}")
        })
    }

    fn goes_through(&mut self, counts: &mut Counts) -> Held {
        self.begins()?;
        for _ in 0..self.steps {
            counts.steps += 1;
            self.step(counts)?;
            self.is_promised(counts)?;
        }
        self.ends(counts)?;
        counts.lines += self.lines.len() as u64;
        Ok(())
    }

    /// An account with a market, so that most of what is asked for can be done.
    fn begins(&mut self) -> Held {
        let account =
            "account add --name Main --venue Binance --currency USDT --wallet 10000 --fee 0.05";
        for line in [account, "account rules BTC --rate 0.4"] {
            let ran = self.run(line)?;
            if !ran.is_done() {
                return Err(format!("{line}: {}", ran.said()));
            }
        }
        self.settles()
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn head_file(&self) -> PathBuf {
        self.dir.path().join("state/head")
    }

    fn run(&self, line: &str) -> Result<Ran, String> {
        let asked = Asked::to(&line.split(' ').collect::<Vec<_>>());
        run(&self.clocks, self.dir.path(), asked)
    }

    fn say(&mut self, words: &str) {
        let at = self.clocks.passed().least;
        let told = format!("{at} s: {words}");
        if std::env::var_os("SIEGE_TELL").is_some() {
            println!("{told}");
        }
        self.history.push(told);
    }

    fn step(&mut self, counts: &mut Counts) -> Held {
        // What the program rightly refuses to touch does not stay for long, nor does a loss.
        if !self.hurts.is_empty() && self.chance.below(4) == 0 {
            return self.mends(counts);
        }
        if self.is_lost && self.chance.below(5) == 0 {
            return self.accepts();
        }
        match self.chance.below(100) {
            0..=33 => self.commands(counts),
            34..=41 => self.kills(counts),
            42..=51 => self.time(counts),
            52..=63 => self.attacks(counts),
            64..=68 => self.both_at_once(counts),
            69..=83 => self.sits(counts),
            84..=87 => self.accepts(),
            88..=92 => {
                self.keeps_a_copy();
                Ok(())
            }
            93..=96 => self.puts_back(counts),
            _ => self.mends(counts),
        }
    }

    fn asked(&mut self) -> Deed {
        let ids: Vec<String> = self.model.ids().into_iter().collect();
        let folder = self.folder();
        deed(&mut self.chance, &folder, &ids)
    }

    /// What the program does takes no line away, whatever it is asked and however it ends.
    fn by_the_program<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, String>,
    ) -> Result<T, String> {
        let before = anywhere(&self.data());
        let done = work(self)?;
        let after = anywhere(&self.data());
        if let Some(gone) = before.difference(&after).next() {
            return Err(format!("the program itself took the line {gone} away"));
        }
        self.settles()?;
        Ok(done)
    }

    /// Takes in how lines and head stand after the program has run.
    fn settles(&mut self) -> Held {
        self.lines = journal(&self.data());
        let head = small(&self.head_file());
        if head.is_some() && head != self.head {
            self.in_head = self.model.ids();
        }
        self.head = head;
        let verdict = self.run("verify --json")?;
        self.is_lost = !verdict.is_done();
        self.keeps_the_code(&verdict);
        Ok(())
    }

    /// Where nothing can be read, the code that was kept before is the newest.
    fn keeps_the_code(&mut self, verdict: &Ran) {
        let Some(json) = verdict.json() else { return };
        self.seal = json["seal"].as_str().map(ToOwned::to_owned);
        if json["findings"] == Value::Array(Vec::new()) && json["first_bad"].is_null() {
            self.sound_seal.clone_from(&self.seal);
        }
    }

    fn is_promised(&mut self, counts: &mut Counts) -> Held {
        let now = self.clocks.passed();
        let list = self.run("promise list --json")?;
        let Some(json) = list.json().filter(|_| list.is_done()) else {
            return Ok(());
        };
        counts.lists += 1;
        let strictly = self.untouched && !self.clocks.was_set();
        self.model.hold(&json, now, strictly)?;
        // What lines say that the head does not agree with is shown, and binds nobody who restores.
        if !self.is_lost {
            self.model.learn(&json, now);
        }
        Ok(())
    }

    /// Every promise ends, and the program goes on: with nothing hurt and 31 days later.
    fn ends(&mut self, counts: &mut Counts) -> Held {
        if let Some(seat) = self.seat.take() {
            seat.left(true)?;
        }
        self.mends(counts)?;
        self.accepts()?;
        self.run("promise arm max-opens --opens 9 --per day --yes")?;
        self.is_promised(counts)?;
        if !self.clocks.can_pass() {
            return Ok(());
        }
        self.clocks.pass(31 * 86_400);
        self.say("31 days pass");
        let list = self.run("promise list --json")?;
        let left = list
            .json()
            .map(|json| Model::unended(&json))
            .unwrap_or_default();
        if !left.is_empty() {
            return Err(format!("31 days later these hold yet: {left:?}"));
        }
        Ok(())
    }
}

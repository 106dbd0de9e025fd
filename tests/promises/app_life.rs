//! The same one rule over the app: commands, clocks, boots, kills, power cuts, files put back,
//! deleted and cut, backups restored, imports, new names and new accounts.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use impulse_audit::app::{App, Command, Phase};
use impulse_audit::engine::{Backing, Mode};
use impulse_audit::journal::{
    Clock as _, Fault, FileSystem, Finding, PowerCut, back_up, restore, unwatched,
};
use impulse_audit::market::LockId;
use impulse_audit::promises::{Holds, LockState, LooseningRequested, Promise, PromiseCommand};
use impulse_audit::record::{AccountSet, PositionClosed, seen};
use proptest::prelude::*;

use crate::app_does::{Does, does};
use crate::common::*;
use crate::support::{self as short, DAY, MINUTE};

const LINES: &str = "/h/data/journal-0001.jsonl";
const HEAD: &str = "/h/state/head";
/// A line with the clocks is written at least so often while a promise counts time.
const SEEN_EVERY: u64 = 30 * MINUTE;

/// What the model knows of a lock: its promised seconds, and those that passed, at least and at
/// most.
#[derive(Clone, Debug)]
struct Known {
    lock: LockId,
    secs: u64,
    least: u64,
    most: u64,
    released: Option<u64>,
    out: bool,
}

struct Life {
    world: World,
    app: Option<App>,
    set: AccountSet,
    known: Vec<Known>,
    kept: Option<Vec<(std::path::PathBuf, Vec<u8>)>>,
    /// How far the wall clock was set forward in all: across a boot it passes as time.
    forward: u64,
    next: u128,
}

impl Life {
    fn new() -> Self {
        let world = World::default();
        let mut app = world.app();
        let set = account("Main", "1000000");
        done(&mut app, Command::SetAccount(set.clone()));
        Self {
            world,
            app: Some(app),
            set,
            known: Vec::new(),
            kept: None,
            forward: 0,
            next: 100,
        }
    }

    fn app(&mut self) -> &mut App {
        self.app.as_mut().unwrap()
    }

    /// Whether it was taken: most of what is tried is refused where it does not fit.
    fn tries(&mut self, command: Command) -> bool {
        let taken = self.app().send(command).is_ok();
        self.app().settle();
        taken
    }

    fn asks(&mut self, ask: PromiseCommand) -> bool {
        self.tries(Command::Promise(Box::new(ask)))
    }

    fn end(&mut self) {
        drop(self.app.take());
    }

    /// Starts the program; before and after a loss is accepted the locks hold.
    fn start(&mut self) -> Result<(), TestCaseError> {
        let mut app = self.world.opening();
        app.settle();
        prop_assert!(matches!(app.phase(), Phase::Ready), "{:?}", app.phase());
        self.app = Some(app);
        self.check()?;
        let lost = |finding: &Finding| matches!(finding, Finding::Loss(_));
        if self.app().findings().iter().any(lost) {
            let accepted = self.tries(Command::AcceptLoss);
            prop_assert!(accepted);
            self.older_lines();
        }
        prop_assert!(!self.app().is_read_only(), "{:?}", self.app().findings());
        let account = self.set.account;
        if self.app().state().account(account).is_none() {
            let set = self.set.clone();
            self.tries(Command::SetAccount(set));
        }
        self.check()
    }

    fn restart_after(&mut self, harm: impl FnOnce(&World)) -> Result<(), TestCaseError> {
        self.end();
        harm(&self.world);
        self.start()
    }

    /// Older lines know less of the time that passed: what they bring back begins there.
    fn older_lines(&mut self) {
        for known in &mut self.known {
            known.least = 0;
        }
    }

    fn files(&self) -> Vec<std::path::PathBuf> {
        let files = self.world.fs.files().into_iter();
        files
            .filter(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                path.starts_with("/h/data")
                    && name.starts_with("journal-")
                    && path.parent() == Some(std::path::Path::new("/h/data"))
            })
            .collect()
    }

    fn passes(&mut self, least: u64, most: u64) {
        for known in &mut self.known {
            known.least += least;
            known.most += most;
            if let Some(released) = &mut known.released {
                *released += most;
            }
        }
    }

    fn newest(&self) -> LockId {
        self.known.last().map_or(short::id(1), |known| known.lock)
    }

    fn does(&mut self, does: &Does) -> Result<(), TestCaseError> {
        let newest = self.newest();
        match does {
            Does::Arm(secs) => {
                let lock = short::armed(self.next, Promise::NoCross, Holds::For(*secs));
                self.next += 1;
                let id = lock.lock;
                if self.asks(PromiseCommand::Arm(Box::new(lock))) {
                    self.known.push(Known {
                        lock: id,
                        secs: *secs,
                        least: 0,
                        most: 0,
                        released: None,
                        out: false,
                    });
                }
            }
            Does::Undo => {
                if self.asks(PromiseCommand::Undo(newest)) {
                    let known = self.known.last_mut().unwrap();
                    prop_assert!(known.least <= MINUTE, "undone: {known:?}");
                    known.out = true;
                }
            }
            Does::Loosen => {
                self.asks(PromiseCommand::Loosen(LooseningRequested::off(newest)));
            }
            Does::Confirm => {
                // A lock with an end ends before it can be loosened.
                let confirmed = self.asks(PromiseCommand::Confirm(newest));
                prop_assert!(!confirmed || self.known.is_empty());
            }
            Does::Cancel => {
                if self.asks(PromiseCommand::Cancel(newest))
                    && let Some(known) = self.known.last_mut()
                {
                    known.released = None;
                }
            }
            Does::Release => {
                let ask = PromiseCommand::Release {
                    lock: newest,
                    sentence: "The venue is about to close my hedge on the other side".to_owned(),
                };
                if self.asks(ask) {
                    let known = self.known.last_mut().unwrap();
                    prop_assert!(known.most >= MINUTE);
                    known.released = Some(0);
                }
            }
            Does::Rename(number) => {
                self.set.name = format!("Main {number}");
                self.set.venue = format!("Binance {}", number % 3);
                let set = self.set.clone();
                self.tries(Command::SetAccount(set));
            }
            Does::NewAccount(number) => {
                let set = account(&format!("Other {number}"), "1000000");
                self.tries(Command::SetAccount(set));
            }
            Does::OpenIsolated => {
                let mut open = eth(self.set.account);
                open.position.backing = Backing::Isolated {
                    margin: money("1000"),
                };
                // Two of one market, side and backing are one position to the engine.
                let accounts = self.app().state().accounts();
                if accounts.iter().all(|account| account.positions.is_empty()) {
                    self.tries(Command::OpenPosition(open));
                }
            }
            Does::CloseIt => {
                let accounts = self.app().state().accounts();
                let open = accounts.iter().flat_map(|a| &a.positions).next();
                if let Some(position) = open.map(impulse_audit::record::OpenPosition::id) {
                    self.tries(Command::ClosePosition(PositionClosed {
                        position,
                        audit: None,
                        price: price("1900"),
                        wallet_balance: money("999500"),
                        estimated: true,
                        liquidated: false,
                    }));
                }
            }
            Does::Passes(secs) => {
                self.world.clock.advance(Duration::from_secs(*secs));
                self.passes(*secs, *secs);
                self.app().settle();
            }
            Does::SetWall(by) => {
                self.world
                    .clock
                    .advance_wall(TimeDelta::seconds(i64::from(*by)));
                self.forward += u64::try_from(*by).unwrap_or(0);
                self.app().settle();
            }
            Does::Zone(number) => {
                let zones = ["America/New_York", "Asia/Tokyo", "UTC", "Pacific/Apia"];
                self.world
                    .clock
                    .set_zone(zones[usize::from(*number) % zones.len()]);
            }
            Does::Boot { off, dead_battery } => {
                self.end();
                let off = u64::from(*off);
                let clock = &self.world.clock;
                clock.advance_wall(TimeDelta::seconds(i64::try_from(off).unwrap()));
                clock.reboot();
                if *dead_battery {
                    // Set right again later, it was set forward by all of it.
                    self.forward += u64::try_from(clock.now().wall.timestamp()).unwrap_or(0);
                    clock.set_wall(chrono::DateTime::UNIX_EPOCH);
                }
                let forward = self.forward;
                self.passes(0, off + forward);
                for known in &mut self.known {
                    known.least = known.least.saturating_sub(SEEN_EVERY);
                }
                self.start()?;
            }
            Does::Restart => self.restart_after(|_| {})?,
            Does::Kill => {
                // Sent, and killed before anybody waited for it.
                let account = account("Killed", "1000000");
                let _ = self.app().send(Command::SetAccount(account));
                self.restart_after(|_| {})?;
            }
            Does::PowerCut { calls, holes } => {
                let lock = short::armed(self.next, Promise::NoCross, Holds::For(2 * DAY));
                let id = lock.lock;
                self.next += 1;
                self.world.fs.fail_after(*calls, Fault::Off);
                let acknowledged =
                    self.asks(PromiseCommand::Arm(Box::new(lock))) && holds(self.app(), id);
                self.end();
                let cut = match holes % 3 {
                    0 => PowerCut::Lost,
                    1 => PowerCut::Zeroed,
                    _ => PowerCut::Holed(*holes),
                };
                self.world.fs = self.world.fs.after_power_cut(cut);
                self.start()?;
                let there = holds(self.app(), id);
                prop_assert!(there || !acknowledged, "acknowledged, then lost");
                if there {
                    self.known.push(Known {
                        lock: id,
                        secs: 2 * DAY,
                        least: 0,
                        most: 0,
                        released: None,
                        out: false,
                    });
                }
            }
            Does::Keep => {
                let files = self.files().into_iter();
                let bytes = |path: std::path::PathBuf| {
                    let bytes = self.world.fs.content(&path).unwrap();
                    (path, bytes)
                };
                self.kept = Some(files.map(bytes).collect());
            }
            Does::PutBack => {
                if let Some(kept) = self.kept.clone() {
                    let files = self.files();
                    self.older_lines();
                    self.restart_after(|world| {
                        for path in files {
                            world.fs.delete(path);
                        }
                        for (path, bytes) in kept {
                            world.fs.put(path, &bytes);
                        }
                    })?;
                }
            }
            Does::Delete => {
                let files = self.files();
                self.restart_after(|world| {
                    for path in files {
                        world.fs.delete(path);
                    }
                })?;
            }
            Does::Cut(share) => {
                let share = usize::from(*share);
                self.older_lines();
                self.restart_after(|world| {
                    let Some(bytes) = world.fs.content(LINES) else {
                        return;
                    };
                    world.fs.put(LINES, &bytes[..bytes.len() * share / 256]);
                })?;
            }
            Does::TearHead(first) => {
                let at = if *first { 100 } else { 4196 };
                self.restart_after(|world| {
                    let mut head = world.fs.content(HEAD).unwrap();
                    if let Some(byte) = head.get_mut(at) {
                        *byte ^= 1;
                    }
                    world.fs.put(HEAD, &head);
                })?;
            }
            Does::RemoveHead => self.restart_after(|world| world.fs.delete(HEAD))?,
            Does::Tear => {
                let last = self.files().pop();
                self.restart_after(|world| {
                    let Some(path) = last else { return };
                    let mut lines = world.fs.content(&path).unwrap();
                    lines.extend_from_slice(b"{\"j\":1,\"seq\":");
                    world.fs.put(path, &lines);
                })?;
            }
            Does::BackUp => {
                let now = self.world.clock.now().wall;
                let _ = back_up(&folders(), &self.world.fs, now, 14, &mut unwatched);
            }
            Does::Restore => {
                self.end();
                let backup = self
                    .world
                    .fs
                    .files()
                    .into_iter()
                    .find(|path| path.starts_with("/h/data/backups"));
                if let Some(path) = backup {
                    let fs: Arc<dyn FileSystem> = Arc::new(self.world.fs.clone());
                    if restore(&folders(), &fs, &self.world.clock, &path, &mut |_| {}).is_ok() {
                        self.older_lines();
                    }
                }
                self.start()?;
            }
        }
        self.check()
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let app = self.app.as_ref().unwrap();
        for known in &self.known {
            let stands = holds(app, known.lock);
            let released = known
                .released
                .is_some_and(|released| released >= 15 * MINUTE);
            if !known.out && !released && known.most < known.secs {
                prop_assert!(stands, "over too soon: {known:?}, {:?}", app.findings());
            }
            if known.least >= known.secs {
                prop_assert!(!stands, "holds too long: {known:?}");
            }
        }
        Ok(())
    }
}

/// Whether a lock is in force, as the screens and the gate read it.
fn holds(app: &App, lock: LockId) -> bool {
    let promises = app.state().promises();
    promises.lock(lock).is_some_and(|lock| {
        let state = promises.state(lock, &seen(&app.now()));
        !matches!(state, LockState::Ended(_))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: crate::support::seed(), ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_shortens_a_lock_and_every_lock_ends(
        life in prop::collection::vec(does(), 1..25),
    ) {
        let mut lived = Life::new();
        for step in &life {
            lived.does(step)?;
        }
        let certain = |known: &&Known| !known.out && known.released.is_none() && known.most < known.secs;
        if lived.known.iter().any(|known| certain(&known)) {
            let app = lived.app();
            if stage(app) == "idle" {
                let mut draft = with_ticket(begin(app));
                draft.ticket.choose_mode(Mode::Cross);
                app.send(Command::Start(Box::new(draft))).unwrap();
                app.settle();
                prop_assert_eq!(stage(app), "met");
            }
        }
        // Left on and looked at: all that ends by itself ends.
        for _ in 0..2 {
            lived.does(&Does::Passes(15 * DAY))?;
        }
        let app = lived.app.as_ref().unwrap();
        for known in &lived.known {
            prop_assert!(!holds(app, known.lock), "{:?}", known);
        }
    }
}

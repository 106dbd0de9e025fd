//! Rules 2, 3, 5, 7, 8, 10 and 11 on the fold alone: random lives of a machine and a trader who
//! wants out. **No sequence shortens a lock, and every lock ends.**
//!
//! What passed is counted here from what was done to the machine, not from what its clocks say: at
//! least the time it was on up to each line, at most that and the time it was off, and what the
//! wall clock was set forward by across a boot, which nobody can tell from a machine that was off.

use std::collections::BTreeMap;

use impulse_audit::promises::{
    Holds, LooseningRequested, Promise, PromiseCommand, PromiseEvent, PromiseSet,
};
use proptest::prelude::*;

use crate::support::*;
use impulse_audit::market::LockId;

/// Something that is done.
#[derive(Clone, Debug)]
enum Does {
    Arm(Holds),
    Undo(u8),
    Loosen(u8),
    Cancel(u8),
    Confirm(u8),
    Release(u8),
    ClosedOn(u8),
    Passes(u64),
    SetWall(i64),
    Boot {
        off: u64,
        dead_battery: bool,
    },
    /// The last line is lost: the program was killed before it was written.
    Kill,
    Keep,
    /// The copy that was kept is put back, and the loss accepted.
    PutBack,
    /// The journal is deleted, and the loss accepted.
    Delete,
}

fn lengths() -> impl Strategy<Value = u64> {
    prop_oneof![
        prop::sample::select(vec![
            1,
            59,
            60,
            61,
            15 * MINUTE,
            HOUR,
            DAY,
            DAY + 1,
            3 * DAY,
            7 * DAY,
            LONGEST
        ]),
        0..2 * DAY,
        0..200_u64,
    ]
}

fn does() -> impl Strategy<Value = Does> {
    let which = 0_u8..8;
    prop_oneof![
        4 => lengths().prop_map(|secs| Does::Arm(Holds::For(secs))),
        1 => Just(Does::Arm(Holds::WhileOpen(id(40)))),
        1 => Just(Does::Arm(Holds::Always)),
        2 => which.clone().prop_map(Does::Undo),
        3 => which.clone().prop_map(Does::Loosen),
        1 => which.clone().prop_map(Does::Cancel),
        3 => which.clone().prop_map(Does::Confirm),
        2 => which.clone().prop_map(Does::Release),
        1 => which.prop_map(Does::ClosedOn),
        6 => lengths().prop_map(Does::Passes),
        2 => (-40 * 86_400_i64..40 * 86_400).prop_map(Does::SetWall),
        2 => (lengths(), any::<bool>())
            .prop_map(|(off, dead_battery)| Does::Boot { off, dead_battery }),
        1 => Just(Does::Kill),
        1 => Just(Does::Keep),
        1 => Just(Does::PutBack),
        1 => Just(Does::Delete),
    ]
}

/// Seconds that passed since some moment: at least and at most.
#[derive(Clone, Copy, Debug, Default)]
struct Passed {
    least: u64,
    most: u64,
}

/// What the model knows of a lock.
#[derive(Clone, Debug)]
struct Known {
    holds: Holds,
    since: Passed,
    loosening: Option<Passed>,
    released: Option<Passed>,
    /// Over by what she was allowed to do: then it may hold or not.
    out: bool,
}

impl Known {
    /// Released, and the quarter of an hour may be over.
    fn was_released(&self) -> bool {
        self.released.is_some_and(|since| since.most >= 15 * MINUTE)
    }

    fn tick(&mut self, by: Passed) {
        let clocks = [
            Some(&mut self.since),
            self.loosening.as_mut(),
            self.released.as_mut(),
        ];
        for clock in clocks.into_iter().flatten() {
            clock.least += by.least;
            clock.most += by.most;
        }
    }
}

/// How things stood before the last line; what it armed, if it armed something.
#[derive(Clone)]
struct Before {
    promises: PromiseSet,
    head: Vec<(LockId, String)>,
    armed: Option<u128>,
    set_at_line: i64,
    booted: bool,
}

struct Life {
    machine: Machine,
    promises: PromiseSet,
    head: Vec<(LockId, String)>,
    before: Before,
    kept: Option<PromiseSet>,
    known: BTreeMap<u128, Known>,
    next: u128,
    last_release: Option<Passed>,
    /// The wall clock against the true time, now and at the last line.
    set: i64,
    set_at_line: i64,
    booted: bool,
}

impl Life {
    fn new() -> Self {
        let machine = Machine::new();
        let mut promises = PromiseSet::default();
        promises.see(machine.seen(), machine.instant());
        // A first lock is at most a day: it was made long ago.
        let first = armed(99, Promise::NoCross, Holds::For(MINUTE));
        promises.apply(&arm(first));
        Self {
            before: Before {
                promises: promises.clone(),
                head: Vec::new(),
                armed: None,
                set_at_line: 0,
                booted: false,
            },
            machine,
            promises,
            head: Vec::new(),
            kept: None,
            known: BTreeMap::new(),
            next: 100,
            last_release: None,
            set: 0,
            set_at_line: 0,
            booted: false,
        }
    }

    fn passes(&mut self, by: Passed) {
        for known in self.known.values_mut() {
            known.tick(by);
        }
        if let Some(last) = &mut self.last_release {
            last.least += by.least;
            last.most += by.most;
        }
    }

    /// A line is written: what the wall clock was set forward by across a boot passes as time.
    fn sees(&mut self) {
        if self.booted {
            let forward = self.set.saturating_sub(self.set_at_line).max(0);
            self.passes(Passed {
                least: 0,
                most: u64::try_from(forward).unwrap(),
            });
        }
        self.booted = false;
        self.set_at_line = self.set;
        self.promises
            .see(self.machine.seen(), self.machine.instant());
    }

    fn as_it_stands(&self) -> Before {
        Before {
            promises: self.promises.clone(),
            head: self.head.clone(),
            armed: None,
            set_at_line: self.set_at_line,
            booted: self.booted,
        }
    }

    fn write(&mut self, turn: &PromiseEvent) {
        self.before = self.as_it_stands();
        self.sees();
        self.promises.apply(turn);
        self.head = carried(&self.promises, &self.machine);
    }

    fn ask(&mut self, ask: &PromiseCommand) -> bool {
        match self.promises.ask(ask, &self.machine.seen(), around()) {
            Ok(turn) => {
                self.write(&turn);
                true
            }
            Err(_) => false,
        }
    }

    /// The lock a number means, if any was armed.
    fn lock(&self, which: u8) -> Option<u128> {
        let count = self.known.len();
        let place = usize::from(which).checked_rem(count)?;
        self.known.keys().nth(place).copied()
    }

    fn does(&mut self, does: &Does) -> Result<(), TestCaseError> {
        match does {
            Does::Arm(holds) => {
                let promise = match holds {
                    Holds::For(_) => Promise::NoCross,
                    Holds::WhileOpen(_) => Promise::NoSwitchToCross,
                    Holds::Always => Promise::MaxLeverage {
                        isolated: None,
                        cross: Some(5.into()),
                    },
                };
                let armed = armed(self.next, promise, *holds);
                if self.ask(&PromiseCommand::Arm(Box::new(armed))) {
                    let known = Known {
                        holds: *holds,
                        since: Passed::default(),
                        loosening: None,
                        released: None,
                        out: false,
                    };
                    self.before.armed = Some(self.next);
                    self.known.insert(self.next, known);
                    self.next += 1;
                }
            }
            Does::Undo(which) => {
                let Some(lock) = self.lock(*which) else {
                    return Ok(());
                };
                if self.ask(&PromiseCommand::Undo(id(lock))) {
                    let known = self.known.get_mut(&lock).unwrap();
                    prop_assert!(
                        known.since.least <= MINUTE,
                        "undone after {:?}",
                        known.since
                    );
                    known.out = true;
                }
            }
            Does::Loosen(which) => {
                let Some(lock) = self.lock(*which) else {
                    return Ok(());
                };
                if self.ask(&PromiseCommand::Loosen(LooseningRequested::off(id(lock)))) {
                    self.known.get_mut(&lock).unwrap().loosening = Some(Passed::default());
                }
            }
            Does::Cancel(which) => {
                let Some(lock) = self.lock(*which) else {
                    return Ok(());
                };
                if self.ask(&PromiseCommand::Cancel(id(lock))) {
                    let known = self.known.get_mut(&lock).unwrap();
                    known.loosening = None;
                    known.released = None;
                }
            }
            Does::Confirm(which) => {
                let Some(lock) = self.lock(*which) else {
                    return Ok(());
                };
                if self.ask(&PromiseCommand::Confirm(id(lock))) {
                    let known = self.known.get_mut(&lock).unwrap();
                    let waited = known.loosening.map_or(0, |asked| asked.most);
                    prop_assert!(waited >= DAY, "loosened after {waited} s");
                    known.out = true;
                }
            }
            Does::Release(which) => {
                let Some(lock) = self.lock(*which) else {
                    return Ok(());
                };
                let ask = PromiseCommand::Release {
                    lock: id(lock),
                    sentence: "The venue is about to close my hedge".to_owned(),
                };
                if self.ask(&ask) {
                    let known = self.known.get_mut(&lock).unwrap();
                    prop_assert!(known.since.most >= MINUTE, "released at once");
                    if let Some(last) = self.last_release {
                        prop_assert!(last.most >= 7 * DAY, "released again after {last:?}");
                    }
                    known.released = Some(Passed::default());
                    self.last_release = Some(Passed::default());
                }
            }
            Does::ClosedOn(which) => {
                let Some(lock) = self.lock(*which) else {
                    return Ok(());
                };
                let ask = PromiseCommand::ClosedOn {
                    lock: id(lock),
                    on: self.machine.instant(),
                };
                if self.ask(&ask) {
                    let known = self.known.get_mut(&lock).unwrap();
                    // Older lines may bring one back that is over; closing that shortens nothing.
                    let is_over = known.out || known.was_released();
                    prop_assert!(is_over || known.since.most >= 7 * DAY, "closed by word");
                    known.out = true;
                }
            }
            Does::Passes(secs) => {
                self.machine.pass(*secs);
                self.passes(Passed {
                    least: *secs,
                    most: *secs,
                });
                self.write(&PromiseEvent::Clock(impulse_audit::promises::Clock {}));
            }
            Does::SetWall(by) => {
                self.machine.wall += by;
                self.set += by;
            }
            Does::Boot { off, dead_battery } => {
                self.machine.off(*off);
                self.passes(Passed {
                    least: 0,
                    most: *off,
                });
                if *dead_battery {
                    self.set -= self.machine.wall;
                    self.machine.wall = 0;
                }
                self.booted = true;
            }
            Does::Kill => {
                // Only what was armed is forgotten by the model: any other line that is lost
                // leaves the lock as strict as it was.
                let before = self.before.clone();
                if let Some(lock) = before.armed {
                    self.known.remove(&lock);
                    self.promises = before.promises;
                    self.head = before.head;
                    self.set_at_line = before.set_at_line;
                    self.booted |= before.booted;
                    self.before.armed = None;
                }
            }
            Does::Keep => self.kept = Some(self.promises.clone()),
            Does::PutBack => {
                if let Some(older) = self.kept.clone() {
                    self.lose(older);
                }
            }
            Does::Delete => self.lose(PromiseSet::default()),
        }
        self.check()
    }

    /// Other lines are there than the head knows of, and the loss is accepted.
    fn lose(&mut self, lines: PromiseSet) {
        self.promises = lines;
        self.sees();
        let head = self.head.clone();
        self.promises.restore(&head, 0);
        self.head = carried(&self.promises, &self.machine);
        self.before = self.as_it_stands();
        // Older lines know less of the time that passed: its least counts from here.
        for known in self.known.values_mut() {
            known.since.least = 0;
            if let Some(released) = &mut known.released {
                released.least = 0;
            }
        }
    }

    fn check(&self) -> Result<(), TestCaseError> {
        for (lock, known) in &self.known {
            let stands = in_force(&self.promises, &self.machine, *lock);
            // Nothing was written since a boot: what the clock says now is not counted yet.
            if self.booted {
                continue;
            }
            let promised = match known.holds {
                Holds::For(secs) => secs,
                Holds::WhileOpen(_) | Holds::Always => u64::MAX,
            };
            if !known.out && !known.was_released() && known.since.most < promised {
                prop_assert!(stands, "{lock} is over too soon: {known:?}");
            }
            if known.since.least >= promised {
                prop_assert!(!stands, "{lock} holds too long: {known:?}");
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, rng_seed: crate::support::seed(), ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_shortens_a_lock_and_every_lock_ends(
        life in prop::collection::vec(does(), 1..40),
    ) {
        let mut lived = Life::new();
        for step in &life {
            lived.does(step)?;
        }
        // From here on the machine is left on, and looked at: whatever was done, all that ends
        // by itself ends in its promised time.
        lived.machine.pass(LONGEST);
        lived.passes(Passed { least: LONGEST, most: LONGEST });
        lived.write(&PromiseEvent::Clock(impulse_audit::promises::Clock {}));
        lived.check()?;
        let locks = lived.known.iter().filter(|(_, known)| matches!(known.holds, Holds::For(_)));
        for (lock, _) in locks {
            prop_assert!(!in_force(&lived.promises, &lived.machine, *lock));
        }
    }
}

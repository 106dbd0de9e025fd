//! What is asked of the program, and what time does.

use super::{Counts, Held, Siege};
use crate::attacks::attack;
use crate::chance::Chance;
use crate::deeds::{Deed, moment};
use crate::lines::{anywhere, journal};
use crate::run::{Ran, run, start};
use crate::seat::Seat;

impl Siege {
    pub(super) fn commands(&mut self, counts: &mut Counts) -> Held {
        let deed = self.asked();
        self.asks(&deed, counts)
    }

    pub(super) fn kills(&mut self, counts: &mut Counts) -> Held {
        let mut deed = self.asked();
        deed.asked.killed_after = Some(moment(&mut self.chance));
        self.asks(&deed, counts)
    }

    pub(super) fn asks(&mut self, deed: &Deed, counts: &mut Counts) -> Held {
        counts.runs += 1;
        let folder = self.folder();
        let ran = self.by_the_program(|it| run(&it.clocks, &folder, deed.asked.clone()))?;
        self.say(&format!("{:?} -> {:?} {}", deed.asked, ran.code, ran.err));
        counts.done += u64::from(ran.is_done());
        counts.kills += u64::from(ran.code.is_none());
        self.answered(deed, &ran)
    }

    /// What is acknowledged is so; what is not known to be so or not is forgotten.
    pub(super) fn answered(&mut self, deed: &Deed, ran: &Ran) -> Held {
        let now = self.clocks.passed();
        if let Some((id, act)) = &deed.act {
            match ran.code {
                Some(0) => self.model.acted(id, *act, now, self.alone)?,
                Some(1) => {}
                _ => self.model.forget(id),
            }
        }
        let names = |line: &str| {
            line.trim()
                .strip_prefix("impulse-audit promise undo ")
                .map(ToOwned::to_owned)
        };
        let armed = ran.out.lines().find_map(names);
        if let Some(id) = armed.filter(|_| deed.arms && deed.asked.killed_after.is_none()) {
            let list = self.run("promise list --json")?;
            let listed = list.out.contains(&id);
            if list.is_done() && !listed && self.run("verify")?.is_done() {
                return Err(format!(
                    "{id} was acknowledged, is not listed, and nothing is told"
                ));
            }
        }
        if deed.restores && ran.is_done() {
            self.untouched = false;
        }
        Ok(())
    }

    pub(super) fn time(&mut self, counts: &mut Counts) -> Held {
        if !self.clocks.can_pass() {
            return Ok(());
        }
        // Some sieges set the wall clock, some start the machine again, some do both.
        let (may_set, may_boot) = (self.seed % 3 != 1, !self.seed.is_multiple_of(3));
        let pick = |chance: &mut Chance, of: &[u64]| {
            of[usize::try_from(chance.below(of.len() as u64)).unwrap()]
        };
        match self.chance.below(10) {
            0..=5 => {
                let secs = pick(&mut self.chance, &[5, 61, 1_200, 3_700, 90_000, 700_000]);
                self.clocks.pass(secs);
                self.say(&format!("{secs} s pass"));
            }
            6 | 7 if may_set => {
                let secs = pick(&mut self.chance, &[172_800, 3_456_000, 600]);
                let secs = i64::try_from(secs).unwrap();
                let secs = if self.chance.below(2) == 0 {
                    secs
                } else {
                    -secs
                };
                self.clocks.set_wall(secs);
                self.say(&format!("the wall clock is set by {secs} s"));
            }
            8 if may_boot => {
                // Whoever sits at a terminal is cut off.
                if let Some(seat) = self.seat.take() {
                    self.by_the_program(|_| seat.left(true))?;
                }
                let off = pick(&mut self.chance, &[10, 3_600, 200_000]);
                self.clocks.reboot(off);
                counts.boots += 1;
                self.say(&format!("off for {off} s, and started"));
            }
            9 => {
                let zones = [
                    "Europe/Berlin",
                    "Pacific/Kiritimati",
                    "America/New_York",
                    "Etc/UTC",
                ];
                let zone = zones[usize::try_from(self.chance.below(4)).unwrap()];
                self.clocks.zone(zone);
                self.say(&format!("in {zone}"));
            }
            _ => {}
        }
        Ok(())
    }

    /// A command and an attack, or two commands, at the same time.
    pub(super) fn both_at_once(&mut self, counts: &mut Counts) -> Held {
        let (one, two) = (self.asked(), self.asked());
        let attacked = self.chance.below(2) == 0;
        let before = anywhere(&self.data());
        counts.runs += 1;
        let folder = self.folder();
        let first = start(&self.clocks, &folder, one.asked.clone());
        std::thread::sleep(moment(&mut self.chance));
        if attacked {
            let (told, hurt) = attack(&mut self.chance, &folder, counts.attacks);
            counts.attacks += 1;
            self.say(&format!("while {:?}: {told}", one.asked));
            self.hurts.extend(hurt);
            let first = first.end()?;
            self.after_an_attack(counts, false)?;
            self.answered(&one, &first)?;
            return self.settles();
        }
        counts.runs += 1;
        let second = start(&self.clocks, &folder, two.asked.clone());
        let (first, second) = (first.end()?, second.end()?);
        self.say(&format!(
            "together {:?} -> {:?}, {:?} -> {:?}",
            one.asked, first.code, two.asked, second.code
        ));
        let after = anywhere(&self.data());
        if let Some(gone) = before.difference(&after).next() {
            return Err(format!("two programs together took the line {gone} away"));
        }
        self.settles()?;
        self.answered(&one, &first)?;
        self.answered(&two, &second)
    }

    pub(super) fn sits(&mut self, counts: &mut Counts) -> Held {
        let Some(mut seat) = self.seat.take() else {
            counts.seats += 1;
            self.say("an audit is begun");
            let seat = Seat::taken(&self.clocks, &self.folder(), self.seals().collect());
            self.seat = Some(seat);
            return Ok(());
        };
        let leaves = self.chance.below(3) == 0;
        let killed = self.chance.below(2) == 0;
        let answers = self.chance.below(48);
        self.say(&format!(
            "{answers} answers, leaves: {leaves}, killed: {killed}"
        ));
        let mut goes_on = true;
        let before = anywhere(&self.data());
        for _ in 0..answers {
            self.clocks.tick();
            goes_on = goes_on && seat.answers(&mut self.chance);
            // What is waited for is over sooner or later.
            if seat.is_waiting() && self.clocks.can_pass() && self.chance.below(3) == 0 {
                self.clocks.pass(900);
            }
        }
        let saw = seat.has_seen_numbers();
        let sealed = seat.sees_a_seal(self.seals());
        if saw && !sealed && !seat.was_told() && self.run("verify")?.is_done() {
            return Err(
                "the numbers were shown, the seal is not there, and nothing is told".to_owned(),
            );
        }
        if leaves || !goes_on || saw {
            counts.numbers += u64::from(saw);
            seat.left(killed)?;
        } else {
            self.seat = Some(seat);
        }
        let after = anywhere(&self.data());
        if let Some(gone) = before.difference(&after).next() {
            return Err(format!("the audit took the line {gone} away"));
        }
        self.settles()
    }

    pub(super) fn seals(&self) -> impl Iterator<Item = String> + use<> {
        let lines = journal(&self.data()).into_iter();
        lines
            .filter(|line| line.kind == "audit.sealed")
            .map(|line| line.hash)
    }

    pub(super) fn accepts(&mut self) -> Held {
        self.say("what is lost is accepted");
        self.by_the_program(|siege| siege.run("accept-loss --yes"))
            .map(|_| ())
    }
}

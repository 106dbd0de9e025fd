//! What is done to the files, and what must be told of it.

use std::collections::BTreeSet;

use super::{Copy, Counts, Held, Siege, small};
use crate::attacks::{attack, copy_files, is_forged};
use crate::lines::{Line, anywhere, journal};

impl Siege {
    /// Lines that an attack took are told, and what neither lines nor head know any more is
    /// nobody's.
    pub(super) fn after_an_attack(&mut self, counts: &mut Counts, mended: bool) -> Held {
        self.untouched = false;
        let there = journal(&self.data());
        let hashes: BTreeSet<&str> = there.iter().map(|line| line.hash.as_str()).collect();
        // A file that comes back ends again what it had gone on from: that was never in its journal.
        let cut_off = if mended {
            anywhere(&self.data())
        } else {
            BTreeSet::new()
        };
        let is_there = |hash: &str| hashes.contains(hash) || cut_off.contains(hash);
        let is_gone = |line: &&Line| !is_there(&line.hash) && !is_forged(line);
        let missing = self.lines.iter().filter(is_gone).count();
        let head = small(&self.head_file());
        let head_stands = head.is_some() && head == self.head;
        if missing > 0 {
            counts.losses += 1;
            // Who keeps codes elsewhere asks by the newest and by the last one of a sound journal.
            let codes = [self.seal.clone(), self.sound_seal.clone()];
            let mut said = Vec::new();
            for code in codes.into_iter().flatten() {
                let verdict = self.run(&format!("verify --json --expect {code}"))?;
                if verdict.is_done() {
                    said.push(verdict.out);
                } else {
                    said.clear();
                    break;
                }
            }
            if !said.is_empty() {
                return Err(format!(
                    "{missing} lines are gone, and verify says: {said:?}"
                ));
            }
        }
        let verdict = self.run("verify --json")?;
        self.is_lost = !verdict.is_done();
        self.keeps_the_code(&verdict);
        if !head_stands {
            self.in_head.clear();
        }
        self.head = head;
        self.forgets_what_nothing_knows(&there);
        self.lines = there;
        Ok(())
    }

    /// What is whole of the lines, from the first one on, knows the promises that were armed or
    /// handed on there; the head knows its own.
    pub(super) fn forgets_what_nothing_knows(&mut self, there: &[Line]) {
        let same = self
            .lines
            .iter()
            .zip(there)
            .take_while(|(a, b)| a.hash == b.hash);
        let whole: Vec<&Line> = same.map(|(line, _)| line).collect();
        let hands_on = |line: &&&Line| {
            let kind = line.kind.as_str();
            kind == "promise.armed" || kind.starts_with("journal.") || kind == "seal.missing"
        };
        let binding: Vec<&str> = whole
            .iter()
            .filter(hands_on)
            .map(|line| line.text.as_str())
            .collect();
        let in_head = &self.in_head;
        self.model.retain(|id| {
            let from_the_beginning = id.starts_with("696d7075-6c73");
            from_the_beginning
                || in_head.contains(id)
                || binding.iter().any(|text| text.contains(id))
        });
    }

    pub(super) fn attacks(&mut self, counts: &mut Counts) -> Held {
        let (told, hurt) = attack(&mut self.chance, self.dir.path(), counts.attacks);
        counts.attacks += 1;
        self.say(&told);
        self.hurts.extend(hurt);
        self.after_an_attack(counts, false)
    }

    pub(super) fn keeps_a_copy(&mut self) {
        let dir = self.dir.path().join(format!("copy-{}", self.copies.len()));
        copy_files(&self.data(), &dir.join("data"), |name| {
            name.starts_with("journal-")
        });
        copy_files(&self.dir.path().join("state"), &dir.join("state"), |_| true);
        self.copies.push(Copy {
            dir,
            model: self.model.clone(),
            in_head: self.in_head.clone(),
        });
        self.say("a copy is kept");
    }

    /// An older copy of the lines, of the head, or of both.
    pub(super) fn puts_back(&mut self, counts: &mut Counts) -> Held {
        if self.copies.is_empty() {
            return Ok(());
        }
        let which = usize::try_from(self.chance.below(self.copies.len() as u64)).unwrap();
        let (lines, head) = [(true, false), (false, true), (true, true)]
            [usize::try_from(self.chance.below(3)).unwrap()];
        counts.attacks += 1;
        self.say(&format!(
            "copy {which} is put back: lines {lines}, head {head}"
        ));
        let dir = self.copies[which].dir.clone();
        if lines && self.data().is_dir() {
            copy_files(&dir.join("data"), &self.data(), |name| {
                name.starts_with("journal-")
            });
        }
        if head && self.dir.path().join("state").is_dir() {
            copy_files(&dir.join("state"), &self.dir.path().join("state"), |_| true);
        }
        self.alone &= !(lines && head);
        let known = self.copies[which].in_head.clone();
        // What both of then know is what was known then: not of a clock that was set since, either.
        if lines && head {
            self.model.go_back_to(&self.copies[which].model);
        }
        let before = self.head.clone();
        self.after_an_attack(counts, false)?;
        if head && self.head != before {
            self.in_head = known;
        }
        Ok(())
    }

    pub(super) fn mends(&mut self, counts: &mut Counts) -> Held {
        if self.hurts.is_empty() {
            return Ok(());
        }
        self.say("what was hurt is mended");
        for hurt in self.hurts.drain(..).rev() {
            hurt.mend();
        }
        self.after_an_attack(counts, true)
    }
}

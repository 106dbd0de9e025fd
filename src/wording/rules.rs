//! What holds from the beginning, row by row on one page: what each does, with which value, since
//! when, and where it is off.

use chrono::{DateTime, Utc};

use super::{kinds, promise, text, when};
use crate::journal::Moment;
use crate::promises::{
    Kind, Lock, LockState, Promise, PromiseSet, Scope, before_the_numbers, duration,
};
use crate::record::{Account, State, seen};
use crate::waits::{WaitReason, WaitRule};

pub const PAGE: &str = "Rules, waits and thresholds";
pub const ABOUT: &str = "What holds from the beginning. Stricter acts at once. Looser or off takes a request, 24 h of waiting, and a confirmation; until then it holds as it is, and the request can be taken back at any time.";
pub const OF_SEVERAL: &str =
    "Of several waits that apply the longest counts. Reducing and closing never wait.";

/// The rules that hold from the beginning and stand against something.
pub const RULES: [Kind; 3] = [
    Kind::NoAddingToALoser,
    Kind::NoIncreaseWhileLosing,
    Kind::CrossNeedsAPlan,
];
pub const WAITS: [Kind; 7] = {
    let [a, b, c, d, e, f, g] = WaitReason::ALL;
    [
        Kind::Wait(a),
        Kind::Wait(b),
        Kind::Wait(c),
        Kind::Wait(d),
        Kind::Wait(e),
        Kind::Wait(f),
        Kind::Wait(g),
    ]
};

#[derive(Debug)]
pub struct Row<'a> {
    pub kind: Kind,
    /// What holds of it, oldest first; nothing where it is switched off.
    pub held: Vec<&'a Lock>,
    /// What holds as well and changes nothing beside that.
    pub beneath: Vec<&'a Lock>,
    /// The accounts that none of it is about, by name.
    pub off_for: Vec<&'a str>,
    /// The accounts in which it holds for some markets and no other, by name.
    pub off_elsewhere: Vec<&'a str>,
    /// When the last of it ended, where it is switched off.
    pub off_since: Option<DateTime<Utc>>,
}

impl<'a> Row<'a> {
    /// How a kind stands now: folded nowhere but in the promises.
    pub fn of(kind: Kind, state: &'a State, now: &Moment) -> Self {
        let promises = state.promises();
        let clocks = seen(now);
        let of_kind = |lock: &&Lock| lock.armed().promise.kind() == Some(kind);
        let holding = promises.in_force(&clocks).chain(promises.waits(&clocks));
        let holding: Vec<&Lock> = holding.filter(of_kind).collect();
        let asked =
            |lock: &Lock| matches!(promises.state(lock, &clocks), LockState::Loosening { .. });
        let (beneath, held): (Vec<_>, Vec<_>) = holding
            .iter()
            .copied()
            .enumerate()
            .partition(|(at, lock)| !asked(lock) && is_beneath(*at, lock, &holding));
        let plain = |all: Vec<(usize, &'a Lock)>| all.into_iter().map(|(_, lock)| lock).collect();
        let about = |account: &Account| {
            let place = account.scope();
            let about = holding
                .iter()
                .copied()
                .filter(move |lock| promises.is_about(lock, place.id, &place.place));
            about.collect::<Vec<&Lock>>()
        };
        let (mut off_for, mut off_elsewhere) = (Vec::new(), Vec::new());
        for account in state.accounts() {
            let (name, held) = (account.set.name.as_str(), about(account));
            if held.is_empty() {
                off_for.push(name);
            } else if held.iter().all(|lock| is_of_a_market(lock)) {
                off_elsewhere.push(name);
            }
        }
        let over = promises.locks().iter().rev().filter(of_kind);
        let ended = over.filter_map(|lock| promises.ended_on(lock, &clocks));
        Self {
            kind,
            off_for,
            off_elsewhere,
            off_since: ended.max().filter(|_| holding.is_empty()),
            held: plain(held),
            beneath: plain(beneath),
        }
    }

    /// Whether nothing of it holds.
    pub fn is_off(&self) -> bool {
        self.held.is_empty()
    }

    /// Whether it holds wherever it can.
    pub fn is_everywhere(&self) -> bool {
        let everything = Scope::default();
        let whole = |lock: &&Lock| lock.armed().scope == everything;
        self.held.iter().any(whole)
    }

    /// Where it is off, as a sentence; none where it holds everywhere.
    pub fn off(&self) -> Option<String> {
        if self.is_off() {
            return Some(match self.off_since {
                Some(on) => format!("Off since {}", when::day_at_time(on)),
                None => "Off".to_owned(),
            });
        }
        if self.is_everywhere() {
            return None;
        }
        let elsewhere = "Off in every other market";
        let parts = [
            for_accounts("Off", &self.off_for),
            for_accounts(elsewhere, &self.off_elsewhere),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        match parts.as_slice() {
            // Of no account anything is said: none is known, or it holds wherever one is.
            [] => {
                let in_markets = self.held.iter().all(|lock| is_of_a_market(lock));
                in_markets.then(|| elsewhere.to_owned())
            }
            [part] => Some(part.clone()),
            [first, rest @ ..] => {
                let rest: Vec<String> = rest.iter().map(|part| text::within(part)).collect();
                Some(format!("{first}; {}", rest.join("; ")))
            }
        }
    }
}

/// Whether it is about one market alone.
fn is_of_a_market(lock: &Lock) -> bool {
    lock.armed().scope.symbol.is_some()
}

/// That it is so for these accounts; none where there are none.
fn for_accounts(off: &str, names: &[&str]) -> Option<String> {
    let accounts = match names.len() {
        0 => return None,
        1 => "1 account".to_owned(),
        many => format!("{many} accounts"),
    };
    Some(format!("{off} for {accounts}: {}", names.join(", ")))
}

/// Whether another one of these makes wait wherever this one does, and as long.
fn is_beneath(at: usize, lock: &Lock, all: &[&Lock]) -> bool {
    let Some(rule) = lock.armed().promise.wait() else {
        return false;
    };
    all.iter().enumerate().any(|(other, stricter)| {
        let stricter = stricter.armed().promise.wait();
        stricter.is_some_and(|stricter| {
            let alike = rule.is_as_strict_as(stricter);
            other != at && stricter.is_as_strict_as(rule) && (!alike || other < at)
        })
    })
}

/// What a row is called.
pub const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Wait(reason) => kinds::reason(reason),
        kind => kinds::words(kind),
    }
}

pub fn does(promise: &Promise, scope: &Scope) -> String {
    match promise {
        Promise::Wait(rule) => waits(*rule),
        Promise::NoAddingToALoser if *scope == Scope::default() => {
            "Nothing is added to what backs a position that loses, unless a plan that was written before allows it.".to_owned()
        }
        Promise::NoIncreaseWhileLosing if *scope == Scope::default() => {
            "A position that loses is not made larger, and no second one is opened on its side of the market.".to_owned()
        }
        Promise::CrossNeedsAPlan if *scope == Scope::default() => {
            "Nothing is opened or increased in cross or switched to it, unless a plan that was written before allows it.".to_owned()
        }
        other => format!("{}.", other.sentence(scope)),
    }
}

/// What a rule of waits does, as a sentence.
fn waits(rule: WaitRule) -> String {
    let (length, when) = (duration(rule.secs), before_the_numbers(rule.when));
    format!("An audit waits {length} {when}.")
}

/// Since when it holds, or what was asked of it.
pub fn stands(promises: &PromiseSet, lock: &Lock, now: &Moment) -> String {
    match promises.state(lock, &seen(now)) {
        LockState::Loosening { .. } | LockState::Ended(_) => {
            text::capital(&promise::standing(promises, lock, now))
        }
        LockState::InForce => match lock.armed_on().map(when::day_at_time) {
            None => "In force, from the beginning".to_owned(),
            Some(on) if lock.is_in_place() => format!("In force, loosened to this on {on}"),
            Some(on) => format!("In force, armed on {on}"),
        },
    }
}

/// The same of what changes nothing beside another one.
pub fn beneath(promises: &PromiseSet, lock: &Lock, now: &Moment) -> String {
    let stands = text::within(&stands(promises, lock, now));
    format!("Beneath it: {} ({stands})", lock.sentence())
}

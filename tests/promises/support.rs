//! A machine with its clocks, and the shortest way to write promises, acts and closes.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each part of this program uses its own half"
)]

use chrono::{DateTime, Utc};
use impulse_audit::engine::{Mode, Side};
use impulse_audit::promises::{
    AccountContext, AccountScope, Action, Armed, ClockReading, Close, Holds, LockRef,
    LooseningRequested, Promise, PromiseEvent, PromiseSet, ProposedAction, Released, Scope,
    Violation, place,
};
use rust_decimal::Decimal;

use crate::common::money;
use impulse_audit::journal::EventId;
use impulse_audit::market::{AccountId, AuditId, LockId, PlanId, PositionId};

pub const MINUTE: u64 = 60;
pub const HOUR: u64 = 3600;
pub const DAY: u64 = 86_400;
/// 30 days: the longest that any lock may last.
pub const LONGEST: u64 = 30 * DAY;

/// The clocks of a machine, moved by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    pub boot: u32,
    pub up: u64,
    pub wall: i64,
    pub zone: &'static str,
}

impl Machine {
    /// 2026-03-01T14:30:00Z, a Sunday, in UTC, an hour after its first boot.
    pub fn new() -> Self {
        Self {
            boot: 1,
            up: HOUR,
            wall: 1_772_375_400,
            zone: "UTC",
        }
    }

    pub fn seen(&self) -> ClockReading {
        ClockReading {
            boot: format!("boot-{}", self.boot),
            up: self.up,
            wall: self.wall,
            zone: self.zone.to_owned(),
        }
    }

    /// Time passes while it is on.
    pub fn pass(&mut self, secs: u64) {
        self.up += secs;
        self.wall += i64::try_from(secs).unwrap();
    }

    /// It is off for so long, and booted.
    pub fn off(&mut self, secs: u64) {
        self.wall += i64::try_from(secs).unwrap();
        self.boot += 1;
        self.up = 0;
    }

    pub fn instant(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.wall.max(0), 0).unwrap()
    }
}

/// A line is written now: the clocks are seen, and what it says is folded.
pub fn line(promises: &mut PromiseSet, machine: &Machine, turn: &PromiseEvent) {
    promises.see(machine.seen(), machine.instant());
    promises.apply(turn);
}

/// An id of any kind.
pub trait Numbered {
    fn numbered(number: u128) -> Self;
}

macro_rules! numbered {
    ($($id:ty),*) => {
        $(impl Numbered for $id {
            fn numbered(number: u128) -> Self {
                Self::from_u128(number)
            }
        })*
    };
}
numbered!(AccountId, AuditId, EventId, LockId, PlanId, PositionId);

pub fn id<Id: Numbered>(number: u128) -> Id {
    Id::numbered(number)
}

pub fn armed(lock: u128, promise: Promise, holds: Holds) -> Armed {
    Armed {
        lock: id(lock),
        promise,
        scope: Scope::default(),
        holds,
        words: String::new(),
        flat: true,
        audit: None,
    }
}

pub fn arm(armed: Armed) -> PromiseEvent {
    PromiseEvent::Armed(Box::new(armed))
}

pub fn undo(lock: u128) -> PromiseEvent {
    PromiseEvent::Undone(LockRef { lock: id(lock) })
}

pub fn loosen(lock: u128) -> PromiseEvent {
    PromiseEvent::Loosening(LooseningRequested::off(id(lock)))
}

pub fn cancel(lock: u128) -> PromiseEvent {
    PromiseEvent::LooseningCancelled(LockRef { lock: id(lock) })
}

pub fn confirm(lock: u128) -> PromiseEvent {
    PromiseEvent::Loosened(LockRef { lock: id(lock) })
}

pub fn release(lock: u128) -> PromiseEvent {
    PromiseEvent::Released(Released {
        lock: id(lock),
        sentence: "The exchange is about to close my hedge".to_owned(),
    })
}

pub fn on_symbol(symbol: &str) -> Scope {
    Scope {
        account: None,
        symbol: Some(symbol.to_owned()),
    }
}

pub fn on_account(account: u128, venue: &str) -> Scope {
    Scope {
        account: Some(AccountScope {
            id: id(account),
            place: place(venue, "USDT"),
            name: "Main".to_owned(),
        }),
        symbol: None,
    }
}

/// An act in account 1 at Binance, on BTC/USDT, long.
pub fn act(deed: Action, mode: Mode) -> ProposedAction {
    ProposedAction {
        deed,
        mode,
        account: id(1),
        place: place("Binance", "USDT"),
        symbol: "BTC/USDT".to_owned(),
        side: Side::Long,
        leverage: Decimal::TEN,
        collateral: money("100"),
        losing: false,
        isolated_beside: false,
        isolated_elsewhere: false,
        losing_beside: false,
        legs: Vec::new(),
        at_stake: Vec::new(),
    }
}

/// Cross opened in account 1 at Binance, on BTC/USDT.
pub fn cross() -> ProposedAction {
    act(Action::Open, Mode::Cross)
}

/// The same in isolated, which no promise that holds from the beginning stands against.
pub fn isolated() -> ProposedAction {
    act(Action::Open, Mode::Isolated)
}

/// Isolated BTC/USDT of account 1 closed without a loss.
pub fn close(position: u128) -> Close {
    Close {
        event: id(9000 + position),
        position: id(position),
        account: id(1),
        place: place("Binance", "USDT"),
        symbol: "BTC/USDT".to_owned(),
        isolated: true,
        lost: false,
        liquidated: false,
    }
}

/// Everything the head keeps, as it hands it back.
pub fn carried(promises: &PromiseSet, machine: &Machine) -> Vec<(LockId, String)> {
    let locks = promises.locks_for_head(&machine.seen());
    locks.into_iter().map(|lock| (lock.id, lock.text)).collect()
}

/// The promise set of a journal that begins anew, with what the head kept.
pub fn handed_on(head: &[(LockId, String)], machine: &Machine) -> PromiseSet {
    let mut promises = PromiseSet::default();
    promises.see(machine.seen(), machine.instant());
    promises.restore(head, 0);
    promises
}

/// Whether this promise is among those that stand against the act now.
pub fn stands(promises: &PromiseSet, machine: &Machine, lock: u128, act: &ProposedAction) -> bool {
    against(promises, machine, act)
        .iter()
        .any(|against| against.lock == id(lock))
}

pub fn against(promises: &PromiseSet, machine: &Machine, act: &ProposedAction) -> Vec<Violation> {
    promises.violations(act, &machine.seen())
}

pub fn in_force(promises: &PromiseSet, machine: &Machine, lock: u128) -> bool {
    use impulse_audit::promises::LockState;
    promises
        .lock(id(lock))
        .is_some_and(|lock| !matches!(promises.state(lock, &machine.seen()), LockState::Ended(_)))
}

/// Flat everywhere; the position a lock is to hold for is open.
pub fn around() -> AccountContext {
    AccountContext {
        flat: true,
        flat_in_market: true,
        losing_in_market: false,
        position_open: true,
    }
}

/// The same random lives in each ordinary run; `PROPTEST_RNG_SEED=random` or a number asks others.
pub(crate) fn seed() -> proptest::test_runner::RngSeed {
    use proptest::test_runner::RngSeed;
    match std::env::var("PROPTEST_RNG_SEED") {
        Ok(seed) => seed.parse().map_or(RngSeed::Random, RngSeed::Fixed),
        Err(_) => RngSeed::Fixed(20_261_121),
    }
}

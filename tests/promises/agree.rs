//! The fold and the naive second one agree on every lock, every second that is left and every act,
//! over a hundred thousand random histories.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, NaiveTime, Utc};
use impulse_audit::engine::{Mode, Price, Side};
use impulse_audit::promises::{
    Action, Armed, AtStake, Close, ClosedOn, Days, Holds, Hours, LockRef, LooseningRequested, Loss,
    LossLimit, Period, PlanRef, PlanTerms, PlanUse, Promise, PromiseEvent, PromiseSet,
    ProposedAction, Scope, WEEK, place,
};
use impulse_audit::waits::{WaitReason, WaitRule, WaitWhen};
use rust_decimal::Decimal;

use crate::chance::Chance;
use crate::common::{money, price};
use crate::naive::{Naive, What};
use crate::support::*;

const ACCOUNTS: [(u128, &str); 4] = [(1, "Binance"), (2, "Bybit"), (3, "binance "), (4, "OKX")];
const SYMBOLS: [&str; 2] = ["BTC/USDT", "ETH/USDT"];
const DEEDS: [Action; 7] = [
    Action::Open,
    Action::Increase,
    Action::AddMargin,
    Action::TopUp,
    Action::SwitchToCross,
    Action::RaiseLeverage,
    Action::Lowers,
];

/// Far apart, one with summer time, one on the half hour, and one that nobody knows.
const ZONES: [&str; 5] = [
    "UTC",
    "America/New_York",
    "Pacific/Auckland",
    "Asia/Kolkata",
    "Nowhere/Land",
];

/// Lengths around every bound of the rules.
const LENGTHS: [u64; 12] = [
    1,
    30,
    MINUTE,
    15 * MINUTE,
    HOUR,
    5 * HOUR,
    DAY - HOUR,
    DAY,
    DAY + HOUR,
    3 * DAY,
    7 * DAY,
    31 * DAY,
];

fn instant() -> DateTime<Utc> {
    Machine::new().instant()
}

/// The ids of the promises that hold from the beginning, and a few others.
fn any_lock(chance: &mut Chance, beginning: &[Armed]) -> LockRef {
    let lock = if chance.one_in(5) {
        chance.pick(beginning).lock
    } else {
        id(u128::from(100 + chance.below(4)))
    };
    LockRef { lock }
}

fn any_promise(chance: &mut Chance) -> (Promise, Holds) {
    let secs = chance.pick(&LENGTHS);
    let most = Some(Decimal::from(5 + chance.below(10)));
    match chance.below(20) {
        12 => {
            let most = match chance.below(3) {
                0 => LossLimit::Percent(Decimal::from(1 + chance.below(6))),
                _ => LossLimit::Money {
                    amount: money(chance.pick(&["100", "200", "300", "500"])),
                    collateral: chance.pick(&["USDT", "usdt", "BTC"]).to_owned(),
                },
            };
            let per = chance.pick(&[Period::Day, Period::Week]);
            (Promise::MaxLoss { most, per }, Holds::Always)
        }
        13 => {
            let (amount, collateral) = (money(chance.pick(&["100", "300"])), "USDT".to_owned());
            (Promise::MaxAtStake { amount, collateral }, Holds::Always)
        }
        14 | 15 => {
            let losses = u32::try_from(1 + chance.below(3)).unwrap();
            (Promise::MaxLossesInARow { losses }, Holds::Always)
        }
        16 | 17 => (Promise::TradingHours(any_hours(chance)), Holds::Always),
        18 => {
            let when = any_when(chance);
            (Promise::Wait(WaitRule { when, secs }), Holds::Always)
        }
        0 | 1 => (Promise::NoSwitchToCross, Holds::For(secs)),
        2 => (
            Promise::NoSwitchToCross,
            Holds::WhileOpen(id(u128::from(40 + chance.below(2)))),
        ),
        3 | 4 => (Promise::NoCross, Holds::For(secs)),
        5 => (Promise::NoAddingToALoser, Holds::Always),
        6 => (Promise::PauseAfterLoss { secs }, Holds::Always),
        7 => (Promise::PauseAfterLiquidation { secs }, Holds::Always),
        8 => {
            let per = chance.pick(&[Period::Day, Period::Week]);
            let opens = u32::try_from(1 + chance.below(3)).unwrap();
            (Promise::MaxOpens { opens, per }, Holds::Always)
        }
        9 => {
            let (isolated, cross) = (most, most.filter(|_| chance.one_in(2)));
            (Promise::MaxLeverage { isolated, cross }, Holds::Always)
        }
        10 => (Promise::NoEmergencyRelease, Holds::Always),
        _ => (
            chance.pick(&[Promise::Unknown, Promise::NoIncreaseWhileLosing]),
            chance.pick(&[Holds::Always, Holds::For(secs)]),
        ),
    }
}

fn any_when(chance: &mut Chance) -> WaitWhen {
    match chance.below(4) {
        0 => WaitWhen::Aroused {
            from: u8::try_from(chance.below(6)).unwrap(),
        },
        1 => WaitWhen::RecentLoss {
            within: chance.pick(&LENGTHS),
        },
        2 => WaitWhen::LookedAway {
            times: u32::try_from(chance.below(5)).unwrap(),
            away: chance.pick(&[0, 1, 30, 60, 90]),
        },
        _ => WaitWhen::from_the_beginning(chance.pick(&WaitReason::ALL)),
    }
}

fn any_armed(chance: &mut Chance) -> Armed {
    let lock = u128::from(100 + chance.below(4));
    let (promise, holds) = any_promise(chance);
    let (account, venue) = chance.pick(&ACCOUNTS);
    let scope = match chance.below(6) {
        0 => on_symbol(chance.pick(&SYMBOLS)),
        1 => on_account(account, venue),
        2 => Scope {
            symbol: Some(chance.pick(&SYMBOLS).to_owned()),
            ..on_account(account, venue)
        },
        _ => Scope::default(),
    };
    Armed {
        scope,
        ..armed(lock, promise, holds)
    }
}

/// Mostly to nothing, or to a wait for the reason of one that holds from the beginning; sometimes to
/// what cannot come in the place of anything.
fn any_loosening(chance: &mut Chance, of: LockRef, beginning: &[Armed]) -> LooseningRequested {
    let (promise, holds) = match chance.below(5) {
        0 => any_promise(chance),
        1 | 2 => {
            let held = beginning.iter().find(|armed| armed.lock == of.lock);
            let reason = match held.map(|armed| &armed.promise) {
                Some(Promise::Wait(rule)) => rule.reason(),
                _ => chance.pick(&WaitReason::ALL),
            };
            let same = |when: &WaitWhen| when.reason() == reason;
            let when = Some(any_when(chance)).filter(same);
            let when = when.unwrap_or(WaitWhen::from_the_beginning(reason));
            let secs = chance.pick(&LENGTHS);
            let holds = chance.pick(&[Holds::Always, Holds::Always, Holds::For(secs)]);
            (Promise::Wait(WaitRule { when, secs }), holds)
        }
        _ => return LooseningRequested::off(of.lock),
    };
    let number = u128::from(100 + chance.below(8));
    LooseningRequested {
        lock: of.lock,
        to: Some(Box::new(armed(number, promise, holds))),
    }
}

fn any_act(chance: &mut Chance) -> ProposedAction {
    let (account, venue) = chance.pick(&ACCOUNTS);
    ProposedAction {
        deed: chance.pick(&DEEDS),
        mode: chance.pick(&[Mode::Isolated, Mode::Cross]),
        account: id(account),
        place: place(venue, "USDT"),
        symbol: chance.pick(&SYMBOLS).to_owned(),
        side: chance.pick(&[Side::Long, Side::Short]),
        leverage: Decimal::from(1 + chance.below(20)),
        collateral: money(chance.pick(&["50", "100", "150"])),
        losing: chance.one_in(2),
        isolated_beside: chance.one_in(4),
        isolated_elsewhere: chance.one_in(4),
        losing_beside: chance.one_in(4),
        legs: Vec::new(),
        at_stake: any_stakes(chance),
    }
}

/// What is at stake in some of the accounts.
fn any_stakes(chance: &mut Chance) -> Vec<AtStake> {
    let mut stakes = Vec::new();
    for (account, venue) in ACCOUNTS {
        if chance.one_in(3) {
            let value = |chance: &mut Chance| {
                let known = !chance.one_in(8);
                known.then(|| money(chance.pick(&["0", "100", "200", "300"])))
            };
            stakes.push(AtStake {
                account: id(account),
                place: place(venue, "USDT"),
                before: value(chance),
                after: value(chance),
            });
        }
    }
    stakes
}

fn any_loss(chance: &mut Chance) -> Loss {
    let (account, venue) = chance.pick(&ACCOUNTS);
    Loss {
        account: id(account),
        place: place(venue, chance.pick(&["USDT", "USDT", "BTC"])),
        symbol: chance.pick(&SYMBOLS).to_owned(),
        amount: money(chance.pick(&["10", "100", "200", "300"])),
    }
}

fn any_hours(chance: &mut Chance) -> Hours {
    let time = |chance: &mut Chance| {
        let minute = u32::try_from(chance.below(96) * 15).unwrap();
        NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap()
    };
    let some = 1 + chance.below(127);
    let days = WEEK
        .iter()
        .zip(0..7)
        .filter(|(_, bit)| some >> bit & 1 == 1);
    Hours {
        days: Days::from(days.map(|(day, _)| *day).collect::<Vec<_>>()),
        from: time(chance),
        to: time(chance),
    }
}

fn any_close(chance: &mut Chance, number: u64) -> Close {
    let (account, venue) = chance.pick(&ACCOUNTS);
    let liquidated = chance.one_in(4);
    Close {
        event: id(u128::from(9000 + number)),
        account: id(account),
        place: place(venue, "USDT"),
        symbol: chance.pick(&SYMBOLS).to_owned(),
        isolated: chance.one_in(2),
        lost: liquidated || chance.one_in(2),
        liquidated,
        ..close(u128::from(40 + chance.below(3)))
    }
}

fn any_plan(chance: &mut Chance) -> PlanTerms {
    let stop: Price = price("90000");
    PlanTerms {
        plan: id(u128::from(500 + chance.below(2))),
        allows: chance.pick(&[PlanUse::Cross, PlanUse::Rescue, PlanUse::Switch]),
        account: id(1),
        account_name: "Main".to_owned(),
        symbol: SYMBOLS[0].to_owned(),
        side: Side::Long,
        trigger: "If it closes above the range, then once more".to_owned(),
        collateral: money("100"),
        loss_limit: money("500"),
        stop,
        legs: Vec::new(),
    }
}

fn anything(chance: &mut Chance, beginning: &[Armed], number: u64) -> What {
    let of = any_lock(chance, beginning);
    let plan = PlanRef {
        plan: id(u128::from(500 + chance.below(2))),
    };
    let audit = id(u128::from(700 + chance.below(4)));
    let (account, _) = chance.pick(&ACCOUNTS);
    What::Turn(match chance.below(31) {
        26 | 27 => return What::Lost(any_loss(chance)),
        28 | 29 => {
            let (account, venue) = chance.pick(&ACCOUNTS);
            let place = place(venue, chance.pick(&["USDT", "USDT", "BTC"]));
            let equity = money(chance.pick(&["-100", "0", "2000", "5000", "10000"]));
            return What::Holds {
                account: id(account),
                place,
                equity,
            };
        }
        0..=4 => arm(any_armed(chance)),
        5 => PromiseEvent::Undone(of),
        6..=8 => PromiseEvent::Loosening(any_loosening(chance, of, beginning)),
        9 => PromiseEvent::LooseningCancelled(of),
        10..=12 => PromiseEvent::Loosened(of),
        13..=14 => release(of.lock.as_u128()),
        15 => PromiseEvent::StillOpen(of),
        16 => PromiseEvent::ClosedOn(ClosedOn {
            lock: of.lock,
            on: instant(),
            unverified: true,
        }),
        17 => PromiseEvent::PlanWritten(Box::new(any_plan(chance))),
        18 => PromiseEvent::PlanRenewed(plan),
        19 if chance.one_in(2) => PromiseEvent::PlanWithdrawn(plan),
        20 => return What::Account(id(account)),
        21 => return What::Heard(id(u128::from(40 + chance.below(3)))),
        22 | 30 => return What::Closed(any_close(chance, number)),
        23 => {
            let act = any_act(chance);
            return What::Opens { audit, act };
        }
        24 if chance.one_in(2) => return What::NotOpened(audit),
        24 => {
            let act = any_act(chance);
            return What::Decided { audit, act };
        }
        25 if chance.one_in(3) => return What::Unreadable(id(u128::from(900 + number))),
        _ => PromiseEvent::Clock(impulse_audit::promises::Clock {}),
    })
}

/// Time goes by, a clock is set, the machine is booted, or all of it.
fn any_time(chance: &mut Chance, machine: &mut Machine) {
    let secs = match chance.below(4) {
        0 => chance.below(90),
        1 => chance.pick(&LENGTHS),
        2 => chance.pick(&LENGTHS) - 1,
        _ => chance.below(2 * DAY),
    };
    match chance.below(12) {
        0 => machine.off(secs),
        1 => {
            machine.off(0);
            machine.wall = 0;
            machine.pass(secs);
        }
        2 => machine.wall += i64::try_from(secs).unwrap(),
        3 => machine.wall -= i64::try_from(secs).unwrap(),
        4 => {
            machine.off(chance.below(HOUR));
            machine.pass(secs);
        }
        // What is done at once.
        5..=6 => {}
        7 => {
            machine.zone = chance.pick(&ZONES);
            machine.pass(secs);
        }
        _ => machine.pass(secs),
    }
}

fn tell(promises: &mut PromiseSet, machine: &Machine, what: &What) {
    promises.see(machine.seen(), machine.instant());
    match what.clone() {
        What::Turn(turn) => promises.apply(&turn),
        What::Account(account) => promises.account_known(account),
        What::Heard(position) => promises.heard_of(position),
        What::Closed(close) => promises.closed(close),
        What::Opens { audit, act } => {
            promises.opens(Some(audit), act.account, act.place, act.symbol);
        }
        What::Lost(loss) => promises.lost(loss),
        What::Holds {
            account,
            place,
            equity,
        } => promises.account_holds(account, place, equity),
        What::NotOpened(audit) => promises.not_opened(audit),
        What::Decided { audit, act } => promises.use_plan(&act, audit, None),
        What::Unreadable(line) => promises.unreadable(line),
    }
}

/// What the two folds say differently at a moment, if they do.
fn differ(
    promises: &PromiseSet,
    naive: &Naive,
    machine: &Machine,
    acts: &[ProposedAction],
) -> Option<String> {
    let now = machine.seen();
    let states: BTreeMap<_, _> = promises
        .locks()
        .iter()
        .map(|lock| {
            (
                lock.id(),
                (promises.state(lock, &now), promises.left(lock, &now)),
            )
        })
        .collect();
    let second = naive.states(&now);
    if states != second {
        return Some(format!("states\n  {states:?}\n  {second:?}"));
    }
    let (waits, second) = (promises.wait_rules(&now), naive.waits(&now));
    if waits != second {
        return Some(format!("waits\n  {waits:?}\n  {second:?}"));
    }
    acts.iter().find_map(|act| {
        let against = promises.violations(act, &now);
        let first: BTreeMap<_, _> = against.iter().map(|a| (a.lock, a.end)).collect();
        let second = naive.against(act, &now);
        (first != second || first.len() != against.len())
            .then(|| format!("{act:?}\n  {first:?}\n  {second:?}"))
    })
}

/// What was met on the way, so that a generator that tries nothing is noticed.
#[derive(Debug, Default)]
struct Met {
    events: u64,
    comparisons: u64,
    ended: BTreeMap<String, u64>,
    stood: u64,
    replaced: u64,
}

fn history(number: u64, met: &mut Met) -> Result<(), String> {
    let mut chance = Chance::of(number);
    let mut machine = Machine::new();
    let mut promises = PromiseSet::default();
    let beginning: Vec<Armed> = promises.locks().iter().map(|l| l.armed().clone()).collect();
    let mut naive = Naive::new(beginning.clone());
    let mut told = String::new();
    let mut asked = None;
    let length = 4 + chance.below(12);
    for step in 0..length {
        let what = if let Some(lock) = asked.take().filter(|_| chance.one_in(3)) {
            // What was asked for is confirmed in its day, or about then.
            machine.pass(DAY - 2 + chance.below(DAY));
            What::Turn(PromiseEvent::Loosened(LockRef { lock }))
        } else {
            any_time(&mut chance, &mut machine);
            anything(&mut chance, &beginning, step)
        };
        if let What::Turn(PromiseEvent::Loosening(of)) = &what {
            asked = Some(of.lock);
        }
        let _ = writeln!(told, "{:?} {what:?}", machine.seen());
        tell(&mut promises, &machine, &what);
        naive.happens(machine.seen(), machine.instant(), what);
        met.events += 1;
        // The end of each history is compared, and every fourth moment on the way.
        if step + 1 < length && !chance.one_in(4) {
            continue;
        }
        let mut later = machine.clone();
        if chance.one_in(2) {
            any_time(&mut chance, &mut later);
        }
        let acts = [any_act(&mut chance), any_act(&mut chance)];
        if let Some(difference) = differ(&promises, &naive, &later, &acts) {
            return Err(format!(
                "history {number}\n{told}at {:?}\n{difference}",
                later.seen()
            ));
        }
        met.comparisons += 1;
        let now = later.seen();
        met.stood += u64::try_from(promises.violations(&acts[0], &now).len()).unwrap();
    }
    for lock in promises.locks() {
        if lock.is_in_place() {
            met.replaced += 1;
        }
        let state = promises.state(lock, &machine.seen());
        let name = format!("{state:?}");
        let name = name.split(" {").next().unwrap_or_default().to_owned();
        *met.ended.entry(name).or_default() += 1;
    }
    Ok(())
}

fn agree_over(histories: std::ops::Range<u64>) {
    let mut met = Met::default();
    let count = histories.end - histories.start;
    for number in histories {
        if let Err(difference) = history(number, &mut met) {
            panic!("{difference}");
        }
    }
    println!("{count} histories agree: {met:?}");
    // Every way to end was met, and so was something that stands.
    for name in [
        "InForce",
        "Loosening",
        "Ended(RanOut)",
        "Ended(Closed)",
        "Ended(ClosedUnverified)",
        "Ended(Undone)",
        "Ended(Loosened)",
        "Ended(Released)",
    ] {
        assert!(
            met.ended.get(name).is_some_and(|count| *count > 0),
            "{name}"
        );
    }
    assert!(met.stood > count);
    assert!(met.replaced > count / 200);
}

#[test]
fn a_naive_second_fold_agrees_over_a_hundred_thousand_histories() {
    agree_over(0..100_000);
}

#[test]
#[ignore = "a million histories take minutes: cargo test --release --test promises -- --ignored"]
fn a_naive_second_fold_agrees_over_a_million_histories() {
    agree_over(1_000_000..2_000_000);
}

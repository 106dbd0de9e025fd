//! How long an audit waits, reason by reason: from the beginning, longer at once, shorter or off by
//! the waiting way alone.

use std::collections::BTreeMap;
use std::time::Duration;

use impulse_audit::market::LockId;
use impulse_audit::promises::{
    Action, Close, Holds, Kind, LockRef, LooseningRequested, Promise, PromiseCommand, PromiseEvent,
    PromiseSet,
};
use impulse_audit::waits::{WaitReason, WaitRule, WaitWhen};
use proptest::prelude::*;

use crate::support::*;

/// With the thresholds that hold from the beginning.
fn wait(reason: WaitReason, secs: u64) -> Promise {
    let when = WaitWhen::from_the_beginning(reason);
    Promise::Wait(WaitRule { when, secs })
}

/// How long is waited for a reason, at whatever threshold.
fn length(promises: &PromiseSet, machine: &Machine, reason: WaitReason) -> Duration {
    let rules = promises.wait_rules(&machine.seen()).into_iter();
    let of_it = rules.filter(|rule| rule.reason() == reason);
    Duration::from_secs(of_it.map(|rule| rule.secs).max().unwrap_or(0))
}

fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * MINUTE)
}

/// The rule of this reason that holds from the beginning.
fn first(promises: &PromiseSet, reason: WaitReason) -> LockId {
    let rule = promises
        .locks()
        .iter()
        .find(|lock| lock.armed().promise.kind() == Some(Kind::Wait(reason)));
    rule.unwrap().id()
}

#[test]
fn each_reason_waits_a_quarter_of_an_hour_from_the_beginning_and_stands_against_nothing() {
    let machine = Machine::new();
    let promises = PromiseSet::default();
    assert_eq!(promises.waits(&machine.seen()).count(), 7);
    for reason in WaitReason::ALL {
        assert_eq!(length(&promises, &machine, reason), minutes(15));
    }
    let isolated = act(Action::Open, impulse_audit::engine::Mode::Isolated);
    assert!(against(&promises, &machine, &isolated).is_empty());
}

#[test]
fn a_longer_wait_holds_at_once_and_a_shorter_one_only_once_the_longer_is_loosened() {
    let mut machine = Machine::new();
    let mut promises = PromiseSet::default();
    promises.see(machine.seen(), machine.instant());
    let reason = WaitReason::Rescue;
    let ask = |secs| PromiseCommand::Arm(Box::new(armed(7, wait(reason, secs), Holds::Always)));
    for (secs, taken) in [
        (59, false),
        (14 * MINUTE, false),
        (15 * MINUTE, false),
        (DAY + 1, false),
        (15 * MINUTE + 1, true),
        (DAY, true),
    ] {
        let asked = promises.ask(&ask(secs), &machine.seen(), around());
        assert_eq!(asked.is_ok(), taken, "{secs}");
    }
    let rule = first(&promises, reason);
    line(
        &mut promises,
        &machine,
        &PromiseEvent::Loosening(LooseningRequested::off(rule)),
    );
    // Asked to be loosened, it gives room for a shorter one; both apply meanwhile.
    let shorter = promises.ask(&ask(5 * MINUTE), &machine.seen(), around());
    line(&mut promises, &machine, &shorter.unwrap());
    machine.pass(DAY);
    assert_eq!(length(&promises, &machine, reason), minutes(15));
    line(
        &mut promises,
        &machine,
        &PromiseEvent::Loosened(LockRef { lock: rule }),
    );
    assert_eq!(length(&promises, &machine, reason), minutes(5));
    // The others stand as they were.
    assert_eq!(
        length(&promises, &machine, WaitReason::Aroused),
        minutes(15)
    );
    line(&mut promises, &machine, &loosen(7));
    machine.pass(DAY);
    line(&mut promises, &machine, &confirm(7));
    assert_eq!(length(&promises, &machine, reason), Duration::ZERO, "off");
}

#[test]
fn a_wait_is_no_lock_and_has_no_emergency() {
    let mut machine = Machine::new();
    let mut promises = PromiseSet::default();
    line(
        &mut promises,
        &machine,
        &arm(armed(7, wait(WaitReason::RecentLoss, HOUR), Holds::Always)),
    );
    promises.closed(Close {
        lost: true,
        liquidated: true,
        ..close(41)
    });
    machine.pass(2 * MINUTE);
    let ask = PromiseCommand::Release {
        lock: id(7),
        sentence: "It has to be".to_owned(),
    };
    assert!(promises.ask(&ask, &machine.seen(), around()).is_err());
    line(&mut promises, &machine, &release(7));
    machine.pass(HOUR);
    let now = length(&promises, &machine, WaitReason::RecentLoss);
    assert_eq!(now, minutes(60));
}

#[test]
fn a_wait_outlives_the_loss_of_the_journal() {
    let mut machine = Machine::new();
    let mut promises = PromiseSet::default();
    let longer = wait(WaitReason::LookedAway, 2 * HOUR);
    line(
        &mut promises,
        &machine,
        &arm(armed(7, longer, Holds::Always)),
    );
    machine.pass(HOUR);
    let after = handed_on(&carried(&promises, &machine), &machine);
    assert_eq!(
        length(&after, &machine, WaitReason::LookedAway),
        minutes(120)
    );
    assert_eq!(length(&after, &machine, WaitReason::Rescue), minutes(15));
}

/// What is done to a wait: armed with a length, or one of the four ways of loosening.
#[derive(Clone, Debug)]
enum Done {
    Armed(usize, u64),
    Asked(usize),
    Confirmed(usize),
    Cancelled(usize),
    Passes(u64),
}

fn any_done() -> impl Strategy<Value = Done> {
    let secs = prop::sample::select(vec![1, MINUTE, 20 * MINUTE, HOUR, DAY, 3 * DAY]);
    prop_oneof![
        (0..7_usize, secs.clone()).prop_map(|(reason, secs)| Done::Armed(reason, secs)),
        (0..12_usize).prop_map(Done::Asked),
        (0..12_usize).prop_map(Done::Confirmed),
        (0..12_usize).prop_map(Done::Cancelled),
        prop_oneof![secs, 20 * HOUR..30 * HOUR].prop_map(Done::Passes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, rng_seed: crate::support::seed(), ..ProptestConfig::default() })]

    /// The same by a table: for each rule its length, and when it was asked to be loosened.
    #[test]
    fn a_wait_is_the_longest_of_the_rules_that_were_not_confirmed_away(
        all in prop::collection::vec(any_done(), 1..40),
    ) {
        let mut machine = Machine::new();
        let mut promises = PromiseSet::default();
        promises.see(machine.seen(), machine.instant());
        let mut now = 0;
        let mut rules: Vec<(LockId, WaitReason, u64, Option<u64>)> = WaitReason::ALL
            .map(|reason| (first(&promises, reason), reason, 900, None))
            .to_vec();
        for (number, done) in (100..).zip(all) {
            match done {
                Done::Armed(reason, secs) => {
                    let reason = WaitReason::ALL[reason];
                    line(&mut promises, &machine, &arm(armed(number, wait(reason, secs), Holds::Always)));
                    rules.push((id(number), reason, secs.min(DAY), None));
                }
                Done::Asked(at) => if let Some((lock, _, _, asked)) = rules.get_mut(at) {
                    line(&mut promises, &machine, &PromiseEvent::Loosening(LooseningRequested::off(*lock)));
                    if asked.is_none_or(|asked| now >= asked + 2 * DAY) {
                        *asked = Some(now);
                    }
                },
                Done::Confirmed(at) => if let Some((lock, _, secs, asked)) = rules.get_mut(at) {
                    line(&mut promises, &machine, &PromiseEvent::Loosened(LockRef { lock: *lock }));
                    // A line may come 15 seconds late.
                    if asked.is_some_and(|asked| (asked + DAY..asked + 2 * DAY + 15).contains(&now)) {
                        *secs = 0;
                    }
                },
                Done::Cancelled(at) => if let Some((lock, _, _, asked)) = rules.get_mut(at) {
                    line(&mut promises, &machine, &PromiseEvent::LooseningCancelled(LockRef { lock: *lock }));
                    *asked = None;
                },
                Done::Passes(secs) => {
                    machine.pass(secs);
                    now += secs;
                }
            }
            let mut longest: BTreeMap<WaitReason, u64> = BTreeMap::new();
            for (_, reason, secs, _) in &rules {
                let length = longest.entry(*reason).or_default();
                *length = (*length).max(*secs);
            }
            for reason in WaitReason::ALL {
                prop_assert_eq!(length(&promises, &machine, reason).as_secs(), longest[&reason], "{:?}", reason);
            }
        }
    }
}

//! A wait is made stricter at once and is never weaker at any instant than before; made looser it is
//! as strict as before until a day has passed and it was confirmed.

use std::collections::BTreeMap;

use impulse_audit::market::LockId;
use impulse_audit::promises::{
    Holds, LockState, LooseningRequested, Promise, PromiseCommand, PromiseEvent, PromiseSet,
};
use impulse_audit::waits::{WaitReason, WaitRule, WaitWhen};
use proptest::prelude::*;

use crate::support::*;

/// What an audit is like: how aroused, how long ago something was lost, how often and how long the
/// window was left.
type Probe = (u8, u64, (u32, u64));

fn probes() -> Vec<Probe> {
    let mut all = Vec::new();
    for arousal in 0..=4 {
        for lost in [0, 30 * MINUTE, HOUR, 3 * HOUR] {
            for looks in [(0, 0), (1, 20), (2, 59), (3, 60), (4, 600)] {
                all.push((arousal, lost, looks));
            }
        }
    }
    all
}

/// How long such an audit waits by these rules.
fn waits(rules: &[WaitRule], (arousal, lost, (times, away)): Probe) -> u64 {
    let counts = |rule: &&WaitRule| match rule.when {
        WaitWhen::Aroused { from } => arousal >= from,
        WaitWhen::RecentLoss { within } => lost < within,
        WaitWhen::LookedAway {
            times: most,
            away: long,
        } => times >= most || away >= long,
        _ => true,
    };
    let secs = rules.iter().filter(counts).map(|rule| rule.secs);
    secs.max().unwrap_or(0)
}

/// How long each kind of audit waits now.
fn all_waits(promises: &PromiseSet, machine: &Machine) -> Vec<u64> {
    let rules = promises.wait_rules(&machine.seen());
    probes().iter().map(|probe| waits(&rules, *probe)).collect()
}

fn no_less(now: &[u64], before: &[u64]) -> bool {
    now.iter().zip(before).all(|(now, before)| now >= before)
}

/// What a trader asks for, of the three reasons with a threshold.
#[derive(Clone, Debug)]
enum Asks {
    Stricter(WaitRule),
    Looser(usize, WaitRule),
    Off(usize),
    Confirms(usize),
    Cancels(usize),
    TakesBack(usize),
    Passes(u64),
}

fn any_rule() -> impl Strategy<Value = WaitRule> {
    let when = prop_oneof![
        (1_u8..5).prop_map(|from| WaitWhen::Aroused { from }),
        prop::sample::select(vec![MINUTE, HOUR, 2 * HOUR, DAY])
            .prop_map(|within| WaitWhen::RecentLoss { within }),
        (1_u32..5, prop::sample::select(vec![10, 60, 90]))
            .prop_map(|(times, away)| WaitWhen::LookedAway { times, away }),
    ];
    let secs = prop::sample::select(vec![
        MINUTE,
        5 * MINUTE,
        15 * MINUTE,
        20 * MINUTE,
        HOUR,
        DAY,
    ]);
    (when, secs).prop_map(|(when, secs)| WaitRule { when, secs })
}

fn anything() -> impl Strategy<Value = Asks> {
    let which = 0..14_usize;
    prop_oneof![
        any_rule().prop_map(Asks::Stricter),
        (which.clone(), any_rule()).prop_map(|(which, rule)| Asks::Looser(which, rule)),
        which.clone().prop_map(Asks::Off),
        which.clone().prop_map(Asks::Confirms),
        which.clone().prop_map(Asks::Confirms),
        which.clone().prop_map(Asks::Cancels),
        which.prop_map(Asks::TakesBack),
        prop_oneof![
            1..MINUTE,
            20 * HOUR..28 * HOUR,
            prop::sample::select(vec![DAY - 1, DAY, 2 * DAY - 1, 2 * DAY]),
        ]
        .prop_map(Asks::Passes),
    ]
}

fn wait(number: u128, rule: WaitRule) -> impulse_audit::promises::Armed {
    armed(number, Promise::Wait(rule), Holds::Always)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, rng_seed: crate::support::seed(), ..ProptestConfig::default() })]

    /// Whatever is asked for, in whatever order.
    #[test]
    fn stricter_acts_at_once_and_looser_never_before_a_day_and_a_confirmation(
        all in prop::collection::vec(anything(), 1..40),
    ) {
        let mut machine = Machine::new();
        let mut promises = PromiseSet::default();
        promises.see(machine.seen(), machine.instant());
        let mut now = 0_u64;
        // When each loosening that stands was asked for, and when each was armed.
        let mut asked: BTreeMap<LockId, u64> = BTreeMap::new();
        let mut armed_at: BTreeMap<LockId, u64> = BTreeMap::new();
        for (number, asks) in (100..).zip(all) {
            let before = all_waits(&promises, &machine);
            let of = |which: usize| promises.locks().get(which).map(impulse_audit::promises::Lock::id);
            let ask = match &asks {
                Asks::Passes(secs) => {
                    machine.pass(*secs);
                    now += secs;
                    prop_assert_eq!(&all_waits(&promises, &machine), &before, "time alone");
                    continue;
                }
                Asks::Stricter(rule) => Some(PromiseCommand::Arm(Box::new(wait(number, *rule)))),
                Asks::Looser(which, rule) => of(*which).map(|lock| PromiseCommand::Loosen(LooseningRequested {
                    lock,
                    to: Some(Box::new(wait(number, *rule))),
                })),
                Asks::Off(which) => of(*which).map(|lock| PromiseCommand::Loosen(LooseningRequested::off(lock))),
                Asks::Confirms(which) => of(*which).map(PromiseCommand::Confirm),
                Asks::Cancels(which) => of(*which).map(PromiseCommand::Cancel),
                Asks::TakesBack(which) => of(*which).map(PromiseCommand::Undo),
            };
            let Some(Ok(turn)) = ask.map(|ask| promises.ask(&ask, &machine.seen(), around())) else {
                continue;
            };
            line(&mut promises, &machine, &turn);
            let after = all_waits(&promises, &machine);
            match &turn {
                PromiseEvent::Armed(armed) => {
                    let Promise::Wait(rule) = armed.promise else { unreachable!() };
                    let alone: Vec<u64> =
                        probes().iter().map(|probe| waits(&[rule], *probe)).collect();
                    prop_assert!(no_less(&after, &before), "{rule:?} makes something weaker");
                    prop_assert!(no_less(&after, &alone), "{rule:?} does not act at once");
                    armed_at.insert(armed.lock, now);
                }
                PromiseEvent::Loosening(of) => {
                    prop_assert_eq!(&after, &before, "a request alone changes something");
                    asked.insert(of.lock, now);
                }
                PromiseEvent::LooseningCancelled(of) => {
                    prop_assert_eq!(&after, &before, "a cancel changes something");
                    asked.remove(&of.lock);
                }
                PromiseEvent::Loosened(of) => {
                    let since = asked.remove(&of.lock).map(|asked| now - asked);
                    prop_assert!(since.is_some_and(|since| (DAY..2 * DAY).contains(&since)),
                        "loosened {since:?} s after it was asked for");
                    prop_assert!(no_less(&before, &after), "a confirmation is no looser");
                }
                PromiseEvent::Undone(of) => {
                    let since = armed_at.get(&of.lock).map(|armed| now - armed);
                    prop_assert!(since.is_some_and(|since| since <= MINUTE), "undone {since:?}");
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }
}

/// The rule of a reason that holds from the beginning.
fn first(promises: &PromiseSet, reason: WaitReason) -> LockId {
    let is_it = |rule: WaitRule| rule.reason() == reason;
    let mut locks = promises.locks().iter();
    let lock = locks.find(|lock| lock.armed().promise.wait().is_some_and(is_it));
    lock.unwrap().id()
}

const AROUSED_FROM_4: WaitRule = WaitRule {
    when: WaitWhen::Aroused { from: 4 },
    secs: 15 * MINUTE,
};

/// Asked to be loosened to an arousal of 4.
fn asked() -> (Machine, PromiseSet, LockId) {
    let machine = Machine::new();
    let mut promises = PromiseSet::default();
    promises.see(machine.seen(), machine.instant());
    let lock = first(&promises, WaitReason::Aroused);
    let to = Some(Box::new(wait(7, AROUSED_FROM_4)));
    let ask = PromiseCommand::Loosen(LooseningRequested { lock, to });
    let turn = promises.ask(&ask, &machine.seen(), around()).unwrap();
    line(&mut promises, &machine, &turn);
    (machine, promises, lock)
}

fn by_arousal(promises: &PromiseSet, machine: &Machine) -> Vec<WaitRule> {
    let rules = promises.wait_rules(&machine.seen()).into_iter();
    rules
        .filter(|rule| rule.reason() == WaitReason::Aroused)
        .collect()
}

#[test]
fn a_looser_threshold_takes_the_place_of_the_stricter_one_in_one_line() {
    let (mut machine, mut promises, lock) = asked();
    let held = promises.lock(lock).unwrap();
    let becomes = promises.becomes(held, &machine.seen()).unwrap();
    assert_eq!(becomes.promise.wait(), Some(AROUSED_FROM_4));
    machine.pass(DAY);
    assert_eq!(by_arousal(&promises, &machine).len(), 1);
    assert_ne!(by_arousal(&promises, &machine), [AROUSED_FROM_4]);
    line(
        &mut promises,
        &machine,
        &PromiseEvent::Loosened(impulse_audit::promises::LockRef { lock }),
    );
    assert_eq!(by_arousal(&promises, &machine), [AROUSED_FROM_4]);
    // Its first minute is no way out: the stricter one is gone.
    assert!(
        promises
            .ask(&PromiseCommand::Undo(id(7)), &machine.seen(), around())
            .is_err()
    );
    line(&mut promises, &machine, &undo(7));
    assert_eq!(by_arousal(&promises, &machine), [AROUSED_FROM_4]);
    // Made looser again it waits again.
    line(&mut promises, &machine, &loosen(7));
    line(&mut promises, &machine, &confirm(7));
    assert_eq!(by_arousal(&promises, &machine), [AROUSED_FROM_4]);
}

#[test]
fn a_request_that_lapses_or_is_lost_with_the_lines_leaves_the_stricter_one() {
    let (mut machine, promises, lock) = asked();
    let after = handed_on(&carried(&promises, &machine), &machine);
    assert_ne!(by_arousal(&after, &machine), [AROUSED_FROM_4]);
    machine.pass(2 * DAY);
    let held = promises.lock(lock).unwrap();
    assert_eq!(promises.state(held, &machine.seen()), LockState::InForce);
    assert!(promises.becomes(held, &machine.seen()).is_none());
}

#[test]
fn what_came_in_the_place_of_another_is_kept_when_the_lines_are_lost() {
    let (mut machine, mut promises, lock) = asked();
    machine.pass(DAY);
    line(
        &mut promises,
        &machine,
        &PromiseEvent::Loosened(impulse_audit::promises::LockRef { lock }),
    );
    let after = handed_on(&carried(&promises, &machine), &machine);
    assert!(by_arousal(&after, &machine).contains(&AROUSED_FROM_4));
}

#[test]
fn what_is_stricter_in_a_part_or_about_something_else_is_no_loosening() {
    let machine = Machine::new();
    let mut promises = PromiseSet::default();
    promises.see(machine.seen(), machine.instant());
    let lock = first(&promises, WaitReason::Aroused);
    let rule = |from, secs| WaitRule {
        when: WaitWhen::Aroused { from },
        secs,
    };
    for (to, why) in [
        (rule(3, 15 * MINUTE), "no looser"),
        (rule(2, HOUR), "no looser"),
        (rule(2, 10 * MINUTE), "stricter in another"),
        (rule(4, 20 * MINUTE), "stricter in another"),
        (rule(5, 10 * MINUTE), "from 1 to 4"),
        (rule(4, 59), "The shortest wait"),
        (
            WaitRule::from_the_beginning(WaitReason::RecentLoss),
            "only be loosened altogether",
        ),
    ] {
        let ask = PromiseCommand::Loosen(LooseningRequested {
            lock,
            to: Some(Box::new(wait(7, to))),
        });
        let refused = promises.ask(&ask, &machine.seen(), around()).unwrap_err();
        assert!(refused.to_string().contains(why), "{to:?}: {refused}");
    }
    let other = promises.locks()[0].id();
    let ask = PromiseCommand::Loosen(LooseningRequested {
        lock: other,
        to: Some(Box::new(wait(7, rule(4, MINUTE)))),
    });
    assert!(promises.ask(&ask, &machine.seen(), around()).is_err());
}

//! What was asked for in a bad moment can be taken back, and what remains is waited for.

use impulse_audit::promises::{Close, Holds, Promise, PromiseCommand, PromiseSet};

use crate::support::*;

#[test]
fn a_release_that_is_taken_back_releases_nothing_and_stays_used_up() {
    let mut machine = Machine::new();
    let mut promises = PromiseSet::default();
    for lock in [7, 8] {
        let promise = armed(lock, Promise::NoCross, Holds::For(3 * DAY));
        line(&mut promises, &machine, &arm(promise));
    }
    machine.pass(HOUR);
    line(&mut promises, &machine, &release(7));
    machine.pass(14 * MINUTE);
    let turn = promises
        .ask(&PromiseCommand::Cancel(id(7)), &machine.seen(), around())
        .unwrap();
    line(&mut promises, &machine, &turn);
    machine.pass(DAY);
    assert!(stands(&promises, &machine, 7, &cross()));
    let again = PromiseCommand::Release {
        lock: id(8),
        sentence: "Once more".to_owned(),
    };
    assert!(promises.ask(&again, &machine.seen(), around()).is_err());
    assert!(promises.sentence(id(7)).is_some());
}

/// A rule of pauses of ten days, and a loss `before` the loosening is asked for or a day behind.
fn paused_for_ten_days(loss_comes_first: bool) -> (Machine, PromiseSet) {
    let mut machine = Machine::new();
    let mut promises = PromiseSet::default();
    let rule = Promise::PauseAfterLoss { secs: 10 * DAY };
    line(&mut promises, &machine, &arm(armed(7, rule, Holds::Always)));
    let lose = |promises: &mut PromiseSet, machine: &Machine| {
        promises.see(machine.seen(), machine.instant());
        promises.closed(Close {
            lost: true,
            ..close(40)
        });
    };
    if loss_comes_first {
        lose(&mut promises, &machine);
        line(&mut promises, &machine, &loosen(7));
    } else {
        line(&mut promises, &machine, &loosen(7));
        machine.pass(DAY);
        lose(&mut promises, &machine);
    }
    (machine, promises)
}

#[test]
fn to_loosen_a_rule_of_pauses_waits_for_what_remains_of_the_pause() {
    let (mut machine, mut promises) = paused_for_ten_days(true);
    machine.pass(DAY);
    line(&mut promises, &machine, &confirm(7));
    machine.pass(9 * DAY - 1);
    assert!(stands(&promises, &machine, 7, &cross()));
    machine.pass(1);
    assert!(!stands(&promises, &machine, 7, &cross()));
    line(&mut promises, &machine, &confirm(7));
    assert!(!in_force(&promises, &machine, 7));
}

#[test]
fn a_pause_that_began_while_a_loosening_waited_goes_on_to_its_end() {
    let (mut machine, mut promises) = paused_for_ten_days(false);
    line(&mut promises, &machine, &confirm(7));
    machine.pass(10 * DAY - 1);
    assert!(stands(&promises, &machine, 7, &cross()));
    // And so it does when the lines are lost.
    let after = handed_on(&carried(&promises, &machine), &machine);
    assert_eq!(against(&after, &machine, &isolated()).len(), 1);
    machine.pass(1);
    assert!(!stands(&promises, &machine, 7, &cross()));
    assert!(against(&after, &machine, &isolated()).is_empty());
    assert!(!in_force(&promises, &machine, 7));
}

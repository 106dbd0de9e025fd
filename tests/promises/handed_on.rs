//! Locks that outlive the lines which set them: as the head hands them on, they are the stricter
//! of both, and none of the ways out is new again.

use impulse_audit::promises::{Holds, Promise, PromiseCommand, PromiseSet};

use crate::support::*;

#[test]
fn a_lock_that_was_handed_on_cannot_be_taken_back_as_if_it_were_new() {
    let mut machine = Machine::new();
    let mut promises = PromiseSet::default();
    let lock = armed(7, Promise::NoCross, Holds::For(DAY));
    line(&mut promises, &machine, &arm(lock));
    machine.pass(2 * HOUR);
    let head = carried(&promises, &machine);
    let mut after = handed_on(&head, &machine);
    let on = |promises: &PromiseSet| promises.lock(id(7)).unwrap().armed_on();
    assert_eq!(on(&after), on(&promises), "it says when it was armed");
    machine.pass(5);
    assert!(
        after
            .ask(&PromiseCommand::Undo(id(7)), &machine.seen(), around())
            .is_err()
    );
    assert!(!after.can_undo(after.lock(id(7)).unwrap(), &machine.seen()));
    line(&mut after, &machine, &undo(7));
    assert!(stands(&after, &machine, 7, &cross()));
}

#[test]
fn a_line_that_cannot_be_read_cannot_be_taken_back_either() {
    let machine = Machine::new();
    let mut promises = PromiseSet::default();
    promises.see(machine.seen(), machine.instant());
    promises.unreadable(id(7));
    line(&mut promises, &machine, &undo(7));
    assert!(stands(&promises, &machine, 7, &cross()));
}

#[test]
fn lost_lines_do_not_make_a_silence_of_a_week() {
    let machine = Machine::new();
    let mut promises = PromiseSet::default();
    promises.see(machine.seen(), machine.instant());
    promises.heard_of(id(40));
    let lock = armed(7, Promise::NoSwitchToCross, Holds::WhileOpen(id(40)));
    line(&mut promises, &machine, &arm(lock));
    let mut after = handed_on(&carried(&promises, &machine), &machine);
    let closed = PromiseCommand::ClosedOn {
        lock: id(7),
        on: machine.instant(),
    };
    let mut later = machine.clone();
    later.pass(7 * DAY - 1);
    assert!(after.ask(&closed, &later.seen(), around()).is_err());
    assert!(in_force(&after, &later, 7));
    // A week on it is asked, and the word is taken: every lock ends.
    later.pass(1);
    let turn = after.ask(&closed, &later.seen(), around()).unwrap();
    line(&mut after, &later, &turn);
    assert!(!in_force(&after, &later, 7));
}

#[test]
fn an_older_copy_brings_no_request_back_that_was_taken_back_since() {
    let mut machine = Machine::new();
    let mut promises = PromiseSet::default();
    let rule = Promise::MaxLeverage {
        isolated: Some(5.into()),
        cross: None,
    };
    line(&mut promises, &machine, &arm(armed(7, rule, Holds::Always)));
    line(&mut promises, &machine, &loosen(7));
    let mut older = promises.clone();
    machine.pass(HOUR);
    line(&mut promises, &machine, &cancel(7));
    let head = carried(&promises, &machine);
    machine.pass(DAY);
    older.see(machine.seen(), machine.instant());
    older.restore(&head, 0);
    line(&mut older, &machine, &confirm(7));
    assert!(stands(&older, &machine, 7, &isolated()));
}

#[test]
fn locks_that_found_no_room_in_the_head_end_with_the_shortest_that_did() {
    let mut machine = Machine::new();
    let mut promises = PromiseSet::default();
    for (lock, secs) in [(7, 2 * DAY), (8, 3 * DAY)] {
        let lock = armed(lock, Promise::NoCross, Holds::For(secs));
        line(&mut promises, &machine, &arm(lock));
    }
    let head = carried(&promises, &machine);
    for (passed, strict) in [
        (0, true),
        (2 * DAY - 1, true),
        (2 * DAY, false),
        (9 * DAY, false),
    ] {
        let mut later = machine.clone();
        later.pass(passed);
        let mut after = PromiseSet::default();
        after.see(later.seen(), later.instant());
        after.restore(&head, 3);
        // Nothing but an unknown lock stands against an isolated open here.
        assert_eq!(
            !against(&after, &later, &isolated()).is_empty(),
            strict,
            "{passed}"
        );
    }
    machine.pass(1);
    let mut after = PromiseSet::default();
    after.see(machine.seen(), machine.instant());
    after.restore(&[], 1);
    machine.pass(LONGEST - 1);
    assert_eq!(against(&after, &machine, &isolated()).len(), 1);
    machine.pass(1);
    assert!(against(&after, &machine, &isolated()).is_empty());
}

#[test]
fn an_account_that_became_known_behind_a_lock_is_no_way_around_it_when_its_line_is_lost() {
    let machine = Machine::new();
    let mut promises = PromiseSet::default();
    let known = |promises: &mut PromiseSet, account| {
        promises.see(machine.seen(), machine.instant());
        promises.account_known(id(account));
    };
    known(&mut promises, 1);
    known(&mut promises, 2);
    let mut damaged = promises.clone();
    let mut lock = armed(7, Promise::NoCross, Holds::For(DAY));
    lock.scope = on_account(1, "Binance");
    line(&mut promises, &machine, &arm(lock));
    known(&mut promises, 3);
    // The same lines, of which the third cannot be read.
    damaged.numbered(3);
    known(&mut damaged, 3);
    damaged.see(machine.seen(), machine.instant());
    damaged.restore(&carried(&promises, &machine), 0);
    for (account, held) in [(1, true), (2, false), (3, true)] {
        let mut act = cross();
        act.account = id(account);
        act.place = format!("venue{account}/usdt");
        for promises in [&promises, &damaged] {
            assert_eq!(
                stands(promises, &machine, 7, &act),
                held,
                "account {account}"
            );
        }
    }
}

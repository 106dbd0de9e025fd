//! Rule 5: time is credited, never compared with a date.

use impulse_audit::promises::{Holds, Promise, PromiseSet};

use crate::support::*;

#[test]
fn two_machines_in_turn_credit_no_second_twice() {
    // Both have been on for ten days; the folder is carried from one to the other and back.
    let mut here = Machine::new();
    here.up = 10 * DAY;
    let mut there = here.clone();
    there.boot = 2;
    let mut promises = PromiseSet::default();
    promises.see(there.seen(), there.instant());
    let lock = armed(7, Promise::NoCross, Holds::For(DAY));
    line(&mut promises, &here, &arm(lock));
    for _ in 0..20 {
        here.pass(MINUTE);
        there.pass(MINUTE);
        promises.see(there.seen(), there.instant());
        promises.see(here.seen(), here.instant());
    }
    assert!(stands(&promises, &here, 7, &cross()));
    here.pass(DAY - 20 * MINUTE - 1);
    assert!(stands(&promises, &here, 7, &cross()));
    here.pass(1);
    assert!(!stands(&promises, &here, 7, &cross()));
}

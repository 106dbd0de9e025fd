//! What was asked for in a bad moment can be taken back, and what remains is waited for.

use impulse_audit::promises::{Ask, Holds, Ledger, Promise};

use crate::support::*;

#[test]
fn a_release_that_is_taken_back_releases_nothing_and_stays_used_up() {
    let mut machine = Machine::new();
    let mut ledger = Ledger::default();
    for lock in [7, 8] {
        let promise = armed(lock, Promise::NoCross, Holds::For(3 * DAY));
        line(&mut ledger, &machine, &arm(promise));
    }
    machine.pass(HOUR);
    line(&mut ledger, &machine, &release(7));
    machine.pass(14 * MINUTE);
    let turn = ledger
        .ask(&Ask::Cancel(id(7)), &machine.seen(), around())
        .unwrap();
    line(&mut ledger, &machine, &turn);
    machine.pass(DAY);
    assert!(stands(&ledger, &machine, 7, &cross()));
    let again = Ask::Release {
        lock: id(8),
        sentence: "Once more".to_owned(),
    };
    assert!(ledger.ask(&again, &machine.seen(), around()).is_err());
    assert!(ledger.sentence(id(7)).is_some());
}

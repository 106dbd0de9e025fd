//! The journal deleted, cut, replaced by an older copy, damaged, its head torn or removed: the
//! lock holds before and after the loss is accepted, and for no longer than it was promised.

use chrono::TimeDelta;
use impulse_audit::app::{App, Command};
use impulse_audit::engine::Mode;
use impulse_audit::journal::Finding;
use impulse_audit::promises::{Holds, LockState, Promise, PromiseCommand};
use impulse_audit::record::{AccountSet, seen};

use crate::common::*;
use crate::support::{self as short, DAY, HOUR, MINUTE};
use impulse_audit::market::LockId;

const LINES: &str = "/h/data/journal-0001.jsonl";
const SECOND: &str = "/h/data/journal-0002.jsonl";
const HEAD: &str = "/h/state/head";

fn no_cross_for(secs: u64) -> Command {
    let lock = short::armed(7, Promise::NoCross, Holds::For(secs));
    Command::Promise(Box::new(PromiseCommand::Arm(Box::new(lock))))
}

/// Whether the lock stands against a cross ticket, as the screens and the gate read it.
fn holds(app: &App, lock: LockId) -> bool {
    let promises = app.state().promises();
    promises.lock(lock).is_some_and(|lock| {
        let state = promises.state(lock, &seen(&app.now()));
        !matches!(state, LockState::Ended(_))
    })
}

/// A app of one account with a lock of a day, armed after an older copy of the file was kept;
/// ended. The older copy's bytes.
fn locked() -> (World, AccountSet, Vec<u8>) {
    let world = World::default();
    let mut app = world.app();
    let set = account("Main", "10000");
    done(&mut app, Command::SetAccount(set.clone()));
    let older = world.fs.content(LINES).unwrap();
    world.wait(&mut app, 3 * DAY);
    done(&mut app, no_cross_for(DAY));
    world.wait(&mut app, HOUR);
    done(&mut app, Command::SetAccount(account("Second", "5")));
    drop(app);
    (world, set, older)
}

/// What can be done to the files while the program is not running.
fn harm(name: &str, world: &World, older: &[u8]) {
    let lines = world.fs.content(LINES).unwrap();
    let text = String::from_utf8(lines.clone()).unwrap();
    match name {
        "deleted" => world.fs.delete(LINES),
        "cut to its first line" => {
            let first = text.find('\n').unwrap() + 1;
            world.fs.put(LINES, &lines[..first]);
        }
        "cut by its last line" => {
            let last = text.trim_end().rfind('\n').unwrap() + 1;
            world.fs.put(LINES, &lines[..last]);
        }
        "replaced by an older copy" => world.fs.put(LINES, older),
        "emptied" => world.fs.put(LINES, b""),
        "damaged where the lock was armed" => {
            let harmed = text.replacen("promise.armed", "promise.armet", 1);
            world.fs.put(LINES, harmed.as_bytes());
        }
        other => panic!("{other}"),
    }
}

const HARMS: [&str; 6] = [
    "deleted",
    "cut to its first line",
    "cut by its last line",
    "replaced by an older copy",
    "emptied",
    "damaged where the lock was armed",
];

fn is_lost(app: &App) -> bool {
    app.findings()
        .iter()
        .any(|finding| matches!(finding, Finding::Loss(_)))
}

/// Goes on after a harm, and sets the account up again where it is gone.
fn go_on(app: &mut App, set: &AccountSet) {
    if is_lost(app) {
        done(app, Command::AcceptLoss);
    }
    assert!(!app.is_read_only());
    if app.state().account(set.account).is_none() {
        done(app, Command::SetAccount(set.clone()));
    }
}

fn is_met(app: &mut App) -> bool {
    meets(app, |draft| draft.ticket.choose_mode(Mode::Cross))
}

#[test]
fn whatever_is_done_to_the_journal_the_lock_holds_to_its_end_and_no_longer() {
    for name in HARMS {
        let (world, set, older) = locked();
        harm(name, &world, &older);
        world.clock.advance(std::time::Duration::from_secs(HOUR));
        let mut app = world.app();
        assert!(holds(&app, short::id(7)), "{name}: before it is accepted");
        go_on(&mut app, &set);
        assert!(holds(&app, short::id(7)), "{name}: after it was accepted");
        // It is not new: it cannot be taken back, and its first minute is over.
        refused(
            &mut app,
            Command::Promise(Box::new(PromiseCommand::Undo(short::id(7)))),
        );
        assert!(is_met(&mut app), "{name}");
        let mut app = world.restart(app);
        assert!(is_met(&mut app), "{name}: after a restart");
        // Armed 2 h ago: a minute before its end, and at it.
        world.wait(&mut app, 22 * HOUR - MINUTE);
        assert!(holds(&app, short::id(7)), "{name}: to its last minute");
        world.wait(&mut app, MINUTE);
        assert!(!holds(&app, short::id(7)), "{name}: no longer");
        let app = world.restart(app);
        assert!(!holds(&app, short::id(7)), "{name}: nor after a restart");
    }
}

#[test]
fn any_two_harms_one_after_the_other_end_no_lock() {
    for first in HARMS {
        for second in ["deleted", "emptied", "its head deleted", "damaged again"] {
            let (world, set, older) = locked();
            harm(first, &world, &older);
            let mut app = world.app();
            go_on(&mut app, &set);
            drop(app);
            match second {
                "its head deleted" => world.fs.delete(HEAD),
                "damaged again" => {
                    for path in [LINES, SECOND] {
                        let Some(bytes) = world.fs.content(path) else {
                            continue;
                        };
                        let text = String::from_utf8(bytes).unwrap();
                        let harmed = text.replacen("\"kind\":\"journal.", "\"kind\":\"journel.", 2);
                        world.fs.put(path, harmed.as_bytes());
                    }
                }
                other => {
                    harm(other, &world, &older);
                    world.fs.delete(SECOND);
                }
            }
            let mut app = world.app();
            assert!(holds(&app, short::id(7)), "{first}, {second}");
            go_on(&mut app, &set);
            assert!(is_met(&mut app), "{first}, {second}");
        }
    }
}

/// Whether something stands against any new risk, an isolated open too.
fn all_risk_is_met(app: &mut App) -> bool {
    meets(app, |_| {})
}

/// Nothing else knows of the promise whose line cannot be read: it is read as the strictest it may
/// have been, for as long as a lock can last, and no longer.
#[test]
fn a_head_lost_together_with_the_line_of_a_promise_stands_against_all_new_risk() {
    for (name, head) in [
        ("a byte changed", "deleted"),
        ("a byte changed", "torn"),
        ("a byte changed in the last line", "deleted"),
        ("taken out", "deleted"),
    ] {
        let (world, set, _) = locked();
        let text = String::from_utf8(world.fs.content(LINES).unwrap()).unwrap();
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let at = lines.iter().position(|line| line.contains("promise.armed"));
        let at = at.unwrap();
        let harmed = lines[at].replacen("no-cross", "no-crosz", 1);
        assert_ne!(harmed, lines[at]);
        match name {
            "taken out" => drop(lines.remove(at)),
            "a byte changed in the last line" => {
                lines.truncate(at + 1);
                lines[at] = &harmed;
            }
            _ => lines[at] = &harmed,
        }
        world.fs.put(LINES, lines.concat().as_bytes());
        match head {
            "torn" => world.fs.put(HEAD, &[b' '; 8192]),
            _ => world.fs.delete(HEAD),
        }
        let what = format!("{name}, its head {head}");
        let mut app = world.app();
        go_on(&mut app, &set);
        assert!(all_risk_is_met(&mut app), "{what}");
        let mut app = world.restart(app);
        assert!(all_risk_is_met(&mut app), "{what}: after a restart");
        drop(app);
        // The head has learned of it.
        world.fs.delete(LINES);
        world.fs.delete(SECOND);
        let mut app = world.app();
        go_on(&mut app, &set);
        assert!(all_risk_is_met(&mut app), "{what}: with the lines deleted");
        world.wait(&mut app, 30 * DAY - HOUR);
        assert!(all_risk_is_met(&mut app), "{what}: to its end");
        world.wait(&mut app, HOUR);
        assert!(!all_risk_is_met(&mut app), "{what}: no longer");
    }
}

/// A journal that merely lost its head, every line of it whole, gets no lock that nobody armed. Nobody
/// can tell, though, that no line behind them is gone: what counts, counts as reached.
#[test]
fn a_head_alone_that_is_lost_adds_no_lock() {
    let (world, set, _) = locked();
    world.fs.delete(HEAD);
    let mut app = world.app();
    go_on(&mut app, &set);
    assert!(!all_risk_is_met(&mut app));
    assert!(is_met(&mut app), "the lock itself holds");
}

#[test]
fn a_head_that_was_deleted_learns_the_locks_from_the_lines_at_once() {
    let (world, set, _) = locked();
    world.fs.delete(HEAD);
    drop(world.app());
    world.fs.delete(LINES);
    let mut app = world.app();
    assert!(is_lost(&app));
    assert!(holds(&app, short::id(7)));
    go_on(&mut app, &set);
    assert!(is_met(&mut app));
}

#[test]
fn a_torn_slot_of_the_head_drops_no_lock_whichever_it_is() {
    for slot in 0..2 {
        for harmed in ["", "deleted"] {
            let (world, set, older) = locked();
            let mut head = world.fs.content(HEAD).unwrap();
            head[slot * 4096 + 100] ^= 1;
            world.fs.put(HEAD, &head);
            if harmed == "deleted" {
                harm(harmed, &world, &older);
            }
            let mut app = world.app();
            assert!(holds(&app, short::id(7)), "slot {slot} {harmed}");
            go_on(&mut app, &set);
            assert!(is_met(&mut app), "slot {slot} {harmed}");
        }
    }
}

/// The slot that is left may know of an earlier boot only: without the lines, a clock that was set
/// forward since would count as a time in which the machine was off.
#[test]
fn a_boot_that_was_seen_is_not_forgotten_with_a_torn_slot_and_the_lines() {
    for torn in [100, 4196] {
        let (world, ..) = locked();
        world.clock.reboot();
        let app = world.app();
        world.clock.advance_wall(TimeDelta::days(2));
        drop(app);
        let mut head = world.fs.content(HEAD).unwrap();
        head[torn] ^= 1;
        world.fs.put(HEAD, &head);
        drop(world.app());
        world.fs.delete(LINES);
        let app = world.app();
        assert!(holds(&app, short::id(7)), "byte {torn}");
    }
}

#[test]
fn with_both_gone_the_start_is_clean_and_says_so() {
    let (world, _, _) = locked();
    world.fs.delete(LINES);
    world.fs.delete(HEAD);
    let app = world.app();
    assert!(matches!(app.findings()[..], [Finding::Created]));
    assert!(!holds(&app, short::id(7)));
}

#[test]
fn a_clock_set_forward_by_a_month_ends_nothing_and_a_dead_battery_holds_nobody_longer() {
    let (world, _, _) = locked();
    world.clock.advance_wall(TimeDelta::days(30));
    let mut app = world.app();
    assert!(holds(&app, short::id(7)));
    assert!(is_met(&mut app));
    drop(app);
    world.clock.reboot();
    world.clock.set_wall(chrono::DateTime::UNIX_EPOCH);
    let mut app = world.app();
    assert!(holds(&app, short::id(7)));
    // An hour of the day is over: the other 23 pass on a machine that says 1970.
    world.wait(&mut app, 23 * HOUR - 1);
    assert!(holds(&app, short::id(7)));
    world.wait(&mut app, 1);
    assert!(!holds(&app, short::id(7)));
}

#[test]
fn a_kill_or_a_power_cut_right_behind_the_arming_leaves_the_lock_whole_or_never_armed() {
    use impulse_audit::journal::{Fault, PowerCut};
    let before = World::default();
    let mut app = before.app();
    done(&mut app, Command::SetAccount(account("Main", "10000")));
    drop(app);
    let smooth = before.fs.copy();
    let calls_before = smooth.calls();
    let world = World {
        fs: smooth,
        clock: before.clock.clone(),
    };
    let mut app = world.app();
    done(&mut app, no_cross_for(DAY));
    drop(app);
    let calls = world.fs.calls() - calls_before;
    let mut kept = 0;
    for call in 0..=calls {
        for cut in [
            PowerCut::Lost,
            PowerCut::Kept,
            PowerCut::Zeroed,
            PowerCut::Prefix(300),
        ] {
            let world = World {
                fs: before.fs.copy(),
                clock: before.clock.clone(),
            };
            world.fs.fail_after(call, Fault::Off);
            let mut app = world.opening();
            app.settle();
            let acknowledged = app.send(no_cross_for(DAY)).is_ok() && {
                app.settle();
                holds(&app, short::id(7))
            };
            drop(app);
            let world = World {
                fs: world.fs.after_power_cut(cut),
                clock: world.clock.clone(),
            };
            let app = world.app();
            let after = holds(&app, short::id(7));
            assert!(after || !acknowledged, "call {call}, {cut:?}");
            if after {
                // Whatever the crash left of the head: the next opening has brought it up to it.
                kept += 1;
                drop(app);
                world.fs.delete(LINES);
                let app = world.app();
                assert!(
                    holds(&app, short::id(7)),
                    "call {call}, {cut:?}, then deleted"
                );
            }
        }
    }
    assert!(kept > 0);
}

#[test]
fn a_lock_that_is_over_is_over_after_a_boot_with_a_dead_clock_as_well() {
    let world = World::default();
    let mut app = world.app();
    done(&mut app, no_cross_for(MINUTE));
    world.wait(&mut app, 20 * MINUTE);
    assert!(!holds(&app, short::id(7)));
    drop(app);
    world.clock.reboot();
    world.clock.set_wall(chrono::DateTime::UNIX_EPOCH);
    let app = world.app();
    assert!(!holds(&app, short::id(7)));
}

#[test]
fn a_clock_set_back_before_a_boot_credits_nothing_whatever_is_found_then() {
    for name in [
        "nothing",
        "deleted",
        "torn",
        "its head deleted",
        "cut to its first line",
    ] {
        let (world, set, older) = locked();
        // The lock has 23 h left. The clock goes back by a month, which is logged.
        world.clock.advance_wall(TimeDelta::days(-30));
        let mut app = world.app();
        done(&mut app, no_cross_again());
        world.wait(&mut app, HOUR);
        drop(app);
        world.clock.reboot();
        match name {
            "nothing" => {}
            "torn" => {
                let mut lines = world.fs.content(LINES).unwrap();
                lines.extend_from_slice(b"{\"j\":1,\"seq\":");
                world.fs.put(LINES, &lines);
            }
            "its head deleted" => world.fs.delete(HEAD),
            other => harm(other, &world, &older),
        }
        let mut app = world.app();
        go_on(&mut app, &set);
        let mut app = world.restart(app);
        world.wait(&mut app, 22 * HOUR - MINUTE);
        assert!(holds(&app, short::id(7)), "{name}");
        world.wait(&mut app, MINUTE);
        assert!(!holds(&app, short::id(7)), "{name}: no longer");
    }
}

/// Something of its own, so that the head is written once more.
fn no_cross_again() -> Command {
    let lock = short::armed(8, Promise::NoSwitchToCross, Holds::For(MINUTE));
    Command::Promise(Box::new(PromiseCommand::Arm(Box::new(lock))))
}

/// A lock of so many seconds whose lines were damaged; the loss is accepted, the app ended.
fn beside_damage(secs: u64) -> World {
    let world = World::default();
    let mut app = world.app();
    done(&mut app, no_cross_for(secs));
    drop(app);
    world.fs.put(LINES, b"{\"j\":");
    let mut app = world.app();
    done(&mut app, Command::AcceptLoss);
    drop(app);
    world
}

/// A damaged line makes each opening look at the head's locks anew; that alone writes nothing down.
#[test]
fn that_a_lock_ran_out_while_the_machine_was_off_is_written_down_beside_damage_too() {
    let world = beside_damage(MINUTE);
    world.clock.advance_wall(TimeDelta::minutes(10));
    world.clock.reboot();
    let app = world.app();
    assert!(!holds(&app, short::id(7)));
    drop(app);
    world.clock.reboot();
    world.clock.set_wall(chrono::DateTime::UNIX_EPOCH);
    let app = world.app();
    assert!(!holds(&app, short::id(7)));
}

/// Beside damage the head's locks are looked at from now at each opening; the boot is written down
/// all the same, or a clock set forward would count once the head is gone.
#[test]
fn a_boot_is_written_down_beside_damage_too() {
    let world = beside_damage(DAY);
    world.clock.reboot();
    drop(world.app());
    world.clock.advance_wall(TimeDelta::days(2));
    world.fs.delete(HEAD);
    assert!(holds(&world.app(), short::id(7)));
}

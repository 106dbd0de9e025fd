//! The ways around a promise that the threat model names: each of them leads as far as the page says,
//! and leaves the trace that the page names.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use impulse_audit::app::{App, Command};
use impulse_audit::audit::Draft;
use impulse_audit::input::Field;
use impulse_audit::journal::{Clock as _, Finding, Loss};
use impulse_audit::promises::{Holds, LockState, LossLimit, Period, Promise, PromiseCommand};
use impulse_audit::record::{PositionClosed, seen};

use crate::common::*;
use crate::support::{self as short, DAY, HOUR};

const LINES: &str = "/h/data/journal-0001.jsonl";

fn arm(app: &mut App, promise: Promise, holds: Holds) {
    let lock = short::armed(7, promise, holds);
    done(
        app,
        Command::Promise(Box::new(PromiseCommand::Arm(Box::new(lock)))),
    );
}

fn holds(app: &App) -> bool {
    let promises = app.state().promises();
    promises.lock(short::id(7)).is_some_and(|lock| {
        let state = promises.state(lock, &seen(&app.now()));
        !matches!(state, LockState::Ended(_))
    })
}

/// A lock of a day that was armed an hour ago.
fn locked() -> (World, App) {
    let (world, mut app, _) = World::with_account();
    arm(&mut app, Promise::NoCross, Holds::For(DAY));
    world.wait(&mut app, HOUR);
    (world, app)
}

/// Another line, by the clocks of now.
fn write(app: &mut App, name: &str) {
    done(app, Command::SetAccount(account(name, "5")));
}

fn hours(count: i64) -> TimeDelta {
    TimeDelta::hours(count)
}

#[test]
fn a_clock_set_forward_while_the_machine_was_off_counts_and_leaves_a_rollback_behind() {
    let (world, app) = locked();
    drop(app);
    world.clock.reboot();
    world.clock.advance_wall(hours(25));
    let mut app = world.app();
    assert!(!holds(&app), "the time seems to have gone by");
    write(&mut app, "Ahead");
    let ahead = world.clock.now().wall;
    // Set right again, it is told with both times, and no line goes back behind the one before.
    world.clock.advance_wall(hours(-25));
    write(&mut app, "Back");
    let told = world.last("clock.rollback");
    let told = |key: &str| {
        told[key]
            .as_str()
            .unwrap()
            .parse::<DateTime<Utc>>()
            .unwrap()
    };
    assert_eq!(told("wall"), world.clock.now().wall);
    assert!(told("taken") >= ahead);
    let at = |line: &serde_json::Value| {
        let at = line["at"].as_str().unwrap();
        at.parse::<DateTime<Utc>>().unwrap()
    };
    let times: Vec<_> = world.lines().iter().map(at).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert!(*times.last().unwrap() >= ahead);
}

#[test]
fn a_clock_that_was_logged_as_set_back_and_is_set_right_behind_a_boot_counts() {
    let (world, mut app) = locked();
    world.clock.advance_wall(hours(-20));
    write(&mut app, "Back");
    assert_eq!(world.last("clock.rollback")["back_secs"], 20 * 3600);
    drop(app);
    world.clock.reboot();
    world.clock.advance_wall(hours(20));
    world.clock.advance(Duration::from_mins(1));
    let mut app = world.app();
    // An hour and a minute have passed, and twenty hours more seem to have.
    assert!(holds(&app));
    world.wait(&mut app, 3 * HOUR - 61);
    assert!(holds(&app));
    world.wait(&mut app, 1);
    assert!(!holds(&app));
}

#[test]
fn a_folder_that_is_carried_to_a_machine_that_was_on_for_long_is_credited_that_once() {
    let (world, app) = locked();
    drop(app);
    let here = world.lines().last().unwrap()["boot"].clone();
    world.clock.reboot();
    // On for twenty hours, and by the same wall clock.
    world.clock.advance_up(Duration::from_secs(20 * HOUR));
    let mut app = world.app();
    write(&mut app, "There");
    assert_ne!(world.lines().last().unwrap()["boot"], here, "the trace");
    for _ in 0..3 {
        app = world.restart(app);
        assert!(holds(&app), "it counts once");
    }
    world.wait(&mut app, 3 * HOUR - 1);
    assert!(holds(&app));
    world.wait(&mut app, 1);
    assert!(!holds(&app));
}

#[test]
fn a_limit_whose_counts_are_lost_with_the_journal_counts_as_reached_for_as_long_as_it_looks_back() {
    let (world, mut app, account_id) = World::with_account();
    let most = Promise::MaxOpens {
        opens: 1,
        per: Period::Day,
    };
    arm(&mut app, most, Holds::Always);
    done(&mut app, Command::OpenPosition(btc(account_id)));
    let sol = |draft: &mut Draft| {
        draft.ticket.value.write(Field::Symbol, "SOL");
        draft.ticket.value.write(Field::Rate, "0.4");
    };
    assert!(meets(&mut app, sol));
    drop(app);
    let count = world.lines().len();
    world.fs.delete(LINES);
    let mut app = world.app();
    let deleted = |finding: &Finding| {
        matches!(finding, Finding::Loss(Loss::Deleted { acknowledged, .. })
            if usize::try_from(*acknowledged).unwrap() == count)
    };
    assert!(app.findings().iter().any(deleted));
    done(&mut app, Command::AcceptLoss);
    let accepted = world.last("journal.loss_accepted");
    assert_eq!(accepted["acknowledged"], count, "the trace");
    let set = account("Main", "10000");
    let id = set.account;
    done(&mut app, Command::SetAccount(set));
    assert!(holds(&app));
    assert!(meets(&mut app, sol), "nobody knows what it has counted");
    // No more a lock that can be released than it was when it was full.
    let release = PromiseCommand::Release {
        lock: short::id(7),
        sentence: "The exchange closes this market within the hour".to_owned(),
    };
    refused(&mut app, Command::Promise(Box::new(release)));
    let mut app = world.restart(app);
    world.wait(&mut app, DAY - 60);
    assert!(meets(&mut app, sol), "to its last minute");
    world.wait(&mut app, 60);
    assert!(!meets(&mut app, sol), "a day later it counts from nothing");
    done(&mut app, Command::OpenPosition(btc(id)));
    assert!(meets(&mut app, sol), "and it counts on");
}

#[test]
fn limits_of_losses_count_as_reached_as_well_where_what_they_counted_is_lost() {
    let losses = LossLimit::Money {
        amount: money("500"),
        collateral: "USDT".to_owned(),
    };
    let per = Period::Week;
    for (limit, lasts) in [
        (Promise::MaxLoss { most: losses, per }, 7 * DAY),
        (Promise::MaxLossesInARow { losses: 2 }, DAY),
    ] {
        let (world, mut app, _) = World::with_account();
        arm(&mut app, limit, Holds::Always);
        assert!(!meets(&mut app, |_| {}));
        drop(app);
        world.fs.delete(LINES);
        let mut app = world.app();
        done(&mut app, Command::AcceptLoss);
        done(&mut app, Command::SetAccount(account("Main", "10000")));
        assert!(meets(&mut app, |_| {}));
        world.wait(&mut app, lasts - 60);
        assert!(meets(&mut app, |_| {}), "to its last minute");
        world.wait(&mut app, 60);
        assert!(!meets(&mut app, |_| {}));
    }
}

#[test]
fn a_limit_counts_as_reached_where_a_line_that_it_counted_is_damaged_or_the_head_is_gone() {
    let opens = Promise::MaxOpens {
        opens: 1,
        per: Period::Day,
    };
    let pause = Promise::PauseAfterLoss { secs: 2 * DAY };
    for (limit, damaged, lasts) in [
        (opens.clone(), true, DAY),
        (opens, false, DAY),
        // The head hands on a pause that is under way; without it nobody knows of one.
        (pause, false, 2 * DAY),
    ] {
        let (world, mut app, id) = World::with_account();
        arm(&mut app, limit, Holds::Always);
        let mut open = btc(id);
        open.position.symbol = symbol("SOL/USDT");
        done(&mut app, Command::OpenPosition(open.clone()));
        if lasts > DAY {
            let closed = PositionClosed {
                position: open.id,
                audit: None,
                price: price("90000"),
                wallet_balance: money("9000"),
                estimated: false,
                liquidated: false,
            };
            done(&mut app, Command::ClosePosition(closed));
        }
        assert!(meets(&mut app, |_| {}));
        let set = app.state().accounts()[0].set.clone();
        done(&mut app, Command::SetAccount(set));
        drop(app);
        harm(&world, "position.", damaged);
        let mut app = world.app();
        assert!(app.state().accounts()[0].positions.is_empty());
        assert!(meets(&mut app, |_| {}), "nobody knows what it has counted");
        world.wait(&mut app, lasts - 60);
        assert!(meets(&mut app, |_| {}), "to its last minute");
        world.wait(&mut app, 60);
        assert!(!meets(&mut app, |_| {}));
    }
}

/// Damages the first line of such a kind; or cuts it off with all that follows, and the head.
fn harm(world: &World, kind: &str, damaged: bool) {
    let mut lines = world.fs.content(LINES).unwrap();
    let text = String::from_utf8(lines.clone()).unwrap();
    let at = text.find(&format!("\"kind\":\"{kind}")).unwrap();
    let from = text[..at].rfind('\n').unwrap() + 1;
    if damaged {
        lines[from] = b'#';
    } else {
        lines.truncate(from);
        world.fs.delete("/h/state/head");
    }
    world.fs.put(LINES, &lines);
}

#[test]
fn a_loss_may_have_been_among_the_lines_that_are_lost_so_its_wait_is_kept() {
    let (world, app, _) = World::with_account();
    drop(app);
    world.fs.delete("/h/state/head");
    let mut app = world.app();
    let lost = |app: &App| {
        let promises = app.state().promises();
        promises.since_lines_were_lost(&seen(&app.now()))
    };
    assert_eq!(lost(&app), Some(0));
    sealed(&mut app);
    let wait = world.last("audit.sealed")["wait"].clone();
    assert_eq!(wait["reasons"], serde_json::json!(["recent_loss"]));
    assert_eq!(wait["seconds"], 15 * 60);
    assert_eq!(wait.get("within"), None, "none was logged");
    world.wait(&mut app, 60);
    assert_eq!(lost(&app), Some(60));
}

#[test]
fn another_folder_knows_nothing_of_the_promise_and_has_its_own_beginning() {
    let (_world, app) = locked();
    assert!(holds(&app));
    let elsewhere = World::default();
    let app = elsewhere.app();
    assert!(!holds(&app));
    let created = |finding: &Finding| matches!(finding, Finding::Created);
    assert!(app.findings().iter().any(created));
    assert_eq!(elsewhere.kinds(), ["journal.created"]);
}

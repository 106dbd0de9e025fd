//! Lines that somebody chained behind the head with hashes that fit, as the README teaches: told,
//! and worth no more time than has passed, by what head, lines and machine know.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use impulse_audit::app::{App, Command};
use impulse_audit::engine::Side;
use impulse_audit::journal::{
    Clock as _, Fault, FaultyFs, FileSystem, Finding, LineHash, PowerCut, back_up, restore,
    unwatched, verify,
};
use impulse_audit::promises::{
    Holds, LockState, LooseningRequested, PlanState, PlanTerms, PlanUse, Promise, PromiseCommand,
};
use impulse_audit::record::seen;
use serde_json::{Value, json};

use crate::common::*;
use crate::support::{self as short, DAY, HOUR, MINUTE};
use impulse_audit::market::{LockId, PlanId};

const LINES: &str = "/h/data/journal-0001.jsonl";
const SECOND: &str = "/h/data/journal-0002.jsonl";
const HEAD: &str = "/h/state/head";

/// The clocks that a made-up line claims.
struct Claims {
    boot: &'static str,
    up: u64,
    at: DateTime<Utc>,
}

/// Appends a line behind the last one, its hash made as the README says.
fn forge(world: &World, kind: &str, data: &Value, claims: &Claims) {
    let mut text = String::from_utf8(world.fs.content(LINES).unwrap()).unwrap();
    let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    let line = format!(
        r#"{{"j":1,"seq":{},"id":"{}","kind":"{kind}","v":1,"at":"{}","tz":"UTC","boot":"{}","up":{},"app":"0.1.0","data":{data},"prev":"{}""#,
        last["seq"].as_u64().unwrap() + 1,
        LockId::fresh(),
        claims.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        claims.boot,
        claims.up,
        last["h"].as_str().unwrap(),
    );
    let hash = LineHash::of(line.as_bytes());
    text.push_str(&line);
    text.push_str(",\"h\":\"");
    text.push_str(&hash.to_string());
    text.push_str("\"}\n");
    world.fs.put(LINES, text.as_bytes());
}

fn clock_line(world: &World, claims: &Claims) {
    forge(world, "promise.clock", &json!({}), claims);
}

fn holds(app: &App) -> bool {
    let promises = app.state().promises();
    promises.lock(short::id(7)).is_some_and(|lock| {
        let state = promises.state(lock, &seen(&app.now()));
        !matches!(state, LockState::Ended(_))
    })
}

fn arm(app: &mut App, secs: u64) {
    let lock = short::armed(7, Promise::NoCross, Holds::For(secs));
    done(
        app,
        Command::Promise(Box::new(PromiseCommand::Arm(Box::new(lock)))),
    );
}

/// A lock of a day that was armed two hours ago, and an hour since the last line; ended.
fn locked() -> World {
    let world = World::default();
    let mut app = world.app();
    world.wait(&mut app, 3 * DAY);
    arm(&mut app, DAY);
    world.wait(&mut app, HOUR);
    done(&mut app, Command::SetAccount(account("Main", "5")));
    drop(app);
    world.clock.advance(Duration::from_secs(HOUR));
    world
}

fn is_told(app: &App) -> bool {
    let findings = app.findings().iter();
    findings
        .clone()
        .any(|finding| matches!(finding, Finding::BeyondHead { .. }))
}

fn verifies(world: &World) -> bool {
    let each = &mut |_| ControlFlow::Continue(());
    let verdict = verify(&folders(), &world.fs, &world.clock, None, each).unwrap();
    verdict.is_sound()
}

/// What somebody can claim, where the clock says this.
fn claims(name: &str, world: &World) -> Vec<Claims> {
    let now = world.clock.now();
    let up = now.up.as_secs();
    let at = now.wall;
    let year = 365 * DAY;
    let ahead = chrono::TimeDelta::days(365);
    let one = |boot, up, at| vec![Claims { boot, up, at }];
    match name {
        "a boot that nobody knows, on for a year" => one("elsewhere", year, at),
        "the same, and booted a moment ago" => one("elsewhere", 1, at),
        "a boot that nobody knows, a year from now" => one("elsewhere", 1, at + ahead),
        "the present boot, on for a year" => one("hand-boot-1", year, at),
        "the present boot, on for a year, a year from now" => {
            one("hand-boot-1", up + year, at + ahead)
        }
        "the present boot, a year from now" => one("hand-boot-1", up, at + ahead),
        "two lines of a boot that nobody knows" => vec![
            Claims {
                boot: "elsewhere",
                up: 1,
                at,
            },
            Claims {
                boot: "elsewhere",
                up: year,
                at,
            },
        ],
        "a line from 1970 and one from now" => vec![
            Claims {
                boot: "elsewhere",
                up: 1,
                at: DateTime::UNIX_EPOCH,
            },
            Claims {
                boot: "elsewhere too",
                up: 1,
                at,
            },
        ],
        other => panic!("{other}"),
    }
}

const CLAIMS: [&str; 8] = [
    "a boot that nobody knows, on for a year",
    "the same, and booted a moment ago",
    "a boot that nobody knows, a year from now",
    "the present boot, on for a year",
    "the present boot, on for a year, a year from now",
    "the present boot, a year from now",
    "two lines of a boot that nobody knows",
    "a line from 1970 and one from now",
];

#[test]
fn no_made_up_line_ends_a_lock_and_each_is_told() {
    for name in CLAIMS {
        for rebooted in [false, true] {
            let world = locked();
            for claims in claims(name, &world) {
                clock_line(&world, &claims);
            }
            if rebooted {
                world.clock.reboot();
            }
            let what = format!("{name}, rebooted: {rebooted}");
            assert!(!verifies(&world), "{what}");
            let mut app = world.app();
            assert!(is_told(&app), "{what}");
            assert!(holds(&app), "{what}");
            assert!(!app.is_read_only(), "{what}");
            assert_eq!(app.now().wall, world.clock.now().wall);
            // Nor later, when the head knows of it, nor without the head.
            let mut again = world.restart(app);
            assert!(!is_told(&again) && holds(&again), "{what}");
            assert!(verifies(&world), "{what}");
            drop(again);
            world.fs.delete(HEAD);
            again = world.app();
            assert!(holds(&again), "{what}: with the head deleted later");
            // Two of its 24 hours are over: 22 are left, and no more.
            world.wait(&mut again, 22 * HOUR - 2 * MINUTE);
            assert!(holds(&again), "{what}: to its end");
            world.wait(&mut again, 2 * MINUTE);
            assert!(!holds(&again), "{what}: and no longer");
            app = world.restart(again);
            assert!(!holds(&app), "{what}: nor after a restart");
        }
    }
}

#[test]
fn with_the_head_deleted_as_well_a_boot_that_nobody_knows_ends_nothing() {
    for rebooted in [false, true] {
        let world = locked();
        for claims in claims("a boot that nobody knows, on for a year", &world) {
            clock_line(&world, &claims);
        }
        world.fs.delete(HEAD);
        if rebooted {
            world.clock.reboot();
        }
        assert!(!verifies(&world));
        let app = world.app();
        assert!(
            app.findings()
                .iter()
                .any(|f| matches!(f, Finding::HeadMissing { .. }))
        );
        assert!(holds(&app), "rebooted: {rebooted}");
        let mut app = world.restart(app);
        world.wait(&mut app, 22 * HOUR);
        assert!(!holds(&app), "rebooted: {rebooted}");
    }
}

/// What waits for time waits for it: a plan to ripen, a loosening to be confirmed, a release to be
/// possible again.
#[test]
fn a_made_up_line_ripens_no_plan_and_no_loosening() {
    let world = World::default();
    let mut app = world.app();
    let set = account("Main", "10000");
    let account = set.account;
    done(&mut app, Command::SetAccount(set));
    let terms = PlanTerms {
        plan: PlanId::fresh(),
        allows: PlanUse::Cross,
        account,
        account_name: "Main".to_owned(),
        symbol: "BTC/USDT".to_owned(),
        side: Side::Long,
        trigger: "if it closes above the shelf then I open".to_owned(),
        collateral: money("100"),
        loss_limit: money("500"),
        stop: price("96000"),
        legs: Vec::new(),
    };
    done(
        &mut app,
        Command::Promise(Box::new(PromiseCommand::WritePlan(Box::new(terms)))),
    );
    let rule = app.state().promises().locks()[0].id();
    done(
        &mut app,
        Command::Promise(Box::new(PromiseCommand::Loosen(LooseningRequested::off(
            rule,
        )))),
    );
    drop(app);
    let claims = Claims {
        boot: "elsewhere",
        up: 25 * HOUR,
        at: world.clock.now().wall,
    };
    clock_line(&world, &claims);
    forge(
        &world,
        "promise.loosened",
        &json!({ "lock": rule }),
        &claims,
    );
    for start in 0..2 {
        let app = world.app();
        let (promises, now) = (app.state().promises(), seen(&app.now()));
        let plan = promises.plan_state(&promises.plans()[0], &now);
        assert!(
            matches!(plan, PlanState::Ripens(_)),
            "start {start}: {plan:?}"
        );
        let lock = promises.lock(rule).unwrap();
        assert!(
            !matches!(promises.state(lock, &now), LockState::Ended(_)),
            "start {start}"
        );
    }
}

/// An older head that is put back, as from a backup of its folder, makes the app's own lines stand
/// behind it: all of them are there, the lock holds, and it ends when it was to end.
#[test]
fn an_older_head_put_back_loses_no_event_and_holds_no_lock_longer() {
    let world = World::default();
    let mut app = world.app();
    world.wait(&mut app, HOUR);
    let older = world.fs.content(HEAD).unwrap();
    arm(&mut app, DAY);
    for day in 0..5 {
        done(
            &mut app,
            Command::SetAccount(account(&format!("Account {day}"), "5")),
        );
        world.wait(&mut app, HOUR);
        if day == 2 {
            drop(app);
            world.clock.advance_wall(chrono::TimeDelta::hours(1));
            world.clock.reboot();
            app = world.app();
        }
    }
    drop(app);
    world.fs.put(HEAD, &older);
    let app = world.app();
    assert!(is_told(&app));
    assert_eq!(app.state().accounts().len(), 5);
    assert!(holds(&app));
    let mut app = world.restart(app);
    // Six of its 24 hours are over.
    world.wait(&mut app, 18 * HOUR - 2 * MINUTE);
    assert!(holds(&app));
    world.wait(&mut app, 2 * MINUTE);
    assert!(!holds(&app));
}

/// The head learns of lines and of the locks they set at once: no restore behind an opening, or a
/// going on, that ended half way moves the one who knows a lock aside.
#[test]
fn wherever_an_opening_over_an_older_head_stops_no_restore_drops_a_lock() {
    let world = World::default();
    let mut app = world.app();
    done(&mut app, Command::SetAccount(account("Main", "5")));
    let now = world.clock.now().wall;
    let backup = back_up(&folders(), &world.fs, now, 14, &mut unwatched).unwrap();
    let puts_back = |fs: &FaultyFs| {
        let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
        restore(&folders(), &fs, &world.clock, &backup.path, &mut |_| {}).is_ok()
    };
    let before = world.fs.content(HEAD).unwrap();
    done(&mut app, Command::SetAccount(account("Second", "5")));
    let of_another_time = world.fs.content(HEAD).unwrap();
    drop(app);
    for head in [Some(before), None, Some(of_another_time)] {
        world.clock.advance(Duration::from_secs(HOUR));
        assert!(puts_back(&world.fs));
        let mut app = world.app();
        arm(&mut app, DAY);
        done(&mut app, Command::SetAccount(account("Third", "5")));
        drop(app);
        let armed = world.fs.copy();
        match head {
            Some(head) => armed.put(HEAD, &head),
            None => armed.delete(HEAD),
        }
        let over = |fs: &FaultyFs| World {
            fs: fs.clone(),
            clock: world.clock.clone(),
        };
        let opens = |fs: &FaultyFs| {
            let mut app = over(fs).opening();
            app.settle();
            let _ = app.send(Command::AcceptLoss);
            app.settle();
        };
        let smooth = armed.copy();
        opens(&smooth);
        let (mut restored, mut images) = (0, 0);
        for call in 0..smooth.calls() {
            for cut in [PowerCut::Lost, PowerCut::Kept] {
                let fs = armed.copy();
                fs.fail_after(call, Fault::Off);
                opens(&fs);
                let left = fs.after_power_cut(cut);
                restored += u32::from(puts_back(&left));
                images += 1;
                assert!(holds(&over(&left).app()), "call {call}, {cut:?}");
            }
        }
        assert!(restored > 0 && restored < images, "{restored} of {images}");
    }
}

/// What a power cut leaves is no foreign line: nothing is told, and the lock goes on as it was.
#[test]
fn one_line_behind_the_head_as_a_power_cut_leaves_it_is_the_apps_own() {
    for rebooted in [false, true] {
        let world = World::default();
        let mut app = world.app();
        arm(&mut app, DAY);
        world.wait(&mut app, 10 * MINUTE);
        let head = world.fs.content(HEAD).unwrap();
        done(&mut app, Command::SetAccount(account("Main", "5")));
        drop(app);
        world.fs.put(HEAD, &head);
        world.clock.advance(Duration::from_secs(HOUR));
        if rebooted {
            world.clock.reboot();
        }
        assert!(verifies(&world), "rebooted: {rebooted}");
        let mut app = world.app();
        assert!(!is_told(&app), "rebooted: {rebooted}: {:?}", app.findings());
        assert!(world.fs.content(SECOND).is_none());
        world.wait(&mut app, 24 * HOUR - HOUR - 10 * MINUTE - 1);
        assert!(holds(&app), "rebooted: {rebooted}");
        world.wait(&mut app, 1);
        assert!(!holds(&app), "rebooted: {rebooted}");
    }
}

//! What a newer version wrote, or nobody can read: a lock fails closed and ends after 30 days;
//! anything else binds nobody.

use std::ops::ControlFlow;
use std::sync::Arc;

use impulse_audit::app::App;
use impulse_audit::engine::Mode;
use impulse_audit::journal::{Entry, Journal};
use impulse_audit::promises::Action;
use impulse_audit::record::seen;
use serde_json::{Value, json};

use crate::common::*;
use crate::support::{DAY, LONGEST, MINUTE, act};

/// The app over a journal into which another program wrote one line.
fn after_line(kind: &str, version: u32, data: &Value) -> (World, App) {
    let (world, app, _) = World::with_account();
    drop(app);
    let (mut journal, _) = Journal::open(
        &folders(),
        Arc::new(world.fs.clone()),
        Arc::new(world.clock.clone()),
        &mut |_, _| ControlFlow::Continue(()),
    )
    .unwrap();
    journal
        .append(&Entry::new(kind, version, data).unwrap())
        .unwrap();
    drop(journal);
    let app = world.app();
    (world, app)
}

/// How many promises stand against a deed in isolated, losing nothing: without the line none.
fn standing(app: &App, deed: Action) -> usize {
    let promises = app.state().promises();
    promises
        .violations(&act(deed, Mode::Isolated), &seen(&app.now()))
        .len()
}

#[test]
fn a_lock_that_cannot_be_read_stands_against_all_new_risk_and_ends_after_thirty_days() {
    let lock = "0190163d-8694-739b-aea5-966c26f8ad91";
    let cases = [
        ("promise.sworn", 1, json!({})),
        ("promise.sworn", 7, json!({ "lock": lock })),
        (
            "promise.armed",
            2,
            json!({ "lock": lock, "kind": "no-cross", "holds": { "for": 60 } }),
        ),
        (
            "promise.armed",
            1,
            json!({ "lock": lock, "kind": "no-cross" }),
        ),
        (
            "promise.armed",
            1,
            json!({ "lock": lock, "kind": "no-cross", "holds": { "until": 1 } }),
        ),
        ("promise.armed", 1, json!("no-cross")),
        (
            "promise.armed",
            1,
            json!({ "lock": 5, "kind": "no-cross", "holds": "always" }),
        ),
        // Readable, but a promise that this version does not know.
        (
            "promise.armed",
            1,
            json!({ "lock": lock, "kind": "no-weekends", "holds": "always" }),
        ),
        (
            "promise.armed",
            1,
            json!({
                "lock": lock, "kind": "no-weekends", "scope": { "symbol": "ETH/USDT" },
                "holds": { "for": 99_999_999 },
            }),
        ),
    ];
    for (kind, version, data) in cases {
        let (world, mut app) = after_line(kind, version, &data);
        for deed in [Action::Open, Action::Increase, Action::AddMargin] {
            assert_eq!(standing(&app, deed), 1, "{kind} {version} {data}");
        }
        assert_eq!(standing(&app, Action::Lowers), 0);
        started(&mut app);
        assert_eq!(stage(&app), "met", "{kind} {version} {data}");
        // Half of the time passes while the program does not run.
        drop(app);
        world
            .clock
            .advance(std::time::Duration::from_secs(LONGEST / 2));
        let mut app = world.app();
        world.wait(&mut app, LONGEST / 2 - MINUTE);
        assert_eq!(standing(&app, Action::Open), 1, "{kind} {version} {data}");
        world.wait(&mut app, MINUTE);
        assert_eq!(standing(&app, Action::Open), 0, "{kind} {version} {data}");
    }
}

#[test]
fn what_takes_a_lock_back_in_a_newer_version_takes_nothing_back_and_binds_nobody_else() {
    let lock = "0190163d-8694-739b-aea5-966c26f8ad91";
    let cases = [
        ("promise.undone", 2, json!({ "lock": lock })),
        ("promise.loosened", 1, json!({})),
        ("promise.released", 1, json!({ "lock": lock })),
        ("promise.tried", 3, json!({})),
        ("promise.clock", 9, json!({})),
        ("plan.written", 2, json!({})),
        ("plan.sung", 1, json!({})),
        ("note.written", 1, json!({ "text": "promise.armed" })),
        ("audit.decided", 99, json!({})),
        ("account.set", 1, json!("not an account")),
        ("promised.armed", 1, json!({})),
        ("x.promise.armed", 1, json!({})),
    ];
    for (kind, version, data) in cases {
        let (world, mut app) = after_line(kind, version, &data);
        for deed in [Action::Open, Action::Increase, Action::AddMargin] {
            assert_eq!(standing(&app, deed), 0, "{kind} {version}");
        }
        let rules = app.state().promises().in_force(&seen(&app.now())).count();
        assert_eq!(rules, 3, "{kind} {version}");
        world.wait(&mut app, DAY);
        started(&mut app);
        assert_eq!(stage(&app), "pausing", "{kind} {version}");
    }
}

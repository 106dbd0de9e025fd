//! Audits about a position that is open: what waits a quarter of an hour, and what never waits.

use impulse_audit::app::{App, Command, Stage};
use impulse_audit::audit::{Choice, Draft};
use impulse_audit::engine::{Intent, Mode};
use impulse_audit::input::Field;
use impulse_audit::market::Position;
use impulse_audit::record::{Ending, Expiry};

use crate::common::*;

const MINUTE: u64 = 60;

/// BTC long 0.2 at 100,000, marked at 99,000, isolated with 1,000; and an audit of `intent`
/// whose answers are sealed at once.
pub(crate) fn sealed_about(intent: Intent, change: impl Fn(&mut Draft)) -> (World, App) {
    let (world, mut app, account) = World::without_promises();
    let open = crate::common::opened_as(btc(account), |was| Position {
        mark: price("99000"),
        ..was
    });
    done(&mut app, Command::OpenPosition(open.clone()));
    let mut draft = with_answers(with_state(begin(&mut app)));
    draft.ticket.intent = intent;
    draft.ticket.position = Some(open.id);
    "5000".clone_into(&mut draft.answers.accepted);
    change(&mut draft);
    done(&mut app, Command::Start(Box::new(draft.clone())));
    done(&mut app, Command::Seal(Box::new(draft)));
    (world, app)
}

fn rescue() -> (World, App) {
    let (world, app) = sealed_about(Intent::AddMargin, |draft| {
        draft.ticket.value.write(Field::Margin, "400");
    });
    assert_eq!(stage(&app), "sealed");
    (world, app)
}

#[test]
fn a_rescue_waits_a_quarter_of_an_hour_from_its_first_screen() {
    let (world, mut app) = rescue();
    world.wait(&mut app, 15 * MINUTE - 1);
    assert_eq!(stage(&app), "sealed");
    world.wait(&mut app, 1);
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    // 1,000 + 400 of margin, less 0.2 · 1,000 that is lost already.
    assert_eq!(revealed.worst_case(), money("1200"));
}

#[test]
fn isolated_to_cross_and_adding_to_a_loser_wait_as_long() {
    for (intent, size) in [(Intent::SwitchMode, ""), (Intent::Increase, "0.1")] {
        let (world, mut app) = sealed_about(intent, |draft| {
            if !size.is_empty() {
                draft.ticket.value.write(Field::Quantity, size);
                draft.ticket.value.write(Field::Entry, "99000");
                draft.ticket.value.write(Field::Leverage, "20");
            }
            draft.ticket.choose_mode(Mode::Cross);
        });
        world.wait(&mut app, 15 * MINUTE - 1);
        assert_eq!(stage(&app), "sealed", "{intent:?}");
        world.wait(&mut app, 1);
        assert_eq!(stage(&app), "revealed", "{intent:?}");
    }
}

#[test]
fn the_wait_survives_a_restart_at_any_minute_of_it() {
    for minutes in [1, 9, 11, 14] {
        let (world, app) = rescue();
        drop(app);
        world.clock.advance(std::time::Duration::from_mins(minutes));
        let mut app = world.app();
        app.settle();
        assert_eq!(stage(&app), "sealed", "after {minutes} min");
        world.wait(&mut app, (15 - minutes) * MINUTE);
        assert_eq!(stage(&app), "revealed", "after {minutes} min");
    }
}

#[test]
fn a_wait_that_nobody_came_back_from_permits_nothing() {
    let (world, app) = rescue();
    drop(app);
    world
        .clock
        .advance(std::time::Duration::from_secs(25 * MINUTE + 1));
    let mut app = world.app();
    app.settle();
    assert!(matches!(
        app.state().newest_ended(0).unwrap().ending,
        Some(Ending::Expired {
            expiry: Expiry::PermissionLapsed,
            ..
        })
    ));
}

#[test]
fn reducing_and_closing_wait_for_nothing_and_need_no_sentence() {
    for (intent, size) in [(Intent::Reduce, "0.1"), (Intent::Close, "")] {
        let (world, mut app) = sealed_about(intent, |draft| {
            draft.ticket.value.write(Field::Quantity, size);
            draft.ticket.value.write(Field::Entry, "99000");
            "1".clone_into(&mut draft.answers.accepted);
        });
        assert_eq!(stage(&app), "revealed", "{intent:?}");
        done(&mut app, decide(Choice::Proceed));
        assert_eq!(stage(&app), "ended", "{intent:?}");
        assert_eq!(world.last("audit.decided")["choice"], "proceed");
    }
}

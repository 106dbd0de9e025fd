//! Audits about a position that is open: what waits a quarter of an hour, and what never waits.

use impulse_audit::app::{App, Command, Stage};
use impulse_audit::audit::{Choice, Draft};
use impulse_audit::engine::{Intent, Mode};
use impulse_audit::record::{Ending, Expiry, PositionOpened};

use crate::common::*;

const MINUTE: u64 = 60;

/// BTC long 0.2 at 100,000, marked at 99,000, isolated with 1,000; and an audit of `intent`
/// whose answers are sealed at once.
pub(crate) fn sealed_about(intent: Intent, change: impl Fn(&mut Draft)) -> (World, App) {
    let (world, mut desk, account) = World::without_promises();
    let open = PositionOpened {
        mark: price("99000"),
        ..btc(account)
    };
    done(&mut desk, Command::OpenPosition(open.clone()));
    let mut draft = with_answers(with_state(begin(&mut desk)));
    draft.ticket.intent = intent;
    draft.ticket.position = Some(open.position);
    "5000".clone_into(&mut draft.answers.accepted);
    change(&mut draft);
    done(&mut desk, Command::Start(Box::new(draft.clone())));
    done(&mut desk, Command::Seal(Box::new(draft)));
    (world, desk)
}

fn rescue() -> (World, App) {
    let (world, desk) = sealed_about(Intent::AddMargin, |draft| {
        "400".clone_into(&mut draft.ticket.margin);
    });
    assert_eq!(stage(&desk), "sealed");
    (world, desk)
}

#[test]
fn a_rescue_waits_a_quarter_of_an_hour_from_its_first_screen() {
    let (world, mut desk) = rescue();
    world.wait(&mut desk, 15 * MINUTE - 1);
    assert_eq!(stage(&desk), "sealed");
    world.wait(&mut desk, 1);
    let Stage::Revealed(revealed) = desk.stage() else {
        panic!("{:?}", desk.stage());
    };
    // 1,000 + 400 of margin, less 0.2 · 1,000 that is lost already.
    assert_eq!(revealed.worst_case(), money("1200"));
}

#[test]
fn isolated_to_cross_and_adding_to_a_loser_wait_as_long() {
    for (intent, size) in [(Intent::SwitchMode, ""), (Intent::Increase, "0.1")] {
        let (world, mut desk) = sealed_about(intent, |draft| {
            if !size.is_empty() {
                size.clone_into(&mut draft.ticket.quantity);
                "99000".clone_into(&mut draft.ticket.entry);
                "20".clone_into(&mut draft.ticket.leverage);
            }
            draft.ticket.mode = Mode::Cross;
        });
        world.wait(&mut desk, 15 * MINUTE - 1);
        assert_eq!(stage(&desk), "sealed", "{intent:?}");
        world.wait(&mut desk, 1);
        assert_eq!(stage(&desk), "revealed", "{intent:?}");
    }
}

#[test]
fn the_wait_survives_a_restart_at_any_minute_of_it() {
    for minutes in [1, 9, 11, 14] {
        let (world, desk) = rescue();
        drop(desk);
        world.clock.advance(std::time::Duration::from_mins(minutes));
        let mut desk = world.desk();
        desk.settle();
        assert_eq!(stage(&desk), "sealed", "after {minutes} min");
        world.wait(&mut desk, (15 - minutes) * MINUTE);
        assert_eq!(stage(&desk), "revealed", "after {minutes} min");
    }
}

#[test]
fn a_wait_that_nobody_came_back_from_permits_nothing() {
    let (world, desk) = rescue();
    drop(desk);
    world
        .clock
        .advance(std::time::Duration::from_secs(25 * MINUTE + 1));
    let mut desk = world.desk();
    desk.settle();
    assert!(matches!(
        desk.state().newest_ended(0).unwrap().ending,
        Some(Ending::Expired {
            expiry: Expiry::PermissionLapsed,
            ..
        })
    ));
}

#[test]
fn reducing_and_closing_wait_for_nothing_and_need_no_sentence() {
    for (intent, size) in [(Intent::Reduce, "0.1"), (Intent::Close, "")] {
        let (world, mut desk) = sealed_about(intent, |draft| {
            size.clone_into(&mut draft.ticket.quantity);
            "99000".clone_into(&mut draft.ticket.entry);
            "1".clone_into(&mut draft.answers.accepted);
        });
        assert_eq!(stage(&desk), "revealed", "{intent:?}");
        done(&mut desk, decide(Choice::Proceed));
        assert_eq!(stage(&desk), "ended", "{intent:?}");
        assert_eq!(world.last("audit.decided")["choice"], "proceed");
    }
}

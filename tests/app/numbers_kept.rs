//! A sealed permission: how long it holds, what it is for, and that no restart and no clock makes
//! it more.

use std::time::Duration;

use chrono::TimeDelta;
use impulse_audit::app::{App, Command, Stage};
use impulse_audit::audit::{Choice, TicketChange};
use impulse_audit::engine::Mode;
use impulse_audit::record::{Ending, Expiry};
use serde_json::json;

use crate::common::*;

const MINUTE: u64 = 60;

/// An open in cross with its numbers on the table.
fn in_cross() -> (World, App) {
    let (world, mut app, _) = World::without_promises();
    revealed_with(&world, &mut app, |draft| {
        draft.ticket.choose_mode(Mode::Cross);
        "1100".clone_into(&mut draft.answers.accepted);
    });
    (world, app)
}

fn smaller(size: &str, mode: Mode) -> Command {
    Command::Lower(TicketChange {
        mode,
        quantity: quantity(size),
        margin: None,
    })
}

#[track_caller]
fn stands(app: &App) -> (String, Mode) {
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    let ticket = revealed.ticket();
    (ticket.quantity.get().normalize().to_string(), ticket.mode)
}

#[track_caller]
fn has_lapsed(world: &World, app: &App) {
    let ending = &app.state().newest_ended(0).unwrap().ending;
    assert!(
        matches!(
            ending,
            Some(Ending::Expired {
                expiry: Expiry::PermissionLapsed,
                ..
            })
        ),
        "{ending:?}"
    );
    assert_eq!(world.kinds().last().unwrap(), "audit.expired");
}

#[test]
fn a_ticket_that_was_lowered_is_the_one_that_stands_after_a_restart() {
    let (world, mut app) = in_cross();
    done(&mut app, smaller("0.1", Mode::Cross));
    done(&mut app, smaller("0.05", Mode::Isolated));
    assert_eq!(
        world.last("audit.lowered")["to"],
        json!({"mode": "isolated", "quantity": "0.05"})
    );
    let mut app = world.restart(app);
    assert_eq!(stands(&app), ("0.05".to_owned(), Mode::Isolated));
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::Proceed));
    let decided = world.last("audit.decided");
    assert_eq!(decided["choice"], "isolated_instead");
    assert_eq!(decided["ticket"]["quantity"], "0.05");
}

#[test]
fn back_to_what_was_sealed_is_kept_over_a_restart_too() {
    let (world, mut app) = in_cross();
    done(&mut app, smaller("0.1", Mode::Isolated));
    done(&mut app, Command::AsSealed);
    let lines = world.kinds().len();
    // What changes nothing writes nothing.
    done(&mut app, Command::AsSealed);
    done(&mut app, smaller("0.2", Mode::Cross));
    assert_eq!(world.kinds().len(), lines);
    let app = world.restart(app);
    assert_eq!(stands(&app), ("0.2".to_owned(), Mode::Cross));
}

#[test]
fn a_size_that_the_reveal_offers_is_kept_with_its_margin() {
    let (world, mut app, _) = World::with_account();
    revealed_with(&world, &mut app, |draft| {
        "94000".clone_into(&mut draft.answers.invalidation);
        "500".clone_into(&mut draft.answers.accepted);
    });
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    let capped = revealed.assessment().sizing.capped.unwrap();
    done(
        &mut app,
        Command::Lower(TicketChange {
            mode: Mode::Isolated,
            quantity: capped.quantity,
            margin: Some(capped.margin),
        }),
    );
    let app = world.restart(app);
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    assert_eq!(revealed.ticket().margin, capped.margin);
    assert!(!revealed.over_accepted());
}

#[test]
fn an_extended_permission_holds_for_its_half_hour_over_restarts() {
    let (world, mut app) = in_cross();
    world.wait(&mut app, 9 * MINUTE);
    done(&mut app, Command::Extend);
    assert_eq!(world.kinds().last().unwrap(), "audit.extended");
    let mut app = world.restart(app);
    world.wait(&mut app, 15 * MINUTE);
    let mut app = world.restart(app);
    assert_eq!(stage(&app), "revealed", "after 24 min");
    // Once is once.
    done(&mut app, Command::Extend);
    assert_eq!(
        world
            .kinds()
            .iter()
            .filter(|k| *k == "audit.extended")
            .count(),
        1
    );
    world.wait(&mut app, 6 * MINUTE - 1);
    assert_eq!(stage(&app), "revealed");
    world.wait(&mut app, 1);
    has_lapsed(&world, &app);
}

#[test]
fn a_lapsed_permission_is_not_extended() {
    let (world, mut app) = in_cross();
    world.clock.advance(Duration::from_mins(10));
    done(&mut app, Command::Extend);
    has_lapsed(&world, &app);
    assert!(!world.kinds().contains(&"audit.extended".to_owned()));
}

#[test]
fn a_clock_set_back_revives_no_lapsed_permission() {
    for by in [
        TimeDelta::minutes(10),
        TimeDelta::hours(9),
        TimeDelta::days(40),
    ] {
        // Within one boot the boot clock counts.
        let (world, app) = in_cross();
        drop(app);
        world.clock.advance(Duration::from_mins(10));
        world.clock.advance_wall(-by);
        let mut app = world.app();
        app.settle();
        has_lapsed(&world, &app);
        // Behind a boot, a wall clock that stands before the numbers tells nobody how old they are.
        let (world, app) = in_cross();
        drop(app);
        world.clock.advance_wall(TimeDelta::minutes(5));
        world.clock.advance_wall(-by);
        world.clock.reboot();
        let mut app = world.app();
        app.settle();
        has_lapsed(&world, &app);
    }
}

#[test]
fn a_clock_set_forward_ends_no_fresh_permission_of_the_same_boot() {
    let (world, app) = in_cross();
    world.clock.advance_wall(TimeDelta::days(3));
    let mut app = world.restart(app);
    assert_eq!(stage(&app), "revealed");
    world.wait(&mut app, 10 * MINUTE - 1);
    assert_eq!(stage(&app), "revealed");
    world.wait(&mut app, 1);
    has_lapsed(&world, &app);
}

#[test]
fn a_permission_that_was_taken_up_behind_a_boot_is_not_lengthened_by_a_clock_set_back_then() {
    let (world, app) = in_cross();
    drop(app);
    world.clock.advance_wall(TimeDelta::minutes(4));
    world.clock.reboot();
    let mut app = world.app();
    assert_eq!(stage(&app), "revealed");
    world.clock.advance_wall(TimeDelta::hours(-1));
    world.wait(&mut app, 6 * MINUTE - 1);
    assert_eq!(stage(&app), "revealed");
    world.wait(&mut app, 1);
    has_lapsed(&world, &app);
}

#[test]
fn answers_that_were_sealed_and_never_revealed_lapse_by_the_boot_clock_too() {
    for forward in [false, true] {
        let (world, mut app, _) = World::with_account();
        sealed(&mut app);
        drop(app);
        // Ten minutes from the end of the wait: of that the wall clock says nothing.
        let by = TimeDelta::hours(if forward { 5 } else { -5 });
        world.clock.advance_wall(by);
        world.clock.advance(Duration::from_secs(20 + 10 * MINUTE));
        let mut app = world.app();
        app.settle();
        assert_eq!(stage(&app), "revealed", "forward: {forward}");

        let (world, mut app, _) = World::with_account();
        sealed(&mut app);
        drop(app);
        world.clock.advance_wall(by);
        world
            .clock
            .advance(Duration::from_secs(20 + 10 * MINUTE + 1));
        let mut app = world.app();
        app.settle();
        has_lapsed(&world, &app);
    }
}

#[test]
fn an_extension_that_the_disk_refuses_is_said_and_written_once_it_can_be() {
    let (world, mut app) = in_cross();
    world.fs.refuse_from_now(std::io::ErrorKind::StorageFull);
    app.send(Command::Extend).unwrap();
    app.settle();
    assert!(matches!(
        app.saving(),
        impulse_audit::app::Saving::NotSaved(_)
    ));
    world.fs.heal();
    done(&mut app, Command::TryAgain);
    assert_eq!(world.kinds().last().unwrap(), "audit.extended");
}

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
    let (world, mut desk, _) = World::without_promises();
    revealed_with(&world, &mut desk, |draft| {
        draft.ticket.mode = Mode::Cross;
        "1100".clone_into(&mut draft.answers.accepted);
    });
    (world, desk)
}

fn smaller(size: &str, mode: Mode) -> Command {
    Command::Lower(TicketChange {
        mode,
        quantity: quantity(size),
        margin: None,
    })
}

#[track_caller]
fn stands(desk: &App) -> (String, Mode) {
    let Stage::Revealed(revealed) = desk.stage() else {
        panic!("{:?}", desk.stage());
    };
    let ticket = revealed.ticket();
    (ticket.quantity.get().normalize().to_string(), ticket.mode)
}

#[track_caller]
fn has_lapsed(world: &World, desk: &App) {
    let ending = &desk.state().newest_ended(0).unwrap().ending;
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
    let (world, mut desk) = in_cross();
    done(&mut desk, smaller("0.1", Mode::Cross));
    done(&mut desk, smaller("0.05", Mode::Isolated));
    assert_eq!(
        world.last("audit.lowered")["to"],
        json!({"mode": "isolated", "quantity": "0.05"})
    );
    let mut desk = world.restart(desk);
    assert_eq!(stands(&desk), ("0.05".to_owned(), Mode::Isolated));
    world.wait(&mut desk, 6);
    done(&mut desk, decide(Choice::Proceed));
    let decided = world.last("audit.decided");
    assert_eq!(decided["choice"], "isolated_instead");
    assert_eq!(decided["ticket"]["quantity"], "0.05");
}

#[test]
fn back_to_what_was_sealed_is_kept_over_a_restart_too() {
    let (world, mut desk) = in_cross();
    done(&mut desk, smaller("0.1", Mode::Isolated));
    done(&mut desk, Command::AsSealed);
    let lines = world.kinds().len();
    // What changes nothing writes nothing.
    done(&mut desk, Command::AsSealed);
    done(&mut desk, smaller("0.2", Mode::Cross));
    assert_eq!(world.kinds().len(), lines);
    let desk = world.restart(desk);
    assert_eq!(stands(&desk), ("0.2".to_owned(), Mode::Cross));
}

#[test]
fn a_size_that_the_reveal_offers_is_kept_with_its_margin() {
    let (world, mut desk, _) = World::with_account();
    revealed_with(&world, &mut desk, |draft| {
        "94000".clone_into(&mut draft.answers.invalidation);
        "500".clone_into(&mut draft.answers.accepted);
    });
    let Stage::Revealed(revealed) = desk.stage() else {
        panic!("{:?}", desk.stage());
    };
    let capped = revealed.assessment().sizing.capped.unwrap();
    done(
        &mut desk,
        Command::Lower(TicketChange {
            mode: Mode::Isolated,
            quantity: capped.quantity,
            margin: Some(capped.margin),
        }),
    );
    let desk = world.restart(desk);
    let Stage::Revealed(revealed) = desk.stage() else {
        panic!("{:?}", desk.stage());
    };
    assert_eq!(revealed.ticket().margin, capped.margin);
    assert!(!revealed.over_accepted());
}

#[test]
fn an_extended_permission_holds_for_its_half_hour_over_restarts() {
    let (world, mut desk) = in_cross();
    world.wait(&mut desk, 9 * MINUTE);
    done(&mut desk, Command::Extend);
    assert_eq!(world.kinds().last().unwrap(), "audit.extended");
    let mut desk = world.restart(desk);
    world.wait(&mut desk, 15 * MINUTE);
    let mut desk = world.restart(desk);
    assert_eq!(stage(&desk), "revealed", "after 24 min");
    // Once is once.
    done(&mut desk, Command::Extend);
    assert_eq!(
        world
            .kinds()
            .iter()
            .filter(|k| *k == "audit.extended")
            .count(),
        1
    );
    world.wait(&mut desk, 6 * MINUTE - 1);
    assert_eq!(stage(&desk), "revealed");
    world.wait(&mut desk, 1);
    has_lapsed(&world, &desk);
}

#[test]
fn a_lapsed_permission_is_not_extended() {
    let (world, mut desk) = in_cross();
    world.clock.advance(Duration::from_mins(10));
    done(&mut desk, Command::Extend);
    has_lapsed(&world, &desk);
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
        let (world, desk) = in_cross();
        drop(desk);
        world.clock.advance(Duration::from_mins(10));
        world.clock.advance_wall(-by);
        let mut desk = world.desk();
        desk.settle();
        has_lapsed(&world, &desk);
        // Behind a boot, a wall clock that stands before the numbers tells nobody how old they are.
        let (world, desk) = in_cross();
        drop(desk);
        world.clock.advance_wall(TimeDelta::minutes(5));
        world.clock.advance_wall(-by);
        world.clock.reboot();
        let mut desk = world.desk();
        desk.settle();
        has_lapsed(&world, &desk);
    }
}

#[test]
fn a_clock_set_forward_ends_no_fresh_permission_of_the_same_boot() {
    let (world, desk) = in_cross();
    world.clock.advance_wall(TimeDelta::days(3));
    let mut desk = world.restart(desk);
    assert_eq!(stage(&desk), "revealed");
    world.wait(&mut desk, 10 * MINUTE - 1);
    assert_eq!(stage(&desk), "revealed");
    world.wait(&mut desk, 1);
    has_lapsed(&world, &desk);
}

#[test]
fn a_permission_that_was_taken_up_behind_a_boot_is_not_lengthened_by_a_clock_set_back_then() {
    let (world, desk) = in_cross();
    drop(desk);
    world.clock.advance_wall(TimeDelta::minutes(4));
    world.clock.reboot();
    let mut desk = world.desk();
    assert_eq!(stage(&desk), "revealed");
    world.clock.advance_wall(TimeDelta::hours(-1));
    world.wait(&mut desk, 6 * MINUTE - 1);
    assert_eq!(stage(&desk), "revealed");
    world.wait(&mut desk, 1);
    has_lapsed(&world, &desk);
}

#[test]
fn answers_that_were_sealed_and_never_revealed_lapse_by_the_boot_clock_too() {
    for forward in [false, true] {
        let (world, mut desk, _) = World::with_account();
        sealed(&mut desk);
        drop(desk);
        // Ten minutes from the end of the wait: of that the wall clock says nothing.
        let by = TimeDelta::hours(if forward { 5 } else { -5 });
        world.clock.advance_wall(by);
        world.clock.advance(Duration::from_secs(20 + 10 * MINUTE));
        let mut desk = world.desk();
        desk.settle();
        assert_eq!(stage(&desk), "revealed", "forward: {forward}");

        let (world, mut desk, _) = World::with_account();
        sealed(&mut desk);
        drop(desk);
        world.clock.advance_wall(by);
        world
            .clock
            .advance(Duration::from_secs(20 + 10 * MINUTE + 1));
        let mut desk = world.desk();
        desk.settle();
        has_lapsed(&world, &desk);
    }
}

#[test]
fn an_extension_that_the_disk_refuses_is_said_and_written_once_it_can_be() {
    let (world, mut desk) = in_cross();
    world.fs.refuse_from_now(std::io::ErrorKind::StorageFull);
    desk.send(Command::Extend).unwrap();
    desk.settle();
    assert!(matches!(
        desk.saving(),
        impulse_audit::app::Saving::NotSaved(_)
    ));
    world.fs.heal();
    done(&mut desk, Command::TryAgain);
    assert_eq!(world.kinds().last().unwrap(), "audit.extended");
}

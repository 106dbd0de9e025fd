//! What time does: permissions lapse, drafts are left lying, a restart lengthens neither.

use impulse_audit::app::{App, Command, Refusal};
use impulse_audit::audit::{Choice, NotDecided, Step};
use impulse_audit::record::{Ending, Expiry};

use crate::common::*;

const MINUTE: u64 = 60;

fn expired(desk: &App) -> (Expiry, Step) {
    match desk.state().newest_ended(0).unwrap().ending {
        Some(Ending::Expired { expiry, step, .. }) => (expiry, step),
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn a_permission_lapses_ten_minutes_after_the_reveal() {
    let (world, mut desk, _) = World::with_account();
    revealed(&world, &mut desk);
    world.wait(&mut desk, 10 * MINUTE - 1);
    assert_eq!(stage(&desk), "revealed");
    world.wait(&mut desk, 1);
    assert_eq!(stage(&desk), "ended");
    assert_eq!(expired(&desk), (Expiry::PermissionLapsed, Step::Reveal));
    assert_eq!(world.kinds().last().unwrap(), "audit.expired");
    assert_eq!(world.audit_kinds().len(), 4, "journaled once");
}

#[test]
fn it_can_be_extended_once_to_thirty() {
    let (world, mut desk, _) = World::with_account();
    revealed(&world, &mut desk);
    world.wait(&mut desk, 9 * MINUTE);
    done(&mut desk, Command::Extend);
    done(&mut desk, Command::Extend);
    world.wait(&mut desk, 21 * MINUTE - 1);
    done(&mut desk, Command::Extend);
    assert_eq!(stage(&desk), "revealed", "29 min 59 s");
    world.wait(&mut desk, 1);
    assert_eq!(expired(&desk).0, Expiry::PermissionLapsed);
}

#[test]
fn a_decision_that_comes_too_late_is_refused_even_before_the_lapse_is_noticed() {
    let (world, mut desk, _) = World::with_account();
    revealed(&world, &mut desk);
    world.clock.advance(std::time::Duration::from_mins(10));
    assert_eq!(
        desk.send(decide(Choice::Proceed)),
        Err(Refusal::NotDecided(NotDecided::Lapsed))
    );
    done(&mut desk, decide(Choice::DoNothing));
    assert_eq!(world.audit_kinds().last().unwrap(), "audit.decided");
}

#[test]
fn a_wall_clock_that_is_set_neither_shortens_nor_lengthens_a_permission() {
    let (world, mut desk, _) = World::with_account();
    revealed(&world, &mut desk);
    world.clock.advance_wall(chrono::TimeDelta::hours(5));
    world.wait(&mut desk, 5 * MINUTE);
    assert_eq!(stage(&desk), "revealed");
    world.clock.advance_wall(chrono::TimeDelta::hours(-9));
    world.wait(&mut desk, 5 * MINUTE);
    assert_eq!(stage(&desk), "ended");
}

#[test]
fn a_draft_left_lying_for_half_an_hour_expires_wherever_it_stands() {
    for step in [Step::State, Step::Ticket, Step::Wrong, Step::Accepted] {
        let (world, mut desk, _) = World::with_account();
        let mut draft = begin(&mut desk);
        if step > Step::State {
            draft = with_state(draft);
        }
        if step > Step::Ticket {
            done(&mut desk, Command::Start(Box::new(with_ticket(draft))));
            draft = with_answers(desk.draft().unwrap().clone());
        }
        draft.step = step;
        done(&mut desk, Command::KeepDraft(Box::new(draft)));
        world.wait(&mut desk, 30 * MINUTE - 1);
        assert!(desk.draft().is_some(), "{step:?}");
        world.wait(&mut desk, 1);
        assert_eq!(stage(&desk), "ended");
        assert_eq!(expired(&desk), (Expiry::LeftLying, step));
        assert!(desk.draft().is_none());
        assert_eq!(world.audit_kinds(), ["audit.started", "audit.expired"]);
        let desk = world.restart(desk);
        assert_eq!((stage(&desk), desk.draft()), ("idle", None));
    }
}

#[test]
fn every_word_kept_gives_the_draft_another_half_hour() {
    let (world, mut desk, _) = World::with_account();
    let draft = started(&mut desk);
    for _ in 0..4 {
        world.wait(&mut desk, 29 * MINUTE);
        done(&mut desk, Command::KeepDraft(Box::new(draft.clone())));
    }
    assert_eq!(stage(&desk), "pausing");
}

#[test]
fn a_draft_expires_while_the_program_is_closed_too() {
    let (world, mut desk, _) = World::with_account();
    let draft = with_answers(started(&mut desk));
    done(&mut desk, Command::KeepDraft(Box::new(draft)));
    drop(desk);
    world.clock.advance(std::time::Duration::from_mins(31));
    let mut desk = world.desk();
    desk.settle();
    assert_eq!(expired(&desk).0, Expiry::LeftLying);
    assert_eq!(world.audit_kinds(), ["audit.started", "audit.expired"]);
    assert!(desk.draft().is_none());
    let desk = world.restart(desk);
    assert_eq!((stage(&desk), desk.draft()), ("idle", None));
    assert_eq!(world.audit_kinds().len(), 2, "told once");
}

#[test]
fn a_draft_of_which_the_journal_knows_nothing_yet_expires_with_both_its_lines() {
    let (world, mut desk, _) = World::with_account();
    let draft = with_state(begin(&mut desk));
    done(&mut desk, Command::KeepDraft(Box::new(draft.clone())));
    drop(desk);
    world.clock.advance(std::time::Duration::from_mins(31));
    let mut desk = world.desk();
    desk.settle();
    assert_eq!(world.audit_kinds(), ["audit.started", "audit.expired"]);
    assert_eq!(desk.state().newest_ended(0).unwrap().audit, draft.audit);
    assert_eq!(expired(&desk), (Expiry::LeftLying, Step::Ticket));
}

#[test]
fn a_restart_in_the_middle_of_the_answers_brings_every_word_back_and_goes_on() {
    let (world, mut desk, _) = World::with_account();
    let mut draft = with_answers(started(&mut desk));
    (draft.step, draft.together) = (Step::Nothing, false);
    "half a sen".clone_into(&mut draft.answers.nothing);
    draft.answers.accepted.clear();
    draft.pasted[0].pasted("shelf that held");
    done(&mut desk, Command::KeepDraft(Box::new(draft.clone())));
    world.clock.advance(std::time::Duration::from_mins(29));
    let mut desk = world.restart(desk);
    assert_eq!(stage(&desk), "pausing");
    let kept = desk.draft().unwrap().clone();
    assert_eq!(
        impulse_audit::audit::Draft {
            touched: draft.touched.clone(),
            ..kept.clone()
        },
        draft
    );
    done(&mut desk, Command::Seal(Box::new(with_answers(kept))));
    desk.settle();
    assert_eq!(stage(&desk), "revealed", "the floor was over long ago");
    assert_eq!(
        world.audit_kinds(),
        ["audit.started", "audit.sealed", "audit.revealed"]
    );
    // 13 of 39 letters.
    assert_eq!(world.last("audit.sealed")["manner"]["pasted"][0], 33);
}

#[test]
fn a_restart_of_the_machine_keeps_the_draft_as_well() {
    let (world, mut desk, _) = World::with_account();
    let draft = with_answers(started(&mut desk));
    done(&mut desk, Command::KeepDraft(Box::new(draft)));
    drop(desk);
    world.clock.advance_wall(chrono::TimeDelta::minutes(5));
    world.clock.reboot();
    let desk = world.desk();
    assert_eq!(stage(&desk), "pausing");
}

#[test]
fn a_restart_before_the_ticket_stood_comes_back_to_it() {
    let (world, mut desk, _) = World::with_account();
    let mut draft = with_ticket(begin(&mut desk));
    draft.step = Step::Ticket;
    done(&mut desk, Command::KeepDraft(Box::new(draft.clone())));
    let mut desk = world.restart(desk);
    assert_eq!(stage(&desk), "idle");
    assert_eq!(desk.draft().unwrap().ticket, draft.ticket);
    let draft = with_ticket(desk.draft().unwrap().clone());
    done(&mut desk, Command::Start(Box::new(draft)));
    assert_eq!(stage(&desk), "pausing");
}

#[test]
fn a_restart_between_the_seal_and_the_numbers_goes_on_to_them() {
    let (world, mut desk, _) = World::with_account();
    sealed(&mut desk);
    world.clock.advance(std::time::Duration::from_secs(10));
    let mut desk = world.restart(desk);
    assert_eq!(stage(&desk), "sealed", "the floor still holds");
    assert!(desk.draft().is_none());
    world.wait(&mut desk, 10);
    assert_eq!(stage(&desk), "revealed");
    world.wait(&mut desk, 5);
    done(&mut desk, decide(Choice::Proceed));
    assert_eq!(
        world.audit_kinds(),
        [
            "audit.started",
            "audit.sealed",
            "audit.revealed",
            "audit.decided"
        ]
    );
}

#[test]
fn a_seal_that_nobody_came_back_to_permits_nothing() {
    let (world, mut desk, _) = World::with_account();
    sealed(&mut desk);
    drop(desk);
    world
        .clock
        // Ten minutes from the end of the floor.
        .advance(std::time::Duration::from_secs(20 + 10 * 60 + 1));
    let mut desk = world.desk();
    desk.settle();
    assert_eq!(expired(&desk), (Expiry::PermissionLapsed, Step::Reveal));
    assert_eq!(
        world.audit_kinds(),
        ["audit.started", "audit.sealed", "audit.expired"]
    );
}

#[test]
fn a_restart_after_the_reveal_shows_the_same_numbers_for_what_is_left_of_the_time() {
    let (world, mut desk, account) = World::with_account();
    revealed(&world, &mut desk);
    let shown = world.last("audit.revealed");
    // The account is another one meanwhile; what was shown is not.
    done(&mut desk, Command::OpenPosition(eth(account)));
    world.clock.advance(std::time::Duration::from_mins(6));
    let mut desk = world.restart(desk);
    assert_eq!(stage(&desk), "revealed");
    let impulse_audit::app::Stage::Revealed(revealed) = desk.stage() else {
        panic!("{:?}", desk.stage());
    };
    assert_eq!(
        serde_json::to_value(revealed.assessment()).unwrap(),
        shown["assessment"]
    );
    world.wait(&mut desk, 4 * MINUTE - 1);
    assert_eq!(stage(&desk), "revealed");
    world.wait(&mut desk, 1);
    assert_eq!(expired(&desk).0, Expiry::PermissionLapsed);
    assert_eq!(world.audit_kinds().len(), 4, "the reveal is journaled once");
}

#[test]
fn a_restart_after_the_permission_has_lapsed_says_so_once() {
    let (world, mut desk, _) = World::with_account();
    revealed(&world, &mut desk);
    drop(desk);
    world.clock.advance(std::time::Duration::from_mins(10));
    let mut desk = world.desk();
    desk.settle();
    assert_eq!(expired(&desk).0, Expiry::PermissionLapsed);
    let desk = world.restart(desk);
    assert_eq!(stage(&desk), "idle");
    assert_eq!(world.audit_kinds().len(), 4);
}

#[test]
fn a_new_audit_can_begin_after_one_has_expired() {
    let (world, mut desk, _) = World::with_account();
    revealed(&world, &mut desk);
    world.wait(&mut desk, 11 * MINUTE);
    assert_eq!(stage(&desk), "ended");
    begin(&mut desk);
    assert_eq!(stage(&desk), "idle");
}

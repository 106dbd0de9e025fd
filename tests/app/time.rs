//! What time does: permissions lapse, drafts are left lying, a restart lengthens neither.

use impulse_audit::app::{App, Command, Refusal};
use impulse_audit::audit::{Choice, NotDecided, Step};
use impulse_audit::record::{Ending, Expiry};

use crate::common::*;

const MINUTE: u64 = 60;

fn expired(app: &App) -> (Expiry, Step) {
    match app.state().newest_ended(0).unwrap().ending {
        Some(Ending::Expired { expiry, step, .. }) => (expiry, step),
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn a_permission_lapses_ten_minutes_after_the_reveal() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    world.wait(&mut app, 10 * MINUTE - 1);
    assert_eq!(stage(&app), "revealed");
    world.wait(&mut app, 1);
    assert_eq!(stage(&app), "ended");
    assert_eq!(expired(&app), (Expiry::PermissionLapsed, Step::Reveal));
    assert_eq!(world.kinds().last().unwrap(), "audit.expired");
    assert_eq!(world.audit_kinds().len(), 4, "journaled once");
}

#[test]
fn it_can_be_extended_once_to_thirty() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    world.wait(&mut app, 9 * MINUTE);
    done(&mut app, Command::Extend);
    done(&mut app, Command::Extend);
    world.wait(&mut app, 21 * MINUTE - 1);
    done(&mut app, Command::Extend);
    assert_eq!(stage(&app), "revealed", "29 min 59 s");
    world.wait(&mut app, 1);
    assert_eq!(expired(&app).0, Expiry::PermissionLapsed);
}

#[test]
fn a_decision_that_comes_too_late_is_refused_even_before_the_lapse_is_noticed() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    world.clock.advance(std::time::Duration::from_mins(10));
    assert_eq!(
        app.send(decide(Choice::Proceed)),
        Err(Refusal::NotDecided(NotDecided::Lapsed))
    );
    done(&mut app, decide(Choice::DoNothing));
    assert_eq!(world.audit_kinds().last().unwrap(), "audit.decided");
}

#[test]
fn a_wall_clock_that_is_set_neither_shortens_nor_lengthens_a_permission() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    world.clock.advance_wall(chrono::TimeDelta::hours(5));
    world.wait(&mut app, 5 * MINUTE);
    assert_eq!(stage(&app), "revealed");
    world.clock.advance_wall(chrono::TimeDelta::hours(-9));
    world.wait(&mut app, 5 * MINUTE);
    assert_eq!(stage(&app), "ended");
}

#[test]
fn a_draft_left_lying_for_half_an_hour_expires_wherever_it_stands() {
    for step in [Step::State, Step::Ticket, Step::Wrong, Step::Accepted] {
        let (world, mut app, _) = World::with_account();
        let mut draft = begin(&mut app);
        if step > Step::State {
            draft = with_state(draft);
        }
        if step > Step::Ticket {
            done(&mut app, Command::Start(Box::new(with_ticket(draft))));
            draft = with_answers(app.draft().unwrap().clone());
        }
        draft.step = step;
        done(&mut app, Command::KeepDraft(Box::new(draft)));
        world.wait(&mut app, 30 * MINUTE - 1);
        assert!(app.draft().is_some(), "{step:?}");
        world.wait(&mut app, 1);
        assert_eq!(stage(&app), "ended");
        assert_eq!(expired(&app), (Expiry::LeftLying, step));
        assert!(app.draft().is_none());
        assert_eq!(world.audit_kinds(), ["audit.started", "audit.expired"]);
        let app = world.restart(app);
        assert_eq!((stage(&app), app.draft()), ("idle", None));
    }
}

#[test]
fn every_word_kept_gives_the_draft_another_half_hour() {
    let (world, mut app, _) = World::with_account();
    let draft = started(&mut app);
    for _ in 0..4 {
        world.wait(&mut app, 29 * MINUTE);
        done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    }
    assert_eq!(stage(&app), "pausing");
}

#[test]
fn a_draft_expires_while_the_program_is_closed_too() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    done(&mut app, Command::KeepDraft(Box::new(draft)));
    drop(app);
    world.clock.advance(std::time::Duration::from_mins(31));
    let mut app = world.app();
    app.settle();
    assert_eq!(expired(&app).0, Expiry::LeftLying);
    assert_eq!(world.audit_kinds(), ["audit.started", "audit.expired"]);
    assert!(app.draft().is_none());
    let app = world.restart(app);
    assert_eq!((stage(&app), app.draft()), ("idle", None));
    assert_eq!(world.audit_kinds().len(), 2, "told once");
}

#[test]
fn a_draft_of_which_the_journal_knows_nothing_yet_expires_with_both_its_lines() {
    let (world, mut app, _) = World::with_account();
    let draft = with_state(begin(&mut app));
    done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    drop(app);
    world.clock.advance(std::time::Duration::from_mins(31));
    let mut app = world.app();
    app.settle();
    assert_eq!(world.audit_kinds(), ["audit.started", "audit.expired"]);
    assert_eq!(app.state().newest_ended(0).unwrap().audit, draft.audit);
    assert_eq!(expired(&app), (Expiry::LeftLying, Step::Ticket));
}

#[test]
fn a_restart_in_the_middle_of_the_answers_brings_every_word_back_and_goes_on() {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_answers(started(&mut app));
    (draft.step, draft.together) = (Step::Nothing, false);
    "half a sen".clone_into(&mut draft.answers.nothing);
    draft.answers.accepted.clear();
    draft.pasted[0].pasted("shelf that held");
    done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    world.clock.advance(std::time::Duration::from_mins(29));
    let mut app = world.restart(app);
    assert_eq!(stage(&app), "pausing");
    let kept = app.draft().unwrap().clone();
    assert_eq!(
        impulse_audit::audit::Draft {
            touched: draft.touched.clone(),
            ..kept.clone()
        },
        draft
    );
    done(&mut app, Command::Seal(Box::new(with_answers(kept))));
    app.settle();
    assert_eq!(stage(&app), "revealed", "the floor was over long ago");
    assert_eq!(
        world.audit_kinds(),
        ["audit.started", "audit.sealed", "audit.revealed"]
    );
    // 13 of 39 letters.
    assert_eq!(world.last("audit.sealed")["manner"]["pasted"][0], 33);
}

#[test]
fn a_restart_of_the_machine_keeps_the_draft_as_well() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(started(&mut app));
    done(&mut app, Command::KeepDraft(Box::new(draft)));
    drop(app);
    world.clock.advance_wall(chrono::TimeDelta::minutes(5));
    world.clock.reboot();
    let app = world.app();
    assert_eq!(stage(&app), "pausing");
}

#[test]
fn a_restart_before_the_ticket_stood_comes_back_to_it() {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_ticket(begin(&mut app));
    draft.step = Step::Ticket;
    done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    let mut app = world.restart(app);
    assert_eq!(stage(&app), "idle");
    assert_eq!(app.draft().unwrap().ticket, draft.ticket);
    let draft = with_ticket(app.draft().unwrap().clone());
    done(&mut app, Command::Start(Box::new(draft)));
    assert_eq!(stage(&app), "pausing");
}

#[test]
fn a_restart_between_the_seal_and_the_numbers_goes_on_to_them() {
    let (world, mut app, _) = World::with_account();
    sealed(&mut app);
    world.clock.advance(std::time::Duration::from_secs(10));
    let mut app = world.restart(app);
    assert_eq!(stage(&app), "sealed", "the floor still holds");
    assert!(app.draft().is_none());
    world.wait(&mut app, 10);
    assert_eq!(stage(&app), "revealed");
    world.wait(&mut app, 5);
    done(&mut app, decide(Choice::Proceed));
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
    let (world, mut app, _) = World::with_account();
    sealed(&mut app);
    drop(app);
    world
        .clock
        // Ten minutes from the end of the floor.
        .advance(std::time::Duration::from_secs(20 + 10 * 60 + 1));
    let mut app = world.app();
    app.settle();
    assert_eq!(expired(&app), (Expiry::PermissionLapsed, Step::Reveal));
    assert_eq!(
        world.audit_kinds(),
        ["audit.started", "audit.sealed", "audit.expired"]
    );
}

#[test]
fn a_restart_after_the_reveal_shows_the_same_numbers_for_what_is_left_of_the_time() {
    let (world, mut app, account) = World::with_account();
    revealed(&world, &mut app);
    let shown = world.last("audit.revealed");
    // The account is another one meanwhile; what was shown is not.
    done(&mut app, Command::OpenPosition(eth(account)));
    world.clock.advance(std::time::Duration::from_mins(6));
    let mut app = world.restart(app);
    assert_eq!(stage(&app), "revealed");
    let impulse_audit::app::Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    assert_eq!(
        serde_json::to_value(revealed.assessment()).unwrap(),
        shown["assessment"]
    );
    world.wait(&mut app, 4 * MINUTE - 1);
    assert_eq!(stage(&app), "revealed");
    world.wait(&mut app, 1);
    assert_eq!(expired(&app).0, Expiry::PermissionLapsed);
    assert_eq!(world.audit_kinds().len(), 4, "the reveal is journaled once");
}

#[test]
fn a_restart_after_the_permission_has_lapsed_says_so_once() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    drop(app);
    world.clock.advance(std::time::Duration::from_mins(10));
    let mut app = world.app();
    app.settle();
    assert_eq!(expired(&app).0, Expiry::PermissionLapsed);
    let app = world.restart(app);
    assert_eq!(stage(&app), "idle");
    assert_eq!(world.audit_kinds().len(), 4);
}

#[test]
fn a_new_audit_can_begin_after_one_has_expired() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    world.wait(&mut app, 11 * MINUTE);
    assert_eq!(stage(&app), "ended");
    begin(&mut app);
    assert_eq!(stage(&app), "idle");
}

//! No rule that is not asked at every door: each step of an audit.

use impulse_audit::app::{App, Command};
use impulse_audit::audit::{Choice, Draft};
use impulse_audit::engine::{Intent, Mode};
use impulse_audit::input::Field;
use impulse_audit::promises::PromiseCommand;
use impulse_audit::record::Ending;

use crate::common::*;
use crate::promises::{arm, ask, btc, leave, no_cross, put_forward};

/// An audit of BTC in cross with its ticket, at one of its steps.
fn standing_at(step: &str) -> (World, App) {
    let (world, mut app, _) = World::without_promises();
    let cross = |draft: &mut Draft| draft.ticket.choose_mode(Mode::Cross);
    match step {
        "pausing" => {
            assert_eq!(put_forward(&mut app, cross), "pausing");
        }
        "sealed" => sealed_with(&mut app, cross),
        _ => revealed_with(&world, &mut app, cross),
    }
    (world, app)
}

/// The next step of the audit.
fn goes_on(world: &World, app: &mut App, step: &str) {
    match step {
        "pausing" => {
            let mut draft = app.draft().unwrap().clone();
            draft.step = impulse_audit::audit::Step::Accepted;
            done(app, Command::Seal(Box::new(draft)));
        }
        "sealed" => world.wait(app, 20),
        _ => {
            world.wait(app, 6);
            done(app, decide(Choice::Proceed));
        }
    }
}

#[test]
fn a_promise_armed_while_a_ticket_stands_is_met_at_the_next_step_and_the_try_is_written() {
    for step in ["pausing", "sealed", "revealed"] {
        let (world, mut app) = standing_at(step);
        let lock = arm(&mut app, no_cross());
        assert_eq!(stage(&app), step, "arming ends nothing by itself");
        goes_on(&world, &mut app, step);
        assert_eq!(stage(&app), "met", "{step}");
        let tried = world.last("promise.tried");
        assert_eq!(tried["locks"][0], lock.to_string(), "{step}");
        let story = app.state().newest_ended(0).unwrap();
        assert!(matches!(story.ending, Some(Ending::Kept { .. })), "{step}");
        // No number was shown behind it, and no answer counts any more.
        assert_eq!(story.revealed.is_some(), step == "revealed");
        assert_eq!(story.sealed.is_some(), step != "pausing");
        done(&mut app, Command::BackToTicket);
        let draft = app.draft();
        assert_eq!(draft.is_some(), step == "pausing", "{step}");
        if let Some(draft) = draft {
            assert_eq!(draft.ticket.value.text(Field::Symbol), "btc");
            assert!(draft.answers.wrong.is_empty());
        }
    }
}

#[test]
fn what_takes_no_risk_is_decided_beside_a_promise_that_was_armed_behind_the_numbers() {
    let (world, mut app) = standing_at("revealed");
    arm(&mut app, no_cross());
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::DoNothing));
    assert_eq!(stage(&app), "ended");
    let (world, mut app) = standing_at("revealed");
    arm(&mut app, no_cross());
    world.wait(&mut app, 6);
    done(&mut app, isolated_instead());
    done(&mut app, decide(Choice::IsolatedInstead));
    assert_eq!(stage(&app), "ended");
    assert!(!world.kinds().contains(&"promise.tried".to_owned()));
}

#[test]
fn a_restart_between_the_steps_is_no_way_around_a_promise() {
    let (world, mut app) = standing_at("sealed");
    let lock = no_cross();
    done(&mut app, ask(PromiseCommand::Arm(Box::new(lock))));
    let mut app = world.restart(app);
    assert_eq!(stage(&app), "sealed");
    world.wait(&mut app, 20);
    assert_eq!(stage(&app), "met");
}

#[test]
fn an_increase_is_one_of_a_loser_by_the_worse_of_the_known_mark_and_the_tickets_own_price() {
    for (known, entry, mark, expected) in [
        ("101000", "101000", "", "pausing"),
        // The mark that is known says that it loses.
        ("99000", "101000", "101000", "met"),
        // The ticket itself says that it would.
        ("101000", "99000", "", "met"),
        ("101000", "101000", "99500", "met"),
    ] {
        let (_world, mut app, account) = World::with_account();
        let open = btc(account, known);
        done(&mut app, Command::OpenPosition(open.clone()));
        let led = put_forward(&mut app, |draft| {
            draft.ticket.intent = Intent::Increase;
            draft.ticket.position = Some(open.id);
            draft.ticket.value.write(Field::Symbol, "");
            draft.ticket.value.write(Field::Quantity, "0.1");
            draft.ticket.value.write(Field::Entry, entry);
            draft.ticket.value.write(Field::Mark, mark);
        });
        assert_eq!(led, expected, "known {known}, at {entry}, mark {mark}");
        if led == "pausing" {
            leave(&mut app);
        }
    }
}

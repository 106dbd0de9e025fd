//! Walking away: a decision like any other, at every step, journaled with where it was taken.

use impulse_audit::app::{App, Command, Refusal};
use impulse_audit::audit::{Choice, Draft, Step};
use impulse_audit::input::Field;
use impulse_audit::record::Ending;

use crate::common::*;

/// The draft as it stands at a step before the seal, with everything before it written.
fn at(app: &mut App, step: Step) -> Draft {
    let draft = begin(app);
    let mut draft = match step {
        Step::State => draft,
        Step::Ticket => with_state(draft),
        _ => {
            done(app, Command::Start(Box::new(with_ticket(draft))));
            with_answers(app.draft().unwrap().clone())
        }
    };
    draft.step = step;
    draft
}

#[test]
fn at_every_step_before_the_seal_it_is_a_decision_in_the_journal() {
    for step in [
        Step::State,
        Step::Ticket,
        Step::Wrong,
        Step::Invalidation,
        Step::Nothing,
        Step::Accepted,
    ] {
        let (world, mut app, _) = World::with_account();
        let draft = at(&mut app, step);
        done(&mut app, walk(&draft));
        assert_eq!(stage(&app), "ended", "{step:?}");
        assert!(app.draft().is_none());
        assert_eq!(world.audit_kinds(), ["audit.started", "audit.decided"]);
        let written = step > Step::Ticket;
        let check = |app: &App| {
            let story = app.state().newest_ended(0).unwrap();
            assert_eq!(story.audit, draft.audit);
            let decision = story.decision().unwrap();
            assert_eq!(decision.choice, Choice::DoNothing);
            assert_eq!(decision.step, step);
            assert_eq!(story.last_ticket().is_some(), written, "{step:?}");
            assert_eq!(story.state.is_some(), step > Step::State);
            assert!(story.sealed.is_none() && story.revealed.is_none());
            assert!(matches!(story.ending, Some(Ending::Decided { .. })));
        };
        check(&app);
        let app = world.restart(app);
        check(&app);
        assert_eq!((stage(&app), app.draft()), ("idle", None));
    }
}

#[test]
fn a_market_that_was_typed_before_the_ticket_stood_is_kept() {
    let (world, mut app, _) = World::with_account();
    let mut draft = at(&mut app, Step::Ticket);
    draft.ticket.value.write(Field::Symbol, " doge ");
    done(&mut app, walk(&draft));
    assert_eq!(world.last("audit.started")["typed_symbol"], "doge");
    assert_eq!(app.state().newest_ended(0).unwrap().typed_symbol, "doge");
}

#[test]
fn while_the_numbers_are_waited_for_none_is_computed_afterwards() {
    let (world, mut app, _) = World::with_account();
    sealed(&mut app);
    app.send(decide(Choice::DoNothing)).unwrap();
    // The floor is over before the disk has answered.
    world.wait(&mut app, 30);
    assert_eq!(stage(&app), "ended");
    assert_eq!(
        world.audit_kinds(),
        ["audit.started", "audit.sealed", "audit.decided"]
    );
    let decision = app.state().newest_ended(0).unwrap().decision().unwrap();
    assert_eq!(decision.step, Step::Reveal);
    assert_eq!(
        (decision.worst_case, decision.seconds_after_reveal),
        (None, None)
    );
    assert!(decision.ticket.is_some());
}

#[test]
fn after_the_numbers_it_needs_nothing_at_all() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    done(&mut app, decide(Choice::DoNothing));
    let decision = app.state().newest_ended(0).unwrap().decision().unwrap();
    assert_eq!(decision.worst_case, Some(money("1000")));
    assert_eq!(decision.step, Step::Reveal);
}

#[test]
fn nobody_walks_away_twice_from_one_audit() {
    let (world, mut app, _) = World::with_account();
    let draft = at(&mut app, Step::Wrong);
    app.send(walk(&draft)).unwrap();
    assert!(matches!(app.send(walk(&draft)), Err(Refusal::NotNow(_))));
    app.settle();
    assert!(matches!(
        refused(&mut app, walk(&draft)),
        Refusal::NotNow(_)
    ));
    assert_eq!(world.audit_kinds(), ["audit.started", "audit.decided"]);
}

#[test]
fn a_ticket_that_the_engine_cannot_assess_can_still_be_walked_away_from() {
    let (world, mut app, account) = World::without_promises();
    // The same symbol, side and backing is opened while the numbers are waited for: a second
    // one is no ticket to open any more.
    let mut open = eth(account);
    open.position.symbol = symbol("BTC/USDT");
    open.position.entry = price("99000");
    open.position.mark = price("100000");
    sealed_with(&mut app, |draft| {
        draft.ticket.choose_mode(impulse_audit::engine::Mode::Cross);
    });
    done(&mut app, Command::OpenPosition(open));
    world.wait(&mut app, 20);
    assert_eq!(stage(&app), "stuck");
    assert!(matches!(
        refused(&mut app, decide(Choice::Proceed)),
        Refusal::NotNow(_)
    ));
    done(&mut app, decide(Choice::DoNothing));
    assert_eq!(stage(&app), "ended");
    assert_eq!(
        world.audit_kinds(),
        ["audit.started", "audit.sealed", "audit.decided"]
    );
}

//! Once a position was opened: whether the stop stands.

use impulse_audit::app::{App, Command, Refusal};
use impulse_audit::audit::Choice;
use impulse_audit::input::Field;
use impulse_audit::market::AuditId;
use impulse_audit::record::{AuditStop, PositionClosed, StopPlacement};
use impulse_audit::wording::story;

use crate::common::*;

/// A decision to open that became a position.
fn opened() -> (World, App, AuditId) {
    let (world, mut app, account) = World::with_account();
    revealed(&world, &mut app);
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::Proceed));
    done(&mut app, Command::LeaveAudit);
    let audit = app.state().unfollowed().next().unwrap().audit;
    let mut open = eth(account);
    open.position.symbol = symbol("BTC/USDT");
    open.audit = Some(audit);
    done(&mut app, Command::OpenPosition(open));
    (world, app, audit)
}

fn said(audit: AuditId, stop: StopPlacement) -> Command {
    Command::TellStop(AuditStop { audit, stop })
}

#[test]
fn it_is_asked_once_and_told_in_the_story_the_list_and_after_a_restart() {
    for (stop, name, ended) in [
        (StopPlacement::Placed, "placed", "Proceeded, stop placed"),
        (
            StopPlacement::NotPlaced,
            "not_placed",
            "Proceeded, stop not placed",
        ),
        (StopPlacement::Mental, "mental", "Proceeded, stop mental"),
        (StopPlacement::LeftOut, "left_out", "Proceeded"),
    ] {
        let (world, mut app, audit) = opened();
        assert_eq!(app.state().unstopped().count(), 1);
        done(&mut app, said(audit, stop));
        assert_eq!(world.last("audit.stop")["stop"], name);
        assert_eq!(app.state().unstopped().count(), 0);
        assert!(matches!(
            refused(&mut app, said(audit, StopPlacement::Placed)),
            Refusal::NotNow(_)
        ));
        let app = world.restart(app);
        let story = app.state().story(audit).unwrap();
        assert_eq!(story.stop, Some(stop));
        assert_eq!(story::ended(story), ended);
        let parts = story::parts(story);
        assert!(
            parts.iter().any(|part| part.words == stop.words()),
            "{parts:?}"
        );
    }
}

#[test]
fn it_is_in_no_ones_way() {
    let (world, mut app, _) = opened();
    // Another audit is begun and ends, and the question still stands.
    revealed_with(&world, &mut app, |draft| {
        draft.ticket.value.write(Field::Symbol, "eth");
        draft.ticket.value.write(Field::Rate, "0.5");
        "Funding stays above its mean through the whole of next week"
            .clone_into(&mut draft.answers.wrong);
        "There is a better place for this money on most days"
            .clone_into(&mut draft.answers.nothing);
    });
    done(&mut app, decide(Choice::DoNothing));
    assert_eq!(app.state().unstopped().count(), 1);
}

#[test]
fn of_a_position_that_is_gone_nothing_is_asked() {
    let (_world, mut app, _) = opened();
    let closed = PositionClosed {
        position: app.state().accounts()[0].positions[0].id(),
        audit: None,
        price: price("2000"),
        wallet_balance: money("10000"),
        estimated: false,
        liquidated: false,
    };
    done(&mut app, Command::ClosePosition(closed));
    assert_eq!(app.state().unstopped().count(), 0);
}

#[test]
fn a_position_that_no_audit_opened_is_not_asked_about() {
    let (_world, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(account)));
    assert_eq!(app.state().unstopped().count(), 0);
}

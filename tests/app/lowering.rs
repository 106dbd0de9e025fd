//! After the reveal: what lowers the risk needs no new pause, anything else does.

use impulse_audit::app::{App, Command, Refusal, Stage};
use impulse_audit::audit::{Choice, RaisesRisk, TicketChange};
use impulse_audit::engine::{ByHand, Mode, Money};
use impulse_audit::input::Field;

use crate::common::*;

fn lower(mode: Mode, size: &str, margin: Option<&str>) -> Command {
    Command::Lower(TicketChange {
        mode,
        quantity: quantity(size),
        margin: margin.map(money),
    })
}

fn worst(app: &App) -> Money {
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    revealed.worst_case()
}

/// An audit of 0.2 BTC at 20x in `mode`, revealed and awake.
fn revealed_in(mode: Mode, accepted: &str) -> (World, App) {
    let (world, mut app, _) = World::without_promises();
    revealed_with(&world, &mut app, |draft| {
        draft.ticket.choose_mode(mode);
        accepted.clone_into(&mut draft.answers.accepted);
    });
    world.wait(&mut app, 6);
    (world, app)
}

#[test]
fn a_smaller_size_is_assessed_anew_and_decided_as_smaller() {
    let (world, mut app) = revealed_in(Mode::Isolated, "1050");
    done(&mut app, lower(Mode::Isolated, "0.1", None));
    // Half of the notional at the same leverage: half of the margin.
    assert_eq!(worst(&app), money("500"));
    done(&mut app, decide(Choice::Proceed));
    let decided = world.last("audit.decided");
    assert_eq!(decided["choice"], "proceed_smaller");
    assert_eq!(decided["ticket"]["quantity"], "0.1");
    assert_eq!(
        decimal(decided["worst_case"].as_str().unwrap()),
        decimal("500")
    );
    // What was sealed stays as it was.
    assert_eq!(world.last("audit.sealed")["ticket"]["quantity"], "0.2");
}

#[test]
fn isolated_instead_of_cross_is_decided_under_its_own_name() {
    let (world, mut app) = revealed_in(Mode::Cross, "1050");
    // 10,000 less the opening fee of 10.
    assert_eq!(worst(&app), money("9990"));
    done(&mut app, lower(Mode::Isolated, "0.2", None));
    assert_eq!(worst(&app), money("1000"));
    done(&mut app, decide(Choice::Proceed));
    assert_eq!(world.last("audit.decided")["choice"], "isolated_instead");
}

#[test]
fn a_decision_is_never_named_smaller_than_what_is_traded() {
    let (world, mut app) = revealed_in(Mode::Isolated, "1050");
    done(&mut app, decide(Choice::IsolatedInstead));
    assert_eq!(world.last("audit.decided")["choice"], "proceed");
}

#[test]
fn less_leverage_needs_no_new_pause() {
    let (_world, mut app) = revealed_in(Mode::Isolated, "1050");
    done(&mut app, lower(Mode::Isolated, "0.2", Some("2000")));
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    assert_eq!(revealed.ticket().leverage, decimal("10"));
    assert!(revealed.over_accepted(), "more margin stands behind it");
}

#[test]
fn whatever_raises_the_risk_is_refused_and_changes_nothing() {
    for (mode, change, why) in [
        (
            Mode::Isolated,
            lower(Mode::Isolated, "0.201", None),
            RaisesRisk::Larger,
        ),
        (
            Mode::Isolated,
            lower(Mode::Cross, "0.2", None),
            RaisesRisk::MoreBehindIt,
        ),
        (
            Mode::Isolated,
            lower(Mode::Cross, "0.001", None),
            RaisesRisk::MoreBehindIt,
        ),
        // 40x and 25x instead of 20x, closed before the idea is wrong.
        (
            Mode::Isolated,
            lower(Mode::Isolated, "0.2", Some("500")),
            RaisesRisk::MoreLeverage,
        ),
        (
            Mode::Isolated,
            lower(Mode::Isolated, "0.1", Some("400")),
            RaisesRisk::MoreLeverage,
        ),
        (
            Mode::Cross,
            lower(Mode::Cross, "0.2", Some("500")),
            RaisesRisk::MoreLeverage,
        ),
        (
            Mode::Isolated,
            lower(Mode::Isolated, "0", None),
            RaisesRisk::Unworkable,
        ),
        (
            Mode::Isolated,
            lower(Mode::Isolated, "-0.1", None),
            RaisesRisk::Unworkable,
        ),
        (
            Mode::Isolated,
            lower(Mode::Isolated, "0.1", Some("0")),
            RaisesRisk::Unworkable,
        ),
        (
            Mode::Isolated,
            lower(Mode::Isolated, "0.1", Some("-5")),
            RaisesRisk::Unworkable,
        ),
    ] {
        let (world, mut app) = revealed_in(mode, "1050");
        let before = (worst(&app), world.kinds());
        assert_eq!(
            refused(&mut app, change.clone()),
            Refusal::RaisesRisk(why),
            "{change:?}"
        );
        assert_eq!((worst(&app), world.kinds()), before);
    }
}

#[test]
fn every_size_that_the_reveal_offers_can_be_taken() {
    let (world, mut app, _) = World::with_account();
    // 3x only: the capped size needs more leverage than was sealed.
    revealed_with(&world, &mut app, |draft| {
        draft.ticket.value.write(Field::Leverage, "3");
        "150".clone_into(&mut draft.answers.accepted);
        "94000".clone_into(&mut draft.answers.invalidation);
    });
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    let sizing = revealed.assessment().sizing;
    let Some(ByHand::Fits {
        quantity: by_hand,
        margin,
        ..
    }) = sizing.by_hand
    else {
        panic!("{sizing:?}");
    };
    let capped = sizing.capped.unwrap();
    assert!(capped.leverage > rate("3") && capped.quantity < quantity("0.2"));
    done(
        &mut app,
        Command::Lower(TicketChange {
            mode: Mode::Isolated,
            quantity: by_hand,
            margin,
        }),
    );
    done(
        &mut app,
        Command::Lower(TicketChange {
            mode: Mode::Isolated,
            quantity: capped.quantity,
            margin: Some(capped.margin),
        }),
    );
    assert!(worst(&app) <= money("150"));
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::Proceed));
    assert_eq!(world.last("audit.decided")["choice"], "proceed_smaller");
    assert_eq!(world.last("audit.decided").get("flags"), None);
}

#[test]
fn what_was_lowered_can_go_back_up_to_what_was_sealed_and_no_further() {
    let (world, mut app) = revealed_in(Mode::Isolated, "1050");
    done(&mut app, lower(Mode::Isolated, "0.05", None));
    done(&mut app, lower(Mode::Isolated, "0.15", None));
    assert_eq!(worst(&app), money("750"));
    done(&mut app, Command::AsSealed);
    assert_eq!(worst(&app), money("1000"));
    done(&mut app, decide(Choice::Proceed));
    assert_eq!(world.last("audit.decided")["choice"], "proceed");
}

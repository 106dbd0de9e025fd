//! The price now that is typed in a ticket, what opening a position has cost, and decisions of
//! which nobody has said what became of them.

use impulse_audit::app::position_form::PositionForm;
use impulse_audit::app::{App, Command};
use impulse_audit::audit::Choice;
use impulse_audit::engine::Side;
use impulse_audit::input::Field;
use impulse_audit::market::{PlanId, PositionId};
use impulse_audit::promises::{PlanTerms, PlanUse, PromiseCommand};

use crate::common::*;
use crate::promises::ask;

fn mark(app: &App, id: PositionId) -> String {
    app.state()
        .position(id)
        .unwrap()
        .1
        .position
        .mark
        .to_string()
}

#[test]
fn a_price_that_is_typed_in_a_ticket_is_the_mark_of_its_market_whatever_becomes_of_the_ticket() {
    let (world, mut app, account) = World::without_promises();
    let held = opened_as(btc(account), |was| impulse_audit::market::Position {
        mark: price("100000"),
        ..was
    });
    done(&mut app, Command::OpenPosition(held.clone()));
    let other = eth(account);
    done(&mut app, Command::OpenPosition(other.clone()));
    // Left by doing nothing, with a ticket that cannot even be read.
    let mut draft = begin(&mut app);
    draft.ticket.value.write(Field::Symbol, "btc");
    draft.ticket.value.write(Field::Mark, "96950");
    done(&mut app, walk(&draft));
    assert_eq!(mark(&app, held.id), "96950");
    assert_eq!(mark(&app, other.id), "2100");
    // 0.2 · 3,050 are lost: this is not flat, and no plan for a rescue is written while it loses.
    let plan = PlanTerms {
        plan: PlanId::fresh(),
        allows: PlanUse::Rescue,
        account,
        account_name: "Main".to_owned(),
        symbol: "BTC/USDT".to_owned(),
        side: Side::Long,
        trigger: "If it closes above the range, then with 300 more behind it".to_owned(),
        collateral: money("300"),
        loss_limit: money("10000"),
        stop: price("94000"),
        legs: Vec::new(),
    };
    let write = ask(PromiseCommand::WritePlan(Box::new(plan)));
    let refusal = refused(&mut app, write).to_string();
    assert!(refusal.contains("losing"), "{refusal}");
    // Left lying.
    done(&mut app, Command::LeaveAudit);
    let mut draft = begin(&mut app);
    draft.ticket.value.write(Field::Symbol, "btc");
    draft.ticket.value.write(Field::Mark, "97000");
    done(&mut app, Command::KeepDraft(Box::new(draft)));
    world.wait(&mut app, 31 * 60);
    assert_eq!(mark(&app, held.id), "97000");
}

/// Decides on BTC long 0.2 at 100,000 and says what became of it by this form.
fn opened(fill: impl FnOnce(&mut PositionForm)) -> (App, PositionId) {
    let (world, mut app, _) = World::without_promises();
    revealed(&world, &mut app);
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::Proceed));
    let story = app.state().unfollowed().next().unwrap();
    let mut form = PositionForm::of_decision(story.audit, story.last_ticket().unwrap());
    fill(&mut form);
    let command = form.read(app.state()).unwrap();
    let Command::OpenPosition(opened) = &command else {
        panic!("{command:?}");
    };
    let id = opened.id;
    done(&mut app, command);
    (app, id)
}

fn wallet(app: &App) -> String {
    app.state().accounts()[0].set.wallet_balance.to_string()
}

#[test]
fn what_is_left_empty_came_out_as_it_was_decided_and_its_fee_leaves_the_wallet() {
    let (app, id) = opened(|_| {});
    let position = &app.state().position(id).unwrap().1.position;
    assert_eq!(position.quantity, quantity("0.2"));
    assert_eq!(position.entry, price("100000"));
    // 0.05 % of 20,000.
    assert_eq!(wallet(&app), "9990");
}

#[test]
fn a_fee_that_is_written_is_the_one_that_leaves_the_wallet_and_there_may_be_none() {
    for (fee, left) in [("4", "9996"), ("0", "10000")] {
        let (app, _) = opened(|form| form.value.write(Field::Fee, fee));
        assert_eq!(wallet(&app), left);
    }
}

#[test]
fn a_position_by_hand_takes_no_fee_from_a_wallet_that_is_known_without_it() {
    let (_, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(btc(account)));
    assert_eq!(wallet(&app), "10000");
}

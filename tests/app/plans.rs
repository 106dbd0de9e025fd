//! Plans bind: line by line, and by a trigger that is asked word for word.

use impulse_audit::app::{
    App, Command, PLAN_NOT_MET, Refusal, Stage, TRIGGER_NOT_ANSWERED, TRIGGER_NOT_MET,
};
use impulse_audit::audit::{Choice, Draft};
use impulse_audit::engine::{Mode, Side};
use impulse_audit::market::AccountId;
use impulse_audit::promises::{PlanLine, PlanState, PlanTerms, PlanUse, PromiseCommand};
use impulse_audit::record::seen;

use crate::common::*;
use crate::promises::{ask, leave, put_forward};
use impulse_audit::market::PlanId;

const HOUR: u64 = 3600;

const TRIGGER: &str = "If it closes above the range, then I open with the pool behind it";

fn plan(account: AccountId, loss_limit: &str) -> PlanTerms {
    PlanTerms {
        plan: PlanId::fresh(),
        allows: PlanUse::Cross,
        account,
        account_name: "Main".to_owned(),
        symbol: "BTC/USDT".to_owned(),
        side: Side::Long,
        trigger: TRIGGER.to_owned(),
        collateral: money("1000"),
        loss_limit: money(loss_limit),
        stop: price("96000"),
        legs: Vec::new(),
    }
}

fn cross(draft: &mut Draft) {
    draft.ticket.choose_mode(Mode::Cross);
}

fn write(app: &mut App, terms: &PlanTerms) -> PlanId {
    done(app, ask(PromiseCommand::WritePlan(Box::new(terms.clone()))));
    terms.plan
}

/// The numbers of a ticket in cross, six seconds old, behind these plans which are an hour old.
fn on_the_table(limits: &[&str]) -> (World, App, Vec<PlanId>) {
    let (world, mut app, account) = World::with_account();
    let written = limits
        .iter()
        .map(|limit| write(&mut app, &plan(account, limit)));
    let plans: Vec<PlanId> = written.collect();
    world.wait(&mut app, HOUR);
    revealed_with(&world, &mut app, cross);
    world.wait(&mut app, 6);
    (world, app, plans)
}

fn proceeds() -> Command {
    Command::Decide {
        choice: Choice::Proceed,
        sentence: Some("The plan was written yesterday and nothing changed".to_owned()),
    }
}

fn answers(plan: PlanId, happened: bool) -> Command {
    Command::AnswerTrigger { plan, happened }
}

/// The plan that is asked about, and whether each of its lines is met.
fn asked(app: &App) -> (PlanId, Vec<Option<bool>>) {
    let Stage::Revealed(revealed) = app.stage() else {
        panic!()
    };
    let (plan, lines) = app.plan_of(revealed).unwrap();
    (plan.terms().plan, lines.iter().map(PlanLine::met).collect())
}

fn state(app: &App, plan: PlanId) -> PlanState {
    let promises = app.state().promises();
    let plan = promises.plans().iter().find(|p| p.terms().plan == plan);
    promises.plan_state(plan.unwrap(), &seen(&app.now()))
}

#[test]
fn cross_needs_a_plan_that_is_an_hour_old_and_is_used_up_by_a_trade() {
    let (world, mut app, account) = World::with_account();
    let plan = write(&mut app, &plan(account, "10000"));
    world.wait(&mut app, HOUR - 1);
    assert_eq!(put_forward(&mut app, cross), "met");
    leave(&mut app);
    world.wait(&mut app, 1);
    revealed_with(&world, &mut app, cross);
    world.wait(&mut app, 6);
    let met = vec![None, Some(true), Some(true), Some(true)];
    assert_eq!(asked(&app), (plan, met));
    done(&mut app, answers(plan, true));
    done(&mut app, proceeds());
    assert_eq!(state(&app, plan), PlanState::Used);
    done(&mut app, Command::LeaveAudit);
    assert_eq!(put_forward(&mut app, cross), "met");
}

#[test]
fn a_backup_from_before_a_plan_was_used_does_not_bring_it_back() {
    let (world, mut app, plans) = on_the_table(&["10000"]);
    done(&mut app, Command::BackUp);
    let backup = app.backups().list()[0].path.clone();
    done(&mut app, answers(plans[0], true));
    done(&mut app, proceeds());
    assert_eq!(state(&app, plans[0]), PlanState::Used);
    done(&mut app, Command::LeaveAudit);
    done(&mut app, Command::LookAtBackup(backup.clone()));
    done(&mut app, Command::Restore(backup));
    assert!(app.state().promises().plans().is_empty());
    let mut app = world.restart(app);
    assert!(app.state().promises().plans().is_empty());
    // The audit itself stands where it stood in the backup, and goes on by no plan.
    done(&mut app, proceeds());
    assert_eq!(stage(&app), "met");
    assert_eq!(world.kinds().last().unwrap(), "promise.tried");
}

#[test]
fn a_trigger_that_is_not_answered_or_has_not_happened_stands_against_proceeding() {
    let (world, mut app, plans) = on_the_table(&["10000"]);
    let why = refused(&mut app, proceeds());
    assert_eq!(why, Refusal::NotNow(TRIGGER_NOT_ANSWERED));
    done(&mut app, answers(plans[0], false));
    let why = refused(&mut app, proceeds());
    assert_eq!(why, Refusal::NotNow(TRIGGER_NOT_MET));
    // Nothing that was said stands against doing nothing, and it is on record.
    done(&mut app, decide(Choice::DoNothing));
    let trigger = &world.last("audit.decided")["triggers"][0];
    assert_eq!(trigger["plan"], plans[0].to_string());
    assert_eq!(trigger["asked"], TRIGGER);
    assert_eq!(trigger["happened"], false);
    assert!(matches!(state(&app, plans[0]), PlanState::Allows(_)));
}

#[test]
fn what_was_said_of_a_trigger_counts_for_its_own_audit_alone_and_can_be_said_again() {
    let (world, mut app, plans) = on_the_table(&["10000"]);
    done(&mut app, answers(plans[0], false));
    done(&mut app, answers(plans[0], true));
    done(&mut app, decide(Choice::DoNothing));
    assert_eq!(world.last("audit.decided")["triggers"][0]["happened"], true);
    done(&mut app, Command::LeaveAudit);
    revealed_with(&world, &mut app, |draft| {
        cross(draft);
        "Funding turns negative for eight hours".clone_into(&mut draft.answers.wrong);
        "There are four more weeks in this quarter".clone_into(&mut draft.answers.nothing);
    });
    world.wait(&mut app, 6);
    let why = refused(&mut app, proceeds());
    assert_eq!(why, Refusal::NotNow(TRIGGER_NOT_ANSWERED));
    // A restart asks again as well.
    done(&mut app, answers(plans[0], true));
    let mut app = world.restart(app);
    let why = refused(&mut app, proceeds());
    assert_eq!(why, Refusal::NotNow(TRIGGER_NOT_ANSWERED));
}

#[test]
fn a_plan_whose_loss_limit_the_worst_case_breaks_allows_no_trade() {
    // All of 10,000 less the opening fee of 10 can be lost.
    let (_world, mut app, plans) = on_the_table(&["9989"]);
    done(&mut app, answers(plans[0], true));
    let why = refused(&mut app, proceeds());
    assert_eq!(why, Refusal::NotNow(PLAN_NOT_MET));
    done(&mut app, decide(Choice::DoNothing));
}

#[test]
fn of_two_plans_the_one_whose_lines_are_met_is_asked_about_and_used() {
    let (world, mut app, plans) = on_the_table(&["9989", "10000", "10000"]);
    let [narrow, first, second] = plans[..] else {
        panic!()
    };
    assert_eq!(asked(&app).0, first);
    // What the first one waits for has not happened; the second is another plan.
    done(&mut app, answers(first, false));
    assert_eq!(asked(&app).0, second);
    let why = refused(&mut app, answers(narrow, true));
    assert!(matches!(why, Refusal::NotNow(_)));
    done(&mut app, answers(second, true));
    done(&mut app, proceeds());
    assert_eq!(state(&app, second), PlanState::Used);
    for plan in [narrow, first] {
        assert!(matches!(state(&app, plan), PlanState::Allows(_)));
    }
    let triggers = world.last("audit.decided")["triggers"].clone();
    assert_eq!(triggers.as_array().unwrap().len(), 2);
    // And so it is after the lines were folded again.
    let app = world.restart(app);
    assert_eq!(state(&app, second), PlanState::Used);
}

#[test]
fn isolated_instead_needs_no_plan_and_no_trigger() {
    let (world, mut app, _) = on_the_table(&["10000"]);
    done(&mut app, isolated_instead());
    done(&mut app, decide(Choice::IsolatedInstead));
    assert!(world.last("audit.decided").get("triggers").is_none());
}

//! A journal as the app of version 0.1.0 wrote it, to be folded by every later version.

use std::path::{Path, PathBuf};

use impulse_audit::app::Command;
use impulse_audit::audit::{Choice, Question, TicketChange};
use impulse_audit::engine::{Backing, Mode, Side};
use impulse_audit::input::Field;
use impulse_audit::promises::{
    Action, Holds, Lock, LockEnd, LockState, LooseningRequested, PlanState, PlanTerms, PlanUse,
    Promise, PromiseCommand,
};
use impulse_audit::record::{AuditStop, Ending, PositionClosed, StopPlacement, seen};
use impulse_audit::waits::{WaitRule, WaitWhen};

use crate::common::*;
use crate::promises::{arm, armed, ask};
use impulse_audit::market::PlanId;

const HOUR: u64 = 3600;

fn golden(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journal_golden");
    folder.join(format!("v0.1.0-app.{name}"))
}

/// A day at the app that leaves a line of almost every kind.
fn a_day() -> World {
    let (world, mut app, account) = World::with_account();
    let plan = PlanTerms {
        plan: PlanId::fresh(),
        allows: PlanUse::Cross,
        account,
        account_name: "Main".to_owned(),
        symbol: "BTC/USDT".to_owned(),
        side: Side::Long,
        trigger: "If it closes above the range, then with the pool behind it".to_owned(),
        collateral: money("1000"),
        loss_limit: money("10000"),
        stop: price("96000"),
        legs: Vec::new(),
    };
    done(&mut app, ask(PromiseCommand::WritePlan(Box::new(plan))));
    arm(&mut app, armed(Promise::NoCross, Holds::For(4 * HOUR)));
    let mut draft = with_answers(with_ticket(begin(&mut app)));
    draft.ticket.choose_mode(Mode::Cross);
    done(&mut app, Command::Start(Box::new(draft)));
    assert_eq!(stage(&app), "met");
    done(&mut app, Command::LeaveAudit);
    world.wait(&mut app, HOUR);
    let mut draft = started(&mut app);
    draft.ticket.value.write(Field::Quantity, "0.3");
    done(&mut app, Command::Start(Box::new(draft.clone())));
    for (here, at) in [(true, 0), (false, 1), (true, 2)] {
        let at = app.now().up + std::time::Duration::from_secs(at);
        draft.looks.focus_changed(here, at);
    }
    "I would just know".clone_into(&mut draft.answers.wrong);
    assert!(app.check_answer(&mut draft, Question::Wrong).is_err());
    done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    done(&mut app, Command::Seal(Box::new(with_answers(draft))));
    world.wait(&mut app, 20);
    done(&mut app, Command::Extend);
    let change = TicketChange {
        mode: Mode::Isolated,
        quantity: quantity("0.2"),
        margin: None,
    };
    done(&mut app, Command::Lower(change));
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::Proceed));
    done(&mut app, Command::LeaveAudit);
    let mut open = eth(account);
    open.position.symbol = symbol("BTC/USDT");
    open.position.quantity = quantity("0.2");
    open.position.entry = price("100000");
    open.position.mark = price("100000");
    open.position.rules = flat("0.004");
    open.audit = app.state().unfollowed().next().map(|story| story.audit);
    open.position.backing = Backing::Isolated {
        margin: money("1000"),
    };
    done(&mut app, Command::OpenPosition(open.clone()));
    let (audit, stop) = (open.audit.unwrap(), StopPlacement::Mental);
    done(&mut app, Command::TellStop(AuditStop { audit, stop }));
    let pause = Promise::PauseAfterLiquidation { secs: 24 * HOUR };
    arm(&mut app, armed(pause, Holds::Always));
    let closed = PositionClosed {
        position: open.id,
        audit: None,
        price: price("90361.5"),
        wallet_balance: money("9000"),
        estimated: false,
        liquidated: true,
    };
    done(&mut app, Command::ClosePosition(closed));
    let rule = app.state().promises().locks()[0].id();
    done(
        &mut app,
        ask(PromiseCommand::Loosen(LooseningRequested::off(rule))),
    );
    // One wait is made stricter, another looser: each of these thresholds is a line's own.
    let stricter = wait(WaitWhen::Aroused { from: 2 }, HOUR / 3);
    arm(&mut app, armed(Promise::Wait(stricter), Holds::Always));
    let waits = app.state().promises().locks().iter();
    let waits: Vec<_> = waits
        .filter(|lock| lock.armed().promise.is_wait())
        .map(Lock::id)
        .collect();
    let looser = wait(WaitWhen::LookedAway { times: 5, away: 90 }, HOUR / 6);
    let (lock, to) = (
        waits[6],
        Some(Box::new(impulse_audit::app::wait_form::armed(
            looser,
            app.state(),
        ))),
    );
    done(
        &mut app,
        ask(PromiseCommand::Loosen(LooseningRequested { lock, to })),
    );
    world.wait(&mut app, 24 * HOUR);
    done(&mut app, ask(PromiseCommand::Confirm(rule)));
    done(&mut app, ask(PromiseCommand::Confirm(lock)));
    world
}

fn wait(when: WaitWhen, secs: u64) -> WaitRule {
    WaitRule { when, secs }
}

/// Writes it. Once for each released version, never again for the same one.
#[test]
#[ignore = "writes the golden journal of this version"]
fn write_the_golden_journal() {
    let world = a_day();
    let folders = folders();
    let lines = world.fs.content(folders.data.join("journal-0001.jsonl"));
    std::fs::write(golden("jsonl"), lines.unwrap()).unwrap();
    let head = world.fs.content(folders.head.join("head"));
    std::fs::write(golden("head"), head.unwrap()).unwrap();
}

#[test]
fn a_day_of_version_0_1_0_is_folded_for_ever() {
    let world = World::default();
    drop(world.app());
    let lines = std::fs::read(golden("jsonl")).unwrap();
    let count = String::from_utf8_lossy(&lines).lines().count();
    let folders = folders();
    world
        .fs
        .put(folders.data.join("journal-0001.jsonl"), &lines);
    let head = std::fs::read(golden("head")).unwrap();
    world.fs.put(folders.head.join("head"), &head);
    // Two days after its last line.
    world.clock.advance(std::time::Duration::from_hours(72));
    let app = world.app();
    assert!(app.is_sound(), "{:?}", app.findings());
    let state = app.state();
    assert_eq!((state.newer(), state.unreadable()), (0, 0));
    assert!(state.entries() >= count as u64);
    let account = &state.accounts()[0];
    assert_eq!(account.set.wallet_balance, money("9000"));
    assert!(account.positions.is_empty());
    // The try that a promise met, and the trade after it.
    let Some(Ending::Kept { wanted, .. }) = &state.newest_ended(1).unwrap().ending else {
        panic!("{:?}", state.newest_ended(1));
    };
    assert_eq!(*wanted, Action::Open);
    let traded = state.newest_ended(0).unwrap();
    let smaller = Choice::ProceedSmaller;
    assert_eq!(traded.decision().unwrap().choice, smaller);
    assert_eq!(traded.ticket.as_ref().unwrap().quantity, quantity("0.3"));
    assert_eq!(
        (traded.looks.times(), traded.stop),
        (1, Some(StopPlacement::Mental))
    );
    let shown = traded.revealed.as_ref().unwrap();
    assert!(shown.extended && shown.lowered.is_some());
    // All of the isolated margin.
    assert_eq!(traded.worst_case(), Some(money("1000")));
    let promises = state.promises();
    let now = seen(&app.now());
    let states: Vec<LockState> = promises
        .locks()
        .iter()
        .filter(|lock| !lock.armed().promise.is_wait())
        .map(|l| promises.state(l, &now))
        .collect();
    assert_eq!(
        states,
        [
            LockState::Ended(LockEnd::Loosened),
            LockState::InForce,
            LockState::InForce,
            LockState::Ended(LockEnd::RanOut),
            LockState::InForce,
        ]
    );
    let mut waits = promises.wait_rules(&now).into_iter().rev();
    let looser = wait(WaitWhen::LookedAway { times: 5, away: 90 }, HOUR / 6);
    let stricter = wait(WaitWhen::Aroused { from: 2 }, HOUR / 3);
    assert_eq!((waits.next(), waits.next()), (Some(looser), Some(stricter)));
    // The one that gave way is gone, the others hold as from the beginning.
    assert_eq!(waits.count(), 6);
    let plan = promises.plan_state(&promises.plans()[0], &now);
    assert!(matches!(plan, PlanState::Allows(_)), "{plan:?}");
    assert_eq!(promises.tries(), 1);
}

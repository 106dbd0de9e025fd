//! Promises at the app: what is asked of them, what they stand against, and what the journal
//! and its head hold of them.

use impulse_audit::app::{App, Command, Saving, Stage};
use impulse_audit::audit::Choice;
use impulse_audit::engine::{Backing, Intent, Mode};
use impulse_audit::input::Field;
use impulse_audit::market::PositionId;
use impulse_audit::promises::{
    AccountScope, Action, Armed, Holds, LockEnd, LockState, Promise, PromiseCommand, Scope, place,
};
use impulse_audit::record::{Ending, PositionChanged, PositionClosed, PositionOpened, seen};

use crate::common::*;
use impulse_audit::market::LockId;

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

pub(super) fn armed(promise: Promise, holds: Holds) -> Armed {
    Armed {
        lock: LockId::fresh(),
        promise,
        scope: Scope::default(),
        holds,
        words: "Fear is no new thesis".to_owned(),
        flat: false,
        audit: None,
    }
}

/// No cross at all, for a day.
pub(super) fn no_cross() -> Armed {
    armed(Promise::NoCross, Holds::For(DAY))
}

pub(super) fn always(promise: Promise) -> Armed {
    armed(promise, Holds::Always)
}

pub(super) fn ask(what: PromiseCommand) -> Command {
    Command::Promise(Box::new(what))
}

pub(super) fn arm(app: &mut App, armed: Armed) -> LockId {
    let lock = armed.lock;
    done(app, ask(PromiseCommand::Arm(Box::new(armed))));
    lock
}

fn state(app: &App, lock: LockId) -> LockState {
    let promises = app.state().promises();
    promises.state(promises.lock(lock).unwrap(), &seen(&app.now()))
}

/// BTC long 0.2 at 100,000, isolated with 1,000, at this mark.
pub(super) fn btc(account: impulse_audit::market::AccountId, mark: &str) -> PositionOpened {
    let mut open = eth(account);
    open.position.symbol = symbol("BTC/USDT");
    open.position.quantity = quantity("0.2");
    open.position.entry = price("100000");
    open.position.mark = price(mark);
    open.position.backing = Backing::Isolated {
        margin: money("1000"),
    };
    open.position.rules = flat("0.004");
    open
}

pub(super) fn close(position: PositionId, at: &str, liquidated: bool) -> Command {
    Command::ClosePosition(PositionClosed {
        position,
        audit: None,
        price: price(at),
        wallet_balance: money("9800"),
        estimated: true,
        liquidated,
    })
}

/// Puts a ticket forward and says where it led.
pub(super) fn put_forward(
    app: &mut App,
    change: impl FnOnce(&mut impulse_audit::audit::Draft),
) -> &'static str {
    let mut draft = with_answers(with_ticket(begin(app)));
    change(&mut draft);
    done(app, Command::Start(Box::new(draft)));
    stage(app)
}

pub(super) fn leave(app: &mut App) {
    if !matches!(app.stage(), Stage::Blocked(_)) {
        let draft = app.draft().unwrap().clone();
        done(app, walk(&draft));
    }
    done(app, Command::LeaveAudit);
}

#[test]
fn a_ticket_that_a_promise_stands_against_never_reaches_the_pause_and_is_a_decision() {
    let (world, mut app, _) = World::without_promises();
    arm(&mut app, armed(Promise::NoCross, Holds::For(DAY)));
    assert_eq!(
        put_forward(&mut app, |draft| draft.ticket.choose_mode(Mode::Cross)),
        "met"
    );
    assert_eq!(world.audit_kinds(), ["audit.started"]);
    let story = app.state().newest_ended(0).unwrap();
    let Some(Ending::Kept { wanted, .. }) = &story.ending else {
        panic!("{:?}", story.ending);
    };
    assert_eq!(*wanted, Action::Open);
    let Stage::Blocked(met) = app.stage() else {
        panic!()
    };
    assert_eq!(met.against[0].words, "Fear is no new thesis");
    assert!(met.against[0].flat);
    assert_eq!(met.seq, world.lines().last().unwrap()["seq"].as_u64());
    // What was typed stays, for another audit whose clock runs from here.
    done(&mut app, Command::BackToTicket);
    let mut draft = app.draft().unwrap().clone();
    assert_eq!(draft.ticket.value.text(Field::Symbol), "btc");
    assert_eq!(draft.started, app.now());
    draft.ticket.choose_mode(Mode::Isolated);
    done(&mut app, Command::Start(Box::new(draft)));
    assert_eq!(stage(&app), "pausing");
}

#[test]
fn a_lock_ends_by_itself_and_not_a_second_before() {
    let (world, mut app, _) = World::without_promises();
    let lock = arm(&mut app, armed(Promise::NoCross, Holds::For(4 * HOUR)));
    world.wait(&mut app, 4 * HOUR - 1);
    assert_eq!(state(&app, lock), LockState::InForce);
    let before = world.lines().len();
    world.wait(&mut app, 1);
    assert_eq!(state(&app, lock), LockState::Ended(LockEnd::RanOut));
    // No clean-up is needed: what is written says what the clocks say, and nothing else.
    let kinds = world.kinds();
    assert!(kinds[before..].iter().all(|kind| kind == "promise.clock"));
    let cross = |draft: &mut impulse_audit::audit::Draft| draft.ticket.choose_mode(Mode::Cross);
    assert_eq!(put_forward(&mut app, cross), "pausing");
}

#[test]
fn a_clock_set_forward_ends_nothing_not_even_across_a_reboot_once_it_was_seen() {
    let (world, mut app, _) = World::without_promises();
    let lock = arm(&mut app, armed(Promise::NoCross, Holds::For(DAY)));
    world.clock.advance_wall(chrono::TimeDelta::days(300));
    world.wait(&mut app, 60);
    assert_eq!(state(&app, lock), LockState::InForce);
    // Something is written while the clock stands wrong, and the machine starts anew.
    let set = account("Other", "5000");
    done(&mut app, Command::SetAccount(set));
    assert!(world.kinds().contains(&"clock.jump".to_owned()));
    drop(app);
    world.clock.reboot();
    world.clock.advance(std::time::Duration::from_secs(30));
    let mut app = world.app();
    assert_eq!(state(&app, lock), LockState::InForce);
    world.wait(&mut app, DAY - 60);
    assert_eq!(state(&app, lock), LockState::Ended(LockEnd::RanOut));
}

#[test]
fn deleting_the_journal_drops_no_lock_before_and_after_the_loss_is_accepted() {
    let (world, mut app, _) = World::without_promises();
    let lock = arm(&mut app, armed(Promise::NoCross, Holds::For(DAY)));
    world.wait(&mut app, HOUR);
    drop(app);
    for path in world.fs.files() {
        if path.extension().is_some_and(|e| e == "jsonl") {
            world.fs.delete(&path);
        }
    }
    let mut app = world.app();
    assert!(app.is_read_only());
    assert_eq!(state(&app, lock), LockState::InForce);
    done(&mut app, Command::AcceptLoss);
    assert_eq!(state(&app, lock), LockState::InForce);
    let app = world.restart(app);
    assert_eq!(state(&app, lock), LockState::InForce);
    let promises = app.state().promises();
    let left = promises.left(promises.lock(lock).unwrap(), &seen(&app.now()));
    assert_eq!(left, Some(DAY - HOUR));
}

#[test]
fn closing_and_opening_again_in_cross_within_a_day_is_the_switch() {
    let (world, mut app, account) = World::without_promises();
    let open = btc(account, "100000");
    done(&mut app, Command::OpenPosition(open.clone()));
    arm(&mut app, armed(Promise::NoSwitchToCross, Holds::For(DAY)));
    done(&mut app, close(open.id, "101000", false));
    let cross = |draft: &mut impulse_audit::audit::Draft| draft.ticket.choose_mode(Mode::Cross);
    assert_eq!(put_forward(&mut app, cross), "met");
    leave(&mut app);
    assert_eq!(put_forward(&mut app, |_| {}), "pausing", "isolated is not");
    leave(&mut app);
    world.wait(&mut app, DAY);
    assert_eq!(put_forward(&mut app, cross), "pausing");
}

#[test]
fn adding_margin_is_the_switch_too_and_reducing_never_is() {
    let (_world, mut app, account) = World::without_promises();
    let open = btc(account, "99000");
    done(&mut app, Command::OpenPosition(open.clone()));
    let mut promise = armed(Promise::NoSwitchToCross, Holds::For(DAY));
    promise.scope = Scope {
        account: Some(AccountScope {
            id: account,
            place: place("Binance", "USDT"),
            name: "Main".to_owned(),
        }),
        symbol: Some("BTC/USDT".to_owned()),
    };
    arm(&mut app, promise);
    for (intent, size, expected) in [
        (Intent::AddMargin, "", "met"),
        (Intent::SwitchMode, "", "met"),
        (Intent::Reduce, "0.1", "pausing"),
        (Intent::Close, "", "pausing"),
    ] {
        let led = put_forward(&mut app, |draft| {
            draft.ticket.intent = intent;
            draft.ticket.position = Some(open.id);
            draft.ticket.value.write(Field::Symbol, "");
            draft.ticket.value.write(Field::Leverage, "");
            draft.ticket.value.write(Field::Quantity, size);
            let margin = if intent == Intent::AddMargin {
                "400"
            } else {
                ""
            };
            draft.ticket.value.write(Field::Margin, margin);
            let price = if size.is_empty() && intent != Intent::Close {
                ""
            } else {
                "99000"
            };
            draft.ticket.value.write(Field::Entry, price);
        });
        assert_eq!(led, expected, "{intent:?}");
        leave(&mut app);
    }
}

#[test]
fn what_is_recorded_by_hand_under_a_lock_is_taken_and_written_down() {
    let (world, mut app, account) = World::without_promises();
    let open = btc(account, "99000");
    done(&mut app, Command::OpenPosition(open.clone()));
    arm(&mut app, armed(Promise::NoSwitchToCross, Holds::For(DAY)));
    let change = PositionChanged {
        position: open.id,
        audit: None,
        mark: None,
        quantity: None,
        entry: None,
        backing: Some(Backing::Cross),
        leverage: None,
    };
    done(&mut app, Command::ChangePosition(change));
    let noted = world.last("promise.breached");
    assert_eq!(noted["what"], "BTC/USDT switched from isolated to cross");
    let (_, held) = app.state().position(open.id).unwrap();
    assert_eq!(held.position.backing, Backing::Cross);
}

#[test]
fn a_pause_follows_a_loss_and_a_longer_one_a_liquidation() {
    let (world, mut app, account) = World::without_promises();
    let pause = Promise::PauseAfterLoss { secs: HOUR };
    arm(&mut app, armed(pause, Holds::Always));
    let liquidation = Promise::PauseAfterLiquidation { secs: DAY };
    arm(&mut app, armed(liquidation, Holds::Always));
    let won = btc(account, "100000");
    done(&mut app, Command::OpenPosition(won.clone()));
    done(&mut app, close(won.id, "101000", false));
    assert_eq!(put_forward(&mut app, |_| {}), "pausing");
    leave(&mut app);
    let lost = btc(account, "100000");
    done(&mut app, Command::OpenPosition(lost.clone()));
    done(&mut app, close(lost.id, "99000", false));
    assert_eq!(put_forward(&mut app, |_| {}), "met");
    leave(&mut app);
    world.wait(&mut app, HOUR);
    assert_eq!(put_forward(&mut app, |_| {}), "pausing");
    leave(&mut app);
    let gone = btc(account, "100000");
    done(&mut app, Command::OpenPosition(gone.clone()));
    done(&mut app, close(gone.id, "90361.5", true));
    world.wait(&mut app, DAY - 1);
    assert_eq!(put_forward(&mut app, |_| {}), "met");
    leave(&mut app);
    world.wait(&mut app, 1);
    assert_eq!(put_forward(&mut app, |_| {}), "pausing");
}

#[test]
fn no_more_opens_than_promised_and_no_more_leverage() {
    let (world, mut app, _) = World::without_promises();
    let opens = Promise::MaxOpens {
        opens: 1,
        per: impulse_audit::promises::Period::Day,
    };
    arm(&mut app, armed(opens, Holds::Always));
    let leverage = Promise::MaxLeverage {
        isolated: Some(decimal("20")),
        cross: None,
    };
    arm(&mut app, armed(leverage, Holds::Always));
    let higher = |draft: &mut impulse_audit::audit::Draft| {
        draft.ticket.value.write(Field::Leverage, "21");
    };
    assert_eq!(put_forward(&mut app, higher), "met");
    leave(&mut app);
    revealed(&world, &mut app);
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::Proceed));
    done(&mut app, Command::LeaveAudit);
    assert_eq!(put_forward(&mut app, |_| {}), "met");
    leave(&mut app);
    world.wait(&mut app, DAY);
    assert_eq!(put_forward(&mut app, |_| {}), "pausing");
}

#[test]
fn two_promises_armed_at_once_both_stand_in_the_head() {
    let (world, mut app, _) = World::without_promises();
    let first = armed(Promise::NoCross, Holds::For(DAY));
    let second = armed(Promise::NoSwitchToCross, Holds::For(DAY));
    let locks = [first.lock, second.lock];
    app.send(ask(PromiseCommand::Arm(Box::new(first)))).unwrap();
    app.send(ask(PromiseCommand::Arm(Box::new(second))))
        .unwrap();
    app.settle();
    drop(app);
    for path in world.fs.files() {
        if path.extension().is_some_and(|e| e == "jsonl") {
            world.fs.delete(&path);
        }
    }
    let app = world.app();
    for lock in locks {
        assert_eq!(state(&app, lock), LockState::InForce);
    }
}

#[test]
fn a_restart_before_a_promise_gives_the_next_audit_no_head_start() {
    let (world, mut app, _) = World::without_promises();
    arm(&mut app, armed(Promise::NoCross, Holds::For(DAY)));
    let cross = |draft: &mut impulse_audit::audit::Draft| draft.ticket.choose_mode(Mode::Cross);
    assert_eq!(put_forward(&mut app, cross), "met");
    world.wait(&mut app, 900);
    let app = world.restart(app);
    let draft = app.draft().unwrap();
    assert_eq!(draft.ticket.value.text(Field::Symbol), "btc");
    assert_eq!(draft.started, app.now());
}

/// What ended is written down as soon as it can be; while the disk refuses, the window rests.
#[test]
fn a_disk_that_refuses_keeps_nobody_awake_for_a_lock_that_is_over() {
    let (world, mut app, _) = World::with_account();
    arm(&mut app, armed(Promise::NoCross, Holds::For(60)));
    world.fs.refuse_from_now(std::io::ErrorKind::StorageFull);
    world.wait(&mut app, 120);
    assert!(matches!(app.saving(), Saving::NotSaved(_)));
    let wake = app.next_wake();
    assert!(wake.is_none_or(|wake| wake.as_secs() >= 1), "{wake:?}");
    world.fs.heal();
    done(&mut app, Command::TryAgain);
    assert!(matches!(app.saving(), Saving::Quiet));
    assert!(world.kinds().contains(&"promise.clock".to_owned()));
}

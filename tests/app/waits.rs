//! What a real wait is for, and that nothing shortens it.

use std::time::Duration;

use chrono::TimeDelta;
use impulse_audit::app::{App, Command};
use impulse_audit::audit::{Arousal, Draft, Tag};
use impulse_audit::engine::{Intent, Mode};
use impulse_audit::input::Field;
use impulse_audit::market::LockId;
use impulse_audit::promises::{Armed, Holds, Promise, PromiseCommand, Scope};
use impulse_audit::record::PositionClosed;
use impulse_audit::waits::{WaitRule, WaitWhen};
use serde_json::json;

use crate::common::*;
use crate::held::sealed_about;

const MINUTE: u64 = 60;
const QUARTER: u64 = 15 * MINUTE;

/// The wait as it was written down with the seal.
fn written(world: &World) -> (Vec<String>, u64) {
    let wait = world.last("audit.sealed")["wait"].clone();
    let reasons = wait["reasons"].as_array().unwrap().iter();
    let reasons = reasons.map(|reason| reason.as_str().unwrap().to_owned());
    (reasons.collect(), wait["seconds"].as_u64().unwrap())
}

/// Sealed at once, it waits for these reasons: no number a second before, and all of them then.
#[track_caller]
fn waits_for(world: &World, app: &mut App, reasons: &[&str]) {
    let seconds = if reasons.is_empty() { 20 } else { QUARTER };
    assert_eq!(
        written(world),
        (reasons.iter().map(|r| (*r).to_owned()).collect(), seconds)
    );
    world.wait(app, seconds - 1);
    assert_eq!(stage(app), "sealed", "{reasons:?}");
    assert!(!world.kinds().contains(&"audit.revealed".to_owned()));
    world.wait(app, 1);
    assert_eq!(stage(app), "revealed", "{reasons:?}");
}

fn arousal(draft: &mut Draft, of: u8) {
    draft.arousal = Some(Arousal::try_from(of).unwrap());
}

#[test]
fn an_ordinary_open_waits_twenty_seconds_and_an_aroused_one_a_quarter_of_an_hour() {
    for (of, reasons) in [
        (0, &[][..]),
        (1, &[]),
        (2, &[]),
        (3, &["aroused"]),
        (4, &["aroused"]),
    ] {
        let (world, mut app, _) = World::with_account();
        sealed_with(&mut app, |draft| arousal(draft, of));
        waits_for(&world, &mut app, reasons);
    }
}

#[test]
fn revenge_and_chasing_wait_and_no_other_tag_does() {
    for tag in Tag::ALL {
        let (world, mut app, _) = World::with_account();
        sealed_with(&mut app, |draft| draft.tags = [tag].into());
        let driven = matches!(tag, Tag::Revenge | Tag::Chasing);
        let reasons: &[&str] = if driven { &["revenge_or_chasing"] } else { &[] };
        waits_for(&world, &mut app, reasons);
    }
}

/// Closes what is open in the account, at this price.
fn closes(app: &mut App, at: &str, liquidated: bool) {
    let position = app.state().accounts()[0].positions[0].id();
    let closed = PositionClosed {
        position,
        audit: None,
        price: price(at),
        wallet_balance: money("9900"),
        estimated: false,
        liquidated,
    };
    done(app, Command::ClosePosition(closed));
}

/// An open so long after a position was closed: ETH long 5 from 2,000.
fn opens_after(at: &str, liquidated: bool, seconds: u64) -> (World, App) {
    let (world, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(account)));
    closes(&mut app, at, liquidated);
    world.wait(&mut app, seconds);
    sealed(&mut app);
    (world, app)
}

#[test]
fn a_loss_or_a_liquidation_logged_within_the_last_hour_is_waited_for() {
    for (at, liquidated, seconds, waits) in [
        ("1999", false, 0, true),
        ("1999", false, 60 * MINUTE - 1, true),
        ("1999", false, 60 * MINUTE, false),
        ("2001", false, 0, false),
        ("2000", false, 0, false),
        // By the venue, whatever it says of the price.
        ("2001", true, 60 * MINUTE - 1, true),
    ] {
        let (world, mut app) = opens_after(at, liquidated, seconds);
        let reasons: &[&str] = if waits { &["recent_loss"] } else { &[] };
        waits_for(&world, &mut app, reasons);
    }
}

#[test]
fn a_clock_set_forward_makes_no_loss_older() {
    let (world, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(account)));
    closes(&mut app, "1999", false);
    world.clock.advance_wall(TimeDelta::days(3));
    let mut app = world.restart(app);
    sealed(&mut app);
    waits_for(&world, &mut app, &["recent_loss"]);
}

#[test]
fn three_looks_away_or_a_minute_of_them_are_waited_for() {
    for (away, waits) in [
        (&[1, 1][..], false),
        (&[1, 1, 1], true),
        (&[59], false),
        (&[60], true),
        (&[30, 30], true),
        (&[30, 29], false),
    ] {
        let (world, mut app, _) = World::with_account();
        let mut draft = started(&mut app);
        let mut at = Duration::ZERO;
        draft.looks.focus_changed(true, at);
        for seconds in away {
            draft.looks.focus_changed(false, at);
            at += Duration::from_secs(*seconds);
            draft.looks.focus_changed(true, at);
        }
        done(&mut app, Command::Seal(Box::new(with_answers(draft))));
        let reasons: &[&str] = if waits { &["looked_away"] } else { &[] };
        waits_for(&world, &mut app, reasons);
    }
}

#[test]
fn reasons_that_come_together_are_all_written_down_and_waited_for_once() {
    let (world, mut app) = sealed_about(Intent::AddMargin, |draft| {
        draft.ticket.value.write(Field::Margin, "400");
        arousal(draft, 4);
        draft.tags = [Tag::Revenge, Tag::Tired].into();
    });
    waits_for(
        &world,
        &mut app,
        &["rescue", "aroused", "revenge_or_chasing"],
    );
}

#[test]
fn what_takes_off_risk_never_waits_however_she_is() {
    for intent in [Intent::Reduce, Intent::Close] {
        let (world, app) = sealed_about(intent, |draft| {
            draft.ticket.value.write(Field::Entry, "99000");
            draft.ticket.value.write(Field::Quantity, "0.1");
            arousal(draft, 4);
            draft.tags = [Tag::Revenge, Tag::Chasing].into();
        });
        assert_eq!(stage(&app), "revealed", "{intent:?}");
        assert_eq!(written(&world), (Vec::new(), 0));
    }
    let (world, mut app, account) = World::with_account();
    let open = eth(account);
    let position = open.id;
    done(&mut app, Command::OpenPosition(open));
    let mut draft = with_answers(with_state(begin(&mut app)));
    arousal(&mut draft, 4);
    draft.ticket.intent = Intent::SwitchMode;
    draft.ticket.position = Some(position);
    draft.ticket.value.write(Field::Margin, "2000");
    "1900".clone_into(&mut draft.answers.invalidation);
    "100".clone_into(&mut draft.answers.accepted);
    done(&mut app, Command::Start(Box::new(draft.clone())));
    done(&mut app, Command::Seal(Box::new(draft)));
    assert_eq!(stage(&app), "revealed", "cross → isolated");
    assert_eq!(written(&world), (Vec::new(), 0));
    // Nor is it held up behind the numbers, or asked for a sentence.
    done(&mut app, decide(impulse_audit::audit::Choice::Proceed));
    assert_eq!(stage(&app), "ended");
}

/// A promise that is armed now and always holds.
fn armed_wait(when: WaitWhen, secs: u64) -> Command {
    Command::Promise(Box::new(PromiseCommand::Arm(Box::new(Armed {
        lock: LockId::fresh(),
        promise: Promise::Wait(WaitRule { when, secs }),
        scope: Scope::default(),
        holds: Holds::Always,
        words: String::new(),
        flat: true,
        audit: None,
    }))))
}

#[test]
fn a_threshold_that_is_made_stricter_counts_at_once_beside_the_one_before() {
    for (of, seconds) in [(1, 20), (2, 10 * MINUTE), (3, QUARTER), (4, QUARTER)] {
        let (world, mut app, _) = World::with_account();
        let earlier = WaitWhen::Aroused { from: 2 };
        done(&mut app, armed_wait(earlier, 10 * MINUTE));
        sealed_with(&mut app, |draft| arousal(draft, of));
        assert_eq!(written(&world).1, seconds, "{of}");
    }
    let (world, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(account)));
    closes(&mut app, "1999", false);
    let longer = WaitWhen::RecentLoss {
        within: 3 * 60 * MINUTE,
    };
    done(&mut app, armed_wait(longer, QUARTER));
    world.wait(&mut app, 3 * 60 * MINUTE - 1);
    sealed(&mut app);
    waits_for(&world, &mut app, &["recent_loss"]);
    assert_eq!(
        world.last("audit.sealed")["wait"]["within"],
        3 * 60 * MINUTE
    );
}

/// BTC long 0.2 from 100,000: an increase at `price` while it stands at `mark`.
fn increases(price: &str, mark: &str) -> (World, App) {
    sealed_about(Intent::Increase, |draft| {
        draft.ticket.value.write(Field::Entry, price);
        draft.ticket.value.write(Field::Mark, mark);
        draft.ticket.value.write(Field::Quantity, "0.1");
        draft.ticket.value.write(Field::Leverage, "20");
        "90000".clone_into(&mut draft.answers.invalidation);
        draft.ticket.choose_mode(Mode::Isolated);
    })
}

#[test]
fn an_increase_is_judged_by_the_worse_of_the_price_now_and_the_one_it_names() {
    for (price, mark, waits) in [
        ("101000", "102000", false),
        ("100000", "100000", false),
        ("99000", "102000", true),
        ("101000", "99000", true),
        ("99000", "98000", true),
    ] {
        let (world, mut app) = increases(price, mark);
        let reasons: &[&str] = if waits {
            &["increase_while_losing"]
        } else {
            &[]
        };
        waits_for(&world, &mut app, reasons);
    }
}

#[test]
fn what_was_written_slowly_is_waited_for_already() {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_ticket(begin(&mut app));
    arousal(&mut draft, 3);
    done(&mut app, Command::Start(Box::new(draft)));
    world.wait(&mut app, 14 * MINUTE);
    let draft = with_answers(app.draft().unwrap().clone());
    done(&mut app, Command::Seal(Box::new(draft)));
    world.wait(&mut app, MINUTE - 1);
    assert_eq!(stage(&app), "sealed");
    world.wait(&mut app, 1);
    assert_eq!(stage(&app), "revealed");
}

/// An aroused audit, sealed five minutes after its first screen: ten are left.
fn ten_minutes_left() -> (World, App) {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_ticket(begin(&mut app));
    arousal(&mut draft, 4);
    done(&mut app, Command::Start(Box::new(draft)));
    world.wait(&mut app, 5 * MINUTE);
    let draft = with_answers(app.draft().unwrap().clone());
    done(&mut app, Command::Seal(Box::new(draft)));
    (world, app)
}

#[track_caller]
fn ten_minutes_it_is(world: &World, mut app: App) {
    assert_eq!(stage(&app), "sealed");
    world.wait(&mut app, 10 * MINUTE - 1);
    assert_eq!(stage(&app), "sealed");
    world.wait(&mut app, 1);
    assert_eq!(stage(&app), "revealed");
}

#[test]
fn a_wall_clock_that_is_set_shortens_no_wait_nor_lengthens_it() {
    for by in [TimeDelta::days(2), TimeDelta::days(-2)] {
        let (world, app) = ten_minutes_left();
        world.clock.advance_wall(by);
        ten_minutes_it_is(&world, app);
        let (world, app) = ten_minutes_left();
        world.clock.advance_wall(by);
        ten_minutes_it_is(&world, world.restart(app));
    }
}

#[test]
fn across_boots_the_time_off_counts_and_a_clock_set_back_credits_nothing() {
    let (world, app) = ten_minutes_left();
    drop(app);
    world.clock.advance_wall(TimeDelta::minutes(4));
    world.clock.reboot();
    let mut app = world.app();
    world.wait(&mut app, 6 * MINUTE - 1);
    assert_eq!(stage(&app), "sealed");
    world.wait(&mut app, 1);
    assert_eq!(stage(&app), "revealed");

    let (world, app) = ten_minutes_left();
    drop(app);
    world.clock.advance_wall(TimeDelta::days(-400));
    world.clock.reboot();
    // It waits anew, and it ends: by the time that the machine is on.
    ten_minutes_it_is(&world, world.app());
}

#[test]
fn a_clock_set_back_for_the_seal_and_set_right_behind_a_boot_shortens_nothing() {
    let (world, mut app, _) = World::with_account();
    world.clock.advance_wall(TimeDelta::hours(-4));
    sealed_with(&mut app, |draft| arousal(draft, 4));
    drop(app);
    world.clock.advance_wall(TimeDelta::hours(4));
    world.clock.advance_wall(TimeDelta::minutes(2));
    world.clock.reboot();
    let mut app = world.app();
    world.wait(&mut app, 13 * MINUTE - 1);
    assert_eq!(stage(&app), "sealed");
    world.wait(&mut app, 1);
    assert_eq!(stage(&app), "revealed");
}

#[test]
fn the_wait_is_the_one_that_was_written_down_whatever_was_logged_since() {
    let (world, mut app) = opens_after("1999", false, 59 * MINUTE);
    assert_eq!(written(&world).0, ["recent_loss"]);
    // The loss is older than an hour by now; the wait that began with it goes on.
    world.wait(&mut app, 5 * MINUTE);
    let mut app = world.restart(app);
    assert_eq!(stage(&app), "sealed");
    world.wait(&mut app, 10 * MINUTE);
    assert_eq!(stage(&app), "revealed");
    assert_eq!(
        world.last("audit.sealed")["wait"],
        json!({"reasons": ["recent_loss"], "seconds": 900, "within": 3600})
    );
}

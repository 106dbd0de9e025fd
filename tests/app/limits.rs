//! Limits at the app: what counts as lost, what is at stake, the hours of the local clock.

use chrono::NaiveTime;
use impulse_audit::app::{App, Command};
use impulse_audit::audit::Draft;
use impulse_audit::engine::{Backing, Intent, Mode, Side};
use impulse_audit::input::Field;
use impulse_audit::market::{AccountId, Position, PositionId};
use impulse_audit::promises::{
    AccountScope, Armed, Days, Hours, LossLimit, Period, Promise, Scope, WEEK, place,
};
use impulse_audit::record::{PositionChanged, PositionOpened};

use crate::common::*;
use crate::promises::{always, arm, btc, close};

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

fn at_stake(most: &str) -> Promise {
    Promise::MaxAtStake {
        amount: money(most),
        collateral: "USDT".to_owned(),
    }
}

fn lost(most: LossLimit) -> Promise {
    Promise::MaxLoss {
        most,
        per: Period::Day,
    }
}

fn usdt(amount: &str) -> LossLimit {
    LossLimit::Money {
        amount: money(amount),
        collateral: "USDT".to_owned(),
    }
}

fn isolated(margin: &str) -> Backing {
    Backing::Isolated {
        margin: money(margin),
    }
}

fn open(app: &mut App, opened: PositionOpened) -> PositionId {
    let position = opened.id;
    done(app, Command::OpenPosition(opened));
    position
}

/// A ticket about an open position.
fn about(position: PositionId, intent: Intent, margin: &str) -> impl Fn(&mut Draft) {
    move |draft| {
        draft.ticket.intent = intent;
        draft.ticket.position = Some(position);
        draft.ticket.value.write(Field::Symbol, "");
        draft.ticket.value.write(Field::Entry, "");
        draft.ticket.value.write(Field::Quantity, "");
        draft.ticket.value.write(Field::Leverage, "");
        draft.ticket.value.write(Field::Margin, margin);
    }
}

/// With these positions open: the most at stake that meets a ticket, and one that does not.
#[track_caller]
fn reaches(
    positions: impl Fn(AccountId) -> Vec<PositionOpened>,
    change: impl Fn(&[PositionId], &mut Draft),
    (met_at, passes_at): (&str, &str),
) {
    for (most, met) in [(met_at, true), (passes_at, false)] {
        let (_world, mut app, account) = World::without_promises();
        let opened = positions(account).into_iter();
        let ids: Vec<PositionId> = opened.map(|opened| open(&mut app, opened)).collect();
        arm(&mut app, always(at_stake(most)));
        let led = meets(&mut app, |draft| change(&ids, draft));
        assert_eq!(led, met, "at most {most}");
    }
}

/// ETH long 5 at 2,000, marked at 2,100, isolated with 1,000: 1,500 are left of it.
fn eth_alone(account: AccountId) -> PositionOpened {
    crate::common::opened_as(eth(account), |was| Position {
        backing: isolated("1000"),
        ..was
    })
}

#[test]
fn what_is_at_stake_is_what_is_left_of_each_margin() {
    // 1,500 of the open one, and the 1,000 of the ticket.
    reaches(
        |account| vec![eth_alone(account)],
        |_, _| {},
        ("2499.99", "2500"),
    );
}

#[test]
fn margin_that_is_added_and_a_switch_to_cross_put_more_at_stake() {
    reaches(
        |account| vec![eth_alone(account)],
        |ids, draft| about(ids[0], Intent::AddMargin, "400")(draft),
        ("1899", "1900"),
    );
    // In cross the whole pool of 10,000 stands behind it, with the 500 it gains: that is all
    // that its price can take.
    reaches(
        |account| vec![eth_alone(account)],
        |ids, draft| {
            about(ids[0], Intent::SwitchMode, "")(draft);
            draft.ticket.choose_mode(Mode::Cross);
        },
        ("10499", "10500"),
    );
}

#[test]
fn a_price_takes_no_more_than_a_long_is_worth_and_without_end_from_a_short() {
    let cross = |draft: &mut Draft| draft.ticket.choose_mode(Mode::Cross);
    // 0.02 BTC at 100,000 are 2,000.
    let small = move |_: &[PositionId], draft: &mut Draft| {
        cross(draft);
        draft.ticket.value.write(Field::Quantity, "0.02");
    };
    reaches(|_| Vec::new(), small, ("1999", "2000"));
    let short = move |ids: &[PositionId], draft: &mut Draft| {
        small(ids, draft);
        draft.ticket.choose_side(Side::Short);
        "104000".clone_into(&mut draft.answers.invalidation);
    };
    // The pool of 10,000 less what opening costs: 0.05 % of 2,000.
    reaches(|_| Vec::new(), short, ("9998", "9999"));
}

#[test]
fn isolated_out_of_a_pool_that_is_at_stake_already_puts_nothing_more_at_stake() {
    let (_world, mut app, account) = World::without_promises();
    let pool = crate::common::opened_as(eth(account), |was| Position {
        side: Side::Short,
        ..was
    });
    open(&mut app, pool);
    arm(&mut app, always(at_stake("100")));
    // All of the pool is more than was promised, and it stays all of it.
    assert!(!meets(&mut app, |_| {}));
}

#[test]
fn closes_reduces_and_liquidations_count_as_lost_and_profits_are_not_set_against_them() {
    let (world, mut app, account) = World::without_promises();
    arm(&mut app, always(lost(usdt("1600"))));
    // 0.2 reduced to 0.1 at a mark of 99,000: 100 of 200 are lost.
    let first = open(&mut app, btc(account, "99000"));
    let reduced = PositionChanged {
        leverage: None,
        position: first,
        audit: None,
        mark: None,
        quantity: Some(quantity("0.1")),
        entry: None,
        backing: Some(isolated("500")),
    };
    done(&mut app, Command::ChangePosition(reduced));
    // 500 lost with the rest: no more than its margin, whatever the price.
    done(&mut app, close(first, "90000", false));
    // A profit of 1,000.
    let won = open(&mut app, btc(account, "100000"));
    done(&mut app, close(won, "105000", false));
    // The venue takes all of the 999.99.
    let gone = crate::common::opened_as(btc(account, "100000"), |was| Position {
        backing: isolated("999.99"),
        ..was
    });
    let gone = open(&mut app, gone);
    done(&mut app, close(gone, "95500", true));
    assert!(!meets(&mut app, |_| {}), "1,599.99 are lost");
    let last = open(&mut app, btc(account, "100000"));
    done(&mut app, close(last, "99999.95", false));
    assert!(meets(&mut app, |_| {}), "1,600 are lost");
    // The reduce was logged first, and is over first.
    world.wait(&mut app, DAY);
    assert!(!meets(&mut app, |_| {}));
}

#[test]
fn a_followed_reduce_counts_at_the_price_that_was_decided() {
    let (world, mut app, account) = World::without_promises();
    let position = open(&mut app, btc(account, "100000"));
    arm(&mut app, always(lost(usdt("200"))));
    let mut draft = with_answers(with_ticket(begin(&mut app)));
    about(position, Intent::Reduce, "")(&mut draft);
    draft.ticket.value.write(Field::Quantity, "0.1");
    draft.ticket.value.write(Field::Entry, "98000");
    let audit = draft.audit;
    done(&mut app, Command::Start(Box::new(draft.clone())));
    done(&mut app, Command::Seal(Box::new(draft)));
    done(&mut app, decide(impulse_audit::audit::Choice::Proceed));
    done(&mut app, Command::LeaveAudit);
    let followed = PositionChanged {
        leverage: None,
        position,
        audit: Some(audit),
        mark: None,
        quantity: Some(quantity("0.1")),
        entry: None,
        backing: Some(isolated("500")),
    };
    done(&mut app, Command::ChangePosition(followed));
    // 0.1 from 100,000 to 98,000.
    let eth = |draft: &mut Draft| {
        draft.ticket.value.write(Field::Symbol, "eth");
        draft.ticket.value.write(Field::Rate, "0.5");
    };
    assert!(meets(&mut app, eth));
    drop(world);
}

#[test]
fn a_percentage_is_of_what_was_held_a_day_before_and_no_edit_of_the_wallet_loosens_it() {
    let (world, mut app, account) = World::without_promises();
    let main = Scope {
        account: Some(AccountScope {
            id: account,
            place: place("Binance", "USDT"),
            name: "Main".to_owned(),
        }),
        symbol: None,
    };
    let promise = Armed {
        scope: main,
        ..always(lost(LossLimit::Percent(decimal("2"))))
    };
    arm(&mut app, promise);
    let wallet = |app: &mut App, balance: &str| {
        let mut set = app.state().account(account).unwrap().set.clone();
        set.wallet_balance = money(balance);
        done(app, Command::SetAccount(set));
    };
    // 10,000 are known since a day. A million comes in before the loss of 200.
    wallet(&mut app, "1000000");
    assert!(!meets(&mut app, |_| {}));
    let position = open(&mut app, btc(account, "100000"));
    done(&mut app, close(position, "99000", false));
    assert!(meets(&mut app, |_| {}), "200 are two percent of 10,000");
    wallet(&mut app, "2000000");
    assert!(meets(&mut app, |_| {}));
    let mut app = world.restart(app);
    assert!(meets(&mut app, |_| {}));
    // Another account of that place is another name for it.
    let other = account_of(&mut app, "Other");
    let by_it = move |draft: &mut Draft| draft.ticket.account = Some(other);
    assert!(meets(&mut app, by_it));
    world.wait(&mut app, DAY);
    assert!(!meets(&mut app, |_| {}));
}

fn account_of(app: &mut App, name: &str) -> AccountId {
    let set = account(name, "1000000");
    let id = set.account;
    done(app, Command::SetAccount(set));
    id
}

#[test]
fn losses_in_a_row_stop_the_app_until_midnight_and_a_win_between_them_does_not() {
    let (world, mut app, account) = World::without_promises();
    arm(&mut app, always(Promise::MaxLossesInARow { losses: 2 }));
    let one = |app: &mut App, at: &str| {
        let position = open(app, btc(account, "100000"));
        done(app, close(position, at, false));
    };
    one(&mut app, "99000");
    one(&mut app, "101000");
    one(&mut app, "99000");
    assert!(!meets(&mut app, |_| {}));
    one(&mut app, "99000");
    assert!(meets(&mut app, |_| {}));
    // It is half past two in the afternoon in UTC.
    world.wait(&mut app, 9 * HOUR + 30 * 60 - 1);
    assert!(meets(&mut app, |_| {}));
    world.wait(&mut app, 1);
    assert!(!meets(&mut app, |_| {}));
}

#[test]
fn neither_a_clock_that_is_set_nor_another_zone_opens_the_hours() {
    let (world, mut app, _) = World::without_promises();
    let hours = Hours {
        days: Days::from(WEEK.to_vec()),
        from: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
        to: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
    };
    arm(&mut app, always(Promise::TradingHours(hours)));
    // Half past two in UTC: half past nine in New York, ten o'clock by a clock set forward.
    assert!(meets(&mut app, |_| {}));
    world.clock.set_zone("America/New_York");
    assert!(meets(&mut app, |_| {}));
    world
        .clock
        .advance_wall(chrono::TimeDelta::minutes(19 * 60 + 30));
    assert!(meets(&mut app, |_| {}));
    let mut app = world.restart(app);
    assert!(meets(&mut app, |_| {}));
    // A day behind the change New York counts alone.
    world.wait(&mut app, DAY);
    assert!(!meets(&mut app, |_| {}));
    world.wait(&mut app, 3 * HOUR);
    assert!(meets(&mut app, |_| {}));
}

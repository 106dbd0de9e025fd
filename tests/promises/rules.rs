//! The other rules, each by its number.

use impulse_audit::app::Command;
use impulse_audit::audit::Draft;
use impulse_audit::engine::{Backing, Intent, Mode, Side};
use impulse_audit::input::Field;
use impulse_audit::journal::{Clock as _, HandClock};
use impulse_audit::market::LockId;
use impulse_audit::promises::{
    Action, Armed, AtStake, Close, Days, Holds, Hours, LockEnd, LockState, Loss, LossLimit, Period,
    Promise, PromiseCommand, PromiseSet, WEEK,
};
use impulse_audit::wording;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::common::*;
use crate::support::{
    self as short, DAY, HOUR, LONGEST, MINUTE, Machine, act, against, arm, armed, around, close,
    cross, id, in_force, line, on_account, on_symbol, release, stands,
};

fn any_promise() -> impl Strategy<Value = (Promise, Holds)> {
    let timed = (1..LONGEST).prop_map(Holds::For);
    prop_oneof![
        timed
            .clone()
            .prop_map(|holds| (Promise::NoSwitchToCross, holds)),
        timed.clone().prop_map(|holds| (Promise::NoCross, holds)),
        timed.prop_map(|holds| (Promise::Unknown, holds)),
        Just((Promise::NoSwitchToCross, Holds::WhileOpen(id(40)))),
        Just((Promise::NoAddingToALoser, Holds::Always)),
        Just((Promise::NoIncreaseWhileLosing, Holds::Always)),
        (MINUTE..LONGEST).prop_map(|secs| (Promise::PauseAfterLoss { secs }, Holds::Always)),
        (MINUTE..LONGEST).prop_map(|secs| (Promise::PauseAfterLiquidation { secs }, Holds::Always)),
        (1..4_u32).prop_map(|opens| {
            let per = Period::Week;
            (Promise::MaxOpens { opens, per }, Holds::Always)
        }),
        (1..20_u32).prop_map(|most| {
            let most = Some(Decimal::from(most));
            let (isolated, cross) = (most, most);
            (Promise::MaxLeverage { isolated, cross }, Holds::Always)
        }),
        Just((Promise::NoEmergencyRelease, Holds::Always)),
        any_limit().prop_map(|promise| (promise, Holds::Always)),
    ]
}

fn any_limit() -> impl Strategy<Value = Promise> {
    let money = |most: u32| (money(&most.to_string()), "USDT".to_owned());
    let per = prop::sample::select(vec![Period::Day, Period::Week]);
    let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    prop_oneof![
        (1..800_u32, per.clone()).prop_map(move |(most, per)| {
            let (amount, collateral) = money(most);
            let most = LossLimit::Money { amount, collateral };
            Promise::MaxLoss { most, per }
        }),
        (1..20_u32, per).prop_map(|(most, per)| {
            let most = LossLimit::Percent(Decimal::from(most));
            Promise::MaxLoss { most, per }
        }),
        (1..800_u32).prop_map(move |most| {
            let (amount, collateral) = money(most);
            Promise::MaxAtStake { amount, collateral }
        }),
        (1..3_u32).prop_map(|losses| Promise::MaxLossesInARow { losses }),
        (0..7_usize, 0..24_u32, 0..24_u32).prop_map(move |(day, from, to)| {
            let days = Days::from(vec![WEEK[day], WEEK[(day + 1) % 7]]);
            let (from, to) = (time(from), time(to));
            Promise::TradingHours(Hours { days, from, to })
        }),
    ]
}

fn any_armed() -> impl Strategy<Value = Vec<Armed>> {
    let scope = prop_oneof![
        Just(impulse_audit::promises::Scope::default()),
        Just(on_symbol("BTC/USDT")),
        Just(on_account(1, "Binance")),
    ];
    prop::collection::vec((any_promise(), scope), 1..8).prop_map(|all| {
        let number = |at: usize| 100 + u128::try_from(at).unwrap();
        let one = |(at, ((promise, holds), scope))| Armed {
            scope,
            ..armed(number(at), promise, holds)
        };
        all.into_iter().enumerate().map(one).collect()
    })
}

/// A promise set in which a loss and an open were logged, and then all of these armed.
fn promises(machine: &Machine, all: &[Armed]) -> PromiseSet {
    let mut promises = PromiseSet::default();
    promises.see(machine.seen(), machine.instant());
    promises.account_known(id(1));
    promises.closed(Close {
        lost: true,
        liquidated: true,
        ..close(41)
    });
    promises.account_holds(id(1), cross().place, money("10000"));
    promises.lost(Loss {
        account: id(1),
        place: cross().place,
        symbol: cross().symbol,
        amount: money("400"),
    });
    let open = cross();
    promises.opens(Some(id(700)), open.account, open.place, open.symbol);
    for armed in all {
        line(&mut promises, machine, &arm(armed.clone()));
    }
    promises
}

const DEEDS: [Action; 5] = [
    Action::Open,
    Action::Increase,
    Action::AddMargin,
    Action::TopUp,
    Action::SwitchToCross,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, rng_seed: crate::support::seed(), ..ProptestConfig::default() })]

    #[test]
    fn rule_4_promises_combine_by_and_and_their_order_never_matters(
        (all, shuffled) in any_armed().prop_flat_map(|all| {
            (Just(all.clone()), Just(all).prop_shuffle())
        }),
        losing in any::<bool>(),
        later in 0..3 * DAY,
    ) {
        let mut machine = Machine::new();
        let (one, other) = (promises(&machine, &all), promises(&machine, &shuffled));
        machine.pass(later);
        for deed in DEEDS {
            for mode in [Mode::Isolated, Mode::Cross] {
                let mut act = act(deed, mode);
                act.losing = losing;
                act.at_stake = vec![AtStake {
                    account: act.account,
                    place: act.place.clone(),
                    before: Some(money("100")),
                    after: Some(money("400")),
                }];
                let sorted = |promises: &PromiseSet| {
                    let mut standing = against(promises, &machine, &act);
                    standing.sort_by_key(|against| against.lock);
                    standing
                };
                prop_assert_eq!(sorted(&one), sorted(&other));
                // And each stands by itself as it stands among all.
                for armed in &all {
                    let alone = promises(&Machine::new(), std::slice::from_ref(armed));
                    let lock = armed.lock.as_u128();
                    prop_assert_eq!(
                        stands(&alone, &machine, lock, &act),
                        stands(&one, &machine, lock, &act)
                    );
                }
            }
        }
    }

    #[test]
    fn rule_6_nothing_stands_against_what_lowers_the_risk(
        all in any_armed(), later in 0..3 * DAY, losing in any::<bool>(), short in any::<bool>(),
    ) {
        let mut machine = Machine::new();
        let mut promises = promises(&machine, &all);
        promises.unreadable(id(900));
        machine.pass(later);
        for mode in [Mode::Isolated, Mode::Cross] {
            let mut act = act(Action::Lowers, mode);
            act.losing = losing;
            act.losing_beside = losing;
            act.isolated_beside = true;
            act.side = if short { Side::Short } else { Side::Long };
            act.leverage = Decimal::ONE_HUNDRED;
            prop_assert!(against(&promises, &machine, &act).is_empty());
        }
    }

    #[test]
    fn rule_1_a_lock_is_over_by_the_fold_alone(secs in MINUTE..LONGEST, before in 0..DAY) {
        let mut machine = Machine::new();
        let mut promises = PromiseSet::default();
        promises.see(machine.seen(), machine.instant());
        machine.pass(before);
        line(&mut promises, &machine, &arm(armed(7, Promise::NoCross, Holds::For(secs))));
        let end = machine.instant() + chrono::TimeDelta::seconds(i64::try_from(secs).unwrap());
        let folded = promises.clone();
        machine.pass(secs - 1);
        prop_assert!(stands(&promises, &machine, 7, &cross()));
        machine.pass(1);
        prop_assert!(!stands(&promises, &machine, 7, &cross()));
        let lock = promises.lock(id(7)).unwrap();
        prop_assert_eq!(promises.state(lock, &machine.seen()), LockState::Ended(LockEnd::RanOut));
        prop_assert_eq!(folded, promises.clone(), "asking changes nothing");
        // It ended when it ended, whenever and in whichever boot that is asked.
        machine.off(before);
        let lock = promises.lock(id(7)).unwrap();
        prop_assert_eq!(promises.ended_on(lock, &machine.seen()), Some(end));
    }

    #[test]
    fn rule_13_until_is_a_clock_time_that_does_not_run(
        secs in HOUR..LONGEST, begun in 0..120_000_u64, later in 0..3_600_000_u64,
        apart in 0..1_000_u64, set in -40 * 86_400..40 * 86_400_i64, seen_then in any::<bool>(),
    ) {
        // The two clocks turn to their next second at different moments, and the wall clock is set.
        let clock = HandClock::new();
        clock.advance(std::time::Duration::from_millis(begun));
        clock.advance_up(std::time::Duration::from_millis(apart));
        let mut promises = PromiseSet::default();
        let seen = impulse_audit::record::seen;
        promises.see(seen(&clock.now()), clock.now().wall);
        promises.apply(&arm(armed(7, Promise::NoCross, Holds::For(secs))));
        let said = |promises: &PromiseSet, clock: &HandClock| {
            let now = clock.now();
            let all = promises.violations(&cross(), &seen(&now));
            let lock = all.into_iter().find(|against| against.lock == id(7)).unwrap();
            wording::violation::against(&lock)
        };
        let start = clock.now().wall;
        let first = said(&promises, &clock);
        prop_assert!(first.contains(" until "), "{}", first);
        clock.advance(std::time::Duration::from_millis(later));
        prop_assert_eq!(said(&promises, &clock), first.clone());
        clock.advance_wall(chrono::TimeDelta::seconds(set));
        prop_assert_eq!(said(&promises, &clock), first.clone());
        if seen_then {
            // The journal's time follows the boot clock.
            let at = start + std::time::Duration::from_millis(later);
            promises.see(seen(&clock.now()), at);
            prop_assert_eq!(said(&promises, &clock), first);
        }
    }

    #[test]
    fn rule_8_a_first_lock_is_at_most_a_day_and_can_be_taken_back_for_a_minute(
        secs in MINUTE..LONGEST, after in 0..3 * MINUTE,
    ) {
        let mut machine = Machine::new();
        let mut promises = PromiseSet::default();
        promises.see(machine.seen(), machine.instant());
        let ask = |lock: u128, secs| {
            PromiseCommand::Arm(Box::new(armed(lock, Promise::NoCross, Holds::For(secs))))
        };
        let first = promises.ask(&ask(7, secs), &machine.seen(), around());
        prop_assert_eq!(first.is_ok(), secs <= DAY);
        let while_open = armed(7, Promise::NoSwitchToCross, Holds::WhileOpen(id(40)));
        let while_open = PromiseCommand::Arm(Box::new(while_open));
        prop_assert!(promises.ask(&while_open, &machine.seen(), around()).is_err());
        let turn = promises.ask(&ask(7, DAY), &machine.seen(), around()).unwrap();
        line(&mut promises, &machine, &turn);
        // The next one may be longer.
        prop_assert!(promises.ask(&ask(8, LONGEST), &machine.seen(), around()).is_ok());
        prop_assert!(promises.ask(&ask(8, LONGEST + 1), &machine.seen(), around()).is_err());
        machine.pass(after);
        match promises.ask(&PromiseCommand::Undo(id(7)), &machine.seen(), around()) {
            Ok(turn) => {
                prop_assert!(after <= MINUTE);
                line(&mut promises, &machine, &turn);
                prop_assert!(!in_force(&promises, &machine, 7));
                // What was taken back was no first lock.
                prop_assert!(promises.ask(&ask(8, DAY + 1), &machine.seen(), around()).is_err());
            }
            Err(_) => prop_assert!(after > MINUTE),
        }
    }

    #[test]
    fn the_same_promise_again_within_its_minute_is_no_second_one(
        secs in 2 * MINUTE..DAY, after in 0..2 * MINUTE, longer in 0..2 * MINUTE,
    ) {
        let mut machine = Machine::new();
        let mut promises = PromiseSet::default();
        promises.see(machine.seen(), machine.instant());
        line(&mut promises, &machine, &arm(armed(7, Promise::NoCross, Holds::For(secs))));
        machine.pass(after);
        let again = PromiseCommand::Arm(Box::new(armed(8, Promise::NoCross, Holds::For(secs + longer))));
        let later_end = after + longer;
        let taken = promises.ask(&again, &machine.seen(), around()).is_ok();
        prop_assert_eq!(taken, later_end > MINUTE, "it would end {} s later", later_end);
    }

    #[test]
    fn rule_7_one_release_in_seven_days_a_quarter_of_an_hour_later_and_not_at_once(
        after in 0..3 * MINUTE, again in 0..9 * DAY, off in any::<bool>(),
    ) {
        let mut machine = Machine::new();
        let mut promises = PromiseSet::default();
        promises.see(machine.seen(), machine.instant());
        for lock in [7, 8] {
            let armed = armed(lock, Promise::NoCross, Holds::For(LONGEST));
            line(&mut promises, &machine, &arm(armed));
        }
        if off {
            line(&mut promises, &machine, &arm(armed(9, Promise::NoEmergencyRelease, Holds::Always)));
        }
        let ask = |lock| PromiseCommand::Release { lock: id(lock), sentence: "It has to be".to_owned() };
        machine.pass(after);
        let possible = after >= MINUTE && !off;
        prop_assert_eq!(promises.ask(&ask(7), &machine.seen(), around()).is_ok(), possible);
        // A line that says so all the same changes nothing.
        line(&mut promises, &machine, &release(7));
        machine.pass(15 * MINUTE - 1);
        prop_assert!(stands(&promises, &machine, 7, &cross()));
        machine.pass(1);
        prop_assert_eq!(stands(&promises, &machine, 7, &cross()), !possible);
        machine.pass(again);
        let once_more = !off && (!possible || 15 * MINUTE + again >= 7 * DAY);
        prop_assert_eq!(promises.ask(&ask(8), &machine.seen(), around()).is_ok(), once_more);
        prop_assert_eq!(promises.sentence(id(7)).is_some(), possible, "on record for ever");
    }

    #[test]
    fn rule_9_while_open_ends_with_the_logged_close_or_is_asked_after_a_week(
        heard in 0..10 * DAY, asked in 0..20 * DAY, closes in any::<bool>(),
    ) {
        let mut machine = Machine::new();
        let mut promises = PromiseSet::default();
        promises.see(machine.seen(), machine.instant());
        promises.heard_of(id(40));
        let holds = Holds::WhileOpen(id(40));
        line(&mut promises, &machine, &arm(armed(7, Promise::NoSwitchToCross, holds)));
        machine.pass(heard);
        promises.see(machine.seen(), machine.instant());
        promises.heard_of(id(40));
        machine.pass(asked);
        prop_assert!(in_force(&promises, &machine, 7));
        prop_assert_eq!(promises.to_ask(&machine.seen()).count(), usize::from(asked >= 7 * DAY));
        let word = PromiseCommand::ClosedOn { lock: id(7), on: machine.instant() };
        let taken = promises.ask(&word, &machine.seen(), around());
        prop_assert_eq!(taken.is_ok(), asked >= 7 * DAY);
        let over = if closes {
            promises.see(machine.seen(), machine.instant());
            promises.closed(close(40));
            LockEnd::Closed
        } else if let Ok(turn) = taken {
            line(&mut promises, &machine, &turn);
            LockEnd::ClosedUnverified
        } else {
            return Ok(());
        };
        let lock = promises.lock(id(7)).unwrap();
        prop_assert_eq!(promises.state(lock, &machine.seen()), LockState::Ended(over));
    }
}

/// BTC long 0.2 at 100,000, marked at 99,000, under every lock there is.
fn under_locks(backing: Backing) -> (World, impulse_audit::app::App, Draft) {
    let (world, mut app, account) = World::with_account();
    let mut open = eth(account);
    open.position.symbol = symbol("BTC/USDT");
    open.position.quantity = quantity("0.2");
    open.position.entry = price("100000");
    open.position.mark = price("99000");
    open.position.backing = backing;
    done(&mut app, Command::OpenPosition(open.clone()));
    let pause = |secs| Promise::PauseAfterLoss { secs };
    let locks = [
        (Promise::NoCross, Holds::For(DAY)),
        (Promise::NoSwitchToCross, Holds::WhileOpen(open.id)),
        (pause(DAY), Holds::Always),
        (
            Promise::MaxLeverage {
                isolated: Some(Decimal::ONE),
                cross: Some(Decimal::ONE),
            },
            Holds::Always,
        ),
    ];
    for (lock, (promise, holds)) in (100..).zip(locks) {
        let armed = short::armed(lock, promise, holds);
        done(
            &mut app,
            Command::Promise(Box::new(PromiseCommand::Arm(Box::new(armed)))),
        );
    }
    let mut draft = with_state(begin(&mut app));
    draft.ticket.position = Some(open.id);
    (world, app, draft)
}

#[test]
fn rule_6_reduce_close_and_cross_to_isolated_pass_every_lock_without_a_wait() {
    let margin = money("1000");
    for backing in [Backing::Isolated { margin }, Backing::Cross] {
        for intent in [Intent::Reduce, Intent::Close, Intent::SwitchMode] {
            let lowers = intent != Intent::SwitchMode || backing == Backing::Cross;
            let (_world, mut app, mut draft) = under_locks(backing);
            draft.ticket.intent = intent;
            draft.ticket.value.write(Field::Entry, "99000");
            if intent == Intent::Reduce {
                draft.ticket.value.write(Field::Quantity, "0.1");
            }
            match intent {
                Intent::SwitchMode => draft.ticket.value.write(Field::Margin, "2000"),
                _ => draft.ticket.value.write(Field::Leverage, "20"),
            }
            done(&mut app, Command::Start(Box::new(draft)));
            let expected = if lowers { "pausing" } else { "met" };
            assert_eq!(stage(&app), expected, "{intent:?} {backing:?}");
        }
    }
}

#[test]
fn rule_12_a_try_is_a_decision_and_nothing_starts_by_itself_after_the_end() {
    let (world, mut app, _) = World::without_promises();
    let lock = short::armed(7, Promise::NoCross, Holds::For(HOUR));
    done(
        &mut app,
        Command::Promise(Box::new(PromiseCommand::Arm(Box::new(lock)))),
    );
    let mut draft = with_ticket(begin(&mut app));
    draft.ticket.choose_mode(Mode::Cross);
    done(&mut app, Command::Start(Box::new(draft)));
    assert_eq!(stage(&app), "met");
    assert_eq!(world.audit_kinds(), ["audit.started"]);
    assert_eq!(
        world.last("promise.tried")["locks"][0],
        id::<LockId>(7).to_string()
    );
    assert_eq!(app.state().promises().tries(), 1);
    assert_eq!(app.state().ended_count(), 1);
    world.wait(&mut app, 2 * HOUR);
    assert_eq!(stage(&app), "met", "what it shows stays");
    assert_eq!(world.audit_kinds(), ["audit.started"]);
    let mut app = world.restart(app);
    world.wait(&mut app, DAY);
    // The ticket that stayed for another audit was left lying like any other.
    assert_eq!(
        world.audit_kinds(),
        ["audit.started", "audit.started", "audit.expired"]
    );
}

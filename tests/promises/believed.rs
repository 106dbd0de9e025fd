//! What lines have claimed beyond what can have passed is taken back from everything that counts
//! seconds: nothing holds longer than it may, and none ends sooner.

use impulse_audit::engine::Money;
use impulse_audit::promises::{
    Close, Days, Holds, Hours, LockState, Loss, LossLimit, Period, Promise, PromiseSet, WEEK, place,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{self as short, DAY, HOUR, Machine};

fn always(promises: &mut PromiseSet, machine: &Machine, lock: u128, promise: Promise) {
    let armed = short::armed(lock, promise, Holds::Always);
    short::line(promises, machine, &short::arm(armed));
}

/// Rules of each kind that counts seconds, a lock of a day, and the machine they were armed on.
fn promised() -> (PromiseSet, Machine) {
    let (mut promises, machine) = (PromiseSet::default(), Machine::new());
    let rules = [
        Promise::MaxLoss {
            most: LossLimit::Money {
                amount: Money::new(Decimal::ONE_HUNDRED),
                collateral: "USDT".to_owned(),
            },
            per: Period::Day,
        },
        Promise::PauseAfterLoss { secs: 2 * HOUR },
        Promise::MaxLossesInARow { losses: 1 },
    ];
    for (lock, rule) in (1..).zip(rules) {
        always(&mut promises, &machine, lock, rule);
    }
    let lock = short::armed(7, Promise::NoCross, Holds::For(DAY));
    short::line(&mut promises, &machine, &short::arm(lock));
    (promises, machine)
}

/// A line of a boot that nobody knows, which says that it was on for so long, and a loss of 500.
fn claimed(promises: &mut PromiseSet, machine: &Machine, up: u64) {
    let claims = Machine {
        boot: 99,
        up,
        zone: "Pacific/Kiritimati",
        ..machine.clone()
    };
    promises.see(claims.seen(), machine.instant());
    promises.closed(Close {
        lost: true,
        ..short::close(1)
    });
    promises.lost(Loss {
        account: short::id(1),
        place: place("Binance", "USDT"),
        symbol: "BTC/USDT".to_owned(),
        amount: Money::new(Decimal::from(500)),
    });
}

fn left(promises: &PromiseSet, machine: &Machine, lock: u128) -> Option<u64> {
    promises.left(promises.lock(short::id(lock)).unwrap(), &machine.seen())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: crate::support::seed(), ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_line_claims_no_pause_lasts_longer_than_its_rule_and_no_lock_ends_sooner(
        up in HOUR..4_000_000_000_u64, passed in 0..DAY - HOUR,
    ) {
        let (mut promises, mut machine) = promised();
        let before = machine.seen();
        claimed(&mut promises, &machine, up);
        machine.pass(passed);
        promises.look(machine.seen(), machine.instant());
        promises.limit_credit(&machine.seen(), Some(&before));
        // At most what the rule says from the loss on, which is now at the latest.
        for (lock, most) in [(1, DAY), (2, 2 * HOUR), (3, 2 * DAY)] {
            let left = left(&promises, &machine, lock);
            prop_assert!(left.is_none_or(|left| left <= most), "{lock}: {left:?}");
        }
        prop_assert_eq!(left(&promises, &machine, 7), Some(DAY - passed));
        // And each of them is over once that has passed.
        machine.pass(3 * DAY);
        for lock in [1, 2, 3] {
            prop_assert_eq!(left(&promises, &machine, lock), None);
        }
        let lock = promises.lock(short::id(7)).unwrap();
        prop_assert!(matches!(promises.state(lock, &machine.seen()), LockState::Ended(_)));
    }
}

/// It is a Sunday: a day and a half that a line claims does not make it a Tuesday.
#[test]
fn a_claim_makes_it_no_other_day_of_the_week() {
    let (mut promises, mut machine) = (PromiseSet::default(), Machine::new());
    let hours = Hours {
        days: Days::from(WEEK[..5].to_vec()),
        from: "00:00".parse().unwrap_or_default(),
        to: "00:00".parse().unwrap_or_default(),
    };
    always(&mut promises, &machine, 1, Promise::TradingHours(hours));
    let before = machine.seen();
    // Until Monday begins.
    let until = left(&promises, &machine, 1).unwrap();
    let claims = Machine {
        boot: 99,
        up: 36 * HOUR,
        ..machine.clone()
    };
    promises.see(claims.seen(), machine.instant());
    machine.pass(60);
    promises.look(machine.seen(), machine.instant());
    promises.limit_credit(&machine.seen(), Some(&before));
    assert_eq!(left(&promises, &machine, 1), Some(until - 60));
}

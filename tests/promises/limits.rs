//! Limits: so much lost, losses in a row, hours by the local clock, so much at stake.

use chrono::{DateTime, NaiveTime, Timelike as _, Utc, Weekday};
use chrono_tz::Tz;
use impulse_audit::engine::Mode;
use impulse_audit::promises::{
    Act, AtStake, Close, Days, Deed, Holds, Hours, Ledger, Loss, Most, Period, Promise, WEEK, place,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::common::money;
use crate::support::*;

fn most(amount: &str) -> Most {
    Most::Money {
        amount: money(amount),
        collateral: "USDT".to_owned(),
    }
}

fn max_loss(most: Most, per: Period) -> Promise {
    Promise::MaxLoss { most, per }
}

fn lose(ledger: &mut Ledger, machine: &Machine, account: u128, amount: u32) {
    ledger.see(machine.seen(), machine.instant());
    ledger.lost(Loss {
        account: id(account),
        place: place("Binance", "USDT"),
        symbol: "BTC/USDT".to_owned(),
        amount: money(&amount.to_string()),
    });
}

fn holds(ledger: &mut Ledger, machine: &Machine, account: u128, equity: u32) {
    ledger.see(machine.seen(), machine.instant());
    let equity = money(&equity.to_string());
    ledger.account_holds(id(account), place("Binance", "USDT"), equity);
}

fn close_of(ledger: &mut Ledger, machine: &Machine, lost: bool) {
    ledger.see(machine.seen(), machine.instant());
    ledger.closed(Close { lost, ..close(41) });
}

/// A ledger with one promise, number 7, that always holds.
fn with(machine: &Machine, promise: Promise) -> Ledger {
    let mut ledger = Ledger::default();
    line(&mut ledger, machine, &arm(armed(7, promise, Holds::Always)));
    ledger
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn local(machine: &Machine, zone: &str) -> chrono::NaiveDateTime {
    let zone: Tz = zone.parse().unwrap();
    machine.instant().with_timezone(&zone).naive_local()
}

const ZONES: [&str; 5] = [
    "UTC",
    "America/New_York",
    "Asia/Tokyo",
    "Pacific/Apia",
    "Australia/Lord_Howe",
];

fn any_zone() -> impl Strategy<Value = &'static str> {
    prop::sample::select(ZONES.to_vec())
}

fn any_hours() -> impl Strategy<Value = Hours> {
    (1..128_u8, 0..1440_u32, 0..1440_u32).prop_map(|(days, from, to)| {
        let days = WEEK.iter().zip(0..).filter(|(_, bit)| days >> bit & 1 == 1);
        Hours {
            days: Days::from(days.map(|(day, _)| *day).collect::<Vec<Weekday>>()),
            from: time(from / 60, from % 60),
            to: time(to / 60, to % 60),
        }
    })
}

#[test]
fn what_is_lost_counts_for_a_day_or_a_week_from_each_loss_on() {
    for (per, period) in [(Period::Day, DAY), (Period::Week, 7 * DAY)] {
        let mut machine = Machine::new();
        let mut ledger = with(&machine, max_loss(most("500"), per));
        lose(&mut ledger, &machine, 1, 300);
        assert!(!stands(&ledger, &machine, 7, &isolated()));
        machine.pass(2 * HOUR);
        lose(&mut ledger, &machine, 1, 200);
        for deed in [Deed::Open, Deed::Increase, Deed::AddMargin, Deed::TopUp] {
            assert!(stands(&ledger, &machine, 7, &act(deed, Mode::Isolated)));
        }
        assert!(!stands(
            &ledger,
            &machine,
            7,
            &act(Deed::Lowers, Mode::Cross)
        ));
        // The first of them is over.
        machine.pass(period - 2 * HOUR - 1);
        assert!(stands(&ledger, &machine, 7, &isolated()));
        machine.pass(1);
        assert!(!stands(&ledger, &machine, 7, &isolated()));
    }
}

#[test]
fn a_loss_in_another_collateral_or_market_does_not_count_and_one_under_another_name_does() {
    let machine = Machine::new();
    let mut ledger = Ledger::default();
    ledger.see(machine.seen(), machine.instant());
    ledger.account_known(id(1));
    let promise = impulse_audit::promises::Armed {
        scope: on_account(1, "Binance"),
        ..armed(7, max_loss(most("500"), Period::Day), Holds::Always)
    };
    line(&mut ledger, &machine, &arm(promise));
    let loss = |account: u128, venue: &str, collateral: &str| Loss {
        account: id(account),
        place: place(venue, collateral),
        symbol: "BTC/USDT".to_owned(),
        amount: money("500"),
    };
    ledger.see(machine.seen(), machine.instant());
    ledger.lost(loss(1, "Binance", "BTC"));
    assert!(!stands(&ledger, &machine, 7, &isolated()));
    let mut same = ledger.clone();
    same.lost(loss(2, "binance ", "usdt"));
    assert!(stands(&same, &machine, 7, &isolated()));
    // An account that became known only behind the promise, wherever it says that it is.
    let mut new = ledger.clone();
    new.see(machine.seen(), machine.instant());
    new.account_known(id(3));
    new.lost(loss(3, "Elsewhere", "USDT"));
    assert!(stands(&new, &machine, 7, &isolated()));
}

#[test]
fn thirds_of_a_percentage_add_up_to_it() {
    let machine = Machine::new();
    let mut ledger = with(&machine, max_loss(Most::Percent(Decimal::ONE), Period::Day));
    holds(&mut ledger, &machine, 1, 3000);
    for _ in 0..3 {
        assert!(!stands(&ledger, &machine, 7, &isolated()));
        lose(&mut ledger, &machine, 1, 10);
    }
    assert!(stands(&ledger, &machine, 7, &isolated()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: crate::support::seed(), ..ProptestConfig::default() })]

    #[test]
    fn a_limit_of_losses_stands_while_as_much_was_lost_within_the_period(
        losses in prop::collection::vec((0..30 * HOUR, 1..400_u32), 1..12),
        bound in 1..1000_u32,
        later in 0..30 * HOUR,
    ) {
        let mut machine = Machine::new();
        let mut ledger = with(&machine, max_loss(most(&bound.to_string()), Period::Day));
        let (mut now, mut lost) = (0, Vec::new());
        for (wait, amount) in losses {
            machine.pass(wait);
            now += wait;
            lose(&mut ledger, &machine, 1, amount);
            lost.push((now, amount));
        }
        machine.pass(later);
        now += later;
        let sum_at = |second: u64| -> u32 {
            let counting = lost.iter().filter(|(at, _)| second < at + DAY);
            counting.map(|(_, amount)| amount).sum()
        };
        let stand = against(&ledger, &machine, &isolated());
        prop_assert_eq!(!stand.is_empty(), sum_at(now) >= bound);
        if let Some(stand) = stand.first() {
            let impulse_audit::promises::End::In(left) = stand.end else { panic!() };
            prop_assert!(sum_at(now + left - 1) >= bound);
            prop_assert!(sum_at(now + left) < bound);
        }
    }

    #[test]
    fn no_deposit_and_no_edit_of_the_wallet_within_the_period_changes_a_limit_in_percent(
        edits in prop::collection::vec((0..3 * HOUR, 1..1_000_000_u32), 0..6),
        losses in prop::collection::vec(1..400_u32, 1..6),
        percent in 1..8_u32,
    ) {
        // 10,000 are known a day and more before the first loss.
        let mut machine = Machine::new();
        let most = Most::Percent(Decimal::from(percent));
        let mut ledger = with(&machine, max_loss(most, Period::Day));
        holds(&mut ledger, &machine, 1, 10_000);
        machine.pass(2 * DAY);
        let mut all = 0;
        let mut edits = edits.into_iter();
        for amount in losses {
            if let Some((wait, equity)) = edits.next() {
                machine.pass(wait);
                holds(&mut ledger, &machine, 1, equity);
            }
            lose(&mut ledger, &machine, 1, amount);
            all += amount;
            prop_assert_eq!(stands(&ledger, &machine, 7, &isolated()), all >= percent * 100);
        }
        let before = against(&ledger, &machine, &isolated());
        for (wait, equity) in edits {
            machine.pass(wait);
            holds(&mut ledger, &machine, 1, equity);
        }
        let passed = machine.instant();
        let after = against(&ledger, &machine, &isolated());
        prop_assert_eq!(before.first().map(|a| a.until), after.first().map(|a| a.until), "{}", passed);
    }

    #[test]
    fn losses_in_a_row_stop_new_risk_until_the_next_day_begins(
        closes in prop::collection::vec((0..6 * HOUR, any::<bool>()), 1..20),
        losses in 1..4_u32,
        zone in any_zone(),
    ) {
        let mut machine = Machine::new();
        machine.zone = zone;
        let mut ledger = with(&machine, Promise::MaxLossesInARow { losses });
        let (mut row, mut stopped) = (0, None);
        for (wait, lost) in closes {
            machine.pass(wait);
            close_of(&mut ledger, &machine, lost);
            row = if lost { row + 1 } else { 0 };
            let today = local(&machine, zone).date();
            if row >= losses {
                stopped = Some(today);
            }
            prop_assert_eq!(stands(&ledger, &machine, 7, &isolated()), stopped == Some(today));
        }
        if stopped == Some(local(&machine, zone).date()) {
            let until = against(&ledger, &machine, &isolated())[0].until.unwrap();
            let zone: Tz = zone.parse().unwrap();
            let begins = until.with_timezone(&zone).naive_local();
            prop_assert_eq!(begins.date(), stopped.unwrap().succ_opt().unwrap());
            prop_assert!(begins.time().num_seconds_from_midnight() == 0);
        }
    }

    #[test]
    fn new_risk_is_possible_within_the_hours_alone(
        hours in any_hours(), zone in any_zone(), later in 0..400 * DAY,
    ) {
        let mut machine = Machine::new();
        machine.zone = zone;
        let ledger = with(&machine, Promise::TradingHours(hours));
        machine.pass(later);
        let is_open = |machine: &Machine| hours.has(local(machine, zone));
        let stand = against(&ledger, &machine, &isolated());
        prop_assert_eq!(stand.is_empty(), is_open(&machine));
        if let Some(stand) = stand.first() {
            let impulse_audit::promises::End::In(left) = stand.end else { panic!() };
            machine.pass(left - 1);
            prop_assert!(!is_open(&machine));
            machine.pass(1);
            prop_assert!(is_open(&machine));
            prop_assert_eq!(stand.until, Some(machine.instant()));
        }
    }

    /// Rule 2: another time zone, and a clock that is set, shorten nothing.
    #[test]
    fn another_time_zone_opens_no_hours_and_ends_no_stop_for_a_day(
        hours in any_hours(), from in any_zone(), to in any_zone(), before in 0..3 * DAY,
        later in 0..DAY, set in -40 * 86_400..40 * 86_400_i64, written in any::<bool>(),
    ) {
        let mut machine = Machine::new();
        machine.zone = from;
        let mut ledger = with(&machine, Promise::TradingHours(hours));
        let row = armed(8, Promise::MaxLossesInARow { losses: 1 }, Holds::Always);
        line(&mut ledger, &machine, &arm(row));
        machine.pass(before);
        // The zone is changed, a line may be written in it, and then a loss is logged.
        let mut moved = ledger.clone();
        let mut mover = machine.clone();
        mover.zone = to;
        if written {
            moved.see(mover.seen(), mover.instant());
        }
        for (ledger, machine) in [(&mut ledger, &machine), (&mut moved, &mover)] {
            close_of(ledger, machine, true);
        }
        machine.pass(later);
        mover.pass(later);
        mover.wall += set;
        for lock in [7, 8] {
            if stands(&ledger, &machine, lock, &isolated()) {
                prop_assert!(stands(&moved, &mover, lock, &isolated()), "{}", lock);
            }
        }
    }

    #[test]
    fn a_day_behind_a_change_of_zone_the_new_one_counts_alone(
        hours in any_hours(), from in any_zone(), to in any_zone(), later in 0..9 * DAY,
    ) {
        let mut machine = Machine::new();
        machine.zone = from;
        let mut ledger = with(&machine, Promise::TradingHours(hours));
        machine.zone = to;
        ledger.see(machine.seen(), machine.instant());
        machine.pass(DAY + later);
        let is_open = hours.has(local(&machine, to));
        prop_assert_eq!(!stands(&ledger, &machine, 7, &isolated()), is_open);
    }

    #[test]
    fn what_was_reached_outlives_the_loss_of_the_journal(
        first in 0..DAY, later in 0..2 * DAY, row in any::<bool>(), zone in any_zone(),
    ) {
        let mut machine = Machine::new();
        machine.zone = zone;
        let promise = if row {
            Promise::MaxLossesInARow { losses: 2 }
        } else {
            max_loss(most("500"), Period::Day)
        };
        let mut ledger = with(&machine, promise);
        for _ in 0..2 {
            machine.pass(first / 2);
            lose(&mut ledger, &machine, 1, 250);
            close_of(&mut ledger, &machine, true);
        }
        let after = handed_on(&carried(&ledger, &machine), &machine);
        machine.pass(later);
        let stop = !against(&ledger, &machine, &isolated()).is_empty();
        prop_assert_eq!(!against(&after, &machine, &isolated()).is_empty(), stop);
        prop_assert!(after.lock(id(7)).is_some(), "the promise itself as well");
    }

    #[test]
    fn more_at_stake_than_was_promised_is_met_and_less_is_not(
        before in 0..500_u32, after in 0..500_u32, bound in 1..500_u32,
        other in 0..500_u32, foreign in 0..500_u32,
    ) {
        let machine = Machine::new();
        let promise = Promise::MaxAtStake {
            amount: money(&bound.to_string()),
            collateral: "USDT".to_owned(),
        };
        let ledger = with(&machine, promise);
        let stake = |account: u128, collateral: &str, before: u32, after: u32| AtStake {
            account: id(account),
            place: place("Binance", collateral),
            before: Some(money(&before.to_string())),
            after: Some(money(&after.to_string())),
        };
        let at_stake = vec![
            stake(1, "USDT", before, after),
            stake(2, "USDT", other, other),
            stake(3, "BTC", foreign, foreign),
        ];
        let act = Act { at_stake, ..isolated() };
        let too_much = after > before && after + other > bound;
        prop_assert_eq!(stands(&ledger, &machine, 7, &act), too_much);
        let lowers = Act { deed: Deed::Lowers, ..act.clone() };
        prop_assert!(!stands(&ledger, &machine, 7, &lowers));
        // What cannot be valued is too much.
        let mut unknown = act;
        unknown.at_stake[0].after = None;
        prop_assert!(stands(&ledger, &machine, 7, &unknown));
    }
}

/// Summer time began in New York on the 8th of March 2026 at 2 o'clock, and ended on the 1st of
/// November at 2.
#[test]
fn hours_that_the_clocks_skip_begin_behind_the_gap_and_those_they_repeat_count_twice() {
    let every_day = Days::from(WEEK.to_vec());
    let hours = |from, to| Hours {
        days: every_day,
        from,
        to,
    };
    let opens = |from: NaiveTime, to: NaiveTime, now: &str| -> DateTime<Utc> {
        let mut machine = Machine::new();
        machine.zone = "America/New_York";
        let now: DateTime<Utc> = now.parse().unwrap();
        machine.wall = now.timestamp();
        let ledger = with(&machine, Promise::TradingHours(hours(from, to)));
        against(&ledger, &machine, &isolated())[0].until.unwrap()
    };
    let gap = opens(time(2, 30), time(4, 0), "2026-03-08T05:00:00Z");
    assert_eq!(gap.to_rfc3339(), "2026-03-08T07:00:00+00:00");
    let first = opens(time(1, 30), time(1, 45), "2026-11-01T05:00:00Z");
    assert_eq!(first.to_rfc3339(), "2026-11-01T05:30:00+00:00");
    let second = opens(time(1, 30), time(1, 45), "2026-11-01T05:50:00Z");
    assert_eq!(second.to_rfc3339(), "2026-11-01T06:30:00+00:00");
}

#[test]
fn hours_past_midnight_belong_to_the_day_on_which_they_begin() {
    // 2026-03-06 is a Friday.
    let hours = Hours {
        days: Days::from(vec![Weekday::Fri]),
        from: time(22, 0),
        to: time(2, 0),
    };
    for (at, open) in [
        ("2026-03-06T01:59:59Z", false),
        ("2026-03-06T21:59:59Z", false),
        ("2026-03-06T22:00:00Z", true),
        ("2026-03-07T01:59:59Z", true),
        ("2026-03-07T02:00:00Z", false),
        ("2026-03-07T23:00:00Z", false),
    ] {
        let mut machine = Machine::new();
        let now: DateTime<Utc> = at.parse().unwrap();
        machine.wall = now.timestamp();
        let ledger = with(&machine, Promise::TradingHours(hours));
        assert_eq!(!stands(&ledger, &machine, 7, &isolated()), open, "{at}");
    }
}

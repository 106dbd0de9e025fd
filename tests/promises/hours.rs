//! The local clock: hours of the week, and the next day behind losses in a row.

use chrono::{DateTime, NaiveTime, Timelike as _, Utc, Weekday};
use chrono_tz::Tz;
use impulse_audit::promises::{Close, Days, Holds, Hours, Promise, PromiseSet, WEEK};
use proptest::prelude::*;

use crate::support::*;

pub(crate) fn close_of(promises: &mut PromiseSet, machine: &Machine, lost: bool) {
    promises.see(machine.seen(), machine.instant());
    promises.closed(Close { lost, ..close(41) });
}

/// A promise set with one promise, number 7, that always holds.
pub(crate) fn with(machine: &Machine, promise: Promise) -> PromiseSet {
    let mut promises = PromiseSet::default();
    line(
        &mut promises,
        machine,
        &arm(armed(7, promise, Holds::Always)),
    );
    promises
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

pub(crate) fn any_zone() -> impl Strategy<Value = &'static str> {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: crate::support::seed(), ..ProptestConfig::default() })]

    #[test]
    fn losses_in_a_row_stop_new_risk_until_the_next_day_begins(
        closes in prop::collection::vec((0..6 * HOUR, any::<bool>()), 1..20),
        losses in 1..4_u32,
        zone in any_zone(),
    ) {
        let mut machine = Machine::new();
        machine.zone = zone;
        let mut promises = with(&machine, Promise::MaxLossesInARow { losses });
        let (mut row, mut stopped) = (0, None);
        for (wait, lost) in closes {
            machine.pass(wait);
            close_of(&mut promises, &machine, lost);
            row = if lost { row + 1 } else { 0 };
            let today = local(&machine, zone).date();
            if row >= losses {
                stopped = Some(today);
            }
            prop_assert_eq!(stands(&promises, &machine, 7, &isolated()), stopped == Some(today));
        }
        if stopped == Some(local(&machine, zone).date()) {
            let until = against(&promises, &machine, &isolated())[0].until.unwrap();
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
        let promises = with(&machine, Promise::TradingHours(hours));
        machine.pass(later);
        let is_open = |machine: &Machine| hours.has(local(machine, zone));
        let stand = against(&promises, &machine, &isolated());
        prop_assert_eq!(stand.is_empty(), is_open(&machine));
        if let Some(stand) = stand.first() {
            let impulse_audit::promises::EndsAt::In(left) = stand.end else { panic!() };
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
        let mut promises = with(&machine, Promise::TradingHours(hours));
        let row = armed(8, Promise::MaxLossesInARow { losses: 1 }, Holds::Always);
        line(&mut promises, &machine, &arm(row));
        machine.pass(before);
        // The zone is changed, a line may be written in it, and then a loss is logged.
        let mut moved = promises.clone();
        let mut mover = machine.clone();
        mover.zone = to;
        if written {
            moved.see(mover.seen(), mover.instant());
        }
        for (promises, machine) in [(&mut promises, &machine), (&mut moved, &mover)] {
            close_of(promises, machine, true);
        }
        machine.pass(later);
        mover.pass(later);
        mover.wall += set;
        for lock in [7, 8] {
            if stands(&promises, &machine, lock, &isolated()) {
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
        let mut promises = with(&machine, Promise::TradingHours(hours));
        machine.zone = to;
        promises.see(machine.seen(), machine.instant());
        machine.pass(DAY + later);
        let is_open = hours.has(local(&machine, to));
        prop_assert_eq!(!stands(&promises, &machine, 7, &isolated()), is_open);
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
        let promises = with(&machine, Promise::TradingHours(hours(from, to)));
        against(&promises, &machine, &isolated())[0].until.unwrap()
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
        let promises = with(&machine, Promise::TradingHours(hours));
        assert_eq!(!stands(&promises, &machine, 7, &isolated()), open, "{at}");
    }
}

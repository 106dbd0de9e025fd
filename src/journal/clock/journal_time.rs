//! The journal's time, which never runs backwards.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::Moment;

/// Clocks that differ by no more than this are taken to agree.
pub const TOLERANCE: TimeDelta = TimeDelta::seconds(90);
/// 9999-12-31T23:59:59Z in seconds since 1970: the last a four-digit year can say.
const LATEST: i64 = 253_402_300_799;

/// What the journal last knew of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::journal) struct JournalTime {
    /// The journal's time.
    pub(in crate::journal) at: DateTime<Utc>,
    /// The boot it was taken in.
    pub(in crate::journal) boot: String,
    /// Time since that boot.
    pub(in crate::journal) up: Duration,
    /// When the boot clock stood at zero by the wall clock; moves when someone sets the wall clock.
    pub(in crate::journal) zero: DateTime<Utc>,
}

/// A wall clock that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::journal) enum ClockShift {
    /// It stands more than 90 s before the last event.
    Rollback {
        /// What the wall clock says.
        wall: DateTime<Utc>,
        /// How far it stands before the last event, in seconds.
        back_secs: i64,
    },
    /// In one boot it moved by more than 90 s against the boot clock.
    Jump {
        /// What the wall clock says.
        wall: DateTime<Utc>,
        /// How far it moved, in seconds; positive is forward.
        drift_secs: i64,
    },
}

/// The journal's time at a moment, and whether the wall clock was moved.
#[derive(Debug, Clone)]
pub(in crate::journal) struct TimeReading {
    pub(in crate::journal) known: JournalTime,
    pub(in crate::journal) zone: String,
    pub(in crate::journal) shift: Option<ClockShift>,
}

impl TimeReading {
    /// What the head keeps before a wall clock that was moved is logged: `last` still, so that
    /// the next opening sees it moved as well, but in the present boot, in which the next line is
    /// written.
    pub(in crate::journal) fn before_a_shift(&self, last: Option<&JournalTime>) -> JournalTime {
        match last.filter(|_| self.shift.is_some()) {
            None => self.known.clone(),
            Some(last) if last.boot == self.known.boot => last.clone(),
            Some(last) => JournalTime {
                at: last.at,
                zero: before(last.at, self.known.up),
                ..self.known.clone()
            },
        }
    }
}

/// What time it is for the journal, when the clocks say `moment` and it last knew `last`.
///
/// Within one boot the boot clock wins over a wall clock that was set. Across boots
/// the wall clock counts, but never to before the last event.
pub(in crate::journal) fn advance(last: Option<&JournalTime>, moment: &Moment) -> TimeReading {
    let latest = DateTime::from_timestamp(LATEST, 0).unwrap_or_default();
    let wall = whole_micros(moment.wall).clamp(DateTime::UNIX_EPOCH, latest);
    let zero = before(wall, moment.up);
    let told = |at: DateTime<Utc>, zero, shift| TimeReading {
        known: JournalTime {
            at: at.min(latest),
            boot: moment.boot.clone(),
            up: moment.up,
            zero,
        },
        zone: moment.zone.clone(),
        shift,
    };
    let Some(last) = last else {
        return told(wall, zero, None);
    };
    let back = last.at.signed_duration_since(wall);
    let rolled_back = back > TOLERANCE;
    let rollback = ClockShift::Rollback {
        wall,
        back_secs: back.num_seconds(),
    };
    if last.boot != moment.boot {
        return told(last.at.max(wall), zero, rolled_back.then_some(rollback));
    }
    let drift = zero.signed_duration_since(last.zero);
    let moved = drift.abs() > TOLERANCE;
    let expected = after(last.at, moment.up.saturating_sub(last.up));
    let agrees = wall.signed_duration_since(expected).abs() <= TOLERANCE;
    let at = if agrees { last.at.max(wall) } else { expected };
    let shift = moved.then(|| {
        if rolled_back {
            rollback
        } else {
            ClockShift::Jump {
                wall,
                drift_secs: drift.num_seconds(),
            }
        }
    });
    // Slow drift adds up against the same zero until it is logged.
    told(at, if moved { zero } else { last.zero }, shift)
}

/// Journal times are whole microseconds.
fn whole_micros(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(time.timestamp_micros()).unwrap_or(time)
}

fn before(time: DateTime<Utc>, span: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(span)
        .ok()
        .and_then(|span| time.checked_sub_signed(span))
        .map_or(DateTime::<Utc>::MIN_UTC, whole_micros)
}

fn after(time: DateTime<Utc>, span: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(span)
        .ok()
        .and_then(|span| time.checked_add_signed(span))
        .map_or(DateTime::<Utc>::MAX_UTC, whole_micros)
}

/// The later of what the head and the last line know of time. Of one boot, the head
/// knows better where its wall clock stood.
pub(in crate::journal) fn latest(
    head: Option<&JournalTime>,
    line: Option<&JournalTime>,
) -> Option<JournalTime> {
    match (head, line) {
        (Some(head), Some(line)) if line.at > head.at => {
            let zero = if head.boot == line.boot {
                head.zero
            } else {
                line.zero
            };
            Some(JournalTime {
                zero,
                ..line.clone()
            })
        }
        (Some(head), _) => Some(head.clone()),
        (None, line) => line.cloned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Clock as _, HandClock};
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    fn start(clock: &HandClock) -> JournalTime {
        advance(None, &clock.now()).known
    }

    #[test]
    fn time_that_passes_on_both_clocks_is_no_shift() {
        let clock = HandClock::new();
        let last = start(&clock);
        clock.advance(HOUR);
        clock.set_zone("Asia/Tokyo");
        let told = advance(Some(&last), &clock.now());
        assert_eq!(told.shift, None);
        assert_eq!(told.known.at, clock.now().wall);
        assert_eq!(told.zone, "Asia/Tokyo");
    }

    #[test]
    fn ninety_seconds_are_tolerated_and_one_more_is_a_jump_which_the_boot_clock_wins() {
        let clock = HandClock::new();
        let last = start(&clock);
        clock.advance_wall(TimeDelta::seconds(90));
        assert_eq!(advance(Some(&last), &clock.now()).shift, None);
        clock.advance_wall(TimeDelta::seconds(1));
        clock.advance(Duration::from_secs(10));
        let told = advance(Some(&last), &clock.now());
        assert_eq!(
            told.shift,
            Some(ClockShift::Jump {
                wall: clock.now().wall,
                drift_secs: 91
            })
        );
        assert_eq!(told.known.at, last.at + TimeDelta::seconds(10));
    }

    #[test]
    fn a_jump_is_told_once_and_the_boot_clock_goes_on_leading() {
        let clock = HandClock::new();
        let last = start(&clock);
        clock.advance_wall(TimeDelta::days(1));
        let jumped = advance(Some(&last), &clock.now());
        assert!(matches!(
            jumped.shift,
            Some(ClockShift::Jump {
                drift_secs: 86_400,
                ..
            })
        ));
        clock.advance(HOUR);
        let later = advance(Some(&jumped.known), &clock.now());
        assert_eq!(later.shift, None);
        assert_eq!(later.known.at, last.at + TimeDelta::hours(1));
    }

    #[test]
    fn a_clock_that_creeps_forward_is_caught_when_it_has_crept_far_enough() {
        let clock = HandClock::new();
        let mut last = start(&clock);
        let mut shifts = 0;
        for _ in 0..4 {
            clock.advance_wall(TimeDelta::seconds(50));
            let told = advance(Some(&last), &clock.now());
            shifts += usize::from(told.shift.is_some());
            last = told.known;
        }
        // 50, 100 (caught, counted anew), 50, 100 (caught).
        assert_eq!(shifts, 2);
    }

    #[test]
    fn a_clock_set_back_is_a_rollback_in_one_boot_and_across_boots() {
        let clock = HandClock::new();
        let last = start(&clock);
        clock.advance_wall(TimeDelta::seconds(-91));
        let told = advance(Some(&last), &clock.now());
        assert_eq!(
            told.shift,
            Some(ClockShift::Rollback {
                wall: clock.now().wall,
                back_secs: 91
            })
        );
        assert_eq!(told.known.at, last.at);
        clock.reboot();
        let told = advance(Some(&last), &clock.now());
        assert!(matches!(
            told.shift,
            Some(ClockShift::Rollback { back_secs: 91, .. })
        ));
        assert_eq!(told.known.at, last.at);
        let again = advance(Some(&told.known), &clock.now());
        assert_eq!(again.shift, None);
    }

    #[test]
    fn a_clock_set_back_before_a_boot_is_still_seen_once_the_head_knows_the_boot() {
        let clock = HandClock::new();
        let last = start(&clock);
        clock.advance_wall(TimeDelta::days(-3));
        clock.reboot();
        clock.advance(Duration::from_secs(10));
        let told = advance(Some(&last), &clock.now());
        let kept = told.before_a_shift(Some(&last));
        assert_eq!((kept.at, kept.boot.as_str()), (last.at, "hand-boot-2"));
        clock.advance(HOUR);
        let again = advance(Some(&kept), &clock.now());
        let back_secs = 3 * 86_400 - 10;
        assert!(
            matches!(again.shift, Some(ClockShift::Rollback { back_secs: secs, .. }) if secs == back_secs - 3_600),
            "{:?}",
            again.shift
        );
        assert_eq!(again.known.at, last.at + TimeDelta::hours(1));
    }

    #[test]
    fn a_machine_that_was_off_for_a_year_is_no_shift() {
        let clock = HandClock::new();
        let last = start(&clock);
        clock.advance_wall(TimeDelta::days(365));
        clock.reboot();
        let told = advance(Some(&last), &clock.now());
        assert_eq!(told.shift, None);
        assert_eq!(told.known.at, clock.now().wall);
    }

    proptest! {
        #[test]
        fn time_never_runs_backwards_whatever_the_clocks_do(
            moves in prop::collection::vec((any::<i64>(), any::<u32>(), any::<bool>()), 1..40),
        ) {
            let clock = HandClock::new();
            let mut last = start(&clock);
            for (wall, up, reboot) in moves {
                clock.advance_wall(TimeDelta::microseconds(wall));
                clock.advance_up(Duration::from_millis(u64::from(up)));
                if reboot { clock.reboot(); }
                let told = advance(Some(&last), &clock.now());
                prop_assert!(told.known.at >= last.at);
                // Four digits hold the year, so that the line can be read again.
                prop_assert_eq!(told.known.at.format("%Y").to_string().len(), 4);
                if !reboot {
                    let most = TimeDelta::milliseconds(i64::from(up)).checked_add(&TimeDelta::seconds(180)).unwrap();
                    prop_assert!(told.known.at.signed_duration_since(last.at) <= most);
                }
                last = told.known;
            }
        }
    }
}

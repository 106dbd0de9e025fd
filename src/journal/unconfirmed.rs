//! Lines behind the head's word: whether this app wrote them, in this run or the last one.
//!
//! Their hashes show nothing: whoever can hash can chain a line of their own. Their clocks do. The
//! head is written when a journal is opened and with each line, so what an interrupted run leaves
//! behind it was written in that very run, and nothing is from a time that has not come.

use chrono::TimeDelta;

use super::clock::Moment;
use super::clock::journal_time::{JournalTime, TOLERANCE, advance};

/// A line holds whole seconds of the boot clock.
const ONE_SECOND: TimeDelta = TimeDelta::seconds(1);

/// Whether a line behind the head can be one that was written behind its word: in the present
/// boot no later than now, or in the head's boot by clocks that went on together.
///
/// So it never stands for more time than has passed between the head's word and now, by what
/// head and machine say, but for what clocks may differ.
pub(super) fn may_be_ours(line: &JournalTime, head: &JournalTime, now: &Moment) -> bool {
    let journal_now = advance(Some(head), now).known.at;
    if line.at.signed_duration_since(journal_now) > TOLERANCE {
        return false;
    }
    let up = |up: std::time::Duration| TimeDelta::from_std(up).unwrap_or(TimeDelta::MAX);
    if line.boot == now.boot {
        return up(line.up) <= up(now.up).checked_add(&TOLERANCE).unwrap_or(TimeDelta::MAX);
    }
    let by_boot = up(line.up).checked_sub(&up(head.up));
    let by_wall = line.at.signed_duration_since(head.at);
    let apart = by_boot.and_then(|by_boot| by_boot.checked_sub(&by_wall));
    let back = by_boot.is_none_or(|by_boot| by_boot < -ONE_SECOND);
    let most = TOLERANCE.checked_add(&ONE_SECOND).unwrap_or(TOLERANCE);
    line.boot == head.boot && !back && apart.is_some_and(|apart| apart.abs() <= most)
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    reason = "of tests, whose seconds are small"
)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    use super::*;

    /// 2026-03-01T14:30:00Z.
    const START: i64 = 1_772_375_400;

    fn wall(secs: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(START + secs, 0).unwrap()
    }

    fn known(boot: &str, up: u64, at: i64) -> JournalTime {
        let up = Duration::from_secs(up);
        JournalTime {
            at: wall(at),
            boot: boot.to_owned(),
            up,
            zero: wall(at) - TimeDelta::from_std(up).unwrap(),
        }
    }

    fn moment(boot: &str, up: u64, at: i64) -> Moment {
        Moment {
            wall: wall(at),
            zone: "UTC".to_owned(),
            boot: boot.to_owned(),
            up: Duration::from_secs(up),
        }
    }

    #[test]
    fn what_a_power_cut_leaves_is_ours_and_what_was_made_up_is_not() {
        let head = known("a", 1_000, 0);
        let same_boot = moment("a", 1_060, 60);
        let rebooted = moment("b", 40, 160);
        let dead_clock = moment("b", 40, -1_000_000_000);
        for (line, now, ours) in [
            // Written a moment behind the head's word, and looked at in the same boot.
            (known("a", 1_005, 5), &same_boot, true),
            // The power went, and the machine was booted again, with a clock that works or not.
            (known("a", 1_005, 5), &rebooted, true),
            (known("a", 1_005, 5), &dead_clock, true),
            // The first line of a boot, before the head had its word of it.
            (known("b", 39, 160), &rebooted, true),
            // A boot that neither the head nor the machine knows of.
            (known("x", 86_400, 5), &same_boot, false),
            (known("x", 5, 5), &rebooted, false),
            // Longer on than the machine is.
            (known("a", 87_400, 5), &same_boot, false),
            (known("a", 87_400, 86_400), &same_boot, false),
            (known("b", 86_400, 160), &rebooted, false),
            // The head's boot, by clocks that did not go on together, or from a time to come.
            (known("a", 87_400, 5), &rebooted, false),
            (known("a", 87_400, 86_400), &rebooted, false),
            (known("a", 900, 5), &rebooted, false),
        ] {
            assert_eq!(may_be_ours(&line, &head, now), ours, "{line:?} {now:?}");
        }
    }

    fn boots() -> impl Strategy<Value = &'static str> {
        prop_oneof![Just("a"), Just("b"), Just("c")]
    }

    fn secs() -> impl Strategy<Value = i64> {
        prop_oneof![-200_i64..400, -4_000_000_i64..4_000_000]
    }

    proptest! {
        /// Whatever a line claims that is taken for ours: no more time than has passed.
        #[test]
        fn a_line_that_may_be_ours_claims_no_more_than_has_passed(
            (boot, up, at) in (boots(), 0_u64..4_000_000, secs()),
            (now_boot, now_up, now_at) in (boots(), 0_u64..4_000_000, secs()),
        ) {
            let head = known("a", 1_000, 0);
            let line = known(boot, up, at);
            let now = moment(now_boot, now_up, now_at);
            let passed = |boot: &str, up: u64, at: i64| {
                let up = i64::try_from(up).unwrap();
                if boot == "a" { (up - 1_000).max(0) } else { up.max(at) }
            };
            if may_be_ours(&line, &head, &now) {
                let claims = passed(boot, up, at);
                let has = passed(now_boot, now_up, now_at).max(0);
                prop_assert!(claims <= has + 2 * 91, "{claims} of {has}");
            }
        }
    }
}

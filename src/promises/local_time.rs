//! Hours and days by the local clock, in each time zone that counts.

use chrono::{Days as Later, LocalResult, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::hours::Hours;
use super::promise_set::PromiseSet;
use super::zones::Counting;

/// How far ahead hours are looked for: any day of the week comes within it.
const AHEAD: u64 = 9;

impl PromiseSet {
    /// Whether new risk is outside of these hours at a counted second, and in how many seconds that
    /// turns. In each time zone that counts it must be inside.
    pub(super) fn hours_at(&self, hours: &Hours, at: u64, zone: &str) -> (bool, Option<u64>) {
        let zones = self.zones.counting(zone, at);
        let outside = |second: u64| self.is_outside(hours, &zones, second);
        let now = outside(at);
        let turns = self
            .edges(hours, &zones, at)
            .into_iter()
            .find(|second| outside(*second) != now);
        (now, turns.and_then(|second| second.checked_sub(at)))
    }

    fn is_outside(&self, hours: &Hours, zones: &[Counting], second: u64) -> bool {
        let Some(instant) = self.instants.instant(second) else {
            return false;
        };
        zones
            .iter()
            .filter(|counting| counting.until.is_none_or(|until| second < until))
            .any(|counting| !hours.has(instant.with_timezone(&counting.zone).naive_local()))
    }

    /// Every second behind this one at which hours begin or end somewhere, or a zone ceases to
    /// count, in their order.
    fn edges(&self, hours: &Hours, zones: &[Counting], at: u64) -> Vec<u64> {
        let Some(now) = self.instants.instant(at) else {
            return Vec::new();
        };
        let mut edges: Vec<u64> = zones.iter().filter_map(|c| c.until).collect();
        for Counting { zone, .. } in zones {
            let today = now.with_timezone(zone).date_naive();
            let days = (0..AHEAD).filter_map(|day| today.checked_add_days(Later::new(day)));
            for local in days.flat_map(|day| [day.and_time(hours.from), day.and_time(hours.to)]) {
                for instant in instants(*zone, local) {
                    let behind = instant.signed_duration_since(now);
                    // The first whole second that is not before it.
                    let up = behind.subsec_nanos() > 0;
                    let behind = behind.num_seconds().checked_add(i64::from(up));
                    let behind = behind.and_then(|behind| u64::try_from(behind).ok());
                    edges.extend(behind.and_then(|behind| at.checked_add(behind)));
                }
            }
        }
        edges.retain(|second| *second > at);
        edges.sort_unstable();
        edges
    }

    /// The counted second at which the next day begins: in each zone that counts it has begun.
    pub(super) fn next_day(&self, at: u64) -> u64 {
        let Some(now) = self.instants.instant(at) else {
            return at;
        };
        let zone = self.last_seen().map_or("", |seen| seen.zone.as_str());
        let begins = |counting: &Counting| {
            let tomorrow = now.with_timezone(&counting.zone).date_naive().succ_opt()?;
            let midnight = tomorrow.and_time(chrono::NaiveTime::MIN);
            let begins = instants(counting.zone, midnight).into_iter().next()?;
            let wait = begins.signed_duration_since(now);
            let whole = wait
                .num_seconds()
                .saturating_add(i64::from(wait.subsec_nanos() > 0));
            u64::try_from(whole).ok()
        };
        let zones = self.zones.counting(zone, at);
        let wait = zones.iter().filter_map(begins).max().unwrap_or(0);
        at.saturating_add(wait)
    }
}

/// The instants of a local time: two where the clocks go back over it; where they skip it, the
/// first one behind it.
fn instants(zone: Tz, local: NaiveDateTime) -> Vec<chrono::DateTime<Tz>> {
    const QUARTERS: i64 = 16;
    for quarter in 0..=QUARTERS {
        let skipped = TimeDelta::try_minutes(quarter.saturating_mul(15));
        let Some(local) = skipped.and_then(|skipped| local.checked_add_signed(skipped)) else {
            break;
        };
        match zone.from_local_datetime(&local) {
            LocalResult::Single(one) => return vec![one],
            LocalResult::Ambiguous(first, second) => return vec![first, second],
            LocalResult::None => {}
        }
    }
    Vec::new()
}

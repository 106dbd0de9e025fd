//! Hours of the week in which new risk may be taken, by the local clock.

use chrono::{Days as Later, LocalResult, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::promise_set::PromiseSet;
use super::zones::Counting;

/// Days of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Weekday>", into = "Vec<Weekday>")]
pub struct Days(u8);

/// The week from its Monday.
pub const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

impl Days {
    /// Whether a day is one of them.
    pub fn has(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// The same with a day put in or taken out.
    #[must_use]
    pub fn with(self, day: Weekday, is_one: bool) -> Self {
        if is_one {
            Self(self.0 | bit(day))
        } else {
            Self(self.0 & !bit(day))
        }
    }
}

fn bit(day: Weekday) -> u8 {
    1_u8.checked_shl(day.num_days_from_monday()).unwrap_or(0)
}

impl From<Vec<Weekday>> for Days {
    fn from(days: Vec<Weekday>) -> Self {
        let all = days.into_iter();
        all.fold(Self::default(), |days, day| days.with(day, true))
    }
}

impl From<Days> for Vec<Weekday> {
    fn from(days: Days) -> Self {
        WEEK.into_iter().filter(|day| days.has(*day)).collect()
    }
}

/// From a time of day to another one, on some days. Where the end is not behind the beginning it
/// is on the day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The days on which they begin.
    pub days: Days,
    /// From when.
    pub from: NaiveTime,
    /// To when, not included.
    pub to: NaiveTime,
}

impl Hours {
    /// Whether a local time is one of these hours.
    ///
    /// ```
    /// use chrono::{NaiveTime, Weekday};
    /// use impulse_audit::promises::{Days, Hours};
    ///
    /// let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    /// let days = Days::from(vec![Weekday::Fri]);
    /// let night = Hours { days, from: at(22), to: at(2) };
    /// // Saturday the 21st of November 2026, an hour past midnight, belongs to Friday's.
    /// assert!(night.has("2026-11-21T01:00:00".parse().unwrap()));
    /// assert!(!night.has("2026-11-21T22:00:00".parse().unwrap()));
    /// ```
    pub fn has(&self, local: NaiveDateTime) -> bool {
        use chrono::Datelike as _;
        let (day, time) = (local.weekday(), local.time());
        if self.from < self.to {
            return self.days.has(day) && (self.from..self.to).contains(&time);
        }
        self.days.has(day) && time >= self.from || self.days.has(day.pred()) && time < self.to
    }

    /// Why these cannot be promised, if they cannot.
    pub(super) fn problem(&self) -> Option<&'static str> {
        if self.days == Days::default() {
            Some("Choose at least one day.")
        } else if self.from == self.to && self.days == Days::from(WEEK.to_vec()) {
            Some("These hours leave nothing out. Leave out a day, or write shorter ones.")
        } else {
            None
        }
    }

    /// "Mon–Fri, 09:00–17:30"; a whole day has no hours.
    pub(super) fn words(&self) -> String {
        let days = days_in_words(self.days);
        if self.from == self.to && self.from == NaiveTime::MIN {
            return days;
        }
        let time = |time: NaiveTime| time.format("%H:%M").to_string();
        format!("{days}, {}–{}", time(self.from), time(self.to))
    }
}

/// Days that follow one another as one: "Mon–Wed, Fri".
fn days_in_words(days: Days) -> String {
    let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
    for day in WEEK.into_iter().filter(|day| days.has(*day)) {
        match runs.last_mut() {
            Some((_, last)) if last.succ() == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let words = runs.into_iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        }
    });
    words.collect::<Vec<String>>().join(", ")
}

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
}

/// The instants of a local time: two where the clocks go back over it; where they skip it, the
/// first one behind it.
pub(super) fn instants(zone: Tz, local: NaiveDateTime) -> Vec<chrono::DateTime<Tz>> {
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

//! Hours of the week in which new risk may be taken, by the local clock.

use chrono::{NaiveDateTime, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

/// Days of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Weekday>", into = "Vec<Weekday>")]
pub struct Days(u8);

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

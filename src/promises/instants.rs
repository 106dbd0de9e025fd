//! Which instant a counted second is: the end of a promise is one time of day, on every screen and
//! whatever is done to the wall clock.

use chrono::{DateTime, TimeDelta, Utc};

use super::credited_time::ClockReading;
use super::promise_set::PromiseSet;

/// The journal's time and the counted seconds that differ by no more than this agree.
const TOLERANCE: TimeDelta = TimeDelta::seconds(90);

/// A counted second and the journal's time then, from which every other one is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Instants(Option<(u64, DateTime<Utc>)>);

impl Instants {
    /// Takes in a line. The instants that are told stay as they were, unless the journal's time
    /// has moved against the counted seconds, as behind a boot with a wrong clock.
    pub(super) fn see(&mut self, second: u64, line: DateTime<Utc>) {
        let agrees = self
            .instant(second)
            .is_some_and(|told| told.signed_duration_since(line).abs() <= TOLERANCE);
        if !agrees {
            self.0 = Some((second, line));
        }
    }

    /// The instant of a counted second.
    pub(super) fn instant(&self, second: u64) -> Option<DateTime<Utc>> {
        let (known, line) = self.0?;
        let secs = |span: u64| TimeDelta::try_seconds(i64::try_from(span).ok()?);
        match second.checked_sub(known) {
            Some(behind) => line.checked_add_signed(secs(behind)?),
            None => line.checked_sub_signed(secs(known.checked_sub(second)?)?),
        }
    }
}

impl PromiseSet {
    /// The instant so many counted seconds from now: the same whenever and wherever the end of a
    /// promise is asked for. By the wall clock where nothing was written yet.
    pub fn time_in(&self, secs: u64, now: &ClockReading) -> Option<DateTime<Utc>> {
        let wall = || {
            let secs = TimeDelta::try_seconds(i64::try_from(secs).ok()?)?;
            DateTime::from_timestamp(now.wall, 0)?.checked_add_signed(secs)
        };
        self.instants
            .instant(self.at(now).saturating_add(secs))
            .or_else(wall)
    }
}

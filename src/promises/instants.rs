//! Which instant a counted second is: the end of a promise is one time of day, on every screen and
//! whatever is done to the wall clock.

use chrono::{DateTime, TimeDelta, Utc};

use crate::journal::CLOCK_TOLERANCE;

/// A counted second and the journal's time then, from which every other one is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Instants(Option<(u64, DateTime<Utc>)>);

impl Instants {
    /// Takes in a line. The instants that are told stay as they were, unless the journal's time
    /// has moved against the counted seconds, as behind a boot with a wrong clock.
    pub(super) fn see(&mut self, second: u64, line: DateTime<Utc>) {
        let agrees = self
            .instant(second)
            .is_some_and(|told| told.signed_duration_since(line).abs() <= CLOCK_TOLERANCE);
        if !agrees {
            self.0 = Some((second, line));
        }
    }

    pub(super) fn instant(&self, second: u64) -> Option<DateTime<Utc>> {
        let (known, line) = self.0?;
        let secs = |span: u64| TimeDelta::try_seconds(i64::try_from(span).ok()?);
        match second.checked_sub(known) {
            Some(behind) => line.checked_add_signed(secs(behind)?),
            None => line.checked_sub_signed(secs(known.checked_sub(second)?)?),
        }
    }
}

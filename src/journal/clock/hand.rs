//! A clock that a test moves by hand.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Clock, Moment};

/// A clock moved by hand. Clones share one time.
///
/// ```
/// use std::time::Duration;
/// use impulse_audit::journal::{Clock as _, HandClock};
///
/// let clock = HandClock::new();
/// let before = clock.now();
/// clock.advance(Duration::from_secs(60));
/// let after = clock.now();
/// assert_eq!((after.wall - before.wall).num_seconds(), 60);
/// assert_eq!(after.up - before.up, Duration::from_secs(60));
/// ```
#[derive(Debug, Clone)]
pub struct HandClock {
    shared: Arc<Mutex<Hands>>,
}

#[derive(Debug)]
struct Hands {
    moment: Moment,
    boots: u64,
}

impl Default for HandClock {
    fn default() -> Self {
        Self::new()
    }
}

impl HandClock {
    /// A clock at 2026-03-01 14:30:00 UTC, in the zone `UTC`, an hour after its first boot.
    pub fn new() -> Self {
        // 2026-03-01T14:30:00Z as seconds since 1970.
        Self::at(DateTime::from_timestamp(1_772_375_400, 0).unwrap_or_default())
    }

    /// A clock at `wall`, in the zone `UTC`, an hour after its first boot.
    pub fn at(wall: DateTime<Utc>) -> Self {
        let moment = Moment {
            wall,
            zone: "UTC".to_owned(),
            boot: boot_name(1),
            up: Duration::from_hours(1),
        };
        Self {
            shared: Arc::new(Mutex::new(Hands { moment, boots: 1 })),
        }
    }

    /// Lets `time` pass: both clocks move on.
    pub fn advance(&self, time: Duration) {
        self.advance_wall(TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX));
        self.advance_up(time);
    }

    /// Sets the wall clock alone, as a person does.
    pub fn set_wall(&self, wall: DateTime<Utc>) {
        self.hands().moment.wall = wall;
    }

    /// Moves the wall clock alone, forward or back.
    pub fn advance_wall(&self, by: TimeDelta) {
        let mut hands = self.hands();
        let end = if by < TimeDelta::zero() {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        };
        hands.moment.wall = hands.moment.wall.checked_add_signed(by).unwrap_or(end);
    }

    /// Moves the boot clock alone.
    pub fn advance_up(&self, time: Duration) {
        let mut hands = self.hands();
        hands.moment.up = hands.moment.up.saturating_add(time);
    }

    /// Restarts the machine: a new boot id, and the boot clock at zero.
    pub fn reboot(&self) {
        let mut hands = self.hands();
        hands.boots = hands.boots.saturating_add(1);
        hands.moment.boot = boot_name(hands.boots);
        hands.moment.up = Duration::ZERO;
    }

    /// Changes the time zone's name.
    pub fn set_zone(&self, zone: &str) {
        zone.clone_into(&mut self.hands().moment.zone);
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        // A test that panicked elsewhere must not hide its message behind this one.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn boot_name(number: u64) -> String {
    format!("hand-boot-{number}")
}

impl Clock for HandClock {
    fn now(&self) -> Moment {
        self.hands().moment.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_time_and_the_clocks_move_apart_only_when_told() {
        let clock = HandClock::new();
        assert_eq!(clock.now().wall.to_rfc3339(), "2026-03-01T14:30:00+00:00");
        let twin = clock.clone();
        twin.advance_wall(TimeDelta::seconds(-30));
        assert_eq!(clock.now().wall.to_rfc3339(), "2026-03-01T14:29:30+00:00");
        assert_eq!(clock.now().up, Duration::from_hours(1));
        let boot = clock.now().boot;
        twin.reboot();
        assert_ne!(clock.now().boot, boot);
        assert_eq!(clock.now().up, Duration::ZERO);
    }
}

//! Time that is credited, never compared with a date.
//!
//! A date can be reached by setting a clock. So a promise counts the time that passed: within
//! one boot by the boot clock, across boots by the wall clock, and never less than the machine
//! has been on since it was booted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(super) use crate::input::length::{DAY, HOUR, MINUTE};

/// What the clocks of the machine said when something was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockReading {
    /// The id of the boot: equal ids mean that `up` can be compared.
    pub boot: String,
    /// Whole seconds since that boot. Setting the wall clock does not change them.
    pub up: u64,
    /// The wall clock, in whole seconds since 1970. A person can set it.
    pub wall: i64,
    /// The IANA name of the local time zone.
    #[serde(default)]
    pub zone: String,
}

impl ClockReading {
    /// The seconds that passed from here to `later`.
    ///
    /// ```
    /// use impulse_audit::promises::ClockReading;
    ///
    /// let seen = |boot: &str, up, wall, zone: &str| ClockReading {
    ///     boot: boot.to_owned(),
    ///     up,
    ///     wall,
    ///     zone: zone.to_owned(),
    /// };
    /// let at = |boot, up, wall| seen(boot, up, wall, "Europe/Berlin");
    /// let before = at("a", 100, 1_000_000);
    /// // A clock set a year forward within one boot: ten seconds are ten seconds.
    /// assert_eq!(before.passed_to(&at("a", 110, 32_000_000)), 10);
    /// // Off for an hour, and on for a minute since.
    /// assert_eq!(before.passed_to(&at("b", 60, 1_003_660)), 3660);
    /// // A dead battery says 1970; the two hours since the boot count all the same.
    /// assert_eq!(before.passed_to(&at("b", 7200, 7200)), 7200);
    /// ```
    pub fn passed_to(&self, later: &Self) -> u64 {
        if self.boot == later.boot {
            return later.up.saturating_sub(self.up);
        }
        let by_the_wall = later.wall.saturating_sub(self.wall);
        later.up.max(u64::try_from(by_the_wall).unwrap_or(0))
    }
}

/// The time credited so far, in seconds since the first thing that was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreditedTime {
    pub(super) credited: u64,
    pub(super) last: Option<ClockReading>,
    /// Each boot as it was seen first and last: one that comes back, as where two machines share a
    /// folder, says itself what passed since.
    pub(super) boots: BTreeMap<String, Boot>,
}

/// A boot, as it was seen first and last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Boot {
    pub(super) first: BootReading,
    pub(super) last: BootReading,
}

/// What the clocks of a boot said, and the time credited then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BootReading {
    pub(super) up: u64,
    pub(super) wall: i64,
    pub(super) credited: u64,
}

impl CreditedTime {
    /// The time credited up to the last thing that was seen.
    pub fn credited(&self) -> u64 {
        self.credited
    }

    /// What was seen last.
    pub fn last(&self) -> Option<&ClockReading> {
        self.last.as_ref()
    }

    /// The time credited if this is seen now.
    pub fn at(&self, now: &ClockReading) -> u64 {
        if let Some(Boot { last, .. }) = self.boots.get(&now.boot) {
            let since_then = now.up.saturating_sub(last.up);
            return self.credited.max(last.credited.saturating_add(since_then));
        }
        let passed = self.last.as_ref().map_or(0, |last| last.passed_to(now));
        self.credited.saturating_add(passed)
    }

    pub fn see(&mut self, seen: ClockReading) {
        self.credited = self.at(&seen);
        let sight = BootReading {
            up: seen.up,
            wall: seen.wall,
            credited: self.credited,
        };
        let known = self.boots.entry(seen.boot.clone()).or_insert(Boot {
            first: sight,
            last: sight,
        });
        // A boot clock that seems to stand earlier must not be credited twice.
        if seen.up < known.last.up {
            return;
        }
        known.last = sight;
        self.last = Some(seen);
    }
}

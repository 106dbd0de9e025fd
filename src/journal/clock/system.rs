//! The machine's own clocks.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::super::id::new_id;
use super::{Clock, Moment, machine};
use chrono::{DateTime, TimeDelta, Utc};

/// The machine's own clocks.
///
/// | system | boot clock | boot id |
/// | --- | --- | --- |
/// | Linux | `/proc/uptime`, hundredths of a second | `/proc/sys/kernel/random/boot_id` |
/// | macOS | `CLOCK_MONOTONIC`, microseconds | `kern.bootsessionuuid` |
/// | Windows | `GetTickCount64`, whole seconds | the number of the boot that the prefetcher keeps |
///
/// On Linux what a time namespace moved the boot clock by is taken off again: any user can start a
/// program in one. All three count sleep too, and none of the ids is made from the wall clock, so that setting
/// it within a boot never looks like a new one. Windows keeps no number where its prefetcher was
/// never on. There, and on other systems, each run of the app counts as a boot of its own: `up`
/// is the time since the clock was made and `boot` is a fresh id. Time without the app is then
/// credited by the wall clock alone, and a jump of the wall clock between two runs cannot be told
/// from a machine that was off. Where the prefetcher was switched off later its number stays the
/// same over boots: time is then credited by the boot clock alone, which is the stricter side.
///
/// Linux is tested. For macOS and Windows the compiler has checked the code, with the sources of
/// the crates it calls; it was not run there.
#[derive(Debug)]
pub struct SystemClock {
    machine_boot: Option<String>,
    run_boot: String,
    started: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl SystemClock {
    /// The clocks of this machine.
    pub fn new() -> Self {
        Self {
            machine_boot: machine::up().and_then(|_| machine::boot()),
            run_boot: format!("run-{}", new_id()),
            started: Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let (boot, up) = match (&self.machine_boot, machine::up()) {
            (Some(boot), Some(up)) => (boot, up),
            _ => (&self.run_boot, self.started.elapsed()),
        };
        Moment {
            wall: wall(SystemTime::now()),
            zone: iana_time_zone::get_timezone().unwrap_or_else(|_| "UTC".to_owned()),
            boot: boot.clone(),
            up,
        }
    }
}

/// A time of the system, also one before 1970; where no calendar reaches it, the nearest that one
/// does.
fn wall(time: SystemTime) -> DateTime<Utc> {
    let span = |span: Duration| TimeDelta::from_std(span).unwrap_or(TimeDelta::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => DateTime::UNIX_EPOCH
            .checked_add_signed(span(after))
            .unwrap_or(DateTime::<Utc>::MAX_UTC),
        Err(before) => DateTime::UNIX_EPOCH
            .checked_sub_signed(span(before.duration()))
            .unwrap_or(DateTime::<Utc>::MIN_UTC),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_before_1970_is_a_time_as_any_other() {
        let years = Duration::from_hours(10 * 365 * 24);
        assert_eq!(
            wall(UNIX_EPOCH - years).to_rfc3339(),
            "1960-01-04T00:00:00+00:00"
        );
        assert_eq!(
            wall(UNIX_EPOCH + years).to_rfc3339(),
            "1979-12-30T00:00:00+00:00"
        );
    }

    #[test]
    fn two_looks_in_one_boot_can_be_compared() {
        let clock = SystemClock::new();
        let first = clock.now();
        let second = clock.now();
        assert_eq!(first.boot, second.boot);
        assert!(second.up >= first.up);
        assert!(!first.zone.is_empty());
    }
}

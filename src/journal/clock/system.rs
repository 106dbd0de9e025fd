//! The machine's own clocks.

use std::time::Instant;

use chrono::Utc;
use uuid::Uuid;

use super::{Clock, Moment, machine};

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
            run_boot: format!("run-{}", Uuid::now_v7()),
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
            wall: Utc::now(),
            zone: iana_time_zone::get_timezone().unwrap_or_else(|_| "UTC".to_owned()),
            boot: boot.clone(),
            up,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

//! The machine's own clocks.

use std::time::{Duration, Instant};

use chrono::Utc;
use uuid::Uuid;

use super::{Clock, Moment};

/// The machine's own clocks.
///
/// On Linux the boot clock is `/proc/uptime`, which counts sleep too, and the boot
/// id is `/proc/sys/kernel/random/boot_id`. On other systems, and where `/proc`
/// cannot be read, each run of the app counts as a boot of its own: `up` is the
/// time since the clock was made and `boot` is a fresh id. That is the strict
/// side: time without the app is then credited by the wall clock alone, and a jump
/// of the wall clock between two runs cannot be told from a machine that was off.
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
            machine_boot: machine_up().and_then(|_| machine_boot()),
            run_boot: format!("run-{}", Uuid::now_v7()),
            started: Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let (boot, up) = match (&self.machine_boot, machine_up()) {
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

#[cfg(target_os = "linux")]
fn machine_boot() -> Option<String> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Uuid::try_parse(text.trim()).ok().map(|id| id.to_string())
}

#[cfg(target_os = "linux")]
fn machine_up() -> Option<Duration> {
    parse_uptime(&std::fs::read_to_string("/proc/uptime").ok()?)
}

#[cfg(not(target_os = "linux"))]
fn machine_boot() -> Option<String> {
    None
}

#[cfg(not(target_os = "linux"))]
fn machine_up() -> Option<Duration> {
    None
}

/// Reads the first number of `/proc/uptime`, seconds with two decimals (proc(5)).
#[cfg(any(target_os = "linux", test))]
fn parse_uptime(text: &str) -> Option<Duration> {
    let (secs, hundredths) = text.split_whitespace().next()?.split_once('.')?;
    if hundredths.len() != 2 {
        return None;
    }
    let millis = hundredths.parse::<u64>().ok()?.checked_mul(10)?;
    Duration::from_secs(secs.parse().ok()?).checked_add(Duration::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uptime_is_read_as_proc_writes_it() {
        assert_eq!(
            parse_uptime("350735.47 234388.90\n"),
            Some(Duration::from_millis(350_735_470))
        );
        assert_eq!(parse_uptime(""), None);
        assert_eq!(parse_uptime("12 3"), None);
        assert_eq!(parse_uptime("-1.00 3"), None);
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

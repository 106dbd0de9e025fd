//! The time since the machine's boot and the id of that boot, system by system.

use std::time::Duration;

#[cfg(any(target_os = "linux", target_os = "macos"))]
use uuid::Uuid;

/// The id of the present boot.
#[cfg(target_os = "linux")]
pub(super) fn boot() -> Option<String> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Uuid::try_parse(text.trim()).ok().map(|id| id.to_string())
}

/// The time since it, as the machine counts it: anyone may start a program in a time namespace of
/// its own, whose boot clock stands elsewhere (`time_namespaces(7)`). What that was moved by is taken
/// off again; where it cannot be known, the boot clock is none.
#[cfg(target_os = "linux")]
pub(super) fn up() -> Option<Duration> {
    /// A program stays in the namespace it was started in.
    static MOVED_BY: std::sync::OnceLock<Option<i128>> = std::sync::OnceLock::new();
    let up = parse_uptime(&std::fs::read_to_string("/proc/uptime").ok()?)?;
    let moved_by = (*MOVED_BY.get_or_init(moved_by))?;
    let up = i128::try_from(up.as_nanos()).ok()?.checked_sub(moved_by)?;
    Some(Duration::from_nanos(u64::try_from(up).ok()?))
}

/// By how many nanoseconds the boot clock of this program was moved.
#[cfg(target_os = "linux")]
fn moved_by() -> Option<i128> {
    let Ok(offsets) = std::fs::read_to_string("/proc/self/timens_offsets") else {
        // A system that knows no such namespaces.
        return Some(0);
    };
    // The file is about the namespace of children, which is this one's unless someone saw to it.
    let of = |name| std::fs::read_link(format!("/proc/self/ns/{name}")).ok();
    if of("time")? != of("time_for_children")? {
        return None;
    }
    parse_offset(&offsets)
}

/// The id of the present boot session, made anew by the kernel at each boot.
#[cfg(target_os = "macos")]
pub(super) fn boot() -> Option<String> {
    use sysctl::Sysctl as _;

    let text = sysctl::Ctl::new("kern.bootsessionuuid")
        .and_then(|control| control.value_string())
        .ok()?;
    let id = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    Uuid::try_parse(id).ok().map(|id| id.to_string())
}

/// The time since it. On macOS this clock counts from the boot, goes on in sleep, and stays as it
/// is when someone sets the wall clock (clock_gettime(3)).
#[cfg(target_os = "macos")]
pub(super) fn up() -> Option<Duration> {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    let whole = Duration::from_secs(u64::try_from(now.tv_sec).ok()?);
    whole.checked_add(Duration::from_nanos(u64::try_from(now.tv_nsec).ok()?))
}

/// The number of the present boot: Windows counts them for its prefetcher.
#[cfg(windows)]
pub(super) fn boot() -> Option<String> {
    const KEY: &str =
        r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters";
    let number = windows_registry::LOCAL_MACHINE
        .open(KEY)
        .and_then(|key| key.get_u32("BootId"))
        .ok()?;
    Some(format!("windows-boot-{number}"))
}

/// The time since it, sleep included.
#[cfg(windows)]
pub(super) fn up() -> Option<Duration> {
    sysinfo::System::uptime().ok().map(Duration::from_secs)
}

/// Not known here: each run of the app is a boot of its own.
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
pub(super) fn boot() -> Option<String> {
    None
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
pub(super) fn up() -> Option<Duration> {
    None
}

/// Reads the boot clock's line of `/proc/self/timens_offsets`: seconds and nanoseconds.
#[cfg(any(target_os = "linux", test))]
fn parse_offset(text: &str) -> Option<i128> {
    let mut words = text
        .lines()
        .map(str::split_whitespace)
        .find_map(|mut words| (words.next()? == "boottime").then_some(words))?;
    let secs: i64 = words.next()?.parse().ok()?;
    let nanos: i64 = words.next()?.parse().ok()?;
    i128::from(secs)
        .checked_mul(1_000_000_000)?
        .checked_add(nanos.into())
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
    fn what_a_boot_clock_was_moved_by_is_read_as_proc_writes_it() {
        let text = "monotonic           5         0\nboottime      1000000 500000000\n";
        assert_eq!(parse_offset(text), Some(1_000_000_500_000_000));
        let text = "monotonic           0         0\nboottime          -10         0\n";
        assert_eq!(parse_offset(text), Some(-10_000_000_000));
        assert_eq!(parse_offset("monotonic 0 0\n"), None);
        assert_eq!(parse_offset("boottime 12\n"), None);
    }

    #[test]
    fn the_machine_knows_its_boot_where_the_app_is_meant_to_run() {
        if cfg!(any(target_os = "linux", target_os = "macos", windows)) {
            let id = boot();
            assert!(id.is_some() && id == boot());
            let (first, second) = (up().unwrap(), up().unwrap());
            assert!(Duration::ZERO < first && first <= second);
        }
    }
}

//! Ground of the siege's own: files in the place of the machine's clocks.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the folder of the clocks, in the process that has them.
const GROUND: &str = "SIEGE_GROUND";

/// What is done in the new mount namespace before the siege begins there. The entries of `/etc` stay
/// as they are but for the link to the time zone, which is the siege's own.
const MOUNTS: &str = r#"
mount --bind "$SIEGE_GROUND/uptime" /proc/uptime &&
mount --bind "$SIEGE_GROUND/boot" /proc/sys/kernel/random/boot_id &&
mount --bind /etc "$SIEGE_GROUND/real" &&
for entry in /etc/*; do
  name=${entry#/etc/}
  [ "$name" = localtime ] || ln -s "$SIEGE_GROUND/real/$name" "$SIEGE_GROUND/etc/$name"
done &&
mount --bind "$SIEGE_GROUND/etc" /etc && exec "$0" "$@"
"#;

/// Runs a test of this program again where the clocks are files of its own; where that is not
/// allowed, with the machine's clocks.
pub(crate) fn on_ground_of_its_own(test: &str) {
    let dir = tempfile::tempdir().unwrap();
    prepare(dir.path());
    let ways: [&[&str]; 2] = [&["--mount"], &["--user", "--map-root-user", "--mount"]];
    let mounts = |way: &&[&str]| {
        let mut tried = Command::new("unshare");
        tried.args(*way).args(["sh", "-c"]);
        tried.arg("mount --bind \"$0\" /proc/uptime");
        tried.arg(dir.path().join("uptime"));
        tried.output().is_ok_and(|ran| ran.status.success())
    };
    let own = std::env::current_exe().unwrap();
    let mut again = if let Some(way) = ways.into_iter().find(mounts) {
        let mut again = Command::new("unshare");
        again.args(way).args(["sh", "-c", MOUNTS]).arg(own);
        again
    } else {
        println!("nothing may be mounted here: the boot clock stays the machine's");
        let mut again = Command::new(own);
        again.env("SIEGE_PLAIN", "1");
        again
    };
    again.args(["--exact", test, "--ignored", "--nocapture"]);
    let status = again.env(GROUND, dir.path()).status().unwrap();
    assert!(status.success(), "{test} fell; what it said stands above");
}

fn prepare(dir: &Path) {
    fs::write(dir.join("uptime"), "000000001000.00 1.00\n").unwrap();
    fs::write(dir.join("boot"), "00000000-0000-4000-8000-000000000000\n").unwrap();
    fs::write(dir.join("wall"), "+00000000000000s\n").unwrap();
    fs::create_dir(dir.join("real")).unwrap();
    fs::create_dir(dir.join("etc")).unwrap();
    symlink(
        "/usr/share/zoneinfo/Europe/Berlin",
        dir.join("etc/localtime"),
    )
    .unwrap();
}

/// The ground this process stands on, where the siege has started it.
pub(crate) fn here() -> Option<Ground> {
    let dir = std::env::var_os(GROUND).map(PathBuf::from)?;
    let own = std::env::var_os("SIEGE_PLAIN").is_none();
    Some(Ground { dir, own })
}

/// The folder of the clocks, and whether they lie over the machine's.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    pub(crate) dir: PathBuf,
    pub(crate) own: bool,
}

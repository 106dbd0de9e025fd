//! A small disk of its own for one test: the test runs again where it may mount one.

use std::path::Path;
use std::process::Command;

/// Names the folder to mount on, in the process that may mount.
const MOUNT_ON: &str = "TEST_MOUNT_ON";

/// Runs the body of a test on a disk of 1,300 KiB, or says that nobody here may mount one. The test is
/// named as the test program lists it.
pub(crate) fn on_a_small_disk(test: &str, body: impl FnOnce(&Path)) {
    if let Some(dir) = std::env::var_os(MOUNT_ON) {
        let dir = Path::new(&dir);
        mount(&["-t", "tmpfs", "-o", "size=1300k", "tmpfs"], dir);
        return body(dir);
    }
    let dir = tempfile::tempdir().unwrap();
    // As the superuser, or as the superuser of a name space of its own.
    let ways: [&[&str]; 2] = [&["--mount"], &["--user", "--map-root-user", "--mount"]];
    let may_mount = |way: &&&[&str]| {
        let mut tried = Command::new("unshare");
        tried.args(**way).args(["mount", "-t", "tmpfs", "tmpfs"]);
        let tried = tried.arg(dir.path()).output();
        tried.is_ok_and(|tried| tried.status.success())
    };
    let Some(way) = ways.iter().find(may_mount) else {
        println!("Skipped: this system lets nobody here mount a small disk.");
        return;
    };
    let again = Command::new("unshare")
        .args(*way)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(MOUNT_ON, dir.path())
        .status();
    assert!(again.unwrap().success(), "it failed on the small disk");
}

/// Lets the disk take no more changes, or takes that back.
pub(crate) fn remount(dir: &Path, option: &str) {
    mount(&["-o", &format!("remount,{option}")], dir);
}

fn mount(arguments: &[&str], dir: &Path) {
    let mounted = Command::new("mount").args(arguments).arg(dir).status();
    assert!(mounted.unwrap().success());
}

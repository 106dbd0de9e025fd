//! Size and theme of the window: kept by the same hands as the journal, and never over what the app
//! did not write.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::Arc;

use impulse_audit::journal::{AtomicText, Folders, RealFs};
use impulse_audit::ui::{Preferences, Theme, WindowLayout};

use crate::common::World;
use crate::seat::Seat;

fn file(dir: &Path) -> PathBuf {
    dir.join("state/window.json")
}

fn kept(dir: &Path) -> AtomicText {
    AtomicText::window(&Folders::under(dir), Arc::new(RealFs))
}

/// A window that was left so, before a person.
fn left_as(dir: &Path) -> Seat {
    let (world, app, _) = World::with_account();
    Seat::left_as(world, app, WindowLayout::read(kept(dir)))
}

fn light() -> Preferences {
    Preferences {
        theme: Theme::Light,
        zoom: 125,
        size: [900.0, 700.0],
    }
}

/// A folder in which a light window was kept.
fn kept_before() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let text = serde_json::to_string(&light()).unwrap();
    kept(dir.path()).save(&text).unwrap();
    dir
}

#[test]
fn what_is_changed_is_kept_once_it_has_settled_and_found_by_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let mut seat = left_as(dir.path());
    assert!(!file(dir.path()).exists(), "nothing was changed");
    seat.prefer(Preferences {
        size: seat.preferences().size,
        ..light()
    });
    assert!(!file(dir.path()).exists(), "it is not written at each step");
    seat.passes(2.0);
    let look = WindowLayout::read(kept(dir.path()));
    assert_eq!(
        (look.preferences().theme, look.preferences().zoom),
        (Theme::Light, 125)
    );
    let mode = fs::metadata(file(dir.path())).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // What is closed before it has settled is kept as well.
    seat.prefer(Preferences::default());
    seat.close();
    assert_eq!(
        WindowLayout::read(kept(dir.path())).preferences().theme,
        Theme::Dark
    );
}

#[test]
fn a_size_that_no_window_can_have_is_taken_for_the_nearest() {
    let dir = kept_before();
    for (written, taken) in [
        ("[1.0,9e9]", [400.0, 16_000.0]),
        ("[900.0,700.0]", [900.0, 700.0]),
        ("[-1e30,0]", [400.0, 480.0]),
    ] {
        let text = format!("{{\"theme\":\"light\",\"size\":{written}}}");
        fs::write(file(dir.path()), text).unwrap();
        let look = WindowLayout::read(kept(dir.path()));
        let same = look.preferences().size.iter().zip(taken);
        assert!(
            same.into_iter()
                .all(|(a, b): (&f32, f32)| (a - b).abs() < 0.5),
            "{written}"
        );
        assert_eq!(look.preferences().zoom, 100);
    }
}

/// Lays something at a path, with a file of somebody else's at hand.
type Lay = fn(&Path, &Path);

/// What can lie in the way, each by itself.
fn obstacles() -> Vec<(&'static str, Lay)> {
    vec![
        ("a pipe", |path, _| {
            assert!(Process::new("mkfifo").arg(path).status().unwrap().success());
        }),
        ("a link", |path, other| symlink(other, path).unwrap()),
        ("a link to a device", |path, _| {
            symlink("/dev/full", path).unwrap();
        }),
        ("a folder", |path, _| fs::create_dir(path).unwrap()),
        ("a second name", |path, other| {
            fs::hard_link(other, path).unwrap();
        }),
        ("5 GB", |path, _| {
            fs::File::create(path).unwrap().set_len(5 << 30).unwrap();
        }),
        ("words", |path, _| fs::write(path, "my own notes").unwrap()),
        ("no text", |path, _| fs::write(path, [0xff, 0xfe]).unwrap()),
        ("for all", |path, _| {
            fs::write(path, "{}").unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o666)).unwrap();
        }),
    ]
}

#[test]
fn whatever_lies_in_the_way_is_told_in_a_sentence_and_stays_as_it_is() {
    for (name, lay) in obstacles() {
        let dir = kept_before();
        let path = file(dir.path());
        fs::remove_file(&path).unwrap();
        let other = dir.path().join("other");
        fs::write(&other, "somebody else's").unwrap();
        lay(&path, &other);
        let before = fs::symlink_metadata(&path).unwrap();
        let mut seat = left_as(dir.path());
        assert_eq!(seat.preferences().theme, Theme::Dark, "{name}");
        seat.must_read("Size and theme of the window are not kept: ");
        seat.must_read("window.json");
        seat.prefer(light());
        seat.passes(3.0);
        seat.close();
        let after = fs::symlink_metadata(&path).unwrap();
        assert_eq!(before.file_type(), after.file_type(), "{name}");
        assert_eq!(before.len(), after.len(), "{name}");
        assert_eq!(
            before.modified().unwrap(),
            after.modified().unwrap(),
            "{name}"
        );
        assert_eq!(
            fs::read_to_string(&other).unwrap(),
            "somebody else's",
            "{name}"
        );
    }
}

#[test]
fn what_comes_in_the_way_later_is_told_and_stays_too() {
    let dir = kept_before();
    let other = dir.path().join("other");
    fs::write(&other, "somebody else's").unwrap();
    let mut seat = left_as(dir.path());
    seat.must_not_read("Size and theme");
    fs::remove_file(file(dir.path())).unwrap();
    symlink(&other, file(dir.path())).unwrap();
    seat.prefer(Preferences::default());
    seat.passes(3.0);
    seat.must_read("Size and theme of the window are not kept: ");
    assert_eq!(fs::read_to_string(&other).unwrap(), "somebody else's");
}

const UNDER: &str = "KEPT_UNDER_NO_MASK";

#[test]
fn a_umask_of_0_opens_it_to_nobody() {
    let test = "kept::a_umask_of_0_opens_it_to_nobody";
    if let Some(dir) = std::env::var_os(UNDER).map(PathBuf::from) {
        kept(&dir).save("{}").unwrap();
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let line = "umask 0; exec \"$0\" \"$@\"";
    let mut again = Process::new("sh");
    again
        .args(["-c", line])
        .arg(std::env::current_exe().unwrap());
    again.args(["--exact", test]).env(UNDER, dir.path());
    assert!(again.output().unwrap().status.success());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file(dir.path())), 0o600);
    assert_eq!(mode(&dir.path().join("state")), 0o700);
}

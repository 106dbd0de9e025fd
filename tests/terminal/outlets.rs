//! Standard output and standard error that take no more: no panic, and the exit code is that of
//! what was done.

use std::fs::File;
use std::process::{Command, Output, Stdio};

use crate::house::House;
use crate::person::Person;

/// Where a stream of the program leads.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outlet {
    /// A file that is always full.
    Full,
    /// A pipe that nobody reads any more.
    Gone,
    /// A pipe that is read.
    Read,
}

fn leads_to(outlet: Outlet) -> Stdio {
    match outlet {
        Outlet::Full => File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
            .into(),
        Outlet::Gone => {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            writer.into()
        }
        Outlet::Read => Stdio::piped(),
    }
}

fn run(house: &House, arguments: &[&str], out: Outlet, err: Outlet) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_impulse-audit"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .arg("--data-dir")
        .arg(house.dir.path())
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(leads_to(out))
        .stderr(leads_to(err))
        .output()
        .unwrap();
    let code = output.status.code();
    assert!(
        code.is_some_and(|code| code <= 2),
        "{arguments:?} {out:?} {err:?}: {code:?}"
    );
    output
}

fn code(house: &House, arguments: &[&str], out: Outlet, err: Outlet) -> i32 {
    run(house, arguments, out, err).status.code().unwrap()
}

const ARM: [&str; 6] = ["promise", "arm", "no-cross", "--for", "1h", "--yes"];

#[test]
fn what_only_prints_is_2_where_it_cannot_and_0_where_its_reader_has_seen_enough() {
    let (house, _) = House::with_an_audit();
    for arguments in [
        &["journal", "list"][..],
        &["journal", "list", "--json"],
        &["journal", "show", "5"],
        &["promise", "list"],
        &["promise", "list", "--json"],
        &ARM[..5],
        &["export", "--format", "csv"],
        &["export", "--format", "jsonl"],
        &["export", "--format", "markdown"],
        &["seal"],
        &["paths"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
    ] {
        for err in [Outlet::Full, Outlet::Gone, Outlet::Read] {
            assert_eq!(
                code(&house, arguments, Outlet::Full, err),
                2,
                "{arguments:?} {err:?}"
            );
            assert_eq!(
                code(&house, arguments, Outlet::Gone, err),
                0,
                "{arguments:?} {err:?}"
            );
            assert_eq!(
                code(&house, arguments, Outlet::Read, err),
                0,
                "{arguments:?} {err:?}"
            );
        }
    }
}

#[test]
fn what_is_refused_is_1_and_what_cannot_run_is_2_whoever_hears_of_it() {
    let (house, _) = House::with_an_audit();
    let elsewhere = House::empty();
    for err in [Outlet::Full, Outlet::Gone, Outlet::Read] {
        let shown = code(&house, &["journal", "show", "99"], Outlet::Read, err);
        assert_eq!(shown, 1, "{err:?}");
        assert_eq!(
            code(&elsewhere, &["verify"], Outlet::Read, err),
            2,
            "{err:?}"
        );
        assert_eq!(
            code(&house, &["no-such-command"], Outlet::Read, err),
            2,
            "{err:?}"
        );
        // Without a display there is no window.
        assert_eq!(code(&house, &[], Outlet::Read, err), 2, "{err:?}");
    }
}

#[test]
fn what_is_done_is_0_although_nothing_can_be_said_of_it() {
    for (out, err) in [
        (Outlet::Full, Outlet::Read),
        (Outlet::Full, Outlet::Full),
        (Outlet::Gone, Outlet::Read),
        (Outlet::Gone, Outlet::Gone),
    ] {
        let (house, _) = House::with_an_audit();
        let armed = run(&house, &ARM, out, err);
        assert_eq!(armed.status.code(), Some(0), "{out:?} {err:?}: {armed:?}");
        assert_eq!(house.kinds("promise.armed").len(), 1, "{out:?} {err:?}");
        let said = String::from_utf8(armed.stderr).unwrap();
        let told = (out, err) == (Outlet::Full, Outlet::Read);
        assert_eq!(
            said.contains("It is done; what was to be said of it"),
            told,
            "{said}"
        );
        let lock = house.promises();
        let lock = lock.iter().find(|p| p["kind"] == "no-cross").unwrap()["id"].clone();
        let undo = ["promise", "undo", lock.as_str().unwrap()];
        assert_eq!(code(&house, &undo, out, err), 0, "{out:?} {err:?}");
        assert_eq!(house.kinds("promise.undone").len(), 1, "{out:?} {err:?}");
        assert_eq!(code(&house, &["backup"], out, err), 0, "{out:?} {err:?}");
        let backup = house.run(&["backup", "--json"]).done().json();
        assert_eq!(backup["already"], true, "{out:?} {err:?}");
        let restore = ["restore", backup["file"].as_str().unwrap(), "--yes"];
        assert_eq!(code(&house, &restore, out, err), 0, "{out:?} {err:?}");
        assert_eq!(house.kinds("journal.restored").len(), 1, "{out:?} {err:?}");
        assert_eq!(code(&house, &["verify"], out, err), 0, "{out:?} {err:?}");
    }
}

#[test]
fn the_verdict_of_a_damaged_journal_is_1_although_nobody_can_read_it() {
    let (house, _) = House::with_an_audit();
    let text = crate::house::text(&house.journal()).replacen("\"Main\"", "\"Mine\"", 1);
    std::fs::write(house.journal(), text).unwrap();
    for out in [Outlet::Full, Outlet::Gone, Outlet::Read] {
        assert_eq!(code(&house, &["verify"], out, Outlet::Full), 1, "{out:?}");
    }
}

/// An audit asks on standard output: where nobody can be asked it has not ended, and where it has,
/// it is saved.
#[test]
fn an_audit_that_nobody_can_be_asked_is_2_and_nothing_is_decided() {
    let (house, _) = House::with_an_audit();
    let line = "exec \"$0\" \"$@\" > /dev/full";
    let program = env!("CARGO_BIN_EXE_impulse-audit");
    for (line, said) in [
        (line, "The questions could not be asked"),
        ("exec \"$0\" \"$@\" | true", ""),
    ] {
        for command in ["audit", "follow", "promise plan"] {
            let arguments: Vec<&str> = command.split(' ').collect();
            let line = format!("{line}; exit ${{PIPESTATUS[0]}}");
            let person = Person::at(&["bash", "-c", &line, program], &house, &arguments);
            // Nothing is waiting to be followed: that is said by its end.
            let expected = if command == "follow" { 0 } else { 2 };
            let rest = person.ends_with(expected);
            assert!(
                rest.contains(said) || command == "follow",
                "{command}: {rest}"
            );
        }
    }
    assert_eq!(house.kinds("audit").len(), 4, "the audit that was there");
}

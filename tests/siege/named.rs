//! Known attacks on the real program that are not tested by name elsewhere.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::attacks::forge;
use crate::lines::journal;
use crate::run::program;

const ARM: [&str; 6] = ["promise", "arm", "no-cross", "--for", "24h", "--yes"];

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(program());
    command.arg("--data-dir").arg(folder).args(arguments);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

/// The promises of a kind that are in force, by the list.
fn in_force(folder: &Path, kind: &str) -> Vec<Value> {
    let mut command = Command::new(program());
    command.arg("--data-dir").arg(folder);
    let output = command
        .args(["promise", "list", "--json"])
        .output()
        .unwrap();
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let promises = list["promises"].as_array().unwrap().clone();
    let holds = |promise: &Value| promise["kind"] == kind && promise["state"] == "in_force";
    promises.into_iter().filter(holds).collect()
}

#[test]
fn a_head_that_is_gone_with_a_byte_of_the_promise_frees_nothing() {
    for whole_folder in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path();
        assert_eq!(run(folder, &ARM).0, Some(0));
        let path = folder.join("data/journal-0001.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen("no-cross", "no-crosz", 1)).unwrap();
        if whole_folder {
            fs::remove_dir_all(folder.join("state")).unwrap();
        } else {
            fs::remove_file(folder.join("state/head")).unwrap();
        }
        let (code, said) = run(folder, &["verify"]);
        assert_eq!(code, Some(1), "{said}");
        // It is taken up by whoever writes next, for as long as any lock can last.
        run(
            folder,
            &["promise", "arm", "wait-rescue", "--for", "1h", "--yes"],
        );
        let unknown = in_force(folder, "unknown");
        let left = unknown
            .first()
            .and_then(|lock| lock["remaining_secs"].as_u64());
        assert!(left.is_some_and(|left| left > 29 * 86_400), "{unknown:?}");
    }
}

#[test]
fn with_the_data_folder_gone_the_head_holds_every_lock_and_both_gone_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    assert_eq!(run(folder, &ARM).0, Some(0));
    fs::remove_dir_all(folder.join("data")).unwrap();
    let (code, said) = run(folder, &["verify"]);
    assert!(code == Some(1) && said.contains("DELETED"), "{said}");
    assert_eq!(in_force(folder, "no-cross").len(), 1);
    let more = ["promise", "arm", "no-cross", "--for", "1h", "--yes"];
    let (code, said) = run(folder, &more);
    assert!(code == Some(1) && said.contains("DELETED"), "{said}");
    fs::remove_dir_all(folder.join("state")).unwrap();
    // Nothing knows of it any more, and the new journal begins with its date.
    let (code, said) = run(folder, &["verify"]);
    assert_eq!(code, Some(2), "{said}");
    assert_eq!(run(folder, &ARM).0, Some(0));
    let kinds: Vec<String> = journal(&folder.join("data"))
        .into_iter()
        .map(|line| line.kind)
        .collect();
    assert_eq!(kinds, ["journal.created", "promise.armed"]);
}

/// A journal with a promise and a backup, and the arguments that restore it.
fn backed_up(folder: &Path) -> [String; 3] {
    let arm = ["promise", "arm", "wait-rescue", "--for", "1h", "--yes"];
    assert_eq!(run(folder, &arm).0, Some(0));
    assert_eq!(run(folder, &["backup"]).0, Some(0));
    let mut backups = fs::read_dir(folder.join("data/backups")).unwrap().flatten();
    let backup = backups.find(|file| file.path().extension().is_some_and(|it| it == "jsonl"));
    ["restore", backup.unwrap().path().to_str().unwrap(), "--yes"].map(str::to_owned)
}

/// Restores nothing before the app has taken up what the lines alone know.
fn restores_nothing(folder: &Path, restore: &[&str]) {
    let (code, said) = run(folder, restore);
    assert!(
        code == Some(1) && said.contains("Open the journal once"),
        "{said}"
    );
    assert_eq!(in_force(folder, "no-cross").len(), 1);
}

#[test]
fn an_older_head_put_back_and_an_older_backup_restored_drop_no_lock() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    let restore = backed_up(folder);
    let restore = restore.each_ref().map(String::as_str);
    let head = folder.join("state/head");
    let older = fs::read(&head).unwrap();
    assert_eq!(run(folder, &ARM).0, Some(0));
    fs::write(&head, older).unwrap();
    // The lines alone know of the lock: they are not moved aside before the head does.
    restores_nothing(folder, &restore);
    assert_eq!(run(folder, &["promise", "cancel", "0000"]).0, Some(1));
    let (code, said) = run(folder, &restore);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(in_force(folder, "no-cross").len(), 1);
}

#[test]
fn a_head_from_before_a_restore_put_back_and_an_older_backup_restored_drop_no_lock() {
    for lines_behind_the_backup in [1, 4] {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path();
        let restore = backed_up(folder);
        let restore = restore.each_ref().map(String::as_str);
        for opens in 1..=lines_behind_the_backup {
            let opens = opens.to_string();
            let arm = [
                "promise",
                "arm",
                "max-opens",
                "--opens",
                &opens,
                "--per",
                "day",
                "--yes",
            ];
            assert_eq!(run(folder, &arm).0, Some(0));
        }
        let head = folder.join("state/head");
        let older = fs::read(&head).unwrap();
        assert_eq!(run(folder, &restore).0, Some(0));
        assert_eq!(run(folder, &ARM).0, Some(0));
        fs::write(&head, older).unwrap();
        let (_, said) = run(folder, &["verify"]);
        let told = if lines_behind_the_backup == 1 {
            "REWRITTEN"
        } else {
            "LOST"
        };
        assert!(said.contains(told), "{said}");
        restores_nothing(folder, &restore);
        // Going on makes one of what both know, and then a backup may take the place of the lines.
        let (code, said) = run(folder, &["accept-loss", "--yes"]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(in_force(folder, "no-cross").len(), 1);
        let (code, said) = run(folder, &restore);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(in_force(folder, "no-cross").len(), 1);
    }
}

#[test]
fn a_promise_that_a_restore_brings_back_holds_on_behind_the_next_restore() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    let restore = backed_up(folder);
    let restore = restore.each_ref().map(String::as_str);
    let (lines, head) = (
        folder.join("data/journal-0001.jsonl"),
        folder.join("state/head"),
    );
    let before = [&lines, &head].map(|path| fs::read(path).unwrap());
    let arm = [
        "promise",
        "arm",
        "max-leverage",
        "--isolated",
        "10",
        "--cross",
        "5",
        "--yes",
    ];
    assert_eq!(run(folder, &arm).0, Some(0));
    let (code, said) = run(folder, &["backup", "--json"]);
    assert_eq!(code, Some(0), "{said}");
    let later: Value = serde_json::from_str(&said).unwrap();
    let later = later["file"].as_str().unwrap().to_owned();
    for (path, bytes) in [&lines, &head].into_iter().zip(before) {
        fs::write(path, bytes).unwrap();
    }
    // Neither lines nor head know of it, but the backup does.
    assert_eq!(in_force(folder, "max-leverage").len(), 0);
    assert_eq!(run(folder, &["restore", &later, "--yes"]).0, Some(0));
    assert_eq!(in_force(folder, "max-leverage").len(), 1);
    assert_eq!(run(folder, &restore).0, Some(0));
    assert_eq!(in_force(folder, "max-leverage").len(), 1);
}

#[test]
fn a_forged_line_ends_no_lock_for_one_who_only_reads_with_the_head_or_without() {
    for is_head_there in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path();
        assert_eq!(run(folder, &ARM).0, Some(0));
        forge(&folder.join("data/journal-0001.jsonl")).unwrap();
        if !is_head_there {
            fs::remove_file(folder.join("state/head")).unwrap();
        }
        let lines = || journal(&folder.join("data")).len();
        let before = lines();
        assert_eq!(in_force(folder, "no-cross").len(), 1, "{is_head_there}");
        assert_eq!(lines(), before, "a list writes nothing");
        run(folder, &["promise", "cancel", "0000"]);
        assert!(lines() > before, "an opening takes it up");
        assert_eq!(in_force(folder, "no-cross").len(), 1, "{is_head_there}");
    }
}

#[test]
fn a_lock_on_a_market_is_one_lock_in_every_spelling() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    let arm = |symbol: &str| {
        let for_a_day = [
            "promise",
            "arm",
            "no-switch-to-cross",
            "--for",
            "24h",
            "--yes",
        ];
        run(folder, &[&for_a_day[..], &["--symbol", symbol]].concat())
    };
    assert_eq!(arm("BTC/USDT").0, Some(0));
    for symbol in [
        "BTCUSDT",
        "BTC/USDT:USDT",
        "BTCUSDT-USDT",
        "BTC/USDTPERP",
        "cmt_btcusdt",
        "binance BTCUSDT",
        "BTC/USD₮",
        "ＢＴＣＵＳＤＴ",
        "BТC/USDT",
    ] {
        let (code, said) = arm(symbol);
        assert!(
            code == Some(1) && said.contains("promised already"),
            "{symbol}: {said}"
        );
    }
    assert_eq!(in_force(folder, "no-switch-to-cross").len(), 1);
}

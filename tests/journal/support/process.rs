//! The example `append` as a process of its own, and what it acknowledged.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The example `append`, which cargo builds beside the tests.
pub fn append() -> PathBuf {
    let mut folder = std::env::current_exe().unwrap();
    folder.pop();
    folder.pop();
    let path = folder.join("examples").join("append");
    assert!(
        path.exists(),
        "{} is missing: run `cargo build --examples`",
        path.display()
    );
    path
}

/// A process that appends so many notes to the journal in this folder.
pub fn appending(dir: &Path, count: &str) -> Child {
    Command::new(append())
        .arg(dir)
        .arg(count)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a process acknowledged: the hash of each event, by its number.
pub fn acks(out: &str) -> HashMap<u64, String> {
    let mut acks = HashMap::new();
    // The last line may be cut by the kill: only whole ones were said.
    for line in out
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
    {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!((words.len(), words[0]), (3, "ack"), "{line}");
        acks.insert(words[1].parse().unwrap(), words[2].to_owned());
    }
    acks
}

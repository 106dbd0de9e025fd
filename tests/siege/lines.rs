//! The lines on the disk, read by rules of the siege's own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use impulse_audit::journal::LineHash;
use serde_json::Value;

/// A line whose hash is that of its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    prev: String,
    pub(crate) hash: String,
    pub(crate) kind: String,
    pub(crate) text: String,
}

/// A line that is whole: `h` is the hash of all that stands before it.
fn whole(text: &str) -> Option<Line> {
    let end = text.len().checked_sub(",\"h\":\"\"}".len() + 64)?;
    let (body, rest) = text.split_at_checked(end)?;
    let hash = rest.strip_prefix(",\"h\":\"")?.strip_suffix("\"}")?;
    let line: Value = serde_json::from_str(text).ok()?;
    (LineHash::of(body.as_bytes()).to_string() == hash).then(|| Line {
        prev: line["prev"].as_str().unwrap_or_default().to_owned(),
        hash: hash.to_owned(),
        kind: line["kind"].as_str().unwrap_or_default().to_owned(),
        text: text.to_owned(),
    })
}

fn of_file(path: &Path) -> Vec<Line> {
    // What is no plain file of a plain length is no journal.
    let plain = fs::symlink_metadata(path).is_ok_and(|it| it.is_file() && it.len() < 1 << 22);
    let bytes = plain.then(|| fs::read(path).unwrap_or_default());
    let text = bytes.unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    text.lines().filter_map(whole).collect()
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The whole lines of the journal in this data folder, in order. A file that goes on behind none of
/// the lines before it was left out of the chain when its loss was accepted: it is nobody's.
pub(crate) fn journal(data: &Path) -> Vec<Line> {
    let is_of_it = |path: &&std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("journal-") && name.ends_with(".jsonl")
    };
    let mut journal: Vec<Line> = Vec::new();
    for path in entries(data).iter().filter(is_of_it) {
        let lines = of_file(path);
        let goes_on = lines.first().is_some_and(|first| {
            journal.is_empty() || journal.iter().any(|line| line.hash == first.prev)
        });
        if goes_on {
            journal.extend(lines);
        }
    }
    journal
}

/// The hashes of all whole lines in the data folder, wherever they were put, but for the backups.
pub(crate) fn anywhere(data: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            let is_folder = fs::symlink_metadata(&path).is_ok_and(|it| it.is_dir());
            if !is_folder {
                found.extend(of_file(&path).into_iter().map(|line| line.hash));
            } else if path != data.join("backups") {
                folders.push(path);
            }
        }
    }
    found
}

//! The lines on the disk, read by rules of the siege's own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use impulse_audit::journal::LineHash;
use serde_json::Value;

/// A line whose hash is that of its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    seq: u64,
    prev: String,
    pub(crate) hash: String,
    pub(crate) kind: String,
    pub(crate) text: String,
}

/// A JSON text that is whole: what `field`, its last one, holds is the hash of all before it.
fn checked(text: &str, field: &str) -> Option<(Value, String)> {
    let field = format!(",\"{field}\":\"");
    let end = text.len().checked_sub(field.len() + 64 + "\"}".len())?;
    let (body, rest) = text.split_at_checked(end)?;
    let hash = rest.strip_prefix(&field)?.strip_suffix("\"}")?;
    let value = serde_json::from_str(text).ok()?;
    (LineHash::of(body.as_bytes()).to_string() == hash).then(|| (value, hash.to_owned()))
}

fn whole(text: &str) -> Option<Line> {
    let (line, hash) = checked(text, "h")?;
    Some(Line {
        seq: line["seq"].as_u64()?,
        prev: line["prev"].as_str().unwrap_or_default().to_owned(),
        hash,
        kind: line["kind"].as_str().unwrap_or_default().to_owned(),
        text: text.to_owned(),
    })
}

/// What is no plain file of a plain length is no journal.
fn bytes_of(path: &Path) -> Vec<u8> {
    let plain = fs::symlink_metadata(path).is_ok_and(|it| it.is_file() && it.len() < 1 << 22);
    let bytes = plain.then(|| fs::read(path).unwrap_or_default());
    bytes.unwrap_or_default()
}

/// What stands between the line feeds, each whole or none.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = Option<Line>> {
    let pieces = bytes.split(|&byte| byte == b'\n');
    let pieces = pieces.filter(|piece| !piece.is_empty());
    pieces.map(|piece| whole(str::from_utf8(piece).ok()?))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// How many lines the head knows; none where it cannot be read.
fn in_head(data: &Path) -> Option<u64> {
    let bytes = bytes_of(&data.parent()?.join("state/head"));
    let text = String::from_utf8_lossy(&bytes);
    let slots = text.lines().filter_map(|it| checked(it.trim(), "sum"));
    slots.filter_map(|(slot, _)| slot["count"].as_u64()).max()
}

/// The journal's files by their numbers, each as far as it counts: a file that goes on where an
/// earlier one stopped says behind which of its bytes, and what stands between is nobody's.
fn files(data: &Path) -> Vec<(u64, Vec<u8>)> {
    let mut files: Vec<(u64, Vec<u8>)> = Vec::new();
    for path in entries(data) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let number = name.strip_prefix("journal-");
        let number = number.and_then(|it| it.strip_suffix(".jsonl"));
        let Some(number) = number.and_then(|it| it.parse().ok()) else {
            continue;
        };
        let bytes = bytes_of(&path);
        if let Some(Some(first)) = pieces(&bytes).next() {
            let line: Value = serde_json::from_str(&first.text).unwrap();
            let from = &line["data"]["from"];
            let goes_on = ["journal.continued", "journal.loss_accepted"];
            if let (Some(from), Some(bytes)) = (from["segment"].as_u64(), from["bytes"].as_u64())
                && goes_on.contains(&first.kind.as_str())
            {
                for (earlier, text) in files.iter_mut().filter(|(it, _)| *it >= from) {
                    let counts = if *earlier == from { bytes } else { 0 };
                    text.truncate(usize::try_from(counts).unwrap());
                }
            }
        }
        files.push((number, bytes));
    }
    files
}

/// The whole lines of the journal in this data folder, in order: each follows from the one before.
/// Where something before it is damaged or missing it follows all the same; what is out of order, or
/// follows from nothing and stands behind all that the head knows, is nobody's.
pub(crate) fn journal(data: &Path) -> Vec<Line> {
    let known = in_head(data);
    let mut journal: Vec<Line> = Vec::new();
    for (_, bytes) in files(data) {
        let mut is_behind_damage = false;
        for piece in pieces(&bytes) {
            let last = journal.last();
            let next = last.map_or(0, |last| last.seq + 1);
            let of_it = piece.filter(|line| {
                let follows = line.seq == next && last.is_none_or(|last| last.hash == line.prev);
                let is_known = known.is_none_or(|count| line.seq < count);
                line.seq >= next && (follows || is_behind_damage || is_known)
            });
            is_behind_damage = of_it.is_none();
            journal.extend(of_it);
        }
    }
    journal
}

/// The hashes of all whole lines in the data folder, wherever they were put, but for the backups and
/// what a restore had begun to write: that decides nothing until its plan stands.
pub(crate) fn anywhere(data: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![data.to_owned()];
    let is_begun =
        |path: &Path| path == data.join("restoring.jsonl") && !data.join("restoring.json").exists();
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            let is_folder = fs::symlink_metadata(&path).is_ok_and(|it| it.is_dir());
            if is_begun(&path) {
                continue;
            }
            if !is_folder {
                found.extend(pieces(&bytes_of(&path)).flatten().map(|line| line.hash));
            } else if path != data.join("backups") {
                folders.push(path);
            }
        }
    }
    found
}

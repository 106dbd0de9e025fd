//! What can be done to the files.

use std::fs;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use impulse_audit::journal::LineHash;

use crate::chance::Chance;
use crate::lines::{Line, journal};

/// The id of every line that the siege forges.
const FORGED: &str = "01a1ff50-0000-7000-8000-000000000001";

/// An attack on a file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attack {
    /// A copy put in its place: the same bytes, another file.
    Copied,
    Removed,
    Truncated,
    Emptied,
    Flipped,
    Zeroed,
    Appended,
    /// A line of the clock, chained by its hash.
    ForgedClock,
    /// What follows has to be taken back, or the program rightly refuses for ever.
    Linked,
    NamedTwice,
    AFolder,
    APipe,
    Open,
    /// 5 GB that take no room; 32 MB in the place of a journal.
    Vast,
}

const ALL: [Attack; 14] = [
    Attack::Copied,
    Attack::Removed,
    Attack::Truncated,
    Attack::Emptied,
    Attack::Flipped,
    Attack::Zeroed,
    Attack::Appended,
    Attack::ForgedClock,
    Attack::Linked,
    Attack::NamedTwice,
    Attack::AFolder,
    Attack::APipe,
    Attack::Open,
    Attack::Vast,
];

/// What has to be taken back again: a path, and where its file lies meanwhile.
#[derive(Debug)]
pub(crate) struct Hurt {
    path: PathBuf,
    away: PathBuf,
    attack: Attack,
}

impl Hurt {
    /// Puts back what was there, where it is still the siege's own that stands in its place.
    pub(crate) fn mend(self) {
        let Self { path, away, attack } = self;
        let now = fs::symlink_metadata(&path);
        match attack {
            Attack::NamedTwice => drop(fs::remove_file(&away)),
            Attack::Open => {
                let mode = if path.is_dir() { 0o700 } else { 0o600 };
                drop(fs::set_permissions(&path, fs::Permissions::from_mode(mode)));
            }
            Attack::AFolder if now.as_ref().is_ok_and(fs::Metadata::is_dir) => {
                drop(fs::remove_dir_all(&path));
                drop(fs::rename(&away, &path));
            }
            _ => {
                // Whatever the program wrote there since is as much an attack as the rest.
                drop(fs::remove_file(&path));
                drop(fs::rename(&away, &path));
            }
        }
    }
}

fn below(chance: &mut Chance, bound: u64) -> usize {
    usize::try_from(chance.below(bound)).unwrap()
}

/// A file or folder of the app.
fn target(chance: &mut Chance, folder: &Path) -> PathBuf {
    let (data, head) = (folder.join("data"), folder.join("state"));
    match chance.below(14) {
        0..=3 => {
            let mut files: Vec<PathBuf> = fs::read_dir(&data)
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.path())
                .filter(|path| path.extension().is_some_and(|it| it == "jsonl"))
                .collect();
            files.sort();
            let which = below(chance, files.len().max(1) as u64);
            files
                .get(which)
                .cloned()
                .unwrap_or_else(|| data.join("journal-0001.jsonl"))
        }
        4..=6 => head.join("head"),
        7 | 8 => data.join("journal.lock"),
        9 => data.join("draft.json"),
        10 => data.join("reserve.bin"),
        11 => data.join("backups"),
        12 => data,
        _ => head,
    }
}

/// One attack at random: what was done, and what has to be taken back.
pub(crate) fn attack(chance: &mut Chance, folder: &Path, number: u64) -> (String, Option<Hurt>) {
    let path = target(chance, folder);
    let attack = ALL[below(chance, ALL.len() as u64)];
    let away = folder.join(format!("away-{number}"));
    let told = format!("{attack:?} {}", path.display());
    // A program that runs may have taken the file away meanwhile.
    let hurt = make(chance, attack, &path, &away).unwrap_or(false);
    (told, hurt.then_some(Hurt { path, away, attack }))
}

/// Makes it, and says whether it has to be taken back.
fn make(chance: &mut Chance, attack: Attack, path: &Path, away: &Path) -> io::Result<bool> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|it| it.is_file());
    let length = fs::symlink_metadata(path).map_or(0, |it| it.len());
    match attack {
        Attack::Removed if !is_file => drop(fs::remove_dir_all(path)),
        Attack::Removed => drop(fs::remove_file(path)),
        Attack::Open => {
            return fs::set_permissions(path, fs::Permissions::from_mode(0o777)).map(|()| true);
        }
        Attack::Linked | Attack::AFolder | Attack::APipe | Attack::Vast => {
            if !is_file || fs::rename(path, away).is_err() {
                return Ok(false);
            }
            match attack {
                // A program that runs may have made the file anew meanwhile: then that stands.
                Attack::Linked => drop(symlink(away, path)),
                Attack::AFolder => drop(fs::create_dir(path)),
                Attack::APipe => {
                    drop(Command::new("mkfifo").arg(path).output());
                }
                _ => {
                    // A journal may be long, and is read to its end.
                    let is_journal = path.extension().is_some_and(|it| it == "jsonl");
                    let length = if is_journal { 1 << 25 } else { 5 << 30 };
                    drop(fs::File::create(path).and_then(|file| file.set_len(length)));
                }
            }
            return Ok(true);
        }
        _ if !is_file || length > 1 << 22 => {}
        Attack::Copied => {
            fs::copy(path, away)?;
            fs::rename(away, path)?;
        }
        Attack::Truncated | Attack::Emptied => {
            let to = if attack == Attack::Emptied {
                0
            } else {
                chance.below(length + 1)
            };
            fs::File::options().write(true).open(path)?.set_len(to)?;
        }
        Attack::Flipped if length > 0 => {
            let mut bytes = fs::read(path)?;
            let at = below(chance, length);
            bytes[at] ^= 1 << chance.below(8);
            fs::write(path, bytes)?;
        }
        Attack::Zeroed => {
            let mut file = fs::File::options().write(true).open(path)?;
            let at = chance.below(length + 1);
            file.seek(SeekFrom::Start(at))?;
            let zeros = vec![0; below(chance, (length - at).min(600) + 1)];
            file.write_all(&zeros)?;
        }
        Attack::Appended => append(path, b"{\"j\":1,\"seq\":3,\"kind\":\"promise.undone\"}\n")?,
        Attack::ForgedClock => forge(path)?,
        Attack::NamedTwice => return fs::hard_link(path, away).map(|()| true),
        Attack::Flipped => {}
    }
    Ok(false)
}

fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::options().append(true).open(path)?;
    file.write_all(bytes)
}

/// Whether this line is one that no program has acknowledged.
pub(crate) fn is_forged(line: &Line) -> bool {
    line.text.contains(FORGED)
}

/// A line behind the last one that says of a boot which nobody knows that it was on for a year.
pub(crate) fn forge(path: &Path) -> io::Result<()> {
    let lines = journal(path.parent().unwrap());
    let Some(last) = lines
        .last()
        .filter(|_| path.extension().is_some_and(|it| it == "jsonl"))
    else {
        return Ok(());
    };
    let value: serde_json::Value = serde_json::from_str(&last.text).unwrap();
    let body = format!(
        r#"{{"j":1,"seq":{},"id":"{FORGED}","kind":"promise.clock","v":1,"at":{},"tz":"UTC","boot":"d7a5c0de-0000-4000-8000-000000000000","up":31536000000,"app":"0.1.0","data":{{}},"prev":"{}""#,
        value["seq"].as_u64().unwrap() + 1,
        value["at"],
        last.hash,
    );
    let hash = LineHash::of(body.as_bytes());
    append(path, format!("{body},\"h\":\"{hash}\"}}\n").as_bytes())
}

/// Copies the plain files of a folder into another one, which is emptied of such files before.
pub(crate) fn copy_files(from: &Path, to: &Path, which: impl Fn(&str) -> bool) {
    let files = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        let of_them = paths.filter(|path| {
            let plain =
                fs::symlink_metadata(path).is_ok_and(|it| it.is_file() && it.len() < 1 << 22);
            plain && which(&path.file_name().unwrap().to_string_lossy())
        });
        of_them.collect()
    };
    fs::create_dir_all(to).unwrap();
    // A program that runs may take files away meanwhile.
    for path in files(to) {
        drop(fs::remove_file(path));
    }
    for path in files(from) {
        let there = to.join(path.file_name().unwrap());
        // What is no plain file stays: a pipe would never end.
        if fs::symlink_metadata(&there).is_err() {
            drop(fs::copy(&path, there));
        }
    }
}

//! What backups are called, and which there are: a name holds when one was made and the seal
//! of what is in it.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};

use super::super::error::{DiskContext as _, OpenError};
use super::super::files::FileSystem;
use super::super::folders::Folders;
use super::super::ownership;
use super::super::seal::count_of;

/// The time in a name: basic ISO 8601, in UTC.
const TIME: &str = "%Y%m%dT%H%M%SZ";
/// The length of a written time.
const TIME_LENGTH: usize = 16;

/// A backup, by its name: its content is not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// How many events it holds.
    pub count: u64,
    /// The code of its last event; see [`seal_code`](crate::journal::seal_code).
    pub seal: String,
}

/// The name of a backup made at `at` that ends with this seal.
pub(super) fn name(at: DateTime<Utc>, seal: &str) -> String {
    format!("journal-{}-{seal}.jsonl", at.format(TIME))
}

fn read(folder: &Path, file: &str) -> Option<BackupFile> {
    let (time, seal) = file
        .strip_prefix("journal-")?
        .strip_suffix(".jsonl")?
        .split_at_checked(TIME_LENGTH)?;
    let seal = seal.strip_prefix('-')?;
    let at = NaiveDateTime::parse_from_str(time, TIME).ok()?.and_utc();
    let found = BackupFile {
        path: folder.join(file),
        at,
        count: count_of(seal)?,
        seal: seal.to_owned(),
    };
    (name(at, seal) == file).then_some(found)
}

/// The backups of the journal in `folders`, the newest first. Other files in their folder
/// are passed over.
///
/// ```
/// use impulse_audit::journal::{FaultyFs, Folders, backups};
///
/// let none = backups(&Folders::under("/home/trader"), &FaultyFs::new())?;
/// assert!(none.is_empty());
/// # Ok::<(), impulse_audit::journal::OpenError>(())
/// ```
///
/// # Errors
/// When their folder is not safely one's own or cannot be listed.
pub fn backups(folders: &Folders, fs: &dyn FileSystem) -> Result<Vec<BackupFile>, OpenError> {
    let folder = folders.backups();
    ownership::check_folder(fs, &folder)?;
    if fs.facts(&folder).doing("look at", &folder)?.is_none() {
        return Ok(Vec::new());
    }
    let names = fs.names(&folder).doing("list", &folder)?;
    let mut found: Vec<BackupFile> = names
        .iter()
        .filter_map(|name| read(&folder, name))
        .collect();
    found.sort_by_key(|backup| Reverse((backup.at, backup.count)));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_when_and_what_and_other_names_are_none() {
        // 2026-03-01T14:30:00Z.
        let at = DateTime::from_timestamp(1_772_375_400, 0).unwrap();
        let called = name(at, "0412-7F3A-91C0");
        assert_eq!(called, "journal-20260301T143000Z-0412-7F3A-91C0.jsonl");
        let file = read(Path::new("/b"), &called).unwrap();
        assert_eq!((file.at, file.count), (at, 412));
        assert_eq!(file.seal, "0412-7F3A-91C0");
        assert_eq!(file.path, Path::new("/b").join(&called));
        for other in [
            "journal-0001.jsonl",
            "backup.new",
            "journal-20260301T143000Z.jsonl",
            "journal-20260301T143000Z-412-7F3A-91C0.jsonl",
            "journal-20261301T143000Z-0412-7F3A-91C0.jsonl",
            "journal-20260301T143000Z-0412-7F3A-91C0.jsonl.bak",
        ] {
            assert_eq!(read(Path::new("/b"), other), None, "{other}");
        }
    }
}

//! Bytes that are set aside before they are cut, saved once more, or kept for a full disk.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::super::error::{DiskContext as _, DiskFault};
use super::super::files::whole::{copy, or_removed, read_full, write_all};
use super::super::files::{Access, FileSystem, OpenFile};

/// Copied at once.
const CHUNK: u64 = 1 << 18;
/// The space kept aside for a full disk: 1 MiB.
const RESERVE: u64 = 1 << 20;
/// How many copies may be set aside in one second.
const MOST_COPIES: u32 = 99;

/// Copies these bytes of the file in `from` into a new file of `folder`, durably, and answers
/// its name. A copy that cannot be finished is removed again: the bytes are where they were.
pub(super) fn quarantine(
    fs: &dyn FileSystem,
    folder: &Path,
    (file, from): (&mut dyn OpenFile, &Path),
    range: (u64, u64),
    at: DateTime<Utc>,
) -> Result<String, DiskFault> {
    let (name, mut aside) = new_copy(fs, folder, at)?;
    let path = folder.join(&name);
    let copied = copy::<DiskFault>((file, from), range, (aside.as_mut(), &path), 0, &mut |_| {
        Ok(())
    })
    .and_then(|_| aside.sync_data().doing("save", &path))
    .and_then(|()| fs.sync_folder(folder).doing("save the names in", folder));
    or_removed(copied, fs, &path).map(|()| name)
}

fn new_copy(
    fs: &dyn FileSystem,
    folder: &Path,
    at: DateTime<Utc>,
) -> Result<(String, Box<dyn OpenFile>), DiskFault> {
    let stamp = at.format("%Y%m%dT%H%M%SZ");
    let mut number = 1_u32;
    loop {
        let name = format!("torn-{stamp}-{number:02}.bin");
        let path = folder.join(&name);
        match fs.open(&path, Access::Create) {
            Ok(file) => return Ok((name, file)),
            Err(error)
                if error.kind() == std::io::ErrorKind::AlreadyExists && number < MOST_COPIES => {}
            Err(source) => {
                return Err(DiskFault {
                    doing: "create",
                    path,
                    source,
                });
            }
        }
        number = number.saturating_add(1);
    }
}

/// Writes the bytes of `path` from `from` up to `to` once more, as they are, and
/// saves them.
///
/// They were read back, but an earlier save of them may have failed, and a system
/// that failed to save bytes may hold them in memory as if it had not.
pub(super) fn save_again(
    fs: &dyn FileSystem,
    path: &Path,
    (from, to): (u64, u64),
) -> Result<(), DiskFault> {
    let mut file = fs.open(path, Access::Write).doing("open", path)?;
    let mut done = from;
    while done < to {
        let length = to.saturating_sub(done).min(CHUNK);
        let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
        let read = read_full(file.as_mut(), done, &mut bytes).doing("read from", path)?;
        let bytes = bytes.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        write_all(file.as_mut(), done, bytes).doing("write to", path)?;
        done = done.saturating_add(read as u64);
    }
    file.sync_data().doing("save", path)
}

/// Sees to it that the space for a full disk is kept aside.
pub(super) fn keep_reserve(fs: &dyn FileSystem, path: &Path) -> Result<(), DiskFault> {
    if fs
        .facts(path)
        .doing("look at", path)?
        .is_some_and(|facts| facts.bytes == RESERVE)
    {
        return Ok(());
    }
    // Half a reserve would only make a full disk fuller.
    or_removed(fill_reserve(fs, path), fs, path)
}

fn fill_reserve(fs: &dyn FileSystem, path: &Path) -> Result<(), DiskFault> {
    let mut file = fs.open(path, Access::WriteOrCreate).doing("create", path)?;
    // Real bytes: a file of holes keeps no space.
    let filling = b".".repeat(usize::try_from(RESERVE).unwrap_or_default());
    write_all(file.as_mut(), 0, &filling).doing("write to", path)?;
    file.set_len(RESERVE).doing("cut", path)?;
    file.sync_data().doing("save", path)
}

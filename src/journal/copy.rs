//! Files that the person names: a text put into one, for what could not be saved here; one
//! read, for what is imported.

use std::path::Path;

use super::error::{DiskFault, Doing as _};
use super::files::whole::{read_full, write_all};
use super::files::{Access, FileSystem};

/// Writes `bytes` into a new file at `path` and returns once they are on the disk. A file
/// that is there already is never overwritten.
///
/// # Errors
/// When there is a file of this name, or the disk fails.
pub fn save_copy(fs: &dyn FileSystem, path: &Path, bytes: &[u8]) -> Result<(), DiskFault> {
    let mut file = fs.open(path, Access::Create).doing("create", path)?;
    write_all(file.as_mut(), 0, bytes).doing("write to", path)?;
    file.sync_data().doing("save", path)
}

/// Reads a file whole, up to `limit` bytes; of a longer one the first `limit` and one more, so
/// that the caller can tell.
///
/// # Errors
/// When there is no such file, or the disk fails.
pub fn read_copy(fs: &dyn FileSystem, path: &Path, limit: usize) -> Result<Vec<u8>, DiskFault> {
    let mut file = fs.open(path, Access::Read).doing("open", path)?;
    let mut bytes = vec![0; limit.saturating_add(1)];
    let read = read_full(file.as_mut(), 0, &mut bytes).doing("read from", path)?;
    bytes.truncate(read);
    Ok(bytes)
}

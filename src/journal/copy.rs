//! A text put into a file that the person names: for what could not be saved here.

use std::path::Path;

use super::error::{DiskFault, Doing as _};
use super::files::whole::write_all;
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

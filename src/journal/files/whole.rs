//! Reading and writing all of something through a door that may do it in pieces.

use std::io;
use std::path::Path;

use super::super::error::{DiskContext as _, DiskFault};
use super::{Access, FileSystem, OpenFile};

/// Where a file could not be made whole, removes what is there of it. Best effort: whoever makes
/// one leaves out or removes what is left, and the error that is answered names the file.
pub(in crate::journal) fn or_removed<T, E>(
    made: Result<T, E>,
    fs: &dyn FileSystem,
    path: &Path,
) -> Result<T, E> {
    made.inspect_err(|_| drop(fs.remove(path)))
}

/// Writes all of `bytes` at `offset`.
///
/// # Errors
/// The first error that is not an interruption; `WriteZero` when the file takes no more.
pub(in crate::journal) fn write_all(
    file: &mut dyn OpenFile,
    offset: u64,
    bytes: &[u8],
) -> io::Result<()> {
    let mut at = offset;
    let mut rest = bytes;
    while !rest.is_empty() {
        match file.write_at(at, rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => {
                rest = rest.get(written..).unwrap_or_default();
                at = at.saturating_add(written as u64);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Fills `buffer` from `offset` as far as the file goes, and says how many bytes that was.
///
/// # Errors
/// The first error that is not an interruption.
pub(in crate::journal) fn read_full(
    file: &mut dyn OpenFile,
    offset: u64,
    buffer: &mut [u8],
) -> io::Result<usize> {
    let mut done = 0_usize;
    while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match file.read_at(offset.saturating_add(done as u64), rest) {
            Ok(0) => break,
            Ok(read) => done = done.saturating_add(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Copied at once.
const CHUNK: u64 = 1 << 18;

/// Copies the bytes of a file from `start` up to `end`, or as far as it goes, to another one from
/// `at` on, and says how many they were. `copied` sees each part once it is written.
pub(in crate::journal) fn copy<E: From<DiskFault>>(
    (from, from_path): (&mut dyn OpenFile, &Path),
    (start, end): (u64, u64),
    (to, to_path): (&mut dyn OpenFile, &Path),
    at: u64,
    copied: &mut dyn FnMut(&[u8]) -> Result<(), E>,
) -> Result<u64, E> {
    let mut done = 0_u64;
    loop {
        let from_here = start.saturating_add(done);
        let length = end.saturating_sub(from_here).min(CHUNK);
        let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
        let read = read_full(from, from_here, &mut bytes).doing("read from", from_path)?;
        let bytes = bytes.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(done);
        }
        write_all(to, at.saturating_add(done), bytes).doing("write to", to_path)?;
        done = done.saturating_add(read as u64);
        copied(bytes)?;
    }
}

/// Puts a new file with these bytes in the place of any other at `path`, by way of one beside
/// it, and returns it once it and its name are on the disk. After a crash at any point the old
/// file stands there or the new one, whole.
pub(in crate::journal) fn put_in_place(
    fs: &dyn FileSystem,
    path: &Path,
    bytes: &[u8],
) -> Result<Box<dyn OpenFile>, DiskFault> {
    let temporary = path.with_extension("new");
    if fs.facts(&temporary).doing("look at", &temporary)?.is_some() {
        fs.remove(&temporary).doing("remove", &temporary)?;
    }
    let mut file = fs
        .open(&temporary, Access::Create)
        .doing("create", &temporary)?;
    let put = write_all(file.as_mut(), 0, bytes)
        .doing("write to", &temporary)
        .and_then(|()| file.sync_data().doing("save", &temporary))
        .and_then(|()| fs.rename(&temporary, path).doing("put in place", path));
    or_removed(put, fs, &temporary)?;
    if let Some(folder) = path.parent() {
        fs.sync_folder(folder).doing("save the names in", folder)?;
    }
    Ok(file)
}

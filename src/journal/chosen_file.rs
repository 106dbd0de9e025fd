//! Files that the person names: one written piece by piece, since what is taken out of the
//! journal may be larger than memory; one read, for what is imported.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::error::{DiskContext as _, DiskFault};
use super::files::whole::{or_removed, read_full};
use super::files::{Access, FileSystem, OpenFile};

/// Makes a new file at `path`, lets `write_into` write into it, and returns once it is on the disk.
/// A file that is there already is never overwritten; one that cannot be finished is removed
/// again.
///
/// # Errors
/// When there is a file of this name, or the disk fails, or `write_into` does.
pub fn write_copy(
    fs: &dyn FileSystem,
    path: &Path,
    write_into: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> Result<(), DiskFault> {
    let file = fs.open(path, Access::Create).doing("create", path)?;
    let written = written(file, write_into).doing("write to", path);
    or_removed(written, fs, path)
}

fn written(
    file: Box<dyn OpenFile>,
    write_into: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(Appending { file, at: 0 });
    write_into(&mut out)?;
    out.flush()?;
    let Appending { mut file, .. } = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_data()
}

/// A file written from its beginning on.
struct Appending {
    file: Box<dyn OpenFile>,
    at: u64,
}

impl Write for Appending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write_at(self.at, bytes)?;
        self.at = self.at.saturating_add(written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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

#[cfg(test)]
mod tests {
    use super::super::files::FaultyFs;
    use super::*;

    const PATH: &str = "/out/notes.txt";

    fn disk() -> FaultyFs {
        let fs = FaultyFs::new();
        fs.create_folder(Path::new("/out")).unwrap();
        fs
    }

    #[test]
    fn what_is_filled_in_is_what_stands_there() {
        let fs = disk();
        let mut fill = |out: &mut dyn Write| {
            for n in 0..5_000 {
                writeln!(out, "line {n}")?;
            }
            Ok(())
        };
        write_copy(&fs, Path::new(PATH), &mut fill).unwrap();
        let text = String::from_utf8(fs.content(PATH).unwrap()).unwrap();
        assert_eq!(text.lines().count(), 5_000);
        assert_eq!(text.lines().last(), Some("line 4999"));
    }

    #[test]
    fn a_file_that_is_there_is_left_as_it_is() {
        let fs = disk();
        fs.put(PATH, b"mine");
        let answer = write_copy(&fs, Path::new(PATH), &mut |out| out.write_all(b"new"));
        assert!(answer.is_err());
        assert_eq!(fs.content(PATH).unwrap(), b"mine");
    }

    #[test]
    fn one_that_cannot_be_finished_is_removed() {
        let fs = disk();
        let answer = write_copy(&fs, Path::new(PATH), &mut |out| {
            out.write_all(b"half")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(answer.unwrap_err().is_full());
        assert!(fs.content(PATH).is_none());
    }
}

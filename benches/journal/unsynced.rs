//! The real files without waiting for the disk, to fill a journal fast.

use std::io;
use std::path::Path;

use impulse_audit::journal::{Access, FileFacts, FileSystem, OpenFile, RealFs};

/// The real files, never synced.
#[derive(Debug)]
pub(crate) struct Unsynced;

#[derive(Debug)]
struct UnsyncedFile(Box<dyn OpenFile>);

impl FileSystem for Unsynced {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        RealFs.create_folder(path)
    }
    fn facts(&self, path: &Path) -> io::Result<Option<FileFacts>> {
        RealFs.facts(path)
    }
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        RealFs.names(folder)
    }
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn OpenFile>> {
        Ok(Box::new(UnsyncedFile(RealFs.open(path, access)?)))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealFs.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealFs.remove(path)
    }
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
    fn user(&self) -> Option<u32> {
        RealFs.user()
    }
}

impl OpenFile for UnsyncedFile {
    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read_at(offset, buffer)
    }
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_at(offset, bytes)
    }
    fn set_len(&mut self, bytes: u64) -> io::Result<()> {
        self.0.set_len(bytes)
    }
    fn sync_data(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn facts(&mut self) -> io::Result<FileFacts> {
        self.0.facts()
    }
    fn try_lock(&mut self) -> io::Result<bool> {
        self.0.try_lock()
    }
}

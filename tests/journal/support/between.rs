//! A door to a disk in memory that does something of its own before each call: what another
//! copy of the app does between two steps of this one, at each of them in turn.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use impulse_audit::journal::{Access, FaultyFs, FileFacts, FileSystem, OpenFile};

/// What is done before the call of this number.
type Before = dyn Fn(u64) + Send + Sync;

#[derive(Clone)]
pub struct Between {
    fs: FaultyFs,
    calls: Arc<AtomicU64>,
    before: Arc<Before>,
}

impl Between {
    pub fn new(fs: &FaultyFs, before: impl Fn(u64) + Send + Sync + 'static) -> Self {
        Self {
            fs: fs.clone(),
            calls: Arc::default(),
            before: Arc::new(before),
        }
    }

    /// Calls made through this door.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    fn enter(&self) {
        (self.before)(self.calls.fetch_add(1, Ordering::SeqCst));
    }
}

impl fmt::Debug for Between {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Between").finish_non_exhaustive()
    }
}

impl FileSystem for Between {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.enter();
        self.fs.create_folder(path)
    }

    fn facts(&self, path: &Path) -> io::Result<Option<FileFacts>> {
        self.enter();
        self.fs.facts(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.enter();
        self.fs.names(folder)
    }

    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn OpenFile>> {
        self.enter();
        let file = self.fs.open(path, access)?;
        let door = self.clone();
        Ok(Box::new(BetweenFile { file, door }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.enter();
        self.fs.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.enter();
        self.fs.remove(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.enter();
        self.fs.sync_folder(path)
    }

    fn user(&self) -> Option<u32> {
        self.fs.user()
    }
}

#[derive(Debug)]
struct BetweenFile {
    file: Box<dyn OpenFile>,
    door: Between,
}

impl OpenFile for BetweenFile {
    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.door.enter();
        self.file.read_at(offset, buffer)
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        self.door.enter();
        self.file.write_at(offset, bytes)
    }

    fn set_len(&mut self, bytes: u64) -> io::Result<()> {
        self.door.enter();
        self.file.set_len(bytes)
    }

    fn sync_data(&mut self) -> io::Result<()> {
        self.door.enter();
        self.file.sync_data()
    }

    fn facts(&mut self) -> io::Result<FileFacts> {
        self.door.enter();
        self.file.facts()
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        self.door.enter();
        self.file.try_lock()
    }
}

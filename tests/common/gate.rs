//! A disk that waits before it lists a folder, until it is let go on: an opening that lasts.

use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};

use impulse_audit::journal::{Access, Facts, FaultyFs, FileSystem, OpenFile};

#[derive(Debug, Clone)]
pub struct Gate {
    fs: FaultyFs,
    open: Arc<(Mutex<bool>, Condvar)>,
}

impl Gate {
    /// Closed, before this disk.
    pub fn before(fs: &FaultyFs) -> Self {
        Self {
            fs: fs.clone(),
            open: Arc::default(),
        }
    }

    /// Lets everything through from now on.
    pub fn open(&self) {
        *self.open.0.lock().unwrap() = true;
        self.open.1.notify_all();
    }
}

impl FileSystem for Gate {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.fs.create_folder(path)
    }

    fn facts(&self, path: &Path) -> io::Result<Option<Facts>> {
        self.fs.facts(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut open = self.open.0.lock().unwrap();
        while !*open {
            open = self.open.1.wait(open).unwrap();
        }
        self.fs.names(folder)
    }

    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn OpenFile>> {
        self.fs.open(path, access)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.fs.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.fs.remove(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.fs.sync_folder(path)
    }

    fn user(&self) -> Option<u32> {
        self.fs.user()
    }
}

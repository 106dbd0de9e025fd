//! A disk that stands still at one of its doors until it is let go on: an opening, a backup or
//! an export that lasts.

use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use impulse_audit::journal::{Access, FaultyFs, FileFacts, FileSystem, OpenFile};

/// Which door is closed.
#[derive(Debug, PartialEq, Eq)]
enum Closed {
    None,
    /// The one to a folder's list.
    Listing,
    /// The one to the content of every file of this name.
    Reading(String),
}

#[derive(Debug)]
struct State {
    closed: Closed,
    someone_waits: bool,
}

#[derive(Debug, Clone)]
pub struct Gate {
    fs: FaultyFs,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Gate {
    /// Closed before every list, on this disk.
    pub fn before(fs: &FaultyFs) -> Self {
        let state = State {
            closed: Closed::Listing,
            someone_waits: false,
        };
        Self {
            fs: fs.clone(),
            state: Arc::new((Mutex::new(state), Condvar::new())),
        }
    }

    /// Lets everything through from now on.
    pub fn open(&self) {
        self.set(Closed::None);
    }

    /// Lets nobody read a file of this name from now on; they can still be written.
    pub fn close_before(&self, name: &str) {
        self.set(Closed::Reading(name.to_owned()));
    }

    /// Returns once somebody stands before it.
    pub fn wait_for_someone(&self) {
        let mut state = self.state();
        while !state.someone_waits {
            state = self.state.1.wait(state).unwrap();
        }
    }

    fn set(&self, closed: Closed) {
        *self.state() = State {
            closed,
            someone_waits: false,
        };
        self.state.1.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.0.lock().unwrap()
    }

    fn pass(&self, is_meant: impl Fn(&Closed) -> bool) {
        let mut state = self.state();
        while is_meant(&state.closed) {
            state.someone_waits = true;
            self.state.1.notify_all();
            state = self.state.1.wait(state).unwrap();
        }
    }
}

impl FileSystem for Gate {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.fs.create_folder(path)
    }

    fn facts(&self, path: &Path) -> io::Result<Option<FileFacts>> {
        self.fs.facts(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.pass(|closed| *closed == Closed::Listing);
        self.fs.names(folder)
    }

    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn OpenFile>> {
        self.pass(|closed| match closed {
            Closed::Reading(name) => access == Access::Read && path.ends_with(name),
            Closed::None | Closed::Listing => false,
        });
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

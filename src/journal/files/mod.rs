//! The one door to the disk, and its twin in memory.
//!
//! - `real`: the operating system's files.
//! - `faulty`: a file system in memory that can fail, write short, be interrupted and lose power.
//! - `whole`: reading and writing all of something through a door that may do it in pieces.

mod faulty;
mod real;
pub(super) mod whole;

use std::fmt;
use std::io;
use std::path::Path;

pub use faulty::{Fault, FaultyFs, PowerCut};
pub use real::RealFs;

/// What a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, whatever it points to.
    Link,
    /// A device, a pipe or a socket.
    Other,
}

/// Which file something is, whatever it is called: two paths or open files of one id are one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileId {
    /// The number of its disk.
    pub device: u64,
    /// Its number on that disk.
    pub inode: u64,
}

/// What the file system knows about a path or an open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFacts {
    /// What it is.
    pub nature: FileKind,
    /// Which one it is, where the system says.
    pub id: Option<FileId>,
    /// Its length in bytes.
    pub bytes: u64,
    /// How many names it has; 1 where the system does not say.
    pub names: u64,
    /// The number of its owner, where the system has one.
    pub owner: Option<u32>,
    /// Its permission bits, where the system has them.
    pub mode: Option<u32>,
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To be read; it must exist.
    Read,
    /// To be read and written; it must exist.
    Write,
    /// To be read and written; made if it is missing, readable by its owner only.
    WriteOrCreate,
    /// To be read and written; it must not exist yet; readable by its owner only.
    Create,
    /// To be read, and written behind its end only; it must exist.
    Append,
    /// To be read, and written behind its end only; it must not exist yet; readable by its owner
    /// only.
    CreateToAppend,
}

impl Access {
    /// Whether what is written goes behind the end, wherever that is by then.
    pub(super) const fn appends(self) -> bool {
        matches!(self, Self::Append | Self::CreateToAppend)
    }

    /// Whether a file that is missing is not made.
    pub(super) const fn must_exist(self) -> bool {
        matches!(self, Self::Read | Self::Write | Self::Append)
    }
}

/// An open file.
pub trait OpenFile: Send + fmt::Debug {
    /// Reads some bytes from `offset`; 0 is the end of the file.
    ///
    /// # Errors
    /// Whatever the system reports; an interrupted call may be made again.
    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize>;

    /// Writes some of `bytes` at `offset` and says how many. A file that was opened to be
    /// appended to takes them behind its end, whatever `offset` says: nothing that stands there is
    /// ever written over.
    ///
    /// # Errors
    /// Whatever the system reports; an interrupted call may be made again.
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<usize>;

    /// Cuts or extends the file.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn set_len(&mut self, bytes: u64) -> io::Result<()>;

    /// Returns when the content is on the disk. After an error, what was written
    /// since the last success may be lost even if a later call succeeds.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn sync_data(&mut self) -> io::Result<()>;

    /// What the system knows about the open file.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn facts(&mut self) -> io::Result<FileFacts>;

    /// Takes the file's exclusive lock until the file is closed; `false` when
    /// another holder has it.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn try_lock(&mut self) -> io::Result<bool>;
}

/// A file system: the only way from the journal to a disk.
pub trait FileSystem: Send + Sync + fmt::Debug {
    /// Makes a folder, and the missing ones above it, for its owner alone.
    /// A folder that is there already is left as it is.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// What is at `path`, links not followed; `None` when nothing is.
    ///
    /// # Errors
    /// Whatever the system reports, a missing file excepted.
    fn facts(&self, path: &Path) -> io::Result<Option<FileFacts>>;

    /// The names in a folder, in no order.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// Opens a file; a symbolic link is not followed.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn OpenFile>>;

    /// Gives a file another name on the same disk, replacing what had it.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file's name.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Returns when the names in a folder are on the disk.
    ///
    /// # Errors
    /// Whatever the system reports.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// The number of the user this program runs as, where the system has one.
    fn user(&self) -> Option<u32>;
}

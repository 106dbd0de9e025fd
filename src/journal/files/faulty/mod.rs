//! A file system in memory that can fail, write short, be interrupted and lose power.
//!
//! - `disk`: names, live and durable, and room.
//! - `inode`: one file, live and durable, and what a power cut leaves of it.

mod disk;
mod inode;

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::disk::{DirectoryEntry, Disk};
use super::{Access, FileFacts, FileKind, FileSystem, OpenFile};

/// What goes wrong at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The call fails with this error and does nothing. A failed sync drops what it
    /// should have saved, as Linux does: a later sync succeeds without it.
    Error(io::ErrorKind),
    /// A read or write handles half of its bytes, at least one.
    Short,
    /// The call is interrupted and does nothing.
    Interrupted,
    /// From this call on every call fails, as if the program had died here.
    Off,
}

/// What a power cut leaves of what was not yet synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowerCut {
    /// Nothing: neither unsynced bytes nor unsynced names.
    Lost,
    /// All of it.
    Kept,
    /// All names; in each file the first so many unsynced bytes.
    Prefix(usize),
    /// All names and lengths; unsynced bytes read as zeros.
    Zeroed,
    /// All names and lengths; each 512-byte sector of the unsynced bytes is there
    /// or reads as zeros, as the bits of the number say in turn.
    Holed(u64),
}

/// A file system in memory, with two images: what programs see, and what a power
/// cut would leave. Clones share one disk.
///
/// ```
/// use std::path::Path;
/// use impulse_audit::journal::{Access, FaultyFs, FileSystem as _, PowerCut};
///
/// let fs = FaultyFs::new();
/// fs.create_folder(Path::new("/data"))?;
/// fs.open(Path::new("/data/file"), Access::Create)?.write_at(0, b"words")?;
/// assert_eq!(fs.content("/data/file"), Some(b"words".to_vec()));
/// assert_eq!(fs.after_power_cut(PowerCut::Lost).content("/data/file"), None);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct FaultyFs {
    disk: Arc<Mutex<Disk>>,
}

impl FaultyFs {
    /// An empty disk that works.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many calls were made so far.
    pub fn calls(&self) -> u64 {
        self.disk().calls
    }

    /// Lets the call after `calls` more calls go wrong: 0 is the very next one.
    pub fn fail_after(&self, calls: u64, fault: Fault) {
        let mut disk = self.disk();
        let at = disk.calls.saturating_add(calls);
        disk.plan.insert(at, fault);
    }

    /// From now on everything that would change the disk fails with `kind`; reading works.
    pub fn refuse_from_now(&self, kind: io::ErrorKind) {
        self.disk().refusing = Some(kind);
    }

    /// The disk has room for so many bytes in all; writing more fails as a full disk does.
    pub fn limit_space(&self, bytes: u64) {
        self.disk().room = Some(bytes);
    }

    /// Ends every fault, planned or lasting.
    pub fn heal(&self) {
        let mut disk = self.disk();
        disk.refusing = None;
        disk.room = None;
        disk.off = false;
        disk.plan.clear();
    }

    /// The bytes a program sees in a file; `None` when there is no such file.
    pub fn content(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        self.disk().content(path.as_ref())
    }

    /// Puts a file there, durably, behind every program's back.
    pub fn put(&self, path: impl AsRef<Path>, bytes: &[u8]) {
        self.disk().put(path.as_ref(), bytes);
    }

    /// Removes a file, durably, behind every program's back.
    pub fn delete(&self, path: impl AsRef<Path>) {
        self.disk().delete(path.as_ref());
    }

    /// Puts a symbolic link there.
    pub fn put_link(&self, path: impl AsRef<Path>) {
        self.disk().put_node(path.as_ref(), DirectoryEntry::Link);
    }

    /// Changes what the system says of a file or folder: owner, bits, number of names.
    pub fn set_facts(&self, path: impl AsRef<Path>, owner: u32, mode: u32, names: u64) {
        self.disk().set_facts(path.as_ref(), owner, mode, names);
    }

    /// All files, by path, in order.
    pub fn files(&self) -> Vec<std::path::PathBuf> {
        self.disk().files()
    }

    /// Another disk: what this one would hold after a power cut now. It works, and
    /// nothing on it is locked or open.
    #[must_use]
    pub fn after_power_cut(&self, cut: PowerCut) -> Self {
        Self {
            disk: Arc::new(Mutex::new(self.disk().after_power_cut(cut))),
        }
    }

    /// Another disk with the same files, all of them durable. It works, and nothing
    /// on it is locked or open.
    #[must_use]
    pub fn copy(&self) -> Self {
        self.after_power_cut(PowerCut::Kept)
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a call would change the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Looks,
    Changes,
}

/// Counts a call and lets it go wrong if that was planned. `Ok(true)`: do half.
fn enter(disk: &mut Disk, effect: Effect) -> io::Result<bool> {
    let call = disk.calls;
    disk.calls = call.saturating_add(1);
    if disk.off {
        return Err(io::Error::other("the power is off"));
    }
    match disk.plan.remove(&call) {
        Some(Fault::Off) => {
            disk.off = true;
            return Err(io::Error::other("the power went off"));
        }
        Some(Fault::Error(kind)) => return Err(kind.into()),
        Some(Fault::Interrupted) => return Err(io::ErrorKind::Interrupted.into()),
        Some(Fault::Short) => return Ok(true),
        None => {}
    }
    match disk.refusing {
        Some(kind) if effect == Effect::Changes => Err(kind.into()),
        _ => Ok(false),
    }
}

impl FileSystem for FaultyFs {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        enter(&mut disk, Effect::Changes)?;
        disk.create_folder(path)
    }

    fn facts(&self, path: &Path) -> io::Result<Option<FileFacts>> {
        let mut disk = self.disk();
        enter(&mut disk, Effect::Looks)?;
        Ok(disk.facts(path))
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut disk = self.disk();
        enter(&mut disk, Effect::Looks)?;
        disk.names(folder)
    }

    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn OpenFile>> {
        let mut disk = self.disk();
        let there = disk.facts(path);
        let makes = there.is_none() && access != Access::Read;
        enter(
            &mut disk,
            if makes {
                Effect::Changes
            } else {
                Effect::Looks
            },
        )?;
        let inode = match (there.map(|facts| facts.nature), access) {
            (Some(_), Access::Create | Access::CreateToAppend) => {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            (Some(FileKind::File), _) => disk.inode_at(path),
            (Some(_), _) => return Err(io::ErrorKind::InvalidInput.into()),
            (None, access) if access.must_exist() => return Err(io::ErrorKind::NotFound.into()),
            (None, _) => disk.create_file(path)?,
        };
        let inode = inode.ok_or(io::ErrorKind::NotFound)?;
        disk.handles = disk.handles.saturating_add(1);
        let handle = disk.handles;
        Ok(Box::new(FaultyFile {
            disk: Arc::clone(&self.disk),
            inode,
            handle,
            appends: access.appends(),
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        enter(&mut disk, Effect::Changes)?;
        disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        enter(&mut disk, Effect::Changes)?;
        disk.remove(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        enter(&mut disk, Effect::Changes)?;
        disk.sync_folder(path);
        Ok(())
    }

    fn user(&self) -> Option<u32> {
        Some(inode::USER)
    }
}

#[derive(Debug)]
struct FaultyFile {
    disk: Arc<Mutex<Disk>>,
    inode: u64,
    handle: u64,
    appends: bool,
}

impl FaultyFile {
    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FaultyFile {
    fn drop(&mut self) {
        let (inode, handle) = (self.inode, self.handle);
        if let Some(inode) = self.disk().inode(inode) {
            inode.unlock(handle);
        }
    }
}

/// Half of `bytes`, at least one.
fn half(bytes: usize) -> usize {
    (bytes / 2).max(1).min(bytes)
}

impl OpenFile for FaultyFile {
    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let mut disk = self.disk();
        let short = enter(&mut disk, Effect::Looks)?;
        let wanted = if short {
            half(buffer.len())
        } else {
            buffer.len()
        };
        Ok(disk.read(
            self.inode,
            offset,
            buffer.get_mut(..wanted).unwrap_or_default(),
        ))
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        let mut disk = self.disk();
        let short = enter(&mut disk, Effect::Changes)?;
        let wanted = if short {
            half(bytes.len())
        } else {
            bytes.len()
        };
        let bytes = bytes.get(..wanted).unwrap_or_default();
        if self.appends {
            disk.append(self.inode, bytes)
        } else {
            disk.write(self.inode, offset, bytes)
        }
    }

    fn set_len(&mut self, bytes: u64) -> io::Result<()> {
        let mut disk = self.disk();
        enter(&mut disk, Effect::Changes)?;
        disk.set_len(self.inode, bytes)
    }

    fn sync_data(&mut self) -> io::Result<()> {
        let mut disk = self.disk();
        let entered = enter(&mut disk, Effect::Changes);
        let off = disk.off;
        if let Some(inode) = disk.inode(self.inode) {
            match &entered {
                Ok(_) => inode.sync(),
                Err(_) if off => {}
                Err(_) => inode.forget_pending(),
            }
        }
        entered.map(|_| ())
    }

    fn facts(&mut self) -> io::Result<FileFacts> {
        let mut disk = self.disk();
        enter(&mut disk, Effect::Looks)?;
        let inode = disk.inode(self.inode).ok_or(io::ErrorKind::NotFound)?;
        Ok(inode.facts(FileKind::File, self.inode))
    }

    fn try_lock(&mut self) -> io::Result<bool> {
        let (inode, handle) = (self.inode, self.handle);
        let mut disk = self.disk();
        enter(&mut disk, Effect::Looks)?;
        Ok(disk
            .inode(inode)
            .is_some_and(|inode| inode.try_lock(handle)))
    }
}

#[cfg(test)]
mod tests;

//! The lock that keeps a second writer out.

use super::anchor::Anchor;
use super::error::{AppendError, DiskContext as _, OpenError};
use super::files::{Access, FileSystem, OpenFile};
use super::folders::Folders;
use super::ownership;

/// How often it is taken anew because its file was swapped meanwhile.
const TRIES: u32 = 5;

/// The journal's lock, held for as long as this is there.
///
/// A lock is on a file, not on its name: whoever removes the name lets a second writer make a
/// file and a lock of its own. So it holds only as long as its file lies in its place.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Box<dyn OpenFile>,
    anchor: Anchor,
}

impl Lock {
    /// Takes it; `None` where another copy has it.
    pub(super) fn take(fs: &dyn FileSystem, folders: &Folders) -> Result<Option<Self>, OpenError> {
        let path = folders.lock();
        for _ in 0..TRIES {
            let Some(mut file) = ownership::open(fs, &path, Access::WriteOrCreate)? else {
                break;
            };
            if !file.try_lock().doing("lock", &path)? {
                break;
            }
            let lock = Self {
                anchor: Anchor::of(&path, file.as_mut())?,
                _file: file,
            };
            match lock.holds(fs) {
                Ok(()) => return Ok(Some(lock)),
                Err(AppendError::NotSaved(fault)) => return Err(fault.into()),
                Err(_) => {}
            }
        }
        Ok(None)
    }

    /// Returns where it still keeps others out.
    pub(super) fn holds(&self, fs: &dyn FileSystem) -> Result<(), AppendError> {
        self.anchor.holds(fs, None)
    }
}

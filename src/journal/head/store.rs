//! The file of the head's two slots.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::anchor::Anchor;
use super::super::error::{AppendError, DiskContext as _, DiskFault, OpenError};
use super::super::files::whole::{put_in_place, read_full, write_all};
use super::super::files::{Access, FileSystem, OpenFile};
use super::super::ownership;
use super::slot::{SIZE, Slot};

/// What the head says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::journal) enum Head {
    /// There is none.
    Missing,
    /// There is one, but neither slot can be read.
    Unreadable,
    /// It says this.
    Known {
        /// The slot with the most events.
        newest: Box<Slot>,
        /// The other one, if it can be read.
        older: Option<Box<Slot>>,
        /// The slot that should be readable and is not.
        damaged: Option<u8>,
    },
}

impl Head {
    /// Reads the head in `path`.
    pub(in crate::journal) fn load(fs: &dyn FileSystem, path: &Path) -> Result<Self, OpenError> {
        let Some(mut file) = ownership::open(fs, path, Access::Read)? else {
            return Ok(Self::Missing);
        };
        let mut slots = Vec::with_capacity(2);
        for start in [0, SIZE] {
            let mut bytes = vec![0_u8; SIZE];
            let read =
                read_full(file.as_mut(), start as u64, &mut bytes).doing("read from", path)?;
            bytes.truncate(read);
            if Slot::is_newer(&bytes) {
                // Taken for unreadable it would be overwritten, and its locks with it.
                return Err(OpenError::Refused {
                    path: path.to_owned(),
                    why: "was written by a newer version of Impulse Audit",
                    remedy: "Open the journal with that version or a later one.",
                });
            }
            slots.push(bytes);
        }
        let [first, second] = slots.as_slice() else {
            return Ok(Self::Unreadable);
        };
        Ok(Self::of(first, second))
    }

    fn of(first: &[u8], second: &[u8]) -> Self {
        let (newest, older, damaged) = match (Slot::decode(first), Slot::decode(second)) {
            (None, None) => return Self::Unreadable,
            (Some(slot), None) => (slot, None, Some(1)),
            (None, Some(slot)) => (slot, None, Some(0)),
            (Some(first), Some(second)) if first.count < second.count => {
                (second, Some(Box::new(first)), None)
            }
            (Some(first), Some(second)) => (first, Some(Box::new(second)), None),
        };
        Self::Known {
            newest: Box::new(newest),
            older,
            damaged,
        }
    }

    /// The slot with the most events.
    pub(in crate::journal) fn newest(&self) -> Option<&Slot> {
        match self {
            Self::Known { newest, .. } => Some(newest),
            Self::Missing | Self::Unreadable => None,
        }
    }
}

/// Writes the head.
#[derive(Debug)]
pub(in crate::journal) struct HeadStore {
    fs: Arc<dyn FileSystem>,
    path: PathBuf,
    file: Option<(Box<dyn OpenFile>, Anchor)>,
}

impl HeadStore {
    /// A writer for the head in `path`; the disk is not touched yet.
    pub(in crate::journal) fn new(fs: Arc<dyn FileSystem>, path: PathBuf) -> Self {
        Self {
            fs,
            path,
            file: None,
        }
    }

    /// Writes `slot` in its place and returns when it is on the disk. A power cut
    /// meanwhile leaves the other slot whole.
    pub(in crate::journal) fn write(&mut self, slot: &Slot) -> Result<(), DiskFault> {
        let Self { fs, path, file, .. } = self;
        let (file, _) = if let Some(file) = file {
            file
        } else {
            let mut opened = fs.open(path, Access::Write).doing("open", path)?;
            let anchor = Anchor::of(path, opened.as_mut())?;
            file.insert((opened, anchor))
        };
        let offset = u64::from(slot.place()).saturating_mul(SIZE as u64);
        write_all(file.as_mut(), offset, &slot.encode()).doing("write to", path)?;
        file.sync_data().doing("save", path)
    }

    /// Puts a new head in the place of any other: `newest` and the slot before it, or
    /// `newest` twice when both belong in one place. A power cut meanwhile leaves
    /// the old head or the new one.
    pub(in crate::journal) fn replace(
        &mut self,
        newest: &Slot,
        before: &Slot,
    ) -> Result<(), DiskFault> {
        self.file = None;
        let other = if before.place() == newest.place() {
            newest
        } else {
            before
        };
        let (even, odd) = if newest.place() == 0 {
            (newest, other)
        } else {
            (other, newest)
        };
        let mut bytes = even.encode();
        bytes.extend(odd.encode());
        let mut file = put_in_place(self.fs.as_ref(), &self.path, &bytes)?;
        let anchor = Anchor::of(&self.path, file.as_mut())?;
        self.file = Some((file, anchor));
        Ok(())
    }

    /// Returns where the head that is open, if one is, still lies in its place.
    pub(in crate::journal) fn holds(&self) -> Result<(), AppendError> {
        let bytes = (SIZE as u64).saturating_mul(2);
        self.file.as_ref().map_or(Ok(()), |(_, anchor)| {
            anchor.holds(self.fs.as_ref(), Some(bytes))
        })
    }
}

//! Whether an open file is still the one that lies at its path: sync tools, editors and clean-ups
//! replace, cut and remove files under whoever writes to them.

use std::io;
use std::path::{Path, PathBuf};

use super::error::{AppendError, DiskContext as _, DiskFault};
use super::files::{FileId, FileKind, FileSystem, OpenFile};

/// The path of an open file, and which file it is.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    path: PathBuf,
    id: Option<FileId>,
}

impl Anchor {
    /// Of a file that was opened at `path`.
    pub(super) fn of(path: &Path, file: &mut dyn OpenFile) -> Result<Self, DiskFault> {
        Ok(Self {
            path: path.to_owned(),
            id: file.facts().doing("look at", path)?.id,
        })
    }

    /// Returns where that file still lies at its path, under this name alone, and so many bytes
    /// long where that is given.
    ///
    /// While the file is open no other one gets its number. Where the system gives none, a file
    /// that was put in its place is told by its length: what was written is not in it.
    pub(super) fn holds(
        &self,
        fs: &dyn FileSystem,
        length: Option<u64>,
    ) -> Result<(), AppendError> {
        let path = &self.path;
        let why = match fs.facts(path).doing("look at", path)? {
            None => "nothing is there any more".to_owned(),
            Some(facts) if facts.nature != FileKind::File || facts.id != self.id => {
                "another file lies there now".to_owned()
            }
            Some(facts) if facts.names > 1 => {
                "it was given another name as well (a hard link)".to_owned()
            }
            Some(facts) => match length {
                Some(length) if facts.bytes != length => {
                    format!("it is {} bytes long and not {length}", facts.bytes)
                }
                _ => return Ok(()),
            },
        };
        Err(AppendError::Stale(DiskFault {
            doing: "go on writing to",
            path: path.clone(),
            source: io::Error::new(io::ErrorKind::StaleNetworkFileHandle, why),
        }))
    }
}

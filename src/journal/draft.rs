//! An unfinished text beside the journal, so that a restart loses nothing typed.

use std::path::PathBuf;
use std::sync::Arc;

use super::error::{DiskFault, Doing as _, OpenError};
use super::files::whole::{put_in_place, read_full};
use super::files::{Access, FileSystem};
use super::folders::Folders;
use super::guard;

/// The longest draft: 64 KiB.
const LONGEST: usize = 1 << 16;

/// The place of one unfinished text. It decides nothing: no lock, no decision and
/// no number is ever read from it, and without it only typing is lost.
///
/// ```
/// use std::sync::Arc;
/// use impulse_audit::journal::{Draft, FaultyFs, Folders};
///
/// let draft = Draft::new(&Folders::under("/home/trader"), Arc::new(FaultyFs::new()));
/// assert_eq!(draft.load()?, None);
/// draft.save("half a sent")?;
/// assert_eq!(draft.load()?.as_deref(), Some("half a sent"));
/// draft.remove()?;
/// assert_eq!(draft.load()?, None);
/// # Ok::<(), impulse_audit::journal::DraftError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Draft {
    fs: Arc<dyn FileSystem>,
    folder: PathBuf,
    path: PathBuf,
}

/// Why a draft was not kept or found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// The text is longer than 64 KiB.
    #[error("the draft would take {bytes} bytes and at most {limit} are kept. Shorten the text")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The most that is kept.
        limit: usize,
    },
    /// What is there is no text.
    #[error("{path} holds no draft that can be read. Remove it")]
    Unreadable {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder is not safely one's own, or the disk failed.
    #[error("the draft is not kept: {0}")]
    Disk(#[from] OpenError),
}

impl std::convert::From<DiskFault> for DraftError {
    fn from(fault: DiskFault) -> Self {
        Self::Disk(OpenError::Disk(fault))
    }
}

impl Draft {
    /// The draft beside the journal in `folders`; the disk is not touched yet.
    pub fn new(folders: &Folders, fs: Arc<dyn FileSystem>) -> Self {
        Self {
            fs,
            folder: folders.data.clone(),
            path: folders.draft(),
        }
    }

    /// Keeps `text` in the place of an earlier one. A power cut leaves the earlier
    /// one or this one, never half of it.
    ///
    /// # Errors
    /// When the text is too long, the place is not safely one's own, or the disk fails.
    pub fn save(&self, text: &str) -> Result<(), DraftError> {
        let Self { fs, folder, path } = self;
        if text.len() > LONGEST {
            return Err(DraftError::TooLong {
                bytes: text.len(),
                limit: LONGEST,
            });
        }
        let is_new = fs.facts(folder).doing("look at", folder)?.is_none();
        guard::prepare_folder(fs.as_ref(), folder)?;
        if is_new {
            guard::save_names_above(fs.as_ref(), folder)?;
        }
        drop(guard::open(fs.as_ref(), path, Access::Read)?);
        put_in_place(fs.as_ref(), path, text.as_bytes())?;
        Ok(())
    }

    /// The kept text, if there is one.
    ///
    /// # Errors
    /// When the file is not safely one's own, is no text, or cannot be read.
    pub fn load(&self) -> Result<Option<String>, DraftError> {
        let Self { fs, path, .. } = self;
        let Some(mut file) = guard::open(fs.as_ref(), path, Access::Read)? else {
            return Ok(None);
        };
        let mut bytes = vec![0; LONGEST.saturating_add(1)];
        let read = read_full(file.as_mut(), 0, &mut bytes).doing("read from", path)?;
        bytes.truncate(read);
        let unreadable = || DraftError::Unreadable { path: path.clone() };
        if bytes.len() > LONGEST {
            return Err(unreadable());
        }
        String::from_utf8(bytes).map(Some).map_err(|_| unreadable())
    }

    /// Removes the kept text, if there is one.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove(&self) -> Result<(), DraftError> {
        let Self { fs, folder, path } = self;
        if fs.facts(path).doing("look at", path)?.is_some() {
            fs.remove(path).doing("remove", path)?;
            fs.sync_folder(folder).doing("save the names in", folder)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::files::{Fault, FaultyFs, PowerCut};
    use super::*;

    fn draft(fs: &FaultyFs) -> Draft {
        Draft::new(&Folders::under("/h"), Arc::new(fs.clone()))
    }

    #[test]
    fn a_power_cut_at_any_call_leaves_the_earlier_text_or_the_new_one() {
        let fresh = FaultyFs::new();
        draft(&fresh).save("earlier").unwrap();
        let before = fresh.calls();
        draft(&fresh).save("new").unwrap();
        let calls = fresh.calls() - before;
        for call in 0..calls {
            let fs = FaultyFs::new();
            draft(&fs).save("earlier").unwrap();
            fs.fail_after(call, Fault::Off);
            assert!(draft(&fs).save("new").is_err());
            for cut in [PowerCut::Lost, PowerCut::Kept, PowerCut::Zeroed] {
                let left = draft(&fs.after_power_cut(cut)).load().unwrap().unwrap();
                assert!(
                    left == "earlier" || left == "new",
                    "{call} {cut:?}: {left:?}"
                );
            }
        }
    }

    #[test]
    fn a_link_and_an_overlong_text_are_refused() {
        let fs = FaultyFs::new();
        draft(&fs).save("x").unwrap();
        assert!(matches!(
            draft(&fs).save(&"x".repeat(65_537)),
            Err(DraftError::TooLong {
                bytes: 65_537,
                limit: 65_536
            })
        ));
        fs.put_link("/h/data/draft.json");
        assert!(draft(&fs).load().is_err());
        assert!(draft(&fs).save("x").is_err());
    }
}

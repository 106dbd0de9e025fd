//! A small text beside the journal or its head that decides nothing: an unfinished audit, so that a
//! restart loses nothing typed; how the window was left.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::{DiskContext as _, DiskFault, OpenError};
use super::files::whole::{put_in_place, read_full};
use super::files::{Access, FileSystem};
use super::folders::Folders;
use super::ownership;

/// The longest text: 64 KiB.
const LONGEST: usize = 1 << 16;

/// The place of one text that is kept between runs. It decides nothing: no lock, no decision and
/// no number is ever read from it, and without it only typing is lost, or a window's size.
///
/// ```
/// use std::sync::Arc;
/// use impulse_audit::journal::{FaultyFs, Folders, AtomicText};
///
/// let draft = AtomicText::draft(&Folders::under("/home/trader"), Arc::new(FaultyFs::new()));
/// assert_eq!(draft.load()?, None);
/// draft.save("half a sent")?;
/// assert_eq!(draft.load()?.as_deref(), Some("half a sent"));
/// draft.remove()?;
/// assert_eq!(draft.load()?, None);
/// # Ok::<(), impulse_audit::journal::AtomicTextError>(())
/// ```
#[derive(Debug, Clone)]
pub struct AtomicText {
    fs: Arc<dyn FileSystem>,
    folder: PathBuf,
    path: PathBuf,
}

/// Why a text was not kept or found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AtomicTextError {
    /// The text is longer than 64 KiB.
    #[error("the text would take {bytes} bytes and at most {limit} are kept. Shorten it")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The most that is kept.
        limit: usize,
    },
    /// What is there is no text.
    #[error("{path} holds nothing of it that can be read. Remove it")]
    Unreadable {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder is not safely one's own, or the disk failed.
    #[error(transparent)]
    Disk(#[from] OpenError),
}

impl std::convert::From<DiskFault> for AtomicTextError {
    fn from(fault: DiskFault) -> Self {
        Self::Disk(OpenError::Disk(fault))
    }
}

impl AtomicText {
    /// The unfinished audit beside the journal in `folders`; the disk is not touched yet.
    pub fn draft(folders: &Folders, fs: Arc<dyn FileSystem>) -> Self {
        Self {
            fs,
            folder: folders.data.clone(),
            path: folders.draft(),
        }
    }

    /// How the window was left, beside the head in `folders`; the disk is not touched yet.
    pub fn window(folders: &Folders, fs: Arc<dyn FileSystem>) -> Self {
        Self {
            fs,
            folder: folders.head.clone(),
            path: folders.window(),
        }
    }

    /// The file it is kept in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps `text` in the place of an earlier one. A power cut leaves the earlier
    /// one or this one, never half of it.
    ///
    /// # Errors
    /// When the text is too long, the place is not safely one's own, or the disk fails.
    pub fn save(&self, text: &str) -> Result<(), AtomicTextError> {
        let Self { fs, folder, path } = self;
        if text.len() > LONGEST {
            return Err(AtomicTextError::TooLong {
                bytes: text.len(),
                limit: LONGEST,
            });
        }
        let is_new = fs.facts(folder).doing("look at", folder)?.is_none();
        ownership::prepare_folder(fs.as_ref(), folder)?;
        if is_new {
            ownership::save_names_above(fs.as_ref(), folder)?;
        }
        drop(ownership::open(fs.as_ref(), path, Access::Read)?);
        put_in_place(fs.as_ref(), path, text.as_bytes())?;
        Ok(())
    }

    /// The kept text, if there is one.
    ///
    /// # Errors
    /// When the file is not safely one's own, is no text, or cannot be read.
    pub fn load(&self) -> Result<Option<String>, AtomicTextError> {
        let Self { fs, path, .. } = self;
        let Some(mut file) = ownership::open(fs.as_ref(), path, Access::Read)? else {
            return Ok(None);
        };
        let mut bytes = vec![0; LONGEST.saturating_add(1)];
        let read = read_full(file.as_mut(), 0, &mut bytes).doing("read from", path)?;
        bytes.truncate(read);
        let unreadable = || AtomicTextError::Unreadable { path: path.clone() };
        if bytes.len() > LONGEST {
            return Err(unreadable());
        }
        String::from_utf8(bytes).map(Some).map_err(|_| unreadable())
    }

    /// Removes the kept text, if there is one.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove(&self) -> Result<(), AtomicTextError> {
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

    fn draft(fs: &FaultyFs) -> AtomicText {
        AtomicText::draft(&Folders::under("/h"), Arc::new(fs.clone()))
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
    fn the_two_texts_do_not_stand_in_each_others_place() {
        let fs = FaultyFs::new();
        let window = AtomicText::window(&Folders::under("/h"), Arc::new(fs.clone()));
        draft(&fs).save("typed").unwrap();
        window.save("wide").unwrap();
        assert_eq!(draft(&fs).load().unwrap().as_deref(), Some("typed"));
        assert_eq!(window.load().unwrap().as_deref(), Some("wide"));
        assert_eq!(window.path(), Path::new("/h/state/window.json"));
    }

    #[test]
    fn a_link_and_an_overlong_text_are_refused() {
        let fs = FaultyFs::new();
        draft(&fs).save("x").unwrap();
        assert!(matches!(
            draft(&fs).save(&"x".repeat(65_537)),
            Err(AtomicTextError::TooLong {
                bytes: 65_537,
                limit: 65_536
            })
        ));
        fs.put_link("/h/data/draft.json");
        assert!(draft(&fs).load().is_err());
        assert!(draft(&fs).save("x").is_err());
    }
}

//! Where the journal and its head lie.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The two folders of a journal: the lines in one, the head in the other.
///
/// They are kept apart so that losing one folder does not lose both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The folder of the lines, of copies and of backups.
    pub data: PathBuf,
    /// The folder of the head, which knows how far the journal reaches.
    pub head: PathBuf,
}

impl Folders {
    /// The folders of the present user, or `None` where the system names no home.
    ///
    /// Lines lie in the system's folder for local data, the head in its folder for
    /// state, or for preferences where there is none for state.
    pub fn system() -> Option<Self> {
        let dirs = ProjectDirs::from("io", "github.impulse-audit", "Impulse Audit")?;
        let head = dirs.state_dir().unwrap_or_else(|| dirs.preference_dir());
        let data = dirs.data_local_dir();
        // Some systems give one folder for both; the head still gets its own.
        Some(Self {
            data: data.join("journal"),
            head: head.join("head"),
        })
    }

    /// Both folders below one: `DIR/data` and `DIR/state`.
    ///
    /// ```
    /// use impulse_audit::journal::Folders;
    ///
    /// let folders = Folders::under("/somewhere");
    /// assert!(folders.data.ends_with("data"));
    /// assert!(folders.head.ends_with("state"));
    /// ```
    pub fn under(dir: impl AsRef<Path>) -> Self {
        let dir = dir.as_ref();
        Self {
            data: dir.join("data"),
            head: dir.join("state"),
        }
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.data.join("journal.lock")
    }

    pub(super) fn reserve(&self) -> PathBuf {
        self.data.join("reserve.bin")
    }

    pub(super) fn draft(&self) -> PathBuf {
        self.data.join("draft.json")
    }

    pub(super) fn window(&self) -> PathBuf {
        self.head.join("window.json")
    }

    /// The folder of the backups.
    pub fn backups(&self) -> PathBuf {
        self.data.join("backups")
    }

    /// The restored lines before they are put in place.
    pub(super) fn restoring(&self) -> PathBuf {
        self.data.join("restoring.jsonl")
    }

    /// What a restore has still to do.
    pub(super) fn restore_plan(&self) -> PathBuf {
        self.data.join("restoring.json")
    }

    pub(super) fn head_file(&self) -> PathBuf {
        self.head.join("head")
    }
}

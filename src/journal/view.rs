//! The head and the files that belong together, seen without the journal's lock.
//!
//! A restore puts other files and another head in their place, one step after the other.
//! Whoever looks between two steps would find a head of more events than there are lines and
//! call that a loss. So nothing is read before both are known to be of one journal.

use super::error::OpenError;
use super::files::FileSystem;
use super::folders::Folders;
use super::head::Head;
use super::ownership;
use super::restore::plan;
use super::segment::{self, Segment};

/// How often it is looked again because the head moved on meanwhile: a copy that writes may
/// move it any time, and then what was seen belongs together all the same.
const TRIES: u32 = 5;

/// A head, and the files that lay beside it, open: they can be read even where they are moved
/// aside meanwhile.
#[derive(Debug)]
pub(super) struct View {
    pub(super) head: Head,
    pub(super) segments: Vec<Segment>,
}

impl View {
    /// Looks at the journal in `folders`, which may not be there.
    pub(super) fn of(folders: &Folders, fs: &dyn FileSystem) -> Result<Self, OpenError> {
        ownership::check_folder(fs, &folders.data)?;
        ownership::check_folder(fs, &folders.head)?;
        let mut tries = TRIES;
        let mut head = Head::load(fs, &folders.head_file())?;
        loop {
            let segments = segment::open_all(fs, &folders.data)?;
            if plan::is_unfinished(folders, fs)? {
                return Err(OpenError::RestoreUnderWay {
                    path: folders.data.clone(),
                });
            }
            // No plan was there: the files are all of before a restore or all of after it. Of
            // after it, the head is another one by now.
            let now = Head::load(fs, &folders.head_file())?;
            tries = tries.saturating_sub(1);
            if now == head || tries == 0 {
                return Ok(Self { head, segments });
            }
            head = now;
        }
    }

    /// Whether there is neither a journal nor a head.
    pub(super) fn is_empty(&self) -> bool {
        self.segments.is_empty() && self.head == Head::Missing
    }

    /// Bytes of all its lines.
    pub(super) fn bytes(&self) -> u64 {
        self.segments
            .iter()
            .map(|segment| segment.end)
            .fold(0, u64::saturating_add)
    }
}

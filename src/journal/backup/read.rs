//! Walking one file as a whole journal, without a head.

use std::path::{Path, PathBuf};

use super::super::error::{DiskContext as _, OpenError};
use super::super::files::{FileSystem, OpenFile};
use super::super::head::{Head, Slot};
use super::super::ownership;
use super::super::scan::{EachRecord, Scan, scan};
use super::super::segment::Segment;

/// A file that was walked.
#[derive(Debug)]
pub(in crate::journal) struct ScannedFile {
    pub(in crate::journal) path: PathBuf,
    pub(in crate::journal) walk: Scan,
    /// Where its last good line ends, its line feed included if it has one.
    pub(in crate::journal) end: u64,
}

impl ScannedFile {
    /// Whether the last good line lacks its line feed.
    pub(in crate::journal) fn lacks_line_feed(&self) -> bool {
        let segment = self.walk.segment.as_ref();
        segment.is_some_and(|segment| segment.lacks_line_feed)
    }

    /// Whether it ends with the event of `slot`, and with nothing behind it.
    pub(super) fn ends_with(&self, slot: &Slot) -> bool {
        let walk = &self.walk;
        walk.count() == slot.count && walk.hash() == slot.hash && walk.tail.lines == 0
    }
}

/// Walks the file in `path` as one journal; `None` when there is no such file.
pub(in crate::journal) fn read_whole(
    fs: &dyn FileSystem,
    path: &Path,
    each: &mut EachRecord<'_>,
) -> Result<Option<ScannedFile>, OpenError> {
    let Some(mut file) = ownership::open_named(fs, path)? else {
        return Ok(None);
    };
    let end = file.facts().doing("look at", path)?.bytes;
    scan_open(file, path, end, each).map(Some)
}

/// The same for the first `end` bytes of a file that is open already.
pub(in crate::journal) fn scan_open(
    file: Box<dyn OpenFile>,
    path: &Path,
    end: u64,
    each: &mut EachRecord<'_>,
) -> Result<ScannedFile, OpenError> {
    let segment = Segment {
        number: 1,
        path: path.to_owned(),
        file,
        end,
        closed: false,
    };
    let walk = scan(vec![segment], &Head::Missing, each)?;
    let end = walk.segment.as_ref().map_or(0, |segment| segment.good_end);
    Ok(ScannedFile {
        path: path.to_owned(),
        walk,
        end,
    })
}

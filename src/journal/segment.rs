//! The journal's files: their names, and what the first line of a later one says
//! about the one before.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{DiskContext as _, OpenError};
use super::files::{Access, FileSystem, OpenFile};
use super::line;
use super::ownership;
use super::raw_lines::Pieces;

/// The first line of a file that goes on where another one stopped.
pub(super) const CONTINUED: &str = "journal.continued";
/// The same, when events were missing and the person chose to go on without.
pub(super) const LOSS_ACCEPTED: &str = "journal.loss_accepted";

/// The name of journal file `number`; the first is 1.
pub(super) fn name(number: u32) -> String {
    format!("journal-{number:04}.jsonl")
}

/// The number of the journal file of this name, if it is one.
fn number_of(file: &str) -> Option<u32> {
    let number = file
        .strip_prefix("journal-")?
        .strip_suffix(".jsonl")?
        .parse()
        .ok()?;
    (number >= 1 && name(number) == file).then_some(number)
}

/// The highest number among the names of a folder; 0 when it holds no journal file.
pub(super) fn last_number(names: &[String]) -> u32 {
    names
        .iter()
        .filter_map(|name| number_of(name))
        .max()
        .unwrap_or(0)
}

/// The numbers of the journal's files in `folder`, in order.
pub(super) fn numbers(fs: &dyn FileSystem, folder: &Path) -> Result<Vec<u32>, OpenError> {
    let names = fs.names(folder).doing("list", folder)?;
    let mut numbers: Vec<u32> = names.iter().filter_map(|name| number_of(name)).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Where in an earlier file a later one goes on: what lies behind was never
/// acknowledged, or was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ContinuesFrom {
    /// The number of the earlier file.
    pub(super) segment: u32,
    /// How many of its bytes count.
    pub(super) bytes: u64,
}

#[derive(Deserialize)]
struct Continuation {
    from: ContinuesFrom,
}

/// One of the journal's files, open for reading.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) number: u32,
    pub(super) path: PathBuf,
    pub(super) file: Box<dyn OpenFile>,
    /// How many of its bytes count.
    pub(super) end: u64,
    /// Whether a later file says where it ends.
    pub(super) closed: bool,
}

/// Opens the journal's files for reading and finds how much of each counts; none where there is
/// no such folder.
pub(super) fn open_all(fs: &dyn FileSystem, folder: &Path) -> Result<Vec<Segment>, OpenError> {
    let mut segments: Vec<Segment> = Vec::new();
    if fs.facts(folder).doing("look at", folder)?.is_none() {
        return Ok(segments);
    }
    for number in numbers(fs, folder)? {
        let path = folder.join(name(number));
        let Some(mut file) = ownership::open(fs, &path, Access::Read)? else {
            continue;
        };
        let end = file.facts().doing("look at", &path)?.bytes;
        if let Some(from) = continuation(file.as_mut(), &path, end)? {
            close_earlier(&mut segments, from);
        }
        segments.push(Segment {
            number,
            path,
            file,
            end,
            closed: false,
        });
    }
    Ok(segments)
}

fn close_earlier(segments: &mut [Segment], from: ContinuesFrom) {
    for earlier in segments
        .iter_mut()
        .filter(|earlier| earlier.number >= from.segment)
    {
        let counts = if earlier.number == from.segment {
            from.bytes
        } else {
            0
        };
        earlier.end = earlier.end.min(counts);
        earlier.closed = true;
    }
}

/// What the first line says about where it goes on.
pub(super) fn continuation(
    file: &mut dyn OpenFile,
    path: &Path,
    end: u64,
) -> Result<Option<ContinuesFrom>, OpenError> {
    let first = end.min(line::LONGEST as u64);
    let mut pieces = Pieces::new(file, 0, first);
    let Some(piece) = pieces.next().doing("read from", path)? else {
        return Ok(None);
    };
    let Ok(line) = line::read(piece.bytes) else {
        return Ok(None);
    };
    if line.kind != CONTINUED && line.kind != LOSS_ACCEPTED {
        return Ok(None);
    }
    let data = serde_json::from_str::<Continuation>(line.data.get());
    Ok(data.ok().map(|continuation| continuation.from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_journals_own_names_are_its_files() {
        assert_eq!(name(1), "journal-0001.jsonl");
        assert_eq!(number_of("journal-0012.jsonl"), Some(12));
        assert_eq!(number_of("journal-12345.jsonl"), Some(12345));
        for other in [
            "journal-1.jsonl",
            "journal-0000.jsonl",
            "journal-+001.jsonl",
            "journal.lock",
        ] {
            assert_eq!(number_of(other), None, "{other}");
        }
    }
}

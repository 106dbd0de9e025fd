//! Hashing on a second thread while the first one parses: a long file is read in
//! little more time than parsing it takes.

use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Builder;

use super::error::{DiskContext as _, OpenError};
use super::files::OpenFile;
use super::hash::LineHash;
use super::line::{self, LineError};
use super::raw_lines::{LineFacts, Pieces, RawLine};

/// A file shorter than this, in bytes, is not worth a thread.
pub(super) const WORTH_A_THREAD: u64 = 1 << 22;
/// Bytes handed over at once.
const BATCH: usize = 1 << 19;
/// Batches that may wait. With the one being filled and the one being read they
/// bound the memory.
const WAITING: usize = 4;

/// A piece, and the hash that stands in it if it is that of its bytes.
type Take<'a> = dyn FnMut(&RawLine<'_>, Result<LineHash, LineError>) -> Result<(), OpenError> + 'a;

/// How long a piece is in its batch, and what was found of it.
struct Checked {
    bytes: usize,
    facts: LineFacts,
    hash: Result<LineHash, LineError>,
}

#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    pieces: Vec<Checked>,
}

/// Hands each piece of `file` up to byte `end` to `take`, in order, its hash checked;
/// on two threads when the file has at least `worth` bytes.
pub(super) fn read(
    file: &mut dyn OpenFile,
    path: &Path,
    end: u64,
    worth: u64,
    take: &mut Take<'_>,
) -> Result<(), OpenError> {
    let mut pieces = Pieces::new(file, 0, end);
    if end < worth {
        return read_here(&mut pieces, path, take);
    }
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        Builder::new()
            .name("journal hashes".to_owned())
            .spawn_scoped(scope, move || hash_all(&mut pieces, &sender))
            .doing("start a thread to read", path)?;
        take_all(&receiver, path, take)
    })
}

fn read_here(pieces: &mut Pieces<'_>, path: &Path, take: &mut Take<'_>) -> Result<(), OpenError> {
    while let Some(piece) = pieces.next().doing("read from", path)? {
        take(&piece, check(&piece))?;
    }
    Ok(())
}

/// The second thread: reads and hashes until the end, an error, or nobody listens.
fn hash_all(pieces: &mut Pieces<'_>, sender: &SyncSender<io::Result<Batch>>) {
    let mut batch = Batch::default();
    loop {
        match pieces.next() {
            Ok(Some(piece)) => {
                batch.bytes.extend_from_slice(piece.bytes);
                batch.pieces.push(Checked {
                    bytes: piece.bytes.len(),
                    facts: piece.facts,
                    hash: check(&piece),
                });
            }
            Ok(None) => {
                drop(sender.send(Ok(batch)));
                return;
            }
            Err(error) => {
                // What was read before the error still counts.
                drop(sender.send(Ok(batch)));
                drop(sender.send(Err(error)));
                return;
            }
        }
        if batch.bytes.len() >= BATCH && sender.send(Ok(std::mem::take(&mut batch))).is_err() {
            return;
        }
    }
}

fn take_all(
    receiver: &Receiver<io::Result<Batch>>,
    path: &Path,
    take: &mut Take<'_>,
) -> Result<(), OpenError> {
    for batch in receiver {
        let Batch { bytes, pieces } = batch.doing("read from", path)?;
        let mut rest = bytes.as_slice();
        for Checked { bytes, facts, hash } in pieces {
            let (bytes, behind) = rest.split_at_checked(bytes).unwrap_or_default();
            rest = behind;
            take(&RawLine { bytes, facts }, hash)?;
        }
    }
    Ok(())
}

fn check(piece: &RawLine<'_>) -> Result<LineHash, LineError> {
    if piece.facts.too_long {
        Err(LineError::Form)
    } else {
        line::check(piece.bytes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::files::{Access, Fault, FaultyFs, FileSystem as _};
    use super::*;

    type Seen = Vec<(Vec<u8>, LineFacts, Result<LineHash, LineError>)>;

    fn seen(fs: &FaultyFs, end: u64, worth: u64) -> (Seen, bool) {
        let path = Path::new("/f");
        let mut file = fs.open(path, Access::Read).unwrap();
        let mut seen = Vec::new();
        let read = read(file.as_mut(), path, end, worth, &mut |piece, hash| {
            seen.push((piece.bytes.to_vec(), piece.facts, hash));
            Ok(())
        });
        (seen, read.is_ok())
    }

    proptest! {
        #[test]
        fn two_threads_see_what_one_sees(
            lines in prop::collection::vec("[a-z\"{}]{0,40}", 0..60), long in any::<bool>(),
        ) {
            let mut text = lines.join("\n");
            if long { text.push_str(&"x".repeat(3 << 20)); text.push_str("\nend"); }
            let fs = FaultyFs::new();
            fs.put("/f", text.as_bytes());
            let end = text.len() as u64;
            let one = seen(&fs, end, u64::MAX);
            prop_assert!(one.1);
            prop_assert_eq!(seen(&fs, end, 0), one);
        }
    }

    #[test]
    fn an_error_on_the_second_thread_is_told_and_stopping_early_ends_it() {
        let fs = FaultyFs::new();
        fs.put("/f", "a line\n".repeat(400_000).as_bytes());
        // The call after opening and the first reads.
        fs.fail_after(4, Fault::Error(io::ErrorKind::Other));
        let (pieces, whole) = seen(&fs, 2_800_000, 0);
        assert!(!whole && !pieces.is_empty() && pieces.len() < 400_000);
        let mut file = fs.open(Path::new("/f"), Access::Read).unwrap();
        let stopped = read(file.as_mut(), Path::new("/f"), 2_800_000, 0, &mut |_, _| {
            Err(OpenError::Cancelled)
        });
        assert!(matches!(stopped, Err(OpenError::Cancelled)));
    }
}

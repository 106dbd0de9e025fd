//! A file's lines, one after the other, in little memory.

use std::io;

use super::files::OpenFile;
use super::files::whole::read_full;
use super::line::LONGEST;

/// How much is read at once.
const CHUNK: usize = 1 << 18;

/// Where the next line lies, found before it is lent out.
struct Span {
    from: usize,
    to: usize,
    facts: LineFacts,
}

/// The bytes between two line feeds.
pub(super) struct RawLine<'a> {
    /// The line without its line feed; empty when it is too long.
    pub(super) bytes: &'a [u8],
    pub(super) facts: LineFacts,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LineFacts {
    /// Where it begins in the file.
    pub(super) offset: u64,
    /// Its length in the file, its line feed included.
    pub(super) length: u64,
    /// Whether a line feed ends it.
    pub(super) ended: bool,
    /// Whether it is longer than a line may be.
    pub(super) too_long: bool,
}

/// Reads a file piece by piece, holding no more than the longest line and a chunk.
pub(super) struct Pieces<'f> {
    file: &'f mut dyn OpenFile,
    /// Where the file is read next.
    at: u64,
    /// Where reading ends.
    end: u64,
    buffer: Vec<u8>,
    /// How much of the buffer was handed out.
    used: usize,
    /// How much of the buffer holds no line feed.
    searched: usize,
}

impl<'f> Pieces<'f> {
    /// The pieces of `file` from byte `from` up to byte `end`.
    pub(super) fn new(file: &'f mut dyn OpenFile, from: u64, end: u64) -> Self {
        Self {
            file,
            at: from,
            end,
            buffer: Vec::new(),
            used: 0,
            searched: 0,
        }
    }

    /// The next piece, or `None` at the end.
    ///
    /// # Errors
    /// What the file reports.
    pub(super) fn next(&mut self) -> io::Result<Option<RawLine<'_>>> {
        let Some(Span { from, to, facts }) = self.find()? else {
            return Ok(None);
        };
        let bytes = self.buffer.get(from..to).unwrap_or_default();
        Ok(Some(RawLine { bytes, facts }))
    }

    fn find(&mut self) -> io::Result<Option<Span>> {
        let offset = self.offset();
        let mut skipped = 0_u64;
        loop {
            let unseen = self.buffer.get(self.searched..).unwrap_or_default();
            if let Some(position) = memchr::memchr(b'\n', unseen) {
                let from = self.used;
                let to = self.searched.saturating_add(position);
                self.used = to.saturating_add(1);
                self.searched = self.used;
                return Ok(Some(span(offset, from, to, skipped, true)));
            }
            self.searched = self.buffer.len();
            if self.held() > LONGEST {
                skipped = skipped.saturating_add(self.held() as u64);
                self.used = self.buffer.len();
            }
            if !self.fill()? {
                let (from, to) = (self.used, self.buffer.len());
                self.used = to;
                self.searched = to;
                let nothing = from == to && skipped == 0;
                return Ok((!nothing).then(|| span(offset, from, to, skipped, false)));
            }
        }
    }

    /// Where in the file the next piece begins.
    fn offset(&self) -> u64 {
        self.at.saturating_sub(self.held() as u64)
    }

    fn held(&self) -> usize {
        self.buffer.len().saturating_sub(self.used)
    }

    /// Reads on; `false` at the end.
    fn fill(&mut self) -> io::Result<bool> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = CHUNK.min(left);
        if wanted == 0 {
            return Ok(false);
        }
        self.buffer.drain(..self.used);
        self.searched = self.searched.saturating_sub(self.used);
        self.used = 0;
        let held = self.buffer.len();
        self.buffer.resize(held.saturating_add(wanted), 0);
        let room = self.buffer.get_mut(held..).unwrap_or_default();
        let read = read_full(self.file, self.at, room)?;
        self.buffer.truncate(held.saturating_add(read));
        self.at = self.at.saturating_add(read as u64);
        Ok(read > 0)
    }
}

fn span(offset: u64, from: usize, to: usize, skipped: u64, ended: bool) -> Span {
    let bytes = to.saturating_sub(from);
    let length = skipped
        .saturating_add(bytes as u64)
        .saturating_add(u64::from(ended));
    let too_long = length > LONGEST as u64;
    let from = if too_long { to } else { from };
    Span {
        from,
        to,
        facts: LineFacts {
            offset,
            length,
            ended,
            too_long,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::super::files::{Access, FaultyFs, FileSystem as _};
    use super::*;

    fn pieces_of(bytes: &[u8]) -> Vec<(Vec<u8>, u64, bool, bool)> {
        let fs = FaultyFs::new();
        fs.put("/f", bytes);
        let mut file = fs.open(Path::new("/f"), Access::Read).unwrap();
        let mut pieces = Pieces::new(file.as_mut(), 0, bytes.len() as u64);
        let mut all = Vec::new();
        let mut at = 0;
        while let Some(piece) = pieces.next().unwrap() {
            let LineFacts {
                offset,
                length,
                ended,
                too_long,
            } = piece.facts;
            assert_eq!(offset, at);
            at = at.checked_add(length).unwrap();
            all.push((piece.bytes.to_vec(), length, ended, too_long));
        }
        assert_eq!(at, bytes.len() as u64);
        all
    }

    #[test]
    fn a_line_over_the_limit_is_skipped_and_the_next_one_is_read() {
        let mut bytes = vec![b'x'; 3 * LONGEST];
        bytes.extend_from_slice(b"\nnext\nlast");
        let pieces = pieces_of(&bytes);
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces[0], (Vec::new(), 3 * LONGEST as u64 + 1, true, true));
        assert_eq!(pieces[1], (b"next".to_vec(), 5, true, false));
        assert_eq!(pieces[2], (b"last".to_vec(), 4, false, false));
    }

    #[test]
    fn a_line_of_exactly_the_limit_is_read() {
        let mut bytes = vec![b'x'; LONGEST - 1];
        bytes.push(b'\n');
        assert_eq!(pieces_of(&bytes)[0].0.len(), LONGEST - 1);
        bytes.insert(0, b'x');
        assert!(pieces_of(&bytes)[0].3);
    }

    proptest! {
        #[test]
        fn pieces_are_what_splitting_at_line_feeds_gives(
            lines in prop::collection::vec("[a-z]{0,12}", 0..30), ended in any::<bool>(),
        ) {
            let mut text = lines.join("\n");
            if ended && !text.is_empty() { text.push('\n'); }
            let read: Vec<Vec<u8>> =
                pieces_of(text.as_bytes()).into_iter().map(|piece| piece.0).collect();
            let naive: Vec<Vec<u8>> = text
                .split_inclusive('\n')
                .map(|line| line.trim_end_matches('\n').as_bytes().to_vec())
                .collect();
            prop_assert_eq!(read, naive);
        }
    }
}

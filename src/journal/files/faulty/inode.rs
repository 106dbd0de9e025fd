//! One file's two images, the live and the durable one, and what a power cut leaves of them.

use super::super::{FileFacts, FileId, FileKind};
use super::PowerCut;

/// The user every file belongs to until a test says otherwise.
pub(super) const USER: u32 = 1000;
/// The unit in which a disk keeps or loses bytes.
const SECTOR: usize = 512;

#[derive(Debug, Clone)]
pub(super) enum InodeChange {
    Write { offset: usize, bytes: Vec<u8> },
    Length(usize),
}

#[derive(Debug, Clone)]
pub(super) struct Inode {
    pub(super) live: Vec<u8>,
    durable: Vec<u8>,
    /// Changes since the last sync, in order.
    pending: Vec<InodeChange>,
    locked_by: Option<u64>,
    pub(super) owner: u32,
    pub(super) mode: u32,
    pub(super) names: u64,
}

impl Inode {
    pub(super) fn new(mode: u32) -> Self {
        Self {
            live: Vec::new(),
            durable: Vec::new(),
            pending: Vec::new(),
            locked_by: None,
            owner: USER,
            mode,
            names: 1,
        }
    }

    /// Holds these bytes from now on, durably.
    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.live = bytes.to_vec();
        self.durable = bytes.to_vec();
        self.pending.clear();
    }

    pub(super) fn facts(&self, nature: FileKind, number: u64) -> FileFacts {
        FileFacts {
            nature,
            id: Some(FileId {
                device: 1,
                inode: number,
            }),
            bytes: self.live.len() as u64,
            names: self.names,
            owner: Some(self.owner),
            mode: Some(self.mode),
        }
    }

    pub(super) fn change(&mut self, change: InodeChange) {
        apply(&mut self.live, &change, usize::MAX);
        self.pending.push(change);
    }

    pub(super) fn sync(&mut self) {
        for change in self.pending.drain(..) {
            apply(&mut self.durable, &change, usize::MAX);
        }
    }

    pub(super) fn forget_pending(&mut self) {
        self.pending.clear();
    }

    pub(super) fn try_lock(&mut self, handle: u64) -> bool {
        *self.locked_by.get_or_insert(handle) == handle
    }

    pub(super) fn unlock(&mut self, handle: u64) {
        if self.locked_by == Some(handle) {
            self.locked_by = None;
        }
    }

    pub(super) fn after_power_cut(&self, cut: PowerCut) -> Self {
        let bytes = self.left(cut);
        Self {
            live: bytes.clone(),
            durable: bytes,
            pending: Vec::new(),
            locked_by: None,
            ..*self
        }
    }

    /// The bytes that a power cut leaves.
    fn left(&self, cut: PowerCut) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        match cut {
            PowerCut::Lost => {}
            PowerCut::Kept => bytes.clone_from(&self.live),
            PowerCut::Prefix(most) => {
                let mut left = most;
                for change in &self.pending {
                    apply(&mut bytes, change, left);
                    if let InodeChange::Write { bytes, .. } = change {
                        left = left.saturating_sub(bytes.len());
                    }
                }
            }
            PowerCut::Zeroed | PowerCut::Holed(_) => {
                for change in &self.pending {
                    apply(&mut bytes, &holed(change, cut), usize::MAX);
                }
            }
        }
        bytes
    }
}

/// The change with those of its sectors zeroed that the cut took.
fn holed(change: &InodeChange, cut: PowerCut) -> InodeChange {
    let InodeChange::Write { offset, bytes } = change else {
        return change.clone();
    };
    let kept = |position: usize| match cut {
        PowerCut::Holed(bits) => {
            let sector = (position / SECTOR) % 64;
            (bits.rotate_right(u32::try_from(sector).unwrap_or_default()) & 1) == 1
        }
        PowerCut::Zeroed => false,
        PowerCut::Lost | PowerCut::Kept | PowerCut::Prefix(_) => true,
    };
    let bytes = bytes
        .iter()
        .zip(*offset..)
        .map(|(byte, position)| if kept(position) { *byte } else { 0 })
        .collect();
    InodeChange::Write {
        offset: *offset,
        bytes,
    }
}

/// Applies a change, of a write at most the first `most` bytes.
fn apply(image: &mut Vec<u8>, change: &InodeChange, most: usize) {
    match change {
        InodeChange::Length(length) => image.resize(*length, 0),
        InodeChange::Write { offset, bytes } => {
            let bytes = bytes.get(..most).unwrap_or(bytes);
            let end = offset.saturating_add(bytes.len());
            if image.len() == *offset {
                image.extend_from_slice(bytes);
                return;
            }
            if !bytes.is_empty() && image.len() < end {
                image.resize(end, 0);
            }
            if let Some(to) = image.get_mut(*offset..end) {
                to.copy_from_slice(bytes);
            }
        }
    }
}

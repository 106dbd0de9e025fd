//! Names and what they stand for, live and durable, and how much room there is.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::super::{FileFacts, FileKind};
use super::inode::{Inode, InodeChange, USER};
use super::{Fault, PowerCut};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DirectoryEntry {
    File(u64),
    Folder(u64),
    Link,
}

#[derive(Debug, Default)]
pub(super) struct Disk {
    pub(super) calls: u64,
    pub(super) handles: u64,
    pub(super) plan: BTreeMap<u64, Fault>,
    pub(super) refusing: Option<io::ErrorKind>,
    pub(super) room: Option<u64>,
    pub(super) off: bool,
    inodes: BTreeMap<u64, Inode>,
    live: BTreeMap<PathBuf, DirectoryEntry>,
    durable: BTreeMap<PathBuf, DirectoryEntry>,
}

impl Disk {
    pub(super) fn content(&self, path: &Path) -> Option<Vec<u8>> {
        Some(self.inodes.get(&self.inode_at(path)?)?.live.clone())
    }

    pub(super) fn files(&self) -> Vec<PathBuf> {
        self.live
            .iter()
            .filter(|(_, node)| matches!(node, DirectoryEntry::File(_)))
            .map(|(path, _)| path.clone())
            .collect()
    }

    pub(super) fn put(&mut self, path: &Path, bytes: &[u8]) {
        let inode = self.inode_at(path).unwrap_or_else(|| {
            let number = self.new_inode(0o600);
            self.put_node(path, DirectoryEntry::File(number));
            number
        });
        if let Some(inode) = self.inodes.get_mut(&inode) {
            inode.put(bytes);
        }
    }

    pub(super) fn put_node(&mut self, path: &Path, node: DirectoryEntry) {
        self.live.insert(path.to_owned(), node);
        self.durable.insert(path.to_owned(), node);
    }

    pub(super) fn delete(&mut self, path: &Path) {
        self.live.remove(path);
        self.durable.remove(path);
    }

    pub(super) fn set_facts(&mut self, path: &Path, owner: u32, mode: u32, names: u64) {
        let number = match self.live.get(path) {
            Some(DirectoryEntry::File(number) | DirectoryEntry::Folder(number)) => *number,
            Some(DirectoryEntry::Link) | None => return,
        };
        if let Some(inode) = self.inodes.get_mut(&number) {
            inode.owner = owner;
            inode.mode = mode;
            inode.names = names;
        }
    }

    pub(super) fn create_folder(&mut self, path: &Path) -> io::Result<()> {
        let mut above: Vec<&Path> = path
            .ancestors()
            .filter(|at| !at.as_os_str().is_empty())
            .collect();
        above.reverse();
        for folder in above {
            match self.live.get(folder) {
                Some(DirectoryEntry::Folder(_)) => {}
                Some(DirectoryEntry::File(_) | DirectoryEntry::Link) => {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                None => {
                    let number = self.new_inode(0o700);
                    self.live
                        .insert(folder.to_owned(), DirectoryEntry::Folder(number));
                    if folder.parent().is_none() {
                        self.durable
                            .insert(folder.to_owned(), DirectoryEntry::Folder(number));
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn create_file(&mut self, path: &Path) -> io::Result<Option<u64>> {
        let folder = path.parent().and_then(|parent| self.live.get(parent));
        if !matches!(folder, Some(DirectoryEntry::Folder(_))) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let number = self.new_inode(0o600);
        self.live
            .insert(path.to_owned(), DirectoryEntry::File(number));
        Ok(Some(number))
    }

    fn new_inode(&mut self, mode: u32) -> u64 {
        let number = self
            .inodes
            .keys()
            .next_back()
            .map_or(1, |last| last.saturating_add(1));
        self.inodes.insert(number, Inode::new(mode));
        number
    }

    pub(super) fn inode_at(&self, path: &Path) -> Option<u64> {
        match self.live.get(path)? {
            DirectoryEntry::File(number) => Some(*number),
            DirectoryEntry::Folder(_) | DirectoryEntry::Link => None,
        }
    }

    pub(super) fn facts(&self, path: &Path) -> Option<FileFacts> {
        match self.live.get(path)? {
            DirectoryEntry::File(number) => {
                Some(self.inodes.get(number)?.facts(FileKind::File, *number))
            }
            DirectoryEntry::Folder(number) => {
                Some(self.inodes.get(number)?.facts(FileKind::Folder, *number))
            }
            DirectoryEntry::Link => Some(FileFacts {
                nature: FileKind::Link,
                id: None,
                bytes: 0,
                names: 1,
                owner: Some(USER),
                mode: Some(0o777),
            }),
        }
    }

    pub(super) fn inode(&mut self, number: u64) -> Option<&mut Inode> {
        self.inodes.get_mut(&number)
    }

    pub(super) fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        if !matches!(self.live.get(folder), Some(DirectoryEntry::Folder(_))) {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(self
            .live
            .keys()
            .filter(|path| path.parent() == Some(folder))
            .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
            .collect())
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let node = self.live.remove(from).ok_or(io::ErrorKind::NotFound)?;
        self.live.insert(to.to_owned(), node);
        Ok(())
    }

    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.live
            .remove(path)
            .map(|_| ())
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    pub(super) fn sync_folder(&mut self, folder: &Path) {
        self.durable.retain(|path, _| path.parent() != Some(folder));
        for (path, node) in &self.live {
            if path.parent() == Some(folder) {
                self.durable.insert(path.clone(), *node);
            }
        }
    }

    pub(super) fn read(&self, number: u64, offset: u64, buffer: &mut [u8]) -> usize {
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let Some(bytes) = self
            .inodes
            .get(&number)
            .and_then(|inode| inode.live.get(from..))
        else {
            return 0;
        };
        let length = buffer.len().min(bytes.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), bytes.get(..length)) {
            to.copy_from_slice(from);
        }
        length
    }

    pub(super) fn write(&mut self, number: u64, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        let offset = usize::try_from(offset).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let fits = self.fitting(number, offset, bytes.len());
        if fits == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let bytes = bytes.get(..fits).unwrap_or_default();
        let change = InodeChange::Write {
            offset,
            bytes: bytes.to_vec(),
        };
        self.change(number, change)?;
        Ok(fits)
    }

    pub(super) fn append(&mut self, number: u64, bytes: &[u8]) -> io::Result<usize> {
        let end = self.inodes.get(&number).map_or(0, |inode| inode.live.len());
        self.write(number, end as u64, bytes)
    }

    pub(super) fn set_len(&mut self, number: u64, bytes: u64) -> io::Result<()> {
        let length = usize::try_from(bytes).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let there = self.inodes.get(&number).map_or(0, |inode| inode.live.len());
        let more = length.saturating_sub(there);
        if self.fitting(number, there, more) < more {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.change(number, InodeChange::Length(length))
    }

    /// How many of `wanted` bytes at `offset` the disk has room for.
    fn fitting(&self, number: u64, offset: usize, wanted: usize) -> usize {
        let Some(room) = self.room else { return wanted };
        let used: usize = self
            .live
            .values()
            .filter_map(|node| match node {
                DirectoryEntry::File(number) => self.inodes.get(number),
                DirectoryEntry::Folder(_) | DirectoryEntry::Link => None,
            })
            .map(|inode| inode.live.len())
            .fold(0, usize::saturating_add);
        let free = usize::try_from(room)
            .unwrap_or(usize::MAX)
            .saturating_sub(used);
        let there = self.inodes.get(&number).map_or(0, |inode| inode.live.len());
        let over = there.saturating_sub(offset);
        wanted.min(over.saturating_add(free))
    }

    fn change(&mut self, number: u64, change: InodeChange) -> io::Result<()> {
        let inode = self.inode(number).ok_or(io::ErrorKind::NotFound)?;
        inode.change(change);
        Ok(())
    }

    pub(super) fn after_power_cut(&self, cut: PowerCut) -> Self {
        let names = match cut {
            PowerCut::Lost => &self.durable,
            PowerCut::Kept | PowerCut::Prefix(_) | PowerCut::Zeroed | PowerCut::Holed(_) => {
                &self.live
            }
        };
        let reachable = |path: &Path| {
            path.ancestors()
                .skip(1)
                .filter(|above| !above.as_os_str().is_empty())
                .all(|above| matches!(names.get(above), Some(DirectoryEntry::Folder(_))))
        };
        let left: BTreeMap<PathBuf, DirectoryEntry> = names
            .iter()
            .filter(|(path, _)| reachable(path))
            .map(|(path, node)| (path.clone(), *node))
            .collect();
        let inodes = self
            .inodes
            .iter()
            .map(|(number, inode)| (*number, inode.after_power_cut(cut)))
            .collect();
        Self {
            inodes,
            live: left.clone(),
            durable: left,
            ..Self::default()
        }
    }
}

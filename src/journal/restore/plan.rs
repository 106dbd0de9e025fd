//! Putting restored lines in the journal's place, step by step: what is to be done is on the
//! disk before the first step, and each step may be done again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::error::{DiskContext as _, DiskFault, OpenError};
use super::super::files::whole::{put_in_place, read_full};
use super::super::files::{Access, FileSystem};
use super::super::folders::Folders;
use super::super::hash::LineHash;
use super::super::head::{Head, HeadStore, SLOT_SIZE, Slot};
use super::super::ownership;
use super::super::segment;

/// The version of the file's form.
const FORM: u32 = 1;
/// The most bytes a plan takes, two slots and a line; more than a head has.
const MOST: usize = 1 << 14;
/// How the folder of a journal that was replaced is called.
const ASIDE: &str = "replaced-";

/// How far a journal reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct JournalExtent {
    pub(super) count: u64,
    pub(super) hash: LineHash,
}

impl JournalExtent {
    pub(super) fn of(slot: &Slot) -> Self {
        Self {
            count: slot.count,
            hash: slot.hash,
        }
    }
}

/// What a restore has still to do once its lines are staged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::journal) struct Plan {
    /// The head of the restored journal.
    pub(super) newest: Slot,
    pub(super) before: Slot,
    /// The folder that the present journal moves to; `None` where there is none.
    pub(super) aside: Option<String>,
    /// What the head said when the restore began.
    pub(super) was: Option<JournalExtent>,
}

/// The plan's last line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    restore: u32,
    aside: Option<String>,
    was: Option<(u64, String)>,
}

impl Plan {
    fn encode(&self) -> Vec<u8> {
        let form = Form {
            restore: FORM,
            aside: self.aside.clone(),
            was: self.was.map(|was| (was.count, was.hash.to_string())),
        };
        let mut bytes = self.newest.encode();
        bytes.extend(self.before.encode());
        // A plain struct of texts and numbers always has a JSON form.
        bytes.extend(serde_json::to_vec(&form).unwrap_or_default());
        bytes.push(b'\n');
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (newest, rest) = bytes.split_at_checked(SLOT_SIZE)?;
        let (before, line) = rest.split_at_checked(SLOT_SIZE)?;
        let form: Form = serde_json::from_slice(line.strip_suffix(b"\n")?).ok()?;
        let was = match form.was {
            None => None,
            Some((count, hash)) => Some(JournalExtent {
                count,
                hash: LineHash::from_hex(hash.as_bytes())?,
            }),
        };
        let plain = |name: &String| {
            let known = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
            name.starts_with(ASIDE) && name.bytes().all(known)
        };
        (form.restore == FORM && form.aside.iter().all(plain)).then_some(Self {
            newest: Slot::decode(newest)?,
            before: Slot::decode(before)?,
            aside: form.aside,
            was,
        })
    }
}

/// Puts the plan on the disk: from here on the restore is finished, now or by the next opening.
/// Where that fails nothing is left of it, nor of the staged lines.
pub(super) fn write(folders: &Folders, fs: &dyn FileSystem, plan: &Plan) -> Result<(), DiskFault> {
    let path = folders.restore_plan();
    let Err(fault) = put_in_place(fs, &path, &plan.encode()) else {
        return Ok(());
    };
    // A plan without its lines would give the old lines another head: the lines go last, and
    // only once it is certain that no plan comes back.
    let gone = match fs.facts(&path) {
        Ok(None) => true,
        Ok(Some(_)) => fs.remove(&path).is_ok() && fs.sync_folder(&folders.data).is_ok(),
        Err(_) => false,
    };
    if gone {
        drop(fs.remove(&folders.restoring()));
    }
    Err(fault)
}

/// Whether a restore was begun and not finished.
pub(in crate::journal) fn is_unfinished(
    folders: &Folders,
    fs: &dyn FileSystem,
) -> Result<bool, OpenError> {
    let path = folders.restore_plan();
    Ok(fs.facts(&path).doing("look at", &path)?.is_some())
}

fn load(folders: &Folders, fs: &dyn FileSystem) -> Result<Option<Plan>, OpenError> {
    let path = folders.restore_plan();
    let Some(mut file) = ownership::open(fs, &path, Access::Read)? else {
        return Ok(None);
    };
    let mut bytes = vec![0; MOST];
    let read = read_full(file.as_mut(), 0, &mut bytes).doing("read from", &path)?;
    bytes.truncate(read);
    match Plan::decode(&bytes) {
        Some(plan) => Ok(Some(plan)),
        None => Err(OpenError::Refused {
            path,
            why: "holds a restore that was begun and cannot be read",
            remedy: "Move it away, open the journal, and restore the backup again.",
        }),
    }
}

/// Does what is left of a restore that was begun; nothing where none was. The caller holds the
/// journal's lock.
pub(in crate::journal) fn finish(
    folders: &Folders,
    fs: &Arc<dyn FileSystem>,
) -> Result<(), OpenError> {
    let Some(plan) = load(folders, fs.as_ref())? else {
        return Ok(());
    };
    let (data, staged) = (&folders.data, folders.restoring());
    if ownership::open(fs.as_ref(), &staged, Access::Read)?.is_some() {
        move_aside(folders, fs.as_ref(), plan.aside.as_deref())?;
        let first = data.join(segment::name(1));
        fs.rename(&staged, &first).doing("put in place", &first)?;
    }
    fs.sync_folder(data).doing("save the names in", data)?;
    write_head(folders, fs, &plan)?;
    let path = folders.restore_plan();
    fs.remove(&path).doing("remove", &path)?;
    fs.sync_folder(data).doing("save the names in", data)?;
    Ok(())
}

/// Moves every file of the old journal into its folder. While the restored lines are staged,
/// every file that has the name of a journal's is an old one.
fn move_aside(
    folders: &Folders,
    fs: &dyn FileSystem,
    aside: Option<&str>,
) -> Result<(), OpenError> {
    let data = &folders.data;
    let numbers = segment::numbers(fs, data)?;
    let Some(aside) = aside.map(|name| data.join(name)) else {
        return match numbers.first() {
            None => Ok(()),
            Some(number) => Err(OpenError::Refused {
                path: data.join(segment::name(*number)),
                why: "stands where a restore that was interrupted puts its first file",
                remedy: "Move it away.",
            }),
        };
    };
    ownership::prepare_folder(fs, &aside)?;
    copy_head(folders, fs, &aside)?;
    for number in numbers {
        let name = segment::name(number);
        let (from, to): (PathBuf, PathBuf) = (data.join(&name), aside.join(&name));
        fs.rename(&from, &to).doing("move aside", &from)?;
    }
    save_names(fs, &aside)?;
    save_names(fs, data)?;
    Ok(())
}

/// Keeps a copy of the head beside the lines it belongs to.
fn copy_head(folders: &Folders, fs: &dyn FileSystem, aside: &Path) -> Result<(), OpenError> {
    let from = folders.head_file();
    let Some(mut file) = ownership::open(fs, &from, Access::Read)? else {
        return Ok(());
    };
    let mut bytes = vec![0; MOST];
    let read = read_full(file.as_mut(), 0, &mut bytes).doing("read from", &from)?;
    bytes.truncate(read);
    put_in_place(fs, &aside.join("head"), &bytes)?;
    Ok(())
}

fn save_names(fs: &dyn FileSystem, folder: &Path) -> Result<(), DiskFault> {
    fs.sync_folder(folder).doing("save the names in", folder)
}

/// Writes the head of the restored journal, unless it is there already: a head that says
/// anything else than when the restore began is the new one.
fn write_head(folders: &Folders, fs: &Arc<dyn FileSystem>, plan: &Plan) -> Result<(), OpenError> {
    let path = folders.head_file();
    let head = Head::load(fs.as_ref(), &path)?;
    let known = head.newest();
    if known.is_some() && known.map(JournalExtent::of) != plan.was {
        save_names(fs.as_ref(), &folders.head)?;
        return Ok(());
    }
    let with_locks = |slot: &Slot| Slot {
        locks: known.map_or_else(|| slot.locks.clone(), |known| known.locks.clone()),
        unlisted: known.map_or(slot.unlisted, |known| known.unlisted),
        ..slot.clone()
    };
    let mut store = HeadStore::new(Arc::clone(fs), path);
    store.replace(&with_locks(&plan.newest), &with_locks(&plan.before))?;
    Ok(())
}

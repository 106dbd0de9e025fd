//! Folders and files must be one's own: no links, no second names, no other owner,
//! nothing that others can write.

use std::io;
use std::path::{Path, PathBuf};

use super::error::{DiskContext as _, DiskFault, OpenError};
use super::files::{Access, FileFacts, FileKind, FileSystem, OpenFile};

/// Permission bits of the group and of all others to write.
const OTHERS_WRITE: u32 = 0o022;

/// Folders whose files are copied to other machines as they change: what a part of
/// the path begins with, in lower case, and the service it belongs to.
const SYNCED: [(&str, &str); 7] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("icloud", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("mobile documents", "iCloud"),
    ("google drive", "Google Drive"),
    ("cloudstorage", "a cloud service"),
];

/// Makes a private folder if it is missing, and checks it if it is there.
pub(super) fn prepare_folder(fs: &dyn FileSystem, path: &Path) -> Result<(), OpenError> {
    if fs.facts(path).doing("look at", path)?.is_none() {
        fs.create_folder(path).doing("create", path)?;
    }
    check_folder(fs, path)
}

/// Returns when the name of a folder, and of each one above it, is on the disk.
/// One that may not be looked into was not made by this program.
pub(super) fn save_names_above(fs: &dyn FileSystem, path: &Path) -> Result<(), DiskFault> {
    for above in path
        .ancestors()
        .skip(1)
        .filter(|above| !above.as_os_str().is_empty())
    {
        match fs.sync_folder(above) {
            Err(error) if not_ours(error.kind()) => {}
            synced => synced.doing("save the names in", above)?,
        }
    }
    Ok(())
}

fn not_ours(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    matches!(kind, PermissionDenied | Unsupported | InvalidInput)
}

/// Checks a folder that should be there; a missing one passes.
pub(super) fn check_folder(fs: &dyn FileSystem, path: &Path) -> Result<(), OpenError> {
    let Some(facts) = fs.facts(path).doing("look at", path)? else {
        return Ok(());
    };
    match facts.nature {
        FileKind::Folder => check_owner(fs, path, &facts),
        FileKind::Link => refuse(path, "is a symbolic link", "Put a real folder there."),
        FileKind::File | FileKind::Other => refuse(
            path,
            "is not a folder",
            "Move it away or choose another data folder.",
        ),
    }
}

/// Opens a file after checking it; `None` when it is missing and not to be made.
pub(super) fn open(
    fs: &dyn FileSystem,
    path: &Path,
    access: Access,
) -> Result<Option<Box<dyn OpenFile>>, OpenError> {
    match fs.facts(path).doing("look at", path)? {
        Some(facts) => check_file(fs, path, &facts)?,
        None if access.must_exist() => return Ok(None),
        None => {}
    }
    let mut file = match fs.open(path, access) {
        // Moved away since it was looked at, as by a restore.
        Err(error) if access == Access::Read && error.kind() == io::ErrorKind::NotFound => {
            return Ok(None);
        }
        opened => opened.doing("open", path)?,
    };
    // Checked again on the open file: the name may have been given to another one.
    let facts = file.facts().doing("look at", path)?;
    check_file(fs, path, &facts)?;
    Ok(Some(file))
}

/// Opens a file that a person named, to be read: a plain file under its only name. Whom it
/// belongs to does not matter, since every line of it is checked.
pub(super) fn open_named(
    fs: &dyn FileSystem,
    path: &Path,
) -> Result<Option<Box<dyn OpenFile>>, OpenError> {
    match fs.facts(path).doing("look at", path)? {
        Some(facts) => check_plain(path, &facts)?,
        None => return Ok(None),
    }
    let mut file = fs.open(path, Access::Read).doing("open", path)?;
    // Checked again on the open file, as above.
    let facts = file.facts().doing("look at", path)?;
    check_plain(path, &facts)?;
    Ok(Some(file))
}

fn check_file(fs: &dyn FileSystem, path: &Path, facts: &FileFacts) -> Result<(), OpenError> {
    check_plain(path, facts)?;
    check_owner(fs, path, facts)
}

fn check_plain(path: &Path, facts: &FileFacts) -> Result<(), OpenError> {
    match facts.nature {
        FileKind::File => {}
        FileKind::Link => {
            return refuse(
                path,
                "is a symbolic link",
                "Put the file itself in its place.",
            );
        }
        FileKind::Folder | FileKind::Other => {
            return refuse(path, "is not a plain file", "Move it away.");
        }
    }
    if facts.names > 1 {
        return refuse(
            path,
            "has more than one name (hard links)",
            "Copy it, and put the copy in its place.",
        );
    }
    Ok(())
}

fn check_owner(fs: &dyn FileSystem, path: &Path, facts: &FileFacts) -> Result<(), OpenError> {
    if let (Some(owner), Some(user)) = (facts.owner, fs.user())
        && owner != user
    {
        return refuse(
            path,
            "belongs to another user",
            "Run the app as that user, or make yourself the owner.",
        );
    }
    if facts.mode.is_some_and(|mode| mode & OTHERS_WRITE != 0) {
        return refuse(
            path,
            "can be written by other users",
            "Take that permission away (`chmod go-w`).",
        );
    }
    Ok(())
}

fn refuse(path: &Path, why: &'static str, remedy: &'static str) -> Result<(), OpenError> {
    Err(OpenError::Refused {
        path: PathBuf::from(path),
        why,
        remedy,
    })
}

/// The service that seems to copy this folder to other machines, if any does.
pub(super) fn synced_by(path: &Path) -> Option<&'static str> {
    path.components().find_map(|part| {
        let part = part.as_os_str().to_string_lossy().to_lowercase();
        SYNCED
            .iter()
            .find(|(begins, _)| part.starts_with(begins))
            .map(|(_, service)| *service)
    })
}

#[cfg(test)]
mod tests {
    use super::super::files::FaultyFs;
    use super::*;

    fn refusal(fs: &FaultyFs, path: &str) -> String {
        match open(fs, Path::new(path), Access::Read) {
            Err(refused @ OpenError::Refused { .. }) => refused.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn links_second_names_other_owners_and_writable_files_are_refused() {
        let fs = FaultyFs::new();
        fs.put("/f", b"");
        assert!(open(&fs, Path::new("/f"), Access::Read).unwrap().is_some());
        fs.set_facts("/f", 1000, 0o600, 2);
        assert!(refusal(&fs, "/f").contains("more than one name"));
        fs.set_facts("/f", 0, 0o600, 1);
        assert!(refusal(&fs, "/f").contains("another user"));
        for mode in [0o620, 0o602] {
            fs.set_facts("/f", 1000, mode, 1);
            assert!(refusal(&fs, "/f").contains("written by other users"));
        }
        fs.put_link("/l");
        assert!(refusal(&fs, "/l").contains("symbolic link"));
    }

    #[test]
    fn a_folder_is_made_for_its_owner_and_an_open_one_is_refused() {
        let fs = FaultyFs::new();
        let path = Path::new("/a/b/c");
        prepare_folder(&fs, path).unwrap();
        let facts = fs.facts(path).unwrap().unwrap();
        assert_eq!((facts.nature, facts.mode), (FileKind::Folder, Some(0o700)));
        fs.set_facts("/a/b/c", 1000, 0o777, 1);
        assert!(prepare_folder(&fs, path).is_err());
        fs.put_link("/a/l");
        assert!(prepare_folder(&fs, Path::new("/a/l")).is_err());
        fs.put("/a/f", b"");
        assert!(prepare_folder(&fs, Path::new("/a/f")).is_err());
    }

    #[test]
    fn synced_folders_are_known_by_name() {
        let service = |path: &str| synced_by(Path::new(path));
        assert_eq!(service("/home/a/Dropbox/journal"), Some("Dropbox"));
        assert_eq!(service("/home/a/OneDrive - Work/journal"), Some("OneDrive"));
        assert_eq!(
            service("/Users/a/Library/Mobile Documents/x"),
            Some("iCloud")
        );
        assert_eq!(service("/home/a/.local/share/impulse-audit/journal"), None);
    }
}

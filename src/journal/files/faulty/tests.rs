use std::io;
use std::path::Path;

use super::*;

fn disk_with(bytes: &[u8]) -> (FaultyFs, Box<dyn OpenFile>) {
    let fs = FaultyFs::new();
    fs.create_folder(Path::new("/d")).unwrap();
    fs.sync_folder(Path::new("/")).unwrap();
    let mut file = fs.open(Path::new("/d/f"), Access::Create).unwrap();
    fs.sync_folder(Path::new("/d")).unwrap();
    file.write_at(0, bytes).unwrap();
    file.sync_data().unwrap();
    (fs, file)
}

#[test]
fn a_power_cut_takes_what_was_not_synced() {
    let (fs, mut file) = disk_with(b"safe");
    file.write_at(4, b" and not").unwrap();
    let left = |cut| fs.after_power_cut(cut).content("/d/f").unwrap();
    assert_eq!(left(PowerCut::Lost), b"safe");
    assert_eq!(left(PowerCut::Kept), b"safe and not");
    assert_eq!(left(PowerCut::Prefix(4)), b"safe and");
    assert_eq!(left(PowerCut::Zeroed), b"safe\0\0\0\0\0\0\0\0");
    assert_eq!(left(PowerCut::Holed(0)), b"safe\0\0\0\0\0\0\0\0");
    assert_eq!(left(PowerCut::Holed(1)), b"safe and not");
}

#[test]
fn a_failed_sync_loses_its_bytes_for_good() {
    let (fs, mut file) = disk_with(b"safe");
    file.write_at(4, b"!").unwrap();
    fs.fail_after(0, Fault::Error(io::ErrorKind::Other));
    assert!(file.sync_data().is_err());
    file.sync_data().unwrap();
    assert_eq!(fs.content("/d/f").unwrap(), b"safe!");
    assert_eq!(
        fs.after_power_cut(PowerCut::Lost).content("/d/f").unwrap(),
        b"safe"
    );
}

#[test]
fn a_full_disk_writes_what_fits_and_then_nothing() {
    let (fs, mut file) = disk_with(b"safe");
    fs.limit_space(6);
    assert_eq!(file.write_at(4, b"1234").unwrap(), 2);
    let full = file.write_at(6, b"34").unwrap_err();
    assert_eq!(full.kind(), io::ErrorKind::StorageFull);
    assert_eq!(file.write_at(0, b"over").unwrap(), 4);
}

#[test]
fn a_lock_is_held_by_one_and_freed_by_closing() {
    let (fs, mut file) = disk_with(b"");
    let mut second = fs.open(Path::new("/d/f"), Access::Write).unwrap();
    assert!(file.try_lock().unwrap());
    assert!(!second.try_lock().unwrap());
    drop(file);
    assert!(second.try_lock().unwrap());
}

#[test]
fn an_unsynced_name_is_lost_with_its_bytes() {
    let (fs, _file) = disk_with(b"");
    let mut other = fs.open(Path::new("/d/g"), Access::Create).unwrap();
    other.write_at(0, b"x").unwrap();
    other.sync_data().unwrap();
    assert_eq!(fs.after_power_cut(PowerCut::Lost).content("/d/g"), None);
    assert_eq!(
        fs.after_power_cut(PowerCut::Prefix(0))
            .content("/d/g")
            .unwrap(),
        b"x"
    );
}

//! Verifying: every damage is told with its first bad line, what is sound is sound, and nothing
//! is ever written.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::support::damages::{
    FIRST, Image, LAST, NEXT, code_of, damages, forged, one_file, three_files,
};
use crate::support::{HEAD, LINES, check, folders, open, picture, sample};
use impulse_audit::journal::{
    BadLineReason, FaultyFs, FileSystem, Folders, HandClock, OpenError, RealFs, Verdict, verify,
};
use proptest::prelude::*;

fn verified(fs: &dyn FileSystem, folders: &Folders, code: Option<&str>) -> Verdict {
    let each = &mut |_| ControlFlow::Continue(());
    verify(folders, fs, &HandClock::new(), code, each).unwrap()
}

fn place_of(verdict: &Verdict) -> Option<(u32, u64)> {
    verdict.first_bad.map(|bad| (bad.segment, bad.line))
}

/// Everything below a folder: names, bytes, lengths, permissions, times of change.
fn picture_of_disk(dir: &Path) -> BTreeMap<PathBuf, (Vec<u8>, u64, u32, i64, i64)> {
    let mut all = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
        }
        for path in fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            let facts = fs::symlink_metadata(&path).unwrap();
            let bytes = if facts.is_dir() {
                Vec::new()
            } else {
                fs::read(&path).unwrap()
            };
            let (mtime, nanos) = (facts.mtime(), facts.mtime_nsec());
            all.insert(path, (bytes, facts.len(), facts.mode(), mtime, nanos));
        }
    }
    all
}

#[test]
fn every_damage_is_told_with_its_first_bad_line_and_nothing_is_written() {
    let table = damages();
    for damage in &table {
        let what = damage.name;
        let sound = (damage.of)();
        let code = code_of(&sound);
        let mut image = sound.clone();
        (damage.apply)(&mut image);
        assert_ne!(image, sound, "{what} changes nothing");

        let fs = image.in_memory();
        let verdict = verified(&fs, &folders(), None);
        assert_eq!(
            verdict.is_sound(),
            !damage.without_code,
            "{what}: {:?}",
            verdict.findings
        );
        assert_eq!(
            place_of(&verdict),
            damage.first_bad,
            "{what}: {:?}",
            verdict.findings
        );

        let dir = tempfile::tempdir().unwrap();
        image.on_disk(dir.path());
        let before = picture_of_disk(dir.path());
        let verdict = verified(&RealFs, &Folders::under(dir.path()), Some(&code));
        assert!(!verdict.is_sound(), "{what}");
        assert_eq!(
            place_of(&verdict),
            damage.first_bad,
            "{what}: {:?}",
            verdict.findings
        );
        assert_eq!(verdict.expected, Some(damage.code_found), "{what}");
        assert_eq!(
            picture_of_disk(dir.path()),
            before,
            "{what}: verifying wrote"
        );
    }
    println!("{} damages: all told, 0 bytes written", table.len());
}

#[test]
fn a_sound_journal_is_sound_also_against_its_code_and_in_several_files() {
    for image in [one_file(), three_files()] {
        let code = code_of(&image);
        let dir = tempfile::tempdir().unwrap();
        image.on_disk(dir.path());
        let before = picture_of_disk(dir.path());
        let verdict = verified(&RealFs, &Folders::under(dir.path()), Some(&code));
        assert!(verdict.is_sound(), "{:?}", verdict.findings);
        assert_eq!((verdict.first_bad, verdict.expected), (None, Some(true)));
        assert_eq!(picture_of_disk(dir.path()), before);
    }
    let verdict = verified(&three_files().in_memory(), &folders(), None);
    assert_eq!(
        verdict.count, 11,
        "four lines, four and three; two were never saved"
    );
}

#[test]
fn a_folder_without_a_journal_cannot_be_verified_and_is_not_made() {
    let dir = tempfile::tempdir().unwrap();
    let each = &mut |_| ControlFlow::Continue(());
    let verdict = verify(
        &Folders::under(dir.path()),
        &RealFs,
        &HandClock::new(),
        None,
        each,
    );
    assert!(matches!(verdict, Err(OpenError::Nothing { .. })));
    assert!(picture_of_disk(dir.path()).is_empty());
}

fn lines_of(fs: &FaultyFs) -> Vec<String> {
    Image::of(fs).lines(FIRST)
}

#[test]
fn removed_swapped_and_repeated_lines_are_named() {
    let (fs, _) = sample(4);
    let text = lines_of(&fs);
    let named = |order: &[usize]| {
        let lines: String = order.iter().map(|line| text[*line].as_str()).collect();
        fs.put(LINES, lines.as_bytes());
        let verdict = check(&fs).unwrap();
        assert!(!verdict.is_sound());
        let bad = verdict.first_bad.unwrap();
        (bad.line, bad.reason)
    };
    assert_eq!(named(&[0, 1, 3, 4]), (3, BadLineReason::Gap { missing: 1 }));
    assert_eq!(named(&[1, 2, 3, 4]), (1, BadLineReason::Gap { missing: 1 }));
    assert_eq!(
        named(&[0, 1, 3, 2, 4]),
        (3, BadLineReason::Gap { missing: 1 })
    );
    assert_eq!(named(&[0, 1, 2, 2, 3, 4]), (4, BadLineReason::OutOfOrder));
    assert_eq!(named(&[0, 1, 2, 3]), (5, BadLineReason::Missing));
}

#[test]
fn a_changed_line_with_a_matching_hash_breaks_the_chain_behind_it() {
    let (fs, _) = sample(4);
    let mut text = lines_of(&fs);
    text[2] = forged(&text[2], &[("note 1", "note 9")]);
    fs.put(LINES, text.concat().as_bytes());
    let bad = check(&fs).unwrap().first_bad.unwrap();
    assert_eq!((bad.line, bad.reason), (4, BadLineReason::Unchained));
}

#[test]
fn verifying_asks_the_disk_for_no_change() {
    let (sound, _) = sample(3);
    let text = lines_of(&sound).concat();
    for bytes in [text.as_bytes(), &text.as_bytes()[..700], b"", b"\n\n"] {
        sound.put(LINES, bytes);
        let before = picture(&sound);
        sound.refuse_from_now(io::ErrorKind::ReadOnlyFilesystem);
        drop(check(&sound).unwrap());
        sound.heal();
        assert_eq!(picture(&sound), before);
    }
}

/// A journal as version 0.1.0 wrote it, to be opened by every later version. The
/// hash of its last line was taken with `sed` and `sha256sum`.
#[test]
fn the_journal_of_version_0_1_0_is_read_for_ever() {
    let lines = include_bytes!("../journal_golden/v0.1.0.jsonl");
    let fs = FaultyFs::new();
    drop(open(&fs).unwrap());
    fs.put(LINES, lines);
    fs.put(HEAD, include_bytes!("../journal_golden/v0.1.0.head"));
    let verdict = check(&fs).unwrap();
    assert!(verdict.is_sound(), "{:?}", verdict.findings);
    let last = "ab0f9d12d86c74648aa5eafae3f845c9914413dbd51aa2d8c9198da71c6d0535";
    assert_eq!(
        (verdict.count, verdict.hash.to_string().as_str()),
        (5, last)
    );
    assert_eq!(verdict.seal(), "0005-AB0F-9D12");
    let opened = open(&fs).unwrap();
    assert_eq!(
        opened.kinds()[..5],
        [
            "journal.created",
            "note.sample",
            "note.sample",
            "clock.jump",
            "note.sample"
        ],
    );
    let texts: Vec<serde_json::Value> = opened
        .records
        .iter()
        .map(|record| serde_json::from_str(record.data.get()).unwrap())
        .collect();
    assert_eq!(
        texts[2]["text"],
        "\u{202e}deceiving\u{7f} \u{2028}\u{feff} \"quoted\" \\ \n"
    );
    assert_eq!(opened.records[1].zone, "America/New_York");
    assert_eq!(
        opened.records[1].at.to_rfc3339(),
        "2026-03-01T14:31:01.234+00:00"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// A bit of any line, in any file: that line is the first bad one.
    #[test]
    fn wherever_a_bit_flips_its_line_is_the_first_bad_one(
        file in 0_u32..3, place in any::<prop::sample::Index>(), bit in 0_u8..8,
    ) {
        let mut image = three_files();
        let name = [FIRST, NEXT, LAST][file as usize];
        let bytes = image.0.get_mut(name).unwrap();
        let at = place.index(bytes.len());
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64;
        bytes[at] ^= 1_u8 << bit;
        let verdict = verified(&image.in_memory(), &folders(), None);
        prop_assert!(!verdict.is_sound());
        prop_assert_eq!(place_of(&verdict), Some((file + 1, line)));
    }
}

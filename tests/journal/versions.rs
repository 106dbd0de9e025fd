//! What newer versions wrote: an envelope or a head of a later form is refused and left as it is;
//! kinds and payloads that are not known are kept byte for byte and handed on.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::support::{HEAD, LINES, check, folders, note, open, picture, sample};
use impulse_audit::journal::{
    Entry, FaultyFs, FileSystem, HandClock, LineHash, OpenError, RestoreError, back_up,
    preview_backup, restore, unwatched, verify,
};
use proptest::prelude::*;

/// A line with these parts, chained to `prev`, with the hash that belongs to it.
fn line(envelope: u32, seq: u64, kind: &str, v: u32, data: &str, prev: LineHash) -> String {
    let part = format!(
        r#"{{"j":{envelope},"seq":{seq},"id":"01949000-0000-7000-8000-{seq:012}","kind":"{kind}","v":{v},"at":"2026-03-01T14:31:00.000000Z","tz":"UTC","boot":"hand-boot-1","up":3660,"app":"9.9.9","data":{data},"prev":"{prev}""#
    );
    format!("{part},\"h\":\"{}\"}}\n", LineHash::of(part.as_bytes()))
}

/// A journal of three events with this line behind them, which the head may lack.
fn with_line(of: impl Fn(u64, LineHash) -> String) -> FaultyFs {
    let (fs, receipts) = sample(2);
    let mut lines = fs.content(LINES).unwrap();
    lines.extend(of(3, receipts[2].hash()).bytes());
    fs.put(LINES, &lines);
    fs
}

#[test]
fn a_line_with_an_envelope_of_a_later_version_is_refused_by_its_place() {
    let fs = with_line(|seq, prev| line(2, seq, "note.sample", 1, "{}", prev));
    let before = picture(&fs);
    let opened = open(&fs).map(|_| ()).unwrap_err();
    let OpenError::Newer { path, line } = &opened else {
        panic!("{opened}")
    };
    assert_eq!((path.as_path(), *line), (Path::new(LINES), 4));
    assert!(opened.to_string().contains("newer version"), "{opened}");
    assert!(matches!(check(&fs), Err(OpenError::Newer { .. })));
    assert_eq!(picture(&fs), before, "nothing was changed");
    // So is a backup with such a line; the journal here is not touched by it.
    let (mine, _) = sample(1);
    mine.put("/h/newer", &fs.content(LINES).unwrap());
    let before = picture(&mine);
    let file = Path::new("/h/newer");
    assert!(matches!(
        preview_backup(&folders(), &mine, file, &mut unwatched),
        Err(RestoreError::Disk(OpenError::Newer { line: 4, .. }))
    ));
    let disk: Arc<dyn FileSystem> = Arc::new(mine.clone());
    assert!(restore(&folders(), &disk, &HandClock::new(), file, &mut |_| {}).is_err());
    assert_eq!(picture(&mine), before);
}

#[test]
fn a_later_envelope_with_a_wrong_hash_is_damage_and_nothing_else() {
    let fs = with_line(|seq, prev| {
        line(2, seq, "note.sample", 1, "{}", prev).replacen("9.9.9", "9.9.8", 1)
    });
    let opened = open(&fs).unwrap();
    assert_eq!(opened.kinds().last(), Some(&"journal.torn"));
}

#[test]
fn unknown_kinds_and_payload_versions_are_kept_counted_and_handed_on() {
    for (kind, v) in [
        ("from.the-future_2", 1),
        ("note.sample", 77),
        ("promise.unheard-of", 3),
    ] {
        let data = r#"{"deep":[{"x":1.50,"y":null}],"text":"\u202e"}"#;
        let fs = with_line(|seq, prev| line(1, seq, kind, v, data, prev));
        let mut opened = open(&fs).unwrap();
        assert!(opened.opening.is_sound(), "{:?}", opened.opening);
        let last = opened.records.last().unwrap();
        assert_eq!(
            (last.kind.as_str(), last.v, last.app.as_str()),
            (kind, v, "9.9.9")
        );
        assert_eq!(last.data.get(), data, "byte for byte");
        assert_eq!(opened.journal.read(3).unwrap().data.get(), data);
        // The journal goes on behind it, and a backup carries it.
        opened.journal.append(&note("on")).unwrap();
        drop(opened);
        let verdict = check(&fs).unwrap();
        assert!(verdict.is_sound());
        assert!(verdict.kinds[kind] >= 1);
        let backup = back_up(
            &folders(),
            &fs,
            "2026-03-01T15:00:00Z".parse().unwrap(),
            14,
            &mut unwatched,
        )
        .unwrap();
        assert_eq!(fs.content(backup.path), fs.content(LINES));
    }
}

#[test]
fn a_line_of_the_journals_own_with_more_in_it_is_read_as_far_as_it_is_known() {
    let data = r#"{"from":{"segment":1,"bytes":BYTES,"more":true},"why":"a new reason","later":1}"#;
    let (fs, receipts) = sample(2);
    let bytes = fs.content(LINES).unwrap().len();
    let data = data.replace("BYTES", &bytes.to_string());
    let next = line(1, 3, "journal.continued", 2, &data, receipts[2].hash());
    fs.put(crate::support::SECOND, next.as_bytes());
    let opened = open(&fs).unwrap();
    assert!(opened.opening.is_sound(), "{:?}", opened.opening);
    assert_eq!(opened.kinds().last(), Some(&"journal.continued"));
}

/// A head whose slots have the form of a later version, each with the sum that belongs to it.
fn newer_head(fs: &FaultyFs, both: bool) {
    let head = fs.content(HEAD).unwrap();
    let mut slots: Vec<Vec<u8>> = head.chunks(4096).map(<[u8]>::to_vec).collect();
    for slot in slots.iter_mut().take(if both { 2 } else { 1 }) {
        let text = String::from_utf8(slot.clone()).unwrap();
        let part = text.split(",\"sum\":\"").next().unwrap();
        let part = part.replacen("\"head\":1", "\"head\":2", 1);
        let part = part.replacen("\"locks\"", "\"how\":\"new\",\"locks\"", 1);
        let mut bytes = format!("{part},\"sum\":\"{}\"}}", LineHash::of(part.as_bytes()));
        while bytes.len() < 4095 {
            bytes.push(' ');
        }
        bytes.push('\n');
        *slot = bytes.into_bytes();
    }
    fs.put(HEAD, &slots.concat());
}

#[test]
fn a_head_of_a_later_version_is_refused_and_its_locks_are_not_overwritten() {
    for both in [false, true] {
        let (fs, _) = sample(2);
        newer_head(&fs, both);
        let before = picture(&fs);
        let opened = open(&fs).map(|_| ()).unwrap_err();
        assert!(opened.to_string().contains("/h/state/head"), "{opened}");
        assert!(opened.to_string().contains("newer version"), "{opened}");
        assert!(check(&fs).is_err());
        let now = "2026-03-01T15:00:00Z".parse().unwrap();
        assert!(back_up(&folders(), &fs, now, 14, &mut unwatched).is_err());
        assert_eq!(picture(&fs), before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a kind is called and whatever its payload, it comes back as it was.
    #[test]
    fn any_kind_and_payload_comes_back_as_it_was_written(
        kind in "[a-z][a-z0-9._-]{0,63}", v in any::<u32>(), text in any::<String>(), number in any::<i64>(),
    ) {
        // Kinds that say where a file goes on are the journal's own.
        prop_assume!(!kind.starts_with("journal."));
        let (fs, _) = sample(0);
        let entry = Entry::new(&kind, v, &serde_json::json!({ "text": text, "n": number })).unwrap();
        open(&fs).unwrap().journal.append(&entry).unwrap();
        let opened = open(&fs).unwrap();
        let last = opened.records.last().unwrap();
        prop_assert_eq!((&last.kind, last.v), (&kind, v));
        let data: serde_json::Value = serde_json::from_str(last.data.get()).unwrap();
        prop_assert_eq!(&data["text"], &serde_json::Value::from(text));
        prop_assert_eq!(&data["n"], &serde_json::Value::from(number));
        let mut each = |_| ControlFlow::Continue(());
        let verdict = verify(&folders(), &fs, &HandClock::new(), None, &mut each).unwrap();
        prop_assert!(verdict.is_sound());
        prop_assert_eq!(verdict.kinds[&kind], 1);
    }
}

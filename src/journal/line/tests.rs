use proptest::prelude::*;
use serde_json::json;

use super::*;

fn stamp() -> LineStamp {
    LineStamp {
        at: DateTime::from_timestamp_micros(1_772_375_400_123_456).unwrap(),
        zone: "America/New_York".to_owned(),
        boot: "b1".to_owned(),
        up: Duration::from_millis(1_531_620_900),
    }
}

fn line_of(kind: &str, data: &serde_json::Value) -> Vec<u8> {
    let id = EventId::from_u128(0x0195_5555_0000_7000_8000_0000_0000_0001);
    let entry = Entry::with_id(id, kind, 1, data).unwrap();
    let mut bytes = write(&entry, 41, &stamp(), LineHash::NONE).unwrap().bytes;
    assert_eq!(bytes.pop(), Some(b'\n'));
    bytes
}

#[test]
fn a_line_has_the_documented_order_and_its_hash_is_of_the_bytes_before_it() {
    let line = String::from_utf8(line_of("decision.made", &json!({"size": "0.5"}))).unwrap();
    let (part, rest) = line.split_once(",\"h\":\"").unwrap();
    // The order and the forms are those of the design document's example.
    assert_eq!(
        part,
        format!(
            concat!(
                r#"{{"j":1,"seq":41,"id":"01955555-0000-7000-8000-000000000001","kind":"decision.made","#,
                r#""v":1,"at":"2026-03-01T14:30:00.123456Z","tz":"America/New_York","boot":"b1","#,
                r#""up":1531620,"app":"{}","data":{{"size":"0.5"}},"prev":"{}""#
            ),
            env!("CARGO_PKG_VERSION"),
            "0".repeat(64),
        ),
    );
    assert_eq!(rest, format!("{}\"}}", LineHash::of(part.as_bytes())));
}

#[test]
fn a_line_is_read_as_it_was_written() {
    let bytes = line_of(
        "note.written",
        &json!({"text": "\u{202e}gnirts \"x\" \\ \n"}),
    );
    let line = read(&bytes).unwrap();
    let record = line.record();
    assert_eq!(
        (record.seq, record.kind.as_str(), record.v),
        (41, "note.written", 1)
    );
    assert_eq!(record.at, stamp().at);
    assert_eq!(record.zone, "America/New_York");
    assert_eq!(record.up, Duration::from_mins(25527));
    assert_eq!(record.receipt().hash(), line.hash);
    let data: serde_json::Value = serde_json::from_str(record.data.get()).unwrap();
    assert_eq!(data, json!({"text": "\u{202e}gnirts \"x\" \\ \n"}));
    assert!(!bytes.contains(&b'\n'));
}

#[test]
fn a_newer_envelope_is_told_from_a_damaged_one() {
    let bytes = line_of("x", &json!(1));
    let text = String::from_utf8(bytes)
        .unwrap()
        .replacen("{\"j\":1,", "{\"j\":2,", 1);
    assert_eq!(read(text.as_bytes()).unwrap_err(), LineError::Hash);
    let part = text.split_once(",\"h\":\"").unwrap().0;
    let forged = format!("{part},\"h\":\"{}\"}}", LineHash::of(part.as_bytes()));
    assert_eq!(read(forged.as_bytes()).unwrap_err(), LineError::Newer);
}

#[test]
fn a_line_may_be_one_mebibyte_and_no_longer() {
    let short = line_of("x", &json!("")).len() + 1;
    let room = LONGEST - short;
    let entry = Entry::new("x", 1, &"a".repeat(room)).unwrap();
    assert_eq!(
        write(&entry, 41, &stamp(), LineHash::NONE)
            .ok()
            .unwrap()
            .bytes
            .len(),
        LONGEST
    );
    let entry = Entry::new("x", 1, &"a".repeat(room + 1)).unwrap();
    assert_eq!(
        write(&entry, 41, &stamp(), LineHash::NONE).err(),
        Some(LONGEST + 1)
    );
}

proptest! {
    #[test]
    fn any_text_comes_back_whole(text in any::<String>(), zone in any::<String>()) {
        let entry = Entry::new("x", 7, &text).unwrap();
        let stamp = LineStamp { zone: zone.clone(), ..stamp() };
        let mut bytes = write(&entry, 0, &stamp, LineHash::of(b"before")).ok().unwrap().bytes;
        prop_assert_eq!(bytes.pop(), Some(b'\n'));
        let line = read(&bytes).unwrap();
        prop_assert_eq!(serde_json::from_str::<String>(line.data.get()).unwrap(), text);
        prop_assert_eq!(line.zone.as_ref(), zone.as_str());
        prop_assert_eq!(line.prev, LineHash::of(b"before"));
    }

    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(bytes in any::<Vec<u8>>()) {
        prop_assert!(read(&bytes).is_err());
        // The same behind a matching hash, so that the inner reader is reached.
        drop(read_hashed(&bytes, LineHash::NONE));
        let mut form = b"{\"j\":1,\"seq\":".to_vec();
        form.extend_from_slice(&bytes);
        prop_assert!(read_hashed(&form, LineHash::NONE).is_err());
    }

    #[test]
    fn a_changed_inside_behind_a_matching_hash_never_panics(
        at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let bytes = line_of("x", &json!({"a": [1, "b\u{85}"]}));
        let (part, _) = hashed_part(&bytes).unwrap();
        let mut part = part.to_vec();
        let at = at.index(part.len());
        part[at] = byte;
        drop(read_hashed(&part, LineHash::of(&part)));
    }
}

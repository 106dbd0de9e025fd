//! The files are swapped, cut or removed under a running writer, as sync tools, editors and
//! clean-ups do: nothing is acknowledged into a file that nobody will read.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::support::between::Between;
use uuid::Uuid;

use crate::support::{
    HEAD, LINES, Opened, SECOND, check, folders, note, open, open_at, picture, sample,
};
use impulse_audit::journal::{AppendError, Fault, FaultyFs, FileSystem as _, HandClock, HeadLock};

const LOCK: &str = "/h/data/journal.lock";

/// Another file of the same bytes in its place.
fn swap(fs: &FaultyFs, path: &str) {
    let bytes = fs.content(path).unwrap();
    fs.put("/h/copy", &bytes);
    fs.rename(Path::new("/h/copy"), Path::new(path)).unwrap();
}

fn harm(name: &str, fs: &FaultyFs) {
    let lines = fs.content(LINES).unwrap();
    match name {
        "the lines replaced by a copy of themselves" => swap(fs, LINES),
        "the lines removed" => fs.delete(LINES),
        "the lines cut" => fs.put(LINES, &lines[..lines.len() / 2]),
        "the lines emptied" => fs.put(LINES, b""),
        "something behind the lines" => fs.put(LINES, &[&lines[..], b"{}\n"].concat()),
        "a second name" => fs.set_facts(LINES, 1000, 0o600, 2),
        "the head replaced by a copy of itself" => swap(fs, HEAD),
        "the head removed" => fs.delete(HEAD),
        "the lock replaced" => swap(fs, LOCK),
        "the lock removed" => fs.delete(LOCK),
        "the folder removed" => {
            for path in fs.files() {
                if path.starts_with("/h/data") {
                    fs.delete(path);
                }
            }
            fs.delete("/h/data");
        }
        other => panic!("{other}"),
    }
}

const HARMS: [&str; 11] = [
    "the lines replaced by a copy of themselves",
    "the lines removed",
    "the lines cut",
    "the lines emptied",
    "something behind the lines",
    "a second name",
    "the head replaced by a copy of itself",
    "the head removed",
    "the lock replaced",
    "the lock removed",
    "the folder removed",
];

/// A writer over a disk on which `name` happens right before its call of this number, counted
/// from its opening on; `u64::MAX` is never.
fn writer(fs: &FaultyFs, name: &'static str) -> (Opened, Between, Arc<AtomicU64>) {
    let at = Arc::new(AtomicU64::new(u64::MAX));
    let (when, disk) = (Arc::clone(&at), fs.clone());
    let door = Between::new(fs, move |call| {
        if call == when.load(Ordering::SeqCst) {
            harm(name, &disk);
        }
    });
    let clock = Arc::new(HandClock::new());
    let opened = open_at(Arc::new(door.clone()), clock, &folders()).unwrap();
    (opened, door, at)
}

/// Opens it anew as the app does, accepts a loss, and saves what was not acknowledged.
fn opened_anew(fs: &FaultyFs, entry: &impulse_audit::journal::Entry, what: &str) -> Opened {
    // A name too many is refused until somebody takes it away.
    if fs.content(LINES).is_some() {
        fs.set_facts(LINES, 1000, 0o600, 1);
    }
    let mut opened = open(fs).unwrap_or_else(|error| panic!("{what}: {error}"));
    if opened.journal.loss().is_some() {
        opened.journal.accept_loss().unwrap();
    }
    opened.journal.append(entry).unwrap();
    opened
}

#[test]
fn nothing_is_acknowledged_into_a_file_that_nobody_will_read() {
    let mut seen = 0;
    for name in HARMS {
        for call in 0.. {
            let (fs, receipts) = sample(2);
            let (mut opened, door, at) = writer(&fs, name);
            at.store(door.calls() + call, Ordering::SeqCst);
            let entry = note("typed in a hurry");
            let answer = opened.journal.append(&entry);
            let what = format!("{name} before call {call}");
            if at.load(Ordering::SeqCst) >= door.calls() {
                // It was over before that.
                assert!(answer.is_ok() && call > 4, "{what}");
                break;
            }
            seen += 1;
            match answer {
                // Too late for this one: it must be there.
                Ok(appended) => {
                    drop(opened);
                    let again = open(&fs).unwrap();
                    assert!(
                        again.has(&appended.receipt),
                        "{what}: acknowledged and gone"
                    );
                    assert!(receipts.iter().all(|receipt| again.has(receipt)), "{what}");
                }
                Err(error) => {
                    assert!(matches!(error, AppendError::Stale(_)), "{what}: {error}");
                    // Neither a next try nor the next file is an answer: it is opened anew.
                    assert!(opened.journal.append(&entry).is_err(), "{what}");
                    assert!(opened.journal.resume().is_err(), "{what}");
                    assert!(opened.journal.set_locks(Vec::new()).is_err(), "{what}");
                    drop(opened);
                    let again = opened_anew(&fs, &entry, &what);
                    drop(again);
                    let again = open(&fs).unwrap();
                    let typed = |record: &&impulse_audit::journal::Record| record.id == entry.id();
                    assert_eq!(again.records.iter().filter(typed).count(), 1, "{what}");
                    assert!(again.journal.is_writable(), "{what}");
                }
            }
        }
    }
    assert!(seen > 60, "{seen}");
    println!("{seen} swaps, cuts and removals between two calls: nothing acknowledged and gone");
}

/// What a copy of `fs` holds of lines and head is put over what lies there.
fn put_back(copy: &FaultyFs, fs: &FaultyFs) {
    for path in [LINES, SECOND, HEAD] {
        match copy.content(path) {
            Some(bytes) => fs.put(path, &bytes),
            None if fs.content(path).is_some() => fs.delete(path),
            None => {}
        }
    }
}

#[test]
fn writing_that_stopped_does_not_go_on_over_an_older_copy_that_was_put_back() {
    let mut stopped = 0;
    for call in 0..4 {
        let fs = sample(2).0;
        let other = HeadLock {
            id: Uuid::from_u128(7),
            ends_at: None,
            text: "known to the other history alone".to_owned(),
        };
        let entry = note("written by another machine");
        let shorter = sample(1).0;
        let longer = {
            let copy = fs.copy();
            let mut opened = open(&copy).unwrap();
            let lock = vec![other.clone()];
            opened.journal.append_with_locks(&entry, lock).unwrap();
            opened.journal.append(&note("and one more")).unwrap();
            copy.copy()
        };
        let unsynced = fs.copy();
        unsynced.delete(HEAD);
        for (copy, what) in [
            (shorter, "an older copy"),
            (longer, "a copy that went on elsewhere"),
            (unsynced, "lines without a head"),
        ] {
            let disk = fs.copy();
            let mut opened = open(&disk).unwrap();
            opened.journal.append(&note("acknowledged")).unwrap();
            disk.fail_after(call, Fault::Error(std::io::ErrorKind::Other));
            let typed = note("typed in a hurry");
            if let Err(error) = opened.journal.append(&typed) {
                assert!(matches!(error, AppendError::NotSaved(_)), "{error}");
                put_back(&copy, &disk);
                let error = opened.journal.resume().unwrap_err();
                assert!(matches!(error, AppendError::Stale(_)), "{what}: {error}");
                assert!(opened.journal.append(&typed).is_err(), "{what}");
                drop(opened);
                stopped += 1;
                assert_eq!(
                    picture(&copy),
                    picture(&disk),
                    "{what}: nothing is written over it"
                );
            }
        }
    }
    assert!(stopped >= 9, "{stopped}");
}

#[test]
fn writing_that_stopped_goes_on_where_everything_lies_as_it_was_left() {
    let mut stopped = 0;
    for call in 0.. {
        let (fs, mut receipts) = sample(2);
        let mut opened = open(&fs).unwrap();
        let before = fs.calls();
        fs.fail_after(call, Fault::Error(std::io::ErrorKind::Other));
        let typed = note("typed in a hurry");
        match opened.journal.append(&typed) {
            Ok(_) => {
                assert!(fs.calls() - before <= call);
                break;
            }
            Err(_) => stopped += 1,
        }
        opened.journal.resume().unwrap();
        receipts.push(opened.journal.append(&typed).unwrap().receipt);
        drop(opened);
        let again = open(&fs).unwrap();
        assert!(receipts.iter().all(|receipt| again.has(receipt)), "{call}");
    }
    assert!(stopped > 3, "{stopped}");
}

#[test]
fn what_happened_while_nothing_was_written_is_told_at_the_next_event() {
    for (name, why) in [
        ("the lines replaced by a copy of themselves", "another file"),
        ("the lines removed", "nothing is there"),
        ("the lines cut", "bytes long"),
        ("a second name", "another name"),
        ("the head removed", "nothing is there"),
        ("the lock replaced", "another file"),
        ("the folder removed", "nothing is there"),
    ] {
        let (fs, _) = sample(2);
        let mut opened = open(&fs).unwrap();
        harm(name, &fs);
        let before: Vec<_> = fs
            .files()
            .iter()
            .map(|path| (path.clone(), fs.content(path)))
            .collect();
        let error = opened.journal.append(&note("x")).unwrap_err();
        let said = error.to_string();
        assert!(
            said.starts_with("not saved: could not go on writing to /h/"),
            "{said}"
        );
        assert!(said.contains(why), "{name}: {said}");
        let after: Vec<_> = fs
            .files()
            .iter()
            .map(|path| (path.clone(), fs.content(path)))
            .collect();
        assert_eq!(
            before, after,
            "{name}: nothing is written where nothing belongs"
        );
    }
}

/// The lock is removed, a second copy gets one of its own, and both go on: only the second one
/// writes, and no line of one lands on a line of the other.
#[test]
fn of_two_that_hold_a_lock_only_the_one_whose_lock_is_in_its_place_writes() {
    let mut told = 0;
    for call in 0.. {
        let (fs, receipts) = sample(1);
        let second = Arc::new(std::sync::Mutex::new(None));
        let at = Arc::new(AtomicU64::new(u64::MAX));
        let (when, disk, place) = (Arc::clone(&at), fs.clone(), Arc::clone(&second));
        let door = Between::new(&fs, move |call| {
            if call == when.load(Ordering::SeqCst) {
                disk.delete(LOCK);
                let mut opened = open(&disk).unwrap();
                let saved = opened.journal.append(&note("by the second")).unwrap();
                *place.lock().unwrap() = Some((opened, saved.receipt));
            }
        });
        let clock = Arc::new(HandClock::new());
        let mut first = open_at(Arc::new(door.clone()), clock, &folders()).unwrap();
        at.store(door.calls() + call, Ordering::SeqCst);
        let answer = first.journal.append(&note("by the first"));
        let Some((mut opened, receipt)) = second.lock().unwrap().take() else {
            assert!(answer.is_ok());
            break;
        };
        let what = format!("before call {call}");
        let mut saved = vec![receipt];
        match answer {
            Ok(appended) => saved.push(appended.receipt),
            Err(error) => {
                assert!(matches!(error, AppendError::Stale(_)), "{what}: {error}");
                told += 1;
            }
        }
        assert!(first.journal.append(&note("again")).is_err(), "{what}");
        // The second one may find a line behind its own: then it is told and opens anew.
        match opened.journal.append(&note("once more by the second")) {
            Ok(appended) => saved.push(appended.receipt),
            Err(error) => assert!(matches!(error, AppendError::Stale(_)), "{what}: {error}"),
        }
        drop((first, opened));
        let again = open(&fs).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(
            again.opening.loss().is_none(),
            "{what}: {:?}",
            again.opening
        );
        for receipt in receipts.iter().chain(&saved) {
            assert!(
                again.has(receipt),
                "{what}: {receipt:?} of {:?}",
                again.opening
            );
        }
        drop(again);
        assert!(check(&fs).is_ok(), "{what}");
    }
    assert!(told > 3, "{told}");
}

#[cfg(unix)]
mod real {
    use std::collections::HashMap;
    use std::fs::{self, OpenOptions};
    use std::io::{BufRead as _, BufReader, Read as _};
    use std::path::{Path, PathBuf};
    use std::process::Child;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use impulse_audit::journal::{Folders, Loss, RealFs, SystemClock};

    use crate::support::process::{acks, appending};
    use crate::support::{Opened, open_at};

    fn open_real(dir: &Path) -> Opened {
        let clock = Arc::new(SystemClock::new());
        open_at(Arc::new(RealFs), clock, &Folders::under(dir)).unwrap()
    }

    fn lines(dir: &Path) -> PathBuf {
        Folders::under(dir).data.join("journal-0001.jsonl")
    }

    fn cut_to(path: &Path, bytes: u64) {
        let file = OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(bytes).unwrap();
    }

    fn harm(name: &str, dir: &Path) {
        let (lines, data) = (lines(dir), Folders::under(dir).data);
        let copy = data.join("copy");
        match name {
            "copied and renamed over" => {
                fs::copy(&lines, &copy).unwrap();
                fs::rename(&copy, &lines).unwrap();
            }
            "moved aside and put back as a copy" => {
                fs::rename(&lines, &copy).unwrap();
                fs::copy(&copy, &lines).unwrap();
            }
            "removed" => fs::remove_file(&lines).unwrap(),
            "emptied" => cut_to(&lines, 0),
            "cut" => cut_to(&lines, fs::metadata(&lines).unwrap().len() / 2),
            "given a second name" => fs::hard_link(&lines, &copy).unwrap(),
            "its folder removed" => fs::remove_dir_all(&data).unwrap(),
            "its folder moved away" => fs::rename(&data, dir.join("elsewhere")).unwrap(),
            "everything removed" => {
                fs::remove_dir_all(&data).unwrap();
                fs::remove_dir_all(Folders::under(dir).head).unwrap();
            }
            "its head removed" => fs::remove_file(Folders::under(dir).head.join("head")).unwrap(),
            "its lock removed" => fs::remove_file(data.join("journal.lock")).unwrap(),
            other => panic!("{other}"),
        }
    }

    /// Reads so many acknowledgements.
    fn read(out: &mut BufReader<std::process::ChildStdout>, count: u32) -> String {
        let mut said = String::new();
        for _ in 0..count {
            out.read_line(&mut said).unwrap();
        }
        said
    }

    /// Everything a process says until it ends by itself, its exit code, and what it said of it.
    fn ends(
        child: &mut Child,
        mut out: BufReader<std::process::ChildStdout>,
        what: &str,
    ) -> (String, Option<i32>, String) {
        // Its output is read meanwhile: a full pipe would hold it up.
        let rest = std::thread::spawn(move || {
            let mut said = String::new();
            out.read_to_string(&mut said).unwrap();
            said
        });
        let patience = Instant::now();
        let code = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status.code(),
                None if patience.elapsed() > Duration::from_secs(20) => {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    panic!("{what}: it goes on acknowledging");
                }
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        let mut err = String::new();
        let stderr = child.stderr.take();
        stderr.unwrap().read_to_string(&mut err).unwrap();
        (rest.join().unwrap(), code, err)
    }

    #[test]
    fn a_running_writer_stops_with_one_sentence_and_every_event_it_acknowledged_is_known() {
        let (mut events, mut gone) = (0, 0);
        for name in [
            "copied and renamed over",
            "moved aside and put back as a copy",
            "removed",
            "emptied",
            "cut",
            "given a second name",
            "its folder removed",
            "its folder moved away",
            "everything removed",
            "its head removed",
            "its lock removed",
        ] {
            let dir = tempfile::tempdir().unwrap();
            let mut child = appending(dir.path(), "100000000");
            let mut out = BufReader::new(child.stdout.take().unwrap());
            let mut said = read(&mut out, 30);
            // A folder into which a file is just being put cannot be removed at once.
            harm(name, dir.path());
            let (rest, code, err) = ends(&mut child, out, name);
            said.push_str(&rest);
            assert_eq!(code, Some(1), "{name}: {err}");
            let last = err.lines().last().unwrap();
            assert!(
                last.starts_with("append: not saved: could not"),
                "{name}: {err}"
            );
            assert!(!err.contains("panicked"), "{name}: {err}");
            let acks = acks(&said);
            let copy = Folders::under(dir.path()).data.join("copy");
            if name == "given a second name" {
                fs::remove_file(copy).unwrap();
            }
            let opened = open_real(dir.path());
            let there: HashMap<u64, String> = opened
                .records
                .iter()
                .map(|record| (record.seq, record.hash().to_string()))
                .collect();
            let missing = acks
                .iter()
                .filter(|(seq, hash)| there.get(seq) != Some(hash));
            let missing = missing.count() as u64;
            events += acks.len();
            gone += missing;
            // What the harm took with it is told, to the last event; nothing was acknowledged
            // behind it that the head does not know.
            let told = match opened.opening.loss() {
                Some(Loss::Lost { acknowledged, .. } | Loss::Deleted { acknowledged, .. }) => {
                    *acknowledged
                }
                Some(other) => panic!("{name}: {other}"),
                None => 0,
            };
            let last = acks.keys().max().copied().unwrap();
            if name == "everything removed" {
                assert_eq!(there.len(), 1, "history begins anew");
            } else {
                assert!(
                    missing == 0 || told > last,
                    "{name}: {missing} gone, {told} told"
                );
            }
            if [
                "given a second name",
                "its head removed",
                "its lock removed",
            ]
            .contains(&name)
            {
                assert_eq!(missing, 0, "{name}");
            }
        }
        println!(
            "11 running writers, {events} acknowledged events: {gone} gone with the harm, all told"
        );
    }

    #[test]
    fn the_lock_removed_under_a_running_writer_lets_a_second_one_in_and_nothing_is_lost() {
        for round in 0..8 {
            let dir = tempfile::tempdir().unwrap();
            let what = format!("round {round}");
            let mut first = appending(dir.path(), "100000000");
            let mut out = BufReader::new(first.stdout.take().unwrap());
            let mut said = read(&mut out, 20 + round);
            harm("its lock removed", dir.path());
            let mut second = appending(dir.path(), "300");
            let second_out = BufReader::new(second.stdout.take().unwrap());
            let (rest, code, err) = ends(&mut first, out, &what);
            said.push_str(&rest);
            assert_eq!(code, Some(1), "{what}: {err}");
            assert!(err.contains("not saved"), "{what}: {err}");
            let (by_second, code, err) = ends(&mut second, second_out, &what);
            assert!(
                code == Some(0) || err.contains("not saved"),
                "{what}: {err}"
            );
            let mut known = acks(&said);
            for (seq, hash) in acks(&by_second) {
                // No place is acknowledged twice.
                assert_eq!(known.insert(seq, hash), None, "{what}: event {seq}");
            }
            let opened = open_real(dir.path());
            assert!(
                opened.opening.loss().is_none(),
                "{what}: {:?}",
                opened.opening
            );
            let there: HashMap<u64, String> = opened
                .records
                .iter()
                .map(|record| (record.seq, record.hash().to_string()))
                .collect();
            for (seq, hash) in &known {
                assert_eq!(there.get(seq), Some(hash), "{what}: event {seq}");
            }
        }
    }
}

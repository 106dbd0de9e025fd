//! Ways to damage a journal, and which line must be named first: one table for the library and
//! for whatever else verifies a journal.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use impulse_audit::journal::{Fault, FaultyFs, Folders, HandClock, LineHash};

use super::{folders, note, open_with};

pub const FIRST: &str = "data/journal-0001.jsonl";
pub const NEXT: &str = "data/journal-0002.jsonl";
pub const LAST: &str = "data/journal-0003.jsonl";
pub const HEAD_FILE: &str = "state/head";

/// Every file of a journal but its lock and its reserve, by its path below the data folder that a
/// person names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image(pub BTreeMap<String, Vec<u8>>);

impl Image {
    /// What stands in memory below `/h`.
    pub fn of(fs: &FaultyFs) -> Self {
        let files = super::picture(fs).into_iter().map(|(path, bytes)| {
            let path = path.strip_prefix("/h").unwrap().to_str().unwrap();
            (path.to_owned(), bytes)
        });
        Self(files.collect())
    }

    /// The same files in memory, with the folders a journal has.
    pub fn in_memory(&self) -> FaultyFs {
        let fs = FaultyFs::new();
        drop(super::open(&fs).unwrap());
        for path in fs.files() {
            fs.delete(path);
        }
        for (path, bytes) in &self.0 {
            fs.put(Path::new("/h").join(path), bytes);
        }
        fs
    }

    /// The same files on the disk, below `dir`, as private as the journal makes them.
    #[cfg(unix)]
    pub fn on_disk(&self, dir: &Path) {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        let folders = Folders::under(dir);
        for folder in [&folders.data, &folders.head] {
            let mut builder = std::fs::DirBuilder::new();
            builder.recursive(true).mode(0o700).create(folder).unwrap();
        }
        for (path, bytes) in &self.0 {
            let mut file = std::fs::OpenOptions::new();
            let file = file.write(true).create_new(true).mode(0o600);
            io::Write::write_all(&mut file.open(dir.join(path)).unwrap(), bytes).unwrap();
        }
    }

    pub fn lines(&self, file: &str) -> Vec<String> {
        let text = String::from_utf8(self.0.get(file).unwrap().clone()).unwrap();
        text.split_inclusive('\n').map(str::to_owned).collect()
    }

    pub fn put(&mut self, file: &str, lines: &[String]) {
        self.0.insert(file.to_owned(), lines.concat().into_bytes());
    }
}

/// A sound journal of one file: `journal.created` and six notes, seven lines.
pub fn one_file() -> Image {
    Image::of(&super::sample(6).0)
}

/// A sound journal of three files, since two saves failed: four lines, four and three.
pub fn three_files() -> Image {
    let fs = FaultyFs::new();
    let clock = HandClock::new();
    let mut opened = open_with(&fs, &clock).unwrap();
    for file in 0..3 {
        if file > 0 {
            fs.fail_after(0, Fault::Error(io::ErrorKind::Other));
            assert!(opened.journal.append(&note("not saved")).is_err());
            opened.journal.resume().unwrap();
        }
        let notes = if file < 2 { 3 } else { 2 };
        for number in 0..notes {
            let text = format!("file {file}, note {number}");
            opened.journal.append(&note(&text)).unwrap();
        }
    }
    drop(opened);
    Image::of(&fs)
}

/// The code that was kept elsewhere of a sound journal.
pub fn code_of(image: &Image) -> String {
    let each = &mut |_| std::ops::ControlFlow::Continue(());
    let verdict = impulse_audit::journal::verify(
        &folders(),
        &image.in_memory(),
        &HandClock::new(),
        None,
        each,
    )
    .unwrap();
    assert!(verdict.is_sound(), "{:?}", verdict.findings);
    verdict.seal()
}

/// A line with its place, its text and its link changed, and a hash that matches.
pub fn forged(line: &str, changes: &[(&str, &str)]) -> String {
    let mut part = line.rsplit_once(",\"h\":\"").unwrap().0.to_owned();
    for (from, to) in changes {
        let other = part.replacen(from, to, 1);
        assert_ne!(other, part, "{from} is not in the line");
        part = other;
    }
    format!("{part},\"h\":\"{}\"}}\n", LineHash::of(part.as_bytes()))
}

fn hash_of(line: &str) -> &str {
    line.rsplit_once("\"h\":\"")
        .unwrap()
        .1
        .split('"')
        .next()
        .unwrap()
}

/// Lines chained rightly behind the last one, by someone who can hash.
fn forged_tail(image: &mut Image, file: &str, more: usize) {
    let mut lines = image.lines(file);
    for _ in 0..more {
        let last = lines.last().unwrap().clone();
        let seq: u64 = last
            .split("\"seq\":")
            .nth(1)
            .and_then(|rest| rest.split(',').next())
            .unwrap()
            .parse()
            .unwrap();
        let (id, prev) = (id_of(&last), prev_of(&last));
        let other = id.replacen(&id[..8], &format!("ffff{:04x}", seq & 0xFFFF), 1);
        lines.push(forged(
            &last,
            &[
                (&format!("\"seq\":{seq}"), &format!("\"seq\":{}", seq + 1)),
                (&id, &other),
                (&prev, hash_of(&last)),
            ],
        ));
    }
    image.put(file, &lines);
}

fn id_of(line: &str) -> String {
    line.split("\"id\":\"").nth(1).unwrap()[..36].to_owned()
}

fn prev_of(line: &str) -> String {
    line.rsplit_once("\"prev\":\"").unwrap().1[..64].to_owned()
}

fn flip(image: &mut Image, file: &str, line: usize, from: &str, to: &str) {
    let mut lines = image.lines(file);
    assert_eq!((from.len(), to.len()), (1, 1));
    let differ = from.as_bytes()[0] ^ to.as_bytes()[0];
    assert_eq!(differ.count_ones(), 1, "one bit");
    let text = lines[line - 1].clone();
    let at = text.find("note ").unwrap();
    assert_eq!(&text[at..=at], from);
    lines[line - 1].replace_range(at..=at, to);
    image.put(file, &lines);
}

fn remove(image: &mut Image, file: &str, line: usize) {
    let mut lines = image.lines(file);
    lines.remove(line - 1);
    image.put(file, &lines);
}

fn swap(image: &mut Image, file: &str, line: usize) {
    let mut lines = image.lines(file);
    lines.swap(line - 1, line);
    image.put(file, &lines);
}

fn keep(image: &mut Image, file: &str, lines: usize) {
    let kept = &image.lines(file)[..lines];
    image.put(file, kept);
}

/// One way to damage a journal.
pub struct Damage {
    pub name: &'static str,
    /// The journal before: of one file or of three.
    pub of: fn() -> Image,
    pub apply: fn(&mut Image),
    /// File and line that must be named first, both counted from 1; none where no line is bad.
    pub first_bad: Option<(u32, u64)>,
    /// Whether it is seen without the code that was kept elsewhere.
    pub without_code: bool,
    /// Whether the code is still found in what is left.
    pub code_found: bool,
}

const fn seen(
    name: &'static str,
    of: fn() -> Image,
    apply: fn(&mut Image),
    first_bad: Option<(u32, u64)>,
    code_found: bool,
) -> Damage {
    Damage {
        name,
        of,
        apply,
        first_bad,
        without_code: true,
        code_found,
    }
}

/// Every damage that verifying must tell.
pub fn damages() -> Vec<Damage> {
    let parts = [
        lines(),
        ends(),
        forgeries(),
        several_files(),
        whole_and_wrong(),
    ];
    parts.into_iter().flatten().collect()
}

/// Lines of the only file.
fn lines() -> Vec<Damage> {
    vec![
        seen(
            "a flipped bit",
            one_file,
            |i| flip(i, FIRST, 3, "n", "o"),
            Some((1, 3)),
            true,
        ),
        seen(
            "a flipped bit in the last line",
            one_file,
            |i| flip(i, FIRST, 7, "n", "l"),
            Some((1, 7)),
            false,
        ),
        seen(
            "a removed line",
            one_file,
            |i| remove(i, FIRST, 4),
            Some((1, 4)),
            true,
        ),
        seen(
            "the first line removed",
            one_file,
            |i| remove(i, FIRST, 1),
            Some((1, 1)),
            true,
        ),
        seen(
            "a swapped pair",
            one_file,
            |i| swap(i, FIRST, 3),
            Some((1, 3)),
            true,
        ),
        seen(
            "a line put in twice",
            one_file,
            |i| {
                let mut lines = i.lines(FIRST);
                lines.insert(5, lines[4].clone());
                i.put(FIRST, &lines);
            },
            Some((1, 6)),
            true,
        ),
    ]
}

/// The end of the only file.
fn ends() -> Vec<Damage> {
    vec![
        seen(
            "a tail cut between lines",
            one_file,
            |i| keep(i, FIRST, 6),
            Some((1, 7)),
            false,
        ),
        seen(
            "a tail cut within a line",
            one_file,
            |i| {
                let bytes = i.0.get_mut(FIRST).unwrap();
                bytes.truncate(bytes.len() - 100);
            },
            Some((1, 7)),
            false,
        ),
        seen(
            "an older copy",
            one_file,
            |i| keep(i, FIRST, 3),
            Some((1, 4)),
            false,
        ),
        seen(
            "the lines deleted",
            one_file,
            |i| drop(i.0.remove(FIRST)),
            Some((1, 1)),
            false,
        ),
        seen(
            "the lines emptied",
            one_file,
            |i| i.put(FIRST, &[]),
            Some((1, 1)),
            false,
        ),
        seen(
            "a line rewritten with a hash that matches",
            one_file,
            |i| {
                let mut lines = i.lines(FIRST);
                lines[3] = forged(&lines[3], &[("note 2", "note 9")]);
                i.put(FIRST, &lines);
            },
            Some((1, 5)),
            true,
        ),
        seen(
            "the last line rewritten with a hash that matches",
            one_file,
            |i| {
                let mut lines = i.lines(FIRST);
                lines[6] = forged(&lines[6], &[("note 5", "note 9")]);
                i.put(FIRST, &lines);
            },
            Some((1, 7)),
            false,
        ),
    ]
}

/// Lines and heads made by someone who can hash.
fn forgeries() -> Vec<Damage> {
    vec![
        seen(
            "a forged tail",
            one_file,
            |i| forged_tail(i, FIRST, 3),
            Some((1, 9)),
            true,
        ),
        seen(
            "a forged tail that is not chained",
            one_file,
            |i| {
                let mut lines = i.lines(FIRST);
                let line = lines[6].clone();
                lines.push(forged(&line, &[("\"seq\":6", "\"seq\":7")]));
                i.put(FIRST, &lines);
            },
            Some((1, 8)),
            true,
        ),
        seen(
            "another journal in its place",
            one_file,
            |i| {
                let other = super::sample(6).0;
                i.0.insert(FIRST.to_owned(), other.content(super::LINES).unwrap());
            },
            Some((1, 7)),
            false,
        ),
        seen(
            "the head removed",
            one_file,
            |i| drop(i.0.remove(HEAD_FILE)),
            None,
            true,
        ),
        seen(
            "the head overwritten",
            one_file,
            |i| {
                i.0.insert(HEAD_FILE.to_owned(), vec![0; 8192]);
            },
            None,
            true,
        ),
    ]
}

/// Journals of three files.
fn several_files() -> Vec<Damage> {
    vec![
        seen(
            "of three files, a flipped bit in the second",
            three_files,
            |i| flip(i, NEXT, 2, "n", "o"),
            Some((2, 2)),
            true,
        ),
        seen(
            "of three files, a line removed from the second",
            three_files,
            |i| remove(i, NEXT, 3),
            Some((2, 3)),
            true,
        ),
        seen(
            "of three files, a pair swapped in the first",
            three_files,
            |i| swap(i, FIRST, 2),
            Some((1, 2)),
            true,
        ),
        seen(
            "of three files, the last one cut",
            three_files,
            |i| keep(i, LAST, 2),
            Some((3, 3)),
            false,
        ),
        seen(
            "of three files, the first removed",
            three_files,
            |i| drop(i.0.remove(FIRST)),
            Some((2, 1)),
            true,
        ),
        seen(
            "of three files, the second removed",
            three_files,
            |i| drop(i.0.remove(NEXT)),
            Some((3, 1)),
            true,
        ),
        seen(
            "of three files, the last removed",
            three_files,
            |i| drop(i.0.remove(LAST)),
            Some((2, 5)),
            false,
        ),
        seen(
            "of three files, a forged tail",
            three_files,
            |i| forged_tail(i, LAST, 2),
            Some((3, 5)),
            true,
        ),
    ]
}

/// What only a code kept elsewhere can tell.
fn whole_and_wrong() -> Vec<Damage> {
    vec![
        Damage {
            name: "an older copy with its own head",
            of: one_file,
            apply: |i| *i = Image::of(&super::sample(3).0),
            first_bad: None,
            without_code: false,
            code_found: false,
        },
        Damage {
            name: "the tail rewritten and chained, and the head gone with it and made anew",
            of: one_file,
            apply: |i| {
                keep(i, FIRST, 6);
                forged_tail(i, FIRST, 1);
                i.0.remove(HEAD_FILE);
                let fs = i.in_memory();
                drop(super::open(&fs).unwrap());
                *i = Image::of(&fs);
            },
            first_bad: None,
            without_code: false,
            code_found: false,
        },
    ]
}

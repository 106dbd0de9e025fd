//! Which files of a room name one another, and whether that goes round in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, code, sources, tokens};

/// A module, by the names that lead to it from the root of the crate.
type Path = Vec<String>;

/// A file: what it imports, each with the name it has from then on, and every path that is
/// written out in it.
struct File {
    imports: Vec<(String, Path)>,
    paths: Vec<Path>,
}

type Files = BTreeMap<Path, File>;

/// The module that a file is.
fn module(source: &Source) -> Path {
    let path = source.path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').map(ToOwned::to_owned).collect()
}

/// What stands in a file, its tests left out: nothing imports those.
fn read(source: &Source) -> File {
    let code = code(&source.text);
    let tokens = tokens(&code);
    let end = tokens
        .windows(3)
        .position(|three| three == ["mod", "tests", "{"]);
    let tokens = tokens.get(..end.unwrap_or(tokens.len())).unwrap();
    let (mut imports, mut paths) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let rest = &tokens[at..];
        let begins = at == 0 || tokens[at - 1] != "::";
        at += 1;
        if *token == "use" {
            let re_exports = at > 1 && (tokens[at - 2] == "pub" || tokens[at - 2] == ")");
            let read = tree(&rest[1..], &[], &mut imports);
            // A map names what it hands on, but is not made of it.
            if !(re_exports && source.path.ends_with("/mod.rs")) {
                let own = imports.len() - read.1;
                paths.extend(imports[own..].iter().map(|(_, path)| path.clone()));
            }
            at += read.0;
        } else if begins && rest.get(1) == Some(&"::") {
            let names = rest.chunks(2).map_while(|two| match two {
                [name, "::"] => Some((name, true)),
                [name, ..] => Some((name, false)),
                [] => None,
            });
            let mut path = Path::new();
            for (name, goes_on) in names {
                path.push((*name).to_owned());
                if !goes_on {
                    break;
                }
            }
            paths.push(path);
        }
    }
    File { imports, paths }
}

/// Reads what stands behind `use`: how many tokens, and how many names it brings.
fn tree(tokens: &[&str], before: &[String], into: &mut Vec<(String, Path)>) -> (usize, usize) {
    let mut path = before.to_vec();
    let mut at = 0;
    loop {
        if tokens[at] == "{" {
            let (mut count, mut inner) = (0, at + 1);
            while tokens[inner] != "}" {
                let read = tree(&tokens[inner..], &path, into);
                count += read.1;
                inner += read.0 + usize::from(tokens[inner + read.0] == ",");
            }
            return (inner + 1, count);
        }
        if tokens[at] != "self" || path.is_empty() {
            path.push(tokens[at].to_owned());
        }
        at += 1;
        if tokens.get(at) != Some(&"::") {
            break;
        }
        at += 1;
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if tokens.get(at) == Some(&"as") {
        tokens[at + 1].clone_into(&mut name);
        at += 2;
    }
    if name == "*" {
        path.pop();
    }
    into.push((name, path));
    (at, 1)
}

/// A path from the root of the crate, as it is meant in a module; none where it leads out of it.
fn absolute(files: &Files, module: &[String], path: &[String]) -> Option<Path> {
    let supers = path.iter().take_while(|step| *step == "super").count();
    let first = path.first()?;
    let (base, rest) = match first.as_str() {
        "crate" => (&[][..], &path[1..]),
        "self" => (module, &path[1..]),
        "super" => (
            &module[..module.len().checked_sub(supers)?],
            &path[supers..],
        ),
        _ => {
            let child = [module, &path[..1]].concat();
            if files.contains_key(&child) {
                return Some([module, path].concat());
            }
            let (_, import) = files.get(module)?.imports.iter().find(|(name, path)| {
                name == first && ["crate", "self", "super"].contains(&path[0].as_str())
            })?;
            let import = absolute(files, module, import)?;
            return Some([&import, &path[1..]].concat());
        }
    };
    Some([base, rest].concat())
}

/// The file that defines what a path names: through whatever hands it on.
fn defines(files: &Files, path: &[String], steps: u8) -> Option<Path> {
    let length = (1..=path.len())
        .take_while(|length| files.contains_key(&path[..*length]))
        .last()?;
    let (module, rest) = path.split_at(length);
    let handed_on = rest.first().and_then(|first| {
        let imports = &files[module].imports;
        let (_, import) = imports.iter().find(|(name, _)| name == first)?;
        let import = absolute(files, module, import)?;
        defines(
            files,
            &[&import, &rest[1..]].concat(),
            steps.checked_sub(1)?,
        )
    });
    Some(handed_on.unwrap_or_else(|| module.to_vec()))
}

/// Which files of its room each file names. What a folder's own `mod.rs` defines, it defines for
/// what lies in the folder.
fn named(sources: &[Source]) -> BTreeMap<Path, BTreeSet<Path>> {
    let files: Files = sources
        .iter()
        .filter(|source| source.room().is_some())
        .map(|source| (module(source), read(source)))
        .collect();
    let of = |module: &Path, file: &File| -> BTreeSet<Path> {
        let names = file.paths.iter();
        let names = names.filter_map(|path| absolute(&files, module, path));
        names
            .filter_map(|path| defines(&files, &path, 8))
            .filter(|named| named[0] == module[0] && !module.starts_with(named))
            .collect()
    };
    files
        .iter()
        .map(|(module, file)| (module.clone(), of(module, file)))
        .collect()
}

/// What is left when again and again all files are taken away that name none that is left, and
/// all that none names that is left.
fn circles(mut named: BTreeMap<Path, BTreeSet<Path>>) -> BTreeMap<Path, BTreeSet<Path>> {
    loop {
        let before = named.len();
        let all: BTreeSet<Path> = named.values().flatten().cloned().collect();
        named.retain(|file, names| !names.is_empty() && all.contains(file));
        let left: BTreeSet<Path> = named.keys().cloned().collect();
        for names in named.values_mut() {
            names.retain(|name| left.contains(name));
        }
        if named.len() == before && named.values().all(|names| !names.is_empty()) {
            return named;
        }
    }
}

fn told(circles: &BTreeMap<Path, BTreeSet<Path>>) -> Vec<String> {
    let each = circles.iter().map(|(file, names)| {
        let names: Vec<String> = names.iter().map(|name| name.join("::")).collect();
        format!("{} names {}", file.join("::"), names.join(", "))
    });
    each.collect()
}

#[test]
fn no_files_of_a_room_name_one_another_in_a_circle() {
    let named = named(&sources());
    let seen: usize = named.values().map(BTreeSet::len).sum();
    let told = told(&circles(named));
    assert!(told.is_empty(), "in a circle:\n{}", told.join("\n"));
    // Otherwise the sources were not read at all.
    assert!(seen > 800, "only {seen} imports were seen");
}

#[test]
fn a_circle_is_seen_in_whatever_way_its_files_name_one_another() {
    let file = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let of = |files: &[Source]| told(&circles(named(files)));
    let map = file(
        "a/mod.rs",
        "mod b; mod c; pub use b::{B, X as Y}; pub struct A;",
    );
    let b = |text| file("a/b.rs", text);
    let c = |text| file("a/c.rs", text);
    let round = ["a::b names a::c", "a::c names a::b"];
    for (one, other) in [
        ("use super::c::C;", "use super::b::B;"),
        ("use super::c;", "use super::B;"),
        ("fn f() { super::c::f() }", "use crate::a::{A, Y};"),
        ("use super::{A, c}; fn f() { c::f() }", "use super::b as d;"),
    ] {
        assert_eq!(of(&[file("a/mod.rs", &map.text), b(one), c(other)]), round);
    }
    for (one, other) in [
        ("use super::c::C;", "use super::A;"),
        ("use super::c::C;", "mod tests { use super::super::b::B; }"),
        ("use super::c::C;", "// use super::b::B;"),
        ("use super::c::C;", "use crate::z::b::B;"),
    ] {
        let none: [String; 0] = [];
        assert_eq!(of(&[file("a/mod.rs", &map.text), b(one), c(other)]), none);
    }
}

//! Which rooms a file names, in whatever way.

use std::collections::BTreeSet;

use crate::sources::{code, tokens};

/// What a file names at the root of the crate: by `crate::`, alone or in braces, or by as many
/// `super::` as lead there from a file `depth` modules deep.
pub(crate) fn named_at_root(text: &str, depth: usize) -> BTreeSet<String> {
    let code = code(text);
    let tokens = tokens(&code);
    let mut named = BTreeSet::new();
    // A module within the file, like `mod tests { … }`, lies one deeper.
    let (mut open, mut inner): (usize, Vec<usize>) = (0, Vec::new());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let mut next = at + 1;
        match *token {
            "{" => {
                open += 1;
                if at > 1 && tokens.get(at - 2) == Some(&"mod") {
                    inner.push(open);
                }
            }
            "}" => {
                inner.retain(|module| *module < open);
                open = open.saturating_sub(1);
            }
            _ => {}
        }
        let is_path_start = tokens.get(at.wrapping_sub(1)) != Some(&"::");
        let mut at_root = *token == "crate";
        if *token == "super" && is_path_start {
            let mut climbed = 1;
            while tokens.get(next) == Some(&"::") && tokens.get(next + 1) == Some(&"super") {
                climbed += 1;
                next += 2;
            }
            at_root = climbed >= depth + inner.len();
        }
        if at_root && tokens.get(next) == Some(&"::") {
            named.extend(first_names(tokens.get(next + 1..).unwrap_or_default()));
        }
        at = next;
    }
    named
}

/// The first name of a path, or of each path where it goes on in braces.
fn first_names(tokens: &[&str]) -> Vec<String> {
    if tokens.first() != Some(&"{") {
        return tokens.iter().take(1).map(ToString::to_string).collect();
    }
    let mut names = Vec::new();
    let mut open = 0_u32;
    let mut begins = false;
    for token in tokens {
        match *token {
            "{" => {
                open += 1;
                begins = open == 1;
            }
            "}" if open == 1 => break,
            "}" => open -= 1,
            "," => begins = open == 1,
            name if begins => {
                names.push(name.to_owned());
                begins = false;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn every_way_to_name_a_room_is_seen() {
    for (text, depth, expected) in [
        ("use crate::app::App;", 1, vec!["app"]),
        ("use crate::{app::{App, Stage}, ui};", 1, vec!["app", "ui"]),
        (
            "pub use crate::{\n    audit,\n    ui::{text, words},\n};",
            1,
            vec!["audit", "ui"],
        ),
        ("let d = crate::app::App::open();", 3, vec!["app"]),
        ("fn f(d: &crate::app::App) {}", 1, vec!["app"]),
        ("use super::super::app::App;", 2, vec!["app"]),
        ("use super::super::words;", 3, vec![]),
        ("use super::form;", 2, vec![]),
        ("mod tests {\n    use super::super::files;\n}", 2, vec![]),
        (
            "mod tests {\n    use super::super::super::app;\n}",
            2,
            vec!["app"],
        ),
        (
            "mod tests { fn f() {} }\nuse super::super::app;",
            2,
            vec!["app"],
        ),
        ("use self::form::Form;", 1, vec![]),
        ("// use crate::app::App;", 1, vec![]),
        ("let x = \"use crate::app::App;\";", 1, vec![]),
        ("/// See [`crate::app::App`].\nfn f() {}", 1, vec![]),
        ("pub(crate) fn f() {}", 1, vec![]),
        ("use chrono::screen;", 1, vec![]),
    ] {
        let named: Vec<String> = named_at_root(text, depth).into_iter().collect();
        assert_eq!(named, expected, "{text}");
    }
}

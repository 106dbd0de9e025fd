//! The sources below `src/`, and their code as words and signs.

use std::fs;
use std::path::{Path, PathBuf};

/// A file below `src/`.
pub(crate) struct Source {
    /// The way to it from `src/`, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// The room it is in; none for the top of the house.
    pub(crate) fn room(&self) -> Option<&str> {
        self.path.split_once('/').map(|(room, _)| room)
    }

    /// How many modules lie between the root of the crate and the end of this file.
    pub(crate) fn depth(&self) -> usize {
        let steps = self.path.split('/').count();
        if self.path.ends_with("/mod.rs") {
            steps.saturating_sub(1)
        } else {
            steps
        }
    }
}

pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(Source {
                    path: below(&root, &path),
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn below(root: &Path, path: &Path) -> String {
    let steps: PathBuf = path.strip_prefix(root).unwrap().into();
    let steps: Vec<_> = steps.iter().map(|step| step.to_str().unwrap()).collect();
    steps.join("/")
}

/// The code alone: without comments, doc comments included, and with texts left empty.
pub(crate) fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            end_after(rest, 2, "*/")
        } else if rest.starts_with("r\"") {
            end_after(rest, 2, "\"")
        } else if rest.starts_with("r#\"") {
            end_after(rest, 3, "\"#")
        } else if rest.starts_with("'\"'") {
            3
        } else if first == '"' {
            end_of_text(rest)
        } else {
            0
        };
        let taken = if skipped == 0 {
            code.push(first);
            first.len_utf8()
        } else {
            code.push(' ');
            skipped
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    code
}

/// The place behind the next `end`, looked for from `from` on.
fn end_after(text: &str, from: usize, end: &str) -> usize {
    text.get(from..)
        .and_then(|rest| rest.find(end))
        .map_or(text.len(), |at| from + at + end.len())
}

/// The place behind the quotation mark that ends a text, escaped ones passed over.
fn end_of_text(text: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Words and the signs between them: `crate::{a, b}` becomes `crate`, `::`, `{`, `a`, `,`, …
pub(crate) fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

//! What a file of Rust defines, by its name and, where it belongs to a type, by both: `Wait` and
//! `Wait::of`.

use std::collections::BTreeSet;

use crate::sources::{code, tokens};

/// Words behind which a name is defined.
const DEFINING: [&str; 9] = [
    "fn", "struct", "enum", "trait", "type", "const", "static", "mod", "union",
];

/// A pair of braces that is open, by what stands before it.
enum Open {
    /// The variants of this enum.
    Variants(String),
    /// The fields of this struct.
    Fields(String),
    /// What belongs to this type or trait.
    Belonging(String),
    /// Anything else.
    Other,
}

/// Every name that a file defines: items, what belongs to a type, variants, fields, and tests that
/// `situation!` makes.
pub(crate) fn defined(text: &str) -> BTreeSet<String> {
    let code = code(text);
    let tokens = without_characters(&tokens(&code));
    let mut names = BTreeSet::new();
    let mut open: Vec<Open> = Vec::new();
    let mut coming = Open::Other;
    // Round and square brackets: within them a comma parts no variants and no fields.
    let mut brackets = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1).copied().unwrap_or_default();
        let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).copied();
        let is_name = token.starts_with(|c: char| c.is_alphabetic() || c == '_');
        match *token {
            "{" => open.push(std::mem::replace(&mut coming, Open::Other)),
            "}" => drop(open.pop()),
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets = brackets.saturating_sub(1),
            ";" => coming = Open::Other,
            "impl" if brackets == 0 && !is_in_signature(&tokens, at) => {
                let behind = tokens.get(at + 1..).unwrap_or_default();
                coming = Open::Belonging(whose(behind));
            }
            "const" if next == "fn" => {}
            word if DEFINING.contains(&word) && next != "(" => {
                names.insert(next.to_owned());
                if let Some(Open::Belonging(whose)) = open.last() {
                    names.insert(format!("{whose}::{next}"));
                }
                match word {
                    "enum" => coming = Open::Variants(next.to_owned()),
                    "struct" | "union" => coming = Open::Fields(next.to_owned()),
                    "trait" => coming = Open::Belonging(next.to_owned()),
                    _ => {}
                }
            }
            name if is_name => match open.last() {
                Some(Open::Variants(whose)) if begins(before(1), brackets) => {
                    names.insert(name.to_owned());
                    names.insert(format!("{whose}::{name}"));
                }
                Some(Open::Fields(whose)) if next == ":" && brackets == 0 => {
                    names.insert(format!("{whose}::{name}"));
                }
                _ if before(1) == Some("(") && before(3) == Some("situation") => {
                    names.insert(name.to_owned());
                }
                _ => {}
            },
            _ => {}
        }
    }
    names
}

/// Whether this `impl` stands for what a function gives back, and begins no block of its own.
fn is_in_signature(tokens: &[&str], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at)).copied();
    !matches!(before, None | Some("}" | ";" | "]" | "{" | ")" | "unsafe"))
}

/// Whether a name behind this token is a variant: the first one, one behind a comma, or one behind
/// an attribute.
fn begins(before: Option<&str>, brackets: usize) -> bool {
    brackets == 0 && matches!(before, Some("{" | "," | "]"))
}

/// The type that an `impl` is about: the last name of its path, behind `for` where that stands.
fn whose(tokens: &[&str]) -> String {
    let mut angles = 0_usize;
    let mut whose = "";
    for token in tokens {
        match *token {
            "{" | "where" => break,
            "<" => angles += 1,
            ">" => angles = angles.saturating_sub(1),
            "for" if angles == 0 => whose = "",
            name if angles == 0 && name.starts_with(char::is_alphabetic) => whose = name,
            _ => {}
        }
    }
    whose.to_owned()
}

/// The tokens without what stands for one character, such as `'{'`, which opens nothing.
fn without_characters<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    let mut left = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let is_quote = |at: usize| tokens.get(at) == Some(&"'");
        at += match *token {
            "'" if tokens.get(at + 1) == Some(&"\\") && is_quote(at + 3) => 4,
            "'" if is_quote(at + 2) => 3,
            token => {
                left.push(token);
                1
            }
        };
    }
    left
}

#[test]
fn every_way_to_define_a_name_is_seen() {
    for (text, expected) in [
        ("pub(crate) const fn f<'a>(x: &'a str) {}", vec!["f"]),
        (
            "enum E { #[a(b, C)] A, B { x: u8, Y: u8 }, C(D), D = 4 }",
            vec!["A", "B", "C", "D", "E", "E::A", "E::B", "E::C", "E::D"],
        ),
        (
            "pub struct S<T> { pub a: T, b: Vec<(u8, u8)> } struct P(u8); const N: [u8; 2] = M;",
            vec!["N", "P", "S", "S::a", "S::b"],
        ),
        (
            "impl<T: Into<U>> fmt::Display for a::S<T> { fn f(&self) { let '{' = c; } const K: u8 = 1; }",
            vec!["K", "S::K", "S::f", "f"],
        ),
        (
            "impl S { fn f() -> impl Trait {} } fn g() {}",
            vec!["S::f", "f", "g"],
        ),
        ("trait T { fn f(); }", vec!["T", "T::f", "f"]),
        ("mod m { mod n; }", vec!["m", "n"]),
        (
            "proptest! { #[test] fn holds(a in 0..9) {} }",
            vec!["holds"],
        ),
        (
            "situation!(\n    a_close,\n    \"why\", x);",
            vec!["a_close"],
        ),
        ("// fn f() {}\nlet g = \"fn h() {}\";", vec![]),
        ("type F = fn(u8) -> u8;", vec!["F"]),
    ] {
        let defined: Vec<String> = defined(text).into_iter().collect();
        assert_eq!(defined, expected, "{text}");
    }
}

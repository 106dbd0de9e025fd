//! A cell of the table: a text that no spreadsheet takes for a formula and no terminal obeys, a
//! number that stays a number.

use rust_decimal::Decimal;

use crate::journal::shown;

/// What a text may not begin with: the signs of a formula, in full width too, and what a
/// spreadsheet passes over before one.
const FORMULA: [char; 9] = [
    '=', '+', '-', '@', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A number: written plainly, its sign and all.
    Number(Decimal),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(count: u64) -> Self {
        Self::Number(Decimal::from(count))
    }

    /// As it is written, before quoting.
    pub(super) fn written(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => defused(shown(&text)),
            Self::Number(number) => number.normalize().to_string(),
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A text that begins like a formula, with an apostrophe before it: a spreadsheet shows it as
/// text, and computes nothing.
pub(super) fn defused(text: String) -> String {
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn texts_that_begin_like_a_formula_are_defused_and_numbers_are_not() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 123", "'+49 123"),
            ("-2 below", "'-2 below"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\\u{9}=1"),
            ("\r=1", "\\u{d}=1"),
            ("a\u{1b}]0;b\u{7}\u{200b}c", "a\\u{1b}]0;b\\u{7}\\u{200b}c"),
            ("\n=1", "'\n=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("a = b", "a = b"),
            ("'quoted", "'quoted"),
            ("", ""),
        ] {
            assert_eq!(Cell::text(text).written(), expected);
        }
        assert_eq!(Cell::from(dec!(-80.50)).written(), "-80.5");
        assert_eq!(Cell::from(dec!(10000)).written(), "10000");
        assert_eq!(Cell::count(3).written(), "3");
        assert_eq!(Cell::from(None::<Decimal>).written(), "");
    }
}

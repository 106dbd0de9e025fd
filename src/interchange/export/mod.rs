//! What goes out: the journal as JSON Lines, as a table, as notes. Pure: events or a folded
//! book in, text out into any [`std::io::Write`].
//!
//! | file | what it is for |
//! | --- | --- |
//! | `jsonl` | an event as one line of JSON with nothing private in it |
//! | `kept` | which parts of a payload are neither an amount nor words |
//! | `table` | one row for each audit, as RFC 4180 has it |
//! | `cell` | a cell of it: a text that is no formula, a number that stays one |
//! | `notes` | one Markdown note for each decision, with front matter |
//! | `markdown` | text that Markdown and YAML take for nothing but text |
//! | `rough` | a leverage as a class |
//! | `local` | an instant in the zone it was written in |

mod cell;
mod jsonl;
mod kept;
mod local;
mod markdown;
mod notes;
mod rough;
mod table;

pub use jsonl::write_line;
pub use notes::{NoteFile, note};
pub use table::write_table;

/// How the journal is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Every line as it stands: nothing is lost.
    JsonLines,
    /// One row for each audit, for a spreadsheet.
    Csv,
    /// One note for each decision.
    Markdown,
}

/// How much of it is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// All of it.
    Whole,
    /// Without amounts and words: no prices, sizes, money, answers or names. A leverage is only
    /// told by its class.
    Redacted,
}

#[cfg(test)]
mod kinds_tests;
#[cfg(test)]
mod tests;

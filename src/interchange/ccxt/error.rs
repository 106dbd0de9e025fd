//! Why a text is not taken: which line, which field, and what to do.

/// A text that can't be imported. Nothing of it is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The text is longer than [`LIMIT`](super::LIMIT).
    #[error(
        "This text has {bytes} bytes; at most {} are read. Export fewer markets, or positions and balance alone.",
        super::LIMIT
    )]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
    },
    /// The text is no JSON.
    #[error(
        "Line {line}, column {column}: this is no JSON ({reason}). Export it again, or paste it whole."
    )]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1; 0 where the text ends before it begins.
        column: usize,
        /// What stands there, or is missing.
        reason: String,
    },
    /// A field holds something else than ccxt documents.
    #[error(
        "Line {line}, field {field}: {problem}. Export it again, or mend this field in the file."
    )]
    Field {
        /// Counted from 1.
        line: usize,
        /// The way to it: `fetch_positions[2].contracts`.
        field: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// It is JSON, but neither positions nor a balance nor leverage tiers.
    #[error(
        "This holds neither positions nor a balance nor leverage tiers as ccxt gives them; its fields are {found}. Export fetch_positions, fetch_balance or fetch_leverage_tiers."
    )]
    NotRecognised {
        /// The first few fields that are there.
        found: String,
    },
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Something else was expected, or it cannot be held.
    #[error("{found} {why}")]
    Unlike {
        /// The first characters of what stands there.
        found: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A word with a few allowed values holds another one.
    #[error("{found} is none of {allowed}")]
    UnknownWord {
        /// What stands there.
        found: String,
        /// What ccxt documents.
        allowed: &'static str,
    },
    /// One object gives the field twice, and nobody can say which one counts.
    #[error("the field is given twice")]
    Twice,
}

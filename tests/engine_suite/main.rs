//! The engine, from outside.
//!
//! - `build` — accounts and tickets in few words
//! - `case_lines` — JSON lines: shapes, refusals, nothing that panics
//! - `everyday` — limits, stops, pools, hedges, margin that is not there
//! - `examples` — the worked numbers of the documents and of the venues
//! - `findings` — when each finding is made
//! - `intents` — what each intent does to the account, inverse contracts, hedge legs
//! - `joint` — all prices at once, gaps, funding, the same move in both modes
//! - `random` — random accounts and tickets
//! - `properties` — the invariants
//! - `naive` — a second solver that steps along the price, and along a common move
//! - `agrees` — the engine and the second solver on random accounts
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected should fail loudly"
)]

mod agrees;
mod build;
mod case_lines;
mod everyday;
mod examples;
mod findings;
mod intents;
mod joint;
mod naive;
mod properties;
mod random;
mod values;

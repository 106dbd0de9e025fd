//! The window as a person meets it: by keys and by the names that assistive technology reads.
//! The checks for unnamed widgets and missing glyphs are on in every flow.
#![cfg(feature = "window")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a failed unwrap, index or sum is a failed test here"
)]

#[path = "../common/mod.rs"]
mod common;

mod backups;
mod closing;
mod exports;
mod flow;
mod hand;
mod heed;
mod kept;
mod limits;
mod loosening;
mod numbers;
mod outside;
mod pausing;
mod permission;
mod plans;
mod promises;
mod rules;
mod said;
mod seat;
mod shapes;
mod together;
mod trouble;
mod typed;

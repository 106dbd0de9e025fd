//! The rules of promises: each of the thirteen as properties over random sequences of what can
//! happen, on the fold alone and on the desk over a disk in memory.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a failed unwrap, index or sum is a failed test here"
)]

mod chance;
#[path = "../common/mod.rs"]
mod common;
mod naive;
mod support;

mod agree;
mod desk_life;
mod handed_on;
mod life;
mod loosening;
mod lost;
mod rules;
mod schema;
mod switch;
mod time;

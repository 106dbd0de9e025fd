//! The rules of promises: each of the thirteen as properties over random sequences of what can
//! happen, on the fold alone and on the app over a disk in memory.
#![allow(
    clippy::too_many_lines,
    reason = "a life does many things, each in an arm of one match"
)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a failed unwrap, index or sum is a failed test here"
)]

mod chance;
#[path = "../common/mod.rs"]
mod common;
mod naive;
mod naive_acts;
mod naive_limits;
mod support;

mod agree;
mod app_does;
mod app_life;
mod believed;
mod foreign;
mod handed_on;
mod hours;
mod life;
mod limits;
mod loosening;
mod looser;
mod lost;
mod rules;
mod schema;
mod switch;
mod time;
mod waits;
mod ways_around;
mod words;

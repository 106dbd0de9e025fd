//! Impulse Audit: before a leveraged trade, three answers and a bound; only then the numbers.
//!
//! The rooms, bottom up; each imports only from lower floors:
//!
//! - [`engine`]: margin, liquidation, loss, sizing. Pure and exact.
//! - [`journal`]: a durable, chained log of any event.
//! - [`market`]: what a market is, and its one spelling.
//! - [`input`]: what people type, and what is wrong with it.
//! - [`waits`]: why an audit waits before its numbers.
//! - [`audit`]: ticket → pause → sealed → revealed → decided, as types.
//! - [`promises`]: locks and plans that a bad moment cannot undo. Pure rules.
//! - [`record`]: the events, and the state folded from them.
//! - [`wording`]: sentences and figures, for window and terminal alike.
//! - [`review`]: questions to the folded journal.
//! - [`interchange`]: what comes from outside and what goes there.
//! - [`app`]: the one place where a command becomes an event.
//! - `cli`: the commands of the terminal (feature `terminal`).
//! - `ui`: the window (feature `window`).
//!
//! `ARCHITECTURE.md` has the picture and the way of one decision.

pub mod app;
pub mod audit;
#[cfg(feature = "terminal")]
pub mod cli;
pub mod engine;
pub mod input;
pub mod interchange;
pub mod journal;
pub mod market;
pub mod promises;
pub mod record;
pub mod review;
#[cfg(feature = "window")]
pub mod ui;
pub mod waits;
pub mod wording;

//! One file or folder a screen. A screen is a function over its view and its own state; it
//! answers with what it asks for.

pub(super) mod account;
pub(super) mod audit;
pub(super) mod banner;
pub(super) mod closed;
pub(super) mod help;
pub(super) mod home;
mod join;
pub(super) mod journal;
pub(super) mod promises;
pub(super) mod settings;
mod stop;

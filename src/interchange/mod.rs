//! What comes from outside and what goes there.
//!
//! | folder | what it is for |
//! | --- | --- |
//! | [`ccxt`] | account snapshots in ccxt's unified JSON: read, and shown as changes before anything is taken |
//! | [`export`] | the journal as JSON Lines, as a table, as notes |
//! | [`venues`] | what is known of each venue: when its requirement is valued, what it does beyond its formula, published tiers as labelled examples |
#![deny(missing_docs)]

pub mod ccxt;
pub mod export;
pub mod venues;

//! What comes from outside and what goes there.
//!
//! | folder | what it is for |
//! | --- | --- |
//! | [`venues`] | what is known of each venue: when its requirement is valued, published tiers as labelled examples |
#![deny(missing_docs)]

pub mod venues;

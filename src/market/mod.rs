//! What a market is, once: the one spelling by which the rooms above know it. Knows nothing of
//! how it is stored or shown.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `symbol` | one spelling for a market, however it is typed |
//! | `spelling` | what spellings have in common: look-alike letters, venues' words |

mod spelling;
mod symbol;

pub use symbol::{Symbol, currency};

//! What comes from outside and what goes there.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `venues` | maintenance schedules that venues have published, as labelled examples |

mod venues;

pub use venues::{Example, binance_usdt};

//! Why an audit waits before its numbers. A floor below both rooms that speak of it: a promise
//! is such a rule, an audit asks which of the rules apply.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `reason` | the seven reasons, and their names |
//! | `rule` | when a reason counts, with its thresholds, and how long is waited then |

mod reason;
mod rule;

pub use reason::WaitReason;
pub use rule::{WaitRule, WaitWhen};

//! Why an audit waits before its numbers. A floor below both rooms that speak of it: a promise says
//! how long is waited for a reason, an audit asks which of the reasons it has.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `reason` | the seven reasons, and their names |

mod reason;

pub use reason::WaitReason;

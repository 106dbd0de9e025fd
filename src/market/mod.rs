//! What a market and a position are, once: the types by which the rooms above know them. Knows
//! nothing of how they are typed, stored or shown.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `id` | what names accounts, audits, promises, plans and positions |
//! | `symbol` | one spelling for a market, however it is typed |
//! | `spelling` | what spellings have in common: look-alike letters, venues' words |
//! | `terms` | how a market's contracts are counted and settled |
//! | `rules` | what a venue asks for it |
//! | `position` | a position, whoever holds it |

mod id;
mod position;
mod rules;
mod spelling;
mod symbol;
mod terms;

pub use id::{AccountId, AuditId, LockId, PlanId, PositionId};
pub use position::Position;
pub use rules::Rules;
pub use symbol::{Symbol, currency};
pub use terms::Terms;

//! What the journal's lines mean: the events, and the [`State`] folded from them.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `event` | the [`Event`] enum, its kinds and payload versions, to and from lines |
//! | `payload` | what each event holds |
//! | `older` | payloads of older versions, and how they are brought up to the present one |
//! | `state` | the state of everything, as the screens read it |
//! | `fold` | how it comes about, line by line |
//! | `fold_audit` | what the lines of an audit do to its story |
//! | `account` | one account of the state, and its positions |
//! | `entry_answers` | what was sealed at the entry of the position that a ticket adds to |
//! | `promised` | what lines mean for promises |
//! | `actions` | what a ticket would do and what a fact did, for promises |
//! | `story` | one audit of the state, from its first screen to what came of it |

mod account;
mod actions;
mod afterwards;
mod entry_answers;
mod event;
mod fold;
mod fold_audit;
mod older;
mod payload;
mod promised;
mod state;
mod story;

pub use account::{Account, OpenPosition};
pub use entry_answers::EntryAnswers;
pub use event::{DecodedEvent, Event};
pub use payload::{
    AccountSet, AuditAfterwards, AuditExpired, AuditExtended, AuditFollowed, AuditLookedAway,
    AuditLowered, AuditRevealed, AuditRewritten, AuditSealed, AuditSentBack, AuditStarted,
    AuditStop, Expiry, FundsPaidIn, Outcome, PositionChanged, PositionClosed, PositionOpened,
    PositionsJoined, Requirement, StopPlacement,
};
pub use promised::{head_locks, seen};
pub use state::{Notice, State, Unaudited};
pub use story::{Ending, Followed, Revealed, Sealed, Story};

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

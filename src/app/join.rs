//! Two positions of one market, side and mode, and what they are together.

use crate::market::{Position, PositionId};
use crate::record::{Account, OpenPosition, PositionChanged, PositionOpened, State};
use crate::wording::join as wording;

/// What would be a second position of one market, side and mode.
#[derive(Clone, Debug, PartialEq)]
pub enum Joining {
    /// One that is about to join the account.
    Opened(PositionOpened),
    /// One that a change makes the same as another.
    Changed(PositionChanged),
    /// One that stands there already.
    Held(PositionId),
}

/// Two positions that are one, and what they are together.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// Names the one that stands.
    pub stands: String,
    /// What both are together, and what of the one that stands holds for both. Empty where they
    /// cannot be joined.
    pub together: Vec<String>,
    /// What joins them.
    pub joining: Joining,
}

impl Join {
    /// Two of one account, where an older journal holds such.
    pub fn offered(state: &State) -> Option<Self> {
        state.accounts().iter().find_map(|account| {
            let (stays, open) = account.pair()?;
            let joining = Joining::Held(open.id());
            Some(Self::of(account, stays, &open.position, joining))
        })
    }

    pub(super) fn of(
        account: &Account,
        stays: &OpenPosition,
        joins: &Position,
        joining: Joining,
    ) -> Self {
        let together = stays.position.joined_with(joins);
        Self {
            stands: wording::stands(account, stays),
            together: together.map_or_else(Vec::new, |together| {
                wording::together(&together, &stays.position, joins, &account.set.collateral)
            }),
            joining,
        }
    }
}

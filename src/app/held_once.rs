//! A market, side and mode is held once in an account. What would make two of it is refused
//! wherever it comes in, and offered as a join.

use super::join::{Join, Joining};
use super::saving::OnSaved;
use super::{App, Command, Refusal};
use crate::market::{Position, PositionId};
use crate::record::{Account, Event, OpenPosition, PositionOpened, PositionsJoined};

/// What is joined: where, with which that stands, and as what it joins.
struct Pair<'a> {
    account: &'a Account,
    stays: &'a OpenPosition,
    joins: (PositionId, Position),
}

impl App {
    fn pair(&self, joining: &Joining) -> Option<Pair<'_>> {
        let (account, id, position) = match joining {
            Joining::Opened(opened) => {
                let account = self.state.account(opened.account)?;
                (account, opened.id, opened.position.clone())
            }
            Joining::Changed(change) => {
                let (account, open) = self.state.position(change.position)?;
                let mut after = open.clone();
                after.changed(change);
                (account, change.position, after.position)
            }
            Joining::Held(id) => {
                let (account, open) = self.state.position(*id)?;
                (account, *id, open.position.clone())
            }
        };
        Some(Pair {
            account,
            stays: account.held_already(&position, id)?,
            joins: (id, position),
        })
    }

    /// Refuses what would be a second position of one market, side and mode.
    pub(super) fn held_once(&self, joining: Joining) -> Result<(), Refusal> {
        // A change that leaves two of an older journal as they are says something true.
        if let Joining::Changed(change) = &joining
            && change.backing.is_none()
        {
            return Ok(());
        }
        match self.pair(&joining) {
            Some(pair) => {
                let join = Join::of(pair.account, pair.stays, &pair.joins.1, joining);
                Err(Refusal::HeldAlready(Box::new(join)))
            }
            None if self.is_on_its_way(&joining) => Err(super::protocol::BEING_SAVED),
            None => Ok(()),
        }
    }

    /// What a command would make a second one of, if it would.
    pub fn would_join(&self, command: &Command) -> Option<Join> {
        let joining = match command {
            Command::OpenPosition(opened) => Joining::Opened(opened.clone()),
            Command::ChangePosition(change) => Joining::Changed(change.clone()),
            _ => return None,
        };
        match self.held_once(joining) {
            Err(Refusal::HeldAlready(join)) => Some(*join),
            _ => None,
        }
    }

    /// Whether such a one was sent a moment ago and is not in the journal yet.
    fn is_on_its_way(&self, joining: &Joining) -> bool {
        let Joining::Opened(opened) = joining else {
            return false;
        };
        self.on_its_way::<PositionOpened>("position.opened")
            .any(|other| {
                other.account == opened.account && other.position.is_one_with(&opened.position)
            })
    }

    /// Writes the fact as it comes, and that both are one: what a promise says of the fact is asked
    /// as of any.
    pub(super) fn join(&mut self, joining: Joining) -> Result<(), Refusal> {
        const ALONE: Refusal = Refusal::NotNow("There is nothing any more that it could join.");
        const APART: Refusal =
            Refusal::NotNow("These two are settled differently, so they cannot be joined.");
        let pair = self.pair(&joining).ok_or(ALONE)?;
        let (joined, position) = &pair.joins;
        let together = pair.stays.position.joined_with(position).ok_or(APART)?;
        let joined = PositionsJoined {
            position: pair.stays.id(),
            joined: *joined,
            quantity: together.quantity,
            entry: together.entry,
            mark: together.mark,
            backing: together.backing,
            leverage: together.leverage,
        };
        match joining {
            Joining::Opened(opened) => {
                self.note_open(&opened)?;
                self.append(&Event::PositionOpened(opened), OnSaved::Nothing)?;
            }
            Joining::Changed(change) => {
                self.note_change(&change)?;
                self.append(&Event::PositionChanged(change), OnSaved::Nothing)?;
            }
            Joining::Held(_) => {}
        }
        self.append(&Event::PositionsJoined(joined), OnSaved::Nothing)
    }
}

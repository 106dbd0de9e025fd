//! What becomes of a decision to trade: the form that asks for it, and the lock that is offered
//! behind an isolated open.

use super::close_form::CloseForm;
use super::funds::FundsForm;
use super::position_form::PositionForm;
use crate::audit::Ticket;
use crate::engine::{Intent, Mode};
use crate::market::{AuditId, LockId};
use crate::promises::{Armed, Promise, Scope};
use crate::record::{State, Story};

/// The form for what became of a decision.
#[derive(Clone, Debug)]
pub enum FollowUpForm {
    /// It opened a position, or changed one.
    Position(PositionForm),
    Closed(CloseForm),
    /// It topped up a pool.
    PaidIn(FundsForm),
}

/// Which form asks for what became of a decision on this ticket; none where it was about a
/// position that is gone.
pub fn became(state: &State, audit: AuditId, ticket: &Ticket) -> Option<FollowUpForm> {
    let Some(held) = &ticket.held else {
        return Some(FollowUpForm::Position(PositionForm::of_decision(
            audit, ticket,
        )));
    };
    // Funds that were paid in are there, whatever has become of the position.
    if ticket.intent == Intent::AddFunds {
        let known = state.account(ticket.account);
        return known.map(|_| FollowUpForm::PaidIn(FundsForm::of_decision(audit)));
    }
    let (_, open) = state.position(held.position)?;
    Some(match ticket.intent {
        Intent::Close => FollowUpForm::Closed(CloseForm::of_decision(open.id(), audit)),
        _ => FollowUpForm::Position(PositionForm::of_decision_about(open, audit, ticket)),
    })
}

/// The lock that is offered behind an audit: none where it did not decide on an isolated open.
pub fn offered(story: &Story) -> Option<Armed> {
    let decision = story.decision()?;
    let ticket = story.last_ticket()?;
    let isolated = ticket.intent == Intent::Open && ticket.mode == Mode::Isolated;
    if !isolated || !decision.choice.trades() {
        return None;
    }
    let (promise, holds) = Promise::offered_after_open();
    Some(Armed {
        lock: LockId::fresh(),
        promise,
        scope: Scope {
            account: None,
            symbol: Some(ticket.symbol.to_string()),
        },
        holds,
        words: String::new(),
        flat: false,
        audit: Some(story.audit),
    })
}

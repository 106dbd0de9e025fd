//! The entry of the position that a ticket adds to: what was sealed when it was opened or last
//! increased.

use super::{OpenPosition, Sealed, State, Story};
use crate::audit::{Answers, EntrySealedOn, GoalpostsMoved, Ticket};
use crate::engine::{Intent, Money};

/// An open position, and the answers of its entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EntryAnswers<'a> {
    pub open: &'a OpenPosition,
    /// What was sealed when it was entered; none where that was without an audit.
    pub sealed: Option<(EntrySealedOn, &'a Sealed)>,
}

impl State {
    /// The entry that is looked back at: at a rescue, an increase, a switch of the mode, and at
    /// another open of a market that is held on the same side. None at anything else.
    pub fn entrance(&self, ticket: &Ticket) -> Option<EntryAnswers<'_>> {
        match ticket.intent {
            Intent::AddMargin | Intent::AddFunds | Intent::Increase | Intent::SwitchMode => {
                let (_, open) = self.position(ticket.held.as_ref()?.position)?;
                Some(self.entered(open))
            }
            Intent::Open => self
                .held_beside(ticket)
                .map(|open| self.entered(open))
                .filter(|entrance| entrance.sealed.is_some())
                .last(),
            Intent::Reduce | Intent::Close => None,
        }
    }

    /// The goalposts that these answers move from those of the entry, if they do.
    pub fn goalposts(&self, ticket: &Ticket, answers: &Answers) -> Option<GoalpostsMoved> {
        let EntryAnswers { open, sealed } = self.entrance(ticket)?;
        let (entered, sealed) = sealed?;
        let mark = ticket.mark.unwrap_or(ticket.entry);
        let unrealised = open.position.profit_at(mark).unwrap_or(Money::ZERO);
        let then = &sealed.payload.answers;
        GoalpostsMoved::between(ticket.side, (entered, then), answers, unrealised)
    }

    /// Open positions on this side of the ticket's market, in what is the same account.
    fn held_beside(&self, ticket: &Ticket) -> impl Iterator<Item = &OpenPosition> {
        let account = self.account(ticket.account);
        self.accounts()
            .iter()
            .filter(move |other| account.is_some_and(|account| other.is_same(account)))
            .flat_map(|account| &account.positions)
            .filter(|open| {
                open.position.symbol == ticket.symbol && open.position.side == ticket.side
            })
    }

    /// Whether an open position was entered as an experiment, or made one by what was added.
    pub fn is_experiment(&self, open: &OpenPosition) -> bool {
        let entered = open.entered.and_then(|(_, audit)| self.story(audit));
        let ticket = entered.and_then(Story::last_ticket);
        ticket.is_some_and(|ticket| ticket.experiment)
    }

    fn entered<'a>(&'a self, open: &'a OpenPosition) -> EntryAnswers<'a> {
        let sealed = open.entered.and_then(|(entered, audit)| {
            let sealed = self.story(audit)?.sealed.as_deref()?;
            Some((entered, sealed))
        });
        EntryAnswers { open, sealed }
    }
}

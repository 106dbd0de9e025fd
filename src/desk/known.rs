//! What is known around a ticket that is typed.

use super::Desk;
use crate::audit::{AnswersForm, Known, Question, Ticket, TicketForm, Within};
use crate::record::Account;

impl Desk {
    /// Hands on what the book knows around a ticket: its account, its position, the rules and
    /// the last price of a market.
    pub fn with_known<T>(&self, form: &TicketForm, look: impl FnOnce(Known<'_>) -> T) -> T {
        let account = form.account.and_then(|id| self.book.account(id));
        let position = form.position.and_then(|id| self.book.position(id));
        let facts = account.map(Account::facts);
        let held = position.map(|(_, open)| open.facts(self.book.is_experiment(open)));
        look(Known {
            account: facts.as_ref(),
            held: held.as_ref(),
            rules: &|symbol| account?.rules(symbol),
            last_price: &|symbol| self.book.last_price(symbol),
        })
    }

    /// What an answer that is a number is held against where it can be read in two ways.
    pub fn answer_within(&self, question: Question, ticket: &Ticket) -> Within {
        AnswersForm::within(question, ticket, self.equity(ticket).ok())
    }
}

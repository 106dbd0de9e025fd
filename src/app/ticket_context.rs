//! What is known around a ticket that is typed.

use super::App;
use crate::audit::{AnswersForm, Question, Ticket, TicketContext, TicketForm};
use crate::input::NumberBounds;
use crate::input::number::Unit;
use crate::record::Account;

/// How an answer that is a number is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberAsked<'a> {
    /// What may be typed.
    pub unit: Unit,
    /// What it is counted in: a price in the quote currency, an amount in collateral.
    pub currency: &'a str,
    /// What it is held against where it can be read in two ways.
    pub within: NumberBounds,
}

impl App {
    /// Hands on what the state knows around a ticket: its account, its position, the rules and
    /// the last price of a market.
    pub fn with_known<T>(&self, form: &TicketForm, look: impl FnOnce(TicketContext<'_>) -> T) -> T {
        let account = form.account.and_then(|id| self.state.account(id));
        let position = form.position.and_then(|id| self.state.position(id));
        let facts = account.map(Account::facts);
        let held = position.map(|(_, open)| open.facts(self.state.is_experiment(open)));
        look(TicketContext {
            account: facts.as_ref(),
            held: held.as_ref(),
            rules: &|symbol| account?.rules(symbol),
            terms: &|symbol| account?.terms(symbol),
            last_price: &|symbol| self.state.last_price(symbol),
        })
    }

    /// How the answer to a question is read; none where it is in words.
    pub fn number_asked<'a>(
        &self,
        question: Question,
        ticket: &'a Ticket,
    ) -> Option<NumberAsked<'a>> {
        let (unit, currency) = match question {
            Question::Wrong | Question::Nothing => return None,
            Question::Invalidation => (Unit::Price, ticket.symbol.quote()),
            Question::AcceptedLoss => (Unit::MoneyOrPercent, ticket.collateral.as_str()),
        };
        Some(NumberAsked {
            unit,
            currency,
            within: AnswersForm::within(question, ticket, self.equity(ticket).ok()),
        })
    }
}

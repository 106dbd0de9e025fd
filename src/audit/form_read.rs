//! How the ticket as typed is read: once, at the edge.

use super::form::TicketForm;
use super::form_reader::FormReader;
use super::{Ticket, TicketContext};
use crate::engine::{Intent, Money, Price, Quantity};
use crate::input::{CHOOSE_A_SIDE, Field, FieldError, SETTLED_IN_THE_COIN, WRITE_THE_MARKET};

impl TicketForm {
    /// Reads the form.
    ///
    /// Of notional (or quantity), margin and leverage any two give the third. A number that can
    /// be read in two ways is taken as the one that can stand beside what is known, if only one
    /// can.
    ///
    /// # Errors
    /// One problem for each field that is missing, unreadable or at odds with another.
    pub fn read(&self, known: TicketContext<'_>) -> Result<Ticket, Vec<FieldError>> {
        let mut sheet = FormReader::of(self, known);
        if known.account.is_none() {
            sheet.say(Field::Account, "Choose the account this trade is for.");
        }
        let ticket = match self.intent {
            Intent::Open => self.read_open(&mut sheet, known),
            _ => self.read_held(&mut sheet, known),
        };
        match ticket {
            Some(ticket) if sheet.problems.is_empty() => Ok(ticket),
            _ => Err(sheet.problems),
        }
    }

    fn read_open(&self, sheet: &mut FormReader<'_>, around: TicketContext<'_>) -> Option<Ticket> {
        let symbol = around.symbol(self.value.text(Field::Symbol));
        if symbol.is_none() {
            sheet.say(Field::Symbol, WRITE_THE_MARKET);
        }
        if self.side().is_none() {
            sheet.say(Field::Side, CHOOSE_A_SIDE);
        }
        let missing = "Write the price at which you would open.";
        let entry = sheet.needed(Field::Entry, missing);
        let mark = sheet.number(Field::Mark);
        let known = symbol.as_ref().and_then(around.rules);
        let terms = symbol.as_ref().and_then(around.terms);
        if terms.is_none() && symbol.is_some() && around.account.is_some() {
            sheet.say(Field::Symbol, SETTLED_IN_THE_COIN);
        }
        let terms = terms.unwrap_or_default();
        let size = sheet.size(terms, entry);
        let rules = symbol.as_ref().and_then(|_| sheet.rules(known));
        let (account, size, entry) = (around.account?, size?, entry?);
        Some(Ticket {
            account: account.id,
            account_name: account.name.clone(),
            venue: account.venue.clone(),
            collateral: account.collateral.clone(),
            intent: Intent::Open,
            experiment: self.is_experiment(around),
            symbol: symbol?,
            terms,
            side: self.side()?,
            mode: self.mode(),
            quantity: Quantity::new(size.quantity),
            entry: Price::new(entry),
            mark: mark.map(Price::new),
            leverage: size.leverage,
            margin: Money::new(size.margin),
            fees: account.fees,
            rules: rules?,
            held: None,
        })
    }
}

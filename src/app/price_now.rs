//! The price now that is typed in a ticket: one market has one price, so it is the mark of what is
//! held there, whatever becomes of the ticket.

use super::saving::OnSaved;
use super::{App, Refusal};
use crate::audit::{Draft, TicketForm};
use crate::engine::{Intent, Price};
use crate::input::Field;
use crate::input::number::{Unit, read};
use crate::market::{PositionId, Symbol};
use crate::record::{Event, PositionChanged};

impl App {
    /// The market of a ticket that is typed, as far as it can be read.
    pub fn market_of(&self, form: &TicketForm) -> Option<Symbol> {
        if form.intent != Intent::Open {
            let (_, open) = self.state.position(form.position?)?;
            return Some(open.position.symbol.clone());
        }
        let account = self.state.account(form.account?)?;
        Symbol::read(form.value.text(Field::Symbol), &account.set.collateral)
    }

    /// Keeps the price now of a ticket as the mark of all that its account holds in the market.
    pub(super) fn keep_price_now(&mut self, draft: &Draft) -> Result<(), Refusal> {
        for (position, mark) in self.marks_of(draft).unwrap_or_default() {
            let change = PositionChanged::mark(position, mark);
            self.append(&Event::PositionChanged(change), OnSaved::Nothing)?;
        }
        Ok(())
    }

    fn marks_of(&self, draft: &Draft) -> Option<Vec<(PositionId, Price)>> {
        let form = &draft.ticket;
        let market = self.market_of(form)?;
        let within = self.with_known(form, |known| form.within(Field::Mark, known));
        let mark = read(form.value.text(Field::Mark), Unit::Price)
            .within(within)
            .exact()?;
        let mark = Price::new(mark.value);
        let open = &self.state.account(form.account?)?.positions;
        let older = open.iter().filter(|open| {
            let position = &open.position;
            let known = position.mark == mark && open.mark_at >= draft.started.wall;
            position.symbol == market && !known
        });
        Some(older.map(|open| (open.id(), mark)).collect())
    }
}

//! What a position's numbers are held against where they can be read in two ways.

use rust_decimal::Decimal;

use super::position_form::PositionForm;
use crate::audit::Ticket;
use crate::engine::{Intent, Money, Price};
use crate::input::number::{Unit, read};
use crate::input::{Field, HIGHEST_LEVERAGE, NumberBounds, typed_number};
use crate::market::Symbol;
use crate::record::{OpenPosition, State};

impl PositionForm {
    /// Where a number of the position can lie, by the others and by what the state knows.
    pub fn within(&self, field: Field, state: &State) -> NumberBounds {
        match field {
            Field::Entry => NumberBounds::ten_times(
                alone(self.value.text(Field::Mark)).or_else(|| self.price(state)),
            ),
            Field::Mark => NumberBounds::ten_times(
                alone(self.value.text(Field::Entry)).or_else(|| self.price(state)),
            ),
            Field::Quantity => self.quantity_within(state),
            Field::Margin => {
                NumberBounds::margin(self.equity(state), HIGHEST_LEVERAGE, self.notional(state))
            }
            Field::Rate => NumberBounds::PERCENT,
            _ => NumberBounds::ANYWHERE,
        }
    }

    fn quantity_within(&self, state: &State) -> NumberBounds {
        let held = self.held(state).map(|open| open.position.quantity.get());
        match (self.decided(), held) {
            (Some(ticket), None) => NumberBounds::ten_times(Some(ticket.quantity.get())),
            (Some(ticket), Some(held)) if ticket.intent == Intent::Increase => {
                NumberBounds::ten_times(held.checked_add(ticket.quantity.get()))
            }
            (Some(ticket), Some(held)) if ticket.intent == Intent::Reduce => {
                NumberBounds::at_most(Some(held))
            }
            _ => {
                let price = self
                    .settled(Field::Entry, state)
                    .or_else(|| self.price(state));
                crate::audit::carried(
                    self.equity(state),
                    HIGHEST_LEVERAGE,
                    self.terms(state).unwrap_or_default(),
                    price,
                )
            }
        }
    }

    /// What was decided, the position as it stands, or the last price of the market.
    fn price(&self, state: &State) -> Option<Decimal> {
        let held = self.held(state).map(|open| open.position.mark);
        let decided = self.decided().map(|ticket| ticket.entry);
        let last = || state.last_price(&Symbol::read(self.symbol(), self.collateral(state))?);
        decided.or(held).or_else(last).map(Price::get)
    }

    pub(super) fn notional(&self, state: &State) -> Option<Decimal> {
        let held = self.held(state).map(|open| &open.position);
        let quantity = self
            .settled(Field::Quantity, state)
            .or(held.map(|held| held.quantity.get()))?;
        let price = self
            .settled(Field::Entry, state)
            .or(held.map(|held| held.entry.get()))?;
        self.terms(state)
            .unwrap_or_default()
            .notional(quantity, price)
    }

    fn held<'a>(&self, state: &'a State) -> Option<&'a OpenPosition> {
        state.position(self.known?).map(|(_, open)| open)
    }

    fn decided(&self) -> Option<&Ticket> {
        self.of.as_ref().map(|(_, ticket)| ticket.as_ref())
    }

    fn equity(&self, state: &State) -> Option<Decimal> {
        let account = state.account(self.account?)?;
        account.equity().ok().map(Money::get)
    }

    fn settled(&self, field: Field, state: &State) -> Option<Decimal> {
        let unit = match field {
            Field::Quantity => Unit::Quantity,
            _ => Unit::Price,
        };
        let within = self.within(field, state);
        let read = typed_number(field, self.value.text(field), unit, within);
        read.ok().flatten().or_else(|| self.as_decided(field))
    }
}

/// A price that is read in one way whatever is known.
fn alone(text: &str) -> Option<Decimal> {
    read(text, Unit::Price).exact().map(|number| number.value)
}

//! What the ticket's numbers are held against where they can be read in two ways.

use rust_decimal::Decimal;

use super::form::TicketForm;
use super::{Size, TicketContext};
use crate::engine::{Intent, Money, Price};
use crate::input::number::{Unit, read};
use crate::input::{Field, FieldError, HIGHEST_LEVERAGE, NumberBounds, typed_number};
use crate::market::Terms;

impl TicketForm {
    /// Where a number of the ticket can lie, by the others and by what is known around it.
    pub fn within(&self, field: Field, known: TicketContext<'_>) -> NumberBounds {
        match field {
            Field::Entry => {
                NumberBounds::ten_times(self.alone(Field::Mark).or(known_price(self, known)))
            }
            Field::Mark => {
                NumberBounds::ten_times(self.alone(Field::Entry).or(known_price(self, known)))
            }
            Field::Quantity => match (self.intent, known.held) {
                (Intent::Reduce, Some(held)) => {
                    NumberBounds::at_most(Some(held.position.quantity.get()))
                }
                _ => carried(
                    equity(known),
                    self.highest_leverage(),
                    self.terms(known),
                    self.settled(Field::Entry, known),
                ),
            },
            Field::Notional => NumberBounds::at_most(
                equity(known).and_then(|equity| equity.checked_mul(self.highest_leverage())),
            ),
            Field::Margin => {
                NumberBounds::margin(equity(known), self.highest_leverage(), self.notional(known))
            }
            Field::Leverage => NumberBounds::LEVERAGE,
            Field::Rate => NumberBounds::PERCENT,
            _ => NumberBounds::ANYWHERE,
        }
    }

    /// One number of the ticket as it is read.
    ///
    /// # Errors
    /// As [`typed_number`].
    pub(super) fn typed(
        &self,
        field: Field,
        known: TicketContext<'_>,
    ) -> Result<Option<Decimal>, FieldError> {
        let text = self.value.text(field);
        typed_number(field, text, unit(field), self.within(field, known))
    }

    /// The size as far as it can be said from what is typed: for the line under the fields.
    pub fn size_so_far(&self, known: TicketContext<'_>) -> Option<Size> {
        let number = |field| self.settled(field, known);
        Size::from(
            self.terms(known),
            number(Field::Entry)?,
            number(Field::Quantity),
            number(Field::Notional),
            number(Field::Margin),
            number(Field::Leverage),
        )
        .ok()
    }

    /// A number above zero that is read in one way.
    fn settled(&self, field: Field, known: TicketContext<'_>) -> Option<Decimal> {
        let read = self.typed(field, known).ok().flatten();
        read.filter(|value| *value > Decimal::ZERO)
    }

    /// A number that is read in one way whatever is known: a reference must not lean on another one.
    fn alone(&self, field: Field) -> Option<Decimal> {
        let read = read(self.value.text(field), unit(field)).exact();
        read.map(|number| number.value)
    }

    pub(super) fn terms(&self, known: TicketContext<'_>) -> Terms {
        let held = known.held.filter(|_| self.intent != Intent::Open);
        let of_market = || (known.terms)(&known.symbol(self.value.text(Field::Symbol))?);
        held.map(|held| held.position.terms)
            .or_else(of_market)
            .unwrap_or_default()
    }

    /// The highest leverage that is thought of: a higher one than venues offer where it is typed.
    fn highest_leverage(&self) -> Decimal {
        self.alone(Field::Leverage)
            .map_or(HIGHEST_LEVERAGE, |typed| typed.max(HIGHEST_LEVERAGE))
    }

    /// The notional that the margin stands behind, as far as that is typed or held.
    fn notional(&self, known: TicketContext<'_>) -> Option<Decimal> {
        match (self.intent, known.held) {
            (Intent::Open | Intent::Increase, _) => {
                let of_quantity = || {
                    let price = self.settled(Field::Entry, known)?;
                    let quantity = self.settled(Field::Quantity, known)?;
                    self.terms(known).notional(quantity, price)
                };
                self.settled(Field::Notional, known).or_else(of_quantity)
            }
            (Intent::SwitchMode, Some(held)) => {
                let mark = self.settled(Field::Mark, known);
                let mark = mark.map_or(held.position.mark, Price::new);
                held.position.notional_at(mark).map(Money::get)
            }
            (
                Intent::AddMargin
                | Intent::AddFunds
                | Intent::Reduce
                | Intent::Close
                | Intent::SwitchMode,
                _,
            ) => None,
        }
    }
}

/// What a field of the ticket is a number of.
pub(super) fn unit(field: Field) -> Unit {
    match field {
        Field::Quantity => Unit::Quantity,
        Field::Notional | Field::Margin => Unit::Money,
        Field::Leverage => Unit::Leverage,
        Field::Rate => Unit::Percent,
        _ => Unit::Price,
    }
}

fn equity(known: TicketContext<'_>) -> Option<Decimal> {
    known.account?.equity
}

/// The mark of the position it is about, else the last price that was written of its market.
fn known_price(form: &TicketForm, known: TicketContext<'_>) -> Option<Decimal> {
    let held = known.held.filter(|_| form.intent != Intent::Open);
    let price = match held {
        Some(held) => Some(held.position.mark),
        None => known
            .symbol(form.value.text(Field::Symbol))
            .and_then(|symbol| (known.last_price)(&symbol)),
    };
    price.map(Price::get)
}

/// A quantity that this much can carry at a price, with at most so many times as leverage.
pub fn carried(
    equity: Option<Decimal>,
    leverage: Decimal,
    terms: Terms,
    price: Option<Decimal>,
) -> NumberBounds {
    let notional = equity.and_then(|equity| equity.checked_mul(leverage));
    let most = notional.zip(price);
    NumberBounds::at_most(most.and_then(|(notional, price)| terms.quantity(notional, price)))
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn what_is_carried_is_bounded_at_the_price_in_the_contract_s_own_count() {
        // 10,000 at 125 times carry 1,250,000: 12.5 BTC at 100,000.
        let linear = carried(
            Some(dec!(10000)),
            dec!(125),
            Terms::default(),
            Some(dec!(100000)),
        );
        assert!(linear.holds(dec!(12.5)) && !linear.holds(dec!(12.6)));
        // 2 BTC at 125 times carry 250 BTC: 250,000 contracts of 100 USD at 100,000.
        let hundred = Terms {
            contract: crate::engine::Contract::Inverse,
            size: dec!(100),
        };
        let inverse = carried(Some(dec!(2)), dec!(125), hundred, Some(dec!(100000)));
        assert!(inverse.holds(dec!(250000)) && !inverse.holds(dec!(250001)));
        // Without a price nothing is known.
        assert!(carried(Some(dec!(1)), dec!(125), hundred, None).holds(dec!(1000000)));
    }
}

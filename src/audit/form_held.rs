//! The ticket for a position that is open already: it comes from the account, and only what
//! changes is typed.

use rust_decimal::Decimal;

use super::form::TicketForm;
use super::form_reader::FormReader;
use super::{HeldPosition, PositionFacts, Size, Ticket, TicketContext};
use crate::engine::{Backing, Intent, Mode, Money, Price, Quantity};
use crate::input::Field;
use crate::market::Position;

/// What a ticket changes of a position.
struct Change {
    price: Decimal,
    quantity: Decimal,
    margin: Decimal,
    leverage: Decimal,
    mode: Mode,
}

impl TicketForm {
    /// Reads a ticket about a position that is open already.
    pub(super) fn read_held(
        &self,
        sheet: &mut FormReader<'_>,
        known: TicketContext<'_>,
    ) -> Option<Ticket> {
        let Some(PositionFacts {
            id, position: held, ..
        }) = known.held
        else {
            sheet.say(Field::Position, "Choose the position this is about.");
            return None;
        };
        let typed_mark = sheet.number(Field::Mark);
        let mark = typed_mark.map_or(held.mark, Price::new);
        let change = match self.intent {
            Intent::Open | Intent::Increase => increase(sheet, held),
            Intent::AddMargin => add_margin(sheet, held, mark),
            Intent::AddFunds => add_funds(sheet, held, mark),
            Intent::SwitchMode => switch_mode(sheet, held, mark),
            Intent::Reduce | Intent::Close => self.take_off(sheet, held, mark),
        };
        let rules = sheet.rules(Some(held.rules.clone()));
        let (account, change) = (known.account?, change?);
        Some(Ticket {
            account: account.id,
            account_name: account.name.clone(),
            venue: account.venue.clone(),
            collateral: account.collateral.clone(),
            intent: self.intent,
            experiment: self.is_experiment(known),
            symbol: held.symbol.clone(),
            terms: held.terms,
            side: held.side,
            mode: change.mode,
            quantity: Quantity::new(change.quantity),
            entry: Price::new(change.price),
            mark: Some(mark),
            leverage: change.leverage,
            margin: Money::new(change.margin),
            fees: account.fees,
            rules: rules?,
            held: Some(HeldPosition {
                position: *id,
                quantity: held.quantity,
                entry: held.entry,
                backing: held.backing,
            }),
        })
    }

    /// At the price now where no other is written: one who wants out is not held up by a field.
    fn take_off(&self, sheet: &mut FormReader<'_>, held: &Position, mark: Price) -> Option<Change> {
        let typed = sheet.number(Field::Entry);
        let price = typed.unwrap_or(mark.get());
        let all = held.quantity.get();
        let quantity = if self.intent == Intent::Close {
            Some(all)
        } else {
            let missing = "Write how much you would take off.";
            sheet.needed(Field::Quantity, missing)
        };
        if quantity.is_some_and(|quantity| quantity > all) {
            sheet.say(Field::Quantity, "The position holds less than this.");
        }
        // What the other mode would mean needs a margin; for a cross position it is the
        // leverage that says it.
        let notional = held.terms.notional(all, price)?;
        let (margin, leverage) = match held.backing {
            Backing::Isolated { margin } => (margin.get(), notional.checked_div(margin.get())?),
            Backing::Cross => {
                let typed = sheet.number(Field::Leverage);
                let leverage = typed.or(held.leverage).unwrap_or(Decimal::ONE);
                (notional.checked_div(leverage)?, leverage)
            }
        };
        let mode = held.backing.mode();
        Some(Change {
            price,
            quantity: quantity?,
            margin,
            leverage,
            mode,
        })
    }
}

fn increase(sheet: &mut FormReader<'_>, held: &Position) -> Option<Change> {
    let missing = "Write the price at which you would add.";
    let price = sheet.needed(Field::Entry, missing);
    let Size {
        quantity,
        margin,
        leverage,
        ..
    } = sheet.size(held.terms, price)?;
    let mode = held.backing.mode();
    Some(Change {
        price: price?,
        quantity,
        margin,
        leverage,
        mode,
    })
}

fn add_margin(sheet: &mut FormReader<'_>, held: &Position, mark: Price) -> Option<Change> {
    let Backing::Isolated { margin: before } = held.backing else {
        sheet.say(
            Field::Position,
            "A cross position has no margin of its own: the whole pool backs it already.",
        );
        return None;
    };
    let missing = "Write how much margin you would add.";
    let margin = sheet.needed(Field::Margin, missing)?;
    let after = before.get().checked_add(margin)?;
    Some(Change {
        price: mark.get(),
        quantity: held.quantity.get(),
        margin,
        leverage: leverage_of(held, mark, after)?,
        mode: Mode::Isolated,
    })
}

/// A deposit into the pool. Looked at as isolated, the position stands with the deposit alone.
fn add_funds(sheet: &mut FormReader<'_>, held: &Position, mark: Price) -> Option<Change> {
    if let Backing::Isolated { .. } = held.backing {
        sheet.say(
            Field::Position,
            "An isolated position is not backed by the pool: what is paid in there does not reach it. \
             Add margin instead.",
        );
        return None;
    }
    let missing = "Write how much you would pay in.";
    let margin = sheet.needed(Field::Margin, missing)?;
    Some(Change {
        price: mark.get(),
        quantity: held.quantity.get(),
        margin,
        leverage: leverage_of(held, mark, margin)?,
        mode: Mode::Cross,
    })
}

fn switch_mode(sheet: &mut FormReader<'_>, held: &Position, mark: Price) -> Option<Change> {
    let (price, quantity) = (mark.get(), held.quantity.get());
    match held.backing {
        Backing::Isolated { margin } => Some(Change {
            price,
            quantity,
            margin: margin.get(),
            leverage: leverage_of(held, mark, margin.get())?,
            mode: Mode::Cross,
        }),
        Backing::Cross => {
            let missing = "Write the margin that would stand behind it alone.";
            let margin = sheet.needed(Field::Margin, missing)?;
            let leverage = leverage_of(held, mark, margin)?;
            Some(Change {
                price,
                quantity,
                margin,
                leverage,
                mode: Mode::Isolated,
            })
        }
    }
}

/// Notional at the mark over margin.
fn leverage_of(held: &Position, mark: Price, margin: Decimal) -> Option<Decimal> {
    held.notional_at(mark)?.get().checked_div(margin)
}

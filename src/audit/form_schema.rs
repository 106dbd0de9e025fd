//! The fields of a ticket: which of them are asked depends on what is to be done.

use super::TicketContext;
use super::form::TicketForm;
use super::form_within::unit;
use crate::engine::{Backing, Intent};
use crate::input::{Field, FieldSchema, MODES, Reads};
use crate::market::Symbol;

/// Quantity, notional, leverage and margin: what hangs together.
pub const SIZES: [Field; 4] = [
    Field::Quantity,
    Field::Notional,
    Field::Leverage,
    Field::Margin,
];

/// What the numbers of a ticket are counted in, as far as that is known.
struct Counted {
    quantity: String,
    price: String,
    money: String,
}

impl TicketForm {
    /// Market, side, mode and numbers, in the order in which they are asked for.
    pub fn schema(&self, known: TicketContext<'_>) -> Vec<FieldSchema> {
        let counted = self.counted(known);
        let numbers = self.numbers(known).into_iter();
        let numbers = numbers.map(|(field, beside)| {
            let schema = self.number(field, known, &counted);
            FieldSchema { beside, ..schema }
        });
        if self.intent != Intent::Open {
            return numbers.collect();
        }
        let market = Reads::market(known.collateral());
        let mut schema = vec![
            FieldSchema::new(Field::Symbol, "Market", market)
                .hint("like BTC/USDT")
                .question("Market, like BTC/USDT"),
            FieldSchema::new(Field::Side, "Side", Reads::Side),
            FieldSchema::new(Field::Mode, "Margin mode", Reads::Mode)
                .usual(&MODES, &self.mode())
                .beside(),
        ];
        schema.extend(numbers);
        let rate = Reads::percent();
        schema.push(FieldSchema::new(Field::Rate, "Maintenance rate", rate));
        schema
    }

    /// Which numbers, and which of them stand beside the one before.
    fn numbers(&self, known: TicketContext<'_>) -> Vec<(Field, bool)> {
        let cross = known.held.map(|held| held.position.backing) == Some(Backing::Cross);
        let mut numbers = match self.intent {
            Intent::Open | Intent::Increase => vec![
                (Field::Entry, false),
                (Field::Mark, true),
                (Field::Quantity, false),
                (Field::Notional, true),
                (Field::Leverage, false),
                (Field::Margin, true),
            ],
            Intent::AddMargin | Intent::AddFunds => {
                vec![(Field::Margin, false), (Field::Mark, true)]
            }
            Intent::SwitchMode => vec![(Field::Mark, false), (Field::Margin, true)],
            Intent::Reduce => vec![
                (Field::Quantity, false),
                (Field::Entry, true),
                (Field::Mark, false),
                (Field::Leverage, true),
            ],
            Intent::Close => vec![(Field::Entry, false), (Field::Mark, true)],
        };
        // The margin of an isolated position is known; for a cross one it is asked.
        let only_cross = match self.intent {
            Intent::SwitchMode => Some(Field::Margin),
            Intent::Reduce => Some(Field::Leverage),
            _ => None,
        };
        numbers.retain(|(field, _)| cross || Some(*field) != only_cross);
        numbers
    }

    fn number(&self, field: Field, known: TicketContext<'_>, counted: &Counted) -> FieldSchema {
        let adds = self.intent.is_filled();
        let name = match (field, self.intent) {
            (Field::Mark, _) => "Price now",
            (Field::Quantity, _) => "Quantity",
            (Field::Notional, _) => "Notional",
            (Field::Leverage, _) => "Leverage",
            (Field::Margin, Intent::AddMargin) => "Margin to add",
            (Field::Margin, Intent::AddFunds) => "Funds to pay in",
            (Field::Margin, Intent::SwitchMode) => "Margin behind it alone",
            (Field::Margin, _) => "Margin",
            _ if adds => "Entry price",
            _ => "At which price",
        };
        let suffix = match field {
            Field::Quantity => &counted.quantity,
            Field::Notional | Field::Margin => &counted.money,
            Field::Leverage => "x",
            _ => &counted.price,
        };
        let reads = Reads::number(unit(field), suffix, self.within(field, known));
        let mut schema = FieldSchema::new(field, name, reads).asked(!self.follows(field));
        if adds && matches!(field, Field::Notional | Field::Margin) {
            schema.label = format!("or {}", name.to_lowercase());
        }
        match (field, self.intent) {
            (Field::Mark, Intent::Open) => schema.if_left_empty("the entry, if left empty"),
            (Field::Mark, _) => schema.if_left_empty("as last written, if left empty"),
            (Field::Entry, Intent::Reduce | Intent::Close) => {
                schema.if_left_empty("the price now, if left empty")
            }
            (Field::Leverage, Intent::Reduce) => {
                schema.if_left_empty("for the comparison with isolated; may be left empty")
            }
            (Field::Quantity, _) if adds => {
                schema.empty("Enter for the notional or the margin instead.")
            }
            (Field::Notional | Field::Leverage, _) => schema.empty("Enter for the margin instead."),
            _ => schema,
        }
    }

    /// Whether the terminal need not ask for a size, since those before it say it.
    fn follows(&self, field: Field) -> bool {
        let is_written = |field| !self.value.text(field).is_empty();
        let of_size = is_written(Field::Quantity);
        self.intent.is_filled()
            && match field {
                Field::Notional => of_size,
                Field::Margin => {
                    is_written(Field::Leverage) && (of_size || is_written(Field::Notional))
                }
                _ => false,
            }
    }

    /// What a quantity of it is counted in: `BTC`, or `contracts`.
    pub fn unit(&self, known: TicketContext<'_>) -> String {
        self.counted(known).quantity
    }

    fn counted(&self, known: TicketContext<'_>) -> Counted {
        let held = known.held.filter(|_| self.intent != Intent::Open);
        let symbol = match held {
            Some(held) => Some(held.position.symbol.clone()),
            None => known.symbol(self.value.text(Field::Symbol)),
        };
        let (symbol, money) = (symbol.as_ref(), known.collateral());
        let quantity = symbol.map_or("", |symbol| self.terms(known).unit(symbol));
        Counted {
            quantity: quantity.to_owned(),
            price: symbol.map_or(money, Symbol::quote).to_owned(),
            money: money.to_owned(),
        }
    }
}

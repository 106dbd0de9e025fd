//! A position's fields: what is shown of it, and what is asked for.

use super::App;
use super::form::{Form, FormHeading, HandedIn};
use super::position_form::PositionForm;
use crate::engine::{Backing, Intent, Mode, Money, Price, Quantity};
use crate::input::figures;
use crate::input::number::Unit;
use crate::input::{Field, FieldError, FieldSchema, FormValue, Reads};
use crate::record::{OpenPosition, State};
use crate::wording::{position as wording, words};

impl PositionForm {
    fn open<'a>(&self, state: &'a State) -> Option<&'a OpenPosition> {
        state.position(self.known?).map(|(_, open)| open)
    }

    /// One of its numbers, with what stands now and is left by an empty field.
    fn number(&self, field: Field, state: &State) -> FieldSchema {
        let open = self.open(state);
        let (label, unit, suffix) = match field {
            Field::Quantity => (wording::QUANTITY, Unit::Quantity, self.unit(state)),
            Field::Mark => (wording::MARK, Unit::Price, self.quote(state)),
            Field::Margin => {
                let collateral = self.collateral(state).to_owned();
                (wording::MARGIN, Unit::Money, collateral)
            }
            Field::Leverage => (wording::LEVERAGE, Unit::Leverage, "x".to_owned()),
            Field::Fee => {
                let collateral = self.collateral(state).to_owned();
                (wording::FEE, Unit::Money, collateral)
            }
            Field::Rate => (wording::RATE, Unit::Percent, "%".to_owned()),
            _ => {
                let label = wording::entry(self.of.is_some(), open.is_some());
                (label, Unit::Price, self.quote(state))
            }
        };
        let reads = Reads::number(unit, suffix, self.within(field, state));
        let schema = FieldSchema::new(field, label, reads);
        match open.and_then(|open| until_now(open, field)) {
            Some(value) => {
                let until_now = wording::until_now(&value);
                let empty = format!("Enter leaves it: {until_now}");
                schema.note(until_now).empty(empty)
            }
            None => match self.decided_words(field, state) {
                Some(value) => schema.if_left_empty(&wording::as_decided(&value)),
                None => schema,
            },
        }
    }

    /// What an empty field stands for, where a decision became the position.
    fn decided_words(&self, field: Field, state: &State) -> Option<String> {
        if field == Field::Fee {
            return self.usual_fee(state).map(figures::money);
        }
        let decided = self.as_decided(field)?;
        Some(match field {
            Field::Quantity => figures::quantity(Quantity::new(decided)),
            Field::Margin => figures::money(Money::new(decided)),
            _ => figures::typed_price(Price::new(decided)),
        })
    }

    fn rate(&self, state: &State) -> FieldSchema {
        let note = match self.known_rules(state) {
            Some(rules) => wording::known_rate(&rules.label),
            None => wording::UNKNOWN_RATE.to_owned(),
        };
        self.number(Field::Rate, state)
            .empty(note.clone())
            .note(note)
    }
}

/// What stands now and is left by an empty line.
fn until_now(open: &OpenPosition, field: Field) -> Option<String> {
    let position = &open.position;
    match (field, position.backing) {
        (Field::Quantity, _) => Some(figures::quantity(position.quantity)),
        (Field::Entry, _) => Some(figures::typed_price(position.entry)),
        (Field::Mark, _) => Some(figures::typed_price(position.mark)),
        (Field::Margin, Backing::Isolated { margin }) => Some(figures::money(margin)),
        (Field::Leverage, _) => position.leverage.map(figures::leverage),
        _ => None,
    }
}

impl Form for PositionForm {
    fn heading(&self, app: &App) -> Option<FormHeading> {
        let is_known = self.open(app.state()).is_some();
        let heading = FormHeading::new(wording::heading(self.of.is_some(), is_known));
        Some(if is_known || self.of.is_some() {
            let side = self.side().map_or("", words::side);
            heading.about(format!("{} {side}", self.symbol()))
        } else {
            heading
        })
    }

    fn schema(&self, app: &App) -> Vec<FieldSchema> {
        let state = app.state();
        let open = self.open(state);
        // Of a decision about a known position only what it can have changed is asked for.
        let about = self.of.as_ref().map(|(_, ticket)| ticket.intent);
        let about = about.filter(|_| open.is_some());
        let kept = |intents: &[Intent]| about.is_some_and(|about| intents.contains(&about));
        let funds = [Intent::AddMargin, Intent::AddFunds];
        let mut schema = Vec::new();
        let is_new = open.is_none() && self.of.is_none();
        if is_new {
            let collateral = self.collateral(state).to_owned();
            schema.extend([
                FieldSchema::new(Field::Symbol, "Market", Reads::market(collateral))
                    .hint("BTC/USDT")
                    .question("Market, like BTC/USDT"),
                FieldSchema::new(Field::Side, "Side", Reads::Side),
            ]);
        }
        let mut mode = FieldSchema::new(Field::Mode, wording::MODE, Reads::Mode)
            .asked(!kept(&funds) && !kept(&[Intent::Reduce, Intent::Increase]));
        mode.beside = is_new;
        let entry = self.number(Field::Entry, state).beside();
        schema.extend([
            mode,
            self.number(Field::Quantity, state)
                .asked(!kept(&funds) && !kept(&[Intent::SwitchMode])),
            entry.asked(!kept(&funds) && !kept(&[Intent::SwitchMode, Intent::Reduce])),
        ]);
        match self.mode() {
            Some(Mode::Isolated) => schema.push(self.number(Field::Margin, state)),
            Some(Mode::Cross) => {
                let leverage = self.number(Field::Leverage, state);
                schema.push(if leverage.empty.is_empty() {
                    leverage.if_left_empty(wording::LEVERAGE_HINT)
                } else {
                    leverage.hint(wording::LEVERAGE_HINT)
                });
            }
            None => {}
        }
        if self.of.is_some() && open.is_none() {
            schema.push(self.number(Field::Fee, state));
        }
        let mut mark = self.number(Field::Mark, state);
        mark.beside = self.mode().is_some();
        if open.is_some() {
            schema.push(mark);
        } else {
            schema.extend([mark.if_left_empty(wording::MARK_HINT), self.rate(state)]);
        }
        schema
    }

    fn value(&self) -> &FormValue {
        &self.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.value
    }

    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let command = self.read(app.state()).map_err(|error| vec![error])?;
        Ok(command.into())
    }
}

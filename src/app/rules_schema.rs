//! The fields of a market's rules: what is known of them, and how they are asked for.

use super::form::{Form, FormHeading, HandedIn};
use super::rules_form::RulesForm;
use super::{App, Command};
use crate::engine::Contract;
use crate::input::number::{Unit, format};
use crate::input::{Field, FieldError, FieldSchema, FormValue, NumberBounds, Reads};
use crate::market::Symbol;
use crate::wording::text::capital;
use crate::wording::{account as wording, ticket};

impl Form for RulesForm {
    fn heading(&self, app: &App) -> Option<FormHeading> {
        let known = app.state().account(self.account);
        known.map(|_| FormHeading::new("Rules of a market"))
    }

    fn schema(&self, app: &App) -> Vec<FieldSchema> {
        let state = app.state();
        let Some(account) = state.account(self.account) else {
            return Vec::new();
        };
        let symbol = self.market(state);
        let quote = symbol.as_ref().map_or("", Symbol::quote);
        let (known, example) = (self.known(state), self.example(state));
        let collateral = account.set.collateral.clone();
        let until_now = symbol.as_ref().zip(known.as_ref());
        let until_now = until_now.map(|(s, known)| format!("{s}; until now {}", known.label));
        let mut schema = vec![
            FieldSchema::new(Field::Symbol, "Market", Reads::market(collateral))
                .hint("BTC/USDT")
                .note(until_now.unwrap_or_default())
                .asked(false),
        ];
        let is_taken = self.published(state).is_some();
        if let Some(example) = example {
            let options = vec![example.label, wording::OWN_RATE.to_owned()];
            let options = Reads::Choice(options);
            schema.push(
                FieldSchema::new(Field::Published, wording::MAINTENANCE, options)
                    .usual(&[true, false], &is_taken),
            );
        }
        if !is_taken {
            let kept = known.as_ref().map(|k| wording::maintenance_kept(&k.label));
            let above = kept.as_ref().map_or_else(String::new, |k| format!("{k}. "));
            let rows = Reads::Text {
                rows: 4,
                offered: Vec::new(),
            };
            schema.extend([
                FieldSchema::new(Field::Rate, wording::TIERS, rows)
                    .note(format!("{above}{}", wording::TIER))
                    .asked(false),
                // The terminal has one line: a rate.
                FieldSchema::new(Field::Rate, "Maintenance rate", Reads::percent())
                    .told([kept.unwrap_or_else(|| ticket::NO_RULES.to_owned())])
                    .shown(false),
            ]);
        }
        let settled = self.settled(state);
        let contracts = wording::SETTLED.map(|(contract, _)| contract);
        let options = wording::SETTLED.map(|(_, words)| words.to_owned());
        let counted = match settled {
            Contract::Linear => symbol.as_ref().map_or("", Symbol::base),
            Contract::Inverse => quote,
        };
        let size = Reads::number(Unit::Money, counted, NumberBounds::ANYWHERE);
        let bases = wording::VALUED.map(|basis| capital(wording::valued(basis)));
        let usual = wording::usual_close_fee(self.usual_close_fee(state));
        let tick = Reads::number(Unit::Price, quote, self.tick_within(state));
        let lot = Reads::number(Unit::Quantity, "", NumberBounds::ANYWHERE);
        let step = |step| match step {
            Some(step) => format!("Enter leaves it: {}", format(step)),
            None => "Enter where you do not know it.".to_owned(),
        };
        let known = known.as_ref();
        schema.extend([
            FieldSchema::new(Field::Settled, "Settled", Reads::Choice(options.to_vec()))
                .usual(&contracts, &settled),
            FieldSchema::new(Field::ContractSize, wording::size_label(settled), size)
                .note(wording::size_note(settled))
                .told([format!("{}.", wording::size_note(settled))]),
            FieldSchema::new(
                Field::Basis,
                "When the venue values it",
                Reads::Choice(bases.to_vec()),
            )
            .usual(&wording::VALUED, &self.valued(state))
            .note(wording::VALUED_BY)
            .told([wording::VALUED_BY.to_owned()])
            .asked(!is_taken),
            FieldSchema::new(Field::CloseFee, wording::CLOSE_FEE, Reads::percent())
                .hint(&usual)
                .note(wording::CLOSE_FEE_BY)
                .told([format!("{}. {}.", wording::CLOSE_FEE_BY, capital(&usual))])
                .asked(!is_taken),
            FieldSchema::new(Field::Tick, wording::TICK, tick)
                .told([step(known.and_then(|rules| rules.tick))]),
            FieldSchema::new(Field::Lot, wording::LOT, lot)
                .told([step(known.and_then(|rules| rules.lot))])
                .beside(),
        ]);
        schema
    }

    fn value(&self) -> &FormValue {
        &self.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.value
    }

    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let set = self.read(app.state()).map_err(|error| vec![error])?;
        let known = app.state().account(self.account);
        // The same again would be the word that the wallet still holds.
        Ok(if known.is_some_and(|known| known.set == set) {
            HandedIn::Nothing
        } else {
            Command::SetAccount(set).into()
        })
    }
}

//! A plan as typed, and how it is read: for window and terminal alike.

use rust_decimal::Decimal;

use super::form::{Form, FormHeading, HandedIn};
use super::{App, Command};
use crate::audit::Ticket;
use crate::engine::{Money, Price, Side};
use crate::input::number::Unit;
use crate::input::{
    CHOOSE_A_SIDE, Field, FieldError, FieldSchema, FormValue, HIGHEST_LEVERAGE, NumberBounds,
    Reads, SIDES, WRITE_THE_MARKET,
};
use crate::market::{PlanId, Symbol};
use crate::promises::{Leg, PlanTerms, PlanUse, PromiseCommand};
use crate::record::{Account, State};
use crate::wording::promise::{PLAN_IS, PLAN_USES, WHAT_IT_ALLOWS, WRITE_A_PLAN, allows};

const TRIGGER_HINT: &str = "If it closes above 105,000 on the day, then I add once";
const STOP_HINT: &str = "the price at which the idea is over";
const LEG_NOTE: &str = "At least this much must stand when the plan is used.";

/// A plan as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanForm {
    /// Names the plan, so that pressing twice writes one.
    pub id: PlanId,
    /// What is written and chosen: what it allows, account, market and side, the trigger, its
    /// numbers, and the legs of a hedged book.
    pub value: FormValue,
}

impl PlanForm {
    /// With nothing chosen but what it allows first, and the first account.
    pub fn empty() -> Self {
        let mut value = FormValue::default();
        value.choose(Field::Allows, 0);
        value.choose(Field::Account, 0);
        Self {
            id: PlanId::fresh(),
            value,
        }
    }

    /// For what a ticket wants: account, market and side are its facts; no number is taken over.
    pub fn of(allows: PlanUse, ticket: &Ticket, state: &State) -> Self {
        let mut form = Self::empty();
        let value = &mut form.value;
        value.choose_of(Field::Allows, &PLAN_USES, &allows);
        let mut accounts = state.accounts().iter();
        if let Some(place) = accounts.position(|account| account.set.account == ticket.account) {
            value.choose(Field::Account, place);
        }
        value.write(Field::Symbol, ticket.symbol.to_string());
        value.choose_of(Field::Side, &SIDES, &ticket.side);
        form
    }

    fn account<'a>(&self, state: &'a State) -> Option<&'a Account> {
        state.accounts().get(self.value.chosen(Field::Account)?)
    }

    /// The collateral of its account.
    fn unit<'a>(&self, state: &'a State) -> &'a str {
        let account = self.account(state);
        account.map_or("", |account| account.set.collateral.as_str())
    }

    fn symbol(&self, field: Field, state: &State) -> Option<Symbol> {
        Symbol::read(self.value.text(field), self.unit(state))
    }

    fn equity(&self, state: &State) -> Option<Decimal> {
        self.account(state)?.equity().ok().map(Money::get)
    }

    /// What its numbers are held against where they can be read in two ways: the loss against what
    /// the account holds, the stop against the last price of its market, the quantity of a leg
    /// against what the account can carry. What else is put at stake may come from outside the
    /// account, so there is nothing for that.
    fn within(&self, field: Field, state: &State) -> NumberBounds {
        let last = |symbol: Option<&Symbol>| state.last_price(symbol?).map(Price::get);
        match field {
            Field::Loss => NumberBounds::at_most(self.equity(state)),
            Field::Stop => {
                NumberBounds::ten_times(last(self.symbol(Field::Symbol, state).as_ref()))
            }
            Field::LegQuantity(at) => {
                let symbol = self.symbol(Field::LegSymbol(at), state);
                let terms = || self.account(state)?.terms(symbol.as_ref()?);
                let terms = terms().unwrap_or_default();
                let last = last(symbol.as_ref());
                crate::audit::carried(self.equity(state), HIGHEST_LEVERAGE, terms, last)
            }
            _ => NumberBounds::ANYWHERE,
        }
    }

    fn legs(&self) -> usize {
        let legs = (0..).take_while(|at| self.value.has(Field::Leg(*at)));
        legs.count()
    }

    /// The plan, once everything about it can be read.
    ///
    /// # Errors
    /// What is wrong with each field that does not stand.
    pub fn read(&self, state: &State) -> Result<PlanTerms, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let account = self.account(state).ok_or_else(|| {
            let words = "Set up an account first; a plan is about one.";
            FieldError::new(Field::Account, words)
        });
        let account = FieldError::keep(&mut wrong, account);
        let place = self.place(Field::Symbol, Field::Side, state, &mut wrong);
        let trigger = self.value.text(Field::Trigger).trim();
        if trigger.is_empty() {
            let words = "Write the trigger: if this happens, then you do that.";
            wrong.push(FieldError::new(Field::Trigger, words));
        }
        let collateral = self.collateral();
        let collateral = FieldError::keep(&mut wrong, collateral);
        let loss = self.needed(Field::Loss, "What the account loses", Unit::Money, state);
        let loss = FieldError::keep(&mut wrong, loss);
        let stop = self.needed(Field::Stop, "The stop", Unit::Price, state);
        let stop = FieldError::keep(&mut wrong, stop);
        let legs = (0..self.legs()).filter_map(|at| self.leg(at, state, &mut wrong));
        let legs = legs.collect();
        let allows = self.value.one_of(Field::Allows, &PLAN_USES);
        let terms = || {
            let (account, (symbol, side)) = (account?, place?);
            Some(PlanTerms {
                plan: self.id,
                allows: allows?,
                account: account.set.account,
                account_name: account.set.name.clone(),
                symbol: symbol.to_string(),
                side,
                trigger: trigger.to_owned(),
                collateral: Money::new(collateral?),
                loss_limit: Money::new(loss?),
                stop: Price::new(stop?),
                legs,
            })
        };
        terms().filter(|_| wrong.is_empty()).ok_or(wrong)
    }

    fn place(
        &self,
        symbol: Field,
        side: Field,
        state: &State,
        wrong: &mut Vec<FieldError>,
    ) -> Option<(Symbol, Side)> {
        let read = self.symbol(symbol, state);
        let read = read.ok_or_else(|| FieldError::new(symbol, WRITE_THE_MARKET));
        let read = FieldError::keep(wrong, read);
        let chosen = self.value.one_of(side, &SIDES);
        let chosen = chosen.ok_or_else(|| FieldError::new(side, CHOOSE_A_SIDE));
        read.zip(FieldError::keep(wrong, chosen))
    }

    fn collateral(&self) -> Result<Decimal, FieldError> {
        let field = Field::Collateral;
        let what = "The extra collateral";
        let typed = self
            .value
            .number(field, what, Unit::Money, NumberBounds::ANYWHERE)?;
        typed
            .filter(|amount| *amount >= Decimal::ZERO)
            .ok_or_else(|| {
                FieldError::new(
                    field,
                    "Write a number; 0 where nothing more is put at stake.",
                )
            })
    }

    fn needed(
        &self,
        field: Field,
        what: &str,
        unit: Unit,
        state: &State,
    ) -> Result<Decimal, FieldError> {
        self.value
            .needed(field, what, unit, self.within(field, state))
    }

    fn leg(&self, at: usize, state: &State, wrong: &mut Vec<FieldError>) -> Option<Leg> {
        let place = self.place(Field::LegSymbol(at), Field::LegSide(at), state, wrong);
        let what = format!("The quantity of leg {}", at.saturating_add(1));
        let quantity = self.needed(Field::LegQuantity(at), &what, Unit::Quantity, state);
        let quantity = FieldError::keep(wrong, quantity);
        let (symbol, side) = place?;
        Some(Leg {
            symbol: symbol.to_string(),
            side,
            quantity: quantity?,
        })
    }
}

impl Form for PlanForm {
    fn heading(&self, _: &App) -> Option<FormHeading> {
        Some(FormHeading::new(WRITE_A_PLAN).about(PLAN_IS))
    }

    fn schema(&self, app: &App) -> Vec<FieldSchema> {
        let state = app.state();
        let unit = self.unit(state);
        let market = |field, label: String| {
            let collateral = unit.to_owned();
            FieldSchema::new(field, label, Reads::market(collateral))
                .hint("like BTC/USDT")
                .told(["Like BTC/USDT".to_owned()])
        };
        let number = |field, label: String, unit, suffix: String| {
            let reads = Reads::number(unit, suffix, self.within(field, state));
            FieldSchema::new(field, label, reads)
        };
        let money = |field, label: &str| number(field, label.to_owned(), Unit::Money, unit.into());
        let symbol = self.symbol(Field::Symbol, state);
        let quote = symbol.map_or_else(String::new, |symbol| symbol.quote().to_owned());
        let uses = PLAN_USES.map(|allowed| allows(allowed).to_owned());
        let accounts = state.accounts().iter().map(|a| a.set.name.clone());
        let accounts: Vec<String> = accounts.collect();
        let several = accounts.len() > 1;
        let mut schema = vec![
            FieldSchema::new(Field::Allows, WHAT_IT_ALLOWS, Reads::Choice(uses.to_vec())),
            FieldSchema::new(Field::Account, "Account", Reads::Choice(accounts))
                .shown(several)
                .asked(several),
            market(Field::Symbol, "Market".to_owned()),
            FieldSchema::new(Field::Side, "Side", Reads::Side).beside(),
            FieldSchema::new(Field::Trigger, "If … then …", Reads::rows(2))
                .hint(TRIGGER_HINT)
                .told([format!("Like: {TRIGGER_HINT}")]),
            money(Field::Collateral, "Most extra collateral"),
            money(Field::Loss, "The account loses at most").beside(),
            number(Field::Stop, "Stop".to_owned(), Unit::Price, quote)
                .hint(STOP_HINT)
                .told([STOP_HINT.to_owned()]),
        ];
        let legs = self.legs();
        for at in 0..=legs {
            let of_leg = |what: &str| format!("{what} of leg {}", at.saturating_add(1));
            let one = if at == 0 { "A" } else { "Another" };
            let part = Reads::OneMore {
                add: "Add a leg of a hedged book".to_owned(),
                remove: format!("Remove leg {}", at.saturating_add(1)),
            };
            let label = format!("{one} leg of a hedged book");
            schema.push(FieldSchema::new(Field::Leg(at), label, part));
            if at == legs {
                break;
            }
            let symbol = self.symbol(Field::LegSymbol(at), state);
            let base = symbol.map_or_else(String::new, |symbol| symbol.base().to_owned());
            let quantity = of_leg("Quantity");
            schema.extend([
                market(Field::LegSymbol(at), of_leg("Market")),
                FieldSchema::new(Field::LegSide(at), of_leg("Side"), Reads::Side).beside(),
                number(Field::LegQuantity(at), quantity, Unit::Quantity, base)
                    .told([LEG_NOTE.to_owned()])
                    .beneath([LEG_NOTE.to_owned()]),
            ]);
        }
        schema
    }

    fn value(&self) -> &FormValue {
        &self.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.value
    }

    /// A leg that is taken away: those behind it move up.
    fn follow_on(&mut self, _: &App, field: Field) {
        let Field::Leg(mut at) = field else {
            return;
        };
        let parts = [
            Field::Leg,
            Field::LegSymbol,
            Field::LegSide,
            Field::LegQuantity,
        ];
        while !self.value.has(Field::Leg(at)) {
            let next = at.saturating_add(1);
            for part in parts {
                self.value.put(part(next), part(at));
            }
            if !self.value.has(Field::Leg(at)) {
                break;
            }
            at = next;
        }
    }

    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let terms = Box::new(self.read(app.state())?);
        let ask = PromiseCommand::WritePlan(terms);
        Ok(Command::Promise(Box::new(ask)).into())
    }
}

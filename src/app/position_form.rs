//! A position as typed, and how it is read: by hand, as what a decision became, or brought up to
//! date.

use rust_decimal::Decimal;

use super::Command;
use super::account_form::{about, needed, typed};
use crate::audit::{Ticket, flat_rules};
use crate::engine::{Backing, Intent, Mode, Money, Price, Quantity, Side};
use crate::input::number::Unit;
use crate::input::{
    CHOOSE_A_SIDE, Field, FieldError, FormValue, MODES, NumberBounds, SETTLED_IN_THE_COIN, SIDES,
    WRITE_THE_MARKET, WRITE_THE_RATE,
};
use crate::market::{AccountId, AuditId, Position, PositionId, Rules, Symbol, Terms};
use crate::record::{Account, OpenPosition, PositionChanged, PositionOpened, State};

/// A position as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PositionForm {
    /// Where it stands.
    pub account: Option<AccountId>,
    /// The position that is brought up to date; none for a new one.
    pub known: Option<PositionId>,
    /// The decision that became it.
    pub of: Option<(AuditId, Box<Ticket>)>,
    /// What is written and chosen: market, side and mode; quantity, average entry price, price
    /// now, the margin assigned to it alone, the leverage chosen at the venue, the maintenance
    /// rate in percent.
    pub value: FormValue,
}

impl PositionForm {
    /// An empty form.
    pub fn by_hand(account: AccountId) -> Self {
        Self {
            account: Some(account),
            ..Self::default()
        }
    }

    /// What a decision became: market, side and mode stand; fill price, quantity and margin
    /// are written as they came out.
    pub fn of_decision(audit: AuditId, ticket: &Ticket) -> Self {
        Self {
            account: Some(ticket.account),
            of: Some((audit, Box::new(ticket.clone()))),
            value: standing(&ticket.symbol, ticket.side, ticket.mode),
            ..Self::default()
        }
    }

    /// What a decision about a known position became.
    pub fn of_decision_about(open: &OpenPosition, audit: AuditId, ticket: &Ticket) -> Self {
        let mode = match ticket.intent {
            Intent::SwitchMode => ticket.mode,
            _ => open.position.backing.mode(),
        };
        let mut value = Self::of(open).value;
        value.choose_of(Field::Mode, &MODES, &mode);
        Self {
            of: Some((audit, Box::new(ticket.clone()))),
            value,
            ..Self::of(open)
        }
    }

    /// A known position: what is written replaces what was.
    pub fn of(open: &OpenPosition) -> Self {
        let position = &open.position;
        Self {
            account: Some(open.account),
            known: Some(open.id()),
            value: standing(&position.symbol, position.side, position.backing.mode()),
            ..Self::default()
        }
    }

    /// The market as typed.
    pub fn symbol(&self) -> &str {
        self.value.text(Field::Symbol)
    }

    /// Isolated or cross.
    pub fn mode(&self) -> Option<Mode> {
        self.value.one_of(Field::Mode, &MODES)
    }

    /// Long or short.
    pub fn side(&self) -> Option<Side> {
        self.value.one_of(Field::Side, &SIDES)
    }

    /// What its account is counted in.
    pub fn collateral<'a>(&self, state: &'a State) -> &'a str {
        let account = self.account.and_then(|id| state.account(id));
        account.map_or("", |account| account.set.collateral.as_str())
    }

    /// The maintenance rules that hold where no rate is written.
    pub fn known_rules(&self, state: &State) -> Option<Rules> {
        let of_ticket = self.of.as_ref().map(|(_, ticket)| ticket.rules.clone());
        of_ticket.or_else(|| {
            let account = state.account(self.account?)?;
            account.rules(&Symbol::read(self.symbol(), &account.set.collateral)?)
        })
    }

    /// How its contracts are counted; none where that has to be said.
    pub fn terms(&self, state: &State) -> Option<Terms> {
        let known = || Some(state.position(self.known?)?.1.position.terms);
        let decided = || Some(self.of.as_ref()?.1.terms);
        known().or_else(decided).or_else(|| {
            let account = state.account(self.account?)?;
            account.terms(&Symbol::read(self.symbol(), &account.set.collateral)?)
        })
    }

    /// What its quantity is counted in.
    pub fn unit(&self, state: &State) -> String {
        let symbol = Symbol::read(self.symbol(), self.collateral(state));
        symbol.map_or_else(String::new, |symbol| {
            let terms = self.terms(state).unwrap_or_default();
            terms.unit(&symbol).to_owned()
        })
    }

    /// What its prices are counted in.
    pub fn quote(&self, state: &State) -> String {
        let symbol = Symbol::read(self.symbol(), self.collateral(state));
        symbol.map_or_else(String::new, |symbol| symbol.quote().to_owned())
    }

    /// Reads the form against what the state knows.
    ///
    /// # Errors
    /// The first field that does not stand.
    pub fn read(&self, state: &State) -> Result<Command, FieldError> {
        if let Some(position) = self.known {
            let (_, open) = state.position(position).ok_or_else(|| {
                FieldError::new(Field::Position, "This position is not open any more.")
            })?;
            return self
                .changed(state, position, open.position.backing)
                .map(Command::ChangePosition);
        }
        let account = self
            .account
            .and_then(|id| state.account(id))
            .ok_or_else(|| FieldError::new(Field::Account, "This account is not known."))?;
        self.opened(state, account).map(Command::OpenPosition)
    }

    fn opened(&self, state: &State, account: &Account) -> Result<PositionOpened, FieldError> {
        let symbol = Symbol::read(self.symbol(), &account.set.collateral)
            .ok_or_else(|| FieldError::new(Field::Symbol, WRITE_THE_MARKET))?;
        let terms = self
            .terms(state)
            .ok_or_else(|| FieldError::new(Field::Symbol, SETTLED_IN_THE_COIN))?;
        let side = self
            .side()
            .ok_or_else(|| FieldError::new(Field::Side, CHOOSE_A_SIDE))?;
        let backing = self.backing(state, None)?;
        // What is left empty came out as it was decided.
        let number = |what, field, unit| match self.as_decided(field) {
            Some(decided) => Ok(decided),
            None => needed(
                what,
                self.value.text(field),
                unit,
                self.within(field, state),
            )
            .map_err(about(field)),
        };
        let quantity = number("The quantity", Field::Quantity, Unit::Quantity)?;
        let entry = number("The entry price", Field::Entry, Unit::Price)?;
        let rules = self.rules(state, account)?;
        let fee = typed(
            "The opening fee",
            self.value.text(Field::Fee),
            Unit::Money,
            NumberBounds::ANYWHERE,
        )
        .map_err(about(Field::Fee))?;
        let position = Position {
            symbol,
            terms,
            side,
            quantity: Quantity::new(quantity),
            entry: Price::new(entry),
            mark: self.mark(state)?.unwrap_or(Price::new(entry)),
            backing,
            leverage: self.leverage()?,
            rules,
        };
        Ok(PositionOpened {
            id: PositionId::fresh(),
            account: account.set.account,
            audit: self.audit(),
            fee: fee.map(Money::new).or_else(|| self.usual_fee(state)),
            position,
        })
    }

    fn changed(
        &self,
        state: &State,
        position: PositionId,
        before: Backing,
    ) -> Result<PositionChanged, FieldError> {
        let backing = self.backing(state, Some(before))?;
        let quantity = typed(
            "The quantity",
            self.value.text(Field::Quantity),
            Unit::Quantity,
            self.within(Field::Quantity, state),
        )
        .map_err(about(Field::Quantity))?;
        let entry = typed(
            "The entry price",
            self.value.text(Field::Entry),
            Unit::Price,
            self.within(Field::Entry, state),
        )
        .map_err(about(Field::Entry))?;
        Ok(PositionChanged {
            position,
            audit: self.audit(),
            mark: self.mark(state)?,
            quantity: quantity.map(Quantity::new),
            entry: entry.map(Price::new),
            backing: (backing != before).then_some(backing),
            leverage: self.leverage()?,
        })
    }

    /// What a field that is left empty was decided to be, where a decision became the position.
    pub(super) fn as_decided(&self, field: Field) -> Option<Decimal> {
        let (_, ticket) = self.of.as_ref()?;
        if self.known.is_some() || !self.value.is_empty(field) {
            return None;
        }
        match field {
            Field::Quantity => Some(ticket.quantity.get()),
            Field::Entry => Some(ticket.entry.get()),
            Field::Margin => Some(ticket.margin.get()),
            _ => None,
        }
    }

    /// What the venue takes for opening what was decided, at its taker fee.
    pub(super) fn usual_fee(&self, state: &State) -> Option<Money> {
        self.of.as_ref().filter(|_| self.known.is_none())?;
        let account = state.account(self.account?)?;
        let fee = self.notional(state)?;
        let fee = fee.checked_mul(account.set.fees.open.get())?;
        Some(Money::new(fee.normalize()))
    }

    /// The leverage as typed, else that of the ticket it came of.
    fn leverage(&self) -> Result<Option<Decimal>, FieldError> {
        let typed = typed(
            "The leverage",
            self.value.text(Field::Leverage),
            Unit::Leverage,
            NumberBounds::LEVERAGE,
        )
        .map_err(about(Field::Leverage))?;
        let of_ticket = self
            .of
            .as_ref()
            .filter(|(_, ticket)| ticket.adds())
            .map(|(_, ticket)| ticket.leverage);
        Ok(typed.or(of_ticket))
    }

    fn audit(&self) -> Option<AuditId> {
        self.of.as_ref().map(|(audit, _)| *audit)
    }

    fn mark(&self, state: &State) -> Result<Option<Price>, FieldError> {
        let mark = typed(
            "The price now",
            self.value.text(Field::Mark),
            Unit::Price,
            self.within(Field::Mark, state),
        )
        .map_err(about(Field::Mark))?;
        Ok(mark.map(Price::new))
    }

    fn backing(&self, state: &State, before: Option<Backing>) -> Result<Backing, FieldError> {
        let margin = typed(
            "The margin",
            self.value.text(Field::Margin),
            Unit::Money,
            self.within(Field::Margin, state),
        )
        .map_err(about(Field::Margin))?;
        let margin = margin.or_else(|| self.as_decided(Field::Margin));
        match (self.mode(), margin, before) {
            (None, _, _) => Err(FieldError::new(Field::Mode, "Choose isolated or cross.")),
            (Some(Mode::Cross), _, _) => Ok(Backing::Cross),
            (Some(Mode::Isolated), Some(margin), _) if margin > Decimal::ZERO => {
                Ok(Backing::Isolated {
                    margin: Money::new(margin),
                })
            }
            (Some(Mode::Isolated), None, Some(isolated @ Backing::Isolated { .. })) => Ok(isolated),
            (Some(Mode::Isolated), _, _) => Err(FieldError::new(
                Field::Margin,
                "Write the margin that is assigned to it.",
            )),
        }
    }

    fn rules(&self, state: &State, account: &Account) -> Result<Rules, FieldError> {
        let rate = typed(
            "The maintenance rate",
            self.value.text(Field::Rate),
            Unit::Percent,
            NumberBounds::PERCENT,
        )
        .map_err(about(Field::Rate))?;
        if let Some(percent) = rate {
            let known = self.known_rules(state);
            return flat_rules(percent, Some(&account.facts()), known.as_ref());
        }
        self.known_rules(state)
            .ok_or_else(|| FieldError::new(Field::Rate, WRITE_THE_RATE))
    }
}

fn standing(symbol: &Symbol, side: Side, mode: Mode) -> FormValue {
    let mut value = FormValue::default();
    value.write(Field::Symbol, symbol.to_string());
    value.choose_of(Field::Side, &SIDES, &side);
    value.choose_of(Field::Mode, &MODES, &mode);
    value
}

//! The end of a position as typed, and how it is read: at which price, and what the wallet holds
//! now.

use rust_decimal::Decimal;

use super::account_form::{about, needed, typed};
use super::form::{Form, FormHeading, HandedIn};
use super::{App, Command};
use crate::engine::{Backing, Intent, Money, Price};
use crate::input::number::Unit;
use crate::input::{Field, FieldError, FieldSchema, FormValue, NumberBounds, Reads, typed_number};
use crate::market::{AuditId, PositionId};
use crate::record::{Account, OpenPosition, PositionClosed, State};
use crate::wording::position as wording;

/// The end of a position as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseForm {
    pub position: PositionId,
    /// The decision that led to it; none where there was none.
    pub audit: Option<AuditId>,
    /// What is written and chosen: at which price, what the wallet holds after it, who closed it.
    pub value: FormValue,
}

impl CloseForm {
    /// An empty form for a position.
    pub fn of(position: PositionId) -> Self {
        let mut value = FormValue::default();
        value.choose(Field::ClosedBy, 0);
        Self {
            position,
            audit: None,
            value,
        }
    }

    /// The end that a decision led to.
    pub fn of_decision(position: PositionId, audit: AuditId) -> Self {
        Self {
            audit: Some(audit),
            ..Self::of(position)
        }
    }

    /// What the price is held against where it can be read in two ways: the mark.
    pub fn price_within(&self, state: &State) -> NumberBounds {
        let mark = state
            .position(self.position)
            .map(|(_, open)| open.position.mark);
        NumberBounds::ten_times(mark.map(Price::get))
    }

    /// And the wallet balance: what it is estimated to be.
    pub fn wallet_within(&self, state: &State) -> NumberBounds {
        let within = self.price_within(state);
        let price = typed_number(
            Field::Entry,
            self.value.text(Field::Entry),
            Unit::Price,
            within,
        );
        let price = price.ok().flatten().map(Price::new);
        let estimated = state
            .position(self.position)
            .zip(price)
            .and_then(|((account, open), price)| estimate(account, open, price));
        NumberBounds::ten_times(estimated)
    }

    /// Reads the form against what the state knows.
    ///
    /// # Errors
    /// The first field that does not stand.
    pub fn read(&self, state: &State) -> Result<PositionClosed, FieldError> {
        let gone = || FieldError::new(Field::Position, "This position is not open any more.");
        let (account, open) = state.position(self.position).ok_or_else(gone)?;
        let price = needed(
            "The price",
            self.value.text(Field::Entry),
            Unit::Price,
            self.price_within(state),
        )
        .map_err(about(Field::Entry))?;
        let price = Price::new(price);
        let typed = typed(
            "The wallet balance",
            self.value.text(Field::Wallet),
            Unit::Money,
            self.wallet_within(state),
        )
        .map_err(about(Field::Wallet))?;
        let estimated = || {
            estimate(account, open, price).ok_or_else(|| {
                FieldError::new(
                    Field::Wallet,
                    "The wallet balance after it cannot be estimated from these numbers. Write it.",
                )
            })
        };
        Ok(PositionClosed {
            position: self.position,
            audit: self.audit.or_else(|| decided(state, self.position)),
            price,
            wallet_balance: Money::new(typed.map_or_else(estimated, Ok)?),
            estimated: typed.is_none(),
            liquidated: self.closed_by_the_venue(),
        })
    }
}

impl CloseForm {
    fn closed_by_the_venue(&self) -> bool {
        let options = wording::CLOSED_BY.map(|(by_the_venue, _)| by_the_venue);
        self.value.one_of(Field::ClosedBy, &options) == Some(true)
    }
}

impl Form for CloseForm {
    fn heading(&self, app: &App) -> Option<FormHeading> {
        let (_, open) = app.state().position(self.position)?;
        Some(FormHeading::new(wording::IS_CLOSED).about(wording::name(open)))
    }

    fn schema(&self, app: &App) -> Vec<FieldSchema> {
        let state = app.state();
        let Some((account, open)) = state.position(self.position) else {
            return Vec::new();
        };
        let quote = open.position.symbol.quote();
        let collateral = account.set.collateral.as_str();
        let price = Reads::number(Unit::Price, quote, self.price_within(state));
        let wallet = Reads::number(Unit::Money, collateral, self.wallet_within(state));
        let who = Reads::Choice(wording::CLOSED_BY.map(|(_, who)| who.to_owned()).to_vec());
        vec![
            FieldSchema::new(Field::Entry, wording::AT, price),
            FieldSchema::new(Field::Wallet, wording::WALLET, wallet)
                .told([wording::ESTIMATE.to_owned()])
                .if_left_empty(wording::ESTIMATED)
                .beside(),
            FieldSchema::new(Field::ClosedBy, wording::WHO, who).note(wording::ESTIMATE),
        ]
    }

    fn value(&self) -> &FormValue {
        &self.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.value
    }

    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let closed = self.read(app.state()).map_err(|error| vec![error])?;
        Ok(Command::ClosePosition(closed).into())
    }
}

/// The decision to close it of which nobody has said yet what became of it.
fn decided(state: &State, position: PositionId) -> Option<AuditId> {
    let mut waiting = state.unfollowed();
    let of_it = waiting.find(|story| {
        story.last_ticket().is_some_and(|ticket| {
            let held = ticket.held.as_ref().map(|held| held.position);
            ticket.intent == Intent::Close && held == Some(position)
        })
    });
    of_it.map(|story| story.audit)
}

/// What the wallet holds once profit and closing fee are settled; never less than nothing.
fn estimate(account: &Account, open: &OpenPosition, price: Price) -> Option<Decimal> {
    let notional = open.position.notional_at(price)?.get();
    let fee = notional.checked_mul(account.set.fees.close.get())?;
    let settled = open.position.profit_at(price)?.get().checked_sub(fee)?;
    let wallet = account.set.wallet_balance.get();
    let after = wallet.checked_add(at_worst_its_margin(open, Money::new(settled)).get())?;
    Some(after.max(Decimal::ZERO))
}

/// What a result comes to: an isolated position loses no more than the margin behind it.
pub fn at_worst_its_margin(open: &OpenPosition, result: Money) -> Money {
    match open.position.backing {
        Backing::Isolated { margin } => {
            let all_of_it = Decimal::ZERO.checked_sub(margin.get());
            all_of_it.map_or(result, |least| result.max(Money::new(least)))
        }
        Backing::Cross => result,
    }
}

//! The end of a position as typed, and how it is read: at which price, and what the wallet holds
//! now.

use rust_decimal::Decimal;

use super::account_form::{about, needed, typed};
use crate::audit::{AuditId, PositionId};
use crate::engine::{Backing, Intent, Money, Price};
use crate::input::number::Unit;
use crate::input::{Field, FieldError, NumberBounds, typed_number};
use crate::record::{Account, OpenPosition, PositionClosed, State};

/// The end of a position as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseForm {
    /// Which position.
    pub position: PositionId,
    /// The decision that led to it; none where there was none.
    pub audit: Option<AuditId>,
    /// At which price.
    pub price: String,
    /// What the wallet holds after it; an estimate where nothing is written.
    pub wallet: String,
    /// Whether the venue closed it by force.
    pub by_the_venue: Option<bool>,
}

impl CloseForm {
    /// An empty form for a position.
    pub fn of(position: PositionId) -> Self {
        Self {
            position,
            audit: None,
            price: String::new(),
            wallet: String::new(),
            by_the_venue: Some(false),
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
        let price = typed_number(Field::Entry, &self.price, Unit::Price, within);
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
            &self.price,
            Unit::Price,
            self.price_within(state),
        )
        .map_err(about(Field::Entry))?;
        let price = Price::new(price);
        let typed = typed(
            "The wallet balance",
            &self.wallet,
            Unit::Money,
            self.wallet_within(state),
        )?;
        let estimated = || {
            estimate(account, open, price).ok_or_else(|| {
                FieldError::new(
                    Field::Other,
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
            liquidated: self.by_the_venue == Some(true),
        })
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
    let notional = open.notional_at(price)?.get();
    let fee = notional.checked_mul(account.set.fees.close.get())?;
    let settled = open.profit_at(price)?.get().checked_sub(fee)?;
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

//! What the trader proposes to do: every value read and of its own type.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::engine::{Backing, Fees, Funding, Intent, Mode, Money, Price, Quantity, Rate, Side};
use crate::market::{AccountId, PositionId, Rules, Symbol, Terms};

/// A ticket: made by reading a [`TicketForm`](super::TicketForm), or from the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    pub account: AccountId,
    /// The account's name when the ticket was written.
    pub account_name: String,
    /// The venue's name when the ticket was written.
    pub venue: String,
    /// What the account is counted in.
    pub collateral: String,
    pub intent: Intent,
    /// Whether it is an experiment, as she tagged it or the position it is about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub experiment: bool,
    pub symbol: Symbol,
    /// How its contracts are counted and settled.
    pub terms: Terms,
    pub side: Side,
    /// Isolated unless changed.
    pub mode: Mode,
    /// How much, in base or contracts.
    pub quantity: Quantity,
    /// At which price, in quote currency.
    pub entry: Price,
    /// The price now, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Price>,
    /// Notional over margin.
    pub leverage: Decimal,
    /// What would be assigned in isolated mode, in collateral.
    pub margin: Money,
    /// Taker fees on opening and closing.
    pub fees: Fees,
    /// Maintenance, tick and lot.
    pub rules: Rules,
    /// The position it is about, as it stood; none where one is to be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<HeldPosition>,
}

/// An open position as it stood when a ticket about it was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldPosition {
    pub position: PositionId,
    /// In base, or contracts where inverse.
    pub quantity: Quantity,
    pub entry: Price,
    pub backing: Backing,
}

impl Ticket {
    /// Whether the position it is about is losing at the mark.
    pub fn is_losing(&self) -> bool {
        self.loses_at(self.mark.unwrap_or(self.entry))
    }

    /// Whether that position loses at the mark or at the price that the ticket names, whichever
    /// is the worse for it: an order further down the losing side is filled while it loses.
    pub fn loses_at_the_worse(&self) -> bool {
        self.is_losing() || self.loses_at(self.entry)
    }

    fn loses_at(&self, price: Price) -> bool {
        let Some(held) = &self.held else { return false };
        match self.side {
            Side::Long => price < held.entry,
            Side::Short => price > held.entry,
        }
    }

    /// The price of the moment at which it takes effect: its fill where it opens or increases, else the
    /// mark. All losses are measured from there.
    pub fn effective_price(&self) -> Price {
        if self.intent.is_filled() {
            self.entry
        } else {
            self.mark.unwrap_or(self.entry)
        }
    }

    /// Whether it adds to what can be lost: only then sizes that fit are worth offering.
    pub fn adds(&self) -> bool {
        self.intent.is_filled()
    }

    /// Whether it only lowers the risk: reduce, close, cross → isolated. Nothing holds that up.
    pub fn lowers_risk(&self) -> bool {
        let to_isolated = self.intent == Intent::SwitchMode && self.mode == Mode::Isolated;
        self.intent.takes_off() || to_isolated
    }

    /// What is traded at the entry, in collateral. `None` only where it is out of range.
    pub fn notional(&self) -> Option<Money> {
        self.terms
            .notional(self.quantity.get(), self.entry.get())
            .map(Money::new)
    }

    /// What its quantity is counted in: `BTC`, or `contracts`.
    pub fn unit(&self) -> &str {
        self.terms.unit(&self.symbol)
    }

    /// The engine's ticket: this one with the two answers that are numbers.
    pub(super) fn for_engine(
        &self,
        invalidation: Option<Price>,
        acceptable_loss: Option<Money>,
    ) -> crate::engine::Ticket {
        crate::engine::Ticket {
            invalidation,
            acceptable_loss,
            ..self.unanswered()
        }
    }

    /// The same before anything is answered: enough to see whether a venue would take it.
    pub fn unanswered(&self) -> crate::engine::Ticket {
        crate::engine::Ticket {
            intent: self.intent,
            symbol: self.symbol.as_str().to_owned(),
            contract: self.terms.contract,
            contract_size: self.terms.size,
            side: self.side,
            quantity: self.quantity,
            entry: self.entry,
            mark: self.mark,
            mode: self.mode,
            margin: Some(self.margin),
            leverage: Some(self.leverage),
            fees: self.fees,
            funding: Funding {
                rate: Rate::new(Decimal::ZERO),
                intervals: 0,
                owed: Money::new(Decimal::ZERO),
            },
            tick: self.rules.tick,
            lot: self.rules.lot.or_else(|| step_of(self.quantity)),
            maintenance: self.rules.schedule.clone(),
            invalidation: None,
            acceptable_loss: None,
        }
    }
}

/// The step in which sizes are offered where the venue's lot is not known: the largest power
/// of ten that is at most a hundredth of the quantity asked for.
fn step_of(quantity: Quantity) -> Option<Decimal> {
    let hundredth = quantity.get().checked_div(Decimal::ONE_HUNDRED)?;
    let mut step = Decimal::ONE;
    while step > hundredth {
        step = step
            .checked_div(Decimal::TEN)
            .filter(|step| !step.is_zero())?;
    }
    while let Some(larger) = step
        .checked_mul(Decimal::TEN)
        .filter(|larger| *larger <= hundredth)
    {
        step = larger;
    }
    Some(step)
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn sizes_are_offered_in_steps_a_hundredth_of_what_was_asked() {
        for (quantity, step) in [
            (dec!(0.2), dec!(0.001)),
            (dec!(0.02), dec!(0.0001)),
            (dec!(5), dec!(0.01)),
            (dec!(3683.979), dec!(10)),
            (dec!(100), dec!(1)),
        ] {
            assert_eq!(step_of(Quantity::new(quantity)), Some(step), "{quantity}");
        }
    }
}

//! What the trader proposes to do: every value read and of its own type.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Symbol;
use crate::engine::{
    Backing, Contract, Fees, Funding, Intent, Mode, Money, Price, Quantity, Rate, Schedule, Side,
};
use rust_decimal::Decimal;

macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("Names ", $what, " for good, whatever it is called on the screen.")]
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new one, never seen before.
            pub fn fresh() -> Self {
                Self(crate::journal::new_id())
            }

            /// The one with this bare id.
            pub const fn of(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare id.
            pub const fn get(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(AccountId, "an account");
id!(AuditId, "an audit");
id!(PositionId, "a position");

/// What a venue asks for a market: its maintenance schedule, tick and lot, and where they
/// are from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Where the schedule is from, as shown: "Binance USDT-M, example of 2024-10-24".
    pub label: String,
    /// Maintenance tiers, when they are valued, and the fee counted in them.
    pub schedule: Schedule,
    /// The smallest step of a price, in quote currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tick: Option<Decimal>,
    /// The smallest step of a quantity, in base or contracts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<Decimal>,
    /// How its contracts are counted and settled.
    #[serde(default)]
    pub terms: Terms,
}

/// How a market's contracts are counted and settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Linear or inverse.
    pub contract: Contract,
    /// Linear: base in one contract. Inverse: face value of one contract in quote.
    pub size: Decimal,
}

impl Default for Terms {
    /// Linear, counted in base.
    fn default() -> Self {
        Self {
            contract: Contract::Linear,
            size: Decimal::ONE,
        }
    }
}

impl Terms {
    /// What a quantity is worth at a price, in collateral; none where it is out of range.
    pub fn notional(self, quantity: Decimal, price: Decimal) -> Option<Decimal> {
        let size = quantity.checked_mul(self.size)?;
        self.contract.worth(size, Price::new(price)).map(Money::get)
    }

    /// The quantity that is worth a notional at a price; none where it is out of range.
    pub fn quantity(self, notional: Decimal, price: Decimal) -> Option<Decimal> {
        self.contract
            .size_worth(Money::new(notional), Price::new(price))?
            .checked_div(self.size)
    }
}

/// A ticket: made by reading a [`TicketForm`](super::TicketForm), or from the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// The account it is for.
    pub account: AccountId,
    /// The account's name when the ticket was written.
    pub account_name: String,
    /// The venue's name when the ticket was written.
    pub venue: String,
    /// What the account is counted in.
    pub collateral: String,
    /// What is to be done.
    pub intent: Intent,
    /// The market.
    pub symbol: Symbol,
    /// Linear or inverse.
    pub contract: Contract,
    /// Face value of one contract; 1 for linear quantities in base.
    pub contract_size: Decimal,
    /// Long or short.
    pub side: Side,
    /// Isolated unless changed.
    pub mode: Mode,
    /// How much, in base.
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
    pub held: Option<Held>,
}

/// An open position as it stood when a ticket about it was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// Which position.
    pub position: PositionId,
    /// In base, or contracts where inverse.
    pub quantity: Quantity,
    /// Average entry price.
    pub entry: Price,
    /// What backed it.
    pub backing: Backing,
}

/// From the first screen to the first number, where nothing asks for more.
const FLOOR: Duration = Duration::from_secs(20);
/// The real wait, for what a raised pulse asks for.
const WAIT: Duration = Duration::from_mins(15);

impl Ticket {
    /// Whether the position it is about is losing at the mark.
    pub fn is_losing(&self) -> bool {
        let Some(held) = &self.held else { return false };
        let mark = self.mark.unwrap_or(self.entry);
        match self.side {
            Side::Long => mark < held.entry,
            Side::Short => mark > held.entry,
        }
    }

    /// From the first screen to the first number, at the least: a real wait for a rescue, for
    /// isolated → cross and for adding to a losing position; none to reduce or close.
    pub fn wait(&self) -> Duration {
        match self.intent {
            Intent::AddMargin => WAIT,
            Intent::SwitchMode if self.mode == Mode::Cross => WAIT,
            Intent::Increase if self.is_losing() => WAIT,
            Intent::Reduce | Intent::Close => Duration::ZERO,
            Intent::Open | Intent::Increase | Intent::SwitchMode => FLOOR,
        }
    }

    /// Whether it adds to what can be lost: only then sizes that fit are worth offering.
    pub fn adds(&self) -> bool {
        matches!(self.intent, Intent::Open | Intent::Increase)
    }

    /// Whether it only takes off risk: then nothing holds it up.
    pub fn takes_off(&self) -> bool {
        matches!(self.intent, Intent::Reduce | Intent::Close)
    }

    /// How its contracts are counted and settled.
    pub fn terms(&self) -> Terms {
        Terms {
            contract: self.contract,
            size: self.contract_size,
        }
    }

    /// What is traded at the entry, in collateral. `None` only where it is out of range.
    pub fn notional(&self) -> Option<Money> {
        self.terms()
            .notional(self.quantity.get(), self.entry.get())
            .map(Money::new)
    }

    /// What its quantity is counted in: `BTC`, or `contracts`.
    pub fn unit(&self) -> &str {
        match self.contract {
            Contract::Linear => self.symbol.base(),
            Contract::Inverse => "contracts",
        }
    }

    /// The engine's ticket: this one with the two answers that are numbers.
    pub(super) fn for_engine(&self, invalidation: Price, accepted: Money) -> crate::engine::Ticket {
        crate::engine::Ticket {
            intent: self.intent,
            symbol: self.symbol.as_str().to_owned(),
            contract: self.contract,
            contract_size: self.contract_size,
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
            invalidation,
            acceptable_loss: accepted,
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

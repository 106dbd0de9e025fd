//! The ticket as typed.

use serde::{Deserialize, Serialize};

use super::TicketContext;
use crate::engine::{Intent, Mode, Side};
use crate::market::{AccountId, PositionId};

/// The ticket as typed. Empty fields are empty strings; nothing is filled in beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TicketForm {
    pub account: Option<AccountId>,
    pub intent: Intent,
    /// The position it is about, for anything but open.
    pub position: Option<PositionId>,
    /// Whether what is opened or added is an experiment.
    pub experiment: bool,
    /// The market as typed.
    pub symbol: String,
    /// Long or short, once chosen.
    pub side: Option<Side>,
    /// Isolated unless changed.
    pub mode: Mode,
    pub entry: String,
    /// Price now; empty means the entry.
    pub mark: String,
    /// Quantity in base.
    pub quantity: String,
    /// Notional in quote.
    pub notional: String,
    /// Margin in collateral.
    pub margin: String,
    pub leverage: String,
    /// A flat maintenance rate in percent, instead of the account's rules for the market.
    pub own_rate: String,
}

impl Default for TicketForm {
    fn default() -> Self {
        Self {
            account: None,
            intent: Intent::Open,
            position: None,
            experiment: false,
            symbol: String::new(),
            side: None,
            mode: Mode::Isolated,
            entry: String::new(),
            mark: String::new(),
            quantity: String::new(),
            notional: String::new(),
            margin: String::new(),
            leverage: String::new(),
            own_rate: String::new(),
        }
    }
}

impl TicketForm {
    /// Whether the ticket is about an experiment. It is tagged where something is opened or added;
    /// a position that was entered as one stays one until it is closed.
    pub fn is_experiment(&self, known: TicketContext<'_>) -> bool {
        let tagged = self.experiment && self.intent.is_filled();
        tagged || self.was_entered_as_one(known)
    }

    /// Whether the position that the ticket is about was entered as an experiment.
    pub fn was_entered_as_one(&self, known: TicketContext<'_>) -> bool {
        let held = known.held.filter(|_| self.intent != Intent::Open);
        held.is_some_and(|held| held.experiment)
    }

    /// The mode that the ticket is to stand in; none where no position is chosen.
    pub fn stands_in(&self, known: TicketContext<'_>) -> Option<Mode> {
        let held = known.held.map(|held| held.position.backing.mode());
        match self.intent {
            Intent::Open => Some(self.mode),
            Intent::SwitchMode => held.map(Mode::other),
            _ => held,
        }
    }
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;

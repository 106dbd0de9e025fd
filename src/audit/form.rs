//! The ticket as typed.

use serde::{Deserialize, Serialize};

use super::TicketContext;
use crate::engine::{Intent, Mode, Side};
use crate::input::{Field, FormValue, MODES, SIDES};
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
    /// What is written and chosen: market, side, margin mode and the numbers.
    pub value: FormValue,
}

impl Default for TicketForm {
    fn default() -> Self {
        Self {
            account: None,
            intent: Intent::Open,
            position: None,
            experiment: false,
            value: FormValue::default(),
        }
    }
}

impl TicketForm {
    /// Long or short, once chosen.
    pub fn side(&self) -> Option<Side> {
        self.value.one_of(Field::Side, &SIDES)
    }

    /// Isolated unless changed.
    pub fn mode(&self) -> Mode {
        let chosen = self.value.one_of(Field::Mode, &MODES);
        chosen.unwrap_or(Mode::Isolated)
    }

    /// Chooses long or short.
    pub fn choose_side(&mut self, side: Side) {
        self.value.choose_of(Field::Side, &SIDES, &side);
    }

    /// Chooses isolated or cross.
    pub fn choose_mode(&mut self, mode: Mode) {
        self.value.choose_of(Field::Mode, &MODES, &mode);
    }

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
            Intent::Open => Some(self.mode()),
            Intent::SwitchMode => held.map(Mode::other),
            _ => held,
        }
    }
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;

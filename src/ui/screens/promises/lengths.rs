//! For how long: lengths that are offered, a length of one's own, while a position is open.

use egui::{Label, Ui};
use uuid::Uuid;

use super::notes::Drawn as _;
use crate::desk::notes::Notes;
use crate::promises::{duration, read_length};
use crate::ui::text;
use crate::ui::widgets::choice::{Mark, one_of_possible};
use crate::ui::widgets::field::{Under, field};

/// The field in which a length of one's own is typed.
pub(super) const OWN: &str = "Your own length";

/// Lengths as they are offered: up to three days in hours.
pub(super) fn offered(lengths: &[u64]) -> Vec<(u64, String)> {
    let words = |secs: u64| match secs.checked_div(3600) {
        Some(hours @ 1..=72) => format!("{hours} h"),
        _ => duration(secs),
    };
    lengths.iter().map(|secs| (*secs, words(*secs))).collect()
}

/// A choice of a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// One that is offered, in seconds.
    Offered(u64),
    /// One that is typed.
    Own,
    /// While this position is open.
    WhileOpen(Uuid),
}

/// A length as it is chosen and typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lengths {
    pub(super) chosen: Option<Length>,
    pub(super) own: String,
}

impl Lengths {
    /// With one of those that are offered chosen already.
    pub(super) fn of(secs: u64) -> Self {
        Self {
            chosen: Some(Length::Offered(secs)),
            own: String::new(),
        }
    }

    /// The seconds that are chosen or typed; none while a position is open.
    pub(super) fn secs(&self, notes: &mut Notes) -> Option<u64> {
        match self.chosen? {
            Length::Offered(secs) => Some(secs),
            Length::WhileOpen(_) => None,
            Length::Own => match read_length(&self.own) {
                Ok(secs) => Some(secs),
                Err(problem) => {
                    notes.wrong(OWN, problem.to_string());
                    None
                }
            },
        }
    }

    /// Shows them. `most` is the longest that can be chosen now, and `why` says so.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        label: &str,
        offered: &[(u64, String)],
        positions: &[(Uuid, String)],
        (most, why): (Option<u64>, &str),
        notes: &Notes,
    ) {
        let words: Vec<(Length, String)> = offered
            .iter()
            .map(|(secs, words)| (Length::Offered(*secs), words.clone()))
            .chain([(Length::Own, "Another length".to_owned())])
            .chain(positions.iter().map(|(position, name)| {
                let words = format!("While {name} is open");
                (Length::WhileOpen(*position), words)
            }))
            .collect();
        let options: Vec<(Length, &str, Mark)> = words
            .iter()
            .map(|(length, words)| (*length, words.as_str(), Mark::Plain))
            .collect();
        one_of_possible(
            ui,
            label,
            &options,
            &mut self.chosen,
            |length| match length {
                Length::Offered(secs) => most.is_none_or(|most| secs <= most),
                Length::WhileOpen(_) => most.is_none(),
                Length::Own => true,
            },
        );
        if most.is_some() {
            ui.add(Label::new(text::note(ui, why)).wrap());
        }
        if self.chosen == Some(Length::Own) {
            let understood =
                read_length(&self.own).map_or(Under::Nothing, |secs| Under::note(duration(secs)));
            let under = notes.under(OWN, understood);
            field(OWN, &mut self.own)
                .hint("like 36h or 2d, at most 30 d")
                .show(ui, &under);
        }
    }
}

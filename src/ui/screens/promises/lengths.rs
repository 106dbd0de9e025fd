//! For how long: lengths that are offered, a length of one's own, while a position is open.

use egui::{Label, Response, Ui};

use super::form_errors::Drawn as _;
use crate::app::lengths::{Length, Lengths, OWN};
use crate::input::FormErrors;
use crate::input::read_length;
use crate::market::PositionId;
use crate::promises::duration;
use crate::ui::text;
use crate::ui::widgets::choice::{Mark, one_of_possible};
use crate::ui::widgets::field::{FieldNote, field};

/// Lengths as they are offered: up to three days in hours.
pub(super) fn offered(lengths: &[u64]) -> Vec<(u64, String)> {
    let words = |secs: u64| match secs.checked_div(3600) {
        Some(hours @ 1..=72) => format!("{hours} h"),
        _ => duration(secs),
    };
    lengths.iter().map(|secs| (*secs, words(*secs))).collect()
}

/// What is offered: lengths, positions, and the longest that can be chosen now with why.
pub(super) struct LengthOffer<'a> {
    pub(super) label: &'a str,
    pub(super) lengths: Vec<(u64, String)>,
    pub(super) positions: Vec<(PositionId, String)>,
    pub(super) most: Option<(u64, &'a str)>,
    pub(super) hint: &'a str,
}

/// Shows the choice of a length.
///
/// Answers with the first of them, for the focus.
pub(super) fn show(
    ui: &mut Ui,
    typed: &mut Lengths,
    offer: &LengthOffer<'_>,
    notes: &FormErrors,
) -> Option<Response> {
    let own = [(Length::Own, "Another length".to_owned())];
    let lengths = offer.lengths.iter();
    let positions = offer.positions.iter().map(|(position, name)| {
        let words = format!("While {name} is open");
        (Length::WhileOpen(*position), words)
    });
    let words: Vec<(Length, String)> = lengths
        .map(|(secs, words)| (Length::Offered(*secs), words.clone()))
        .chain(own)
        .chain(positions)
        .collect();
    let options: Vec<(Length, &str, Mark)> = words
        .iter()
        .map(|(length, words)| (*length, words.as_str(), Mark::Plain))
        .collect();
    let possible = |length| match (length, offer.most) {
        (_, None) | (Length::Own, _) => true,
        (Length::Offered(secs), Some((most, _))) => secs <= most,
        (Length::WhileOpen(_), Some(_)) => false,
    };
    let (_, first) = one_of_possible(ui, offer.label, &options, &mut typed.chosen, possible);
    if let Some((_, why)) = offer.most {
        ui.add(Label::new(text::note(ui, why)).wrap());
    }
    if typed.chosen == Some(Length::Own) {
        let understood = read_length(&typed.own)
            .map_or(FieldNote::Nothing, |secs| FieldNote::note(duration(secs)));
        let under = notes.under(OWN, understood);
        field(OWN, &mut typed.own).hint(offer.hint).show(ui, &under);
    }
    first
}

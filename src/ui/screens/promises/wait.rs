//! The fields of a wait: how long, and the thresholds of its reason.

use egui::{Id, Response, Ui};

use super::form_errors::Drawn as _;
use super::lengths::{self, LengthOffer};
use crate::app::wait_form::{AROUSAL, AWAY, TIMES, WITHIN, WaitForm};
use crate::audit::Arousal;
use crate::input::FormErrors;
use crate::input::number::Unit;
use crate::input::read_length;
use crate::promises::duration;
use crate::ui::tokens::space;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::number::number;
use crate::waits::WaitReason;

/// How a wait of one's own is written.
const UP_TO_A_DAY: &str = "like 20 min or 2h, at most 24 h";

/// Shows them; the lengths are those that are offered. Answers with the first, for the focus.
pub(crate) fn wait_fields(
    ui: &mut Ui,
    form: &mut WaitForm,
    reason: WaitReason,
    offered: &[u64],
    notes: &FormErrors,
) -> Option<Response> {
    let offer = LengthOffer {
        label: "How long a wait",
        lengths: lengths::offered(offered),
        positions: Vec::new(),
        most: None,
        hint: UP_TO_A_DAY,
    };
    let first = lengths::show(ui, &mut form.length, &offer, notes);
    thresholds(ui, form, reason, notes);
    first
}

fn thresholds(ui: &mut Ui, form: &mut WaitForm, reason: WaitReason, notes: &FormErrors) {
    match reason {
        WaitReason::Rescue
        | WaitReason::SwitchToCross
        | WaitReason::IncreaseWhileLosing
        | WaitReason::RevengeOrChasing => {}
        WaitReason::Aroused => {
            ui.add_space(space::TWO);
            let levels = Arousal::ALL.into_iter().filter(|level| level.get() > 0);
            let words: Vec<(Arousal, String)> = levels
                .map(|level| (level, format!("{} {}", level.get(), level.word())))
                .collect();
            let options: Vec<(Arousal, &str, Mark)> = words
                .iter()
                .map(|(level, words)| (*level, words.as_str(), Mark::Plain))
                .collect();
            one_of(ui, AROUSAL, &options, &mut form.arousal);
        }
        WaitReason::RecentLoss => {
            ui.add_space(space::TWO);
            let understood = read_length(&form.within)
                .map_or(FieldNote::Nothing, |secs| FieldNote::note(duration(secs)));
            field(WITHIN, &mut form.within)
                .hint("like 60 min or 4h, at most 24 h")
                .show(ui, &notes.under(WITHIN, understood));
        }
        WaitReason::LookedAway => {
            ui.add_space(space::TWO);
            two(ui, |ui, right| {
                let (name, typed, unit) = if right {
                    (AWAY, &mut form.away, "s")
                } else {
                    (TIMES, &mut form.times, "times")
                };
                number(name, typed, Unit::Quantity, unit)
                    .id(Id::unique(name))
                    .show(ui, notes.under(name, FieldNote::Nothing));
            });
        }
    }
}

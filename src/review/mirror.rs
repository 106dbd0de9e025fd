//! Earlier decisions that resemble the one being taken.

use crate::audit::{Ticket, TraderState};
use crate::record::{State, Story};

/// How many are shown at the most.
const SHOWN: usize = 3;
/// How far back is looked, so that the reveal is instant in a journal of any length.
const LOOKED_AT: usize = 2_000;

/// At most three earlier audits that resemble this one, the most alike first and of those the
/// newest: same market, same intent and side, same state. Only audits whose answers were
/// sealed are shown, since what is shown are the trader's own words.
pub fn mirror<'a>(record: &'a State, ticket: &Ticket, state: &TraderState) -> Vec<&'a Story> {
    let mut alike: Vec<(u32, &Story)> = record
        .ended()
        .take(LOOKED_AT)
        .filter(|story| story.sealed.is_some())
        .filter_map(|story| likeness(story, ticket, state).map(|points| (points, story)))
        .collect();
    // A stable sort keeps the newest first among equals.
    alike.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    alike
        .into_iter()
        .take(SHOWN)
        .map(|(_, story)| story)
        .collect()
}

/// Points of likeness; none where neither the market nor the state is the same.
fn likeness(story: &Story, ticket: &Ticket, state: &TraderState) -> Option<u32> {
    let then = story.last_ticket()?;
    let was = story.state.as_ref()?;
    let market = then.symbol == ticket.symbol;
    let tags = was.tags.intersection(&state.tags).count();
    let aroused = was.arousal == state.arousal;
    let state_is_like = aroused && tags > 0;
    if !market && !state_is_like {
        return None;
    }
    let points = [
        // More than all the rest together: the same market comes first.
        (market, 8),
        (then.intent == ticket.intent, 1),
        (then.side == ticket.side, 1),
        (aroused, 2),
        (tags > 0, 2),
        (then.mode == ticket.mode, 1),
    ];
    Some(
        points
            .iter()
            .filter(|(same, _)| *same)
            .map(|(_, points)| *points)
            .sum(),
    )
}

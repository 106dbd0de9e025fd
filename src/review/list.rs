//! Which audits a search shows.

use crate::engine::{Mode, Side};
use crate::record::{State, Story};
use crate::wording::words::EXPERIMENT;

/// Whether every word of `query` stands somewhere in the audit: market, side, mode, answers,
/// tags, decision. An empty query matches everything; upper and lower case are the same.
pub fn matches(story: &Story, query: &str) -> bool {
    let mut words = query.split_whitespace().peekable();
    if words.peek().is_none() {
        return true;
    }
    let text = searchable(story);
    words.all(|word| text.contains(&word.to_lowercase()))
}

/// Ended audits that match, newest first, as indexes for [`State::newest_ended`].
pub fn search(record: &State, query: &str) -> Vec<usize> {
    record
        .ended()
        .enumerate()
        .filter(|(_, story)| matches(story, query))
        .map(|(at, _)| at)
        .collect()
}

fn searchable(story: &Story) -> String {
    let mut text = story.typed_symbol.clone();
    let mut add = |part: &str| {
        text.push('\n');
        text.push_str(part);
    };
    if let Some(ticket) = story.last_ticket() {
        add(ticket.symbol.as_str());
        add(&ticket.account_name);
        add(match ticket.side {
            Side::Long => "long",
            Side::Short => "short",
        });
        add(match ticket.mode {
            Mode::Isolated => "isolated",
            Mode::Cross => "cross",
        });
        if ticket.experiment {
            add(EXPERIMENT);
        }
    }
    if let Some(state) = &story.state {
        add(state.arousal.word());
        state.tags.iter().for_each(|tag| add(tag.words()));
    }
    if let Some(answers) = story.answers() {
        add(&answers.wrong);
        add(&answers.nothing);
    }
    if let Some(ending) = &story.ending {
        add(ending.words());
    }
    story.flags().iter().for_each(|flag| add(flag.words()));
    text.to_lowercase()
}

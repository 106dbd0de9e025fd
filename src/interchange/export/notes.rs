//! One Markdown note for each decision: front matter that Obsidian reads as properties, then
//! the story in her own words.

use std::fmt::Write as _;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::Privacy;
use super::local::local;
use super::markdown::{plain, quotation, yaml};
use super::rough::class;
use crate::engine::Intent;
use crate::record::{Ending, Followed, Story};
use crate::wording::{story, words};

/// A note: a name for its file, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteFile {
    /// Plain letters, digits, blanks and dashes: a file name on every system.
    pub name: String,
    /// Markdown with front matter, ending in a line feed.
    pub text: String,
}

/// The note of an audit; none while it has not ended.
pub fn note(story: &Story, privacy: Privacy) -> Option<NoteFile> {
    let ending = story.ending.as_ref()?;
    let at = local(ending.at(), &story.zone).unwrap_or_else(|| ending.at().naive_utc());
    let mut text = front_matter(story, ending, at, privacy);
    let heading = match (privacy, story.last_ticket()) {
        (Privacy::Redacted, None) => "No market yet".to_owned(),
        (Privacy::Redacted, Some(ticket)) if !ticket.intent.takes_off() => format!(
            "{}, {}, {}",
            story::title(story),
            words::mode(ticket.mode),
            class(ticket.leverage)
        ),
        _ => story::heading(story),
    };
    let _ = write!(text, "\n# {}\n", plain(&heading));
    for part in story::parts(story) {
        if privacy == Privacy::Whole || !part.is_private {
            let _ = write!(
                text,
                "\n## {}\n\n{}",
                plain(&part.name),
                quotation(&part.words)
            );
        }
    }
    let market = story
        .last_ticket()
        .map(|ticket| ticket.symbol.as_str().replace('/', "-"))
        .filter(|market| {
            market
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
        });
    let name = match market {
        Some(market) => format!(
            "{} entry {} {market}",
            at.format("%Y-%m-%d %H%M"),
            ending.seq()
        ),
        None => format!("{} entry {}", at.format("%Y-%m-%d %H%M"), ending.seq()),
    };
    Some(NoteFile { name, text })
}

/// The lines of the front matter, as they are added.
struct Front(String);

impl Front {
    fn line(&mut self, name: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "{name}: {value}");
    }

    fn words(&mut self, name: &str, words: &str) {
        self.line(name, yaml(words));
    }

    fn number(&mut self, name: &str, number: Decimal) {
        self.line(name, number.normalize());
    }

    fn list<'a>(&mut self, name: &str, words: impl Iterator<Item = &'a str>) {
        // A tag of Obsidian has no blanks.
        let words: Vec<String> = words.map(|word| word.replace(' ', "-")).collect();
        self.line(name, format_args!("[{}]", words.join(", ")));
    }
}

fn front_matter(story: &Story, ending: &Ending, at: NaiveDateTime, privacy: Privacy) -> String {
    let mut front = Front("---\n".to_owned());
    front.line("entry", ending.seq());
    front.words("audit", &story.audit.to_string());
    front.line("date", at.format("%Y-%m-%dT%H:%M:%S"));
    front.line("utc", ending.at().format("%Y-%m-%dT%H:%M:%SZ"));
    front.words("time_zone", &story.zone);
    front.words("decision", ending.words());
    if let Some(ticket) = story.last_ticket() {
        front.words("intent", &words::intent(ticket.intent).to_lowercase());
        front.words("market", ticket.symbol.as_str());
        front.words("side", words::side(ticket.side));
        front.words("mode", words::mode(ticket.mode));
        if !ticket.intent.takes_off() {
            match privacy {
                Privacy::Whole => front.number("leverage", ticket.leverage),
                Privacy::Redacted => front.words("leverage", &class(ticket.leverage)),
            }
        }
        if ticket.experiment {
            front.line("experiment", true);
        }
    }
    if let Some(state) = &story.state {
        front.line("arousal", state.arousal.get());
        front.list("tags", state.tags.iter().map(|tag| tag.words()));
    }
    front.list("flags", story.flags().iter().map(|flag| flag.words()));
    if let Some(followed) = story.followed {
        let words = match followed {
            Followed::Opened => "Opened",
            Followed::Nothing(outcome) => outcome.words(),
        };
        front.words("followed", words);
    }
    if let Some(stop) = story.stop {
        front.words("stop", stop.words());
    }
    if privacy == Privacy::Whole {
        amounts(&mut front, story);
    }
    let Front(mut text) = front;
    text.push_str("---\n");
    text
}

fn amounts(front: &mut Front, story: &Story) {
    if let Some(ticket) = story.last_ticket() {
        front.words("account", &ticket.account_name);
        front.words("venue", &ticket.venue);
        front.words("collateral", &ticket.collateral);
        front.number("quantity", ticket.quantity.get());
        if story.done_before().is_none() || ticket.intent == Intent::Close {
            front.number("entry_price", ticket.entry.get());
        }
        if !ticket.intent.takes_off() {
            front.number("margin", ticket.margin.get());
        }
    }
    if let Some(answers) = story.answers() {
        if let Some(wrong_at) = answers.invalidation {
            front.number("wrong_at", wrong_at.get());
        }
        if let Some(accepted) = answers.accepted {
            front.number("accepted_loss", accepted.get());
        }
    }
    if let Some(worst) = story.worst_case() {
        front.number("worst_case", worst.get());
    }
}

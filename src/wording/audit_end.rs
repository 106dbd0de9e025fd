//! What is said on the way through an audit: the end, and ways to wait longer.

use chrono::{DateTime, Local, TimeDelta, TimeZone as _, Utc};

use crate::audit::{Choice, Draft};
use crate::journal::{Finding, Moment};
use crate::record::{Ending, Story};

use super::text::capital;
use super::{when, words};

/// What it means to answer nothing where risk is taken off.
pub const MAY_BE_LEFT_OUT: &str = "go on without an answer";

/// What the end of an audit is called.
pub fn ended(story: Option<&Story>) -> String {
    match story.and_then(|story| story.ending.as_ref()) {
        Some(Ending::Decided { decision, .. }) => match &decision.choice {
            Choice::DoNothing => "You did nothing".to_owned(),
            Choice::Wait { until } => format!("You wait until {}", when::day_and_time(*until)),
            Choice::Proceed => story
                .and_then(|story| story.last_ticket())
                .map_or("You decided to trade", |ticket| {
                    words::decided(ticket.intent)
                })
                .to_owned(),
            Choice::ProceedSmaller => "You decided to trade, smaller".to_owned(),
            Choice::IsolatedInstead => "You decided to trade, isolated instead".to_owned(),
        },
        Some(
            ending @ (Ending::Expired { .. } | Ending::Afterwards { .. } | Ending::Kept { .. }),
        ) => ending.words().to_owned(),
        None => "It is over".to_owned(),
    }
}

/// That it is saved, and under which number.
pub fn saved(seq: u64) -> String {
    format!("Saved as entry {seq} of your journal.")
}

/// Why something is not saved, as it stands behind "NOT SAVED"; none where what was found in the
/// journal, shown beside it, says that already.
pub fn why_not_saved(why: &str, shown: &[&Finding]) -> Option<String> {
    let says_it = |finding: &&Finding| match finding {
        Finding::Swapped(fault) => why.contains(&fault.to_string()),
        _ => false,
    };
    let why_alone = why.strip_prefix("Not saved: ").unwrap_or(why);
    (!shown.iter().any(says_it)).then(|| capital(why_alone))
}

/// Until when an audit that is left is kept.
pub fn kept(draft: &Draft, now: &Moment) -> String {
    let until = when::time(when::end_of(now.wall, draft.kept_for(now)));
    format!(
        "What you answered is kept until {until}; `impulse-audit audit` or the window goes on with it"
    )
}

/// Where to say what became of a decision to trade.
pub fn follow(place: &str) -> String {
    format!(
        "When you are ready, say {place} what became of it: opened, not filled, or another mind. \
         Then the next audit counts it."
    )
}

/// Ways to wait: a quarter of an hour, an hour, four, and tomorrow at nine.
pub fn waits(now: DateTime<Utc>) -> Vec<(&'static str, DateTime<Utc>)> {
    let after = |delta| now.checked_add_signed(delta);
    let tomorrow = now
        .with_timezone(&Local)
        .date_naive()
        .succ_opt()
        .and_then(|day| day.and_hms_opt(9, 0, 0))
        .and_then(|nine| Local.from_local_datetime(&nine).earliest())
        .map(|nine| nine.with_timezone(&Utc));
    [
        ("15 min", after(TimeDelta::minutes(15))),
        ("1 h", after(TimeDelta::hours(1))),
        ("4 h", after(TimeDelta::hours(4))),
        ("Tomorrow", tomorrow),
    ]
    .into_iter()
    .filter_map(|(words, until)| until.map(|until| (words, until)))
    .collect()
}

pub const WAITING: &str = "Nothing starts by itself then. It stands on Home until it is over.";

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::journal::DiskFault;

    fn fault(path: &str) -> DiskFault {
        DiskFault {
            doing: "write to",
            path: path.into(),
            source: io::Error::other("it was replaced"),
        }
    }

    #[test]
    fn behind_not_saved_stands_the_reason_alone_and_none_that_is_said_beside_it() {
        let why = format!(
            "Not saved: {}. The journal must be opened again.",
            fault("a")
        );
        let alone =
            "Could not write to a: it was replaced. The journal must be opened again.".to_owned();
        assert_eq!(why_not_saved(&why, &[]), Some(alone.clone()));
        let (same, other) = (
            Finding::Swapped(fault("a")),
            Finding::Swapped(fault("b.jsonl")),
        );
        assert_eq!(why_not_saved(&why, &[&Finding::Created, &same]), None);
        assert_eq!(why_not_saved(&why, &[&other]), Some(alone));
        let plain = "The journal is not open. Open it again.";
        assert_eq!(why_not_saved(plain, &[]), Some(plain.to_owned()));
    }
}

//! The wait between the seal and the numbers: until when it lasts and what it is for, as facts.

use chrono::Timelike as _;

use crate::audit::looks::LooksAway;
use crate::audit::{SealedPause, Tag, TraderState, Wait};
use crate::journal::Moment;
use crate::promises::duration;
use crate::waits::WaitReason;

use super::{text, when};

/// What a rescue does not do; said while one waits.
pub const RESCUE: &str =
    "Feeling safer is not being safer: a rescue eases the fear and takes no risk off the trade.";

/// Where the answers are, what is waited for, and at which clock time the numbers follow.
pub fn numbers_follow(sealed: &SealedPause, now: &Moment) -> String {
    let sealing = sealed.sealing();
    let end = when::end_of(now.wall, sealed.wait_left(now));
    // A real wait is told to the minute where it ends on one.
    let at = if sealing.wait().is_real() && end.second() == 0 {
        when::time(end)
    } else {
        when::time_with_seconds(end)
    };
    let looks = &sealing.manner().looks;
    let follow = match reasons(sealing.wait(), sealed.pause().state(), looks) {
        Some(reasons) => format!("{}: the numbers follow at {at}.", text::capital(&reasons)),
        None => format!("The numbers follow at {at}."),
    };
    format!(
        "Your answers are entry {} of your journal. {follow}",
        sealed.receipt().seq()
    )
}

/// Looks away as a sentence of its own; none where the wait's reasons say it already.
pub fn looks_away(sealed: &SealedPause) -> Option<String> {
    let sealing = sealed.sealing();
    let said = sealing.wait().reasons.contains(&WaitReason::LookedAway);
    let fact = sealing.manner().looks.fact().filter(|_| !said)?;
    Some(format!("{fact}."))
}

/// What stands beside a real wait: what a rescue does not do, and how the wait is counted. None
/// for an ordinary one.
pub fn beside(sealed: &SealedPause, closing: &str) -> Vec<String> {
    let wait = sealed.sealing().wait();
    if !wait.is_real() {
        return Vec::new();
    }
    let rescue = wait.reasons.contains(&WaitReason::Rescue);
    let counted = format!(
        "The wait is counted from the audit's first screen. {closing} Reducing and closing never wait."
    );
    rescue
        .then(|| RESCUE.to_owned())
        .into_iter()
        .chain([counted])
        .collect()
}

/// What a wait was for, in one sentence's part: "your state is 4, racing, and you named
/// chasing"; none for an ordinary one.
pub fn reasons(wait: &Wait, state: &TraderState, looks: &LooksAway) -> Option<String> {
    let reasons: Vec<String> = wait
        .reasons
        .iter()
        .map(|reason| words(*reason, wait, state, looks))
        .collect();
    text::enumerated(&reasons)
}

fn words(reason: WaitReason, wait: &Wait, state: &TraderState, looks: &LooksAway) -> String {
    match reason {
        WaitReason::Rescue => "this is a rescue".to_owned(),
        WaitReason::SwitchToCross => "this goes from isolated to cross".to_owned(),
        WaitReason::IncreaseWhileLosing => "this adds to a position that loses".to_owned(),
        WaitReason::Aroused => format!(
            "your state is {}, {}",
            state.arousal.get(),
            state.arousal.word()
        ),
        WaitReason::RevengeOrChasing => {
            let tags = [Tag::Revenge, Tag::Chasing];
            let named = tags.iter().filter(|tag| state.tags.contains(tag));
            let named: Vec<&str> = named.map(|tag| tag.words()).collect();
            format!("you named {}", named.join(" and "))
        }
        WaitReason::RecentLoss => match wait.within {
            Some(3600) => "a loss was logged within the hour before".to_owned(),
            Some(within) => format!("a loss was logged within the {} before", duration(within)),
            None => {
                "lines of the journal were lost shortly before, and a loss may have been among them"
                    .to_owned()
            }
        },
        WaitReason::LookedAway => looks
            .fact()
            .map_or_else(String::new, |fact| text::within(&fact)),
    }
}

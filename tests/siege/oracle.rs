//! What must be so whatever was done: the promises that are known to have been made, and how long
//! each may hold yet.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::clocks::Passed;

/// Seconds that a run may take, and that a whole second may hide.
const TOLERANCE: u64 = 15;
const DAY: u64 = 86_400;
/// An emergency release ends a lock so much later.
const RELEASE: u64 = 900;
/// What the list shows for locks that the head only counts.
const UNLISTED: &str = "696d7075-6c73-8065-8001-0000000000fe";

/// A promise that was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    /// For how many seconds from `since`; none where no time ends it.
    secs: Option<u64>,
    since: Passed,
    /// When it was asked to be loosened.
    asked: Option<u64>,
    /// What it was before an emergency release.
    before: Option<(Option<u64>, Passed)>,
}

/// All promises that are known to have been made, by their ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    held: BTreeMap<String, Held>,
    /// Each as it was first listed: one that older files bring back was made for no longer than that,
    /// however long it is shown to hold before more is known of the time that has passed.
    made: BTreeMap<String, Held>,
    released: Option<u64>,
}

/// What was asked of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Undo,
    Loosen,
    Confirm,
    Cancel,
    Release,
}

impl Act {
    pub(crate) const ALL: [Self; 5] = [
        Self::Undo,
        Self::Loosen,
        Self::Confirm,
        Self::Cancel,
        Self::Release,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Undo => "undo",
            Self::Loosen => "loosen",
            Self::Confirm => "confirm",
            Self::Cancel => "cancel",
            Self::Release => "release",
        }
    }
}

impl Model {
    pub(crate) fn ids(&self) -> BTreeSet<String> {
        self.held.keys().cloned().collect()
    }

    pub(crate) fn retain(&mut self, is_known: impl Fn(&str) -> bool) {
        self.held.retain(|id, _| is_known(id));
    }

    /// What is known of each promise that was known then as well is what was known then.
    pub(crate) fn go_back_to(&mut self, then: &Self) {
        self.held.retain(|id, _| then.held.contains_key(id));
        for (id, held) in &mut self.held {
            *held = then.held[id];
        }
    }

    pub(crate) fn forget(&mut self, id: &str) {
        self.held.remove(id);
    }

    /// Holds the list of promises to what is known of them. `strictly`: no promise holds longer than
    /// it was made either.
    pub(crate) fn hold(&mut self, list: &Value, now: Passed, strictly: bool) -> Result<(), String> {
        let mut listed = BTreeMap::new();
        for promise in list["promises"]
            .as_array()
            .ok_or("no promises are listed")?
        {
            let id = promise["id"].as_str().ok_or("a promise without an id")?;
            listed.insert(id.to_owned(), promise);
        }
        // Stands for those that the head had no room for.
        let stands_in = listed.get(UNLISTED).copied();
        let stands_in = stands_in.and_then(|it| it["remaining_secs"].as_u64());
        let mut over = Vec::new();
        for (id, held) in &self.held {
            let promise = listed.get(id).copied();
            let is_over = promise.is_none_or(|it| it["state"] == "ended");
            let left = promise.and_then(|it| it["remaining_secs"].as_u64());
            let Some(secs) = held.secs else {
                if is_over && stands_in.is_none() {
                    return Err(format!("{id} always holds and is over: {promise:?}"));
                }
                continue;
            };
            let least_left = secs.saturating_sub(now.most.saturating_sub(held.since.most));
            let most_left = secs.saturating_sub(now.least.saturating_sub(held.since.least));
            let left = if is_over { 0 } else { left.unwrap_or(0) };
            if left.max(stands_in.unwrap_or(0)) + TOLERANCE < least_left {
                return Err(format!(
                    "{id} has {left} s left where {least_left} s are promised: {promise:?}"
                ));
            }
            // What was credited and never written is lost with the lines.
            if strictly && left > most_left + TOLERANCE {
                return Err(format!(
                    "{id} has {left} s left where at most {most_left} of {secs} s can be: {promise:?}"
                ));
            }
            if is_over && (stands_in.is_none() || least_left == 0) {
                over.push(id.clone());
            }
        }
        for id in over {
            self.held.remove(&id);
        }
        Ok(())
    }

    /// Learns of the promises that are listed.
    pub(crate) fn learn(&mut self, list: &Value, now: Passed) {
        for promise in list["promises"].as_array().into_iter().flatten() {
            let id = promise["id"].as_str().unwrap().to_owned();
            // What stands for a promise that nobody can read is gone with what hides it.
            let is_known = promise["kind"] != "unknown" && promise["kind"] != "paused";
            if promise["state"] != "ended" && is_known {
                self.learn_one(id, promise, now);
            }
        }
    }

    fn learn_one(&mut self, id: String, promise: &Value, now: Passed) {
        let timed = promise["kind"] == "no-cross" || promise["kind"] == "no-switch-to-cross";
        let secs = promise["remaining_secs"].as_u64().filter(|_| timed);
        // Whoever asked for it was killed before that was said: since when is not known.
        let asked = (promise["state"] == "loosening").then_some(0);
        let made = *self.made.entry(id.clone()).or_insert(Held {
            secs,
            since: now,
            asked,
            before: None,
        });
        self.held.entry(id).or_insert(Held { asked, ..made });
    }

    /// Something was asked of a promise and is acknowledged. `alone`: nobody has put back lines and
    /// head together.
    pub(crate) fn acted(
        &mut self,
        id: &str,
        act: Act,
        now: Passed,
        alone: bool,
    ) -> Result<(), String> {
        let Some(held) = self.held.get_mut(id) else {
            return Ok(());
        };
        match act {
            Act::Undo => {
                let age = now.least - held.since.least;
                if age > 60 + 2 * TOLERANCE {
                    return Err(format!("{id} was taken back after {age} s"));
                }
                self.held.remove(id);
            }
            Act::Loosen => held.asked = Some(now.most),
            Act::Confirm => {
                let waited = held.asked.map(|asked| now.most - asked);
                if alone && waited.is_none_or(|waited| waited + TOLERANCE < DAY) {
                    return Err(format!("{id} was loosened after {waited:?} s"));
                }
                self.held.remove(id);
            }
            Act::Cancel => {
                held.asked = None;
                if let Some((secs, since)) = held.before.take() {
                    (held.secs, held.since) = (secs, since);
                }
            }
            Act::Release => {
                let last = self.released.replace(now.most);
                if alone && last.is_some_and(|last| now.most - last + TOLERANCE < 7 * DAY) {
                    return Err(format!("{id} was released, and another one at {last:?}"));
                }
                held.before = Some((held.secs, held.since));
                if let Some(secs) = held.secs {
                    let left = secs.saturating_sub(now.most - held.since.most);
                    held.secs = Some(left.min(RELEASE));
                    held.since = now;
                }
            }
        }
        Ok(())
    }

    /// The promises of the list that time ends and that have not ended.
    pub(crate) fn unended(list: &Value) -> Vec<String> {
        let promises = list["promises"].as_array().into_iter().flatten();
        let timed = promises.filter(|promise| {
            let kind = promise["kind"].as_str().unwrap_or_default();
            let timed = ["no-cross", "no-switch-to-cross", "unknown", "paused"].contains(&kind);
            timed && promise["state"] != "ended"
        });
        timed.map(ToString::to_string).collect()
    }
}

//! After a restart: the audit that was in hand is taken up, or noted as left lying.
//!
//! When it began, which ticket stands and what it waits for comes from the journal. The draft
//! beside it gives back words: no question is passed by it, and no number comes sooner.

use std::time::Duration;

use super::{App, Stage};
use crate::audit::{self, Draft, Elapsed, Pause, Permission, Question, SealedPause, Sealing, Step};
use crate::journal::Moment;
use crate::record::{self, Expiry, Story};

impl App {
    /// After a restart: takes up the audit that was in hand, or notes that it was left lying.
    /// Where the journal was only opened anew, what is in hand stays so.
    pub(super) fn resume(&mut self, draft: Option<Draft>) {
        if self.read_only {
            return;
        }
        let idle = matches!(self.stage, Stage::Idle) && self.draft.is_none();
        if !idle || !self.pending.is_empty() {
            if let Some(draft) = &self.draft {
                // Its file may have gone with the others.
                self.writer.save_draft(draft);
            }
            return;
        }
        let now = self.now();
        let draft = draft.filter(|draft| self.state.story(draft.audit).is_none_or(Story::is_open));
        let in_hand = draft
            .as_ref()
            .filter(|draft| !draft.left_lying(&now))
            .map(|draft| draft.audit);
        for story in self.state.unended().cloned().collect::<Vec<_>>() {
            if Some(story.audit) != in_hand {
                self.resume_story(&story, &now);
            }
        }
        if let Some(draft) = draft {
            self.set_draft(self.known(draft, &now));
        }
        if in_hand.is_some() {
            self.resume_draft();
        }
        self.let_time_pass();
    }

    /// A draft with what the journal knows of its audit. Of one that is not in the journal yet
    /// nobody knows when it began: its clock runs from now.
    fn known(&self, draft: Draft, now: &Moment) -> Draft {
        let asked = self.asked_before();
        let Some(story) = self.state.story(draft.audit) else {
            return Draft {
                behind_a_promise: false,
                ..draft.taken_up(now.clone(), asked)
            };
        };
        let mut draft = draft.taken_up(story.began.clone(), asked);
        draft.looks.no_less_than(&story.looks);
        draft.stamps = story.stamps;
        draft
    }

    /// Goes on where the draft in hand stands, no further than its answers carry.
    fn resume_draft(&mut self) {
        let Some(mut draft) = self.draft.take() else {
            return;
        };
        let story = self.state.story(draft.audit);
        let written = story.and_then(|story| Some((story.state.clone()?, story.ticket.clone()?)));
        match written {
            Some((state, ticket)) if draft.step > Step::Ticket => {
                let pause = self.pause_of(&draft, state, ticket);
                self.stage = Stage::Pausing(Box::new(pause));
                let reached = self.reached(&draft);
                draft.together = reached == Step::Together;
                draft.step = draft.step.min(reached);
            }
            _ => draft.step = draft.step.min(Step::Ticket),
        }
        self.set_draft(draft);
    }

    /// The first step whose answer does not stand; where all do, the one at which they stand
    /// together.
    fn reached(&self, draft: &Draft) -> Step {
        Question::ALL
            .into_iter()
            .find(|question| self.check_answer(&mut draft.clone(), *question).is_err())
            .map_or(Step::Together, Step::of)
    }

    fn resume_story(&mut self, story: &Story, now: &Moment) {
        let Some(sealed) = &story.sealed else {
            self.expire(story.audit, Expiry::LeftLying, Step::Ticket);
            return;
        };
        let payload = &sealed.payload;
        let pause = Pause::new(
            payload.audit,
            payload.opened.clone(),
            payload.state.clone(),
            payload.ticket.clone(),
        );
        let sealing = Sealing::from_journal(
            sealed.event,
            pause,
            (payload.answers.clone(), payload.manner.clone()),
            payload.wait.clone(),
            Duration::from_secs(payload.seconds),
            Elapsed::taken_up(&sealed.at, now),
        );
        let Ok(opened) = sealing.acknowledged(&sealed.receipt) else {
            return;
        };
        let Some(revealed) = &story.revealed else {
            if opened.has_lapsed(now) {
                self.expire(story.audit, Expiry::PermissionLapsed, Step::Reveal);
            } else {
                self.stage = Stage::Sealed(Box::new(opened));
            }
            return;
        };
        match numbers(opened, revealed, now) {
            Some(revealed) => self.stage = Stage::Revealed(Box::new(revealed)),
            None => self.expire(story.audit, Expiry::PermissionLapsed, Step::Reveal),
        }
    }
}

/// The numbers as they were on the table: assessed in the account of then, lowered and extended
/// as the journal says. None where their permission has lapsed.
fn numbers(opened: SealedPause, story: &record::Revealed, now: &Moment) -> Option<audit::Revealed> {
    let shown = &story.payload;
    let since = Elapsed::taken_up(&story.at, now);
    let account = shown.account.clone();
    let goalposts = shown.goalposts.clone();
    let again = opened.reveal_again(account, goalposts, (shown.shown.clone(), since));
    let mut revealed = again.ok()?;
    if story.extended {
        revealed.extend();
    }
    if let Some(change) = story.lowered {
        revealed.lower(change).ok()?;
    }
    (revealed.permission(now) != Permission::Lapsed).then_some(revealed)
}

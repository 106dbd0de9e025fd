//! What the lines of an audit do to its story.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::payload::{
    AuditExtended, AuditLookedAway, AuditLowered, AuditRevealed, AuditRewritten, AuditSealed,
    AuditSentBack, AuditStarted, AuditStop,
};
use super::state::State;
use super::story::{Ending, Followed, Revealed, Sealed, Story};
use crate::audit::looks::LooksAway;
use crate::journal::{Moment, Record};
use crate::market::AuditId;

impl State {
    pub(super) fn start(&mut self, record: &Record, started: AuditStarted) {
        let AuditStarted {
            audit,
            opened,
            state,
            ticket,
            typed_symbol,
        } = started;
        if self.by_audit.contains_key(&audit) {
            return;
        }
        if let Some(held) = ticket.as_ref().and_then(|ticket| ticket.held.as_ref()) {
            self.promises.heard_of(held.position);
        }
        let at = self.stories.len();
        self.by_audit.insert(audit, at);
        self.unended.insert(at);
        self.stories.push(Story {
            audit,
            began: first_screen(&opened, record),
            started_seq: record.seq,
            started_at: record.at,
            zone: record.zone.clone(),
            state,
            ticket,
            typed_symbol,
            looks: LooksAway::default(),
            stamps: Default::default(),
            sealed: None,
            revealed: None,
            ending: None,
            followed: None,
            stop: None,
        });
    }

    /// An audit ends once: a later ending is a line of the journal, but changes nothing.
    pub(super) fn end(&mut self, audit: AuditId, ending: Ending) {
        let Some(&at) = self.by_audit.get(&audit) else {
            return;
        };
        if let Some(story) = self.stories.get_mut(at)
            && story.ending.is_none()
        {
            story.ending = Some(ending);
            self.ended.push(at);
            self.unended.remove(&at);
            if story.is_unfollowed() {
                self.unfollowed.insert(at);
            }
        }
    }

    pub(super) fn follow(&mut self, audit: AuditId, followed: Followed) {
        let Some(&at) = self.by_audit.get(&audit) else {
            return;
        };
        if let Some(story) = self.stories.get_mut(at) {
            story.followed = Some(followed);
            self.unfollowed.remove(&at);
        }
    }

    /// A ticket that is written again stands, as long as nothing is sealed.
    pub(super) fn rewrite(&mut self, rewritten: AuditRewritten) {
        let story = self.story_mut(rewritten.audit);
        if let Some(story) = story.filter(|story| story.is_open()) {
            story.state = Some(rewritten.state);
            story.ticket = Some(rewritten.ticket);
        }
    }

    pub(super) fn look_away(&mut self, away: &AuditLookedAway) {
        if let Some(story) = self.story_mut(away.audit) {
            story.looks.no_less_than(&away.looks);
        }
    }

    pub(super) fn send_back(&mut self, back: &AuditSentBack) {
        if let Some(story) = self.story_mut(back.audit) {
            story.stamps = back.stamps;
        }
    }

    pub(super) fn seal(&mut self, record: &Record, sealed: AuditSealed) {
        if let Some(story) = self.story_mut(sealed.audit) {
            story.state = Some(sealed.state.clone());
            story.ticket = Some(sealed.ticket.clone());
            story.sealed = Some(Box::new(Sealed {
                event: record.id,
                receipt: record.receipt(),
                at: by_the_journal(&sealed.sealed, record.at),
                payload: sealed,
            }));
        }
    }

    pub(super) fn reveal(&mut self, record: &Record, shown: AuditRevealed) {
        if let Some(story) = self.story_mut(shown.audit) {
            story.revealed = Some(Box::new(Revealed {
                seq: record.seq,
                at: by_the_journal(&shown.shown, record.at),
                payload: shown,
                lowered: None,
                extended: false,
            }));
        }
    }

    pub(super) fn lower(&mut self, lowered: &AuditLowered) {
        if let Some(revealed) = self.revealed_mut(lowered.audit) {
            revealed.lowered = lowered.to;
        }
    }

    pub(super) fn extend(&mut self, extended: &AuditExtended) {
        if let Some(revealed) = self.revealed_mut(extended.audit) {
            revealed.extended = true;
        }
    }

    pub(super) fn stop(&mut self, said: &AuditStop) {
        if let Some(story) = self.story_mut(said.audit) {
            story.stop = Some(said.stop);
        }
    }

    fn story_mut(&mut self, audit: AuditId) -> Option<&mut Story> {
        let at = *self.by_audit.get(&audit)?;
        self.stories.get_mut(at)
    }

    fn revealed_mut(&mut self, audit: AuditId) -> Option<&mut Revealed> {
        let story = self
            .story_mut(audit)
            .filter(|story| story.ending.is_none())?;
        story.revealed.as_deref_mut()
    }
}

/// A moment whose wall clock stands no earlier than the journal's own time: however it was set,
/// no more has gone by since than the journal can vouch for.
fn by_the_journal(moment: &Moment, at: DateTime<Utc>) -> Moment {
    Moment {
        wall: moment.wall.max(at),
        ..moment.clone()
    }
}

/// The same for a first screen, which was opened some time before its line was written.
fn first_screen(opened: &Moment, record: &Record) -> Moment {
    let before = if opened.boot == record.boot {
        record.up.saturating_sub(opened.up)
    } else {
        Duration::ZERO
    };
    let before = TimeDelta::from_std(before).unwrap_or_default();
    let at = record.at.checked_sub_signed(before);
    by_the_journal(opened, at.unwrap_or(record.at))
}

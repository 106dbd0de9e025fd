//! After a restart: the audit that was in hand is taken up, or noted as left lying.

use super::{Desk, Stage};
use crate::audit::{Draft, Pause, Permission, Sealing, Step};
use crate::journal::Moment;
use crate::record::{Expiry, Story};

impl Desk {
    /// After a restart: takes up the audit that was in hand, or notes that it was left lying.
    /// Where the journal was only opened anew, what is in hand stays so.
    pub(super) fn take_up(&mut self, draft: Option<Draft>) {
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
        let draft = draft.map(|mut draft| {
            draft.come_back(&now);
            draft
        });
        let draft = draft.filter(|draft| {
            self.book
                .story(draft.audit)
                .is_none_or(|story| story.sealed.is_none() && story.ending.is_none())
        });
        let in_hand = draft
            .as_ref()
            .filter(|draft| !draft.left_lying(&now))
            .map(|draft| draft.audit);
        for story in self.book.unended().cloned().collect::<Vec<_>>() {
            if Some(story.audit) != in_hand {
                self.take_up_story(&story, &now);
            }
        }
        self.draft = draft;
        if let Some(draft) = self.draft.clone().filter(|_| in_hand.is_some()) {
            let begun = self.book.story(draft.audit).is_some();
            match (begun, self.read_ticket(&draft), draft.state()) {
                (true, Ok(ticket), Some(state)) if draft.step > Step::Ticket => {
                    let pause = Pause::new(draft.audit, draft.started.clone(), state, ticket);
                    self.stage = Stage::Pausing(Box::new(pause));
                }
                _ => {
                    let step = draft.step.min(Step::Ticket);
                    self.draft = Some(Draft { step, ..draft });
                }
            }
        }
        self.let_time_pass();
    }

    fn take_up_story(&mut self, story: &Story, now: &Moment) {
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
            payload.answers.clone(),
            payload.manner.clone(),
        );
        let Ok(opened) = sealing.acknowledged(&sealed.receipt) else {
            return;
        };
        match &story.revealed {
            None if !opened.has_lapsed(now) => self.stage = Stage::Sealed(Box::new(opened)),
            None => self.expire(story.audit, Expiry::PermissionLapsed, Step::Reveal),
            Some(shown) => {
                let revealed = opened.reveal(shown.payload.account.clone(), &shown.payload.shown);
                match revealed {
                    Ok(revealed) if revealed.permission(now) != Permission::Lapsed => {
                        self.stage = Stage::Revealed(Box::new(revealed));
                    }
                    _ => self.expire(story.audit, Expiry::PermissionLapsed, Step::Reveal),
                }
            }
        }
    }
}

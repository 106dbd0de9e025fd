//! The seal: the answers on their way into the journal, and what is fixed with them.

use std::time::Duration;

use super::protocol::NO_AUDIT;
use super::saving::OnSaved;
use super::{App, Refusal, Stage};
use crate::audit::answer_stamp::Verdict;
use crate::audit::wait::Circumstances;
use crate::audit::{Draft, Manner, Question};
use crate::journal::{Moment, Receipt};
use crate::record::{AuditSealed, Event, seen};

impl App {
    /// What the wait is decided by beside the ticket and the state: when is waited and how long are
    /// rules that hold from the beginning, and are loosened like any.
    fn circumstances(&self, now: &Moment) -> Circumstances {
        let (promises, now) = (self.state.promises(), seen(now));
        Circumstances {
            since_a_loss: promises.since_a_loss(&now).map(Duration::from_secs),
            since_lines_were_lost: promises
                .since_lines_were_lost(&now)
                .map(Duration::from_secs),
            rules: promises.wait_rules(&now),
        }
    }

    pub(super) fn seal_answers(&mut self, draft: Draft) -> Result<(), Refusal> {
        let draft = self.before_the_seal(draft)?;
        let Stage::Pausing(pause) = &self.stage else {
            return Err(NO_AUDIT);
        };
        let ticket = pause.ticket().clone();
        if self.meet_before_the_seal(&draft, &ticket)? {
            return Ok(());
        }
        let Stage::Pausing(pause) = &self.stage else {
            return Err(NO_AUDIT);
        };
        let answers = self
            .read_answers(&draft, pause.ticket())
            .map_err(Refusal::Fields)?;
        let mut thin = false;
        // Who takes off risk is held up by no answer.
        let judged = [Question::Wrong, Question::Nothing];
        for question in judged.into_iter().filter(|_| !ticket.intent.takes_off()) {
            let verdict = draft
                .clone()
                .judge(question, &self.earlier_answers(question));
            thin |= verdict.map_err(|p| Refusal::Fields(vec![p]))? == Verdict::PassesThin;
        }
        let now = self.now();
        let mut looks = draft.looks.clone();
        if let Some(story) = self.state.story(pause.audit()) {
            looks.no_less_than(&story.looks);
        }
        let manner = Manner {
            looks,
            pasted: draft.pasted_percent(),
            thin,
            wording: draft.ordinal,
        };
        let pause = pause.as_ref().clone();
        let sealing = pause.seal(answers, manner, &self.circumstances(&now), &now);
        let pause = sealing.pause();
        let payload = AuditSealed {
            audit: pause.audit(),
            opened: pause.started().clone(),
            state: pause.state().clone(),
            ticket: pause.ticket().clone(),
            answers: sealing.answers().clone(),
            manner: sealing.manner().clone(),
            seconds: pause.elapsed(&now).as_secs(),
            sealed: now,
            wait: sealing.wait().clone(),
        };
        let event = Event::AuditSealed(Box::new(payload));
        let entry = event
            .entry_with_id(sealing.event())
            .map_err(|e| Refusal::Unwritable(e.to_string()))?;
        self.append_entry(entry, OnSaved::Sealed)?;
        self.writer.save_draft(&draft);
        self.set_draft(draft);
        self.stage = Stage::Sealing(Box::new(sealing));
        Ok(())
    }

    pub(super) fn answers_sealed(&mut self, receipt: &Receipt) {
        match std::mem::take(&mut self.stage) {
            Stage::Sealing(sealing) => match sealing.acknowledged(receipt) {
                Ok(sealed) => {
                    self.stage = Stage::Sealed(Box::new(sealed));
                    self.forget_draft();
                }
                Err(not_this) => self.stage = Stage::Sealing(Box::new(not_this.sealing)),
            },
            other => self.stage = other,
        }
    }
}

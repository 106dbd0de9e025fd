//! What time does by itself: the numbers appear, permissions lapse, drafts are left lying.

use std::time::Duration;

use super::saving::{OnSaved, Saving};
use super::{App, Stage};
use crate::audit::{NotYet, Permission, SealedPause, Step};
use crate::engine::ENGINE_VERSION;
use crate::journal::Moment;
use crate::market::AuditId;
use crate::record::{AuditExpired, AuditRevealed, Event, Expiry};

impl App {
    /// Lets time do its part: the numbers appear, permissions lapse, drafts are left lying.
    pub(super) fn let_time_pass(&mut self) {
        if self.is_ending() {
            return;
        }
        let now = self.now();
        self.meet_before_the_numbers(&now);
        match std::mem::take(&mut self.stage) {
            Stage::Sealed(sealed) if sealed.wait_left(&now) == Duration::ZERO => {
                self.reveal(*sealed, &now);
            }
            other => self.stage = other,
        }
        if matches!(self.saving, Saving::NotSaved(_)) {
            return;
        }
        self.credit_time(&now);
        if let Stage::Revealed(revealed) = &self.stage
            && revealed.permission(&now) == Permission::Lapsed
        {
            let audit = revealed.sealed().pause().audit();
            self.expire(audit, Expiry::PermissionLapsed, Step::Reveal);
        }
        let open = matches!(self.stage, Stage::Idle | Stage::Pausing(_));
        let lies = self.draft.as_ref().filter(|d| open && d.left_lying(&now));
        if let Some(draft) = lies.cloned() {
            let ticket = self.read_ticket(&draft).ok();
            if self.write_started(&draft, ticket.as_ref()).is_ok() {
                // Refused only where nothing can be written.
                let _ = self.keep_price_now(&draft);
                self.expire(draft.audit, Expiry::LeftLying, draft.step);
            }
        }
    }

    pub(super) fn expire(&mut self, audit: AuditId, expiry: Expiry, step: Step) {
        let event = Event::AuditExpired(AuditExpired {
            audit,
            expiry,
            step,
        });
        // Refused only where nothing can be written; the next opening notices it again.
        let _ = self.append(&event, OnSaved::Ended(audit));
    }

    /// A promise that was armed while the answers were sealed is met before the numbers.
    fn meet_before_the_numbers(&mut self, now: &Moment) {
        if let Stage::Sealed(sealed) = &self.stage
            && sealed.wait_left(now) == Duration::ZERO
        {
            let (audit, ticket) = (sealed.pause().audit(), sealed.pause().ticket().clone());
            // Refused only where nothing can be written; then it is met at the decision.
            let _ = self.meet(audit, &ticket);
        }
    }

    fn reveal(&mut self, sealed: SealedPause, now: &Moment) {
        let ticket = sealed.pause().ticket();
        let mark = ticket.mark.unwrap_or(ticket.entry);
        let Some(account) = self
            .state
            .account(ticket.account)
            .map(|a| a.for_engine(Some((&ticket.symbol, mark))))
        else {
            let why = "The account of this ticket is not known any more.".to_owned();
            self.stage = Stage::Stuck {
                sealed: Box::new(sealed),
                why,
            };
            return;
        };
        let goalposts = self.state.goalposts(ticket, sealed.answers());
        match sealed.reveal(account, goalposts, now) {
            Ok(revealed) => {
                let shown = AuditRevealed {
                    audit: revealed.sealed().pause().audit(),
                    shown: revealed.at().clone(),
                    engine: ENGINE_VERSION.to_owned(),
                    account: revealed.account().clone(),
                    assessment: revealed.assessment().clone(),
                    goalposts: revealed.goalposts().cloned(),
                };
                self.stage = Stage::Revealed(Box::new(revealed));
                // A failure is shown as NOT SAVED like any other; the numbers stay.
                let _ = self.append(&Event::AuditRevealed(Box::new(shown)), OnSaved::Nothing);
            }
            Err(refused) => {
                let (sealed, not_yet) = *refused;
                self.stage = match not_yet {
                    NotYet::Waiting { .. } => Stage::Sealed(Box::new(sealed)),
                    NotYet::Engine(error) => Stage::Stuck {
                        sealed: Box::new(sealed),
                        why: error.message,
                    },
                };
            }
        }
    }

    /// When the app next has something to do by itself, from now.
    pub fn next_wake(&self) -> Option<Duration> {
        let now = self.now();
        let wake = |left: Duration| left.saturating_add(Duration::from_millis(20));
        let edits = self.edits_wait(&now);
        // Time has nothing else to do while an ending is on its way, or waits to be tried again.
        if self.is_ending() {
            return edits.map(wake);
        }
        let not_saved = matches!(self.saving, Saving::NotSaved(_));
        let stage = match &self.stage {
            Stage::Sealed(sealed) => Some(sealed.wait_left(&now)),
            Stage::Revealed(revealed) => match revealed.proceed_wakes_in(&now) {
                Duration::ZERO => match revealed.permission(&now) {
                    Permission::Holds { left, .. } => Some(left),
                    Permission::Lapsed => None,
                },
                left => Some(left),
            },
            Stage::Idle | Stage::Pausing(_) if not_saved => None,
            Stage::Idle | Stage::Pausing(_) => self.draft.as_ref().map(|d| d.kept_for(&now)),
            Stage::Sealing(_) | Stage::Stuck { .. } | Stage::Blocked(_) | Stage::Ended(_) => None,
        };
        let next = [stage, self.promise_wake(&now), edits];
        next.into_iter().flatten().min().map(wake)
    }
}

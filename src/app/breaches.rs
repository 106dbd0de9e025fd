//! What is recorded is a fact, and is never refused. Where a promise stands against it that is
//! written down as well, whichever way the fact comes in.

use super::funds::losing_in_the_pool;
use super::saving::OnSaved;
use super::{App, Refusal, at_stake};
use crate::audit::Ticket;
use crate::engine::{Backing, Mode, Money};
use crate::market::{AuditId, LockId};
use crate::promises::{Action, Breached, EndsAt, PromiseEvent, ProposedAction, Violation};
use crate::record::{AccountSet, Event, FundsPaidIn, PositionChanged, PositionOpened, Story, seen};

impl App {
    /// A wallet balance that was raised while a cross position loses may have been a top-up.
    pub(super) fn note_account(&mut self, set: &AccountSet) -> Result<(), Refusal> {
        let Some(before) = self.state.account(set.account) else {
            return Ok(());
        };
        if set.wallet_balance <= before.set.wallet_balance {
            return Ok(());
        }
        let cross = before.positions.iter();
        let cross = cross.filter(|open| open.position.backing == Backing::Cross);
        let acts = cross.filter_map(|open| self.state.action_of_top_up(open.id()));
        let against = acts.filter(|act| act.losing);
        let against = against.flat_map(|act| self.now_against(&act));
        // What always holds would need to know that it was no profit that was settled.
        let locks = against.filter(|against| against.end != EndsAt::Always);
        let locks = locks.map(|against| against.lock).collect();
        self.note(
            locks,
            "the wallet balance was raised while a position was losing",
        )
    }

    /// A top-up that is said to be one: what always holds stands against it too.
    pub(super) fn note_top_up(&mut self, paid: &FundsPaidIn) -> Result<(), Refusal> {
        let acts: Vec<ProposedAction> = losing_in_the_pool(&self.state, paid.account)
            .filter_map(|open| self.state.action_of_top_up(open.id()))
            .collect();
        let against = acts
            .iter()
            .flat_map(|act| self.beyond_what_was_decided(act, paid.audit));
        let locks = against.map(|against| against.lock).collect();
        self.note(locks, "the pool was topped up while a position was losing")
    }

    /// A position joins an account: by hand, by import, or as what became of a decision.
    pub(super) fn note_open(&mut self, opened: &PositionOpened) -> Result<(), Refusal> {
        let Some(act) = self.state.action_of_open(opened) else {
            return Ok(());
        };
        let act = ProposedAction {
            at_stake: at_stake::with_open(&self.state, opened),
            ..act
        };
        // A decision stands behind one position: a further one is asked about by itself.
        let story = opened.audit.and_then(|audit| self.state.story(audit));
        let decided = story.filter(|story| story.is_unfollowed());
        let decided = decided.map(|story| story.audit);
        let mut against = self.beyond_what_was_decided(&act, decided);
        if self.may_have_stood_before(opened) {
            // Rules that hold from the beginning ask for an audit; there was none to ask.
            against.retain(|against| against.armed_on.is_some());
        }
        let locks = against.into_iter().map(|against| against.lock).collect();
        let mode = match opened.position.backing.mode() {
            Mode::Isolated => "isolated",
            Mode::Cross => "in cross",
        };
        self.note(locks, &format!("{} opened {mode}", opened.position.symbol))
    }

    /// Size, margin or mode of a position are others now.
    pub(super) fn note_change(&mut self, change: &PositionChanged) -> Result<(), Refusal> {
        let Some((_, open)) = self.state.position(change.position) else {
            return Ok(());
        };
        let symbol = open.position.symbol.clone();
        let decided = change.audit.and_then(|audit| self.decided(audit));
        let added = decided.map_or(Money::ZERO, |(_, ticket)| ticket.margin);
        let acts = self.state.actions_of_change(change, added);
        for act in acts {
            let act = ProposedAction {
                at_stake: at_stake::with_change(&self.state, change),
                ..act
            };
            let against = self.beyond_what_was_decided(&act, change.audit);
            let locks = against.into_iter().map(|against| against.lock).collect();
            self.note(locks, &format!("{symbol} {}", done(act.deed)))?;
        }
        Ok(())
    }

    fn now_against(&self, act: &ProposedAction) -> Vec<Violation> {
        self.state.promises().violations(act, &seen(&self.now()))
    }

    /// The decision to trade of an audit, and its ticket.
    fn decided(&self, audit: AuditId) -> Option<(&Story, &Ticket)> {
        let story = self.state.story(audit)?;
        let decision = story.decision().filter(|d| d.choice.trades())?;
        Some((story, decision.ticket.as_ref()?))
    }

    /// The promises that stand against what was done. What was decided was asked then: a promise
    /// that stands now against the decision as it does against the fact does not count, unless it
    /// was armed since.
    fn beyond_what_was_decided(
        &self,
        act: &ProposedAction,
        audit: Option<AuditId>,
    ) -> Vec<Violation> {
        let mut against = self.now_against(act);
        let Some((story, ticket)) = audit.and_then(|audit| self.decided(audit)) else {
            return against;
        };
        let decided = self.violations(ticket);
        let decided_on = story.ending.as_ref().map(crate::record::Ending::at);
        against.retain(|against| {
            let asked = decided.iter().any(|other| other.lock == against.lock);
            let armed_since = against.armed_on > decided_on;
            !asked || armed_since
        });
        against
    }

    /// Whether a position joins by hand on the first day of its account, when what stood before
    /// the account was known is written down.
    fn may_have_stood_before(&self, opened: &PositionOpened) -> bool {
        let account = self.state.account(opened.account);
        let now = self.state.promises().time_in(0, &seen(&self.now()));
        let known = account
            .zip(now)
            .map(|(account, now)| now.signed_duration_since(account.known_at));
        opened.audit.is_none() && known.is_some_and(|known| known.num_hours() < 24)
    }

    fn note(&mut self, mut locks: Vec<LockId>, what: &str) -> Result<(), Refusal> {
        locks.sort_unstable();
        locks.dedup();
        if locks.is_empty() {
            return Ok(());
        }
        let turn = PromiseEvent::Breached(Breached {
            locks,
            what: what.to_owned(),
        });
        self.append(&Event::Promise(turn), OnSaved::Nothing)
    }
}

/// What was done to a position, behind its market.
fn done(deed: Action) -> &'static str {
    match deed {
        Action::Open => "opened",
        Action::Increase => "increased",
        Action::AddMargin => "margin added",
        Action::TopUp => "pool topped up",
        Action::SwitchToCross => "switched from isolated to cross",
        Action::RaiseLeverage => "leverage raised",
        Action::Lowers => "lowered",
    }
}

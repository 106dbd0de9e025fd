//! The state, folded from the journal's lines in their order.

use super::event::{DecodedEvent, Event};
use super::payload::{
    FundsPaidIn, PositionChanged, PositionClosed, PositionOpened, PositionsJoined,
};
use super::state::{Notice, State};
use super::story::{Ending, Followed, Story};
use super::{Account, OpenPosition};
use crate::audit::EntrySealedOn;
use crate::engine::Intent;
use crate::journal::Record;
use crate::market::{AccountId, PositionId};
use crate::promises::{Action, Lock, PromiseEvent};

impl State {
    /// Folds one line in. Lines come in the journal's order.
    pub fn apply(&mut self, record: &Record) {
        self.entries = self.entries.saturating_add(1);
        self.see(record);
        match Event::read(record) {
            DecodedEvent::Known(event) => self.fold(record, *event),
            DecodedEvent::Journal => {
                self.restore_locks(record);
                self.notices.push(Notice {
                    seq: record.seq,
                    kind: record.kind.clone(),
                    at: record.at,
                });
            }
            DecodedEvent::Newer => {
                self.newer = self.newer.saturating_add(1);
                self.strict_about(record);
            }
            DecodedEvent::Unreadable(_) => {
                self.unreadable = self.unreadable.saturating_add(1);
                self.strict_about(record);
            }
        }
    }

    fn fold(&mut self, record: &Record, event: Event) {
        match event {
            Event::AccountSet(set) => {
                let id = set.account;
                self.promises.account_known(id);
                match self.account_mut(set.account) {
                    Some(account) => account.set_again(set, record.at),
                    None => self.accounts.push(Account {
                        set,
                        known_at: record.at,
                        wallet_at: record.at,
                        positions: Vec::new(),
                    }),
                }
                self.count_equity(id);
            }
            Event::PositionOpened(position) => self.open(record, position),
            Event::PositionChanged(change) => self.change(record, &change),
            Event::PositionClosed(closed) => self.close(record, &closed),
            Event::PositionsJoined(joined) => self.join(record, &joined),
            Event::AuditStarted(started) => self.start(record, *started),
            Event::AuditRewritten(rewritten) => self.rewrite(*rewritten),
            Event::AuditLookedAway(away) => self.look_away(&away),
            Event::AuditSentBack(back) => self.send_back(&back),
            Event::AuditSealed(sealed) => self.seal(record, *sealed),
            Event::AuditRevealed(shown) => self.reveal(record, *shown),
            Event::AuditLowered(lowered) => self.lower(&lowered),
            Event::AuditExtended(extended) => self.extend(&extended),
            Event::AuditDecided(decision) => {
                self.count_decision(&decision);
                let audit = decision.audit;
                let ending = Ending::Decided {
                    seq: record.seq,
                    at: record.at,
                    decision,
                };
                self.end(audit, ending);
            }
            Event::AuditExpired(expired) => self.end(
                expired.audit,
                Ending::Expired {
                    seq: record.seq,
                    at: record.at,
                    expiry: expired.expiry,
                    step: expired.step,
                },
            ),
            Event::AuditFollowed(followed) => {
                self.promises.not_opened(followed.audit);
                self.follow(followed.audit, Followed::Nothing(followed.outcome));
            }
            Event::AuditAfterwards(written) => self.write_afterwards(record, *written),
            Event::AuditStop(said) => self.stop(&said),
            Event::FundsPaidIn(paid) => self.pay_in(record, &paid),
            Event::Promise(turn) => {
                if let PromiseEvent::Tried(tried) = &turn {
                    let audit = tried.audit;
                    let wanted = self.wanted_in(audit).unwrap_or(Action::Lowers);
                    let stood = tried.locks.iter().filter_map(|id| self.promises.lock(*id));
                    let (rules, promised): (Vec<&Lock>, Vec<&Lock>) =
                        stood.partition(|lock| lock.is_from_the_beginning());
                    let sentences =
                        |locks: Vec<&Lock>| locks.into_iter().map(Lock::sentence).collect();
                    let ending = Ending::Kept {
                        seq: record.seq,
                        at: record.at,
                        wanted,
                        promised: sentences(promised),
                        rules: sentences(rules),
                    };
                    self.end(audit, ending);
                }
                self.promises.apply(&turn);
            }
        }
    }

    fn open(&mut self, record: &Record, opened: PositionOpened) {
        self.promises.heard_of(opened.id);
        self.count_open(&opened);
        if let Some(audit) = opened.audit {
            self.follow(audit, Followed::Opened);
        }
        let id = opened.account;
        if let Some(account) = self.account_mut(id) {
            account.take_in(opened, record.at);
        }
        self.count_equity(id);
    }

    fn change(&mut self, record: &Record, change: &PositionChanged) {
        if let Some(audit) = change.audit {
            self.follow(audit, Followed::Opened);
        }
        self.promises.heard_of(change.position);
        self.notice_reduce(record, change);
        self.count_reduce(change);
        let increased = change.audit.filter(|audit| {
            let ticket = self.story(*audit).and_then(Story::last_ticket);
            ticket.is_some_and(|ticket| ticket.intent == Intent::Increase)
        });
        let Some(open) = self.position_mut(change.position) else {
            return;
        };
        let account = open.account;
        if let Some(audit) = increased {
            open.entered = Some((EntrySealedOn::Increased, audit));
        }
        open.changed(change);
        if change.mark.is_some() {
            open.mark_at = record.at;
        }
        self.count_equity(account);
    }

    /// Nothing is closed and nothing is added by it: both stood there before. What holds while one
    /// of them is open holds on while the other is.
    fn join(&mut self, record: &Record, joined: &PositionsJoined) {
        let stays = joined.position;
        let Some((account, gone)) = self.position(joined.joined) else {
            return;
        };
        let (id, gone) = (account.set.account, gone.clone());
        let one = account.held_already(&gone.position, gone.id());
        if one.is_none_or(|open| open.id() != stays) {
            return;
        }
        self.promises.heard_of(stays);
        self.promises.joined(joined.joined, stays);
        if let Some(account) = self.account_mut(id) {
            account.positions.retain(|open| open.id() != joined.joined);
        }
        if let Some(open) = self.position_mut(stays) {
            open.joined(joined, &gone, record.at);
        }
        self.count_equity(id);
    }

    fn pay_in(&mut self, record: &Record, paid: &FundsPaidIn) {
        if let Some(audit) = paid.audit {
            self.follow(audit, Followed::Opened);
        }
        if let Some(account) = self.account_mut(paid.account) {
            account.set.wallet_balance = paid.wallet_balance;
            // Counted on from the last balance, it is as old as that one was.
            if paid.audit.is_none() {
                account.wallet_at = record.at;
            }
        }
        self.count_equity(paid.account);
    }

    fn close(&mut self, record: &Record, closed: &PositionClosed) {
        if let Some(audit) = closed.audit {
            self.follow(audit, Followed::Opened);
        }
        self.notice_close(record, closed);
        self.count_close(record, closed);
        let mut of = None;
        for account in &mut self.accounts {
            let before = account.positions.len();
            account
                .positions
                .retain(|open| open.id() != closed.position);
            if account.positions.len() < before {
                account.set.wallet_balance = closed.wallet_balance;
                account.wallet_at = record.at;
                of = Some(account.set.account);
            }
        }
        if let Some(account) = of {
            self.count_equity(account);
        }
    }

    fn account_mut(&mut self, id: AccountId) -> Option<&mut Account> {
        self.accounts
            .iter_mut()
            .find(|account| account.set.account == id)
    }

    fn position_mut(&mut self, id: PositionId) -> Option<&mut OpenPosition> {
        self.accounts
            .iter_mut()
            .flat_map(|a| &mut a.positions)
            .find(|open| open.id() == id)
    }
}

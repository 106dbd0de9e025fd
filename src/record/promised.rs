//! What lines mean for promises: the clocks of a line, a decision, a close, what was lost and is
//! held.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::payload::{PositionChanged, PositionClosed, PositionOpened};
use super::{Account, OpenPosition, State, Story, actions};
use crate::audit::Decision;
use crate::engine::{Intent, Mode, Money};
use crate::journal::{Finding, HeadLock, Moment, Record};
use crate::market::{AccountId, AuditId, LockId};
use crate::promises::{Action, ClockReading, Close, Loss, PromiseSet};

/// The line that says that the head was gone, and with it what it held.
const HEAD_LOST: &str = "seal.missing";

/// What the clock's own lines say of the wall clock.
#[derive(Deserialize)]
struct ClockMoved {
    wall: DateTime<Utc>,
}

/// Locks that the head held when lines were lost or put back.
#[derive(Deserialize)]
struct Held {
    #[serde(default)]
    locks: Vec<HeldLock>,
    #[serde(default)]
    unlisted: u32,
    /// Why the journal went on in the next file.
    #[serde(default)]
    why: String,
    /// What the head last knew of time, where lines stood behind it that nobody knows of.
    since: Option<Since>,
    /// How many lines of those that stay cannot be read.
    #[serde(default)]
    bad_lines: u64,
    /// What was there before a backup was restored.
    was: Option<IgnoredAny>,
    /// What of it the backup lacks.
    missing: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Since {
    boot: String,
    up: u64,
    at: DateTime<Utc>,
}

impl Held {
    /// Whether the lines before this one may be others than the app wrote.
    fn leaves_doubt(&self, kind: &str) -> bool {
        match kind {
            "journal.continued" => self.why == "unsealed",
            "journal.loss_accepted" | "journal.restored" | HEAD_LOST => true,
            _ => false,
        }
    }

    /// Whether lines before this one may be missing, as far as is known.
    fn loses_lines(&self, kind: &str) -> bool {
        match kind {
            // Without a head nobody knows how far the lines reached.
            "journal.loss_accepted" | HEAD_LOST => true,
            "journal.restored" => {
                self.was.is_none() || self.missing.is_some() || self.bad_lines > 0
            }
            "journal.continued" => self.bad_lines > 0,
            _ => false,
        }
    }
}

#[derive(Deserialize)]
struct HeldLock {
    id: LockId,
    text: String,
}

/// What the clocks say at a moment, for promises.
pub fn seen(now: &Moment) -> ClockReading {
    ClockReading {
        boot: now.boot.clone(),
        up: now.up.as_secs(),
        wall: now.wall.timestamp(),
        zone: now.zone.clone(),
    }
}

/// What the head keeps of the promises in force.
pub fn head_locks(promises: &PromiseSet, now: &ClockReading) -> Vec<HeadLock> {
    let carried = promises.locks_for_head(now).into_iter();
    carried
        .map(|lock| HeadLock {
            id: lock.id.get(),
            ends_at: lock.ends_in.and_then(|left| promises.time_in(left, now)),
            text: lock.text,
        })
        .collect()
}

/// Where lines may be others than the app wrote, their clocks are believed only as far as what else
/// is known: as the line says that is written of it, which one who only reads cannot write.
fn believe(promises: &mut PromiseSet, findings: &[Finding], now: &Moment) {
    let foreign = |finding: &Finding| {
        matches!(
            finding,
            Finding::BeyondHead { .. } | Finding::HeadMissing { .. } | Finding::Loss(_)
        )
    };
    if findings.iter().any(foreign) {
        promises.limit_credit(&seen(now), None);
    }
}

impl State {
    /// Credits the time up to a line.
    pub(super) fn see(&mut self, record: &Record) {
        let lines_are_missing = self.promises.numbered(record.seq);
        let up = record.up.as_secs();
        let moved = record.kind.starts_with("clock.");
        let moved = moved
            .then(|| serde_json::from_str::<ClockMoved>(record.data.get()).ok())
            .flatten();
        let wall = match (moved, self.promises.last_seen()) {
            (Some(moved), _) => moved.wall.timestamp(),
            // The journal's time follows the boot clock once the wall clock was set: across the
            // next boot only what the wall clock itself said can be compared.
            (None, Some(last)) if last.boot == record.boot => {
                let passed = i64::try_from(up.saturating_sub(last.up)).unwrap_or(i64::MAX);
                last.wall.saturating_add(passed)
            }
            // The journal's time does not go back with a wall clock that was set back: where it
            // stands still, how far that one moved is not known, and nothing is credited by it.
            (None, Some(last)) if self.promises.last_line() >= Some(record.at) => last.wall,
            (None, _) => record.at.timestamp(),
        };
        let (boot, zone) = (record.boot.clone(), record.zone.clone());
        let seen = ClockReading {
            boot,
            up,
            wall,
            zone,
        };
        self.promises.see(seen, record.at);
        if lines_are_missing {
            self.promises.lose_count(true);
        }
    }

    /// Takes up the locks that a line of the journal's own hands on. Where the lines before it may
    /// not be the app's own, their clocks are believed only as far as what else is known.
    pub(super) fn restore_locks(&mut self, record: &Record) {
        if let Ok(held) = serde_json::from_str::<Held>(record.data.get()) {
            if held.leaves_doubt(&record.kind)
                && let Some(line) = self.promises.last_seen().cloned()
            {
                // Lines before it may be from a time that has not come.
                let wall = line.wall.min(record.at.timestamp());
                let since = held.since.as_ref().map(|since| ClockReading {
                    boot: since.boot.clone(),
                    up: since.up,
                    wall: since.at.timestamp(),
                    zone: line.zone.clone(),
                });
                let line = ClockReading { wall, ..line };
                self.promises
                    .limit_credit_by_line(line, record.at, since.as_ref());
            }
            let loses_lines = held.loses_lines(&record.kind);
            let locks: Vec<(LockId, String)> = held
                .locks
                .into_iter()
                .map(|lock| (lock.id, lock.text))
                .collect();
            self.promises.restore(&locks, held.unlisted);
            if loses_lines {
                self.promises.lose_count(record.kind != HEAD_LOST);
            }
        }
    }

    /// Takes up the locks of the head where the `findings` say that lines are missing or cannot be
    /// read: they hold whatever the lines say, and before a loss is accepted.
    pub fn show_locks(
        &mut self,
        findings: &[Finding],
        locks: &[HeadLock],
        unlisted: u32,
        now: &Moment,
    ) {
        if !findings.iter().any(Finding::leaves_doubt) {
            return;
        }
        let locks: Vec<_> = locks
            .iter()
            .map(|lock| (LockId::of(lock.id), lock.text.clone()))
            .collect();
        // What is left of them counts from now, not from the last line that is there.
        self.promises.look(seen(now), now.wall);
        believe(&mut self.promises, findings, now);
        self.promises.restore(&locks, unlisted);
    }

    /// What the head must keep by the lines alone, where these are the `findings`.
    pub fn locks_of_lines(&self, findings: &[Finding], now: &Moment) -> Vec<HeadLock> {
        let mut promises = self.promises.clone();
        promises.look(seen(now), now.wall);
        believe(&mut promises, findings, now);
        head_locks(&promises, &seen(now))
    }

    /// A line that cannot be read may have been a promise.
    pub(super) fn strict_about(&mut self, record: &Record) {
        let known = crate::promises::PromiseEvent::read(&record.kind, "").is_some();
        let may_bind = record.kind == "promise.armed" || !known;
        if record.kind.starts_with("promise.") && may_bind {
            self.promises.unreadable(record.id);
        }
    }

    /// A decision to trade counts as an open, and uses up the plan that allowed it.
    pub(super) fn count_decision(&mut self, decision: &Decision) {
        let ended = self
            .story(decision.audit)
            .is_none_or(|story| story.ending.is_some());
        let Some(ticket) = decision.ticket.as_ref().filter(|_| !ended) else {
            return;
        };
        if !decision.choice.trades() {
            return;
        }
        let Some(act) = self.proposed_action(ticket) else {
            return;
        };
        let audit = decision.audit;
        let by = decision.triggers.iter().find(|trigger| trigger.happened);
        self.promises
            .use_plan(&act, audit, by.map(|trigger| trigger.plan));
        if act.deed == Action::Open {
            self.promises
                .opens(Some(audit), act.account, act.place, act.symbol);
        }
    }

    /// A position that joined without a decision to trade counts as an open by itself, and so does
    /// each further one of an audit: its decision counted once.
    pub(super) fn count_open(&mut self, opened: &PositionOpened) {
        let story = opened.audit.and_then(|audit| self.story(audit));
        let decided = story
            .filter(|story| story.is_unfollowed())
            .and_then(Story::last_ticket);
        if decided.is_some_and(|ticket| ticket.intent == Intent::Open) {
            return;
        }
        if let Some(account) = self.account(opened.account) {
            let (id, place) = (account.set.account, account.place());
            let symbol = opened.position.symbol.as_str().to_owned();
            self.promises.opens(None, id, place, symbol);
        }
    }

    /// A close ends what holds while the position is open, and may begin a pause.
    pub(super) fn count_close(&mut self, record: &Record, closed: &PositionClosed) {
        let Some((account, open)) = self.position(closed.position) else {
            return;
        };
        let profit = open.position.profit_at(closed.price);
        let lost = loss(account, open, open.lost_at(closed.price, closed.liquidated));
        let close = Close {
            event: record.id,
            position: closed.position,
            account: account.set.account,
            place: account.place(),
            symbol: open.position.symbol.as_str().to_owned(),
            isolated: open.position.backing.mode() == Mode::Isolated,
            lost: closed.liquidated || profit.is_some_and(|profit| profit < Money::ZERO),
            liquidated: closed.liquidated,
        };
        self.promises.closed(close);
        if let Some(lost) = lost {
            self.promises.lost(lost);
        }
    }

    /// What a reduce has realised, where it lost: at the price that was decided on, else at the
    /// mark.
    pub(super) fn count_reduce(&mut self, change: &PositionChanged) {
        let Some((account, open)) = self.position(change.position) else {
            return;
        };
        let decided = change
            .audit
            .and_then(|audit| self.story(audit)?.last_ticket());
        let decided = decided.filter(|ticket| ticket.intent == Intent::Reduce);
        let mark = change.mark.unwrap_or(open.position.mark);
        let price = decided.map_or(mark, |ticket| ticket.entry);
        let before = open.position.quantity.get();
        let share = change
            .quantity
            .and_then(|after| before.checked_sub(after.get())?.checked_div(before))
            .filter(|share| *share > Decimal::ZERO);
        let lost = share.and_then(|share| {
            let all = open.lost_at(price, false)?;
            all.get().checked_mul(share).map(Money::new)
        });
        if let Some(lost) = loss(account, open, lost) {
            self.promises.lost(lost);
        }
    }

    /// What an account holds now is what a percentage of it is counted from later.
    pub(super) fn count_equity(&mut self, account: AccountId) {
        let Some(account) = self.account(account) else {
            return;
        };
        if let Ok(equity) = account.equity() {
            let (id, place) = (account.set.account, account.place());
            self.promises.account_holds(id, place, equity);
        }
    }

    /// What was wanted in an audit that a promise met.
    pub(super) fn wanted_in(&self, audit: AuditId) -> Option<Action> {
        let ticket = self.story(audit)?.ticket.as_ref()?;
        Some(actions::action(ticket))
    }
}

fn loss(account: &Account, open: &OpenPosition, amount: Option<Money>) -> Option<Loss> {
    amount
        .filter(|amount| *amount > Money::ZERO)
        .map(|amount| Loss {
            account: account.set.account,
            place: account.place(),
            symbol: open.position.symbol.as_str().to_owned(),
            amount,
        })
}

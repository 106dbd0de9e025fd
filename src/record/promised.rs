//! What lines and tickets mean for promises: the clocks of a line, a decision, a close, and what
//! a ticket would do.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::payload::{PositionClosed, PositionOpened};
use super::{Account, Book, OpenPosition};
use crate::audit::{AuditId, Decision, PositionId, Symbol, Ticket};
use crate::engine::{Intent, Mode, Money};
use crate::journal::{Finding, HeadLock, Moment, Record};
use crate::promises::{Act, Close, Deed, Leg, Seen};

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
            "journal.loss_accepted" | "journal.restored" | "seal.missing" => true,
            _ => false,
        }
    }
}

#[derive(Deserialize)]
struct HeldLock {
    id: Uuid,
    text: String,
}

/// What the clocks say at a moment, for promises.
pub fn seen(now: &Moment) -> Seen {
    Seen {
        boot: now.boot.clone(),
        up: now.up.as_secs(),
        wall: now.wall.timestamp(),
    }
}

impl Book {
    /// Credits the time up to a line.
    pub(super) fn see(&mut self, record: &Record) {
        self.ledger.numbered(record.seq);
        let up = record.up.as_secs();
        let moved = record.kind.starts_with("clock.");
        let moved = moved
            .then(|| serde_json::from_str::<ClockMoved>(record.data.get()).ok())
            .flatten();
        let wall = match (moved, self.ledger.last_seen()) {
            (Some(moved), _) => moved.wall.timestamp(),
            // The journal's time follows the boot clock once the wall clock was set: across the
            // next boot only what the wall clock itself said can be compared.
            (None, Some(last)) if last.boot == record.boot => {
                let passed = i64::try_from(up.saturating_sub(last.up)).unwrap_or(i64::MAX);
                last.wall.saturating_add(passed)
            }
            // The journal's time does not go back with a wall clock that was set back: where it
            // stands still, how far that one moved is not known, and nothing is credited by it.
            (None, Some(last)) if self.ledger.last_line() >= Some(record.at) => last.wall,
            (None, _) => record.at.timestamp(),
        };
        let boot = record.boot.clone();
        self.ledger.see(Seen { boot, up, wall }, record.at);
    }

    /// Takes up the locks that a line of the journal's own hands on. Where the lines before it may
    /// not be the app's own, their clocks are believed only as far as what else is known.
    pub(super) fn carry(&mut self, record: &Record) {
        if let Ok(held) = serde_json::from_str::<Held>(record.data.get()) {
            if held.leaves_doubt(&record.kind)
                && let Some(line) = self.ledger.last_seen().cloned()
            {
                // Lines before it may be from a time that has not come.
                let wall = line.wall.min(record.at.timestamp());
                let since = held.since.as_ref().map(|since| Seen {
                    boot: since.boot.clone(),
                    up: since.up,
                    wall: since.at.timestamp(),
                });
                let line = Seen { wall, ..line };
                self.ledger.believe_line(line, record.at, since.as_ref());
            }
            let locks: Vec<(Uuid, String)> = held
                .locks
                .into_iter()
                .map(|lock| (lock.id, lock.text))
                .collect();
            self.ledger.carry(&locks, held.unlisted);
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
            .map(|lock| (lock.id, lock.text.clone()))
            .collect();
        // What is left of them counts from now, not from the last line that is there.
        self.ledger.look(seen(now), now.wall);
        let foreign = |finding: &Finding| matches!(finding, Finding::BeyondHead { .. });
        if findings.iter().any(foreign) {
            self.ledger.believe(&seen(now), None);
        }
        self.ledger.carry(&locks, unlisted);
    }

    /// A line that cannot be read may have been a promise.
    pub(super) fn strict_about(&mut self, record: &Record) {
        let known = crate::promises::Turn::read(&record.kind, "").is_some();
        let may_bind = record.kind == "promise.armed" || !known;
        if record.kind.starts_with("promise.") && may_bind {
            self.ledger.unreadable(record.id);
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
        let Some(act) = self.act(ticket) else { return };
        let audit = decision.audit.get();
        self.ledger.use_plan(&act, audit);
        if act.deed == Deed::Open {
            self.ledger.opens(audit, act.account, act.place, act.symbol);
        }
    }

    /// A close ends what holds while the position is open, and may begin a pause.
    pub(super) fn count_close(&mut self, record: &Record, closed: &PositionClosed) {
        let Some((account, open)) = self.position(closed.position) else {
            return;
        };
        let profit = open.profit_at(closed.price);
        let close = Close {
            event: record.id,
            position: closed.position.get(),
            account: account.set.account.get(),
            place: account.place(),
            symbol: open.position.symbol.as_str().to_owned(),
            isolated: open.position.backing.mode() == Mode::Isolated,
            lost: closed.liquidated || profit.is_some_and(|profit| profit < Money::ZERO),
            liquidated: closed.liquidated,
        };
        self.ledger.closed(close);
    }

    /// What was wanted in an audit that a promise met.
    pub(super) fn wanted_in(&self, audit: AuditId) -> Option<Deed> {
        let ticket = self.story(audit)?.ticket.as_ref()?;
        Some(deed(ticket))
    }

    /// What a ticket would do in the account as it stands; none where the account is not known.
    pub fn act(&self, ticket: &Ticket) -> Option<Act> {
        let account = self.account(ticket.account)?;
        let own = ticket.held.as_ref().map(|held| held.position);
        let is_same = |other: &&Account| is_same(other, account);
        let in_market: Vec<&OpenPosition> = self
            .accounts()
            .iter()
            .filter(is_same)
            .flat_map(|account| &account.positions)
            .filter(|open| open.position.symbol == ticket.symbol && Some(open.id()) != own)
            .collect();
        let mark = ticket.mark.unwrap_or(ticket.entry);
        let isolated_beside = in_market
            .iter()
            .any(|open| open.position.backing.mode() == Mode::Isolated);
        let losing_beside = in_market.iter().any(|open| {
            open.position.side == ticket.side
                && open
                    .profit_at(mark)
                    .is_some_and(|profit| profit < Money::ZERO)
        });
        let legs = account.positions.iter().map(|open| Leg {
            symbol: open.position.symbol.as_str().to_owned(),
            side: open.position.side,
            quantity: open.position.quantity.get(),
        });
        let deed = deed(ticket);
        Some(Act {
            deed,
            mode: ticket.mode,
            account: ticket.account.get(),
            place: account.place(),
            symbol: ticket.symbol.as_str().to_owned(),
            side: ticket.side,
            leverage: ticket.leverage,
            collateral: match deed {
                Deed::Open | Deed::Increase | Deed::AddMargin | Deed::TopUp => ticket.margin,
                Deed::SwitchToCross | Deed::Lowers => Money::ZERO,
            },
            losing: ticket.is_losing(),
            isolated_beside,
            isolated_elsewhere: self.is_isolated_elsewhere(account, &ticket.symbol),
            losing_beside,
            legs: legs.collect(),
        })
    }

    /// Whether this market is held isolated in what is not the same account.
    fn is_isolated_elsewhere(&self, account: &Account, symbol: &Symbol) -> bool {
        self.accounts()
            .iter()
            .filter(|other| !is_same(other, account))
            .any(|other| holds_isolated(other, symbol))
    }

    /// What a position that was entered by hand did.
    pub fn act_of_open(&self, opened: &PositionOpened) -> Option<Act> {
        let account = self.account(opened.account)?;
        let beside = self
            .accounts()
            .iter()
            .filter(|other| is_same(other, account))
            .any(|other| holds_isolated(other, &opened.symbol));
        Some(Act {
            deed: Deed::Open,
            mode: opened.backing.mode(),
            account: opened.account.get(),
            place: account.place(),
            symbol: opened.symbol.as_str().to_owned(),
            side: opened.side,
            leverage: rust_decimal::Decimal::ONE,
            collateral: Money::ZERO,
            losing: false,
            isolated_beside: beside,
            isolated_elsewhere: self.is_isolated_elsewhere(account, &opened.symbol),
            losing_beside: false,
            legs: Vec::new(),
        })
    }

    /// What something that was recorded by hand did to an open position.
    pub fn act_on(&self, position: PositionId, deed: Deed) -> Option<Act> {
        let (account, open) = self.position(position)?;
        let losing = open.profit().is_some_and(|profit| profit < Money::ZERO);
        Some(Act {
            deed,
            mode: match deed {
                Deed::SwitchToCross | Deed::TopUp => Mode::Cross,
                Deed::Open | Deed::Increase | Deed::AddMargin | Deed::Lowers => {
                    open.position.backing.mode()
                }
            },
            account: account.set.account.get(),
            place: account.place(),
            symbol: open.position.symbol.as_str().to_owned(),
            side: open.position.side,
            leverage: rust_decimal::Decimal::ONE,
            collateral: Money::ZERO,
            losing,
            isolated_beside: false,
            isolated_elsewhere: false,
            losing_beside: false,
            legs: Vec::new(),
        })
    }
}

/// Whether one is the other, or another name for it: the same venue and collateral.
fn is_same(other: &Account, account: &Account) -> bool {
    other.set.account == account.set.account || other.place() == account.place()
}

fn holds_isolated(account: &Account, symbol: &Symbol) -> bool {
    account.positions.iter().any(|open| {
        open.position.symbol == *symbol && open.position.backing.mode() == Mode::Isolated
    })
}

fn deed(ticket: &Ticket) -> Deed {
    match ticket.intent {
        Intent::Open => Deed::Open,
        Intent::Increase => Deed::Increase,
        Intent::AddMargin => Deed::AddMargin,
        Intent::SwitchMode if ticket.mode == Mode::Cross => Deed::SwitchToCross,
        Intent::SwitchMode | Intent::Reduce | Intent::Close => Deed::Lowers,
    }
}

//! The commands about promises and plans, and what stands against a ticket.

use std::borrow::Cow;
use std::time::Duration;

use uuid::Uuid;

use super::protocol::BEING_SAVED;
use super::saving::{Saving, Then};
use super::{Desk, Phase, Refusal, Stage};
use crate::audit::answer::check_written;
use crate::audit::{Draft, Field, FieldProblem, Revealed, Step, Ticket};
use crate::engine::{Backing, Money};
use crate::journal::{HeadLock, Moment};
use crate::promises::{
    Against, Ask, Clock, Deed, Ledger, Overstepped, Plan, PlanFacts, PlanLine, Surroundings, Tried,
    Turn,
};
use crate::record::{AccountSet, Event, PositionChanged, PositionOpened, seen};
use crate::telling::promise::in_seconds;

/// How often the clocks are written down while a promise counts time.
const CLOCK_EVERY: Duration = Duration::from_mins(30);

/// Why a decision to trade that rests on a plan is refused.
pub const PLAN_NOT_MET: &str = "A line of your plan is not met, so the plan does not allow this. Smaller, isolated, waiting and nothing stay possible.";

/// An audit that a promise stands against. It is a decision: it went into the journal.
#[derive(Debug)]
pub struct Met {
    /// What was wanted.
    pub ticket: Ticket,
    /// The promises, each by itself.
    pub against: Vec<Against>,
    /// The number of its line, once the journal has it.
    pub seq: Option<u64>,
}

impl Desk {
    /// The promises that stand against a ticket now.
    pub fn against(&self, ticket: &Ticket) -> Vec<Against> {
        let act = self.book.act(ticket);
        act.map(|act| self.book.promises().against(&act, &seen(&self.now())))
            .unwrap_or_default()
    }

    /// The plan without which a promise would stand against a ticket, and its lines; what the
    /// answers and the engine know where they are given.
    pub fn plan_for(
        &self,
        ticket: &Ticket,
        facts: Option<&PlanFacts>,
    ) -> Option<(&Plan, Vec<PlanLine>)> {
        let act = self.book.act(ticket)?;
        let plan = self.book.promises().rests_on(&act, &seen(&self.now()))?;
        let lines = plan.lines(&act, facts);
        Some((plan, lines))
    }

    /// The plan of numbers that are on the table, and its lines.
    pub fn plan_of(&self, revealed: &Revealed) -> Option<(&Plan, Vec<PlanLine>)> {
        let facts = revealed
            .answers()
            .invalidation
            .map(|invalidation| PlanFacts {
                worst_case: revealed.worst_case(),
                invalidation,
            });
        self.plan_for(revealed.ticket(), facts.as_ref())
    }

    /// A ticket that a promise stands against never reaches the pause: the try is a decision of
    /// its own, and what was typed stays for another audit.
    pub(super) fn met(&mut self, draft: &Draft, ticket: Ticket) -> Result<bool, Refusal> {
        let against = self.against(&ticket);
        if against.is_empty() {
            return Ok(false);
        }
        self.write_started(draft, Some(&ticket))?;
        let tried = Turn::Tried(Tried {
            audit: draft.audit.get(),
            locks: against.iter().map(|against| against.lock).collect(),
        });
        self.append(&Event::Promise(tried), Then::Met)?;
        let mut next = self.empty_draft();
        next.ticket = draft.ticket.clone();
        next.arousal = draft.arousal;
        next.tags.clone_from(&draft.tags);
        next.step = Step::Ticket;
        next.behind_a_promise = true;
        self.writer.save_draft(&next);
        self.draft = Some(next);
        self.stage = Stage::Met(Box::new(Met {
            ticket,
            against,
            seq: None,
        }));
        Ok(true)
    }

    pub(super) fn met_is_saved(&mut self, saved: u64) {
        if let Stage::Met(met) = &mut self.stage {
            met.seq = Some(saved);
        }
    }

    /// Back from a promise to the ticket as it was typed.
    pub(super) fn back_to_ticket(&mut self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Met(_) if self.is_ending() => Err(BEING_SAVED),
            Stage::Met(_) => {
                self.stage = Stage::Idle;
                let now = self.now();
                if let Some(draft) = &mut self.draft {
                    draft.come_back(&now);
                }
                Ok(())
            }
            _ => Err(super::protocol::NO_AUDIT),
        }
    }

    /// Whether a decision to trade may be taken: promises hold until the last moment.
    pub(super) fn may_trade(&self, revealed: &Revealed) -> Result<(), Refusal> {
        let against = self.against(revealed.ticket());
        if !against.is_empty() {
            return Err(Refusal::Promised(against));
        }
        let unmet = self
            .plan_of(revealed)
            .is_some_and(|(_, lines)| lines.iter().any(|line| line.met() == Some(false)));
        if unmet {
            return Err(Refusal::NotNow(PLAN_NOT_MET));
        }
        Ok(())
    }

    /// What would be written for something that is asked of promises now. Nothing is.
    ///
    /// # Errors
    /// Why it would be refused.
    pub fn would(&self, ask: &Ask) -> Result<Turn, Refusal> {
        let turn = self
            .ledger_ahead()
            .ask(ask, &seen(&self.now()), self.around(ask))
            .map_err(Refusal::Refused)?;
        if let Turn::Released(released) = &turn {
            check_written(&released.sentence).map_err(|problem| {
                Refusal::Fields(vec![FieldProblem::new(Field::Other, problem.to_string())])
            })?;
        }
        Ok(turn)
    }

    pub(super) fn ask(&mut self, ask: &Ask) -> Result<(), Refusal> {
        let turn = self.would(ask)?;
        self.append(&Event::Promise(turn), Then::Nothing)
    }

    fn around(&self, ask: &Ask) -> Surroundings {
        let market = match ask {
            Ask::WritePlan(terms) => Some(terms.symbol.clone()),
            Ask::RenewPlan(plan) => self
                .book
                .promises()
                .plans()
                .iter()
                .find(|p| p.terms().plan == *plan)
                .map(|p| p.terms().symbol.clone()),
            _ => None,
        };
        let position = match ask {
            Ask::Arm(armed) => match armed.holds {
                crate::promises::Holds::WhileOpen(position) => Some(position),
                _ => None,
            },
            _ => None,
        };
        let open = || self.book.accounts().iter().flat_map(|a| &a.positions);
        let in_market =
            || open().filter(|open| Some(open.position.symbol.as_str()) == market.as_deref());
        Surroundings {
            flat: open().next().is_none(),
            flat_in_market: in_market().next().is_none(),
            losing_in_market: in_market()
                .any(|open| open.profit().is_some_and(|profit| profit < Money::ZERO)),
            position_open: open().any(|open| Some(open.id().get()) == position),
        }
    }

    /// The promises as they will stand once everything on its way is in the journal.
    fn ledger_ahead(&self) -> Cow<'_, Ledger> {
        let mut ledger = Cow::Borrowed(self.book.promises());
        let now = self.now();
        for pending in &self.pending {
            if let Some(turn) = &pending.turn {
                let clocks = seen(&now);
                let wall = ledger.by_the_journal(&clocks).wall;
                let wall = chrono::DateTime::from_timestamp(wall, 0).unwrap_or(now.wall);
                let ahead = ledger.to_mut();
                ahead.see(clocks, wall);
                ahead.turn(turn);
            }
        }
        ledger
    }

    /// What the head keeps of them.
    pub(super) fn head_locks(&self) -> Vec<HeadLock> {
        let now = self.now();
        let carried = self.ledger_ahead().to_carry(&seen(&now));
        carried
            .into_iter()
            .map(|lock| HeadLock {
                id: lock.id,
                ends_at: lock.ends_in.and_then(|left| in_seconds(left, &now)),
                text: lock.text,
            })
            .collect()
    }

    /// Brings the head's locks up to those of the lines, and to the clocks of this opening: a head
    /// that was deleted, or whose newest word was torn, knows older ones or none.
    pub(super) fn keep_locks(&self, knows_some: bool) {
        let locks = self.head_locks();
        if (knows_some || !locks.is_empty()) && !self.read_only {
            self.writer.set_locks(locks);
        }
    }

    /// Writes the clocks down now and then while a promise counts time, so that it is credited
    /// whatever the clocks do later.
    pub(super) fn credit_time(&mut self, now: &Moment) {
        if self.clock_due_in(now) == Some(Duration::ZERO) {
            // Refused only where nothing can be written; then it is due again.
            let _ = self.append(&Event::Promise(Turn::Clock(Clock {})), Then::Nothing);
        }
    }

    /// When the clocks are to be written down next; none while nothing can be written.
    fn clock_due_in(&self, now: &Moment) -> Option<Duration> {
        let quiet = matches!(self.saving, Saving::Quiet) && self.pending.is_empty();
        let open = matches!(self.phase, Phase::Ready) && !self.read_only;
        if !(quiet && open) {
            return None;
        }
        let now = seen(now);
        let ledger = self.book.promises();
        if ledger.ended_unseen(&now) {
            return Some(Duration::ZERO);
        }
        let last = ledger.last_seen().filter(|_| ledger.counts_time(&now))?;
        if last.boot != now.boot {
            return Some(Duration::ZERO);
        }
        let passed = Duration::from_secs(now.up.saturating_sub(last.up));
        Some(CLOCK_EVERY.saturating_sub(passed))
    }

    /// When a promise next has something to say, from now.
    pub(super) fn promise_wake(&self, now: &Moment) -> Option<Duration> {
        let ends = self.book.promises().next_change(&seen(now));
        let ends = ends.map(Duration::from_secs);
        [ends, self.clock_due_in(now)].into_iter().flatten().min()
    }

    /// What is recorded by hand is a fact, and is never refused; where a promise stood against
    /// it, that is written down as well.
    pub(super) fn note_account(&mut self, set: &AccountSet) -> Result<(), Refusal> {
        let Some(before) = self.book.account(set.account) else {
            return Ok(());
        };
        if set.wallet_balance <= before.set.wallet_balance {
            return Ok(());
        }
        let acts: Vec<_> = before
            .positions
            .iter()
            .filter(|open| open.position.backing == Backing::Cross)
            .filter_map(|open| self.book.act_on(open.id(), Deed::TopUp))
            .collect();
        let locks = acts.iter().filter(|act| act.losing);
        let locks = locks.flat_map(|act| self.standing(act)).collect();
        self.note(
            locks,
            "the wallet balance was raised while a position was losing",
        )
    }

    pub(super) fn note_change(&mut self, change: &PositionChanged) -> Result<(), Refusal> {
        let Some((_, open)) = self.book.position(change.position) else {
            return Ok(());
        };
        let (deed, what) = match (open.position.backing, change.backing) {
            (Backing::Isolated { .. }, Some(Backing::Cross)) => {
                (Deed::SwitchToCross, "switched from isolated to cross")
            }
            (Backing::Isolated { margin: before }, Some(Backing::Isolated { margin }))
                if margin > before =>
            {
                (Deed::AddMargin, "margin added")
            }
            _ if change.quantity.is_some_and(|q| q > open.position.quantity) => {
                (Deed::Increase, "increased")
            }
            _ => return Ok(()),
        };
        let symbol = open.position.symbol.clone();
        let locks = match (change.audit, self.book.act_on(change.position, deed)) {
            // What follows from an audit was asked there.
            (None, Some(act)) => self.standing(&act),
            _ => Vec::new(),
        };
        self.note(locks, &format!("{symbol} {what}"))
    }

    pub(super) fn note_open(&mut self, opened: &PositionOpened) -> Result<(), Refusal> {
        if opened.audit.is_some() || opened.backing != Backing::Cross {
            return Ok(());
        }
        let act = self.book.act_of_open(opened);
        let locks = act.map(|act| self.standing(&act)).unwrap_or_default();
        self.note(locks, &format!("{} opened in cross", opened.symbol))
    }

    fn standing(&self, act: &crate::promises::Act) -> Vec<Uuid> {
        let against = self.book.promises().against(act, &seen(&self.now()));
        // What always holds asks for an audit; entering what stands already is no breach of it.
        against
            .into_iter()
            .filter(|against| against.end != crate::promises::End::Always)
            .map(|against| against.lock)
            .collect()
    }

    fn note(&mut self, mut locks: Vec<Uuid>, what: &str) -> Result<(), Refusal> {
        locks.sort_unstable();
        locks.dedup();
        if locks.is_empty() {
            return Ok(());
        }
        let turn = Turn::Overstepped(Overstepped {
            locks,
            what: what.to_owned(),
        });
        self.append(&Event::Promise(turn), Then::Nothing)
    }
}

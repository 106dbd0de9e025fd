//! Audits as the journal holds them, for tests: written through a journal in memory, since
//! only a journal makes receipts.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use rust_decimal::dec;

use super::{AuditExpired, AuditSealed, AuditStarted, Event, Expiry, State};
use crate::audit::looks::LooksAway;
use crate::audit::wait::Circumstances;
use crate::audit::{
    Answers, Arousal, Choice, Decision, Flag, Manner, Step, Tag, Ticket, TraderState, Wait,
};
use crate::engine::{
    Basis, Fees, Intent, Mode, Money, Price, Quantity, Rate, Schedule, Side, Tier,
};
use crate::journal::{Clock as _, Entry, FaultyFs, Folders, HandClock, Journal, Moment, Record};
use crate::market::{AccountId, AuditId, Rules, Symbol, Terms};

/// A journal in memory and the state folded from it.
#[derive(Debug)]
pub(crate) struct SampleJournal {
    journal: Journal,
    clock: HandClock,
    pub(crate) state: State,
}

impl SampleJournal {
    pub(crate) fn new() -> Self {
        let clock = HandClock::new();
        let mut state = State::default();
        let (journal, _) = Journal::open(
            &Folders::under("/h"),
            Arc::new(FaultyFs::new()),
            Arc::new(clock.clone()),
            &mut |record, _| {
                state.apply(record);
                ControlFlow::Continue(())
            },
        )
        .unwrap();
        Self {
            journal,
            clock,
            state,
        }
    }

    /// From here on the lines are written in this zone.
    pub(crate) fn move_to(&self, zone: &str) {
        self.clock.set_zone(zone);
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Appends any line, a minute after the last one, and folds it.
    pub(crate) fn append(&mut self, entry: &Entry) -> Record {
        self.clock.advance(Duration::from_mins(1));
        let record = self.journal.append(entry).unwrap().record;
        self.state.apply(&record);
        record
    }

    pub(crate) fn tell(&mut self, event: &Event) -> Record {
        self.append(&event.entry().unwrap())
    }

    pub(crate) fn start(&mut self, ticket: &Ticket, state: &TraderState) -> AuditId {
        let audit = AuditId::fresh();
        let opened = self.now();
        self.tell(&Event::AuditStarted(Box::new(AuditStarted {
            audit,
            opened,
            state: Some(state.clone()),
            ticket: Some(ticket.clone()),
            typed_symbol: String::new(),
        })));
        audit
    }

    pub(crate) fn seal(
        &mut self,
        audit: AuditId,
        ticket: &Ticket,
        state: &TraderState,
        wrong: &str,
    ) {
        let opened = self.now();
        self.tell(&Event::AuditSealed(Box::new(AuditSealed {
            audit,
            opened,
            state: state.clone(),
            ticket: ticket.clone(),
            answers: Answers {
                wrong: wrong.to_owned(),
                invalidation: Some(Price::new(dec!(96000))),
                nothing: "Cash has no deadline".to_owned(),
                accepted: Some(Money::new(dec!(500))),
                accepted_percent: None,
            },
            manner: Manner::default(),
            sealed: self.now(),
            seconds: 31,
            wait: Wait::of(
                ticket,
                state,
                &LooksAway::default(),
                &Circumstances::default(),
            ),
        })));
    }

    pub(crate) fn decide(&mut self, audit: AuditId, choice: Choice, flags: Vec<Flag>) {
        let decision = Decision {
            choice,
            flags,
            ..Decision::walk_away(audit, Step::Reveal, None)
        };
        self.tell(&Event::AuditDecided(Box::new(decision)));
    }

    pub(crate) fn expire(&mut self, audit: AuditId) {
        self.tell(&Event::AuditExpired(AuditExpired {
            audit,
            expiry: Expiry::LeftLying,
            step: Step::Wrong,
        }));
    }

    /// A whole audit that ended in doing nothing.
    pub(crate) fn whole(&mut self, ticket: &Ticket, state: &TraderState, wrong: &str) -> AuditId {
        let audit = self.start(ticket, state);
        self.seal(audit, ticket, state, wrong);
        self.decide(audit, Choice::DoNothing, Vec::new());
        audit
    }
}

pub(crate) fn state(arousal: u8, tags: &[Tag]) -> TraderState {
    TraderState {
        arousal: Arousal::try_from(arousal).unwrap(),
        tags: tags.iter().copied().collect(),
    }
}

/// A long of 0.2 at 100,000 with 20x, isolated.
pub(crate) fn ticket(symbol: &str) -> Ticket {
    Ticket {
        account: AccountId::fresh(),
        account_name: "Main".to_owned(),
        venue: "Binance".to_owned(),
        collateral: "USDT".to_owned(),
        intent: Intent::Open,
        experiment: false,
        symbol: Symbol::read(symbol, "USDT").unwrap(),
        terms: Terms::default(),
        side: Side::Long,
        mode: Mode::Isolated,
        quantity: Quantity::new(dec!(0.2)),
        entry: Price::new(dec!(100000)),
        mark: None,
        leverage: dec!(20),
        margin: Money::new(dec!(1000)),
        fees: Fees {
            open: Rate::new(dec!(0.0005)),
            close: Rate::new(dec!(0.0005)),
        },
        rules: Rules {
            label: "flat".to_owned(),
            schedule: Schedule {
                basis: Basis::AtSolvedPrice,
                close_fee: Rate::new(dec!(0)),
                tiers: vec![Tier {
                    floor: Money::new(dec!(0)),
                    rate: Rate::new(dec!(0.004)),
                    amount: Money::new(dec!(0)),
                    max_leverage: None,
                }],
            },
            tick: None,
            lot: None,
        },
        held: None,
    }
}

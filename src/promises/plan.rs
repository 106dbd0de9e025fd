//! Plans that were written before: what they allow, and line by line whether a trade keeps to
//! one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::action::ProposedAction;
use super::credited_time::{DAY, HOUR};
use super::plan_terms::{Leg, PlanTerms};
use crate::engine::{Money, Price, Side};
use crate::market::{AuditId, PlanId};

/// How old a plan must be before it allows anything, in seconds.
pub const AGE: u64 = HOUR;
/// How long a plan lasts unless it is renewed, in seconds.
pub const LASTS: u64 = 7 * DAY;

/// A plan as the fold knows it. Times are credited seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub(super) terms: PlanTerms,
    pub(super) wall: DateTime<Utc>,
    pub(super) at: u64,
    pub(super) renewed: u64,
    pub(super) used: Option<AuditId>,
    pub(super) withdrawn: bool,
}

/// Where a plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanState {
    /// Too young: it allows something in so many seconds.
    Ripens(u64),
    /// It allows what it says for so many seconds yet.
    Allows(u64),
    /// An audit went by it: frozen.
    Used,
    /// It ran out.
    Lapsed,
    /// It was taken back.
    Withdrawn,
}

/// One line of a plan beside a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanLine {
    /// The trigger, which only the trader can judge.
    Trigger {
        /// In her own words.
        words: String,
        /// Whether it has happened; none before she has said so.
        happened: Option<bool>,
    },
    /// What is put at stake more.
    Collateral {
        /// At most.
        planned: Money,
        /// By the ticket.
        asked: Money,
    },
    /// Where it is wrong: not beyond the plan's stop.
    Stop {
        /// By the plan.
        planned: Price,
        /// By the answers; none before they are sealed.
        answered: Option<Price>,
        /// Whether the answer is not beyond it.
        met: Option<bool>,
    },
    /// What the account can lose by it.
    LossLimit {
        /// At most.
        planned: Money,
        /// By the engine's worst case; none before the answers are sealed.
        worst: Option<Money>,
    },
    /// A leg that must stand.
    Leg {
        /// Which.
        leg: Leg,
        /// Whether it stands.
        met: bool,
    },
}

impl PlanLine {
    /// Whether it is met; none where only the trader can say, or nobody yet.
    pub fn met(&self) -> Option<bool> {
        match self {
            Self::Trigger { happened, .. } => *happened,
            Self::Collateral { planned, asked } => Some(asked <= planned),
            Self::Stop { met, .. } => *met,
            Self::LossLimit { planned, worst } => worst.map(|worst| worst <= *planned),
            Self::Leg { met, .. } => Some(*met),
        }
    }
}

/// What is known only behind the seal: by the answers, by the engine, by her word.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFacts {
    /// The worst case in the mode that is chosen, in collateral.
    pub worst_case: Money,
    /// Where the idea is wrong, in quote currency.
    pub invalidation: Price,
    /// The plans whose triggers she has spoken of, and whether they have happened.
    pub happened: BTreeMap<PlanId, bool>,
}

impl Plan {
    /// What is planned.
    pub fn terms(&self) -> &PlanTerms {
        &self.terms
    }

    /// When it was written, by the journal's time.
    pub fn written_on(&self) -> DateTime<Utc> {
        self.wall
    }

    /// Where it stands at this credited second.
    pub(super) fn state_at(&self, at: u64) -> PlanState {
        let ripe = self.at.saturating_add(AGE);
        let end = self.renewed.saturating_add(LASTS);
        if self.used.is_some() {
            PlanState::Used
        } else if self.withdrawn {
            PlanState::Withdrawn
        } else if at >= end {
            PlanState::Lapsed
        } else if at < ripe {
            PlanState::Ripens(ripe.saturating_sub(at))
        } else {
            PlanState::Allows(end.saturating_sub(at))
        }
    }

    /// Whether it is about this act at all.
    pub(super) fn is_about(&self, act: &ProposedAction) -> bool {
        let PlanTerms {
            allows,
            account,
            symbol,
            side,
            ..
        } = &self.terms;
        act.needs() == Some(*allows)
            && *account == act.account
            && *symbol == act.symbol
            && *side == act.side
    }

    /// Whether no line of it is known not to be met.
    pub(super) fn keeps_to(&self, act: &ProposedAction, facts: Option<&PlanFacts>) -> bool {
        let lines = self.lines(act, facts);
        lines.iter().all(|line| line.met() != Some(false))
    }

    /// Its lines beside an act; what only the answers and the engine know where they are given.
    pub fn lines(&self, act: &ProposedAction, facts: Option<&PlanFacts>) -> Vec<PlanLine> {
        let PlanTerms {
            plan,
            trigger,
            collateral,
            loss_limit,
            stop,
            legs,
            side,
            ..
        } = &self.terms;
        let happened = facts.and_then(|facts| facts.happened.get(plan).copied());
        let answered = facts.map(|facts| facts.invalidation);
        let within = |wrong: Price| match side {
            Side::Long => wrong >= *stop,
            Side::Short => wrong <= *stop,
        };
        let mut lines = vec![
            PlanLine::Trigger {
                words: trigger.clone(),
                happened,
            },
            PlanLine::Collateral {
                planned: *collateral,
                asked: act.collateral,
            },
            PlanLine::Stop {
                planned: *stop,
                answered,
                met: answered.map(within),
            },
            PlanLine::LossLimit {
                planned: *loss_limit,
                worst: facts.map(|facts| facts.worst_case),
            },
        ];
        lines.extend(legs.iter().map(|leg| PlanLine::Leg {
            leg: leg.clone(),
            met: act.legs.iter().any(|held| {
                held.symbol == leg.symbol && held.side == leg.side && held.quantity >= leg.quantity
            }),
        }));
        lines
    }
}

//! Plans that were written before: what they allow, and line by line whether a trade keeps to
//! one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::action::ProposedAction;
use super::credited_time::{DAY, HOUR};
use super::promise_set::PromiseSet;
use crate::engine::{Money, Price, Side};

/// How old a plan must be before it allows anything, in seconds.
pub const AGE: u64 = HOUR;
/// How long a plan lasts unless it is renewed, in seconds.
pub const LASTS: u64 = 7 * DAY;

/// What a plan allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanUse {
    /// Opening in cross, or adding to what is held there.
    Cross,
    /// Adding margin to a losing position.
    Rescue,
    /// Switching from isolated to cross.
    Switch,
}

/// A leg of a hedged book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The market, as `BASE/QUOTE`.
    pub symbol: String,
    /// Long or short.
    pub side: Side,
    /// At least so much, in base or contracts.
    pub quantity: Decimal,
}

/// `plan.written`: what is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTerms {
    /// Names the plan.
    pub plan: Uuid,
    /// What it allows.
    pub allows: PlanUse,
    /// In which account.
    pub account: Uuid,
    /// That account's name when it was written.
    pub account_name: String,
    /// In which market, as `BASE/QUOTE`.
    pub symbol: String,
    /// Long or short.
    pub side: Side,
    /// If this, then that, in her own words.
    pub trigger: String,
    /// The most that may be put at stake more, in collateral.
    pub collateral: Money,
    /// The most that the account may lose by it, in collateral.
    pub loss_limit: Money,
    /// Where it is over, in quote currency.
    pub stop: Price,
    /// The legs that must stand, for a hedged book.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legs: Vec<Leg>,
}

/// A plan as the fold knows it. Times are credited seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub(super) terms: PlanTerms,
    pub(super) wall: DateTime<Utc>,
    pub(super) at: u64,
    pub(super) renewed: u64,
    pub(super) used: Option<Uuid>,
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
    pub happened: BTreeMap<Uuid, bool>,
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
    fn is_about(&self, act: &ProposedAction) -> bool {
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

impl PromiseSet {
    /// The plan that allows an act, as far as that can be told before the answers are sealed: the
    /// oldest that is about it and of which no line is known not to be met.
    pub(super) fn plan_at(&self, act: &ProposedAction, at: u64) -> Option<&Plan> {
        self.plans_at(act, at).next()
    }

    pub(super) fn plans_at(&self, act: &ProposedAction, at: u64) -> impl Iterator<Item = &Plan> {
        self.plans.iter().filter(move |plan| {
            matches!(plan.state_at(at), PlanState::Allows(_))
                && plan.is_about(act)
                && plan.keeps_to(act, None)
        })
    }
}

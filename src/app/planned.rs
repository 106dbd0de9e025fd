//! Plans bind: the plan by which a ticket is allowed, line by line, and its trigger, which is asked
//! word for word.

use std::collections::BTreeMap;

use super::protocol::NO_AUDIT;
use super::{App, Refusal, Stage};
use crate::audit::{Decision, Revealed, Ticket, Trigger};
use crate::market::{AuditId, PlanId};
use crate::promises::{Plan, PlanFacts, PlanLine};
use crate::record::seen;

/// Why a decision to trade that rests on a plan is refused.
pub const PLAN_NOT_MET: &str = "A line of your plan is not met, so the plan does not allow this. Smaller, isolated, waiting and nothing stay possible.";
/// The same where its trigger has not happened.
pub const TRIGGER_NOT_MET: &str = "What your plan waits for has not happened, so the plan does not allow this. Isolated, waiting and nothing stay possible.";
/// The same where that is not said yet.
pub const TRIGGER_NOT_ANSWERED: &str = "Say first whether what your plan waits for has happened. Until then the plan does not allow this.";

/// What was said of the triggers of plans in the audit in hand.
#[derive(Debug, Default)]
pub(super) struct TriggerAnswers(Option<(AuditId, BTreeMap<PlanId, bool>)>);

impl TriggerAnswers {
    fn of(&self, audit: AuditId) -> BTreeMap<PlanId, bool> {
        let own = self.0.as_ref().filter(|(of, _)| *of == audit);
        own.map(|(_, answers)| answers.clone()).unwrap_or_default()
    }
}

impl App {
    /// The plan without which a promise would stand against a ticket, and its lines; what the
    /// answers and the engine know where they are given.
    pub fn plan_for(
        &self,
        ticket: &Ticket,
        facts: Option<&PlanFacts>,
    ) -> Option<(&Plan, Vec<PlanLine>)> {
        let act = self.state.proposed_action(ticket)?;
        let now = seen(&self.now());
        let plan = self.state.promises().rests_on(&act, facts, &now)?;
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
                happened: self.answered.of(audit_of(revealed)),
            });
        self.plan_for(revealed.ticket(), facts.as_ref())
    }

    /// Takes her word on whether the trigger of the plan has happened that the numbers on the table
    /// go by.
    pub(super) fn answer_trigger(&mut self, plan: PlanId, happened: bool) -> Result<(), Refusal> {
        let Stage::Revealed(revealed) = &self.stage else {
            return Err(NO_AUDIT);
        };
        let audit = audit_of(revealed);
        let asked = self.plan_of(revealed);
        if asked.is_none_or(|(asked, _)| asked.terms().plan != plan) {
            return Err(NO_AUDIT);
        }
        let mut answers = self.answered.of(audit);
        answers.insert(plan, happened);
        self.answered = TriggerAnswers(Some((audit, answers)));
        Ok(())
    }

    /// Why the plan, where one is what allows it, does not allow to trade.
    ///
    /// # Errors
    /// A line that is not met, or a trigger that has not happened or was not spoken of.
    pub fn plan_allows(&self, revealed: &Revealed) -> Result<(), Refusal> {
        let Some((_, lines)) = self.plan_of(revealed) else {
            return Ok(());
        };
        let trigger = lines.iter().find_map(|line| match line {
            PlanLine::Trigger { happened, .. } => Some(*happened),
            _ => None,
        });
        let others = |line: &&PlanLine| !matches!(line, PlanLine::Trigger { .. });
        let mut others = lines.iter().filter(others);
        if others.any(|line| line.met() != Some(true)) {
            return Err(Refusal::NotNow(PLAN_NOT_MET));
        }
        match trigger.flatten() {
            Some(true) => Ok(()),
            Some(false) => Err(Refusal::NotNow(TRIGGER_NOT_MET)),
            None => Err(Refusal::NotNow(TRIGGER_NOT_ANSWERED)),
        }
    }

    /// A decision with what was said of triggers on the way to it.
    pub(super) fn with_triggers(&self, decision: Decision) -> Decision {
        let answers = self.answered.of(decision.audit);
        let plans = self.state.promises().plans().iter();
        let triggers = plans.filter_map(|plan| {
            let terms = plan.terms();
            Some(Trigger {
                plan: terms.plan,
                asked: terms.trigger.clone(),
                happened: *answers.get(&terms.plan)?,
            })
        });
        Decision {
            triggers: triggers.collect(),
            ..decision
        }
    }
}

fn audit_of(revealed: &Revealed) -> AuditId {
    revealed.sealed().pause().audit()
}

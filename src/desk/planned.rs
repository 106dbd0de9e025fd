//! Plans bind: the plan by which a ticket is allowed, line by line, and its trigger.

use super::{Desk, Refusal};
use crate::audit::{Revealed, Ticket};
use crate::promises::{Plan, PlanFacts, PlanLine};
use crate::record::seen;

/// Why a decision to trade that rests on a plan is refused.
pub const PLAN_NOT_MET: &str = "A line of your plan is not met, so the plan does not allow this. Smaller, isolated, waiting and nothing stay possible.";

impl Desk {
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

    /// Whether the plan, where one is what allows it, keeps nobody from trading.
    pub(super) fn plan_allows(&self, revealed: &Revealed) -> Result<(), Refusal> {
        let unmet = self
            .plan_of(revealed)
            .is_some_and(|(_, lines)| lines.iter().any(|line| line.met() == Some(false)));
        if unmet {
            return Err(Refusal::NotNow(PLAN_NOT_MET));
        }
        Ok(())
    }
}

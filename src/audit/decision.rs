//! What the trader does in the end; walking away is a result of equal rank.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::answer::AnswerProblem;
use super::{Step, Ticket};
use crate::engine::Money;
use crate::market::{AuditId, PlanId};

/// The five ways an audit can end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Choice {
    /// Trade as sealed.
    Proceed,
    /// Trade less than sealed.
    ProceedSmaller,
    /// Trade isolated what was sealed in cross.
    IsolatedInstead,
    /// Not now.
    Wait {
        /// Not before this time.
        until: DateTime<Utc>,
    },
    DoNothing,
}

impl Choice {
    pub fn trades(&self) -> bool {
        match self {
            Self::Proceed | Self::ProceedSmaller | Self::IsolatedInstead => true,
            Self::Wait { .. } | Self::DoNothing => false,
        }
    }

    /// The words in the journal's list.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Proceed => "Proceeded",
            Self::ProceedSmaller => "Proceeded, smaller",
            Self::IsolatedInstead => "Proceeded, isolated instead",
            Self::Wait { .. } => "Waited",
            Self::DoNothing => "Did nothing",
        }
    }
}

/// A fact about a decision that is worth finding again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// An answer passed although it repeats an earlier one.
    Thin,
    /// The worst case was more than what was accepted.
    OverAccepted,
    /// What would prove it wrong, or the accepted loss, was moved against her since the entry.
    GoalpostsMoved,
}

impl Flag {
    /// The words in the journal's detail.
    pub fn words(self) -> &'static str {
        match self {
            Self::Thin => "thin answers",
            Self::OverAccepted => "over the accepted loss",
            Self::GoalpostsMoved => "goalposts moved",
        }
    }
}

/// A decision, as it goes into the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    pub audit: AuditId,
    #[serde(flatten)]
    pub choice: Choice,
    /// The ticket it is about; none where the trader walked away before one was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
    /// The worst case as shown, in collateral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst_case: Option<Money>,
    /// What was accepted, in collateral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Money>,
    /// The sentence typed where the worst case was over the accepted loss, or the goalposts
    /// were moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// From the first number to the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds_after_reveal: Option<u64>,
    /// Where in the audit it was taken.
    pub step: Step,
    /// Facts worth finding again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// What was answered about the triggers of plans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
}

/// The trigger of a plan that would allow the trade, and the trader's word on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    pub plan: PlanId,
    /// As it was asked, word for word.
    pub asked: String,
    pub happened: bool,
}

impl Decision {
    /// Walking away before the seal.
    pub fn walk_away(audit: AuditId, step: Step, ticket: Option<Ticket>) -> Self {
        Self {
            audit,
            choice: Choice::DoNothing,
            ticket,
            worst_case: None,
            accepted: None,
            sentence: None,
            seconds_after_reveal: None,
            step,
            flags: Vec::new(),
            triggers: Vec::new(),
        }
    }
}

/// Why a decision to trade is not taken yet.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum NotDecided {
    /// Proceeding needs a typed sentence.
    #[error(
        "This can take more than you accepted. Write one sentence on why you take it all the same."
    )]
    NeedsSentence,
    /// Proceeding needs a typed sentence: the goalposts were moved since the entry.
    #[error("What you wrote at the entry was another limit. Write one sentence on why it moved.")]
    OtherGoalposts,
    /// The sentence does not stand.
    #[error("{0}")]
    Sentence(AnswerProblem),
    /// The numbers have been there for less than five seconds.
    #[error("Proceed wakes five seconds after the numbers appear.")]
    Asleep,
    #[error("This permission has lapsed. A new audit is needed to trade.")]
    Lapsed,
}

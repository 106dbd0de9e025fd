//! The numbers on the table: what the engine says of the ticket, and what may still change.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::sealed::PERMISSION;
use super::{
    Answers, Choice, Decision, Elapsed, Flag, GoalpostsMoved, NotDecided, NotYet, SealedPause,
    Ticket,
};
use crate::engine::{self, Assessment, AtInvalidation, Mode, Money, Quantity};
use crate::journal::Moment;
use rust_decimal::Decimal;

/// *Proceed* sleeps this long after the numbers appear.
const PROCEED_WAKES: Duration = Duration::from_secs(5);
/// And this long where it was extended, which is possible once.
const EXTENDED: Duration = Duration::from_mins(30);

/// An assessed ticket. Made only from a [`SealedPause`]:
///
/// ```compile_fail
/// use impulse_audit::audit::{Revealed, Ticket};
/// use impulse_audit::engine::{Account, Assessment};
///
/// fn peek(ticket: Ticket, account: Account, assessment: Assessment) -> Revealed {
///     Revealed { ticket, account, assessment }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Revealed {
    sealed: SealedPause,
    account: engine::Account,
    ticket: Ticket,
    assessment: Assessment,
    goalposts: Option<GoalpostsMoved>,
    at: Moment,
    since: Elapsed,
    extended: bool,
}

/// Whether a decision to trade can still be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Yes, for so long.
    Holds {
        left: Duration,
        /// Whether it can be extended once.
        extendable: bool,
    },
    /// No: a new audit would be needed.
    Lapsed,
}

/// A change to the ticket after the reveal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketChange {
    /// The mode it would stand in.
    pub mode: Mode,
    /// The quantity, in base.
    pub quantity: Quantity,
    /// The margin assigned in isolated mode; `None` keeps the leverage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<Money>,
}

/// Why a change needs a new pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RaisesRisk {
    /// More than was sealed.
    #[error("This is larger than what you wrote your answers for. A larger size is a new audit.")]
    Larger,
    /// From isolated to cross.
    #[error(
        "Cross puts more of the account behind this than you wrote your answers for. It is a new audit."
    )]
    MoreBehindIt,
    /// More leverage, and not a size that keeps to the accepted loss.
    #[error("This is more leverage than you wrote your answers for. It is a new audit.")]
    MoreLeverage,
    /// The numbers cannot be worked with.
    #[error("These numbers do not make a trade. Write a quantity above zero.")]
    Unworkable,
}

impl Revealed {
    pub(super) fn new(
        sealed: SealedPause,
        account: engine::Account,
        goalposts: Option<GoalpostsMoved>,
        (at, since): (Moment, Elapsed),
    ) -> Result<Self, Box<(SealedPause, NotYet)>> {
        let ticket = sealed.pause().ticket().clone();
        match assess(&sealed, &account, &ticket) {
            Ok(assessment) => Ok(Self {
                sealed,
                account,
                ticket,
                assessment,
                goalposts,
                at,
                since,
                extended: false,
            }),
            Err(error) => Err(Box::new((sealed, NotYet::Engine(error)))),
        }
    }

    /// What the engine says of the ticket as it stands now.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    pub fn account(&self) -> &engine::Account {
        &self.account
    }

    /// The ticket as it stands now: as sealed, or lowered since.
    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// The same as the engine reads it: for curves and pictures.
    pub fn engine_ticket(&self) -> engine::Ticket {
        for_engine(&self.sealed, &self.ticket)
    }

    pub fn sealed(&self) -> &SealedPause {
        &self.sealed
    }

    pub fn answers(&self) -> &Answers {
        self.sealed.answers()
    }

    /// When the numbers appeared.
    pub fn at(&self) -> &Moment {
        &self.at
    }

    /// Whether the ticket was lowered since the seal.
    pub fn is_lowered(&self) -> bool {
        self.ticket != *self.sealed.pause().ticket()
    }

    /// The worst case in the mode that the ticket stands in.
    pub fn worst_case(&self) -> Money {
        self.outcome(self.ticket.mode).max_loss
    }

    /// What the engine says of one mode.
    pub fn outcome(&self, mode: Mode) -> &engine::Outcome {
        match mode {
            Mode::Isolated => &self.assessment.isolated,
            Mode::Cross => &self.assessment.cross,
        }
    }

    /// Whether the worst case, costs included, is more than was accepted; never where risk is
    /// only taken off.
    pub fn over_accepted(&self) -> bool {
        let at_risk = self.outcome(self.ticket.mode).at_risk();
        let over = |accepted| at_risk > accepted;
        !self.ticket.intent.takes_off() && self.answers().accepted.is_some_and(over)
    }

    /// The goalposts that were moved since the entry, if they were.
    pub fn goalposts(&self) -> Option<&GoalpostsMoved> {
        self.goalposts.as_ref()
    }

    /// Whether proceeding takes a typed sentence: where more is at stake than was accepted, or
    /// the goalposts were moved. What only lowers the risk is never asked for one.
    pub fn asks_why(&self) -> bool {
        !self.ticket.lowers_risk() && (self.over_accepted() || self.goalposts.is_some())
    }

    /// When *proceed* wakes, from `now`; at once where risk is only taken off.
    pub fn proceed_wakes_in(&self, now: &Moment) -> Duration {
        if self.ticket.lowers_risk() {
            return Duration::ZERO;
        }
        PROCEED_WAKES.saturating_sub(self.since.at(now))
    }

    /// Whether a decision to trade can still be taken at `now`. Counted from the reveal, so that
    /// a restart does not lengthen it; where nobody can tell how long ago that was, it has
    /// lapsed.
    pub fn permission(&self, now: &Moment) -> Permission {
        let whole = if self.extended { EXTENDED } else { PERMISSION };
        match whole.checked_sub(self.since.at(now)) {
            Some(left) if left > Duration::ZERO && self.since.is_certain() => Permission::Holds {
                left,
                extendable: !self.extended,
            },
            _ => Permission::Lapsed,
        }
    }

    /// Whether the permission can be extended to half an hour in all: once, while it holds.
    pub fn is_extendable(&self, now: &Moment) -> bool {
        matches!(
            self.permission(now),
            Permission::Holds {
                extendable: true,
                ..
            }
        )
    }

    /// Extends the permission to half an hour in all.
    pub fn extend(&mut self) {
        self.extended = true;
    }

    /// Lowers the risk without a new pause: smaller, less leverage, cross → isolated.
    ///
    /// More leverage lowers nothing but in one case, the size that the reveal itself offers:
    /// its worst case is within the accepted loss, and nothing closes it before the idea is
    /// wrong.
    ///
    /// # Errors
    /// [`RaisesRisk`] where the change is more than what the answers were written for;
    /// nothing changes then.
    pub fn lower(&mut self, change: TicketChange) -> Result<(), RaisesRisk> {
        let sealed = self.sealed.pause().ticket();
        if !sealed.adds() || change.quantity.get() <= Decimal::ZERO {
            return Err(RaisesRisk::Unworkable);
        }
        if change.quantity > sealed.quantity {
            return Err(RaisesRisk::Larger);
        }
        if sealed.mode == Mode::Isolated && change.mode == Mode::Cross {
            return Err(RaisesRisk::MoreBehindIt);
        }
        let mut ticket = sealed.clone();
        ticket.mode = change.mode;
        ticket.quantity = change.quantity;
        let notional = ticket.notional().ok_or(RaisesRisk::Unworkable)?;
        ticket.margin = match change.margin {
            Some(margin) => margin,
            None => Money::new(
                notional
                    .get()
                    .checked_div(sealed.leverage)
                    .ok_or(RaisesRisk::Unworkable)?,
            ),
        };
        if change.margin.is_some() {
            ticket.leverage = notional
                .get()
                .checked_div(ticket.margin.get())
                .ok_or(RaisesRisk::Unworkable)?;
        }
        let assessment =
            assess(&self.sealed, &self.account, &ticket).map_err(|_| RaisesRisk::Unworkable)?;
        let outcome = assessment.outcome(ticket.mode);
        let accepted = self.answers().accepted;
        let bounded = accepted.is_some_and(|accepted| outcome.at_risk() <= accepted)
            && matches!(outcome.at_invalidation, Some(AtInvalidation::Closed { .. }));
        if ticket.leverage > sealed.leverage && !bounded {
            return Err(RaisesRisk::MoreLeverage);
        }
        self.ticket = ticket;
        self.assessment = assessment;
        Ok(())
    }

    /// Back to the ticket as it was sealed.
    pub fn as_sealed(&mut self) {
        let ticket = self.sealed.pause().ticket().clone();
        if let Ok(assessment) = assess(&self.sealed, &self.account, &ticket) {
            self.ticket = ticket;
            self.assessment = assessment;
        }
    }

    /// The name of the decision to trade the ticket as it stands now.
    fn trade(&self) -> Choice {
        if self.ticket.mode != self.sealed.pause().ticket().mode {
            Choice::IsolatedInstead
        } else if self.is_lowered() {
            Choice::ProceedSmaller
        } else {
            Choice::Proceed
        }
    }

    /// What the trader does. Walking away and waiting are always possible. A decision to
    /// trade is kept under the name that the ticket bears out: as sealed, isolated instead,
    /// or smaller.
    ///
    /// # Errors
    /// [`NotDecided`] where proceeding needs a typed sentence, is still asleep, or the
    /// permission has lapsed.
    pub fn decide(
        &self,
        mut choice: Choice,
        sentence: Option<&str>,
        now: &Moment,
    ) -> Result<Decision, NotDecided> {
        let mut flags = Vec::new();
        if self.sealed.sealing().manner().thin {
            flags.push(Flag::Thin);
        }
        let sentence = sentence.map(str::trim).filter(|text| !text.is_empty());
        if choice.trades() {
            if self.permission(now) == Permission::Lapsed {
                return Err(NotDecided::Lapsed);
            }
            if self.proceed_wakes_in(now) > Duration::ZERO {
                return Err(NotDecided::Asleep);
            }
            choice = self.trade();
            if self.asks_why() {
                let text = sentence.ok_or(if self.over_accepted() {
                    NotDecided::NeedsSentence
                } else {
                    NotDecided::OtherGoalposts
                })?;
                super::answer::check_written(text).map_err(NotDecided::Sentence)?;
                if self.over_accepted() {
                    flags.push(Flag::OverAccepted);
                }
            }
            if self.goalposts.is_some() {
                flags.push(Flag::GoalpostsMoved);
            }
        }
        Ok(Decision {
            audit: self.sealed.pause().audit(),
            choice,
            ticket: Some(self.ticket.clone()),
            worst_case: Some(self.worst_case()),
            accepted: self.answers().accepted,
            sentence: sentence.map(str::to_owned),
            seconds_after_reveal: Some(self.since.at(now).as_secs()),
            step: super::Step::Reveal,
            flags,
            triggers: Vec::new(),
        })
    }
}

fn for_engine(sealed: &SealedPause, ticket: &Ticket) -> engine::Ticket {
    let Answers {
        invalidation,
        accepted,
        ..
    } = sealed.answers();
    ticket.for_engine(*invalidation, *accepted)
}

fn assess(
    sealed: &SealedPause,
    account: &engine::Account,
    ticket: &Ticket,
) -> Result<Assessment, engine::Error> {
    engine::assess(account, &for_engine(sealed, ticket), None)
}

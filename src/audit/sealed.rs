//! A pause whose answers lie in the journal: the only way to the engine's numbers.

use std::time::Duration;

use chrono::TimeDelta;
use thiserror::Error;

use super::{Answers, Pause, Revealed, Sealing};
use crate::engine;
use crate::journal::{Moment, Receipt};

/// Answers that the journal has acknowledged.
///
/// There is no way to make one without a [`Receipt`], and only the journal makes those:
///
/// ```compile_fail
/// use impulse_audit::audit::{Answers, Pause, SealedPause};
///
/// fn forge(pause: Pause, answers: Answers) -> SealedPause {
///     SealedPause { pause, answers }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct SealedPause {
    sealing: Sealing,
    receipt: Receipt,
}

/// The receipt is another event's; the answers come back unharmed.
#[derive(Debug, Error)]
#[error("this receipt belongs to another entry of the journal: these answers are not sealed")]
pub struct NotThisSeal {
    /// The answers, as they were.
    pub sealing: Sealing,
}

/// Why there are no numbers yet.
#[derive(Debug, Error)]
pub enum NotYet {
    /// The ticket's wait, counted from the first screen, is not over.
    #[error("The numbers follow in a moment.")]
    Floor {
        /// How long there is still to wait.
        left: Duration,
    },
    /// The engine cannot assess this ticket.
    #[error("{0}")]
    Engine(engine::Error),
}

impl SealedPause {
    pub(super) fn new(sealing: Sealing, receipt: &Receipt) -> Result<Self, Box<NotThisSeal>> {
        if receipt.id() == sealing.event {
            Ok(Self {
                sealing,
                receipt: receipt.clone(),
            })
        } else {
            Err(Box::new(NotThisSeal { sealing }))
        }
    }

    /// The pause that was sealed.
    pub fn pause(&self) -> &Pause {
        &self.sealing.pause
    }

    /// The answers, as sealed.
    pub fn answers(&self) -> &Answers {
        &self.sealing.answers
    }

    /// The seal with everything in it.
    pub fn sealing(&self) -> &Sealing {
        &self.sealing
    }

    /// The journal's word for it.
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// How long the ticket's wait still lasts at `now`; zero once it is over.
    pub fn floor_left(&self, now: &Moment) -> Duration {
        self.pause()
            .ticket()
            .wait()
            .saturating_sub(now.since(self.pause().started()))
    }

    /// Whether it was sealed so long ago that it permits nothing any more: counted from the
    /// seal, or from the end of the ticket's wait where that comes later. By the wall clock,
    /// since the seal may be from before a restart.
    pub fn has_lapsed(&self, now: &Moment) -> bool {
        let sealed = self.receipt.at();
        let wait = TimeDelta::from_std(self.pause().ticket().wait()).unwrap_or(TimeDelta::MAX);
        let from = self
            .pause()
            .started()
            .wall
            .checked_add_signed(wait)
            .map_or(sealed, |waited| waited.max(sealed));
        let age = now.wall.signed_duration_since(from);
        age.to_std()
            .is_ok_and(|age| age > super::revealed::PERMISSION)
    }

    /// Lets the engine assess the ticket in both modes.
    ///
    /// # Errors
    /// [`NotYet`], with the sealed pause back, before the floor is over or where the engine
    /// refuses.
    pub fn reveal(
        self,
        account: engine::Account,
        now: &Moment,
    ) -> Result<Revealed, Box<(Self, NotYet)>> {
        let left = self.floor_left(now);
        if left > Duration::ZERO {
            return Err(Box::new((self, NotYet::Floor { left })));
        }
        Revealed::new(self, account, now.clone())
    }
}

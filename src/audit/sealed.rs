//! A pause whose answers lie in the journal: the only way to the engine's numbers.

use std::time::Duration;

use thiserror::Error;

use super::{Answers, Elapsed, GoalpostsMoved, Pause, Revealed, Sealing};
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
    /// The wait, counted from the first screen, is not over.
    #[error("The numbers follow in a moment.")]
    Waiting {
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

    /// How long the wait still lasts at `now`; zero once it is over.
    pub fn wait_left(&self, now: &Moment) -> Duration {
        self.left_at_the_seal()
            .saturating_sub(self.sealing.since.at(now))
    }

    /// The wait was counted from the first screen on: so much of it was left at the seal.
    fn left_at_the_seal(&self) -> Duration {
        let wait = self.sealing.wait.length();
        wait.saturating_sub(self.sealing.waited)
    }

    /// Whether it was sealed so long ago that it permits nothing any more: counted from the
    /// seal, or from the end of the wait where that comes later.
    pub fn has_lapsed(&self, now: &Moment) -> bool {
        let from_the_end = self.sealing.since.at(now);
        from_the_end.saturating_sub(self.left_at_the_seal()) > super::revealed::PERMISSION
    }

    /// Lets the engine assess the ticket in both modes. The goalposts are those that were found
    /// moved, if they were.
    ///
    /// # Errors
    /// [`NotYet`], with the sealed pause back, before the wait is over or where the engine
    /// refuses.
    pub fn reveal(
        self,
        account: engine::Account,
        goalposts: Option<GoalpostsMoved>,
        now: &Moment,
    ) -> Result<Revealed, Box<(Self, NotYet)>> {
        let left = self.wait_left(now);
        if left > Duration::ZERO {
            return Err(Box::new((self, NotYet::Waiting { left })));
        }
        Revealed::new(self, account, goalposts, (now.clone(), Elapsed::begin(now)))
    }

    /// The same for numbers that the journal says were on the table before a restart: since
    /// `shown`, counted so.
    pub(crate) fn reveal_again(
        self,
        account: engine::Account,
        goalposts: Option<GoalpostsMoved>,
        shown: (Moment, Elapsed),
    ) -> Result<Revealed, Box<(Self, NotYet)>> {
        Revealed::new(self, account, goalposts, shown)
    }
}

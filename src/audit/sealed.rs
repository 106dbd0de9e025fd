//! A pause whose answers lie in the journal: the only way to the engine's numbers.

use std::time::Duration;

use thiserror::Error;

use super::{Answers, Pause, Sealing};
use crate::engine;
use crate::journal::{Moment, Receipt};

/// A sealed permission holds this long.
pub(super) const PERMISSION: Duration = Duration::from_mins(10);

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

impl Sealing {
    /// The sealed pause, once the journal has acknowledged this very event.
    ///
    /// # Errors
    /// [`NotThisSeal`], with the answers back, where the receipt is another event's.
    pub fn acknowledged(self, receipt: &Receipt) -> Result<SealedPause, Box<NotThisSeal>> {
        if receipt.id() == self.event {
            Ok(SealedPause {
                sealing: self,
                receipt: receipt.clone(),
            })
        } else {
            Err(Box::new(NotThisSeal { sealing: self }))
        }
    }
}

impl SealedPause {
    /// The pause that was sealed.
    pub fn pause(&self) -> &Pause {
        &self.sealing.pause
    }

    /// The answers, as sealed.
    pub fn answers(&self) -> &Answers {
        &self.sealing.answers
    }

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
        from_the_end.saturating_sub(self.left_at_the_seal()) > PERMISSION
    }
}

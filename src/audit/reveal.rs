//! The way from sealed answers to the numbers: not before the wait is over.

use std::time::Duration;

use super::{Elapsed, GoalpostsMoved, NotYet, Revealed, SealedPause};
use crate::engine;
use crate::journal::Moment;

impl SealedPause {
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

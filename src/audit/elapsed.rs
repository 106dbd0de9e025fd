//! How long something has lasted, so that neither a clock that is set nor a restart makes it
//! seem longer or shorter than it is.

use std::time::Duration;

use crate::journal::{CLOCK_TOLERANCE, Moment};

/// Time that goes by from a moment on. Within one run of the program it is counted by the boot
/// clock, whatever happens to the wall clock; what went by before the run is counted once, when
/// the program takes it up.
///
/// ```
/// use std::time::Duration;
/// use impulse_audit::audit::Elapsed;
/// use impulse_audit::journal::{Clock as _, HandClock};
///
/// let clock = HandClock::new();
/// let began = clock.now();
/// clock.advance(Duration::from_secs(60));
/// clock.reboot();
/// let elapsed = Elapsed::taken_up(&began, &clock.now());
/// clock.advance_up(Duration::from_secs(5));
/// clock.set_wall(began.wall); // a person sets the wall clock back
/// assert_eq!(elapsed.at(&clock.now()), Duration::from_secs(65));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Elapsed {
    before: Duration,
    from: Moment,
    is_certain: bool,
}

impl Elapsed {
    /// Counted from now on.
    pub fn begin(now: &Moment) -> Self {
        Self {
            before: Duration::ZERO,
            from: now.clone(),
            is_certain: true,
        }
    }

    /// Counted from a moment of the journal, taken up now. Its wall clock must not stand before
    /// the journal's own time: across boots it is all that tells how much went by.
    pub fn taken_up(began: &Moment, now: &Moment) -> Self {
        let set_back =
            now.boot != began.boot && began.wall.signed_duration_since(now.wall) > CLOCK_TOLERANCE;
        Self {
            before: now.since(began),
            from: now.clone(),
            is_certain: !set_back,
        }
    }

    /// How much has gone by at `now`, at the least.
    pub fn at(&self, now: &Moment) -> Duration {
        self.before.saturating_add(now.since(&self.from))
    }

    /// Whether that is all of it: `false` where the machine was restarted and its wall clock
    /// stands before the beginning, so that nobody can tell.
    pub fn is_certain(&self) -> bool {
        self.is_certain
    }
}

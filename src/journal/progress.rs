//! How far something long has come, told to whoever waits for it, who may ask to stop.

use std::ops::ControlFlow;

/// How far it has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes done so far.
    pub bytes: u64,
    /// Bytes in all.
    pub of: u64,
}

impl Progress {
    /// Whole percent; 0 while it is not known how much there is.
    ///
    /// ```
    /// use impulse_audit::journal::Progress;
    ///
    /// assert_eq!(Progress { bytes: 199, of: 200 }.percent(), 99);
    /// assert_eq!(Progress::default().percent(), 0);
    /// ```
    pub fn percent(self) -> u64 {
        let percent = u128::from(self.bytes)
            .saturating_mul(100)
            .checked_div(self.of.into());
        percent.map_or(0, |percent| u64::try_from(percent).unwrap_or(u64::MAX))
    }
}

/// Is told how far it is; may ask to stop.
pub type Watch<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// Watches nothing and never asks to stop.
pub fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Something long that is done in several stretches and watched as one.
pub(super) struct StagedProgress<'w, 'a> {
    watch: &'w mut Watch<'a>,
    /// Bytes of the stretches that are done.
    behind: u64,
    of: u64,
}

impl<'w, 'a> StagedProgress<'w, 'a> {
    /// A way of so many bytes in all.
    pub(super) fn of(bytes: u64, watch: &'w mut Watch<'a>) -> Self {
        Self {
            watch,
            behind: 0,
            of: bytes,
        }
    }

    /// So many bytes of the present stretch are done.
    pub(super) fn at(&mut self, bytes: u64) -> ControlFlow<()> {
        (self.watch)(Progress {
            bytes: self.behind.saturating_add(bytes).min(self.of),
            of: self.of,
        })
    }

    /// The present stretch, of so many bytes, is done.
    pub(super) fn past(&mut self, bytes: u64) {
        self.behind = self.behind.saturating_add(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_add_up_and_never_go_beyond_the_end() {
        let mut seen = Vec::new();
        let mut watch = |progress: Progress| {
            seen.push(progress.percent());
            ControlFlow::Continue(())
        };
        let mut way = StagedProgress::of(200, &mut watch);
        assert!(way.at(50).is_continue());
        way.past(100);
        assert!(way.at(0).is_continue());
        assert!(way.at(99).is_continue());
        assert!(way.at(300).is_continue());
        assert_eq!(seen, [25, 50, 99, 100]);
    }
}

//! How much a siege has done.

use std::fmt;

/// How much was done in all.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) sieges: u64,
    pub(crate) steps: u64,
    pub(super) runs: u64,
    pub(super) done: u64,
    pub(super) kills: u64,
    pub(super) attacks: u64,
    pub(super) losses: u64,
    pub(super) seats: u64,
    pub(super) numbers: u64,
    pub(super) lists: u64,
    pub(super) boots: u64,
    pub(super) lines: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            sieges,
            steps,
            runs,
            done,
            kills,
            attacks,
            losses,
            seats,
            numbers,
            lists,
            boots,
            lines,
        } = self;
        write!(
            f,
            "{sieges} sieges, {steps} steps: {runs} commands ({done} done, {kills} killed), \
             {seats} audits on a terminal ({numbers} came to the numbers), {attacks} attacks on \
             files ({losses} took lines, all told), {boots} boots, {lists} lists of promises held \
             against the oracle, {lines} lines left"
        )
    }
}

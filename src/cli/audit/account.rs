//! The first account, where there is none yet.

use super::talk::{Heard, Stop, Talk};
use crate::cli::answer::refused;

pub(super) fn first(_talk: &mut Talk) -> Heard<()> {
    Err(Stop::Failed(refused(
        "There is no account yet. Write one in the window, under Account",
    )))
}

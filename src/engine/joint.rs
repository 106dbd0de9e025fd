//! placeholder
use super::book::Book;
use super::contract::Mode;
use super::error::Error;
use super::outcome::JointOutcome;
use super::ticket::Joint;
pub(crate) fn joint_outcome(_: &Book<'_>, _: Mode, _: &Joint) -> Result<JointOutcome, Error> {
    Ok(JointOutcome::default())
}

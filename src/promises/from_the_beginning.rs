//! The rules that hold from the beginning: nobody has promised them.

use super::promise::Promise;
use crate::market::LockId;
use crate::waits::{WaitReason, WaitRule};

/// What their ids begin with.
const BEGINNING: u128 = 0x696d_7075_6c73_8065_8001_0000_0000_0000;

pub(super) fn from_the_beginning() -> impl Iterator<Item = (LockId, Promise)> {
    let stand = [
        Promise::NoAddingToALoser,
        Promise::NoIncreaseWhileLosing,
        Promise::CrossNeedsAPlan,
    ];
    let wait = WaitReason::ALL.map(|reason| Promise::Wait(WaitRule::from_the_beginning(reason)));
    let numbered = (1..).zip(stand).chain((0x11..).zip(wait));
    numbered.map(|(number, promise)| (LockId::from_u128(BEGINNING | number), promise))
}

/// Whether this id names one of them.
pub fn is_from_the_beginning(lock: LockId) -> bool {
    from_the_beginning().any(|(own, _)| own == lock)
}

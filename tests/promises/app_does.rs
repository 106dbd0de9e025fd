//! What can be done at the app, to its clocks and to its files.

use proptest::prelude::*;

use crate::support::{DAY, HOUR, MINUTE};

/// Something that is done.
#[derive(Clone, Debug)]
pub(crate) enum Does {
    Arm(u64),
    Undo,
    Loosen,
    Confirm,
    Cancel,
    Release,
    Rename(u8),
    NewAccount(u8),
    OpenIsolated,
    CloseIt,
    Passes(u64),
    SetWall(i32),
    Zone(u8),
    Boot { off: u32, dead_battery: bool },
    Restart,
    Kill,
    PowerCut { calls: u64, holes: u64 },
    Keep,
    PutBack,
    Delete,
    Cut(u8),
    TearHead(bool),
    RemoveHead,
    Tear,
    BackUp,
    Restore,
}

pub(crate) fn does() -> impl Strategy<Value = Does> {
    let secs = prop::sample::select(vec![MINUTE, HOUR, 5 * HOUR, DAY, 3 * DAY]);
    prop_oneof![
        4 => secs.clone().prop_map(Does::Arm),
        1 => Just(Does::Undo),
        1 => Just(Does::Loosen),
        1 => Just(Does::Confirm),
        1 => Just(Does::Cancel),
        1 => Just(Does::Release),
        1 => any::<u8>().prop_map(Does::Rename),
        1 => any::<u8>().prop_map(Does::NewAccount),
        1 => Just(Does::OpenIsolated),
        1 => Just(Does::CloseIt),
        4 => prop_oneof![secs, 0..2 * HOUR].prop_map(Does::Passes),
        2 => (-40 * 86_400..40 * 86_400).prop_map(Does::SetWall),
        1 => any::<u8>().prop_map(Does::Zone),
        2 => (0..200_000_u32, any::<bool>())
            .prop_map(|(off, dead_battery)| Does::Boot { off, dead_battery }),
        1 => Just(Does::Restart),
        1 => Just(Does::Kill),
        1 => (0..12_u64, any::<u64>()).prop_map(|(calls, holes)| Does::PowerCut { calls, holes }),
        1 => Just(Does::Keep),
        1 => Just(Does::PutBack),
        1 => Just(Does::Delete),
        1 => any::<u8>().prop_map(Does::Cut),
        1 => any::<bool>().prop_map(Does::TearHead),
        1 => Just(Does::RemoveHead),
        1 => Just(Does::Tear),
        1 => Just(Does::BackUp),
        1 => Just(Does::Restore),
    ]
}

//! Getting out, by keys alone.

use egui::Key;
use impulse_audit::desk::Command;

use crate::common::{World, done, eth};
use crate::seat::Seat;

/// Before a window over an account with ETH long in cross.
pub(crate) fn with_eth() -> Seat {
    let (world, mut desk, account) = World::with_account();
    done(&mut desk, Command::OpenPosition(eth(account)));
    Seat::before(world, desk)
}

#[test]
fn a_close_goes_through_with_one_key_at_every_question() {
    let mut seat = with_eth();
    seat.begin();
    seat.write_state();
    seat.tab_to("Close");
    seat.press(Key::Space);
    seat.tab_to("ETH/USDT long cross");
    seat.press(Key::Space);
    seat.must_read("the price now, if left empty");
    seat.next();
    for place in ["1 of 4", "2 of 4", "3 of 4", "4 of 4"] {
        seat.must_read(place);
        seat.next();
    }
    // 5 · 100, less 0.05 % of 10,500.
    seat.must_read("Closing it at 2,100 realises +494.75 USDT after the fee.");
    seat.must_not_read("You accepted");
    seat.push("Proceed");
    seat.must_read("You decided to close");
    assert_eq!(seat.world.last("audit.decided")["choice"], "proceed");
}

//! What is said of promises is said alike on every screen: their end, and who has made them.

use chrono::TimeDelta;
use egui::Key;

use crate::common::World;
use crate::promises::{DAY, arm, arming, free, in_secs, open_ticket};
use crate::seat::Seat;

#[test]
fn the_end_of_a_lock_is_one_time_on_every_screen_whatever_the_wall_clock_says() {
    let mut seat = free();
    arming(&mut seat, "No cross at all");
    let end = in_secs(&seat, DAY);
    arm(&mut seat, "No cross at all");
    let on_every_screen = |seat: &mut Seat| {
        seat.go("Home");
        seat.must_read(&format!("until {end}"));
        seat.go("Promises");
        seat.must_read(&format!("Until {end}"));
    };
    seat.wait(40);
    on_every_screen(&mut seat);
    seat.world.clock.advance_wall(TimeDelta::minutes(7));
    on_every_screen(&mut seat);
    open_ticket(&mut seat, "Cross");
    seat.must_read(&format!("No cross at all until {end}"));
    seat.world.clock.advance_wall(TimeDelta::minutes(-20));
    seat.wait(600);
    seat.must_read(&format!("No cross at all until {end}"));
    seat.push("Do nothing");
    on_every_screen(&mut seat);
}

/// Nothing was armed here: whatever stands was there from the beginning, and is called that.
#[test]
fn a_rule_from_the_beginning_is_called_that_on_every_screen_and_never_a_promise_of_hers() {
    let (world, app, _) = World::with_account();
    let mut seat = Seat::before(world, app);
    let nobody_promised = |seat: &Seat| {
        for text in seat.texts() {
            let words = text.to_lowercase();
            for claim in ["you promised", "had promised", "1 promise", "3 promises"] {
                assert!(!words.contains(claim), "{text:?}");
            }
        }
    };
    open_ticket(&mut seat, "Cross");
    seat.must_read("A rule that holds from the beginning stands against this.");
    seat.must_read("It holds from the beginning, until you loosen it.");
    seat.must_read("Ask for this rule to be loosened…");
    nobody_promised(&seat);
    seat.push("Do nothing");
    seat.must_read("3 rules");
    nobody_promised(&seat);
    seat.go("Promises");
    seat.must_read("Always, from the beginning");
    seat.must_read("1 try was met by what is in force.");
    nobody_promised(&seat);
    seat.go("Journal");
    seat.must_read("Wanted to open; waited");
    nobody_promised(&seat);
    seat.press(Key::Enter);
    seat.rest();
    nobody_promised(&seat);
}

//! The same window in other sizes: nothing loses its name, and it rests.

use impulse_audit::app::Command;

use crate::common::{World, done, eth};
use crate::seat::Seat;

fn seat(size: (f32, f32), zoom: u16) -> Seat {
    let (world, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(account)));
    Seat::of_size(world, app, size, zoom)
}

fn whole_audit(seat: &mut Seat) {
    seat.reach_the_numbers("1050");
    seat.wait(5);
    seat.push("Proceed");
    seat.must_read("You decided to open");
    seat.push("See it in the journal");
    seat.must_read("1 entry");
}

#[test]
fn an_audit_goes_through_in_a_narrow_window() {
    whole_audit(&mut seat((420.0, 560.0), 100));
}

#[test]
fn an_audit_goes_through_at_eighty_percent() {
    whole_audit(&mut seat((1100.0, 760.0), 80));
}

#[test]
fn an_audit_goes_through_at_two_hundred_percent() {
    whole_audit(&mut seat((1100.0, 760.0), 200));
}

#[test]
fn an_audit_goes_through_in_a_narrow_window_at_two_hundred_percent() {
    whole_audit(&mut seat((420.0, 560.0), 200));
}

#[test]
fn every_screen_rests_and_names_what_is_in_it() {
    for (size, zoom) in [
        ((1100.0, 760.0), 80),
        ((1100.0, 760.0), 200),
        ((420.0, 560.0), 100),
    ] {
        let mut seat = seat(size, zoom);
        for (screen, words) in [
            ("Journal", "Nothing is written yet"),
            ("Promises", "In force"),
            ("Account", "Main"),
            ("Settings", "Settings"),
            ("Home", "Nothing has to happen."),
        ] {
            seat.go(screen);
            seat.must_read(words);
            // Drawn again and again, it asks for no further frame.
            for _ in 0..3 {
                seat.rest();
            }
        }
    }
}

#[test]
fn every_screen_is_in_the_rail_of_the_narrowest_window() {
    let seat = seat((400.0, 480.0), 100);
    let rail = [
        "Home", "Audit", "Journal", "Promises", "Account", "Settings", "Help",
    ];
    let mut left = 0.0;
    for name in rail {
        let place = seat.place(name);
        assert!(place.left() >= left, "{name} lies over its neighbour");
        assert!(place.right() <= 400.0, "{name} ends at {}", place.right());
        left = place.right();
    }
}

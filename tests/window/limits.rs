//! Limits and waits in the window: armed by keys alone, met at the audit, and offered behind a loss.

use impulse_audit::journal::Clock as _;

use crate::promises::{
    DAY, arm, arming, choose, clock_time, free, holding, in_secs, log_a_close, met, open_ticket,
};

#[test]
fn at_most_so_much_lost_meets_what_comes_behind_it_and_ends_by_itself() {
    let mut seat = holding("99000");
    arming(&mut seat, "At most so much lost");
    seat.must_read("profits are not set against it");
    seat.next();
    seat.must_read("What you lose at most is not written yet.");
    seat.fill("Lost, at most", "400");
    let sentence = "At most 400 USDT lost in 24 h by closes, reduces and liquidations";
    arm(&mut seat, sentence);
    // 0.2 from 100,000 to 98,000 are 400.
    log_a_close(&mut seat, "98000", false);
    let end = in_secs(&seat, DAY);
    seat.go("Promises");
    seat.must_read(&format!("Always; a pause until {end}"));
    open_ticket(&mut seat, "Isolated");
    met(&mut seat, &format!("{sentence} until {end}"));
}

#[test]
fn a_limit_is_offered_for_a_day_behind_the_first_loss_until_it_is_taken_or_put_away() {
    let offer = "Your first loss is logged.";
    let lost = || {
        let mut seat = holding("99000");
        seat.go("Home");
        seat.must_not_read(offer);
        log_a_close(&mut seat, "98000", false);
        seat.go("Home");
        seat.must_read(offer);
        seat
    };
    let mut seat = lost();
    seat.push("Promise a limit…");
    // No number is written beforehand.
    seat.fill("Lost, at most", "2%");
    arm(
        &mut seat,
        "At most 2 % of the accounts in one currency lost in 24 h by closes, reduces and liquidations",
    );
    seat.go("Home");
    seat.must_not_read(offer);
    let mut seat = lost();
    seat.push("Not now");
    seat.must_not_read(offer);
    let mut seat = lost();
    seat.wait(DAY);
    seat.must_not_read(offer);
}

#[test]
fn at_most_so_much_at_stake_meets_what_would_be_more() {
    let mut seat = holding("99000");
    arming(&mut seat, "At most so much at stake");
    seat.fill("At stake, at most", "1.5k");
    let sentence =
        "At most 1,500 USDT at stake at once, the worst cases of all that is open together";
    arm(&mut seat, sentence);
    // 800 of the first position's 1,000 are left, and 1,000 would come to them.
    seat.begin();
    seat.write_state();
    choose(&mut seat, "Open");
    seat.tab_to("Market");
    seat.write("eth");
    choose(&mut seat, "Short");
    seat.fill("Entry price", "2000");
    seat.fill("Quantity", "5");
    seat.fill("Leverage", "10");
    seat.fill("Maintenance rate", "0.5");
    seat.next();
    met(&mut seat, sentence);
}

#[test]
fn a_stop_after_losses_in_a_row_lasts_until_the_next_day_begins() {
    let mut seat = holding("99000");
    arming(&mut seat, "A stop after losses in a row");
    seat.fill("How many losses", "1");
    let sentence = "No new risk until the next day after a loss";
    arm(&mut seat, sentence);
    log_a_close(&mut seat, "98000", false);
    open_ticket(&mut seat, "Isolated");
    // The clock of these tests stands in UTC.
    let now = seat.world.clock.now().wall;
    let midnight = now
        .date_naive()
        .succ_opt()
        .unwrap()
        .and_time(chrono::NaiveTime::MIN);
    let end = clock_time(midnight.and_utc());
    met(&mut seat, &format!("{sentence} until {end}"));
}

#[test]
fn new_risk_only_within_hours_is_met_outside_of_them() {
    let mut seat = free();
    // Monday the 2nd of March 2026, half past two.
    arming(&mut seat, "Only within hours");
    choose(&mut seat, "Mon");
    seat.fill("From", "9:00");
    seat.fill("To", "17.30");
    seat.must_read("09:00");
    arm(&mut seat, "New risk only Tue–Fri, 09:00–17:30");
    let end = clock_time("2026-03-03T09:00:00Z".parse().unwrap());
    seat.must_read(&format!("Always; closed now, open from {end}"));
    open_ticket(&mut seat, "Isolated");
    met(
        &mut seat,
        &format!("New risk only Tue–Fri, 09:00–17:30 until {end}"),
    );
}

#[test]
fn a_wait_is_made_longer_at_once_and_stands_against_nothing() {
    let mut seat = free();
    arming(&mut seat, "A wait before the numbers");
    choose(&mut seat, "A rescue");
    choose(&mut seat, "1 h");
    let sentence = "A wait of 1 h before the numbers of a rescue";
    seat.must_read(sentence);
    seat.push("Arm it");
    seat.push("Show 8 waits");
    seat.must_read(sentence);
    seat.must_read("A wait of 15 min before the numbers of a rescue");
    seat.push("Ask for it to be loosened… A wait of 15 min before the numbers of a rescue");
    seat.push("Ask for it");
    assert_eq!(seat.world.kinds().last().unwrap(), "promise.loosening");
    open_ticket(&mut seat, "Isolated");
    seat.must_read("1 of 4");
}

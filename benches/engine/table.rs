//! Each median of one run, beside a frame of the screen and beside its bare decimal operations.

use std::hint::black_box;
use std::time::{Duration, Instant};

use impulse_audit::engine::{
    Account, Joint, Mode, Price, Rate, Ticket, assess, before_after, default_moves, equity_curve,
    funding_path, gap, same_move,
};
use rust_decimal::Decimal;

use crate::scene::{curve_prices, mixed, scene};

/// One frame at 60 a second, rounded down.
const FRAME: Duration = Duration::from_millis(16);

/// Prints the table; run as a test, it only shows that it runs.
pub(crate) fn print() {
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    let is_test = std::env::args().any(|argument| argument == "--test");
    let runs = if is_test { 3 } else { 501 };
    println!("\nMedians of {runs} runs");
    for (others, tiers) in [(0, 5), (12, 5), (100, 5), (12, 1), (12, 12)] {
        let (account, ticket) = scene(others, tiers);
        row(
            &format!("assess, {others} other positions, {tiers} tiers"),
            runs,
            || {
                black_box(assess(black_box(&account), black_box(&ticket), None).unwrap());
            },
        );
    }
    let prices = curve_prices();
    for others in [0, 12, 100] {
        let (account, ticket) = scene(others, 5);
        row(
            &format!("whole reveal, {others} other positions"),
            runs,
            || {
                reveal_of(&account, &ticket, &prices);
            },
        );
    }
    let (account, ticket) = mixed(100, 5);
    row(
        "whole reveal, 100 other positions, half of them inverse",
        runs,
        || reveal_of(&account, &ticket, &prices),
    );
    let (account, ticket) = scene(12, 5);
    row("equity curves, 2 x 400 points", runs, || {
        curves_of(&account, &ticket, &prices);
    });
    if cfg!(not(feature = "operations")) {
        println!("Ratios to bare decimal operations: add --features operations");
    }
}

/// Everything the reveal shows: both modes, ladder, sizes, the same move, before and after, gaps,
/// funding, two curves.
pub(crate) fn reveal_of(account: &Account, ticket: &Ticket, prices: &[Price]) {
    let joint = Joint::default();
    black_box(assess(account, ticket, Some(&joint)).unwrap());
    black_box(same_move(account, ticket, &default_moves()).unwrap());
    let gaps = [1, 5, 10].map(|percent| Rate::new(Decimal::new(percent, 2)));
    for mode in [Mode::Isolated, Mode::Cross] {
        black_box(before_after(account, ticket, mode).unwrap());
        black_box(gap(account, ticket, mode, &gaps).unwrap());
        let rate = ticket.funding.rate;
        black_box(funding_path(account, ticket, mode, rate, &[1, 3, 9, 21, 90]).unwrap());
    }
    curves_of(account, ticket, prices);
}

fn curves_of(account: &Account, ticket: &Ticket, prices: &[Price]) {
    for mode in [Mode::Isolated, Mode::Cross] {
        black_box(equity_curve(account, ticket, mode, prices).unwrap());
    }
}

fn row(name: &str, runs: usize, work: impl Fn()) {
    let ours = median(runs, &work);
    print!(
        "{name}: p50 {ours:.1?}, {:.2} % of a frame of 16 ms",
        100.0 * share(ours, FRAME),
    );
    beside_bare_operations(runs, ours, work);
    println!();
}

/// The very same operations in a bare loop, one after the other, as often as the work itself.
#[cfg(feature = "operations")]
fn beside_bare_operations(runs: usize, ours: Duration, work: impl Fn()) {
    let ((), operations) = impulse_audit::engine::operations::record(&work);
    let bare = median(runs, || {
        for operation in &operations {
            black_box(black_box(*operation).carry_out());
        }
    });
    print!(
        "; {} decimal operations, bare {bare:.1?}, ratio {:.2}",
        operations.len(),
        share(ours, bare),
    );
}

#[cfg(not(feature = "operations"))]
fn beside_bare_operations(_: usize, _: Duration, _: impl Fn()) {}

fn median(runs: usize, work: impl Fn()) -> Duration {
    let mut times: Vec<_> = (0..runs)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(runs / 2).copied().unwrap_or_default()
}

fn share(part: Duration, whole: Duration) -> f64 {
    part.as_secs_f64() / whole.as_secs_f64()
}

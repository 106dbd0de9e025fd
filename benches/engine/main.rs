//! How long an assessment takes, how it grows with the account, and what its decimal operations
//! alone would take.
//!
//! - `scene` — accounts of any size
//! - `table` — each median beside a frame of the screen, and beside its bare operations
//!
//! `cargo bench --bench engine` prints criterion's statistics, then the medians.
//! `cargo bench --bench engine --features operations -- table` prints the medians with the number of
//! decimal operations and the ratio to a bare loop over the very same ones. Listening for them slows
//! the engine down a little, so the medians proper are those without the feature.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a bench that meets the unexpected should stop; criterion's macros carry no docs"
)]

mod scene;
mod table;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use impulse_audit::engine::{Mode, assess, equity_curve};
use rust_decimal::Decimal;

use scene::{curve_prices, scene};
use table::reveal_of;

fn assessment(c: &mut Criterion) {
    let mut group = c.benchmark_group("assess");
    for others in [0, 12, 100] {
        let (account, ticket) = scene(others, 5);
        group.bench_with_input(
            BenchmarkId::new("other positions", others),
            &others,
            |b, _| {
                b.iter(|| assess(black_box(&account), black_box(&ticket), None).unwrap());
            },
        );
    }
    for tiers in [1, 5, 12] {
        let (account, ticket) = scene(12, tiers);
        group.bench_with_input(
            BenchmarkId::new("tiers, 12 others", tiers),
            &tiers,
            |b, _| {
                b.iter(|| assess(black_box(&account), black_box(&ticket), None).unwrap());
            },
        );
    }
    group.finish();
}

fn reveal(c: &mut Criterion) {
    let mut group = c.benchmark_group("whole reveal");
    for others in [12, 100] {
        let (account, ticket) = scene(others, 5);
        let prices = curve_prices();
        group.bench_with_input(
            BenchmarkId::new("other positions", others),
            &others,
            |b, _| {
                b.iter(|| reveal_of(&account, &ticket, &prices));
            },
        );
    }
    group.finish();
}

fn curves(c: &mut Criterion) {
    let (account, ticket) = scene(12, 5);
    let prices = curve_prices();
    c.bench_function("equity curves, 2 x 400 points", |b| {
        b.iter(|| {
            for mode in [Mode::Isolated, Mode::Cross] {
                black_box(equity_curve(&account, &ticket, mode, &prices).unwrap());
            }
        });
    });
}

/// The least an assessment could cost: its decimal operations alone.
fn bare(c: &mut Criterion) {
    let mut group = c.benchmark_group("bare");
    group.throughput(Throughput::Elements(1_000));
    let (a, b) = (Decimal::new(1_234_567, 4), Decimal::new(987_654, 5));
    group.bench_function("1000 checked products and sums", |bench| {
        bench.iter(|| {
            let mut sum = Decimal::ZERO;
            for _ in 0..500 {
                let product = black_box(a).checked_mul(black_box(b)).unwrap();
                sum = sum.checked_add(product).unwrap();
            }
            sum
        });
    });
    group.finish();
}

criterion_group!(benches, assessment, reveal, curves, bare);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    table::print();
}

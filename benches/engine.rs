//! How long an assessment takes, how it grows with the account, and a bare loop of decimals beside it.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "a bench that meets the unexpected should stop; criterion's macros carry no docs"
)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use impulse_audit::engine::{
    Account, Backing, Basis, Contract, Fees, Funding, Intent, Joint, Mode, Money, Position, Price,
    Quantity, Rate, Schedule, Side, Ticket, Tier, assess, before_after, default_moves,
    equity_curve, same_move,
};
use rust_decimal::Decimal;

fn schedule(tiers: i64) -> Schedule {
    let mut amount = Decimal::ZERO;
    let tiers = (0..tiers)
        .map(|index| {
            let floor = Decimal::from(index * 50_000);
            let rise = if index == 0 {
                Decimal::ZERO
            } else {
                Decimal::new(5, 3)
            };
            amount += floor * rise;
            Tier {
                floor: Money::new(floor),
                rate: Rate::new(Decimal::new(4 + 5 * index, 3)),
                amount: Money::new(amount),
                max_leverage: None,
            }
        })
        .collect();
    Schedule {
        basis: Basis::AtSolvedPrice,
        close_fee: Rate::new(Decimal::new(5, 4)),
        tiers,
    }
}

/// Others positions, every third isolated, and the ticket.
fn scene(others: i64, tiers: i64) -> (Account, Ticket) {
    let positions = (0..others)
        .map(|index| Position {
            symbol: format!("S{index}"),
            contract: Contract::Linear,
            contract_size: Decimal::ONE,
            side: if index % 2 == 0 {
                Side::Long
            } else {
                Side::Short
            },
            quantity: Quantity::new(Decimal::new(15 + index, 1)),
            entry: Price::new(Decimal::from(2_000 + index)),
            mark: Price::new(Decimal::new(20_137 + index, 1)),
            backing: if index % 3 == 0 {
                Backing::Isolated {
                    margin: Money::new(Decimal::from(400)),
                }
            } else {
                Backing::Cross
            },
            maintenance: schedule(tiers),
        })
        .collect();
    let account = Account {
        collateral: "USDT".to_owned(),
        wallet_balance: Money::new(Decimal::from(60_000)),
        positions,
    };
    let ticket = Ticket {
        intent: Intent::Open,
        symbol: "BTC".to_owned(),
        contract: Contract::Linear,
        contract_size: Decimal::ONE,
        side: Side::Long,
        quantity: Quantity::new(Decimal::new(2, 0)),
        entry: Price::new(Decimal::from(100_000)),
        mark: Some(Price::new(Decimal::new(99_876, 0))),
        mode: Mode::Cross,
        margin: Some(Money::new(Decimal::from(10_000))),
        leverage: None,
        fees: Fees {
            open: Rate::new(Decimal::new(5, 4)),
            close: Rate::new(Decimal::new(5, 4)),
        },
        funding: Funding {
            rate: Rate::new(Decimal::new(1, 4)),
            intervals: 3,
            owed: Money::ZERO,
        },
        tick: Some(Decimal::new(1, 1)),
        lot: Some(Decimal::new(1, 3)),
        maintenance: schedule(tiers),
        invalidation: Price::new(Decimal::from(94_000)),
        acceptable_loss: Money::new(Decimal::from(500)),
    };
    (account, ticket)
}

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

/// Everything the reveal shows: both modes, ladder, sizes, table, before and after, two curves.
fn reveal(c: &mut Criterion) {
    let mut group = c.benchmark_group("whole reveal");
    for others in [12, 100] {
        let (account, ticket) = scene(others, 5);
        let prices = curve_prices();
        group.bench_with_input(
            BenchmarkId::new("other positions", others),
            &others,
            |b, _| {
                b.iter(|| {
                    let joint = Joint::default();
                    black_box(assess(&account, &ticket, Some(&joint)).unwrap());
                    black_box(same_move(&account, &ticket, &default_moves()).unwrap());
                    for mode in [Mode::Isolated, Mode::Cross] {
                        black_box(before_after(&account, &ticket, mode).unwrap());
                        black_box(equity_curve(&account, &ticket, mode, &prices).unwrap());
                    }
                });
            },
        );
    }
    group.finish();
}

fn curve_prices() -> Vec<Price> {
    (0..400)
        .map(|step| Price::new(Decimal::from(40_000 + 200 * step)))
        .collect()
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
criterion_main!(benches);

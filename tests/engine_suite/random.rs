//! Random accounts and tickets: linear and inverse, hedge legs, tiers that meet and tiers that jump,
//! every basis, either mode.

use impulse_audit::engine::{
    Account, Backing, Basis, Contract, Fees, Funding, Intent, Mode, ModeScope, Money,
    PositionInput, Price, Quantity, Rate, Schedule, Side, Ticket, Tier,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// An account and an `open` that the engine accepts.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) account: Account,
    pub(crate) ticket: Ticket,
}

fn scaled(range: std::ops::Range<i64>, scale: u32) -> impl Strategy<Value = Decimal> {
    range.prop_map(move |digits| Decimal::new(digits, scale))
}

fn side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Long), Just(Side::Short)]
}

fn mode() -> impl Strategy<Value = Mode> {
    prop_oneof![Just(Mode::Isolated), Just(Mode::Cross)]
}

/// What is typical of a contract kind, so that tiers and margins have something to do.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    contract: Contract,
    /// Notionals lie around here.
    notional: i64,
}

const LINEAR: Sizes = Sizes {
    contract: Contract::Linear,
    notional: 20_000,
};
const INVERSE: Sizes = Sizes {
    contract: Contract::Inverse,
    notional: 20,
};

fn schedule(sizes: Sizes) -> impl Strategy<Value = Schedule> {
    let tier = (1_i64..120, 0_i64..250, prop::bool::ANY);
    (
        prop::collection::vec(tier, 1..5),
        prop_oneof![
            4 => Just(0),
            1 => Just(1),
            1 => Just(2),
            1 => Just(3),
        ],
        scaled(0..20, 4),
        scaled(0..500, 3),
    )
        .prop_map(move |(steps, basis, close_fee, fixed)| {
            let basis = match basis {
                0 => Basis::AtSolvedPrice,
                1 => Basis::AtEntry,
                2 => Basis::AtMark,
                _ => Basis::Fixed(Money::new(fixed)),
            };
            let (mut floor, mut rate) = (Decimal::ZERO, Decimal::ZERO);
            let mut amount = Decimal::ZERO;
            let mut tiers = Vec::new();
            for (index, (rise, width, meets)) in steps.into_iter().enumerate() {
                let higher = rate + Decimal::new(rise, 3);
                if index > 0 {
                    floor += Decimal::from(sizes.notional) * Decimal::new(width + 1, 2);
                    // Either the requirement meets at the floor, or it jumps there.
                    amount = if meets {
                        amount + floor * (higher - rate)
                    } else {
                        Decimal::ZERO
                    };
                }
                rate = higher;
                tiers.push(Tier {
                    floor: Money::new(floor),
                    rate: Rate::new(rate),
                    amount: Money::new(amount),
                    max_leverage: None,
                });
            }
            Schedule {
                basis,
                close_fee: Rate::new(close_fee),
                tiers,
            }
        })
}

fn position(symbol: &'static str, sizes: Sizes) -> impl Strategy<Value = PositionInput> {
    (
        side(),
        mode(),
        1_i64..4000,
        50_i64..200,
        50_i64..200,
        1_i64..600,
        schedule(sizes),
    )
        .prop_map(
            move |(side, mode, quantity, entry, mark, margin, maintenance)| {
                let (quantity, contract_size) = quantity_of(sizes, quantity);
                PositionInput {
                    symbol: symbol.to_owned(),
                    contract: sizes.contract,
                    contract_size,
                    side,
                    quantity,
                    entry: Price::new(Decimal::from(entry)),
                    mark: Price::new(Decimal::from(mark)),
                    backing: match mode {
                        Mode::Isolated => Backing::Isolated {
                            margin: margin_of(sizes, margin),
                        },
                        Mode::Cross => Backing::Cross,
                    },
                    leverage: None,
                    maintenance,
                }
            },
        )
}

/// Notional around 100·q for linear at prices around 100; 10·q/100 for inverse.
fn quantity_of(sizes: Sizes, digits: i64) -> (Quantity, Decimal) {
    match sizes.contract {
        Contract::Linear => (Quantity::new(Decimal::new(digits, 1)), Decimal::ONE),
        Contract::Inverse => (Quantity::new(Decimal::from(digits)), Decimal::ONE),
    }
}

fn margin_of(sizes: Sizes, thousandths: i64) -> Money {
    Money::new(Decimal::from(sizes.notional) * Decimal::new(thousandths, 3))
}

pub(crate) fn scene() -> impl Strategy<Value = Scene> {
    prop_oneof![Just(LINEAR), Just(INVERSE)].prop_flat_map(|sizes| {
        (
            position("A", sizes),
            prop::collection::vec(position("A", sizes), 0..3),
            prop::option::of(position("B", sizes)),
            prop::option::of(position("C", sizes)),
            0_i64..4000,
            (mode(), 1_i64..400, prop::option::of(1_i64..500)),
            (0_i64..20, 0_i64..20, -30_i64..30, 0_u32..5, -50_i64..50),
        )
            .prop_map(
                move |(own, legs, b, c, wallet, (mode, away, tick), costs)| {
                    let mut positions: Vec<PositionInput> = Vec::new();
                    for mut position in legs.into_iter().chain(b).chain(c) {
                        let same = |held: &PositionInput| {
                            held.symbol == position.symbol
                                && held.side == position.side
                                && held.backing.mode() == position.backing.mode()
                        };
                        let opens = position.symbol == own.symbol
                            && position.side == own.side
                            && position.backing.mode() == mode;
                        if positions.iter().any(same) || opens {
                            continue;
                        }
                        if position.symbol == own.symbol {
                            position.mark = own.mark;
                        }
                        positions.push(position);
                    }
                    let (open, close, rate, intervals, owed) = costs;
                    let worst = match own.side {
                        Side::Long => own.entry.min(own.mark).get(),
                        Side::Short => own.entry.max(own.mark).get(),
                    };
                    let away = worst * Decimal::new(away, 3);
                    let notional = match own.contract {
                        Contract::Linear => own.quantity.get() * own.entry.get(),
                        Contract::Inverse => own.quantity.get() / own.entry.get(),
                    };
                    let margin = match own.backing {
                        Backing::Isolated { margin } => margin,
                        Backing::Cross => Money::new((notional / Decimal::TEN).round_dp(9)),
                    };
                    let account = Account {
                        collateral: "X".to_owned(),
                        wallet_balance: margin_of(sizes, wallet),
                        positions,
                        mode_scope: ModeScope::Position,
                    };
                    let ticket = Ticket {
                        intent: Intent::Open,
                        symbol: own.symbol,
                        contract: own.contract,
                        contract_size: own.contract_size,
                        side: own.side,
                        quantity: own.quantity,
                        entry: own.entry,
                        mark: Some(own.mark),
                        mode,
                        margin: Some(margin),
                        leverage: None,
                        fees: Fees {
                            open: Rate::new(Decimal::new(open, 4)),
                            close: Rate::new(Decimal::new(close, 4)),
                        },
                        funding: Funding {
                            rate: Rate::new(Decimal::new(rate, 4)),
                            intervals,
                            owed: Money::new(margin.get() * Decimal::new(owed, 3)),
                        },
                        tick: tick.map(|digits| Decimal::new(digits, 3)),
                        lot: None,
                        maintenance: own.maintenance,
                        invalidation: Some(Price::new(match own.side {
                            Side::Long => worst - away,
                            Side::Short => worst + away,
                        })),
                        acceptable_loss: Some(Money::new(margin.get() * Decimal::new(11, 1))),
                    };
                    Scene { account, ticket }
                },
            )
    })
}

//! Accounts of any size, and a ticket on them.

use impulse_audit::engine::{
    Account, Backing, Basis, Contract, Fees, Funding, Intent, Mode, ModeScope, Money,
    PositionInput, Price, Quantity, Rate, Schedule, Side, Ticket, Tier,
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

/// So many other positions, every third isolated, and the ticket.
pub(crate) fn scene(others: i64, tiers: i64) -> (Account, Ticket) {
    let positions = (0..others)
        .map(|index| PositionInput {
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
            leverage: None,
            maintenance: schedule(tiers),
        })
        .collect();
    let account = Account {
        collateral: "USDT".to_owned(),
        wallet_balance: Money::new(Decimal::from(60_000)),
        positions,
        mode_scope: ModeScope::Position,
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
        invalidation: Some(Price::new(Decimal::from(94_000))),
        acceptable_loss: Some(Money::new(Decimal::from(500))),
    };
    (account, ticket)
}

/// The same, every second position an inverse contract that is worth as much.
pub(crate) fn mixed(others: i64, tiers: i64) -> (Account, Ticket) {
    let (mut account, ticket) = scene(others, tiers);
    for position in account.positions.iter_mut().skip(1).step_by(2) {
        let mark = position.mark.get();
        position.contract = Contract::Inverse;
        position.quantity = Quantity::new(position.quantity.get() * mark * mark);
    }
    (account, ticket)
}

/// The prices of the picture of the reveal.
pub(crate) fn curve_prices() -> Vec<Price> {
    (0..400)
        .map(|step| Price::new(Decimal::from(40_000 + 200 * step)))
        .collect()
}

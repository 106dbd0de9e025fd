//! Accounts and tickets in few words.

use std::str::FromStr as _;

use impulse_audit::engine::{
    Account, Assessment, Backing, Basis, Contract, Fees, Funding, Intent, Mode, ModeScope, Money,
    PositionInput, Price, Quantity, Rate, Schedule, Side, Ticket, Tier, assess,
};
use rust_decimal::Decimal;

pub(crate) fn d(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

pub(crate) fn price(text: &str) -> Price {
    Price::new(d(text))
}

pub(crate) fn money(text: &str) -> Money {
    Money::new(d(text))
}

/// One tier with one rate.
pub(crate) fn flat(rate: &str) -> Schedule {
    tiers(&[("0", rate, "0")])
}

pub(crate) fn tiers(tiers: &[(&str, &str, &str)]) -> Schedule {
    Schedule {
        basis: Basis::AtSolvedPrice,
        close_fee: Rate::ZERO,
        tiers: tiers
            .iter()
            .map(|(floor, rate, amount)| Tier {
                floor: money(floor),
                rate: Rate::new(d(rate)),
                amount: money(amount),
                max_leverage: None,
            })
            .collect(),
    }
}

pub(crate) fn account(wallet: &str, positions: Vec<PositionInput>) -> Account {
    Account {
        collateral: "USDT".to_owned(),
        wallet_balance: money(wallet),
        positions,
        mode_scope: ModeScope::Position,
    }
}

/// A linear cross position whose mark is its entry.
pub(crate) fn cross(
    symbol: &str,
    side: Side,
    quantity: &str,
    entry: &str,
    schedule: Schedule,
) -> PositionInput {
    PositionInput {
        symbol: symbol.to_owned(),
        contract: Contract::Linear,
        contract_size: Decimal::ONE,
        side,
        quantity: Quantity::new(d(quantity)),
        entry: price(entry),
        mark: price(entry),
        backing: Backing::Cross,
        leverage: None,
        maintenance: schedule,
    }
}

pub(crate) trait Change: Sized {
    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
}

impl Change for PositionInput {}
impl Change for Ticket {}
impl Change for Account {}

pub(crate) fn isolated(margin: &str) -> Backing {
    Backing::Isolated {
        margin: money(margin),
    }
}

/// A linear open without fees and funding, whose mark is its entry, wrong 1 % away.
pub(crate) fn open(
    symbol: &str,
    side: Side,
    quantity: &str,
    entry: &str,
    schedule: Schedule,
) -> Ticket {
    let away = match side {
        Side::Long => d("0.99"),
        Side::Short => d("1.01"),
    };
    Ticket {
        intent: Intent::Open,
        symbol: symbol.to_owned(),
        contract: Contract::Linear,
        contract_size: Decimal::ONE,
        side,
        quantity: Quantity::new(d(quantity)),
        entry: price(entry),
        mark: None,
        mode: Mode::Isolated,
        margin: None,
        leverage: Some(d("10")),
        fees: Fees {
            open: Rate::ZERO,
            close: Rate::ZERO,
        },
        funding: Funding {
            rate: Rate::ZERO,
            intervals: 0,
            owed: Money::ZERO,
        },
        tick: None,
        lot: None,
        maintenance: schedule,
        invalidation: Some(Price::new(d(entry) * away)),
        acceptable_loss: Some(money("100")),
    }
}

pub(crate) fn assessed(account: &Account, ticket: &Ticket) -> Assessment {
    assess(account, ticket, None).unwrap()
}

/// A number as a document prints it: rounded to the digits printed there.
pub(crate) fn assert_printed(value: Decimal, printed: &str) {
    let digits = printed
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    let rounded = value.round_dp_with_strategy(
        u32::try_from(digits).unwrap(),
        rust_decimal::RoundingStrategy::MidpointAwayFromZero,
    );
    assert_eq!(rounded, d(printed), "{value} is not printed as {printed}");
}

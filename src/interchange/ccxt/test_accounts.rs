//! Accounts to hold a snapshot against.

use chrono::DateTime;
use rust_decimal::{Decimal, dec};

use super::*;
use crate::engine::{Backing, Basis, Fees, Money, Price, Quantity, Rate, Schedule, Side};
use crate::interchange::venues::flat;
use crate::market::{AccountId, Position, PositionId, Rules, Symbol, Terms};
use crate::record::{Account, AccountSet, OpenPosition, PositionOpened};

pub(super) fn account(venue: &str, collateral: &str, wallet: Decimal) -> Account {
    let fee = Rate::new(dec!(0.0005));
    Account {
        set: AccountSet {
            account: AccountId::fresh(),
            name: "Main".to_owned(),
            venue: venue.to_owned(),
            collateral: collateral.to_owned(),
            wallet_balance: Money::new(wallet),
            fees: Fees {
                open: fee,
                close: fee,
            },
            rules: std::collections::BTreeMap::new(),
            contracts: std::collections::BTreeMap::new(),
            requirement: crate::record::Requirement::default(),
            mode_scope: crate::engine::ModeScope::Position,
        },
        known_at: DateTime::UNIX_EPOCH,
        wallet_at: DateTime::UNIX_EPOCH,
        positions: Vec::new(),
    }
}

pub(super) fn symbol(text: &str) -> Symbol {
    Symbol::read(text, "").unwrap()
}

pub(super) fn with(
    account: &mut Account,
    market: &str,
    side: Side,
    quantity: Decimal,
    backing: Backing,
) {
    let schedule = Schedule {
        basis: Basis::AtSolvedPrice,
        close_fee: Rate::ZERO,
        tiers: flat(Rate::new(dec!(0.005))),
    };
    let opened = PositionOpened {
        id: PositionId::fresh(),
        account: account.set.account,
        audit: None,
        fee: None,
        position: Position {
            symbol: symbol(market),
            terms: Terms::default(),
            side,
            quantity: Quantity::new(quantity),
            entry: Price::new(dec!(68000)),
            mark: Price::new(dec!(69000)),
            backing,
            leverage: None,
            rules: Rules {
                label: "by hand".to_owned(),
                schedule,
                tick: None,
                lot: None,
            },
        },
    };
    let open = OpenPosition::of(opened, DateTime::UNIX_EPOCH);
    account.positions.push(open);
}

pub(super) fn asked(preview: &Preview) -> Vec<(About, Detail)> {
    preview
        .questions
        .iter()
        .map(|question| (question.asked.about.clone(), question.asked.detail))
        .collect()
}

pub(super) fn opening<'a>(preview: &'a Preview, market: &str) -> Option<&'a Position> {
    preview.lines.iter().find_map(|line| match line {
        ProposedChange::Opened(opening) if opening.symbol.as_str() == market => Some(&**opening),
        _ => None,
    })
}

/// Every account, every first offer: whatever the snapshot, no line holds a figure that means
/// nothing, and no panic. Used by the property tests of the reader.
pub(super) fn hold_against_everything(snapshot: &Snapshot) {
    for (venue, collateral) in [
        ("Binance USDT-M", "USDT"),
        ("OKX", "BTC"),
        ("nowhere", "usdc"),
    ] {
        let mut account = account(venue, collateral, dec!(1000));
        let market = Symbol::read("BTC", collateral).unwrap();
        let market = market.as_str();
        with(&mut account, market, Side::Long, dec!(0.1), Backing::Cross);
        let mut answers = ImportAnswers::default();
        for _ in 0..6 {
            let preview = preview_with(snapshot, &account, &answers);
            for line in &preview.lines {
                sound(line);
            }
            preview.events(&account, PositionId::fresh);
            for question in preview.questions {
                let offered = question.offers.first().map(|offer| offer.answer);
                let answer = offered.unwrap_or(ImportAnswer::Number(dec!(2)));
                answers.give(question.asked, answer);
            }
        }
    }
}

fn sound(line: &ProposedChange) {
    match line {
        ProposedChange::Wallet { after, .. } => assert!(*after >= Money::ZERO),
        ProposedChange::Rules { after, .. } => {
            assert_eq!(after.schedule.tiers[0].floor, Money::ZERO);
        }
        ProposedChange::Opened(opening) => {
            assert!(opening.entry > Price::ZERO && opening.mark > Price::ZERO);
            assert!(opening.terms.size > Decimal::ZERO);
            if let Backing::Isolated { margin } = opening.backing {
                assert!(margin > Money::ZERO);
            }
        }
        ProposedChange::Changed { change, .. } => assert!(change.mark.unwrap() > Price::ZERO),
        ProposedChange::Closed { closed, .. } => assert!(closed.price > Price::ZERO),
    }
}

//! New, changed and missing positions.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::complete::{Figures, PositionKey, figures, named};
use super::question::{About, Detail, ImportAnswer, QuestionCollector, above_zero, offer};
use super::rules::{RulesStatus, for_new_position};
use super::{Difference, Preview, ProposedChange, collateral};
use crate::engine::{Backing, Contract, Mode, Money, Price, Quantity};
use crate::interchange::ccxt::snapshot::{ImportNote, ImportedPosition, Snapshot};
use crate::market::{Position, PositionId, Symbol};
use crate::record::{Account, OpenPosition, PositionChanged, PositionClosed};

pub(super) fn add(
    snapshot: &Snapshot,
    account: &Account,
    known: &BTreeMap<Symbol, RulesStatus>,
    asking: &mut QuestionCollector<'_>,
    preview: &mut Preview,
) {
    let own = collateral(&account.set);
    let mut unnamed: BTreeSet<&Symbol> = BTreeSet::new();
    let mut imported = Vec::new();
    for (at, position) in snapshot.positions.iter().enumerate() {
        let elsewhere = position.settle.as_deref().filter(|settle| *settle != own);
        if let Some(settle) = elsewhere {
            preview.notes.push(ImportNote {
                about: position.spelled.clone(),
                words: format!(
                    "It settles in {settle}; this account is counted in {own}, so it is not read."
                ),
            });
            continue;
        }
        let (Some(contract), Some(side)) = named(at, position, asking) else {
            unnamed.insert(&position.symbol);
            continue;
        };
        let named = PositionKey {
            symbol: position.symbol.clone(),
            contract,
            side,
        };
        if position.settle.is_none() && !settles_in(&named, &own) {
            preview.notes.push(ImportNote {
                about: position.spelled.clone(),
                words: format!("It does not settle in {own}, so it is not read."),
            });
            continue;
        }
        imported.push((at, position, named));
    }
    let held = matched(&imported, account);
    for ((at, position, named), open) in imported.iter().zip(&held) {
        match open {
            Some(open) => change(*at, position, named, open, asking, preview),
            None => join(*at, position, named, account, known, asking, preview),
        }
    }
    if snapshot.says_positions {
        let met: BTreeSet<PositionId> = held.iter().flatten().map(|open| open.id()).collect();
        gone(account, &met, &unnamed, asking, preview);
    }
}

fn settles_in(named: &PositionKey, own: &str) -> bool {
    let symbol = named.symbol.as_str();
    match named.contract {
        Contract::Linear => symbol.split('/').nth(1) == Some(own),
        Contract::Inverse => named.symbol.base() == own,
    }
}

/// Which position of the account each imported one is: the same market, contract and side. Where
/// there are several, isolated and cross are told apart; a single one may have changed its mode.
fn matched<'a>(
    imported: &[(usize, &ImportedPosition, PositionKey)],
    account: &'a Account,
) -> Vec<Option<&'a OpenPosition>> {
    let mut taken: BTreeSet<PositionId> = BTreeSet::new();
    let mut held: Vec<Option<&OpenPosition>> = vec![None; imported.len()];
    let same = |open: &OpenPosition, named: &PositionKey| {
        (
            &open.position.symbol,
            open.position.terms.contract,
            open.position.side,
        ) == (&named.symbol, named.contract, named.side)
    };
    for by_mode in [true, false] {
        for (place, (_, position, named)) in held.iter_mut().zip(imported) {
            if place.is_some() {
                continue;
            }
            let found = account.positions.iter().find(|open| {
                let mode: Mode = open.position.backing.mode();
                same(open, named)
                    && !taken.contains(&open.id())
                    && (!by_mode || position.mode == Some(mode))
            });
            if let Some(open) = found {
                taken.insert(open.id());
                *place = Some(open);
            }
        }
    }
    held
}

fn join(
    at: usize,
    position: &ImportedPosition,
    named: &PositionKey,
    account: &Account,
    known: &BTreeMap<Symbol, RulesStatus>,
    asking: &mut QuestionCollector<'_>,
    preview: &mut Preview,
) {
    let figures = figures(at, position, named.contract, None, asking);
    let rules = for_new_position(
        at,
        &named.symbol,
        position.mode,
        position.maintenance_rate,
        account,
        known,
        asking,
    );
    let (Some(figures), Some(rules)) = (figures, rules) else {
        return;
    };
    let Figures {
        quantity,
        terms,
        entry,
        mark,
        backing,
    } = figures;
    preview
        .lines
        .push(ProposedChange::Opened(Box::new(Position {
            symbol: named.symbol.clone(),
            terms,
            side: named.side,
            quantity,
            entry,
            mark,
            backing,
            leverage: position.leverage,
            rules,
        })));
}

fn change(
    at: usize,
    position: &ImportedPosition,
    named: &PositionKey,
    open: &OpenPosition,
    asking: &mut QuestionCollector<'_>,
    preview: &mut Preview,
) {
    let before = &open.position;
    let margin_now = match before.backing {
        Backing::Isolated { margin } => Some(margin),
        Backing::Cross => None,
    };
    let Some(figures) = figures(at, position, named.contract, margin_now, asking) else {
        return;
    };
    // The account may count in contracts of another size: what is held is the same product.
    let Some(quantity) = figures
        .quantity
        .get()
        .checked_mul(figures.terms.size)
        .and_then(|held| held.checked_div(before.terms.size))
        .map(|quantity| Quantity::new(quantity.normalize()))
    else {
        preview.notes.push(ImportNote {
            about: position.spelled.clone(),
            words: "Its size is out of range; it is not read.".to_owned(),
        });
        return;
    };
    let mut differences = Vec::new();
    let mut change = PositionChanged::mark(open.id(), figures.mark);
    if before.quantity != quantity {
        differences.push(Difference::Quantity(before.quantity, quantity));
        change.quantity = Some(quantity);
    }
    if before.entry != figures.entry {
        differences.push(Difference::Entry(before.entry, figures.entry));
        change.entry = Some(figures.entry);
    }
    if before.mark != figures.mark {
        differences.push(Difference::Mark(before.mark, figures.mark));
    }
    if before.backing != figures.backing {
        differences.push(Difference::Backing(before.backing, figures.backing));
        change.backing = Some(figures.backing);
    }
    if let Some(leverage) = position.leverage
        && before.leverage != Some(leverage)
    {
        differences.push(Difference::Leverage(before.leverage, leverage));
        change.leverage = Some(leverage);
    }
    preview.lines.push(ProposedChange::Changed {
        symbol: before.symbol.clone(),
        side: before.side,
        differences,
        change,
    });
}

/// Positions of the account that the text does not hold: asked, never closed silently.
fn gone(
    account: &Account,
    met: &BTreeSet<PositionId>,
    unnamed: &BTreeSet<&Symbol>,
    asking: &mut QuestionCollector<'_>,
    preview: &mut Preview,
) {
    let said = preview.lines.iter().find_map(|line| match line {
        ProposedChange::Wallet { after, .. } => Some(*after),
        _ => None,
    });
    let mut wallet = account.set.wallet_balance.get();
    for open in &account.positions {
        let symbol = &open.position.symbol;
        // It may be the very position of which side or contract are still asked.
        if met.contains(&open.id()) || unnamed.contains(symbol) {
            continue;
        }
        let answer = asking.ask(
            About::Open(open.id()),
            Detail::Gone,
            |answer| match answer {
                ImportAnswer::StillOpen => Some(None),
                _ => above_zero(answer).map(Some),
            },
            || {
                let side = match open.position.side {
                    crate::engine::Side::Long => "long",
                    crate::engine::Side::Short => "short",
                };
                (
                    format!(
                        "Your account has a {side} of {symbol} that the text does not hold. Write the price at which it was closed, or leave it open."
                    ),
                    vec![offer("It is still open; leave it", ImportAnswer::StillOpen)],
                )
            },
        );
        let Some(Some(price)) = answer else {
            continue;
        };
        if let Some(closed) = closed(open, price, said, &mut wallet) {
            preview.lines.push(ProposedChange::Closed {
                symbol: symbol.clone(),
                side: open.position.side,
                closed,
            });
        } else {
            preview.notes.push(ImportNote {
                about: symbol.to_string(),
                words: "What it gained or lost at that price is out of range; close it on the account's own screen.".to_owned(),
            });
        }
    }
}

/// The closing, with the balance the text gives, else one estimated from the price.
fn closed(
    open: &OpenPosition,
    price: Decimal,
    said: Option<Money>,
    wallet: &mut Decimal,
) -> Option<PositionClosed> {
    let price = Price::new(price);
    let (balance, estimated) = match said {
        Some(said) => (said.get(), false),
        None => (
            wallet.checked_add(open.position.profit_at(price)?.get())?,
            true,
        ),
    };
    *wallet = balance;
    Some(PositionClosed {
        audit: None,
        position: open.id(),
        price,
        wallet_balance: Money::new(balance),
        estimated,
        liquidated: false,
    })
}

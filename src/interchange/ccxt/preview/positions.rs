//! New, changed and missing positions.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::complete::{Figures, PositionKey, figures, named};
use super::question::{About, Detail, ImportAnswer, QuestionCollector, above_zero, offer};
use super::rules::{RulesStatus, for_new_position};
use super::{Difference, Preview, ProposedChange, collateral};
use crate::engine::{Backing, Contract, Mode, Money, Price, Quantity};
use crate::input::figures as figures_words;
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
    let (again, imported) = twice(imported, asking);
    let held = matched(&imported, account);
    for ((at, position, named), open) in imported.iter().zip(&held) {
        match open {
            Some(open) => change(*at, position, named, open, asking, preview),
            None => opens(*at, position, named, account, known, asking, preview),
        }
    }
    for (at, position, named) in &again {
        join(*at, position, named, account, asking, preview);
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

type Imported<'a> = (usize, &'a ImportedPosition, PositionKey);

/// Those of which the text holds one of the same market, side and mode before, and all others.
fn twice<'a>(
    imported: Vec<Imported<'a>>,
    asking: &QuestionCollector<'_>,
) -> (Vec<Imported<'a>>, Vec<Imported<'a>>) {
    let mut seen = Vec::new();
    imported.into_iter().partition(|(at, position, named)| {
        let mode = position.mode.or(match asking.answered(*at, Detail::Mode) {
            Some(ImportAnswer::Mode(mode)) => Some(mode),
            _ => None,
        });
        let is_again = mode.is_some() && seen.contains(&(named.clone(), mode));
        seen.push((named.clone(), mode));
        is_again
    })
}

/// Which position of the account each imported one is: the same market, contract and side. Where
/// there are several, isolated and cross are told apart; a single one may have changed its mode.
fn matched<'a>(imported: &[Imported<'_>], account: &'a Account) -> Vec<Option<&'a OpenPosition>> {
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

/// One more of a market, side and mode that the text holds already: joined with the first of them
/// where that is said.
fn join(
    at: usize,
    position: &ImportedPosition,
    named: &PositionKey,
    account: &Account,
    asking: &mut QuestionCollector<'_>,
    preview: &mut Preview,
) {
    let Some(figures) = figures(at, position, named.contract, None, asking) else {
        return;
    };
    let stands = |line: &ProposedChange| line.position(account);
    let of_it = |line: &&mut ProposedChange| {
        stands(line).is_some_and(|first| {
            let key = (&first.symbol, first.terms.contract, first.side);
            let mode = figures.backing.mode() == first.backing.mode();
            mode && key == (&named.symbol, named.contract, named.side)
        })
    };
    // Where the first is left out or still asked about, this one waits with it.
    let Some(line) = preview.lines.iter_mut().find(of_it) else {
        return;
    };
    let Some(first) = line.position(account) else {
        return;
    };
    let again = Position {
        quantity: figures.quantity,
        terms: figures.terms,
        entry: figures.entry,
        mark: figures.mark,
        backing: figures.backing,
        ..first.clone()
    };
    let Some(together) = first.joined_with(&again) else {
        return;
    };
    let said = asking.ask(
        About::Imported(at),
        Detail::Twice,
        |answer| (answer == ImportAnswer::Join).then_some(()),
        || {
            let words = format!(
                "{}: the text holds it twice, on this side and in this mode. Your account holds such as one.",
                position.spelled
            );
            let offer_words = format!(
                "Join them: {} at {}",
                figures_words::quantity(together.quantity),
                figures_words::typed_price(together.entry)
            );
            (words, vec![offer(offer_words, ImportAnswer::Join)])
        },
    );
    if said.is_some() {
        line.become_position(account, together);
    }
}

fn opens(
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
    let after = Position {
        quantity,
        entry: figures.entry,
        mark: figures.mark,
        backing: figures.backing,
        leverage: position.leverage.or(before.leverage),
        ..before.clone()
    };
    preview.lines.push(changed(open, &after));
}

/// What a position of the account would be, with which figures differ.
fn changed(open: &OpenPosition, after: &Position) -> ProposedChange {
    let before = &open.position;
    let mut differences = Vec::new();
    let mut change = PositionChanged::mark(open.id(), after.mark);
    if before.quantity != after.quantity {
        differences.push(Difference::Quantity(before.quantity, after.quantity));
        change.quantity = Some(after.quantity);
    }
    if before.entry != after.entry {
        differences.push(Difference::Entry(before.entry, after.entry));
        change.entry = Some(after.entry);
    }
    if before.mark != after.mark {
        differences.push(Difference::Mark(before.mark, after.mark));
    }
    if before.backing != after.backing {
        differences.push(Difference::Backing(before.backing, after.backing));
        change.backing = Some(after.backing);
    }
    if let Some(leverage) = after.leverage
        && before.leverage != Some(leverage)
    {
        differences.push(Difference::Leverage(before.leverage, leverage));
        change.leverage = Some(leverage);
    }
    ProposedChange::Changed {
        symbol: before.symbol.clone(),
        side: before.side,
        differences,
        change,
    }
}

impl ProposedChange {
    /// The position that it would leave; none where it leaves none.
    fn position(&self, account: &Account) -> Option<Position> {
        match self {
            Self::Opened(position) => Some((**position).clone()),
            Self::Changed { change, .. } => {
                let mut open = held(account, change.position)?.clone();
                open.changed(change);
                Some(open.position)
            }
            Self::Wallet { .. } | Self::Rules { .. } | Self::Closed { .. } => None,
        }
    }

    fn become_position(&mut self, account: &Account, after: Position) {
        match self {
            Self::Opened(position) => **position = after,
            Self::Changed { change, .. } => {
                if let Some(open) = held(account, change.position) {
                    *self = changed(open, &after);
                }
            }
            Self::Wallet { .. } | Self::Rules { .. } | Self::Closed { .. } => {}
        }
    }
}

fn held(account: &Account, id: PositionId) -> Option<&OpenPosition> {
    account.positions.iter().find(|open| open.id() == id)
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

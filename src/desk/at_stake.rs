//! What an account can lose at once: the worst cases of all that is open, together, as it stands
//! and with something done. The one place where that is summed up.

use rust_decimal::Decimal;

use crate::audit::Ticket;
use crate::engine::{
    Account, Backing, Contract, Intent, Mode, Money, Position, Side, notional, profit,
};
use crate::promises::AtStake;
use crate::record::{self, Book, OpenPosition, PositionChanged, PositionOpened};

/// The most an account can lose from its marks on: of each isolated position what is left of its
/// margin, of the pool what it holds where a cross position is open; and no more than a price can
/// take. None where it cannot be valued.
fn at_stake(account: &Account) -> Option<Money> {
    let mut sum = Decimal::ZERO;
    let mut pool = account.wallet_balance.get();
    let mut worst_of_all = Decimal::ZERO;
    let mut any_cross = false;
    for position in &account.positions {
        let gain = profit(position, position.mark).ok()?.get();
        let worst = worst_move(position)?;
        match position.backing {
            Backing::Isolated { margin } => {
                let left = margin.get().checked_add(gain)?;
                sum = sum.checked_add(bounded(left, worst))?;
                pool = pool.checked_sub(margin.get())?;
            }
            Backing::Cross => {
                any_cross = true;
                pool = pool.checked_add(gain)?;
                worst_of_all = worst_of_all.saturating_add(worst);
            }
        }
    }
    if any_cross {
        sum = sum.checked_add(bounded(pool, worst_of_all))?;
    }
    Some(Money::new(sum))
}

fn bounded(held: Decimal, worst: Decimal) -> Decimal {
    held.min(worst).max(Decimal::ZERO)
}

/// The most that a price can take from a position: its worth, or without an end. None where it
/// cannot be valued.
fn worst_move(position: &Position) -> Option<Decimal> {
    match (position.contract, position.side) {
        (Contract::Linear, Side::Long) | (Contract::Inverse, Side::Short) => {
            notional(position, position.mark).ok().map(Money::get)
        }
        (Contract::Linear, Side::Short) | (Contract::Inverse, Side::Long) => Some(Decimal::MAX),
    }
}

/// What is at stake in each account, where one of them becomes another one.
fn in_each(book: &Book, own: &record::Account, before: &Account, after: &Account) -> Vec<AtStake> {
    let accounts = book.accounts().iter();
    accounts
        .map(|account| {
            let (before, after) = if account.set.account == own.set.account {
                (at_stake(before), at_stake(after))
            } else {
                let stake = at_stake(&account.for_engine(None));
                (stake, stake)
            };
            AtStake {
                account: account.set.account.get(),
                place: account.place(),
                before,
                after,
            }
        })
        .collect()
}

/// With a ticket done, at its own mark.
pub(super) fn with_ticket(book: &Book, ticket: &Ticket) -> Vec<AtStake> {
    let Some(own) = book.account(ticket.account) else {
        return Vec::new();
    };
    let mark = ticket.mark.unwrap_or(ticket.entry);
    let before = own.for_engine(Some((&ticket.symbol, mark)));
    let mut after = before.clone();
    let held = ticket.held.as_ref().map(|held| held.backing);
    let own_position = after.positions.iter_mut().find(|position| {
        position.symbol == ticket.symbol.as_str()
            && position.side == ticket.side
            && held.is_some_and(|held| held.mode() == position.backing.mode())
    });
    match (ticket.intent, own_position) {
        (Intent::Open | Intent::Increase, _) => after.positions.push(added(ticket)),
        (Intent::AddMargin, Some(position)) => {
            if let Backing::Isolated { margin } = position.backing
                && let Some(sum) = margin.get().checked_add(ticket.margin.get())
            {
                let margin = Money::new(sum);
                position.backing = Backing::Isolated { margin };
            }
        }
        (Intent::SwitchMode, Some(position)) if ticket.mode == Mode::Cross => {
            position.backing = Backing::Cross;
        }
        (Intent::AddMargin | Intent::SwitchMode | Intent::Reduce | Intent::Close, _) => {}
    }
    in_each(book, own, &before, &after)
}

/// What a ticket adds, as a position of its own.
fn added(ticket: &Ticket) -> Position {
    let margin = ticket.margin;
    Position {
        symbol: ticket.symbol.as_str().to_owned(),
        contract: ticket.contract,
        contract_size: ticket.contract_size,
        side: ticket.side,
        quantity: ticket.quantity,
        entry: ticket.entry,
        mark: ticket.mark.unwrap_or(ticket.entry),
        backing: match ticket.mode {
            Mode::Isolated => Backing::Isolated { margin },
            Mode::Cross => Backing::Cross,
        },
        maintenance: ticket.rules.schedule.clone(),
    }
}

/// With a position that joins its account.
pub(super) fn with_open(book: &Book, opened: &PositionOpened) -> Vec<AtStake> {
    let Some(own) = book.account(opened.account) else {
        return Vec::new();
    };
    let mut after = own.clone();
    after
        .positions
        .push(OpenPosition::of(opened.clone(), own.known_at));
    in_each(book, own, &own.for_engine(None), &after.for_engine(None))
}

/// With a change of a position.
pub(super) fn with_change(book: &Book, change: &PositionChanged) -> Vec<AtStake> {
    let Some((own, _)) = book.position(change.position) else {
        return Vec::new();
    };
    let mut after = own.clone();
    for open in &mut after.positions {
        if open.id() == change.position {
            open.changed(change);
        }
    }
    // At the mark that comes with it, on both sides.
    let mut before = own.for_engine(None);
    let after = after.for_engine(None);
    for (before, after) in before.positions.iter_mut().zip(&after.positions) {
        before.mark = after.mark;
    }
    in_each(book, own, &before, &after)
}

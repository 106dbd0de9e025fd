//! What a ticket would do, and what a fact did, as far as promises are concerned.

use chrono::DateTime;
use rust_decimal::Decimal;

use super::payload::{PositionChanged, PositionOpened};
use super::{Account, OpenPosition, State};
use crate::audit::Ticket;
use crate::engine::{Backing, Intent, Mode, Money, Price, Side};
use crate::market::{PositionId, Symbol};
use crate::promises::{Action, Leg, ProposedAction};

/// Where something is done, on which side, to which position, at which prices.
struct Place<'a> {
    account: &'a Account,
    symbol: &'a Symbol,
    side: Side,
    own: Option<PositionId>,
    prices: [Price; 2],
}

impl State {
    /// What a ticket would do in the account as it stands; none where the account is not known.
    pub fn proposed_action(&self, ticket: &Ticket) -> Option<ProposedAction> {
        let place = Place {
            account: self.account(ticket.account)?,
            symbol: &ticket.symbol,
            side: ticket.side,
            own: ticket.held.as_ref().map(|held| held.position),
            prices: [ticket.entry, ticket.mark.unwrap_or(ticket.entry)],
        };
        let action = action(ticket);
        let proposed = self.there(&place, action, ticket.mode);
        Some(ProposedAction {
            leverage: ticket.leverage,
            collateral: match action {
                Action::Open | Action::Increase | Action::AddMargin | Action::TopUp => {
                    ticket.margin
                }
                Action::SwitchToCross | Action::RaiseLeverage | Action::Lowers => Money::ZERO,
            },
            losing: proposed.losing || ticket.is_losing(),
            ..proposed
        })
    }

    /// What a position that joined an account did.
    pub fn action_of_open(&self, opened: &PositionOpened) -> Option<ProposedAction> {
        let place = Place {
            account: self.account(opened.account)?,
            symbol: &opened.position.symbol,
            side: opened.position.side,
            own: None,
            prices: [opened.position.entry, opened.position.mark],
        };
        let open = OpenPosition::of(opened.clone(), DateTime::UNIX_EPOCH);
        Some(ProposedAction {
            leverage: open.leverage().unwrap_or(Decimal::ONE),
            ..self.there(&place, Action::Open, opened.position.backing.mode())
        })
    }

    /// Everything that a change did to an open position, where it was more than to lower the risk.
    /// `added` is the margin that was decided to come with what was added.
    pub fn actions_of_change(&self, change: &PositionChanged, added: Money) -> Vec<ProposedAction> {
        let Some((account, before)) = self.position(change.position) else {
            return Vec::new();
        };
        let mut after = before.clone();
        after.changed(change);
        let place = Place {
            account,
            symbol: &before.position.symbol,
            side: before.position.side,
            own: Some(before.id()),
            prices: [
                after.position.mark,
                change.entry.unwrap_or(after.position.mark),
            ],
        };
        let leverage = after.leverage().unwrap_or(Decimal::ONE);
        let mode = after.position.backing.mode();
        let of = |action| ProposedAction {
            leverage,
            ..self.there(&place, action, mode)
        };
        actions(before, &after, added).into_iter().map(of).collect()
    }

    /// What funds that came into the pool did for a cross position.
    pub fn action_of_top_up(&self, position: PositionId) -> Option<ProposedAction> {
        let (account, open) = self.position(position)?;
        let place = Place {
            account,
            symbol: &open.position.symbol,
            side: open.position.side,
            own: Some(position),
            prices: [open.position.mark; 2],
        };
        Some(self.there(&place, Action::TopUp, Mode::Cross))
    }

    /// Something that is done there, without leverage.
    fn there(&self, place: &Place<'_>, action: Action, mode: Mode) -> ProposedAction {
        let Place {
            account,
            symbol,
            side,
            own,
            prices,
        } = place;
        let of_account = |other: &&Account| other.is_same(account);
        let in_market: Vec<&OpenPosition> = self
            .accounts()
            .iter()
            .filter(of_account)
            .flat_map(|account| &account.positions)
            .filter(|open| open.position.symbol.may_be(symbol))
            .collect();
        let is_own = |open: &&&OpenPosition| Some(open.id()) == *own;
        let beside = || in_market.iter().filter(|open| !is_own(open));
        // By its known mark, and by each price that is named.
        let loses = |open: &OpenPosition| {
            let position = &open.position;
            let named = prices.iter().map(|price| position.profit_at(*price));
            named
                .chain([position.profit()])
                .flatten()
                .any(|profit| profit < Money::ZERO)
        };
        let elsewhere = self.accounts().iter().filter(|other| !of_account(other));
        let legs = account.positions.iter().map(|open| Leg {
            symbol: open.position.symbol.as_str().to_owned(),
            side: open.position.side,
            quantity: open.position.quantity.get(),
        });
        ProposedAction {
            deed: action,
            mode,
            account: account.set.account,
            place: account.place(),
            symbol: symbol.as_str().to_owned(),
            side: *side,
            leverage: Decimal::ONE,
            collateral: Money::ZERO,
            losing: in_market.iter().filter(is_own).any(|open| loses(open)),
            isolated_beside: beside().any(|open| is_isolated(open)),
            isolated_elsewhere: elsewhere
                .into_iter()
                .flat_map(|other| &other.positions)
                .any(|open| open.position.symbol.may_be(symbol) && is_isolated(open)),
            losing_beside: beside().any(|open| open.position.side == *side && loses(open)),
            legs: legs.collect(),
            at_stake: Vec::new(),
        }
    }
}

pub(super) fn action(ticket: &Ticket) -> Action {
    match ticket.intent {
        Intent::Open => Action::Open,
        Intent::Increase => Action::Increase,
        Intent::AddMargin => Action::AddMargin,
        Intent::AddFunds => Action::TopUp,
        Intent::SwitchMode if ticket.mode == Mode::Cross => Action::SwitchToCross,
        Intent::SwitchMode | Intent::Reduce | Intent::Close => Action::Lowers,
    }
}

/// What was done to a position between two readings of it.
fn actions(before: &OpenPosition, after: &OpenPosition, added: Money) -> Vec<Action> {
    let mut actions = Vec::new();
    let grew = after.position.quantity > before.position.quantity;
    if grew {
        actions.push(Action::Increase);
    }
    match (before.position.backing, after.position.backing) {
        (Backing::Isolated { .. }, Backing::Cross) => actions.push(Action::SwitchToCross),
        (Backing::Isolated { margin: from }, Backing::Isolated { margin: to }) => {
            let leverage = (before.leverage(), after.leverage());
            let (fell, rose) = match leverage {
                (Some(from), Some(to)) => (to < from, to > from),
                _ => (false, false),
            };
            // What comes with what is added keeps the leverage, or was decided on.
            let decided = from
                .get()
                .checked_add(added.get())
                .is_some_and(|d| to.get() <= d);
            if to > from && (!grew || fell && !decided) {
                actions.push(Action::AddMargin);
            }
            if rose && !grew {
                actions.push(Action::RaiseLeverage);
            }
        }
        (Backing::Cross, _) => {}
    }
    actions
}

fn is_isolated(open: &OpenPosition) -> bool {
    open.position.backing.mode() == Mode::Isolated
}

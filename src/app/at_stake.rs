//! What an account can lose at once: the worst cases of all that is open, together, as it stands
//! and with something done.

use crate::audit::Ticket;
use crate::engine::{self, Account, Money};
use crate::promises::AtStake;
use crate::record::{self, OpenPosition, PositionChanged, PositionOpened, State};

/// What is at stake in each account, where one of them becomes another one. None where it cannot be
/// valued.
fn in_each(
    state: &State,
    own: &record::Account,
    (before, after): (Option<Money>, Option<Money>),
) -> Vec<AtStake> {
    let accounts = state.accounts().iter();
    accounts
        .map(|account| {
            let (before, after) = if account.set.account == own.set.account {
                (before, after)
            } else {
                let alone = at_stake(&account.for_engine(None));
                (alone, alone)
            };
            AtStake {
                account: account.set.account,
                place: account.place(),
                before,
                after,
            }
        })
        .collect()
}

fn at_stake(account: &Account) -> Option<Money> {
    engine::at_stake(account).ok()
}

/// With a ticket done, both at the price at which it takes effect.
pub(super) fn with_ticket(state: &State, ticket: &Ticket) -> Vec<AtStake> {
    let Some(own) = state.account(ticket.account) else {
        return Vec::new();
    };
    let account = own.for_engine(Some((&ticket.symbol, ticket.effective_price())));
    let after = engine::at_stake_after(&account, &ticket.unanswered()).ok();
    in_each(state, own, (at_stake(&account), after))
}

/// With a position that joins its account.
pub(super) fn with_open(state: &State, opened: &PositionOpened) -> Vec<AtStake> {
    let Some(own) = state.account(opened.account) else {
        return Vec::new();
    };
    let mut after = own.clone();
    after
        .positions
        .push(OpenPosition::of(opened.clone(), own.known_at));
    after.join_pairs();
    let stakes = (
        at_stake(&own.for_engine(None)),
        at_stake(&after.for_engine(None)),
    );
    in_each(state, own, stakes)
}

/// With a change of a position.
pub(super) fn with_change(state: &State, change: &PositionChanged) -> Vec<AtStake> {
    let Some((own, _)) = state.position(change.position) else {
        return Vec::new();
    };
    let with = |change: &PositionChanged| {
        let mut account = own.clone();
        let of_it = |open: &&mut OpenPosition| open.id() == change.position;
        if let Some(open) = account.positions.iter_mut().find(of_it) {
            open.changed(change);
        }
        account.join_pairs();
        at_stake(&account.for_engine(None))
    };
    // At the mark that comes with it, on both sides.
    let mark = PositionChanged {
        quantity: None,
        entry: None,
        backing: None,
        leverage: None,
        ..change.clone()
    };
    in_each(state, own, (with(&mark), with(change)))
}

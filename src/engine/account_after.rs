//! The account after a ticket, in one margin mode.

use rust_decimal::Decimal;

use super::account::{Account, Backing, ModeScope, PositionInput};
use super::contract::{Contract, Mode, Side};
use super::equity_line::EquityLine;
use super::error::Error;
use super::exact::Exact;
use super::position_change::{PositionChange, change, switched, target};
use super::sized_position::SizedPosition;
use super::ticket::{Funding, Intent, Ticket};
use super::units::Price;

/// The account as a ticket leaves it: what is settled, the ticket's own position and the others.
#[derive(Debug, Clone)]
pub(crate) struct AccountAfter<'a> {
    /// Settled money, what the ticket pays at once already taken off.
    pub(crate) wallet: Exact,
    /// Funding owed by the ticket's position.
    pub(crate) owed: Exact,
    /// The ticket's position; absent once it is closed.
    pub(crate) own: Option<SizedPosition<'a>>,
    /// Every other position, in the order of the account.
    pub(crate) others: Vec<SizedPosition<'a>>,
    /// The account's position that became the ticket's own; none for an open.
    pub(crate) target: Option<usize>,
    /// What is paid to trade.
    pub(crate) fee: Exact,
    /// Profit that is realised, after the fee; none where nothing is.
    pub(crate) realised: Option<Exact>,
    symbol: &'a str,
    contract: Contract,
}

impl<'a> AccountAfter<'a> {
    /// The account as it stands, the ticket's symbol where the ticket takes effect.
    pub(crate) fn before(account: &'a Account, ticket: &'a Ticket) -> Self {
        let mark = ticket.effective_price().get();
        let others = account
            .positions
            .iter()
            .map(|position| at_mark(position, &ticket.symbol, mark))
            .collect();
        Self::standing(account, others, &ticket.symbol, ticket.contract)
    }

    /// The account as it stands at a common mark of one symbol, one of its positions the own one.
    pub(crate) fn holding(account: &'a Account, index: usize, position: &'a PositionInput) -> Self {
        let mark = position.mark.get();
        let mut others: Vec<SizedPosition<'a>> = account
            .positions
            .iter()
            .map(|other| at_mark(other, &position.symbol, mark))
            .collect();
        let own = others.remove(index);
        Self {
            own: Some(own),
            target: Some(index),
            ..Self::standing(account, others, &position.symbol, position.contract)
        }
    }

    /// The account as it stands, every position at its own mark.
    pub(crate) fn as_it_stands(account: &'a Account) -> Self {
        let others = account.positions.iter().map(SizedPosition::of).collect();
        // Without a ticket no symbol is the one that moves; no position has an empty one.
        Self::standing(account, others, "", Contract::Linear)
    }

    fn standing(
        account: &'a Account,
        others: Vec<SizedPosition<'a>>,
        symbol: &'a str,
        contract: Contract,
    ) -> Self {
        Self {
            wallet: Exact::from(account.wallet_balance.get()),
            owed: Exact::ZERO,
            own: None,
            others,
            target: None,
            fee: Exact::ZERO,
            realised: None,
            symbol,
            contract,
        }
    }

    /// The account after the ticket, its position standing in `mode` as a whole.
    ///
    /// # Errors
    /// `NoSuchPosition`, `MoreThanHeld`, `AlreadyInMode`, or `Missing` where a margin is needed and
    /// neither margin nor leverage says it.
    pub(crate) fn after(
        account: &'a Account,
        ticket: &'a Ticket,
        mode: Mode,
    ) -> Result<Self, Error> {
        let target = target(account, ticket)?;
        let mark = ticket.effective_price().get();
        let all_switch =
            ticket.intent == Intent::SwitchMode && account.mode_scope == ModeScope::Account;
        let mut others = Vec::with_capacity(account.positions.len());
        let mut held = None;
        for (index, position) in account.positions.iter().enumerate() {
            let mut leg = at_mark(position, &ticket.symbol, mark);
            if target == Some(index) {
                leg.schedule = &ticket.maintenance;
                held = Some(leg);
                continue;
            }
            if all_switch {
                leg.backing = switched(ticket, &leg, mode)?;
            }
            others.push(leg);
        }
        let PositionChange { own, fee, settled } = change(ticket, held, mode)?;
        Ok(Self {
            wallet: Exact::from(account.wallet_balance.get()) + settled - fee,
            owed: Exact::from(ticket.funding.owed.get()),
            own,
            target,
            fee,
            realised: ticket.intent.takes_off().then_some(settled - fee),
            ..Self::standing(account, others, &ticket.symbol, ticket.contract)
        })
    }

    /// What can be bound by a further position: settled money and the pool's unrealised profit, less
    /// every isolated margin and the initial margin of the cross positions.
    pub(crate) fn free(&self) -> Exact {
        self.pool().fold(self.pool_wallet(), |free, leg| {
            free + leg.profit_at_mark() - leg.initial_margin()
        })
    }

    /// Settled money that is assigned to no isolated position: the wallet part of the pool.
    pub(crate) fn pool_wallet(&self) -> Exact {
        self.all().fold(self.wallet, |pool, leg| match leg.backing {
            Backing::Isolated { margin } => pool - Exact::from(margin.get()),
            Backing::Cross => pool,
        })
    }

    /// The wallet part of the pool, less the funding owed out of it: an isolated position owes its
    /// funding out of its own margin.
    pub(crate) fn pool_money(&self) -> Exact {
        match self.own.map(|own| own.backing) {
            Some(Backing::Isolated { .. }) => self.pool_wallet(),
            Some(Backing::Cross) | None => self.pool_wallet() - self.owed,
        }
    }

    /// What the whole account holds at the marks: wallet − funding owed + all unrealised profit.
    pub(crate) fn account_equity(&self) -> Exact {
        self.all().fold(self.wallet - self.owed, |sum, leg| {
            sum + leg.profit_at_mark()
        })
    }

    /// Every position, the ticket's first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &SizedPosition<'a>> {
        self.own.iter().chain(&self.others)
    }

    /// Every position the pool backs, the ticket's first.
    pub(crate) fn pool(&self) -> impl Iterator<Item = &SizedPosition<'a>> {
        self.all().filter(|leg| leg.backing == Backing::Cross)
    }

    /// What backs any position, along the price of its symbol; `standing` is the pool at the marks.
    pub(crate) fn line_of(
        &self,
        leg: &SizedPosition<'a>,
        standing: &EquityLine<'a>,
    ) -> EquityLine<'a> {
        match leg.backing {
            Backing::Isolated { .. } => self.isolated_line(Some(leg), Exact::ZERO),
            Backing::Cross => {
                let mut line = standing.clone();
                for other in self.pool().filter(|other| other.symbol == leg.symbol) {
                    line.set_in_motion(other);
                }
                line
            }
        }
    }

    /// The pool with every position at its mark, summed once for all that ask along their symbols.
    pub(crate) fn standing_pool(&self) -> EquityLine<'a> {
        // No position has an empty symbol: none moves.
        self.pool_line("", self.contract)
    }

    /// Everything the account holds, along the price of the ticket's symbol: what backs the
    /// ticket's position first, then every group of money that stands or falls for itself.
    pub(crate) fn all_lines(&self, mode: Mode) -> Vec<EquityLine<'a>> {
        let mut lines = vec![self.line(mode)];
        if mode == Mode::Isolated {
            lines.push(self.pool_line(self.symbol, self.contract));
        }
        for leg in &self.others {
            let Backing::Isolated { margin } = leg.backing else {
                continue;
            };
            let mut line = EquityLine::of_money(self.contract, Exact::from(margin.get()));
            if leg.symbol == self.symbol {
                line.add_moving(leg);
            } else {
                line.add_standing(leg);
            }
            lines.push(line);
        }
        lines
    }

    /// What backs the ticket's position along the price of its symbol.
    pub(crate) fn line(&self, mode: Mode) -> EquityLine<'a> {
        match mode {
            Mode::Isolated => self.isolated_line(self.own.as_ref(), self.owed),
            Mode::Cross => self.pool_line(self.symbol, self.contract),
        }
    }

    /// One isolated position: its own margin, its own profit, its own requirement.
    pub(crate) fn isolated_line(
        &self,
        leg: Option<&SizedPosition<'a>>,
        owed: Exact,
    ) -> EquityLine<'a> {
        let mut line = EquityLine::of_money(self.contract, -owed);
        if let Some(leg) = leg {
            line = EquityLine::of_money(leg.contract, -owed);
            if let Backing::Isolated { margin } = leg.backing {
                line.add_money(Exact::from(margin.get()));
            }
            line.add_moving(leg);
        }
        line
    }

    /// The pool: every cross leg of the symbol moves, the other cross positions stand at their marks.
    pub(crate) fn pool_line(&self, symbol: &str, contract: Contract) -> EquityLine<'a> {
        let mut line = EquityLine::of_money(contract, self.pool_money());
        for leg in self.pool() {
            if leg.symbol == symbol {
                line.add_moving(leg);
            } else {
                line.add_standing(leg);
            }
        }
        line
    }
}

/// A position of the account; one symbol has one mark.
fn at_mark<'a>(position: &'a PositionInput, symbol: &str, mark: Decimal) -> SizedPosition<'a> {
    let leg = SizedPosition::of(position);
    if position.symbol == symbol {
        SizedPosition { mark, ..leg }
    } else {
        leg
    }
}

/// What the ticket costs from now on: the fee of what is traded now, the fee to close what is then
/// held at the invalidation, and the funding of it at the mark; a short receives what a long pays.
pub(crate) fn costs(ticket: &Ticket, account_after: &AccountAfter<'_>) -> Exact {
    let Some(own) = &account_after.own else {
        return account_after.fee;
    };
    let close = ticket.invalidation.map_or(Exact::ZERO, |wrong| {
        own.notional(Exact::from(wrong.get())) * Exact::from(ticket.fees.close.get())
    });
    account_after.fee + close + funding(&ticket.funding, own, Exact::from(ticket.funding.intervals))
}

/// Funding over a number of intervals on the notional at the mark; below zero it is received.
pub(crate) fn funding(terms: &Funding, own: &SizedPosition<'_>, intervals: Exact) -> Exact {
    let paid_by_long =
        own.notional(Exact::from(own.mark)) * Exact::from(terms.rate.get()) * intervals;
    match own.side {
        Side::Long => paid_by_long,
        Side::Short => -paid_by_long,
    }
}

/// Whether a price has come to or gone past the invalidation.
pub(crate) fn is_past(side: Side, invalidation: Price, mark: Price) -> bool {
    match side {
        Side::Long => mark <= invalidation,
        Side::Short => mark >= invalidation,
    }
}

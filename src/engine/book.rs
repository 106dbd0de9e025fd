//! The account after a ticket, in one margin mode.

use rust_decimal::Decimal;

use super::account::{Account, Backing, Position};
use super::change::{Change, change, target};
use super::contract::{Contract, Mode, Side};
use super::error::Error;
use super::exact::Exact;
use super::held::Held;
use super::line::Line;
use super::ticket::{Funding, Ticket};
use super::units::Price;

/// The account as a ticket leaves it: what is settled, the ticket's own position and the others.
#[derive(Debug, Clone)]
pub(crate) struct Book<'a> {
    /// Settled money, what the ticket pays at once already taken off.
    pub(crate) wallet: Exact,
    /// Funding owed by the ticket's position.
    pub(crate) owed: Exact,
    /// The ticket's position; absent once it is closed.
    pub(crate) own: Option<Held<'a>>,
    /// Every other position, in the order of the account.
    pub(crate) others: Vec<Held<'a>>,
    /// The account's position that became the ticket's own; none for an open.
    pub(crate) target: Option<usize>,
    /// What is paid to trade now.
    pub(crate) fee: Exact,
    symbol: &'a str,
    contract: Contract,
}

impl<'a> Book<'a> {
    /// The account as it stands, the ticket's symbol at the ticket's mark.
    pub(crate) fn before(account: &'a Account, ticket: &'a Ticket) -> Self {
        let mark = ticket.mark_or_entry().get();
        Self {
            wallet: Exact::from(account.wallet_balance.get()),
            owed: Exact::ZERO,
            own: None,
            others: account
                .positions
                .iter()
                .map(|position| at_mark(position, ticket, mark))
                .collect(),
            target: None,
            fee: Exact::ZERO,
            symbol: &ticket.symbol,
            contract: ticket.contract,
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
        let mark = ticket.mark_or_entry().get();
        let mut others = Vec::with_capacity(account.positions.len());
        let mut held = None;
        for (index, position) in account.positions.iter().enumerate() {
            let mut leg = at_mark(position, ticket, mark);
            if target == Some(index) {
                leg.schedule = &ticket.maintenance;
                held = Some(leg);
            } else {
                others.push(leg);
            }
        }
        let Change { own, fee, realised } = change(ticket, held, mode)?;
        Ok(Self {
            wallet: Exact::from(account.wallet_balance.get()) + realised - fee,
            owed: Exact::from(ticket.funding.owed.get()),
            own,
            others,
            target,
            fee,
            symbol: &ticket.symbol,
            contract: ticket.contract,
        })
    }

    /// Settled money that is assigned to no isolated position: the wallet part of the pool.
    pub(crate) fn pool_wallet(&self) -> Exact {
        self.all().fold(self.wallet, |pool, leg| match leg.backing {
            Backing::Isolated { margin } => pool - Exact::from(margin.get()),
            Backing::Cross => pool,
        })
    }

    /// What the whole account holds at the marks: wallet − funding owed + all unrealised profit.
    pub(crate) fn account_equity(&self) -> Exact {
        self.all().fold(self.wallet - self.owed, |sum, leg| {
            sum + leg.profit_at_mark()
        })
    }

    /// Every position, the ticket's first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Held<'a>> {
        self.own.iter().chain(&self.others)
    }

    /// Every position the pool backs, the ticket's first.
    pub(crate) fn pool(&self) -> impl Iterator<Item = &Held<'a>> {
        self.all().filter(|leg| leg.backing == Backing::Cross)
    }

    /// What backs any position, along the price of its symbol; `standing` is the pool at the marks.
    pub(crate) fn line_of(&self, leg: &Held<'a>, standing: &Line<'a>) -> Line<'a> {
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
    pub(crate) fn standing_pool(&self) -> Line<'a> {
        // No position has an empty symbol: none moves.
        self.pool_line("", self.contract)
    }

    /// Everything the account holds, along the price of the ticket's symbol: what backs the
    /// ticket's position first, then every group of money that stands or falls for itself.
    pub(crate) fn all_lines(&self, mode: Mode) -> Vec<Line<'a>> {
        let mut lines = vec![self.line(mode)];
        if mode == Mode::Isolated {
            lines.push(self.pool_line(self.symbol, self.contract));
        }
        for leg in &self.others {
            let Backing::Isolated { margin } = leg.backing else {
                continue;
            };
            let mut line = Line::of_money(self.contract, Exact::from(margin.get()));
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
    pub(crate) fn line(&self, mode: Mode) -> Line<'a> {
        match mode {
            Mode::Isolated => self.isolated_line(self.own.as_ref(), self.owed),
            Mode::Cross => self.pool_line(self.symbol, self.contract),
        }
    }

    /// One isolated position: its own margin, its own profit, its own requirement.
    pub(crate) fn isolated_line(&self, leg: Option<&Held<'a>>, owed: Exact) -> Line<'a> {
        let mut line = Line::of_money(self.contract, -owed);
        if let Some(leg) = leg {
            line = Line::of_money(leg.contract, -owed);
            if let Backing::Isolated { margin } = leg.backing {
                line.add_money(Exact::from(margin.get()));
            }
            line.add_moving(leg);
        }
        line
    }

    /// The pool: every cross leg of the symbol moves, the other cross positions stand at their marks.
    pub(crate) fn pool_line(&self, symbol: &str, contract: Contract) -> Line<'a> {
        // Where the ticket's position is isolated, it owes its funding out of its own margin.
        let owed = match self.own.map(|own| own.backing) {
            Some(Backing::Isolated { .. }) => Exact::ZERO,
            Some(Backing::Cross) | None => self.owed,
        };
        let mut line = Line::of_money(contract, self.pool_wallet() - owed);
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

/// A position of the account; one symbol has one mark, the ticket's.
fn at_mark<'a>(position: &'a Position, ticket: &Ticket, mark: Decimal) -> Held<'a> {
    let leg = Held::of(position);
    if position.symbol == ticket.symbol {
        Held { mark, ..leg }
    } else {
        leg
    }
}

/// What the ticket costs from now on: the fee of what is traded now, the fee to close what is then
/// held at the invalidation, and the funding of it at the mark; a short receives what a long pays.
pub(crate) fn costs(ticket: &Ticket, book: &Book<'_>) -> Exact {
    let Some(own) = &book.own else {
        return book.fee;
    };
    let close =
        own.notional(Exact::from(ticket.invalidation.get())) * Exact::from(ticket.fees.close.get());
    book.fee + close + funding(&ticket.funding, own, Exact::from(ticket.funding.intervals))
}

/// Funding over a number of intervals on the notional at the mark; below zero it is received.
pub(crate) fn funding(terms: &Funding, own: &Held<'_>, intervals: Exact) -> Exact {
    let paid_by_long =
        own.notional(Exact::from(own.mark)) * Exact::from(terms.rate.get()) * intervals;
    match own.side {
        Side::Long => paid_by_long,
        Side::Short => -paid_by_long,
    }
}

/// Whether the mark has come to or gone past the invalidation.
pub(crate) fn is_past(side: Side, invalidation: Price, mark: Price) -> bool {
    match side {
        Side::Long => mark <= invalidation,
        Side::Short => mark >= invalidation,
    }
}

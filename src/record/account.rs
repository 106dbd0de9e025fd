//! One account of the state: its money, its positions, how old each figure is.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::payload::{AccountSet, PositionChanged, PositionOpened, PositionsJoined};
use crate::audit::{AccountFacts, EntrySealedOn, PositionFacts};
use crate::engine::{self, Backing, Contract, Money, Price, Rate};
use crate::market::{AccountId, AuditId, Position, PositionId, Rules, Symbol, Terms};
use crate::promises::{AccountScope, place};

/// An account as the journal knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// As it was last set.
    pub set: AccountSet,
    /// When it was first set.
    pub known_at: DateTime<Utc>,
    /// When its wallet balance was last written.
    pub wallet_at: DateTime<Utc>,
    /// Its open positions, oldest first.
    pub positions: Vec<OpenPosition>,
}

/// An open position as the journal knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenPosition {
    id: PositionId,
    /// Where it stands.
    pub account: AccountId,
    /// As it was opened and changed since.
    pub position: Position,
    /// The audit in which it was opened or last increased; none where no audit was.
    pub entered: Option<(EntrySealedOn, AuditId)>,
    /// When it was opened here.
    pub opened_at: DateTime<Utc>,
    /// When its mark was last written.
    pub mark_at: DateTime<Utc>,
}

impl OpenPosition {
    /// A position as it joins an account.
    pub fn of(opened: PositionOpened, at: DateTime<Utc>) -> Self {
        Self {
            id: opened.id,
            account: opened.account,
            entered: opened.audit.map(|audit| (EntrySealedOn::Opened, audit)),
            position: opened.position,
            opened_at: at,
            mark_at: at,
        }
    }

    /// Takes up what a change says.
    pub fn changed(&mut self, change: &PositionChanged) {
        let PositionChanged {
            position: _,
            audit: _,
            mark,
            quantity,
            entry,
            backing,
            leverage,
        } = change;
        let position = &mut self.position;
        position.leverage = leverage.or(position.leverage);
        position.mark = mark.unwrap_or(position.mark);
        position.quantity = quantity.unwrap_or(position.quantity);
        position.entry = entry.unwrap_or(position.entry);
        position.backing = backing.unwrap_or(position.backing);
    }

    /// Takes another one in. What was sealed last of either is what its entry is held against.
    pub(super) fn joined(&mut self, joined: &PositionsJoined, gone: &Self, at: DateTime<Utc>) {
        let position = &mut self.position;
        position.quantity = joined.quantity;
        position.entry = joined.entry;
        position.mark = joined.mark;
        position.backing = joined.backing;
        position.leverage = joined.leverage;
        let added = gone
            .entered
            .map(|(_, audit)| (EntrySealedOn::Increased, audit));
        self.entered = added.or(self.entered);
        self.mark_at = self.mark_at.max(gone.mark_at).min(at);
    }

    /// Notional at the entry over margin, as it is shown, in tenths: what is typed is rounded.
    /// None for a cross position, which has no margin of its own.
    pub(super) fn leverage(&self) -> Option<Decimal> {
        let Backing::Isolated { margin } = self.position.backing else {
            return None;
        };
        let notional = self.position.notional_at(self.position.entry)?.get();
        Some(notional.checked_div(margin.get())?.round_dp(1))
    }

    /// Names it.
    pub fn id(&self) -> PositionId {
        self.id
    }

    /// What the ticket form needs to know of it; how it was entered is for the state to say.
    pub fn facts(&self, experiment: bool) -> PositionFacts {
        PositionFacts {
            id: self.id,
            position: self.position.clone(),
            experiment,
        }
    }

    /// What is lost where it is closed at a price, without fees; an isolated one loses no more than
    /// its margin, and all of it to the venue. None where it is out of range.
    pub(super) fn lost_at(&self, price: Price, liquidated: bool) -> Option<Money> {
        let profit = self.position.profit_at(price)?.get();
        let lost = Decimal::ZERO.checked_sub(profit)?.max(Decimal::ZERO);
        let lost = match self.position.backing {
            Backing::Isolated { margin } if liquidated => margin.get(),
            Backing::Isolated { margin } => lost.min(margin.get()),
            Backing::Cross => lost,
        };
        Some(Money::new(lost))
    }
}

impl Account {
    /// Takes up the account as it is set again. Its wallet balance is as old as before where
    /// something else was changed: a new name or another market's rules say nothing of it.
    pub(super) fn set_again(&mut self, set: AccountSet, at: DateTime<Utc>) {
        if set.wallet_balance != self.set.wallet_balance || set == self.set {
            self.wallet_at = at;
        }
        // Rules that are newer than a position hold for it too: a venue's table is one.
        for open in &mut self.positions {
            let symbol = &open.position.symbol;
            let newer = set
                .rules
                .get(symbol)
                .filter(|rules| self.set.rules.get(symbol) != Some(*rules));
            if let Some(rules) = newer {
                open.position.rules = rules.clone();
            }
        }
        self.set = set;
    }

    /// A position joins it; what opening it has cost leaves the wallet.
    pub(super) fn take_in(&mut self, opened: PositionOpened, at: DateTime<Utc>) {
        let fee = opened.fee.map_or(Decimal::ZERO, Money::get);
        let wallet = self.set.wallet_balance.get().checked_sub(fee);
        self.set.wallet_balance = wallet.map_or(self.set.wallet_balance, Money::new);
        self.positions.push(OpenPosition::of(opened, at));
    }

    /// Where it is, as promises spell it: another name for it is the same account.
    pub fn place(&self) -> String {
        place(&self.set.venue, &self.set.collateral)
    }

    /// Whether it is that account, or another name for it: the same venue and collateral.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.set.account == other.set.account || self.place() == other.place()
    }

    /// What a promise about this account is about.
    pub fn scope(&self) -> AccountScope {
        AccountScope {
            id: self.set.account,
            place: self.place(),
            name: self.set.name.clone(),
        }
    }

    /// As the engine reads it. A mark of the ticket's own symbol counts for every leg of
    /// that symbol: one market has one price.
    pub fn for_engine(&self, mark: Option<(&Symbol, Price)>) -> engine::Account {
        let mut positions: Vec<engine::PositionInput> = self
            .positions
            .iter()
            .map(|open| open.position.for_engine())
            .collect();
        if let Some((symbol, price)) = mark {
            for position in positions.iter_mut().filter(|p| p.symbol == symbol.as_str()) {
                position.mark = price;
            }
        }
        engine::Account {
            collateral: self.set.collateral.clone(),
            wallet_balance: self.set.wallet_balance,
            positions,
            mode_scope: self.set.mode_scope,
        }
    }

    /// What the ticket form needs to know of it.
    pub fn facts(&self) -> AccountFacts {
        AccountFacts {
            id: self.set.account,
            name: self.set.name.clone(),
            venue: self.set.venue.clone(),
            collateral: self.set.collateral.clone(),
            fees: self.set.fees,
            basis: self.set.requirement.basis,
            close_fee: if self.set.requirement.counts_fee {
                self.set.fees.close
            } else {
                Rate::ZERO
            },
            equity: self.equity().ok().map(Money::get),
        }
    }

    /// What the venue asks for a market: as set for the account, else as an open position
    /// of that market has it.
    pub fn rules(&self, symbol: &Symbol) -> Option<Rules> {
        self.set.rules.get(symbol).cloned().or_else(|| {
            self.positions
                .iter()
                .find(|p| p.position.symbol == *symbol)
                .map(|p| p.position.rules.clone())
        })
    }

    /// How the contracts of a market are counted: as set for the account, as an open position of it
    /// is, else in the coin itself. None where it is settled in the coin of the account and nobody
    /// said how: no number of it could be told then.
    pub fn terms(&self, symbol: &Symbol) -> Option<Terms> {
        let mut positions = self.positions.iter().map(|open| &open.position);
        let open = || Some(positions.find(|p| p.symbol == *symbol)?.terms);
        let known = self.set.contracts.get(symbol).copied().or_else(open);
        let own_coin = symbol.base() == self.set.collateral;
        let terms = known.unwrap_or_default();
        (!own_coin || terms.contract == Contract::Inverse).then_some(terms)
    }

    /// All isolated margins together, in collateral; none where they are out of range.
    pub fn isolated_margins(&self) -> Option<Decimal> {
        self.positions
            .iter()
            .try_fold(Decimal::ZERO, |sum, open| match open.position.backing {
                Backing::Isolated { margin } => sum.checked_add(margin.get()),
                Backing::Cross => Some(sum),
            })
    }

    /// The position that is this one already: of its market, side and mode, under another id.
    pub fn held_already(&self, position: &Position, id: PositionId) -> Option<&OpenPosition> {
        let mut others = self.positions.iter().filter(|open| open.id() != id);
        others.find(|open| open.position.is_one_with(position))
    }

    /// Two positions that are one market, side and mode: while there are such, nothing in the
    /// account can be valued. The older one first.
    pub fn pair(&self) -> Option<(&OpenPosition, &OpenPosition)> {
        let mut newest = self.positions.iter().rev();
        newest.find_map(|open| {
            let older = self.held_already(&open.position, open.id())?;
            Some((older, open))
        })
    }

    /// Takes each pair as what it is together: for what can be lost while two are about to be one.
    pub fn join_pairs(&mut self) {
        while let Some((stays, joins)) = self.pair() {
            let Some(together) = stays.position.joined_with(&joins.position) else {
                return;
            };
            let (stays, gone) = (stays.id(), joins.id());
            self.positions.retain(|open| open.id() != gone);
            if let Some(open) = self.positions.iter_mut().find(|open| open.id() == stays) {
                open.position = together;
            }
        }
    }

    /// Wallet and unrealised profit at the marks, in collateral.
    ///
    /// # Errors
    /// The engine's, where a position cannot be valued.
    pub fn equity(&self) -> Result<Money, engine::Error> {
        engine::equity(&self.for_engine(None))
    }

    /// When the oldest mark of its positions was written; none where it has none. A price that was
    /// written of a market is the mark of every position there.
    pub fn oldest_mark(&self, written: Option<(&Symbol, DateTime<Utc>)>) -> Option<DateTime<Utc>> {
        let marks = self.positions.iter().map(|open| match written {
            Some((symbol, at)) if open.position.symbol == *symbol => at,
            _ => open.mark_at,
        });
        marks.min()
    }
}

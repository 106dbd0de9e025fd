//! A second solver that knows nothing of the first: it steps along the price in binary floating
//! point, looks whether equity is at or below the requirement, and halves the last step.

use impulse_audit::engine::{
    Account, Backing, Basis, Contract, Intent, Joint, Mode, PositionInput, Schedule, Side, Ticket,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

pub(crate) fn f(value: Decimal) -> f64 {
    value.to_f64().unwrap()
}

struct Leg {
    symbol: String,
    inverse: bool,
    sign: f64,
    size: f64,
    entry: f64,
    mark: f64,
    isolated: Option<f64>,
    schedule: Schedule,
}

impl Leg {
    fn of(position: &PositionInput) -> Self {
        Self {
            symbol: position.symbol.clone(),
            inverse: position.contract == Contract::Inverse,
            sign: if position.side == Side::Long {
                1.0
            } else {
                -1.0
            },
            size: f(position.quantity.get()) * f(position.contract_size),
            entry: f(position.entry.get()),
            mark: f(position.mark.get()),
            isolated: match position.backing {
                Backing::Isolated { margin } => Some(f(margin.get())),
                Backing::Cross => None,
            },
            schedule: position.maintenance.clone(),
        }
    }

    fn profit(&self, price: f64) -> f64 {
        if self.inverse {
            self.sign * self.size * (1.0 / self.entry - 1.0 / price)
        } else {
            self.sign * self.size * (price - self.entry)
        }
    }

    fn notional(&self, price: f64) -> f64 {
        if self.inverse {
            self.size / price
        } else {
            self.size * price
        }
    }

    fn requirement(&self, price: f64) -> f64 {
        let notional = match self.schedule.basis {
            Basis::AtSolvedPrice => self.notional(price),
            Basis::AtEntry => self.notional(self.entry),
            Basis::AtMark => self.notional(self.mark),
            Basis::Fixed(amount) => return f(amount.get()),
        };
        let mut tier = &self.schedule.tiers[0];
        for next in &self.schedule.tiers {
            if f(next.floor.get()) <= notional {
                tier = next;
            }
        }
        notional * (f(tier.rate.get()) + f(self.schedule.close_fee.get())) - f(tier.amount.get())
    }
}

/// The account after a ticket, or as it stands, in one mode: written from the definitions, not from the
/// engine. `mark` is the price of the moment from which losses are measured.
pub(crate) struct Naive {
    own: usize,
    legs: Vec<Leg>,
    wallet: f64,
    owed: f64,
    mode: Mode,
    mark: f64,
}

impl Naive {
    /// An `open` at its fill, or funds added to the pool at the mark.
    pub(crate) fn of(account: &Account, ticket: &Ticket, mode: Mode) -> Self {
        let mut legs: Vec<_> = account.positions.iter().map(Leg::of).collect();
        let mut wallet = f(account.wallet_balance.get());
        let margin = f(ticket.margin.unwrap().get());
        let opens = ticket.intent == Intent::Open;
        let mark = if opens {
            ticket.entry
        } else {
            ticket.mark.unwrap()
        };
        let mark = f(mark.get());
        let own = if opens {
            let own = Leg {
                symbol: ticket.symbol.clone(),
                inverse: ticket.contract == Contract::Inverse,
                sign: if ticket.side == Side::Long { 1.0 } else { -1.0 },
                size: f(ticket.quantity.get()) * f(ticket.contract_size),
                entry: f(ticket.entry.get()),
                mark,
                isolated: None,
                schedule: ticket.maintenance.clone(),
            };
            wallet -= own.notional(own.entry) * f(ticket.fees.open.get());
            legs.push(own);
            legs.len() - 1
        } else {
            wallet += margin;
            Self::place(account, ticket, Mode::Cross)
        };
        legs[own].isolated = (mode == Mode::Isolated).then_some(margin);
        Self::at_one_mark(own, legs, wallet, f(ticket.funding.owed.get()), mode, mark)
    }

    /// A position as it stands.
    pub(crate) fn holding(account: &Account, own: usize) -> Self {
        let legs: Vec<_> = account.positions.iter().map(Leg::of).collect();
        let (mark, mode) = (legs[own].mark, account.positions[own].backing.mode());
        let wallet = f(account.wallet_balance.get());
        Self::at_one_mark(own, legs, wallet, 0.0, mode, mark)
    }

    fn at_one_mark(
        own: usize,
        mut legs: Vec<Leg>,
        wallet: f64,
        owed: f64,
        mode: Mode,
        mark: f64,
    ) -> Self {
        let symbol = legs[own].symbol.clone();
        for leg in legs.iter_mut().filter(|leg| leg.symbol == symbol) {
            leg.mark = mark;
        }
        Self {
            own,
            legs,
            wallet,
            owed,
            mode,
            mark,
        }
    }

    fn place(account: &Account, ticket: &Ticket, mode: Mode) -> usize {
        let held = |position: &PositionInput| {
            position.symbol == ticket.symbol
                && position.side == ticket.side
                && position.backing.mode() == mode
        };
        account.positions.iter().position(held).unwrap()
    }

    pub(crate) fn mark(&self) -> f64 {
        self.mark
    }

    pub(crate) fn own_notional(&self) -> f64 {
        self.own().notional(self.mark)
    }

    pub(crate) fn account_equity(&self) -> f64 {
        let unrealised: f64 = self.legs.iter().map(|leg| leg.profit(leg.mark)).sum();
        self.wallet - self.owed + unrealised
    }

    pub(crate) fn wallet(&self) -> f64 {
        self.wallet
    }

    fn own(&self) -> &Leg {
        &self.legs[self.own]
    }

    fn pool(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().filter(|leg| leg.isolated.is_none())
    }

    fn price_of(&self, leg: &Leg, price: f64) -> f64 {
        if leg.symbol == self.own().symbol {
            price
        } else {
            leg.mark
        }
    }

    pub(crate) fn equity(&self, price: f64) -> f64 {
        match self.mode {
            Mode::Isolated => self.own().isolated.unwrap() - self.owed + self.own().profit(price),
            Mode::Cross => {
                let margins: f64 = self.legs.iter().filter_map(|leg| leg.isolated).sum();
                let profit: f64 = self
                    .pool()
                    .map(|leg| leg.profit(self.price_of(leg, price)))
                    .sum();
                self.wallet - self.owed - margins + profit
            }
        }
    }

    fn requirement(&self, price: f64) -> f64 {
        match self.mode {
            Mode::Isolated => self.own().requirement(price),
            Mode::Cross => self
                .pool()
                .map(|leg| leg.requirement(self.price_of(leg, price)))
                .sum(),
        }
    }

    pub(crate) fn is_liquidated(&self, price: f64) -> bool {
        self.equity(price) <= self.requirement(price)
    }

    /// Steps down and up, with the borders of the tiers among them.
    fn prices(&self, down: bool) -> Vec<f64> {
        let mut prices: Vec<f64> = if down {
            let even = (1..300).map(|step| self.mark * (1.0 - f64::from(step) / 300.0));
            even.chain((1..40).map(|step| self.mark / 300.0 * 0.5_f64.powi(step)))
                .collect()
        } else {
            (1..400)
                .map(|step| self.mark * 1.06_f64.powi(step))
                .collect()
        };
        for leg in self
            .legs
            .iter()
            .filter(|leg| leg.symbol == self.own().symbol)
        {
            for tier in &leg.schedule.tiers {
                let floor = f(tier.floor.get());
                let border = if leg.inverse {
                    leg.size / floor
                } else {
                    floor / leg.size
                };
                prices.extend([border * (1.0 - 1e-11), border, border * (1.0 + 1e-11)]);
            }
        }
        prices.retain(|price| price.is_finite() && *price > 0.0 && (*price < self.mark) == down);
        prices.sort_by(|a, b| if down { b.total_cmp(a) } else { a.total_cmp(b) });
        prices
    }

    pub(crate) fn end(&self, down: bool) -> Option<f64> {
        let mut alive = self.mark;
        for price in self.prices(down) {
            if self.is_liquidated(price) {
                let mut dead = price;
                for _ in 0..200 {
                    let middle = f64::midpoint(alive, dead);
                    if self.is_liquidated(middle) {
                        dead = middle;
                    } else {
                        alive = middle;
                    }
                }
                return Some(dead);
            }
            alive = price;
        }
        None
    }

    /// How close equity comes to the requirement without meeting it, as a share of what moves.
    pub(crate) fn is_close_call(&self, price: f64) -> bool {
        let scale = self.wallet.abs() + self.own().notional(self.mark) + self.own().notional(price);
        (self.equity(price) - self.requirement(price)).abs() <= scale * 1e-9
    }
}

/// The joint stress, from the definitions.
impl Naive {
    pub(crate) fn scale(&self) -> f64 {
        self.pool().map(|leg| leg.notional(leg.mark)).sum::<f64>() + self.wallet.abs()
    }

    pub(crate) fn has_pool(&self) -> bool {
        self.pool().next().is_some()
    }

    /// How far a move can go until the price of an inverse leg is zero.
    pub(crate) fn reach(&self, joint: &Joint, sign: f64) -> f64 {
        self.legs
            .iter()
            .filter(|leg| leg.inverse)
            .map(|leg| -sign * f(joint.beta(&leg.symbol)))
            .filter(|fall| *fall > 0.0)
            .map(|fall| 1.0 / fall)
            .fold(f64::INFINITY, f64::min)
    }

    /// Equity less requirement of the pool after a common move.
    pub(crate) fn pool_left_after(&self, joint: &Joint, at: f64) -> f64 {
        let margins: f64 = self.legs.iter().filter_map(|leg| leg.isolated).sum();
        let owed = if self.mode == Mode::Cross {
            self.owed
        } else {
            0.0
        };
        self.pool().fold(self.wallet - owed - margins, |left, leg| {
            let price = (leg.mark * (1.0 + f(joint.beta(&leg.symbol)) * at)).max(0.0);
            left + leg.profit(price) - leg.requirement(price)
        })
    }
}

/// The most that can be lost, from the definitions.
impl Naive {
    /// Whether a common move can be told: no leg of the pool is counted in the coin.
    pub(crate) fn is_linear(&self) -> bool {
        self.pool().all(|leg| !leg.inverse)
    }

    /// The first common move in a direction within reach that closes the pool, by small steps with the
    /// borders of the tiers among them.
    pub(crate) fn together(&self, direction: f64) -> Option<f64> {
        let joint = Joint::default();
        let furthest = if direction < 0.0 { 1.0 } else { 9.0 };
        if !self.has_pool() {
            return None;
        }
        let even = (0..=200).map(|step| furthest * f64::from(step) / 200.0);
        let borders = self.pool().flat_map(|leg| {
            let notional = leg.notional(leg.mark);
            leg.schedule.tiers.iter().flat_map(move |tier| {
                let border = f(tier.floor.get()) / notional;
                [1.0 - 1e-11, 1.0, 1.0 + 1e-11].map(|beside| direction * (border * beside - 1.0))
            })
        });
        let mut steps: Vec<_> = even.chain(borders).collect();
        steps.retain(|at| (0.0..=furthest).contains(at));
        steps.sort_by(f64::total_cmp);
        let dead = |at: f64| self.pool_left_after(&joint, direction * at) <= 0.0;
        let first = steps.iter().position(|at| dead(*at))?;
        let (mut alive, mut at) = (steps[first.saturating_sub(1)], steps[first]);
        for _ in 0..200 {
            let middle = f64::midpoint(alive, at);
            if dead(middle) {
                at = middle;
            } else {
                alive = middle;
            }
        }
        Some(direction * at)
    }

    /// The most that this symbol can take on its way to zero, or to ten times its price. Nearer to
    /// zero two inverse legs that hedge each other lose their difference in what floating point rounds.
    pub(crate) fn most_alone(&self) -> f64 {
        let here = self.equity(self.mark);
        let ends = [self.mark * 1e-9, self.mark * 10.0];
        let most = ends.map(|price| here - self.equity(price));
        most[0].max(most[1]).max(0.0)
    }

    /// The most that a common move takes on its way to zero, or to ten times the prices.
    pub(crate) fn most_together(&self) -> f64 {
        let equity = |at: f64| {
            self.pool()
                .fold(0.0, |sum, leg| sum + leg.profit(leg.mark * (1.0 + at)))
        };
        let most = [-1.0, 9.0].map(|at| equity(0.0) - equity(at));
        most[0].max(most[1]).max(0.0)
    }
}

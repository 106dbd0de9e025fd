//! A second solver that knows nothing of the first: it steps along the price in binary floating
//! point, looks whether equity is at or below the requirement, and halves the last step.

use impulse_audit::engine::{
    Account, AtInvalidation, Backing, Basis, Contract, Joint, Mode, Outcome, Position, Schedule,
    Side, Ticket, assess,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::random::{Scene, scene};

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
    fn of(position: &Position) -> Self {
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

/// The account after the `open`, in one mode: written from the definitions, not from the engine.
pub(crate) struct Naive {
    own: usize,
    legs: Vec<Leg>,
    wallet: f64,
    owed: f64,
    mode: Mode,
    mark: f64,
}

impl Naive {
    pub(crate) fn of(account: &Account, ticket: &Ticket, mode: Mode) -> Self {
        let mark = f(ticket.mark.unwrap().get());
        let mut legs: Vec<_> = account.positions.iter().map(Leg::of).collect();
        let size = f(ticket.quantity.get()) * f(ticket.contract_size);
        let own = Leg {
            symbol: ticket.symbol.clone(),
            inverse: ticket.contract == Contract::Inverse,
            sign: if ticket.side == Side::Long { 1.0 } else { -1.0 },
            size,
            entry: f(ticket.entry.get()),
            mark,
            isolated: (mode == Mode::Isolated).then(|| f(ticket.margin.unwrap().get())),
            schedule: ticket.maintenance.clone(),
        };
        let fee = own.notional(own.entry) * f(ticket.fees.open.get());
        legs.push(own);
        Self {
            own: legs.len() - 1,
            legs,
            wallet: f(account.wallet_balance.get()) - fee,
            owed: f(ticket.funding.owed.get()),
            mode,
            mark,
        }
    }

    pub(crate) fn mark(&self) -> f64 {
        self.mark
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

    fn end(&self, down: bool) -> Option<f64> {
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

fn near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-6 * (a.abs().max(b.abs()) + scale)
}

fn agrees(naive: &Naive, ticket: &Ticket, outcome: &Outcome) -> Result<(), TestCaseError> {
    let scale = naive.wallet.abs() + naive.own().notional(naive.mark);
    let backing = naive.equity(naive.mark);
    prop_assert!(
        near(f(outcome.backing.get()), backing, scale),
        "backing {backing}"
    );
    let unrealised: f64 = naive.legs.iter().map(|leg| leg.profit(leg.mark)).sum();
    let account_equity = naive.wallet - naive.owed + unrealised;
    prop_assert!(
        near(f(outcome.walled_off.get()), account_equity - backing, scale),
        "walled off {}",
        account_equity - backing
    );
    if naive.is_close_call(naive.mark) {
        return Ok(());
    }
    prop_assert_eq!(outcome.already, naive.is_liquidated(naive.mark));
    if outcome.already {
        prop_assert!(outcome.survives.is_open());
        return Ok(());
    }
    let tick = ticket.tick.map_or(0.0, f);
    for (down, end) in [(true, outcome.survives.low), (false, outcome.survives.high)] {
        let end = end.map(|end| f(end.get()));
        match (end, naive.end(down)) {
            (None, None) => {}
            (Some(end), Some(found)) => prop_assert!(
                (end - found).abs() <= tick + 1e-6 * (end + found),
                "down {down}: engine {end}, stepping {found}"
            ),
            // Beyond the last step, or so flat that floating point can't tell.
            (Some(end), None) => prop_assert!(
                end < naive.mark * 1e-9 || end > naive.mark * 1e9 || naive.is_close_call(end),
                "down {down}: engine {end}, stepping found none"
            ),
            (None, Some(found)) => prop_assert!(
                naive.is_close_call(found * if down { 1.0 + 1e-6 } else { 1.0 - 1e-6 }),
                "down {down}: engine none, stepping {found}"
            ),
        }
    }
    if let AtInvalidation::Closed { loss } = outcome.at_invalidation {
        let wrong = f(ticket.invalidation.get());
        prop_assert!(near(f(loss.get()), backing - naive.equity(wrong), scale));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn stepping_along_the_price_finds_what_the_engine_solves(Scene { account, ticket } in scene()) {
        let assessment = assess(&account, &ticket, None).unwrap();
        for mode in [Mode::Isolated, Mode::Cross] {
            let naive = Naive::of(&account, &ticket, mode);
            agrees(&naive, &ticket, assessment.outcome(mode))?;
        }
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

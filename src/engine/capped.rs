//! The capped size: isolated, with the accepted loss as all that stands behind it.
//!
//! Each limit, of equity, of a tier, of the venue's leverage, is met at a size that one division
//! gives. The largest of those few sizes that keeps all of them is the answer.

use rust_decimal::Decimal;

use super::account::{Account, Backing};
use super::account_after::AccountAfter;
use super::equity_line::EquityLine;
use super::error::Error;
use super::exact::Exact;
use super::outcome::Capped;
use super::schedule::{Basis, Schedule, Tier};
use super::sized_position::SizedPosition;
use super::subject::comes_before;
use super::ticket::{Intent, Ticket};
use super::unit::{ALMOST_NOTHING, Limits, Unit, one, whole_lots};
use super::units::{Money, Price, Quantity, Rate};

/// Isolated with margin = accepted loss − costs, liquidation not before the invalidation.
pub(super) fn capped(
    account: &Account,
    ticket: &Ticket,
    limits: &Limits,
) -> Result<Option<Capped>, Error> {
    if ticket.intent != Intent::Open {
        return Ok(None);
    }
    let unit = Unit::of(ticket, limits);
    if has_no_largest(ticket, limits, &unit)? {
        return Ok(None);
    }
    let contract_size = Exact::from(ticket.contract_size);
    let mut sizes = Vec::new();
    for size in candidates(ticket, limits, &unit) {
        // A limit that can't be written down, or below zero, is none.
        let Some(limit) = (size / contract_size).value() else {
            continue;
        };
        let at_limit = whole_lots(limit, ticket.lot);
        sizes.push(at_limit);
        // At the edge of a tier the size itself may lie in the next one, and just below it fits.
        let step = ticket.lot.or_else(|| at_limit.checked_mul(ALMOST_NOTHING));
        sizes.extend(step.and_then(|step| at_limit.checked_sub(step)));
    }
    let lives = LivesAtTarget::of(ticket, limits, &unit);
    sizes.retain(|size| *size > Decimal::ZERO && lives.holds(*size));
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup();
    let free = AccountAfter::before(account, ticket).free();
    for quantity in sizes {
        if let Some(capped) = try_capped(ticket, limits, &unit, quantity)? {
            let paid = Exact::from(quantity)
                * contract_size
                * unit.entry
                * Exact::from(ticket.fees.open.get());
            let needed = (Exact::from(capped.margin.get()) + paid).settle("ticket")?;
            // A smaller one needs more margin, so that none is free either.
            return Ok((needed <= free.settle("account")?).then_some(capped));
        }
    }
    Ok(None)
}

/// Equity ≥ requirement at the invalidation, for a number of contracts. Most candidates fail here,
/// which is cheaper to see than their whole band.
struct LivesAtTarget<'a> {
    money: Exact,
    /// Costs and loss of one contract at the invalidation.
    lost: Exact,
    /// The notional of one contract that the requirement is counted on.
    valued: Exact,
    schedule: &'a Schedule,
}

impl<'a> LivesAtTarget<'a> {
    fn of(ticket: &'a Ticket, limits: &Limits, unit: &Unit) -> Self {
        let one = one(ticket);
        let target = Exact::from(limits.beyond(ticket).get());
        let contract_size = Exact::from(ticket.contract_size);
        Self {
            money: Exact::from(limits.accepted.get()) - Exact::from(ticket.funding.owed.get()),
            lost: (unit.costs - one.profit(target)) * contract_size,
            valued: valued_at(ticket, unit, one.notional(target)) * contract_size,
            schedule: &ticket.maintenance,
        }
    }

    fn holds(&self, quantity: Decimal) -> bool {
        let quantity = Exact::from(quantity);
        let requirement = match self.schedule.basis {
            Basis::Fixed(amount) => Exact::from(amount.get()),
            Basis::AtSolvedPrice | Basis::AtEntry | Basis::AtMark => {
                self.schedule.requirement_of(quantity * self.valued)
            }
        };
        let left = self.money - quantity * self.lost - requirement;
        // A size met exactly may lack the last digit of a division.
        left.value().is_some_and(|left| left >= -ALMOST_NOTHING)
    }
}

/// Whether funding received outweighs everything that a larger size loses and is required: then
/// every size fits, and none is the largest.
fn has_no_largest(ticket: &Ticket, limits: &Limits, unit: &Unit) -> Result<bool, Error> {
    let schedule = &ticket.maintenance;
    let Some(last) = schedule.tiers.last() else {
        return Ok(false);
    };
    let one = one(ticket);
    let target = Exact::from(limits.beyond(ticket).get());
    let required = valued_at(ticket, unit, one.notional(target)) * schedule.rate_in(last);
    let per_size = (unit.costs - one.profit(target) + required).settle("ticket")?;
    Ok(per_size <= Decimal::ZERO && last.max_leverage.is_none())
}

/// The notional of one unit that the requirement is counted on.
fn valued_at(ticket: &Ticket, unit: &Unit, there: Exact) -> Exact {
    match ticket.maintenance.basis {
        Basis::AtSolvedPrice => there,
        Basis::AtEntry => unit.entry,
        Basis::AtMark => unit.mark,
        Basis::Fixed(_) => Exact::ZERO,
    }
}

/// Every size at which one of the limits is met exactly.
fn candidates(ticket: &Ticket, limits: &Limits, unit: &Unit) -> Vec<Exact> {
    let schedule = &ticket.maintenance;
    let one = one(ticket);
    let money = Exact::from(limits.accepted.get()) - Exact::from(ticket.funding.owed.get());
    let at = |price: Price| one.notional(Exact::from(price.get()));
    let target = limits.beyond(ticket);
    let profit_at = |price: Price| one.profit(Exact::from(price.get()));
    let direction = one.exposure();
    let mut sizes = Vec::new();
    for tier in &schedule.tiers {
        let rate = schedule.rate_in(tier);
        let (floor, amount) = (
            Exact::from(tier.floor.get()),
            Exact::from(tier.amount.get()),
        );
        // Equity = requirement at the invalidation, and at the mark.
        for price in [target, ticket.effective_price()] {
            let frozen = match schedule.basis {
                Basis::Fixed(fixed) => -Exact::from(fixed.get()),
                Basis::AtSolvedPrice | Basis::AtEntry | Basis::AtMark => amount,
            };
            sizes.push(
                (money + frozen)
                    / (unit.costs - profit_at(price) + valued_at(ticket, unit, at(price)) * rate),
            );
            sizes.push(floor / at(price));
        }
        // Equity = requirement where the position crosses the tier's floor, from either tier.
        let crossing = money + direction * floor;
        let per_size = unit.costs + direction * unit.entry;
        sizes.push((crossing - floor * rate + amount) / per_size);
        if let Some(below) = below(&schedule.tiers, tier) {
            let requirement = floor * schedule.rate_in(below) - Exact::from(below.amount.get());
            sizes.push((crossing - requirement) / per_size);
        }
        // The venue's own limit of leverage, which holds for entry notionals.
        sizes.push(floor / unit.entry);
        if let Some(most) = tier.max_leverage {
            let most = Exact::from(most);
            let accepted = Exact::from(limits.accepted.get());
            sizes.push(most * accepted / (unit.entry + most * unit.costs));
        }
    }
    sizes
}

fn below<'a>(tiers: &'a [Tier], tier: &Tier) -> Option<&'a Tier> {
    tiers.iter().rev().find(|other| other.floor < tier.floor)
}

/// The capped position of one quantity, if it keeps every limit.
fn try_capped(
    ticket: &Ticket,
    limits: &Limits,
    unit: &Unit,
    quantity: Decimal,
) -> Result<Option<Capped>, Error> {
    let size = Exact::from(quantity) * Exact::from(ticket.contract_size);
    let margin = Exact::from(limits.accepted.get()) - size * unit.costs;
    let notional = size * unit.entry;
    // A candidate from the far end of the schedule may not fit: then it is no answer either.
    let (Some(margin), Some(notional)) = (margin.value(), notional.value()) else {
        return Ok(None);
    };
    if margin <= Decimal::ZERO {
        return Ok(None);
    }
    let Some(leverage) = notional.checked_div(margin) else {
        return Ok(None);
    };
    let limit = ticket
        .maintenance
        .tier_at(Money::new(notional))
        .and_then(|tier| tier.max_leverage);
    if limit.is_some_and(|limit| leverage > limit) {
        return Ok(None);
    }
    let margin = Money::new(margin);
    let own = SizedPosition {
        size,
        backing: Backing::Isolated { margin },
        ..one(ticket)
    };
    let mut line = EquityLine::of_money(
        ticket.contract,
        Exact::from(margin.get()) - Exact::from(ticket.funding.owed.get()),
    );
    line.add_moving(&own);
    let mark = ticket.effective_price();
    let standing = line.standing(mark, ticket.tick)?;
    if standing.already {
        return Ok(None);
    }
    let liquidation = standing.liquidation.against(ticket.side);
    if liquidation.is_some_and(|price| comes_before(ticket.side, price, limits.invalidation)) {
        return Ok(None);
    }
    Ok(Some(Capped {
        quantity: Quantity::new(quantity),
        margin,
        leverage: Rate::new(leverage),
        liquidation,
    }))
}

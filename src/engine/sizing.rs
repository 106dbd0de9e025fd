//! Sizes that fit the accepted loss: solved, not searched.
//!
//! Everything a size costs is a straight line in it, so each limit (of loss, of a tier, of leverage)
//! is met at a size that one division gives. The largest of those few sizes that the engine's own
//! liquidation price allows is the answer.

use rust_decimal::Decimal;

use super::account::{Account, Backing};
use super::assess::{at_invalidation, comes_before, is_sized};
use super::book::{Book, funding};
use super::contract::{Mode, Side};
use super::error::{Error, ErrorCode};
use super::exact::Exact;
use super::held::Held;
use super::outcome::{AtInvalidation, Buffered, ByHand, Capped, Sizing};
use super::schedule::{Basis, Schedule, Tier};
use super::ticket::{Intent, Ticket};
use super::units::{Money, Price, Quantity, Rate};

/// All sizes for a ticket.
pub(crate) fn sizing(
    account: &Account,
    ticket: &Ticket,
    isolated: &Book<'_>,
    cross: &Book<'_>,
    buffer: Rate,
) -> Result<Sizing, Error> {
    Ok(Sizing {
        by_hand: where_it_fits(by_hand(account, ticket, isolated))?,
        capped: where_it_fits(capped(ticket))?,
        buffered: where_it_fits(buffered(ticket, isolated, buffer))?,
        cross_can_cap: cross_can_cap(ticket, cross)?,
    })
}

/// A size that can't be written down is none; the rest of the assessment stands without it.
fn where_it_fits<T>(size: Result<Option<T>, Error>) -> Result<Option<T>, Error> {
    match size {
        Err(error) if error.code == ErrorCode::Overflow => Ok(None),
        size => size,
    }
}

/// What one unit of size is worth and costs at the prices of a ticket.
struct Unit {
    entry: Exact,
    mark: Exact,
    /// Lost from the mark to the invalidation.
    loss: Exact,
    /// Fee to close at the invalidation, and funding.
    to_hold: Exact,
    /// Opening fee, fee to close, funding.
    costs: Exact,
}

impl Unit {
    fn of(ticket: &Ticket) -> Self {
        let one = one(ticket);
        let at = |price: Price| one.notional(Exact::from(price.get()));
        let (entry, mark) = (at(ticket.entry), at(ticket.mark_or_entry()));
        let to_hold = at(ticket.invalidation) * Exact::from(ticket.fees.close.get())
            + funding(&ticket.funding, &one, Exact::from(ticket.funding.intervals));
        Self {
            entry,
            mark,
            loss: one.profit_at_mark() - one.profit(Exact::from(ticket.invalidation.get())),
            to_hold,
            costs: entry * Exact::from(ticket.fees.open.get()) + to_hold,
        }
    }
}

/// The ticket's position with a size of 1.
fn one(ticket: &Ticket) -> Held<'_> {
    Held {
        symbol: &ticket.symbol,
        contract: ticket.contract,
        side: ticket.side,
        size: Exact::ONE,
        entry: Exact::from(ticket.entry.get()),
        mark: ticket.mark_or_entry().get(),
        backing: Backing::Cross,
        schedule: &ticket.maintenance,
    }
}

/// 12 (a): loss at the invalidation + costs ≤ accepted loss. An increase counts what is held too.
fn by_hand(
    account: &Account,
    ticket: &Ticket,
    isolated: &Book<'_>,
) -> Result<Option<ByHand>, Error> {
    if !is_sized(ticket.intent) {
        return Ok(None);
    }
    let unit = Unit::of(ticket);
    let accepted = Exact::from(ticket.acceptable_loss.get());
    let contract_size = Exact::from(ticket.contract_size);
    let added = Exact::from(ticket.quantity.get()) * contract_size;
    let held = isolated.own.map_or(Exact::ZERO, |own| own.size - added);
    let held_loss = held * (unit.loss + unit.to_hold);
    let per_size = unit.loss + unit.costs;
    if per_size.settle("ticket")? <= Decimal::ZERO {
        // Funding received outweighs every loss: no size is too large.
        return Ok(None);
    }
    let limit = (accepted - held_loss) / per_size / contract_size;
    let quantity = whole_lots(limit.settle("ticket.quantity")?, ticket.lot);
    if quantity <= Decimal::ZERO {
        return Ok(None);
    }
    let loss = held_loss + Exact::from(quantity) * contract_size * per_size;
    Ok(Some(ByHand {
        quantity: Quantity::new(quantity),
        loss: Money::new(loss.settle("ticket")?),
        open_at_invalidation: is_open_at_invalidation(account, ticket, quantity)?,
    }))
}

/// Whether the ticket with another quantity is still open at its invalidation in its mode.
fn is_open_at_invalidation(
    account: &Account,
    ticket: &Ticket,
    quantity: Decimal,
) -> Result<bool, Error> {
    let resized = Ticket {
        quantity: Quantity::new(quantity),
        ..ticket.clone()
    };
    let book = Book::after(account, &resized, resized.mode)?;
    let line = book.line(resized.mode);
    let mark = resized.mark_or_entry();
    let end = at_invalidation(
        &resized,
        &line,
        line.equity(mark)?,
        line.is_liquidated(mark)?,
        line.survives(mark, resized.tick)?,
    )?;
    Ok(matches!(end, AtInvalidation::Closed { .. }))
}

/// 12 (b): isolated with margin = accepted loss − costs, liquidation not before the invalidation.
fn capped(ticket: &Ticket) -> Result<Option<Capped>, Error> {
    if ticket.intent != Intent::Open {
        return Ok(None);
    }
    let unit = Unit::of(ticket);
    if has_no_largest(ticket, &unit)? {
        return Ok(None);
    }
    let contract_size = Exact::from(ticket.contract_size);
    let mut sizes = Vec::new();
    for size in candidates(ticket, &unit) {
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
    let lives = LivesAtTarget::of(ticket, &unit);
    sizes.retain(|size| *size > Decimal::ZERO && lives.holds(*size));
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup();
    for quantity in sizes {
        if let Some(capped) = try_capped(ticket, &unit, quantity)? {
            return Ok(Some(capped));
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
    fn of(ticket: &'a Ticket, unit: &Unit) -> Self {
        let one = one(ticket);
        let target = Exact::from(beyond(ticket).get());
        let contract_size = Exact::from(ticket.contract_size);
        Self {
            money: Exact::from(ticket.acceptable_loss.get())
                - Exact::from(ticket.funding.owed.get()),
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
fn has_no_largest(ticket: &Ticket, unit: &Unit) -> Result<bool, Error> {
    let schedule = &ticket.maintenance;
    let Some(last) = schedule.tiers.last() else {
        return Ok(false);
    };
    let one = one(ticket);
    let target = Exact::from(beyond(ticket).get());
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
fn candidates(ticket: &Ticket, unit: &Unit) -> Vec<Exact> {
    let schedule = &ticket.maintenance;
    let one = one(ticket);
    let money = Exact::from(ticket.acceptable_loss.get()) - Exact::from(ticket.funding.owed.get());
    let at = |price: Price| one.notional(Exact::from(price.get()));
    let target = beyond(ticket);
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
        for price in [target, ticket.mark_or_entry()] {
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
            let accepted = Exact::from(ticket.acceptable_loss.get());
            sizes.push(most * accepted / (unit.entry + most * unit.costs));
        }
    }
    sizes
}

fn below<'a>(tiers: &'a [Tier], tier: &Tier) -> Option<&'a Tier> {
    tiers.iter().rev().find(|other| other.floor < tier.floor)
}

/// The capped position of one quantity, if it keeps every limit.
fn try_capped(ticket: &Ticket, unit: &Unit, quantity: Decimal) -> Result<Option<Capped>, Error> {
    let size = Exact::from(quantity) * Exact::from(ticket.contract_size);
    let margin = Exact::from(ticket.acceptable_loss.get()) - size * unit.costs;
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
    let own = Held {
        size,
        backing: Backing::Isolated { margin },
        ..one(ticket)
    };
    let mut line = super::line::Line::of_money(
        ticket.contract,
        Exact::from(margin.get()) - Exact::from(ticket.funding.owed.get()),
    );
    line.add_moving(&own);
    let mark = ticket.mark_or_entry();
    if line.is_liquidated(mark)? {
        return Ok(None);
    }
    let liquidation = line.survives(mark, ticket.tick)?.against(ticket.side);
    if liquidation.is_some_and(|price| comes_before(ticket.side, price, ticket.invalidation)) {
        return Ok(None);
    }
    Ok(Some(Capped {
        quantity: Quantity::new(quantity),
        margin,
        leverage: Rate::new(leverage),
        liquidation,
    }))
}

/// The invalidation, moved to the next tick away from the mark: a liquidation price there is, after
/// its own rounding, not before the invalidation.
fn beyond(ticket: &Ticket) -> Price {
    let wrong = ticket.invalidation.get();
    let on_tick = ticket.tick.and_then(|tick| {
        let ticks = wrong.checked_div(tick)?;
        let ticks = match ticket.side {
            Side::Long => ticks.floor(),
            Side::Short => ticks.ceil(),
        };
        ticks
            .checked_mul(tick)
            .filter(|price| *price > Decimal::ZERO)
    });
    Price::new(on_tick.unwrap_or(wrong))
}

/// 12 (c): the margin at which equity meets the requirement no sooner than a buffer beyond the
/// invalidation.
fn buffered(ticket: &Ticket, isolated: &Book<'_>, buffer: Rate) -> Result<Option<Buffered>, Error> {
    let Some(own) = &isolated.own else {
        return Ok(None);
    };
    let mark = ticket.mark_or_entry();
    if super::book::is_past(ticket.side, ticket.invalidation, mark) {
        return Ok(None);
    }
    let away = match ticket.side {
        Side::Long => Exact::ONE - Exact::from(buffer.get()),
        Side::Short => Exact::ONE + Exact::from(buffer.get()),
    };
    let target =
        Price::new((Exact::from(ticket.invalidation.get()) * away).settle("ticket.invalidation")?);
    let bare = Held {
        backing: Backing::Isolated {
            margin: Money::ZERO,
        },
        ..*own
    };
    let line = isolated.isolated_line(Some(&bare), isolated.owed);
    let short = line.shortfalls(mark, target)?;
    // With jumping tiers the worst place may lie on the way. There the requirement must not even be
    // met, so a hair is added.
    let on_the_way = (short.on_the_way + Exact::from(HAIR)).settle("ticket.margin")?;
    let margin = short.at_the_end.settle("ticket.margin")?.max(on_the_way);
    if margin <= Decimal::ZERO {
        return Ok(None);
    }
    let margin = Money::new(margin);
    let backed = Held {
        backing: Backing::Isolated { margin },
        ..*own
    };
    let line = isolated.isolated_line(Some(&backed), isolated.owed);
    let liquidation = line.survives(mark, ticket.tick)?.against(ticket.side);
    Ok(Some(Buffered {
        buffer,
        margin,
        liquidation,
    }))
}

/// In cross every size has the whole pool behind it: only a pool within the accepted loss caps it.
fn cross_can_cap(ticket: &Ticket, cross: &Book<'_>) -> Result<bool, Error> {
    let own = cross.own.map_or(Exact::ZERO, |own| own.profit_at_mark());
    let pool = cross.line(Mode::Cross).equity(ticket.mark_or_entry())?;
    let without = (Exact::from(pool) - own + cross.fee).settle("account")?;
    Ok(without <= ticket.acceptable_loss.get())
}

/// Rounds down to the lot; without one, cuts off the digits a division may have rounded up.
fn whole_lots(quantity: Decimal, lot: Option<Decimal>) -> Decimal {
    let cut = quantity.trunc_with_scale(quantity.scale().saturating_sub(2).max(12));
    let Some(lot) = lot else { return cut };
    // A quantity a hair below whole lots is whole lots whose division was rounded down.
    let lots = quantity.checked_div(lot).map(|lots| {
        let nearest = lots.round();
        let stray = lots.checked_sub(nearest).unwrap_or_default().abs();
        if stray < ALMOST_NOTHING {
            nearest
        } else {
            lots.floor()
        }
    });
    lots.and_then(|lots| lots.checked_mul(lot))
        .unwrap_or_default()
}

/// 10⁻¹²: an amount of money below the last digit of any collateral.
const HAIR: Decimal = Decimal::from_parts(1, 0, 0, false, 12);

/// 10⁻²⁰: below every digit a size is written with.
const ALMOST_NOTHING: Decimal = Decimal::from_parts(1, 0, 0, false, 20);

//! Which findings a ticket has in its chosen mode.

use rust_decimal::Decimal;

use super::account::{Account, Backing};
use super::assess::money;
use super::book::Book;
use super::change::margin_or_leverage;
use super::contract::{Mode, Side};
use super::error::Error;
use super::exact::Exact;
use super::finding::{Finding, Thresholds};
use super::held::Held;
use super::outcome::{AtInvalidation, Outcome, distance};
use super::ticket::{Intent, Ticket};
use super::units::{Money, Quantity, Rate};

/// What findings are looked for in.
pub(crate) struct Found<'a> {
    pub(crate) account: &'a Account,
    pub(crate) ticket: &'a Ticket,
    /// The account after the ticket in the chosen mode.
    pub(crate) book: &'a Book<'a>,
    pub(crate) isolated_book: &'a Book<'a>,
    pub(crate) chosen: &'a Outcome,
    pub(crate) isolated: &'a Outcome,
    pub(crate) cross: &'a Outcome,
}

/// The findings, the gravest first.
pub(crate) fn findings(found: &Found<'_>, thresholds: &Thresholds) -> Result<Vec<Finding>, Error> {
    // A position that is closed can't do anything any more.
    let Some(own) = &found.book.own else {
        return Ok(Vec::new());
    };
    let all = [
        already_liquidatable(found)?,
        liquidated_before_wrong(found),
        whole_account_at_stake(found, thresholds),
        over_accepted_loss(found),
        insufficient_margin(found)?,
        high_leverage_directional_cross(found, own, thresholds)?,
        mode_change_to_survive(found, own)?,
        adding_to_a_loser(found)?,
        profitable_bystanders(found)?,
        false_move_risk(found, thresholds),
        no_liquidation_above_zero(found),
        hedge_offsets(found, own)?,
    ];
    Ok(all.into_iter().flatten().collect())
}

fn already_liquidatable(found: &Found<'_>) -> Result<Option<Finding>, Error> {
    if !found.chosen.already {
        return Ok(None);
    }
    let line = found.book.line(found.ticket.mode);
    let requirement = Money::new(line.requirement(found.ticket.mark_or_entry())?);
    Ok(Some(Finding::AlreadyLiquidatable {
        equity: found.chosen.backing,
        requirement,
    }))
}

fn liquidated_before_wrong(found: &Found<'_>) -> Option<Finding> {
    match found.chosen.at_invalidation {
        AtInvalidation::LiquidatedFirst { price } => Some(Finding::LiquidatedBeforeWrong {
            liquidation: price,
            invalidation: found.ticket.invalidation,
        }),
        AtInvalidation::Closed { .. } => None,
    }
}

/// "A bad enough move can liquidate the entire account" (000).
fn whole_account_at_stake(found: &Found<'_>, thresholds: &Thresholds) -> Option<Finding> {
    let share = found.chosen.max_loss_share?;
    (share >= thresholds.whole_account_share).then_some(Finding::WholeAccountAtStake {
        max_loss: found.chosen.max_loss,
        share,
    })
}

/// "Compare that to the maximum loss you can accept" (001).
fn over_accepted_loss(found: &Found<'_>) -> Option<Finding> {
    let (max_loss, accepted) = (found.chosen.max_loss, found.ticket.acceptable_loss);
    (max_loss > accepted).then_some(Finding::OverAcceptedLoss { max_loss, accepted })
}

/// The wallet must hold what the ticket takes: its margin and its opening fee. Unrealised profit
/// does not count as settled money; a loss of the pool does, since it is owed.
fn insufficient_margin(found: &Found<'_>) -> Result<Option<Finding>, Error> {
    let ticket = found.ticket;
    let traded = ticket.contract.notional(
        Exact::from(ticket.quantity.get()) * Exact::from(ticket.contract_size),
        Exact::from(ticket.entry.get()),
    );
    let needed = match ticket.intent {
        Intent::Open | Intent::Increase => margin_or_leverage(ticket, traded)? + found.book.fee,
        Intent::AddMargin => match ticket.margin {
            Some(margin) => Exact::from(margin.get()),
            None => return Ok(None),
        },
        Intent::SwitchMode => match found.book.own.map(|own| own.backing) {
            Some(Backing::Isolated { margin }) => Exact::from(margin.get()),
            Some(Backing::Cross) | None => return Ok(None),
        },
        Intent::Reduce | Intent::Close => return Ok(None),
    };
    let before = Book::before(found.account, ticket);
    let unrealised = before
        .pool()
        .fold(Exact::ZERO, |sum, leg| sum + leg.profit_at_mark());
    let loss = unrealised.settle("account")?.min(Decimal::ZERO);
    let available = money(before.pool_wallet() + Exact::from(loss))?;
    let needed = money(needed)?;
    Ok((needed > available).then_some(Finding::InsufficientMargin { needed, available }))
}

/// "Never run high leverage in cross on a single directional bet" (000).
fn high_leverage_directional_cross(
    found: &Found<'_>,
    own: &Held<'_>,
    thresholds: &Thresholds,
) -> Result<Option<Finding>, Error> {
    if found.ticket.mode != Mode::Cross {
        return Ok(None);
    }
    let leverage = Rate::new(leverage(found, own)?);
    let (mut net, mut gross) = (Exact::ZERO, Exact::ZERO);
    for leg in found.book.pool() {
        let notional = leg.notional(Exact::from(leg.mark));
        gross = gross + notional;
        net = if leg.side == own.side {
            net + notional
        } else {
            net - notional
        };
    }
    let share = net.settle("account")?.checked_div(gross.settle("account")?);
    let directional_share = Rate::new(share.unwrap_or(Decimal::ONE));
    Ok(
        (leverage >= thresholds.high_leverage && directional_share >= thresholds.directional_share)
            .then_some(Finding::HighLeverageDirectionalCross {
                leverage,
                directional_share,
            }),
    )
}

/// The leverage said on the ticket, else what the isolated margin makes of the entry notional.
fn leverage(found: &Found<'_>, own: &Held<'_>) -> Result<Decimal, Error> {
    if let Some(leverage) = found.ticket.leverage {
        return Ok(leverage);
    }
    match found.isolated_book.own.map(|own| own.backing) {
        Some(Backing::Isolated { margin }) => {
            (own.notional(own.entry) / Exact::from(margin.get())).settle("ticket.margin")
        }
        Some(Backing::Cross) | None => Ok(Decimal::ZERO),
    }
}

/// "If the trade needs a mode change to survive, ask whether the thesis changed or the fear did"
/// (003); "not while the position moves against you".
fn mode_change_to_survive(found: &Found<'_>, own: &Held<'_>) -> Result<Option<Finding>, Error> {
    if found.ticket.intent != Intent::SwitchMode || found.ticket.mode != Mode::Cross {
        return Ok(None);
    }
    let unrealised = money(own.profit_at_mark())?;
    let dies_isolated = matches!(
        found.isolated.at_invalidation,
        AtInvalidation::LiquidatedFirst { .. }
    );
    let side = found.ticket.side;
    Ok(
        (dies_isolated || unrealised < Money::ZERO).then(|| Finding::ModeChangeToSurvive {
            unrealised,
            isolated: found.isolated.survives.against(side),
            cross: found.cross.survives.against(side),
        }),
    )
}

/// To rescue or increase a position that moves against its holder (003).
fn adding_to_a_loser(found: &Found<'_>) -> Result<Option<Finding>, Error> {
    let ticket = found.ticket;
    match ticket.intent {
        Intent::Open | Intent::Increase | Intent::AddMargin => {}
        Intent::SwitchMode | Intent::Reduce | Intent::Close => return Ok(None),
    }
    let mark = Exact::from(ticket.mark_or_entry().get());
    let mut unrealised = Exact::ZERO;
    for position in &found.account.positions {
        if position.symbol == ticket.symbol && position.side == ticket.side {
            unrealised = unrealised + Held::of(position).profit(mark);
        }
    }
    let unrealised = money(unrealised)?;
    Ok((unrealised < Money::ZERO).then_some(Finding::AddingToALoser { unrealised }))
}

/// "Position A is also force-closed even though it was actually profitable" (001).
fn profitable_bystanders(found: &Found<'_>) -> Result<Option<Finding>, Error> {
    let (mut positions, mut unrealised) = (0_u32, Exact::ZERO);
    for other in &found.chosen.closed_with_it {
        if other.unrealised > Money::ZERO {
            positions = positions.saturating_add(1);
            unrealised = unrealised + Exact::from(other.unrealised.get());
        }
    }
    let unrealised = money(unrealised)?;
    Ok((positions > 0).then_some(Finding::ProfitableBystanders {
        positions,
        unrealised,
    }))
}

/// "A high-leverage isolated position can be wiped in a brief false move" (001).
fn false_move_risk(found: &Found<'_>, thresholds: &Thresholds) -> Option<Finding> {
    if found.ticket.mode != Mode::Isolated {
        return None;
    }
    let liquidation = found.chosen.survives.against(found.ticket.side)?;
    let distance = distance(found.ticket.mark_or_entry(), liquidation)?;
    (distance.get().abs() <= thresholds.false_move.get()).then_some(Finding::FalseMoveRisk {
        liquidation,
        distance,
    })
}

fn no_liquidation_above_zero(found: &Found<'_>) -> Option<Finding> {
    (!found.chosen.already && found.chosen.survives.is_open()).then_some(
        Finding::NoLiquidationAboveZero {
            max_loss: found.chosen.max_loss,
        },
    )
}

/// "When positions hedge each other": legs of one symbol in the pool that pull both ways (001).
fn hedge_offsets(found: &Found<'_>, own: &Held<'_>) -> Result<Option<Finding>, Error> {
    if found.ticket.mode != Mode::Cross {
        return Ok(None);
    }
    let size_of = |side: Side| {
        found
            .book
            .pool()
            .filter(|leg| leg.symbol == own.symbol && leg.side == side)
            .fold(Exact::ZERO, |sum, leg| sum + leg.size)
            .settle("account")
            .map(Quantity::new)
    };
    let opposite = size_of(own.side.opposite())?;
    if opposite == Quantity::ZERO {
        return Ok(None);
    }
    Ok(Some(Finding::HedgeOffsets {
        own: size_of(own.side)?,
        opposite,
    }))
}

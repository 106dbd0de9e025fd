//! Which findings a ticket has in its chosen mode.

use rust_decimal::Decimal;

use super::account::{Account, Backing};
use super::account_after::AccountAfter;
use super::closer::closest;
use super::contract::{Mode, Side};
use super::error::Error;
use super::exact::Exact;
use super::finding::{Finding, Thresholds};
use super::outcome::{AtInvalidation, Outcome};
use super::placement::{insufficient_margin, leverage_above_tier};
use super::sized_position::SizedPosition;
use super::subject::Subject;
use super::ticket::{Intent, Ticket};
use super::units::{Money, Quantity, Rate, distance, money};

/// What findings are looked for in.
pub(crate) struct FindingInputs<'a> {
    pub(crate) subject: &'a Subject<'a>,
    /// What is proposed; none for a position as it stands.
    pub(crate) proposed: Option<ProposedOutcome<'a>>,
    /// The account after the ticket in the chosen mode, or as it stands.
    pub(crate) account_after: &'a AccountAfter<'a>,
    pub(crate) chosen: &'a Outcome,
}

/// What a ticket proposes, and what it means in both modes.
pub(crate) struct ProposedOutcome<'a> {
    pub(crate) account: &'a Account,
    pub(crate) ticket: &'a Ticket,
    pub(crate) isolated_book: &'a AccountAfter<'a>,
    pub(crate) isolated: &'a Outcome,
    pub(crate) cross: &'a Outcome,
}

/// The findings, the gravest first.
pub(crate) fn findings(
    found: &FindingInputs<'_>,
    thresholds: &Thresholds,
) -> Result<Vec<Finding>, Error> {
    // A position that is closed can't do anything any more; others may have lost their hedge with it.
    let Some(own) = &found.account_after.own else {
        return Ok(others_closer(found, thresholds)?.into_iter().collect());
    };
    let whole = whole_account_at_stake(found, thresholds);
    let together = together_nearer(found, own);
    let all = [
        already_liquidatable(found)?,
        liquidated_before_wrong(found),
        whole.clone(),
        over_accepted_loss(found),
        others_closer(found, thresholds)?,
        together.clone(),
        placed(found, |account, ticket| {
            insufficient_margin(account, ticket, found.account_after)
        })?,
        placed(found, |_, ticket| leverage_above_tier(ticket, own))?,
        high_leverage_directional_cross(found, own, thresholds)?,
        mode_change_to_survive(found, own)?,
        adding_to_a_loser(found)?,
        profitable_bystanders(found)?,
        false_move_risk(found, thresholds),
        // Beside the whole account at stake it stands only with the common move that explains both.
        no_liquidation_above_zero(found).filter(|_| whole.is_none() || together.is_some()),
        hedge_offsets(found, own)?,
    ];
    Ok(all.into_iter().flatten().collect())
}

fn already_liquidatable(found: &FindingInputs<'_>) -> Result<Option<Finding>, Error> {
    if !found.chosen.already {
        return Ok(None);
    }
    let line = found.account_after.line(found.subject.mode);
    let requirement = Money::new(line.requirement(found.subject.price)?);
    Ok(Some(Finding::AlreadyLiquidatable {
        equity: found.chosen.backing,
        requirement,
    }))
}

fn liquidated_before_wrong(found: &FindingInputs<'_>) -> Option<Finding> {
    let invalidation = found.subject.ticket?.invalidation?;
    match found.chosen.at_invalidation? {
        AtInvalidation::LiquidatedFirst { price } => Some(Finding::LiquidatedBeforeWrong {
            liquidation: price,
            invalidation,
        }),
        AtInvalidation::Closed { .. } => None,
    }
}

/// "A bad enough move can liquidate the entire account" (000).
fn whole_account_at_stake(found: &FindingInputs<'_>, thresholds: &Thresholds) -> Option<Finding> {
    let share = found.chosen.max_loss_share?;
    (share >= thresholds.whole_account_share).then_some(Finding::WholeAccountAtStake {
        max_loss: found.chosen.max_loss,
        share,
    })
}

/// "Compare that to the maximum loss you can accept" (001).
fn over_accepted_loss(found: &FindingInputs<'_>) -> Option<Finding> {
    let ticket = found.subject.ticket?;
    let accepted = ticket
        .acceptable_loss
        .filter(|_| !ticket.intent.takes_off())?;
    let Outcome {
        max_loss, costs, ..
    } = *found.chosen;
    (found.chosen.at_risk() > accepted).then_some(Finding::OverAcceptedLoss {
        max_loss,
        costs,
        accepted,
    })
}

/// "Additional open positions … increase the potential for simultaneous losses to draw down that
/// buffer" (004): what a ticket takes from what holds up the others.
fn others_closer(
    found: &FindingInputs<'_>,
    thresholds: &Thresholds,
) -> Result<Option<Finding>, Error> {
    let Some(ProposedOutcome {
        account, ticket, ..
    }) = &found.proposed
    else {
        return Ok(None);
    };
    let closer = closest(account, ticket, found.account_after, thresholds)?;
    Ok(closer.map(|closer| Finding::OthersCloser { closer }))
}

/// Positions in one pool fall together (004).
fn together_nearer(found: &FindingInputs<'_>, own: &SizedPosition<'_>) -> Option<Finding> {
    let chosen = found.chosen;
    let mut others = found
        .account_after
        .pool()
        .filter(|leg| leg.symbol != own.symbol);
    if chosen.already || others.next().is_none() {
        return None;
    }
    let together = chosen.together?.within_reach().nearest()?;
    let price = found.subject.price;
    let band = chosen.liquidation.within_reach(price);
    let alone = band
        .ends()
        .filter_map(|end| Some((end, distance(price, end)?.get().abs())))
        .min_by_key(|(_, distance)| *distance);
    let is_nearer = alone.is_none_or(|(_, distance)| together.get().abs() < distance);
    is_nearer.then_some(Finding::TogetherNearer {
        together,
        alone: alone.map(|(end, _)| end),
    })
}

/// What a venue would say to the ticket, where there is one.
fn placed(
    found: &FindingInputs<'_>,
    look: impl FnOnce(&Account, &Ticket) -> Result<Option<Finding>, Error>,
) -> Result<Option<Finding>, Error> {
    match &found.proposed {
        Some(proposed) => look(proposed.account, proposed.ticket),
        None => Ok(None),
    }
}

/// "Never run high leverage in cross on a single directional bet" (000).
fn high_leverage_directional_cross(
    found: &FindingInputs<'_>,
    own: &SizedPosition<'_>,
    thresholds: &Thresholds,
) -> Result<Option<Finding>, Error> {
    let Some(leverage) = leverage(found, own)?.filter(|_| found.subject.mode == Mode::Cross) else {
        return Ok(None);
    };
    let leverage = Rate::new(leverage);
    let (mut net, mut gross) = (Exact::ZERO, Exact::ZERO);
    for leg in found.account_after.pool() {
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

/// The leverage that is said, else what the isolated margin makes of the entry notional; none for a
/// position whose leverage is not known.
fn leverage(found: &FindingInputs<'_>, own: &SizedPosition<'_>) -> Result<Option<Decimal>, Error> {
    if let Some(leverage) = own.leverage {
        return Ok(Some(leverage));
    }
    let isolated = found
        .proposed
        .as_ref()
        .and_then(|proposed| proposed.isolated_book.own);
    match isolated.map(|own| own.backing) {
        Some(Backing::Isolated { margin }) => {
            let leverage = own.notional(own.entry) / Exact::from(margin.get());
            leverage.settle("ticket.margin").map(Some)
        }
        Some(Backing::Cross) | None => Ok(None),
    }
}

/// "If the trade needs a mode change to survive, ask whether the thesis changed or the fear did"
/// (003); "not while the position moves against you".
fn mode_change_to_survive(
    found: &FindingInputs<'_>,
    own: &SizedPosition<'_>,
) -> Result<Option<Finding>, Error> {
    let Some(ProposedOutcome {
        ticket,
        isolated,
        cross,
        ..
    }) = &found.proposed
    else {
        return Ok(None);
    };
    if ticket.intent != Intent::SwitchMode || ticket.mode != Mode::Cross {
        return Ok(None);
    }
    let unrealised = money(own.profit_at_mark())?;
    let dies_isolated = matches!(
        isolated.at_invalidation,
        Some(AtInvalidation::LiquidatedFirst { .. })
    );
    Ok(
        (dies_isolated || unrealised < Money::ZERO).then(|| Finding::ModeChangeToSurvive {
            unrealised,
            isolated: isolated.liquidation.against(ticket.side),
            cross: cross.liquidation.against(ticket.side),
        }),
    )
}

/// To rescue or increase a position that moves against its holder (003).
fn adding_to_a_loser(found: &FindingInputs<'_>) -> Result<Option<Finding>, Error> {
    let Some(ProposedOutcome {
        account, ticket, ..
    }) = &found.proposed
    else {
        return Ok(None);
    };
    match ticket.intent {
        Intent::Open | Intent::Increase | Intent::AddMargin | Intent::AddFunds => {}
        Intent::SwitchMode | Intent::Reduce | Intent::Close => return Ok(None),
    }
    let mark = Exact::from(ticket.effective_price().get());
    let mut unrealised = Exact::ZERO;
    for position in &account.positions {
        if position.symbol == ticket.symbol && position.side == ticket.side {
            unrealised = unrealised + SizedPosition::of(position).profit(mark);
        }
    }
    let unrealised = money(unrealised)?;
    Ok((unrealised < Money::ZERO).then_some(Finding::AddingToALoser { unrealised }))
}

/// "Position A is also force-closed even though it was actually profitable" (001).
fn profitable_bystanders(found: &FindingInputs<'_>) -> Result<Option<Finding>, Error> {
    if !found.chosen.can_be_closed(found.subject.price) {
        return Ok(None);
    }
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
fn false_move_risk(found: &FindingInputs<'_>, thresholds: &Thresholds) -> Option<Finding> {
    if found.subject.mode != Mode::Isolated {
        return None;
    }
    let liquidation = found.chosen.liquidation.against(found.subject.side)?;
    let distance = distance(found.subject.price, liquidation)?;
    (distance.get().abs() <= thresholds.false_move.get()).then_some(Finding::FalseMoveRisk {
        liquidation,
        distance,
    })
}

fn no_liquidation_above_zero(found: &FindingInputs<'_>) -> Option<Finding> {
    let chosen = found.chosen;
    let band = chosen.liquidation.within_reach(found.subject.price);
    (!chosen.already && band.is_open()).then_some(Finding::NoLiquidationAboveZero {
        max_loss: chosen.max_loss_alone.unwrap_or(chosen.max_loss),
    })
}

/// "When positions hedge each other": legs of one symbol in the pool that pull both ways (001).
fn hedge_offsets(
    found: &FindingInputs<'_>,
    own: &SizedPosition<'_>,
) -> Result<Option<Finding>, Error> {
    if found.subject.mode != Mode::Cross {
        return Ok(None);
    }
    let size_of = |side: Side| {
        found
            .account_after
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

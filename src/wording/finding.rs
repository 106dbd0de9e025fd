//! The engine's findings in words: the one place where its codes become sentences.

use crate::audit::Ticket;
use crate::engine::Finding;
use crate::input::figures::{
    leverage, money, price, quantity, signed_money, signed_percent, typed_price,
};

/// A finding as a short lead and what follows from it.
#[expect(clippy::too_many_lines, reason = "one arm a finding")]
pub fn finding(finding: &Finding, ticket: &Ticket) -> (String, String) {
    let (lead, rest) = match finding {
        Finding::AlreadyLiquidatable {
            equity,
            requirement,
        } => (
            "Below the venue's requirement now.".into(),
            format!(
                "{} backs it, {} is asked for.",
                money(*equity),
                money(*requirement)
            ),
        ),
        Finding::LiquidatedBeforeWrong {
            liquidation,
            invalidation,
        } => (
            "Closed before you are wrong.".into(),
            format!(
                "The venue closes it at {}; your idea is wrong at {}. The loss is not yours to take there.",
                price(*liquidation, ticket.entry),
                typed_price(*invalidation)
            ),
        ),
        Finding::WholeAccountAtStake { max_loss, .. } => (
            "The whole account is at stake.".into(),
            format!(
                "The worst case is {} {}.",
                money(*max_loss),
                ticket.collateral
            ),
        ),
        Finding::OverAcceptedLoss {
            max_loss,
            costs,
            accepted,
        } => (
            "More than you accepted.".into(),
            format!(
                "The worst case is {} and {} in costs, you accepted {}.",
                money(*max_loss),
                money(*costs),
                money(*accepted)
            ),
        ),
        Finding::OthersCloser { .. } => (
            "Others have less room.".into(),
            "What holds this up is taken from what holds them up.".into(),
        ),
        Finding::TogetherNearer { together, alone } => (
            "Together is nearer than alone.".into(),
            match alone {
                Some(alone) => format!(
                    "The pool is closed at {} if all its prices move together, at {} by this one alone.",
                    signed_percent(*together),
                    price(*alone, ticket.entry)
                ),
                None => format!(
                    "The pool is closed at {} if all its prices move together.",
                    signed_percent(*together)
                ),
            },
        ),
        Finding::InsufficientMargin { needed, free } => (
            "More than is free.".into(),
            format!(
                "Margin and fee come to {} {}, {} is free.",
                money(*needed),
                ticket.collateral,
                money(*free)
            ),
        ),
        Finding::LeverageAboveTier {
            leverage: times,
            most,
            notional,
        } => (
            "More leverage than the venue allows.".into(),
            format!(
                "{} on a notional of {}; its table allows {} there.",
                leverage(times.get()),
                money(*notional),
                leverage(most.get())
            ),
        ),
        Finding::HighLeverageDirectionalCross {
            leverage: times, ..
        } => (
            format!("{} on one direction in cross.", leverage(times.get())),
            "What backs it is the whole pool, not a margin of its own.".into(),
        ),
        Finding::ModeChangeToSurvive { unrealised, .. } => (
            "It needs another mode to survive.".into(),
            format!(
                "It stands at {}. Has the thesis changed, or the fear?",
                signed_money(*unrealised)
            ),
        ),
        Finding::AddingToALoser { unrealised } => (
            "Adding to a losing position.".into(),
            format!("It stands at {}.", signed_money(*unrealised)),
        ),
        Finding::ProfitableBystanders {
            positions,
            unrealised,
        } => (
            match positions {
                1 => "A profitable position goes with it.".into(),
                many => format!("{many} profitable positions go with it."),
            },
            format!("Their profit now is {}.", signed_money(*unrealised)),
        ),
        Finding::FalseMoveRisk { distance, .. } => (
            "A brief false move can close it.".into(),
            format!(
                "The venue closes it at {}, even if the direction is right.",
                signed_percent(*distance)
            ),
        ),
        Finding::NoLiquidationAboveZero { max_loss } => (
            format!("No price of {} alone gets it closed.", ticket.symbol.base()),
            if max_loss.get().is_zero() {
                "From zero to ten times the price it takes nothing alone.".into()
            } else {
                format!(
                    "From zero to ten times the price it takes at most {} alone.",
                    money(*max_loss)
                )
            },
        ),
        Finding::HedgeOffsets { own, opposite } => (
            "Partly hedged.".into(),
            format!(
                "{} against {} on the other side of the same market.",
                quantity(*own),
                quantity(*opposite)
            ),
        ),
    };
    (lead, rest)
}

//! The engine's findings in words: the one place where its codes become sentences.

use super::figures::{leverage, money, price, quantity, signed_money, signed_percent, typed_price};
use crate::audit::Ticket;
use crate::engine::Finding;

/// A finding as a short lead and what follows from it.
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
        Finding::OverAcceptedLoss { max_loss, accepted } => (
            "More than you accepted.".into(),
            format!(
                "The worst case is {}, you accepted {}.",
                money(*max_loss),
                money(*accepted)
            ),
        ),
        Finding::InsufficientMargin { needed, available } => (
            "The wallet does not cover it.".into(),
            format!(
                "Margin and fee come to {}, {} is free.",
                money(*needed),
                money(*available)
            ),
        ),
        Finding::HighLeverageDirectionalCross {
            leverage: times, ..
        } => (
            format!("{} on one direction in cross.", leverage(times.get())),
            "One wrong move can take the account.".into(),
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
                "The venue closes it {} from here, even if the direction is right.",
                signed_percent(*distance)
            ),
        ),
        Finding::NoLiquidationAboveZero { max_loss } => (
            "No price alone gets it closed.".into(),
            format!("It can still lose {}.", money(*max_loss)),
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

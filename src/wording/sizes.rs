//! Sizes that fit the accepted loss, in words.

use rust_decimal::Decimal;

use crate::audit::{Answers, Ticket};
use crate::engine::{Assessment, AtInvalidation, ByHand, CrossSize, Mode, Money, Quantity};
use crate::input::figures::{money, percent, quantity, typed_price};

/// A size that fits the accepted loss, with the words for it and for its button.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    pub words: String,
    /// What taking it changes, if it can be taken: mode, quantity, margin.
    pub take: Option<(Mode, Quantity, Option<Money>)>,
    /// The button: "Use 0.082".
    pub button: String,
}

/// Sizes that fit. A size larger than the one that was asked for is never offered.
pub fn fits(assessment: &Assessment, ticket: &Ticket, answers: &Answers) -> Vec<Fit> {
    let sizing = &assessment.sizing;
    let base = ticket.unit();
    let (Some(most), Some(wrong)) = (answers.accepted, answers.invalidation) else {
        return Vec::new();
    };
    let (accepted, wrong) = (money(most), typed_price(wrong));
    let smaller = |q: Quantity| q < ticket.quantity && q.get() > Decimal::ZERO;
    let said = |words: String| Fit {
        words,
        take: None,
        button: String::new(),
    };
    let mut fits = Vec::new();
    let open_at_wrong = matches!(
        assessment.outcome(assessment.chosen).at_invalidation,
        Some(AtInvalidation::Closed { .. })
    );
    let offered = |q: &Quantity| smaller(*q);
    // What one leg of a hedge loses, the other gains: its size alone says nothing of the pool.
    let is_hedged = ticket.mode == Mode::Cross
        && assessment
            .cross
            .closed_with_it
            .iter()
            .any(|leg| leg.symbol == ticket.symbol.as_str() && leg.side != ticket.side);
    match sizing.by_hand.filter(|_| !is_hedged) {
        Some(ByHand::Fits {
            quantity: fits_at, ..
        }) if !offered(&fits_at) => {
            if open_at_wrong {
                fits.push(said(format!(
                    "Your size loses no more than {accepted} at {wrong}, if you close it there."
                )));
            }
        }
        Some(ByHand::Fits {
            quantity: fits_at,
            margin,
            ..
        }) => {
            let behind = margin.map_or_else(String::new, |margin| {
                format!(" with {} behind it", money(margin))
            });
            fits.push(Fit {
                words: format!(
                    "{} {base}{behind} loses no more than {accepted} at {wrong}, if you close it there.",
                    quantity(fits_at)
                ),
                take: Some((ticket.mode, fits_at, margin)),
                button: format!("Use {}", quantity(fits_at)),
            });
        }
        Some(ByHand::ClosedBefore {
            quantity: fits_at, ..
        }) if offered(&fits_at) => fits.push(said(format!(
            "{} {base} would lose no more than {accepted} at {wrong}, but the venue closes it before.",
            quantity(fits_at)
        ))),
        Some(ByHand::NotFree {
            quantity: fits_at,
            needed,
            free,
        }) if offered(&fits_at) => fits.push(said(format!(
            "{} {base} would lose no more than {accepted} at {wrong}, but needs {} to stay open until then; {} is free.",
            quantity(fits_at),
            money(needed),
            money(free)
        ))),
        Some(ByHand::ClosedBefore { .. } | ByHand::NotFree { .. } | ByHand::AnySize) | None => {}
        Some(ByHand::NoLot) => fits.push(said(format!(
            "No size of {base} loses as little as {accepted} at {wrong}."
        ))),
    }
    if let Some(capped) = sizing.capped.filter(|capped| smaller(capped.quantity)) {
        fits.push(Fit {
            words: format!(
                "Isolated, {} {base} with {} behind it cannot lose more than {accepted}, and is not closed before {wrong}.",
                quantity(capped.quantity),
                money(capped.margin)
            ),
            take: Some((Mode::Isolated, capped.quantity, Some(capped.margin))),
            button: format!("Use {} isolated", quantity(capped.quantity)),
        });
    }
    if let Some(buffered) = sizing.buffered {
        fits.push(said(format!(
            "As it is, isolated, {} behind it puts the liquidation {} beyond {wrong}; so much it could take then.",
            money(buffered.margin),
            percent(buffered.buffer, 2)
        )));
    }
    fits.extend(in_cross(assessment, ticket, most));
    fits
}

/// What size in cross keeps to what was accepted, where the one that was asked for does not.
fn in_cross(assessment: &Assessment, ticket: &Ticket, most: Money) -> Option<Fit> {
    let (base, accepted) = (ticket.unit(), money(most));
    let smaller = |q: Quantity| q < ticket.quantity && q.get() > Decimal::ZERO;
    let over = assessment.cross.at_risk() > most && ticket.mode == Mode::Cross;
    match assessment.sizing.cross.filter(|_| over)? {
        CrossSize::UpTo { quantity: up_to } if smaller(up_to) => Some(Fit {
            words: format!(
                "In cross no more than {} {base} keeps the worst case within {accepted}.",
                quantity(up_to)
            ),
            take: Some((Mode::Cross, up_to, None)),
            button: format!("Use {} in cross", quantity(up_to)),
        }),
        CrossSize::NoSize => Some(Fit {
            words: format!(
                "In cross no size keeps the worst case within {accepted}: the whole pool backs it."
            ),
            take: None,
            button: String::new(),
        }),
        CrossSize::AnySize | CrossSize::UpTo { .. } => None,
    }
}

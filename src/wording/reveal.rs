//! The reveal's first sentences: what can be lost, in the chosen mode and in the other, and what
//! others have to bear.

use rust_decimal::Decimal;

use super::words::{base_of, mode, mode_heading, others, side};
use crate::audit::{Answers, Ticket};
use crate::engine::{
    Assessment, AtInvalidation, Closer, Finding, Intent, Mode, Money, OrderKind, Outcome, Price,
    distance,
};
use crate::input::figures::{
    computed_price, money, price, quantity, signed_money, signed_percent, typed_price,
};

/// How a part of a sentence is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Of(Mode),
    /// In the colour that says "look here".
    Attention,
}

/// A part of a sentence.
pub type Span = (String, Tone);

fn plain(text: impl Into<String>) -> Span {
    (text.into(), Tone::Plain)
}

/// The reveal's first sentence: what the chosen mode can take, and what was accepted. Where the venue
/// closes the position first, or the price has to come to the ticket first, that is said first.
pub fn first_sentence(assessment: &Assessment, ticket: &Ticket, answers: &Answers) -> Vec<Span> {
    if ticket.intent == Intent::Close {
        return vec![plain(realised(assessment, ticket))];
    }
    let chosen = assessment.chosen;
    let outcome = assessment.outcome(chosen);
    let takes = format!("{} {}", money(outcome.max_loss), ticket.collateral);
    let accepted = accepted(ticket, outcome, answers);
    let moment = moment(assessment, ticket);
    // Behind a colon a sentence goes on; on its own it begins.
    let begin = |word: &str| {
        if moment.ends_with(": ") {
            let mut letters = word.chars();
            let first = letters
                .next()
                .map(|letter| letter.to_lowercase().to_string());
            format!("{moment}{}{}", first.unwrap_or_default(), letters.as_str())
        } else {
            format!("{moment}{word}")
        }
    };
    let mut spans = Vec::new();
    if outcome.already {
        let left = if outcome.max_loss == Money::ZERO {
            " Nothing is left behind it that could be lost.".to_owned()
        } else {
            format!(" It can take {takes}.")
        };
        spans.extend([
            plain(format!(
                "{} {} the venue could close this ",
                begin("In"),
                mode(chosen)
            )),
            ("at once".to_owned(), Tone::Attention),
            plain(format!(
                ": what backs it is below what the venue asks.{left}{accepted}"
            )),
        ]);
        return spans;
    }
    if outcome.max_loss == Money::ZERO {
        spans.extend([
            plain(format!("{} {} no price ", begin("In"), mode(chosen))),
            ("within reach takes anything".to_owned(), Tone::Of(chosen)),
            plain(format!(
                " from it, from zero to ten times the price.{accepted}"
            )),
        ]);
        return spans;
    }
    if let Some((at, wrong)) = closed_first(outcome, answers) {
        spans.extend([
            plain(format!("{} would be closed at ", begin("You"))),
            (price(at, ticket.entry), Tone::Of(chosen)),
            plain(format!(
                " before {} could prove you wrong. In {} it can take ",
                typed_price(wrong),
                mode(chosen)
            )),
            (
                format!("{takes}{}", all_of_it(outcome).unwrap_or_default()),
                Tone::Of(chosen),
            ),
            plain(format!("{}.{accepted}", how(outcome, ticket))),
        ]);
        return spans;
    }
    spans.extend([
        plain(format!(
            "{} this goes wrong in {} it can {} ",
            begin("If"),
            mode(chosen),
            if ticket.held.is_some() {
                "still take"
            } else {
                "take"
            }
        )),
        (
            format!("{takes}{}", all_of_it(outcome).unwrap_or_default()),
            Tone::Of(chosen),
        ),
        plain(format!("{}.{accepted}", how(outcome, ticket))),
    ]);
    spans
}

/// What has to happen before: a fill away from the price now, or what the ticket does at once.
fn moment(assessment: &Assessment, ticket: &Ticket) -> String {
    let more = |what: &str| {
        format!(
            "With {} {} {what}: ",
            money(ticket.margin),
            ticket.collateral
        )
    };
    match (ticket.intent, assessment.order) {
        (Intent::Reduce, _) => format!("{} ", realised(assessment, ticket)),
        (Intent::AddMargin, _) => more("more behind it"),
        (Intent::AddFunds, _) => more("more in the pool"),
        (Intent::SwitchMode, _) => format!("Once it stands in {}: ", mode(assessment.chosen)),
        (_, Some(order)) => match order.kind {
            OrderKind::Now => String::new(),
            OrderKind::Limit | OrderKind::Stop => format!(
                "Once your {} fills at {}, {} from the price now: ",
                if order.kind == OrderKind::Limit {
                    "limit"
                } else {
                    "stop"
                },
                typed_price(ticket.entry),
                signed_percent(order.distance)
            ),
        },
        (_, None) => String::new(),
    }
}

/// What a reduce or a close realises, and what remains of the position.
fn realised(assessment: &Assessment, ticket: &Ticket) -> String {
    let realised = assessment.realised.unwrap_or_default();
    let does = if ticket.intent == Intent::Close {
        "Closing it"
    } else {
        "Taking off"
    };
    let part = if ticket.intent == Intent::Close {
        String::new()
    } else {
        format!(" {} {}", quantity(ticket.quantity), ticket.unit())
    };
    let left = match &ticket.held {
        Some(held) if ticket.intent == Intent::Reduce => {
            let left = held.quantity.get().checked_sub(ticket.quantity.get());
            let left = left.map_or_else(String::new, |left| {
                quantity(crate::engine::Quantity::new(left))
            });
            format!(" {left} {} of it remain.", ticket.unit())
        }
        _ => " Nothing of it remains.".to_owned(),
    };
    format!(
        "{does}{part} at {} realises {} {} after the fee.{left}",
        typed_price(ticket.entry),
        signed_money(realised),
        ticket.collateral
    )
}

/// Where the venue closes it before the idea is wrong, and where that would have been.
fn closed_first(outcome: &Outcome, answers: &Answers) -> Option<(Price, Price)> {
    match outcome.at_invalidation? {
        AtInvalidation::LiquidatedFirst { price: at } => Some((at, answers.invalidation?)),
        AtInvalidation::Closed { .. } => None,
    }
}

/// What was accepted, and what of the costs counts against it. A reduce is held against nothing.
fn accepted(ticket: &Ticket, outcome: &Outcome, answers: &Answers) -> String {
    let Some(accepted) = answers.accepted.filter(|_| !ticket.intent.takes_off()) else {
        return String::new();
    };
    let accepted = money(accepted);
    if outcome.costs.get().is_zero() {
        format!(" You accepted {accepted}.")
    } else {
        format!(
            " You accepted {accepted}; costs of {} count against it too.",
            money(outcome.costs)
        )
    }
}

/// How it comes to that: together with the others, alone, or both.
fn how(outcome: &Outcome, ticket: &Ticket) -> String {
    let Some(names) = others(outcome, ticket) else {
        return String::new();
    };
    let from = ticket.effective_price();
    let band = outcome.liquidation.within_reach(from);
    let alone_at = band
        .ends()
        .filter_map(|end| distance(from, end))
        .min_by_key(|far| far.get().abs());
    let together = outcome
        .together
        .and_then(|moves| moves.within_reach().nearest());
    let alone = match outcome.max_loss_alone {
        Some(alone) if alone < outcome.max_loss => format!("; alone {}", money(alone)),
        _ => String::new(),
    };
    // Where only the same market shares the pool, together is alone.
    let together = together.filter(|_| shares_with_others(outcome, ticket));
    match (together, alone_at) {
        (Some(together), Some(far)) => format!(
            ", {names} with it: at {} together, at {} alone",
            signed_percent(together),
            signed_percent(far)
        ),
        (Some(together), None) => {
            format!(
                ", at {} together with {names}{alone}",
                signed_percent(together)
            )
        }
        (None, Some(_)) => format!(", {names} with it"),
        (None, None) if outcome.together.is_some() => alone,
        (None, None) if !shares_with_others(outcome, ticket) => String::new(),
        (None, None) => format!(", {names} standing still"),
    }
}

/// Whether another market shares the pool.
fn shares_with_others(outcome: &Outcome, ticket: &Ticket) -> bool {
    let own = ticket.symbol.as_str();
    outcome
        .closed_with_it
        .iter()
        .any(|other| other.symbol != own)
}

/// What the other mode would do, in one sentence; at a close, what remains in the account.
pub fn second_sentence(assessment: &Assessment, ticket: &Ticket, answers: &Answers) -> String {
    if ticket.intent == Intent::Close {
        return remains(assessment, ticket);
    }
    let other = assessment.chosen.other();
    let outcome = assessment.outcome(other);
    let alone = if ticket.intent == Intent::AddFunds {
        ", with as much alone behind it,"
    } else {
        ""
    };
    let takes = format!(
        "{}{alone} it can take {}{}",
        mode_heading(other),
        money(outcome.max_loss),
        all_of_it(outcome).unwrap_or_default()
    );
    let how = how(outcome, ticket);
    match closed_first(outcome, answers) {
        _ if outcome.already => format!("{takes}, and the venue could close it at once."),
        Some((at, wrong)) => format!(
            "{takes}{how}, but you would be closed at {} before {} could prove you wrong.",
            price(at, ticket.entry),
            typed_price(wrong)
        ),
        None => format!("{takes}{how}."),
    }
}

/// What the pool still stands to lose once a position is closed.
fn remains(assessment: &Assessment, ticket: &Ticket) -> String {
    let pool = &assessment.cross;
    let (held, currency) = (money(pool.backing), &ticket.collateral);
    if pool.max_loss == Money::ZERO {
        return format!(
            "The pool then holds {held} {currency}, with nothing in it that could lose."
        );
    }
    let at = pool
        .together
        .and_then(|moves| moves.within_reach().nearest())
        .map(|at| format!(", at {} together", signed_percent(at)))
        .unwrap_or_default();
    format!(
        "The pool then holds {held} {currency}; what stays open in it can still take {}{at}.",
        money(pool.max_loss)
    )
}

/// Whose end the ticket brings closer, from where to where; none where nobody's.
pub fn others_closer(assessment: &Assessment) -> Option<String> {
    assessment
        .findings
        .iter()
        .find_map(|finding| match finding {
            Finding::OthersCloser { closer } => Some(closer_words(closer)),
            _ => None,
        })
}

fn closer_words(closer: &Closer) -> String {
    match closer {
        Closer::Position {
            symbol,
            side: of,
            from,
            to,
            distance,
        } => {
            let before = from.map_or_else(
                || "no price within reach closed it before".to_owned(),
                |from| format!("before it was {}", computed_price(from)),
            );
            format!(
                "It brings the end of your {} {} to {}, {} from its price now; {before}.",
                base_of(symbol),
                side(*of),
                computed_price(*to),
                signed_percent(*distance)
            )
        }
        Closer::Pool { from, to } => {
            let before = from.map_or_else(
                || "no common move within reach did that before".to_owned(),
                |from| format!("before it was {}", signed_percent(from)),
            );
            format!(
                "It brings the end of your pool to {} if all its prices move together; {before}.",
                signed_percent(*to)
            )
        }
    }
}

fn all_of_it(outcome: &Outcome) -> Option<String> {
    let share = outcome.max_loss_share?;
    (share.get() >= Decimal::ONE).then(|| " — all of the account".to_owned())
}

/// The picture in one sentence, for who does not see it.
pub fn picture_sentence(assessment: &Assessment, ticket: &Ticket, answers: &Answers) -> String {
    let from = ticket.effective_price();
    let end = |m: Mode| {
        let outcome = assessment.outcome(m);
        let backed = format!("{} {}", mode(m), money(outcome.backing));
        if outcome.already {
            return format!("{backed}, which the venue could close at once");
        }
        let band = outcome.liquidation.within_reach(from);
        let ends: Vec<String> = band.ends().map(|end| price(end, ticket.entry)).collect();
        if ends.is_empty() {
            format!("{backed}, not closed by this price alone")
        } else {
            format!(
                "{backed} until the venue closes it at {}",
                ends.join(" or ")
            )
        }
    };
    let start = match assessment.order.map(|order| order.kind) {
        Some(OrderKind::Limit | OrderKind::Stop) => "the fill",
        Some(OrderKind::Now) | None => "now",
    };
    let wrong = answers.invalidation.map(typed_price);
    let accepted = answers.accepted.filter(|_| !ticket.intent.takes_off());
    format!(
        "Result against price, from {} at {start}: {}; {}.{}{}",
        typed_price(from),
        end(Mode::Isolated),
        end(Mode::Cross),
        wrong.map_or_else(String::new, |wrong| format!(" Wrong at {wrong}.")),
        accepted.map_or_else(String::new, |loss| format!(
            " Accepted loss {}.",
            money(loss)
        )),
    )
}

pub const ESTIMATES: &str = "These are estimates: gaps, slippage, automatic deleveraging, closing in steps and a venue's own \
     rounding can change them.";

#[cfg(test)]
#[path = "reveal_tests.rs"]
mod tests;

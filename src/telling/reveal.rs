//! The reveal's sentences: what can be lost, what the other mode would do, and the picture in
//! words.

use rust_decimal::Decimal;

use super::figures::{money, price, signed_money, typed_price};
use super::words::{mode, mode_heading, now_price, side};
use crate::audit::{Answers, Ticket};
use crate::engine::{Assessment, AtInvalidation, Intent, Mode, Money, Outcome};

/// How a part of a sentence is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As the rest.
    Plain,
    /// In the colour of a mode.
    Of(Mode),
    /// In the colour that says "look here".
    Attention,
}

/// A part of a sentence.
pub type Span = (String, Tone);

fn plain(text: impl Into<String>) -> Span {
    (text.into(), Tone::Plain)
}

/// The reveal's first sentence: what the chosen mode can take, and what was accepted. Where
/// the venue closes the position first, that is said first.
pub fn first_sentence(assessment: &Assessment, ticket: &Ticket, answers: &Answers) -> Vec<Span> {
    let chosen = assessment.chosen;
    let outcome = assessment.outcome(chosen);
    let takes = format!("{} {}", money(outcome.max_loss), ticket.collateral);
    let accepted = format!("You accepted {}.", money(answers.accepted));
    if ticket.intent == Intent::Close {
        return vec![plain(format!(
            "After this nothing of your {} {} is left that could lose. {accepted}",
            ticket.symbol.base(),
            side(ticket.side)
        ))];
    }
    if outcome.already {
        return vec![
            plain(format!("In {} the venue could close this ", mode(chosen))),
            ("at once".to_owned(), Tone::Attention),
            plain(format!(
                ": what backs it is below what the venue asks. It can take {takes}. {accepted}"
            )),
        ];
    }
    if let AtInvalidation::LiquidatedFirst { price: at } = outcome.at_invalidation {
        return vec![
            plain("You would be closed at "),
            (price(at, ticket.entry), Tone::Of(chosen)),
            plain(format!(
                " before {} could prove you wrong. It can take ",
                typed_price(answers.invalidation)
            )),
            (takes, Tone::Of(chosen)),
            plain(format!(
                "{}. {accepted}",
                all_of_it(outcome).unwrap_or_default()
            )),
        ];
    }
    let whole = all_of_it(outcome).unwrap_or_default();
    vec![
        plain(format!(
            "If this goes wrong in {} it can take ",
            mode(chosen)
        )),
        (format!("{takes}{whole}"), Tone::Of(chosen)),
        plain(match bystanders(outcome) {
            Some(others) => format!(", {others} with it. {accepted}"),
            None => format!(". {accepted}"),
        }),
    ]
}

/// What the other mode would do, in one sentence.
pub fn second_sentence(assessment: &Assessment, ticket: &Ticket, answers: &Answers) -> String {
    if ticket.intent == Intent::Close {
        return "The numbers below are of what stays in the account.".to_owned();
    }
    let other = assessment.chosen.other();
    let outcome = assessment.outcome(other);
    let takes = format!(
        "{} it can take {}{}",
        mode_heading(other),
        money(outcome.max_loss),
        all_of_it(outcome).unwrap_or_default()
    );
    match outcome.at_invalidation {
        _ if outcome.already => format!("{takes}, and the venue could close it at once."),
        AtInvalidation::LiquidatedFirst { price: at } => format!(
            "{takes}, but you would be closed at {} before {} could prove you wrong.",
            price(at, ticket.entry),
            typed_price(answers.invalidation)
        ),
        AtInvalidation::Closed { .. } => match bystanders(outcome) {
            Some(others) => format!("{takes}, {others} with it."),
            None => format!("{takes}."),
        },
    }
}

fn all_of_it(outcome: &Outcome) -> Option<String> {
    let share = outcome.max_loss_share?;
    (share.get() >= Decimal::ONE).then(|| " — all of the account".to_owned())
}

fn bystanders(outcome: &Outcome) -> Option<String> {
    let mut names: Vec<&str> = outcome
        .closed_with_it
        .iter()
        .map(|other| other.symbol.split('/').next().unwrap_or(&other.symbol))
        .collect();
    names.dedup();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("your {one}")),
        [one, two] => Some(format!("your {one} and {two}")),
        [one, rest @ ..] => Some(format!("your {one} and {} more", rest.len())),
    }
}

/// The table's last row: what goes with it.
pub fn goes_with_it(outcome: &Outcome) -> String {
    match outcome.closed_with_it.as_slice() {
        [] => "nothing else".to_owned(),
        [one] => format!(
            "{} {}, {}",
            one.symbol.split('/').next().unwrap_or(&one.symbol),
            side(one.side),
            signed_money(one.unrealised)
        ),
        many => {
            let sum = many
                .iter()
                .try_fold(Decimal::ZERO, |sum, one| {
                    sum.checked_add(one.unrealised.get())
                })
                .map(Money::new);
            match sum {
                Some(sum) => format!("{} positions, {}", many.len(), signed_money(sum)),
                None => format!("{} positions", many.len()),
            }
        }
    }
}

/// A price with the word for what it is, and its place on the picture.
pub fn picture_sentence(assessment: &Assessment, ticket: &Ticket, answers: &Answers) -> String {
    let end = |m: Mode| {
        let outcome = assessment.outcome(m);
        match outcome.survives.against(ticket.side) {
            Some(at) => format!(
                "{} {} until the venue closes it at {}",
                mode(m),
                money(outcome.backing),
                price(at, ticket.entry)
            ),
            None => format!(
                "{} {}, not closed by this price alone",
                mode(m),
                money(outcome.backing)
            ),
        }
    };
    format!(
        "Equity against price, from {} now to the side against you: {}; {}. Wrong at {}.",
        typed_price(now_price(ticket)),
        end(Mode::Isolated),
        end(Mode::Cross),
        typed_price(answers.invalidation)
    )
}

#[cfg(test)]
#[path = "reveal_tests.rs"]
mod tests;

//! The reveal in words: its first sentences, the findings, the sizes that fit. The one place
//! where the engine's codes become sentences.

use crate::audit::{Answers, Ticket};
use crate::engine::{
    Assessment, AtInvalidation, Finding, Intent, Mode, Money, Outcome, Price, Quantity, Side,
};
use crate::telling::figures::{
    leverage, money, percent, price, quantity, signed_money, signed_percent, typed_price,
};
use rust_decimal::Decimal;

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

/// "isolated", "cross".
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Isolated => "isolated",
        Mode::Cross => "cross",
    }
}

/// "Isolated", "Cross".
pub fn mode_heading(mode: Mode) -> &'static str {
    match mode {
        Mode::Isolated => "Isolated",
        Mode::Cross => "Cross",
    }
}

/// "long", "short".
pub fn side(side: Side) -> &'static str {
    match side {
        Side::Long => "long",
        Side::Short => "short",
    }
}

/// What the trader wants to do, as a choice.
pub fn intent(intent: Intent) -> &'static str {
    match intent {
        Intent::Open => "Open",
        Intent::Increase => "Increase",
        Intent::AddMargin => "Add margin",
        Intent::SwitchMode => "Switch mode",
        Intent::Reduce => "Reduce",
        Intent::Close => "Close",
    }
}

/// "You decided to open": what a decision to trade was.
pub fn decided(intent: Intent) -> &'static str {
    match intent {
        Intent::Open => "You decided to open",
        Intent::Increase => "You decided to increase",
        Intent::AddMargin => "You decided to add margin",
        Intent::SwitchMode => "You decided to switch the mode",
        Intent::Reduce => "You decided to reduce",
        Intent::Close => "You decided to close",
    }
}

/// The button that says that it came to pass.
pub fn it_is_done(intent: Intent) -> &'static str {
    match intent {
        Intent::Open => "I opened it…",
        Intent::Increase => "I increased it…",
        Intent::AddMargin => "I added it…",
        Intent::SwitchMode => "I switched it…",
        Intent::Reduce => "I reduced it…",
        Intent::Close => "It is closed…",
    }
}

/// "BTC/USDT long · cross · 20x", with what is to be done where that is not to open.
pub fn ticket_line(ticket: &Ticket) -> String {
    let line = format!(
        "{} {} · {} · {}",
        ticket.symbol,
        side(ticket.side),
        mode(ticket.mode),
        leverage(ticket.leverage)
    );
    match (ticket.intent, ticket.mode) {
        (Intent::Open, _) => line,
        (Intent::SwitchMode, Mode::Cross) => {
            format!(
                "{} {} · switch isolated → cross",
                ticket.symbol,
                side(ticket.side)
            )
        }
        (Intent::SwitchMode, Mode::Isolated) => {
            format!(
                "{} {} · switch cross → isolated",
                ticket.symbol,
                side(ticket.side)
            )
        }
        (other, _) => format!("{} · {line}", intent(other)),
    }
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

/// A size that fits the accepted loss, with the words for it and for its button.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The sentence.
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
    let accepted = money(answers.accepted);
    let wrong = typed_price(answers.invalidation);
    let smaller = |q: Quantity| q < ticket.quantity && q.get() > Decimal::ZERO;
    let said = |words: String| Fit {
        words,
        take: None,
        button: String::new(),
    };
    let mut fits = Vec::new();
    let at_wrong = &assessment.outcome(assessment.chosen).at_invalidation;
    match (&sizing.by_hand, at_wrong) {
        (Some(by_hand), _) if smaller(by_hand.quantity) => fits.push(Fit {
            words: if by_hand.open_at_invalidation {
                format!(
                    "{} {base} loses no more than {accepted} at {wrong}, if you close it there.",
                    quantity(by_hand.quantity)
                )
            } else {
                format!(
                    "{} {base} would lose no more than {accepted} at {wrong}, but the venue closes it before.",
                    quantity(by_hand.quantity)
                )
            },
            take: Some((ticket.mode, by_hand.quantity, None)),
            button: format!("Use {}", quantity(by_hand.quantity)),
        }),
        (Some(by_hand), AtInvalidation::Closed { .. }) if by_hand.quantity >= ticket.quantity => {
            fits.push(said(format!(
                "Your size loses no more than {accepted} at {wrong}, if you close it there."
            )));
        }
        (Some(_), _) => {}
        (None, _) => fits.push(said(format!(
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
    if ticket.mode == Mode::Cross && !sizing.cross_can_cap {
        fits.push(said(format!(
            "In cross no size can cap the loss at {accepted}: the whole pool backs it."
        )));
    }
    fits
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

/// The mark, or the entry where no mark was given.
pub fn now_price(ticket: &Ticket) -> Price {
    ticket.mark.unwrap_or(ticket.entry)
}

/// What was said as a sentence: a capital letter and a full stop, however it was put together.
pub fn sentence(said: &impl std::fmt::Display) -> String {
    let text = said.to_string();
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    let stop = if text.ends_with(['.', '?', '\n']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;

//! What stands beside the numbers of a reveal: the few findings, what was lowered, what comes
//! on top, until when they hold, and what was written at the entry.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::audit::{Answers, Revealed, Ticket};
use crate::engine::{Finding, Intent};
use crate::record::{Book, Sealed, Story};

use super::{figures, finding, when, words};

/// How many findings are shown: the reveal stays short.
const FINDINGS: usize = 3;

/// The findings to show, the gravest first, each as a short lead and what follows from it.
/// What the first sentence says already is not said twice.
pub fn findings(revealed: &Revealed) -> Vec<(String, String)> {
    let assessment = revealed.assessment();
    let whole = assessment.outcome(assessment.chosen).max_loss_share;
    let said_whole = whole.is_some_and(|share| share.get() >= Decimal::ONE);
    let worth_saying = |finding: &&Finding| match finding {
        Finding::LiquidatedBeforeWrong { .. }
        | Finding::AlreadyLiquidatable { .. }
        | Finding::OverAcceptedLoss { .. }
        | Finding::OthersCloser { .. }
        | Finding::TogetherNearer { .. } => false,
        Finding::WholeAccountAtStake { .. } => !said_whole,
        _ => true,
    };
    assessment
        .findings
        .iter()
        .filter(worth_saying)
        .take(FINDINGS)
        .map(|finding| finding::finding(finding, revealed.ticket()))
        .collect()
}

/// What was lowered since the seal.
pub fn lowered(revealed: &Revealed) -> String {
    let sealed = revealed.sealed().pause().ticket();
    let now = revealed.ticket();
    format!(
        "Lowered: {} {} {} instead of {} {}.",
        figures::quantity(now.quantity),
        now.unit(),
        words::mode(now.mode),
        figures::quantity(sealed.quantity),
        words::mode(sealed.mode)
    )
}

/// What the size was that may only be lowered.
pub fn sealed_size(sealed: &Ticket) -> String {
    format!(
        "Sealed with {} {} at {}. Lowering needs no new pause; anything larger is a new audit.",
        figures::quantity(sealed.quantity),
        sealed.unit(),
        figures::leverage(sealed.leverage)
    )
}

/// Until when the numbers hold, and how old the oldest figure is that they rest on; none where
/// the account is not known any more.
pub fn hold(
    book: &Book,
    revealed: &Revealed,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<String> {
    let oldest = book.account(revealed.ticket().account)?.oldest_figure();
    Some(format!(
        "These numbers hold until {}. Marks {}.",
        when::time(until),
        when::age(oldest, now)
    ))
}

/// What is asked where the worst case is more than what was accepted.
pub fn over_accepted(revealed: &Revealed) -> String {
    let accepted = revealed.answers().accepted;
    format!(
        "This can take {} and {} in costs{}. Write one sentence on why you take it all the same.",
        figures::money(revealed.worst_case()),
        figures::balance(revealed.outcome(revealed.ticket().mode).costs),
        accepted.map_or_else(String::new, |accepted| format!(
            ", you accepted {}",
            figures::money(accepted)
        ))
    )
}

/// What becomes of that sentence.
pub const OVER_ACCEPTED_NOTE: &str =
    "It goes into the journal with the decision, marked as over the accepted loss.";

/// What is asked at a rescue, a switch or an increase.
pub const THESIS_OR_FEAR: &str = "Has the thesis changed, or the fear?";

/// What stands there where the position was opened without an audit.
pub const NOTHING_AT_THE_ENTRY: &str = "Nothing was written here when this position was opened.";

/// Whether the entry is looked back at, and the audit that was written then, if there was one.
pub fn at_the_entry<'a>(book: &'a Book, ticket: &Ticket) -> Option<Option<&'a Story>> {
    let asks = matches!(
        ticket.intent,
        Intent::AddMargin | Intent::AddFunds | Intent::SwitchMode | Intent::Increase
    );
    let held = ticket.held.as_ref().filter(|_| asks)?;
    let opened = book.position(held.position).map(|(_, open)| open);
    Some(
        opened
            .and_then(|open| open.position.audit)
            .and_then(|audit| book.story(audit)),
    )
}

/// When that was written, and what.
pub fn written_then(sealed: &Sealed) -> (String, String) {
    let answers = &sealed.payload.answers;
    let wrong_at = answers.invalidation.map(figures::typed_price);
    (
        format!(
            "You wrote at the entry, {}",
            when::day_and_time(sealed.receipt.at())
        ),
        format!(
            "“{}”{}",
            answers.wrong,
            wrong_at.map_or_else(String::new, |at| format!(" Wrong at {at}."))
        ),
    )
}

/// What stands over earlier decisions that resemble this one.
pub const HERE_BEFORE: &str = "You were here before";

/// An earlier decision: her own words, and how it ended. None where it has no words of hers or
/// has not ended.
pub fn earlier(story: &Story) -> Option<(String, String)> {
    let (sealed, ending) = (story.sealed.as_ref()?, story.ending.as_ref()?);
    let words = &sealed.payload.answers.wrong;
    if words.is_empty() {
        return None;
    }
    Some((
        format!("“{words}”"),
        format!(
            "{} · {} · {}",
            story
                .last_ticket()
                .map(words::ticket_line)
                .unwrap_or_default(),
            ending.words(),
            when::day_and_time(ending.at())
        ),
    ))
}

/// What stands where an answer was left out.
const NOT_WRITTEN: &str = "not written";

/// The four answers as they were read, each under its short question.
pub fn answers(ticket: &Ticket, answers: &Answers) -> [(&'static str, String); 4] {
    let accepted = answers
        .accepted
        .map(|most| format!("{} {}", figures::money(most), ticket.collateral));
    let written = |answer: &String| Some(answer.clone()).filter(|answer| !answer.is_empty());
    let said = [
        ("What would I see if I were wrong?", written(&answers.wrong)),
        (
            "At which price?",
            answers.invalidation.map(figures::typed_price),
        ),
        ("Why am I willing to do nothing?", written(&answers.nothing)),
        ("The most I accept to lose", accepted),
    ];
    said.map(|(question, answer)| (question, answer.unwrap_or_else(|| NOT_WRITTEN.to_owned())))
}

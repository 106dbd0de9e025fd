//! What stands beside the numbers of a reveal: the few findings, what was lowered, what comes
//! on top, until when they hold, and what was written at the entry.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::audit::{Answers, Revealed, Ticket};
use crate::engine::{Finding, Intent};
use crate::record::{Account, Book, Sealed, Story};

use super::text::capital;
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
        | Finding::OverAcceptedLoss { .. } => false,
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

/// What comes on top of every loss that is shown.
pub fn costs(revealed: &Revealed) -> String {
    format!(
        "Fees come on top: {} {} at the prices above.",
        figures::balance(revealed.outcome(revealed.ticket().mode).costs),
        revealed.ticket().collateral
    )
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

/// Until when the numbers hold, and how old the figures are that they rest on: the wallet, and the
/// marks of what is open. None where the account is not known any more.
pub fn hold(
    book: &Book,
    revealed: &Revealed,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<String> {
    let ticket = revealed.ticket();
    let account = book.account(ticket.account)?;
    let started = book.story(revealed.sealed().pause().audit());
    let written = started
        .filter(|_| brings_a_price(ticket, account))
        .map(|story| (&ticket.symbol, story.started_at));
    let ages = when::ages(account.wallet_at, account.oldest_mark(written), now);
    Some(format!(
        "These numbers hold until {}. {}.",
        when::time(until),
        capital(&ages)
    ))
}

/// Whether a ticket says where its market stands: what adds takes effect at its price, else it
/// may name another one than the mark of its position.
fn brings_a_price(ticket: &Ticket, account: &Account) -> bool {
    let held = ticket.held.as_ref().and_then(|held| {
        let mut open = account.positions.iter();
        open.find(|open| open.id() == held.position)
    });
    ticket.adds() || held.is_none_or(|open| ticket.mark != Some(open.position.mark))
}

/// What is asked where the worst case is more than what was accepted.
pub fn over_accepted(revealed: &Revealed) -> String {
    format!(
        "This can take {}, you accepted {}. Write one sentence on why you take it all the same.",
        figures::money(revealed.worst_case()),
        figures::money(revealed.answers().accepted)
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
        Intent::AddMargin | Intent::SwitchMode | Intent::Increase
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
    (
        format!(
            "You wrote at the entry, {}",
            when::day_and_time(sealed.receipt.at())
        ),
        format!(
            "“{}” Wrong at {}.",
            answers.wrong,
            figures::typed_price(answers.invalidation)
        ),
    )
}

/// What stands over earlier decisions that resemble this one.
pub const HERE_BEFORE: &str = "You were here before";

/// An earlier decision: her own words, and how it ended. None where it was not sealed or has
/// not ended.
pub fn earlier(story: &Story) -> Option<(String, String)> {
    let (sealed, ending) = (story.sealed.as_ref()?, story.ending.as_ref()?);
    Some((
        format!("“{}”", sealed.payload.answers.wrong),
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

/// The four answers as they were read, each under its short question.
pub fn answers(ticket: &Ticket, answers: &Answers) -> [(&'static str, String); 4] {
    [
        ("What would I see if I were wrong?", answers.wrong.clone()),
        (
            "At which price?",
            figures::typed_price(answers.invalidation),
        ),
        ("Why am I willing to do nothing?", answers.nothing.clone()),
        (
            "The most I accept to lose",
            format!("{} {}", figures::money(answers.accepted), ticket.collateral),
        ),
    ]
}

//! What stands beside the numbers of a reveal: the few findings, what was lowered, what comes
//! on top, until when they hold, and what was written at the entry.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::audit::{Answers, AnswersForm, EntrySealedOn, Revealed, Ticket};
use crate::engine::Finding;
use crate::record::{Account, Sealed, State, Story};

use super::text::capital;
use super::{finding, goalposts, when, words};
use crate::input::figures;

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

/// Until when the numbers hold, and how old the figures are that they rest on: the wallet, and the
/// marks of what is open. None where the account is not known any more.
pub fn hold(
    state: &State,
    revealed: &Revealed,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<String> {
    let ticket = revealed.ticket();
    let account = state.account(ticket.account)?;
    let started = state.story(revealed.sealed().pause().audit());
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

/// What a typed sentence is asked for before proceeding: more than was accepted, or goalposts
/// that were moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProceedPrompt {
    pub asked: String,
    /// What the sentence is called.
    pub name: &'static str,
    pub note: &'static str,
}

/// What is asked before proceeding; none where nothing is.
pub fn why(revealed: &Revealed) -> Option<ProceedPrompt> {
    if !revealed.asks_why() {
        return None;
    }
    let accepted = revealed.answers().accepted;
    let over = accepted
        .filter(|_| revealed.over_accepted())
        .map(|accepted| {
            format!(
                "This can take {} and {} in costs, you accepted {}.",
                figures::money(revealed.worst_case()),
                figures::money(revealed.outcome(revealed.ticket().mode).costs),
                figures::money(accepted)
            )
        });
    let moved = revealed.goalposts().map(goalposts::sentence);
    let (ask, name, note) = match (&over, &moved) {
        (Some(_), None) => (
            "Write one sentence on why you take it all the same.",
            "Why you take more than you accepted",
            "It goes into the journal with the decision, marked as over the accepted loss.",
        ),
        (None, _) => (
            "Write one sentence on why it moved.",
            "Why the goalposts moved",
            "It goes into the journal with the decision, marked as goalposts moved.",
        ),
        (Some(_), Some(_)) => (
            "Write one sentence on why you take it all the same.",
            "Why you take more, with other goalposts",
            "It goes into the journal with the decision, marked as over the accepted loss and as goalposts moved.",
        ),
    };
    let asked: Vec<String> = over
        .into_iter()
        .chain(moved)
        .chain([ask.to_owned()])
        .collect();
    Some(ProceedPrompt {
        asked: asked.join(" "),
        name,
        note,
    })
}

/// What is asked at a rescue, a switch or an increase.
pub const THESIS_OR_FEAR: &str = "Has the thesis changed, or the fear?";

/// What stands there where the position was opened without an audit.
pub const NOTHING_AT_THE_ENTRY: &str = "Nothing was written here when this position was opened.";

/// When the answers of the entry were written, and what they were.
pub fn written_then((entered, sealed): (EntrySealedOn, &Sealed)) -> (String, String) {
    let answers = &sealed.payload.answers;
    let when = match entered {
        EntrySealedOn::Opened => "You wrote at the entry",
        EntrySealedOn::Increased => "You wrote when you last added",
    };
    let wrong_at = answers.invalidation.map(figures::typed_price);
    (
        format!("{when}, {}", when::day_and_time(sealed.receipt.at())),
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

/// The four questions in short.
const QUESTIONS: [&str; 4] = [
    "What would I see if I were wrong?",
    "At which price?",
    "Why am I willing to do nothing?",
    "The most I accept to lose",
];

/// What stands where an answer was left out.
const NOT_WRITTEN: &str = "not written";

/// The four answers as they were read, each under its short question.
pub fn answers(ticket: &Ticket, answers: &Answers) -> [(&'static str, String); 4] {
    under_questions([
        answers.wrong.clone(),
        answers
            .invalidation
            .map(figures::typed_price)
            .unwrap_or_default(),
        answers.nothing.clone(),
        accepted(ticket, answers).unwrap_or_default(),
    ])
}

/// The same as typed, where they cannot all be read.
pub fn typed(answers: &AnswersForm) -> [(&'static str, String); 4] {
    let AnswersForm {
        wrong,
        invalidation,
        nothing,
        accepted,
    } = answers;
    under_questions([wrong, invalidation, nothing, accepted].map(String::clone))
}

fn under_questions(answers: [String; 4]) -> [(&'static str, String); 4] {
    let mut questions = QUESTIONS.into_iter();
    answers.map(|answer| {
        let answer = if answer.trim().is_empty() {
            NOT_WRITTEN.to_owned()
        } else {
            answer
        };
        (questions.next().unwrap_or_default(), answer)
    })
}

/// The accepted loss in money, and the percent of the account that it was written as.
fn accepted(ticket: &Ticket, answers: &Answers) -> Option<String> {
    let money = format!(
        "{} {}",
        figures::money(answers.accepted?),
        ticket.collateral
    );
    Some(match answers.accepted_percent {
        Some(percent) => format!(
            "{money}, {} of the account",
            figures::typed_percent(percent)
        ),
        None => money,
    })
}

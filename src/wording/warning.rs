//! What a trader is to heed beside any number: watch a position that nobody tops up, think of the
//! market's ordinary days, of what loses together, of what can be done without. One quiet line
//! where it applies, and never more than one on a screen.

use rust_decimal::Decimal;

use crate::audit::{Revealed, Tag, TicketContext, TicketForm, TraderState};
use crate::engine::{Intent, Mode, Money, Outcome, Price, Thresholds, distance};
use crate::record::{OpenPosition, State, Story};

use super::wait;

/// What decides which line applies.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// What is to be done, or was done.
    pub intent: Intent,
    /// The mode it stands in then.
    pub mode: Mode,
    pub experiment: bool,
    /// How far it has come.
    pub at: At<'a>,
}

/// How far it has come, and what is known there.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// The ticket is being written: no number is known.
    Ticket,
    Numbers {
        /// How the trader was before them.
        state: &'a TraderState,
        /// What the engine says of its mode.
        outcome: &'a Outcome,
        /// The price from which that is measured.
        from: Price,
    },
    /// It has become a position.
    Opened {
        /// Whether other positions share its pool.
        with_others: bool,
    },
}

/// Where an experiment has its place: it stands there.
const ISOLATED_IS_ITS_PLACE: &str = "Isolated is the place of an experiment: a walled-off amount \
     backs it that can be lost whole, and the rest of the account stays out of its losses unless \
     margin is added.";

/// The same of a position that stands there.
const ISOLATED_ALREADY: &str = "This experiment is isolated already, and nothing has to be moved: \
     the walled-off amount behind it can be lost whole, with all that is added to it, and the rest \
     of the account stays out of its losses.";

/// The same where it stands in cross, true also for a venue that has nothing else.
const NOT_IN_CROSS: &str = "An experiment has its place in isolated: a walled-off amount that can \
     be lost whole, while the rest of the account stays out of its losses unless margin is added. \
     Where a venue has only cross, an account of its own with no more than that amount in it is \
     such a wall.";

/// What more behind a position is not.
const ROOM: &str = "More room is not more safety: what keeps this open longer can be lost with it.";

/// Where an ordinary day may be wider than the band.
const ORDINARY_DAY: &str = "Compare the way to the liquidation with an ordinary day of this \
     market: a day that goes further can close it, even if the direction is right.";

/// Where others are in the pool.
const WHAT_ELSE: &str =
    "Ask what else would lose on the same day: in cross one pool pays for all of it.";

/// Where it is alone in the pool.
const ACCOUNT_LIMIT: &str = "Cross asks for a loss limit of the whole account, written beforehand: \
     the position can draw on the whole pool.";

/// Where a margin of its own backs it.
const CAN_BE_LOST: &str =
    "Put behind it only what you can do without: what is assigned to it can go whole.";

/// Once it stands isolated.
const WATCH: &str = "An isolated position wants watching: it can be closed while the account holds \
     plenty, and nothing is added to it unless you add it or have the venue do so.";

/// All of them, and what a wait says of a rescue: no screen has two of these.
pub const LINES: [&str; 10] = [
    ISOLATED_IS_ITS_PLACE,
    ISOLATED_ALREADY,
    NOT_IN_CROSS,
    ROOM,
    ORDINARY_DAY,
    WHAT_ELSE,
    ACCOUNT_LIMIT,
    CAN_BE_LOST,
    WATCH,
    wait::RESCUE,
];

/// The one line that applies, the gravest where several do; none where nothing is asked for. It
/// holds no number, so that it can stand before the seal.
pub fn line(of: &Circumstances<'_>) -> Option<&'static str> {
    if of.intent.takes_off() {
        return None;
    }
    match of.at {
        At::Ticket => of.experiment.then(|| place(of.intent, of.mode)),
        At::Numbers {
            state,
            outcome,
            from,
        } => beside(of, state, outcome, from),
        At::Opened { with_others } => Some(match of.mode {
            Mode::Isolated => WATCH,
            Mode::Cross if of.experiment => NOT_IN_CROSS,
            Mode::Cross if with_others => WHAT_ELSE,
            Mode::Cross => ACCOUNT_LIMIT,
        }),
    }
}

/// Where an experiment has its place, said of the mode that it is to stand in.
fn place(intent: Intent, mode: Mode) -> &'static str {
    match (mode, intent) {
        (Mode::Cross, _) => NOT_IN_CROSS,
        (Mode::Isolated, Intent::Open | Intent::SwitchMode) => ISOLATED_IS_ITS_PLACE,
        (Mode::Isolated, _) => ISOLATED_ALREADY,
    }
}

fn beside(
    of: &Circumstances<'_>,
    state: &TraderState,
    outcome: &Outcome,
    from: Price,
) -> Option<&'static str> {
    // What could be closed at once, or cannot lose, says so in the first sentence.
    if outcome.already || outcome.max_loss == Money::ZERO {
        return None;
    }
    let cross = of.mode == Mode::Cross;
    let switches = of.intent == Intent::SwitchMode;
    let backs_it_up = matches!(of.intent, Intent::AddMargin | Intent::AddFunds);
    let applies = [
        (backs_it_up || switches && cross, ROOM),
        (cross && of.experiment, NOT_IN_CROSS),
        (cross && is_driven(state), ROOM),
        (is_within_a_day(outcome, from), ORDINARY_DAY),
        (cross && !outcome.closed_with_it.is_empty(), WHAT_ELSE),
        (cross, ACCOUNT_LIMIT),
        (of.experiment, place(of.intent, of.mode)),
        (switches, WATCH),
        (true, CAN_BE_LOST),
    ];
    applies
        .into_iter()
        .find_map(|(applies, line)| applies.then_some(line))
}

/// Whether she says of herself what makes cross feel comforting.
fn is_driven(state: &TraderState) -> bool {
    let fear = [Tag::FearOfLoss, Tag::Revenge];
    state.arousal.get() >= 3 || fear.iter().any(|tag| state.tags.contains(tag))
}

/// Whether the nearest end, of this market alone or of all together, lies within an ordinary
/// day's move.
fn is_within_a_day(outcome: &Outcome, from: Price) -> bool {
    let band = outcome.liquidation.within_reach(from);
    let alone = band.ends();
    let alone = alone.filter_map(|end| distance(from, end));
    let together = outcome.together;
    let together = together.and_then(|moves| moves.within_reach().nearest());
    let nearest: Option<Decimal> = alone.chain(together).map(|far| far.get().abs()).min();
    let day = Thresholds::default().closer_within.get();
    nearest.is_some_and(|nearest| nearest <= day)
}

/// The line beside a ticket that is being written.
pub fn at_the_ticket(form: &TicketForm, known: TicketContext<'_>) -> Option<&'static str> {
    line(&Circumstances {
        intent: form.intent,
        mode: form.stands_in(known)?,
        experiment: form.is_experiment(known),
        at: At::Ticket,
    })
}

pub fn beside_numbers(revealed: &Revealed) -> Option<&'static str> {
    let ticket = revealed.ticket();
    line(&Circumstances {
        intent: ticket.intent,
        mode: ticket.mode,
        experiment: ticket.experiment,
        at: At::Numbers {
            state: revealed.sealed().pause().state(),
            outcome: revealed.outcome(ticket.mode),
            from: ticket.effective_price(),
        },
    })
}

/// The line beside a position that an audit has entered; none where it is not open any more.
pub fn once_opened(record: &State, story: &Story) -> Option<&'static str> {
    let is_it = |open: &OpenPosition| open.entered.is_some_and(|(_, audit)| audit == story.audit);
    let (account, open) = record.accounts().iter().find_map(|account| {
        let open = account.positions.iter().find(|open| is_it(open))?;
        Some((account, open))
    })?;
    let mode = |open: &OpenPosition| open.position.backing.mode();
    let others = account
        .positions
        .iter()
        .filter(|other| other.id() != open.id());
    line(&Circumstances {
        intent: story.last_ticket()?.intent,
        mode: mode(open),
        experiment: record.is_experiment(open),
        at: At::Opened {
            with_others: others.map(mode).any(|mode| mode == Mode::Cross),
        },
    })
}

#[cfg(test)]
#[path = "warning_tests.rs"]
mod tests;

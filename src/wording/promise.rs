//! Promises and plans in sentences with their times: "until Sun 22 Nov 09:10", never a running
//! countdown.

use chrono::{DateTime, Utc};

use super::{when, words};
use crate::input::figures::{self, format};
use crate::journal::Moment;
use crate::promises::{
    Holds, Leg, Lock, LockEnd, LockState, PLAN_AGE, PLAN_LASTS, Plan, PlanLine, PlanState,
    PlanTerms, PlanUse, Promise, PromiseSet, RELEASE_WAIT, duration,
};
use crate::record::{State, seen};

fn at(promises: &PromiseSet, secs: u64, now: &Moment) -> String {
    let instant = promises.time_in(secs, &seen(now));
    instant.map_or_else(|| duration(secs), when::day_and_time)
}

/// Since when a promise holds: "You wrote on Sat 21 Nov at 09:10, while flat".
pub fn written(verb: &str, on: DateTime<Utc>, flat: bool) -> String {
    let flat = if flat { ", while flat" } else { "" };
    format!("{verb} on {}{flat}", when::day_at_time(on))
}

/// Until when a promise can be taken back, where it still can: "14:31:07".
pub fn take_back_until(promises: &PromiseSet, lock: &Lock, now: &Moment) -> Option<String> {
    let clocks = seen(now);
    let left = promises.undo_left(lock, &clocks)?;
    promises.time_in(left, &clocks).map(when::time_with_seconds)
}

/// What asking for a promise to be loosened would come to.
pub fn loosening_would(promises: &PromiseSet, lock: &Lock, now: &Moment) -> String {
    let wait = promises.wait_to_loosen(lock, &seen(now));
    format!(
        "It can be confirmed from {}, and for 24 h from then. Until you confirm, it holds as it is; you can take the request back at any time.",
        at(promises, wait, now)
    )
}

/// What an emergency release would come to.
pub fn release_would(promises: &PromiseSet, now: &Moment) -> String {
    let end = promises.time_in(RELEASE_WAIT, &seen(now));
    let end = end.map_or_else(String::new, when::time);
    format!(
        "It is over at {end}, 15 minutes from now. The release and your sentence are on record for ever, and there is one release in seven days."
    )
}

/// How long a promise holds yet, counted at the moment in which it was asked: "23 h 12 min from
/// 09:58 on".
pub fn left(promises: &PromiseSet, lock: &Lock, now: &Moment) -> Option<String> {
    let clocks = seen(now);
    let left = promises.left(lock, &clocks)?;
    let from = promises.time_in(0, &clocks)?;
    Some(format!("{} from {} on", duration(left), when::time(from)))
}

/// The exact end of what is about to be armed, and how long that is: "until Sun 22 Nov 09:10,
/// 24 h from now".
pub fn would_hold(promises: &PromiseSet, holds: Holds, now: &Moment) -> String {
    match holds {
        Holds::For(secs) => {
            let end = at(promises, secs, now);
            format!("until {end}, {} from now", duration(secs))
        }
        Holds::WhileOpen(_) => "until you log that the position is closed".to_owned(),
        Holds::Always => {
            "always; to loosen it takes a request, 24 h of waiting, and a confirmation".to_owned()
        }
    }
}

/// Where a promise stands: "until Sun 22 Nov 09:10", "always", "ended by itself on Sun 22 Nov
/// at 09:10".
pub fn standing(promises: &PromiseSet, lock: &Lock, now: &Moment) -> String {
    let clocks = seen(now);
    let left = promises.left(lock, &clocks);
    match (promises.state(lock, &clocks), left) {
        (LockState::Ended(over), _) => match promises.ended_on(lock, &clocks) {
            Some(on) => format!("{} on {}", ended(over), when::day_at_time(on)),
            None => ended(over).to_owned(),
        },
        (LockState::Loosening { wait: 0, lapses }, _) => format!(
            "{}; it can be confirmed until {}",
            asked(promises, lock, now),
            at(promises, lapses, now)
        ),
        (LockState::Loosening { wait, .. }, _) => format!(
            "{}; it can be confirmed from {}, and holds meanwhile",
            asked(promises, lock, now),
            at(promises, wait, now)
        ),
        (LockState::InForce, Some(left)) if lock.armed().holds == Holds::Always => {
            let end = at(promises, left, now);
            match lock.armed().promise {
                Promise::TradingHours(_) => format!("always; closed now, open from {end}"),
                _ => format!("always; a pause until {end}"),
            }
        }
        (LockState::InForce, Some(left)) => format!("until {}", at(promises, left, now)),
        (LockState::InForce, None) => match lock.armed().holds {
            Holds::WhileOpen(_) => "while the position is open".to_owned(),
            Holds::For(_) | Holds::Always => "always".to_owned(),
        },
    }
}

/// What a loosening that was asked for would come to.
fn asked(promises: &PromiseSet, lock: &Lock, now: &Moment) -> String {
    match promises.becomes(lock, &seen(now)) {
        Some(to) => format!(
            "asked to be loosened to “{}”",
            to.promise.sentence(&to.scope)
        ),
        None => "asked to be loosened".to_owned(),
    }
}

/// The same in few words: "until Sun 22 Nov 09:10", "always", "asked to be loosened".
pub fn short_standing(promises: &PromiseSet, lock: &Lock, now: &Moment) -> String {
    match promises.state(lock, &seen(now)) {
        LockState::Loosening { .. } => "asked to be loosened".to_owned(),
        LockState::InForce | LockState::Ended(_) => standing(promises, lock, now),
    }
}

/// How a promise ended.
fn ended(over: LockEnd) -> &'static str {
    match over {
        LockEnd::RanOut => "ended by itself",
        LockEnd::Closed => "ended with the close",
        LockEnd::ClosedUnverified => "ended with a close, unverified",
        LockEnd::Undone => "taken back within its first minute",
        LockEnd::Loosened => "loosened by the waiting way",
        LockEnd::Released => "released in an emergency",
    }
}

/// What is asked about a position that a lock holds for, where nothing was heard of it: by its
/// market, else by what was promised about it.
pub fn still_open(state: &State, lock: &Lock) -> String {
    let armed = lock.armed();
    let market = match armed.holds {
        Holds::WhileOpen(position) => {
            let held = state.position(position);
            held.map(|(_, open)| open.position.symbol.to_string())
                .or_else(|| armed.scope.symbol.clone())
                .unwrap_or_else(|| "the position of this promise".to_owned())
        }
        Holds::For(_) | Holds::Always => lock.sentence(),
    };
    format!("Is {market} still open?")
}

pub const WHY_STILL_OPEN: &str =
    "A promise holds while it is, and nothing was logged about it for seven days.";
pub const STILL_OPEN: &str = "Still open";
pub const CLOSED_ON: &str = "It was closed on";
pub const UNVERIFIED: &str = "It goes into the journal as your word, unverified";

pub const CAN_PROMISE: &str = "While you are calm, you can promise";

/// What is offered for a day behind the first loss.
pub const A_LIMIT: &str = "Your first loss is logged. While you are calm, you can promise that no new risk follows once so much is lost in a day or a week.";

pub const WAITS: &str = "Waits before the numbers";
pub const WAITS_ARE: &str = "For each of these reasons an audit waits before it shows its numbers. A wait is made longer at once; shorter or off takes a request, 24 h of waiting, and a confirmation.";
pub const NO_WAIT: &str = "All of them are switched off.";

pub fn allows(allowed: PlanUse) -> &'static str {
    match allowed {
        PlanUse::Cross => "Trade in cross",
        PlanUse::Rescue => "Add margin to a losing position",
        PlanUse::Switch => "Switch from isolated to cross",
    }
}

/// Everything that a plan can allow, in the order in which it is offered.
pub const PLAN_USES: [PlanUse; 3] = [PlanUse::Cross, PlanUse::Switch, PlanUse::Rescue];

pub const WHAT_IT_ALLOWS: &str = "What it allows";

pub const WRITE_A_PLAN: &str = "Write a plan";

/// What a plan is, said before it is written.
pub const PLAN_IS: &str =
    "Written before, without an open loss in its market. Once it is used it is frozen.";

pub const NO_PLAN: &str = "A plan that was written before allows cross, a rescue or a switch. It counts 60 minutes after it is written.";

/// Where a plan stands.
pub fn plan_standing(promises: &PromiseSet, plan: &Plan, now: &Moment) -> String {
    match promises.plan_state(plan, &seen(now)) {
        PlanState::Ripens(secs) => format!("counts from {}", at(promises, secs, now)),
        PlanState::Allows(secs) => format!("counts until {}", at(promises, secs, now)),
        PlanState::Used => "used, and kept as it was".to_owned(),
        PlanState::Lapsed => "over".to_owned(),
        PlanState::Withdrawn => "taken back".to_owned(),
    }
}

/// When a plan that is written now would count.
pub fn would_count(promises: &PromiseSet, now: &Moment) -> String {
    format!(
        "Written now, it counts from {} until {}. Until it is used it can be renewed while nothing is open in its market.",
        at(promises, PLAN_AGE, now),
        at(promises, PLAN_LASTS, now)
    )
}

/// Whether a line of a plan is met, in a word.
pub fn met(line: &PlanLine) -> &'static str {
    match (line, line.met()) {
        (_, Some(true)) => "met",
        (_, Some(false)) => "not met",
        (PlanLine::Trigger { .. }, None) => "for you to say",
        (_, None) => "not known yet",
    }
}

/// The trigger of a plan as it is asked, word for word.
pub fn asks_trigger(trigger: &str) -> String {
    format!("Has this happened: “{trigger}”?")
}

pub const HAS_HAPPENED: &str = "It has happened";
pub const HAS_NOT_HAPPENED: &str = "It has not";

/// A plan in one line: "Trade in cross · BTC/USDT long · Main".
pub fn plan_title(terms: &PlanTerms) -> String {
    format!(
        "{} · {} {} · {}",
        allows(terms.allows),
        terms.symbol,
        words::side(terms.side),
        terms.account_name
    )
}

/// The numbers of a plan in a line, and a line for each leg of a hedged book.
pub fn plan_numbers(terms: &PlanTerms) -> Vec<String> {
    let numbers = format!(
        "At most {} more collateral · over at {} · the account loses at most {}",
        figures::money(terms.collateral),
        figures::typed_price(terms.stop),
        figures::money(terms.loss_limit)
    );
    let legs = terms.legs.iter().map(|leg| format!("With {}", a_leg(leg)));
    [numbers].into_iter().chain(legs).collect()
}

fn a_leg(leg: &Leg) -> String {
    let quantity = format(leg.quantity);
    format!("{} {} {quantity}", leg.symbol, words::side(leg.side))
}

/// One line of a plan beside a ticket: what was planned, and what is.
pub fn plan_line(line: &PlanLine) -> (String, String) {
    let later = || "known behind the seal".to_owned();
    match line {
        PlanLine::Trigger { words, happened } => (
            words.clone(),
            match happened {
                Some(true) => "it has happened",
                Some(false) => "it has not happened",
                None => "",
            }
            .to_owned(),
        ),
        PlanLine::Collateral { planned, asked } => (
            format!("At most {} more collateral", figures::money(*planned)),
            figures::money(*asked),
        ),
        PlanLine::Stop {
            planned, answered, ..
        } => (
            format!("Over at {}", figures::typed_price(*planned)),
            answered.map_or_else(later, |price| {
                format!("wrong at {}", figures::typed_price(price))
            }),
        ),
        PlanLine::LossLimit { planned, worst } => (
            format!("The account loses at most {}", figures::money(*planned)),
            worst.map_or_else(later, |worst| {
                format!("worst case {}", figures::money(worst))
            }),
        ),
        PlanLine::Leg { leg, met } => (
            a_leg(leg),
            if *met { "stands" } else { "does not stand" }.to_owned(),
        ),
    }
}

//! Promises and plans in sentences with their times: "until Sun 22 Nov 09:10", never a running
//! countdown.

use chrono::{DateTime, TimeDelta, Utc};

use super::{figures, when, words};
use crate::journal::Moment;
use crate::promises::{
    Against, Holds, Ledger, Lock, LockState, Over, Plan, PlanLine, PlanState, PlanUse, duration,
};
use crate::record::seen;

/// The time of day, so many seconds from now.
pub fn in_seconds(secs: u64, now: &Moment) -> Option<DateTime<Utc>> {
    let left = TimeDelta::try_seconds(i64::try_from(secs).ok()?)?;
    now.wall.checked_add_signed(left)
}

fn at(secs: u64, now: &Moment) -> String {
    in_seconds(secs, now).map_or_else(|| duration(secs), when::day_and_time)
}

/// A promise that stands against a ticket, with its end: "No cross at all until Sun 22 Nov
/// 09:10".
pub fn against(against: &Against, now: &Moment) -> String {
    use crate::promises::End;
    let sentence = against.promise.sentence(&against.scope);
    match against.end {
        End::In(secs) => format!("{sentence} until {}", at(secs, now)),
        End::WhileOpen => format!("{sentence} while the position is open"),
        End::Always => sentence,
    }
}

/// The exact end of what is about to be armed, and how long that is: "until Sun 22 Nov 09:10,
/// 24 h from now".
pub fn would_hold(holds: Holds, now: &Moment) -> String {
    match holds {
        Holds::For(secs) => format!("until {}, {} from now", at(secs, now), duration(secs)),
        Holds::WhileOpen(_) => "until you log that the position is closed".to_owned(),
        Holds::Always => {
            "always; to loosen it takes a request, 24 h of waiting, and a confirmation".to_owned()
        }
    }
}

/// Where a promise stands: "until Sun 22 Nov 09:10", "always", "ended: taken back".
pub fn standing(ledger: &Ledger, lock: &Lock, now: &Moment) -> String {
    let clocks = seen(now);
    let left = ledger.left(lock, &clocks);
    match (ledger.state(lock, &clocks), left) {
        (LockState::Ended(over), _) => ended(over).to_owned(),
        (LockState::Loosening { wait: 0, lapses }, _) => format!(
            "asked to be loosened; it can be confirmed until {}",
            at(lapses, now)
        ),
        (LockState::Loosening { wait, .. }, _) => format!(
            "asked to be loosened; it can be confirmed from {}, and holds meanwhile",
            at(wait, now)
        ),
        (LockState::InForce, Some(left)) if lock.armed().holds == Holds::Always => {
            format!("always; a pause until {}", at(left, now))
        }
        (LockState::InForce, Some(left)) => format!("until {}", at(left, now)),
        (LockState::InForce, None) => match lock.armed().holds {
            Holds::WhileOpen(_) => "while the position is open".to_owned(),
            Holds::For(_) | Holds::Always => "always".to_owned(),
        },
    }
}

/// How a promise ended.
pub fn ended(over: Over) -> &'static str {
    match over {
        Over::RanOut => "ended by itself",
        Over::Closed => "ended with the close",
        Over::ClosedUnverified => "ended with a close, unverified",
        Over::Undone => "taken back within its first minute",
        Over::Loosened => "loosened by the waiting way",
        Over::Released => "released in an emergency",
    }
}

/// What a plan allows.
pub fn allows(allowed: PlanUse) -> &'static str {
    match allowed {
        PlanUse::Cross => "Trade in cross",
        PlanUse::Rescue => "Add margin to a losing position",
        PlanUse::Switch => "Switch from isolated to cross",
    }
}

/// Where a plan stands.
pub fn plan_standing(ledger: &Ledger, plan: &Plan, now: &Moment) -> String {
    match ledger.plan_state(plan, &seen(now)) {
        PlanState::Ripens(secs) => format!("counts from {}", at(secs, now)),
        PlanState::Allows(secs) => format!("counts until {}", at(secs, now)),
        PlanState::Used => "used, and kept as it was".to_owned(),
        PlanState::Lapsed => "over".to_owned(),
        PlanState::Withdrawn => "taken back".to_owned(),
    }
}

/// One line of a plan beside a ticket: what was planned, and what is.
pub fn plan_line(line: &PlanLine) -> (String, String) {
    let later = || "known behind the seal".to_owned();
    match line {
        PlanLine::Trigger(trigger) => (trigger.clone(), "for you to say".to_owned()),
        PlanLine::Collateral { planned, asked } => (
            format!("At most {} more at stake", figures::money(*planned)),
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
                format!("worst case {}", figures::balance(worst))
            }),
        ),
        PlanLine::Leg { leg, met } => (
            format!(
                "{} {} {}",
                leg.symbol,
                words::side(leg.side),
                leg.quantity.normalize()
            ),
            if *met { "stands" } else { "does not stand" }.to_owned(),
        ),
    }
}

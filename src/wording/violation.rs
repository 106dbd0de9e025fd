//! What stands against a ticket, and whether that was promised: a rule that holds from the beginning
//! is called that.

use super::promise::written;
use super::when;
use crate::market::LockId;
use crate::promises::{EndsAt, Lock, Promise, Violation, duration, is_from_the_beginning};

/// A promise that stands against a ticket, with its end: "No cross at all until Sun 22 Nov
/// 09:10".
pub fn against(against: &Violation) -> String {
    let sentence = against.promise.sentence(&against.scope);
    match end(against) {
        Some(end) => format!("{sentence} {end}"),
        None => sentence,
    }
}

/// Until when a promise stands against a ticket: "until Sun 22 Nov 09:10"; none where it always
/// does.
pub fn end(against: &Violation) -> Option<String> {
    match (against.end, against.until) {
        (EndsAt::In(_), Some(until)) => Some(format!("until {}", when::day_and_time(until))),
        (EndsAt::In(secs), None) => Some(format!("for {}", duration(secs))),
        (EndsAt::WhileOpen, _) => Some("while the position is open".to_owned()),
        (EndsAt::Always, _) => None,
    }
}

/// What stands above the promises that stand against a ticket. A rule that holds from the beginning
/// is called that: nobody has promised it.
pub fn stands(against: &[Violation]) -> &'static str {
    let (rules, others): (Vec<&Violation>, Vec<&Violation>) = against
        .iter()
        .partition(|against| against.is_from_the_beginning());
    // Of one that cannot be read nobody knows who has made it.
    let unread = |against: &&Violation| against.promise == Promise::Unknown;
    let a_plan = |against: &&Violation| against.promise == Promise::CrossNeedsAPlan;
    match (rules.len(), others.len()) {
        (1, 0) => "A rule that holds from the beginning stands against this.",
        (_, 0) => "Rules that hold from the beginning stand against this.",
        _ if others.iter().any(unread) => "What cannot be read stands against this.",
        (0, _) if others.iter().all(a_plan) => "You promised a plan first.",
        (0, _) => "You promised not to.",
        _ => "You promised not to, and a rule that holds from the beginning stands against it too.",
    }
}

/// Since when something stands against a ticket.
pub fn since(against: &Violation) -> Option<String> {
    match against.armed_on {
        _ if against.is_from_the_beginning() => {
            Some("It holds from the beginning, until you loosen it.".to_owned())
        }
        Some(on) if against.words.is_empty() => Some(written("Armed", on, against.flat)),
        Some(_) | None => None,
    }
}

/// "a promise", "a rule that holds from the beginning", or that it may be either.
pub fn one_of(locks: &[LockId]) -> &'static str {
    let rules = locks.iter().filter(|lock| is_from_the_beginning(**lock));
    match rules.count() {
        0 => "a promise",
        rules if rules == locks.len() => "a rule that holds from the beginning",
        _ => "a promise and a rule that holds from the beginning",
    }
}

/// "1 promise", "3 rules", "2 promises and 3 rules".
pub fn counted<'a>(locks: impl Iterator<Item = &'a Lock>) -> String {
    let (rules, promises): (Vec<&Lock>, Vec<&Lock>) =
        locks.partition(|lock| lock.is_from_the_beginning());
    let one = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        many => Some(format!("{many} {word}s")),
    };
    let both = [one(promises.len(), "promise"), one(rules.len(), "rule")];
    both.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

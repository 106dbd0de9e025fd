//! `promise loosen`, and `confirm` and `cancel` behind it: of one promise, or of all of a kind.

use std::io;

use uuid::Uuid;

use super::super::answer::{CommandResult, Exit, Failure, done, refused};
use super::super::arguments::LoosenTerms;
use super::super::open::open_aloud;
use super::arm::{problems, thresholds};
use super::{carry_out, one_of, say};
use crate::app::App;
use crate::app::form_errors::FormErrors;
use crate::app::lengths::Lengths;
use crate::app::wait_form::{WaitForm, armed};
use crate::journal::Folders;
use crate::promises::{Armed, Kind, LooseningRequested, PromiseCommand};
use crate::record::seen;
use crate::waits::WaitRule;

/// Asks that it be loosened, altogether or to something looser.
pub(super) fn run(folders: Folders, terms: &LoosenTerms) -> CommandResult {
    let mut desk = open_aloud(folders)?;
    let lock = match kind_of(&terms.id) {
        Some(_) => None,
        None => Some(one_of(&desk, &terms.id)?),
    };
    let held = lock.and_then(|lock| desk.state().promises().lock(lock));
    let kind = held.map_or_else(|| kind_of(&terms.id), |held| held.armed().promise.kind());
    let to = looser(&desk, kind, lock, terms)?;
    let promise = to.as_ref().map(|to| &to.promise);
    let ledger = desk.state().promises();
    let locks = match (lock, kind) {
        (Some(lock), _) => vec![lock],
        (None, Some(kind)) => ledger.to_loosen(kind, promise, &seen(&desk.now())),
        (None, None) => Vec::new(),
    };
    if locks.is_empty() {
        return Err(refused(if to.is_some() {
            "This is no looser than what holds. What is stricter acts at once: `promise arm`"
        } else {
            "Nothing of this kind holds that could be loosened"
        }));
    }
    let asks = locks.iter().map(|lock| {
        PromiseCommand::Loosen(LooseningRequested {
            lock: *lock,
            to: to.clone().map(Box::new),
        })
    });
    carry_out_all(&mut desk, asks.collect())?;
    Ok(done(Exit::Done, say_all(&desk, &locks)))
}

/// What shall hold in its place, where a length or a threshold was named; what was not named stays.
fn looser(
    desk: &App,
    kind: Option<Kind>,
    lock: Option<Uuid>,
    terms: &LoosenTerms,
) -> Result<Option<Armed>, Failure> {
    if terms.length.is_none() && terms.thresholds.is_empty() {
        return Ok(None);
    }
    let Some(Kind::Wait(reason)) = kind else {
        return Err(refused(
            "This one can only be loosened altogether: name no length and no threshold",
        ));
    };
    let ledger = desk.state().promises();
    let held: Option<WaitRule> = match lock {
        Some(lock) => ledger
            .lock(lock)
            .and_then(|held| held.armed().promise.wait()),
        None => ledger.strictest_wait(reason, &seen(&desk.now())),
    };
    let Some(held) = held else {
        return Err(refused(
            "This wait is switched off: there is nothing to loosen",
        ));
    };
    let mut form = WaitForm::from_rule(held);
    if let Some(typed) = &terms.length {
        form.length = Lengths::typed(typed);
    }
    thresholds(&mut form, Kind::Wait(reason), &terms.thresholds)?;
    let mut notes = FormErrors::default();
    match form.read(reason, &mut notes) {
        Some(rule) => Ok(Some(armed(rule, desk.state()))),
        None => Err(problems(&notes)),
    }
}

/// Confirms or cancels one, or every one of a kind of which that can be asked.
pub(super) fn each(folders: Folders, id: &str, what: fn(Uuid) -> PromiseCommand) -> CommandResult {
    let mut desk = open_aloud(folders)?;
    let Some(kind) = kind_of(id) else {
        let lock = one_of(&desk, id)?;
        carry_out(&mut desk, what(lock))?;
        return Ok(done(Exit::Done, say(&desk, lock)));
    };
    let clocks = seen(&desk.now());
    let ledger = desk.state().promises();
    let holding = ledger.in_force(&clocks).chain(ledger.waits(&clocks));
    let of_kind = holding.filter(|lock| lock.armed().promise.kind() == Some(kind));
    let locks: Vec<Uuid> = of_kind.map(crate::promises::Lock::id).collect();
    let would: Vec<(Uuid, Result<_, _>)> = locks
        .iter()
        .map(|lock| (*lock, desk.would(&what(*lock))))
        .collect();
    let possible = would.iter().filter(|(_, would)| would.is_ok());
    let possible: Vec<Uuid> = possible.map(|(lock, _)| *lock).collect();
    if possible.is_empty() {
        let why = would.into_iter().find_map(|(_, would)| would.err());
        return Err(refused(why.map_or_else(
            || "Nothing of this kind is in force".to_owned(),
            |why| why.to_string(),
        )));
    }
    carry_out_all(&mut desk, possible.iter().map(|lock| what(*lock)).collect())?;
    Ok(done(Exit::Done, say_all(&desk, &possible)))
}

/// All of them or none: what would be refused is refused before the first is written.
fn carry_out_all(desk: &mut App, asks: Vec<PromiseCommand>) -> Result<(), Failure> {
    desk.would_all(&asks)
        .map_err(|refusal| refused(refusal.to_string()))?;
    asks.into_iter().try_for_each(|ask| carry_out(desk, ask))
}

fn say_all(desk: &App, locks: &[Uuid]) -> io::Result<()> {
    locks.iter().try_for_each(|lock| say(desk, *lock))
}

/// The kind of this name.
fn kind_of(name: &str) -> Option<Kind> {
    let mut kinds = Kind::ALL.into_iter();
    kinds.find(|kind| kind.name() == name.trim())
}
